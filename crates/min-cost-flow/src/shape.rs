//! What is seen of a network at a glance, once, when it is built.

use crate::network::{Arc, ArcId};

/// What decides how a network can be solved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The first self loop that gains without limit.
    pub(crate) endless_loop: Option<ArcId>,
    /// How many arcs are self loops.
    pub(crate) loops: usize,
    /// Whether some arc carries something before any supply is sent: its lower bound, or all that a
    /// self loop gains.
    pub(crate) carries_already: bool,
    /// Whether some arc costs less than nothing and has no limit.
    pub(crate) endless_gain: bool,
    /// The least and the greatest cost of an arc that is no self loop.
    pub(crate) costs: Option<(i64, i64)>,
    /// Whether every node gives or takes at most a single unit, every arc but self loops leads from
    /// one that gives to one that takes, and none must carry anything.
    pub(crate) pairs: bool,
    /// How many nodes have a supply, and how many a demand.
    pub(crate) givers: usize,
    pub(crate) takers: usize,
}

impl Shape {
    /// Looks at every node and arc once. Arcs must lead to known nodes.
    pub(crate) fn of(supplies: &[i64], arcs: &[Arc]) -> Self {
        let count = |sign: i64| supplies.iter().filter(|s| s.signum() == sign).count();
        let mut shape = Self {
            pairs: supplies.iter().all(|supply| (-1..=1).contains(supply)),
            givers: count(1),
            takers: count(-1),
            ..Self::default()
        };
        for (position, arc) in arcs.iter().enumerate() {
            let gains = arc.cost < 0 && arc.capacity.is_none();
            shape.endless_gain |= gains;
            shape.carries_already |= arc.lower != 0 || (arc.is_loop() && arc.cost < 0);
            if arc.is_loop() {
                shape.loops += 1;
                if gains && shape.endless_loop.is_none() {
                    shape.endless_loop = Some(ArcId(crate::bounds::numbered(position)));
                }
                continue;
            }
            let (least, most) = shape.costs.unwrap_or((arc.cost, arc.cost));
            shape.costs = Some((least.min(arc.cost), most.max(arc.cost)));
            shape.pairs &= arc.lower == 0
                && supplies[arc.tail.index()] == 1
                && supplies[arc.head.index()] == -1;
        }
        shape
    }

    /// The greatest cost of an arc that is no self loop, either sign.
    pub(crate) fn dearest(&self) -> i64 {
        let (least, most) = self.costs.unwrap_or((0, 0));
        least.saturating_abs().max(most.saturating_abs())
    }
}
