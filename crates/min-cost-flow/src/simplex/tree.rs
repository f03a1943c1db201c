//! The spanning tree of the simplex: who hangs on whom, in preorder.

/// A tree over nodes `0..=root`, with a circular list of all nodes in preorder.
///
/// A subtree is the run of the list that begins at its top and goes on while depths are greater
/// than the top's; moving a subtree therefore costs its size and no more.
pub(super) struct Tree {
    /// The node above; the root is its own.
    pub(super) parent: Vec<u32>,
    /// The arc that joins a node to its parent; of no meaning for the root.
    pub(super) arc: Vec<u32>,
    /// Whether that arc points up, from the node to its parent.
    pub(super) up: Vec<bool>,
    pub(super) depth: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
}

/// Where a subtree is cut off and where it is hung up again.
pub(super) struct Graft {
    /// The top of the subtree that is cut off.
    pub(super) top: u32,
    /// The node of the subtree that becomes its top.
    pub(super) new_top: u32,
    /// The node outside the subtree that it is hung on.
    pub(super) onto: u32,
    /// The arc between these two.
    pub(super) arc: u32,
    /// Whether the arc points from `new_top` to `onto`.
    pub(super) up: bool,
}

impl Tree {
    /// Every node hangs on the root, by the arc of its own number after `first_arc`.
    pub(super) fn star(up: Vec<bool>, first_arc: u32) -> Self {
        let root = crate::bounds::numbered(up.len());
        let mut up = up;
        up.push(true);
        Self {
            parent: vec![root; up.len()],
            arc: (first_arc..=first_arc + root).collect(),
            depth: (0..=root).map(|node| u32::from(node != root)).collect(),
            // Preorder: the root, then 0, 1, 2 and so on, and around.
            next: (0..=root)
                .map(|node| if node == root { 0 } else { node + 1 })
                .collect(),
            previous: (0..=root)
                .map(|node| if node == 0 { root } else { node - 1 })
                .collect(),
            up,
        }
    }

    /// Puts the nodes in preorder and counts depths, from the parents alone.
    pub(super) fn put_in_order(&mut self) {
        const NONE: u32 = u32::MAX;
        let root = crate::bounds::numbered(self.parent.len() - 1);
        let mut first = vec![NONE; self.parent.len()];
        let mut beside = vec![NONE; self.parent.len()];
        for node in (0..root).rev() {
            let parent = self.parent[node as usize] as usize;
            beside[node as usize] = std::mem::replace(&mut first[parent], node);
        }
        let (mut node, mut depth) = (root, 0);
        loop {
            self.depth[node as usize] = depth;
            let mut next = first[node as usize];
            let mut at = node;
            depth += 1;
            while next == NONE && at != root {
                next = beside[at as usize];
                at = self.parent[at as usize];
                depth -= 1;
            }
            let next = if next == NONE { root } else { next };
            self.link(node, next);
            if next == root {
                return;
            }
            node = next;
        }
    }

    /// Shows every node but the root, each after its parent: the node, the parent, the arc between
    /// them, whether it points up.
    pub(super) fn downward(&self, mut visit: impl FnMut(u32, u32, u32, bool)) {
        let root = self.parent.len() - 1;
        let mut node = self.next[root] as usize;
        while node != root {
            let number = crate::bounds::numbered(node);
            visit(number, self.parent[node], self.arc[node], self.up[node]);
            node = self.next[node] as usize;
        }
    }

    /// The lowest node above both.
    pub(super) fn join(&self, first: u32, second: u32) -> u32 {
        let (mut first, mut second) = (first, second);
        while first != second {
            if self.depth[first as usize] >= self.depth[second as usize] {
                first = self.parent[first as usize];
            } else {
                second = self.parent[second as usize];
            }
        }
        first
    }

    /// Cuts a subtree off, turns it upside down along the way from its new top to its old one, and
    /// hangs it up again; `visit` sees each of its nodes once.
    pub(super) fn graft(&mut self, graft: &Graft, mut visit: impl FnMut(u32)) {
        let Graft {
            top,
            new_top,
            mut onto,
            mut arc,
            mut up,
        } = *graft;
        let mut node = new_top;
        let mut after = onto;
        loop {
            let at = node as usize;
            let above = self.parent[at];
            let last = self.sink(node, self.depth[onto as usize] + 1, &mut visit);
            self.splice(node, last, after);
            after = last;
            self.parent[at] = onto;
            let (old_arc, old_up) = (self.arc[at], self.up[at]);
            self.arc[at] = arc;
            self.up[at] = up;
            if node == top {
                return;
            }
            // What joined the node to its parent now joins the parent to the node.
            (arc, up) = (old_arc, !old_up);
            onto = node;
            node = above;
        }
    }

