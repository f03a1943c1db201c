//! The best division of a few places, or the certainty that there is none.
//!
//! The lowest place left belongs to some grid: every set of places that hangs together with it is
//! tried, and what remains is divided in the same way, each remainder once. At worst exponential,
//! so it counts its steps.

use std::collections::BTreeMap;

use super::measure::{Cost, Measure, Name, OutOfSteps, Steps};

/// The most places this way of searching numbers.
pub(super) const MOST_PLACES: usize = 64;

/// Grids still to make, and the names they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Left {
    pub(super) grids: u64,
    /// How many of them may be new.
    pub(super) new: u64,
    /// Standing grids that may go on, as a set of positions in a list of names.
    pub(super) standing: u64,
}

impl Left {
    /// So many grids without a name.
    pub(super) fn new(grids: u64) -> Self {
        Left {
            grids,
            new: grids,
            standing: 0,
        }
    }

    /// So many grids, of which these names may go on, and as many be new as there are too few.
    pub(super) fn standing(grids: u64, names: usize) -> Option<Self> {
        let standing = match names {
            0 => 0,
            1..=64 => u64::MAX >> (64 - names),
            _ => return None,
        };
        Some(Left {
            grids,
            new: grids.saturating_sub(names as u64),
            standing,
        })
    }

    /// Each name a grid may take, by its position, with what is left then.
    fn names(self) -> impl Iterator<Item = (Option<usize>, Left)> {
        let grids = self.grids.saturating_sub(1);
        let new = (self.new > 0).then(|| {
            (
                None,
                Left {
                    grids,
                    new: self.new - 1,
                    ..self
                },
            )
        });
        let standing = (0..64usize).filter(move |&bit| self.standing >> bit & 1 == 1);
        let standing = standing.map(move |bit| {
            (
                Some(bit),
                Left {
                    grids,
                    standing: self.standing & !(1 << bit),
                    ..self
                },
            )
        });
        new.into_iter().chain(standing)
    }
}

/// A grid and its name.
pub(super) type Named = (Vec<usize>, Name);

/// The cheapest way to divide these places into exactly so many grids, each within the bounds;
/// nothing where there is none. Of equal ways the same is always taken. `names` are those the
/// standing grids of `left` stand for.
pub(super) fn exact(
    measure: &Measure<'_>,
    places: &[usize],
    left: Left,
    names: &[u32],
    steps: &mut Steps,
) -> Result<Option<(Cost, Vec<Named>)>, OutOfSteps> {
    let Some(mut search) = Search::new(measure, places, names) else {
        return Err(OutOfSteps);
    };
    let all = search.all;
    let Some(cost) = search.best(all, left, steps)? else {
        return Ok(None);
    };
    Ok(Some((cost, search.grids(all, left))))
}

type Choice = (Cost, u64, Name, Left);

struct Search<'a> {
    measure: &'a Measure<'a>,
    places: &'a [usize],
    names: &'a [u32],
    all: u64,
    near: Vec<u64>,
    weight: Vec<u64>,
    /// The best first grid of every remainder met so far. It is asked by key and never gone
    /// through.
    known: BTreeMap<(u64, Left), Option<Choice>>,
}

impl<'a> Search<'a> {
    fn new(measure: &'a Measure<'a>, places: &'a [usize], names: &'a [u32]) -> Option<Self> {
        if places.is_empty() || places.len() > MOST_PLACES {
            return None;
        }
        let bit_of: BTreeMap<usize, usize> = places.iter().copied().zip(0..).collect();
        let near = places.iter().map(|&place| {
            let ways = measure.territory.ways(place).iter();
            ways.filter_map(|(to, _)| bit_of.get(to))
                .fold(0, |set, &bit| set | 1 << bit)
        });
        Some(Search {
            measure,
            places,
            names,
            all: u64::MAX >> (64 - places.len()),
            near: near.collect(),
            weight: places.iter().map(|&place| measure.weight(place)).collect(),
            known: BTreeMap::new(),
        })
    }

