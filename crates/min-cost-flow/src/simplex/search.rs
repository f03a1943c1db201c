//! Which arc enters the tree.

use super::Lane;
use super::number::Number;

/// Goes around all arcs in blocks and takes the best of the first block that has one that gains.
pub(super) struct BlockSearch {
    block: usize,
    next: usize,
    /// How many arcs were looked at in all.
    pub(super) looked: usize,
}

impl BlockSearch {
    /// Blocks of twice the square root of the number of arcs, at least ten. With twice as many arcs
    /// a block a fifth fewer steps are made, each dearer by as much.
    pub(super) fn over(arcs: usize) -> Self {
        Self {
            block: (2 * arcs.isqrt()).max(10),
            next: 0,
            looked: 0,
        }
    }

    /// An arc whose entering gains; `None` once no arc does.
    pub(super) fn entering<N: Number>(&mut self, lanes: &[Lane<N>], price: &[N]) -> Option<usize> {
        let mut unseen = lanes.len();
        while unseen > 0 {
            let first = self.next;
            let end = (first + self.block.min(unseen)).min(lanes.len());
            unseen -= end - first;
            self.looked += end - first;
            self.next = if end == lanes.len() { 0 } else { end };
            if let Some(position) = best(&lanes[first..end], price) {
                return Some(first + position);
            }
        }
        None
    }
}

/// The arc of the most negative reduced cost, the first of equals.
fn best<N: Number>(lanes: &[Lane<N>], price: &[N]) -> Option<usize> {
    let mut least = N::default();
    let mut found = None;
    for (position, lane) in lanes.iter().enumerate() {
        let reduced = lane.reduced(price);
        if reduced < least {
            least = reduced;
            found = Some(position);
        }
    }
    found
}
