use std::fmt;

use crate::bounds;
use crate::error::{NetworkError, NetworkErrors};
use crate::shape::Shape;

/// A node of a network, numbered from 0 in order of adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// An arc of a network, numbered from 0 in order of adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArcId(pub u32);

impl NodeId {
    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl ArcId {
    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ArcId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A way from one node to another, with what it must carry, may carry, and costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Where flow leaves.
    pub tail: NodeId,
    /// Where flow arrives.
    pub head: NodeId,
    /// The least the arc must carry, in units of flow; may be negative.
    pub lower: i64,
    /// The most the arc may carry, in units of flow; `None` without limit.
    pub capacity: Option<i64>,
    /// The cost of one unit of flow; may be negative.
    pub cost: i64,
}

impl Arc {
    /// Whether the arc ends where it begins.
    #[must_use]
    pub fn is_loop(&self) -> bool {
        self.tail == self.head
    }
}

/// A network that was checked: its arcs join known nodes, its bounds leave room, its sums cannot overflow.
///
/// Whether supplies balance and whether a flow exists is the question of [`solve`](crate::solve).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    supplies: Vec<i64>,
    arcs: Vec<Arc>,
    /// More than any arc needs to carry in some optimum, lower bounds aside.
    ample: i64,
    shape: Shape,
}

impl Network {
    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.supplies.len()
    }

    /// How many arcs there are, self loops among them.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.arcs.len()
    }

    /// Supplies in node order, in units of flow: what leaves a node beyond what arrives; negative is demand.
    #[must_use]
    pub fn supplies(&self) -> &[i64] {
        &self.supplies
    }

    /// The arcs in order of adding.
    #[must_use]
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The nodes in order of adding.
    pub fn node_ids(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..bounds::numbered(self.supplies.len())).map(NodeId)
    }

    /// The ids of the arcs in order of adding.
    pub fn arc_ids(&self) -> impl ExactSizeIterator<Item = ArcId> + use<> {
        (0..bounds::numbered(self.arcs.len())).map(ArcId)
    }

    /// What all supplies and demands come to; where it is not zero no flow exists.
    #[must_use]
    pub fn imbalance(&self) -> i128 {
        self.supplies.iter().map(|&supply| i128::from(supply)).sum()
    }

    /// What an arc can carry above its lower bound; more than any optimum needs where that is all.
    pub(crate) fn room(&self, arc: &Arc) -> i64 {
        arc.capacity.map_or(self.ample, |capacity| {
            // A difference too large for its type is more than ample too.
            capacity.saturating_sub(arc.lower).min(self.ample)
        })
    }

    /// What was seen of it at a glance.
    pub(crate) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// In arc order, the lower bounds; a self loop that gains and has a limit is full instead.
    pub(crate) fn idle_flows(&self) -> Vec<i64> {
        if !self.shape.carries_already {
            return vec![0; self.arcs.len()];
        }
        let idle = |arc: &Arc| match arc.capacity {
            Some(capacity) if arc.is_loop() && arc.cost < 0 => capacity,
            _ => arc.lower,
        };
        self.arcs.iter().map(idle).collect()
    }

    /// Supplies once every arc but self loops carries its lower bound.
    pub(crate) fn supplies_over_lower(&self) -> Vec<i64> {
        let mut supplies = self.supplies.clone();
        if !self.shape.carries_already {
            return supplies;
        }
        for arc in self.arcs.iter().filter(|arc| !arc.is_loop()) {
            supplies[arc.tail.index()] -= arc.lower;
            supplies[arc.head.index()] += arc.lower;
        }
        supplies
    }
}

/// Gathers nodes and arcs; [`build`](NetworkBuilder::build) checks them all at once.
#[derive(Clone, Debug, Default)]
pub struct NetworkBuilder {
    supplies: Vec<i64>,
    arcs: Vec<Arc>,
}

impl NetworkBuilder {
    /// An empty network.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node with a supply in units of flow; a demand is a negative supply.
    pub fn node(&mut self, supply: i64) -> NodeId {
        let id = NodeId(bounds::numbered(self.supplies.len()));
        self.supplies.push(supply);
        id
    }

    /// Adds an arc that must carry `lower` and may carry `capacity` (`None`: without limit) at `cost` a unit.
    ///
    /// A negative lower bound is allowed: the arc may carry flow backwards, and is paid back for it.
    /// Parallel arcs and self loops are allowed.
    pub fn arc(
        &mut self,
        tail: NodeId,
        head: NodeId,
        lower: i64,
        capacity: Option<i64>,
        cost: i64,
    ) -> ArcId {
        let id = ArcId(bounds::numbered(self.arcs.len()));
        self.arcs.push(Arc {
            tail,
            head,
            lower,
            capacity,
            cost,
        });
        id
    }

    /// Checks every node and arc.
    ///
    /// # Errors
    ///
    /// All errors together: arcs to unknown nodes, capacities under their lower bounds, and whatever is so
    /// large that a sum of amounts or costs could overflow.
    pub fn build(self) -> Result<Network, NetworkErrors> {
        let Self { supplies, arcs } = self;
        let mut errors = too_many(&supplies, &arcs);
        errors.extend(arc_errors(&arcs, supplies.len()));
        // Sums over arcs that are wrong in themselves would only blame the innocent.
        NetworkErrors::none_or(errors)?;
        let ample = bounds::ample(&supplies, &arcs)?;
        Ok(Network {
            shape: Shape::of(&supplies, &arcs),
            supplies,
            arcs,
            ample,
        })
    }
}

fn too_many(supplies: &[i64], arcs: &[Arc]) -> Vec<NetworkError> {
    [("nodes", supplies.len()), ("arcs", arcs.len())]
        .into_iter()
        .filter(|&(_, count)| count > bounds::MOST_NUMBERED)
        .map(|(what, count)| NetworkError::TooMany {
            what,
            count,
            limit: bounds::MOST_NUMBERED,
        })
        .collect()
}

fn arc_errors(arcs: &[Arc], nodes: usize) -> Vec<NetworkError> {
    let limit = bounds::cost_limit(nodes);
    let mut errors = Vec::new();
    for (position, arc) in arcs.iter().enumerate() {
        let id = ArcId(bounds::numbered(position));
        for (end, node) in [("tail", arc.tail), ("head", arc.head)] {
            if node.index() >= nodes {
                errors.push(NetworkError::UnknownNode {
                    arc: id,
                    end,
                    node,
                    nodes,
                });
            }
        }
        if let Some(capacity) = arc.capacity.filter(|&capacity| capacity < arc.lower) {
            errors.push(NetworkError::CapacityUnderLower {
                arc: id,
                lower: arc.lower,
                capacity,
            });
        }
        if arc.cost.unsigned_abs() > limit.unsigned_abs() {
            errors.push(NetworkError::CostTooLarge {
                arc: id,
                cost: arc.cost,
                nodes,
                limit,
            });
        }
    }
    errors
}
