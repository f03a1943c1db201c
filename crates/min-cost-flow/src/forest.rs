//! Trees over all nodes, made of some of the arcs.

use crate::bounds::numbered;

/// Trees over all nodes.
pub(crate) struct Forest {
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

impl Forest {
    /// Every node, each followed by all that hang on it: a preorder.
    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }

    /// The same, for good.
    pub(crate) fn into_order(self) -> Vec<u32> {
        self.order
    }

    /// Every node that hangs on another, that one, and the arc between them; each node after all
    /// that hang on it.
    pub(crate) fn leaves_first(&self) -> impl Iterator<Item = (u32, u32, u32)> {
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
    pub(crate) fn is_deep(&self) -> bool {
        let mut depths = vec![0usize; self.order.len()];
        for (node, parent, _) in self.hung() {
            depths[node as usize] = depths[parent as usize] + 1;
        }
        depths.iter().sum::<usize>() > DEEP * depths.len()
    }

    /// Made of these arcs, which close no circle, given the ends of each.
    pub(crate) fn over(nodes: usize, held: &[u32], ends: impl Fn(u32) -> [u32; 2]) -> Self {
        let beside = Beside::new(nodes, held, &ends);
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
                    let [tail, head] = ends(arc);
                    let next = if tail == node { head } else { tail };
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
    fn new(nodes: usize, held: &[u32], ends: &impl Fn(u32) -> [u32; 2]) -> Self {
        let mut begins = vec![0u32; nodes + 1];
        for node in held.iter().flat_map(|&arc| ends(arc)) {
            begins[node as usize] += 1;
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += *begin;
            *begin = sum;
        }
        let mut arcs = vec![0; sum as usize];
        for &arc in held {
            for node in ends(arc) {
                let begin = &mut begins[node as usize];
                *begin -= 1;
                arcs[*begin as usize] = arc;
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
pub(crate) struct Groups(Vec<u32>);

impl Groups {
    /// Each by itself.
    pub(crate) fn new(nodes: usize) -> Self {
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
    pub(crate) fn join(&mut self, first: u32, second: u32) -> bool {
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
        let held: Vec<u32> = (0..nodes - 1).collect();
        let chain = Forest::over(nodes as usize, &held, |arc| [arc, arc + 1]);
        let star = Forest::over(nodes as usize, &held, |arc| [0, arc + 1]);
        assert!(chain.is_deep());
        assert!(!star.is_deep());
    }
}