    /// Gives the subtree of `node`, as far as it still hangs together, its new depths; its last node is returned.
    fn sink(&mut self, node: u32, depth: u32, visit: &mut impl FnMut(u32)) -> u32 {
        let old = self.depth[node as usize];
        let mut last = node;
        loop {
            visit(last);
            let at = last as usize;
            // The old depth is at least that of the top, so the difference cannot be negative.
            self.depth[at] = self.depth[at] - old + depth;
            let next = self.next[at];
            if self.depth[next as usize] <= old {
                return last;
            }
            last = next;
        }
    }

    /// Moves the run from `first` to `last` behind `after`, which is outside it.
    fn splice(&mut self, first: u32, last: u32, after: u32) {
        let (before, behind) = (self.previous[first as usize], self.next[last as usize]);
        self.link(before, behind);
        let behind = self.next[after as usize];
        self.link(after, first);
        self.link(last, behind);
    }

    fn link(&mut self, node: u32, next: u32) {
        self.next[node as usize] = next;
        self.previous[next as usize] = node;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every child lies one deeper than its parent, and the list is a preorder: each node's
    /// parent is the last node before it that lies one higher.
    fn is_in_order(tree: &Tree) -> bool {
        let root = tree.parent.len() - 1;
        let mut way_down = vec![root];
        let mut node = tree.next[root] as usize;
        let mut seen = 1;
        while node != root {
            let depth = tree.depth[node] as usize;
            way_down.truncate(depth);
            let hangs_right = way_down.len() == depth
                && way_down.last() == Some(&(tree.parent[node] as usize))
                && tree.next[tree.previous[node] as usize] as usize == node;
            if !hangs_right {
                return false;
            }
            way_down.push(node);
            seen += 1;
            node = tree.next[node] as usize;
        }
        seen == tree.parent.len()
    }

    #[test]
    fn a_tree_of_parents_alone_is_put_in_preorder() {
        let mut tree = Tree::star(vec![true; 6], 100);
        tree.parent[..6].copy_from_slice(&[6, 5, 0, 5, 2, 6]);
        tree.put_in_order();
        assert!(is_in_order(&tree));
        assert_eq!(tree.depth[..6], [1, 2, 2, 2, 3, 1]);
        let mut shown = Vec::new();
        tree.downward(|node, parent, _, _| shown.push((node, parent)));
        let after_its_parent = |&(node, parent): &(u32, u32)| {
            let place = |of| shown.iter().position(|&(seen, _)| seen == of);
            parent == 6 || place(parent) < place(node)
        };
        assert!(shown.len() == 6 && shown.iter().all(after_its_parent));
        let mut alone = Tree::star(Vec::new(), 0);
        alone.put_in_order();
        assert!(is_in_order(&alone));
    }

    fn hang(top: u32, new_top: u32, onto: u32, arc: u32) -> Graft {
        Graft {
            top,
            new_top,
            onto,
            arc,
            up: true,
        }
    }

    #[test]
    fn a_grafted_subtree_is_turned_over_and_stays_in_preorder() {
        let mut tree = Tree::star(vec![true; 6], 100);
        // 1, 2 and 3 become a chain under 0, then 4 hangs on 2.
        for (node, onto, arc) in [(1, 0, 1), (2, 1, 2), (3, 2, 3), (4, 2, 4)] {
            tree.graft(&hang(node, node, onto, arc), |_| {});
            assert!(is_in_order(&tree));
        }
        // The chain from 1 down is hung up by 3, on 5.
        let mut visited = Vec::new();
        tree.graft(&hang(1, 3, 5, 5), |node| visited.push(node));
        assert!(is_in_order(&tree));
        visited.sort_unstable();
        assert_eq!(visited, [1, 2, 3, 4]);
        assert_eq!(tree.parent[..6], [6, 2, 3, 5, 2, 6]);
        assert_eq!(tree.arc[..6], [100, 2, 3, 5, 4, 105]);
        assert_eq!(tree.up[..6], [true, false, false, true, true, true]);
        assert_eq!(tree.depth[..6], [1, 4, 3, 2, 4, 1]);
    }

    #[test]
    fn a_subtree_hung_behind_the_node_it_follows_already_stays_in_preorder() {
        let mut tree = Tree::star(vec![true; 3], 100);
        tree.graft(&hang(1, 1, 0, 1), |_| {});
        tree.graft(&hang(2, 2, 1, 2), |_| {});
        // 1 follows 0 in the list; it is hung on 0 again, by 2.
        tree.graft(&hang(1, 2, 0, 3), |_| {});
        assert!(is_in_order(&tree));
        assert_eq!(tree.parent[..3], [3, 2, 0]);
        assert_eq!(tree.join(1, 0), 0);
    }
}
