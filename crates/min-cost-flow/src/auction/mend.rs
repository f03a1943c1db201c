//! The last pairs, exactly: each left that pays too much finds the shortest way to a free right.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{LIMIT, NONE, SCALE, State};

/// Not reached.
const FAR: i64 = i64::MAX;

/// One search over rights, by E. W. Dijkstra (1959), over what offers cost beyond the least.
struct Search {
    /// By right.
    distance: Vec<i64>,
    /// By right: the left from which it was reached, and by which of its offers.
    from: Vec<(u32, u32)>,
    /// The rights reached, to be forgotten after.
    reached: Vec<u32>,
    /// The rights left behind: nearer than the end.
    passed: Vec<u32>,
    open: BinaryHeap<Reverse<(i64, u32)>>,
}

impl State<'_> {
    /// Lets all go who do not pay the least, and pairs them anew along shortest ways; `None` where
    /// somebody finds none, or none that is short enough to be counted.
    pub(super) fn mend(&mut self) -> Option<()> {
        let alone = self.let_go(0);
        let mut least: Vec<i64> = (0..self.stands_by.len())
            .map(|left| self.least(left))
            .collect();
        let mut search = Search {
            distance: vec![FAR; self.price.len()],
            from: vec![(NONE, NONE); self.price.len()],
            reached: Vec::new(),
            passed: Vec::new(),
            open: BinaryHeap::new(),
        };
        for left in alone {
            let end = self.nearest_free(left, &least, &mut search)?;
            self.settle(left, end, &mut least, &mut search)?;
        }
        Some(())
    }

    /// The nearest right that has no left, where one can be reached.
    fn nearest_free(&self, start: u32, least: &[i64], search: &mut Search) -> Option<u32> {
        let (mut left, mut come) = (start, 0);
        loop {
            let places = self.market.places(left as usize);
            for (place, offer) in places.clone().zip(&self.market.offers[places]) {
                let right = offer.right as usize;
                let beyond =
                    i64::from(offer.cost) * SCALE + self.price[right] - least[left as usize];
                let reach = come + beyond;
                if reach < search.distance[right] {
                    if reach > LIMIT {
                        return None;
                    }
                    if search.distance[right] == FAR {
                        search.reached.push(offer.right);
                    }
                    search.distance[right] = reach;
                    search.from[right] = (left, crate::bounds::numbered(place));
                    search.open.push(Reverse((reach, offer.right)));
                }
            }
            // What was reached more cheaply since it was put here is passed over.
            let right = loop {
                let Reverse((distance, right)) = search.open.pop()?;
                if distance == search.distance[right as usize] {
                    break right;
                }
            };
            if self.left_of[right as usize] == NONE {
                return Some(right);
            }
            search.passed.push(right);
            left = self.left_of[right as usize];
            come = search.distance[right as usize];
        }
    }

    /// Raises the prices of all that lie nearer than the end, so that the way there costs its least
    /// at every step, and moves everybody on it one further.
    fn settle(
        &mut self,
        start: u32,
        end: u32,
        least: &mut [i64],
        search: &mut Search,
    ) -> Option<()> {
        let far = search.distance[end as usize];
        least[start as usize] += far;
        for &right in &search.passed {
            let nearer = far - search.distance[right as usize];
            let price = &mut self.price[right as usize];
            *price += nearer;
            if *price > LIMIT {
                return None;
            }
            least[self.left_of[right as usize] as usize] += nearer;
        }
        let mut right = end;
        loop {
            let (left, place) = search.from[right as usize];
            self.left_of[right as usize] = left;
            let before = std::mem::replace(&mut self.stands_by[left as usize], place);
            if left == start {
                break;
            }
            right = self.market.offers[before as usize].right;
        }
        for right in search.reached.drain(..) {
            search.distance[right as usize] = FAR;
        }
        search.passed.clear();
        search.open.clear();
        Some(())
    }
}
