use std::fmt;

use thiserror::Error;

use crate::network::{ArcId, NodeId};

/// Why one node or one arc of a network was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// An arc begins or ends at a node that was never added.
    #[error(
        "arc {arc}, {end}: node {node} is unknown; add it first (the network has {nodes} nodes, numbered from 0)"
    )]
    UnknownNode {
        /// The arc, numbered from 0 in order of adding.
        arc: ArcId,
        /// Which end of the arc: `tail` or `head`.
        end: &'static str,
        /// The node it names.
        node: NodeId,
        /// How many nodes the network has.
        nodes: usize,
    },
    /// An arc may carry less than it must.
    #[error(
        "arc {arc}, capacity: {capacity} is under the lower bound {lower}; raise the capacity or lower the bound"
    )]
    CapacityUnderLower {
        /// The arc, numbered from 0 in order of adding.
        arc: ArcId,
        /// The least the arc must carry.
        lower: i64,
        /// The most the arc may carry.
        capacity: i64,
    },
    /// A cost so large that prices along a path could overflow.
    #[error(
        "arc {arc}, cost: {cost} is too large among {nodes} nodes; keep costs from -{limit} to {limit}"
    )]
    CostTooLarge {
        /// The arc, numbered from 0 in order of adding.
        arc: ArcId,
        /// The cost of a unit on it.
        cost: i64,
        /// How many nodes the network has.
        nodes: usize,
        /// The largest cost, either sign, that a network of this many nodes allows.
        limit: i64,
    },
    /// A supply with which the network's amounts could overflow.
    #[error(
        "node {node}, supply: {supply} brings the amounts in the network past {limit}; count in a larger unit"
    )]
    SupplyTooLarge {
        /// The node, numbered from 0 in order of adding.
        node: NodeId,
        /// Its supply (demand if negative).
        supply: i64,
        /// The most that all amounts together may come to.
        limit: i64,
    },
    /// Bounds with which the network's amounts could overflow.
    #[error("arc {arc}, bounds: lower bound {lower} and capacity {} bring the amounts in the network past {limit}; leave the capacity without limit or count in a larger unit", Limit(*.capacity))]
    AmountTooLarge {
        /// The arc, numbered from 0 in order of adding.
        arc: ArcId,
        /// The least the arc must carry.
        lower: i64,
        /// The most the arc may carry, `None` without limit.
        capacity: Option<i64>,
        /// The most that all amounts together may come to.
        limit: i64,
    },
    /// An arc with which the total cost could overflow.
    #[error(
        "arc {arc}, cost: at {cost} a unit the total cost could pass 2^127; count cost or amount in a larger unit"
    )]
    TotalCostTooLarge {
        /// The arc, numbered from 0 in order of adding.
        arc: ArcId,
        /// The cost of a unit on it.
        cost: i64,
    },
    /// More nodes or arcs than can be numbered.
    #[error("{count} {what} are more than the {limit} a network can number; split the network")]
    TooMany {
        /// `nodes` or `arcs`.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
}

impl NetworkError {
    /// The arc that is to blame, if it is one.
    #[must_use]
    pub fn arc(&self) -> Option<ArcId> {
        match *self {
            Self::UnknownNode { arc, .. }
            | Self::CapacityUnderLower { arc, .. }
            | Self::CostTooLarge { arc, .. }
            | Self::AmountTooLarge { arc, .. }
            | Self::TotalCostTooLarge { arc, .. } => Some(arc),
            Self::SupplyTooLarge { .. } | Self::TooMany { .. } => None,
        }
    }

    /// The node that is to blame, if it is one.
    #[must_use]
    pub fn node(&self) -> Option<NodeId> {
        match *self {
            Self::SupplyTooLarge { node, .. } => Some(node),
            _ => None,
        }
    }

    /// The same for a form in which nodes and arcs are counted from 1.
    pub(crate) fn counted_from_one(&self) -> Self {
        let mut error = self.clone();
        match &mut error {
            Self::UnknownNode { arc, .. }
            | Self::CapacityUnderLower { arc, .. }
            | Self::CostTooLarge { arc, .. }
            | Self::AmountTooLarge { arc, .. }
            | Self::TotalCostTooLarge { arc, .. } => arc.0 = arc.0.saturating_add(1),
            Self::SupplyTooLarge { node, .. } => node.0 = node.0.saturating_add(1),
            Self::TooMany { .. } => {}
        }
        error
    }
}

/// A capacity as a clerk reads it.
struct Limit(Option<i64>);

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(capacity) => write!(f, "{capacity}"),
            None => f.write_str("without limit"),
        }
    }
}

/// Every reason for which a network was refused: nodes first, then arcs, each in order of adding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkErrors {
    errors: Vec<NetworkError>,
}

impl NetworkErrors {
    /// `Ok` where there is nothing to complain of.
    pub(crate) fn none_or(errors: Vec<NetworkError>) -> Result<(), Self> {
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Self { errors })
        }
    }

    /// The reasons, never none.
    #[must_use]
    pub fn as_slice(&self) -> &[NetworkError] {
        &self.errors
    }
}

impl fmt::Display for NetworkErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.errors.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for NetworkErrors {}
