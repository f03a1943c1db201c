//! 菜篮子: what was needed and brought, and what it cost.

use reporting::messages::{Args, MessageError};
use reporting::{Chart, FigureValue, Section};

use super::{Page, Said};
use crate::charts;

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let count = |value| FigureValue::Count(value);
    let mut section = page.section("basket")?;
    let args = Args::new()
        .said("needed", count(figures.supply_demand_packets))
        .said("filled", count(figures.supply_filled_packets))
        .said("villages", count(figures.villages_without_purchaser))
        .said("alerts", count(figures.price_alerts))
        .said("complaints", count(figures.complaints_today));
    section
        .sentences
        .push(page.sentence("basket-supply", &args)?);
    let all_met = figures.supply_demand_packets > 0
        && figures.supply_filled_packets == figures.supply_demand_packets
        && figures.villages_without_purchaser == 0;
    page.claim("basket-all-met", all_met, &mut section)?;
    section
        .charts
        .push(Chart::NeedAndFill(charts::need_and_fill(
            page.township,
            page.day,
            page.audience,
        )));
    Ok(section)
}
