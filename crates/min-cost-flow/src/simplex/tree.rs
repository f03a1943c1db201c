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
    pub(super) next: Vec<u32>,
    pub(super) previous: Vec<u32>,
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

    /// Puts a node where it belongs, with the node after it.
    pub(super) fn put(&mut self, node: usize, parent: u32, arc: u32, depth: u32, next: u32) {
        (self.parent[node], self.arc[node], self.depth[node]) = (parent, arc, depth);
        self.link(crate::bounds::numbered(node), next);
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
        let mut alone = Tree::star(Vec::new(), 0);
        alone.put_in_order();
        assert!(is_in_order(&alone));
    }
}
