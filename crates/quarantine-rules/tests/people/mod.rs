//! People and books drawn for properties.
#![allow(dead_code, reason = "each test file uses its part of it")]

use std::fmt::Write;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use quarantine_rules::{Books, FactKind, FactName, FactValue, Facts, Subject};

pub(crate) static BOOKS: LazyLock<Books> = LazyLock::new(|| Books::shipped().unwrap());

pub(crate) const AUTHORITIES: &[&str] = &[
    "CN-YN-TC-MB",
    "CN-YN-TC",
    "CN-YN",
    "CN-NHC",
    "CN-BJ",
    "US-CDC",
    "US-IA",
    "UK-ENG",
    "IN-WB",
    "WHO",
];

pub(crate) fn disease_of(authority: &str) -> &'static str {
    match authority {
        "US-IA" => "measles",
        "IN-WB" => "Nipah",
        _ => "COVID-19",
    }
}

/// What was drawn for a person: a number a fact, and which facts are unknown.
pub(crate) type Drawn = (Subject, Vec<u32>, Vec<bool>);

pub(crate) fn drawn() -> impl Strategy<Value = Drawn> {
    let facts = FactName::ALL.len();
    (
        prop::sample::select(Subject::ALL),
        prop::collection::vec(any::<u32>(), facts),
        prop::collection::vec(prop::bool::weighted(0.25), facts),
    )
}

/// A person whose facts lie near the day asked.
pub(crate) fn person((subject, draws, unknown): &Drawn, as_of: NaiveDate) -> Facts {
    let mut facts = Facts::new(*subject);
    for ((fact, draw), unknown) in FactName::ALL.iter().zip(draws).zip(unknown) {
        if !unknown && let Some(value) = value(*fact, *draw, as_of) {
            facts.put(*fact, value);
        }
    }
    facts
}

fn value(fact: FactName, draw: u32, as_of: NaiveDate) -> Option<FactValue> {
    let day = |draw: u32| as_of + Days::new(1) - Days::new(u64::from(draw % 25));
    Some(match fact.kind() {
        FactKind::YesNo => FactValue::YesNo(draw.is_multiple_of(2)),
        FactKind::Date => FactValue::Date(day(draw)),
        FactKind::Number => FactValue::Number(match fact {
            FactName::Option => [7, 10, 14][draw as usize % 3],
            _ => u16::try_from(draw % 80).unwrap(),
        }),
        FactKind::Word => {
            let words = fact.words().unwrap_or(&["omicron", "delta"]);
            FactValue::Word(words[draw as usize % words.len()].into())
        }
        // Exposures that are listed hide the last exposure: most people have none.
        FactKind::Dates if draw.is_multiple_of(4) => {
            FactValue::Dates(vec![day(draw / 4), day(draw / 100)])
        }
        FactKind::Dates => return None,
        FactKind::Time => FactValue::Time("18:00".parse::<chrono::NaiveTime>().ok()?),
        FactKind::Tests => {
            let mut text = String::new();
            for at in 0..draw % 4 {
                let said = if (draw >> (8 + at)) & 3 == 0 {
                    "pos"
                } else {
                    "neg"
                };
                let joint = if text.is_empty() { "" } else { ";" };
                write!(text, "{joint}{}:{said}", day(draw >> (at * 5))).unwrap();
            }
            match text.is_empty() {
                true => FactValue::Tests(Vec::new()),
                false => FactValue::read(fact, &text).unwrap(),
            }
        }
    })
}

pub(crate) const HEAD: &str = "authority = \"X\"\nname_zh = \"某\"\nname_en = \"X\"\n";

/// A clause of a small book for local returnees.
pub(crate) fn clause(id: &str, from: &str, until: &str, condition: &str, rest: &str) -> String {
    let until = match until {
        "" => String::new(),
        day => format!("until = {day}\n"),
    };
    let condition = match condition {
        "" => String::new(),
        value => format!("condition = {value}\n"),
    };
    format!(
        "[[clause]]\nid = \"{id}\"\ndisease = \"D\"\nedition = \"1\"\nfrom = {from}\n{until}subject = \"local_returnee\"\n{condition}{rest}source = \"made up\"\nconfidence = \"recalled\"\n"
    )
}

