//! Laws of readings, of who is lost, and of needs.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

use chrono::{NaiveDate, NaiveDateTime};
use follow_up::{
    CheckIn, CheckInOutcome, FollowUpPolicy, Need, Observed, Pairing, ReadingState,
    ReferredBecause, Schedule, ScheduleQuestion, Session, Watched, open_needs, schedule,
};
use grid_model::{AsOf, Ledger, PersonId, Recorded};
use proptest::prelude::*;

use CheckInOutcome::{Missed, NotAttempted, NotPerformed, SeenIll, SeenWell};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, number).unwrap()
}

fn at(number: u32, hour: u32) -> NaiveDateTime {
    day(number).and_hms_opt(hour, 0, 0).unwrap()
}

fn person(number: usize) -> PersonId {
    PersonId::from_index(number).unwrap()
}

fn observed(number: usize, from: NaiveDateTime, until: Option<NaiveDateTime>) -> Observed {
    Observed {
        person: person(number),
        household: None,
        natural_village: None,
        community: None,
        from,
        until,
        transferred_out_at: None,
        needs_medical_staff: false,
        grid_lead: Some(person(99)),
    }
}

fn check_in(number: u32, session: Session, outcome: CheckInOutcome) -> CheckIn {
    let hour = if session == Session::Morning { 8 } else { 20 };
    CheckIn {
        person: person(0),
        helper: None,
        at: at(number, hour),
        session,
        outcome,
        temperature_tenths: None,
    }
}

fn ledger<T: grid_model::Record>(rows: impl IntoIterator<Item = T>) -> Ledger<T> {
    let numbered = rows.into_iter().enumerate();
    let rows = numbered.map(|(row, what)| Recorded::new(format!("{row:03}"), what));
    Ledger::build(rows.collect()).0
}

fn evening(number: u32, observed: &[Observed], rows: &[CheckIn]) -> Schedule {
    let watched = Watched::Person(person(0));
    let pairings = ledger([Pairing {
        watched,
        helper: person(50),
        from: at(1, 0),
        until: None,
    }]);
    schedule(ScheduleQuestion {
        observed,
        pairings: &pairings,
        check_ins: &ledger(rows.iter().cloned()),
        fever_tenths: 373,
        policy: &FollowUpPolicy::tengchong_2020(),
        as_of: AsOf::on(day(number)),
    })
}

/// Mornings and evenings of days from the 1st, with one outcome for each morning.
fn mornings(outcomes: &[CheckInOutcome]) -> Vec<CheckIn> {
    let numbered = (1..).zip(outcomes);
    numbered
        .map(|(number, &outcome)| check_in(number, Session::Morning, outcome))
        .collect()
}

fn is_lost(number: u32, outcomes: &[CheckInOutcome]) -> bool {
    let watched = [observed(0, at(1, 0), None)];
    !evening(number, &watched, &mornings(outcomes))
        .lost
        .is_empty()
}

#[test]
fn a_reading_is_due_where_the_observation_runs_at_its_closing() {
    let due = |own: Observed, number| evening(number, &[own], &[]).check_ins_due();
    let until = Some(at(15, 0));
    assert_eq!(due(observed(0, at(1, 0), until), 1), 2);
    assert_eq!(due(observed(0, at(1, 12), until), 1), 1);
    assert_eq!(due(observed(0, at(1, 12), until), 14), 2);
    // Released on D + N + 1 at 00:00: nothing is due on that day.
    assert_eq!(due(observed(0, at(1, 12), until), 15), 0);
}

#[test]
fn someone_observed_twice_over_owes_each_reading_once() {
    let own = [observed(0, at(1, 0), None), observed(0, at(2, 0), None)];
    assert_eq!(evening(3, &own, &[]).check_ins_due(), 2);
}

#[test]
fn a_missed_reading_names_the_helper_the_grid_lead_and_what_was_recorded() {
    let own = [observed(0, at(1, 0), None)];
    let rows = [check_in(3, Session::Morning, NotAttempted)];
    let found = evening(3, &own, &rows);
    let missed: Vec<_> = found.missed().collect();
    assert_eq!((found.check_ins_due(), found.check_ins_missed()), (2, 2));
    assert_eq!(missed[0].state, ReadingState::Missed(Some(NotAttempted)));
    assert_eq!(missed[1].state, ReadingState::Missed(None));
    assert_eq!(
        (missed[0].helper, missed[0].grid_lead),
        (Some(person(50)), Some(person(99)))
    );
}

#[test]
fn whoever_is_seen_after_being_missed_has_the_reading_done() {
    let own = [observed(0, at(1, 0), None)];
    let rows = [
        check_in(3, Session::Evening, SeenWell),
        check_in(3, Session::Evening, Missed),
    ];
    let found = evening(3, &own, &rows);
    assert_eq!(found.check_ins_missed(), 1);
    let done = ReadingState::Done {
        at: at(3, 20),
        temperature_tenths: None,
    };
    assert_eq!(found.readings[1].state, done);
}

#[test]
fn a_reading_of_someone_not_observed_is_listed_and_still_referred() {
    let rows = [CheckIn {
        temperature_tenths: Some(373),
        ..check_in(3, Session::Morning, SeenWell)
    }];
    let found = evening(3, &[], &rows);
    assert_eq!(
        (found.not_due.as_slice(), found.check_ins_due()),
        (&[0][..], 0)
    );
    assert_eq!(found.referrals[0].because, ReferredBecause::Fever);
}

