//! Values that stand for all an unknown fact could have.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Question;
use crate::condition::{TestWindow, after, before, last_exposure_by, minus, plus, word_values};
use crate::decide::Rule;
use crate::decide::count::{DayZero, day_zero};
use crate::{
    CountedFrom, FactKind, FactName, FactValue, Facts, Subject, Term, TestResult, TestTaken,
};

type Tests = Vec<TestTaken>;

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
/// other terms, since one condition may ask for a positive and a negative test; then what meets
/// terms of several rules or fails some, since a rule may govern only where others fail for tests.
fn tests(question: &impl Question, facts: &Facts) -> Vec<FactValue> {
    let as_of = question.as_of();
    let mut asked: Vec<(NaiveDate, TestWindow)> = Vec::new();
    let mut lists = BTreeSet::from([Vec::new()]);
    for rule in question.rules() {
        let DayZero::Day(zero) = day_zero(rule, facts, as_of) else {
            continue;
        };
        let terms = rule.clause.condition.terms().into_iter();
        let windows: Vec<TestWindow> = terms.filter_map(Term::tests).collect();
        asked.extend(windows.iter().map(|window| (zero, *window)));
        lists.extend(of_one_rule(&windows, zero, as_of));
    }
    let several = of_several_rules(&lists, &asked, as_of);
    lists.extend(several);
    lists.into_iter().map(FactValue::Tests).collect()
}

fn of_one_rule(windows: &[TestWindow], zero: NaiveDate, as_of: NaiveDate) -> BTreeSet<Tests> {
    let mut of_rule = BTreeSet::from([Vec::new()]);
    for window in windows {
        let ways = ways_to_meet(window, zero, as_of);
        let together = of_rule
            .iter()
            .flat_map(|list| ways.iter().map(|way| joined(list, way)).collect::<Vec<_>>());
        let together: Vec<Tests> = together.collect();
        if together.len() + of_rule.len() > MOST_LISTS {
            of_rule.extend(ways);
        } else {
            of_rule.extend(together);
        }
    }
    of_rule
}

/// Lists that meet terms of several rules, or of one and not of another: one for each set of terms
/// that no list of one rule meets. Tests are on the days around every bound of every term.
fn of_several_rules(
    of_one: &BTreeSet<Tests>,
    asked: &[(NaiveDate, TestWindow)],
    as_of: NaiveDate,
) -> Vec<Tests> {
    let mut taken = Facts::new(Subject::CloseContact);
    let mut met = |list: &Tests| -> Vec<bool> {
        taken.test_results = Some(list.clone());
        let is_met = |(zero, window): &(NaiveDate, TestWindow)| window.is_met(&taken, *zero, as_of);
        asked.iter().map(is_met).collect()
    };
    let known: BTreeSet<Vec<bool>> = of_one.iter().map(&mut met).collect();
    let mut by_met = BTreeMap::from([(met(&Vec::new()), Vec::new())]);
    let days = days_around(asked, as_of);
    for (_, window) in asked {
        let so_far: Vec<Tests> = by_met.values().cloned().collect();
        let ways = ways_on(window, &days);
        for list in so_far
            .iter()
            .flat_map(|list| ways.iter().map(|way| joined(list, way)))
        {
            if by_met.len() < MOST_SETS {
                by_met.entry(met(&list)).or_insert(list);
            }
        }
    }
    by_met.retain(|met, _| !known.contains(met));
    by_met.into_values().collect()
}

/// No more sets of terms than these are met by lists of their own.
const MOST_SETS: usize = 64;

/// The first and last day of each term, the days beside them, and the day asked; none after it.
fn days_around(asked: &[(NaiveDate, TestWindow)], as_of: NaiveDate) -> BTreeSet<NaiveDate> {
    let edges = asked.iter().flat_map(|(zero, window)| {
        let last = window.last.and_then(|last| plus(*zero, last));
        [plus(*zero, window.first), last]
    });
    let edges = edges.flatten().chain([as_of]);
    let around = edges.flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()]);
    around.flatten().filter(|day| *day <= as_of).collect()
}

/// A test, or one on each of two days running, as a term wants it, on any of these days.
fn ways_on(window: &TestWindow, days: &BTreeSet<NaiveDate>) -> Vec<Tests> {
    let result = result_of(window);
    let test = |on: NaiveDate| TestTaken { on, result };
    if !window.pair {
        return days.iter().map(|on| vec![test(*on)]).collect();
    }
    let next = |first: &NaiveDate| first.succ_opt().filter(|second| days.contains(second));
    let pairs = days.iter().filter_map(|first| Some((*first, next(first)?)));
    pairs
        .map(|(first, second)| vec![test(first), test(second)])
        .collect()
}

fn result_of(window: &TestWindow) -> TestResult {
    match window.positive {
        true => TestResult::Positive,
        false => TestResult::Negative,
    }
}

/// Of a rule with more lists of tests than these, the last terms are met one at a time.
const MOST_LISTS: usize = 256;

fn joined(list: &[TestTaken], more: &[TestTaken]) -> Tests {
    let all: BTreeSet<TestTaken> = list.iter().chain(more).copied().collect();
    all.into_iter().collect()
}

/// A test, and a pair, on each day that matters to a term about tests.
fn ways_to_meet(window: &TestWindow, zero: NaiveDate, as_of: NaiveDate) -> Vec<Tests> {
    let taken = |on, result| TestTaken { on, result };
    let last = window.last.and_then(|last| plus(zero, last));
    let result = result_of(window);
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
