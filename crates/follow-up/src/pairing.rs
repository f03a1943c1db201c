//! Who watches whom: standing pairs kept, the rest given the nearest helper.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger, PersonId, words};
use min_cost_flow::{Flaw, NetworkErrors, Optimum};

use crate::candidates::Judged;
use crate::nearest::{Place, Room, Waiting, nearest, proven};
use crate::standing_pairs::{Kept, Running};
use crate::{Candidate, EndedPair, FollowUpPolicy, Observed, Pairing, RefusedCandidate, Watched};

/// What a plan of pairings is made from.
#[derive(Clone, Copy, Debug)]
pub struct PairingQuestion<'a> {
    /// Who is or was under home observation; only who is at the end of the day is paired.
    pub observed: &'a [Observed],
    /// Who could help.
    pub candidates: &'a [Candidate],
    /// The pairings recorded.
    pub pairings: &'a Ledger<Pairing>,
    /// The rules.
    pub policy: &'a FollowUpPolicy,
    /// Of which day.
    pub as_of: AsOf,
}

words! {
    /// How near a helper lives.
    pub enum Nearness {
        /// In the same natural village.
        SameVillage = "same_village",
        /// In the same community.
        SameCommunity = "same_community",
        /// Farther, or nobody knows.
        Farther = "farther",
    }
}

words! {
    /// Why someone has no helper.
    pub enum UnpairedBecause {
        /// Nobody may help: see the refused candidates.
        NobodyMayHelp = "nobody_may_help",
        /// The temperature is to be taken by medical staff, and no doctor may help.
        NoMedicalStaff = "no_medical_staff",
        /// All who may help watch as many as the policy allows.
        LoadLimit = "load_limit",
    }
}

/// A person and the helper who watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Who is watched.
    pub person: PersonId,
    /// By whom.
    pub helper: PersonId,
    /// How near the helper lives.
    pub nearness: Nearness,
    /// The pairing by which the pair stands; nothing where this plan proposes it.
    pub standing: Option<Pairing>,
}

/// A person without a helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpaired {
    /// Who.
    pub person: PersonId,
    /// Why.
    pub because: UnpairedBecause,
}

/// Who watches whom at the end of a day, and who is to watch whom from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairingPlan {
    /// Everyone who has a helper or is proposed one, in the order of keys.
    pub pairs: Vec<Pair>,
    /// Everyone for whom there is none.
    pub unpaired: Vec<Unpaired>,
    /// Standing pairs that do not go on, with the reason.
    pub ended: Vec<EndedPair>,
    /// Running pairings of whom or where nobody is observed any more, in order.
    pub no_longer_needed: Vec<Pairing>,
    /// Candidates who may not help, with every ground.
    pub refused: Vec<RefusedCandidate>,
    proofs: [Option<Optimum>; 2],
}

/// Pairs everyone under home observation at the end of the day with one helper.
///
/// Standing pairs go on where they are still allowed. Of the others, those whose temperature is
/// to be taken by medical staff come first and are given doctors; then everyone else, and a
/// doctor only where nobody else has room. In both turns the most people are paired, then as
/// many as can be inside their natural village, then inside their community: an exact optimum
/// over all pairs, by a network that grows with people plus helpers.
///
/// # Errors
/// [`NetworkErrors`] where there are more people and helpers than a network can number.
pub fn pair(question: PairingQuestion<'_>) -> Result<PairingPlan, NetworkErrors> {
    let start = Start::of(question);
    let mut assigned = Assigned::none(&start);
    let mut proofs = [None, None];
    for (turn, proof) in TURNS.into_iter().zip(&mut proofs) {
        let (people, helpers) = start.turn(turn, &assigned.load, question.policy);
        let found = nearest(&people.waiting, &helpers.rooms)?;
        assigned.take(&people, &helpers, &found.of_person);
        *proof = found.proof;
    }
    Ok(start.plan(&assigned.helper_of, proofs))
}

impl PairingPlan {
    /// How many people have no standing pairing that goes on: those proposed a helper today, and
    /// those for whom there is none.
    pub fn without_standing(&self) -> usize {
        let proposed = self.pairs.iter().filter(|pair| pair.standing.is_none());
        proposed.count() + self.unpaired.len()
    }

