//! What runs while the simplex pivots: all that a step touches, side by side and as narrow as it may be.
//!
//! A tree arc's room lies in the node under it, so that the walk around a cycle reads one place a
//! node. An arc that stands at its capacity is kept turned around, its cost negated: then every arc
//! gains just where `cost + price(tail) − price(head)` is negative, one in the tree never, and the
//! search needs no look at where an arc stands.

pub(super) mod number;
mod pivot;
mod search;
mod tree;

use super::{ENDLESS, Simplex, Way, standing};
use number::Number;
use search::BlockSearch;
use tree::{Node, Place};

/// How a run ended.
pub(super) enum Run {
    /// No arc gains any more.
    Settled,
    /// The real arcs of a cycle that gains without end, in order, by position.
    Endless(Vec<usize>),
    /// So much effort was not enough.
    OutOfEffort,
    /// A price, a flow, or a made-up arc that still carries something needs the full width.
    TooNarrow,
}

/// A node passed or moved takes as long as so many arcs looked at.
const NODE: usize = 1;

/// An arc as the search reads it.
#[derive(Clone, Copy)]
struct Lane<N> {
    cost: N,
    tail: u32,
    head: u32,
}

/// The state of a run.
pub(super) struct Engine<N> {
    /// The real arcs, then a made-up one for each node.
    lanes: Vec<Lane<N>>,
    room: Vec<N>,
    standing: Vec<i8>,
    /// By node, the root's last.
    price: Vec<N>,
    nodes: Vec<Node<N>>,
    places: Vec<Place>,
    previous: Vec<u32>,
    search: BlockSearch,
    /// How many arcs are real.
    real: usize,
    /// How many arcs may enter the tree: the real ones, and perhaps the made-up arcs after them.
    entering: usize,
    /// Whether a made-up arc is cheaper here than it should be.
    cheapened: bool,
    /// Whether a price or a flow passed what is safe.
    strained: bool,
    /// Nodes passed around cycles and moved with subtrees.
    passed: usize,
}

impl Simplex<'_> {
    /// Pivots in 32 bits, and goes on in 64 where those are too few; ends where `effort` is used up:
    /// it is counted in arcs looked at and nodes passed or moved.
    pub(super) fn pivots(&mut self, effort: &mut usize) -> Run {
        if let Some(run) = self.pivots_in::<i32>(effort)
            && !matches!(run, Run::TooNarrow)
        {
            return run;
        }
        self.pivots_in::<i64>(effort).unwrap_or(Run::OutOfEffort)
    }

    /// `None` where the network does not fit the width.
    fn pivots_in<N: Number>(&mut self, effort: &mut usize) -> Option<Run> {
        let mut engine = Engine::<N>::new(self)?;
        let run = engine.run(*effort);
        *effort = effort.saturating_sub(engine.spent());
        engine.write_back(self);
        Some(run)
    }
}

impl<N: Number> Engine<N> {
    fn new(from: &Simplex<'_>) -> Option<Self> {
        let real = from.origin.len();
        let none = Lane {
            cost: N::default(),
            tail: 0,
            head: 0,
        };
        let mut fits = true;
        let mut or_none = |lane: Option<Lane<N>>| {
            fits &= lane.is_some();
            lane.unwrap_or(none)
        };
        let (ways, made_up) = from.ways.split_at(real);
        let mut lanes = Vec::with_capacity(from.ways.len());
        lanes.extend(ways.iter().map(|way| or_none(lane(way, i64::MAX))));
        let dearest = N::DEAREST_MADE_UP;
        lanes.extend(made_up.iter().map(|way| or_none(lane(way, dearest))));
        let rooms = from.room.iter().map(|&room| N::room(room));
        let room: Vec<N> = rooms
            .map(|room| {
                fits &= room.is_some();
                room.unwrap_or_default()
            })
            .collect();
        if !fits {
            return None;
        }
        let mut engine = Self {
            lanes,
            room,
            standing: from.standing.clone(),
            price: vec![N::default(); from.tree.parent.len()],
            nodes: tree::nodes(from)?,
            places: tree::places(from),
            previous: from.tree.previous.clone(),
            search: BlockSearch::over(real),
            real,
            entering: real + from.reentering,
            cheapened: from.ways[real..]
                .iter()
                .any(|way| way.cost > N::DEAREST_MADE_UP),
            strained: false,
            passed: 0,
        };
        for (lane, &standing) in engine.lanes.iter_mut().zip(&engine.standing) {
            if standing == standing::UPPER {
                *lane = lane.turned();
            }
        }
        engine.price_all();
        (!engine.strained).then_some(engine)
    }

