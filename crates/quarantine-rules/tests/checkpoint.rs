//! One step for each arrival, companions together, hand-overs closed.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod order_events;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, TimeDelta};
use grid_model::{AsOf, CheckpointId, Ledger, Passage, Record, Recorded};
use order_events::{day, event, ordered, person};
use proptest::prelude::*;
use quarantine_rules::{
    Arrival, CheckpointDay, CheckpointRecords, FirstStep, HandOverHole, HealthReading, Measure,
    OrderEvent, OrderEventKind as Event, Orders, Route, RulesPolicy, checkpoint, journeys,
};
use sentences::books;

fn gate(index: usize) -> CheckpointId {
    CheckpointId::from_index(index).unwrap()
}

/// Minutes after the beginning of a day of January 2020, the 20th being day 0.
fn at(on: u64, minute: i64) -> NaiveDateTime {
    day(on).and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute)
}

fn arrival(who: usize, through: usize, when: NaiveDateTime) -> Arrival {
    Arrival {
        person: person(who),
        checkpoint: Some(gate(through)),
        arrived_at: when,
        from_place: None,
        from_risk: None,
        left_risk_area: None,
        via_hubei: Some(false),
        outside_city: Some(true),
        kind: None,
        home_ok: Some(true),
        handed_over_at: Some(when + TimeDelta::minutes(15)),
    }
}

fn ledger<T: Record + Clone>(rows: &[T]) -> Ledger<T> {
    let rows = rows.iter().enumerate();
    let rows = rows.map(|(index, what)| Recorded::new(format!("R{index:03}"), what.clone()));
    Ledger::build(rows.collect()).0
}

struct Town {
    arrivals: Vec<Arrival>,
    passages: Vec<Passage>,
    health: Vec<HealthReading>,
    orders: Vec<OrderEvent>,
}

impl Town {
    fn of(arrivals: Vec<Arrival>) -> Self {
        Town {
            arrivals,
            passages: Vec::new(),
            health: Vec::new(),
            orders: Vec::new(),
        }
    }

    fn day(&self, on: u64) -> CheckpointDay {
        let as_of = AsOf::on(day(on));
        let orders = Orders::standing(&ledger(&self.orders), as_of);
        let records = CheckpointRecords {
            arrivals: &ledger(&self.arrivals),
            passages: &ledger(&self.passages),
            health: &ledger(&self.health),
            orders: &orders,
            known: &BTreeMap::new(),
        };
        checkpoint(books(), &RulesPolicy::tengchong_2020(), &records, as_of)
    }
}

fn fever(who: usize, when: NaiveDateTime, tenths: u16) -> HealthReading {
    HealthReading {
        person: person(who),
        at: when,
        temperature_tenths: Some(tenths),
        symptoms: None,
        test: None,
    }
}

#[test]
fn two_checkpoints_within_a_day_are_one_arrival_and_the_same_one_twice_are_two() {
    let mut first = arrival(0, 0, at(8, 600));
    first.via_hubei = None;
    let second = arrival(0, 1, at(8, 640));
    let found = Town::of(vec![first.clone(), second]).day(8);
    let [one] = &found.travellers[..] else {
        unreachable!("{found:?}")
    };
    // The first instant is the arrival, and what the second gate asked is known.
    assert_eq!(
        (
            one.arrival.arrived_at,
            one.checkpoints.len(),
            one.records.len()
        ),
        (at(8, 600), 2, 2)
    );
    assert_eq!(
        (one.routed.route, one.first),
        (Route::UnderMeasure, FirstStep::HandOver)
    );
    let again = arrival(0, 0, at(8, 700));
    assert_eq!(
        Town::of(vec![first.clone(), again]).day(8).travellers.len(),
        2
    );
    let next_day = arrival(0, 1, at(9, 600));
    assert_eq!(
        Town::of(vec![first.clone(), next_day])
            .day(9)
            .travellers
            .len(),
        1
    );
    // Just under 24 hours later another gate still belongs to the first arrival.
    let late = arrival(0, 1, at(9, 599));
    let found = Town::of(vec![first, late]).day(9);
    assert_eq!(
        (
            found.travellers.len(),
            found.travellers[0].arrival.arrived_at
        ),
        (1, at(8, 600))
    );
}

