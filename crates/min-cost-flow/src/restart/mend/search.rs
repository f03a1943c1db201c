//! The shortest way around, sought from both ends.
//!
//! What I. Pohl, "Bi-directional search", Machine Intelligence 6 (1971), does for ways alone here
//! moves prices too: those near the one end fall, those near the other rise, together by the length
//! of the way, so that all steps on it cost nothing and none begins to gain.

use super::seen::{Best, Onward, Seen};
use crate::restart::steps::{Lane, NONE, Steps, Width};

/// A node takes as long as so many of its steps.
const NODE: usize = 4;
/// So many nodes are looked at together: the steps of the next are read while those of one still
/// wait for prices. Where four were it took a twentieth longer, and a quarter where one was.
const TOGETHER: usize = 16;
/// So many steps that lead on are written down before they are followed.
const SIFTED: usize = 32;

/// A search and the room it takes, kept for the next.
pub(super) struct Search<N> {
    /// By node; most looks read nothing else.
    prices: Vec<N>,
    seen: Seen<N>,
}

/// How a search ended.
pub(super) enum Found {
    /// A way back that costs less than the step gains: its places in order.
    Way(Vec<u32>),
    /// None does.
    Nothing,
    /// One end cannot be reached from the other, and the prices stay.
    ClosedOff,
    /// So many looks were not enough, or a price is farther from zero than is safe.
    TooFar,
}

impl<N: Width> Search<N> {
    pub(super) fn new(prices: Vec<N>) -> Self {
        let seen = Seen::new(prices.len());
        Self { prices, seen }
    }

    pub(super) fn price(&self, node: u32) -> N {
        self.prices[node as usize]
    }

    pub(super) fn prices(&self) -> &[N] {
        &self.prices
    }

    /// The nodes that the last search found to lie about an end that was closed off.
    pub(super) fn closed_off(&self) -> Option<&[u32]> {
        self.seen.closed_off()
    }

    /// How much the last search looked at.
    pub(super) fn looked(&self) -> usize {
        self.seen.looked(0) + self.seen.looked(1)
    }

    /// From the head of a step that gains so much to its tail; prices move unless more than `most`
    /// had to be looked at, or, if a way there `must` be, there is none.
    pub(super) fn around(
        &mut self,
        steps: &Steps<N>,
        (gaining, gain): (u32, N),
        must: bool,
        most: usize,
    ) -> Found {
        let ends = [steps.lane(gaining).end, steps.tail(gaining)];
        if !self.seen.begin(ends) {
            return Found::TooFar;
        }
        let mut best = Best {
            length: gain,
            meeting: NONE,
        };
        while self.seen.spare(&best) > N::default() {
            if self.looked() > most {
                return Found::TooFar;
            }
            // Whichever end has fewer nodes about it: often it is a leaf.
            if self.seen.looked(1) < self.seen.looked(0) {
                self.grow::<1>(steps, &mut best);
            } else {
                self.grow::<0>(steps, &mut best);
            }
        }
        if must && best.meeting == NONE && self.closed_off().is_some() {
            return Found::ClosedOff;
        }
        let fall = self.seen.radius(0).min(best.length);
        let near = self.shift(0, fall) && self.shift(1, best.length - fall);
        match best.meeting {
            _ if !near => Found::TooFar,
            NONE => Found::Nothing,
            meeting => Found::Way(self.way(steps, meeting)),
        }
    }

    /// Sees how far the neighbours of the next nodes lie, all at the same radius.
    fn grow<const ONE: usize>(&mut self, steps: &Steps<N>, best: &mut Best<N>) {
        let Self { prices, seen } = self;
        if !seen.reach_next(ONE, best) {
            return;
        }
        let radius = seen.radius(ONE);
        // A way on from there is longer than the best, unless the other end has been there: then it
        // was met from there.
        let mut most = seen.spare(best);
        // Which steps lead on cannot be guessed: all are written down, each over the one before it
        // where that did not.
        let mut onward = [Onward::default(); SIFTED];
        let (mut leading, mut looked) = (0, 0);
        for _ in 0..TOGETHER {
            let Some(node) = seen.next(ONE) else {
                break;
            };
            let price = prices[node as usize];
            let count = steps.each(ONE, node, |place, Lane { end, cost }| {
                let fall = price - prices[end as usize];
                let length = cost + if ONE == 0 { fall } else { -fall };
                onward[leading] = Onward {
                    place,
                    end,
                    distance: radius + length,
                };
                // Other steps that gain wait for their turn.
                leading += usize::from((length >= N::default()) & (length < most));
                if leading == SIFTED {
                    seen.follow::<ONE>(&onward, best);
                    (most, leading) = (seen.spare(best), 0);
                }
            });
            looked += NODE + count;
        }
        seen.follow::<ONE>(&onward[..leading], best);
        seen.has_looked(ONE, looked);
    }

