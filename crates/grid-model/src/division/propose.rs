//! Proposes a division: the best one where places are few, else a good one with its gap.

use std::collections::BTreeMap;

use super::bound::bound;
use super::clusters::{apportion, clusters};
use super::exact::{Left, MOST_PLACES, exact};
use super::hindrances::{Counts, counts_of_islands, hindrances, villages};
use super::improve::improve;
use super::measure::{Chance, Cost, Measure, Name, OutOfSteps, Steps};
use super::partition::Partition;
use super::split::split;
use super::staffing::{DivisionError, Roster, Staffed, staff};
use super::tree::Positions;
use super::{
    Division, DivisionQuestion, GridPlan, Hindrance, NotFound, PlannedGrid, StandingGrid, Territory,
};
use crate::{PersonId, Role};

/// Places up to which every division is considered before anything else is tried.
const EXACT_FIRST: usize = 24;
/// How often a search that came to rest begins anew, as far as the steps go.
const STARTS: u32 = 4;

/// Divides a territory into grids that hang together, each within the bounds, with a lead and a
/// doctor.
///
/// Of such divisions one with few grids across villages is sought first, then one with grids
/// alike; then leads and doctors travel the least there is for those grids. Up to 24 places every
/// division is considered, up to 64 as far as the steps go; beyond that the plan states how far it
/// may be from the best. Whatever the steps, the search ends: dividing fairly into parts that hang
/// together is NP-hard (Dyer and Frieze, "On the complexity of partitioning graphs into connected
/// subgraphs", Discrete Applied Mathematics 10 (1985), 139–153).
///
/// # Errors
/// [`DivisionError`] where travel cannot be summed.
pub fn divide(question: &DivisionQuestion<'_>) -> Result<Division, DivisionError> {
    let asked = Asked::of(question);
    let counts = match asked.counts() {
        Ok(counts) => counts,
        Err(hindrances) => return Ok(Division::Impossible(hindrances)),
    };
    let measure = Measure::new(question.territory, question.balance, Vec::new());
    let mut steps = Steps::new(question.steps);
    let found = search(&measure, &asked, &counts, &mut steps, question);
    asked.answer(&measure, found, steps, &[])
}

/// A question with what is counted of it once.
pub(super) struct Asked<'a> {
    pub(super) question: &'a DivisionQuestion<'a>,
    pub(super) islands: Vec<Vec<usize>>,
    pub(super) leads: Roster<'a>,
    pub(super) doctors: Roster<'a>,
}

/// How a search ended.
pub(super) enum Found {
    /// Grids, each within the bounds; and whether no other division is better.
    Grids { partition: Partition, is_best: bool },
    /// None keeps the bounds.
    Impossible(Hindrance),
    /// Nothing within the bounds was met.
    Nothing { nearest: Option<Partition> },
}

impl<'a> Asked<'a> {
    pub(super) fn of(question: &'a DivisionQuestion<'a>) -> Self {
        Asked {
            question,
            islands: question.territory.islands(),
            leads: Roster::new(question.territory, question.leads),
            doctors: Roster::new(question.territory, question.doctors),
        }
    }

    /// How many grids each island must and may have, or why there is no division.
    pub(super) fn counts(&self) -> Result<Vec<Counts>, Vec<Hindrance>> {
        let counts = counts_of_islands(self);
        let found = hindrances(self, &counts);
        if found.is_empty() {
            Ok(counts)
        } else {
            Err(found)
        }
    }

    /// Staffs what was found, and says what it comes to.
    pub(super) fn answer(
        &self,
        measure: &Measure<'_>,
        found: Found,
        steps: Steps,
        standing: &[StandingGrid],
    ) -> Result<Division, DivisionError> {
        let (partition, is_best) = match found {
            Found::Grids { partition, is_best } => (partition, is_best),
            Found::Impossible(hindrance) => return Ok(Division::Impossible(vec![hindrance])),
            Found::Nothing { nearest } => {
                return Ok(Division::NotFound(not_found(
                    measure.territory,
                    nearest,
                    steps,
                )));
            }
        };
        let grids = in_order(partition);
        let places: Vec<Vec<usize>> = grids.iter().map(|(places, _)| places.clone()).collect();
        let before = |of: fn(&StandingGrid) -> Option<PersonId>| -> Vec<Option<PersonId>> {
            let names = grids.iter().map(|(_, name)| *name);
            names
                .map(|name| of(standing.get(name? as usize)?))
                .collect()
        };
        let leads = staff(&self.leads, &places, &before(|grid| grid.lead))?;
        let doctors = staff(&self.doctors, &places, &before(|grid| grid.doctor))?;
        let (Some(leads), Some(doctors)) = (leads, doctors) else {
            return Ok(Division::Impossible(self.short_of_staff(&places)));
        };
        Ok(Division::Plan(self.plan(
            measure,
            &grids,
            [leads, doctors],
            is_best,
            steps,
        )))
    }

