//! A simplex that begins where an earlier solution ended.
//!
//! What carried something in between its bounds, and whatever costs nothing by the earlier prices,
//! is the tree; the amounts on it are counted anew from the leaves up, and where one would leave its
//! bounds the tree is cut, and what is left over or wanted there is put on a made-up arc. After a
//! small change few are, and a few steps mend the rest.

mod amounts;
mod forest;

use super::tree::Tree;
use super::{Objective, Simplex, arrangement, standing};
use crate::bounds::numbered;
use crate::network::{ArcId, Network};
use crate::outcome::Optimum;
use crate::restart::{flow_over_lower, prices};

/// How far from zero an earlier price may lie: with the longest path and the cost of the made-up
/// arcs on top, sums stay inside their type.
const FARTHEST: i64 = i64::MAX / 16;

impl<'a> Simplex<'a> {
    /// A tree near the earlier flow, strongly feasible; `None` where the earlier prices are so far
    /// apart that sums could overflow. Linear.
    pub(crate) fn resume(network: &'a Network, earlier: &Optimum) -> Option<Self> {
        let price = prices(network, earlier, FARTHEST)?;
        let origin = order_of_search(network);
        let (real, nodes) = (origin.len(), network.node_count());
        let mut simplex = Self {
            network,
            ways: Vec::with_capacity(real + nodes),
            room: Vec::with_capacity(real + nodes),
            flow: Vec::with_capacity(real + nodes),
            standing: Vec::with_capacity(real + nodes),
            potential: price,
            tree: Tree::star(Vec::new(), 0),
            origin,
        };
        simplex.add_real(Objective::Cost);
        simplex.standing.resize(real, standing::LOWER);
        simplex.put_earlier_flows(earlier);
        let forest = simplex.forest();
        simplex.hang(&forest);
        Some(simplex)
    }

    /// What each arc carried, as far as its bounds allow it now.
    fn put_earlier_flows(&mut self, earlier: &Optimum) {
        let flows = self.origin.iter();
        let flows = flows.map(|&id| flow_over_lower(self.network, earlier, id));
        self.flow.extend(flows);
    }

    /// What a made-up arc to a node of unmet demand costs: more than any path, and the dearest of
    /// the made-up arcs that take what is left over, could gain.
    fn dearer_than_any_path(&self) -> i64 {
        let real = &self.ways[..self.origin.len()];
        let dearest = real.iter().map(|way| way.cost.abs()).max().unwrap_or(0);
        dearest * i64::from(numbered(self.network.node_count())) + FARTHEST + 1
    }
}

/// Arcs a node from which on the arcs are left as they lie.
const DENSE: usize = 100;

/// Where nodes are few, few steps are to come, and reading the arcs elsewhere than where they lie
/// took half of the time. On a sparse grid of a million arcs a restart from arcs as they lay ran out
/// of pivots; kept apart, it took a tenth of a cold start.
fn order_of_search(network: &Network) -> Vec<ArcId> {
    if network.arc_count() < DENSE * network.node_count() {
        return arrangement(network);
    }
    let arcs = network.arc_ids().zip(network.arcs());
    arcs.filter(|(_, arc)| !arc.is_loop())
        .map(|(id, _)| id)
        .collect()
}
