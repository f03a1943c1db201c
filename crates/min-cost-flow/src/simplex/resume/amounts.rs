//! What the trees carry, and where they must be cut.

use super::LENDER;
use super::forest::Forest;
use crate::bounds::numbered;
use crate::simplex::tree::Tree;
use crate::simplex::{ENDLESS, Simplex, Way, standing};

/// More is not lent: as much again can come back, and both are added.
const MOST_LENT: i64 = i64::MAX / 4;

impl Simplex<'_> {
    /// Hangs the forest on the root, cut where it could not carry what it must. `None`
    /// where what is owed could overflow.
    pub(super) fn hang(&mut self, forest: &Forest, left: &[i64], detour: i64) -> Option<()> {
        for (&parent, &arc) in forest.parent.iter().zip(&forest.arc) {
            if parent != Forest::TOP {
                self.standing[arc as usize] = standing::TREE;
            }
        }
        let mut left = self.left_over(left);
        let mut tree = Tree::star(vec![true; left.len()], numbered(self.origin.len()));
        // From the leaves up: all that hangs below a node has been counted when it is reached.
        for &node in forest.order.iter().rev() {
            let at = node as usize;
            let (parent, arc) = (forest.parent[at], forest.arc[at] as usize);
            if parent == Forest::TOP {
                continue;
            }
            let up = self.ways[arc].tail == node;
            let passed = self.pass(arc, up, left[at]);
            left[at] -= passed;
            left[parent as usize] += passed;
            if self.standing[arc] == standing::TREE {
                tree.parent[at] = parent;
                tree.arc[at] = numbered(arc);
                tree.up[at] = up;
            }
        }
        self.add_made_up_for(&left, &mut tree, detour)?;
        tree.put_in_order();
        self.potential.push(0);
        self.tree = tree;
        Some(())
    }

    /// By node: what was left it, less what the arcs outside the forest take away.
    fn left_over(&mut self, left: &[i64]) -> Vec<i64> {
        let mut left = left.to_vec();
        for arc in 0..self.origin.len() {
            let flow = self.flow[arc];
            if self.standing[arc] != standing::TREE && flow > 0 {
                self.standing[arc] = standing::UPPER;
                left[self.ways[arc].tail as usize] -= flow;
                left[self.ways[arc].head as usize] += flow;
            }
        }
        left
    }

    /// Lets an arc of the forest carry `amount` towards the top, as far as its bounds go; what it
    /// does carry. It leaves the tree unless it could carry more towards the top: that is what
    /// makes a tree strongly feasible.
    fn pass(&mut self, arc: usize, up: bool, amount: i64) -> i64 {
        let room = self.room[arc];
        let asked = if up { amount } else { -amount };
        let flow = asked.clamp(0, room);
        let carries_more = if up { flow < room } else { flow > 0 };
        self.flow[arc] = flow;
        if flow != asked || !carries_more {
            self.standing[arc] = if flow == 0 {
                standing::LOWER
            } else {
                standing::UPPER
            };
        }
        if up { flow } else { -flow }
    }

    /// One made-up arc for each node: those of the tops carry what their trees have left over, or
    /// want.
    ///
    /// Where nothing is left over or wanted the arc costs what leaves the earlier price of its node
    /// as it is.
    fn add_made_up_for(&mut self, left: &[i64], tree: &mut Tree, detour: i64) -> Option<()> {
        let root = numbered(left.len());
        let owed: i128 = left.iter().map(|&left| i128::from(left).abs()).sum();
        let lent = i64::try_from(owed).ok().filter(|&lent| lent <= MOST_LENT)?;
        for (node, &left) in (0..root).zip(left) {
            let at = node as usize;
            let (lends, price) = (at == LENDER, self.potential[at]);
            let gives = lends || left >= 0;
            let detour = if lends || left == 0 { 0 } else { detour };
            let (cost, tail, head) = if gives {
                (detour - price, node, root)
            } else {
                (detour + price, root, node)
            };
            self.ways.push(Way { cost, tail, head });
            // Without limit a cycle through the root could gain without end.
            self.room.push(if gives { ENDLESS } else { lent - left });
            self.flow.push(if lends { lent } else { left.abs() });
            let is_top = tree.parent[at] == root;
            self.standing.push(if is_top {
                standing::TREE
            } else {
                standing::LOWER
            });
            if is_top {
                tree.up[at] = gives;
            }
        }
        Some(())
    }
}
