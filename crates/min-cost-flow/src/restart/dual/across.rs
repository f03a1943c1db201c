//! The steps across a cut, the cheapest first.

/// How many times as many are put in order next as were before.
const MORE: usize = 7;

/// Steps across a cut: what each costs, and its place.
pub(super) struct Across<N> {
    steps: Vec<(N, u32)>,
    /// So many come first in order.
    in_order: usize,
}

impl<N: Copy + Ord> Across<N> {
    pub(super) fn none() -> Self {
        Self {
            steps: Vec::new(),
            in_order: 0,
        }
    }

    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.in_order = 0;
    }

    pub(super) fn add(&mut self, cost: N, place: u32) {
        self.steps.push((cost, place));
    }

    /// The places of all, in no order.
    pub(super) fn places(&self) -> impl Iterator<Item = u32> {
        self.steps.iter().map(|&(_, place)| place)
    }

    /// The one than which so many are cheaper, by place where costs are equal. Mostly the first will
    /// do, or a few more: only those are put in order.
    pub(super) fn by_cost(&mut self, cheaper: usize) -> Option<(N, u32)> {
        while cheaper >= self.in_order && self.in_order < self.steps.len() {
            let others = &mut self.steps[self.in_order..];
            let more = (MORE * self.in_order).clamp(1, others.len());
            others.select_nth_unstable(more - 1);
            others[..more].sort_unstable();
            self.in_order += more;
        }
        self.steps.get(cheaper).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn steps_come_as_if_all_had_been_sorted(
            costs in prop::collection::vec(-9i32..9, 0..200),
            asked in prop::collection::vec(0usize..210, 1..20),
        ) {
            let mut across = Across::none();
            let mut sorted: Vec<(i32, u32)> = costs.iter().copied().zip(0..).collect();
            for &(cost, place) in &sorted {
                across.add(cost, place);
            }
            sorted.sort_unstable();
            for nth in asked {
                prop_assert_eq!(across.by_cost(nth), sorted.get(nth).copied());
            }
            across.clear();
            prop_assert_eq!(across.by_cost(0), None);
        }
    }
}
