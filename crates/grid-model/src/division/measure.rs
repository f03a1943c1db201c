//! What the search weighs: how far a grid is from what is wanted, and how many steps are left.

use super::{Balance, Quality, Territory};

/// What a grid, or all of them, cost; compared in the order of the fields, and added up over grids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// Households over the most or missing to the least.
    pub(super) outside: u64,
    /// Households that were under another lead before.
    pub(super) moved: u64,
    /// Villages beyond the first.
    pub(super) crossings: u64,
    /// Distance from the average, as [`super::Quality::imbalance`] has it.
    pub(super) imbalance: u128,
}

impl Cost {
    /// What a division within the bounds costs.
    pub(super) fn of(quality: Quality) -> Self {
        Cost {
            outside: 0,
            moved: quality.moved,
            crossings: quality.crossings,
            imbalance: quality.imbalance,
        }
    }

    pub(super) fn quality(self) -> Quality {
        Quality {
            moved: self.moved,
            crossings: self.crossings,
            imbalance: self.imbalance,
        }
    }
}

impl std::ops::Add for Cost {
    type Output = Cost;

    fn add(self, other: Cost) -> Cost {
        Cost {
            outside: self.outside + other.outside,
            moved: self.moved + other.moved,
            crossings: self.crossings + other.crossings,
            imbalance: self.imbalance + other.imbalance,
        }
    }
}

impl std::iter::Sum for Cost {
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::default(), |sum, cost| sum + cost)
    }
}

/// The number of a standing grid, whose lead goes on; nothing for a grid that is new.
pub(super) type Name = Option<u32>;

/// The measure by which grids are compared.
#[derive(Clone, Debug)]
pub(super) struct Measure<'a> {
    pub(super) territory: &'a Territory,
    pub(super) least: u64,
    pub(super) most: u64,
    /// The average rounded down.
    share: u64,
    /// For every place the standing grid it was in; empty where nothing stands.
    pub(super) former: Vec<Name>,
}

impl<'a> Measure<'a> {
    pub(super) fn new(territory: &'a Territory, balance: Balance, former: Vec<Name>) -> Self {
        Measure {
            territory,
            least: u64::from(balance.least()),
            most: u64::from(balance.most()),
            share: territory.households() / u64::from(balance.grids()),
            former,
        }
    }

    pub(super) fn households(&self, places: &[usize]) -> u64 {
        places.iter().map(|&place| self.weight(place)).sum()
    }

    pub(super) fn weight(&self, place: usize) -> u64 {
        u64::from(self.territory.places()[place].households)
    }

    /// How far a number of households is outside the bounds of so many grids.
    pub(super) fn outside(&self, households: u64, grids: u64) -> u64 {
        let over = households.saturating_sub(self.most * grids);
        over + (self.least * grids).saturating_sub(households)
    }

    pub(super) fn imbalance(&self, households: u64) -> u128 {
        let from_share = u128::from(households.abs_diff(self.share));
        // (h − s)(h − s − 1) on either side of s without leaving the whole numbers.
        if households > self.share {
            from_share * (from_share - 1)
        } else {
            from_share * (from_share + 1)
        }
    }

    /// What a grid of these places costs under a name.
    pub(super) fn grid(&self, places: &[usize], name: Name) -> Cost {
        let households = self.households(places);
        let mut villages: Vec<_> = places
            .iter()
            .map(|&place| self.territory.places()[place].village)
            .collect();
        villages.sort_unstable();
        villages.dedup();
        Cost {
            outside: self.outside(households, 1),
            moved: self.moved(places, name),
            crossings: villages.len().saturating_sub(1) as u64,
            imbalance: self.imbalance(households),
        }
    }

    /// Households of these places that were under another lead; who was under none moves nowhere.
    fn moved(&self, places: &[usize], name: Name) -> u64 {
        if self.former.is_empty() {
            return 0;
        }
        let others = places
            .iter()
            .filter(|&&place| self.former[place].is_some() && self.former[place] != name);
        others.map(|&place| self.weight(place)).sum()
    }

    /// The fewest and the most grids that places hanging together can make up by their sum and
    /// their number alone; the fewest is over the most where none can.
    pub(super) fn counts(&self, households: u64, places: usize) -> (u64, u64) {
        let fewest = households.div_ceil(self.most).max(1);
        let most = households.checked_div(self.least).unwrap_or(u64::MAX);
        (fewest, most.min(places as u64))
    }
}

/// The search must stop: no steps are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutOfSteps;

/// How many steps may still be taken, and how many were.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    left: u64,
    taken: u64,
}

impl Steps {
    pub(super) fn new(left: u64) -> Self {
        Steps { left, taken: 0 }
    }

    pub(super) fn take(&mut self, steps: u64) -> Result<(), OutOfSteps> {
        if steps > self.left {
            self.left = 0;
            return Err(OutOfSteps);
        }
        self.left -= steps;
        self.taken += steps;
        Ok(())
    }

    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    pub(super) fn is_out(&self) -> bool {
        self.left == 0
    }

    /// A part of what is left, for a search that may fail; what it took is counted here.
    pub(super) fn part<T>(&mut self, most: u64, search: impl FnOnce(&mut Steps) -> T) -> T {
        let mut part = Steps::new(self.left.min(most));
        let found = search(&mut part);
        self.left -= part.taken;
        self.taken += part.taken;
        found
    }
}

/// Seeded chance: Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014 (SplitMix64). It breaks ties in the search and needs no more than that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
