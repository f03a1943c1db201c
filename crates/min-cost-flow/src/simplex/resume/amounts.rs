//! What the trees carry, and where they must be cut.

use super::{Kept, LENDER};
use crate::bounds::numbered;
use crate::forest::Forest;
use crate::simplex::number::Number;
use crate::simplex::tree::Node;
use crate::simplex::{Lane, Simplex};

/// More is not lent: as much again can come back, and both are added.
const MOST_LENT: i64 = i64::MAX / 4;

impl<N: Number> Kept<N> {
    /// Hangs the forest on the root, cut where it could not carry what it must. `None`
    /// where what is owed could overflow.
    pub(super) fn hang(
        mut self,
        forest: &Forest,
        left: &[i64],
        prices: &[N],
        detour: N,
    ) -> Result<Option<Simplex<N>>, N::TooGreat> {
        // What the forest carries is counted anew.
        for (_, _, arc) in forest.leaves_first() {
            self.flow[arc as usize] = N::default();
        }
        let mut left = self.left_over(left);
        let mut nodes = vec![Node::root(numbered(left.len())); left.len() + 1];
        // All that hangs below a node has been counted when it is reached.
        for (node, parent, arc) in forest.leaves_first() {
            let up = self.lanes[arc as usize].tail == node;
            let room = self.room[arc as usize];
            let Passed { flow, stays } = Passed::over(room.wide(), up, left[node as usize]);
            let passed = if up { flow } else { -flow };
            left[node as usize] -= passed;
            left[parent as usize] += passed;
            let flow = N::amount(flow)?;
            if stays {
                nodes[node as usize] = Node::hung(parent, arc, up, room, flow);
            } else {
                self.flow[arc as usize] = flow;
            }
        }
        if !self.add_made_up_for(&left, &mut nodes, prices, detour)? {
            return Ok(None);
        }
        let mut simplex = Simplex::begun(self.lanes, self.room, nodes);
        simplex.reentering = left.len().min(LENDER + 1);
        let full = self
            .flow
            .iter()
            .enumerate()
            .filter(|(_, flow)| **flow > N::default());
        for (arc, _) in full {
            simplex.turn(arc);
        }
        Ok(Some(simplex))
    }

    /// By node: what was left it, less what the arcs outside the forest take away.
    fn left_over(&self, left: &[i64]) -> Vec<i64> {
        let mut left = left.to_vec();
        for (lane, &flow) in self.lanes.iter().zip(&self.flow) {
            left[lane.tail as usize] -= flow.wide();
            left[lane.head as usize] += flow.wide();
        }
        left
    }

    /// One made-up arc for each node: those of the tops carry what their trees have left over, or
    /// want.
    ///
    /// Where nothing is left over or wanted the arc costs what leaves the earlier price of its node
    /// as it is.
    ///
    /// False where what is owed could overflow.
    fn add_made_up_for(
        &mut self,
        left: &[i64],
        nodes: &mut [Node<N>],
        prices: &[N],
        detour: N,
    ) -> Result<bool, N::TooGreat> {
        let (root, first) = (numbered(left.len()), numbered(self.lanes.len()));
        let owed: i128 = left.iter().map(|&left| i128::from(left).abs()).sum();
        let lent = i64::try_from(owed).unwrap_or(i64::MAX);
        if lent > MOST_LENT {
            return Ok(false);
        }
        for (node, &left) in (0..root).zip(left) {
            let at = node as usize;
            let (lends, price) = (at == LENDER, prices[at].into());
            let gives = lends || left >= 0;
            let detour = if lends || left == 0 { 0 } else { detour.into() };
            self.lanes.push(if gives {
                Lane::over(N::price(detour - price)?, node, root)
            } else {
                Lane::over(N::price(detour + price)?, root, node)
            });
            // Without limit a cycle through the root could gain without end.
            let room = if gives {
                N::ENDLESS
            } else {
                N::amount(lent - left)?
            };
            self.room.push(room);
            if nodes[at].parent == root {
                let flow = if lends { lent } else { left.abs() };
                nodes[at] = Node::hung(root, first + node, gives, room, N::amount(flow)?);
            }
        }
        Ok(true)
    }
}

/// What an arc of the forest carries, and whether it stays in the tree.
struct Passed {
    flow: i64,
    stays: bool,
}

impl Passed {
    /// Lets an arc that points `up` or down carry `amount` towards the top, as far as its bounds
    /// go. It leaves the tree unless it could carry more towards the top: that is what makes a tree
    /// strongly feasible.
    fn over(room: i64, up: bool, amount: i64) -> Self {
        let asked = if up { amount } else { -amount };
        let flow = asked.clamp(0, room);
        let carries_more = if up { flow < room } else { flow > 0 };
        Self {
            flow,
            stays: flow == asked && carries_more,
        }
    }
}
