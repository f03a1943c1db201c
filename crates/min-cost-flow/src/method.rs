//! Which way of solving suits which network.

use crate::network::Network;

/// A way of solving. Each finds the optimum; they differ in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// From spanning tree to spanning tree: best on small networks, on those of few sources or
    /// sinks, and where every node has hundreds of arcs.
    NetworkSimplex,
    /// By pushing and relabelling at ever finer prices: best on large sparse networks.
    CostScaling,
    /// By offers and counter-offers: for networks that pair single units, each arc from one that
    /// gives a unit to one that takes one.
    Auction,
}

/// Networks of fewer arcs are left to the simplex.
const LARGE: usize = 250_000;
/// So are those with more arcs a node: prices are found among few nodes.
const DENSE: usize = 100;
/// So are those that few nodes feed: trees suit flow that fans out.
const FEW_SOURCES: usize = 16;

impl Method {
    /// The way that suited networks of this shape when both were measured.
    ///
    /// At 100,000 arcs the simplex was as fast or up to ten times faster on five families of
    /// networks; at a million arcs scaling was up to fifteen times faster on sparse networks, and three to six times slower on dense
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
        if large {
            Method::CostScaling
        } else {
            Method::NetworkSimplex
        }
    }
}
