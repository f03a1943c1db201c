//! Which arcs hold the tree.

use super::Kept;
use crate::forest::{Forest, Groups};
use crate::simplex::number::Number;

impl<N: Number> Kept<N> {
    /// Arcs that carried something in between their bounds first, then those that cost nothing by
    /// the earlier prices. What closes a circle of the former goes to its nearer bound.
    pub(super) fn forest(&mut self, prices: &[N]) -> Forest {
        let mut groups = Groups::new(prices.len());
        let (mut held, mut tight) = (Vec::new(), Vec::new());
        let arcs = self.lanes.iter().zip(&self.room).zip(&mut self.flow);
        for (arc, ((lane, &room), flow)) in (0..).zip(arcs) {
            if *flow > N::default() && *flow < room {
                if groups.join(lane.tail, lane.head) {
                    held.push(arc);
                } else {
                    let nearer_full = room != N::ENDLESS && *flow > room - *flow;
                    *flow = if nearer_full { room } else { N::default() };
                }
            } else if lane.reduced(prices) == N::default() {
                tight.push(arc);
            }
        }
        for arc in tight {
            let lane = self.lanes[arc as usize];
            if groups.join(lane.tail, lane.head) {
                held.push(arc);
            }
        }
        let ends = |arc: u32| {
            let lane = self.lanes[arc as usize];
            [lane.tail, lane.head]
        };
        Forest::over(prices.len(), &held, ends)
    }
}
