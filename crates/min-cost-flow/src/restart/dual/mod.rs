//! The simplex from the other side: prices always prove, and it is the flow that is set right.
//!
//! C. E. Lemke, "The dual method of solving the linear programming problem", Naval Research Logistics
//! Quarterly 1 (1954). Outside a tree every arc is where its price wants it, full where it gains and
//! empty where it loses, whatever that makes the tree carry. An arc of the tree that carries more
//! than it can, or less than nothing, is cut; of the steps across the cut that could take what is too
//! much, the cheapest enters the tree, and the prices of one part move until it costs nothing. Those
//! that are cheaper but have too little room are filled first: I. Maros, "A generalized dual phase-2
//! simplex algorithm", European Journal of Operational Research 149 (2003).
//!
//! A price moves by what is needed and no more. Where many nodes hang on one price, as all households
//! do on that of a good, a simplex moves it by whatever a single arc gains, and then has to bring it
//! back. But each cut looks at all steps of its smaller part, which is much where trees are deep.

mod across;
mod begin;
mod tree;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::once;

use super::at_hand::{AtHand, left_over};
use super::growth;
use super::rounds::{Rounds, most_wanting};
use super::steps::{Lane, NONE, Width};
use crate::network::{ArcId, Network};
use across::Across;
use tree::{Cut, Node, Tree};

/// How much is done before all is given up: so many times the nodes and the root of the arcs, which is
/// how a simplex from nothing grows. After 1 % of costs and supplies changed townships of 100,000 arcs
/// took 0.1 to 0.7 of that, and parts of one of a million 0.1 to 3.4.
const MOST: usize = 4;
/// Where more than such a part of all nodes were tied, they are numbered anew.
const TIED: usize = 16;
/// A node takes as long as so many of its steps.
const NODE: usize = 2;

/// What a look at a step across a cut reads of its other end.
#[derive(Clone, Copy)]
struct Seen<N> {
    price: N,
    /// The last cut whose smaller part it was in.
    cut: u32,
}

/// A flow by which no arc gains, on its way to fit the arcs.
pub(super) struct Dual<'a, N> {
    at_hand: AtHand<'a, N>,
    tree: Tree,
    /// By number, the root last.
    seen: Vec<Seen<N>>,
    /// By number: which node that is. They are numbered as they come in the first tree, so that what
    /// hangs together lies together.
    nodes: Vec<u32>,
    /// The last cut, and how many there were.
    cut: Cut,
    cuts: u32,
    across: Across<N>,
    /// Nodes cut off over whose cuts too little can go.
    short: Vec<u32>,
    /// By node: whether it was in the smaller part of such a cut.
    wanting: Vec<bool>,
    looked: usize,
    /// How much may be looked at and passed.
    most: usize,
}

impl<'a, N: Width> Dual<'a, N> {
    /// The arcs kept, what each carries above its lower bound, and by node what other arcs leave it to
    /// send; linear but for the union-find. `None` where a price or a cost does not fit the width.
    pub(super) fn new(
        network: &'a Network,
        kept: &[(ArcId, i64)],
        left: &[i64],
        prices: &[i64],
    ) -> Option<Self> {
        let mut dual = Self::over(network, kept, left, prices)?;
        if dual.tie()? > prices.len() / TIED {
            // Numbered as they hang now.
            dual = Self::over(network, kept, left, &dual.prices())?;
            dual.tie()?;
        }
        Some(dual)
    }

    /// The trees that these prices make.
    fn over(
        network: &'a Network,
        kept: &[(ArcId, i64)],
        left: &[i64],
        prices: &[i64],
    ) -> Option<Self> {
        let mut kept = kept.to_vec();
        let forest = begin::forest(network, &mut kept, prices);
        let mut numbers = vec![0; prices.len()];
        for (number, &node) in (0..).zip(forest.order()) {
            numbers[node as usize] = number;
        }
        let mut at_hand = AtHand::new(network, &kept, numbers)?;
        let left = left_over(network, &kept, left);
        let tree = begin::tree(&forest, &mut at_hand, &left);
        let nodes = forest.into_order();
        let seen = |price: i64| N::near(price).map(|price| Seen { price, cut: 0 });
        let seen_nodes = nodes.iter().map(|&node| seen(prices[node as usize]));
        let seen: Option<Vec<_>> = seen_nodes.chain(once(seen(0))).collect();
        Some(Self {
            at_hand,
            tree,
            seen: seen?,
            nodes,
            cut: Cut::default(),
            cuts: 0,
            across: Across::none(),
            short: Vec::new(),
            wanting: vec![false; prices.len()],
            looked: 0,
            most: growth(network).saturating_mul(MOST),
        })
    }

