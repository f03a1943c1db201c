//! The shortest way around, sought from both ends.
//!
//! What I. Pohl, "Bi-directional search", Machine Intelligence 6 (1971), does for ways alone here
//! moves prices too: those near the one end fall, those near the other rise, together by the length
//! of the way, so that all steps on it cost nothing and none begins to gain.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::restart::steps::{Lane, NONE, Steps, Width};

/// A node takes as long as so many of its steps.
const NODE: usize = 4;

/// How near one end a node lies, as far as is known, and by which step; of another search if the
/// stamp is.
#[derive(Clone, Copy, Default)]
struct Mark<N> {
    stamp: u32,
    by: u32,
    distance: N,
}

/// What was seen from one end.
#[derive(Default)]
struct Side<N> {
    /// Nodes that lie at the radius, and those that lie farther.
    near: VecDeque<u32>,
    far: BinaryHeap<Reverse<(N, u32)>>,
    /// Whose steps were looked at: all that lie within the radius.
    settled: Vec<u32>,
    radius: N,
    looked: usize,
}

/// A search and the room it takes, kept for the next.
pub(super) struct Search<N> {
    stamp: u32,
    /// By node; most looks read nothing else.
    prices: Vec<N>,
    /// By node: as seen from either end.
    marks: Vec<[Mark<N>; 2]>,
    /// Onward from the head of a step that gains, and backward from its tail.
    sides: [Side<N>; 2],
}

/// The shortest way known: no longer than the step gains, and where both sides met on it.
struct Best<N> {
    length: N,
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

impl<N: Width> Search<N> {
    pub(super) fn new(prices: Vec<N>) -> Self {
        let sides = [0, 1].map(|_| Side {
            near: VecDeque::new(),
            far: BinaryHeap::new(),
            settled: Vec::new(),
            radius: N::default(),
            looked: 0,
        });
        Self {
            stamp: 0,
            marks: vec![[Mark::default(); 2]; prices.len()],
            prices,
            sides,
        }
    }

    pub(super) fn price(&self, node: u32) -> N {
        self.prices[node as usize]
    }

    pub(super) fn prices(&self) -> &[N] {
        &self.prices
    }

    /// How much the last search looked at.
    pub(super) fn looked(&self) -> usize {
        self.sides[0].looked + self.sides[1].looked
    }