    fn plan(
        &self,
        measure: &Measure<'_>,
        grids: &[(Vec<usize>, Name)],
        [leads, doctors]: [Staffed; 2],
        is_best: bool,
        steps: Steps,
    ) -> GridPlan {
        let cost: Cost = grids
            .iter()
            .map(|(places, name)| measure.grid(places, *name))
            .sum();
        let quality = cost.quality();
        let bound = bound(measure, &self.islands, self.question.balance);
        let exact = is_best || quality == bound;
        let area = |place: &usize| measure.territory.places()[*place].area;
        let staffed = grids.iter().zip(leads.of_grid).zip(doctors.of_grid);
        let planned = staffed.map(|(((places, name), lead), doctor)| PlannedGrid {
            areas: places.iter().map(area).collect(),
            households: measure.households(places),
            goes_on: *name,
            lead: lead.0,
            doctor: doctor.0,
            lead_travel: lead.1,
            doctor_travel: doctor.1,
        });
        GridPlan {
            grids: planned.collect(),
            quality,
            bound: if exact { quality } else { bound },
            exact,
            steps: steps.taken(),
            lead_proof: leads.proof,
            doctor_proof: doctors.proof,
        }
    }

    /// Every island's staff was counted before, so that this is never said; were it, it would be
    /// said of the roles whose sums do not suffice.
    fn short_of_staff(&self, grids: &[Vec<usize>]) -> Vec<Hindrance> {
        let everywhere: Vec<usize> = (0..self.question.territory.places().len()).collect();
        let roles = [(Role::GridLead, &self.leads), (Role::Doctor, &self.doctors)];
        let short = roles
            .into_iter()
            .map(|(role, roster)| Hindrance::TooFewStaff {
                role,
                areas: self
                    .question
                    .territory
                    .places()
                    .iter()
                    .map(|place| place.area)
                    .collect(),
                room: roster.room(&everywhere),
                needed: grids.len() as u64,
            });
        short.collect()
    }
}

/// Grids in the order of their first places, the places of each in order.
fn in_order(partition: Partition) -> Vec<(Vec<usize>, Name)> {
    let mut grids: Vec<_> = partition.members.into_iter().zip(partition.names).collect();
    for (places, _) in &mut grids {
        places.sort_unstable();
    }
    grids.sort_unstable();
    grids
}

fn not_found(territory: &Territory, nearest: Option<Partition>, steps: Steps) -> NotFound {
    let outside = nearest.as_ref().map(|nearest| nearest.cost().outside);
    let grids = nearest.map(in_order).unwrap_or_default().into_iter();
    let area = |place: usize| territory.places()[place].area;
    NotFound {
        steps: steps.taken(),
        out_of_steps: steps.is_out(),
        nearest: grids
            .map(|(places, _)| places.into_iter().map(area).collect())
            .collect(),
        outside,
    }
}

/// Exact first where places are few, then by chance, then exact again as far as the steps go.
fn search(
    measure: &Measure<'_>,
    asked: &Asked<'_>,
    counts: &[Counts],
    steps: &mut Steps,
    question: &DivisionQuestion<'_>,
) -> Found {
    let places = question.territory.places().len();
    let grids = u64::from(question.balance.grids());
    if places <= EXACT_FIRST {
        let half = question.steps / 2;
        if let Ok(found) = steps.part(half, |steps| best(measure, asked, counts, grids, steps)) {
            return found;
        }
    }
    let bound = bound(measure, &asked.islands, question.balance);
    let floor = Cost::of(bound);
    let mut chance = Chance(question.seed);
    let started = best_start(measure, asked, counts, floor, steps, &mut chance);
    if let Some(partition) = started
        .as_ref()
        .filter(|partition| partition.cost() <= floor)
    {
        return Found::Grids {
            partition: partition.clone(),
            is_best: true,
        };
    }
    if places <= MOST_PLACES
        && let Ok(found) = best(measure, asked, counts, grids, steps)
    {
        return found;
    }
    match started {
        Some(partition) if partition.cost().outside == 0 => Found::Grids {
            partition,
            is_best: false,
        },
        nearest => Found::Nothing { nearest },
    }
}

