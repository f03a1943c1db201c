//! Compiled books against the books themselves.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod people;

use chrono::{Days, NaiveDate};
use people::{AUTHORITIES, BOOKS, disease_of, drawn, generated_book, person};
use proptest::prelude::*;
use quarantine_rules::{Books, FactColumns, Facts, Receipt, Subject, Unknown, compile, decide};

const BOTH: [Unknown; 2] = [Unknown::NotMatched, Unknown::Undetermined];

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after)
}

/// Compiled, one by one and in columns, as the books say.
fn agrees(books: &Books, authority: &str, disease: &str, people: &[Facts], as_of: NaiveDate) {
    let compiled = compile(books, authority, disease, as_of);
    let columns: FactColumns = people.iter().collect();
    for unknown in BOTH {
        let answers = compiled.decide_all(&columns, unknown);
        assert_eq!(answers.receipts.len(), people.len());
        for (row, facts) in people.iter().enumerate() {
            let plain = decide(books, authority, disease, facts, as_of, unknown);
            assert_eq!(compiled.decide(facts, unknown), plain);
            assert_eq!(compiled.decision(&columns, &answers, row).unwrap(), plain);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_compiled_shipped_book_answers_as_the_book(
        authority in prop::sample::select(AUTHORITIES),
        after in 0..1200u64,
        people in prop::collection::vec(drawn(), 1..24),
    ) {
        let as_of = day(after);
        let people: Vec<Facts> = people.iter().map(|drawn| person(drawn, as_of)).collect();
        agrees(&BOOKS, authority, disease_of(authority), &people, as_of);
    }

    #[test]
    fn a_compiled_book_of_nested_conditions_answers_as_the_book(
        text in generated_book(12),
        people in prop::collection::vec(drawn(), 1..12),
        after in 0..60u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = day(after);
        let mut people: Vec<Facts> = people.iter().map(|drawn| person(drawn, as_of)).collect();
        people.iter_mut().for_each(|facts| facts.subject = Subject::LocalReturnee);
        agrees(&books, "X", "D", &people, as_of);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        people in prop::collection::vec(drawn(), 2..60),
        after in 0..1200u64,
    ) {
        let as_of = day(after);
        let people: Vec<Facts> = people.iter().map(|drawn| person(drawn, as_of)).collect();
        let compiled = compile(&BOOKS, "CN-YN-TC-MB", "COVID-19", as_of);
        let forward: FactColumns = people.iter().collect();
        let backward: FactColumns = people.iter().rev().collect();
        for unknown in BOTH {
            let (a, b) = (compiled.decide_all(&forward, unknown), compiled.decide_all(&backward, unknown));
            for row in 0..people.len() {
                let mirrored = people.len() - 1 - row;
                prop_assert_eq!(
                    compiled.decision(&forward, &a, row),
                    compiled.decision(&backward, &b, mirrored)
                );
            }
        }
    }
}

/// More clauses than a word has bits, and than a word of the summary has: none is lost.
#[test]
fn thousands_of_clauses_are_told_apart() {
    let text = people::wide_book(4500);
    let books = Books::from_toml(&[("x.toml", text)]).unwrap();
    let as_of = day(0);
    let people: Vec<Facts> = (0..40).map(|at| people::in_wide_book(at * 117)).collect();
    agrees(&books, "X", "D", &people, as_of);
    let compiled = compile(&books, "X", "D", as_of);
    let columns: FactColumns = people.iter().collect();
    let answers = compiled.decide_all(&columns, Unknown::NotMatched);
    let governed = |receipt: &&Receipt| matches!(receipt, Receipt::Governed(_));
    assert!(answers.receipts.iter().filter(governed).count() > 30);
}