    fn best(
        &mut self,
        rest: u64,
        left: Left,
        steps: &mut Steps,
    ) -> Result<Option<Cost>, OutOfSteps> {
        if rest == 0 || left.grids == 0 {
            return Ok((rest == 0 && left.grids == 0).then(Cost::default));
        }
        if let Some(known) = self.known.get(&(rest, left)) {
            return Ok(known.map(|choice| choice.0));
        }
        steps.take(1)?;
        let found = if self.may_divide(rest, left.grids) {
            self.first_grids(rest, left, steps)?
        } else {
            None
        };
        self.known.insert((rest, left), found);
        Ok(found.map(|choice| choice.0))
    }

    /// Goes through all sets that hang together with the lowest place. A set grows by one of its
    /// neighbours at a time, and those tried before are shut out from then on: so no set comes
    /// twice.
    fn first_grids(
        &mut self,
        rest: u64,
        left: Left,
        steps: &mut Steps,
    ) -> Result<Option<Choice>, OutOfSteps> {
        let lowest = rest & rest.wrapping_neg();
        let first = lowest.trailing_zeros() as usize;
        let mut found: Option<Choice> = None;
        let mut open = vec![(lowest, self.near[first] & rest, lowest, self.weight[first])];
        while let Some((set, border, mut shut, weight)) = open.pop() {
            steps.take(1)?;
            let is_last = left.grids == 1;
            if (self.measure.least..=self.measure.most).contains(&weight)
                && (!is_last || set == rest)
            {
                self.close(rest, set, left, &mut found, steps)?;
            }
            let mut growing = border & !shut;
            while growing != 0 {
                let next = growing & growing.wrapping_neg();
                growing ^= next;
                shut |= next;
                let bit = next.trailing_zeros() as usize;
                let grown = weight + self.weight[bit];
                if grown <= self.measure.most {
                    open.push((set | next, (border | self.near[bit]) & rest, shut, grown));
                }
            }
        }
        Ok(found)
    }

    /// Takes a set as a grid, under each name it may have.
    fn close(
        &mut self,
        rest: u64,
        set: u64,
        left: Left,
        found: &mut Option<Choice>,
        steps: &mut Steps,
    ) -> Result<(), OutOfSteps> {
        let places = self.members(set);
        for (name, left) in left.names() {
            let name = name.and_then(|bit| self.names.get(bit).copied());
            let Some(others) = self.best(rest & !set, left, steps)? else {
                continue;
            };
            let choice = (self.measure.grid(&places, name) + others, set, name, left);
            if found.is_none_or(|found| choice < found) {
                *found = Some(choice);
            }
        }
        Ok(())
    }

    /// Whether sums and numbers allow so many grids: each stretch that hangs together makes up
    /// its own.
    fn may_divide(&self, rest: u64, grids: u64) -> bool {
        let (mut fewest, mut most) = (0u64, 0u64);
        let mut open = rest;
        while open != 0 {
            let island = self.hanging_together(open);
            let bits = |set: u64| (0..self.places.len()).filter(move |&bit| set >> bit & 1 == 1);
            let households = bits(island).map(|bit| self.weight[bit]).sum();
            let counts = self
                .measure
                .counts(households, island.count_ones() as usize);
            if counts.0 > counts.1 {
                return false;
            }
            fewest += counts.0;
            most += counts.1;
            open &= !island;
        }
        (fewest..=most).contains(&grids)
    }

    /// The stretch that the lowest place of a set hangs together with.
    fn hanging_together(&self, set: u64) -> u64 {
        let mut found = set & set.wrapping_neg();
        let mut fresh = found;
        while fresh != 0 {
            let bit = fresh.trailing_zeros() as usize;
            fresh &= fresh - 1;
            let near = self.near[bit] & set & !found;
            found |= near;
            fresh |= near;
        }
        found
    }

    fn members(&self, set: u64) -> Vec<usize> {
        let bits = (0..self.places.len()).filter(|bit| set >> bit & 1 == 1);
        bits.map(|bit| self.places[bit]).collect()
    }

    /// The grids of the way that was found best.
    fn grids(&self, mut rest: u64, mut left: Left) -> Vec<Named> {
        let mut grids = Vec::new();
        while let Some(Some((_, set, name, after))) = self.known.get(&(rest, left)) {
            grids.push((self.members(*set), *name));
            rest &= !set;
            left = *after;
        }
        grids
    }
}
