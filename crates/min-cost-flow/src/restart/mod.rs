//! From an earlier solution to the next.
//!
//! Three ways, and a bound on what they are worth: after too large a change the network is solved from
//! nothing, which then costs up to half as much again as it would have at once. Of the arcs that
//! could matter ([`sift`]) those that gain are mended one by one where no supply changed, or little
//! ([`mend`]); else, and where that takes too long, a simplex is run on them: the dual one where most
//! nodes give or take something ([`dual`]), which moves prices no more than it must.

mod at_hand;
mod dual;
mod mend;
mod rounds;
mod sift;
mod steps;

use std::iter::{once, once_with};

use crate::method::{LARGE, Method};
use crate::network::{ArcId, Network, NodeId};
use crate::outcome::{Optimum, Outcome};
use crate::parts;
use crate::solve::{joined_up, optimal, solve};

/// Effort before a cold start is as good: so many times the nodes and the root of the arcs, which is how
/// a simplex from nothing grows; four fifths of it where that is left to cost scaling.
const EFFORT: usize = 5;
/// Where single units are paired: so many times the arcs; an auction looks at each some thirty
/// times.
const EFFORT_IF_PAIRS: usize = 24;
/// A network of fewer nodes has the effort of one of so many.
const FEWEST_NODES: usize = 1_000;

/// Finds a flow of least cost, beginning where an earlier one ended.
///
/// The answer is as good and as well proved as that of [`solve`], flows and prices can differ where
/// several are optimal. Supplies, costs, bounds and the ends of arcs may all have changed. The nodes
/// and arcs are taken for those of the same numbers in the earlier network; those it did not have
/// begin idle. Where numbers moved, [`Optimum::renumbered`] carries the earlier solution over. How
/// near it is decides the time alone: any claimed optimum will do, even of another network.
///
/// Where no supply or bound changed, or little, arcs that gain are mended one by one by shortest
/// ways; elsewhere, or where that takes too long, a simplex is run, the dual one where most nodes give
/// or take something, ([`Optimum::solved_by`] names it
/// for both). Either sees about two arcs a node; every arc is looked at a few times and takes one byte
/// besides. What falls apart is begun part by part, as [`solve`] does.
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
    if let Some(joined) = parts::solve_from_if_worth_it(network, earlier) {
        return joined_up(network, joined);
    }
    whole_from(network, earlier).unwrap_or_else(|| solve(network))
}

/// The same in one part; `None` where a cold start is as good, or no optimum was found.
pub(crate) fn whole_from(network: &Network, earlier: &Optimum) -> Option<Outcome> {
    let (flows, prices) = sift::run(network, earlier, efforts(network))?;
    Some(optimal(network, flows, prices, Method::NetworkSimplex))
}

/// At first, and then, once it is worth the while to look closely at the network.
fn efforts(network: &Network) -> impl Iterator<Item = usize> {
    let arcs = network.arc_count();
    let most = growth(network).saturating_mul(EFFORT);
    let (pairs, large) = (network.shape().pairs, arcs >= LARGE);
    let at_first = match (pairs, large) {
        (true, _) => arcs.saturating_mul(EFFORT_IF_PAIRS),
        (_, true) => most / 5 * 4,
        (_, false) => most,
    };
    let further = move || {
        let by_simplex = large && Method::for_shape_of(network) == Method::NetworkSimplex;
        if by_simplex { most / 5 } else { 0 }
    };
    once(at_first).chain(once_with(further))
}

/// The nodes times the root of the arcs.
fn growth(network: &Network) -> usize {
    let nodes = network.node_count().max(FEWEST_NODES);
    nodes.saturating_mul(network.arc_count().isqrt())
}

/// The earlier prices, the middle of them at zero; `None` where one lies farther from it.
pub(crate) fn prices(network: &Network, earlier: &Optimum, farthest: i64) -> Option<Vec<i64>> {
    let known = earlier.potentials();
    let least = known.iter().min().copied().unwrap_or(0);
    let most = known.iter().max().copied().unwrap_or(0);
    let middle = i64::midpoint(least, most);
    let half = most.checked_sub(middle)?.max(middle.checked_sub(least)?);
    if half > farthest {
        return None;
    }
    let of_node = |node| known.get(node).map_or(0, |price| price - middle);
    Some((0..network.node_count()).map(of_node).collect())
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
