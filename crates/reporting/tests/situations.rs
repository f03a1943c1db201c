//! A situation counts every accepted case once, whatever the order.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod sample;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use reporting::situation::{Situation, SituationCase, SituationError};
use reporting::{Cell, Chart, FigureValue, Language, Period, Text, to_html};

fn case<'a>(
    onset: Option<u64>,
    class: Option<&'a str>,
    place: Option<&'a str>,
    died: Option<bool>,
) -> SituationCase<'a> {
    SituationCase {
        onset: onset.map(sample::day),
        class,
        place,
        died,
    }
}

#[test]
fn blanks_are_unknown_and_no_onset_is_still_a_case() {
    let cases = [
        case(Some(0), Some("confirmed"), Some(" 芒棒 "), Some(true)),
        case(Some(3), Some(" "), Some("芒棒"), Some(false)),
        case(None, None, None, None),
    ];
    let situation = Situation::from_cases(cases, 5, 2, Period::Week).unwrap();
    assert_eq!(
        situation.to_json(),
        "{\"read\":5,\"accepted\":3,\"rejected\":2,\"missing_onset\":1,\
         \"by_class\":{\"confirmed\":1,\"unknown\":2},\"by_place\":{\"unknown\":1,\"芒棒\":2},\
         \"epi_curve\":{\"2020-01-20\":2}}"
    );
    assert_eq!((situation.deaths(), situation.known_outcomes()), (1, 2));
    assert_eq!(situation.case_fatality().unwrap().share, 500);
}

#[test]
fn rows_that_went_missing_are_an_error() {
    let lost = Situation::from_cases([case(None, None, None, None)], 3, 1, Period::Day);
    let error = lost.unwrap_err();
    assert_eq!(
        error,
        SituationError::DoesNotReconcile {
            read: 3,
            accepted: 1,
            rejected: 1
        }
    );
    assert_eq!(
        error.to_string(),
        "3 rows were read, but 1 accepted and 1 refused ones are given; give every accepted row once"
    );
}

#[test]
fn what_is_not_known_is_said_in_both_languages() {
    let situation =
        Situation::from_cases([case(None, None, None, None)], 1, 0, Period::Day).unwrap();
    let bulletin = situation.to_bulletin(Text::new("芒棒镇", "Mangbang"));
    let english = to_html(&bulletin, Language::English).unwrap();
    for said in [
        "No day of onset is known.",
        "No outcome is known, so deaths and case fatality are unknown.",
        "Without a day of onset: 1 case.",
        "Of 1 row read, 1 was accepted and none was refused.",
    ] {
        assert!(english.contains(said), "{said}");
    }
    let chinese = to_html(&bulletin, Language::Chinese).unwrap();
    for said in [
        "发病日期：不详。",
        "转归均不详：死亡数和病死率不详。",
        "缺发病日期：1例。",
        "共读入1行：采用1行，未采用无。",
    ] {
        assert!(chinese.contains(said), "{said}");
    }
    assert_eq!(bulletin.headline[1].value, FigureValue::Unknown);
}

#[test]
fn thousands_of_places_classes_and_days_stay_readable() {
    let names: Vec<String> = (0..2_000).map(|n| format!("地点{n}")).collect();
    let cases = (0..5_000_u64).map(|n| {
        let at = usize::try_from(n).unwrap();
        case(
            Some(n),
            Some(&names[at % 40]),
            Some(&names[at * 7 % 2_000]),
            Some(n % 9 == 0),
        )
    });
    let situation = Situation::from_cases(cases, 5_000, 0, Period::Day).unwrap();
    let bulletin = situation.to_bulletin(Text::empty());
    let places = &bulletin.sections[1].lists[0];
    assert_eq!(places.rows.len(), 31);
    assert_eq!(
        places.rows[30][0],
        Cell::Text(Text::new("其他（1,970项）", "others (1,970)"))
    );
    let sum: i64 = places
        .rows
        .iter()
        .map(|row| if let Cell::Count(n) = row[1] { n } else { 0 })
        .sum();
    assert_eq!(sum, 5_000);
    let Chart::EpiCurve(curve) = &bulletin.sections[0].charts[0] else {
        unreachable!()
    };
    assert_eq!(curve.series.len(), 5);
    assert!(
        to_html(&bulletin, Language::English)
            .unwrap()
            .contains("Each bar is ")
    );
}

/// The slow, obvious count.
fn count(cases: &[SituationCase<'_>], belongs: impl Fn(&SituationCase<'_>) -> bool) -> u64 {
    cases.iter().map(|case| u64::from(belongs(case))).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_are_those_of_counting_one_by_one_in_any_order(
        rows in prop::collection::vec((prop::option::of(0_u64..60), prop::option::of(0_usize..3), prop::option::of(any::<bool>())), 0..60),
    ) {
        let classes = ["confirmed", "suspected", ""];
        let cases: Vec<SituationCase<'_>> = rows.iter().map(|(onset, class, died)| case(*onset, class.map(|at| classes[at]), None, *died)).collect();
        let read = u64::try_from(cases.len()).unwrap();
        let situation = Situation::from_cases(cases.clone(), read, 0, Period::Month).unwrap();
        let backwards = Situation::from_cases(cases.iter().rev().copied(), read, 0, Period::Month).unwrap();
        prop_assert_eq!(&situation, &backwards);
        prop_assert_eq!(situation.missing_onset(), count(&cases, |case| case.onset.is_none()));
        prop_assert_eq!(situation.deaths(), count(&cases, |case| case.died == Some(true)));
        for (class, n) in situation.by_class() {
            let same = |case: &SituationCase<'_>| match case.class { None | Some("") => class == "unknown", Some(given) => given == class };
            prop_assert_eq!(n, count(&cases, same));
        }
        for (first, n) in situation.epi_curve() {
            let next = NaiveDate::from_ymd_opt(first.to_string()[..4].parse().unwrap(), first.to_string()[5..7].parse().unwrap(), 28).unwrap() + Days::new(7);
            let until = NaiveDate::from_ymd_opt(next.to_string()[..4].parse().unwrap(), next.to_string()[5..7].parse().unwrap(), 1).unwrap();
            prop_assert_eq!(n, count(&cases, |case| case.onset.is_some_and(|day| first <= day && day < until)));
        }
        let on_curve: u64 = situation.epi_curve().values().sum();
        prop_assert_eq!(on_curve + situation.missing_onset(), read);
    }
}
