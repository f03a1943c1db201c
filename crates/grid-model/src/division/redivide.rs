//! Divides anew with the least change, when someone drops out or the places have changed.

use std::collections::BTreeSet;

use super::bound::bound;
use super::exact::{Left, MOST_PLACES, exact};
use super::grow::{grown, stretches};
use super::hindrances::Counts;
use super::improve::improve;
use super::measure::{Chance, Cost, Measure, Name, Steps};
use super::partition::Partition;
use super::propose::{Asked, Found, exhausted, start};
use super::staffing::DivisionError;
use super::{Balance, Division, DivisionQuestion, Quality, StandingGrid, Territory};
use crate::{PersonId, Role, Snapshot};

/// The answer to a re-division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redivision {
    /// The balance that was sought: the question's, or of fewer grids where the leads left can
    /// answer for no more.
    pub balance: Balance,
    /// The answer. A plan verifies against the question with this balance, and what stood.
    pub division: Division,
}

/// The grids of a township as they stand, in the order of their keys, with their appointed leads
/// and doctors; of several appointments to one role the first key counts.
pub fn standing_grids(town: &Snapshot<'_>, territory: &Territory) -> Vec<StandingGrid> {
    let mut grids = vec![StandingGrid::default(); town.township.grids().len()];
    for place in territory.places() {
        if let Some(grid) = town.grid(place.area) {
            grids[grid.index()].areas.push(place.area);
        }
    }
    for held in town.staff() {
        let Some(grid) = held.what.grid else {
            continue;
        };
        match held.what.role {
            Role::GridLead => grids[grid.index()].lead.get_or_insert(held.what.person),
            Role::Doctor => grids[grid.index()].doctor.get_or_insert(held.what.person),
            _ => continue,
        };
    }
    grids
}

/// Divides anew with as little change as can be: first the fewest households leave the grid they
/// are in, then villages and balance count as in [`divide`](super::divide); then for these grids
/// the fewest households get another lead or doctor, then travel is least.
///
/// Whoever has dropped out is left out of the question's candidates. While the standing grids
/// keep the rules and others can take over, no border moves. Where the leads left can answer for
/// fewer grids than asked for, as many as they can are sought, and those are dissolved first that
/// have lost their lead.
///
/// # Errors
/// [`DivisionError`] where travel cannot be summed.
pub fn redivide(
    question: &DivisionQuestion<'_>,
    standing: &[StandingGrid],
) -> Result<Redivision, DivisionError> {
    let balance = with_leads_left(question);
    let question = &DivisionQuestion {
        balance,
        ..*question
    };
    let asked = Asked::of(question);
    let counts = match asked.counts() {
        Ok(counts) => counts,
        Err(hindrances) => {
            return Ok(Redivision {
                balance,
                division: Division::Impossible(hindrances),
            });
        }
    };
    let change = Change::of(&asked, standing);
    let measure = Measure::new(question.territory, balance, change.former.clone());
    let mut steps = Steps::new(question.steps);
    let found = change.search(&measure, &asked, &counts, &mut steps);
    let mut division = asked.answer(&measure, found, steps, standing)?;
    if let Division::Plan(plan) = &mut division
        && !plan.exact
    {
        plan.bound.moved = change.least_moved(&measure).max(plan.bound.moved);
        plan.exact = plan.bound == plan.quality;
    }
    Ok(Redivision { balance, division })
}

/// The balance asked for, of no more grids than the leads can answer for.
fn with_leads_left(question: &DivisionQuestion<'_>) -> Balance {
    let asked = Asked::of(question);
    let room: u64 = asked
        .islands
        .iter()
        .map(|island| asked.leads.room(island))
        .sum();
    let grids = u32::try_from(room)
        .unwrap_or(u32::MAX)
        .min(question.balance.grids());
    question
        .balance
        .with_grids(grids)
        .unwrap_or(question.balance)
}

/// How often what stands is grown into a division, by chance but for the first time.
const ATTEMPTS: u32 = 8;

/// What stands, and which of it may go on.
struct Change {
    /// For every place the standing grid it is in.
    former: Vec<Name>,
    /// Standing grids that may go on.
    may_go_on: Vec<u32>,
    grids: u64,
}

