//! Which arcs hold the tree.

use crate::bounds::numbered;
use crate::simplex::{ENDLESS, Simplex, Way};

/// Trees over all nodes.
pub(super) struct Forest {
    /// Every node once, each after the one it hangs on.
    pub(super) order: Vec<u32>,
    /// By node: what it hangs on, [`Forest::TOP`] where on nothing.
    pub(super) parent: Vec<u32>,
    /// By node: the arc by which it hangs there.
    pub(super) arc: Vec<u32>,
}

impl Simplex<'_> {
    /// Arcs that carried something in between their bounds first, then those that cost nothing by
    /// the earlier prices. What closes a circle of the former goes to its nearer bound.
    pub(super) fn forest(&mut self) -> Forest {
        let nodes = self.network.node_count();
        let mut groups = Groups::new(nodes);
        let (mut held, mut tight) = (Vec::new(), Vec::new());
        for arc in 0..self.origin.len() {
            let (way, flow, room) = (self.ways[arc], self.flow[arc], self.room[arc]);
            if flow > 0 && flow < room {
                if groups.join(way.tail, way.head) {
                    held.push(numbered(arc));
                } else {
                    let nearer_full = room != ENDLESS && flow > room / 2;
                    self.flow[arc] = if nearer_full { room } else { 0 };
                }
            } else if self.reduced(way) == 0 {
                tight.push(numbered(arc));
            }
        }
        for arc in tight {
            let way = self.ways[arc as usize];
            if groups.join(way.tail, way.head) {
                held.push(arc);
            }
        }
        Forest::over(nodes, &held, &self.ways)
    }

    fn reduced(&self, way: Way) -> i64 {
        way.cost + self.potential[way.tail as usize] - self.potential[way.head as usize]
    }
}

impl Forest {
    /// Stands for the parent of a top.
    pub(super) const TOP: u32 = u32::MAX;

    fn over(nodes: usize, held: &[u32], ways: &[Way]) -> Self {
        let beside = Beside::new(nodes, held, ways);
        let mut forest = Forest {
            order: Vec::with_capacity(nodes),
            parent: vec![Self::TOP; nodes],
            arc: vec![0; nodes],
        };
        let mut seen = vec![false; nodes];
        let mut open = Vec::new();
        for top in 0..numbered(nodes) {
            if std::mem::replace(&mut seen[top as usize], true) {
                continue;
            }
            open.push(top);
            while let Some(node) = open.pop() {
                forest.order.push(node);
                for &arc in beside.of(node) {
                    let way = ways[arc as usize];
                    let next = if way.tail == node { way.head } else { way.tail };
                    if !std::mem::replace(&mut seen[next as usize], true) {
                        forest.parent[next as usize] = node;
                        forest.arc[next as usize] = arc;
                        open.push(next);
                    }
                }
            }
        }
        forest
    }
}

/// By node: the arcs of the forest that end at it.
struct Beside {
    begins: Vec<u32>,
    arcs: Vec<u32>,
}

impl Beside {
    fn new(nodes: usize, held: &[u32], ways: &[Way]) -> Self {
        let ends = |arc: u32| {
            let way = ways[arc as usize];
            [way.tail as usize, way.head as usize]
        };
        let mut begins = vec![0u32; nodes + 1];
        for node in held.iter().flat_map(|&arc| ends(arc)) {
            begins[node] += 1;
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += *begin;
            *begin = sum;
        }
        let mut arcs = vec![0; sum as usize];
        for &arc in held {
            for node in ends(arc) {
                begins[node] -= 1;
                arcs[begins[node] as usize] = arc;
            }
        }
        Self { begins, arcs }
    }

    fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.arcs[self.begins[node] as usize..self.begins[node + 1] as usize]
    }
}

/// Which nodes hang together: R. E. Tarjan's union-find, by halving paths.
struct Groups(Vec<u32>);

impl Groups {
    fn new(nodes: usize) -> Self {
        Groups((0..numbered(nodes)).collect())
    }

    fn top(&mut self, mut node: u32) -> u32 {
        while self.0[node as usize] != node {
            let above = self.0[self.0[node as usize] as usize];
            self.0[node as usize] = above;
            node = above;
        }
        node
    }

    /// False where the two hang together already.
    fn join(&mut self, first: u32, second: u32) -> bool {
        let (first, second) = (self.top(first), self.top(second));
        // The lower number stays on top, so that the groups do not depend on who asked.
        let (low, high) = (first.min(second), first.max(second));
        self.0[high as usize] = low;
        low != high
    }
}
