//! Betters a division step by step: a place at the border goes over, or two grids are divided anew.
//!
//! Dividing two neighbours anew along a random spanning tree of both is "recombination", by which
//! DeFord, Duchin and Solomon sample electoral districts ("Recombination: a family of Markov
//! chains for redistricting", Harvard Data Science Review 3.1, 2021). Here a new division is taken
//! only where it is better, so the search climbs and never circles.

use super::exact::{Left, exact};
use super::measure::{Chance, Cost, Measure, Name, OutOfSteps, Steps};
use super::partition::Partition;
use super::tree::{Positions, Tree};

/// Rounds without any change before the search comes to rest: trees are drawn anew in each.
const IDLE_ROUNDS: u32 = 6;
/// Trees drawn for each pair of grids in a round.
const TREES: u32 = 3;
/// Places of two grids that are divided anew in the best way instead of by chance, and the steps
/// that may take.
///
/// Fewer in unit tests, so that chance is tried where the best is known.
const EXACT_PAIR: usize = if cfg!(test) { 4 } else { 14 };
const EXACT_PAIR_STEPS: u64 = 20_000;

/// Betters a division until it costs no more than `floor`, nothing changes any more, or the steps
/// run out. The division is whole at any time.
pub(super) fn improve(
    measure: &Measure<'_>,
    partition: &mut Partition,
    floor: Cost,
    steps: &mut Steps,
    chance: &mut Chance,
) {
    let mut positions = Positions::new(partition.grid_of.len());
    let mut idle = 0;
    while idle < IDLE_ROUNDS && partition.cost() > floor {
        let before = partition.cost();
        let round = hand_over(measure, partition, steps)
            .and_then(|()| recombine(measure, partition, &mut positions, steps, chance));
        if round.is_err() {
            return;
        }
        idle = if partition.cost() < before {
            0
        } else {
            idle + 1
        };
    }
}

/// Hands places at borders over to a neighbouring grid wherever that is better, until nowhere.
fn hand_over(
    measure: &Measure<'_>,
    partition: &mut Partition,
    steps: &mut Steps,
) -> Result<(), OutOfSteps> {
    let mut is_changing = true;
    while is_changing {
        is_changing = false;
        for place in 0..partition.grid_of.len() {
            steps.take(1)?;
            for to in partition.near(measure.territory, place) {
                if to != partition.grid_of[place] && gives(measure, partition, place, to, steps)? {
                    is_changing = true;
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Gives a place to another grid if that is better and what stays hangs together.
fn gives(
    measure: &Measure<'_>,
    partition: &mut Partition,
    place: usize,
    to: usize,
    steps: &mut Steps,
) -> Result<bool, OutOfSteps> {
    let from = partition.grid_of[place];
    let (giving, taking) = (&partition.members[from], &partition.members[to]);
    steps.take((giving.len() + taking.len()) as u64)?;
    let stay: Vec<usize> = giving
        .iter()
        .copied()
        .filter(|&other| other != place)
        .collect();
    let grown: Vec<usize> = taking.iter().copied().chain([place]).collect();
    let costs = [
        measure.grid(&stay, partition.names[from]),
        measure.grid(&grown, partition.names[to]),
    ];
    let is_better = costs[0] + costs[1] < partition.costs[from] + partition.costs[to];
    if !is_better || !partition.holds_without(measure.territory, place) {
        return Ok(false);
    }
    let [from_cost, to_cost] = costs;
    partition.replace(from, stay, partition.names[from], from_cost);
    partition.replace(to, grown, partition.names[to], to_cost);
    Ok(true)
}

fn recombine(
    measure: &Measure<'_>,
    partition: &mut Partition,
    positions: &mut Positions,
    steps: &mut Steps,
    chance: &mut Chance,
) -> Result<(), OutOfSteps> {
    for (one, other) in partition.touching(measure.territory) {
        // An earlier pair of this round may have moved the border away.
        let cost = partition.costs[one] + partition.costs[other];
        let is_touching = partition.members[one].iter().any(|&place| {
            measure
                .territory
                .ways(place)
                .iter()
                .any(|&(to, _)| partition.grid_of[to] == other)
        });
        if !is_touching || cost == Cost::default() {
            continue;
        }
        let mut both = [&partition.members[one][..], &partition.members[other][..]].concat();
        both.sort_unstable();
        let names = [partition.names[one], partition.names[other]];
        let found = match exact_pair(measure, &both, names, steps) {
            Some(found) => found,
            None => by_trees(measure, &both, names, positions, steps, chance)?,
        };
        if let Some([(first, own), (second, near)]) = found
            && measure.grid(&first, own) + measure.grid(&second, near) < cost
        {
            let costs = [measure.grid(&first, own), measure.grid(&second, near)];
            partition.replace(one, first, own, costs[0]);
            partition.replace(other, second, near, costs[1]);
        }
    }
    Ok(())
}

type Pair = [(Vec<usize>, Name); 2];

/// The best way to divide a few places in two, if its steps suffice and one keeps the bounds.
fn exact_pair(
    measure: &Measure<'_>,
    both: &[usize],
    names: [Name; 2],
    steps: &mut Steps,
) -> Option<Option<Pair>> {
    if both.len() > EXACT_PAIR {
        return None;
    }
    let standing: Vec<u32> = names.into_iter().flatten().collect();
    let left = Left::standing(2, standing.len())?;
    let found = steps.part(EXACT_PAIR_STEPS, |steps| {
        exact(measure, both, left, &standing, steps)
    });
    match found {
        Ok(Some((_, grids))) => Some(<Pair>::try_from(grids).ok()),
        // Nothing within the bounds: a tree may still bring it nearer.
        Ok(None) | Err(OutOfSteps) => None,
    }
}

/// The best of the cuts of some trees.
fn by_trees(
    measure: &Measure<'_>,
    both: &[usize],
    names: [Name; 2],
    positions: &mut Positions,
    steps: &mut Steps,
    chance: &mut Chance,
) -> Result<Option<Pair>, OutOfSteps> {
    let mut best: Option<(Cost, Pair)> = None;
    for _ in 0..TREES {
        let tree = Tree::draw(measure, both, positions, chance, steps)?;
        for edge in promising(measure, &tree) {
            steps.take(both.len() as u64)?;
            let (below, others) = tree.cut(edge);
            for (own, near) in [(names[0], names[1]), (names[1], names[0])] {
                let cost = measure.grid(&below, own) + measure.grid(&others, near);
                if best.as_ref().is_none_or(|best| cost < best.0) {
                    best = Some((cost, [(below.clone(), own), (others.clone(), near)]));
                }
                if names[0] == names[1] {
                    break;
                }
            }
        }
    }
    Ok(best.map(|(_, pair)| pair))
}

/// The edges worth a closer look: those nearest to the bounds and to the average, and among those
/// between villages likewise.
fn promising(measure: &Measure<'_>, tree: &Tree) -> Vec<usize> {
    const EACH: usize = 3;
    let households = tree.households();
    let mut edges: Vec<_> = tree
        .edges()
        .map(|(edge, below)| {
            let others = households - below;
            let outside = measure.outside(below, 1) + measure.outside(others, 1);
            (
                outside,
                measure.imbalance(below) + measure.imbalance(others),
                edge,
            )
        })
        .collect();
    edges.sort_unstable();
    let (between, within): (Vec<_>, Vec<_>) = edges
        .into_iter()
        .partition(|&(.., edge)| tree.is_between_villages(measure, edge));
    let chosen = between
        .into_iter()
        .take(EACH)
        .chain(within.into_iter().take(EACH));
    chosen.map(|(.., edge)| edge).collect()
}
