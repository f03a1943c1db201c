//! What lies farther than a search has come, nearest first.
//!
//! R. K. Ahuja, K. Mehlhorn, J. B. Orlin and R. E. Tarjan, "Faster algorithms for the shortest path
//! problem", Journal of the ACM 37 (1990): nothing is put nearer than what was taken last, so that it
//! is enough to sort by the highest bit in which a distance differs from that. Most of what a search
//! puts here it never takes, and to put something takes a few instructions.

use crate::restart::steps::Width;

/// A distance has as many bits at most.
const BITS: usize = 64;

/// Nodes by how far they lie: all farther than those taken last.
pub(super) struct Farther<N> {
    last: N,
    /// By the highest bit in which their distances differ from the last.
    buckets: Vec<Vec<(N, u32)>>,
    /// The buckets that hold something, a bit each.
    filled: u64,
}

impl<N: Width> Farther<N> {
    pub(super) fn new() -> Self {
        Self {
            last: N::default(),
            buckets: vec![Vec::new(); BITS],
            filled: 0,
        }
    }

    /// Without nodes, and with nothing taken.
    pub(super) fn clear(&mut self) {
        while self.filled != 0 {
            self.buckets[self.filled.trailing_zeros() as usize].clear();
            self.filled &= self.filled - 1;
        }
        self.last = N::default();
    }

    /// Puts a node that lies farther than those taken last.
    pub(super) fn put(&mut self, distance: N, node: u32) {
        let bit = highest_bit(self.last, distance);
        self.buckets[bit].push((distance, node));
        self.filled |= 1 << bit;
    }

    /// How far the nearest lie.
    pub(super) fn nearest(&self) -> Option<N> {
        let bucket = self.buckets.get(self.filled.trailing_zeros() as usize)?;
        bucket.iter().map(|&(distance, _)| distance).min()
    }

    /// Takes all that lie so far, which none is nearer than.
    pub(super) fn take(&mut self, nearest: N, mut taken: impl FnMut(u32)) {
        let bit = self.filled.trailing_zeros() as usize;
        let Some(bucket) = self.buckets.get_mut(bit) else {
            return;
        };
        let mut bucket = std::mem::take(bucket);
        self.filled &= self.filled - 1;
        self.last = nearest;
        // They differ from each other in lower bits only.
        for (distance, node) in bucket.drain(..) {
            if distance == nearest {
                taken(node);
            } else {
                self.put(distance, node);
            }
        }
        self.buckets[bit] = bucket;
    }
}

/// The highest bit in which two numbers differ that do.
fn highest_bit<N: Width>(one: N, other: N) -> usize {
    let (one, other): (i64, i64) = (one.into(), other.into());
    (one ^ other).ilog2() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    /// Puts what lies so much farther than what was taken last, or takes the nearest; both say the same
    /// as a heap.
    fn as_a_heap_does<N: Width + std::fmt::Debug>(
        farther: &mut Farther<N>,
        farther_by: &[Option<N>],
    ) -> Result<(), TestCaseError> {
        let mut heap = BinaryHeap::new();
        let mut last = N::default();
        for (node, by) in (0..).zip(farther_by) {
            if let &Some(by) = by {
                farther.put(last + by, node);
                heap.push(Reverse((last + by, node)));
                continue;
            }
            let nearest = heap.peek().map(|&Reverse((distance, _))| distance);
            prop_assert_eq!(farther.nearest(), nearest);
            let Some(nearest) = nearest else {
                continue;
            };
            let mut taken = Vec::new();
            farther.take(nearest, |node| taken.push(node));
            taken.sort_unstable();
            for node in taken {
                prop_assert_eq!(heap.pop(), Some(Reverse((nearest, node))));
            }
            let next = heap.peek().map(|&Reverse((distance, _))| distance);
            prop_assert_eq!(farther.nearest(), next);
            prop_assert_ne!(next, Some(nearest));
            last = nearest;
        }
        Ok(())
    }

    fn puts_and_takes() -> impl Strategy<Value = Vec<Option<i64>>> {
        let by = prop_oneof![1i64..6, 1i64..300, 1i64..1 << 20];
        prop::collection::vec(prop::option::of(by), 0..60)
    }

    proptest! {
        #[test]
        fn all_are_taken_nearest_first(
            first in puts_and_takes(),
            second in puts_and_takes(),
            times in prop_oneof![Just(1), 1i64..1 << 30],
        ) {
            let mut narrow = Farther::<i32>::new();
            let mut wide = Farther::<i64>::new();
            // What is left of the first search is not seen by the second.
            for each in [first, second] {
                narrow.clear();
                let by = each.iter().map(|by| by.and_then(|by| i32::try_from(by).ok()));
                as_a_heap_does(&mut narrow, &by.collect::<Vec<_>>())?;
                wide.clear();
                let by = each.iter().map(|by| by.map(|by| by * times));
                as_a_heap_does(&mut wide, &by.collect::<Vec<_>>())?;
            }
        }
    }
}
