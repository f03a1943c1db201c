//! A tree over all nodes that can be cut anywhere and joined again, the smaller part hung on the
//! greater, whichever has the root.
//!
//! What its arcs carry is counted as it comes, and may be less than nothing or more than they can:
//! those are out of bounds, and wait to be cut.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::bounds::numbered;
use crate::preorder::Preorder;
use crate::restart::steps::{NONE, Steps, Width};

/// A node that lies deeper is not cut off. Where the root moves depths grow, and those of others are
/// greater by at most as many as there are nodes, which are fewer than this.
const DEEPEST: u32 = u32::MAX / 2;

/// A node and the step from it to its parent.
#[derive(Clone, Copy)]
pub(super) struct Node {
    /// [`NONE`] for the root.
    pub(super) parent: u32,
    /// The place of the step; [`NONE`] if it is made up, which no step with room is.
    pub(super) step: u32,
    /// How many nodes hang on it, itself counted.
    size: u32,
    /// Whether it waits to be cut off.
    waits: bool,
    /// What can still go up to the parent and come down; less than nothing where too much does.
    pub(super) rooms: [i64; 2],
}

/// The two parts of a tree whose step above a node is cut.
#[derive(Default)]
pub(super) struct Cut {
    pub(super) node: u32,
    /// Whether the smaller part is what hangs on the node.
    pub(super) below: bool,
    /// The nodes of the smaller part.
    pub(super) part: Vec<u32>,
}

/// Every node but the root hangs on another.
pub(super) struct Tree {
    nodes: Vec<Node>,
    order: Preorder,
    /// Nodes whose step is or was out of bounds, with the size of the smaller part.
    waiting: BinaryHeap<Reverse<(u32, u32)>>,
    /// How many nodes were passed and moved.
    pub(super) passed: usize,
}

impl Node {
    /// A node that hangs on this parent by a step.
    pub(super) fn hung(parent: u32, step: u32, rooms: [i64; 2]) -> Self {
        Self {
            parent,
            step,
            size: 1,
            waits: false,
            rooms,
        }
    }

    /// How much too much goes up; less than nothing where it comes down.
    pub(super) fn excess(&self) -> i64 {
        let [up, down] = self.rooms;
        down.min(0) - up.min(0)
    }

    /// What joined a node to its parent, as it joins the parent to the node.
    pub(super) fn turned<N: Width>(self, node: u32, steps: &Steps<N>) -> Self {
        let [up, down] = self.rooms;
        let step = match self.step {
            NONE => NONE,
            step => steps.twin(step),
        };
        Self::hung(node, step, [down, up])
    }
}

impl Tree {
    /// Nodes in preorder but for the root, which comes last.
    pub(super) fn over(nodes: Vec<Node>) -> Self {
        let root = numbered(nodes.len() - 1);
        let mut tree = Self {
            order: Preorder::new(nodes.len()),
            waiting: BinaryHeap::new(),
            passed: 0,
            nodes,
        };
        for node in (0..root).rev() {
            let Node { parent, size, .. } = *tree.node(node);
            tree.nodes[parent as usize].size += size;
        }
        for node in 0..root {
            let depth = tree.order.depth(tree.node(node).parent) + 1;
            tree.order.set_depth(node, depth);
            tree.order.link(node, node + 1);
            tree.look_at(node);
        }
        tree.order.link(root, 0);
        tree
    }

    pub(super) fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    /// Every node that hangs on its parent by a step that is not made up.
    pub(super) fn hung_by_steps(&self) -> impl Iterator<Item = &Node> {
        let nodes = self.nodes.iter();
        nodes.filter(|node| node.step != NONE && node.parent != NONE)
    }

    /// The nodes that hang on their parents by steps made up.
    pub(super) fn tops(&self) -> impl Iterator<Item = u32> {
        (0..numbered(self.nodes.len())).filter(|&node| self.is_top(node))
    }

    /// Whether a node hangs on its parent by a step made up.
    pub(super) fn is_top(&self, node: u32) -> bool {
        let at = self.node(node);
        at.step == NONE && at.parent != NONE
    }

    /// How many nodes hang on a node, itself counted.
    pub(super) fn size(&self, node: u32) -> u32 {
        self.node(node).size
    }

    /// Of the nodes whose step is out of bounds the one that cuts off the fewest, whichever part that
    /// is: cuts through the midst wait till all that is to go over them has come there.
    pub(super) fn next_out_of_bounds(&mut self) -> Option<u32> {
        while let Some(Reverse((fewest, node))) = self.waiting.pop() {
            self.nodes[node as usize].waits = false;
            if self.fewest(node) > fewest {
                // It cuts off more by now.
                self.look_at(node);
                continue;
            }
            let at = self.node(node);
            if at.parent != NONE && at.excess() != 0 {
                return Some(node);
            }
        }
        None
    }

