//! What was ordered is a fact: which pairings run, and which of them may go on.

use std::collections::BTreeMap;

use grid_model::{AsOf, HouseholdId, Ledger, PersonId, words};

use crate::candidates::Judged;
use crate::{FollowUpPolicy, Observed, Pairing, Refusal, Watched};

words! {
    /// Why a standing pairing does not go on.
    pub enum EndedBecause {
        /// The helper is not among the candidates any more.
        NotACandidate = "not_a_candidate",
        /// The helper may not help any more.
        Refused = "refused",
        /// The person's temperature is to be taken by medical staff, which the helper is not.
        NotMedicalStaff = "not_medical_staff",
        /// The helper watches as many as the policy allows already.
        LoadLimit = "load_limit",
    }
}

/// A standing pairing that does not go on for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedPair {
    /// Who was watched.
    pub person: PersonId,
    /// By whom.
    pub helper: PersonId,
    /// Why it does not go on.
    pub because: EndedBecause,
    /// The grounds against the helper, where that is why.
    pub refusals: Vec<Refusal>,
}

/// The pairings that run through the end of a day, by whom they watch.
pub(crate) struct Running<'a> {
    of_person: BTreeMap<PersonId, Vec<&'a Pairing>>,
    of_household: BTreeMap<HouseholdId, Vec<&'a Pairing>>,
}

impl<'a> Running<'a> {
    pub(crate) fn of(pairings: &'a Ledger<Pairing>, as_of: AsOf) -> Self {
        let mut running = Running {
            of_person: BTreeMap::new(),
            of_household: BTreeMap::new(),
        };
        for held in pairings.as_of(as_of) {
            let pairing = held.what;
            if !pairing.runs_through(as_of.end()) {
                continue;
            }
            match pairing.watched {
                Watched::Person(person) => running.of_person.entry(person).or_default(),
                Watched::Household(home) => running.of_household.entry(home).or_default(),
            }
            .push(pairing);
        }
        let lists = running.of_person.values_mut();
        for list in lists.chain(running.of_household.values_mut()) {
            // The longest standing first; who knows the person stays.
            list.sort_by_key(|pairing| (pairing.from, pairing.helper));
        }
        running
    }

    /// The pairings that watch a person: the person's own first, then the household's.
    pub(crate) fn watching(
        &self,
        person: PersonId,
        household: Option<HouseholdId>,
    ) -> impl Iterator<Item = &'a Pairing> + '_ {
        let own = self.of_person.get(&person);
        let home = household.and_then(|home| self.of_household.get(&home));
        own.into_iter().chain(home).flatten().copied()
    }

    /// Every running pairing: those of people, then those of households.
    pub(crate) fn pairings(&self) -> impl Iterator<Item = &'a Pairing> + '_ {
        let people = self.of_person.values();
        people.chain(self.of_household.values()).flatten().copied()
    }
}

/// Which standing pair of each observed person goes on, and the load it leaves the helpers.
pub(crate) struct Kept<'a> {
    /// For each observed person, the pairing kept.
    pub(crate) of_observed: Vec<Option<&'a Pairing>>,
    /// For each candidate, how many people are watched.
    pub(crate) load: Vec<u32>,
    /// The pairs that do not go on.
    pub(crate) ended: Vec<EndedPair>,
}

impl<'a> Kept<'a> {
    pub(crate) fn of(
        running: &Running<'a>,
        observed: &[&Observed],
        judged: &Judged<'_>,
        policy: &FollowUpPolicy,
    ) -> Self {
        let load = judged.candidates.iter().map(|(own, _)| own.load).collect();
        let mut kept = Kept {
            of_observed: Vec::with_capacity(observed.len()),
            load,
            ended: Vec::new(),
        };
        for observed in observed {
            let pairing = kept.first_that_goes_on(running, observed, judged, policy);
            kept.of_observed.push(pairing);
        }
        kept
    }

    fn first_that_goes_on(
        &mut self,
        running: &Running<'a>,
        observed: &Observed,
        judged: &Judged<'_>,
        policy: &FollowUpPolicy,
    ) -> Option<&'a Pairing> {
        for pairing in running.watching(observed.person, observed.household) {
            match self.judge(pairing.helper, observed, judged, policy) {
                Ok(helper) => {
                    self.load[helper] += 1;
                    return Some(pairing);
                }
                Err((because, refusals)) => self.ended.push(EndedPair {
                    person: observed.person,
                    helper: pairing.helper,
                    because,
                    refusals,
                }),
            }
        }
        None
    }

    /// The helper's position, if the pair may go on.
    fn judge(
        &self,
        helper: PersonId,
        observed: &Observed,
        judged: &Judged<'_>,
        policy: &FollowUpPolicy,
    ) -> Result<usize, (EndedBecause, Vec<Refusal>)> {
        let Some(position) = judged.position(helper) else {
            return Err((EndedBecause::NotACandidate, Vec::new()));
        };
        let (candidate, refusals) = &judged.candidates[position];
        // What is not known ends nothing that stands.
        let known = refusals.iter().copied();
        let known: Vec<Refusal> = known.filter(|one| *one != Refusal::AgeNotKnown).collect();
        if !known.is_empty() {
            return Err((EndedBecause::Refused, known));
        }
        if observed.needs_medical_staff && !candidate.is_medical_staff() {
            return Err((EndedBecause::NotMedicalStaff, Vec::new()));
        }
        if self.load[position] >= policy.load_limit {
            return Err((EndedBecause::LoadLimit, Vec::new()));
        }
        Ok(position)
    }
}
