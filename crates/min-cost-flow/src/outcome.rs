use crate::method::Method;
use crate::network::{ArcId, NodeId};

/// The answer to a network, each with what proves it: see [`verify`](crate::verify).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A flow that no other undercuts, with the prices that show it.
    Optimal(Optimum),
    /// No flow meets all supplies and bounds; a cut shows it.
    Infeasible(Cut),
    /// Flows exist, and some cost less than any amount; a cycle shows it.
    Unbounded(Cycle),
}

impl Outcome {
    /// The optimum, if there is one.
    #[must_use]
    pub fn optimum(&self) -> Option<&Optimum> {
        match self {
            Self::Optimal(optimum) => Some(optimum),
            Self::Infeasible(_) | Self::Unbounded(_) => None,
        }
    }
}

/// A flow of least cost and the price of a unit at every node.
///
/// On every arc, `cost + potential(tail) − potential(head)` is at least 0 where the flow is under
/// the capacity and at most 0 where it is over the lower bound: no detour would gain anything.
/// Two are equal where flows, prices and cost are, however they were found.
#[derive(Clone, Debug)]
pub struct Optimum {
    flows: Vec<i64>,
    potentials: Vec<i64>,
    cost: i128,
    solved: Option<Solved>,
}

/// How an optimum was found; its proof needs none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Solved {
    /// The way of solving that found it; of several parts, that of the part of most arcs. It can be
    /// another than the one asked for, where that one had to leave the network to the others.
    pub method: Method,
    /// How many parts were solved each for itself; 1 where it was solved whole.
    pub parts: usize,
}

impl PartialEq for Optimum {
    fn eq(&self, other: &Self) -> bool {
        self.cost == other.cost && self.flows == other.flows && self.potentials == other.potentials
    }
}

impl Eq for Optimum {}

impl Optimum {
    /// A claim of an optimum from elsewhere, flows in arc order, potentials in node order.
    /// Nothing is checked here: that is what [`verify`](crate::verify) is for.
    #[must_use]
    pub fn claimed(flows: Vec<i64>, potentials: Vec<i64>, cost: i128) -> Self {
        Self {
            flows,
            potentials,
            cost,
            solved: None,
        }
    }

    /// The same, found in this way.
    pub(crate) fn found(self, method: Method, parts: usize) -> Self {
        Self {
            solved: Some(Solved { method, parts }),
            ..self
        }
    }

    /// How it was found; `None` for a claim from elsewhere.
    #[must_use]
    pub fn solved_by(&self) -> Option<Solved> {
        self.solved
    }

    /// What the arc carries, in units of flow, its lower bound included; 0 for an arc the network does not have.
    #[must_use]
    pub fn flow(&self, arc: ArcId) -> i64 {
        self.flows.get(arc.index()).copied().unwrap_or(0)
    }

    /// The price of a unit at the node, up to a common constant; 0 for a node the network does not have.
    #[must_use]
    pub fn potential(&self, node: NodeId) -> i64 {
        self.potentials.get(node.index()).copied().unwrap_or(0)
    }

    /// The cost of the whole flow: over all arcs, flow times cost, lower bounds included.
    #[must_use]
    pub fn cost(&self) -> i128 {
        self.cost
    }

    /// The flows in arc order.
    #[must_use]
    pub fn flows(&self) -> &[i64] {
        &self.flows
    }

    /// The potentials in node order.
    #[must_use]
    pub fn potentials(&self) -> &[i64] {
        &self.potentials
    }
}

/// A set of nodes that shows no flow exists.
///
/// Either more must leave the set (its supply and the lower bounds of arcs into it) than the arcs
/// out of it may carry, or more must reach it (its demand and the lower bounds of arcs out of it)
/// than the arcs into it may carry. Where supplies do not balance it is all nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The set, in node order.
    pub nodes: Vec<NodeId>,
}

/// A directed cycle of negative cost on which nothing limits the flow, and a flow to start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The arcs in order around the cycle, the first one that of the smallest number.
    pub arcs: Vec<ArcId>,
    /// A flow that meets all supplies and bounds, in arc order: any amount may be added around the cycle.
    pub flows: Vec<i64>,
}
