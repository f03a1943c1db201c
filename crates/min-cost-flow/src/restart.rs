//! From an earlier solution to the next.

use crate::network::{ArcId, Network, NodeId};
use crate::outcome::{Optimum, Outcome};
use crate::simplex::Simplex;
use crate::solve::{ended, solve};

/// How many arcs there are for each pivot that is tried before the network is solved from nothing.
/// A change so large that these do not mend it costs little more than a cold start.
const ARCS_A_PIVOT: usize = 20;
/// Pivots that are always tried.
const FEWEST_PIVOTS: usize = 1_000;

/// Finds a flow of least cost, beginning where an earlier one ended.
///
/// The answer is as good and as well proved as that of [`solve`], flows and prices can differ where
/// several are optimal. Supplies, costs, bounds and the ends of arcs may all have changed. The nodes
/// and arcs are taken for those of the same numbers in the earlier network; those it did not have
/// begin idle. Where numbers moved, [`Optimum::renumbered`] carries the earlier solution over. How
/// near it is decides the time alone: any claimed optimum will do, even of another network.
///
/// ```
/// use min_cost_flow::{NetworkBuilder, solve, solve_from};
///
/// let of = |wanted, price| {
///     let mut builder = NetworkBuilder::new();
///     let (store, village) = (builder.node(wanted), builder.node(-wanted));
///     builder.arc(store, village, 0, Some(6), price);
///     builder.arc(store, village, 0, None, 5);
///     builder.build()
/// };
/// let today = solve(&of(10, 2)?);
/// let tomorrow = solve_from(&of(11, 3)?, today.optimum().ok_or("no flow")?);
/// assert_eq!(tomorrow.optimum().map(|optimum| optimum.cost()), Some(6 * 3 + 5 * 5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn solve_from(network: &Network, earlier: &Optimum) -> Outcome {
    if network.imbalance() != 0 || network.shape().endless_loop.is_some() {
        return solve(network);
    }
    let pivots = (network.arc_count() / ARCS_A_PIVOT).max(FEWEST_PIVOTS);
    let Some(mut simplex) = Simplex::resume(network, earlier) else {
        return solve(network);
    };
    match simplex.run_within(pivots) {
        Some(end) => ended(network, &simplex, end),
        None => solve(network),
    }
}

impl Optimum {
    /// The same flows and prices under the numbers of another network, to begin from: for each of
    /// its arcs, then for each of its nodes, which one of this network it is, `None` where it is
    /// new.
    ///
    /// The cost stays that of this network; nothing is checked.
    #[must_use]
    pub fn renumbered(&self, arcs: &[Option<ArcId>], nodes: &[Option<NodeId>]) -> Self {
        let flow = |arc: &Option<ArcId>| arc.map_or(0, |arc| self.flow(arc));
        let price = |node: &Option<NodeId>| node.map_or(0, |node| self.potential(node));
        Self::claimed(
            arcs.iter().map(flow).collect(),
            nodes.iter().map(price).collect(),
            self.cost(),
        )
    }
}
