//! What an answer hangs on by drawn books, tests among it, against trying every value of every unknown
//! fact and every list of tests.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod people;
mod ways;

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use quarantine_rules::{
    Books, Decision, FactName, FactValue, Facts, Subject, TestResult, TestTaken, Unknown, decide,
};
use ways::{governed, holds, is_minimal, outermost_ends, settles, ways};

/// Every value of a fact that the terms of drawn books tell apart.
fn drawn_domain(fact: FactName, as_of: NaiveDate) -> Vec<FactValue> {
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|word| FactValue::Word((*word).into()))
            .collect()
    };
    match fact {
        FactName::FromRisk => words(&["high", "medium", "low", "amber"]),
        FactName::Vaccinated => words(&["none", "full"]),
        FactName::Age => [3, 18, 40, 41, 60].map(FactValue::Number).to_vec(),
        FactName::Option => [7, 10].map(FactValue::Number).to_vec(),
        FactName::TestResults => test_lists(as_of),
        _ => vec![FactValue::YesNo(false), FactValue::YesNo(true)],
    }
}

/// No test, one, or two, of either result, on any of nine days.
fn test_lists(as_of: NaiveDate) -> Vec<FactValue> {
    let days: Vec<NaiveDate> = (0..9).map(|ago| as_of - Days::new(ago)).collect();
    let tests = days.iter().flat_map(|on| {
        [TestResult::Negative, TestResult::Positive].map(|result| TestTaken { on: *on, result })
    });
    let tests: Vec<TestTaken> = tests.collect();
    let mut lists = vec![Vec::new()];
    for (at, first) in tests.iter().enumerate() {
        lists.push(vec![*first]);
        lists.extend(
            tests
                .iter()
                .skip(at + 1)
                .map(|second| vec![*first, *second]),
        );
    }
    lists.into_iter().map(FactValue::Tests).collect()
}

const DRAWN: [FactName; 8] = [
    FactName::ViaHubei,
    FactName::HomeOk,
    FactName::Resident,
    FactName::FromRisk,
    FactName::Vaccinated,
    FactName::Age,
    FactName::Option,
    FactName::TestResults,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_answer_of_a_drawn_book_hangs_on_what_trying_everything_says(
        text in people::generated_book(6),
        drawn in people::drawn(),
        hidden in prop::sample::subsequence(DRAWN.to_vec(), 1..4),
        after in 0..60u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let facts = all_known_but(&hidden, &drawn, as_of);
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        let values: Vec<_> = hidden.iter().map(|fact| (*fact, drawn_domain(*fact, as_of))).collect();
        let ways = ways(&|facts| ask(facts, Unknown::NotMatched), &facts, &values);
        let possible = ways.iter().filter_map(|(_, way)| governed(way));
        let possible: BTreeSet<&str> = possible.map(|found| &*found.clause.id).collect();
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                let could_be: BTreeSet<&str> = open.could_be.iter().map(|found| &*found.clause.id).collect();
                prop_assert!(possible.is_subset(&could_be), "{:?} of {:?}", possible, could_be);
                prop_assert!(open.irreducible);
                let tests_hidden = hidden.contains(&FactName::TestResults);
                if !tests_hidden {
                    prop_assert_eq!(possible, could_be);
                }
                prop_assert_eq!(open.needs.len(), 1);
                prop_assert!(settles(&ways, &open.needs[0]));
                prop_assert!(tests_hidden || is_minimal(&ways, &open.needs[0]), "{:?}", open.needs);
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}

/// Every list of tests from a day to the day asked, with one positive at most: a second meets nothing
/// that the first does not.
fn all_test_lists(from: NaiveDate, as_of: NaiveDate) -> Vec<FactValue> {
    let days: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= as_of).collect();
    let taken = |on: &NaiveDate, result| TestTaken { on: *on, result };
    let mut lists = Vec::new();
    for chosen in 0..1u32 << days.len() {
        let days_chosen = days
            .iter()
            .enumerate()
            .filter(|(at, _)| chosen >> at & 1 == 1);
        let negative = days_chosen.map(|(_, on)| taken(on, TestResult::Negative));
        let negative: Vec<TestTaken> = negative.collect();
        let with = |on| [&negative[..], &[taken(on, TestResult::Positive)]].concat();
        lists.extend(days.iter().map(with));
        lists.push(negative);
    }
    lists.into_iter().map(FactValue::Tests).collect()
}

