//! Where everybody on both sides can be paired one to one, offers find the pairs in a fraction of
//! the time that the network with its sink takes.

use super::Model;
use crate::auction;
use crate::method::Method;
use crate::network::{Network, NetworkBuilder};
use crate::outcome::Optimum;
use crate::solve::optimum;

impl Model {
    /// The optimum in which nobody goes without and no right stays free; `None` where there is none
    /// such, where rights are not single, and where offers do not suit or came to prices at which
    /// going without would seem cheaper.
    pub(super) fn pair_all(&self, left: usize, right_capacities: &[u32]) -> Option<Optimum> {
        let single = right_capacities.iter().all(|&places| places == 1);
        if !single || right_capacities.len() != left || !self.all_are_wanted(left) {
            return None;
        }
        let units = self.units(left)?;
        if Method::for_shape_of(&units) != Method::Auction {
            return None;
        }
        let (mut flows, mut prices) = auction::run(&units)?;
        // Every right hands its unit on to the sink, and nobody sends one there at once.
        flows.resize(flows.len() + left, 1);
        flows.resize(flows.len() + left, 0);
        let sink = prices[left..].iter().copied().max()?;
        let richest = prices[..left].iter().copied().min()?;
        if sink.checked_sub(richest)? > self.without {
            return None;
        }
        prices.push(sink);
        Some(optimum(&self.network, flows, prices).found(Method::Auction, 1))
    }

    /// Whether every left and every right is in some pair.
    fn all_are_wanted(&self, count: usize) -> bool {
        let (mut lefts, mut rights) = (vec![false; count], vec![false; count]);
        for &(left, right, _) in &self.pairs {
            lefts[left] = true;
            rights[right] = true;
        }
        lefts.into_iter().chain(rights).all(|wanted| wanted)
    }

    /// The same nodes but for the sink, each right with a demand of its own, and the pairs' arcs.
    fn units(&self, left: usize) -> Option<Network> {
        let mut builder = NetworkBuilder::new();
        for node in 0..2 * left {
            builder.node(if node < left { 1 } else { -1 });
        }
        for arc in &self.network.arcs()[..self.pairs.len()] {
            builder.arc(arc.tail, arc.head, arc.lower, arc.capacity, arc.cost);
        }
        builder.build().ok()
    }
}
