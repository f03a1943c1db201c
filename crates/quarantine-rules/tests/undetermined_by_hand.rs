//! What an answer hangs on in books made to be difficult.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod people;

use quarantine_rules::{Books, Decision, FactName, Facts, Subject, Unknown, decide};

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
    let mut text = people::HEAD.to_owned();
    let mut add = |id: String, condition: String, days: usize| {
        let condition = format!("\"{condition}\"");
        text.push_str(&people::clause(
            &id,
            "2020-01-01",
            "",
            &condition,
            &people::home(days),
        ));
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
    Books::from_toml(&[("x.toml", text)]).unwrap()
}

/// A book made to be difficult is answered on the safe side, and at once; that no irreducible set
/// was found within the budget is said.
#[test]
fn too_many_unknown_facts_leave_everything_unrefuted_open() {
    let mut person = Facts::new(Subject::LocalReturnee);
    person.read(FactName::ArrivalDate, "2020-01-02").unwrap();
    person.read(FactName::Age, "3").unwrap();
    let on = "2020-01-03".parse().unwrap();
    let asked = |more: &[&str], person: &Facts| {
        let books = difficult_book(more);
        match decide(&books, "X", "D", person, on, Unknown::Undetermined) {
            Decision::Undetermined(open) => open,
            other => panic!("{other:?}"),
        }
    };
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
    let mut text = people::HEAD.to_owned();
    for day in 0..days {
        let rest = match day % 2 {
            0 => people::home(1),
            _ => people::home(1).replace("\"arrival\"", "\"end_of_closed_loop\""),
        };
        let from = format!("{}-01-01", 1000 + day);
        let condition = format!("\"{}\"", term(day));
        text.push_str(&people::clause(
            &format!("C{day}"),
            &from,
            "",
            &condition,
            &rest,
        ));
    }
    Books::from_toml(&[("x.toml", text)]).unwrap()
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
    let on = "2020-01-03".parse().unwrap();
    for books in &books {
        let clauses = books.book("X").unwrap().clauses.len();
        let mut person = Facts::new(Subject::LocalReturnee);
        let asked = |person: &Facts, needs: &[FactName]| match decide(
            books,
            "X",
            "D",
            person,
            on,
            Unknown::Undetermined,
        ) {
            Decision::Undetermined(open) => {
                assert_eq!((open.could_be.len(), open.irreducible), (clauses, false));
                assert_eq!(open.needs, [needs]);
            }
            other => panic!("{other:?}"),
        };
        let arrival = FactName::ArrivalDate;
        let loop_end = FactName::EndOfClosedLoop;
        asked(&person, &[arrival, loop_end, FactName::TestResults]);
        person.read(loop_end, "2000-01-01").unwrap();
        asked(&person, &[arrival, FactName::TestResults]);
        person.read(arrival, "2000-01-01").unwrap();
        asked(&person, &[FactName::TestResults]);
    }
}

/// One condition may ask for a positive and a negative test: both are thought of.
#[test]
fn unknown_tests_of_both_results_are_thought_of_together() {
    let both = "\"pos_in_days=0..3;neg_from_day=5\"";
    let text = [
        people::HEAD.to_owned(),
        people::clause("A", "2020-01-01", "", both, &people::home(28)),
        people::clause("B", "2020-01-01", "", "", &people::home(7)),
    ];
    let books = Books::from_toml(&[("x.toml", text.concat())]).unwrap();
    let mut person = Facts::new(Subject::LocalReturnee);
    person.read(FactName::ArrivalDate, "2020-01-02").unwrap();
    let on = "2020-01-12".parse().unwrap();
    let ask = |person: &Facts| decide(&books, "X", "D", person, on, Unknown::Undetermined);
    let Decision::Undetermined(open) = ask(&person) else {
        panic!("a positive and a negative test may have been taken")
    };
    assert_eq!(&*open.strictest.clause.id, "A");
    assert_eq!(open.needs, [[FactName::TestResults]]);
    person.test_results = Some(Vec::new());
    assert!(!ask(&person).is_undetermined());
}

/// Whether the home is fit is looked at on the way, and changes nothing.
#[test]
fn a_fact_that_changes_nothing_is_not_asked_for() {
    let clause = |id: &str, from: &str, condition: &str, measure: &str| {
        format!(
            "[[clause]]\nid = \"{id}\"\ndisease = \"D\"\nedition = \"1\"\nfrom = {from}\nsubject = \"local_returnee\"\ncondition = \"{condition}\"\nmeasure = \"{measure}\"\ndays = 7\ncounted_from = \"arrival\"\nplace = \"home\"\nsource = \"made up\"\nconfidence = \"recalled\"\n"
        )
    };
    let text = [
        "authority = \"X\"\nname_zh = \"某\"\nname_en = \"X\"\n".to_owned(),
        clause(
            "A",
            "2020-01-01",
            "resident=yes;home_ok=yes",
            "home_quarantine",
        ),
        clause("B", "2020-01-02", "resident=yes", "home_quarantine"),
        clause("C", "2020-01-01", "immune=yes", "self_monitoring"),
        clause("D", "2020-01-01", "", "home_quarantine"),
    ]
    .concat();
    let books = Books::from_toml(&[("x.toml", text)]).unwrap();
    let mut person = Facts::new(Subject::LocalReturnee);
    person.read(FactName::ArrivalDate, "2020-01-03").unwrap();
    let on = "2020-01-04".parse().unwrap();
    let ask = |person: &Facts| decide(&books, "X", "D", person, on, Unknown::Undetermined);
    assert_eq!(
        ask(&person).needs(),
        [[FactName::Resident, FactName::Immune]]
    );
    // Every way gives the same: then nothing is open, whatever is not known.
    person.immune = Some(false);
    assert!(!ask(&person).is_undetermined());
}
