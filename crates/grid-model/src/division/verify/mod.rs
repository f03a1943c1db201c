//! Checks a plan against its question, without trusting the search: nothing here is shared with it.

mod flaw;
mod staff;

use std::collections::{BTreeMap, BTreeSet};

pub use self::flaw::PlanFlaw;
use self::staff::StaffCheck;
use super::{DivisionQuestion, GridPlan, PlannedGrid, Quality, StandingGrid, Territory};
use crate::{AreaId, Role, Snapshot};

impl GridPlan {
    /// Checks the plan: every place in exactly one grid; every grid hanging together and within
    /// the bounds; a lead and a doctor for each, within load; figures as counted; and by the
    /// proofs, that no choice of people for these grids travels less. That no other grids were
    /// better is stated by [`GridPlan::bound`] and not checked.
    ///
    /// `standing` is what the plan was re-divided from, in the same order; empty for a new plan.
    /// Costs a shortest-way search for every candidate.
    ///
    /// # Errors
    /// The first flaw found.
    pub fn verify(
        &self,
        question: &DivisionQuestion<'_>,
        standing: &[StandingGrid],
    ) -> Result<(), PlanFlaw> {
        let positions = self.positions(question)?;
        for (number, (grid, places)) in self.grids.iter().zip(&positions).enumerate() {
            hangs_together(question.territory, number, places)?;
            within_bounds(question, number, grid, places)?;
        }
        self.check_quality(question, &positions, standing)?;
        let roles = [
            (Role::GridLead, question.leads, &self.lead_proof),
            (Role::Doctor, question.doctors, &self.doctor_proof),
        ];
        for (role, candidates, proof) in roles {
            let check = StaffCheck {
                role,
                question,
                grids: &self.grids,
                positions: &positions,
                standing,
            };
            check.holds(candidates, proof)?;
        }
        Ok(())
    }

    /// Checks that every dwelling held stands in an area that a grid answers for: its own, or one
    /// it lies in.
    ///
    /// # Errors
    /// The first household that does not, in the order of keys.
    pub fn verify_households(&self, town: &Snapshot<'_>) -> Result<(), PlanFlaw> {
        let answered: BTreeSet<AreaId> = self
            .grids
            .iter()
            .flat_map(|grid| grid.areas.iter().copied())
            .collect();
        for (household, dwelling) in town.households() {
            let mut upwards = town.township.areas().upwards(dwelling.area);
            if !upwards.any(|area| answered.contains(&area)) {
                return Err(PlanFlaw::HouseholdMissed {
                    household,
                    area: dwelling.area,
                });
            }
        }
        Ok(())
    }

    /// For every grid the positions of its places, each place having been found exactly once.
    fn positions(&self, question: &DivisionQuestion<'_>) -> Result<Vec<Vec<usize>>, PlanFlaw> {
        let territory = question.territory;
        let asked = question.balance.grids();
        if u32::try_from(self.grids.len()) != Ok(asked) {
            return Err(PlanFlaw::GridCount {
                found: self.grids.len(),
                asked,
            });
        }
        let mut grid_of: BTreeMap<AreaId, usize> = BTreeMap::new();
        let mut positions = Vec::with_capacity(self.grids.len());
        for (number, grid) in self.grids.iter().enumerate() {
            let mut own = Vec::with_capacity(grid.areas.len());
            for &area in &grid.areas {
                own.push(
                    territory
                        .position(area)
                        .ok_or(PlanFlaw::Elsewhere { grid: number, area })?,
                );
                if let Some(first) = grid_of.insert(area, number) {
                    return Err(PlanFlaw::InTwo {
                        area,
                        first,
                        second: number,
                    });
                }
            }
            positions.push(own);
        }
        match territory
            .places()
            .iter()
            .find(|place| !grid_of.contains_key(&place.area))
        {
            Some(place) => Err(PlanFlaw::Uncovered { area: place.area }),
            None => Ok(positions),
        }
    }

