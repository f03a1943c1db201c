//! Grows what is left of standing grids into a division of all places, as a start to be bettered.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Territory;
use super::measure::{Chance, Measure, Name, OutOfSteps, Steps};
use super::partition::Partition;
use super::split::split;
use super::tree::Positions;

/// Keeps the largest stretch of every grid and gives all other places to neighbours; cuts missing
/// grids off the largest. Nothing where a place is beyond every grid.
///
/// A place goes to the neighbour with the fewest households; or by chance, to one that has room
/// where there is one.
pub(super) fn grown(
    measure: &Measure<'_>,
    kept: Vec<(Vec<usize>, Name)>,
    count: u64,
    by_chance: bool,
    steps: &mut Steps,
    chance: &mut Chance,
) -> Result<Option<Partition>, OutOfSteps> {
    steps.take(measure.territory.places().len() as u64)?;
    let mut growing = Growing::of(measure, kept);
    while let Some((grid, place)) = growing.next(by_chance, chance) {
        steps.take(growing.open.len() as u64 + 1)?;
        growing.give(place, grid);
    }
    if !growing.open.is_empty() {
        return Ok(None);
    }
    let mut grids = growing.grids;
    cut_off_missing(measure, &mut grids, count, steps, chance)?;
    Ok((grids.len() as u64 == count).then(|| Partition::new(measure, grids)))
}

struct Growing<'a> {
    measure: &'a Measure<'a>,
    grids: Vec<(Vec<usize>, Name)>,
    households: Vec<u64>,
    grid_of: Vec<Option<usize>>,
    /// Places without a grid.
    open: BTreeSet<usize>,
}

impl<'a> Growing<'a> {
    fn of(measure: &'a Measure<'a>, mut grids: Vec<(Vec<usize>, Name)>) -> Self {
        let count = measure.territory.places().len();
        let mut grid_of = vec![None; count];
        for (grid, (places, _)) in grids.iter_mut().enumerate() {
            let stretches = stretches(measure.territory, places).into_iter().rev();
            let largest = stretches.max_by_key(|places| (measure.households(places), places.len()));
            *places = largest.unwrap_or_default();
            for &place in &*places {
                grid_of[place] = Some(grid);
            }
        }
        Growing {
            measure,
            households: grids
                .iter()
                .map(|(places, _)| measure.households(places))
                .collect(),
            open: (0..count)
                .filter(|&place| grid_of[place].is_none())
                .collect(),
            grids,
            grid_of,
        }
    }

    /// The next place to give, and to which of the grids it touches.
    fn next(&self, by_chance: bool, chance: &mut Chance) -> Option<(usize, usize)> {
        let at_border = self.open.iter().flat_map(|&place| {
            let ways = self.measure.territory.ways(place).iter();
            ways.filter_map(move |&(to, _)| Some((self.grid_of[to]?, place)))
        });
        at_border.min_by_key(|&(grid, place)| {
            let grown = self.households[grid] + self.measure.weight(place);
            let luck = if by_chance { chance.draw() } else { 0 };
            (
                grown > self.measure.most && by_chance,
                luck,
                self.households[grid],
                grid,
                place,
            )
        })
    }

    fn give(&mut self, place: usize, grid: usize) {
        self.open.remove(&place);
        self.grid_of[place] = Some(grid);
        self.households[grid] += self.measure.weight(place);
        self.grids[grid].0.push(place);
    }
}

fn cut_off_missing(
    measure: &Measure<'_>,
    grids: &mut Vec<(Vec<usize>, Name)>,
    count: u64,
    steps: &mut Steps,
    chance: &mut Chance,
) -> Result<(), OutOfSteps> {
    let mut positions = Positions::new(measure.territory.places().len());
    while (grids.len() as u64) < count {
        let divisible = (0..grids.len()).filter(|&grid| grids[grid].0.len() > 1);
        let largest =
            divisible.max_by_key(|&grid| (measure.households(&grids[grid].0), Reverse(grid)));
        let Some(largest) = largest else {
            return Ok(());
        };
        let mut places = std::mem::take(&mut grids[largest].0);
        places.sort_unstable();
        let mut parts = split(measure, places, 2, &mut positions, steps, chance)?;
        parts.sort_by_key(|part| Reverse(measure.households(part)));
        if let [kept, new] = &mut parts[..] {
            grids[largest].0 = std::mem::take(kept);
            grids.push((std::mem::take(new), None));
        }
    }
    Ok(())
}

/// Stretches of places that hang together.
pub(super) fn stretches(territory: &Territory, places: &[usize]) -> Vec<Vec<usize>> {
    let mut left: BTreeSet<usize> = places.iter().copied().collect();
    let mut found = Vec::new();
    while let Some(start) = left.pop_first() {
        let mut stretch = vec![start];
        let mut next = 0;
        while let Some(&at) = stretch.get(next) {
            next += 1;
            let near = territory.ways(at).iter().map(|way| way.0);
            stretch.extend(near.filter(|to| left.remove(to)));
        }
        found.push(stretch);
    }
    found
}