    /// Lets a node wait if its step is out of bounds.
    pub(super) fn look_at(&mut self, node: u32) {
        let fewest = self.fewest(node);
        let at = &mut self.nodes[node as usize];
        if at.excess() != 0 && !std::mem::replace(&mut at.waits, true) {
            self.waiting.push(Reverse((fewest, node)));
        }
    }

    /// The size of the smaller part if a node is cut off.
    fn fewest(&self, node: u32) -> u32 {
        let size = self.size(node);
        size.min(numbered(self.nodes.len()) - size)
    }

    /// Finds the parts that cutting off a node makes; `None` where depths grew too great.
    pub(super) fn cut(&self, node: u32, cut: &mut Cut) -> Option<()> {
        if self.order.depth(node) > DEEPEST {
            return None;
        }
        cut.node = node;
        cut.below = 2 * self.size(node) as usize <= self.nodes.len();
        cut.part.clear();
        let mut at = node;
        for _ in 0..self.fewest(node) {
            // What hangs on a node comes behind it in a run, and so the rest before it.
            if cut.below {
                cut.part.push(at);
                at = self.order.next(at);
            } else {
                at = self.order.previous(at);
                cut.part.push(at);
            }
        }
        Some(())
    }

    /// Sends an amount along the tree.
    pub(super) fn send(&mut self, from: u32, to: u32, amount: i64) {
        let mut ends = [from, to];
        while ends[0] != ends[1] {
            let [first, second] = ends.map(|node| self.order.depth(node));
            let deeper = usize::from(first < second);
            let node = ends[deeper];
            let at = &mut self.nodes[node as usize];
            at.rooms[deeper] -= amount;
            at.rooms[1 - deeper] += amount;
            ends[deeper] = at.parent;
            self.look_at(node);
            self.passed += 1;
        }
    }

    /// Joins the two parts of a cut again: a node `inner` of the smaller part is `hung` on one of the
    /// greater.
    pub(super) fn join<N: Width>(&mut self, cut: &Cut, steps: &Steps<N>, inner: u32, hung: Node) {
        let Node { parent, size, .. } = *self.node(cut.node);
        let root = self.grow(parent, size.wrapping_neg());
        if !cut.below {
            self.split_off(cut);
        }
        let top = if cut.below { cut.node } else { root };
        let outer = hung.parent;
        let count = numbered(cut.part.len());
        self.turn_over(top, count, steps, inner, hung);
        self.grow(outer, count);
        self.passed += cut.part.len();
    }

    /// Makes the node that was cut off a root, and closes the list of the others without what hangs on
    /// it.
    fn split_off(&mut self, cut: &Cut) {
        let node = cut.node;
        let before = self.order.previous(node);
        // The last found lies behind all that hangs on it.
        let behind = cut.part.last().map_or(before, |&last| last);
        self.order.link(self.order.previous(behind), node);
        self.order.link(before, behind);
        self.nodes[node as usize].parent = NONE;
    }

    /// Adds to the sizes from a node up to its root, which is returned.
    fn grow(&mut self, mut node: u32, by: u32) -> u32 {
        loop {
            let at = &mut self.nodes[node as usize];
            at.size = at.size.wrapping_add(by);
            self.passed += 1;
            if at.parent == NONE {
                return node;
            }
            node = at.parent;
        }
    }