/// The best of some divisions begun anew and bettered until they come to rest: where one climbs
/// to depends on the first trees drawn.
fn best_start(
    measure: &Measure<'_>,
    asked: &Asked<'_>,
    counts: &[Counts],
    floor: Cost,
    steps: &mut Steps,
    chance: &mut Chance,
) -> Option<Partition> {
    let grids = u64::from(asked.question.balance.grids());
    let mut best: Option<Partition> = None;
    for _ in 0..STARTS {
        let Ok(mut partition) = start(measure, asked, counts, grids, steps, chance) else {
            break;
        };
        improve(measure, &mut partition, floor, steps, chance);
        if best
            .as_ref()
            .is_none_or(|best| partition.cost() < best.cost())
        {
            best = Some(partition);
        }
        if best.as_ref().is_some_and(|best| best.cost() <= floor) {
            break;
        }
    }
    best
}

/// What a division of some islands into so many grids costs, and its grids.
type Way = (Cost, Vec<(Vec<usize>, Name)>);

/// The best of all divisions: each island at each number of grids it may have, then the cheapest
/// numbers that come to the sum.
fn best(
    measure: &Measure<'_>,
    asked: &Asked<'_>,
    counts: &[Counts],
    grids: u64,
    steps: &mut Steps,
) -> Result<Found, OutOfSteps> {
    let impossible =
        |places: &[usize], grids| Found::Impossible(exhausted(measure.territory, places, grids));
    let count = Some(asked.question.balance.grids());
    let mut ways: BTreeMap<u64, Way> = [(0, Way::default())].into();
    let fewest: u64 = counts.iter().map(|counts| counts.fewest).sum();
    let most: u64 = counts.iter().map(|counts| counts.most).sum();
    for (island, counts) in asked.islands.iter().zip(counts) {
        // The others need their fewest, and can have no more than their most.
        let at_least = grids.saturating_sub(most - counts.most).max(counts.fewest);
        let at_most = grids
            .saturating_sub(fewest - counts.fewest)
            .min(counts.most);
        let numbers = at_least..=at_most;
        ways = with_island(measure, island, numbers, &ways, steps)?;
        if ways.is_empty() {
            // Only where every number by households was tried does none at all fit.
            let is_every =
                counts.is_free_of_staff() && (at_least, at_most) == (counts.fewest, counts.most);
            return Ok(impossible(island, count.filter(|_| !is_every)));
        }
    }
    let everywhere: Vec<usize> = (0..measure.territory.places().len()).collect();
    Ok(match ways.remove(&grids) {
        Some((_, found)) => Found::Grids {
            partition: Partition::new(measure, found),
            is_best: true,
        },
        None => impossible(&everywhere, count),
    })
}

/// The cheapest way for each sum of grids, once an island has been divided into each of some
/// numbers of them.
fn with_island(
    measure: &Measure<'_>,
    island: &[usize],
    numbers: std::ops::RangeInclusive<u64>,
    ways: &BTreeMap<u64, Way>,
    steps: &mut Steps,
) -> Result<BTreeMap<u64, Way>, OutOfSteps> {
    let mut next: BTreeMap<u64, Way> = BTreeMap::new();
    for own in numbers {
        let Some((cost, own_grids)) = exact(measure, island, Left::new(own), &[], steps)? else {
            continue;
        };
        for (before, way) in ways {
            let sum = way.0 + cost;
            if next.get(&(before + own)).is_none_or(|known| sum < known.0) {
                next.insert(before + own, (sum, [&way.1[..], &own_grids[..]].concat()));
            }
        }
    }
    Ok(next)
}

pub(super) fn exhausted(territory: &Territory, places: &[usize], grids: Option<u32>) -> Hindrance {
    Hindrance::Exhausted {
        areas: places
            .iter()
            .map(|&place| territory.places()[place].area)
            .collect(),
        villages: villages(territory, places),
        grids,
    }
}

