//! Values that stand for all an unknown fact could have.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Question;
use crate::condition::{minus, plus};
use crate::decide::count::{DayZero, day_zero};
use crate::{FactKind, FactName, FactValue, Facts, Term, TestResult, TestTaken};

/// A word no clause names.
const ANOTHER: &str = "(another)";

/// One value for each way a fact could matter to the rules asked.
pub(super) fn cells(fact: FactName, question: &impl Question, facts: &Facts) -> Vec<FactValue> {
    match fact.kind() {
        FactKind::YesNo => vec![FactValue::YesNo(true), FactValue::YesNo(false)],
        FactKind::Word => words(fact, question),
        FactKind::Number => numbers(fact, question),
        FactKind::Date => {
            let days = days(fact, question, facts);
            days.into_iter().map(FactValue::Date).collect()
        }
        FactKind::Tests => tests(question, facts),
        // Exposures are asked as the last one, and a time of day is never asked.
        FactKind::Dates | FactKind::Time => Vec::new(),
    }
}

fn terms(question: &impl Question) -> Vec<&Term> {
    let rules = question.rules();
    rules
        .iter()
        .flat_map(|rule| &rule.clause.condition)
        .collect()
}

fn named(fact: FactName, question: &impl Question) -> BTreeSet<FactValue> {
    let values = terms(question).into_iter().filter_map(|term| match term {
        Term::Is { fact: named, value } if *named == fact => Some(value.clone()),
        _ => None,
    });
    values.collect()
}

fn words(fact: FactName, question: &impl Question) -> Vec<FactValue> {
    let mut words = named(fact, question);
    words.insert(FactValue::Word(ANOTHER.into()));
    words.into_iter().collect()
}

fn numbers(fact: FactName, question: &impl Question) -> Vec<FactValue> {
    let mut numbers = named(fact, question);
    if fact == FactName::Age {
        for term in terms(question) {
            if let Term::AgeUnder(years) = term {
                numbers.extend(years.checked_sub(1).map(FactValue::Number));
                numbers.insert(FactValue::Number(*years));
            }
        }
    }
    let free = (0..=u16::MAX).map(FactValue::Number);
    numbers.extend(free.into_iter().find(|number| !numbers.contains(number)));
    numbers.into_iter().collect()
}

/// Days on every side of every bound the rules set, and two more so that what is counted from
/// the day shows that it is.
fn days(fact: FactName, question: &impl Question, facts: &Facts) -> BTreeSet<NaiveDate> {
    let as_of = question.as_of();
    let mut days = BTreeSet::from([as_of]);
    days.extend(as_of.pred_opt());
    let mut bound = |day: Option<NaiveDate>| {
        days.extend(day);
        days.extend(day.and_then(|day| day.succ_opt()));
        days.extend(day.and_then(|day| day.pred_opt()));
    };
    for rule in question.rules() {
        if fact == FactName::IndexOnset {
            for exposure in facts.exposures.iter().flatten() {
                bound(
                    rule.windows
                        .before_onset
                        .and_then(|window| plus(*exposure, window)),
                );
            }
        }
        for term in &rule.clause.condition {
            match term {
                Term::ArrivalBefore(at) | Term::ArrivalFrom(at)
                    if fact == FactName::ArrivalDate =>
                {
                    bound(Some(at.date()));
                }
                Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age) => {
                    if fact == FactName::LastDose {
                        let exposure = facts.last_exposure_by(as_of);
                        bound(exposure.and_then(|exposure| minus(exposure, *age)));
                    } else if fact == FactName::LastExposure {
                        bound(facts.last_dose.and_then(|dose| plus(dose, *age)));
                    }
                }
                Term::NegativeFromDay(first) | Term::NegativePairFromDay(first)
                    if rule.clause.counted_from.map(crate::CountedFrom::fact) == Some(fact) =>
                {
                    bound(minus(as_of, *first));
                    for test in facts.test_results.iter().flatten() {
                        bound(minus(test.on, *first));
                    }
                }
                _ => {}
            }
        }
    }
    if fact == FactName::LastExposure {
        days.retain(|day| *day <= as_of);
    }
    days
}

/// No test, one, or a pair, on the first day each rule lets it count and on the day asked.
fn tests(question: &impl Question, facts: &Facts) -> Vec<FactValue> {
    let as_of = question.as_of();
    let mut lists = BTreeSet::from([Vec::new()]);
    let negative = |on| TestTaken {
        on,
        result: TestResult::Negative,
    };
    for rule in question.rules() {
        let DayZero::Day(zero) = day_zero(rule, facts, as_of) else {
            continue;
        };
        for term in &rule.clause.condition {
            let (Term::NegativeFromDay(first) | Term::NegativePairFromDay(first)) = term else {
                continue;
            };
            for on in [plus(zero, *first), Some(as_of), as_of.pred_opt()]
                .into_iter()
                .flatten()
            {
                lists.insert(vec![negative(on)]);
                lists.extend(on.succ_opt().map(|next| vec![negative(on), negative(next)]));
            }
        }
    }
    lists.retain(|list| list.iter().all(|test| test.on <= as_of));
    lists.into_iter().map(FactValue::Tests).collect()
}
