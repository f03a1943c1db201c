//! Which arcs could matter, and where the others are.

use crate::bounds::numbered;
use crate::method::Method;
use crate::network::{Arc, ArcId, Network, NodeId};
use crate::outcome::Optimum;
use crate::restart::at_hand::{are_mostly_units, left_over};
use crate::restart::dual::Dual;
use crate::restart::mend::{Mend, Owed};
use crate::restart::steps::Width;

/// How many arcs are kept for each node, about. One and a half or four took up to a half longer.
const KEPT: usize = 2;
/// How many arcs are looked at to find out how many reach how far.
const SAMPLE: usize = 16_384;
/// So many times what an arc carries is little. Up to sixteen times, `goto` took a tenth less and others
/// as much more.
const MEANS_OWED: i128 = 2;
/// Where more arcs gain than so many times the root of all, a cold start is made at once instead of a
/// simplex. What gains takes that time that grows with the nodes, each, and a cold start takes one
/// that grows with nodes times the root: on a grid of a million arcs, where 1.1 times as many gained,
/// half of it or less, on townships, where 1.4 to 2.2 times as many did, up to twice as long.
const GAINS_A_ROOT: (usize, usize) = (5, 4);
/// The same of the dual simplex: on townships of 100,000 arcs, where up to 1.5 times as many gained, it
/// took a quarter of a cold start, on one of a million, where 2.2 times as many did, three fifths.
const GAINS_A_ROOT_IF_DUAL: (usize, usize) = (3, 1);
/// Arcs are few if a node has so many, on average.
const FEW_ARCS: usize = 16;
/// So few are never too many: where arcs are few, either way is over soon.
const FEW_GAINS: usize = 64;

/// Where an arc is: the sign that makes a reduced cost that gains negative.
mod aside {
    pub(super) const EMPTY: i8 = 1;
    pub(super) const FULL: i8 = -1;
    pub(super) const KEPT: i8 = 0;
}

/// Which arcs are looked at closely, and where the others are.
pub(super) struct Sieve<'a> {
    pub(super) network: &'a Network,
    /// By arc: where it is.
    pub(super) aside: Vec<i8>,
    /// The arcs kept at first, and what each carries above its lower bound.
    pub(super) kept: Vec<(ArcId, i64)>,
    /// Those of them that gain, by position.
    gaining: Vec<u32>,
    /// By node: what it has to send, less what arcs not kept and lower bounds take away.
    pub(super) left: Vec<i64>,
}

impl<'a> Sieve<'a> {
    /// Keeps every arc that carries something in between its bounds, gains, or loses no more than
    /// `reach`; linear.
    pub(super) fn new(network: &'a Network, earlier: &Optimum, prices: &[i64], reach: i64) -> Self {
        let mut sieve = Self {
            network,
            aside: Vec::with_capacity(network.arc_count()),
            kept: Vec::new(),
            gaining: Vec::new(),
            left: network.supplies().to_vec(),
        };
        for (position, arc) in network.arcs().iter().enumerate() {
            if arc.is_loop() {
                sieve.aside.push(aside::KEPT);
                continue;
            }
            let id = ArcId(numbered(position));
            let room = network.room(arc);
            // What it carried above what is its lower bound now, as far as its bounds allow.
            let flow = earlier.flow(id).saturating_sub(arc.lower).clamp(0, room);
            let reduced = reduced(arc, prices);
            let (aside, amount) = match flow {
                0 if room == 0 || reduced > reach => (aside::EMPTY, arc.lower),
                _ if flow == room && reduced < -reach => (aside::FULL, arc.lower + flow),
                _ => (aside::KEPT, arc.lower),
            };
            sieve.aside.push(aside);
            // Most are empty, and their ends lie far apart.
            if amount != 0 {
                sieve.left[arc.tail.index()] -= amount;
                sieve.left[arc.head.index()] += amount;
            }
            if aside == aside::KEPT {
                if reduced < 0 && flow < room || reduced > 0 && flow > 0 {
                    sieve.gaining.push(numbered(sieve.kept.len()));
                }
                sieve.kept.push((id, flow));
            }
        }
        sieve
    }

    /// What the arcs kept leave over, and where it is wanted.
    pub(super) fn owed(&self) -> Vec<Owed> {
        Owed::pairs(&left_over(self.network, &self.kept, &self.left))
    }

    /// Whether what is owed goes by few ways, and nothing could gain without end: where all costs of
    /// arcs without limit are at least nothing, no optimum carries as much as is taken for their
    /// room.
    pub(super) fn can_be_mended(&self, owed: &[Owed]) -> bool {
        !self.network.shape().endless_gain && (owed.is_empty() || self.is_little(owed))
    }

