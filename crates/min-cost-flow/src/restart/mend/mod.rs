//! Setting right what gains, an arc at a time.
//!
//! D. R. Fulkerson, "An out-of-kilter method for minimal-cost flow problems", SIAM Journal 9 (1961):
//! for an arc that gains, the shortest way back is sought; where it costs less than the arc gains,
//! as much as fits is sent around, and where not, the prices met on the search let the arc gain no
//! more. Nothing else begins to gain. Most arcs whose cost changed need nothing sent, and their
//! search is over after a few nodes; where a way is needed it is mostly short. A simplex makes
//! fifty steps that move nothing for each that does.
//!
//! What is left over at one node and wanted at another is one step more, from where it is wanted to where it
//! is left over, that gains whatever it costs: once it is full, both have what they want. Which is
//! paired with which changes nothing but the time.
//!
//! Where much is to be sent, though, and a little by each way, a tree is the better map: then this
//! is given up.

mod farther;
mod search;
mod seen;

use super::at_hand::{AtHand, are_mostly_units};
use super::rounds::{Rounds, most_wanting};
use super::steps::{Laid, Width};
use crate::network::{ArcId, Network};

use search::{Found, Search};

/// Where for each arc kept more steps than this are still to be looked at, all is given up: so many times
/// the root of the arcs kept, since a simplex takes longer for each, too, where there are more. Of
/// 25,000 arcs that is 52 and of 250,000 it is 166; tangles took 20 to 65 and 20 to 140, deep grids
/// 140 to more than 330, where a simplex is better.
const LOOKS_A_ROOT: (usize, usize) = (1, 3);
/// Where most arcs carry a single unit: one way is enough for most, and trees are cut everywhere.
const LOOKS_IF_UNITS: usize = 256;
/// At first so much may be looked at as if one in so many of the arcs were mended. With one in sixteen, or
/// where what was looked at by then counted instead of what is still to come, more was given up late, after
/// up to a fifth of the time of a cold start.
const AT_FIRST: usize = 8;
/// Fewer arcs have the looks of so many.
const FEWEST_ARCS: usize = 1_000;
/// A look takes as long as the simplex takes for so many arcs.
const LOOK: usize = 4;

/// What is left over at one node and wanted at another.
pub(super) struct Owed {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) amount: i64,
}

impl Owed {
    /// By node what is left over there, less than nothing where it is wanted; together nothing. The first
    /// that have something left over are paired with the first that want it.
    pub(super) fn pairs(left: &[i64]) -> Vec<Self> {
        let nodes = || (0..).zip(left.iter().copied());
        let mut wants = nodes().filter(|&(_, left)| left < 0);
        let (mut to, mut wanted) = (0, 0);
        let mut pairs = Vec::new();
        for (from, mut left) in nodes().filter(|&(_, left)| left > 0) {
            while left > 0 {
                if wanted == 0 {
                    let Some((node, left)) = wants.next() else {
                        break;
                    };
                    (to, wanted) = (node, -left);
                }
                let amount = left.min(wanted);
                (left, wanted) = (left - amount, wanted - amount);
                pairs.push(Self { from, to, amount });
            }
        }
        pairs
    }
}

/// A flow and prices being mended on the arcs kept.
pub(super) struct Mend<'a, N> {
    at_hand: AtHand<'a, N>,
    search: Search<N>,
    /// Steps that may gain.
    waiting: Vec<u32>,
    /// Those that must be full in the end, in order of place.
    owed: Vec<u32>,
    /// Those of them that no way is known for, and by node whether it lies about an end closed off.
    short: Vec<u32>,
    wanting: Vec<bool>,
    /// How many steps may still have to be looked at in a round.
    looks: usize,
}

impl<'a, N: Width> Mend<'a, N> {
    /// The arcs kept and what they carry above their lower bounds, which of them gain, by position, and
    /// all that this leaves to send; linear. `None` where a price or a cost does not fit the width.
    pub(super) fn new(
        network: &'a Network,
        kept: &[(ArcId, i64)],
        gaining: &[u32],
        owed: &[Owed],
        prices: &[i64],
    ) -> Option<Self> {
        let at_hand = AtHand::new(network, kept, Vec::new())?;
        let prices: Option<Vec<N>> = prices.iter().map(|&price| N::near(price)).collect();
        let arcs = kept.len().max(FEWEST_ARCS);
        let (times, parts) = LOOKS_A_ROOT;
        let looks = if are_mostly_units(network, kept) {
            LOOKS_IF_UNITS
        } else {
            times * arcs.isqrt() / parts
        };
        let mut mend = Self {
            at_hand,
            search: Search::new(prices?),
            waiting: Vec::new(),
            owed: Vec::new(),
            short: Vec::new(),
            wanting: vec![false; network.node_count()],
            looks: arcs.saturating_mul(looks),
        };
        let gaining = gaining.iter().map(|&position| mend.at_hand.along(position));
        mend.waiting = gaining.map(|along| mend.gaining_way(along)).collect();
        let steps = &mut mend.at_hand.steps;
        mend.owed = owed.iter().map(|owed| steps.add(&due(owed))).collect();
        mend.waiting.extend(&mend.owed);
        Some(mend)
    }