    /// The pairings to record, to begin with the day of the plan: each for as long as the
    /// observation lasts, of several the longest.
    pub fn proposed(&self, observed: &[Observed], as_of: AsOf) -> Vec<Pairing> {
        let mut last: BTreeMap<PersonId, NaiveDateTime> = BTreeMap::new();
        for one in observed.iter().filter(|one| one.is_observed(as_of)) {
            // No end is set: the pairing has none either.
            let until = one.until.unwrap_or(NaiveDateTime::MAX);
            let kept = last.entry(one.person).or_insert(until);
            *kept = (*kept).max(until);
        }
        let until = |person| last.get(&person).copied();
        let new = self.pairs.iter().filter(|pair| pair.standing.is_none());
        new.map(|pair| Pairing {
            watched: Watched::Person(pair.person),
            helper: pair.helper,
            from: as_of.start(),
            until: until(pair.person).filter(|until| *until < NaiveDateTime::MAX),
        })
        .collect()
    }

    /// Checks by its proofs that no plan for the same question pairs more people or goes less
    /// far, without solving again.
    ///
    /// # Errors
    /// The first flaw found; a proof of another question does not fit its network.
    pub fn verify(&self, question: PairingQuestion<'_>) -> Result<(), Flaw> {
        let start = Start::of(question);
        let mut assigned = Assigned::none(&start);
        for (turn, proof) in TURNS.into_iter().zip(&self.proofs) {
            let (people, helpers) = start.turn(turn, &assigned.load, question.policy);
            let found = match proof {
                Some(proof) => proven(&people.waiting, &helpers.rooms, proof)?,
                None => return Err(other_plan(self)),
            };
            assigned.take(&people, &helpers, &found);
        }
        let proven = start.plan(&assigned.helper_of, self.proofs.clone());
        if proven == *self {
            Ok(())
        } else {
            Err(other_plan(self))
        }
    }
}

fn other_plan(plan: &PairingPlan) -> Flaw {
    Flaw::OtherNetwork {
        what: "pairs",
        found: plan.pairs.len(),
        expected: plan.pairs.len() + plan.unpaired.len(),
    }
}

/// How many distinct helpers were ever paired by the end of a day.
pub fn supervisors_paired(pairings: &Ledger<Pairing>, as_of: AsOf) -> usize {
    let begun = pairings
        .as_of(as_of)
        .filter(|held| as_of.has_happened(held.what.from));
    let helpers: BTreeSet<PersonId> = begun.map(|held| held.what.helper).collect();
    helpers.len()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Medical,
    Everyone,
}

const TURNS: [Turn; 2] = [Turn::Medical, Turn::Everyone];

/// What the turns so far have given: a helper for an observed person, a load for a candidate.
struct Assigned {
    helper_of: Vec<Option<usize>>,
    load: Vec<u32>,
}

impl Assigned {
    fn none(start: &Start<'_>) -> Self {
        Assigned {
            helper_of: vec![None; start.observed.len()],
            load: start.kept.load.clone(),
        }
    }

    fn take(&mut self, people: &People, helpers: &Helpers, found: &[Option<usize>]) {
        for (&person, helper) in people.positions.iter().zip(found) {
            if let Some(helper) = helper.map(|helper| helpers.positions[helper]) {
                self.helper_of[person] = Some(helper);
                self.load[helper] += 1;
            }
        }
    }
}

/// Those without a helper yet, by their positions among the observed.
struct People {
    positions: Vec<usize>,
    waiting: Vec<Waiting>,
}

struct Helpers {
    positions: Vec<usize>,
    rooms: Vec<Room>,
}

/// A question sorted: who is observed, who may help, which pairs stand.
struct Start<'a> {
    observed: Vec<&'a Observed>,
    judged: Judged<'a>,
    kept: Kept<'a>,
    no_longer_needed: Vec<Pairing>,
}