/// What a clause asks for, told apart by its days.
pub(crate) fn home(days: usize) -> String {
    format!(
        "measure = \"home_quarantine\"\ndays = {days}\ncounted_from = \"arrival\"\nplace = \"home\"\n"
    )
}

/// A condition of a book, nested a little, as TOML.
pub(crate) fn condition() -> impl Strategy<Value = String> {
    let term = prop::sample::select(vec![
        "via_hubei=yes",
        "home_ok=no",
        "resident=yes;via_hubei=no",
        "from_risk=high|medium",
        "from_risk=low",
        "vaccinated=full",
        "age<18",
        "age>=60",
        "age=18..40",
        "age=40",
        "option=7",
        "arrival_date>=2020-01-20",
        "arrival_date=2020-01-10..2020-01-25",
        "arrival_before=2020-02-01T12:00",
        "arrival_from=2020-01-20T12:00",
        "neg_from_day=5",
        "neg_in_days=2..6",
        "neg_pair_from_day=3",
        "neg_pair_in_days=3..8",
        "pos_in_days=0..6",
        "dose_age_min=14",
        "dose_age=3..9",
    ]);
    let leaf = term.prop_map(|term| format!("\"{term}\""));
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("{{ all = [{}] }}", parts.join(", "))),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("{{ any = [{}] }}", parts.join(", "))),
            inner.prop_map(|part| format!("{{ not = {part} }}")),
        ]
    })
}

/// A book of up to so many clauses with nested conditions, each with its own first day so that
/// precedence settles everything.
pub(crate) fn generated_book(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(
        (condition(), prop::sample::select(vec![7, 10, 14])),
        1..most,
    )
    .prop_map(|clauses| {
        let mut text = HEAD.to_owned();
        for (at, (condition, days)) in clauses.iter().enumerate() {
            let from = format!("2019-{:02}-{:02}", 1 + at / 28, 1 + at % 28);
            text.push_str(&clause(
                &format!("C{at}"),
                &from,
                "",
                condition,
                &home(*days),
            ));
        }
        text
    })
}

/// A book of many clauses over ages, risks and yes-or-no facts.
pub(crate) fn wide_book(clauses: usize) -> String {
    let mut text = HEAD.to_owned();
    for at in 0..clauses {
        let (age, rest) = (at % 100, at / 100);
        let risk = ["high", "medium", "low", "red", "amber"][rest % 5];
        let said = |bit: usize| {
            if ((rest / 5) >> bit) & 1 == 1 {
                "yes"
            } else {
                "no"
            }
        };
        let condition = format!(
            "\"age={age};from_risk={risk};home_ok={};resident={};immune={};three_neg={}\"",
            said(0),
            said(1),
            said(2),
            said(3)
        );
        let days = home(1 + at % 28);
        text.push_str(&clause(
            &format!("C{at}"),
            "2020-01-01",
            "",
            &condition,
            &days,
        ));
    }
    text
}

/// A person who meets one clause of [`wide_book`].
pub(crate) fn in_wide_book(at: usize) -> Facts {
    let mut facts = Facts::new(Subject::LocalReturnee);
    let rest = at / 100;
    let said = |bit: usize| Some(((rest / 5) >> bit) & 1 == 1);
    facts.age = u16::try_from(at % 100).ok();
    facts.from_risk = Some(["high", "medium", "low", "red", "amber"][rest % 5].into());
    (facts.home_ok, facts.resident) = (said(0), said(1));
    (facts.immune, facts.three_neg) = (said(2), said(3));
    facts.arrival_date = NaiveDate::from_ymd_opt(2020, 1, 10);
    facts
}
