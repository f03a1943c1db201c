//! What could still be moved over the arcs at hand, as seen from each node.
//!
//! Whoever goes through the steps of a node reads no more of each than where it leads and what it
//! costs: so that lies side by side, as narrow as it may be, and the steps that have room come first.

use crate::bounds::numbered;
use crate::simplex::Number;

/// No step.
pub(super) const NONE: u32 = u32::MAX;

/// How wide prices and costs are.
pub(super) trait Width: Number {
    /// No price and no cost is farther from zero: two of each add up.
    const REACH: Self;

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
}

impl Width for i64 {
    const REACH: Self = crate::simplex::FARTHEST;
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

/// A step: its other end, and what it costs.
#[derive(Clone, Copy, Default)]
pub(super) struct Lane<N> {
    pub(super) end: u32,
    pub(super) cost: N,
}

/// The steps of all nodes: those known from the start side by side, later ones in a list a node.
pub(super) struct Steps<N> {
    firsts: Vec<u32>,
    /// Away from each node, and towards it.
    sides: [Side<N>; 2],
    /// By place: where it leads, and what it costs.
    lanes: Vec<Lane<N>>,
    /// The same arc as seen from its other end.
    twins: Vec<u32>,
    /// What can still be moved along each.
    rooms: Vec<i64>,
    /// By node: the last of its later steps.
    late: Vec<u32>,
    /// By later step: the one before it at its node.
    before: Vec<u32>,
}

/// The steps of all nodes away from them, or towards them: at each node first those that have room.
struct Side<N> {
    lanes: Vec<Lane<N>>,
    /// The place of each; of a step towards a node that of the step back.
    places: Vec<u32>,
    /// By place: where it is here.
    positions: Vec<u32>,
    /// By node: how many have room.
    open: Vec<u32>,
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
        let count = 2 * arcs.len();
        let mut steps = Self {
            firsts,
            sides: [0, 1].map(|_| Side::new(nodes, count)),
            lanes: vec![Lane::default(); count],
            twins: vec![NONE; count],
            rooms: vec![0; count],
            late: vec![NONE; nodes],
            before: Vec::new(),
        };
        let mut places = Vec::with_capacity(arcs.len());
        for arc in arcs {
            let (along, against) = (place(arc.tail), place(arc.head));
            steps.lay(arc, along, against);
            places.push(along);
        }
        (0..numbered(nodes)).for_each(|node| steps.sort(node));
        (steps, places)
    }

    fn lay(&mut self, arc: &Laid<N>, along: u32, against: u32) {
        let (there, back) = (along as usize, against as usize);
        (self.twins[there], self.twins[back]) = (against, along);
        (self.rooms[there], self.rooms[back]) = (arc.room - arc.flow, arc.flow);
        (self.lanes[there].end, self.lanes[back].end) = (arc.head, arc.tail);
        (self.lanes[there].cost, self.lanes[back].cost) = (arc.cost, -arc.cost);
    }

    /// Puts the steps of a node that have room before the others.
    fn sort(&mut self, node: u32) {
        let [first, end] = [node, node + 1].map(|node| self.firsts[node as usize]);
        for (one, side) in self.sides.iter_mut().enumerate() {
            let (mut front, mut back) = (first, end);
            for place in first..end {
                let step = [place, self.twins[place as usize]][one] as usize;
                let position = if self.rooms[step] > 0 {
                    front += 1;
                    front - 1
                } else {
                    back -= 1;
                    back
                };
                side.places[position as usize] = place;
                side.positions[place as usize] = position;
                side.lanes[position as usize] = Lane {
                    end: self.lanes[place as usize].end,
                    cost: self.lanes[step].cost,
                };
            }
            side.open[node as usize] = front - first;
        }
    }

    /// Notes at both of its ends whether a step has room.
    fn note(&mut self, place: u32) {
        if place >= self.known() {
            return;
        }
        let open = self.room(place) > 0;
        let (twin, head) = (self.twin(place), self.lane(place).end);
        let tail = self.lane(twin).end;
        for (side, node, place) in [(0, tail, place), (1, head, twin)] {
            let first = self.firsts[node as usize];
            self.sides[side].note(first, node, place, open);
        }
    }

    /// How many steps were known from the start.
    fn known(&self) -> u32 {
        numbered(self.twins.len() - self.before.len())
    }

    /// Adds a further arc; the place of the step along it.
    pub(super) fn add(&mut self, arc: &Laid<N>) -> u32 {
        let along = numbered(self.twins.len());
        for (node, place) in [(arc.tail, along), (arc.head, along + 1)] {
            let late = &mut self.late[node as usize];
            self.before.push(std::mem::replace(late, place));
        }
        self.lanes.extend([Lane::default(); 2]);
        self.twins.extend([NONE; 2]);
        self.rooms.extend([0; 2]);
        self.lay(arc, along, along + 1);
        along
    }

