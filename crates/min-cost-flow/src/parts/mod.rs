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
use crate::network::{ArcId, Network, NetworkBuilder, NodeId};
use crate::outcome::{Optimum, Outcome};
use crate::restart::whole_from;
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
    solve_each(network, &seam, |part, _, _| {
        solve_by(part, Method::for_shape_of(part))
    })
}

/// The same from an earlier optimum, where that is worth the while.
pub(crate) fn solve_from_if_worth_it(network: &Network, earlier: &Optimum) -> Option<Joined> {
    (network.arc_count() >= FEWEST_ARCS_AT_A_NODE).then(|| solve_from(network, earlier))?
}

/// Begins each part of a network that falls apart at a node at what an earlier optimum says of it, until
/// one has changed too much for that: then most have.
fn solve_from(network: &Network, earlier: &Optimum) -> Option<Joined> {
    let (seam, busiest) = Seam::at_a_node(network)?;
    let mut too_much = false;
    solve_each(network, &seam, |part, nodes, arcs| {
        let arcs: Vec<_> = arcs.iter().map(|&arc| Some(ArcId(arc))).collect();
        let nodes = nodes.iter().map(|&node| Some(NodeId(node)));
        let nodes: Vec<_> = nodes.chain([Some(busiest)]).collect();
        let again = (!too_much).then(|| whole_from(part, &earlier.renumbered(&arcs, &nodes)));
        again.flatten().unwrap_or_else(|| {
            too_much = true;
            solve_by(part, Method::for_shape_of(part))
        })
    })
}

/// Solves each part in a way that is told its nodes, but for the last, which is the seam, and arcs.
fn solve_each(
    network: &Network,
    seam: &Seam,
    mut solve: impl FnMut(&Network, &[u32], &[u32]) -> Outcome,
) -> Option<Joined> {
    let mut joined = Joined {
        flows: network.idle_flows(),
        prices: seam.prices(network.node_count()),
        method: Method::NetworkSimplex,
        parts: seam.parts(),
    };
    let mut largest = 0;
    let mut local = vec![0; network.node_count()];
    for part in 0..seam.parts() {
        let (nodes, arcs) = (seam.nodes_of(part), seam.arcs_of(part));
        let apart = part_of(network, seam, part, &mut local)?;
        let Outcome::Optimal(optimum) = solve(&apart, nodes, arcs) else {
            return None;
        };
        joined.put(nodes, arcs, &optimum)?;
        if arcs.len() > largest {
            largest = arcs.len();
            joined.method = optimum.solved_by()?.method;
        }
    }
    seam.join(network, &mut joined.flows)?;
    Some(joined)
}

/// One part as a network of its own, the seam its last node. `local` is where a node's number within
/// its part is kept.
fn part_of(network: &Network, seam: &Seam, part: usize, local: &mut [u32]) -> Option<Network> {
    let mut builder = NetworkBuilder::new();
    let mut sum = 0i128;
    for (number, &node) in seam.nodes_of(part).iter().enumerate() {
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
    builder.build().ok()
}

impl Joined {
    /// Puts flows and prices of a part where they belong; `None` where a price is out of range.
    fn put(&mut self, nodes: &[u32], arcs: &[u32], optimum: &Optimum) -> Option<()> {
        for (&arc, &flow) in arcs.iter().zip(optimum.flows()) {
            self.flows[arc as usize] = flow;
        }
        let zero = optimum.potential(NodeId(numbered(nodes.len())));
        for (&node, &price) in nodes.iter().zip(optimum.potentials()) {
            self.prices[node as usize] = price.checked_sub(zero)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::joined_up;
    use crate::verify::verify;
    use proptest::prelude::*;

    const STORES: usize = 3;
    const HOMES: usize = 9;
    const PARTS: usize = 4;
    /// How many numbers are drawn for a town.
    const DRAWS: usize = PARTS * (STORES + HOMES) * 4;

    /// In each part stores and homes; what is wanting comes from one node, what is left over goes to
    /// another, and an arc that may fill joins the two.
    fn town(draws: &[i64], most: i64) -> Option<Network> {
        let mut draws = draws.iter().copied();
        let mut draw = |most: i64| draws.next().map_or(0, |draw| draw % most);
        let mut builder = NetworkBuilder::new();
        let (wanting, left_over) = (builder.node(9_000), NodeId(1));
        let mut others = Vec::new();
        let mut arcs = Vec::new();
        let mut number = 2;
        for _ in 0..PARTS {
            let stores: Vec<NodeId> = (number..).take(STORES).map(NodeId).collect();
            for &store in &stores {
                others.push(draw(90));
                arcs.push((store, left_over, 1_000, draw(5)));
            }
            for home in (number + numbered(STORES)..).take(HOMES).map(NodeId) {
                let wants = draw(30);
                others.push(-wants);
                arcs.push((wanting, home, wants, 100 + draw(90)));
                for &store in &stores {
                    arcs.push((store, home, 20, draw(50)));
                }
            }
            number += numbered(STORES + HOMES);
        }
        builder.node(-9_000 - others.iter().sum::<i64>());
        for &supply in &others {
            builder.node(supply);
        }
        for (tail, head, most, cost) in arcs {
            builder.arc(tail, head, 0, Some(most), cost);
        }
        builder.arc(wanting, left_over, 0, Some(most), 3);
        builder.build().ok()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn parts_begun_at_an_earlier_optimum_make_the_whole(
            draws in prop::collection::vec(0i64..1_000, DRAWS),
            changes in prop::collection::vec((0..DRAWS, 0i64..1_000), 0..9),
            most in 8_000i64..12_000,
        ) {
            let mut changed = draws.clone();
            for (at, draw) in changes {
                changed[at] = draw;
            }
            let networks = (town(&draws, 20_000), town(&changed, most));
            let (Some(before), Some(network)) = networks else {
                return Err(TestCaseError::fail("a town can be built"));
            };
            let earlier = solve_by(&before, Method::NetworkSimplex);
            let Some(earlier) = earlier.optimum() else {
                return Err(TestCaseError::fail("a town has an optimum"));
            };
            let whole = solve_by(&network, Method::NetworkSimplex);
            let cost = whole.optimum().map(Optimum::cost);
            let fits = solve(&network, true).is_some();
            let joined = solve_from(&network, earlier);
            prop_assert_eq!(joined.is_some(), fits);
            if let Some(joined) = joined {
                prop_assert_eq!(joined.parts, PARTS);
                let outcome = joined_up(&network, joined);
                prop_assert_eq!(verify(&network, &outcome), Ok(()));
                prop_assert_eq!(outcome.optimum().map(Optimum::cost), cost);
            }
        }
    }
}
