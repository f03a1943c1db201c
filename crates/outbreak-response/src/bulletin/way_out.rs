//! 门路子: skills registered, jobs matched, workers sent out safely.

use reporting::messages::{Args, MessageError};
use reporting::{FigureValue, Section};

use super::{Page, Said};

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let people = |count| page.audience.people(count);
    let mut section = page.section("way-out")?;
    let args = Args::new()
        .said("skilled", people(figures.skilled_workers))
        .figure("communities", FigureValue::Count(figures.communities))
        .said("vacancies", FigureValue::Count(figures.vacancies))
        .said("matched", people(figures.matched))
        .said("sent", people(figures.sent_out_to_work))
        .said("today", people(figures.sent_out_today));
    section
        .sentences
        .push(page.sentence("way-out-work", &args)?);
    Ok(section)
}
