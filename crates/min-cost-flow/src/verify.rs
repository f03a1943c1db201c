use thiserror::Error;

use crate::network::{Arc, ArcId, Network, NodeId};
use crate::outcome::{Cut, Cycle, Optimum, Outcome};

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Flaw {
    /// The answer is of another network.
    #[error(
        "the answer has {found} {what}, the network {expected}; verify it against its own network"
    )]
    OtherNetwork {
        /// `flows` or `potentials`.
        what: &'static str,
        /// How many the answer has.
        found: usize,
        /// How many the network asks for.
        expected: usize,
    },
    /// An arc carries less than it must or more than it may.
    #[error("arc {arc}: flow {flow} is outside its bounds")]
    OutsideBounds {
        /// The arc.
        arc: ArcId,
        /// What the answer lets it carry.
        flow: i64,
    },
    /// What leaves a node beyond what arrives is not its supply.
    #[error("node {node}: {net} leaves it beyond what arrives, its supply is {supply}")]
    NotConserved {
        /// The node.
        node: NodeId,
        /// What leaves less what arrives.
        net: i128,
        /// What the network says.
        supply: i64,
    },
    /// By the answer's own prices more, or less, on the arc would be cheaper.
    #[error("arc {arc}: flow {flow} at reduced cost {reduced} could be bettered")]
    NotOptimal {
        /// The arc.
        arc: ArcId,
        /// What the answer lets it carry.
        flow: i64,
        /// Cost plus potential of the tail minus potential of the head.
        reduced: i128,
    },
    /// The cost is not what the flows cost.
    #[error("the cost is given as {given}, the flows cost {counted}")]
    WrongCost {
        /// What the answer says.
        given: i128,
        /// What its flows cost.
        counted: i128,
    },
    /// The cut or the cycle names something the network does not have.
    #[error("{what} {number} is not in the network")]
    Unknown {
        /// `node` or `arc`.
        what: &'static str,
        /// Its number.
        number: u32,
    },
    /// The cut names a node twice.
    #[error("node {node} is named twice in the cut")]
    NamedTwice {
        /// The node.
        node: NodeId,
    },
    /// All that must cross the cut can cross it.
    #[error("the cut of {nodes} nodes proves nothing: what must leave or reach it can")]
    NoCut {
        /// How many nodes the cut has.
        nodes: usize,
    },
    /// The arcs are not one after another around a cycle.
    #[error("arc {arc} does not begin where the arc before it in the cycle ends")]
    Broken {
        /// The arc.
        arc: ArcId,
    },
    /// An arc of the cycle has a capacity.
    #[error("arc {arc} of the cycle has a limit")]
    Limited {
        /// The arc.
        arc: ArcId,
    },
    /// Going around the cycle gains nothing.
    #[error("the cycle costs {cost}, which is not negative")]
    NoGain {
        /// The cost of one unit around it.
        cost: i128,
    },
}

/// Checks an answer against its network, in time linear in nodes and arcs, sharing nothing with the solver.
///
/// # Errors
///
/// The first flaw found.
pub fn verify(network: &Network, outcome: &Outcome) -> Result<(), Flaw> {
    match outcome {
        Outcome::Optimal(optimum) => verify_optimum(network, optimum),
        Outcome::Infeasible(cut) => verify_cut(network, cut),
        Outcome::Unbounded(cycle) => verify_cycle(network, cycle),
    }
}

fn verify_optimum(network: &Network, optimum: &Optimum) -> Result<(), Flaw> {
    verify_flow(network, optimum.flows())?;
    let (found, expected) = (optimum.potentials().len(), network.node_count());
    if found != expected {
        return Err(Flaw::OtherNetwork {
            what: "potentials",
            found,
            expected,
        });
    }
    let mut counted = 0i128;
    for ((id, arc), &flow) in network.arc_ids().zip(network.arcs()).zip(optimum.flows()) {
        let reduced = i128::from(arc.cost) + i128::from(optimum.potential(arc.tail))
            - i128::from(optimum.potential(arc.head));
        let under = arc.capacity.is_none_or(|capacity| flow < capacity);
        if (under && reduced < 0) || (flow > arc.lower && reduced > 0) {
            return Err(Flaw::NotOptimal {
                arc: id,
                flow,
                reduced,
            });
        }
        counted += i128::from(arc.cost) * i128::from(flow);
    }
    let given = optimum.cost();
    if given == counted {
        Ok(())
    } else {
        Err(Flaw::WrongCost { given, counted })
    }
}

