//! What an answer hangs on, by trying every value an unknown fact could still have.
//!
//! The tree of trials branches on the first unknown fact that matters, in the order of
//! precedence, so that facts which cannot change the answer are never asked. Days, numbers and
//! tests stand for all others on the same side of every bound a clause names.
//!
//! Tests are tried around those bounds alone. Where a test on a day in between would end a measure
//! earlier than any that was tried, and nothing else differs, that end is not found and the answer
//! passes for settled.

mod cells;

use std::sync::Arc;

use chrono::NaiveDate;

use self::cells::cells;
use super::{Rule, governed};
use crate::condition::Truth;
use crate::{Decision, FactName, FactValue, Facts, Governed, Undetermined};

/// A question to the books whose answer may hang on unknown facts.
pub(crate) trait Question {
    /// The day asked.
    fn as_of(&self) -> NaiveDate;
    /// Every rule that may have a say.
    fn rules(&self) -> Vec<&Rule<'_>>;
    /// The facts that tell which class a person belongs to, where that is asked too.
    fn class_facts(&self) -> &'static [FactName] {
        &[]
    }
    /// The next unknown fact that may change the answer.
    fn open(&self, facts: &Facts) -> Option<FactName>;
    /// The answer, unknown facts matching nothing.
    fn answer(&self, facts: &Facts) -> Option<Governed>;
}

/// Above so many trials an answer is not taken apart: whatever the known facts do not refute could
/// be, and it hangs on every unknown fact such a rule looks at.
///
/// The shipped books need fewer than 200 for any person; the bound keeps a book made to be
/// difficult from holding up a day.
const MOST_TRIALS: usize = 1024;

/// One way the unknown facts could be, and the answer that gives.
struct Trial {
    assumed: Vec<(FactName, FactValue)>,
    answer: Option<Governed>,
}

/// The answer, or what it hangs on.
pub(crate) fn resolve(question: &impl Question, facts: &Facts) -> Decision {
    let settled = |answer: Option<Governed>| match answer {
        Some(governed) => Decision::Governed(governed),
        None => Decision::NoRule,
    };
    if question.open(facts).is_none() {
        return settled(question.answer(facts));
    }
    let mut trials = Vec::new();
    let whole = explore(question, facts, &mut trials);
    let differ = trials.iter().skip(1).any(|trial| !same(trial, &trials[0]));
    if !differ && whole {
        return settled(in_every_way(question, facts, &trials));
    }
    let could_be = distinct(match whole {
        true => trials.iter().filter_map(stripped).collect(),
        false => unrefuted(question, facts),
    });
    let strictest = could_be.iter().max_by_key(|found| found.strictness());
    let Some(strictest) = strictest.cloned().map(Box::new) else {
        return Decision::NoRule;
    };
    Decision::Undetermined(Undetermined {
        could_be_no_rule: !whole || trials.iter().any(|trial| trial.answer.is_none()),
        strictest,
        needs: match whole {
            true => needs(&trials, facts),
            false => vec![all_unknown(question, facts)],
        },
        irreducible: whole,
        could_be,
    })
}

/// The answer where every way gives the same: by the clause that governs when unknown facts match
/// nothing, or, where none does or another answer comes of that, by the first that could govern.
fn in_every_way(question: &impl Question, facts: &Facts, trials: &[Trial]) -> Option<Governed> {
    let first = trials.first()?.answer.as_ref()?;
    let unmatched = question.answer(facts);
    if let Some(found) = unmatched.filter(|found| found.is_same_measure(first)) {
        return Some(found);
    }
    let rules = question.rules().into_iter();
    let mut of_first = rules.filter(|rule| Arc::ptr_eq(rule.clause, &first.clause));
    let rule = of_first.next()?;
    Some(governed(rule, facts, question.as_of()))
}

/// Each clause with each measure it could mean, once, in the order found.
fn distinct(found: Vec<Governed>) -> Vec<Governed> {
    let mut could_be: Vec<Governed> = Vec::new();
    for found in found {
        let known =
            |seen: &Governed| seen.clause.id == found.clause.id && seen.is_same_measure(&found);
        if !could_be.iter().any(known) {
            could_be.push(found);
        }
    }
    could_be
}

/// Where there are too many ways to try: every rule that the known facts do not refute.
fn unrefuted(question: &impl Question, facts: &Facts) -> Vec<Governed> {
    let as_of = question.as_of();
    let mut exposed = facts.clone();
    let mut assumed = Vec::new();
    if facts.exposures.is_none() && facts.last_exposure.is_none() {
        exposed.last_exposure = Some(as_of);
        assumed.push((FactName::LastExposure, FactValue::Date(as_of)));
    }
    let rules = question.rules().into_iter();
    let open = rules.filter(|rule| rule.truth(facts, as_of) != Truth::Fails);
    let trials = open.map(|rule| Trial {
        assumed: assumed.clone(),
        answer: Some(governed(rule, &exposed, as_of)),
    });
    trials.filter_map(|trial| stripped(&trial)).collect()
}

