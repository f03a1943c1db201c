//! The nodes of a tree in preorder, each with how deep it lies.

/// A circular list of all nodes in preorder. What hangs on a node is the run of the list that begins
/// with it and goes on while depths are greater than its own; moving a subtree therefore costs its
/// size and no more. Only differences of depths matter.
#[derive(Clone)]
pub(crate) struct Preorder {
    places: Vec<Place>,
    previous: Vec<u32>,
}

/// What is read where a whole subtree changes.
#[derive(Clone, Copy, Default)]
struct Place {
    next: u32,
    depth: u32,
}

impl Preorder {
    /// So many nodes, none linked yet.
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            places: vec![Place::default(); nodes],
            previous: vec![0; nodes],
        }
    }

    pub(crate) fn next(&self, node: u32) -> u32 {
        self.places[node as usize].next
    }

    pub(crate) fn previous(&self, node: u32) -> u32 {
        self.previous[node as usize]
    }

    pub(crate) fn depth(&self, node: u32) -> u32 {
        self.places[node as usize].depth
    }

    pub(crate) fn set_depth(&mut self, node: u32, depth: u32) {
        self.places[node as usize].depth = depth;
    }

    /// Makes one node come next behind another.
    pub(crate) fn link(&mut self, node: u32, next: u32) {
        self.places[node as usize].next = next;
        self.previous[next as usize] = node;
    }

    /// Gives the subtree of `node`, as far as it still hangs together, its new depths, and shows each
    /// node of it; its last node is returned.
    pub(crate) fn sink(&mut self, node: u32, depth: u32, mut show: impl FnMut(u32)) -> u32 {
        let places = &mut self.places[..];
        let old = places[node as usize].depth;
        let mut last = node;
        loop {
            show(last);
            let at = &mut places[last as usize];
            // The old depth is at least that of the top, so the difference cannot be negative.
            at.depth = at.depth - old + depth;
            let next = at.next;
            // The top itself comes next where nothing else is in the list.
            if places[next as usize].depth <= old || next == node {
                return last;
            }
            last = next;
        }
    }

    /// Moves the run from `first` to `last` behind `after`, which is outside it.
    pub(crate) fn splice(&mut self, first: u32, last: u32, after: u32) {
        let before = self.previous[first as usize];
        let behind = self.places[last as usize].next;
        self.link(before, behind);
        let behind = self.places[after as usize].next;
        self.link(after, first);
        self.link(last, behind);
    }
}
