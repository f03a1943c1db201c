//! Gaps, overlaps and contradictions of books, against trying every person.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod people;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use people::{BOOKS, HEAD, clause, home};
use proptest::prelude::*;
use quarantine_rules::{
    Books, Decision, FactName, FactValue, Facts, Finding, FindingKind, Subject, Unknown, check,
    decide,
};

fn said(books: &Books) -> Vec<String> {
    check(books).iter().map(ToString::to_string).collect()
}

#[test]
fn the_shipped_books_have_nothing_wrong() {
    assert_eq!(said(&BOOKS), Vec::<String>::new());
}

const SCOPE: &str = "[[scope]]\ndisease = \"D\"\nsubjects = [\"local_returnee\"]\nfrom = 2020-01-01\nuntil = 2020-03-01\n";

fn book(clauses: &[String]) -> Books {
    let text = format!("{HEAD}{SCOPE}{}", clauses.concat());
    Books::from_toml(&[("x.toml", text)]).unwrap()
}

fn ask(books: &Books, authority: &str, facts: &Facts, on: NaiveDate) -> Option<String> {
    match decide(books, authority, "D", facts, on, Unknown::Undetermined) {
        Decision::Governed(found) => Some(found.clause.id.to_string()),
        Decision::NoRule => None,
        Decision::Undetermined(open) => panic!("a witness is known: {open:?}"),
    }
}

#[test]
fn each_finding_says_who_it_is_about_and_what_to_do() {
    let start = "2020-01-01";
    let books = book(&[clause(
        "A",
        start,
        "2020-02-01",
        "\"home_ok=yes\"",
        &home(14),
    )]);
    assert_eq!(
        said(&books),
        [
            "X, D, local_returnee, from 2020-01-01 until 2020-02-01: gap: inside the declared scope nobody says what holds; for home_ok=no; such as arrival_date=2020-01-31, home_ok=no on 2020-01-31; add a clause, or narrow the scope",
            "X, D, local_returnee, from 2020-02-01 until 2020-03-01: uncovered_days: inside the declared scope no clause of the book is in force; such as anybody on 2020-02-29; close the days between the editions, or narrow the scope",
        ]
    );
    let kinds = |clauses: &[String]| -> Vec<(FindingKind, String)> {
        let found = check(&book(clauses));
        let told = |finding: &Finding| (finding.kind, finding.clauses.join(" "));
        found.iter().map(told).collect()
    };
    let whole = clause("Z", start, "", "", &home(14));
    let with = |one: String| kinds(&[whole.clone(), one]);
    let is = |kind, id: &str| vec![(kind, id.to_owned())];
    let overlap = [
        clause("A", start, "", "\"home_ok=no\"", &home(14)),
        clause("B", start, "", "\"resident=yes\"", &home(14)),
        whole.clone(),
    ];
    assert_eq!(kinds(&overlap), is(FindingKind::Overlap, "A B"));
    assert_eq!(
        with(clause("A", start, "", "\"age<10;age>20\"", &home(14))),
        is(FindingKind::NeverHolds, "A")
    );
    let later = clause("A", "2020-01-02", "", "", &home(14));
    let before = clause("Z", "2020-01-02", "", "\"age>=0\"", &home(14));
    assert_eq!(
        kinds(&[
            before,
            later,
            clause("Y", start, "2020-01-02", "", &home(1))
        ]),
        is(FindingKind::Unreachable, "A")
    );
    let odd = home(14).replace("place = \"home\"", "place = \"hospital\"");
    assert_eq!(
        with(clause("A", start, "", "\"home_ok=no\"", &odd)),
        is(FindingKind::ImpossiblePlace, "A")
    );
    let endless = home(14).replace("days = 14\n", "");
    assert_eq!(
        with(clause("A", start, "", "\"home_ok=no\"", &endless)),
        is(FindingKind::WithoutEnd, "A")
    );
    let then = format!(
        "{}then_measure = \"self_monitoring\"\nthen_days = 0\n",
        home(14)
    );
    assert_eq!(
        with(clause("A", start, "", "\"home_ok=no\"", &then)),
        is(FindingKind::FollowUpWithoutEnd, "A")
    );
}

