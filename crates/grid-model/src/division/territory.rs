//! What is divided: the smallest places, their households and their neighbours.

use std::collections::BTreeMap;

use thiserror::Error;

use super::Neighbours;
use crate::{AreaId, AreaLevel, Snapshot};

/// A smallest place: it goes to one grid as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The area, most often a villagers' group; what lies in it and is no place itself goes with it.
    pub area: AreaId,
    /// The natural village, or whatever else a grid should stay inside; nothing where it lies in
    /// none.
    pub village: Option<AreaId>,
    /// Households that must be screened: occupied, or not known to be empty.
    pub households: u32,
}

/// Why places are no territory.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TerritoryError {
    /// A place is given twice.
    #[error("area number {}: the place is there twice; give each area once", .area.index())]
    Twice {
        /// The area.
        area: AreaId,
    },
    /// A neighbour is no place.
    #[error("area number {}: it is named as a neighbour and is no place; add the place, with 0 households if nobody lives there", .area.index())]
    NoPlace {
        /// The area.
        area: AreaId,
    },
    /// The sum of households cannot be counted.
    #[error(
        "{households} households in all are over {}; divide a part at a time",
        u32::MAX
    )]
    TooMany {
        /// The sum.
        households: u64,
    },
}

/// Places in the order of their areas, with the ways between those that touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Territory {
    places: Vec<Place>,
    ways: Vec<Vec<(usize, u32)>>,
}

impl Territory {
    /// The places of a township as of a day: every area in which a dwelling stands directly, and
    /// every area that has a neighbour.
    ///
    /// `inside` is the level a grid should not leave where size allows: the natural village, or
    /// what takes its place elsewhere.
    ///
    /// # Errors
    /// [`TerritoryError::TooMany`]; the other errors cannot come of a township.
    pub fn of(
        town: &Snapshot<'_>,
        neighbours: &Neighbours,
        inside: &AreaLevel,
    ) -> Result<Self, TerritoryError> {
        let mut households: BTreeMap<AreaId, u32> = BTreeMap::new();
        for (_, household) in town.households() {
            let count = households.entry(household.area).or_default();
            *count = count.saturating_add(u32::from(household.must_be_screened()));
        }
        for pair in neighbours.pairs() {
            households.entry(pair.one).or_default();
            households.entry(pair.other).or_default();
        }
        let areas = town.township.areas();
        let place = |(area, households)| Place {
            area,
            village: areas.above(area, inside),
            households,
        };
        Territory::build(households.into_iter().map(place).collect(), neighbours)
    }

    /// A territory out of places in any order.
    ///
    /// # Errors
    /// [`TerritoryError`], the first by area.
    pub fn build(mut places: Vec<Place>, neighbours: &Neighbours) -> Result<Self, TerritoryError> {
        places.sort_unstable();
        if let Some(pair) = places.windows(2).find(|pair| pair[0].area == pair[1].area) {
            return Err(TerritoryError::Twice { area: pair[0].area });
        }
        let households = places.iter().map(|place| u64::from(place.households)).sum();
        if households > u64::from(u32::MAX) {
            return Err(TerritoryError::TooMany { households });
        }
        let position = |area| {
            let found = places.binary_search_by_key(&area, |place| place.area);
            found.map_err(|_| TerritoryError::NoPlace { area })
        };
        let mut ways = vec![Vec::new(); places.len()];
        for pair in neighbours.pairs() {
            let (one, other) = (position(pair.one)?, position(pair.other)?);
            ways[one].push((other, pair.minutes));
            ways[other].push((one, pair.minutes));
        }
        for ways in &mut ways {
            ways.sort_unstable();
        }
        Ok(Territory { places, ways })
    }

    /// The places in the order of their areas.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The position of an area's place among [`Self::places`].
    pub fn position(&self, area: AreaId) -> Option<usize> {
        self.places
            .binary_search_by_key(&area, |place| place.area)
            .ok()
    }

    /// From the place at a position, the positions of its neighbours with the way in minutes; none
    /// for a position that is not there.
    pub fn ways(&self, position: usize) -> &[(usize, u32)] {
        self.ways.get(position).map_or(&[], Vec::as_slice)
    }

    /// All households that must be screened.
    pub fn households(&self) -> u64 {
        self.places
            .iter()
            .map(|place| u64::from(place.households))
            .sum()
    }

    /// Stretches of places that hang together, each in order, the one with the first place first.
    pub fn islands(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.places.len()];
        let mut islands = Vec::new();
        for start in 0..self.places.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut island = vec![start];
            let mut next = 0;
            while let Some(&at) = island.get(next) {
                next += 1;
                for &(to, _) in self.ways(at) {
                    if !std::mem::replace(&mut seen[to], true) {
                        island.push(to);
                    }
                }
            }
            island.sort_unstable();
            islands.push(island);
        }
        islands
    }
}
