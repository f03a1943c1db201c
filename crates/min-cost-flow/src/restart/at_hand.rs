//! The arcs kept, as steps over which what they carry can be moved.

use super::steps::{Laid, Steps, Width};
use crate::network::{ArcId, Network};

/// The arcs at hand, and what each carries above its lower bound.
pub(super) struct AtHand<'a, N> {
    network: &'a Network,
    /// Each with the place of the step along it.
    arcs: Vec<(ArcId, u32)>,
    pub(super) steps: Steps<N>,
}

impl<'a, N: Width> AtHand<'a, N> {
    /// Arcs and what each carries; linear. `None` where a cost does not fit the width.
    pub(super) fn new(network: &'a Network, kept: &[(ArcId, i64)]) -> Option<Self> {
        let laid: Option<Vec<_>> = kept.iter().map(|&kept| lay(network, kept)).collect();
        let (steps, places) = Steps::over(network.node_count(), &laid?);
        let ids = kept.iter().map(|&(id, _)| id);
        Some(Self {
            network,
            arcs: ids.zip(places).collect(),
            steps,
        })
    }

    /// The step along the arc of this position.
    pub(super) fn along(&self, position: u32) -> u32 {
        self.arcs[position as usize].1
    }

    /// Lets a further arc in, with what it carries; the place of the step along it. `None` where its
    /// cost does not fit the width.
    pub(super) fn admit(&mut self, kept: (ArcId, i64)) -> Option<u32> {
        let along = self.steps.add(&lay(self.network, kept)?);
        self.arcs.push((kept.0, along));
        Some(along)
    }

    /// What each carries.
    pub(super) fn flows(&self) -> impl Iterator<Item = (ArcId, i64)> {
        let back = |along: u32| self.steps.room(self.steps.twin(along));
        self.arcs.iter().map(move |&(id, along)| (id, back(along)))
    }
}

fn lay<N: Width>(network: &Network, (id, flow): (ArcId, i64)) -> Option<Laid<N>> {
    let arc = &network.arcs()[id.index()];
    Some(Laid {
        tail: arc.tail.0,
        head: arc.head.0,
        room: network.room(arc),
        flow,
        cost: N::near(arc.cost)?,
    })
}
