//! Order events made for tests.

#![allow(dead_code, reason = "each file of tests uses its own part")]

use chrono::{Days, NaiveDate};
use grid_model::{AsOf, Ledger, PersonId, Recorded};
use proptest::prelude::*;
use quarantine_rules::{IrregularityKind, Measure, OrderEvent, OrderEventKind as Event, Orders};

pub(crate) fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 20).unwrap() + Days::new(number)
}

pub(crate) fn person(index: usize) -> PersonId {
    PersonId::from_index(index).unwrap()
}

pub(crate) fn event(who: usize, on: u64, hour: u32, event: Event) -> OrderEvent {
    OrderEvent {
        person: person(who),
        at: day(on).and_hms_opt(hour, 0, 0).unwrap(),
        event,
        measure: None,
        place: None,
        counted_from: None,
        until: None,
        clause: None,
        ordered_by: None,
    }
}

/// An order as it should be written.
pub(crate) fn ordered(
    who: usize,
    on: u64,
    measure: Measure,
    place: &str,
    until: u64,
) -> OrderEvent {
    OrderEvent {
        measure: Some(measure),
        place: Some(place.into()),
        counted_from: Some(day(on)),
        until: Some(day(until)),
        clause: Some("TC-JAN-HOME".into()),
        ordered_by: Some("town".into()),
        ..event(who, on, 9, Event::Ordered)
    }
}

pub(crate) fn rows(events: &[OrderEvent]) -> Vec<Recorded<OrderEvent>> {
    let rows = events.iter().enumerate();
    rows.map(|(index, event)| Recorded::new(format!("O{index:03}"), event.clone()))
        .collect()
}

pub(crate) fn ledger(events: &[OrderEvent]) -> Ledger<OrderEvent> {
    let (ledger, refused) = Ledger::build(rows(events));
    assert!(refused.is_empty());
    ledger
}

pub(crate) fn standing(events: &[OrderEvent], on: u64) -> Orders {
    Orders::standing(&ledger(events), AsOf::on(day(on)))
}

pub(crate) fn kinds(orders: &Orders) -> Vec<IrregularityKind> {
    let irregularities = orders.irregularities().iter();
    irregularities
        .map(|irregularity| irregularity.kind)
        .collect()
}

/// Any events of three people in forty days, most of them not fitting.
pub(crate) fn events() -> impl Strategy<Value = Vec<OrderEvent>> {
    let measures = &[
        Measure::HomeObservation,
        Measure::CentralQuarantine,
        Measure::SelfMonitoring,
    ];
    let one = (
        0..3usize,
        0..25u64,
        0..3u32,
        prop::sample::select(Event::ALL),
        prop::option::of(prop::sample::select(&measures[..])),
        prop::option::of(prop::sample::select(
            &["home", "township_site", "city_site"][..],
        )),
        prop::option::of(0..40u64),
    );
    let one = one.prop_map(|(who, on, hour, kind, measure, place, until)| OrderEvent {
        measure,
        place: place.map(Into::into),
        until: until.map(day),
        clause: Some("TC-JAN-HOME".into()),
        ..event(who, on, hour, kind)
    });
    prop::collection::vec(one, 0..20)
}
