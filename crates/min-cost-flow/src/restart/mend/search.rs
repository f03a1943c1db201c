//! The shortest way around, sought from both ends.
//!
//! What I. Pohl, "Bi-directional search", Machine Intelligence 6 (1971), does for ways alone here
//! moves prices too: those near the one end fall, those near the other rise, together by the length
//! of the way, so that all steps on it cost nothing and none begins to gain.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::steps::{NONE, Steps};
use crate::simplex::FARTHEST;

/// A node takes as long as so many of its steps.
const NODE: usize = 4;

/// How near one end a node lies, as far as is known, and by which step; of another search if the
/// stamp is.
#[derive(Clone, Copy, Default)]
struct Mark {
    stamp: u32,
    by: u32,
    distance: i64,
}

/// A node's price, and where it lies as seen from either end: side by side, since a look reads all.
#[derive(Clone, Copy, Default)]
struct Spot {
    price: i64,
    marks: [Mark; 2],
}

/// What was seen from one end.
#[derive(Default)]
struct Side {
    /// Nodes that lie at the radius, and those that lie farther.
    near: VecDeque<u32>,
    far: BinaryHeap<Reverse<(i64, u32)>>,
    /// Whose steps were looked at: all that lie within the radius.
    settled: Vec<u32>,
    radius: i64,
    looked: usize,
}

/// A search and the room it takes, kept for the next.
pub(super) struct Search {
    stamp: u32,
    spots: Vec<Spot>,
    /// Onward from the head of a step that gains, and backward from its tail.
    sides: [Side; 2],
}

/// The shortest way known: no longer than the step gains, and where both sides met on it.
struct Best {
    length: i64,
    meeting: u32,
}

/// How a search ended.
pub(super) enum Found {
    /// A way back that costs less than the step gains: its places in order.
    Way(Vec<u32>),
    /// None does.
    Nothing,
    /// So many looks were not enough, or a price is farther from zero than is safe.
    TooFar,
}

impl Search {
    pub(super) fn new(prices: &[i64]) -> Self {
        let marks = [Mark::default(); 2];
        let spots = prices.iter().map(|&price| Spot { price, marks });
        Self {
            stamp: 0,
            spots: spots.collect(),
            sides: Default::default(),
        }
    }

    pub(super) fn price(&self, node: u32) -> i64 {
        self.spots[node as usize].price
    }

    pub(super) fn prices(&self) -> Vec<i64> {
        self.spots.iter().map(|spot| spot.price).collect()
    }

    /// How much the last search looked at.
    pub(super) fn looked(&self) -> usize {
        self.sides[0].looked + self.sides[1].looked
    }

    /// From the head of a step that gains so much to its tail; prices move unless more than `most`
    /// had to be looked at.
    pub(super) fn around(
        &mut self,
        steps: &Steps,
        (gaining, gain): (u32, i64),
        most: usize,
    ) -> Found {
        let Some(stamp) = self.stamp.checked_add(1) else {
            return Found::TooFar;
        };
        self.stamp = stamp;
        self.begin(0, steps.at(gaining).head);
        self.begin(1, steps.tail(gaining));
        let mut best = Best {
            length: gain,
            meeting: NONE,
        };
        loop {
            let spare = best.length - self.sides[0].radius - self.sides[1].radius;
            if spare <= 0 {
                break;
            }
            if self.looked() > most {
                return Found::TooFar;
            }
            // Whichever end has fewer nodes about it: often it is a leaf.
            let one = usize::from(self.sides[1].looked < self.sides[0].looked);
            if let Some(node) = self.next(one, spare) {
                self.look(one, steps, node, &mut best);
            }
        }
        let fall = self.sides[0].radius.min(best.length);
        let rise = best.length - fall;
        let near = self.shift(0, fall, -1) && self.shift(1, rise, 1);
        match best.meeting {
            _ if !near => Found::TooFar,
            NONE => Found::Nothing,
            meeting => Found::Way(self.way(steps, meeting)),
        }
    }

