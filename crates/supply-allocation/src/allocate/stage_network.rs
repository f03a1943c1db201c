//! The network of a step: a circulation from a hub over goods and purchasers back to the hub.

use min_cost_flow::{ArcId, Network, NetworkBuilder, NetworkErrors, NodeId, Optimum};

/// What may pass, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) lower: i64,
    pub(crate) upper: i64,
}

impl Span {
    pub(crate) fn exactly(amount: i64) -> Self {
        Span {
            lower: amount,
            upper: amount,
        }
    }

    pub(crate) fn is_fixed(self) -> bool {
        self.lower == self.upper
    }

    /// What two parallel ways may carry together.
    pub(crate) fn plus(self, other: Span) -> Self {
        Span {
            lower: self.lower + other.lower,
            upper: self.upper + other.upper,
        }
    }
}

/// A way that was laid: an arc of the network, or a fixed amount that needs none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    span: Span,
    ends: (usize, usize),
    cost: i64,
    arc: Option<ArcId>,
}

/// Ways between numbered places, gathered before the network is built.
pub(crate) struct Ways {
    supplies: Vec<i64>,
    ways: Vec<Way>,
    arcs: u32,
}

impl Ways {
    pub(crate) fn between(places: usize) -> Self {
        Ways {
            supplies: vec![0; places],
            ways: Vec::new(),
            arcs: 0,
        }
    }

    /// Lays a way. What is fixed moves to the supplies of both ends: most ways of a large day
    /// are settled by the first levels, and the network stays small.
    pub(crate) fn lay(&mut self, tail: usize, head: usize, span: Span, cost: i64) -> Way {
        let fixed = span.is_fixed();
        let way = Way {
            span,
            ends: (tail, head),
            cost,
            arc: (!fixed).then_some(ArcId(self.arcs)),
        };
        if fixed {
            self.supplies[tail] -= span.lower;
            self.supplies[head] += span.lower;
        } else {
            self.arcs += 1;
            self.ways.push(way);
        }
        way
    }

    pub(crate) fn build(&self) -> Result<Network, NetworkErrors> {
        let mut builder = NetworkBuilder::new();
        let nodes: Vec<NodeId> = self.supplies.iter().map(|&s| builder.node(s)).collect();
        for way in &self.ways {
            let (tail, head) = way.ends;
            let Span { lower, upper } = way.span;
            builder.arc(nodes[tail], nodes[head], lower, Some(upper), way.cost);
        }
        builder.build()
    }
}

impl Way {
    /// What it carries by an optimum.
    pub(crate) fn carried(&self, optimum: &Optimum) -> i64 {
        self.arc.map_or(self.span.lower, |arc| optimum.flow(arc))
    }

    /// What one more unit on it would add to the cost, by the prices of an optimum.
    pub(crate) fn reduced_cost(&self, optimum: &Optimum) -> i128 {
        let (tail, head) = self.ends;
        let price = |place: usize| {
            let price = optimum.potentials().get(place);
            i128::from(price.copied().unwrap_or(0))
        };
        i128::from(self.cost) + price(tail) - price(head)
    }

    /// What it carries in any optimum, by complementary slackness: where its reduced cost is
    /// positive its least, where it is negative its most, and otherwise anything. Exactly the
    /// flows within these spans are optimal.
    pub(crate) fn in_any_optimum(&self, optimum: &Optimum) -> Span {
        match self.reduced_cost(optimum).signum() {
            1 => Span::exactly(self.span.lower),
            -1 => Span::exactly(self.span.upper),
            _ => self.span,
        }
    }
}