    /// Turns the smaller part upside down along the way from its top to the inner node, which hangs
    /// on the greater part then.
    fn turn_over<N: Width>(
        &mut self,
        top: u32,
        count: u32,
        steps: &Steps<N>,
        inner: u32,
        hung: Node,
    ) {
        let (mut node, mut hung, mut after, mut moved) = (inner, hung, hung.parent, 0);
        loop {
            let depth = self.order.depth(hung.parent) + 1;
            let last = self.order.sink(node, depth, |_| ());
            self.order.splice(node, last, after);
            after = last;
            hung.size = count - moved;
            hung.waits = self.node(node).waits;
            let old = std::mem::replace(&mut self.nodes[node as usize], hung);
            self.look_at(node);
            if node == top {
                return;
            }
            moved = old.size;
            hung = old.turned(node, steps);
            node = old.parent;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forest::Forest;
    use proptest::prelude::*;

    const NODES: u32 = 12;

    /// A forest whose nodes hang on others, or on the root.
    fn tree(parents: &[u32]) -> Tree {
        let parent = |node: u32| parents[node as usize] % (node + 1);
        let held: Vec<u32> = (0..NODES).filter(|&node| parent(node) != node).collect();
        let forest = Forest::over(NODES as usize, &held, |node| [node, parent(node)]);
        let mut numbers = [0; NODES as usize];
        for (number, &node) in (0..).zip(forest.order()) {
            numbers[node as usize] = number;
        }
        let mut nodes = vec![Node::hung(NODES, NONE, [0, 0]); NODES as usize + 1];
        for (node, parent, _) in forest.leaves_first() {
            nodes[numbers[node as usize] as usize].parent = numbers[parent as usize];
        }
        nodes[NODES as usize].parent = NONE;
        Tree::over(nodes)
    }

    /// The nodes above a node, itself first.
    fn way_up(tree: &Tree, node: u32) -> Vec<u32> {
        let above = |&node: &u32| Some(tree.node(node).parent).filter(|&parent| parent != NONE);
        std::iter::successors(Some(node), above).collect()
    }

    /// Every node once, behind its parent and one deeper, with all that hangs on it in a run.
    fn is_in_order(tree: &Tree) -> bool {
        let all = 0..=NODES;
        let hang_on = |node: u32| {
            all.clone()
                .filter(move |&at| way_up(tree, at).contains(&node))
        };
        all.clone().all(|node| {
            let run = std::iter::successors(Some(node), |&at| Some(tree.order.next(at)));
            let mut run: Vec<u32> = run.take(tree.size(node) as usize).collect();
            run.sort_unstable();
            let Node { parent, .. } = *tree.node(node);
            run == hang_on(node).collect::<Vec<_>>()
                && tree.order.next(tree.order.previous(node)) == node
                && (parent == NONE || tree.order.depth(node) == tree.order.depth(parent) + 1)
        })
    }

    /// What goes from each node to another over the step between them; less than nothing the other way.
    fn sent(tree: &Tree) -> Vec<(u32, u32, i64)> {
        let hung = (0..=NODES).filter(|&node| tree.node(node).parent != NONE);
        let sent = hung.map(|node| {
            let Node { parent, rooms, .. } = *tree.node(node);
            if node < parent {
                (node, parent, rooms[1])
            } else {
                (parent, node, rooms[0])
            }
        });
        let mut sent: Vec<_> = sent.collect();
        sent.sort_unstable();
        sent
    }

    #[test]
    fn where_depths_grew_too_great_nothing_is_cut() {
        let mut tree = tree(&[0; NODES as usize]);
        let node = tree.order.next(NODES);
        tree.order.set_depth(node, DEEPEST);
        assert_eq!(tree.cut(node, &mut Cut::default()), Some(()));
        tree.order.set_depth(node, DEEPEST + 1);
        assert_eq!(tree.cut(node, &mut Cut::default()), None);
    }

    proptest! {
        #[test]
        fn a_tree_cut_and_joined_again_has_another_edge_and_stays_in_order(
            parents in prop::collection::vec(0..NODES, NODES as usize),
            exchanges in prop::collection::vec((0..=NODES, 0usize..20, 0usize..20), 1..12),
        ) {
            let (steps, _) = Steps::<i32>::over(NODES as usize, &[]);
            let mut tree = tree(&parents);
            prop_assert!(is_in_order(&tree));
            for (node, inner, outer) in exchanges {
                let parent = tree.node(node).parent;
                if parent == NONE {
                    continue;
                }
                let mut cut = Cut::default();
                prop_assert_eq!(tree.cut(node, &mut cut), Some(()));
                let all = 0..=NODES;
                let below = |&at: &u32| way_up(&tree, at).contains(&node);
                let mut part = cut.part.clone();
                part.sort_unstable();
                prop_assert_eq!(part, all.clone().filter(|at| below(at) == cut.below).collect::<Vec<_>>());
                prop_assert!(2 * cut.part.len() <= NODES as usize + 1);
                let others: Vec<u32> = all.filter(|at| !cut.part.contains(at)).collect();
                let inner = cut.part[inner % cut.part.len()];
                let outer = others[outer % others.len()];
                let mut edges = sent(&tree);
                edges.retain(|&(one, other, _)| {
                    (one, other) != (node.min(parent), node.max(parent))
                });
                edges.push((inner.min(outer), inner.max(outer), 0));
                edges.sort_unstable();
                tree.join(&cut, &steps, inner, Node::hung(outer, NONE, [0, 0]));
                prop_assert!(is_in_order(&tree));
                prop_assert_eq!(sent(&tree), edges);
            }
        }

        #[test]
        fn what_is_sent_arrives_and_what_is_out_of_bounds_is_found(
            parents in prop::collection::vec(0..NODES, NODES as usize),
            sends in prop::collection::vec((0..=NODES, 0..=NODES, -5i64..5), 0..12),
        ) {
            let mut tree = tree(&parents);
            let mut left = [0; NODES as usize + 1];
            for (from, to, amount) in sends {
                tree.send(from, to, amount);
                left[from as usize] += amount;
                left[to as usize] -= amount;
            }
            for (one, other, amount) in sent(&tree) {
                left[one as usize] -= amount;
                left[other as usize] += amount;
            }
            prop_assert_eq!(left, [0; NODES as usize + 1]);
            let mut found: Vec<u32> = std::iter::from_fn(|| tree.next_out_of_bounds()).collect();
            let sizes: Vec<u32> = found.iter().map(|&node| tree.fewest(node)).collect();
            prop_assert!(sizes.is_sorted());
            found.sort_unstable();
            let out = (0..NODES).filter(|&node| tree.node(node).excess() != 0);
            prop_assert_eq!(found, out.collect::<Vec<_>>());
        }
    }
}