#[test]
fn a_lower_authority_may_be_stricter_never_looser() {
    let wide = |rest: &str| {
        let clause = clause("P", "2020-01-01", "", "", rest);
        let head = HEAD.replace("\"X\"", "\"P\"");
        ("p.toml".to_owned(), format!("{head}{clause}"))
    };
    let narrow = |keys: &str, rest: &str| {
        let clause = clause("C", "2020-01-01", "", "\"home_ok=no\"", rest);
        let text = format!("{}parent = \"P\"\n{keys}{clause}", HEAD);
        ("x.toml".to_owned(), text)
    };
    let found = |parent: &str, keys: &str, child: &str| {
        let books = Books::from_toml(&[wide(parent), narrow(keys, child)]).unwrap();
        let found = check(&books);
        for finding in &found {
            let witness = finding.witness.as_ref().unwrap();
            let governs = |authority| ask(&books, authority, &witness.facts, witness.on);
            assert_eq!(governs("X").as_deref(), Some(&*finding.clauses[0]));
            assert_eq!(governs("P").as_deref(), Some(&*finding.clauses[1]));
        }
        found
            .iter()
            .any(|finding| finding.kind == FindingKind::WeakerThanParent)
    };
    let central = "measure = \"central_quarantine\"\ndays = 7\ncounted_from = \"arrival\"\nplace = \"central_site\"\n";
    let followed = format!("{central}then_measure = \"home_quarantine\"\nthen_days = 7\n");
    assert!(found(&home(14), "", &home(13)));
    assert!(!found(&home(14), "", &home(14)));
    assert!(!found(&home(14), "may_be_looser = true\n", &home(13)));
    // A week at a site and then nothing lets go a week early; with the second week at home it
    // does not.
    assert!(found(&home(14), "", central));
    assert!(!found(&home(14), "", &followed));
}

/// Facts few enough to try everything, and the terms about them.
const FACTS: [FactName; 4] = [
    FactName::HomeOk,
    FactName::FromRisk,
    FactName::Age,
    FactName::TestResults,
];

fn domain(fact: FactName) -> Vec<FactValue> {
    let read = |cells: &[&str]| {
        cells
            .iter()
            .map(|cell| FactValue::read(fact, cell).unwrap())
            .collect()
    };
    match fact {
        FactName::HomeOk => read(&["yes", "no"]),
        FactName::FromRisk => read(&["high", "medium", "low", "red"]),
        FactName::Age => read(&["0", "17", "18", "59", "60", "61"]),
        _ => {
            // Every way five days from the fourth of the count on can be tested.
            let days = |bits: u32| (0..5).filter(move |day| (bits >> day) & 1 == 1);
            let text = |bits: u32| -> Vec<String> {
                days(bits)
                    .map(|day| format!("2020-01-{}:neg", 14 + day))
                    .collect()
            };
            let mut tests = vec![FactValue::Tests(Vec::new())];
            tests.extend((1..32).map(|bits| FactValue::read(fact, &text(bits).join(";")).unwrap()));
            tests
        }
    }
}

fn condition() -> impl Strategy<Value = String> {
    let terms = vec![
        "home_ok=yes",
        "home_ok=no",
        "from_risk=high",
        "from_risk=high|medium",
        "from_risk=low",
        "age<18",
        "age>=60",
        "age=18..59",
        "neg_from_day=5",
        "neg_from_day=7",
        "neg_in_days=4..5",
        "neg_pair_from_day=4",
    ];
    let leaf = prop::sample::select(terms).prop_map(|term| format!("\"{term}\""));
    leaf.prop_recursive(2, 6, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| parts.join(", "));
        prop_oneof![
            list.clone()
                .prop_map(|parts| format!("{{ all = [{parts}] }}")),
            list.prop_map(|parts| format!("{{ any = [{parts}] }}")),
            inner.prop_map(|part| format!("{{ not = {part} }}")),
        ]
    })
}