    /// Moves the prices of all that lie nearer to one end than this, by as much as they do: down
    /// about the head, up about the tail. False where one comes too far from zero.
    fn shift(&mut self, one: usize, most: N) -> bool {
        let mut near = true;
        for (distance, nodes) in self.seen.levels(one) {
            let by = (most - distance).max(N::default());
            let by = if one == 0 { -by } else { by };
            if by == N::default() {
                continue;
            }
            for &node in nodes {
                let price = &mut self.prices[node as usize];
                *price += by;
                near &= (-N::REACH..=N::REACH).contains(price);
            }
        }
        near
    }

    /// The places of the way that passes a node.
    fn way(&self, steps: &Steps<N>, meeting: u32) -> Vec<u32> {
        let by = |one: usize, node: u32| self.seen.by(one, node);
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
        // So many that some nodes are found again nearer before they are taken.
        #![proptest_config(ProptestConfig::with_cases(8_192))]

        #[test]
        fn a_search_finds_the_shortest_way_or_prices_by_which_none_gains(
            draws in prop::collection::vec((0..NODES, 0..NODES, 1i64..4, 0i32..12), 0..80),
            prices in prop::collection::vec(-9i32..9, NODES as usize),
            kept in 0usize..80,
            gain in 1i32..40,
        ) {
            let (steps, gaining) = laid(&draws, kept, &prices, gain);
            let expected = shortest(&steps, &prices, gaining).filter(|&length| length < gain);
            let mut search = Search::new(prices.clone());
            let found = search.around(&steps, (gaining, gain), false, usize::MAX);
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
                Found::ClosedOff => return Err(TestCaseError::fail("no way had to be")),
                Found::TooFar => return Err(TestCaseError::fail("nothing was too far")),
            }
        }
    }

    proptest! {
        #[test]
        fn where_a_way_must_be_what_closes_it_off_is_told_and_no_price_moves(
            draws in prop::collection::vec((0..NODES, 0..NODES, 1i64..4, 0i32..3), 0..14),
            prices in prop::collection::vec(-9i32..9, NODES as usize),
        ) {
            // Longer than any way.
            let gain = 100;
            let (steps, gaining) = laid(&draws, draws.len(), &prices, gain);
            let mut search = Search::new(prices.clone());
            let found = search.around(&steps, (gaining, gain), true, usize::MAX);
            let closed_off = matches!(found, Found::ClosedOff);
            prop_assert_eq!(closed_off, shortest(&steps, &prices, gaining).is_none());
            if closed_off {
                prop_assert_eq!(search.prices(), prices);
                let about = search.closed_off().unwrap_or(&[]);
                prop_assert!(about.contains(&0) != about.contains(&1));
                let open = open(&steps).into_iter().filter(|&(_, place)| place != gaining);
                let mut ways = open.map(|(tail, place)| [tail, steps.lane(place).end]);
                let forth = about.contains(&1);
                let stays = ways.all(|[tail, head]| {
                    let [from, to] = if forth { [tail, head] } else { [head, tail] };
                    !about.contains(&from) || about.contains(&to)
                });
                prop_assert!(stays);
            }
        }
    }

    #[test]
    fn of_more_steps_than_are_written_down_none_is_lost() {
        let many = u32::try_from(3 * SIFTED).unwrap_or(0);
        for passed in 0..many {
            // From 1 to many, from as many others to 0, and from one of those to one of these.
            let (out, back) = (|at: u32| 2 + at, |at: u32| 2 + many + at);
            let leaving = (0..many).map(|at| (1, out(at), 1, 0));
            let arriving = (0..many).map(|at| (back(at), 0, 1, 0));
            let between = (out(passed), back(passed), 1, 1);
            let draws: Vec<_> = leaving.chain(arriving).chain([between]).collect();
            let (steps, gaining) = laid(&draws, draws.len(), &vec![0; draws.len() + 1], 9);
            let mut search = Search::new(vec![0; draws.len() + 1]);
            let found = search.around(&steps, (gaining, 9), false, usize::MAX);
            let Found::Way(way) = found else {
                unreachable!("there is a way through {passed}")
            };
            let ends: Vec<u32> = way.iter().map(|&place| steps.lane(place).end).collect();
            assert_eq!(ends, [out(passed), back(passed), 0]);
        }
    }

    #[test]
    fn a_search_that_looks_too_far_moves_no_price() {
        let prices = vec![0; NODES as usize];
        let (steps, gaining) = laid(&[(1, 2, 3, 1), (2, 0, 3, 1)], 2, &prices, 9);
        let mut search = Search::new(prices.clone());
        let found = search.around(&steps, (gaining, 9), false, 1);
        assert!(matches!(found, Found::TooFar));
        assert_eq!(search.prices(), prices);
    }
}