/// Bounds on every arc, the supply at every node.
fn verify_flow(network: &Network, flows: &[i64]) -> Result<(), Flaw> {
    let (found, expected) = (flows.len(), network.arc_count());
    if found != expected {
        return Err(Flaw::OtherNetwork {
            what: "flows",
            found,
            expected,
        });
    }
    let mut net = vec![0i128; network.node_count()];
    for ((id, arc), &flow) in network.arc_ids().zip(network.arcs()).zip(flows) {
        if flow < arc.lower || arc.capacity.is_some_and(|capacity| flow > capacity) {
            return Err(Flaw::OutsideBounds { arc: id, flow });
        }
        net[arc.tail.index()] += i128::from(flow);
        net[arc.head.index()] -= i128::from(flow);
    }
    for ((node, &supply), &net) in network.node_ids().zip(network.supplies()).zip(&net) {
        if net != i128::from(supply) {
            return Err(Flaw::NotConserved { node, net, supply });
        }
    }
    Ok(())
}

fn verify_cut(network: &Network, cut: &Cut) -> Result<(), Flaw> {
    let mut inside = vec![false; network.node_count()];
    let mut supply = 0i128;
    for &node in &cut.nodes {
        match inside.get_mut(node.index()) {
            None => {
                return Err(Flaw::Unknown {
                    what: "node",
                    number: node.0,
                });
            }
            Some(true) => return Err(Flaw::NamedTwice { node }),
            Some(unseen) => *unseen = true,
        }
        supply += i128::from(network.supplies()[node.index()]);
    }
    let crossing = |from: bool| {
        let arcs = network.arcs().iter();
        arcs.filter(move |arc| inside[arc.tail.index()] == from && inside[arc.head.index()] != from)
    };
    let out = Crossing::of(crossing.clone()(true));
    let into = Crossing::of(crossing(false));
    let stuck_inside = out.most.is_some_and(|most| supply + into.least > most);
    let starved = into.most.is_some_and(|most| out.least - supply > most);
    if stuck_inside || starved {
        Ok(())
    } else {
        Err(Flaw::NoCut {
            nodes: cut.nodes.len(),
        })
    }
}

/// What the arcs across a cut in one direction must and may carry together.
struct Crossing {
    least: i128,
    most: Option<i128>,
}

impl Crossing {
    fn of<'a>(arcs: impl Iterator<Item = &'a Arc>) -> Self {
        arcs.fold(
            Self {
                least: 0,
                most: Some(0),
            },
            |sum, arc| Self {
                least: sum.least + i128::from(arc.lower),
                most: sum
                    .most
                    .zip(arc.capacity)
                    .map(|(most, capacity)| most + i128::from(capacity)),
            },
        )
    }
}

fn verify_cycle(network: &Network, cycle: &Cycle) -> Result<(), Flaw> {
    verify_flow(network, &cycle.flows)?;
    let mut cost = 0i128;
    let mut at = None;
    // The last arc is looked at first and once more at the end, so that the ends meet.
    for (step, id) in cycle.arcs.last().into_iter().chain(&cycle.arcs).enumerate() {
        let Some(arc) = network.arcs().get(id.index()) else {
            return Err(Flaw::Unknown {
                what: "arc",
                number: id.0,
            });
        };
        if at.is_some_and(|at| at != arc.tail) {
            return Err(Flaw::Broken { arc: *id });
        }
        if arc.capacity.is_some() {
            return Err(Flaw::Limited { arc: *id });
        }
        at = Some(arc.head);
        cost += if step == 0 { 0 } else { i128::from(arc.cost) };
    }
    if cost < 0 {
        Ok(())
    } else {
        Err(Flaw::NoGain { cost })
    }
}