    fn begin(&mut self, one: usize, node: u32) {
        let side = &mut self.sides[one];
        side.near.clear();
        side.far.clear();
        side.settled.clear();
        (side.radius, side.looked) = (0, 0);
        side.near.push_back(node);
        self.spots[node as usize].marks[one] = Mark {
            stamp: self.stamp,
            by: NONE,
            distance: 0,
        };
    }

    /// The next node, nearest first, if it lies less than `spare` beyond the radius, which grows to
    /// it; otherwise the radius grows by `spare`.
    fn next(&mut self, one: usize, spare: i64) -> Option<u32> {
        let side = &mut self.sides[one];
        if let Some(node) = side.near.pop_front() {
            return Some(node);
        }
        while let Some(&Reverse((distance, node))) = side.far.peek() {
            if distance - side.radius >= spare {
                break;
            }
            side.far.pop();
            // Nodes that were found to lie nearer since were taken there.
            if self.spots[node as usize].marks[one].distance == distance {
                side.radius = distance;
                return Some(node);
            }
        }
        side.radius += spare;
        None
    }

    /// Sees how far the neighbours of a node lie that is at the radius.
    fn look(&mut self, one: usize, steps: &Steps, node: u32, best: &mut Best) {
        let side = &mut self.sides[one];
        let price = self.spots[node as usize].price;
        side.settled.push(node);
        side.looked += NODE;
        for place in steps.of(node) {
            side.looked += 1;
            let step = steps.at(place);
            // Seen first, since where it leads lies elsewhere in memory.
            let room = if one == 0 { step.room } else { step.back };
            if room == 0 {
                continue;
            }
            let spot = &mut self.spots[step.head as usize];
            let reduced = step.cost + price - spot.price;
            let length = if one == 0 { reduced } else { -reduced };
            let distance = side.radius + length;
            let known = &mut spot.marks[one];
            // Other steps that gain wait for their turn.
            let too_far = length < 0 || distance >= best.length;
            if too_far || known.stamp == self.stamp && known.distance <= distance {
                continue;
            }
            *known = Mark {
                stamp: self.stamp,
                by: place,
                distance,
            };
            side.put(step.head, distance);
            let beyond = spot.marks[1 - one];
            if beyond.stamp == self.stamp && distance + beyond.distance < best.length {
                best.length = distance + beyond.distance;
                best.meeting = step.head;
            }
        }
    }

    /// Moves the prices of all that lie nearer to one end than this, by as much as they do; false
    /// where one comes too far from zero.
    fn shift(&mut self, one: usize, most: i64, sign: i64) -> bool {
        let mut near = true;
        for &node in &self.sides[one].settled {
            let spot = &mut self.spots[node as usize];
            let by = most - spot.marks[one].distance;
            spot.price += sign * by.max(0);
            near &= (-FARTHEST..=FARTHEST).contains(&spot.price);
        }
        near
    }

    /// The places of the way that passes a node.
    fn way(&self, steps: &Steps, meeting: u32) -> Vec<u32> {
        let by = |one: usize, node: u32| self.spots[node as usize].marks[one].by;
        let mut way = Vec::new();
        let mut node = meeting;
        while by(0, node) != NONE {
            way.push(by(0, node));
            node = steps.tail(by(0, node));
        }
        way.reverse();
        node = meeting;
        while by(1, node) != NONE {
            // Seen from beyond: its twin leads on.
            let onward = steps.at(by(1, node)).twin;
            way.push(onward);
            node = steps.at(onward).head;
        }
        way
    }
}

