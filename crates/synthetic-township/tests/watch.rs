//! Who watches whom, who stands at the gates, and what was seeded on purpose.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use follow_up::{CheckInOutcome, Session, Watched};
use grid_model::{AsOf, CheckpointId, HouseholdId, PersonId, Role, start_of};
use quarantine_rules::{OrderEventKind, TestResult};
use synthetic_township::{Town, mangbang};

/// Drawn once for all tests.
static TOWN: LazyLock<Town> = LazyLock::new(|| mangbang(1));

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

fn end() -> AsOf {
    AsOf::on(day(2, 29))
}

/// The orders at home: who, ordered when, and the last day.
fn at_home(town: &Town) -> BTreeMap<PersonId, (chrono::NaiveDateTime, NaiveDate)> {
    let events = town.records.orders.happened(end()).map(|held| held.what);
    let ordered = events.filter(|event| {
        event.event == OrderEventKind::Ordered && event.place.as_deref() == Some("home")
    });
    ordered
        .map(|event| (event.person, (event.at, event.until.unwrap())))
        .collect()
}

/// Everyone ever under any order, and the households they live in.
fn ever_ordered(town: &Town) -> (BTreeSet<PersonId>, BTreeSet<HouseholdId>) {
    let people: BTreeSet<PersonId> = town
        .records
        .orders
        .happened(end())
        .map(|held| held.what.person)
        .collect();
    let snapshot = town.township.at(end());
    let homes = people
        .iter()
        .filter_map(|person| snapshot.household_of(*person))
        .collect();
    (people, homes)
}

#[test]
fn everyone_at_home_is_paired_from_the_order_to_its_end_with_one_helper_who_may_help() {
    let town = &*TOWN;
    let stays = at_home(town);
    let (ordered, homes) = ever_ordered(town);
    let snapshot = town.township.at(end());
    let mut paired = BTreeSet::new();
    let mut watched: BTreeMap<PersonId, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
    let mut same_village = 0;
    for pairing in town.records.pairings.as_of(end()).map(|held| held.what) {
        let Watched::Person(person) = pairing.watched else {
            panic!("one to one");
        };
        assert!(paired.insert(person));
        let (from, until) = stays[&person];
        assert_eq!(
            (pairing.from, pairing.until),
            (from, until.succ_opt().map(start_of))
        );
        watched
            .entry(pairing.helper)
            .or_default()
            .push((from.date(), until));
        let helper = snapshot.person(pairing.helper).unwrap();
        assert!((19..60).contains(&snapshot.age(pairing.helper).unwrap()));
        assert!(
            helper.is_here()
                && !helper.has_condition("pregnant")
                && !helper.has_condition("chronic")
        );
        assert!(!ordered.contains(&pairing.helper) && !homes.contains(&helper.household.unwrap()));
        let village = |person| snapshot.natural_village(snapshot.area_of(person)?);
        same_village += usize::from(village(person) == village(pairing.helper));
    }
    assert_eq!(paired.len(), 512);
    assert!(same_village > 500, "{same_village}");
    assert!(watched.len() > 150, "{} helpers", watched.len());
    for stays in watched.values() {
        for (on, _) in stays {
            let at_once = stays
                .iter()
                .filter(|(from, until)| from <= on && on <= until);
            assert!(at_once.count() <= 5);
        }
    }
}

#[test]
fn every_reading_due_is_written_but_one_evening() {
    let town = &*TOWN;
    let mut read: BTreeMap<(PersonId, NaiveDate, Session), CheckInOutcome> = BTreeMap::new();
    for check_in in town.records.check_ins.happened(end()).map(|held| held.what) {
        let key = (check_in.person, check_in.at.date(), check_in.session);
        assert!(
            read.insert(key, check_in.outcome).is_none(),
            "one reading a session"
        );
        let tenths = check_in.temperature_tenths;
        let well = tenths.is_some_and(|tenths| (361..=372).contains(&tenths));
        assert_eq!(well, check_in.outcome == CheckInOutcome::SeenWell);
    }
    let mut due = 0;
    let mut missed = Vec::new();
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    for (person, (ordered_at, until)) in at_home(town) {
        for on in ordered_at
            .date()
            .iter_days()
            .take_while(|on| *on <= until.min(day(2, 29)))
        {
            let morning = (ordered_at < on.and_time(noon)).then_some(Session::Morning);
            for session in morning.into_iter().chain([Session::Evening]) {
                due += 1;
                match read.get(&(person, on, session)) {
                    Some(outcome) if outcome.was_seen() => {}
                    other => missed.push((on, session, other.copied())),
                }
            }
        }
    }
    assert_eq!(
        missed,
        [(day(2, 3), Session::Evening, Some(CheckInOutcome::Missed))]
    );
    assert_eq!(due, read.len(), "nothing was read that was not due");
}

