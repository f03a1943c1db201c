//! Which arcs hold the tree.

use super::Kept;
use crate::bounds::numbered;
use crate::simplex::Lane;
use crate::simplex::number::Number;

/// Trees over all nodes.
pub(super) struct Forest {
    /// Every node once, each after the one it hangs on.
    order: Vec<u32>,
    /// By node: what it hangs on, [`TOP`] where on nothing.
    parent: Vec<u32>,
    /// By node: the arc by which it hangs there.
    arc: Vec<u32>,
}

/// How far from its top a node lies in a deep tree. On grids of 100,000 and a million arcs it was 112 and
/// 338, in a tangle of 100,000 arcs 90 at the most.
const DEEP: usize = 100;

/// Stands for the parent of a top.
const TOP: u32 = u32::MAX;

impl Kept {
    /// Arcs that carried something in between their bounds first, then those that cost nothing by
    /// the earlier prices. What closes a circle of the former goes to its nearer bound.
    pub(super) fn forest(&mut self, prices: &[i64]) -> Forest {
        let mut groups = Groups::new(prices.len());
        let (mut held, mut tight) = (Vec::new(), Vec::new());
        let arcs = self.lanes.iter().zip(&self.room).zip(&mut self.flow);
        for (arc, ((lane, &room), flow)) in (0..).zip(arcs) {
            if *flow > 0 && *flow < room {
                if groups.join(lane.tail, lane.head) {
                    held.push(arc);
                } else {
                    let nearer_full = room != i64::ENDLESS && *flow > room / 2;
                    *flow = if nearer_full { room } else { 0 };
                }
            } else if lane.reduced(prices) == 0 {
                tight.push(arc);
            }
        }
        for arc in tight {
            let lane = self.lanes[arc as usize];
            if groups.join(lane.tail, lane.head) {
                held.push(arc);
            }
        }
        Forest::over(prices.len(), &held, &self.lanes)
    }
}

impl Forest {
    /// Every node that hangs on another, that one, and the arc between them; each node after all
    /// that hang on it.
    pub(super) fn leaves_first(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        self.hung().rev()
    }

    /// The same; each node after the one it hangs on.
    fn hung(&self) -> impl DoubleEndedIterator<Item = (u32, u32, u32)> {
        let hung = |&node: &u32| {
            let at = node as usize;
            (node, self.parent[at], self.arc[at])
        };
        let nodes = self.order.iter().map(hung);
        nodes.filter(|&(_, parent, _)| parent != TOP)
    }

    /// Whether nodes lie deep on average, as on grids.
    pub(super) fn is_deep(&self) -> bool {
        let mut depths = vec![0usize; self.order.len()];
        for (node, parent, _) in self.hung() {
            depths[node as usize] = depths[parent as usize] + 1;
        }
        depths.iter().sum::<usize>() > DEEP * depths.len()
    }

    fn over(nodes: usize, held: &[u32], lanes: &[Lane<i64>]) -> Self {
        let beside = Beside::new(nodes, held, lanes);
        let mut forest = Forest {
            order: Vec::with_capacity(nodes),
            parent: vec![TOP; nodes],
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
                    let lane = lanes[arc as usize];
                    let next = if lane.tail == node {
                        lane.head
                    } else {
                        lane.tail
                    };
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
    fn new(nodes: usize, held: &[u32], lanes: &[Lane<i64>]) -> Self {
        let ends = |arc: u32| {
            let lane = lanes[arc as usize];
            [lane.tail as usize, lane.head as usize]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_chain_is_deep_and_a_star_is_not() {
        let nodes = 3 * numbered(DEEP);
        let lane = |tail: u32, head: u32| Lane::over(1i64, tail, head);
        let chain: Vec<_> = (1..nodes).map(|node| lane(node - 1, node)).collect();
        let star: Vec<_> = (1..nodes).map(|node| lane(0, node)).collect();
        let held: Vec<u32> = (0..nodes - 1).collect();
        let over = |lanes: &[Lane<i64>]| Forest::over(nodes as usize, &held, lanes);
        assert!(over(&chain).is_deep());
        assert!(!over(&star).is_deep());
    }
}
