//! What could still be moved over the arcs at hand, as seen from each node.

use crate::bounds::numbered;

/// No step.
pub(super) const NONE: u32 = u32::MAX;

/// An arc with what it carries, lower bound taken off.
#[derive(Clone, Copy)]
pub(super) struct Laid {
    pub(super) tail: u32,
    pub(super) head: u32,
    pub(super) room: i64,
    pub(super) flow: i64,
    pub(super) cost: i64,
}

/// An arc as seen from one of its ends.
#[derive(Clone, Copy, Default)]
pub(super) struct Step {
    pub(super) head: u32,
    /// The same arc as seen from there.
    pub(super) twin: u32,
    /// What can still be moved along it, and against it.
    pub(super) room: i64,
    pub(super) back: i64,
    pub(super) cost: i64,
}

/// The steps of all nodes: those known from the start side by side, later ones in a list a node.
pub(super) struct Steps {
    firsts: Vec<u32>,
    steps: Vec<Step>,
    /// By node: the last of its later steps.
    late: Vec<u32>,
    /// By later step: the one before it at its node.
    before: Vec<u32>,
}

impl Steps {
    /// Steps over these arcs, and by arc the place of the one along it; a counting sort.
    pub(super) fn over(nodes: usize, arcs: &[Laid]) -> (Self, Vec<u32>) {
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
        let mut steps = vec![Step::default(); 2 * arcs.len()];
        let mut places = Vec::with_capacity(arcs.len());
        for arc in arcs {
            let (along, against) = (place(arc.tail), place(arc.head));
            (steps[along as usize], steps[against as usize]) = arc.seen_from_both(along, against);
            places.push(along);
        }
        let late = vec![NONE; nodes];
        let steps = Self {
            firsts,
            steps,
            late,
            before: Vec::new(),
        };
        (steps, places)
    }

    /// Adds a further arc; the place of the step along it.
    pub(super) fn add(&mut self, arc: Laid) -> u32 {
        let along = numbered(self.steps.len());
        let (there, back) = arc.seen_from_both(along, along + 1);
        self.steps.extend([there, back]);
        for (node, place) in [(arc.tail, along), (arc.head, along + 1)] {
            let late = &mut self.late[node as usize];
            self.before.push(std::mem::replace(late, place));
        }
        along
    }

    /// The places of a node's steps.
    pub(super) fn of(&self, node: u32) -> impl Iterator<Item = u32> {
        let node = node as usize;
        let known = numbered(self.steps.len() - self.before.len());
        let some = |place: u32| (place != NONE).then_some(place);
        let late = std::iter::successors(some(self.late[node]), move |&place| {
            some(self.before[(place - known) as usize])
        });
        (self.firsts[node]..self.firsts[node + 1]).chain(late)
    }

    pub(super) fn at(&self, place: u32) -> &Step {
        &self.steps[place as usize]
    }

    /// Where a step begins.
    pub(super) fn tail(&self, place: u32) -> u32 {
        self.at(self.at(place).twin).head
    }

    /// Moves an amount along a step.
    pub(super) fn push(&mut self, place: u32, amount: i64) {
        let step = &mut self.steps[place as usize];
        step.room -= amount;
        step.back += amount;
        let twin = step.twin as usize;
        let twin = &mut self.steps[twin];
        twin.room += amount;
        twin.back -= amount;
    }
}

impl Laid {
    fn seen_from_both(self, along: u32, against: u32) -> (Step, Step) {
        let there = Step {
            head: self.head,
            twin: against,
            room: self.room - self.flow,
            back: self.flow,
            cost: self.cost,
        };
        let back = Step {
            head: self.tail,
            twin: along,
            room: there.back,
            back: there.room,
            cost: -self.cost,
        };
        (there, back)
    }
}
