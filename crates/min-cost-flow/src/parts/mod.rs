//! Networks that fall apart, and are solved part by part.
//!
//! A network that hangs together at one node only falls into parts there: how much each part sends
//! to that node follows from its supplies, so that their optima are the optimum of the whole. Often
//! there are two such nodes, one for what is left over and one for what stays unmet, and an arc
//! between them that never fills. As long as that arc carries something and could carry more, the
//! prices of its ends differ by its cost; suppose so, take both for one node, and see in the end
//! what the arc carries. Where that is within its bounds the supposition was right; where not, the
//! network is solved whole.

mod seam;

use crate::bounds::numbered;
use crate::method::Method;
use crate::network::{Network, NetworkBuilder, NodeId};
use crate::outcome::{Optimum, Outcome};
use crate::solve::solve_by;
use seam::Seam;

/// Smaller networks are not looked at: there is little to win.
const FEWEST_ARCS: usize = 1_000;
/// Smaller ones are not taken apart at a node: the simplex, which solves their parts, moves the
/// price of half a part whenever it moves that of the node, and took a half longer in four parts
/// than in one at 100,000 arcs. Cost scaling took a third less at a million.
const FEWEST_ARCS_AT_A_NODE: usize = 500_000;

/// What the parts come to.
pub(crate) struct Joined {
    pub(crate) flows: Vec<i64>,
    pub(crate) prices: Vec<i64>,
    /// How the part of most arcs was solved.
    pub(crate) method: Method,
    pub(crate) parts: usize,
}

/// Solves a network in parts where that is worth the while; `None` elsewhere.
pub(crate) fn solve_if_worth_it(network: &Network) -> Option<Joined> {
    let arcs = network.arc_count();
    (arcs >= FEWEST_ARCS).then(|| solve(network, arcs >= FEWEST_ARCS_AT_A_NODE))?
}

/// Solves a network in parts; `None` where it does not fall apart, or where some part, or the whole
/// of them, has no optimum. Linear but for the parts themselves.
pub(crate) fn solve(network: &Network, at_a_node: bool) -> Option<Joined> {
    let seam = Seam::find(network, at_a_node)?;
    let mut joined = Joined {
        flows: network.idle_flows(),
        prices: seam.prices(network.node_count()),
        method: Method::NetworkSimplex,
        parts: seam.parts(),
    };
    let mut largest = 0;
    let mut local = vec![0; network.node_count()];
    for part in 0..seam.parts() {
        let method = solve_part(network, &seam, part, &mut local, &mut joined)?;
        if seam.arcs_of(part).len() > largest {
            largest = seam.arcs_of(part).len();
            joined.method = method;
        }
    }
    seam.join(network, &mut joined.flows)?;
    Some(joined)
}

/// Solves one part and puts its flows and prices where they belong. `local` is where a node's number
/// within its part is kept.
fn solve_part(
    network: &Network,
    seam: &Seam,
    part: usize,
    local: &mut [u32],
    joined: &mut Joined,
) -> Option<Method> {
    let nodes = seam.nodes_of(part);
    let mut builder = NetworkBuilder::new();
    let mut sum = 0i128;
    for (number, &node) in nodes.iter().enumerate() {
        let supply = network.supplies()[node as usize];
        local[node as usize] = numbered(number);
        sum += i128::from(supply);
        builder.node(supply);
    }
    // What the part has left over goes to where it hangs together with the others.
    let seam_node = builder.node(i64::try_from(-sum).ok()?);
    for &arc in seam.arcs_of(part) {
        let arc = network.arcs()[arc as usize];
        let end = |node: NodeId| match seam.rise(node) {
            Some(_) => seam_node,
            None => NodeId(local[node.index()]),
        };
        let (along, against) = (seam.rise(arc.tail), seam.rise(arc.head));
        let cost = arc.cost.checked_add(along.unwrap_or(0))?;
        let cost = cost.checked_sub(against.unwrap_or(0))?;
        builder.arc(end(arc.tail), end(arc.head), arc.lower, arc.capacity, cost);
    }
    let network = builder.build().ok()?;
    let method = Method::for_shape_of(&network);
    let Outcome::Optimal(optimum) = solve_by(&network, method) else {
        return None;
    };
    let zero = optimum.potential(seam_node);
    for (&arc, &flow) in seam.arcs_of(part).iter().zip(optimum.flows()) {
        joined.flows[arc as usize] = flow;
    }
    for (&node, &price) in nodes.iter().zip(optimum.potentials()) {
        joined.prices[node as usize] = price.checked_sub(zero)?;
    }
    Some(solved_by(&optimum, method))
}

fn solved_by(optimum: &Optimum, asked: Method) -> Method {
    optimum.solved_by().map_or(asked, |solved| solved.method)
}
