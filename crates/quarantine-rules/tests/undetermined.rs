//! What an answer hangs on by the shipped books, against trying every value of every unknown fact.

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
use proptest::sample::Index;
use quarantine_rules::{
    Decision, FactKind, FactName, FactValue, Facts, Governed, Measure, Subject, Unknown, decide,
};
use ways::{governed, holds, is_minimal, settles, ways};

/// Every value a fact can have that a rule could tell apart.
fn domain(fact: FactName) -> Vec<FactValue> {
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|word| FactValue::Word((*word).into()))
            .collect()
    };
    match (fact, fact.kind()) {
        (_, FactKind::YesNo) => vec![FactValue::YesNo(false), FactValue::YesNo(true)],
        (FactName::FromRisk, _) => words(&[
            "high",
            "medium",
            "low",
            "case_prefecture",
            "red",
            "amber",
            "green",
        ]),
        (FactName::Vaccinated, _) => words(&["none", "full", "boosted"]),
        (FactName::Variant, _) => words(&["omicron", "delta"]),
        (FactName::Symptoms, _) => words(&["none", "yes", "severe"]),
        (FactName::Exposure, _) => words(&["high", "low", "middling"]),
        (FactName::Option, _) => [7, 10, 14].map(FactValue::Number).to_vec(),
        (FactName::Age, _) => [3, 17, 18, 40].map(FactValue::Number).to_vec(),
        _ => Vec::new(),
    }
}

/// The facts with a domain that the clauses in force for a person look at.
fn looked_at(authority: &str, disease: &str, subject: Subject, as_of: NaiveDate) -> Vec<FactName> {
    let mut facts = BTreeSet::new();
    for clause in people::BOOKS
        .chain(authority)
        .into_iter()
        .flat_map(|book| &book.clauses)
    {
        if &*clause.disease == disease && clause.subject == subject && clause.in_force(as_of) {
            facts.extend(clause.condition.facts());
        }
    }
    facts
        .into_iter()
        .filter(|fact| !domain(*fact).is_empty())
        .collect()
}

/// A person with every date known, and the values drawn for every fact with a domain.
fn person(subject: Subject, as_of: NaiveDate, days: &[u64], draws: &[Index]) -> Facts {
    let mut facts = Facts::new(subject);
    for (index, fact) in FactName::ALL.iter().enumerate() {
        let ago = days[index % days.len()];
        match fact.kind() {
            FactKind::Date if *fact != FactName::IndexSampled => {
                facts.put(*fact, FactValue::Date(as_of - Days::new(ago)));
            }
            FactKind::Tests => {
                let text = format!(
                    "{}:neg;{}:neg",
                    as_of - Days::new(ago),
                    as_of - Days::new(1)
                );
                facts.read(*fact, &text).unwrap();
            }
            _ => {
                let domain = domain(*fact);
                if !domain.is_empty() {
                    facts.put(*fact, draws[index % draws.len()].get(&domain).clone());
                }
            }
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_answer_hangs_on_what_trying_everything_says_it_hangs_on(
        authority in prop::sample::select(people::AUTHORITIES),
        subject in prop::sample::select(Subject::ALL),
        after in 0..1200u64,
        days in prop::collection::vec(0..25u64, 7),
        draws in prop::collection::vec(any::<Index>(), 9),
        hidden in prop::collection::vec(any::<bool>(), 5),
    ) {
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let disease = people::disease_of(authority);
        let mut facts = person(subject, as_of, &days, &draws);
        let looked_at = looked_at(authority, disease, subject, as_of);
        let mut unknown = Vec::new();
        for (fact, hide) in looked_at.iter().zip(&hidden) {
            if *hide {
                facts.forget(*fact);
                unknown.push(*fact);
            }
        }
        let ask = |facts: &Facts, unknown| decide(&people::BOOKS, authority, disease, facts, as_of, unknown);
        let matched = |facts: &Facts| ask(facts, Unknown::NotMatched);
        let values: Vec<_> = unknown.iter().map(|fact| (*fact, domain(*fact))).collect();
        let ways = ways(&matched, &facts, &values);
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                let ids = |found: Vec<&Governed>| -> BTreeSet<String> {
                    found.iter().map(|found| found.clause.id.to_string()).collect()
                };
                let possible: Vec<&Governed> = ways.iter().filter_map(|(_, way)| governed(way)).collect();
                prop_assert_eq!(ids(open.could_be.iter().collect()), ids(possible.clone()));
                prop_assert_eq!(open.could_be_no_rule, ways.iter().any(|(_, way)| *way == Decision::NoRule));
                let strictest = possible.iter().map(|found| found.strictness()).max();
                prop_assert_eq!(Some(open.strictest.strictness()), strictest);
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

fn asked(authority: &str, on: &str, facts: &Facts) -> Decision {
    decide(
        &people::BOOKS,
        authority,
        "COVID-19",
        facts,
        on.parse().unwrap(),
        Unknown::Undetermined,
    )
}

#[test]
fn an_unknown_day_zero_leaves_the_last_day_open_and_is_asked() {
    let facts = Facts::new(Subject::CloseContact);
    let Decision::Undetermined(open) = asked("CN-YN-TC-MB", "2020-01-31", &facts) else {
        panic!("the last exposure is not known")
    };
    assert_eq!(open.needs, [[FactName::LastExposure]]);
    assert_eq!(
        (&*open.strictest.clause.id, open.strictest.until),
        ("MB-CC", None)
    );
    assert_eq!(open.strictest.on_as_of, Measure::CentralQuarantine);
}

#[test]
fn exposures_without_the_index_cases_day_ask_for_onset_or_sampling() {
    let mut facts = Facts::new(Subject::CloseContact);
    facts
        .read(FactName::Exposures, "2020-02-20;2020-02-22")
        .unwrap();
    let Decision::Undetermined(open) = asked("CN-YN-TC-MB", "2020-02-24", &facts) else {
        panic!("the index case's onset is not known")
    };
    assert_eq!(
        open.needs,
        [[FactName::IndexOnset], [FactName::IndexSampled]]
    );
    assert_eq!(open.strictest.until, "2020-03-07".parse().ok());
}

#[test]
fn tests_nobody_knows_of_are_asked_only_where_one_could_count_already() {
    let mut facts = Facts::new(Subject::InboundTraveller);
    facts.read(FactName::ArrivalDate, "2021-01-02").unwrap();
    let needs = |facts: &Facts, on| asked("UK-ENG", on, facts).needs().to_vec();
    assert_eq!(needs(&facts, "2021-01-06"), Vec::<Vec<FactName>>::new());
    assert_eq!(needs(&facts, "2021-01-07"), [[FactName::TestResults]]);
    facts.test_results = Some(Vec::new());
    assert_eq!(needs(&facts, "2021-01-07"), Vec::<Vec<FactName>>::new());
}
