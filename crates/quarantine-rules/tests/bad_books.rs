//! Every bad book of a list is refused at its line with what to do; nothing panics, no date wraps.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

use quarantine_rules::{
    BookError, Books, Decision, FactColumns, FactName, Facts, Measure, Subject, Unknown, compile,
    decide,
};

const HEAD: &str = "authority = \"X\"\nname_zh = \"某地\"\nname_en = \"Somewhere\"\n";

/// A clause of ten lines; the first of a book begins on line 4.
fn clause(id: &str, edition: &str, from: &str, more: &str) -> String {
    format!(
        "[[clause]]\nid = \"{id}\"\ndisease = \"D\"\nedition = \"{edition}\"\nfrom = {from}\nsubject = \"local_returnee\"\nmeasure = \"home_quarantine\"\ncounted_from = \"arrival\"\nplace = \"home\"\nsource = \"made up\"\nconfidence = \"recalled\"\n{more}"
    )
}

fn said(text: &str) -> String {
    let refused = Books::from_toml(&[("x.toml", text)]);
    refused.unwrap_err().to_string()
}

fn one(more: &str) -> String {
    said(&format!("{HEAD}{}", clause("A", "1", "2020-01-01", more)))
}

#[test]
fn an_unknown_fact_name_is_located() {
    assert_eq!(
        one("condition = \"via_wuhan=yes\"\n"),
        "x.toml, line 15, clause \"A\", condition: \"via_wuhan=yes\" will not do; write key=value with the name of a fact, or neg_from_day, neg_pair_from_day, age_lt, dose_age_min, dose_age_max, arrival_before, arrival_from"
    );
}

#[test]
fn a_value_outside_its_domain_is_located() {
    for (term, remedy) in [
        (
            "from_risk=purple",
            "write high, medium, low, red, amber, green or case_prefecture",
        ),
        ("age=131", "write a whole number from 0 to 130"),
        ("home_ok=perhaps", "write yes or no"),
        ("age=60..18", "write the lesser value first, as age=18..60"),
        ("doses>=100", "write a whole number from 0 to 99"),
    ] {
        let found = one(&format!("days = 14\ncondition = \"{term}\"\n"));
        let begins = format!("x.toml, line 16, clause \"A\", condition: \"{term}\" will not do; ");
        assert!(found.starts_with(&begins), "{found}");
        assert!(found.contains(remedy), "{found}");
    }
}

#[test]
fn a_date_that_is_not_is_located() {
    for day in [
        "\"2020-02-30\"",
        "\"soon\"",
        "20200201",
        "2020-02-01T12:00:00",
    ] {
        let found = said(&format!("{HEAD}{}", clause("A", "1", day, "")));
        assert_eq!(
            found,
            format!(
                "x.toml, line 8, clause \"A\", from: {day} will not do; write the first day as 2020-01-24"
            )
        );
    }
    // A bare date that no calendar has is no TOML at all.
    let found = said(&format!("{HEAD}{}", clause("A", "1", "2020-02-30", "")));
    assert!(found.starts_with("x.toml, line 8"), "{found}");
    let found = one("condition = \"arrival_before=2021-02-29T12:00\"\n");
    assert_eq!(
        found,
        "x.toml, line 15, clause \"A\", condition: \"arrival_before=2021-02-29T12:00\" will not do; write an instant as arrival_before=2020-02-05T12:00"
    );
}

