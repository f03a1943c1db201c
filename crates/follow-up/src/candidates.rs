//! Who may help: helpers must not become contacts.

use grid_model::{AreaId, HouseholdId, PersonId, Role, words};

use crate::FollowUpPolicy;

/// A person who could watch others, as the room is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// In what role; of several, `doctor` where it is one of them.
    pub role: Role,
    /// The age in full years.
    pub age: Option<i32>,
    /// Whether the person agreed to help.
    pub consents: bool,
    /// Whether the person is pregnant.
    pub is_pregnant: bool,
    /// Whether the person is chronically ill.
    pub is_chronically_ill: bool,
    /// Of which household.
    pub household: Option<HouseholdId>,
    /// In which natural village.
    pub natural_village: Option<AreaId>,
    /// In which community.
    pub community: Option<AreaId>,
    /// Whether the person is under observation.
    pub is_observed: bool,
    /// Whether someone of the person's household is.
    pub lives_with_observed: bool,
    /// Whether the person's last temperature is at or over the fever threshold.
    pub has_fever: bool,
    /// Whether the person serves frail households on the same round.
    pub serves_frail_households: bool,
    /// How many people the person watches besides the pairings of this township.
    pub load: u32,
}

words! {
    /// Why a candidate may not help.
    pub enum Refusal {
        /// Someone of this person's key stands before in the list.
        GivenTwice = "given_twice",
        /// The age is not known. It bars a new pairing and ends no standing one.
        AgeNotKnown = "age_not_known",
        /// Not old enough.
        TooYoung = "too_young",
        /// Too old.
        TooOld = "too_old",
        /// Did not agree.
        NotConsenting = "not_consenting",
        /// Pregnant.
        Pregnant = "pregnant",
        /// Chronically ill.
        ChronicallyIll = "chronically_ill",
        /// Under observation.
        UnderObservation = "under_observation",
        /// Lives with someone under observation.
        LivesWithObserved = "lives_with_observed",
        /// At or over the fever threshold.
        Fever = "fever",
        /// Serves frail households on the same round.
        ServesFrailHouseholds = "serves_frail_households",
    }
}

impl Candidate {
    /// Whether the candidate takes the temperature of close contacts.
    pub fn is_medical_staff(&self) -> bool {
        self.role == Role::Doctor
    }

    /// Every ground on which the candidate may not help; none where the candidate may.
    pub fn refusals(&self, policy: &FollowUpPolicy) -> Vec<Refusal> {
        let age = self.age.map(i64::from);
        let grounds = [
            (age.is_none(), Refusal::AgeNotKnown),
            (
                age.is_some_and(|age| age <= i64::from(policy.older_than_years)),
                Refusal::TooYoung,
            ),
            (
                age.is_some_and(|age| age >= i64::from(policy.younger_than_years)),
                Refusal::TooOld,
            ),
            (!self.consents, Refusal::NotConsenting),
            (self.is_pregnant, Refusal::Pregnant),
            (self.is_chronically_ill, Refusal::ChronicallyIll),
            (self.is_observed, Refusal::UnderObservation),
            (self.lives_with_observed, Refusal::LivesWithObserved),
            (self.has_fever, Refusal::Fever),
            (self.serves_frail_households, Refusal::ServesFrailHouseholds),
        ];
        let named = grounds.into_iter().filter(|(applies, _)| *applies);
        named.map(|(_, refusal)| refusal).collect()
    }
}

/// A candidate who may not help, with every ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedCandidate {
    /// Who.
    pub person: PersonId,
    /// Why not, never empty.
    pub refusals: Vec<Refusal>,
}

/// Candidates in order of key, each once, with the grounds against each.
pub(crate) struct Judged<'a> {
    pub(crate) candidates: Vec<(&'a Candidate, Vec<Refusal>)>,
    twice: Vec<RefusedCandidate>,
}

impl<'a> Judged<'a> {
    pub(crate) fn of(candidates: &'a [Candidate], policy: &FollowUpPolicy) -> Self {
        let mut sorted: Vec<&Candidate> = candidates.iter().collect();
        sorted.sort_unstable();
        let mut judged: Vec<(&Candidate, Vec<Refusal>)> = Vec::with_capacity(sorted.len());
        let mut twice = Vec::new();
        for candidate in sorted {
            match judged.last() {
                Some((last, _)) if last.person == candidate.person => {
                    twice.push(RefusedCandidate {
                        person: candidate.person,
                        refusals: vec![Refusal::GivenTwice],
                    });
                }
                _ => judged.push((candidate, candidate.refusals(policy))),
            }
        }
        Judged {
            candidates: judged,
            twice,
        }
    }

    pub(crate) fn position(&self, person: PersonId) -> Option<usize> {
        let found = self
            .candidates
            .binary_search_by_key(&person, |(candidate, _)| candidate.person);
        found.ok()
    }

    /// Those who may not help, in order of key.
    pub(crate) fn refused(self) -> Vec<RefusedCandidate> {
        let barred = self
            .candidates
            .into_iter()
            .filter(|(_, refusals)| !refusals.is_empty());
        let mut refused: Vec<RefusedCandidate> = barred
            .map(|(candidate, refusals)| RefusedCandidate {
                person: candidate.person,
                refusals,
            })
            .chain(self.twice)
            .collect();
        refused.sort_by_key(|refused| refused.person);
        refused
    }
}