    /// Ties trees together where that costs the least, the smallest first, so that they move as one:
    /// else each price has to follow the others by itself. How many were; `None` where a price comes too
    /// far from zero.
    fn tie(&mut self) -> Option<usize> {
        let mut tied = 0;
        let sized = |tree: &Tree, top: u32| Reverse((tree.size(top), top));
        let tops = self.tree.tops();
        let mut tops: BinaryHeap<_> = tops.map(|top| sized(&self.tree, top)).collect();
        while let Some(top) = tops.pop() {
            let Reverse((_, node)) = top;
            if !self.tree.is_top(node) || self.tree.node(node).excess() != 0 {
                continue;
            }
            let grown = sized(&self.tree, node);
            if grown != top {
                tops.push(grown);
                continue;
            }
            self.cut_off(node)?;
            let least = [0, 1].map(|way| {
                self.find_across(way);
                self.across.by_cost(0)
            });
            let least = least.into_iter().flatten().min();
            if let Some((length, step)) = least {
                self.enter(length, step, 0)?;
                tied += 1;
            }
        }
        Some(tied)
    }

    fn spent(&self) -> usize {
        self.looked + self.tree.passed
    }

    /// Cuts off a node whose step is out of bounds, and lets what is too much go other ways. `None`
    /// where too few arcs were kept or a price comes too far from zero.
    fn deal_with(&mut self, node: u32) -> Option<()> {
        let excess = self.tree.node(node).excess();
        self.cut_off(node)?;
        // What is too much below goes out of there, and so into the rest.
        self.find_across(usize::from(self.cut.below != (excess > 0)));
        let mut due = excess.abs();
        if !self.suffices(due) {
            return self.note_short();
        }
        let mut filled = 0;
        while let Some((length, step)) = self.across.by_cost(filled) {
            let room = self.at_hand.steps.room(step);
            if room >= due {
                return self.enter(length, step, due);
            }
            self.fill(step);
            due -= room;
            filled += 1;
        }
        Some(())
    }

    /// Cuts off a node, and marks the smaller part. `None` where there were too many cuts for that.
    fn cut_off(&mut self, node: u32) -> Option<()> {
        self.cuts = self.cuts.checked_add(1)?;
        self.tree.cut(node, &mut self.cut)?;
        for &node in &self.cut.part {
            self.seen[node as usize].cut = self.cuts;
        }
        Some(())
    }

    /// Finds the steps from the smaller part to the other, or back (1).
    fn find_across(&mut self, way: usize) {
        let (seen, cuts, steps) = (&self.seen[..], self.cuts, &self.at_hand.steps);
        let across = &mut self.across;
        across.clear();
        let root = self.wanting.len();
        for &node in self.cut.part.iter().filter(|&&node| node as usize != root) {
            let price = seen[node as usize].price;
            let count = steps.each(way, node, |place, Lane { end, cost }| {
                let there = seen[end as usize];
                if there.cut == cuts {
                    return;
                }
                let fall = price - there.price;
                if way == 0 {
                    across.add(cost + fall, place);
                } else {
                    across.add(cost - fall, steps.twin(place));
                }
            });
            self.looked += NODE + count;
        }
    }

    /// Whether the steps across the cut have so much room together.
    fn suffices(&self, due: i64) -> bool {
        let mut left = due;
        for step in self.across.places() {
            left = left.saturating_sub(self.at_hand.steps.room(step));
            if left <= 0 {
                return true;
            }
        }
        false
    }