/// A first division: grids to islands and villages by their households, then cut along trees.
pub(super) fn start(
    measure: &Measure<'_>,
    asked: &Asked<'_>,
    counts: &[Counts],
    grids: u64,
    steps: &mut Steps,
    chance: &mut Chance,
) -> Result<Partition, OutOfSteps> {
    let claims: Vec<_> = counts
        .iter()
        .map(|counts| (counts.households, (counts.fewest, counts.most)))
        .collect();
    let mut positions = Positions::new(measure.territory.places().len());
    let mut found = Vec::new();
    for (island, grids) in asked.islands.iter().zip(apportion(&claims, grids)) {
        steps.take(island.len() as u64)?;
        for cluster in clusters(measure, island, grids) {
            let parts = split(
                measure,
                cluster.places,
                cluster.grids,
                &mut positions,
                steps,
                chance,
            )?;
            found.extend(parts.into_iter().map(|places| (places, None)));
        }
    }
    Ok(Partition::new(measure, found))
}

#[cfg(test)]
mod tests {
    use super::super::{Balance, NeighbourRow, Neighbours, Place};
    use super::*;
    use crate::{AreaId, AreaLevel, AreaRow, Areas};
    use proptest::prelude::*;

    /// Twelve places, three by four, in villages of three by one or two, some ways blocked.
    fn territory(households: &[u32], blocked: u32) -> Territory {
        let row = |place: usize| AreaRow {
            id: format!("{place:02}"),
            parent: None,
            level: AreaLevel::VillageGroup,
            name_zh: String::new(),
            name_en: String::new(),
        };
        let areas = Areas::build((0..12).map(row).collect()).0;
        let right = (0..12)
            .filter(|place| place % 3 < 2)
            .map(|place| (place, place + 1));
        let below = (0..9).map(|place| (place, place + 3));
        let ways = right
            .chain(below)
            .enumerate()
            .filter(|(way, _)| blocked >> way & 1 == 0);
        let rows = ways.map(|(_, (one, other))| NeighbourRow {
            one: format!("{one:02}"),
            other: format!("{other:02}"),
            minutes: 5,
        });
        let neighbours = Neighbours::build(rows.collect(), &areas).0;
        let places = areas
            .iter()
            .zip(households)
            .map(|(area, &households)| Place {
                area,
                village: AreaId::from_index(100 + area.index() / 5),
                households,
            });
        Territory::build(places.collect(), &neighbours).unwrap_or_default()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn what_chance_finds_is_never_under_the_bound_nor_better_than_the_best(
            households in proptest::collection::vec(1u32..9, 12),
            blocked in any::<u32>(),
            more in any::<u32>(),
            grids in 2u32..5,
            (least, width) in (3u32..15, 2u32..14),
            seed in any::<u64>(),
        ) {
            let territory = territory(&households, blocked & more);
            let balance = Balance::new(grids, least, least + width).unwrap();
            let question = DivisionQuestion { territory: &territory, balance, leads: &[], doctors: &[], steps: 1_000_000, seed };
            let asked = Asked::of(&question);
            let measure = Measure::new(&territory, balance, Vec::new());
            let all: Vec<usize> = (0..12).collect();
            let mut steps = Steps::new(u64::MAX);
            let best = exact(&measure, &all, Left::new(u64::from(grids)), &[], &mut steps);
            let counts: Vec<Counts> = counts_of_islands(&asked)
                .into_iter()
                .map(Counts::without_regard_to_staff)
                .collect();
            let sums = counts.iter().fold((0, 0), |sums, one| (sums.0 + one.fewest, sums.1 + one.most));
            if counts.iter().any(|one| one.fewest > one.most) || !(sums.0..=sums.1).contains(&u64::from(grids)) {
                prop_assert_eq!(best, Ok(None));
                return Ok(());
            }
            let bound = bound(&measure, &asked.islands, balance);
            let floor = Cost::of(bound);
            let found = best_start(&measure, &asked, &counts, floor, &mut steps, &mut Chance(seed)).unwrap();
            // Every place is in one grid, every grid hangs together, and sums are kept up.
            let mut covered: Vec<usize> = found.members.concat();
            covered.sort_unstable();
            prop_assert_eq!(covered, all);
            for (grid, places) in found.members.iter().enumerate() {
                prop_assert_eq!(super::super::grow::stretches(&territory, places).len(), 1);
                prop_assert_eq!(found.costs[grid], measure.grid(places, None));
            }
            match best {
                Ok(Some((cost, _))) => {
                    prop_assert!(bound.crossings <= cost.crossings && bound.imbalance <= cost.imbalance);
                    prop_assert!(found.cost() >= cost);
                }
                Ok(None) => prop_assert!(found.cost().outside > 0),
                Err(OutOfSteps) => prop_assert!(false, "steps without end ran out"),
            }
        }
    }
}
