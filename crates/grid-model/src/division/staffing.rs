//! A lead and a doctor for every grid, at least travel within load.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use min_cost_flow::{ArcId, Network, NetworkBuilder, NetworkErrors, NodeId, Outcome, solve};
use thiserror::Error;

use super::{Candidate, StaffingProof, Territory};
use crate::PersonId;

/// Why travel could not be reckoned.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DivisionError {
    /// The sums are beyond what is counted in.
    #[error("travel of person number {}: households times minutes do not fit 63 bits; divide a part at a time", .person.index())]
    TravelTooLong {
        /// Whose.
        person: PersonId,
    },
    /// The network of staff and grids is too large to be numbered, or its costs to be summed.
    #[error("leads or doctors and grids: {0}")]
    Network(#[from] NetworkErrors),
}

/// Those who may serve, each once, in the order of keys.
#[derive(Clone, Debug)]
pub(super) struct Roster<'a> {
    territory: &'a Territory,
    pub(super) people: Vec<(Candidate, usize)>,
}

impl<'a> Roster<'a> {
    /// Leaves out who sets out from elsewhere or may take no grid: no way leads from there.
    pub(super) fn new(territory: &'a Territory, candidates: &[Candidate]) -> Self {
        let mut sorted = candidates.to_vec();
        sorted.sort_unstable();
        sorted.dedup_by_key(|one| one.person);
        sorted.retain(|one| one.most_grids > 0);
        let placed = sorted
            .into_iter()
            .filter_map(|one| Some((one, territory.position(one.from)?)));
        Roster {
            territory,
            people: placed.collect(),
        }
    }

    /// How many grids those who set out from these places may answer for.
    pub(super) fn room(&self, places: &[usize]) -> u64 {
        let here = self
            .people
            .iter()
            .filter(|(_, from)| places.binary_search(from).is_ok());
        here.map(|(one, _)| u64::from(one.most_grids)).sum()
    }

    /// For every person the travel to each grid; nothing where no way leads there.
    fn travel(&self, grids: &[Vec<usize>]) -> Result<Vec<Vec<Option<i64>>>, DivisionError> {
        let mut known: BTreeMap<usize, Vec<Option<i64>>> = BTreeMap::new();
        let mut rows = Vec::with_capacity(self.people.len());
        for (one, from) in &self.people {
            if let Some(row) = known.get(from) {
                rows.push(row.clone());
                continue;
            }
            let minutes = minutes_from(self.territory, *from);
            let row: Option<Vec<Option<i64>>> = grids
                .iter()
                .map(|grid| self.household_minutes(grid, &minutes))
                .collect();
            let row = row.ok_or(DivisionError::TravelTooLong { person: one.person })?;
            known.insert(*from, row.clone());
            rows.push(row);
        }
        Ok(rows)
    }

    /// Households times minutes over a grid; the inner nothing where no way leads there, the outer
    /// where the sum does not fit.
    fn household_minutes(&self, grid: &[usize], minutes: &[Option<u64>]) -> Option<Option<i64>> {
        let mut sum = 0i64;
        for &place in grid {
            let Some(minutes) = minutes[place] else {
                return Some(None);
            };
            let households = u64::from(self.territory.places()[place].households);
            let travel = i64::try_from(households.checked_mul(minutes)?).ok()?;
            sum = sum.checked_add(travel)?;
        }
        Some(Some(sum))
    }
}

/// The shortest way from one place to every other, in minutes (Dijkstra).
fn minutes_from(territory: &Territory, from: usize) -> Vec<Option<u64>> {
    let mut minutes: Vec<Option<u64>> = vec![None; territory.places().len()];
    let mut open = BinaryHeap::from([Reverse((0u64, from))]);
    while let Some(Reverse((so_far, at))) = open.pop() {
        if minutes[at].is_some() {
            continue;
        }
        minutes[at] = Some(so_far);
        for &(to, way) in territory.ways(at) {
            if minutes[to].is_none() {
                open.push(Reverse((so_far + u64::from(way), to)));
            }
        }
    }
    minutes
}

/// Who answers for each grid, what each travels, and the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Staffed {
    pub(super) of_grid: Vec<(PersonId, u64)>,
    pub(super) proof: StaffingProof,
}

