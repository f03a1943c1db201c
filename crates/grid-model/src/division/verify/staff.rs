//! Checks the leads of a plan, or its doctors, and the proof that they travel the least.

use std::collections::{BTreeMap, VecDeque};

use super::{PlanFlaw, right};
use crate::division::{
    Candidate, DivisionQuestion, PlannedGrid, StaffingProof, StandingGrid, Territory,
};
use crate::{AreaId, PersonId, Role};

/// One role's people in a plan.
pub(super) struct StaffCheck<'a> {
    pub(super) role: Role,
    pub(super) question: &'a DivisionQuestion<'a>,
    pub(super) grids: &'a [PlannedGrid],
    pub(super) positions: &'a [Vec<usize>],
    pub(super) standing: &'a [StandingGrid],
}

impl StaffCheck<'_> {
    /// Everyone serving is a candidate, within load, and the proof shows that nobody could travel
    /// less.
    pub(super) fn holds(
        &self,
        candidates: &[Candidate],
        proof: &StaffingProof,
    ) -> Result<(), PlanFlaw> {
        let mut may: BTreeMap<PersonId, Candidate> = BTreeMap::new();
        for &candidate in candidates {
            let kept = may.entry(candidate.person).or_insert(candidate);
            *kept = candidate.min(*kept);
        }
        let mut load: BTreeMap<PersonId, u32> = BTreeMap::new();
        for (grid, planned) in self.grids.iter().enumerate() {
            let (person, _) = self.serving(planned);
            if !may.contains_key(&person) {
                return Err(PlanFlaw::NoCandidate {
                    grid,
                    role: self.role,
                    person,
                });
            }
            *load.entry(person).or_default() += 1;
        }
        for (&person, &grids) in &load {
            let most = may[&person].most_grids;
            if grids > most {
                return Err(PlanFlaw::Overloaded {
                    role: self.role,
                    person,
                    grids,
                    most,
                });
            }
        }
        self.is_least(&may, &load, proof)
    }

    fn serving(&self, grid: &PlannedGrid) -> (PersonId, u64) {
        match self.role {
            Role::Doctor => (grid.doctor, grid.doctor_travel),
            _ => (grid.lead, grid.lead_travel),
        }
    }

    /// Whom a grid had before.
    fn before(&self, grid: usize) -> Option<PersonId> {
        let standing = self.standing.get(self.grids[grid].goes_on? as usize)?;
        match self.role {
            Role::Doctor => standing.doctor,
            _ => standing.lead,
        }
    }

    /// No grid's price is over anyone's travel and rent, the serving one's is equal, and rent is
    /// paid only to who can take no more: then the prices less the rents are what any choice costs
    /// at least, and what this one costs.
    fn is_least(
        &self,
        may: &BTreeMap<PersonId, Candidate>,
        load: &BTreeMap<PersonId, u32>,
        proof: &StaffingProof,
    ) -> Result<(), PlanFlaw> {
        let rents = self.rents(may, load, proof)?;
        let mut longest = vec![0u128; self.grids.len()];
        for (&person, candidate) in may.iter().filter(|(_, one)| one.most_grids > 0) {
            let minutes = shortest(self.question.territory, candidate.from);
            let rent = i128::from(rents.get(&person).copied().unwrap_or(0));
            for (grid, longest) in longest.iter_mut().enumerate() {
                let travel = self.travel(grid, &minutes);
                self.price_holds(grid, person, travel, rent, proof)?;
                *longest = travel.unwrap_or(0).max(*longest);
            }
        }
        // Changes outweigh travel only if one weighs more than all travel there can be.
        let all: u128 = longest.iter().sum();
        let has_before = (0..self.grids.len()).any(|grid| self.before(grid).is_some());
        let outweighs = u128::try_from(proof.change_weight).is_ok_and(|weight| weight > all);
        if if has_before {
            outweighs
        } else {
            proof.change_weight == 0
        } {
            Ok(())
        } else {
            Err(PlanFlaw::OtherProof { role: self.role })
        }
    }

    /// The rents of a proof that is of as many grids, each of somebody who can take no more.
    fn rents(
        &self,
        may: &BTreeMap<PersonId, Candidate>,
        load: &BTreeMap<PersonId, u32>,
        proof: &StaffingProof,
    ) -> Result<BTreeMap<PersonId, i64>, PlanFlaw> {
        let rents: BTreeMap<PersonId, i64> = proof.rents.iter().copied().collect();
        let is_full = |person| {
            let most = may.get(person).map(|one| one.most_grids);
            most.is_some() && most == load.get(person).copied()
        };
        let are_due = rents
            .iter()
            .all(|(person, rent)| *rent >= 0 && is_full(person));
        if are_due && proof.prices.len() == self.grids.len() && rents.len() == proof.rents.len() {
            Ok(rents)
        } else {
            Err(PlanFlaw::OtherProof { role: self.role })
        }
    }

    /// Whether a grid's price is not over what a person would come to, and just that where the
    /// person serves.
    fn price_holds(
        &self,
        grid: usize,
        person: PersonId,
        travel: Option<u128>,
        rent: i128,
        proof: &StaffingProof,
    ) -> Result<(), PlanFlaw> {
        let (serving, given) = self.serving(&self.grids[grid]);
        let Some(travel) = travel else {
            return if serving == person {
                Err(PlanFlaw::OutOfReach { grid, person })
            } else {
                Ok(())
            };
        };
        let least = self.weighed(grid, person, travel, proof.change_weight) + rent;
        let price = i128::from(proof.prices[grid]);
        if price > least || (serving == person && price != least) {
            return Err(PlanFlaw::NotLeast {
                role: self.role,
                grid,
                person,
            });
        }
        if serving == person {
            right(
                "travel",
                grid,
                given,
                u64::try_from(travel).unwrap_or(u64::MAX),
            )?;
        }
        Ok(())
    }

    /// Travel, and what the change of people weighs.
    fn weighed(&self, grid: usize, person: PersonId, travel: u128, change_weight: i64) -> i128 {
        let is_new = self.before(grid).is_some_and(|before| before != person);
        let change = if is_new {
            self.grids[grid].households.max(1)
        } else {
            0
        };
        let travel = i128::try_from(travel).unwrap_or(i128::MAX / 4);
        travel + i128::from(change) * i128::from(change_weight)
    }

    fn travel(&self, grid: usize, minutes: &[Option<u64>]) -> Option<u128> {
        let places = self.positions[grid].iter().map(|&place| {
            let households = u128::from(self.question.territory.places()[place].households);
            Some(households * u128::from(minutes[place]?))
        });
        places.sum()
    }
}

/// The shortest way to every place by correcting what is known until nothing changes (Bellman,
/// "On a routing problem", Quarterly of Applied Mathematics 16 (1958), 87–90).
fn shortest(territory: &Territory, from: AreaId) -> Vec<Option<u64>> {
    let mut known: Vec<Option<u64>> = vec![None; territory.places().len()];
    let mut open = VecDeque::new();
    if let Some(from) = territory.position(from) {
        known[from] = Some(0);
        open.push_back(from);
    }
    while let Some(at) = open.pop_front() {
        let Some(so_far) = known[at] else {
            continue;
        };
        for &(to, way) in territory.ways(at) {
            let there = so_far.saturating_add(u64::from(way));
            if known[to].is_none_or(|known| there < known) {
                known[to] = Some(there);
                open.push_back(to);
            }
        }
    }
    known
}