/// Everybody, arrived on the tenth and asked on the twentieth.
fn everybody() -> Vec<Facts> {
    let mut nobody = Facts::new(Subject::LocalReturnee);
    nobody.arrival_date = "2020-01-10".parse().ok();
    let mut all = vec![nobody];
    for fact in FACTS {
        let with = |facts: &Facts| {
            let facts = facts.clone();
            domain(fact).into_iter().map(move |value| {
                let mut facts = facts.clone();
                facts.put(fact, value);
                facts
            })
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

/// A book with one clause alone, to ask whether it holds.
fn alone(id: &str, from: &str, condition: &str) -> Books {
    book(&[clause(id, from, "", condition, &home(7))])
}

/// What trying everybody finds: whether somebody is in a gap, the overlapping pairs, the clauses
/// that govern nobody, and those that hold for nobody.
type Tried = (
    bool,
    BTreeSet<(String, String)>,
    BTreeSet<String>,
    BTreeSet<String>,
);

fn tried(books: &Books, clauses: &[(String, String, String)], on: NaiveDate) -> Tried {
    let each: Vec<Books> = clauses
        .iter()
        .map(|(id, from, when)| alone(id, from, when))
        .collect();
    let rank = |id: &str| {
        let clause = books.clause(id).unwrap();
        (
            std::cmp::Reverse(clause.condition.weight()),
            std::cmp::Reverse(clause.from),
        )
    };
    let ids: BTreeSet<String> = clauses.iter().map(|(id, ..)| id.clone()).collect();
    let (mut gap, mut pairs) = (false, BTreeSet::new());
    let (mut idle, mut void) = (ids.clone(), ids);
    for person in everybody() {
        let holding = clauses
            .iter()
            .zip(&each)
            .filter(|(_, book)| ask(book, "X", &person, on).is_some());
        let mut holding: Vec<&str> = holding.map(|((id, ..), _)| id.as_str()).collect();
        holding.sort_by_key(|id| rank(id));
        gap |= holding.is_empty();
        holding.iter().for_each(|id| _ = void.remove(*id));
        let best = holding.first().map(|id| rank(id));
        let top: Vec<&&str> = holding.iter().filter(|id| Some(rank(id)) == best).collect();
        for (at, a) in top.iter().enumerate() {
            for b in &top[at + 1..] {
                let (a, b) = if a < b { (a, b) } else { (b, a) };
                pairs.insert((a.to_string(), b.to_string()));
            }
        }
        if let Some(governs) = ask(books, "X", &person, on) {
            idle.remove(&governs);
        }
    }
    (gap, pairs, idle.difference(&void).cloned().collect(), void)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_is_missed_and_nothing_invented(
        drawn in prop::collection::vec((condition(), 0..3u8), 1..6),
    ) {
        let clauses: Vec<(String, String, String)> = drawn
            .iter()
            .enumerate()
            .map(|(at, (when, later))| (format!("C{at}"), format!("2019-01-0{}", 1 + later), when.clone()))
            .collect();
        let written: Vec<String> = clauses
            .iter()
            .map(|(id, from, when)| clause(id, from, "", when, &home(7)))
            .collect();
        // Two clauses that differ in nothing are refused when the book is read.
        let text = format!("{HEAD}{SCOPE}{}", written.concat());
        let Ok(books) = Books::from_toml(&[("x.toml", text)]) else { return Ok(()) };
        let on = "2020-01-20".parse().unwrap();
        let (gap, mut pairs, mut idle, void) = tried(&books, &clauses, on);
        // On earlier days fewer clauses were in force: what they were alone.
        for later in 1..=2 {
            let before = format!("2019-01-0{later}");
            let in_force = |from: &str| from <= before.as_str();
            let then: Vec<_> = clauses.iter().filter(|(_, from, _)| in_force(from)).cloned().collect();
            let texts = then.iter().map(|(id, from, when)| clause(id, from, "", when, &home(7)));
            let (_, overlapping, unused, _) = tried(&book(&texts.collect::<Vec<_>>()), &then, on);
            pairs.extend(overlapping);
            idle.retain(|id| unused.contains(id) || then.iter().all(|(known, ..)| known != id));
        }
        let mut found: BTreeMap<FindingKind, Vec<Finding>> = BTreeMap::new();
        for finding in check(&books) {
            found.entry(finding.kind).or_default().push(finding);
        }
        let of = |kind| found.get(&kind).cloned().unwrap_or_default();
        let ids = |kind| -> BTreeSet<String> {
            of(kind).iter().flat_map(|finding| &finding.clauses).map(ToString::to_string).collect()
        };
        let overlaps: BTreeSet<(String, String)> = of(FindingKind::Overlap)
            .iter()
            .map(|finding| {
                let (a, b) = (finding.clauses[0].to_string(), finding.clauses[1].to_string());
                if a < b { (a, b) } else { (b, a) }
            })
            .collect();
        prop_assert_eq!(!of(FindingKind::Gap).is_empty(), gap);
        prop_assert_eq!(overlaps, pairs);
        prop_assert_eq!(ids(FindingKind::NeverHolds), void);
        prop_assert_eq!(ids(FindingKind::Unreachable), idle);
        prop_assert!(of(FindingKind::Unsettled).is_empty());
        for finding in found.values().flatten() {
            confirm(&books, finding);
        }
    }
}

/// The witness of a finding is answered as the finding says.
fn confirm(books: &Books, finding: &Finding) {
    let Some(witness) = &finding.witness else {
        assert_eq!(finding.kind, FindingKind::NeverHolds);
        return;
    };
    let governs = ask(books, "X", &witness.facts, witness.on);
    match finding.kind {
        FindingKind::Gap => assert_eq!(governs, None),
        // Where a third clause of the rank holds wherever both do, it may be the one that governs.
        FindingKind::Overlap => {
            let rank = |id: &str| {
                let clause = books.clause(id).unwrap();
                (clause.condition.weight(), clause.from)
            };
            assert_eq!(
                rank(&governs.unwrap()),
                rank(&finding.clauses[0]),
                "{finding}"
            );
        }
        FindingKind::Unreachable => assert_ne!(governs.as_deref(), Some(&*finding.clauses[0])),
        other => panic!("{other}"),
    }
}
