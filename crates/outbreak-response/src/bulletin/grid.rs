//! 网格子: who screens whom, none missed; what reached every group.

use reporting::messages::{Args, MessageError};
use reporting::{Chart, Section};

use super::Page;
use crate::charts;

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let count = |value| reporting::FigureValue::Count(value);
    let mut section = page.section("grid")?;
    let screening = Args::new()
        .figure("grids", count(figures.grids))
        .figure("households", count(figures.households))
        .figure("screened", count(figures.households_screened))
        .figure("vacant", count(figures.households_vacant))
        .figure("moved", count(figures.households_moved))
        .figure("missed", count(figures.households_missed));
    section
        .sentences
        .push(page.sentence("grid-screening", &screening)?);
    page.claim(
        "grid-none-missed",
        page.day.grid.coverage.proves_none_missed(),
        &mut section,
    )?;
    let outreach = Args::new()
        .figure("banners", count(figures.banners))
        .figure("notices", count(figures.notices))
        .figure("broadcasts", count(figures.broadcast_shortfalls))
        .figure("slogans", count(figures.slogan_shortfalls))
        .figure("celebrations", count(figures.celebrations_postponed))
        .figure("funerals", count(figures.funerals_simplified));
    section
        .sentences
        .push(page.sentence("grid-outreach", &outreach)?);
    section
        .charts
        .push(Chart::Bars(charts::coverage(page.township, page.day)));
    Ok(section)
}
