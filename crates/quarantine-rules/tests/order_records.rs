//! What does not fit the life of an order, late and corrected entries, and impossible dates.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod order_events;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use grid_model::{AsOf, Ledger, Recorded};
use order_events::{day, event, events, kinds, ledger, ordered, person, rows, standing};
use proptest::prelude::*;
use quarantine_rules::{
    IrregularityKind as Kind, Language, Measure, OrderEffect, OrderEvent, OrderEventKind as Event,
    OrderState, Orders,
};
use sentences::books;

/// A clerk who has the whole book of rules by heart and reads one entry after the other.
mod clerk {
    use super::*;

    #[derive(Clone, Default)]
    struct Card {
        ever: bool,
        stands: bool,
        begun: bool,
        over_by_date: bool,
        certified: bool,
        until: Option<NaiveDate>,
        ended_on: Option<NaiveDate>,
        clause: bool,
    }

    /// Every entry that does not fit, with what does not fit.
    pub(crate) fn complaints(events: &[OrderEvent]) -> BTreeSet<(String, Kind)> {
        let mut sorted: Vec<(usize, &OrderEvent)> = events.iter().enumerate().collect();
        sorted.sort_by_key(|(index, event)| (event.at, event.event, *index));
        let mut cards: BTreeMap<_, Card> = BTreeMap::new();
        let mut found = BTreeSet::new();
        for (index, event) in sorted {
            let card = cards.entry(event.person).or_default();
            let on = event.at.date();
            over(card, on);
            for kind in read(card, event, on) {
                found.insert((format!("O{index:03}"), kind));
            }
        }
        found
    }

    fn over(card: &mut Card, on: NaiveDate) {
        if card.stands && card.until.is_some_and(|until| until < on) {
            card.stands = false;
            card.over_by_date = true;
            card.certified = false;
            // An order whose last day lay before it was given ends on the day it was given.
            let after = card.until.unwrap() + Days::new(1);
            card.ended_on = Some(card.ended_on.map_or(after, |from| from.max(after)));
        }
    }

