//! Where what is left over cannot get away.

use super::Simplex;
use super::number::Number;
use crate::bounds::numbered;
use crate::network::NodeId;

impl<N: Number> Simplex<N> {
    /// The nodes from which what is left over cannot get away; none where a flow was found.
    ///
    /// From a node whose made-up arc still carries supply to the root, follow every arc that has
    /// room and, backwards, every arc that carries something. No node of unmet demand is reached,
    /// or the dear arc to it would have emptied: so what leaves the set is full, and what enters is
    /// at its lower bound.
    pub(super) fn stranded(&self) -> Vec<NodeId> {
        let below = self.tree.below_the_root();
        let left_over = below.filter(|&(node, at)| {
            at.arc as usize >= self.real && self.points_up(node) && at.down > N::default()
        });
        let mut open: Vec<u32> = left_over.map(|(node, _)| node).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let nodes = self.tree.nodes.len() - 1;
        let mut reached = vec![false; nodes];
        for &node in &open {
            reached[node as usize] = true;
        }
        let onward = Onward::new(nodes, &self.residual());
        while let Some(node) = open.pop() {
            for &next in onward.of(node) {
                if !std::mem::replace(&mut reached[next as usize], true) {
                    open.push(next);
                }
            }
        }
        let reached = (0..numbered(nodes)).filter(|&node| reached[node as usize]);
        reached.map(NodeId).collect()
    }

    /// Where a unit more could go, by real arcs.
    fn residual(&self) -> Vec<(u32, u32)> {
        let mut steps = Vec::new();
        let mut in_tree = vec![false; self.real];
        for (node, at) in self.tree.below_the_root() {
            let Some(in_tree) = in_tree.get_mut(at.arc as usize) else {
                continue;
            };
            *in_tree = true;
            if at.up > N::default() {
                steps.push((node, at.parent));
            }
            if at.down > N::default() {
                steps.push((at.parent, node));
            }
        }
        // A full arc is kept turned around: it too leads where a unit more could go.
        let lanes = self.lanes.iter().zip(&self.room).zip(&in_tree);
        let others = lanes.filter(|((_, room), in_tree)| !**in_tree && **room > N::default());
        steps.extend(others.map(|((lane, _), _)| (lane.tail, lane.head)));
        steps
    }
}

/// Steps grouped by where they begin.
struct Onward {
    begins: Vec<usize>,
    heads: Vec<u32>,
}

impl Onward {
    fn new(nodes: usize, steps: &[(u32, u32)]) -> Self {
        let mut begins = vec![0; nodes + 1];
        for &(tail, _) in steps {
            begins[tail as usize + 1] += 1;
        }
        for node in 0..nodes {
            begins[node + 1] += begins[node];
        }
        let mut free = begins.clone();
        let mut heads = vec![0; steps.len()];
        for &(tail, head) in steps {
            heads[free[tail as usize]] = head;
            free[tail as usize] += 1;
        }
        Self { begins, heads }
    }

    fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.heads[self.begins[node]..self.begins[node + 1]]
    }
}