    fn check_quality(
        &self,
        question: &DivisionQuestion<'_>,
        positions: &[Vec<usize>],
        standing: &[StandingGrid],
    ) -> Result<(), PlanFlaw> {
        let territory = question.territory;
        let households: u64 = territory
            .places()
            .iter()
            .map(|place| u64::from(place.households))
            .sum();
        let share = i128::from(households / u64::from(question.balance.grids()));
        let mut counted = Quality {
            moved: self.moved(question.territory, standing)?,
            ..Quality::default()
        };
        for places in positions {
            let villages: BTreeSet<_> = places
                .iter()
                .map(|&place| territory.places()[place].village)
                .collect();
            counted.crossings += villages.len() as u64 - 1;
            let over = i128::from(sum(territory, places)) - share;
            counted.imbalance += (over * (over - 1)).unsigned_abs();
        }
        let bound = self.bound;
        let is_over = counted.moved >= bound.moved
            && counted.crossings >= bound.crossings
            && counted.imbalance >= bound.imbalance;
        if counted == self.quality && is_over && (!self.exact || bound == counted) {
            Ok(())
        } else {
            Err(PlanFlaw::WrongQuality {
                given: self.quality,
                bound,
                counted,
            })
        }
    }

    /// Households that were in a standing grid and are in one that is not its continuation.
    fn moved(&self, territory: &Territory, standing: &[StandingGrid]) -> Result<u64, PlanFlaw> {
        let mut goes_on_in: BTreeMap<usize, usize> = BTreeMap::new();
        for (grid, planned) in self.grids.iter().enumerate() {
            let Some(before) = planned.goes_on.map(|before| before as usize) else {
                continue;
            };
            if before >= standing.len() || goes_on_in.insert(before, grid).is_some() {
                return Err(PlanFlaw::GoesOnWrongly {
                    grid,
                    standing: before,
                });
            }
        }
        let mut was_in: BTreeMap<AreaId, usize> = BTreeMap::new();
        for (before, grid) in standing.iter().enumerate() {
            for &area in &grid.areas {
                was_in.entry(area).or_insert(before);
            }
        }
        let mut moved = 0;
        for (grid, planned) in self.grids.iter().enumerate() {
            for area in &planned.areas {
                let before = was_in.get(area);
                if before.is_some_and(|before| goes_on_in.get(before) != Some(&grid)) {
                    let place = territory
                        .position(*area)
                        .and_then(|place| territory.places().get(place));
                    moved += place.map_or(0, |place| u64::from(place.households));
                }
            }
        }
        Ok(moved)
    }
}

fn sum(territory: &Territory, places: &[usize]) -> u64 {
    places
        .iter()
        .map(|&place| u64::from(territory.places()[place].households))
        .sum()
}

fn hangs_together(territory: &Territory, grid: usize, places: &[usize]) -> Result<(), PlanFlaw> {
    let Some(&first) = places.first() else {
        return Err(PlanFlaw::Empty { grid });
    };
    let mut unreached: BTreeSet<usize> = places.iter().copied().collect();
    unreached.remove(&first);
    let mut open = vec![first];
    while let Some(at) = open.pop() {
        open.extend(
            territory
                .ways(at)
                .iter()
                .map(|way| way.0)
                .filter(|to| unreached.remove(to)),
        );
    }
    let area = |place: usize| territory.places()[place].area;
    match unreached.first() {
        Some(&apart) => Err(PlanFlaw::Apart {
            grid,
            first: area(first),
            area: area(apart),
        }),
        None => Ok(()),
    }
}

fn within_bounds(
    question: &DivisionQuestion<'_>,
    number: usize,
    grid: &PlannedGrid,
    places: &[usize],
) -> Result<(), PlanFlaw> {
    let (least, most) = (question.balance.least(), question.balance.most());
    let households = sum(question.territory, places);
    if households < u64::from(least) || households > u64::from(most) {
        return Err(PlanFlaw::OutsideBounds {
            grid: number,
            households,
            least,
            most,
        });
    }
    right("households", number, grid.households, households)
}

fn right(what: &'static str, grid: usize, given: u64, counted: u64) -> Result<(), PlanFlaw> {
    if given == counted {
        Ok(())
    } else {
        Err(PlanFlaw::WrongFigure {
            what,
            grid,
            given,
            counted,
        })
    }
}