impl Side {
    fn put(&mut self, node: u32, distance: i64) {
        if distance == self.radius {
            self.near.push_back(node);
        } else {
            self.far.push(Reverse((distance, node)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::steps::Laid;
    use super::*;
    use proptest::prelude::*;

    const NODES: u32 = 7;

    /// Arcs that lose nothing by these prices, those not `kept` laid later, and at last one that
    /// gains so much.
    fn laid(
        draws: &[(u32, u32, i64, i64)],
        kept: usize,
        prices: &[i64],
        gain: i64,
    ) -> (Steps, u32) {
        let arc = |&(tail, head, room, loss): &(u32, u32, i64, i64)| Laid {
            tail,
            head,
            room,
            flow: if loss == 0 { room / 2 } else { 0 },
            cost: loss + prices[head as usize] - prices[tail as usize],
        };
        let arcs: Vec<Laid> = draws.iter().map(arc).collect();
        let (now, later) = arcs.split_at(kept.min(arcs.len()));
        let (mut steps, _) = Steps::over(prices.len(), now);
        for &arc in later {
            steps.add(arc);
        }
        let gaining = steps.add(arc(&(0, 1, 1, -gain)));
        (steps, gaining)
    }

    /// The steps that have room, with where they begin.
    fn open(steps: &Steps) -> Vec<(u32, u32)> {
        let of = |node| steps.of(node).map(move |place| (node, place));
        let all = (0..NODES).flat_map(of);
        all.filter(|&(_, place)| steps.at(place).room > 0).collect()
    }

    fn reduced(steps: &Steps, prices: &[i64], (tail, place): (u32, u32)) -> i64 {
        let step = steps.at(place);
        step.cost + prices[tail as usize] - prices[step.head as usize]
    }

    /// The shortest way from 1 to 0, relaxed as often as there are nodes; slow and obvious.
    fn shortest(steps: &Steps, prices: &[i64], gaining: u32) -> Option<i64> {
        let mut length = vec![None; prices.len()];
        length[1] = Some(0);
        for _ in 0..NODES {
            for (tail, place) in open(steps) {
                let along = reduced(steps, prices, (tail, place));
                let Some(so_far) = length[tail as usize].filter(|_| place != gaining) else {
                    continue;
                };
                let there = &mut length[steps.at(place).head as usize];
                *there = Some(there.map_or(so_far + along, |known: i64| known.min(so_far + along)));
            }
        }
        length[0]
    }

    proptest! {
        #[test]
        fn a_search_finds_the_shortest_way_or_prices_by_which_none_gains(
            draws in prop::collection::vec((0..NODES, 0..NODES, 1i64..4, 0i64..6), 0..20),
            prices in prop::collection::vec(-9i64..9, NODES as usize),
            kept in 0usize..20,
            gain in 1i64..20,
        ) {
            let (steps, gaining) = laid(&draws, kept, &prices, gain);
            let expected = shortest(&steps, &prices, gaining).filter(|&length| length < gain);
            let mut search = Search::new(&prices);
            let found = search.around(&steps, (gaining, gain), usize::MAX);
            let moved = search.prices();
            let still = gain - expected.unwrap_or(gain);
            prop_assert_eq!(reduced(&steps, &moved, (0, gaining)), -still);
            for (tail, place) in open(&steps).into_iter().filter(|&(_, place)| place != gaining) {
                prop_assert!(reduced(&steps, &moved, (tail, place)) >= 0);
            }
            match found {
                Found::Way(way) => {
                    prop_assert!(expected.is_some());
                    let mut node = 1;
                    for place in way {
                        prop_assert_eq!(steps.tail(place), node);
                        prop_assert!(steps.at(place).room > 0);
                        prop_assert_eq!(reduced(&steps, &moved, (node, place)), 0);
                        node = steps.at(place).head;
                    }
                    prop_assert_eq!(node, 0);
                }
                Found::Nothing => prop_assert_eq!(expected, None),
                Found::TooFar => return Err(TestCaseError::fail("nothing was too far")),
            }
        }
    }

    #[test]
    fn a_search_that_looks_too_far_moves_no_price() {
        let prices = [0; NODES as usize];
        let (steps, gaining) = laid(&[(1, 2, 3, 1), (2, 0, 3, 1)], 2, &prices, 9);
        let mut search = Search::new(&prices);
        let found = search.around(&steps, (gaining, 9), 1);
        assert!(matches!(found, Found::TooFar));
        assert_eq!(search.prices(), prices);
    }
}
