//! The network simplex: walks from spanning tree to spanning tree, each cheaper or as cheap, until
//! no arc outside the tree gains.
//!
//! Trees are kept strongly feasible, so that it ends whatever the ties: W. H. Cunningham, "A network
//! simplex method", Mathematical Programming 11 (1976). Entering arcs are found by block search:
//! the best of a block of arcs, block after block around: Z. Király, P. Kovács, "Efficient
//! implementations of minimum-cost flow algorithms" (2012).

mod engine;
mod resume;
mod start;
mod tree;

use crate::bounds::numbered;
use crate::network::{ArcId, Network, NodeId};
use engine::Run;
pub(crate) use engine::number::Number;
pub(crate) use resume::{FARTHEST, Resumed};
use tree::Tree;

/// Room without limit.
const ENDLESS: i64 = i64::MAX;

/// What the arcs cost while the simplex runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Objective {
    /// What they cost in the network.
    Cost,
    /// Nothing: only whether a flow exists is asked.
    Feasibility,
}

/// How the simplex ended.
pub(crate) enum End {
    /// No arc gains any more.
    Settled,
    /// These arcs gain around their cycle without end.
    Endless(Vec<ArcId>),
}

/// An arc as the search for entering arcs reads it.
#[derive(Clone, Copy)]
struct Way {
    cost: i64,
    tail: u32,
    head: u32,
}

/// Where an arc stands: at its lower bound, in the tree, at its capacity.
/// The number is the sign that makes a reduced cost that gains negative.
mod standing {
    pub(super) const LOWER: i8 = 1;
    pub(super) const TREE: i8 = 0;
    pub(super) const UPPER: i8 = -1;
}

/// A network under solution, lower bounds taken off and self loops left out.
///
/// Behind the real arcs comes one made-up arc for each node, that carries what no real arc does
/// yet: from the node to the root where there is supply to be sent, from the root where there is
/// demand. Those from the root cost more than any path, so that they empty wherever they can.
pub(crate) struct Simplex<'a> {
    network: &'a Network,
    /// The network's number of each real arc here.
    origin: Vec<ArcId>,
    ways: Vec<Way>,
    room: Vec<i64>,
    flow: Vec<i64>,
    standing: Vec<i8>,
    potential: Vec<i64>,
    tree: Tree,
    /// How many made-up arcs may enter the tree again: the first ones.
    reentering: usize,
}

impl<'a> Simplex<'a> {
    pub(crate) fn new(network: &'a Network, objective: Objective) -> Self {
        let real = network.arc_count() - network.shape().loops;
        let supplies = network.supplies_over_lower();
        let all = real + supplies.len();
        let mut simplex = Self {
            network,
            ways: Vec::with_capacity(all),
            room: Vec::with_capacity(all),
            flow: vec![0; real],
            standing: vec![standing::LOWER; real],
            potential: Vec::with_capacity(supplies.len() + 1),
            tree: Tree::star(
                supplies.iter().map(|&supply| supply >= 0).collect(),
                numbered(real),
            ),
            origin: vec![ArcId(0); real],
            reentering: 0,
        };
        simplex.lay_apart(objective);
        simplex.add_made_up(&supplies);
        simplex.begin_well(&supplies);
        simplex
    }

    /// Lays the real arcs of the network out in [`strided`] order: read in theirs, since they take more
    /// room there.
    fn lay_apart(&mut self, objective: Objective) {
        let real = self.origin.len();
        self.ways.resize(real, NO_WAY);
        self.room.resize(real, 0);
        let network = self.network;
        let arcs = network.arc_ids().zip(network.arcs());
        let arcs = arcs.filter(|(_, arc)| !arc.is_loop());
        let mut places = strided_places(real);
        for (id, _) in arcs {
            let place = places();
            self.origin[place] = id;
            (self.ways[place], self.room[place]) = way_and_room(network, id, objective);
        }
    }

    /// Adds the real arcs in the order in which they are numbered here already.
    fn add_real(&mut self, objective: Objective) {
        for &id in &self.origin {
            let (way, room) = way_and_room(self.network, id, objective);
            self.ways.push(way);
            self.room.push(room);
        }
    }

    fn add_made_up(&mut self, supplies: &[i64]) {
        let root = numbered(supplies.len());
        let dearest = self
            .ways
            .iter()
            .map(|way| way.cost.abs())
            .max()
            .unwrap_or(0);
        // The limit on costs leaves room for this product.
        let dearer_than_any_path = dearest * i64::from(root) + 1;
        for (node, &supply) in (0..root).zip(supplies) {
            let (cost, tail, head) = if supply >= 0 {
                (0, node, root)
            } else {
                (dearer_than_any_path, root, node)
            };
            self.ways.push(Way { cost, tail, head });
            self.potential.push(cost);
            self.room.push(ENDLESS);
            self.flow.push(supply.abs());
            self.standing.push(standing::TREE);
        }
        self.potential.push(0);
    }

    /// Pivots to the end.
    pub(crate) fn run(&mut self) -> End {
        loop {
            if let Some(end) = self.run_within(&mut { usize::MAX }) {
                return end;
            }
        }
    }