impl Change {
    fn of(asked: &Asked<'_>, standing: &[StandingGrid]) -> Self {
        let territory = asked.question.territory;
        let mut former: Vec<Name> = vec![None; territory.places().len()];
        for (name, grid) in (0..).zip(standing) {
            for place in grid
                .areas
                .iter()
                .filter_map(|&area| territory.position(area))
            {
                former[place].get_or_insert(name);
            }
        }
        let names: BTreeSet<u32> = former.iter().copied().flatten().collect();
        let grids = u64::from(asked.question.balance.grids());
        let leads: BTreeSet<PersonId> = asked
            .leads
            .people
            .iter()
            .map(|(one, _)| one.person)
            .collect();
        let has_lead = |name: &u32| {
            let lead = standing.get(*name as usize).and_then(|grid| grid.lead);
            lead.is_some_and(|lead| leads.contains(&lead))
        };
        let led: Vec<u32> = names.iter().copied().filter(has_lead).collect();
        // Of too many, those that have lost their lead go first.
        let may_go_on = if names.len() as u64 > grids && led.len() as u64 >= grids {
            led
        } else {
            names.into_iter().collect()
        };
        Change {
            former,
            may_go_on,
            grids,
        }
    }

    fn search(
        &self,
        measure: &Measure<'_>,
        asked: &Asked<'_>,
        counts: &[Counts],
        steps: &mut Steps,
    ) -> Found {
        let places = asked.question.territory.places().len();
        let standing = self.standing_still(measure);
        let standing = standing.filter(|partition| is_staffable(asked, counts, partition));
        if let Some(partition) = standing.filter(|partition| partition.cost().outside == 0) {
            // Nobody moves, and every other division of inhabited places moves someone.
            let is_best = (0..places).all(|place| measure.weight(place) > 0);
            return Found::Grids { partition, is_best };
        }
        let found = self.best(measure, asked, counts, steps);
        found.unwrap_or_else(|| self.nearby(measure, asked, counts, steps))
    }

    /// The best of all divisions of a few places, if half of the steps suffice and there is staff
    /// for it.
    fn best(
        &self,
        measure: &Measure<'_>,
        asked: &Asked<'_>,
        counts: &[Counts],
        steps: &mut Steps,
    ) -> Option<Found> {
        let territory = asked.question.territory;
        if territory.places().len() > MOST_PLACES {
            return None;
        }
        let left = Left::standing(self.grids, self.may_go_on.len())?;
        let everywhere: Vec<usize> = (0..territory.places().len()).collect();
        let half = asked.question.steps / 2;
        let names = &self.may_go_on;
        let found = steps.part(half, |steps| {
            exact(measure, &everywhere, left, names, steps)
        });
        let Some((_, grids)) = found.ok()? else {
            let grids = Some(asked.question.balance.grids());
            return Some(Found::Impossible(exhausted(territory, &everywhere, grids)));
        };
        let partition = Partition::new(measure, grids);
        is_staffable(asked, counts, &partition).then_some(Found::Grids {
            partition,
            is_best: true,
        })
    }

    /// The standing grids as they are, if they are as many as asked for, each hangs together, and
    /// no place is without one.
    fn standing_still(&self, measure: &Measure<'_>) -> Option<Partition> {
        let grids = self.by_name();
        let covered: usize = grids.iter().map(|(places, _)| places.len()).sum();
        let is_whole = covered == self.former.len()
            && grids.len() as u64 == self.grids
            && grids
                .iter()
                .all(|(places, _)| stretches(measure.territory, places).len() == 1);
        is_whole.then(|| Partition::new(measure, grids))
    }

    /// The places of every standing grid that may go on.
    fn by_name(&self) -> Vec<(Vec<usize>, Name)> {
        let places = |name: u32| {
            (0..self.former.len()).filter(move |&place| self.former[place] == Some(name))
        };
        self.may_go_on
            .iter()
            .map(|&name| (places(name).collect(), Some(name)))
            .collect()
    }

    /// From what stands, and where that leads to nothing from a new division that takes over the
    /// names it shares most households with, the better of the two.
    fn nearby(
        &self,
        measure: &Measure<'_>,
        asked: &Asked<'_>,
        counts: &[Counts],
        steps: &mut Steps,
    ) -> Found {
        let mut chance = Chance(asked.question.seed);
        let floor = Cost::of(Quality {
            moved: self.least_moved(measure),
            ..bound(measure, &asked.islands, asked.question.balance)
        });
        let mut best = self.best_grown(measure, asked, counts, floor, steps, &mut chance);
        if best.as_ref().is_none_or(|best| best.cost().outside > 0)
            && let Ok(new) = start(measure, asked, counts, self.grids, steps, &mut chance)
        {
            let mut new = Partition::new(measure, self.named(measure, new.members));
            improve(measure, &mut new, floor, steps, &mut chance);
            best = match best {
                Some(best) if best.cost() <= new.cost() => Some(best),
                _ => Some(new),
            };
        }
        match best {
            Some(partition) if partition.cost().outside == 0 => {
                let is_best = partition.cost() <= floor;
                Found::Grids { partition, is_best }
            }
            nearest => Found::Nothing { nearest },
        }
    }