    /// Prices by which no tree arc gains or loses, from the root down.
    fn price_all(&mut self) {
        let root = crate::bounds::numbered(self.nodes.len() - 1);
        let mut node = self.places[root as usize].next;
        while node != root {
            let at = self.nodes[node as usize];
            let lane = self.lanes[at.arc as usize];
            let above = self.price[at.parent as usize];
            let price = if lane.tail == node {
                above - lane.cost
            } else {
                above + lane.cost
            };
            self.strained |= price > N::FARTHEST || price < -N::FARTHEST;
            if self.strained {
                return;
            }
            self.price[node as usize] = price;
            node = self.places[node as usize].next;
        }
    }

    fn run(&mut self, most: usize) -> Run {
        while self.spent() < most {
            let Some(entering) = self
                .search
                .entering(&self.lanes[..self.entering], &self.price)
            else {
                return if self.cheapened && self.owes() {
                    Run::TooNarrow
                } else {
                    Run::Settled
                };
            };
            if let Some(cycle) = self.pivot(entering) {
                // A cheapened arc may be what makes the cycle gain.
                return if self.cheapened {
                    Run::TooNarrow
                } else {
                    Run::Endless(cycle)
                };
            }
            if self.strained {
                return Run::TooNarrow;
            }
        }
        Run::OutOfEffort
    }

    /// How many arcs were looked at and nodes passed or moved; a node is farther off than an arc.
    fn spent(&self) -> usize {
        self.search.looked + NODE * self.passed
    }

    /// Whether a made-up arc from the root still carries something.
    fn owes(&self) -> bool {
        let root = self.nodes.len() - 1;
        let none = N::default();
        self.nodes[..root].iter().any(|node| {
            let arc = node.arc as usize;
            arc >= self.real && self.lanes[arc].tail as usize == root && node.up > none
        })
    }

    /// Leaves flows, prices and the tree where they are read.
    fn write_back(&self, to: &mut Simplex<'_>) {
        for (arc, (&standing, &room)) in self.standing.iter().zip(&self.room).enumerate() {
            to.flow[arc] = if standing == standing::UPPER {
                room.wide()
            } else {
                0
            };
        }
        for (node, at) in self.nodes[..self.nodes.len() - 1].iter().enumerate() {
            let arc = at.arc as usize;
            let up = self.lanes[arc].tail as usize == node;
            to.flow[arc] = if up { at.down.wide() } else { at.up.wide() };
            to.tree.up[node] = up;
        }
        for (node, at) in self.nodes.iter().enumerate() {
            to.potential[node] = self.price[node].into();
            let place = self.places[node];
            to.tree
                .put(node, at.parent, at.arc, place.depth, place.next);
        }
        to.standing.copy_from_slice(&self.standing);
    }
}

impl<N: Number> Lane<N> {
    /// The arc in the other direction.
    fn turned(self) -> Self {
        Self {
            cost: -self.cost,
            tail: self.head,
            head: self.tail,
        }
    }
}

/// The arc in this width, at `dearest` at the most.
fn lane<N: Number>(way: &Way, dearest: i64) -> Option<Lane<N>> {
    Some(Lane {
        cost: N::cost(way.cost.min(dearest))?,
        tail: way.tail,
        head: way.head,
    })
}
