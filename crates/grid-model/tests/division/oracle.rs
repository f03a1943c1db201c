//! Slow, obvious answers: every division of a few places, every choice of people for a few grids.

use std::collections::BTreeSet;

use grid_model::division::{
    Balance, Candidate, DivisionQuestion, NeighbourRow, Neighbours, Place, Quality, StandingGrid,
    Territory,
};
use grid_model::{AreaId, AreaLevel, AreaRow, Areas, PersonId};
use proptest::prelude::*;

/// A made-up territory by numbers, so that a failing case can be read.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// Village and households of each place.
    pub(crate) places: Vec<(usize, u32)>,
    /// Pairs of places with the minutes between them.
    pub(crate) ways: Vec<(usize, usize, u32)>,
}

pub(crate) fn area(number: usize) -> AreaId {
    AreaId::from_index(number).unwrap()
}

pub(crate) fn person(number: usize) -> PersonId {
    PersonId::from_index(number).unwrap()
}

pub(crate) fn candidate(number: usize, from: usize, most_grids: u32) -> Candidate {
    Candidate {
        person: person(number),
        from: area(from),
        most_grids,
    }
}

/// Areas named so that the number of each is its place's; villages are numbered after them.
pub(crate) fn areas(places: usize) -> Areas {
    let rows = (0..places).map(|place| AreaRow {
        id: format!("{place:05}"),
        parent: None,
        level: AreaLevel::VillageGroup,
        name_zh: String::new(),
        name_en: String::new(),
    });
    Areas::build(rows.collect()).0
}

impl Made {
    pub(crate) fn territory(&self) -> Territory {
        let row = |&(one, other, minutes): &(usize, usize, u32)| NeighbourRow {
            one: format!("{one:05}"),
            other: format!("{other:05}"),
            minutes,
        };
        let rows = self.ways.iter().map(row).collect();
        let (neighbours, refused) = Neighbours::build(rows, &areas(self.places.len()));
        assert!(refused.is_empty(), "{refused:?}");
        let places = self.places.iter().enumerate();
        let places = places.map(|(number, &(village, households))| Place {
            area: area(number),
            village: Some(area(1_000_000 + village)),
            households,
        });
        Territory::build(places.collect(), &neighbours).unwrap()
    }

    fn hangs_together(&self, places: &[usize]) -> bool {
        let mut reached: BTreeSet<usize> = places.iter().take(1).copied().collect();
        loop {
            let before = reached.len();
            for &(one, other, _) in &self.ways {
                if places.contains(&one) && places.contains(&other) {
                    if reached.contains(&one) {
                        reached.insert(other);
                    }
                    if reached.contains(&other) {
                        reached.insert(one);
                    }
                }
            }
            if reached.len() == before {
                return reached.len() == places.len();
            }
        }
    }

    pub(crate) fn households(&self, places: &[usize]) -> u64 {
        places
            .iter()
            .map(|&place| u64::from(self.places[place].1))
            .sum()
    }

    /// Every way to fall the places into so many sets, whether they hang together or not.
    fn partitions(&self, grids: usize) -> Vec<Vec<Vec<usize>>> {
        let mut open: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
        for place in 0..self.places.len() {
            let mut next = Vec::new();
            for partition in open {
                for set in 0..partition.len() {
                    let mut grown = partition.clone();
                    grown[set].push(place);
                    next.push(grown);
                }
                if partition.len() < grids {
                    let mut grown = partition;
                    grown.push(vec![place]);
                    next.push(grown);
                }
            }
            open = next;
        }
        open.retain(|partition| partition.len() == grids);
        open
    }

    /// Every division that keeps the rules.
    pub(crate) fn divisions(&self, balance: Balance) -> Vec<Vec<Vec<usize>>> {
        let bounds = u64::from(balance.least())..=u64::from(balance.most());
        let mut found = self.partitions(balance.grids() as usize);
        found.retain(|partition| {
            partition
                .iter()
                .all(|set| bounds.contains(&self.households(set)) && self.hangs_together(set))
        });
        found
    }

    /// Crossings and imbalance of a division.
    pub(crate) fn quality(&self, division: &[Vec<usize>]) -> Quality {
        let all: u64 = division.iter().map(|set| self.households(set)).sum();
        let share = i128::from(all / division.len() as u64);
        let mut quality = Quality::default();
        for set in division {
            let villages: BTreeSet<usize> = set.iter().map(|&place| self.places[place].0).collect();
            quality.crossings += villages.len() as u64 - 1;
            let over = i128::from(self.households(set)) - share;
            quality.imbalance += (over * (over - 1)).unsigned_abs();
        }
        quality
    }