    fn read(card: &mut Card, event: &OrderEvent, on: NaiveDate) -> Vec<Kind> {
        let was = card.clone();
        let mut found = Vec::new();
        match event.event {
            Event::Ordered | Event::Transferred => {
                let transferred = event.event == Event::Transferred;
                if !transferred && was.stands {
                    found.push(Kind::OrderedTwice);
                }
                if transferred && !was.stands {
                    found.push(if was.ever {
                        Kind::ChangeAfterEnd
                    } else {
                        Kind::ChangeWithoutOrder
                    });
                }
                let takes_over = transferred && was.stands;
                let until = event.until.or(was.until.filter(|_| takes_over));
                *card = Card {
                    ever: true,
                    stands: true,
                    until,
                    ended_on: Some(on),
                    ..Card::default()
                };
                if until.is_some_and(|until| until < on) {
                    found.push(Kind::OverBeforeItBegan);
                }
                card.clause = event.measure.is_some() || (takes_over && was.clause);
                if !card.clause {
                    found.push(Kind::NoMeasure);
                }
            }
            Event::Begun if was.stands => {
                found.extend(was.begun.then_some(Kind::BegunTwice));
                card.begun = true;
            }
            Event::Begun => found.push(if was.ever {
                Kind::BegunAfterEnd
            } else {
                Kind::BegunBeforeOrdered
            }),
            Event::Broken if was.stands => {}
            Event::Extended | Event::Shortened if was.stands => match event.until {
                None => found.push(Kind::NoNewLastDay),
                Some(until) => {
                    let extended = event.event == Event::Extended;
                    let wrong = match was.until {
                        None => extended,
                        Some(former) if extended => until < former,
                        Some(former) => former < until,
                    };
                    found.extend(wrong.then_some(Kind::WrongWay));
                    card.until = Some(until);
                    if until < on {
                        (card.stands, card.over_by_date, card.certified) = (false, true, false);
                        card.ended_on = Some(on);
                    }
                }
            },
            Event::Extended if was.ever && was.over_by_date => match event.until {
                None => found.push(Kind::NoNewLastDay),
                Some(until) if until < on => found.push(Kind::ChangeAfterEnd),
                Some(until) => {
                    found.push(Kind::ExtendedAfterEnd);
                    (card.stands, card.over_by_date) = (true, false);
                    (card.until, card.ended_on) = (Some(until), Some(on));
                }
            },
            Event::Released if was.stands => {
                found.extend(
                    was.until
                        .is_some_and(|until| on <= until)
                        .then_some(Kind::ReleasedTooEarly),
                );
                (card.stands, card.over_by_date) = (false, false);
            }
            Event::Released if !was.ever => found.push(Kind::ReleaseWithoutOrder),
            Event::Released if was.over_by_date && !was.certified => {
                found.extend((was.ended_on != Some(on)).then_some(Kind::ReleasedLate));
                card.certified = true;
            }
            Event::Released => found.push(Kind::ReleasedTwice),
            Event::Overturned if was.stands => {
                (card.stands, card.over_by_date) = (false, false);
            }
            _ => found.push(if was.ever {
                Kind::ChangeAfterEnd
            } else {
                Kind::ChangeWithoutOrder
            }),
        }
        found
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_does_not_fit_is_what_a_clerk_complains_of(events in events()) {
        let orders = standing(&events, 45);
        let found = orders.irregularities().iter();
        let found: BTreeSet<_> = found.map(|one| (one.record.to_string(), one.kind)).collect();
        prop_assert_eq!(found, clerk::complaints(&events));
    }

    #[test]
    fn no_entry_is_lost(events in events(), on in 0..45u64) {
        let orders = standing(&events, on);
        let periods = orders.periods().iter().flat_map(|period| &period.records);
        let noted = orders.irregularities().iter().map(|one| &one.record);
        let kept: BTreeSet<String> = periods.chain(noted).map(|id| id.to_string()).collect();
        let happened = events.iter().enumerate().filter(|(_, event)| event.at.date() <= day(on));
        let all: BTreeSet<String> = happened.map(|(index, _)| format!("O{index:03}")).collect();
        prop_assert_eq!(kept, all);
    }

    #[test]
    fn entered_late_it_is_the_same_life_and_the_entry_is_listed(
        events in events(),
        late in prop::collection::vec(0..5u64, 20),
    ) {
        let mut entered = rows(&events);
        for (row, late) in entered.iter_mut().zip(&late) {
            let at = row.what.as_ref().unwrap().at;
            row.known_at = Some(at + Days::new(*late));
        }
        let (entered, refused) = Ledger::build(entered);
        prop_assert!(refused.is_empty());
        let as_of = AsOf { day: day(40), known_by: day(60) };
        let (found, on_time) = (Orders::standing(&entered, as_of), standing(&events, 40));
        prop_assert_eq!(found.periods(), on_time.periods());
        prop_assert_eq!(found.irregularities(), on_time.irregularities());
        let listed: BTreeSet<String> = found.late_entries().iter().map(|one| one.record.to_string()).collect();
        let expected = late.iter().zip(0..events.len()).filter(|(late, _)| **late > 0);
        let expected: BTreeSet<String> = expected.map(|(_, index)| format!("O{index:03}")).collect();
        prop_assert_eq!(listed, expected);
        prop_assert!(on_time.late_entries().is_empty());
    }

    #[test]
    fn dates_at_the_ends_of_the_calendar_never_wrap_nor_let_go(
        given in prop::sample::select(&[NaiveDate::MIN, NaiveDate::MAX][..]),
        until in prop::option::of(prop::sample::select(&[NaiveDate::MIN, NaiveDate::MAX][..])),
        zero in prop::option::of(prop::sample::select(&[NaiveDate::MIN, NaiveDate::MAX][..])),
        kind in prop::sample::select(Event::ALL),
    ) {
        let first = ordered(0, 2, Measure::HomeObservation, "home", 16);
        let odd = OrderEvent {
            at: given.and_hms_opt(9, 0, 0).unwrap(),
            until,
            counted_from: zero,
            ..event(0, 0, 9, kind)
        };
        for known in [NaiveDate::MIN, day(10), NaiveDate::MAX] {
            let orders = Orders::standing(&ledger(&[first.clone(), odd.clone()]), AsOf::on(known));
            let certificates = orders.certificates_on(known, books(), &BTreeMap::new());
            prop_assert_eq!(certificates.len(), orders.released_on(known).len());
            for period in orders.periods() {
                if period.until == Some(NaiveDate::MAX) && period.ended.is_none() {
                    prop_assert!(period.held_on(NaiveDate::MAX));
                    prop_assert_eq!(period.first_free_day(), None);
                }
            }
        }
    }
}

#[test]
fn a_last_day_before_day_zero_is_named_and_lets_nobody_go() {
    let mut slip = ordered(0, 10, Measure::CentralQuarantine, "township_site", 4);
    slip.clause = None;
    let orders = standing(&[slip], 300);
    assert_eq!(kinds(&orders), [Kind::LastDayBeforeDayZero, Kind::NoClause]);
    assert!(orders.held(person(0), day(300)).is_some());
    assert_eq!(
        orders.irregularities()[0].to_string(),
        "order record \"O000\" of 2020-01-30T09:00: the last day lies before day 0 and is not \
         believed; the order holds; look up both dates and correct the record"
    );
    let mut shortened = event(0, 5, 8, Event::Shortened);
    shortened.until = Some(day(1));
    let orders = standing(
        &[
            ordered(0, 2, Measure::HomeObservation, "home", 16),
            shortened,
        ],
        8,
    );
    assert_eq!(kinds(&orders), [Kind::LastDayBeforeDayZero]);
    assert!(orders.held(person(0), day(16)).is_some());
}

#[test]
fn an_order_of_a_thousand_years_is_named_and_holds() {
    let mut long = ordered(0, 2, Measure::HomeObservation, "home", 16);
    long.until = NaiveDate::from_ymd_opt(3020, 1, 1);
    long.counted_from = Some(day(4));
    let orders = standing(&[long], 400);
    assert_eq!(
        kinds(&orders),
        [Kind::DayZeroAfterOrder, Kind::LongerThanAYear]
    );
    assert!(orders.held(person(0), day(400)).is_some());
}

#[test]
fn an_extension_keeps_what_it_replaced_and_why() {
    let mut longer = event(0, 10, 8, Event::Extended);
    longer.until = Some(day(22));
    longer.counted_from = Some(day(8));
    longer.clause = Some("MB-CC".into());
    longer.ordered_by = Some("city".into());
    let orders = standing(
        &[ordered(0, 2, Measure::HomeObservation, "home", 16), longer],
        30,
    );
    let [period] = orders.periods() else {
        unreachable!()
    };
    let [change] = &period.changes[..] else {
        unreachable!()
    };
    assert_eq!(
        (change.replaced, change.until),
        (Some(day(16)), Some(day(22)))
    );
    assert_eq!(change.counted_from, Some(day(8)));
    assert_eq!(change.clause.as_deref(), Some("MB-CC"));
    // The order itself rests on what it rested on.
    assert_eq!(period.clause.as_deref(), Some("TC-JAN-HOME"));
    assert_eq!(period.first_free_day(), Some(day(23)));
}

#[test]
fn who_lifts_an_order_that_another_gave_is_listed() {
    let mut lifted = event(0, 10, 8, Event::Released);
    lifted.ordered_by = Some("city".into());
    let order = ordered(0, 2, Measure::HomeObservation, "home", 16);
    let orders = standing(&[order.clone(), lifted.clone()], 20);
    assert_eq!(
        kinds(&orders),
        [Kind::ReleasedTooEarly, Kind::ReleasedByAnother]
    );
    lifted.ordered_by = Some("town".into());
    let orders = standing(&[order, lifted], 20);
    assert_eq!(kinds(&orders), [Kind::ReleasedTooEarly]);
}

#[test]
fn a_corrected_entry_is_listed_with_its_correction() {
    let wrong = ordered(0, 2, Measure::HomeObservation, "home", 12);
    let right = ordered(0, 2, Measure::HomeObservation, "home", 16);
    let correction = Recorded {
        id: "C1".to_owned(),
        known_at: day(9).and_hms_opt(8, 0, 0),
        corrects: Some("O1".to_owned()),
        what: Some(right),
    };
    let (ledger, refused) = Ledger::build(vec![Recorded::new("O1".to_owned(), wrong), correction]);
    assert!(refused.is_empty());
    let before = Orders::standing(&ledger, AsOf::on(day(8)));
    assert_eq!(before.periods()[0].until, Some(day(12)));
    assert!(before.late_entries().is_empty());
    let after = Orders::standing(&ledger, AsOf::on(day(9)));
    assert_eq!(after.periods()[0].until, Some(day(16)));
    let [late] = after.late_entries() else {
        unreachable!()
    };
    assert_eq!(
        (&*late.record, late.corrected_by.as_deref()),
        ("O1", Some("C1"))
    );
}

#[test]
fn every_transition_is_said_and_every_odd_one_has_a_remedy_in_both_languages() {
    for state in OrderState::ALL {
        for event in Event::ALL {
            let (effect, unfit) = state.on(*event);
            // Without an effect there is a reason, and nothing ends or moves what does not stand.
            assert!(
                effect != OrderEffect::Nothing || unfit.is_some(),
                "{state} {event}"
            );
            let needs_one = [
                OrderEffect::Begins,
                OrderEffect::Breaks,
                OrderEffect::Ends,
                OrderEffect::MovesLastDay,
                OrderEffect::Replaces,
            ];
            assert!(
                !needs_one.contains(&effect) || state.stands(),
                "{state} {event}"
            );
        }
    }
    let mut said = BTreeSet::new();
    for kind in Kind::ALL {
        for language in Language::ALL {
            assert!(!kind.remedy(*language).is_empty());
            assert!(
                said.insert(kind.meaning(*language)),
                "{kind} is said as another is"
            );
        }
    }
}