/// Every unknown fact looked at by a rule that the known facts do not refute, which settles the
/// answer but may hold more than it needs.
fn all_unknown(question: &impl Question, facts: &Facts) -> Vec<FactName> {
    let mut names: Vec<FactName> = question.class_facts().to_vec();
    let dated = facts.knows(FactName::IndexOnset) || facts.knows(FactName::IndexSampled);
    let rules = question.rules().into_iter();
    for rule in rules.filter(|rule| rule.truth(facts, question.as_of()) != Truth::Fails) {
        let condition = &rule.clause.condition;
        names.extend(condition.facts());
        names.extend(rule.clause.counted_from.map(crate::CountedFrom::fact));
        if condition.facts().contains(&FactName::LastDose) {
            // The age of a dose is that on the day of the last exposure.
            names.push(FactName::LastExposure);
        }
        if !rule.windows.is_empty() && facts.exposures.is_some() && !dated {
            names.push(FactName::IndexOnset);
        }
    }
    let asked = |name: &FactName| {
        let listed = *name == FactName::LastExposure && facts.exposures.is_some();
        !facts.knows(*name) && *name != FactName::ArrivalTime && !listed
    };
    names.retain(asked);
    names.sort_unstable();
    names.dedup();
    names
}

/// Tries every value of every open fact, depth first; false where there were too many.
fn explore(question: &impl Question, facts: &Facts, trials: &mut Vec<Trial>) -> bool {
    // A list of its own in place of recursion: the depth is the book's, not ours to trust.
    let mut waiting = vec![(facts.clone(), Vec::new())];
    while let Some((facts, assumed)) = waiting.pop() {
        if trials.len() + waiting.len() > MOST_TRIALS {
            return false;
        }
        let open = question.open(&facts);
        let open = open.filter(|open| assumed.iter().all(|(name, _)| name != open));
        let Some(open) = open else {
            let answer = question.answer(&facts);
            trials.push(Trial { assumed, answer });
            continue;
        };
        // The last pushed is tried first, so values go in backwards.
        for value in cells(open, question, &facts).into_iter().rev() {
            let mut next = facts.clone();
            next.put(open, value.clone());
            let mut assumed = assumed.clone();
            assumed.push((open, value));
            waiting.push((next, assumed));
        }
    }
    true
}

fn same(a: &Trial, b: &Trial) -> bool {
    match (&a.answer, &b.answer) {
        (Some(a), Some(b)) => a.is_same_measure(b),
        (None, None) => true,
        _ => false,
    }
}

/// The answer of a trial without dates that were counted from an assumed day.
fn stripped(trial: &Trial) -> Option<Governed> {
    let mut found = trial.answer.clone()?;
    let day_zero = found.clause.counted_from.map(crate::CountedFrom::fact);
    let assumed = |fact: FactName| trial.assumed.iter().any(|(name, _)| *name == fact);
    if day_zero.is_some_and(assumed) {
        found.counted_from = None;
        found.until = None;
        found.then_until = None;
        found.on_as_of = found.measure;
        found.facts.retain(|(name, _)| Some(*name) != day_zero);
    }
    Some(found)
}

/// The irreducible sets of facts that settle the answer whatever they turn out to be.
///
/// A set settles it if no two trials with different answers could both still be true once its
/// facts are known. Facts are independent of each other, so the smallest such set is one; where
/// the index case's onset is in it, the day of sampling does as well.
fn needs(trials: &[Trial], facts: &Facts) -> Vec<Vec<FactName>> {
    let mut set: Vec<FactName> = Vec::new();
    for (name, _) in trials.iter().flat_map(|trial| &trial.assumed) {
        if !set.contains(name) {
            set.push(*name);
        }
    }
    for name in set.clone().into_iter().rev() {
        let without: Vec<FactName> = set.iter().copied().filter(|fact| *fact != name).collect();
        if settles(trials, &without) {
            set = without;
        }
    }
    let by_sampling = set.contains(&FactName::IndexOnset) && facts.index_sampled.is_none();
    let mut sets = vec![set.clone()];
    if by_sampling {
        let other = |fact: FactName| match fact {
            FactName::IndexOnset => FactName::IndexSampled,
            fact => fact,
        };
        sets.push(set.into_iter().map(other).collect());
    }
    sets
}

fn settles(trials: &[Trial], set: &[FactName]) -> bool {
    trials.iter().enumerate().all(|(index, a)| {
        let later = trials.iter().skip(index + 1);
        later
            .filter(|b| !same(a, b))
            .all(|b| set.iter().any(|fact| apart(*fact, a, b)))
    })
}

/// Whether a fact, once known, rules out one of two trials.
fn apart(fact: FactName, a: &Trial, b: &Trial) -> bool {
    let assumed = |trial: &Trial| {
        let found = trial.assumed.iter().find(|(name, _)| *name == fact);
        found.map(|(_, value)| value.clone())
    };
    matches!((assumed(a), assumed(b)), (Some(a), Some(b)) if a != b)
}
