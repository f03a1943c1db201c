use crate::auction;
use crate::method::Method;
use crate::network::{ArcId, Network};
use crate::outcome::{Cut, Cycle, Optimum, Outcome};
use crate::scaling;
use crate::simplex::{End, Objective, Simplex};

/// Finds a flow of least cost, or shows that there is none, or that there is no least.
///
/// An infeasible network is called so even if a cycle would gain without end. The same network gives
/// the same answer, potentials included. The way of solving is chosen by [`Method::for_shape_of`].
#[must_use]
pub fn solve(network: &Network) -> Outcome {
    solve_by(network, Method::for_shape_of(network))
}

/// The same by a way of your own choice; the cost is the same, flows and prices can differ where
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
        return optimal(network, flows, prices);
    }
    if method != Method::NetworkSimplex && !network.shape().endless_gain {
        match scaling::run(network) {
            scaling::End::Settled(flows, prices) => return optimal(network, flows, prices),
            scaling::End::Stranded(nodes) => return Outcome::Infeasible(Cut { nodes }),
            scaling::End::OutOfRange => {}
        }
    }
    let mut simplex = Simplex::new(network, Objective::Cost);
    let end = simplex.run();
    ended(network, &simplex, end)
}

/// What a simplex found, as an answer.
pub(crate) fn ended(network: &Network, simplex: &Simplex<'_>, end: End) -> Outcome {
    match end {
        End::Endless(cycle) => unbounded_if_feasible(network, cycle),
        End::Settled => settled(network, simplex),
    }
}

fn unbounded_if_feasible(network: &Network, cycle: Vec<ArcId>) -> Outcome {
    let mut simplex = Simplex::new(network, Objective::Feasibility);
    // Without costs no cycle gains, so that this run always settles.
    simplex.run();
    let nodes = simplex.stranded();
    if nodes.is_empty() {
        Outcome::Unbounded(Cycle {
            arcs: cycle,
            flows: simplex.flows(),
        })
    } else {
        Outcome::Infeasible(Cut { nodes })
    }
}

fn settled(network: &Network, simplex: &Simplex<'_>) -> Outcome {
    let nodes = simplex.stranded();
    if !nodes.is_empty() {
        return Outcome::Infeasible(Cut { nodes });
    }
    optimal(network, simplex.flows(), simplex.potentials())
}

/// An optimum with what its flows cost.
pub(crate) fn optimal(network: &Network, flows: Vec<i64>, potentials: Vec<i64>) -> Outcome {
    let arcs = network.arcs().iter().zip(&flows);
    let cost = arcs
        .map(|(arc, &flow)| i128::from(arc.cost) * i128::from(flow))
        .sum();
    Outcome::Optimal(Optimum::claimed(flows, potentials, cost))
}
