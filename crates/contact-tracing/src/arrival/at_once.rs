//! Who is reached passes on at once: several hops may happen at one instant.

use std::ops::Range;

use super::InstantLog;
use super::instants::{NONE, ORIGIN};
use super::log::{index, other};
use super::sweep::Rule;

/// So many earlier contacts of an instant are looked through one by one.
const NEAR: usize = 32;

/// Everyone who hangs together with someone reached is reached at the same instant.
pub(super) struct AtOnce {
    reached: Vec<bool>,
    pub(super) via: Vec<u32>,
    /// Newly reached, their earlier contacts of the instant not yet looked at.
    fresh: Vec<u32>,
    crowd: Crowd,
}

impl AtOnce {
    pub(super) fn new(people: usize, seed: u32) -> Self {
        let mut rule = AtOnce {
            reached: vec![false; people],
            via: vec![NONE; people],
            fresh: Vec::new(),
            crowd: Crowd::default(),
        };
        rule.reached[seed as usize] = true;
        rule.via[seed as usize] = ORIGIN;
        rule
    }

    fn reach_by(&mut self, log: &InstantLog, contact: usize) {
        let [a, b] = log.pairs[contact];
        let person = if self.reached[a as usize] { b } else { a };
        self.reached[person as usize] = true;
        self.via[person as usize] = index(contact);
        self.fresh.push(person);
    }
}

impl Rule for AtOnce {
    fn stirs(&self, [a, b]: [u32; 2]) -> bool {
        self.reached[a as usize] != self.reached[b as usize]
    }

    /// Contacts that follow are met in their turn; only those of the same instant that went
    /// before can now matter. They are few, or the whole instant is settled at once: either way a
    /// chain inside an instant costs no more than its length (times its logarithm).
    fn settle(&mut self, log: &InstantLog, contact: usize) -> usize {
        let instant = log.instant_of(contact);
        if contact - instant.start > NEAR {
            let (reached, via) = (&mut self.reached, &mut self.via);
            self.crowd
                .gather(log, instant.clone(), |person| reached[person as usize]);
            for &Joined { person, by } in self.crowd.joined() {
                reached[person as usize] = true;
                via[person as usize] = by;
            }
            return instant.end;
        }
        self.reach_by(log, contact);
        while let Some(person) = self.fresh.pop() {
            for row in instant.start..contact {
                let pair = log.pairs[row];
                if pair.contains(&person) && self.stirs(pair) {
                    self.reach_by(log, row);
                }
            }
        }
        contact + 1
    }
}

/// The people of one instant who hang together with someone able to pass on, found breadth first.
#[derive(Default)]
pub(super) struct Crowd {
    /// Each person of the instant with each of its contacts, in order.
    ends: Vec<(u32, u32)>,
    /// Each person once, with the first of its `ends`.
    people: Vec<(u32, usize)>,
    joined: Vec<Joined>,
    /// How many of those joined were able from the outset.
    able: usize,
    is_joined: Vec<bool>,
}

/// A person of an instant, and the contact by which it is reached at it.
#[derive(Clone, Copy)]
pub(super) struct Joined {
    pub(super) person: u32,
    pub(super) by: u32,
}

impl Crowd {
    /// k log k in the contacts of the instant.
    pub(super) fn gather(
        &mut self,
        log: &InstantLog,
        instant: Range<usize>,
        is_able: impl Fn(u32) -> bool,
    ) {
        self.list(log, instant);
        self.joined.clear();
        self.is_joined.clear();
        for &(person, first) in &self.people {
            let able = is_able(person);
            self.is_joined.push(able);
            if able {
                // Whomever it meets is reached, and reaches it again.
                let by = self.ends[first].1;
                self.joined.push(Joined { person, by });
            }
        }
        self.able = self.joined.len();
        let mut next = 0;
        while let Some(&Joined { person, .. }) = self.joined.get(next) {
            next += 1;
            let place = self.place(person);
            let until = self
                .people
                .get(place + 1)
                .map_or(self.ends.len(), |next| next.1);
            for end in self.people[place].1..until {
                let by = self.ends[end].1;
                let person = other(log.pairs[by as usize], person);
                let place = self.place(person);
                if !std::mem::replace(&mut self.is_joined[place], true) {
                    self.joined.push(Joined { person, by });
                }
            }
        }
    }

    /// Who was reached at this instant without having been able before.
    pub(super) fn joined(&self) -> &[Joined] {
        &self.joined[self.able..]
    }

    /// Who was able before and was reached again.
    pub(super) fn able(&self) -> &[Joined] {
        &self.joined[..self.able]
    }

    fn list(&mut self, log: &InstantLog, instant: Range<usize>) {
        self.ends.clear();
        for row in instant {
            self.ends
                .extend(log.pairs[row].map(|person| (person, index(row))));
        }
        self.ends.sort_unstable();
        self.people.clear();
        for (first, &(person, _)) in self.ends.iter().enumerate() {
            if self.people.last().is_none_or(|last| last.0 != person) {
                self.people.push((person, first));
            }
        }
    }

    fn place(&self, person: u32) -> usize {
        self.people.partition_point(|other| other.0 < person)
    }
}
