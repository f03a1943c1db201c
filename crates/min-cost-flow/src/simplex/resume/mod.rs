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
use super::{End, Objective, Simplex, standing, strided};
use crate::network::{ArcId, Network};

/// How far from zero an earlier price may lie, and how far the root at most: with the longest path
/// on top no price passes a quarter of what its type holds.
pub(crate) const FARTHEST: i64 = i64::MAX / 16;

/// The node on whose tree the root lends: its made-up arc costs nothing either way, so that the tree
/// stays where it is while others take from it and give to it. The first is the top of a tree, as
/// every tree's is the first of its nodes.
const LENDER: usize = 0;

/// What it takes to leave something at the root, or to get something there.
#[derive(Clone, Copy)]
pub(crate) struct Root {
    /// How much dearer than the earlier prices that is.
    pub(crate) detour: i64,
    /// Whether only the nodes may that have something left over, or want something, now. Open to
    /// all, trees are strongly feasible, and most steps that move nothing are saved; but what is
    /// left over can hide there.
    pub(crate) shut: bool,
}

/// A simplex under way, and how dear its made-up arcs are.
pub(crate) struct Resumed<'a> {
    simplex: Simplex<'a>,
    /// What the root lends the first node when nothing is owed any more.
    lent: i64,
}

impl<'a> Resumed<'a> {
    /// A tree near the earlier flow over the arcs that were kept, with what each carries above its
    /// lower bound; `left` is by node what other arcs leave it to send. `None` where prices or what
    /// is owed could overflow. Linear but for the union-find.
    pub(crate) fn new(
        network: &'a Network,
        kept: &[(ArcId, i64)],
        left: &[i64],
        prices: Vec<i64>,
        root: Root,
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
            standing: Vec::with_capacity(all),
            potential: prices,
            tree: Tree::star(Vec::new(), 0),
            origin: kept.iter().map(|&(id, _)| id).collect(),
            flow: kept.iter().map(|&(_, flow)| flow).collect(),
        };
        simplex.add_real(Objective::Cost);
        simplex.standing.resize(kept.len(), standing::LOWER);
        let forest = simplex.forest();
        let lent = simplex.hang(&forest, left, root)?;
        Some(Self { simplex, lent })
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

    /// Lets further arcs in, with what they carry: nothing, or all they can.
    pub(crate) fn admit(&mut self, arcs: &[(ArcId, i64)]) {
        let arcs = strided(arcs);
        let to = &mut self.simplex;
        let real = to.origin.len();
        let (ways, room) = (to.ways.split_off(real), to.room.split_off(real));
        let (flow, standing) = (to.flow.split_off(real), to.standing.split_off(real));
        to.origin.extend(arcs.iter().map(|&(id, _)| id));
        to.add_ways(real, Objective::Cost);
        to.flow.extend(arcs.iter().map(|&(_, flow)| flow));
        to.standing.extend(arcs.iter().map(|&(_, flow)| match flow {
            0 => standing::LOWER,
            _ => standing::UPPER,
        }));
        // The made-up arcs come behind the real ones.
        to.ways.extend(ways);
        to.room.extend(room);
        to.flow.extend(flow);
        to.standing.extend(standing);
        let further = crate::bounds::numbered(arcs.len());
        for arc in &mut to.tree.arc {
            if *arc as usize >= real {
                *arc += further;
            }
        }
    }

    /// Whether something is still left over or wanted at the root.
    pub(crate) fn owes(&self) -> bool {
        let real = self.simplex.origin.len();
        let mut carried = self.simplex.flow[real..].iter();
        let owed_first = carried.next().is_some_and(|&flow| flow != self.lent);
        owed_first || carried.any(|&flow| flow != 0)
    }
}
