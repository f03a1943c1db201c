//! The life of orders against a slow oracle that lives every day once.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod order_events;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use grid_model::{AsOf, Ledger, PersonId};
use order_events::{day, event, events, kinds, ordered, person, rows, standing};
use proptest::prelude::*;
use quarantine_rules::{
    Clearance, EndReason, IrregularityKind, Measure, MeasureClass, OrderEvent,
    OrderEventKind as Event, OrderPeriod, Orders, RulesPolicy,
};

#[test]
fn an_order_holds_until_the_end_of_its_last_day_and_no_longer() {
    let orders = standing(&[ordered(0, 2, Measure::HomeObservation, "home", 16)], 30);
    let period = &orders.periods()[0];
    assert!(!period.held_on(day(1)) && period.held_on(day(2)));
    assert!(period.held_on(day(16)) && !period.held_on(day(17)));
    assert_eq!(period.ended, Some((day(17), EndReason::OwnDate)));
    assert_eq!(orders.released_on(day(17)), [period]);
    assert_eq!(orders.clearance(person(0)), Clearance::ClearedOn(day(17)));
    assert_eq!(orders.clearance(person(1)), Clearance::NeverOrdered);
    assert!(orders.irregularities().is_empty());
    // The evening before, tomorrow's certificate is known.
    let before = standing(&[ordered(0, 2, Measure::HomeObservation, "home", 16)], 16);
    assert_eq!(before.periods()[0].ended, None);
    assert_eq!(before.releases_on(day(17)).len(), 1);
}

#[test]
fn an_order_without_a_last_day_stands() {
    let mut open = ordered(0, 2, Measure::HomeObservation, "home", 16);
    open.until = None;
    let orders = standing(&[open], 400);
    assert!(orders.held(person(0), day(400)).is_some());
    assert_eq!(orders.clearance(person(0)), Clearance::Standing);
}

#[test]
fn a_transfer_closes_one_order_and_opens_the_next_with_its_dates() {
    let policy = RulesPolicy::tengchong_2020();
    let mut moved = event(0, 5, 15, Event::Transferred);
    moved.measure = Some(Measure::CentralQuarantine);
    moved.place = Some("city_site".into());
    let events = [ordered(0, 2, Measure::HomeObservation, "home", 16), moved];
    let orders = standing(&events, 6);
    let [home, city] = orders.of(person(0)) else {
        unreachable!()
    };
    assert_eq!(home.ended, Some((day(5), EndReason::Transferred)));
    assert_eq!(
        (city.from, city.until, city.counted_from),
        (day(5), Some(day(16)), Some(day(2)))
    );
    // In the city's place a person counts as transferred and in no other measure.
    let under = orders.under_on(day(5), &policy);
    assert_eq!(
        (under.home.len(), under.central.len(), under.outside.len()),
        (0, 0, 1)
    );
    assert_eq!(orders.under_on(day(4), &policy).home.len(), 1);
    let moved = orders.movement_on(day(5), MeasureClass::Home, &policy);
    assert_eq!(
        (moved.transferred, moved.released, moved.now),
        (vec![person(0)], vec![], vec![])
    );
    assert!(orders.released_on(day(5)).is_empty());
}

#[test]
fn the_certificate_of_the_morning_after_is_regular_and_others_are_listed() {
    use IrregularityKind::*;
    let order = ordered(0, 2, Measure::HomeObservation, "home", 16);
    let with = |on: u64, kind: Event| {
        let mut last = event(0, on, 8, kind);
        last.until = Some(day(20));
        kinds(&standing(&[order.clone(), last], 30))
    };
    assert_eq!(with(17, Event::Released), []);
    assert_eq!(with(16, Event::Released), [ReleasedTooEarly]);
    assert_eq!(with(18, Event::Released), [ReleasedLate]);
    assert_eq!(with(1, Event::Released), [ReleaseWithoutOrder]);
    assert_eq!(with(1, Event::Begun), [BegunBeforeOrdered]);
    assert_eq!(with(17, Event::Begun), [BegunAfterEnd]);
    assert_eq!(with(17, Event::Extended), [ExtendedAfterEnd]);
    assert_eq!(with(10, Event::Extended), []);
    assert_eq!(with(10, Event::Shortened), [WrongWay]);
    assert_eq!(with(17, Event::Overturned), [ChangeAfterEnd]);
    assert_eq!(with(1, Event::Broken), [ChangeWithoutOrder]);
    assert_eq!(
        with(10, Event::Ordered),
        [OrderedTwice, NoMeasure, NoClause]
    );
}

#[test]
fn an_extension_after_the_last_day_holds_the_person_again() {
    let mut late = event(0, 19, 8, Event::Extended);
    late.until = Some(day(25));
    let orders = standing(
        &[ordered(0, 2, Measure::HomeObservation, "home", 16), late],
        30,
    );
    let held: Vec<u64> = (0..30)
        .filter(|on| orders.held(person(0), day(*on)).is_some())
        .collect();
    assert_eq!(held, (2..=16).chain(19..=25).collect::<Vec<_>>());
}

/// Lives one day after the other, knowing only today's state.
mod oracle {
    use super::*;

    #[derive(Clone)]
    pub(crate) struct State {
        pub(crate) measure: Option<Measure>,
        pub(crate) place: Option<Box<str>>,
        pub(crate) until: Option<NaiveDate>,
    }