    /// The best of what the standing grids grow into, each bettered with its share of half of the
    /// steps, so that a new division can still be tried.
    fn best_grown(
        &self,
        measure: &Measure<'_>,
        asked: &Asked<'_>,
        counts: &[Counts],
        floor: Cost,
        steps: &mut Steps,
        chance: &mut Chance,
    ) -> Option<Partition> {
        let share = asked.question.steps / (2 * u64::from(ATTEMPTS));
        let mut best: Option<Partition> = None;
        for attempt in 0..ATTEMPTS {
            let kept = self.kept(measure);
            let grown = grown(measure, kept, self.grids, attempt > 0, steps, chance);
            let mut partition = grown
                .ok()
                .flatten()
                .filter(|grown| is_staffable(asked, counts, grown));
            if let Some(partition) = &mut partition {
                steps.part(share, |steps| {
                    improve(measure, partition, floor, steps, chance)
                });
            }
            best = [best, partition]
                .into_iter()
                .flatten()
                .min_by_key(Partition::cost);
            if best.as_ref().is_none_or(|best| best.cost() <= floor) {
                break;
            }
        }
        best
    }

    /// The standing grids that may go on, no more than asked for: the smallest are dissolved first,
    /// as the fewest households leave them.
    fn kept(&self, measure: &Measure<'_>) -> Vec<(Vec<usize>, Name)> {
        let mut grids = self.by_name();
        if grids.len() as u64 > self.grids {
            grids.sort_by_key(|(places, name)| {
                (std::cmp::Reverse(measure.households(places)), *name)
            });
            grids.truncate(usize::try_from(self.grids).unwrap_or(usize::MAX));
            grids.sort_by_key(|(_, name)| *name);
        }
        grids
    }

    /// Gives new grids the names of those they share most households with, the largest share first.
    fn named(&self, measure: &Measure<'_>, members: Vec<Vec<usize>>) -> Vec<(Vec<usize>, Name)> {
        let mut shares = Vec::new();
        for (grid, places) in members.iter().enumerate() {
            for &name in &self.may_go_on {
                let shared = places
                    .iter()
                    .filter(|&&place| self.former[place] == Some(name));
                let households: u64 = shared.map(|&place| measure.weight(place)).sum();
                if households > 0 {
                    shares.push((std::cmp::Reverse(households), grid, name));
                }
            }
        }
        shares.sort_unstable();
        let mut names: Vec<Name> = vec![None; members.len()];
        let mut taken = BTreeSet::new();
        for (_, grid, name) in shares {
            if names[grid].is_none() && taken.insert(name) {
                names[grid] = Some(name);
            }
        }
        members.into_iter().zip(names).collect()
    }

    /// The fewest households that must leave their grid: those of grids that cannot go on, and of
    /// each other what is over the most; or, where any may be dissolved, those of the smallest.
    fn least_moved(&self, measure: &Measure<'_>) -> u64 {
        let weight = |places: &[usize]| measure.households(places);
        let goes_on: BTreeSet<u32> = self.may_go_on.iter().copied().collect();
        let ended = (0..self.former.len())
            .filter(|&place| self.former[place].is_some_and(|name| !goes_on.contains(&name)));
        let ended: u64 = ended.map(|place| measure.weight(place)).sum();
        let mut standing: Vec<u64> = self
            .by_name()
            .iter()
            .map(|(places, _)| weight(places))
            .collect();
        let over: u64 = standing
            .iter()
            .map(|households| households.saturating_sub(measure.most))
            .sum();
        standing.sort_unstable();
        let too_many = (standing.len() as u64).saturating_sub(self.grids);
        let dissolved: u64 = standing
            .iter()
            .take(usize::try_from(too_many).unwrap_or(usize::MAX))
            .sum();
        ended + over.max(dissolved)
    }
}

/// Whether every island has staff for its grids: nobody gets from one to another.
fn is_staffable(asked: &Asked<'_>, counts: &[Counts], partition: &Partition) -> bool {
    let islands = asked.islands.iter().zip(counts);
    islands.into_iter().all(|(island, counts)| {
        let grids: BTreeSet<usize> = island
            .iter()
            .map(|&place| partition.grid_of[place])
            .collect();
        grids.len() as u64 <= counts.most
    })
}
