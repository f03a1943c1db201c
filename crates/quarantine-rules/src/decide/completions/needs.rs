//! Which of the unknown facts an answer hangs on.

use super::trials::{Trial, same};
use crate::{FactName, Facts};

/// The irreducible sets of facts that settle the answer whatever they turn out to be.
///
/// A set settles it if no two trials with different answers could both still be true once its
/// facts are known. Facts are independent of each other, so the smallest such set is one; where
/// the index case's onset is in it, the day of sampling does as well.
pub(super) fn needs(trials: &[Trial], facts: &Facts) -> Vec<Vec<FactName>> {
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
pub(super) fn all_assumed(trials: &[Trial]) -> Vec<FactName> {
    let mut set: Vec<FactName> = Vec::new();
    for (name, _) in trials.iter().flat_map(|trial| &trial.assumed) {
        if !set.contains(name) {
            set.push(*name);
        }
    }
    set
}

/// The set, and the one with the day of sampling in place of the index case's onset.
pub(super) fn or_by_sampling(set: Vec<FactName>, facts: &Facts) -> Vec<Vec<FactName>> {
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
