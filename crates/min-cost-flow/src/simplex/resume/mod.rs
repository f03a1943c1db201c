//! A simplex that begins where an earlier solution ended, on some of the arcs.
//!
//! What carried something in between its bounds, and whatever costs nothing by the earlier prices,
//! is the tree; the amounts on it are counted anew from the leaves up, and where one would leave its
//! bounds the tree is cut. What is left over or wanted there goes by a made-up arc, which costs a
//! little more than the earlier prices, and then ever more until nothing takes it: were it dear at
//! once, all prices beyond a cut would jump, and thousands of steps would bring them back.

mod amounts;
mod held;

use super::number::{Number, all};
use super::tree::Node;
use super::{Laid, Lane, Objective, Simplex, Stop, room, strided};
use crate::bounds::numbered;
use crate::network::{ArcId, Network};

/// How far from zero an earlier price may lie, and how far the root at most: with the longest path
/// on top no price passes a quarter of what its type holds.
pub(crate) const FARTHEST: i64 = i64::MAX / 16;

/// The node on whose tree the root lends: its made-up arc costs the same either way, and may enter
/// again, so that the tree stays where it is while others take from it and give to it. It is the top of
/// a tree, as every tree's is the first of its nodes.
const LENDER: usize = 0;

/// A simplex under way.
pub(crate) struct Resumed<'a, N> {
    network: &'a Network,
    /// The network's number of each real arc here.
    origin: Vec<ArcId>,
    simplex: Simplex<N>,
}

/// The arcs kept, and what each carries, before a tree is made of some of them.
struct Kept<N> {
    lanes: Vec<Lane<N>>,
    room: Vec<N>,
    flow: Vec<N>,
}

impl<N: Number> Kept<N> {
    /// Fills and empties what gains more than it costs to go by the root, as far as arcs have limits.
    ///
    /// Around a cycle of a deep tree each such arc would move a great part of it. Like this its ends
    /// get by the root, in shallow trees of their own, what others can bring them better bit by bit:
    /// a grid of a million arcs took half the time.
    fn settle_what_gains(&mut self, prices: &[N], detour: N) {
        let arcs = self.lanes.iter().zip(&self.room).zip(&mut self.flow);
        for ((lane, &room), flow) in arcs.filter(|((_, room), _)| **room != N::ENDLESS) {
            match lane.reduced(prices) {
                gained if gained < -detour => *flow = room,
                lost if lost > detour => *flow = N::default(),
                _ => {}
            }
        }
    }
}

impl<'a, N: Number> Resumed<'a, N> {
    /// A tree near the earlier flow over the arcs that were kept, with what each carries above its
    /// lower bound; `left` is by node what other arcs leave it to send. To leave something at the
    /// root, or get something there, costs so much more than the prices say. `None` where prices or
    /// what is owed could overflow. Linear but for the union-find.
    pub(crate) fn new(
        network: &'a Network,
        kept: &[(ArcId, i64)],
        left: &[i64],
        prices: &[i64],
        detour: i64,
    ) -> Result<Option<Self>, N::TooGreat> {
        let near = -FARTHEST..=FARTHEST;
        if !prices.iter().all(|price| near.contains(price)) {
            return Ok(None);
        }
        let prices = all(prices.iter().map(|&price| N::price(price)))?;
        let detour = N::price(detour)?;
        let mut origin = Vec::with_capacity(kept.len());
        let mut flow = Vec::with_capacity(kept.len());
        for position in strided(kept.len()) {
            let (id, carried) = kept[position];
            origin.push(id);
            flow.push(N::amount(carried)?);
        }
        let (lanes, room) = lanes_and_rooms(network, &origin)?;
        let mut kept = Kept { lanes, room, flow };
        let forest = kept.forest(&prices);
        if forest.is_deep() {
            kept.settle_what_gains(&prices, detour);
        }
        let simplex = kept.hang(&forest, left, &prices, detour)?;
        Ok(simplex.map(|simplex| Self {
            network,
            origin,
            simplex,
        }))
    }

    /// Pivots to the end, and takes off what it looked at; `None` where `effort` did not suffice.
    pub(crate) fn run(&mut self, effort: &mut usize) -> Result<Option<Stop>, N::TooGreat> {
        self.simplex.run(effort)
    }

    /// The prices in node order, and the root's.
    pub(crate) fn prices(&self) -> &[N] {
        &self.simplex.tree.price
    }