impl<'a> Start<'a> {
    fn of(question: PairingQuestion<'a>) -> Self {
        let mut observed: Vec<&Observed> = question.observed.iter().collect();
        observed.retain(|one| one.is_observed(question.as_of));
        observed.sort_unstable();
        observed.dedup_by_key(|one| one.person);
        let judged = Judged::of(question.candidates, question.policy);
        let running = Running::of(question.pairings, question.as_of);
        let kept = Kept::of(&running, &observed, &judged, question.policy);
        let people: BTreeSet<_> = observed.iter().map(|one| one.person).collect();
        let homes: BTreeSet<_> = observed.iter().filter_map(|one| one.household).collect();
        let idle = running.pairings().filter(|pairing| match pairing.watched {
            Watched::Person(person) => !people.contains(&person),
            Watched::Household(home) => !homes.contains(&home),
        });
        Start {
            no_longer_needed: idle.cloned().collect(),
            observed,
            judged,
            kept,
        }
    }

    /// Who is still without a helper in a turn, and who has room.
    fn turn(&self, turn: Turn, load: &[u32], policy: &FollowUpPolicy) -> (People, Helpers) {
        let medical = turn == Turn::Medical;
        let positions: Vec<usize> = (0..self.observed.len())
            .filter(|&index| self.kept.of_observed[index].is_none())
            .filter(|&index| self.observed[index].needs_medical_staff == medical)
            .collect();
        let waiting = positions.iter().map(|&index| Waiting {
            place: self.observed[index].place(),
            household: self.observed[index].household,
        });
        let mut helpers = Helpers {
            positions: Vec::new(),
            rooms: Vec::new(),
        };
        for (index, (candidate, refusals)) in self.judged.candidates.iter().enumerate() {
            let room = policy.load_limit.saturating_sub(load[index]);
            let fits = candidate.is_medical_staff() || !medical;
            if refusals.is_empty() && room > 0 && fits {
                helpers.positions.push(index);
                helpers.rooms.push(Room {
                    place: candidate.place(),
                    room,
                    is_last_resort: candidate.is_medical_staff(),
                });
            }
        }
        let waiting = waiting.collect();
        (People { positions, waiting }, helpers)
    }

    fn plan(self, helper_of: &[Option<usize>], proofs: [Option<Optimum>; 2]) -> PairingPlan {
        let mut pairs = Vec::new();
        let mut unpaired = Vec::new();
        for (index, observed) in self.observed.iter().enumerate() {
            let standing = self.kept.of_observed[index];
            let helper = match standing {
                Some(pairing) => self.judged.position(pairing.helper),
                None => helper_of[index],
            };
            let Some(helper) = helper else {
                unpaired.push(Unpaired {
                    person: observed.person,
                    because: self.why_unpaired(observed),
                });
                continue;
            };
            let (helper, _) = &self.judged.candidates[helper];
            pairs.push(Pair {
                person: observed.person,
                helper: helper.person,
                nearness: observed.place().nearness(helper.place()),
                standing: standing.cloned(),
            });
        }
        PairingPlan {
            pairs,
            unpaired,
            ended: self.kept.ended,
            no_longer_needed: self.no_longer_needed,
            refused: self.judged.refused(),
            proofs,
        }
    }

    fn why_unpaired(&self, observed: &Observed) -> UnpairedBecause {
        let mut may_help = self.judged.candidates.iter().filter(|one| one.1.is_empty());
        if !observed.needs_medical_staff {
            return match may_help.next() {
                Some(_) => UnpairedBecause::LoadLimit,
                None => UnpairedBecause::NobodyMayHelp,
            };
        }
        match may_help.find(|(one, _)| one.is_medical_staff()) {
            Some(_) => UnpairedBecause::LoadLimit,
            None => UnpairedBecause::NoMedicalStaff,
        }
    }
}

impl Observed {
    fn place(&self) -> Place {
        Place {
            community: self.community,
            natural_village: self.natural_village,
        }
    }
}

impl Candidate {
    fn place(&self) -> Place {
        Place {
            community: self.community,
            natural_village: self.natural_village,
        }
    }
}

impl Place {
    fn nearness(self, other: Place) -> Nearness {
        let same = |own: Option<_>, other| own.is_some() && own == other;
        if same(self.natural_village, other.natural_village) {
            Nearness::SameVillage
        } else if same(self.community, other.community) {
            Nearness::SameCommunity
        } else {
            Nearness::Farther
        }
    }
}
