//! Values that stand for all an unknown fact could have.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Question;
use super::test_lists::test_lists;
use super::trials::MOST_TRIALS;
use crate::condition::{TestWindow, after, before, last_exposure_by, minus, plus, word_values};
use crate::decide::Rule;
use crate::decide::count::{DayZero, day_zero};
use crate::{CountedFrom, FactKind, FactName, FactValue, Facts, Term};

/// A word no clause names.
const ANOTHER: &str = "(another)";

/// One value for each way a fact could matter to the rules asked; `None` where there are too many.
pub(super) fn cells(
    fact: FactName,
    question: &impl Question,
    known: &Facts,
    assumed: &Facts,
) -> Option<Vec<FactValue>> {
    let cells = match fact.kind() {
        FactKind::YesNo => vec![FactValue::YesNo(true), FactValue::YesNo(false)],
        FactKind::Word => words(fact, question),
        FactKind::Number => numbers(fact, question),
        FactKind::Date => {
            let days = days(fact, question, assumed)?;
            days.into_iter().map(FactValue::Date).collect()
        }
        FactKind::Tests => {
            let lists = test_lists(question, known, assumed)?;
            lists.into_iter().map(FactValue::Tests).collect()
        }
        // Exposures are asked as the last one, and a time of day is never asked.
        FactKind::Dates | FactKind::Time => Vec::new(),
    };
    Some(cells).filter(|cells| cells.len() <= MOST_TRIALS)
}

/// The terms of a rule that looks at a fact; of one that does not, none: most of a long book does not.
fn terms_of<'a>(fact: FactName, rule: &'a Rule<'_>) -> impl Iterator<Item = &'a Term> + use<'a> {
    let looks = rule.used().contains(fact);
    let terms = looks.then(|| rule.clause.condition.terms());
    terms.into_iter().flatten()
}

fn named(fact: FactName, question: &impl Question) -> BTreeSet<FactValue> {
    let rules = question.rules();
    let terms = rules.iter().flat_map(|rule| terms_of(fact, rule));
    let values = terms.flat_map(|term| word_values(term, fact));
    values.cloned().collect()
}

fn words(fact: FactName, question: &impl Question) -> Vec<FactValue> {
    let mut words = named(fact, question);
    words.insert(FactValue::Word(ANOTHER.into()));
    words.into_iter().collect()
}

/// The first and last value of every range a rule sets, and their neighbours.
fn edges(fact: FactName, question: &impl Question) -> Vec<FactValue> {
    let mut edges = Vec::new();
    let rules = question.rules();
    for term in rules.iter().flat_map(|rule| terms_of(fact, rule)) {
        match term {
            Term::Within { fact: of, from, to } if *of == fact => {
                edges.extend(from.as_ref().and_then(before));
                edges.extend(to.as_ref().and_then(after));
                edges.extend(from.iter().chain(to).cloned());
            }
            Term::AgeUnder(years) if fact == FactName::Age => {
                edges.extend(years.checked_sub(1).map(FactValue::Number));
                edges.push(FactValue::Number(*years));
            }
            _ => {}
        }
    }
    edges
}

fn numbers(fact: FactName, question: &impl Question) -> Vec<FactValue> {
    let mut numbers = named(fact, question);
    numbers.extend(edges(fact, question));
    let free = (0..=u16::MAX).map(FactValue::Number);
    numbers.extend(free.into_iter().find(|number| !numbers.contains(number)));
    numbers.into_iter().collect()
}

/// Days on every side of every bound the rules set; `None` where there are too many.
fn days(fact: FactName, question: &impl Question, facts: &Facts) -> Option<BTreeSet<NaiveDate>> {
    let as_of = question.as_of();
    let rules = question.rules();
    let mut turns = BTreeSet::from([as_of]);
    for edge in edges(fact, question) {
        turns.extend(match edge {
            FactValue::Date(day) => Some(day),
            _ => None,
        });
    }
    turns.extend(rules.iter().flat_map(|rule| bounds(fact, rule, facts)));
    let latest = match fact {
        FactName::LastExposure => as_of,
        _ => NaiveDate::MAX,
    };
    let counted = rules.iter().flat_map(|rule| days_counted(fact, rule));
    let ages = rules.iter().flat_map(|rule| dose_ages(fact, rule));
    let (counted, ages): (BTreeSet<u16>, BTreeSet<u16>) = (counted.collect(), ages.collect());
    if !counted.is_empty() {
        add_before(&mut turns, &marks(question, facts), counted, latest)?;
    }
    if !ages.is_empty() {
        add_before(&mut turns, &exposures(question, facts)?, ages, latest)?;
    }
    let beside = days_beside(fact, &rules);
    let around = |turn: &NaiveDate| {
        let turn = *turn;
        let earlier = (1..=beside).filter_map(move |days| minus(turn, days));
        earlier.chain((0..=beside).filter_map(move |days| plus(turn, days)))
    };
    let mut days: BTreeSet<NaiveDate> = turns.iter().flat_map(around).collect();
    days.retain(|day| *day <= latest);
    Some(days)
}

