//! An order outlives the rule that made it, and who is undetermined is not let go.

use std::collections::BTreeSet;
use std::path::Path;

use grid_model::{AsOf, Ledger, PersonId};
use outbreak_response::quarantine_rules::{FactName, Measure, PeopleByClass};
use outbreak_response::{Books, Day, Policy, Records, day};

use crate::support::{MANGBANG, POLICY, column, list, on};

/// The shipped books, with one passage of one book changed.
fn books_with(file: &str, passage: &str, instead: &str) -> Books {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/quarantine-rules/books");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut text = std::fs::read_to_string(&path).unwrap();
        if name == file {
            assert_eq!(text.matches(passage).count(), 1, "{passage}");
            text = text.replace(passage, instead);
        }
        texts.push((name, text));
    }
    Books::from_toml(&texts).unwrap()
}

fn under(day: &Day, policy: &Policy) -> PeopleByClass {
    day.quarantine.under_on(day.as_of.day, day.as_of, policy)
}

/// Asks the same evening under another policy and holds that nobody is let go for it.
fn nobody_is_let_go(other: &Policy) -> (Day, Day) {
    let as_of = AsOf::on(on(2, 5));
    let found = day(&MANGBANG.township, &MANGBANG.records, &POLICY, as_of);
    let changed = day(&MANGBANG.township, &MANGBANG.records, other, as_of);
    let (was, is) = (under(&found, &POLICY), under(&changed, other));
    let everyone = |people: &PeopleByClass| -> BTreeSet<PersonId> {
        [
            &people.home[..],
            &people.central,
            &people.outside,
            &people.other,
        ]
        .concat()
        .into_iter()
        .collect()
    };
    assert_eq!(everyone(&was).len(), 484 + 54 + 5);
    assert!(everyone(&is).is_superset(&everyone(&was)));
    assert_eq!(changed.figures.released_today, found.figures.released_today);
    assert_eq!(
        changed.figures.releases_tomorrow,
        found.figures.releases_tomorrow
    );
    assert_eq!(found.figures.orders_to_review, 0);
    (found, changed)
}

#[test]
fn a_shortened_rule_releases_nobody_and_lists_the_orders_to_review() {
    let passage = "condition = \"arrival_before=2020-02-05T12:00\"\nmeasure = \"home_observation\"\ndays = 14";
    let shorter = passage.replace("14", "7");
    let other = Policy {
        books: books_with("cn-yn-tc.toml", passage, &shorter),
        ..POLICY.clone()
    };
    let (found, changed) = nobody_is_let_go(&other);
    assert_eq!(under(&changed, &other), under(&found, &POLICY));
    assert!(
        changed.proposed.orders.is_empty(),
        "a standing order answers its arrival"
    );
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let review = list(township, records, &changed, "orders_to_review");
    let listed: BTreeSet<String> = column(&review, "person").into_iter().collect();
    let home = under(&changed, &other).home;
    let home: BTreeSet<String> = home
        .iter()
        .map(|&person| township.person_key(person).to_owned())
        .collect();
    assert_eq!(listed, home, "those at home, and no other");
    assert_eq!(changed.figures.orders_to_review, 484);
}

#[test]
fn a_rule_that_ends_releases_nobody() {
    let passage = "edition = \"notice February 2020\"\nfrom = 2020-02-05\nuntil = 2020-02-24\nsubject = \"local_returnee\"\ncondition = \"arrival_before=2020-02-05T12:00\"";
    let ended = passage.replace("from = 2020-02-05", "from = 2020-02-20");
    let other = Policy {
        books: books_with("cn-yn-tc.toml", passage, &ended),
        ..POLICY.clone()
    };
    let (_, changed) = nobody_is_let_go(&other);
    assert!(changed.figures.orders_to_review > 0);
}

#[test]
fn another_authority_releases_nobody() {
    let mut other = POLICY.clone();
    other.rules.authority = "CN-NHC".to_owned();
    let (_, changed) = nobody_is_let_go(&other);
    assert!(changed.figures.orders_to_review > 0);
}

#[test]
fn who_is_undetermined_is_held_under_the_strictest_and_listed_with_what_to_find_out() {
    let (township, as_of) = (&MANGBANG.township, AsOf::on(on(1, 31)));
    // Once as ordered, once from the arrivals alone.
    let unordered = Records {
        orders: Ledger::default(),
        ..MANGBANG.records.clone()
    };
    for records in [&MANGBANG.records, &unordered] {
        let found = day(township, records, &POLICY, as_of);
        let [open] = &found.quarantine.assessment.undetermined[..] else {
            panic!("{:?}", found.quarantine.assessment.undetermined);
        };
        assert_eq!(open.strictest.measure, Measure::CentralQuarantine);
        assert_eq!(open.needs, [[FactName::ViaHubei]]);
        let held = under(&found, &POLICY);
        assert!(held.central.contains(&open.person));
        assert!(!held.home.contains(&open.person));
        let listed = list(township, records, &found, "undetermined");
        assert_eq!(
            column(&listed, "person"),
            [township.person_key(open.person)]
        );
    }
}