#[test]
fn a_yes_to_hubei_at_one_gate_is_not_washed_off_by_a_no_at_the_next() {
    let mut first = arrival(0, 0, at(8, 600));
    first.via_hubei = Some(true);
    let found = Town::of(vec![first, arrival(0, 1, at(8, 640))]).day(8);
    let decision = &found.travellers[0].routed.decision;
    assert_eq!(
        decision.held_under().unwrap().measure,
        Measure::CentralQuarantine
    );
}

#[test]
fn a_fever_goes_to_the_clinic_first_and_its_companions_are_looked_into() {
    let mut town = Town::of((0..3).map(|who| arrival(who, 0, at(8, 600))).collect());
    town.arrivals[2].outside_city = Some(false);
    town.health = vec![
        fever(1, at(8, 605), 374),
        fever(1, at(8, 900), 381),
        fever(2, at(7, 605), 390),
    ];
    let found = town.day(8);
    let steps: Vec<_> = found.travellers.iter().map(|one| one.first).collect();
    assert_eq!(
        steps,
        [
            FirstStep::HandOver,
            FirstStep::FeverClinic,
            FirstStep::LetPass
        ]
    );
    assert_eq!(
        found.travellers[1]
            .fever
            .as_ref()
            .unwrap()
            .temperature_tenths,
        381
    );
    assert_eq!(found.to_fever_clinic().count(), 1);
    let [party] = &found.parties[..] else {
        unreachable!("{found:?}")
    };
    assert_eq!(party.members, [person(0), person(1), person(2)]);
    assert_eq!(
        (party.strictest, &party.to_inquire[..]),
        (person(1), &[person(0), person(2)][..])
    );
}

#[test]
fn companions_of_whom_the_same_is_asked_are_not_looked_into() {
    let found = Town::of((0..3).map(|who| arrival(who, 0, at(8, 600))).collect()).day(8);
    assert_eq!(found.parties[0].to_inquire, []);
    let apart = (0..3).map(|who| arrival(who, who, at(8, 600)));
    assert!(Town::of(apart.collect()).day(8).parties.is_empty());
}

#[test]
fn who_passed_and_was_not_received_is_a_hole_until_received_and_gone_under_the_order() {
    let mut town = Town::of(vec![arrival(0, 0, at(8, 600))]);
    assert!(town.day(8).holes.is_empty());
    town.arrivals[0].handed_over_at = None;
    let hole = |town: &Town, on| town.day(on).holes.first().map(|hole| hole.hole);
    assert_eq!(hole(&town, 8), Some(HandOverHole::NotReceived));
    assert_eq!(
        hole(&town, 12),
        Some(HandOverHole::NotReceived),
        "it stays open"
    );
    town.arrivals[0].handed_over_at = Some(at(10, 60));
    assert_eq!(
        hole(&town, 9),
        Some(HandOverHole::NotReceived),
        "not received yet on that evening"
    );
    assert_eq!(hole(&town, 10), None);
    town.orders = vec![ordered(0, 10, Measure::HomeObservation, "home", 22)];
    assert_eq!(hole(&town, 10), Some(HandOverHole::NotBegun));
    assert_eq!(
        hole(&town, 23),
        None,
        "an order that is over waits for nobody"
    );
    town.orders.push(event(0, 10, 12, Event::Begun));
    assert_eq!(hole(&town, 10), None);
    town.arrivals[0].handed_over_at = Some(at(8, 599));
    assert_eq!(hole(&town, 10), Some(HandOverHole::ReceivedBeforePassing));
    town.arrivals[0].outside_city = Some(false);
    assert_eq!(
        hole(&town, 10),
        None,
        "from inside the city nobody is handed over"
    );
}

