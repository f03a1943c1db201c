//! From an earlier solution to the next.
//!
//! Two ways, and a bound on what either is worth: after too large a change the network is solved
//! from nothing, which then costs little more than it would have at once.

mod mend;

use crate::method::Method;
use crate::network::{Arc, ArcId, Network, NodeId};
use crate::outcome::{Cut, Optimum, Outcome};
use crate::simplex::Simplex;
use crate::solve::{ended, optimal, solve};

/// How many pivots are tried for each root of the number of arcs.
const PIVOTS: usize = 64;
/// How often mending may look at every arc, from both ends.
const LOOKS: usize = 24;

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
    let mended = if is_of_single_units(network) {
        by_mending(network, earlier)
    } else {
        by_pivots(network, earlier)
    };
    mended.unwrap_or_else(|| solve(network))
}

/// Whether most arcs carry a unit or none, and all have a limit: then a changed arc moves little,
/// while trees of such networks are degenerate, and most pivots move nothing.
fn is_of_single_units(network: &Network) -> bool {
    let width = |arc: &Arc| arc.capacity.and_then(|most| most.checked_sub(arc.lower));
    let (mut units, mut others) = (0usize, 0usize);
    for arc in network.arcs() {
        match width(arc) {
            None => return false,
            Some(0 | 1) => units += 1,
            Some(_) => others += 1,
        }
    }
    units > others
}

fn by_mending(network: &Network, earlier: &Optimum) -> Option<Outcome> {
    let effort = network.arc_count().saturating_mul(2 * LOOKS);
    match mend::run(network, earlier, effort) {
        // The auction ends with such ways too.
        mend::End::Settled(flows, prices) => Some(optimal(network, flows, prices, Method::Auction)),
        mend::End::Stranded(nodes) => Some(Outcome::Infeasible(Cut { nodes })),
        mend::End::GivenUp => None,
    }
}

fn by_pivots(network: &Network, earlier: &Optimum) -> Option<Outcome> {
    let mut simplex = Simplex::resume(network, earlier)?;
    let pivots = network.arc_count().isqrt().max(16) * PIVOTS;
    let end = simplex.run_within(pivots)?;
    Some(ended(network, &simplex, end))
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

/// What an arc carried above what is its lower bound now, as far as its bounds allow.
pub(crate) fn flow_over_lower(network: &Network, earlier: &Optimum, id: ArcId) -> i64 {
    let arc = &network.arcs()[id.index()];
    let over = i128::from(earlier.flow(id)) - i128::from(arc.lower);
    let over = over.clamp(0, i128::from(network.room(arc)));
    i64::try_from(over).unwrap_or(0)
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