#[test]
fn editions_that_overlap_are_located() {
    let first = clause("A", "1", "2020-01-01", "until = 2020-03-01\n");
    let second = |from: &str, more: &str| clause("B", "2", from, more);
    let book = |second: &str| format!("{HEAD}{first}{second}");
    assert_eq!(
        said(&book(&second("2020-02-01", ""))),
        "x.toml, line 15, clause \"A\", until: edition \"1\" overlaps edition \"2\" of clause \"B\" from 2020-02-01; write until = 2020-02-01, or another condition"
    );
    let open = format!(
        "{HEAD}{}{}",
        clause("A", "1", "2020-01-01", ""),
        second("2020-02-01", "")
    );
    assert_eq!(
        said(&open),
        "x.toml, line 4, clause \"A\", until: edition \"1\" overlaps edition \"2\" of clause \"B\" from 2020-02-01; write until = 2020-02-01, or another condition"
    );
    // Terms in another order are the same condition.
    let written = |terms: &str| format!("condition = \"{terms}\"\n");
    let swapped = format!(
        "{HEAD}{}{}",
        clause("A", "1", "2020-01-01", &written("home_ok=no;resident=yes")),
        second("2020-02-01", &written("resident=yes;home_ok=no"))
    );
    assert!(said(&swapped).contains("overlaps edition \"2\""));
    for fine in [
        second("2020-03-01", ""),
        second("2020-02-01", "condition = \"home_ok=no\"\n"),
        clause("B", "1", "2020-02-01", ""),
    ] {
        assert!(Books::from_toml(&[("x.toml", book(&fine))]).is_ok());
    }
}

#[test]
fn every_overlap_of_a_chain_of_editions_is_named_once() {
    let clauses: String = (1..=9)
        .map(|at| {
            clause(
                &format!("C{at}"),
                &at.to_string(),
                &format!("2020-0{at}-01"),
                "",
            )
        })
        .collect();
    let found = Books::from_toml(&[("x.toml", format!("{HEAD}{clauses}"))]).unwrap_err();
    assert_eq!(found.errors.len(), 8);
    for (at, error) in (1..).zip(&found.errors) {
        let BookError::EditionsOverlap {
            line,
            clause,
            other,
            key,
            ..
        } = error
        else {
            panic!("{error}")
        };
        assert_eq!((*line, *key), (4 + 11 * (at - 1), "until"));
        assert_eq!(
            (&**clause, &**other),
            (&*format!("C{at}"), &*format!("C{}", at + 1))
        );
    }
}

#[test]
fn a_clause_twice_is_located() {
    let twice = format!(
        "{HEAD}{}{}",
        clause("A", "1", "2020-01-01", "until = 2020-02-01\n"),
        clause("A", "1", "2020-02-01", "")
    );
    assert_eq!(
        said(&twice),
        "x.toml, line 16, clause \"A\", id: it is used in x.toml too; give this clause an id of its own"
    );
    let renamed = twice
        .replacen("\"A\"", "\"B\"", 1)
        .replace("2020-02-01\n[", "2020-03-01\n[");
    let same = renamed.replace("from = 2020-02-01", "from = 2020-01-01");
    assert_eq!(
        said(&same),
        "x.toml, line 4, clause \"B\", condition: clause \"A\" has the same condition and from; change one of them"
    );
}

#[test]
fn a_cycle_of_references_is_located() {
    let book = |authority: &str, parent: &str| {
        format!(
            "authority = \"{authority}\"\nparent = \"{parent}\"\nname_zh = \"某\"\nname_en = \"X\"\n"
        )
    };
    let files = [
        ("a.toml", book("A", "B")),
        ("b.toml", book("B", "C")),
        ("c.toml", book("C", "A")),
    ];
    let found = Books::from_toml(&files).unwrap_err().to_string();
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(
        lines,
        [
            "a.toml, line 2, parent: \"B\" leads back to this book; name a wider authority",
            "b.toml, line 2, parent: \"C\" leads back to this book; name a wider authority",
            "c.toml, line 2, parent: \"A\" leads back to this book; name a wider authority",
        ]
    );
    // A book that only stands under the cycle is no part of it.
    let below = [("d.toml", book("D", "A"))];
    let all: Vec<_> = files.iter().chain(&below).cloned().collect();
    assert_eq!(Books::from_toml(&all).unwrap_err().errors.len(), 3);
}

#[test]
fn ten_thousand_nested_conditions_are_located() {
    let deep = 10_000;
    for (open, close) in [("{ not = ", " }"), ("{ all = [", "] }"), ("[", "]")] {
        let nested = format!(
            "condition = {}\"home_ok=no\"{}\n",
            open.repeat(deep),
            close.repeat(deep)
        );
        let found = one(&nested);
        assert!(found.starts_with("x.toml, line 15"), "{:.200}", found);
        assert!(
            found.contains("write it flatter") || found.contains("mend it there"),
            "{:.200}",
            found
        );
    }
    let nested = format!(
        "condition = {}\"home_ok=no\"{}\n",
        "{ not = ".repeat(32),
        " }".repeat(32)
    );
    let found = one(&nested);
    assert!(
        found
            .ends_with("conditions may nest 32 deep; write it flatter, or as clauses of their own")
    );
    assert!(found.starts_with("x.toml, line 15, clause \"A\", condition: "));
}