    /// Lets the nodes of the smaller part want more steps; `None` where they are too many.
    fn note_short(&mut self) -> Option<()> {
        if self.cut.part.len() > most_wanting(self.wanting.len()) {
            return None;
        }
        self.short.push(self.cut.node);
        for &number in &self.cut.part {
            // The root is no node of the network.
            if let Some(&node) = self.nodes.get(number as usize) {
                self.wanting[node as usize] = true;
            }
        }
        Some(())
    }

    /// Fills a step, which what it leads to sends back along the tree.
    fn fill(&mut self, step: u32) {
        let steps = &mut self.at_hand.steps;
        let (tail, head, room) = (steps.tail(step), steps.lane(step).end, steps.room(step));
        steps.push(step, room);
        self.tree.send(head, tail, room);
    }

    /// Joins the parts again by a step that takes so much, once its price allows it. `None` where a
    /// price comes too far from zero.
    fn enter(&mut self, length: N, step: u32, amount: i64) -> Option<()> {
        let steps = &mut self.at_hand.steps;
        let (tail, head) = (steps.tail(step), steps.lane(step).end);
        self.tree.send(head, tail, amount);
        // A step of the tree is no way across a cut.
        let [along, against] = steps.set_rooms(step, [0, 0]);
        let joint = Node::hung(head, step, [along - amount, against + amount]);
        let leaving = *self.tree.node(self.cut.node);
        if leaving.step != NONE {
            steps.set_rooms(leaving.step, leaving.rooms);
        }
        let leads_out = self.seen[tail as usize].cut == self.cuts;
        let (inner, hung) = if leads_out {
            (tail, joint)
        } else {
            (head, joint.turned(tail, steps))
        };
        self.tree.join(&self.cut, steps, inner, hung);
        self.shift(if leads_out { -length } else { length })
    }

    /// Moves the prices of the smaller part.
    fn shift(&mut self, by: N) -> Option<()> {
        let mut near = true;
        for &node in &self.cut.part {
            let price = &mut self.seen[node as usize].price;
            *price += by;
            near &= (-N::REACH..=N::REACH).contains(price);
        }
        near.then_some(())
    }

    /// What a unit more over a step gains.
    fn gain(&self, step: u32) -> N {
        let (tail, Lane { end, cost }) =
            (self.at_hand.steps.tail(step), self.at_hand.steps.lane(step));
        self.seen[end as usize].price - self.seen[tail as usize].price - cost
    }
}

impl<N: Width> Rounds for Dual<'_, N> {
    /// Deals with all that is out of bounds but over cuts short of room.
    fn run(&mut self, effort: &mut usize) -> Option<()> {
        let before = self.spent();
        let most = before.saturating_add(*effort).min(self.most);
        let mut dealt = Some(());
        while let (Some(()), Some(node)) = (dealt, self.tree.next_out_of_bounds()) {
            dealt = self.deal_with(node).filter(|()| self.spent() <= most);
        }
        *effort = effort.saturating_sub(self.spent() - before);
        dealt
    }

    fn wanting(&self) -> Option<&[bool]> {
        (!self.short.is_empty()).then_some(&self.wanting)
    }

    /// What gains of it is filled at once.
    fn admit(&mut self, arcs: &[(ArcId, i64)]) -> Option<()> {
        for &kept in arcs {
            let along = self.at_hand.admit(kept)?;
            for step in [along, self.at_hand.steps.twin(along)] {
                if self.at_hand.steps.room(step) > 0 && self.gain(step) > N::default() {
                    self.fill(step);
                }
            }
        }
        self.wanting.fill(false);
        for node in std::mem::take(&mut self.short) {
            self.tree.look_at(node);
        }
        Some(())
    }

    fn prices(&self) -> Vec<i64> {
        let mut prices = vec![0; self.nodes.len()];
        for (&node, seen) in self.nodes.iter().zip(&self.seen) {
            prices[node as usize] = seen.price.into();
        }
        prices
    }

    fn flows(mut self) -> Vec<(ArcId, i64)> {
        for node in self.tree.hung_by_steps() {
            self.at_hand.steps.set_rooms(node.step, node.rooms);
        }
        self.at_hand.flows().collect()
    }
}
