//! Strict walks over at most so many contacts.

use std::ops::Add;

use super::InstantLog;
use super::instants::{NONE, ORIGIN};
use super::log::index;
use super::sweep::{Rule, sweep};

/// For each person the contact by which it was first reached over at most `most` contacts.
///
/// `record` hears of everyone reached over fewer contacts than before: who, over how many, by
/// which contact.
pub(super) fn walk(
    log: &InstantLog,
    seed: u32,
    start: i64,
    most: u32,
    record: impl FnMut(u32, u32, u32),
) -> Vec<u32> {
    // A strict walk has no more contacts than the log, which has fewer than 2^31.
    match u8::try_from(most) {
        Ok(most) if most < u8::MAX - 1 => within(log, seed, start, most, record),
        _ => within(log, seed, start, most.min(1 << 31), record),
    }
}

fn within<H: Hops>(
    log: &InstantLog,
    seed: u32,
    start: i64,
    most: H,
    record: impl FnMut(u32, u32, u32),
) -> Vec<u32> {
    let people = log.people.bound();
    // Beyond the limit by one: whoever is over it by any number is as good as unreached.
    let unreached = most + H::from(1);
    let mut rule = Fewest {
        hops: vec![unreached; people],
        before: vec![unreached; people],
        latest: vec![NONE; people],
        via: vec![NONE; people],
        record,
    };
    rule.hops[seed as usize] = H::from(0);
    rule.via[seed as usize] = ORIGIN;
    sweep(log, log.from(start), &mut rule);
    rule.via
}

/// A number of contacts in as few bytes as the limit needs: one holds the table of a million
/// people in a near cache.
trait Hops: Copy + Ord + Add<Output = Self> + From<u8> + Into<u32> {}
impl Hops for u8 {}
impl Hops for u32 {}

/// In order of time the fewest contacts over which a person was reached so far only fall, and a
/// person may pass on while they are below the limit. The first time they are within it is the
/// arrival. No arrival for each number of contacts is needed.
struct Fewest<H, R> {
    hops: Vec<H>,
    /// The fewest before the instant of `latest`.
    before: Vec<H>,
    /// The contact by which the fewest fell last.
    latest: Vec<u32>,
    /// The contact by which they first were within the limit.
    via: Vec<u32>,
    record: R,
}

impl<H: Hops, R: FnMut(u32, u32, u32)> Fewest<H, R> {
    /// Over how many contacts a person was reached before an instant: what the instant itself
    /// brought can be passed on only after it.
    fn before(&self, log: &InstantLog, person: u32, contact: usize) -> H {
        if log.is_at_instant_of(contact, self.latest[person as usize]) {
            self.before[person as usize]
        } else {
            self.hops[person as usize]
        }
    }

    fn reach(&mut self, log: &InstantLog, person: u32, hops: H, contact: u32) {
        let place = person as usize;
        if hops >= self.hops[place] {
            return;
        }
        self.before[place] = self.before(log, person, contact as usize);
        self.hops[place] = hops;
        self.latest[place] = contact;
        if self.via[place] == NONE {
            self.via[place] = contact;
        }
        (self.record)(person, hops.into(), contact);
    }
}

impl<H: Hops, R: FnMut(u32, u32, u32)> Rule for Fewest<H, R> {
    /// Two people can only be of use to each other if they are two or more apart. Since the
    /// unreached are one beyond the limit, this also says that who passes on is below it.
    fn stirs(&self, [a, b]: [u32; 2]) -> bool {
        let (a, b) = (self.hops[a as usize], self.hops[b as usize]);
        (a + H::from(1) < b) | (b + H::from(1) < a)
    }

    fn settle(&mut self, log: &InstantLog, contact: usize) -> usize {
        let [a, b] = log.pairs[contact];
        let [of_a, of_b] = [a, b].map(|person| self.before(log, person, contact) + H::from(1));
        self.reach(log, b, of_a, index(contact));
        self.reach(log, a, of_b, index(contact));
        contact + 1
    }
}
