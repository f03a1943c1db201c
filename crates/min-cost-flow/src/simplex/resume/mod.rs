//! A simplex that begins where an earlier solution ended, on some of the arcs.
//!
//! What carried something in between its bounds, and whatever costs nothing by the earlier prices,
//! is the tree; the amounts on it are counted anew from the leaves up, and where one would leave its
//! bounds the tree is cut. What is left over or wanted there goes by a made-up arc, which costs a
//! little more than the earlier prices, and then ever more until nothing takes it: were it dear at
//! once, all prices beyond a cut would jump, and thousands of steps would bring them back.

mod amounts;
mod forest;

use super::tree::Tree;
use super::{ENDLESS, End, Objective, Simplex, standing, strided, way_and_room};
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
pub(crate) struct Resumed<'a> {
    simplex: Simplex<'a>,
}

impl<'a> Resumed<'a> {
    /// A tree near the earlier flow over the arcs that were kept, with what each carries above its
    /// lower bound; `left` is by node what other arcs leave it to send. To leave something at the
    /// root, or get something there, costs so much more than the prices say. `None` where prices or
    /// what is owed could overflow. Linear but for the union-find.
    pub(crate) fn new(
        network: &'a Network,
        kept: &[(ArcId, i64)],
        left: &[i64],
        prices: Vec<i64>,
        detour: i64,
    ) -> Option<Self> {
        let near = -FARTHEST..=FARTHEST;
        if !prices.iter().all(|price| near.contains(price)) {
            return None;
        }
        let kept = strided(kept);
        let all = kept.len() + network.node_count();
        let mut simplex = Simplex {
            network,
            ways: Vec::with_capacity(all),
            room: Vec::with_capacity(all),
            standing: vec![standing::LOWER; kept.len()],
            potential: prices,
            tree: Tree::star(Vec::new(), 0),
            reentering: network.node_count().min(LENDER + 1),
            origin: kept.iter().map(|&(id, _)| id).collect(),
            flow: kept.iter().map(|&(_, flow)| flow).collect(),
        };
        simplex.add_real(Objective::Cost);
        let forest = simplex.forest();
        simplex.hang(&forest, left, detour)?;
        Some(Self { simplex })
    }

    /// Pivots to the end, and takes off what it looked at; `None` where `effort` did not suffice.
    pub(crate) fn run(&mut self, effort: &mut usize) -> Option<End> {
        self.simplex.run_within(effort)
    }

    /// The prices in node order, and the root's.
    pub(crate) fn prices(&self) -> &[i64] {
        &self.simplex.potential
    }

    /// What each of the arcs here carries above its lower bound.
    pub(crate) fn flows(&self) -> impl Iterator<Item = (ArcId, i64)> {
        let flows = self.simplex.flow.iter().copied();
        self.simplex.origin.iter().copied().zip(flows)
    }

    /// Lets further arcs in among the others, with what they carry: nothing, or all they can.
    pub(crate) fn admit(&mut self, arcs: &[(ArcId, i64)]) {
        let to = &mut self.simplex;
        let real = to.origin.len();
        let (ids, flows): (Vec<_>, Vec<_>) = arcs.iter().copied().unzip();
        let (ways, room): (Vec<_>, Vec<_>) = ids
            .iter()
            .map(|&id| way_and_room(to.network, id, Objective::Cost))
            .unzip();
        let stands = |&flow: &i64| match flow {
            0 => standing::LOWER,
            _ => standing::UPPER,
        };
        let standing: Vec<i8> = flows.iter().map(stands).collect();
        to.origin = spread(&to.origin, real, &ids);
        to.ways = spread(&to.ways, real, &ways);
        to.room = spread(&to.room, real, &room);
        to.flow = spread(&to.flow, real, &flows);
        to.standing = spread(&to.standing, real, &standing);
        for arc in &mut to.tree.arc {
            *arc += numbered(before(*arc as usize, real, arcs.len()));
        }
    }

    /// Puts the root so much farther off for those that have something left over there, or want
    /// something; shuts it for the others, the lender aside, or opens it to them. Open, the
    /// first tree is strongly feasible, and many steps that move nothing are saved; but what is left
    /// over can hide there.
    pub(crate) fn put_root(&mut self, farther: i64, shut: bool) {
        let to = &mut self.simplex;
        let real = to.origin.len();
        for node in (0..to.network.node_count()).filter(|&node| node != LENDER) {
            let made_up = real + node;
            let (way, room) = (&mut to.ways[made_up], &mut to.room[made_up]);
            let gives = way.tail as usize == node;
            if to.flow[made_up] > 0 {
                way.cost += farther;
                *room = if gives { ENDLESS } else { *room };
                continue;
            }
            if !gives {
                (way.tail, way.head, way.cost) = (way.head, way.tail, -way.cost);
            }
            if to.standing[made_up] == standing::TREE {
                to.tree.up[node] = true;
            }
            *room = if shut { 0 } else { ENDLESS };
        }
    }

    /// Whether something is still left over or wanted at the root: where others carry nothing, the
    /// lender owes nothing either.
    pub(crate) fn owes(&self) -> bool {
        let made_up = &self.simplex.flow[self.simplex.origin.len()..];
        made_up.iter().skip(LENDER + 1).any(|&flow| flow != 0)
    }
}

/// The first `real` of the old and the new ones as far apart among them as may be, as a search that
/// goes by blocks likes them; then the rest of the old.
fn spread<T: Copy>(old: &[T], real: usize, new: &[T]) -> Vec<T> {
    let mut all = Vec::with_capacity(old.len() + new.len());
    let mut placed = 0;
    for (position, &item) in old.iter().enumerate() {
        let here = before(position, real, new.len());
        all.extend_from_slice(&new[placed..here]);
        all.push(item);
        placed = here;
    }
    all.extend_from_slice(&new[placed..]);
    all
}

/// How many new ones come before the old one of this position.
fn before(position: usize, real: usize, new: usize) -> usize {
    if position < real {
        (position + 1) * new / real
    } else {
        new
    }
}