    /// The step along an arc or against it, whichever may gain.
    fn gaining_way(&self, along: u32) -> u32 {
        if self.gain(along) > N::default() {
            along
        } else {
            self.at_hand.steps.twin(along)
        }
    }

    /// What a unit more over a step gains; less than nothing where it has no room.
    fn gain(&self, place: u32) -> N {
        if self.at_hand.steps.room(place) == 0 {
            return -N::REACH;
        }
        let (tail, lane) = (
            self.at_hand.steps.tail(place),
            self.at_hand.steps.lane(place),
        );
        self.search.price(lane.end) - self.search.price(tail) - lane.cost
    }

    /// Sends around what fits until the step gains no more, or is full if it must be; `None` where so many
    /// looks do not suffice.
    fn mend(&mut self, place: u32, most: usize, looked: &mut usize) -> Option<()> {
        loop {
            let gain = self.gain(place);
            if gain <= N::default() {
                return Some(());
            }
            let most = most.checked_sub(*looked)?;
            let (steps, must) = (&self.at_hand.steps, self.owed.binary_search(&place).is_ok());
            let found = self.search.around(steps, (place, gain), must, most);
            *looked += self.search.looked();
            match found {
                Found::Way(mut way) => {
                    way.push(place);
                    self.send(&way);
                }
                Found::Nothing => return Some(()),
                Found::ClosedOff => return self.note_short(place),
                Found::TooFar => return None,
            }
        }
    }

    /// Lets the nodes about an end closed off want more steps; `None` where they are too many.
    fn note_short(&mut self, place: u32) -> Option<()> {
        let about = self.search.closed_off()?;
        if about.len() > most_wanting(self.wanting.len()) {
            return None;
        }
        for &node in about {
            self.wanting[node as usize] = true;
        }
        self.short.push(place);
        Some(())
    }

    fn send(&mut self, way: &[u32]) {
        let rooms = way.iter().map(|&place| self.at_hand.steps.room(place));
        let amount = rooms.min().unwrap_or(0);
        for &place in way {
            self.at_hand.steps.push(place, amount);
        }
    }
}

impl<N: Width> Rounds for Mend<'_, N> {
    /// Mends all that waits; `None` also where something is still owed.
    fn run(&mut self, effort: &mut usize) -> Option<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let most = *effort / LOOK;
        let mut looked = 0;
        let mended = waiting.iter().enumerate().try_for_each(|(done, &place)| {
            // Those still to come will take as much again, each.
            let (parts, left) = (AT_FIRST * done + waiting.len(), waiting.len() - done);
            let enough = self.looks.saturating_mul(parts) / (AT_FIRST * left);
            self.mend(place, enough.min(most), &mut looked)
        });
        *effort = effort.saturating_sub(looked.saturating_mul(LOOK));
        let full = |&place: &u32| self.at_hand.steps.room(place) == 0;
        mended.filter(|()| !self.short.is_empty() || self.owed.iter().all(full))
    }

    fn wanting(&self) -> Option<&[bool]> {
        (!self.short.is_empty()).then_some(&self.wanting)
    }

    fn admit(&mut self, arcs: &[(ArcId, i64)]) -> Option<()> {
        for &(id, flow) in arcs {
            let along = self.at_hand.admit((id, flow))?;
            self.waiting.push(self.gaining_way(along));
        }
        self.waiting.append(&mut self.short);
        self.wanting.fill(false);
        Some(())
    }

    fn prices(&self) -> Vec<i64> {
        let prices = self.search.prices().iter();
        prices.map(|&price| price.into()).collect()
    }

    fn flows(self) -> Vec<(ArcId, i64)> {
        self.at_hand.flows().collect()
    }
}

/// The step that gains whatever what is owed costs to send; as much as a cost can be.
fn due<N: Width>(owed: &Owed) -> Laid<N> {
    Laid {
        tail: owed.to,
        head: owed.from,
        room: owed.amount,
        flow: 0,
        cost: -N::REACH,
    }
}
