use crate::auction;
use crate::method::Method;
use crate::network::{ArcId, Network};
use crate::outcome::{Cut, Cycle, Optimum, Outcome};
use crate::parts;
use crate::scaling;
use crate::simplex::{self, End, Objective};

/// Finds a flow of least cost, or shows that there is none, or that there is no least.
///
/// An infeasible network is called so even if a cycle would gain without end. The same network gives
/// the same answer, potentials included. Where the network falls into parts, each is solved for
/// itself; the way of solving is chosen by [`Method::for_shape_of`], and
/// [`Optimum::solved_by`] tells both.
///
/// Besides the network, 40 bytes an arc and 8 a node, the simplex takes 17 bytes an arc and 65 a
/// node, 28 and 80 where most nodes neither give nor take, as long as amounts and prices fit 32 bits;
/// 25 and 85, or 40 and 95, where they do not, and 42 and 118 where that shows on the way alone. Cost
/// scaling takes 68 an arc and 45 a node, the auction 12 an arc and 40 a node. The answer takes 8
/// bytes for each of both; the simplex lets go of more before it is made. Parts are solved one after
/// the other, each as a copy of its own.
#[must_use]
pub fn solve(network: &Network) -> Outcome {
    if can_be_asked(network)
        && let Some(joined) = parts::solve_if_worth_it(network)
    {
        return joined_up(network, joined);
    }
    solve_by(network, Method::for_shape_of(network))
}

/// The same in as many parts as there are, were they ever so small; [`solve`] takes a network apart
/// only where that saves time.
///
/// Parts are told apart where nothing joins them, or where the busiest node of all does, and nodes
/// whose arc to it never fills. Where one part has no optimum, or such an arc would have to carry
/// more than it can, the network is solved whole.
#[must_use]
pub fn solve_in_parts(network: &Network) -> Outcome {
    if can_be_asked(network) {
        let joined = parts::solve(network, true).or_else(|| parts::solve(network, false));
        if let Some(joined) = joined {
            return joined_up(network, joined);
        }
    }
    solve_by(network, Method::for_shape_of(network))
}

/// Whether supplies balance and no loop gains without end.
fn can_be_asked(network: &Network) -> bool {
    network.imbalance() == 0 && network.shape().endless_loop.is_none()
}

pub(crate) fn joined_up(network: &Network, joined: parts::Joined) -> Outcome {
    let optimum = optimum(network, joined.flows, joined.prices);
    Outcome::Optimal(optimum.found(joined.method, joined.parts))
}

/// The same, whole, by a way of your own choice; the cost is the same, flows and prices can differ where
/// several are optimal.
///
/// The simplex ends after a finite number of steps that no polynomial bounds; in practice its time
/// grows a little faster than nodes times the root of arcs. Cost scaling takes at most the order of
/// nodes² · arcs · log(nodes · costs), and in practice a little more than arcs · log(costs). What
/// it cannot hold, or what could gain without end, it leaves to the simplex. The auction takes what
/// does not pair single units, or what too many offers do not settle, to cost scaling.
#[must_use]
pub fn solve_by(network: &Network, method: Method) -> Outcome {
    if network.imbalance() != 0 {
        return Outcome::Infeasible(Cut {
            nodes: network.node_ids().collect(),
        });
    }
    if let Some(endless) = network.shape().endless_loop {
        return unbounded_if_feasible(network, vec![endless]);
    }
    if method == Method::Auction
        && let Some((flows, prices)) = auction::run(network)
    {
        return optimal(network, flows, prices, Method::Auction);
    }
    if method != Method::NetworkSimplex && !network.shape().endless_gain {
        match scaling::run(network) {
            scaling::End::Settled(flows, prices) => {
                return optimal(network, flows, prices, Method::CostScaling);
            }
            scaling::End::Stranded(nodes) => return Outcome::Infeasible(Cut { nodes }),
            scaling::End::OutOfRange => {}
        }
    }
    match simplex::run(network, Objective::Cost) {
        End::Settled(flows, prices) => optimal(network, flows, prices, Method::NetworkSimplex),
        End::Stranded(nodes) => Outcome::Infeasible(Cut { nodes }),
        End::Endless(cycle) => unbounded_if_feasible(network, cycle),
    }
}

fn unbounded_if_feasible(network: &Network, cycle: Vec<ArcId>) -> Outcome {
    let flows = match simplex::run(network, Objective::Feasibility) {
        End::Settled(flows, _) => flows,
        End::Stranded(nodes) => return Outcome::Infeasible(Cut { nodes }),
        // Without costs no cycle gains: this run always settles, or strands.
        End::Endless(_) => Vec::new(),
    };
    Outcome::Unbounded(Cycle { arcs: cycle, flows })
}

/// What was found whole, by one way of solving.
pub(crate) fn optimal(
    network: &Network,
    flows: Vec<i64>,
    prices: Vec<i64>,
    method: Method,
) -> Outcome {
    Outcome::Optimal(optimum(network, flows, prices).found(method, 1))
}

/// Flows and prices with what they cost.
pub(crate) fn optimum(network: &Network, flows: Vec<i64>, prices: Vec<i64>) -> Optimum {
    // Most arcs carry nothing: what they cost is not looked up.
    let carrying = flows.iter().enumerate().filter(|(_, flow)| **flow != 0);
    let cost = carrying
        .map(|(arc, &flow)| i128::from(network.arcs()[arc].cost) * i128::from(flow))
        .sum();
    Optimum::claimed(flows, prices, cost)
}
