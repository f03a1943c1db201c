use crate::network::{ArcId, Network};
use crate::outcome::{Cut, Cycle, Optimum, Outcome};
use crate::simplex::{End, Objective, Simplex};

/// Finds a flow of least cost, or shows that there is none, or that there is no least.
///
/// An infeasible network is called so even if a cycle would gain without end. The same network gives
/// the same answer, potentials included. The number of steps is finite but not bounded by a
/// polynomial; in practice the time grows a little faster than nodes times the root of arcs.
#[must_use]
pub fn solve(network: &Network) -> Outcome {
    if network.imbalance() != 0 {
        return Outcome::Infeasible(Cut {
            nodes: network.node_ids().collect(),
        });
    }
    if let Some(endless) = endless_loop(network) {
        return unbounded_if_feasible(network, vec![endless]);
    }
    let mut simplex = Simplex::new(network, Objective::Cost);
    match simplex.run() {
        End::Endless(cycle) => unbounded_if_feasible(network, cycle),
        End::Settled => settled(network, &simplex),
    }
}

/// The first self loop that gains without limit.
fn endless_loop(network: &Network) -> Option<ArcId> {
    let mut arcs = network.arc_ids().zip(network.arcs());
    arcs.find(|(_, arc)| arc.is_loop() && arc.capacity.is_none() && arc.cost < 0)
        .map(|(id, _)| id)
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
    let flows = simplex.flows();
    let arcs = network.arcs().iter().zip(&flows);
    let cost = arcs
        .map(|(arc, &flow)| i128::from(arc.cost) * i128::from(flow))
        .sum();
    Outcome::Optimal(Optimum::claimed(flows, simplex.potentials(), cost))
}
