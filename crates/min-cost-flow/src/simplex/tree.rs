//! The spanning tree: who hangs on whom, by what, and at what price.

use super::Lane;
use super::number::{Number, all};
use crate::bounds::numbered;
use crate::preorder::Preorder;

/// A tree over all nodes, the last of which is the root.
pub(super) struct Tree<N> {
    pub(super) nodes: Vec<Node<N>>,
    order: Preorder,
    /// Prices by which no arc of the tree gains or loses, the root's zero.
    pub(super) price: Vec<N>,
    /// Whether a price or a flow passed what is safe.
    pub(super) strained: bool,
    /// Nodes passed around cycles and moved with subtrees.
    pub(super) passed: usize,
}

/// A node and the arc above it: what the walk around a cycle reads. The root is its own parent, by no arc.
#[derive(Clone, Copy)]
pub(super) struct Node<N> {
    pub(super) parent: u32,
    /// The arc to the parent.
    pub(super) arc: u32,
    /// What the arc can still carry from the node to its parent, and from the parent to the node.
    pub(super) up: N,
    pub(super) down: N,
}

/// Where a subtree is cut off and where it is hung up again.
pub(super) struct Graft<N> {
    /// The top of the subtree that is cut off.
    pub(super) top: u32,
    /// The node of the subtree that becomes its top.
    pub(super) new_top: u32,
    /// The new top, hung on a node outside the subtree.
    pub(super) hung: Node<N>,
}

/// No node.
const NONE: u32 = u32::MAX;

impl<N: Number> Node<N> {
    /// Hung on its parent by an arc of so much room that points up or down and carries so much.
    pub(super) fn hung(parent: u32, arc: u32, points_up: bool, room: N, flow: N) -> Self {
        let along = room.less(flow);
        let (up, down) = if points_up {
            (along, flow)
        } else {
            (flow, along)
        };
        Self {
            parent,
            arc,
            up,
            down,
        }
    }

    /// The root of a tree of so many other nodes.
    pub(super) fn root(others: u32) -> Self {
        Self {
            parent: others,
            arc: 0,
            up: N::default(),
            down: N::default(),
        }
    }
}

impl<N: Number> Tree<N> {
    /// Puts the nodes in preorder and counts depths, from the parents alone.
    pub(super) fn over(nodes: Vec<Node<N>>) -> Self {
        let count = nodes.len();
        let root = numbered(count - 1);
        let mut tree = Self {
            order: Preorder::new(count),
            price: vec![N::default(); count],
            strained: false,
            passed: 0,
            nodes,
        };
        let mut first = vec![NONE; count];
        let mut beside = vec![NONE; count];
        for node in (0..root).rev() {
            let parent = tree.nodes[node as usize].parent as usize;
            beside[node as usize] = std::mem::replace(&mut first[parent], node);
        }
        let (mut node, mut depth) = (root, 0);
        loop {
            tree.order.set_depth(node, depth);
            let mut next = first[node as usize];
            let mut at = node;
            depth += 1;
            while next == NONE && at != root {
                next = beside[at as usize];
                at = tree.nodes[at as usize].parent;
                depth -= 1;
            }
            let next = if next == NONE { root } else { next };
            tree.order.link(node, next);
            if next == root {
                return tree;
            }
            node = next;
        }
    }

    /// How deep a node lies below the root.
    pub(super) fn depth(&self, node: u32) -> u32 {
        self.order.depth(node)
    }

    /// Every node but the root.
    pub(super) fn below_the_root(&self) -> impl Iterator<Item = (u32, &Node<N>)> {
        (0..numbered(self.nodes.len() - 1)).zip(&self.nodes)
    }

    /// Prices every node, from the root down.
    pub(super) fn price_all(&mut self, lanes: &[Lane<N>]) {
        let root = numbered(self.nodes.len() - 1);
        let mut node = self.order.next(root);
        while node != root && !self.strained {
            let at = self.nodes[node as usize];
            let lane = lanes[at.arc as usize];
            let above = self.price[at.parent as usize];
            let price = if lane.tail == node {
                above - lane.cost
            } else {
                above + lane.cost
            };
            self.strained = price > N::FARTHEST || price < -N::FARTHEST;
            self.price[node as usize] = price;
            node = self.order.next(node);
        }
    }

    /// The prices in node order, but for the root's.
    pub(super) fn prices(&self) -> Vec<i64> {
        let prices = &self.price[..self.nodes.len() - 1];
        prices.iter().map(|&price| price.into()).collect()
    }

    /// The same tree in another width.
    pub(super) fn in_width<M: Number>(&self) -> Result<Tree<M>, M::TooGreat> {
        let node = |at: &Node<N>| {
            Ok(Node {
                parent: at.parent,
                arc: at.arc,
                // Amounts moved around a cycle are at most its least room, so that what is not
                // without limit stays so if it fits now and the room of its arc does.
                up: M::amount(at.up.wide())?,
                down: M::amount(at.down.wide())?,
            })
        };
        let price = self.price.iter().map(|&price| M::price(price.into()));
        Ok(Tree {
            nodes: all(self.nodes.iter().map(node))?,
            order: self.order.clone(),
            price: all(price)?,
            strained: false,
            passed: 0,
        })
    }

