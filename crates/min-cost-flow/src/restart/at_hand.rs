//! The arcs kept, as steps over which what they carry can be moved.

use super::steps::{Laid, Steps, Width};
use crate::network::{ArcId, Network, NodeId};

/// The arcs at hand, and what each carries above its lower bound.
pub(super) struct AtHand<'a, N> {
    network: &'a Network,
    /// By node: its number here; the same where none is given.
    numbers: Vec<u32>,
    /// Each with the place of the step along it.
    arcs: Vec<(ArcId, u32)>,
    pub(super) steps: Steps<N>,
}

impl<'a, N: Width> AtHand<'a, N> {
    /// Arcs and what each carries, and by node its number, or none for all; linear. `None` where a cost
    /// does not fit the width.
    pub(super) fn new(
        network: &'a Network,
        kept: &[(ArcId, i64)],
        numbers: Vec<u32>,
    ) -> Option<Self> {
        let mut at_hand = Self {
            network,
            numbers,
            arcs: Vec::new(),
            steps: Steps::over(0, &[]).0,
        };
        let laid: Option<Vec<_>> = kept.iter().map(|&kept| at_hand.laid(kept)).collect();
        let (steps, places) = Steps::over(network.node_count(), &laid?);
        let ids = kept.iter().map(|&(id, _)| id);
        at_hand.arcs = ids.zip(places).collect();
        at_hand.steps = steps;
        Some(at_hand)
    }

    /// The number of a node here.
    pub(super) fn number(&self, node: NodeId) -> u32 {
        self.numbers.get(node.index()).copied().unwrap_or(node.0)
    }

    /// The step along the arc of this position.
    pub(super) fn along(&self, position: u32) -> u32 {
        self.arcs[position as usize].1
    }

    /// Lets a further arc in, with what it carries; the place of the step along it. `None` where its
    /// cost does not fit the width.
    pub(super) fn admit(&mut self, kept: (ArcId, i64)) -> Option<u32> {
        let along = self.steps.add(&self.laid(kept)?);
        self.arcs.push((kept.0, along));
        Some(along)
    }

    /// What each carries.
    pub(super) fn flows(&self) -> impl Iterator<Item = (ArcId, i64)> {
        let back = |along: u32| self.steps.room(self.steps.twin(along));
        self.arcs.iter().map(move |&(id, along)| (id, back(along)))
    }

    fn laid(&self, (id, flow): (ArcId, i64)) -> Option<Laid<N>> {
        let arc = &self.network.arcs()[id.index()];
        Some(Laid {
            tail: self.number(arc.tail),
            head: self.number(arc.head),
            room: self.network.room(arc),
            flow,
            cost: N::near(arc.cost)?,
        })
    }
}

/// By node, what is left to send once the arcs carry what they do.
pub(super) fn left_over(network: &Network, kept: &[(ArcId, i64)], left: &[i64]) -> Vec<i64> {
    let mut left = left.to_vec();
    for &(id, flow) in kept {
        let arc = &network.arcs()[id.index()];
        left[arc.tail.index()] -= flow;
        left[arc.head.index()] += flow;
    }
    left
}

/// Whether most arcs can carry a single unit above their lower bounds and no more.
pub(super) fn are_mostly_units(network: &Network, kept: &[(ArcId, i64)]) -> bool {
    let room = |&(id, _): &(ArcId, i64)| network.room(&network.arcs()[id.index()]);
    let units = kept.iter().filter(|&kept| room(kept) == 1).count();
    2 * units > kept.len()
}