#[test]
fn fevers_counted_and_not_referred_are_a_gap() {
    let mut town = Town::of(vec![arrival(0, 0, at(8, 600))]);
    let count = |gate, fevers| Passage {
        checkpoint: gate,
        at: at(8, 660),
        vehicles: 1,
        people: 2,
        fevers,
        turned_back: 0,
    };
    town.passages = vec![count(gate(0), 1), count(gate(1), 0)];
    let found = town.day(8).fever_gaps;
    assert_eq!(
        (
            found.len(),
            found[0].checkpoint,
            found[0].counted,
            found[0].referred
        ),
        (1, gate(0), 1, 0)
    );
    town.health = vec![fever(0, at(8, 605), 374)];
    assert!(town.day(8).fever_gaps.is_empty());
}

fn arrivals() -> impl Strategy<Value = Vec<Arrival>> {
    let one = (
        0..3usize,
        0..3usize,
        0..4u64,
        0..4i64,
        0..3u8,
        any::<bool>(),
    );
    let one = one.prop_map(|(who, through, on, hour, hubei, received)| {
        let mut one = arrival(who, through, at(8 + on, 240 * hour));
        one.checkpoint = one.checkpoint.filter(|_| hubei != 1 || received);
        one.via_hubei = [None, Some(false), Some(true)][usize::from(hubei)];
        one.handed_over_at = one.handed_over_at.filter(|_| received);
        one
    });
    prop::collection::vec(one, 0..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_record_is_in_one_journey_and_journeys_keep_the_rule(rows in arrivals()) {
        let ledger = ledger(&rows);
        let mut held: Vec<_> = ledger.happened(AsOf::on(day(20))).collect();
        held.sort_by_key(|held| (held.what.person, held.what.arrived_at, held.index));
        let mut seen = BTreeSet::new();
        for of_one in held.chunk_by(|a, b| a.what.person == b.what.person) {
            let found = journeys(of_one);
            for journey in &found {
                let gates: BTreeSet<_> = journey.checkpoints.iter().collect();
                prop_assert_eq!(gates.len(), journey.checkpoints.len(), "no gate twice");
                prop_assert!(journey.last_passed_at - journey.arrival.arrived_at < TimeDelta::hours(24));
                for id in &journey.records {
                    prop_assert!(seen.insert((*id).to_owned()));
                }
                let said: Vec<_> = journey.records.iter().map(|id| {
                    let index = ledger.position(id).unwrap();
                    ledger.held(index, AsOf::on(day(20))).unwrap().what.via_hubei
                }).collect();
                prop_assert_eq!(journey.arrival.via_hubei, said.into_iter().flatten().max());
            }
            // Nothing was split that belongs together.
            for pair in found.windows(2) {
                let (before, after) = (&pair[0], &pair[1]);
                let gap = after.arrival.arrived_at - before.arrival.arrived_at;
                let first_gate = of_one.iter().find(|held| held.id == after.records[0]).unwrap().what.checkpoint;
                let passed = first_gate.is_some_and(|gate| before.checkpoints.contains(&gate));
                prop_assert!(gap >= TimeDelta::hours(24) || passed);
            }
        }
        prop_assert_eq!(seen.len(), rows.len());
    }

    #[test]
    fn everyone_who_arrived_has_one_first_step_and_the_order_of_rows_never_matters(rows in arrivals(), turn in 0..10usize) {
        let found = Town::of(rows.clone()).day(9);
        let arrived: BTreeSet<_> = rows.iter().filter(|one| one.arrived_at.date() == day(9)).map(|one| one.person).collect();
        let routed: BTreeSet<_> = found.travellers.iter().map(|one| one.routed.person).collect();
        prop_assert_eq!(routed, arrived);
        let mut numbered: Vec<_> = rows.iter().enumerate()
            .map(|(index, what)| Recorded::new(format!("R{index:03}"), what.clone())).collect();
        numbered.rotate_left(turn.min(rows.len()));
        let turned = Ledger::build(numbered).0;
        prop_assert_eq!(&turned, &ledger(&rows));
        for hole in &found.holes {
            let open = rows.iter().any(|one| one.person == hole.person && one.handed_over_at.is_none_or(|at| at < hole.passed_at));
            prop_assert!(open, "{:?}", hole);
        }
    }
}
