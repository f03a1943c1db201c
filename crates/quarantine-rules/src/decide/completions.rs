//! What an answer hangs on, by trying every value an unknown fact could still have.
//!
//! The tree of trials branches on the first unknown fact that matters, in the order of
//! precedence, so that facts which cannot change the answer are never asked. Days and numbers stand
//! for all others on the same side of every bound a clause names, lists of tests for all others that
//! meet the same terms and let a measure end no earlier and no later.

mod cells;
mod needs;
mod test_lists;
mod trials;

use std::sync::Arc;

use chrono::NaiveDate;

use self::needs::{all_assumed, needs, or_by_sampling};
use self::trials::{Trial, every_way, same};
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