    /// The same; `None` where so much effort was not enough. What it took is taken off.
    fn run_within(&mut self, effort: &mut usize) -> Option<End> {
        match self.pivots(effort) {
            Run::Settled => Some(End::Settled),
            Run::Endless(around) => Some(End::Endless(self.cycle(&around))),
            Run::OutOfEffort | Run::TooNarrow => None,
        }
    }

    /// The arcs around a cycle, from the one of the smallest number.
    fn cycle(&self, around: &[usize]) -> Vec<ArcId> {
        let mut arcs: Vec<ArcId> = around.iter().map(|&arc| self.origin[arc]).collect();
        let numbered = arcs.iter().enumerate();
        let first = numbered.min_by_key(|(_, id)| **id);
        let first = first.map_or(0, |(position, _)| position);
        arcs.rotate_left(first);
        arcs
    }

    /// The nodes from which what is left over cannot get away; none where a flow was found.
    ///
    /// From a node whose made-up arc still carries supply to the root, follow every arc that has
    /// room and, backwards, every arc that carries something. No node of unmet demand is reached,
    /// or the dear arc to it would have emptied: so what leaves the set is full, and what enters is
    /// at its lower bound.
    pub(crate) fn stranded(&self) -> Vec<NodeId> {
        let nodes = self.network.node_count();
        let mut reached = vec![false; nodes];
        let mut open = Vec::new();
        for (node, reached) in reached.iter_mut().enumerate() {
            let made_up = self.origin.len() + node;
            if self.ways[made_up].tail as usize == node && self.flow[made_up] > 0 {
                *reached = true;
                open.push(node);
            }
        }
        if open.is_empty() {
            return Vec::new();
        }
        let onward = self.residual();
        while let Some(node) = open.pop() {
            for &next in onward.of(node) {
                if !reached[next as usize] {
                    reached[next as usize] = true;
                    open.push(next as usize);
                }
            }
        }
        self.network
            .node_ids()
            .filter(|node| reached[node.index()])
            .collect()
    }

    /// For each node, where a unit more could go.
    fn residual(&self) -> Onward {
        let mut steps = Vec::new();
        for arc in 0..self.origin.len() {
            let way = self.ways[arc];
            if self.flow[arc] < self.room[arc] {
                steps.push((way.tail, way.head));
            }
            if self.flow[arc] > 0 {
                steps.push((way.head, way.tail));
            }
        }
        Onward::new(self.network.node_count(), &steps)
    }

    /// The flow on the network's arcs, in their order; self loops of negative cost are full if they
    /// have a limit, the others at their lower bound.
    pub(crate) fn flows(&self) -> Vec<i64> {
        let mut flows = self.network.idle_flows();
        let moved = self.origin.iter().zip(&self.flow);
        // Most arcs carry nothing, and their places lie far apart.
        for (id, flow) in moved.filter(|(_, flow)| **flow != 0) {
            flows[id.index()] += flow;
        }
        flows
    }

    /// The prices in node order.
    pub(crate) fn potentials(&self) -> Vec<i64> {
        self.potential[..self.network.node_count()].to_vec()
    }
}

fn way_and_room(network: &Network, id: ArcId, objective: Objective) -> (Way, i64) {
    let arc = network.arcs()[id.index()];
    let cost = match objective {
        Objective::Cost => arc.cost,
        Objective::Feasibility => 0,
    };
    let way = Way {
        cost,
        tail: arc.tail.0,
        head: arc.head.0,
    };
    let limited = arc.capacity.is_some();
    (way, if limited { network.room(&arc) } else { ENDLESS })
}

const NO_WAY: Way = Way {
    cost: 0,
    tail: 0,
    head: 0,
};

/// Arcs in the order in which they are searched: strides apart, so that a block holds arcs
/// from all over the network, and not only those of a few neighbouring nodes. With strides as long
/// as a block, each block passes the whole network; shorter ones cost up to three times as much.
fn strided<A: Copy>(arcs: &[A]) -> Vec<A> {
    let stride = stride(arcs.len());
    let runs = (0..stride).map(|first| arcs.iter().skip(first).step_by(stride));
    runs.flatten().copied().collect()
}

fn stride(arcs: usize) -> usize {
    arcs.isqrt().max(10)
}

/// Where in that order the first of so many arcs comes, then the second and so on.
fn strided_places(arcs: usize) -> impl FnMut() -> usize {
    let stride = stride(arcs);
    let of_run = |first: usize| arcs / stride + usize::from(first < arcs % stride);
    let mut next: Vec<usize> = (0..stride)
        .scan(0, |begin, first| {
            Some(std::mem::replace(begin, *begin + of_run(first)))
        })
        .collect();
    let mut run = 0;
    move || {
        let place = next[run];
        next[run] += 1;
        run = if run + 1 == stride { 0 } else { run + 1 };
        place
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

    fn of(&self, node: usize) -> &[u32] {
        &self.heads[self.begins[node]..self.begins[node + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_are_laid_where_strides_leave_them() {
        for count in [0, 1, 9, 10, 11, 99, 100, 101, 1_000, 1_023, 1_024, 1_025] {
            let arcs: Vec<usize> = (0..count).collect();
            let mut laid = vec![0; count];
            let mut places = strided_places(count);
            for &arc in &arcs {
                laid[places()] = arc;
            }
            assert_eq!(laid, strided(&arcs), "{count} arcs");
        }
    }
}
