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
