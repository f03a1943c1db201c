//! Silence is not zero, and nothing is claimed that is not proved.

use grid_model::AsOf;
use outbreak_response::{Day, Records};
use reporting::{Edition, FigureValue, Language};

use crate::support::{FREE, LAST, MANGBANG, changed, column, evening, list, on, page, sentence};

/// Whether the page of an edition says a sentence: in both languages, or in neither.
fn says(records: &Records, day: &Day, edition: Edition, key: &str) -> bool {
    let page = page(&MANGBANG.township, records, day, edition);
    let said = Language::ALL.map(|language| sentence(&page, key, language).is_some());
    assert_eq!(said[0], said[1], "{key}");
    said[0]
}

/// Holds that a full day says the claim in both editions and a flawed one in none.
fn claimed_only_of(key: &str, proved: (&Records, &Day), flawed: (&Records, &Day)) {
    for edition in [Edition::Public, Edition::Internal] {
        assert!(says(proved.0, proved.1, edition, key), "{key} is proved");
        assert!(!says(flawed.0, flawed.1, edition, key), "{key} is not");
    }
}

#[test]
fn one_silent_community_makes_every_total_incomplete() {
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let date = on(2, 20);
    let full = &*FREE;
    let reports = changed(&records.reports, |rows| {
        let of_day = |row: &grid_model::Recorded<grid_model::CommunityReport>| {
            row.what.as_ref().is_some_and(|report| report.day == date)
        };
        let first = rows.iter().position(of_day).unwrap();
        rows.remove(first);
    });
    let fewer = Records {
        reports,
        ..records.clone()
    };
    let silent = evening(township, &fewer, date);
    assert_eq!(
        (
            full.figures.communities_silent,
            silent.figures.communities_silent
        ),
        (0, 1)
    );
    for edition in [Edition::Public, Edition::Internal] {
        let page = page(township, &fewer, &silent, edition);
        assert!(!page.headline.is_empty());
        for figure in &page.headline {
            assert!(
                matches!(figure.value, FigureValue::Incomplete(_)),
                "{}",
                figure.key
            );
        }
        assert!(says(&fewer, &silent, edition, "cut-off-incomplete"));
        assert!(!says(records, full, edition, "cut-off-incomplete"));
    }
    // On 20 February nobody was under any measure: a claim, until a community is silent.
    claimed_only_of("load-all-released", (records, full), (&fewer, &silent));
    let communities = list(township, &fewer, &silent, "communities_reported");
    let states = column(&communities, "reported");
    assert_eq!(states.iter().filter(|state| *state == "silent").count(), 1);
}

#[test]
fn a_report_that_came_in_after_midnight_was_silence_that_evening() {
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let date = on(2, 20);
    let reports = changed(&records.reports, |rows| {
        let mut reports = rows.iter_mut().filter_map(|row| row.what.as_mut());
        let report = reports.find(|report| report.day == date).unwrap();
        report.received_at = date.succ_opt().unwrap().and_hms_opt(0, 30, 0).unwrap();
    });
    let late = Records {
        reports,
        ..records.clone()
    };
    assert_eq!(evening(township, &late, date).figures.communities_silent, 1);
    let seen = AsOf {
        day: date,
        known_by: on(2, 21),
    };
    let policy = &crate::support::POLICY;
    let seen = outbreak_response::figures_of(township, &late, policy, seen);
    assert_eq!(seen.communities_silent, 0);
}

#[test]
fn all_are_released_only_when_nobody_is_held_or_undetermined() {
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let (free, held) = (&*FREE, &*LAST);
    assert_eq!(held.figures.home_observation_now, 28);
    claimed_only_of("load-all-released", (records, free), (records, held));
    let before = evening(township, records, on(1, 20));
    assert!(
        !says(records, &before, Edition::Public, "load-all-released"),
        "there was nobody"
    );
}

#[test]
fn one_household_not_visited_is_missed_by_name_and_nobody_claims_otherwise() {
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let full = &*LAST;
    let mut unvisited = None;
    let screening = changed(&records.screening, |rows| {
        let mut visits = rows.iter().filter_map(|row| row.what.as_ref());
        let household = visits.next().unwrap().household;
        rows.retain(|row| {
            row.what
                .as_ref()
                .is_none_or(|visit| visit.household != household)
        });
        unvisited = Some(household);
    });
    let fewer = Records {
        screening,
        ..records.clone()
    };
    let missed = evening(township, &fewer, on(2, 29));
    let figures = &missed.figures;
    assert_eq!(
        (figures.households_missed, figures.households_screened),
        (1, 9_680)
    );
    let by_name = list(township, &fewer, &missed, "missed_households");
    assert_eq!(
        column(&by_name, "household"),
        [township.household_key(unvisited.unwrap())]
    );
    claimed_only_of("grid-none-missed", (records, full), (&fewer, &missed));
}

#[test]
fn one_shift_not_stood_is_an_hour_uncovered_and_nobody_claims_otherwise() {
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let full = &*LAST;
    assert_eq!(full.figures.checkpoint_hours_uncovered, 0);
    let shifts = changed(&records.shifts, |rows| {
        let of_day = |row: &grid_model::Recorded<grid_model::Shift>| {
            row.what
                .as_ref()
                .is_some_and(|shift| shift.from.date() == on(2, 29))
        };
        let first = rows.iter().position(of_day).unwrap();
        rows.remove(first);
    });
    let fewer = Records {
        shifts,
        ..records.clone()
    };
    let short = evening(township, &fewer, on(2, 29));
    assert!(short.figures.checkpoint_hours_uncovered > 0);
    assert!(
        !list(township, &fewer, &short, "checkpoint_gaps")
            .rows
            .is_empty()
    );
    claimed_only_of("load-manned", (records, full), (&fewer, &short));
}

#[test]
fn a_roster_nobody_confirmed_proves_nothing() {
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let shifts = changed(&records.shifts, |rows| {
        for shift in rows.iter_mut().filter_map(|row| row.what.as_mut()) {
            shift.checked_in_at = None;
        }
    });
    let unconfirmed = Records {
        shifts,
        ..records.clone()
    };
    let found = evening(township, &unconfirmed, on(2, 29));
    assert_eq!(found.figures.checkpoint_hours_uncovered, 4 * 24);
    assert!(!says(&unconfirmed, &found, Edition::Public, "load-manned"));
}