    /// What each person is under at the end of each day.
    pub(crate) fn evenings(events: &[OrderEvent], days: u64) -> Vec<BTreeMap<PersonId, State>> {
        let mut sorted: Vec<(usize, &OrderEvent)> = events.iter().enumerate().collect();
        sorted.sort_by_key(|(index, event)| (event.at, event.event, *index));
        let mut now: BTreeMap<PersonId, State> = BTreeMap::new();
        let mut over: BTreeMap<PersonId, State> = BTreeMap::new();
        let mut evenings = Vec::new();
        for today in 0..days {
            let today = day(today);
            expire(&mut now, &mut over, today);
            for (_, event) in sorted.iter().filter(|(_, event)| event.at.date() == today) {
                // What names a last day in the past is over before the next event of the day.
                happen(&mut now, &mut over, event);
                expire_new(&mut now, &mut over, event, today);
            }
            evenings.push(now.clone());
        }
        evenings
    }

    type People = BTreeMap<PersonId, State>;

    fn expire(now: &mut People, over: &mut People, today: NaiveDate) {
        let done: Vec<PersonId> = now
            .iter()
            .filter(|(_, state)| state.until.is_some_and(|until| until < today))
            .map(|(person, _)| *person)
            .collect();
        for person in done {
            let state = now.remove(&person).unwrap();
            over.insert(person, state);
        }
    }

    fn expire_new(now: &mut People, over: &mut People, event: &OrderEvent, today: NaiveDate) {
        let mut one: People = now
            .remove(&event.person)
            .map(|state| (event.person, state))
            .into_iter()
            .collect();
        expire(&mut one, over, today);
        now.append(&mut one);
    }

    fn happen(now: &mut People, over: &mut People, event: &OrderEvent) {
        let who = event.person;
        match event.event {
            Event::Ordered | Event::Transferred => {
                let former = now
                    .remove(&who)
                    .filter(|_| event.event == Event::Transferred);
                let former = former.as_ref();
                let state = State {
                    measure: event.measure.or(former.and_then(|former| former.measure)),
                    place: event
                        .place
                        .clone()
                        .or(former.and_then(|former| former.place.clone())),
                    until: event.until.or(former.and_then(|former| former.until)),
                };
                over.remove(&who);
                now.insert(who, state);
            }
            Event::Extended | Event::Shortened => {
                let Some(until) = event.until else { return };
                if let Some(state) = now.get_mut(&who) {
                    state.until = Some(until);
                } else if event.event == Event::Extended
                    && until >= event.at.date()
                    && let Some(mut state) = over.remove(&who)
                {
                    state.until = Some(until);
                    now.insert(who, state);
                }
            }
            Event::Released | Event::Overturned => {
                if now.remove(&who).is_some() {
                    over.remove(&who);
                }
            }
            Event::Begun | Event::Broken => {}
        }
    }
}

fn classes(orders: &Orders, on: u64) -> Vec<(PersonId, MeasureClass)> {
    let policy = RulesPolicy::tengchong_2020();
    let under = orders.under_on(day(on), &policy);
    let of = |class: &MeasureClass| -> Vec<_> {
        under
            .of(*class)
            .iter()
            .map(|person| (*person, *class))
            .collect()
    };
    let mut all: Vec<_> = MeasureClass::ALL.iter().flat_map(of).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn who_is_under_what_is_what_living_each_day_finds(events in events()) {
        let policy = RulesPolicy::tengchong_2020();
        let orders = standing(&events, 45);
        for (on, evening) in (0..).zip(oracle::evenings(&events, 45)) {
            let lived: Vec<_> = evening.iter().map(|(person, state)| {
                (*person, MeasureClass::of(state.measure, state.place.as_deref(), &policy))
            }).collect();
            prop_assert_eq!(classes(&orders, on), lived, "on day {}", on);
        }
    }

    #[test]
    fn today_sees_yesterday_as_yesterday_did(events in events(), on in 1..40u64) {
        let (today, yesterday) = (standing(&events, on), standing(&events, on - 1));
        prop_assert_eq!(classes(&today, on - 1), classes(&yesterday, on - 1));
    }

    #[test]
    fn nobody_is_under_two_orders_and_each_day_reconciles(events in events(), on in 1..40u64) {
        let policy = RulesPolicy::tengchong_2020();
        let orders = standing(&events, on);
        for who in 0..3 {
            let held = orders.of(person(who)).iter().filter(|period| period.held_on(day(on)));
            prop_assert!(held.count() <= 1);
        }
        for class in MeasureClass::ALL {
            let moved = orders.movement_on(day(on), *class, &policy);
            prop_assert_eq!(
                moved.yesterday.len() + moved.new.len(),
                moved.released.len() + moved.transferred.len() + moved.now.len()
            );
            let ever = orders.ever_until(day(on), &policy);
            prop_assert!(moved.now.iter().all(|person| ever.of(*class).contains(person)));
        }
    }

    #[test]
    fn the_order_of_rows_never_matters(events in events(), turn in 0..20usize) {
        let rows = rows(&events);
        let mut turned = rows.clone();
        turned.rotate_left(turn.min(rows.len()));
        turned.reverse();
        let read = |rows| Orders::standing(&Ledger::build(rows).0, AsOf::on(day(30)));
        prop_assert_eq!(read(rows), read(turned));
    }

    #[test]
    fn who_is_released_was_held_the_evening_before(events in events(), on in 1..40u64) {
        let orders = standing(&events, 45);
        for period in orders.released_on(day(on)) {
            prop_assert!(OrderPeriod::held_on(period, day(on - 1)));
            prop_assert!(!period.held_on(day(on)));
        }
    }
}
