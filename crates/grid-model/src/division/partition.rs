//! A division under way: every place in one grid, every grid hanging together.

use super::Territory;
use super::measure::{Cost, Measure, Name};

/// Grids as the search changes them. Grids hang together at all times; bounds may be broken.
#[derive(Clone, Debug)]
pub(super) struct Partition {
    pub(super) grid_of: Vec<usize>,
    pub(super) members: Vec<Vec<usize>>,
    pub(super) names: Vec<Name>,
    pub(super) costs: Vec<Cost>,
}

impl Partition {
    pub(super) fn new(measure: &Measure<'_>, grids: Vec<(Vec<usize>, Name)>) -> Self {
        let mut grid_of = vec![0; measure.territory.places().len()];
        for (grid, (places, _)) in grids.iter().enumerate() {
            for &place in places {
                grid_of[place] = grid;
            }
        }
        let costs = grids
            .iter()
            .map(|(places, name)| measure.grid(places, *name))
            .collect();
        let (members, names) = grids.into_iter().unzip();
        Partition {
            grid_of,
            members,
            names,
            costs,
        }
    }

    pub(super) fn cost(&self) -> Cost {
        self.costs.iter().copied().sum()
    }

    /// Gives a grid other places and another name.
    pub(super) fn replace(&mut self, grid: usize, places: Vec<usize>, name: Name, cost: Cost) {
        for &place in &places {
            self.grid_of[place] = grid;
        }
        self.members[grid] = places;
        self.names[grid] = name;
        self.costs[grid] = cost;
    }

    /// Pairs of grids that touch, in order, the smaller first.
    pub(super) fn touching(&self, territory: &Territory) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (place, &own) in self.grid_of.iter().enumerate() {
            let near = territory
                .ways(place)
                .iter()
                .map(|&(to, _)| self.grid_of[to]);
            pairs.extend(near.filter(|&near| own < near).map(|near| (own, near)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The other grids a place touches, in order.
    pub(super) fn near(&self, territory: &Territory, place: usize) -> Vec<usize> {
        let near = territory
            .ways(place)
            .iter()
            .map(|&(to, _)| self.grid_of[to]);
        let mut near: Vec<usize> = near.filter(|&near| near != self.grid_of[place]).collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Whether a grid still hangs together, and is not empty, without one of its places.
    pub(super) fn holds_without(&self, territory: &Territory, place: usize) -> bool {
        let grid = self.grid_of[place];
        let members = &self.members[grid];
        let Some(&start) = members.iter().find(|&&other| other != place) else {
            return false;
        };
        let mut reached = vec![start];
        let mut next = 0;
        while let Some(&at) = reached.get(next) {
            next += 1;
            for &(to, _) in territory.ways(at) {
                // Grids are small, so that looking through the list beats keeping a column.
                if to != place && self.grid_of[to] == grid && !reached.contains(&to) {
                    reached.push(to);
                }
            }
        }
        reached.len() + 1 == members.len()
    }
}
