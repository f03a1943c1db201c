//! 网格子: who screens whom, none missed; what reached every group.

use reporting::messages::{Args, MessageError};
use reporting::{Chart, Section};

use super::{Page, Said};
use crate::charts;

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let count = |value| reporting::FigureValue::Count(value);
    let mut section = page.section("grid")?;
    // Who was missed is the households less the screened: where one is hidden, so is a second.
    let [screened, missed, households] = page.audience.people_that_add_up([
        figures.households_screened,
        figures.households_missed,
        figures.households,
    ]);
    let screening = Args::new()
        .figure("grids", count(figures.grids))
        .said("households", households)
        .said("screened", screened)
        .said("vacant", count(figures.households_vacant))
        .said("moved", count(figures.households_moved))
        .said("missed", missed);
    section
        .sentences
        .push(page.sentence("grid-screening", &screening)?);
    page.claim(
        "grid-none-missed",
        page.day.grid.coverage.proves_none_missed(),
        &mut section,
    )?;
    let outreach = Args::new()
        .said("banners", count(figures.banners))
        .said("notices", count(figures.notices))
        .said("broadcasts", count(figures.broadcast_shortfalls))
        .said("slogans", count(figures.slogan_shortfalls))
        .said("celebrations", count(figures.celebrations_postponed))
        .said("funerals", count(figures.funerals_simplified));
    section
        .sentences
        .push(page.sentence("grid-outreach", &outreach)?);
    section.charts.push(Chart::Bars(charts::coverage(
        page.township,
        page.day,
        page.audience,
    )));
    Ok(section)
}
