//! Two days or books compared, over people and over everybody there could be.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod people;

use chrono::{Days, NaiveDate};
use people::{AUTHORITIES, BOOKS, disease_of, drawn, person};
use proptest::prelude::*;
use quarantine_rules::{
    BooksOn, Change, Clause, Decision, FactName, Facts, Unknown, compare, compare_people, decide,
};

fn on<'a>(authority: &'a str, day: NaiveDate) -> BooksOn<'a> {
    BooksOn {
        books: &BOOKS,
        authority,
        disease: disease_of(authority),
        on: day,
    }
}

fn governs(asked: BooksOn<'_>, facts: &Facts) -> Option<Clause> {
    let decision = decide(
        asked.books,
        asked.authority,
        asked.disease,
        facts,
        asked.on,
        Unknown::NotMatched,
    );
    match decision {
        Decision::Governed(found) => Some((*found.clause).clone()),
        _ => None,
    }
}

fn told(change: &Change) -> String {
    let id = |clause: &Option<std::sync::Arc<Clause>>| match clause {
        Some(clause) => clause.id.to_string(),
        None => "no rule".to_owned(),
    };
    let people: Vec<String> = change.people.iter().map(ToString::to_string).collect();
    format!(
        "{}: {} -> {}: {}",
        change.subject,
        id(&change.before),
        id(&change.after),
        people.join(" | ")
    )
}

#[test]
fn the_twenty_measures_change_these_people_and_no_others() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let found = compare(
        on("CN-NHC", day("2022-11-10")),
        on("CN-NHC", day("2022-11-11")),
    );
    let found: Vec<String> = found.changes.iter().map(told).collect();
    assert_eq!(
        found,
        [
            "close_contact: CN-E9-CC-NOHOME -> CN-M20-CC: home_ok=no",
            "close_contact: CN-E9-CC -> CN-M20-CC: home_ok=yes",
            "secondary_contact: CN-E9-SC-NOHOME -> CN-M20-SC: home_ok=no",
            "secondary_contact: CN-E9-SC -> CN-M20-SC: home_ok=yes",
            "inbound_traveller: CN-E9-IN -> CN-M20-IN: ",
            "risk_area_traveller: CN-E9-RA-MED-NOHOME -> no rule: from_risk=medium;home_ok=no",
            "risk_area_traveller: CN-E9-RA-HIGH -> CN-M20-RA-HIGH: from_risk=high;home_ok=yes",
            "risk_area_traveller: CN-E9-RA-MED -> no rule: from_risk=medium;home_ok=yes",
            "risk_area_traveller: CN-E9-RA-LOW -> CN-M20-RA-LOW: from_risk=low",
            "high_risk_worker: no rule -> CN-M20-JOB: ",
        ]
    );
    let same = compare(
        on("CN-NHC", day("2022-11-12")),
        on("CN-NHC", day("2022-11-11")),
    );
    assert_eq!(same.changes, []);
}

/// What a clause asks, as far as the compared clauses show it.
fn asks(clause: &Option<Clause>) -> impl PartialEq + std::fmt::Debug + use<> {
    clause.as_ref().map(|clause| {
        (
            (
                clause.measure,
                clause.place.clone(),
                clause.days,
                clause.counted_from,
            ),
            (clause.then_measure, clause.then_days, clause.windows),
            (clause.fever_free_days, clause.plus_days_after_symptoms),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_change_shows_on_somebody_and_nobody_changes_unseen(
        authority in prop::sample::select(AUTHORITIES),
        after in 0..1100u64,
        later in 1..120u64,
        people in prop::collection::vec(drawn(), 40),
    ) {
        let first = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let (a, b) = (on(authority, first), on(authority, first + Days::new(later)));
        let found = compare(a, b);
        prop_assert_eq!(&found.unsettled, &[]);
        let id = |clause: Option<Clause>| clause.map(|clause| clause.id.to_string());
        let ids = |change: &Change| {
            let id = |clause: &Option<std::sync::Arc<Clause>>| clause.as_ref().map(|clause| clause.id.to_string());
            (change.subject, id(&change.before), id(&change.after))
        };
        for change in &found.changes {
            let shown = (change.subject, id(governs(a, &change.such_as)), id(governs(b, &change.such_as)));
            prop_assert_eq!(shown, ids(change));
        }
        for (subject, draws, _) in people {
            // Whole facts, of which all were known on the first day.
            let known = vec![false; draws.len()];
            let mut facts = person(&(subject, draws, known), first);
            facts.forget(FactName::Exposures);
            facts.last_exposure = facts.last_exposure.map(|day| day.min(first));
            if let Some(tests) = &mut facts.test_results {
                tests.retain(|test| test.on <= first);
            }
            let (held, holds) = (governs(a, &facts), governs(b, &facts));
            if asks(&held) != asks(&holds) {
                let changed = (facts.subject, id(held), id(holds));
                prop_assert!(found.changes.iter().any(|change| ids(change) == changed), "{changed:?}");
            }
        }
    }

    #[test]
    fn people_compared_are_those_the_plain_answers_tell_apart(
        authority in prop::sample::select(AUTHORITIES),
        after in 0..1100u64,
        people in prop::collection::vec(drawn(), 20),
    ) {
        let first = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let (a, b) = (on(authority, first), on(authority, first + Days::new(30)));
        let people: Vec<Facts> = people.iter().map(|drawn| person(drawn, first)).collect();
        let found = compare_people(a, b, &people, Unknown::NotMatched);
        for (at, facts) in people.iter().enumerate() {
            let ask = |asked: BooksOn<'_>| decide(asked.books, asked.authority, asked.disease, facts, asked.on, Unknown::NotMatched);
            let (before, after) = (ask(a), ask(b));
            let listed = found.iter().find(|found| found.person == at);
            match listed {
                Some(found) => {
                    prop_assert_eq!(&found.before, &before);
                    prop_assert_eq!(&found.after, &after);
                    prop_assert_ne!(before, after);
                }
                None => match (before, after) {
                    (Decision::Governed(a), Decision::Governed(b)) => {
                        prop_assert_eq!((a.measure, a.until, a.then_until), (b.measure, b.until, b.then_until));
                        prop_assert_eq!((a.place, a.then_measure), (b.place, b.then_measure));
                    }
                    (a, b) => prop_assert_eq!(a, b),
                },
            }
        }
    }
}
