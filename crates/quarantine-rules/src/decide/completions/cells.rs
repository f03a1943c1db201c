//! Values that stand for all an unknown fact could have.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Question;
use crate::condition::{TestWindow, after, before, last_exposure_by, minus, plus, word_values};
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
        .flat_map(|rule| rule.clause.condition.terms())
        .collect()
}

fn named(fact: FactName, question: &impl Question) -> BTreeSet<FactValue> {
    let terms = terms(question).into_iter();
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
    for term in terms(question) {
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

/// Days on every side of every bound the rules set, and two more so that what is counted from
/// the day shows that it is.
fn days(fact: FactName, question: &impl Question, facts: &Facts) -> BTreeSet<NaiveDate> {
    let as_of = question.as_of();
    let mut days = BTreeSet::from([as_of]);
    days.extend(as_of.pred_opt());
    days.extend(edges(fact, question).iter().filter_map(|edge| match edge {
        FactValue::Date(day) => Some(*day),
        _ => None,
    }));
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
    for term in rule.clause.condition.terms() {
        match (term, fact) {
            (Term::ArrivalBefore(at) | Term::ArrivalFrom(at), FactName::ArrivalDate) => {
                bounds.push(at.date());
            }
            (Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age), FactName::LastDose) => {
                let exposure = last_exposure_by(facts, as_of);
                bounds.extend(exposure.and_then(|exposure| minus(exposure, *age)));
            }
            (Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age), FactName::LastExposure) => {
                bounds.extend(facts.last_dose.and_then(|dose| plus(dose, *age)));
            }
            (term, _) if is_day_zero => {
                let Some(window) = term.tests() else { continue };
                for edge in [Some(window.first), window.last].into_iter().flatten() {
                    let tests = facts.test_results.iter().flatten().map(|test| test.on);
                    bounds.extend(tests.chain([as_of]).filter_map(|on| minus(on, edge)));
                }
            }
            _ => {}
        }
    }
    bounds
}

/// No test, or what meets terms of a rule: one or a pair, negative or positive, on the first and
/// last day the term lets it count and on the day asked, with every such choice for the rule's
/// other terms, since one condition may ask for a positive and a negative test.
fn tests(question: &impl Question, facts: &Facts) -> Vec<FactValue> {
    let as_of = question.as_of();
    let mut lists = BTreeSet::from([Vec::new()]);
    for rule in question.rules() {
        let DayZero::Day(zero) = day_zero(rule, facts, as_of) else {
            continue;
        };
        let mut of_rule = BTreeSet::from([Vec::new()]);
        for term in rule.clause.condition.terms() {
            let Some(window) = term.tests() else { continue };
            let ways = ways_to_meet(&window, zero, as_of);
            let together = of_rule
                .iter()
                .flat_map(|list| ways.iter().map(|way| joined(list, way)).collect::<Vec<_>>());
            let together: Vec<Vec<TestTaken>> = together.collect();
            if together.len() + of_rule.len() > MOST_LISTS {
                of_rule.extend(ways);
            } else {
                of_rule.extend(together);
            }
        }
        lists.extend(of_rule);
    }
    lists.into_iter().map(FactValue::Tests).collect()
}

/// Of a rule with more lists of tests than these, the last terms are met one at a time.
const MOST_LISTS: usize = 256;

fn joined(list: &[TestTaken], more: &[TestTaken]) -> Vec<TestTaken> {
    let all: BTreeSet<TestTaken> = list.iter().chain(more).copied().collect();
    all.into_iter().collect()
}

/// A test, and a pair, on each day that matters to a term about tests.
fn ways_to_meet(window: &TestWindow, zero: NaiveDate, as_of: NaiveDate) -> Vec<Vec<TestTaken>> {
    let taken = |on, result| TestTaken { on, result };
    let last = window.last.and_then(|last| plus(zero, last));
    let result = match window.positive {
        true => TestResult::Positive,
        false => TestResult::Negative,
    };
    let days = [
        plus(zero, window.first),
        last,
        Some(as_of),
        as_of.pred_opt(),
    ];
    let mut ways = Vec::new();
    for on in days.into_iter().flatten() {
        ways.push(vec![taken(on, result)]);
        let next = on.succ_opt();
        ways.extend(next.map(|next| vec![taken(on, result), taken(next, result)]));
    }
    ways.retain(|way| way.iter().all(|test| test.on <= as_of));
    ways.sort_unstable();
    ways.dedup();
    ways
}
