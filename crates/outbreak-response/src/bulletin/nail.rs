//! 钉钉子: item by item to completion; and what is corrected.

use reporting::messages::{Args, MessageError};
use reporting::{Chart, FigureValue, Section};

use super::{Page, Said};
use crate::charts;

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let count = |value| FigureValue::Count(value);
    let mut section = page.section("nail")?;
    let args = Args::new()
        .said(
            "tobacco",
            FigureValue::Hundredths(figures.tobacco_hundredths_mu),
        )
        .said("poverty", count(figures.poverty_shortfall_households))
        .said("yards", count(figures.yard_shortfall_households))
        .said("toilets", count(figures.toilets_pending))
        .said("stalled", count(figures.tasks_stalled))
        .said("donations", FigureValue::Hundredths(figures.donations_fen));
    section.sentences.push(page.sentence("nail-tasks", &args)?);
    section.sentences.push(if figures.corrections > 0 {
        page.sentence(
            "nail-corrections",
            &Args::new().count("corrections", figures.corrections),
        )?
    } else {
        page.sentence("nail-no-corrections", &Args::new())?
    });
    section
        .charts
        .push(Chart::Progress(charts::programmes(page.records, page.day)));
    Ok(section)
}
