//! 门路子: skills registered, jobs matched, workers sent out safely.

use reporting::messages::{Args, MessageError};
use reporting::{FigureValue, Section};

use super::Page;

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let people = |count| page.audience.people(count);
    let mut section = page.section("way-out")?;
    let args = Args::new()
        .figure("skilled", people(figures.skilled_workers))
        .figure("communities", FigureValue::Count(figures.communities))
        .figure("vacancies", FigureValue::Count(figures.vacancies))
        .figure("matched", people(figures.matched))
        .figure("sent", people(figures.sent_out_to_work))
        .figure("today", people(figures.sent_out_today));
    section
        .sentences
        .push(page.sentence("way-out-work", &args)?);
    Ok(section)
}
