//! Values that stand for all an unknown fact could have.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Question;
use crate::condition::{minus, plus};
use crate::decide::Rule;
use crate::decide::count::{DayZero, day_zero};
use crate::{CountedFrom, FactKind, FactName, FactValue, Facts, Term, TestResult, TestTaken};

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
    for rule in question.rules() {
        for bound in bounds(fact, rule, facts, as_of) {
            days.insert(bound);
            days.extend(bound.succ_opt());
            days.extend(bound.pred_opt());
        }
    }
    if fact == FactName::LastExposure {
        days.retain(|day| *day <= as_of);
    }
    days
}

/// The days at which a rule may begin or cease to hold as a fact's day moves.
fn bounds(fact: FactName, rule: &Rule<'_>, facts: &Facts, as_of: NaiveDate) -> Vec<NaiveDate> {
    let mut bounds = Vec::new();
    if let (FactName::IndexOnset, Some(window)) = (fact, rule.windows.before_onset) {
        let exposures = facts.exposures.iter().flatten();
        bounds.extend(exposures.filter_map(|exposure| plus(*exposure, window)));
    }
    let is_day_zero = rule.clause.counted_from.map(CountedFrom::fact) == Some(fact);
    for term in &rule.clause.condition {
        match (term, fact) {
            (Term::ArrivalBefore(at) | Term::ArrivalFrom(at), FactName::ArrivalDate) => {
                bounds.push(at.date());
            }
            (Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age), FactName::LastDose) => {
                let exposure = facts.last_exposure_by(as_of);
                bounds.extend(exposure.and_then(|exposure| minus(exposure, *age)));
            }
            (Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age), FactName::LastExposure) => {
                bounds.extend(facts.last_dose.and_then(|dose| plus(dose, *age)));
            }
            (Term::NegativeFromDay(first) | Term::NegativePairFromDay(first), _) if is_day_zero => {
                let tests = facts.test_results.iter().flatten().map(|test| test.on);
                bounds.extend(tests.chain([as_of]).filter_map(|on| minus(on, *first)));
            }
            _ => {}
        }
    }
    bounds
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
