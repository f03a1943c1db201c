//! Secondary attack rates by setting, against published intervals and counting person by person.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contact_tracing::chains::{
    AttackPolicy, AttackRate, ExposureRow, Proportion, SeveralSettings, secondary_attack_rates,
    wilson,
};
use proptest::prelude::*;

const POLICY: AttackPolicy = AttackPolicy {
    several_settings: SeveralSettings::Each,
    within_days: None,
    level: Proportion::NINETY_FIVE_PERCENT,
};

fn day(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2020, 2, day)
}

fn met<'a>(source: &'a str, person: &'a str, setting: &'a str, on: u32) -> ExposureRow<'a> {
    let setting = Some(setting).filter(|setting| !setting.is_empty());
    ExposureRow {
        source,
        person,
        setting,
        day: day(on),
    }
}

fn counts(rates: &[AttackRate]) -> Vec<(Option<&str>, u32, u32)> {
    rates
        .iter()
        .map(|rate| (rate.setting.as_deref(), rate.exposed, rate.cases))
        .collect()
}

#[test]
fn intervals_are_those_newcombe_tabulates() {
    // Statistics in Medicine 17 (1998), table I, method 3: score without continuity correction.
    let published = [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ];
    for (cases, exposed, low, high) in published {
        let found = wilson(cases, exposed, Proportion::NINETY_FIVE_PERCENT).unwrap();
        assert!(
            (found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5,
            "{found:?}"
        );
    }
    let all = wilson(20, 20, Proportion::NINETY_FIVE_PERCENT).unwrap();
    assert!((all.0 - (1.0 - 0.1611)).abs() < 5e-5 && (all.1 - 1.0).abs() < f64::EPSILON);
    assert_eq!(wilson(0, 0, Proportion::NINETY_FIVE_PERCENT), None);
    assert_eq!(wilson(3, 2, Proportion::NINETY_FIVE_PERCENT), None);
}

#[test]
fn a_person_counts_once_in_each_setting_and_once_in_all() {
    let cases = [("S", day(1)), ("T", day(2)), ("ill", day(8))];
    let rows = [
        met("S", "ill", "home", 2),
        met("T", "ill", "home", 3),
        met("S", "ill", "market", 3),
        met("S", "well", "home", 2),
        met("S", "other", "", 2),
    ];
    let rates = secondary_attack_rates(&cases, &rows, &POLICY);
    assert_eq!(
        counts(&rates.by_setting),
        [(Some("home"), 2, 1), (Some("market"), 1, 1), (None, 1, 0)]
    );
    assert_eq!((rates.all.exposed, rates.all.cases), (3, 1));
    let first = AttackPolicy {
        several_settings: SeveralSettings::First,
        ..POLICY
    };
    let rates = secondary_attack_rates(&cases, &rows, &first);
    assert_eq!(
        counts(&rates.by_setting),
        [(Some("home"), 2, 1), (None, 1, 0)]
    );
    assert_eq!(rates.all.rate, Some(1.0 / 3.0));
}

#[test]
fn who_was_a_case_before_the_exposure_is_left_out_and_named() {
    let cases = [
        ("S", day(1)),
        ("early", day(3)),
        ("late", day(20)),
        ("unknown", None),
    ];
    let rows = [
        met("S", "early", "home", 3),
        met("S", "early", "home", 5),
        met("S", "late", "home", 4),
        met("S", "unknown", "home", 4),
        met("early", "S", "home", 5),
        met("S", "S", "home", 1),
        met("nobody", "x", "home", 1),
    ];
    let within = AttackPolicy {
        within_days: Some(14),
        ..POLICY
    };
    let rates = secondary_attack_rates(&cases, &rows, &within);
    assert_eq!(rates.already_cases, ["S", "early"]);
    assert_eq!(
        (rates.after_onset, rates.with_oneself, rates.source_no_case),
        (3, 1, 1)
    );
    assert_eq!(
        counts(&rates.by_setting),
        [(Some("home"), 2, 1)],
        "late fell ill after 16 days"
    );
    assert_eq!(rates.cases_without_onset, 1);
    let rates = secondary_attack_rates(&cases, &rows, &POLICY);
    assert_eq!(counts(&rates.by_setting), [(Some("home"), 2, 2)]);
}

#[test]
fn nobody_exposed_has_no_rate() {
    let rates = secondary_attack_rates(&[], &[], &POLICY);
    assert!(rates.by_setting.is_empty());
    assert_eq!(
        (rates.all.rate, rates.all.low, rates.all.exposed),
        (None, None, 0)
    );
}

#[test]
fn dates_at_the_ends_of_the_calendar_do_not_overflow() {
    let cases = [("S", None), ("x", Some(NaiveDate::MAX))];
    let row = ExposureRow {
        source: "S",
        person: "x",
        setting: None,
        day: Some(NaiveDate::MIN),
    };
    let within = AttackPolicy {
        within_days: Some(u32::MAX),
        ..POLICY
    };
    assert_eq!(secondary_attack_rates(&cases, &[row], &within).all.cases, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rates_are_what_asking_each_person_finds_in_any_order(
        rows in prop::collection::vec((0u32..6, 0u32..6, 0u32..4, 0u32..9), 0..30),
        onsets in prop::collection::vec(prop::option::of(prop::option::of(1u32..9)), 6),
        within in prop::option::of(0u32..5),
        turn in 0usize..30,
    ) {
        let ids = ["a", "b", "c", "d", "e", "f"];
        let places = ["", "home", "work", "bus"];
        let at = |n: u32| ids[usize::try_from(n).unwrap()];
        let mut table: Vec<ExposureRow<'_>> = rows.iter().map(|&(from, to, place, on)| {
            met(at(from), at(to), places[usize::try_from(place).unwrap()], on)
        }).collect();
        let cases: Vec<(&str, Option<NaiveDate>)> = ids.iter().zip(&onsets)
            .filter_map(|(id, onset)| Some((*id, (*onset)?.and_then(day)))).collect();
        let policy = AttackPolicy { within_days: within, ..POLICY };
        let found = secondary_attack_rates(&cases, &table, &policy);

        let onset_of: BTreeMap<&str, Option<NaiveDate>> = cases.iter().copied().collect();
        let counts_for = |person: &str, place: Option<Option<&str>>| -> Option<bool> {
            let onset = onset_of.get(person).copied().flatten();
            let rows: Vec<&ExposureRow<'_>> = table.iter()
                .filter(|row| row.person == person && row.source != person)
                .filter(|row| onset_of.contains_key(row.source))
                .filter(|row| place.is_none_or(|place| row.setting == place))
                .filter(|row| match (row.day, onset) { (Some(day), Some(onset)) => day < onset, _ => true })
                .collect();
            if rows.is_empty() {
                return None;
            }
            let unknown = rows.iter().any(|row| row.day.is_none());
            let last = rows.iter().filter_map(|row| row.day).max().filter(|_| !unknown);
            let in_time = match (within, last, onset) {
                (Some(within), Some(last), Some(onset)) => (onset - last).num_days() <= i64::from(within),
                _ => true,
            };
            Some(onset_of.contains_key(person) && in_time)
        };
        let settings: BTreeSet<Option<&str>> = table.iter().map(|row| row.setting).collect();
        let mut expected: Vec<(Option<&str>, u32, u32)> = Vec::new();
        for setting in settings {
            let counted: Vec<bool> = ids.iter().filter_map(|id| counts_for(id, Some(setting))).collect();
            let ill = counted.iter().filter(|ill| **ill).count();
            expected.push((setting, u32::try_from(counted.len()).unwrap(), u32::try_from(ill).unwrap()));
        }
        expected.retain(|row| row.1 > 0);
        expected.sort_by_key(|row| (row.0.is_none(), row.0));
        prop_assert_eq!(counts(&found.by_setting), expected);
        let all: Vec<bool> = ids.iter().filter_map(|id| counts_for(id, None)).collect();
        prop_assert_eq!(usize::try_from(found.all.exposed).unwrap(), all.len());
        prop_assert_eq!(usize::try_from(found.all.cases).unwrap(), all.iter().filter(|ill| **ill).count());
        let turn = turn.min(table.len());
        table.rotate_left(turn);
        prop_assert_eq!(secondary_attack_rates(&cases, &table, &policy), found);
    }
}