    /// Whether ways suit what is owed: where most nodes only pass on what they get, since elsewhere a way
    /// carries less than an arc, and no more is owed than two arcs carry that could carry less and more.
    /// Where a cold start is left to cost scaling, though, a simplex takes as long, and ways a fifth of it
    /// however much is owed.
    fn is_little(&self, owed: &[Owed]) -> bool {
        let (network, shape) = (self.network, self.network.shape());
        if 2 * (shape.givers + shape.takers) >= network.node_count() {
            return false;
        }
        let (mut arcs, mut carried) = (0, 0);
        for &(id, flow) in &self.kept {
            let room = network.room(&network.arcs()[id.index()]);
            if flow > 0 && flow < room {
                arcs += 1;
                carried += i128::from(flow);
            }
        }
        let owed: i128 = owed.iter().map(|owed| i128::from(owed.amount)).sum();
        owed * arcs <= MEANS_OWED * carried || Method::for_shape_of(network) == Method::CostScaling
    }

    /// Whether the dual simplex is tried: where not too much gains, arcs are few, most nodes give or take
    /// something, and most arcs can carry more than a unit. Where most nodes only pass on what they get
    /// trees are deep, and each cut has much to look at; where arcs carry single units each is a step of
    /// its own, and a simplex takes a tenth of the time.
    pub(super) fn fits_dual(&self) -> bool {
        let (network, shape) = (self.network, self.network.shape());
        let nodes = network.node_count();
        !shape.endless_gain
            && network.arc_count() <= FEW_ARCS * nodes
            && 2 * (shape.givers + shape.takers) > nodes
            && !are_mostly_units(network, &self.kept)
            && !self.gains_more_than(GAINS_A_ROOT_IF_DUAL)
    }

    /// Whether a cold start is as good as a simplex.
    pub(super) fn gains_too_much(&self) -> bool {
        self.gains_more_than(GAINS_A_ROOT)
    }

    fn gains_more_than(&self, (times, parts): (usize, usize)) -> bool {
        let most = times * self.network.arc_count().isqrt() / parts;
        self.gaining.len() > most.max(FEW_GAINS)
    }

    /// What mends it, in this width; `None` where it is too narrow.
    pub(super) fn mend<N: Width>(&self, owed: &[Owed], prices: &[i64]) -> Option<Mend<'a, N>> {
        Mend::new(self.network, &self.kept, &self.gaining, owed, prices)
    }

    /// What makes it fit from these prices, in this width; `None` where it is too narrow.
    pub(super) fn dual<N: Width>(&self, prices: &[i64]) -> Option<Dual<'a, N>> {
        Dual::new(self.network, &self.kept, &self.left, prices)
    }

    /// Lets the arcs in that gain by these prices, and says what they carry.
    pub(super) fn missed<N: Into<i64> + Copy>(&mut self, prices: &[N]) -> Vec<(ArcId, i64)> {
        self.let_in(|arc, aside| reduced(arc, prices) * i64::from(aside) < 0)
    }

    /// Lets the arcs in that begin or end at a node that wants some.
    pub(super) fn beside(&mut self, wanting: &[bool]) -> Vec<(ArcId, i64)> {
        let wants = |node: NodeId| wanting[node.index()];
        self.let_in(|arc, aside| aside != aside::KEPT && (wants(arc.tail) || wants(arc.head)))
    }

    fn let_in(&mut self, matters: impl Fn(&Arc, i8) -> bool) -> Vec<(ArcId, i64)> {
        let mut let_in = Vec::new();
        let arcs = self.network.arcs().iter().zip(&mut self.aside);
        for (position, (arc, aside)) in arcs.enumerate() {
            if !matters(arc, *aside) {
                continue;
            }
            let room = self.network.room(arc);
            if room > 0 {
                let flow = if *aside == aside::FULL { room } else { 0 };
                *aside = aside::KEPT;
                let_in.push((ArcId(numbered(position)), flow));
            }
        }
        let_in
    }

    /// Undoes what let these arcs in.
    pub(super) fn put_aside(&mut self, missed: &[(ArcId, i64)]) {
        for &(id, flow) in missed {
            let empty = flow == 0;
            self.aside[id.index()] = if empty { aside::EMPTY } else { aside::FULL };
        }
    }

    /// The flows of all arcs, given those of the arcs kept or let in above their lower bounds.
    pub(super) fn flows(&self, kept: impl Iterator<Item = (ArcId, i64)>) -> Vec<i64> {
        let mut flows = self.network.idle_flows();
        let arcs = self.network.arcs().iter().zip(&self.aside);
        for ((arc, &aside), flow) in arcs.zip(&mut flows) {
            if aside == aside::FULL {
                *flow += self.network.room(arc);
            }
        }
        for (id, flow) in kept {
            flows[id.index()] += flow;
        }
        flows
    }
}

fn reduced<N: Into<i64> + Copy>(arc: &Arc, prices: &[N]) -> i64 {
    arc.cost + prices[arc.tail.index()].into() - prices[arc.head.index()].into()
}

/// What as many arcs lose by these prices at the most as are to be kept; found in a sample.
pub(super) fn reach(network: &Network, prices: &[i64]) -> i64 {
    let arcs = network.arcs();
    let wanted = KEPT * network.node_count();
    if wanted >= arcs.len() {
        return i64::MAX;
    }
    let sampled = arcs.iter().step_by(arcs.len().div_ceil(SAMPLE));
    let mut losses: Vec<i64> = sampled.map(|arc| reduced(arc, prices).abs()).collect();
    let rank = losses.len() * wanted / arcs.len();
    *losses.select_nth_unstable(rank).1
}
