//! Spanning trees drawn by chance: cut one edge, and both sides hang together.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::measure::{Chance, Measure, OutOfSteps, Steps};

/// A spanning tree over places that hang together, its root first, each place after the one it
/// hangs on.
pub(super) struct Tree {
    pub(super) order: Vec<usize>,
    /// For every place of the order but the first, the position in it of the one it hangs on.
    above: Vec<usize>,
    /// Households of each place with all that hangs on it.
    below: Vec<u64>,
}

/// Where each place stands in the set at hand; one column for the whole territory, kept clean.
pub(super) struct Positions(Vec<usize>);

const NOWHERE: usize = usize::MAX;

impl Positions {
    pub(super) fn new(places: usize) -> Self {
        Positions(vec![NOWHERE; places])
    }
}

impl Tree {
    /// Draws a tree. Ways inside a village come before ways between villages, so that most cuts
    /// between villages leave each whole; among equals chance decides.
    pub(super) fn draw(
        measure: &Measure<'_>,
        members: &[usize],
        positions: &mut Positions,
        chance: &mut Chance,
        steps: &mut Steps,
    ) -> Result<Tree, OutOfSteps> {
        steps.take(members.len() as u64)?;
        for &place in members {
            positions.0[place] = 0;
        }
        let village = |place: usize| measure.territory.places()[place].village;
        let start = usize::try_from(chance.draw() % members.len().max(1) as u64).unwrap_or(0);
        let mut tree = Tree {
            order: Vec::with_capacity(members.len()),
            above: Vec::new(),
            below: Vec::new(),
        };
        let first = members
            .get(start)
            .map(|&place| Reverse((false, 0, place, 0)));
        let mut open = BinaryHeap::from_iter(first);
        while let Some(Reverse((_, _, place, above))) = open.pop() {
            // Reached over another way already, or not of this set.
            if std::mem::replace(&mut positions.0[place], NOWHERE) == NOWHERE {
                continue;
            }
            let own = tree.order.len();
            tree.order.push(place);
            tree.above.push(above);
            tree.below.push(measure.weight(place));
            for &(to, _) in measure.territory.ways(place) {
                if positions.0[to] != NOWHERE {
                    let leaves = village(to) != village(place);
                    open.push(Reverse((leaves, chance.draw(), to, own)));
                }
            }
        }
        tree.sum_up();
        Ok(tree)
    }

    fn sum_up(&mut self) {
        for place in (1..self.order.len()).rev() {
            self.below[self.above[place]] += self.below[place];
        }
    }

    /// Every edge by the position of its lower end, with the households below it.
    pub(super) fn edges(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.below.iter().copied().enumerate().skip(1)
    }

    /// All households of the tree.
    pub(super) fn households(&self) -> u64 {
        self.below.first().copied().unwrap_or(0)
    }

    /// The places below an edge, and the others.
    pub(super) fn cut(&self, edge: usize) -> (Vec<usize>, Vec<usize>) {
        let mut is_below = vec![false; self.order.len()];
        let (mut below, mut others) = (Vec::new(), Vec::new());
        for (position, &place) in self.order.iter().enumerate() {
            is_below[position] =
                position == edge || (position > 0 && is_below[self.above[position]]);
            if is_below[position] {
                below.push(place);
            } else {
                others.push(place);
            }
        }
        (below, others)
    }

    /// Whether an edge leads from one village to another.
    pub(super) fn is_between_villages(&self, measure: &Measure<'_>, edge: usize) -> bool {
        let village = |position: usize| measure.territory.places()[self.order[position]].village;
        village(edge) != village(self.above[edge])
    }

    /// How many places hang below each edge's lower end, itself among them.
    pub(super) fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![1; self.order.len()];
        for place in (1..sizes.len()).rev() {
            sizes[self.above[place]] += sizes[place];
        }
        sizes
    }
}
