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

/// People of every class in turn, more than a block of rows holds.
fn crowd(drawn: &[people::Drawn], as_of: NaiveDate, times: usize) -> Vec<Facts> {
    let one = drawn.iter().map(|drawn| person(drawn, as_of));
    let one: Vec<Facts> = one.collect();
    one.iter()
        .cycle()
        .take(one.len() * times)
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Threads share blocks of rows; how many there are, and who stands where, changes no answer.
    #[test]
    fn any_number_of_threads_and_any_order_of_people_answer_the_same(
        drawn in prop::collection::vec(drawn(), 40..60),
        after in 0..1200u64,
        turn in 1..2000usize,
    ) {
        let as_of = day(after);
        let people = crowd(&drawn, as_of, 120);
        let compiled = compile(&BOOKS, "CN-YN-TC-MB", "COVID-19", as_of);
        let columns: FactColumns = people.iter().collect();
        let mut turned = people.clone();
        turned.rotate_left(turn);
        let turned_columns: FactColumns = turned.iter().collect();
        for unknown in BOTH {
            let alone = on_threads(1, || compiled.decide_all(&columns, unknown));
            let governs = on_threads(1, || compiled.govern_all(&columns, unknown));
            for threads in [2, 7] {
                prop_assert_eq!(&on_threads(threads, || compiled.decide_all(&columns, unknown)), &alone);
                prop_assert_eq!(&on_threads(threads, || compiled.govern_all(&columns, unknown)), &governs);
            }
            // A book compiled anew draws nothing different.
            let anew = compile(&BOOKS, "CN-YN-TC-MB", "COVID-19", as_of);
            prop_assert_eq!(&anew.decide_all(&columns, unknown), &alone);
            let other = compiled.decide_all(&turned_columns, unknown);
            for row in (0..people.len()).step_by(7) {
                let from = (row + turn) % people.len();
                prop_assert_eq!(
                    compiled.decision(&turned_columns, &other, row),
                    compiled.decision(&columns, &alone, from)
                );
            }
        }
    }

    /// Few people are decided by the clauses' bits, many through the diagram: the same either way.
    #[test]
    fn few_people_and_many_are_decided_the_same(
        text in generated_book(12),
        drawn in prop::collection::vec(drawn(), 8..16),
        after in 0..60u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = day(after);
        let mut people = crowd(&drawn, as_of, 2);
        people.iter_mut().for_each(|facts| facts.subject = Subject::LocalReturnee);
        agrees(&books, "X", "D", &people, as_of);
        for facts in &people {
            agrees(&books, "X", "D", std::slice::from_ref(facts), as_of);
        }
    }
}

/// On so many threads, where columns are decided in parallel at all.
fn on_threads<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().unwrap().install(run)
}

/// More clauses than a word has bits, and than a word of the summary has: none is lost.
#[test]
fn thousands_of_clauses_are_told_apart() {
    let text = people::wide_book(4500);
    let books = Books::from_toml(&[("x.toml", text)]).unwrap();
    let as_of = day(0);
    let people: Vec<Facts> = (0..40).map(|at| people::in_wide_book(at * 117)).collect();
    agrees(&books, "X", "D", &people, as_of);
    // Through the diagram, which few people are not worth.
    let compiled = compile(&books, "X", "D", as_of);
    let many: Vec<Facts> = people.iter().cycle().take(4600).cloned().collect();
    let many: FactColumns = many.iter().collect();
    let columns: FactColumns = people.iter().collect();
    for unknown in BOTH {
        let (few, many_answers) = (
            compiled.govern_all(&columns, unknown),
            compiled.govern_all(&many, unknown),
        );
        assert!(few.iter().cycle().zip(&many_answers).all(|(a, b)| a == b));
    }
    let answers = compiled.decide_all(&columns, Unknown::NotMatched);
    let governed = |receipt: &&Receipt| matches!(receipt, Receipt::Governed(_));
    assert!(answers.receipts.iter().filter(governed).count() > 30);
}