#[test]
fn fever_begins_at_the_threshold_and_the_ill_are_referred_without_one() {
    let own = [observed(0, at(1, 0), None)];
    let below = CheckIn {
        temperature_tenths: Some(372),
        ..check_in(3, Session::Morning, SeenWell)
    };
    let ill = check_in(3, Session::Evening, SeenIll);
    let found = evening(3, &own, &[below, ill]);
    assert_eq!(found.referrals.len(), 1);
    assert_eq!(found.referrals[0].because, ReferredBecause::Ill);
}

#[test]
fn lost_is_who_was_searched_for_in_vain_on_three_days_running() {
    assert!(!is_lost(2, &[Missed, Missed, Missed]));
    assert!(is_lost(3, &[Missed, Missed, Missed]));
}

#[test]
fn what_staff_did_not_attempt_never_makes_anyone_lost() {
    assert!(!is_lost(
        9,
        &[NotAttempted, NotPerformed, NotAttempted, NotAttempted]
    ));
    assert!(!is_lost(9, &[Missed, Missed, NotAttempted, Missed]));
    assert!(!is_lost(9, &[]));
}

#[test]
fn the_lost_stay_lost_until_found() {
    assert!(is_lost(9, &[Missed, Missed, Missed, NotAttempted]));
    assert!(!is_lost(9, &[Missed, Missed, Missed, SeenIll]));
    let ended = [observed(0, at(1, 0), Some(at(5, 0)))];
    let found = evening(9, &ended, &mornings(&[SeenWell, Missed, Missed, Missed]));
    assert_eq!(found.lost[0].last_seen, Some(at(1, 8)));
    assert_eq!(found.lost[0].searched_on, [day(2), day(3), day(4)]);
}

#[test]
fn whoever_moved_away_is_transferred_out_and_not_lost() {
    let own = [Observed {
        transferred_out_at: Some(at(4, 9)),
        ..observed(0, at(1, 0), None)
    }];
    let rows = mornings(&[Missed, Missed, Missed]);
    assert_eq!(evening(3, &own, &rows).lost.len(), 1);
    let found = evening(4, &own, &rows);
    assert_eq!(
        (found.lost.len(), found.transferred_out.as_slice()),
        (0, &[person(0)][..])
    );
    assert_eq!(found.check_ins_due(), 0);
}

#[test]
fn a_need_is_open_from_raised_until_met() {
    let needs = ledger([Need {
        person: person(0),
        kind: "medicine".into(),
        raised_at: at(2, 9),
        met_at: Some(at(4, 9)),
    }]);
    let open = |number| open_needs(&needs, AsOf::on(day(number)));
    assert_eq!([1, 2, 3, 4].map(|number| open(number).len()), [0, 1, 1, 0]);
    assert_eq!((open(3)[0].open_days, open(3)[0].kind), (1, "medicine"));
}

/// Looks at every evening from the first: three days back, each with a search and nobody seen.
fn lost_slowly(number: u32, rows: &[CheckIn]) -> bool {
    let on = |number: u32, outcome: fn(CheckInOutcome) -> bool| {
        let mut today = rows.iter().filter(move |row| row.at.date() == day(number));
        today.any(|row| outcome(row.outcome))
    };
    let in_vain = |number| on(number, |one| one == Missed) && !on(number, CheckInOutcome::was_seen);
    (3..=number).any(|third| {
        let searched = (third - 2..=third).all(in_vain);
        let found_since = (third..=number).any(|later| on(later, CheckInOutcome::was_seen));
        searched && !found_since
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn due_is_done_and_missed_and_the_lost_are_who_looking_back_every_evening_finds(
        rows in proptest::collection::vec((1u32..9, any::<bool>(), 0usize..5), 0..24),
        from in 1u32..4,
        number in 1u32..9,
    ) {
        let rows: Vec<CheckIn> = rows.into_iter().map(|(number, morning, outcome)| {
            // Searches are frequent here, or nobody would ever be lost.
            let outcome = [Missed, Missed, Missed, SeenWell, NotAttempted][outcome];
            check_in(number, if morning { Session::Morning } else { Session::Evening }, outcome)
        }).collect();
        let own = [observed(0, at(from, 0), None)];
        let found = evening(number, &own, &rows);
        let expected = if number >= from { 2 } else { 0 };
        prop_assert_eq!(found.check_ins_due(), expected);
        for reading in &found.readings {
            let mut seen = rows.iter().filter(|row| row.at.date() == day(number) && row.session == reading.session);
            let is_done = matches!(reading.state, ReadingState::Done { .. });
            prop_assert_eq!(is_done, seen.any(|row| row.outcome.was_seen()));
        }
        let searched: Vec<CheckIn> = rows.iter().filter(|row| row.at >= at(from, 0) || row.outcome.was_seen()).cloned().collect();
        prop_assert_eq!(!found.lost.is_empty(), lost_slowly(number, &searched));
        let mut turned = rows;
        turned.reverse();
        let again = evening(number, &own, &turned);
        prop_assert_eq!((again.readings, again.lost), (found.readings, found.lost));
    }
}