    /// Shows the places of a node's steps that have room, away from it, or, as seen from there, those
    /// towards it; how many were looked at.
    pub(super) fn each(&self, one: usize, node: u32, mut look: impl FnMut(u32, Lane<N>)) -> usize {
        let side = &self.sides[one];
        let first = self.firsts[node as usize] as usize;
        let mut count = side.open[node as usize] as usize;
        let open = first..first + count;
        for (&place, &lane) in side.places[open.clone()].iter().zip(&side.lanes[open]) {
            look(place, lane);
        }
        let mut place = self.late[node as usize];
        while place != NONE {
            let step = [place, self.twin(place)][one];
            if self.room(step) > 0 {
                let cost = self.lane(step).cost;
                let end = self.lane(place).end;
                look(place, Lane { end, cost });
            }
            place = self.before[(place - self.known()) as usize];
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
        self.lanes[place as usize]
    }

    /// Where a step begins.
    pub(super) fn tail(&self, place: u32) -> u32 {
        self.lane(self.twin(place)).end
    }

    /// Sets what can be moved along a step and back; what it was.
    pub(super) fn set_rooms(&mut self, place: u32, rooms: [i64; 2]) -> [i64; 2] {
        let places = [place, self.twin(place)];
        let before = places.map(|place| self.room(place));
        for at in [0, 1] {
            self.rooms[places[at] as usize] = rooms[at];
            if (rooms[at] > 0) != (before[at] > 0) {
                self.note(places[at]);
            }
        }
        before
    }

    /// Moves an amount along a step that has room for it.
    pub(super) fn push(&mut self, place: u32, amount: i64) {
        let [there, back] = [place, self.twin(place)].map(|place| self.room(place));
        self.set_rooms(place, [there - amount, back + amount]);
    }
}

impl<N: Width> Side<N> {
    /// So many steps, yet to be sorted.
    fn new(nodes: usize, steps: usize) -> Self {
        Self {
            lanes: vec![Lane::default(); steps],
            places: vec![NONE; steps],
            positions: vec![NONE; steps],
            open: vec![0; nodes],
        }
    }

    /// Moves a step of a node, which are here from `first` on, among those that have room, or away
    /// from them.
    fn note(&mut self, first: u32, node: u32, place: u32, open: bool) {
        let count = &mut self.open[node as usize];
        let position = self.positions[place as usize];
        if (position < first + *count) == open {
            return;
        }
        let edge = first + *count - u32::from(!open);
        *count = if open { *count + 1 } else { *count - 1 };
        let other = self.places[edge as usize];
        self.lanes.swap(position as usize, edge as usize);
        self.places.swap(position as usize, edge as usize);
        self.positions[place as usize] = edge;
        self.positions[other as usize] = position;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NODES: u32 = 5;

    /// Costs, ends and rooms there and back.
    type Drawn = (i32, u32, u32, i64, i64);

    fn laid(&(cost, tail, head, room, flow): &Drawn) -> Laid<i32> {
        Laid {
            tail,
            head,
            room: room + flow,
            flow,
            cost,
        }
    }

    /// Steps of a node as they are shown: by place where they lead and what they cost.
    fn shown(steps: &Steps<i32>, way: usize, node: u32) -> Vec<(u32, u32, i32)> {
        let mut shown = Vec::new();
        let count = steps.each(way, node, |place, lane| {
            shown.push((place, lane.end, lane.cost));
        });
        assert!(shown.len() <= count);
        shown.sort_unstable();
        shown
    }

    proptest! {
        #[test]
        fn a_node_shows_its_steps_that_have_room(
            arcs in prop::collection::vec((-9i32..9, 0..NODES, 0..NODES, 0i64..3, 0i64..3), 1..20),
            kept in 0usize..20,
            changes in prop::collection::vec((0usize..20, 0i64..3, 0i64..3), 0..20),
        ) {
            let mut arcs = arcs;
            let kept = kept.min(arcs.len());
            let first: Vec<_> = arcs[..kept].iter().map(laid).collect();
            let (mut steps, mut places) = Steps::over(NODES as usize, &first);
            places.extend(arcs[kept..].iter().map(|arc| steps.add(&laid(arc))));
            for (at, room, flow) in changes {
                let at = at % arcs.len();
                let before = steps.set_rooms(places[at], [room, flow]);
                prop_assert_eq!(before, [arcs[at].3, arcs[at].4]);
                (arcs[at].3, arcs[at].4) = (room, flow);
            }
            for node in 0..NODES {
                let (mut away, mut towards) = (Vec::new(), Vec::new());
                for (&(cost, tail, head, room, flow), &along) in arcs.iter().zip(&places) {
                    let against = steps.twin(along);
                    let ways = [(along, tail, head, cost, room), (against, head, tail, -cost, flow)];
                    for (place, from, to, cost, _) in ways.into_iter().filter(|way| way.4 > 0) {
                        if from == node {
                            away.push((place, to, cost));
                        }
                        if to == node {
                            towards.push((steps.twin(place), from, cost));
                        }
                    }
                }
                away.sort_unstable();
                towards.sort_unstable();
                prop_assert_eq!(shown(&steps, 0, node), away);
                prop_assert_eq!(shown(&steps, 1, node), towards);
            }
        }
    }
}
