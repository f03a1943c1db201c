//! 结对子: who watches over whom, and which readings were missed.

use reporting::messages::{Args, MessageError};
use reporting::{FigureValue, Section};

use super::{Page, Said};

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let count = |value| FigureValue::Count(value);
    let mut section = page.section("pairing")?;
    let args = Args::new()
        .said("helpers", page.audience.people(figures.supervisors_paired))
        .said("due", count(figures.check_ins_due))
        .said("missed", count(figures.check_ins_missed))
        .said("lost", page.audience.people(figures.lost_to_follow_up))
        .said("unpaired", page.audience.people(figures.unpaired))
        .said("needs", count(figures.needs_open));
    section
        .sentences
        .push(page.sentence("pairing-watch", &args)?);
    let nobody_unpaired = figures.home_observation_now > 0 && figures.unpaired == 0;
    page.claim("pairing-nobody-unpaired", nobody_unpaired, &mut section)?;
    Ok(section)
}