    /// The fewest households that leave their grid, over all ways to say which set goes on with
    /// which standing grid.
    pub(crate) fn moved(
        &self,
        division: &[Vec<usize>],
        standing: &[StandingGrid],
        may_go_on: &[usize],
    ) -> u64 {
        let former = |place: usize| {
            standing
                .iter()
                .position(|grid| grid.areas.contains(&area(place)))
        };
        let cost = |set: &[usize], name: Option<usize>| -> u64 {
            let moved = set
                .iter()
                .filter(|&&place| former(place).is_some() && former(place) != name);
            moved.map(|&place| u64::from(self.places[place].1)).sum()
        };
        let mut least = u64::MAX;
        let mut open = vec![(0usize, Vec::<usize>::new(), 0u64)];
        while let Some((set, taken, so_far)) = open.pop() {
            if set == division.len() {
                least = least.min(so_far);
                continue;
            }
            open.push((set + 1, taken.clone(), so_far + cost(&division[set], None)));
            for &name in may_go_on.iter().filter(|name| !taken.contains(name)) {
                let taken = [&taken[..], &[name]].concat();
                open.push((set + 1, taken, so_far + cost(&division[set], Some(name))));
            }
        }
        least
    }

    /// The shortest ways between all places (Floyd and Warshall).
    fn minutes(&self) -> Vec<Vec<Option<u64>>> {
        let count = self.places.len();
        let mut minutes = vec![vec![None; count]; count];
        for (place, row) in minutes.iter_mut().enumerate() {
            row[place] = Some(0);
        }
        for &(one, other, way) in &self.ways {
            minutes[one][other] = Some(u64::from(way));
            minutes[other][one] = Some(u64::from(way));
        }
        for over in 0..count {
            for from in 0..count {
                for to in 0..count {
                    if let (Some(first), Some(second)) = (minutes[from][over], minutes[over][to])
                        && minutes[from][to].is_none_or(|known| first + second < known)
                    {
                        minutes[from][to] = Some(first + second);
                    }
                }
            }
        }
        minutes
    }

    /// The least households under somebody new, and then the least travel, over all choices of one
    /// candidate for each set within load.
    pub(crate) fn least_travel(
        &self,
        division: &[Vec<usize>],
        candidates: &[Candidate],
        before: &[Option<PersonId>],
    ) -> Option<(u64, u64)> {
        let minutes = self.minutes();
        let travel = |set: &[usize], one: &Candidate| -> Option<u64> {
            let ways = set.iter().map(|&place| {
                Some(u64::from(self.places[place].1) * minutes[one.from.index()][place]?)
            });
            ways.sum()
        };
        let mut least = None;
        let mut open = vec![(Vec::<usize>::new(), 0u64, 0u64)];
        while let Some((chosen, changed, so_far)) = open.pop() {
            let Some(set) = division.get(chosen.len()) else {
                if least.is_none_or(|least| (changed, so_far) < least) {
                    least = Some((changed, so_far));
                }
                continue;
            };
            for (number, one) in candidates.iter().enumerate() {
                let load = chosen.iter().filter(|&&other| other == number).count();
                let Some(travel) = travel(set, one).filter(|_| load < one.most_grids as usize)
                else {
                    continue;
                };
                let was = before.get(chosen.len()).copied().flatten();
                let is_new = was.is_some_and(|was| was != one.person);
                let change = if is_new {
                    self.households(set).max(1)
                } else {
                    0
                };
                open.push((
                    [&chosen[..], &[number]].concat(),
                    changed + change,
                    so_far + travel,
                ));
            }
        }
        least
    }
}

/// Up to eight places in up to three villages, of up to nine households each, some far from
/// others.
pub(crate) fn small() -> impl Strategy<Value = Made> {
    (1usize..=8)
        .prop_flat_map(|count| {
            let places = proptest::collection::vec((0usize..3, 0u32..10), count);
            let ways =
                proptest::collection::vec((0..count, 0..count, 0u32..30), count / 2..=2 * count);
            // A road through all, so that not every case falls apart.
            (
                places,
                ways,
                proptest::collection::vec(1u32..30, count - 1),
                any::<bool>(),
            )
        })
        .prop_map(|(places, mut ways, road, has_road)| {
            if has_road {
                ways.extend(
                    road.into_iter()
                        .enumerate()
                        .map(|(place, way)| (place, place + 1, way)),
                );
            }
            for way in &mut ways {
                *way = (way.0.min(way.1), way.0.max(way.1), way.2);
            }
            ways.retain(|way| way.0 != way.1);
            ways.sort_unstable();
            ways.dedup_by_key(|way| (way.0, way.1));
            Made { places, ways }
        })
}

/// Bounds that are often possible and often not.
pub(crate) fn balance() -> impl Strategy<Value = Balance> {
    (1u32..5, 0u32..12, 0u32..12)
        .prop_map(|(grids, least, more)| Balance::new(grids, least, (least + more).max(1)).unwrap())
}

pub(crate) fn question<'a>(
    territory: &'a Territory,
    balance: Balance,
    leads: &'a [Candidate],
    doctors: &'a [Candidate],
) -> DivisionQuestion<'a> {
    DivisionQuestion {
        territory,
        balance,
        leads,
        doctors,
        steps: 1_000_000,
        seed: 1,
    }
}

/// The sets of a plan by the numbers of their places.
pub(crate) fn sets(plan: &grid_model::division::GridPlan) -> Vec<Vec<usize>> {
    let grids = plan.grids.iter();
    grids
        .map(|grid| grid.areas.iter().map(|area| area.index()).collect())
        .collect()
}
