//! Prices of the costs as given, if the flow is optimal.

use std::collections::VecDeque;

use super::State;

impl State {
    /// Prices under which no step gains, unscaled; none where so many scans of a node did not find
    /// them.
    ///
    /// Label correcting from the phase's own prices: where the flow is optimal nearly all of them
    /// stand already, and hardly a node is scanned twice; where it is not, a cycle that gains keeps
    /// them falling until the scans are used up.
    pub(super) fn proof(&self, mut scans: usize) -> Option<Vec<i64>> {
        let mut prices: Vec<i64> = self
            .price
            .iter()
            .map(|price| price.div_euclid(self.scale))
            .collect();
        let mut waits = vec![true; self.nodes()];
        let mut open: VecDeque<u32> = (0..crate::bounds::numbered(self.nodes())).collect();
        while let Some(node) = open.pop_front() {
            scans = scans.checked_sub(1)?;
            let node = node as usize;
            waits[node] = false;
            let price = prices[node];
            for step in self.residual.steps(node) {
                let next = step.head as usize;
                let reach = price + step.cost / self.scale;
                if step.room > 0 && reach < prices[next] {
                    prices[next] = reach;
                    if !std::mem::replace(&mut waits[next], true) {
                        open.push_back(step.head);
                    }
                }
            }
        }
        Some(prices)
    }
}