/// A local returnee with every fact of drawn books known, but for some.
fn all_known_but(hidden: &[FactName], drawn: &people::Drawn, as_of: NaiveDate) -> Facts {
    let mut facts = people::person(drawn, as_of);
    facts.subject = Subject::LocalReturnee;
    for fact in DRAWN
        .into_iter()
        .filter(|fact| !facts.knows(*fact))
        .collect::<Vec<_>>()
    {
        facts.put(fact, drawn_domain(fact, as_of)[0].clone());
    }
    facts.arrival_date = facts.arrival_date.or(Some(as_of - Days::new(6)));
    facts.last_dose = facts.last_dose.or(Some(as_of - Days::new(20)));
    facts.last_exposure = facts.last_exposure.or(Some(as_of - Days::new(6)));
    for fact in hidden {
        facts.forget(*fact);
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn unknown_tests_leave_open_what_all_lists_of_tests_do(
        text in people::generated_book(5),
        drawn in people::drawn(),
        other in prop::sample::select(DRAWN.to_vec()),
        ago in 2..8u64,
        after in 0..30u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let arrival = as_of - Days::new(ago);
        let mut facts = all_known_but(&[other, FactName::TestResults], &drawn, as_of);
        facts.arrival_date = Some(arrival);
        let mut values = vec![(FactName::TestResults, all_test_lists(arrival, as_of))];
        if other != FactName::TestResults {
            values.push((other, drawn_domain(other, as_of)));
        }
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        let ways = ways(&|facts| ask(facts, Unknown::NotMatched), &facts, &values);
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                prop_assert!(open.irreducible);
                let possible = ways.iter().filter_map(|(_, way)| governed(way));
                prop_assert_eq!(outermost_ends(open.could_be.iter()), outermost_ends(possible));
                prop_assert_eq!(open.could_be_no_rule, ways.iter().any(|(_, way)| *way == Decision::NoRule));
                prop_assert_eq!(open.needs.len(), 1);
                prop_assert!(settles(&ways, &open.needs[0]));
                prop_assert!(is_minimal(&ways, &open.needs[0]), "{:?}", open.needs);
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Days of arrival and lists of tests without end cannot all be tried: what those tried show must
    /// have been thought of, and what is to be asked must settle them.
    #[test]
    fn an_unknown_day_zero_and_unknown_tests_are_thought_of_together(
        text in people::generated_book(5),
        drawn in people::drawn(),
        after in 0..24u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let facts = all_known_but(&[FactName::ArrivalDate, FactName::TestResults], &drawn, as_of);
        let mut arrivals: Vec<NaiveDate> = (0..36).map(|ago| as_of - Days::new(ago)).collect();
        arrivals.extend((1..20).map(|later| as_of + Days::new(later)));
        let values = [
            (FactName::ArrivalDate, arrivals.into_iter().map(FactValue::Date).collect()),
            (FactName::TestResults, all_test_lists(as_of - Days::new(5), as_of)),
        ];
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        let ways = ways(&|facts| ask(facts, Unknown::NotMatched), &facts, &values);
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                let possible = ways.iter().filter_map(|(_, way)| governed(way));
                let possible: BTreeSet<&str> = possible.map(|found| &*found.clause.id).collect();
                let could_be: BTreeSet<&str> = open.could_be.iter().map(|found| &*found.clause.id).collect();
                prop_assert!(possible.is_subset(&could_be), "{:?} of {:?}", possible, could_be);
                let no_rule = ways.iter().any(|(_, way)| *way == Decision::NoRule);
                prop_assert!(open.could_be_no_rule || !no_rule);
                prop_assert!(settles(&ways, &open.needs[0]), "{:?}", open.needs);
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}
