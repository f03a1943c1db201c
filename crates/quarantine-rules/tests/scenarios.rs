//! Every worked case of the rules, and the shipped books against the table they came from.
//!
//! The table and cases lie beside the repository; where they do not, each test says so.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod table;

use quarantine_rules::{Books, Clause, Decision, FactName, Facts, Subject, Unknown, decide};
use table::{Row, facts_folder, read_csv};

fn facts_of(row: &Row) -> Facts {
    let mut facts = Facts::new(Subject::read(&row["subject"]).unwrap());
    for fact in FactName::ALL {
        if let Some(cell) = row.get(fact.word()) {
            facts.read(*fact, cell).unwrap();
        }
    }
    facts
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The answer in the order of the expected columns.
fn answer(decision: &Decision) -> [String; 7] {
    match decision {
        Decision::Governed(found) => [
            found.measure.to_string(),
            found.place.to_string(),
            text(found.until),
            text(found.then_measure),
            text(found.then_until),
            found.on_as_of.to_string(),
            found.clause.id.to_string(),
        ],
        Decision::NoRule => ["", "", "", "", "", "", "no_row"].map(str::to_owned),
        Decision::Undetermined(_) => panic!("an unknown fact matches nothing here"),
    }
}

#[test]
fn every_worked_case_comes_out_as_expected() {
    let Some(folder) = facts_folder() else { return };
    let books = Books::shipped().unwrap();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for file in ["scenarios.csv", "scenarios_random.csv"] {
        for row in read_csv(&folder.join(file)) {
            let facts = facts_of(&row);
            let as_of = row["as_of"].parse().unwrap();
            let decision = decide(
                &books,
                &row["authority"],
                &row["disease"],
                &facts,
                as_of,
                Unknown::NotMatched,
            );
            let expected = [
                "expected_measure",
                "expected_place",
                "expected_until",
                "expected_then_measure",
                "expected_then_until",
                "expected_on_as_of",
                "why",
            ]
            .map(|column| row[column].clone());
            cases += 1;
            if answer(&decision) != expected {
                wrong.push(format!(
                    "{}: {:?} in place of {expected:?}",
                    row["case_id"],
                    answer(&decision)
                ));
            }
        }
    }
    assert_eq!(cases, 660, "every case is asked");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// With every fact of a case known or known to be open, an answer that is not undetermined is
/// the answer of the case.
#[test]
fn an_answer_that_hangs_on_nothing_is_the_answer_of_the_case() {
    let Some(folder) = facts_folder() else { return };
    let books = Books::shipped().unwrap();
    let mut settled = 0;
    for row in read_csv(&folder.join("scenarios_random.csv")) {
        let facts = facts_of(&row);
        let as_of = row["as_of"].parse().unwrap();
        let ask = |unknown| {
            decide(
                &books,
                &row["authority"],
                &row["disease"],
                &facts,
                as_of,
                unknown,
            )
        };
        match ask(Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                assert!(!open.needs.is_empty() && open.needs.iter().all(|set| !set.is_empty()));
                assert!(open.could_be.contains(&open.strictest));
            }
            decision => {
                settled += 1;
                assert_eq!(decision, ask(Unknown::NotMatched), "{}", row["case_id"]);
            }
        }
    }
    assert!(settled > 200, "only {settled} settled");
}

fn columns(clause: &Clause) -> Vec<(&'static str, String)> {
    vec![
        ("id", clause.id.to_string()),
        ("authority", clause.authority.to_string()),
        ("disease", clause.disease.to_string()),
        ("edition", clause.edition.to_string()),
        ("from", clause.from.to_string()),
        ("until", text(clause.until)),
        ("subject", clause.subject.to_string()),
        ("condition", clause.condition.to_string()),
        ("measure", clause.measure.to_string()),
        ("days", text(clause.days)),
        ("counted_from", text(clause.counted_from)),
        ("place", clause.place.to_string()),
        ("then_measure", text(clause.then_measure)),
        ("then_days", text(clause.then_days)),
        ("tests_on_days", clause.tests_on_days.to_string()),
        (
            "contact_window_before_onset_days",
            text(clause.windows.before_onset),
        ),
        (
            "contact_window_asymptomatic_days",
            text(clause.windows.asymptomatic),
        ),
        ("release_condition", clause.release_condition.to_string()),
        ("source", clause.source.to_string()),
        ("confidence", clause.confidence.to_string()),
    ]
}

#[test]
fn the_shipped_books_are_the_table_row_by_row() {
    let Some(folder) = facts_folder() else { return };
    let books = Books::shipped().unwrap();
    let rows = read_csv(&folder.join("protocols.csv"));
    for row in &rows {
        let clause = books
            .clause(&row["id"])
            .unwrap_or_else(|| panic!("{} is missing", row["id"]));
        let columns = columns(clause);
        assert_eq!(columns.len(), row.len());
        for (column, value) in columns {
            assert_eq!(value, row[column], "{}, {column}", row["id"]);
        }
    }
    let own = books.book("CN-YN-TC-MB").unwrap().clauses.len();
    let shipped: usize = books.iter().map(|book| book.clauses.len()).sum();
    assert_eq!((rows.len(), shipped, own), (183, 185, 2));
}