    /// What each of the arcs here carries above its lower bound.
    pub(crate) fn into_flows(self) -> impl Iterator<Item = (ArcId, i64)> {
        let flows = self.simplex.into_flows().into_iter();
        self.origin.into_iter().zip(flows.map(N::into))
    }

    /// Lets further arcs in among the others, with what they carry: nothing, or all they can.
    pub(crate) fn admit(&mut self, arcs: &[(ArcId, i64)]) -> Result<(), N::TooGreat> {
        let (ids, full): (Vec<_>, Vec<_>) = arcs.iter().map(|&(id, flow)| (id, flow != 0)).unzip();
        let (mut lanes, room) = lanes_and_rooms(self.network, &ids)?;
        for (lane, _) in lanes.iter_mut().zip(&full).filter(|(_, full)| **full) {
            *lane = lane.turned();
        }
        let to = &mut self.simplex;
        let places = places_among(to.real, ids.len());
        spread(&mut self.origin, &places, &ids);
        spread(&mut to.lanes, &places, &lanes);
        spread(&mut to.room, &places, &room);
        spread(&mut to.full, &places, &full);
        for node in &mut to.tree.nodes {
            let before = places.partition_point(|&place| place <= node.arc as usize);
            node.arc += numbered(before);
        }
        to.real += ids.len();
        Ok(())
    }

    /// Puts the root so much farther off for those that have something left over there, or want
    /// something; shuts it for the others, the lender aside, or opens it to them. Open, the
    /// first tree is strongly feasible, and many steps that move nothing are saved; but what is left
    /// over can hide there.
    pub(crate) fn put_root(&mut self, farther: i64, shut: bool) -> Result<(), N::TooGreat> {
        let room = if shut { N::default() } else { N::ENDLESS };
        for node in self.borrowers() {
            let (owes, made_up) = (self.owed(node) > N::default(), self.made_up(node));
            let to = &mut self.simplex;
            let lane = &mut to.lanes[made_up];
            if owes {
                // A full one is turned around, its cost negated.
                let farther = if to.full[made_up] { -farther } else { farther };
                lane.cost = N::price(lane.cost.into() + farther)?;
                continue;
            }
            if lane.head == node {
                *lane = lane.turned();
            }
            to.room[made_up] = room;
            let at = &mut to.tree.nodes[node as usize];
            if at.arc as usize == made_up {
                *at = Node::hung(at.parent, at.arc, true, room, N::default());
            }
        }
        Ok(())
    }

    /// Whether something is still left over or wanted at the root: where others carry nothing, the
    /// lender owes nothing either.
    pub(crate) fn owes(&self) -> bool {
        self.borrowers().any(|node| self.owed(node) > N::default())
    }

    /// Every node but the lender.
    fn borrowers(&self) -> impl Iterator<Item = u32> + use<N> {
        (0..numbered(self.network.node_count())).skip(LENDER + 1)
    }

    /// The position of the made-up arc of a node.
    fn made_up(&self, node: u32) -> usize {
        self.simplex.real + node as usize
    }

    /// What it carries.
    fn owed(&self, node: u32) -> N {
        let made_up = self.made_up(node);
        if self.simplex.tree.nodes[node as usize].arc as usize == made_up {
            self.simplex.carried(node)
        } else if self.simplex.full[made_up] {
            self.simplex.room[made_up]
        } else {
            N::default()
        }
    }
}

fn lanes_and_rooms<N: Number>(network: &Network, ids: &[ArcId]) -> Result<Laid<N>, N::TooGreat> {
    let arcs = || ids.iter().map(|id| &network.arcs()[id.index()]);
    Ok((
        all(arcs().map(|arc| Lane::of(arc, Objective::Cost)))?,
        all(arcs().map(|arc| room(network, arc)))?,
    ))
}

/// Before which of the `real` old arcs so many new ones go, as far apart as may be, as a search that
/// goes by blocks likes them.
fn places_among(real: usize, new: usize) -> Vec<usize> {
    (0..new).map(|at| (at + 1) * real / (new + 1)).collect()
}

/// Puts each new one before the old one of its place.
fn spread<T: Copy>(all: &mut Vec<T>, places: &[usize], new: &[T]) {
    let old = std::mem::replace(all, Vec::with_capacity(all.len() + new.len()));
    let mut copied = 0;
    for (&place, &item) in places.iter().zip(new) {
        all.extend_from_slice(&old[copied..place]);
        all.push(item);
        copied = place;
    }
    all.extend_from_slice(&old[copied..]);
}
