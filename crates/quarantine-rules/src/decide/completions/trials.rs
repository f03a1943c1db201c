//! The trials: every way the unknown facts could be, and the answer that gives.

use std::collections::BTreeMap;

use super::Question;
use super::cells::{cells, tests_asked};
use crate::condition::Truth;
use crate::decide::Rule;
use crate::decide::count::{DayZero, day_zero};
use crate::{FactName, FactValue, Facts, Governed};

/// Above so many trials an answer is not taken apart: whatever the known facts do not refute could
/// be, and it hangs on every unknown fact such a rule looks at.
///
/// Of people drawn for the shipped books, one in two hundred of those whose answer is open needs
/// more, people of whom next to nothing is known; the bound keeps a book made to be difficult from
/// holding up a day.
pub(super) const MOST_TRIALS: usize = 1024;

/// One way the unknown facts could be, and the answer that gives.
pub(super) struct Trial {
    pub(super) assumed: Vec<(FactName, FactValue)>,
    pub(super) answer: Option<Governed>,
}

/// Whether two trials come to the same.
pub(super) fn same(a: &Trial, b: &Trial) -> bool {
    match (&a.answer, &b.answer) {
        (Some(a), Some(b)) => a.is_same_measure(b),
        (None, None) => true,
        _ => false,
    }
}

/// Every way the unknown facts could be.
pub(super) struct Ways {
    pub(super) trials: Vec<Trial>,
    /// Whether it can be seen what one fact changes while the others stay as they are: whether its
    /// values were tried with the same values of the others.
    pub(super) of_one_fact: bool,
}

/// Every way the unknown facts could be; `None` where there are too many.
///
/// Which values stand for all others can hang on what is assumed of other facts. All are then tried
/// again under every assumption, unless that is too many.
pub(super) fn every_way(question: &impl Question, facts: &Facts) -> Option<Ways> {
    let mut tried = Tried::default();
    let trials = explore(question, facts, &mut tried)?;
    let again = match tried.grown {
        true => explore(question, facts, &mut tried),
        false => None,
    };
    Some(Ways {
        of_one_fact: !tried.grown || again.is_some(),
        trials: again.unwrap_or(trials),
    })
}

/// The values tried of each fact, in the order found.
#[derive(Default)]
struct Tried {
    values: BTreeMap<FactName, Vec<FactValue>>,
    /// Whether a fact had fewer values where it was first open than somewhere later.
    grown: bool,
}

impl Tried {
    fn and(&mut self, fact: FactName, cells: Vec<FactValue>) -> &[FactValue] {
        let known = self.values.contains_key(&fact);
        let values = self.values.entry(fact).or_default();
        let before = values.len();
        for value in cells {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        self.grown |= known && values.len() > before;
        values
    }
}

/// Tries every value of every open fact, depth first; `None` where there are too many.
fn explore(question: &impl Question, known: &Facts, tried: &mut Tried) -> Option<Vec<Trial>> {
    let mut trials = Vec::new();
    // A list of its own in place of recursion: the depth is the book's, not ours to trust.
    let mut waiting = vec![(known.clone(), Vec::new())];
    while let Some((facts, assumed)) = waiting.pop() {
        if trials.len() + waiting.len() > MOST_TRIALS {
            return None;
        }
        let open = question.open(&facts);
        let open = open.map(|open| first_of_all(open, question, &facts));
        let open = open.filter(|open| assumed.iter().all(|(name, _)| name != open));
        let Some(open) = open else {
            let answer = question.answer(&facts);
            trials.push(Trial { assumed, answer });
            continue;
        };
        let values = tried.and(open, cells(open, question, known, &facts)?);
        // The last pushed is tried first, so values go in backwards.
        for value in values.iter().rev() {
            let mut next = facts.clone();
            next.put(open, value.clone());
            let mut assumed = assumed.clone();
            assumed.push((open, value.clone()));
            waiting.push((next, assumed));
        }
    }
    Some(trials)
}

/// Before tests, the days from which rules count them: only then are those that matter known.
fn first_of_all(open: FactName, question: &impl Question, facts: &Facts) -> FactName {
    let as_of = question.as_of();
    let counts_from = |rule: &Rule<'_>| match day_zero(rule, facts, as_of) {
        DayZero::HangsOn(fact) if !facts.knows(fact) => Some(fact),
        _ => None,
    };
    if open != FactName::TestResults {
        return open;
    }
    let rules = question.rules().into_iter();
    let mut counting = rules.filter(|rule| {
        let asked = tests_asked(rule).next().is_some();
        asked && rule.truth(facts, as_of) != Truth::Fails
    });
    counting.find_map(counts_from).unwrap_or(open)
}
