//! What an answer hangs on in books made to be difficult: of many facts, of many days of tests, and of
//! few clauses that only certain tests tell apart.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod people;
mod ways;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quarantine_rules::{Books, Decision, FactName, Facts, Subject, Undetermined, Unknown, decide};
use ways::outermost_ends;

/// A clause of so many days at home.
fn clause(id: &str, from: &str, condition: &str, days: usize) -> String {
    people::clause(id, from, "", condition, &people::home(days))
}

fn book(clauses: &[String]) -> Books {
    let text = people::HEAD.to_owned() + &clauses.concat();
    Books::from_toml(&[("x.toml", text)]).unwrap()
}

fn asked(books: &Books, person: &Facts, on: &str) -> Decision {
    let on = on.parse().unwrap();
    decide(books, "X", "D", person, on, Unknown::Undetermined)
}

/// What is left open of a person of whom something is not known.
fn open(books: &Books, person: &Facts, on: &str) -> Undetermined {
    match asked(books, person, on) {
        Decision::Undetermined(open) => open,
        settled => panic!("{settled:?}"),
    }
}

fn arrived(on: &str) -> Facts {
    let mut person = Facts::new(Subject::LocalReturnee);
    person.read(FactName::ArrivalDate, on).unwrap();
    person
}

const TEN: [&str; 10] = [
    "via_hubei",
    "hubei_closed",
    "resident",
    "home_ok",
    "central_ok",
    "immune",
    "immune_globulin",
    "prophylaxis",
    "three_neg",
    "outside_city",
];

/// A clause for every way ten facts could be, each of another length, and with each of some more
/// terms.
fn difficult_book(more: &[&str]) -> Books {
    let mut clauses = Vec::new();
    let mut add = |id: String, condition: String, days: usize| {
        clauses.push(clause(&id, "2020-01-01", &format!("\"{condition}\""), days));
    };
    for bits in 0..1024 {
        let said = |bit: usize| if bits >> bit & 1 == 1 { "yes" } else { "no" };
        let terms = TEN.iter().enumerate();
        let terms: Vec<String> = terms
            .map(|(bit, fact)| format!("{fact}={}", said(bit)))
            .collect();
        let terms = terms.join(";");
        add(format!("C{bits}"), terms.clone(), bits + 1);
        for term in more {
            add(format!("D{bits}"), format!("{terms};{term}"), 2000 + bits);
        }
    }
    // The known age refutes it: its fact is not asked for.
    add("R".to_owned(), "age>=60;symptoms=severe".to_owned(), 1);
    book(&clauses)
}

/// A book made to be difficult is answered on the safe side, and at once; that no irreducible set
/// was found within the budget is said.
#[test]
fn too_many_unknown_facts_leave_everything_unrefuted_open() {
    let mut person = arrived("2020-01-02");
    person.read(FactName::Age, "3").unwrap();
    let asked = |more: &[&str], person: &Facts| open(&difficult_book(more), person, "2020-01-03");
    let within = asked(&[], &person);
    assert_eq!((within.could_be.len(), within.irreducible), (1024, true));
    assert_eq!(&*within.strictest.clause.id, "C1023");
    assert_eq!(within.needs[0].len(), 10);

    let beyond = asked(&["vaccinated=full"], &person);
    assert_eq!((beyond.could_be.len(), beyond.irreducible), (2048, false));
    assert_eq!(&*beyond.strictest.clause.id, "D1023");
    assert_eq!(beyond.needs[0].len(), 11);
    assert!(beyond.needs[0].contains(&FactName::Vaccinated));
    assert!(!beyond.needs[0].contains(&FactName::Symptoms));

    // With one fact more known it is within the budget again.
    person.via_hubei = Some(true);
    person.home_ok = Some(true);
    assert!(asked(&["vaccinated=full"], &person).irreducible);
}

/// A clause for each of so many days on which a test may count, every second one counted from the
/// end of the closed loop.
fn book_of_days(days: usize, term: impl Fn(usize) -> String) -> Books {
    let of_day = |day: usize| {
        let from = format!("{}-01-01", 1000 + day);
        let clause = clause(&format!("C{day}"), &from, &format!("\"{}\"", term(day)), 1);
        match day % 2 {
            0 => clause,
            _ => clause.replace("\"arrival\"", "\"end_of_closed_loop\""),
        }
    };
    book(&(0..days).map(of_day).collect::<Vec<_>>())
}