#[test]
fn one_person_had_a_fever_once_and_the_test_was_negative() {
    let town = &*TOWN;
    let ill = town.records.check_ins.happened(end()).map(|held| held.what);
    let ill: Vec<_> = ill
        .filter(|check_in| check_in.outcome == CheckInOutcome::SeenIll)
        .collect();
    let feverish = town.records.health.happened(end()).map(|held| held.what);
    let feverish: Vec<_> = feverish
        .filter(|reading| reading.temperature_tenths >= Some(373))
        .collect();
    assert_eq!((ill.len(), feverish.len()), (1, 1));
    assert_eq!(
        (ill[0].person, ill[0].at),
        (feverish[0].person, feverish[0].at)
    );
    assert_eq!(feverish[0].temperature_tenths, Some(374));
    assert_eq!(feverish[0].test, Some(TestResult::Negative));
}

/// How many rows became known on a later day than they happened.
fn late_rows<T: grid_model::Record>(ledger: &grid_model::Ledger<T>) -> usize {
    let held = ledger.as_of(end());
    held.filter(|held| {
        let happened = held.what.happened_at().unwrap();
        held.known_at.date() > happened.date()
    })
    .count()
}

#[test]
fn one_call_was_known_a_day_late() {
    let town = &*TOWN;
    let calls = &town.records.away_calls;
    let late: Vec<_> = calls
        .as_of(end())
        .filter(|held| held.known_at > held.what.at)
        .collect();
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].what.at.date(), day(2, 18));
    assert_eq!(late[0].known_at.date(), day(2, 19));
    let records = &TOWN.records;
    let in_time = [
        late_rows(&records.arrivals),
        late_rows(&records.orders),
        late_rows(&records.contacts),
        late_rows(&records.screening),
        late_rows(&records.check_ins),
        late_rows(&records.reports),
    ];
    // Of all other tables the correction of one arrival alone.
    assert_eq!(in_time, [1, 0, 0, 0, 0, 0]);
    let away = grid_model::away::away(&town.township.at(end()), calls);
    assert!(away.len() > 1_000);
    assert!(
        away.iter().any(|one| !one.reached) && away.iter().any(|one| one.planned_return.is_some())
    );
}

#[test]
fn every_minute_at_every_checkpoint_is_manned() {
    let town = &*TOWN;
    let (ordered, _) = ever_ordered(town);
    let shifts: Vec<_> = town
        .records
        .shifts
        .as_of(end())
        .map(|held| held.what)
        .collect();
    assert!(shifts.iter().all(|shift| !ordered.contains(&shift.person)));
    let minimum: BTreeMap<CheckpointId, u32> = town
        .township
        .checkpoints()
        .as_of(end())
        .map(|held| {
            (
                CheckpointId::from_index(held.index).unwrap(),
                held.what.minimum_staff,
            )
        })
        .collect();
    assert_eq!(minimum.len(), 4);
    for on in [day(1, 26), day(2, 10), day(2, 29)] {
        for minute in 0..24 * 60 {
            let at = start_of(on) + TimeDelta::minutes(minute);
            if at < start_of(day(1, 26)) + TimeDelta::hours(8) {
                continue;
            }
            for (checkpoint, minimum) in &minimum {
                let stands = |shift: &&&grid_model::Shift| {
                    let reported = shift.checked_in_at.is_some_and(|reported| reported <= at);
                    shift.checkpoint == *checkpoint
                        && reported
                        && shift.from <= at
                        && at < shift.until
                };
                assert!(
                    shifts.iter().filter(stands).count() >= *minimum as usize,
                    "{at}"
                );
            }
        }
    }
    let posts = |on| {
        let snapshot = town.township.at(AsOf::on(on));
        grid_model::posts::posts(&snapshot, &town.records.shifts, &town.records.passages)
    };
    for on in day(1, 24).iter_days().take_while(|on| *on <= day(2, 29)) {
        assert_eq!(posts(on).hours_uncovered, 0, "{on}");
    }
}

#[test]
fn every_grid_has_a_lead_and_a_doctor_and_every_village_a_purchaser() {
    let town = &*TOWN;
    let of_role = |role: Role| -> BTreeSet<_> {
        let staff = town.township.staff().as_of(end()).map(|held| held.what);
        staff
            .filter(|staff| staff.role == role)
            .filter_map(|staff| staff.grid)
            .collect()
    };
    let grids = town.township.grids().len();
    assert_eq!(
        (of_role(Role::GridLead).len(), of_role(Role::Doctor).len()),
        (grids, grids)
    );
    let (ordered, homes) = ever_ordered(town);
    let snapshot = town.township.at(end());
    for held in town.township.staff().as_of(end()) {
        assert!(!ordered.contains(&held.what.person));
        assert!(!homes.contains(&snapshot.household_of(held.what.person).unwrap()));
    }
    let level = grid_model::AreaLevel::NaturalVillage;
    let villages: BTreeSet<_> = town.township.areas().at_level(&level).collect();
    let served: BTreeSet<_> = town
        .records
        .purchasers
        .as_of(end())
        .map(|held| held.what.area)
        .collect();
    assert_eq!(served, villages);
}
