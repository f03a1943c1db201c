//! Which arc enters the tree.

use super::Way;

/// Goes around all arcs in blocks and takes the best of the first block that has one that gains.
pub(super) struct BlockSearch {
    arcs: usize,
    block: usize,
    next: usize,
}

impl BlockSearch {
    /// Blocks of about the square root of the number of arcs, at least ten.
    pub(super) fn over(arcs: usize) -> Self {
        Self {
            arcs,
            block: arcs.isqrt().max(10),
            next: 0,
        }
    }

    /// An arc whose entering gains; `None` once no arc does.
    pub(super) fn entering(
        &mut self,
        ways: &[Way],
        standing: &[i8],
        potential: &[i64],
    ) -> Option<usize> {
        let mut unseen = self.arcs;
        while unseen > 0 {
            let end = (self.next + self.block.min(unseen)).min(self.arcs);
            let best = best(
                self.next,
                &ways[self.next..end],
                &standing[self.next..end],
                potential,
            );
            unseen -= end - self.next;
            self.next = if end == self.arcs { 0 } else { end };
            if best.is_some() {
                return best;
            }
        }
        None
    }
}

/// The arc of the most negative reduced cost in its direction, the first of equals.
fn best(first: usize, ways: &[Way], standing: &[i8], potential: &[i64]) -> Option<usize> {
    let mut least = 0;
    let mut found = None;
    for (position, (way, &sign)) in ways.iter().zip(standing).enumerate() {
        let reduced = way.cost + potential[way.tail as usize] - potential[way.head as usize];
        let gain = i64::from(sign) * reduced;
        if gain < least {
            least = gain;
            found = Some(first + position);
        }
    }
    found
}
