//! What could still be moved over the arcs at hand, as seen from each node.
//!
//! A search goes through all steps of a node and reads no more of each than where it leads and what
//! it costs: so that lies side by side, as narrow as it may be, and a step without room is one that
//! costs more than any way.

use crate::bounds::numbered;
use crate::simplex::Number;

/// No step.
pub(super) const NONE: u32 = u32::MAX;

/// How wide prices and costs are.
pub(in crate::restart) trait Width: Number {
    /// No price and no cost is farther from zero.
    const REACH: Self;
    /// What a step costs that has no room: five times as much. Two prices apart from each other it
    /// still costs more than a step can gain, which is three times as much, and fits the type.
    const CLOSED: Self;

    /// The same in this width, if it is near enough to zero.
    fn near(value: i64) -> Option<Self> {
        let value = Self::try_from(value).ok()?;
        (-Self::REACH..=Self::REACH)
            .contains(&value)
            .then_some(value)
    }
}

impl Width for i32 {
    const REACH: Self = Self::MAX / 16;
    const CLOSED: Self = 5 * Self::REACH;
}

impl Width for i64 {
    const REACH: Self = crate::simplex::FARTHEST;
    const CLOSED: Self = 5 * Self::REACH;
}

/// An arc with what it carries, lower bound taken off.
#[derive(Clone, Copy)]
pub(super) struct Laid<N> {
    pub(super) tail: u32,
    pub(super) head: u32,
    pub(super) room: i64,
    pub(super) flow: i64,
    pub(super) cost: N,
}

/// A step as a search reads it: its other end, and what it costs, or [`Width::CLOSED`].
#[derive(Clone, Copy, Default)]
pub(super) struct Lane<N> {
    pub(super) end: u32,
    pub(super) cost: N,
}

/// The steps of all nodes: those known from the start side by side, later ones in a list a node.
pub(super) struct Steps<N> {
    firsts: Vec<u32>,
    /// Away from each node, and towards it.
    lanes: [Vec<Lane<N>>; 2],
    /// The same arc as seen from its other end.
    twins: Vec<u32>,
    /// What can still be moved along each.
    rooms: Vec<i64>,
    /// By node: the last of its later steps.
    late: Vec<u32>,
    /// By later step: the one before it at its node.
    before: Vec<u32>,
}

impl<N: Width> Steps<N> {
    /// Steps over these arcs, and by arc the place of the one along it; a counting sort.
    pub(super) fn over(nodes: usize, arcs: &[Laid<N>]) -> (Self, Vec<u32>) {
        let mut firsts = vec![0u32; nodes + 1];
        for arc in arcs {
            firsts[arc.tail as usize + 1] += 1;
            firsts[arc.head as usize + 1] += 1;
        }
        for node in 0..nodes {
            firsts[node + 1] += firsts[node];
        }
        let mut free = firsts.clone();
        let mut place = |node: u32| {
            let place = free[node as usize];
            free[node as usize] += 1;
            place
        };
        let mut steps = Self {
            firsts,
            lanes: Default::default(),
            twins: Vec::new(),
            rooms: Vec::new(),
            late: vec![NONE; nodes],
            before: Vec::new(),
        };
        steps.make_place_for(arcs.len());
        let mut places = Vec::with_capacity(arcs.len());
        for arc in arcs {
            let (along, against) = (place(arc.tail), place(arc.head));
            steps.lay(arc, along, against);
            places.push(along);
        }
        (steps, places)
    }

    fn make_place_for(&mut self, arcs: usize) {
        let steps = self.twins.len() + 2 * arcs;
        for lanes in &mut self.lanes {
            lanes.resize(steps, Lane::default());
        }
        self.twins.resize(steps, NONE);
        self.rooms.resize(steps, 0);
    }

    fn lay(&mut self, arc: &Laid<N>, along: u32, against: u32) {
        let (there, back) = (along as usize, against as usize);
        (self.twins[there], self.twins[back]) = (against, along);
        (self.rooms[there], self.rooms[back]) = (arc.room - arc.flow, arc.flow);
        for lanes in &mut self.lanes {
            (lanes[there].end, lanes[back].end) = (arc.head, arc.tail);
        }
        self.set_cost(there, back, arc.cost);
    }

    /// What an arc costs along and against it, seen from both ends.
    fn set_cost(&mut self, there: usize, back: usize, cost: N) {
        for (place, twin, cost) in [(there, back, cost), (back, there, -cost)] {
            let open = self.rooms[place] > 0;
            let cost = if open { cost } else { N::CLOSED };
            self.lanes[0][place].cost = cost;
            self.lanes[1][twin].cost = cost;
        }
    }

    /// Adds a further arc; the place of the step along it.
    pub(super) fn add(&mut self, arc: &Laid<N>) -> u32 {
        let along = numbered(self.twins.len());
        self.make_place_for(1);
        self.lay(arc, along, along + 1);
        for (node, place) in [(arc.tail, along), (arc.head, along + 1)] {
            let late = &mut self.late[node as usize];
            self.before.push(std::mem::replace(late, place));
        }
        along
    }

    /// Shows the places of a node's steps, away from it or towards it; how many there are.
    pub(super) fn each(&self, one: usize, node: u32, mut look: impl FnMut(u32, Lane<N>)) -> usize {
        let (lanes, node) = (&self.lanes[one], node as usize);
        let (first, end) = (self.firsts[node], self.firsts[node + 1]);
        let mut count = (end - first) as usize;
        for (place, &lane) in (first..).zip(&lanes[first as usize..end as usize]) {
            look(place, lane);
        }
        let known = numbered(self.twins.len() - self.before.len());
        let mut place = self.late[node];
        while place != NONE {
            look(place, lanes[place as usize]);
            place = self.before[(place - known) as usize];
            count += 1;
        }
        count
    }

    /// What can still be moved along a step.
    pub(super) fn room(&self, place: u32) -> i64 {
        self.rooms[place as usize]
    }

    /// The same arc as seen from its other end.
    pub(super) fn twin(&self, place: u32) -> u32 {
        self.twins[place as usize]
    }

    /// Where a step leads, and what it costs.
    pub(super) fn lane(&self, place: u32) -> Lane<N> {
        self.lanes[0][place as usize]
    }

    /// Where a step begins.
    pub(super) fn tail(&self, place: u32) -> u32 {
        self.lane(self.twin(place)).end
    }

    /// Moves an amount along a step that has room for it.
    pub(super) fn push(&mut self, place: u32, amount: i64) {
        let (there, back) = (place as usize, self.twin(place) as usize);
        let cost = self.lane(place).cost;
        self.rooms[there] -= amount;
        self.rooms[back] += amount;
        self.set_cost(there, back, cost);
    }
}
