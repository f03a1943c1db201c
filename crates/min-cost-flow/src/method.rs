//! Which way of solving suits which network.

use crate::network::Network;

/// A way of solving. Each finds the optimum; they differ in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// From spanning tree to spanning tree: best on small networks, on grids, on those of few sources
    /// or sinks, and where every node has hundreds of arcs.
    NetworkSimplex,
    /// By pushing and relabelling at ever finer prices: best on large sparse networks in which every
    /// node is near every other.
    CostScaling,
    /// By offers and counter-offers: for networks that pair single units, each arc from one that
    /// gives a unit to one that takes one.
    Auction,
}

/// Networks of fewer arcs are left to the simplex.
pub(crate) const LARGE: usize = 250_000;
/// So are those with more arcs a node: prices are found among few nodes.
const DENSE: usize = 100;
/// So are those that few nodes feed: trees suit flow that fans out.
const FEW_SOURCES: usize = 16;

/// So are those of which half the nodes are so many steps from one of them: the simplex walks far
/// there, but scaling pushes farther. It is 30 on a grid of 125,000 nodes, 6 in a tangle of as many.
const DRAWN_OUT: usize = 16;

impl Method {
    /// The way that suited networks of this shape when both were measured.
    ///
    /// At 100,000 arcs the simplex was faster on six families of networks, and twelve times slower
    /// than the auction where single units are paired; at a million arcs scaling was up to two and a
    /// half times faster on sparse networks, and two to fifteen times slower on grids, on dense
    /// transportation and on a torus between one source and one sink.
    #[must_use]
    pub fn for_shape_of(network: &Network) -> Self {
        let shape = network.shape();
        if shape.pairs && shape.givers > 0 {
            return Method::Auction;
        }
        if shape.endless_gain {
            // Only the simplex tells a gain without end from one that something far away limits.
            return Method::NetworkSimplex;
        }
        let (sends, takes) = (shape.givers, shape.takers);
        let large = network.arc_count() >= LARGE
            && network.arc_count() < DENSE * network.node_count()
            && (sends > FEW_SOURCES || takes > FEW_SOURCES);
        if large && !is_drawn_out(network) {
            Method::CostScaling
        } else {
            Method::NetworkSimplex
        }
    }
}

/// Whether half the nodes are many steps from the first: on a grid, not in a tangle. Linear.
fn is_drawn_out(network: &Network) -> bool {
    let nodes = network.node_count();
    let mut begins = vec![0u32; nodes + 1];
    for arc in network.arcs() {
        begins[arc.tail.index()] += 1;
        begins[arc.head.index()] += 1;
    }
    let mut sum = 0;
    for begin in &mut begins {
        sum += *begin;
        *begin = sum;
    }
    let mut beside = vec![0u32; sum as usize];
    for arc in network.arcs() {
        for (node, other) in [(arc.tail, arc.head), (arc.head, arc.tail)] {
            begins[node.index()] -= 1;
            beside[begins[node.index()] as usize] = other.0;
        }
    }
    let mut seen = vec![false; nodes];
    let mut reached = vec![0u32];
    let (mut from, mut steps) = (0, 0);
    seen[0] = true;
    while from < reached.len() && 2 * reached.len() < nodes {
        steps += 1;
        for at in std::mem::replace(&mut from, reached.len())..reached.len() {
            let node = reached[at] as usize;
            for &next in &beside[begins[node] as usize..begins[node + 1] as usize] {
                if !std::mem::replace(&mut seen[next as usize], true) {
                    reached.push(next);
                }
            }
        }
    }
    steps >= DRAWN_OUT
}
