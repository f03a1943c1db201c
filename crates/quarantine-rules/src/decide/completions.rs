//! What an answer hangs on, by trying every value an unknown fact could still have.
//!
//! The tree of trials branches on the first unknown fact that matters, in the order of
//! precedence, so that facts which cannot change the answer are never asked. Days and numbers stand
//! for all others on the same side of every bound a clause names, lists of tests for all others that
//! meet the same terms and let a measure end no earlier and no later.

mod cells;
mod test_lists;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use self::cells::{cells, tests_asked};
use super::count::{DayZero, day_zero};
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
/// Of people drawn for the shipped books, one in two hundred of those whose answer is open needs
/// more, people of whom next to nothing is known; the bound keeps a book made to be difficult from
/// holding up a day.
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
    let ways = every_way(question, facts);
    let trials = ways.as_ref().map(|ways| &ways.trials);
    let alike = |trials: &&Vec<Trial>| trials.iter().skip(1).all(|trial| same(trial, &trials[0]));
    if let Some(trials) = trials.filter(alike) {
        return settled(in_every_way(question, facts, trials));
    }
    let could_be = distinct(match trials {
        Some(trials) => trials.iter().filter_map(stripped).collect(),
        None => unrefuted(question, facts),
    });
    let Some(strictest) = strictest(&could_be).map(Box::new) else {
        return Decision::NoRule;
    };
    let no_rule = |trials: &Vec<Trial>| trials.iter().any(|trial| trial.answer.is_none());
    let of_one_fact = ways.as_ref().is_some_and(|ways| ways.of_one_fact);
    Decision::Undetermined(Undetermined {
        could_be_no_rule: trials.is_none_or(no_rule),
        strictest,
        needs: match trials {
            Some(trials) if of_one_fact => needs(trials, facts),
            Some(trials) => or_by_sampling(all_assumed(trials), facts),
            None => vec![all_unknown(question, facts)],
        },
        irreducible: of_one_fact,
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

/// Of what is equally strict on the day asked and lasts until a day nobody knows yet, what is counted
/// in more days; of that, what comes first.
fn strictest(could_be: &[Governed]) -> Option<Governed> {
    let lasts = |found: &&Governed| found.clause.days.unwrap_or(u16::MAX);
    let by_strictness = |found: &&Governed| (found.strictness(), lasts(found));
    could_be.iter().rev().max_by_key(by_strictness).cloned()
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

/// Every way the unknown facts could be.
struct Ways {
    trials: Vec<Trial>,
    /// Whether it can be seen what one fact changes while the others stay as they are: whether its
    /// values were tried with the same values of the others.
    of_one_fact: bool,
}

/// Every way the unknown facts could be; `None` where there are too many.
///
/// Which values stand for all others can hang on what is assumed of other facts. All are then tried
/// again under every assumption, unless that is too many.
fn every_way(question: &impl Question, facts: &Facts) -> Option<Ways> {
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
    let mut set = all_assumed(trials);
    for name in set.clone().into_iter().rev() {
        let without: Vec<FactName> = set.iter().copied().filter(|fact| *fact != name).collect();
        if settles(trials, &without) {
            set = without;
        }
    }
    or_by_sampling(set, facts)
}

/// Every fact that was open, in the order found.
fn all_assumed(trials: &[Trial]) -> Vec<FactName> {
    let mut set: Vec<FactName> = Vec::new();
    for (name, _) in trials.iter().flat_map(|trial| &trial.assumed) {
        if !set.contains(name) {
            set.push(*name);
        }
    }
    set
}

/// The set, and the one with the day of sampling in place of the index case's onset.
fn or_by_sampling(set: Vec<FactName>, facts: &Facts) -> Vec<Vec<FactName>> {
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
