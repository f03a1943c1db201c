//! The close contacts of cases of elsewhere, by the room that traces and by hand.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use contact_tracing::{
    ContactLog, ContactNetwork, ContactWindow, Judgement, TracingPolicy, cases_as_of, trace_forward,
};
use grid_model::{AsOf, PersonId, PersonPresence};
use quarantine_rules::OrderEventKind;
use synthetic_township::{Town, mangbang};

static TOWN: LazyLock<Town> = LazyLock::new(|| mangbang(2));

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

/// Those ordered to the city's site by a day, with the day counted from.
fn to_the_city(by: NaiveDate) -> BTreeSet<(PersonId, NaiveDate)> {
    let events = TOWN
        .records
        .orders
        .happened(AsOf::on(by))
        .map(|held| held.what);
    let ordered = events.filter(|event| {
        event.event == OrderEventKind::Ordered && event.place.as_deref() == Some("city_site")
    });
    ordered
        .map(|event| (event.person, event.counted_from.unwrap()))
        .collect()
}

/// Who is reached in each generation, with the last exposure, by the window of an edition.
fn traced(
    on: NaiveDate,
    before_onset_days: u32,
    generation: u8,
) -> BTreeSet<(PersonId, NaiveDate)> {
    let as_of = AsOf::on(on);
    let policy = TracingPolicy::tengchong_2020(ContactWindow {
        before_onset_days,
        before_sampling_days: None,
    });
    let log = ContactLog::as_of(&TOWN.records.contacts, &TOWN.records.visits, as_of);
    let cases = cases_as_of(&TOWN.records.cases, as_of);
    let ordered_at = |person| {
        let events = TOWN.records.orders.happened(as_of).map(|held| held.what);
        events
            .filter(|event| event.person == person)
            .map(|event| event.at)
            .min()
    };
    let trace = trace_forward(&ContactNetwork::build(&log), &cases, &policy, &ordered_at);
    let reached = trace
        .reached
        .values()
        .filter(|reached| reached.generation == generation);
    reached
        .map(|reached| (reached.person, reached.last_exposure_day))
        .collect()
}

#[test]
fn the_trace_finds_those_the_township_sent_to_the_city_and_no_one_else() {
    let counted = |by| to_the_city(by).len();
    assert_eq!(
        (counted(day(1, 27)), counted(day(1, 28)), counted(day(2, 4))),
        (0, 3, 5)
    );
    for (on, before_onset_days) in [
        (day(1, 27), 0),
        (day(1, 28), 0),
        (day(2, 3), 0),
        (day(2, 4), 0),
        (day(2, 20), 0),
        (day(2, 21), 2),
        (day(2, 29), 2),
        (day(2, 29), 4),
    ] {
        assert_eq!(traced(on, before_onset_days, 1), to_the_city(on), "{on}");
    }
    let from: Vec<NaiveDate> = to_the_city(day(2, 29))
        .into_iter()
        .map(|(_, from)| from)
        .collect();
    assert_eq!(from.iter().filter(|from| **from == day(1, 25)).count(), 3);
    assert_eq!(from.iter().filter(|from| **from == day(1, 31)).count(), 2);
}

#[test]
fn secondary_contacts_are_the_households_of_the_close_ones() {
    let snapshot = TOWN.township.at(AsOf::on(day(2, 29)));
    let close: BTreeSet<PersonId> = to_the_city(day(2, 29))
        .into_iter()
        .map(|(person, _)| person)
        .collect();
    let homes: BTreeSet<_> = close
        .iter()
        .filter_map(|person| snapshot.household_of(*person))
        .collect();
    let by_hand: BTreeSet<PersonId> = snapshot
        .people()
        .filter(|(_, person)| person.household.is_some_and(|home| homes.contains(&home)))
        .filter(|(_, person)| person.is_here())
        .map(|(person, _)| person)
        .filter(|person| !close.contains(person))
        .collect();
    let secondary: BTreeSet<PersonId> = traced(day(2, 29), 2, 2)
        .into_iter()
        .map(|(person, _)| person)
        .collect();
    assert!(secondary.len() >= 10);
    assert_eq!(secondary, by_hand);
}

#[test]
fn contacts_with_a_case_that_are_none_say_why() {
    let as_of = AsOf::on(day(2, 29));
    let cases = cases_as_of(&TOWN.records.cases, as_of);
    assert_eq!(cases.len(), 2);
    let snapshot = TOWN.township.at(as_of);
    let close = to_the_city(day(2, 29));
    let mut reasons = [0; 3];
    for case in &cases {
        let person = snapshot.person(case.person).unwrap();
        assert_eq!(person.presence, Some(PersonPresence::Elsewhere));
        let onset = case.onset.unwrap();
        for contact in TOWN.records.contacts.happened(as_of).map(|held| held.what) {
            let other = match (contact.person_a, contact.person_b) {
                (one, other) if one == case.person => other,
                (other, one) if one == case.person => other,
                _ => continue,
            };
            if close.iter().any(|(person, _)| *person == other) {
                assert!(contact.from.date() > onset);
                continue;
            }
            let early = contact.from.date() + Days::new(5) <= onset;
            let not_close = contact.judged == Some(Judgement::NotClose);
            let holds = [early, contact.protected == Some(true), not_close];
            let reason = holds.iter().position(|holds| *holds).unwrap();
            reasons[reason] += 1;
        }
    }
    assert_eq!(reasons, [3, 3, 3]);
}

#[test]
fn clues_are_answered_within_a_day() {
    let clues: Vec<_> = TOWN
        .records
        .clues
        .happened(AsOf::on(day(2, 29)))
        .map(|held| held.what)
        .collect();
    assert!(clues.len() > 10);
    for clue in clues {
        let answered_at = clue.answered_at.unwrap();
        assert!(clue.received_at < answered_at);
        assert!(answered_at - clue.received_at <= chrono::TimeDelta::hours(24));
    }
}
