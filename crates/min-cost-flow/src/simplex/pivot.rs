//! One step: an arc enters the tree, flow is pushed around its cycle, an arc leaves.

use super::Simplex;
use super::number::Number;
use super::tree::{Graft, Node};
use crate::bounds::numbered;

/// No node.
const NONE: u32 = u32::MAX;

/// A round trip in the direction in which it gains: down from the join to `from`, over the entering
/// arc, up from `to` to the join.
struct Round {
    from: u32,
    to: u32,
    join: u32,
}

/// How much can be pushed, and the node under the arc that stops it; [`NONE`] where the entering arc does.
struct Block<N> {
    amount: N,
    under: u32,
    on_the_way_down: bool,
}

/// The least room seen on one side, and the node under it.
#[derive(Clone, Copy)]
struct Least<N>(N, u32);

impl<N: Number> Simplex<N> {
    /// Lets an arc enter the tree; where nothing stops the gain, the arcs around which it is made
    /// are returned.
    pub(super) fn pivot(&mut self, entering: usize) -> Option<Vec<usize>> {
        let (from, to) = (self.lanes[entering].tail, self.lanes[entering].head);
        let (join, block) = self.walk(from, to, self.room[entering]);
        let round = Round { from, to, join };
        let depth = |node: u32| self.tree.depth(node) as usize;
        self.tree.passed += depth(from) + depth(to) - 2 * depth(join);
        if block.amount == N::ENDLESS {
            return Some(self.cycle(&round, entering));
        }
        self.push(&round, block.amount);
        if block.under == NONE {
            self.turn(entering);
        } else {
            self.exchange(&round, entering, &block);
        }
        None
    }

    /// Climbs from both ends to where they meet and finds what stops the flow first: of all that do,
    /// the last around the cycle from the join, which keeps the tree strongly feasible.
    fn walk(&self, from: u32, to: u32, room: N) -> (u32, Block<N>) {
        let nodes = &self.tree.nodes[..];
        let (mut first, mut second) = (from, to);
        let (mut down, mut up) = (Least(room, NONE), Least(N::ENDLESS, NONE));
        let (mut below, mut beyond) = (self.tree.depth(from), self.tree.depth(to));
        let descend = |node: u32, least: &mut Least<N>| {
            let at = &nodes[node as usize];
            if at.down < least.0 {
                *least = Least(at.down, node);
            }
            at.parent
        };
        let ascend = |node: u32, least: &mut Least<N>| {
            let at = &nodes[node as usize];
            if at.up <= least.0 {
                *least = Least(at.up, node);
            }
            at.parent
        };
        while below > beyond {
            first = descend(first, &mut down);
            below -= 1;
        }
        while beyond > below {
            second = ascend(second, &mut up);
            beyond -= 1;
        }
        // In step from here on, so that two nodes are fetched at a time.
        while first != second {
            first = descend(first, &mut down);
            second = ascend(second, &mut up);
        }
        let on_the_way_down = down.0 < up.0;
        let Least(amount, under) = if on_the_way_down { down } else { up };
        let block = Block {
            amount,
            under,
            on_the_way_down,
        };
        (first, block)
    }

    fn push(&mut self, round: &Round, amount: N) {
        if amount == N::default() {
            return;
        }
        let tree = &mut self.tree;
        let mut node = round.from;
        while node != round.join {
            let at = &mut tree.nodes[node as usize];
            tree.strained |= shift(&mut at.down, &mut at.up, amount);
            node = at.parent;
        }
        node = round.to;
        while node != round.join {
            let at = &mut tree.nodes[node as usize];
            tree.strained |= shift(&mut at.up, &mut at.down, amount);
            node = at.parent;
        }
    }

    /// The arc above `block.under` leaves the tree, the entering arc takes its place.
    fn exchange(&mut self, round: &Round, entering: usize, block: &Block<N>) {
        self.leave(block.under);
        let (new_top, onto) = if block.on_the_way_down {
            (round.from, round.to)
        } else {
            (round.to, round.from)
        };
        let (lane, price) = (self.lanes[entering], &self.tree.price);
        let reduced = lane.reduced(price);
        // The entering arc's reduced cost becomes zero by moving the prices of the subtree alone.
        let fall = if lane.tail == new_top {
            reduced
        } else {
            -reduced
        };
        let room = self.room[entering];
        let mut flow = block.amount;
        if self.full[entering] {
            flow = room - block.amount;
            self.turn(entering);
        }
        let points_up = self.lanes[entering].tail == new_top;
        let graft = Graft {
            top: block.under,
            new_top,
            hung: Node::hung(onto, numbered(entering), points_up, room, flow),
        };
        self.tree.graft(graft, fall);
    }

    /// The arc above a node stands at a bound from now on.
    fn leave(&mut self, under: u32) {
        if self.carried(under) != N::default() {
            self.turn(self.tree.nodes[under as usize].arc as usize);
        }
    }

    /// The arcs of an endless cycle, in order. All of them are real and passed along their
    /// direction: an arc passed against it, or from the root, would have stopped the flow or cost
    /// more than it gains.
    fn cycle(&self, round: &Round, entering: usize) -> Vec<usize> {
        let climb = |mut node: u32| {
            let mut arcs = Vec::new();
            while node != round.join {
                let at = &self.tree.nodes[node as usize];
                arcs.push(at.arc as usize);
                node = at.parent;
            }
            arcs
        };
        let down = climb(round.from).into_iter().rev();
        let around = down.chain([entering]).chain(climb(round.to));
        around.filter(|&arc| arc < self.real).collect()
    }
}

/// Moves an amount along an arc: what was room there is room back. True where the flow on an arc
/// without limit passes what is safe.
fn shift<N: Number>(there: &mut N, back: &mut N, amount: N) -> bool {
    if *there != N::ENDLESS {
        *there -= amount;
    }
    if *back == N::ENDLESS {
        return false;
    }
    *back += amount;
    *back > N::MOST
}