#[test]
fn a_length_of_a_thousand_million_days_is_located() {
    for key in ["days", "then_days", "contact_window_before_onset_days"] {
        let then = match key {
            "then_days" => "then_measure = \"health_monitoring\"\n",
            _ => "",
        };
        let line = if then.is_empty() { 15 } else { 16 };
        for value in ["1000000000", "65536", "-1", "1e9"] {
            assert_eq!(
                one(&format!("{then}{key} = {value}\n")),
                format!(
                    "x.toml, line {line}, clause \"A\", {key}: {value} will not do; write a whole number of days"
                )
            );
        }
    }
    let found = one("condition = \"neg_from_day=1000000000\"\n");
    assert!(
        found.starts_with("x.toml, line 15, clause \"A\", condition: "),
        "{found}"
    );
    let found = one("tests_on_days = \"1,1000000000\"\n");
    assert!(
        found.starts_with("x.toml, line 15, clause \"A\", tests_on_days: "),
        "{found}"
    );
}

#[test]
fn a_date_past_the_end_of_the_calendar_is_left_out_and_never_wraps() {
    let text = format!(
        "{HEAD}{}",
        clause(
            "A",
            "1",
            "2020-01-01",
            "days = 65535\nthen_measure = \"health_monitoring\"\nthen_days = 65535\n"
        )
    );
    let books = Books::from_toml(&[("x.toml", text)]).unwrap();
    let last = chrono::NaiveDate::MAX;
    for on in ["2020-01-05".parse().unwrap(), last] {
        for before in [0u64, 1, 65_534, 65_535, 65_536, 131_070, 131_071] {
            let mut facts = Facts::new(Subject::LocalReturnee);
            facts.arrival_date = last.checked_sub_days(chrono::Days::new(before));
            let Decision::Governed(found) =
                decide(&books, "X", "D", &facts, on, Unknown::Undetermined)
            else {
                panic!("a clause governs")
            };
            assert!(
                found
                    .until
                    .is_none_or(|until| Some(until) >= facts.arrival_date)
            );
            assert_eq!(found.until.is_some(), before >= 65_535);
            assert_eq!(found.then_until.is_some(), before >= 131_070);
            assert_ne!(found.measure, Measure::None);
            let compiled = compile(&books, "X", "D", on);
            let columns: FactColumns = std::iter::once(&facts).collect();
            let answers = compiled.decide_all(&columns, Unknown::Undetermined);
            assert_eq!(
                compiled.decision(&columns, &answers, 0),
                Some(Decision::Governed(found))
            );
        }
    }
}

#[test]
fn facts_outside_their_domain_are_refused_with_column_value_and_remedy() {
    let mut facts = Facts::new(Subject::LocalReturnee);
    for (fact, cell, remedy) in [
        (
            FactName::ArrivalDate,
            "2020-02-30",
            "write a date as 2020-01-31",
        ),
        (
            FactName::ArrivalDate,
            "+1000000000-01-01",
            "write a date as 2020-01-31",
        ),
        (FactName::Age, "131", "write a whole number from 0 to 130"),
        (
            FactName::Doses,
            "1000000000",
            "write a whole number from 0 to 99",
        ),
        (
            FactName::Symptoms,
            "some",
            "write none, yes, mild or severe",
        ),
        (FactName::ArrivalTime, "24:00", "write a time as 18:00"),
        (
            FactName::TestResults,
            "2020-01-30:negative?",
            "write tests as 2020-01-30:neg;2020-01-31:pos",
        ),
    ] {
        let refused = facts.read(fact, cell).unwrap_err().to_string();
        assert_eq!(
            refused,
            format!("{fact}: {cell:?} cannot be read; {remedy}")
        );
    }
    assert_eq!(facts, Facts::new(Subject::LocalReturnee));
}