/// Where every clause counts tests from another day, lists of tests, days 0 and pairs of both grow
/// with the square of the clauses and beyond: all are left open, and at once.
#[test]
fn as_many_days_of_tests_as_clauses_leave_every_clause_open() {
    let books = [
        book_of_days(60, |day| format!("neg_from_day={day}")),
        book_of_days(60, |day| format!("neg_pair_from_day={day}")),
        book_of_days(900, |day| format!("neg_from_day={day}")),
        book_of_days(900, |day| format!("neg_in_days=0..{day}")),
        book_of_days(900, |day| format!("pos_in_days={day}..{}", 2 * day)),
    ];
    let (arrival, loop_end) = (FactName::ArrivalDate, FactName::EndOfClosedLoop);
    for books in &books {
        let clauses = books.book("X").unwrap().clauses.len();
        let all_open = |person: &Facts, needs: &[FactName]| {
            let open = open(books, person, "2020-01-03");
            assert_eq!((open.could_be.len(), open.irreducible), (clauses, false));
            assert_eq!(open.needs, [needs]);
        };
        let mut person = Facts::new(Subject::LocalReturnee);
        all_open(&person, &[arrival, loop_end, FactName::TestResults]);
        person.read(loop_end, "2000-01-01").unwrap();
        all_open(&person, &[arrival, FactName::TestResults]);
        person.read(arrival, "2000-01-01").unwrap();
        all_open(&person, &[FactName::TestResults]);
    }
}

/// One condition may ask for a positive and a negative test: both are thought of.
#[test]
fn unknown_tests_of_both_results_are_thought_of_together() {
    let books = book(&[
        clause("A", "2020-01-01", "\"pos_in_days=0..3;neg_from_day=5\"", 28),
        clause("B", "2020-01-01", "", 7),
    ]);
    let mut person = arrived("2020-01-02");
    let open = open(&books, &person, "2020-01-12");
    assert_eq!(&*open.strictest.clause.id, "A");
    assert_eq!(open.needs, [[FactName::TestResults]]);
    person.test_results = Some(Vec::new());
    assert!(!asked(&books, &person, "2020-01-12").is_undetermined());
}

/// Whether the home is fit is looked at on the way, and changes nothing.
#[test]
fn a_fact_that_changes_nothing_is_not_asked_for() {
    let books = book(&[
        clause("A", "2020-01-01", "\"resident=yes;home_ok=yes\"", 7),
        clause("B", "2020-01-02", "\"resident=yes\"", 7),
        clause("C", "2020-01-01", "\"immune=yes\"", 7)
            .replace("home_quarantine", "self_monitoring"),
        clause("D", "2020-01-01", "", 7),
    ]);
    let mut person = arrived("2020-01-03");
    let asked = |person: &Facts| asked(&books, person, "2020-01-04");
    assert_eq!(
        asked(&person).needs(),
        [[FactName::Resident, FactName::Immune]]
    );
    // Every way gives the same: then nothing is open, whatever is not known.
    person.immune = Some(false);
    assert!(!asked(&person).is_undetermined());
}

/// Who arrived nine days ago by way of Hubei, with tests nobody knows of, could be under these.
fn could_be_under(clauses: &[String]) -> Vec<String> {
    let mut person = arrived("2020-02-01");
    person.read(FactName::ViaHubei, "yes").unwrap();
    let open = open(&book(clauses), &person, "2020-02-10");
    assert_eq!(open.needs, [[FactName::TestResults]]);
    let clauses = open.could_be.iter().map(|found| &*found.clause.id);
    let could_be: BTreeSet<String> = clauses.map(str::to_owned).collect();
    could_be.into_iter().collect()
}

/// The first clause governs only where both later ones fail, the one for a negative test and the
/// other for a positive one: no rule alone asks for both.
#[test]
fn tests_that_fail_two_clauses_together_let_a_third_govern() {
    let clauses = [
        clause("C0", "2019-01-01", "\"via_hubei=yes\"", 7),
        clause("C1", "2019-01-02", "{ not = \"neg_from_day=5\" }", 10),
        clause("C2", "2019-01-03", "{ not = \"pos_in_days=0..6\" }", 7),
    ];
    assert_eq!(could_be_under(&clauses), ["C0", "C1", "C2"]);
}

/// A pair on the last two days of the first clause is the only one that the later one does not
/// count.
#[test]
fn tests_outside_of_one_clause_s_days_can_be_inside_another_s() {
    let clauses = [
        clause("C0", "2019-01-01", "\"neg_pair_in_days=3..8\"", 7),
        clause("C1", "2019-01-02", "\"neg_in_days=2..6\"", 10),
    ];
    assert_eq!(could_be_under(&clauses), ["C0", "C1"]);
}

/// Between the bounds of all terms lie days on which a test ends a measure neither earliest nor
/// latest; on others it changes which clause governs. Found among drawn books.
#[test]
fn a_test_that_moves_an_end_by_a_day_leaves_the_answer_open() {
    let books = book(&[
        clause("C1", "2019-01-02", "\"neg_pair_from_day=3\"", 7),
        clause("C2", "2019-01-03", "\"neg_in_days=2..6\"", 14),
    ]);
    let open = open(&books, &arrived("2020-01-05"), "2020-01-15");
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let ends = outermost_ends(open.could_be.iter());
    assert_eq!(ends["C1"], (day("2020-01-12"), day("2020-01-14")));
    assert_eq!(ends["C2"], (day("2020-01-19"), day("2020-01-19")));
}