    /// From the head of a step that gains so much to its tail; prices move unless more than `most`
    /// had to be looked at.
    pub(super) fn around(
        &mut self,
        steps: &Steps<N>,
        (gaining, gain): (u32, N),
        most: usize,
    ) -> Found {
        let Some(stamp) = self.stamp.checked_add(1) else {
            return Found::TooFar;
        };
        self.stamp = stamp;
        self.begin(0, steps.lane(gaining).end);
        self.begin(1, steps.tail(gaining));
        let mut best = Best {
            length: gain,
            meeting: NONE,
        };
        loop {
            let spare = best.length - self.sides[0].radius - self.sides[1].radius;
            if spare <= N::default() {
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
        let near = self.shift(0, fall) && self.shift(1, best.length - fall);
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
        (side.radius, side.looked) = (N::default(), 0);
        side.near.push_back(node);
        self.marks[node as usize][one] = Mark {
            stamp: self.stamp,
            by: NONE,
            distance: N::default(),
        };
    }

    /// The next node, nearest first, if it lies less than `spare` beyond the radius, which grows to
    /// it; otherwise the radius grows by `spare`.
    fn next(&mut self, one: usize, spare: N) -> Option<u32> {
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
            if self.marks[node as usize][one].distance == distance {
                side.radius = distance;
                return Some(node);
            }
        }
        side.radius += spare;
        None
    }

    /// Sees how far the neighbours of a node lie that is at the radius.
    fn look(&mut self, one: usize, steps: &Steps<N>, node: u32, best: &mut Best<N>) {
        let beyond = self.sides[1 - one].radius;
        let (side, prices) = (&mut self.sides[one], &self.prices);
        let (marks, stamp) = (&mut self.marks, self.stamp);
        let price = prices[node as usize];
        side.settled.push(node);
        // A way on from there is longer than the best, unless the other end has been there: then it
        // was met from there.
        let mut most = best.length - beyond - side.radius;
        let count = steps.each(one, node, |place, Lane { end, cost }| {
            let fall = price - prices[end as usize];
            let length = cost + if one == 0 { fall } else { -fall };
            // Other steps that gain wait for their turn.
            if length < N::default() || length >= most {
                return;
            }
            let distance = side.radius + length;
            let marks = &mut marks[end as usize];
            let known = marks[one];
            if known.stamp == stamp && known.distance <= distance {
                return;
            }
            marks[one] = Mark {
                stamp,
                by: place,
                distance,
            };
            side.put(end, distance);
            let other = marks[1 - one];
            if other.stamp == stamp && distance + other.distance < best.length {
                best.length = distance + other.distance;
                best.meeting = end;
                most = best.length - beyond - side.radius;
            }
        });
        side.looked += NODE + count;
    }

    /// Moves the prices of all that lie nearer to one end than this, by as much as they do: down
    /// about the head, up about the tail. False where one comes too far from zero.
    fn shift(&mut self, one: usize, most: N) -> bool {
        let mut near = true;
        for &node in &self.sides[one].settled {
            let by = most - self.marks[node as usize][one].distance;
            let by = by.max(N::default());
            let price = &mut self.prices[node as usize];
            *price += if one == 0 { -by } else { by };
            near &= (-N::REACH..=N::REACH).contains(price);
        }
        near
    }

    /// The places of the way that passes a node.
    fn way(&self, steps: &Steps<N>, meeting: u32) -> Vec<u32> {
        let by = |one: usize, node: u32| self.marks[node as usize][one].by;
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
            let onward = steps.twin(by(1, node));
            way.push(onward);
            node = steps.lane(onward).end;
        }
        way
    }
}

impl<N: Width> Side<N> {
    fn put(&mut self, node: u32, distance: N) {
        if distance == self.radius {
            self.near.push_back(node);
        } else {
            self.far.push(Reverse((distance, node)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::restart::steps::Laid;
    use proptest::prelude::*;

    const NODES: u32 = 7;

    /// Arcs that lose nothing by these prices, those not `kept` laid later, and at last one that
    /// gains so much.
    fn laid(
        draws: &[(u32, u32, i64, i32)],
        kept: usize,
        prices: &[i32],
        gain: i32,
    ) -> (Steps<i32>, u32) {
        let arc = |&(tail, head, room, loss): &(u32, u32, i64, i32)| Laid {
            tail,
            head,
            room,
            flow: if loss == 0 { room / 2 } else { 0 },
            cost: loss + prices[head as usize] - prices[tail as usize],
        };
        let arcs: Vec<_> = draws.iter().map(arc).collect();
        let (now, later) = arcs.split_at(kept.min(arcs.len()));
        let (mut steps, _) = Steps::over(prices.len(), now);
        for arc in later {
            steps.add(arc);
        }
        let gaining = steps.add(&arc(&(0, 1, 1, -gain)));
        (steps, gaining)
    }

    /// The steps that have room, with where they begin.
    fn open(steps: &Steps<i32>) -> Vec<(u32, u32)> {
        let mut all = Vec::new();
        for node in 0..NODES {
            steps.each(0, node, |place, _| all.push((node, place)));
        }
        all.retain(|&(_, place)| steps.room(place) > 0);
        all
    }

    fn reduced(steps: &Steps<i32>, prices: &[i32], (tail, place): (u32, u32)) -> i32 {
        let Lane { end, cost } = steps.lane(place);
        cost + prices[tail as usize] - prices[end as usize]
    }

    /// The shortest way from 1 to 0, relaxed as often as there are nodes; slow and obvious.
    fn shortest(steps: &Steps<i32>, prices: &[i32], gaining: u32) -> Option<i32> {
        let mut length = vec![None; prices.len()];
        length[1] = Some(0);
        for _ in 0..NODES {
            for (tail, place) in open(steps) {
                let along = reduced(steps, prices, (tail, place));
                let Some(so_far) = length[tail as usize].filter(|_| place != gaining) else {
                    continue;
                };
                let there = &mut length[steps.lane(place).end as usize];
                *there = Some(there.map_or(so_far + along, |known: i32| known.min(so_far + along)));
            }
        }
        length[0]
    }

    proptest! {
        #[test]
        fn a_search_finds_the_shortest_way_or_prices_by_which_none_gains(
            draws in prop::collection::vec((0..NODES, 0..NODES, 1i64..4, 0i32..6), 0..20),
            prices in prop::collection::vec(-9i32..9, NODES as usize),
            kept in 0usize..20,
            gain in 1i32..20,
        ) {
            let (steps, gaining) = laid(&draws, kept, &prices, gain);
            let expected = shortest(&steps, &prices, gaining).filter(|&length| length < gain);
            let mut search = Search::new(prices.clone());
            let found = search.around(&steps, (gaining, gain), usize::MAX);
            let moved = search.prices().to_vec();
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
                        prop_assert!(steps.room(place) > 0);
                        prop_assert_eq!(reduced(&steps, &moved, (node, place)), 0);
                        node = steps.lane(place).end;
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
        let prices = vec![0; NODES as usize];
        let (steps, gaining) = laid(&[(1, 2, 3, 1), (2, 0, 3, 1)], 2, &prices, 9);
        let mut search = Search::new(prices.clone());
        let found = search.around(&steps, (gaining, 9), 1);
        assert!(matches!(found, Found::TooFar));
        assert_eq!(search.prices(), prices);
    }
}
