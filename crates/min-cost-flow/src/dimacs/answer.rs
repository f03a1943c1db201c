use std::fmt;

use crate::network::{Network, NodeId};
use crate::outcome::{Cut, Cycle, Optimum, Outcome};

/// An answer, displayed as lines of text.
///
/// An optimum: `s COST`, `f TAIL HEAD FLOW` for every arc in order, `p NODE POTENTIAL` for every
/// node. No flow: `i`, then `c NODE` for every node of the cut. No least cost: `u`, then `a ARC` for
/// every arc around the cycle. Nodes and arcs are counted from 1.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The network that was asked about.
    pub network: &'a Network,
    /// The answer to it.
    pub outcome: &'a Outcome,
}

impl fmt::Display for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Outcome::Optimal(optimum) => self.optimum(optimum, f),
            Outcome::Infeasible(cut) => infeasible(cut, f),
            Outcome::Unbounded(cycle) => unbounded(cycle, f),
        }
    }
}

impl Answer<'_> {
    fn optimum(&self, optimum: &Optimum, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "s {}", optimum.cost())?;
        for (arc, flow) in self.network.arcs().iter().zip(optimum.flows()) {
            writeln!(f, "f {} {} {flow}", from_one(arc.tail), from_one(arc.head))?;
        }
        for (node, potential) in self.network.node_ids().zip(optimum.potentials()) {
            writeln!(f, "p {} {potential}", from_one(node))?;
        }
        Ok(())
    }
}

fn infeasible(cut: &Cut, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "i")?;
    cut.nodes
        .iter()
        .try_for_each(|&node| writeln!(f, "c {}", from_one(node)))
}

fn unbounded(cycle: &Cycle, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "u")?;
    cycle
        .arcs
        .iter()
        .try_for_each(|arc| writeln!(f, "a {}", u64::from(arc.0) + 1))
}

fn from_one(node: NodeId) -> u64 {
    u64::from(node.0) + 1
}