/// Adds the days that lie so many before a mark; `None` once more of them than can be tried lie by
/// the latest there can be. Of thousands of each the pairs would be millions.
fn add_before(
    turns: &mut BTreeSet<NaiveDate>,
    marks: &BTreeSet<NaiveDate>,
    so_many: BTreeSet<u16>,
    latest: NaiveDate,
) -> Option<()> {
    for days in so_many {
        turns.extend(marks.iter().filter_map(|mark| minus(*mark, days)));
        let too_many =
            turns.len() > MOST_TRIALS && turns.range(..=latest).nth(MOST_TRIALS).is_some();
        if too_many {
            return None;
        }
    }
    Some(())
}

/// How many days on each side of a bound are tried: one; two of a day from which is counted, so that
/// it is seen, or one could fall on what another rule gives; and one more where tests come in pairs,
/// which take two days.
fn days_beside(fact: FactName, rules: &[&Rule<'_>]) -> u16 {
    let is_counted =
        |rule: &&Rule<'_>| rule.clause.counted_from.map(CountedFrom::fact) == Some(fact);
    let pairs = |rule: &&Rule<'_>| tests_asked(rule).any(|window| window.pair);
    match (rules.iter().any(is_counted), rules.iter().any(pairs)) {
        (true, true) => 3,
        (true, false) => 2,
        (false, _) => 1,
    }
}

/// The last exposure, or every day it is tried on; `None` where these are too many.
fn exposures(question: &impl Question, facts: &Facts) -> Option<BTreeSet<NaiveDate>> {
    if facts.exposures.is_some() || facts.last_exposure.is_some() {
        let exposure = last_exposure_by(facts, question.as_of());
        return Some(exposure.into_iter().collect());
    }
    days(FactName::LastExposure, question, facts)
}

/// The days at which a rule may begin or cease to hold as a fact's day moves.
fn bounds(fact: FactName, rule: &Rule<'_>, facts: &Facts) -> Vec<NaiveDate> {
    let mut bounds = Vec::new();
    if let (FactName::IndexOnset, Some(window)) = (fact, rule.windows.before_onset) {
        let exposures = facts.exposures.iter().flatten();
        bounds.extend(exposures.filter_map(|exposure| plus(*exposure, window)));
    }
    // The age of a dose is that on the day of the last exposure.
    let looked_at = match fact {
        FactName::LastExposure => FactName::LastDose,
        fact => fact,
    };
    for term in terms_of(looked_at, rule) {
        match (term, fact) {
            (Term::ArrivalBefore(at) | Term::ArrivalFrom(at), FactName::ArrivalDate) => {
                bounds.push(at.date());
            }
            (Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age), FactName::LastExposure) => {
                bounds.extend(facts.last_dose.and_then(|dose| plus(dose, *age)));
            }
            _ => {}
        }
    }
    bounds
}

/// How many days before an exposure a last dose begins or ceases to do for a rule.
fn dose_ages(fact: FactName, rule: &Rule<'_>) -> Vec<u16> {
    if fact != FactName::LastDose {
        return Vec::new();
    }
    let ages = terms_of(fact, rule).filter_map(|term| match term {
        Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age) => Some(*age),
        _ => None,
    });
    ages.collect()
}

/// The days of its count on which a rule that counts from a fact begins or ceases to count tests, or
/// ends unless a test moves its end.
fn days_counted(fact: FactName, rule: &Rule<'_>) -> Vec<u16> {
    if rule.clause.counted_from.map(CountedFrom::fact) != Some(fact) {
        return Vec::new();
    }
    let windows = tests_asked(rule).flat_map(|window| [Some(window.first), window.last]);
    let end = rule.clause.days.filter(|_| !rule.ending_tests().is_empty());
    windows.chain([end]).flatten().collect()
}

/// The days to which those of a count may be near: the day asked, those of tests, and where these are
/// not known the first and last of every rule whose day 0 is.
fn marks(question: &impl Question, facts: &Facts) -> BTreeSet<NaiveDate> {
    let as_of = question.as_of();
    let mut marks = BTreeSet::from([as_of]);
    if let Some(tests) = &facts.test_results {
        marks.extend(tests.iter().map(|test| test.on));
        return marks;
    }
    for rule in question.rules() {
        let DayZero::Day(zero) = day_zero(rule, facts, as_of) else {
            continue;
        };
        let days = tests_asked(rule).filter_map(|window| window.on(zero, as_of));
        marks.extend(days.flat_map(|(first, last)| [first, last]));
    }
    marks
}

/// What tests a rule asks for.
pub(super) fn tests_asked<'a>(rule: &'a Rule<'_>) -> impl Iterator<Item = TestWindow> + use<'a> {
    terms_of(FactName::TestResults, rule).filter_map(Term::tests)
}
