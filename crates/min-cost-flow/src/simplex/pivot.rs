//! One step from tree to tree.

use super::tree::Graft;
use super::{ENDLESS, Simplex, standing};
use crate::network::ArcId;

/// The cycle that an entering arc closes, seen in the direction in which flow is pushed around it:
/// down from the join to `from`, over the entering arc, up from `to` to the join.
struct Round {
    entering: usize,
    from: u32,
    to: u32,
    join: u32,
}

/// How much can be pushed, and the node under the arc that stops it; `None` where the entering arc does.
struct Block {
    amount: i64,
    under: Option<(u32, Side)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    From,
    To,
}

impl Simplex<'_> {
    /// Lets an arc enter the tree; where nothing stops the gain, the arcs around which it is made are returned.
    pub(super) fn pivot(&mut self, entering: usize) -> Option<Vec<ArcId>> {
        let way = self.ways[entering];
        let forward = self.standing[entering] == standing::LOWER;
        let (from, to) = if forward {
            (way.tail, way.head)
        } else {
            (way.head, way.tail)
        };
        let round = Round {
            entering,
            from,
            to,
            join: self.tree.join(from, to),
        };
        let block = self.block(&round);
        if block.amount == ENDLESS {
            return Some(self.cycle(&round));
        }
        self.push(&round, block.amount);
        match block.under {
            None => self.standing[entering] = -self.standing[entering],
            Some((under, side)) => self.exchange(&round, under, side),
        }
        None
    }

    /// Of all arcs that stop the flow first, the last around the cycle from the join: this keeps the tree
    /// strongly feasible.
    fn block(&self, round: &Round) -> Block {
        let mut block = Block {
            amount: self.room[round.entering],
            under: None,
        };
        let mut node = round.from;
        while node != round.join {
            let room = self.room_at(node, !self.tree.up[node as usize]);
            if room < block.amount {
                block = Block {
                    amount: room,
                    under: Some((node, Side::From)),
                };
            }
            node = self.tree.parent[node as usize];
        }
        node = round.to;
        while node != round.join {
            let room = self.room_at(node, self.tree.up[node as usize]);
            if room <= block.amount {
                block = Block {
                    amount: room,
                    under: Some((node, Side::To)),
                };
            }
            node = self.tree.parent[node as usize];
        }
        block
    }

    /// What can still be pushed over the arc above a node, along it or against it.
    fn room_at(&self, node: u32, along: bool) -> i64 {
        let arc = self.tree.arc[node as usize] as usize;
        let (room, flow) = (self.room[arc], self.flow[arc]);
        match (along, room) {
            (false, _) => flow,
            (true, ENDLESS) => ENDLESS,
            (true, _) => room - flow,
        }
    }

    fn push(&mut self, round: &Round, amount: i64) {
        if amount == 0 {
            return;
        }
        self.flow[round.entering] += i64::from(self.standing[round.entering]) * amount;
        for (start, along_is_up) in [(round.from, false), (round.to, true)] {
            let mut node = start;
            while node != round.join {
                let at = node as usize;
                let sign = if self.tree.up[at] == along_is_up {
                    1
                } else {
                    -1
                };
                self.flow[self.tree.arc[at] as usize] += sign * amount;
                node = self.tree.parent[at];
            }
        }
    }

    /// The arc above `under` leaves the tree, the entering arc takes its place.
    fn exchange(&mut self, round: &Round, under: u32, side: Side) {
        let leaving = self.tree.arc[under as usize] as usize;
        self.standing[round.entering] = standing::TREE;
        self.standing[leaving] = if self.flow[leaving] == 0 {
            standing::LOWER
        } else {
            standing::UPPER
        };
        let (new_top, onto) = match side {
            Side::From => (round.from, round.to),
            Side::To => (round.to, round.from),
        };
        let way = self.ways[round.entering];
        let up = way.tail == new_top;
        let reduced =
            way.cost + self.potential[way.tail as usize] - self.potential[way.head as usize];
        // The entering arc's reduced cost becomes zero by moving the prices of the subtree alone.
        let shift = if up { -reduced } else { reduced };
        let arc = crate::bounds::numbered(round.entering);
        let graft = Graft {
            top: under,
            new_top,
            onto,
            arc,
            up,
        };
        let potential = &mut self.potential;
        self.tree
            .graft(&graft, |node| potential[node as usize] += shift);
    }

    /// The arcs of an endless cycle, in order, from the one of the smallest number. All of them are real and
    /// passed along their direction: an arc passed against it, or from the root, would have stopped the flow or
    /// cost more than it gains.
    fn cycle(&self, round: &Round) -> Vec<ArcId> {
        let climb = |mut node: u32| {
            let mut arcs = Vec::new();
            while node != round.join {
                arcs.push(self.tree.arc[node as usize] as usize);
                node = self.tree.parent[node as usize];
            }
            arcs
        };
        let down = climb(round.from).into_iter().rev();
        let around = down.chain([round.entering]).chain(climb(round.to));
        let mut arcs: Vec<ArcId> = around
            .filter_map(|arc| self.origin.get(arc).copied())
            .collect();
        let first = arcs
            .iter()
            .enumerate()
            .min_by_key(|(_, id)| **id)
            .map_or(0, |(position, _)| position);
        arcs.rotate_left(first);
        arcs
    }
}