    /// Cuts a subtree off, turns it upside down along the way from its new top to its old one, and
    /// hangs it up again; every price in it falls by so much.
    pub(super) fn graft(&mut self, graft: Graft<N>, fall: N) {
        let Graft {
            top,
            new_top,
            mut hung,
        } = graft;
        let mut node = new_top;
        let mut after = hung.parent;
        loop {
            let last = self.sink(node, self.depth(hung.parent) + 1, fall);
            self.order.splice(node, last, after);
            after = last;
            let old = std::mem::replace(&mut self.nodes[node as usize], hung);
            if node == top {
                return;
            }
            // What joined the node to its parent now joins the parent to the node.
            hung = Node {
                parent: node,
                arc: old.arc,
                up: old.down,
                down: old.up,
            };
            node = old.parent;
        }
    }

    /// Gives the subtree of `node`, as far as it still hangs together, its new depths and prices;
    /// its last node is returned.
    fn sink(&mut self, node: u32, depth: u32, fall: N) -> u32 {
        let prices = &mut self.price[..];
        let mut strained = false;
        let mut moved = 0;
        let last = self.order.sink(node, depth, |node| {
            moved += 1;
            let price = prices[node as usize] - fall;
            prices[node as usize] = price;
            strained |= price > N::FARTHEST || price < -N::FARTHEST;
        });
        self.strained |= strained;
        self.passed += moved;
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nodes that hang on these parents, the last node the root.
    fn tree(parents: &[u32]) -> Tree<i64> {
        let root = numbered(parents.len());
        let arcs = 0..root;
        let hung = |(&parent, arc)| Node::hung(parent, arc, true, i64::ENDLESS, 0);
        let nodes = parents.iter().zip(arcs).map(hung);
        Tree::over(nodes.chain([Node::root(root)]).collect())
    }

    /// Every child lies one deeper than its parent, and the list is a preorder: each node's
    /// parent is the last node before it that lies one higher.
    fn is_in_order(tree: &Tree<i64>) -> bool {
        let (nodes, order) = (&tree.nodes, &tree.order);
        let root = numbered(nodes.len() - 1);
        let mut way_down = vec![root];
        let mut node = order.next(root);
        let mut seen = 1;
        while node != root {
            let depth = order.depth(node) as usize;
            way_down.truncate(depth);
            let hangs_right = way_down.len() == depth
                && way_down.last() == Some(&nodes[node as usize].parent)
                && order.next(order.previous(node)) == node;
            if !hangs_right {
                return false;
            }
            way_down.push(node);
            seen += 1;
            node = order.next(node);
        }
        seen == nodes.len()
    }

    fn depths(tree: &Tree<i64>) -> Vec<u32> {
        let nodes = 0..numbered(tree.nodes.len());
        nodes.map(|node| tree.depth(node)).collect()
    }

    fn hang(top: u32, new_top: u32, onto: u32, arc: u32) -> Graft<i64> {
        let hung = Node {
            parent: onto,
            arc,
            up: 1,
            down: 2,
        };
        Graft { top, new_top, hung }
    }

    #[test]
    fn a_tree_of_parents_alone_is_put_in_preorder() {
        let begun = tree(&[6, 5, 0, 5, 2, 6]);
        assert!(is_in_order(&begun));
        assert_eq!(depths(&begun), [1, 2, 2, 2, 3, 1, 0]);
        assert!(is_in_order(&tree(&[])));
    }

    #[test]
    fn a_grafted_subtree_is_turned_over_and_stays_in_preorder() {
        let mut tree = tree(&[6; 6]);
        // 1, 2 and 3 become a chain under 0, then 4 hangs on 2.
        for (node, onto, arc) in [(1, 0, 1), (2, 1, 2), (3, 2, 3), (4, 2, 4)] {
            tree.graft(hang(node, node, onto, arc), 0);
            assert!(is_in_order(&tree));
        }
        // The chain from 1 down is hung up by 3, on 5.
        tree.graft(hang(1, 3, 5, 5), 7);
        assert!(is_in_order(&tree));
        let of = |read: fn(&Node<i64>) -> u32| tree.nodes[..6].iter().map(read).collect::<Vec<_>>();
        assert_eq!(of(|node| node.parent), [6, 2, 3, 5, 2, 6]);
        assert_eq!(of(|node| node.arc), [0, 2, 3, 5, 4, 5]);
        assert_eq!(depths(&tree), [1, 4, 3, 2, 4, 1, 0]);
        assert_eq!(tree.prices(), [0, -7, -7, -7, -7, 0]);
        // The arcs of the chain point the other way, seen from below.
        assert_eq!((tree.nodes[1].up, tree.nodes[1].down), (2, 1));
        assert_eq!((tree.nodes[3].up, tree.nodes[3].down), (1, 2));
    }

    #[test]
    fn a_subtree_hung_behind_the_node_it_follows_already_stays_in_preorder() {
        let mut tree = tree(&[3; 3]);
        tree.graft(hang(1, 1, 0, 1), 0);
        tree.graft(hang(2, 2, 1, 2), 0);
        // 1 follows 0 in the list; it is hung on 0 again, by 2.
        tree.graft(hang(1, 2, 0, 3), 0);
        assert!(is_in_order(&tree));
        let parents: Vec<u32> = tree.nodes[..3].iter().map(|node| node.parent).collect();
        assert_eq!(parents, [3, 2, 0]);
    }
}