/// Gives every grid one person within everybody's load: first as few households as can be get
/// somebody new, then the least travel; nothing where there are too few people.
///
/// `standing` names who answered for each grid before; where nobody did, nobody is new.
pub(super) fn staff(
    roster: &Roster<'_>,
    grids: &[Vec<usize>],
    standing: &[Option<PersonId>],
) -> Result<Option<Staffed>, DivisionError> {
    let model = Model::new(roster, grids, standing)?;
    let Outcome::Optimal(optimum) = solve(&model.network) else {
        return Ok(None);
    };
    let assigned = model.arcs.iter().enumerate().map(|(grid, arcs)| {
        let (_, position) = arcs.iter().find(|(arc, _)| optimum.flow(*arc) > 0)?;
        let travel = u64::try_from(model.travel[*position][grid]?).ok()?;
        Some((roster.people[*position].0.person, travel))
    });
    let assigned: Option<Vec<_>> = assigned.collect();
    let price = |node| optimum.potential(model.done) - optimum.potential(node);
    let rents = roster
        .people
        .iter()
        .zip(&model.people)
        .map(|((one, _), &node)| (one.person, price(node)));
    let proof = StaffingProof {
        change_weight: model.change_weight,
        prices: model.grids.iter().map(|&node| price(node)).collect(),
        // A person who could take one more grid has no rent, whatever price the solver left.
        rents: rents.filter(|(_, rent)| *rent > 0).collect(),
    };
    Ok(assigned.map(|of_grid| Staffed { of_grid, proof }))
}

/// The network: every grid sends one unit to a person, and persons send as many on as they may
/// have grids.
struct Model {
    network: Network,
    grids: Vec<NodeId>,
    people: Vec<NodeId>,
    done: NodeId,
    /// For every grid the arcs to the people who can get there, by their positions.
    arcs: Vec<Vec<(ArcId, usize)>>,
    travel: Vec<Vec<Option<i64>>>,
    change_weight: i64,
}

impl Model {
    fn new(
        roster: &Roster<'_>,
        grids: &[Vec<usize>],
        standing: &[Option<PersonId>],
    ) -> Result<Self, DivisionError> {
        let travel = roster.travel(grids)?;
        let change_weight = change_weight(&travel, grids.len(), standing);
        let weight = |place: usize| i64::from(roster.territory.places()[place].households);
        let households: Vec<i64> = grids
            .iter()
            .map(|grid| grid.iter().map(|&place| weight(place)).sum())
            .collect();
        let mut builder = NetworkBuilder::new();
        let nodes: Vec<NodeId> = grids.iter().map(|_| builder.node(1)).collect();
        let people: Vec<NodeId> = roster.people.iter().map(|_| builder.node(0)).collect();
        let done = builder.node(-i64::try_from(grids.len()).unwrap_or(i64::MAX));
        let mut arcs: Vec<Vec<(ArcId, usize)>> = vec![Vec::new(); grids.len()];
        for (position, ((one, _), travel)) in roster.people.iter().zip(&travel).enumerate() {
            for (grid, travel) in travel.iter().enumerate() {
                let Some(travel) = travel else {
                    continue;
                };
                let before = standing.get(grid).copied().flatten();
                let is_new = before.is_some_and(|before| before != one.person);
                let change = if is_new { households[grid].max(1) } else { 0 };
                let cost = change
                    .checked_mul(change_weight)
                    .and_then(|cost| cost.checked_add(*travel));
                let cost = cost.ok_or(DivisionError::TravelTooLong { person: one.person })?;
                // Without a capacity, so that the price of a grid is its cost to whom it has.
                let arc = builder.arc(nodes[grid], people[position], 0, None, cost);
                arcs[grid].push((arc, position));
            }
            builder.arc(
                people[position],
                done,
                0,
                Some(i64::from(one.most_grids)),
                0,
            );
        }
        Ok(Model {
            network: builder.build()?,
            grids: nodes,
            people,
            done,
            arcs,
            travel,
            change_weight,
        })
    }
}

/// More than any change of travel can come to, so that no travel buys a change of people.
fn change_weight(travel: &[Vec<Option<i64>>], grids: usize, standing: &[Option<PersonId>]) -> i64 {
    if standing.iter().all(Option::is_none) {
        return 0;
    }
    let longest = |grid: usize| travel.iter().filter_map(|row| row[grid]).max().unwrap_or(0);
    (0..grids).fold(1, |sum: i64, grid| sum.saturating_add(longest(grid)))
}
