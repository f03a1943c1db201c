//! What sets a flow and prices right round by round, on arcs let in as they turn out to matter.

use crate::network::ArcId;

/// Of so many nodes, the part that may want more arcs at a time, and how few are never too many: where
/// more do, too few arcs were kept.
const WANTING: usize = 8;
const FEW_WANTING: usize = 64;

/// How many nodes shut in together may want more arcs.
pub(super) fn most_wanting(nodes: usize) -> usize {
    (nodes / WANTING).max(FEW_WANTING)
}

/// A way to set a flow and prices right on the arcs at hand.
pub(super) trait Rounds {
    /// Sets all right on the arcs at hand; `None` where that seems not worth the while, or `effort` did
    /// not suffice. What it took is taken off.
    fn run(&mut self, effort: &mut usize) -> Option<()>;

    /// By node, which could not be set right for want of arcs.
    fn wanting(&self) -> Option<&[bool]>;

    /// Lets further arcs in, with what they carry: nothing, or all they can. `None` where a cost does
    /// not fit the width.
    fn admit(&mut self, arcs: &[(ArcId, i64)]) -> Option<()>;

    /// The prices in node order.
    fn prices(&self) -> Vec<i64>;

    /// What each of the arcs at hand carries above its lower bound.
    fn flows(self) -> Vec<(ArcId, i64)>;
}
