//! A strict closure that looks only where something can happen.
//!
//! While few are reached, only their contacts matter; while nearly all are, only those of the
//! people still missing. In between most contacts could matter and all are looked at, without a
//! branch. (Switching sides by how many are reached is the idea of Beamer, Asanović and Patterson,
//! "Direction-Optimizing Breadth-First Search", SC 2012, here along time.)

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::index::{ContactIndex, Meeting};
use super::instants::{Asked, NONE};
use super::log::index;
use super::sweep::{Rule, Strict, sweep, sweep_back};
use super::ties::Piece;
use super::{InstantLog, Instants, Mode};

/// Up to one in so many people: their contacts alone are looked at. A person's contacts lie apart
/// from another's, so each costs some cache misses: with more people a pass is faster. The best of
/// ten pairs tried on logs of 100,000 and of a million people.
const FEW: usize = 1_000;
/// When all but one in so many are reached: the contacts of those missing alone. People whom
/// nothing reaches are always missing, so that waiting for all would never end.
const MISSING: usize = 300;
/// Contacts between two looks at how many are missing.
const STRETCH: usize = 1 << 16;

pub(super) fn arrivals<'log>(index: &ContactIndex<'log>, seed: u32, start: i64) -> Instants<'log> {
    let mut walk = Walk::<false>::new(index, seed);
    walk.run(index.log.from(start), seed);
    let mode = Mode::Strict;
    walk.answer(seed, Asked::Arrivals { start, mode })
}

pub(super) fn departures<'log>(index: &ContactIndex<'log>, target: u32, by: i64) -> Instants<'log> {
    let mut walk = Walk::<true>::new(index, target);
    walk.run(index.log.up_to(by), target);
    walk.answer(target, Asked::Departures)
}

/// In order of time, or against it (`BACK`): strict walks are the same read either way.
struct Walk<'a, 'log, const BACK: bool> {
    index: &'a ContactIndex<'log>,
    log: &'log InstantLog,
    rule: Strict,
    reached: usize,
}

/// The next contact of someone reached: first by time, or by time backwards.
type Next = Reverse<(u32, u32, usize)>;

impl<'a, 'log, const BACK: bool> Walk<'a, 'log, BACK> {
    fn new(index: &'a ContactIndex<'log>, origin: u32) -> Self {
        Walk {
            index,
            log: index.log,
            rule: Strict::new(index.log.people.bound(), origin),
            reached: 1,
        }
    }

    fn answer(self, origin: u32, asked: Asked) -> Instants<'log> {
        Instants {
            log: self.log,
            via: self.rule.via,
            origin: Some(origin),
            asked,
        }
    }

    fn run(&mut self, rows: Range<usize>, origin: u32) {
        let rows = self.while_few(rows, origin);
        let rows = self.while_many(rows);
        self.missing_only(rows);
    }

    fn is_few_missing(&self) -> bool {
        let people = self.index.ties.people;
        people.saturating_sub(self.reached) <= people / MISSING
    }

    /// The contacts of those reached, in order, from a heap with the next one of each. Answers
    /// the rows that are left: whole instants, so that nobody reached at one is taken for able.
    fn while_few(&mut self, rows: Range<usize>, origin: u32) -> Range<usize> {
        let few = self.index.ties.people / FEW;
        let mut heap: BinaryHeap<Next> = BinaryHeap::new();
        let edge = if BACK { rows.end } else { rows.start };
        heap.extend(self.first_beyond(origin, edge));
        let mut rank = u32::MAX;
        while let Some(Reverse((key, person, place))) = heap.pop() {
            let contact = if BACK { !key } else { key };
            if !rows.contains(&(contact as usize)) {
                break;
            }
            let now = self.log.at[contact as usize];
            if self.reached > few && now != rank {
                let instant = self.log.instant_of(contact as usize);
                return if BACK {
                    rows.start..instant.end
                } else {
                    instant.start..rows.end
                };
            }
            rank = now;
            let meetings = self.index.meetings(person);
            let to = meetings[place].other;
            if self.rule.reach(to, contact) {
                self.reached += 1;
                let instant = self.log.instant_of(contact as usize);
                let edge = if BACK { instant.start } else { instant.end };
                heap.extend(self.first_beyond(to, edge));
            }
            let next = if BACK {
                place.checked_sub(1)
            } else {
                Some(place + 1)
            };
            heap.extend(next.and_then(|next| Self::entry(meetings, person, next)));
        }
        rows.end..rows.end
    }

    /// A person's first contact from a row on, or its last before it.
    fn first_beyond(&self, person: u32, edge: usize) -> Option<Next> {
        let meetings = self.index.meetings(person);
        let place = meetings.partition_point(|meeting| (meeting.contact as usize) < edge);
        let place = if BACK { place.checked_sub(1)? } else { place };
        Self::entry(meetings, person, place)
    }

    fn entry(meetings: &[Meeting], person: u32, place: usize) -> Option<Next> {
        let contact = meetings.get(place)?.contact;
        Some(Reverse((
            if BACK { !contact } else { contact },
            person,
            place,
        )))
    }

    /// All contacts, until few people are missing. Answers the rows that are left.
    fn while_many(&mut self, mut rows: Range<usize>) -> Range<usize> {
        let branch_free = self.index.ties.are_rare(self.log);
        while !rows.is_empty() && !self.is_few_missing() {
            let stretch = if BACK {
                rows.end.saturating_sub(STRETCH).max(rows.start)..rows.end
            } else {
                rows.start..(rows.start + STRETCH).min(rows.end)
            };
            rows = if BACK {
                rows.start..stretch.start
            } else {
                stretch.end..rows.end
            };
            if branch_free {
                self.pieces(stretch);
            } else {
                self.by_rule(stretch);
            }
        }
        rows
    }

    fn pieces(&mut self, stretch: Range<usize>) {
        let index = self.index;
        let pieces = index.ties.cut(stretch);
        let mut piece = |Piece { untied, tied }: Piece| {
            if BACK {
                self.by_rule(tied);
                self.branch_free(untied);
            } else {
                self.branch_free(untied);
                self.by_rule(tied);
            }
        };
        if BACK {
            pieces.rev().for_each(&mut piece);
        } else {
            pieces.for_each(&mut piece);
        }
    }

    fn by_rule(&mut self, rows: Range<usize>) {
        let before = self.rule.newly;
        if BACK {
            sweep_back(self.log, rows, &mut self.rule);
        } else {
            sweep(self.log, rows, &mut self.rule);
        }
        self.reached += self.rule.newly - before;
    }

    fn branch_free(&mut self, rows: Range<usize>) {
        let contacts = self.log.pairs.get(rows.clone()).unwrap_or_default();
        if BACK {
            let mut end = rows.end;
            for chunk in contacts.rchunks(CHUNK) {
                end -= chunk.len();
                self.reached += self.rule.branch_free::<BACK>(chunk, index(end));
            }
        } else {
            let mut start = rows.start;
            for chunk in contacts.chunks(CHUNK) {
                self.reached += self.rule.branch_free::<BACK>(chunk, index(start));
                start += chunk.len();
            }
        }
    }

    /// The contacts of the people still missing, in order: a bit a contact of what is left.
    fn missing_only(&mut self, rows: Range<usize>) {
        if rows.is_empty() {
            return;
        }
        let mut marks = vec![0u64; rows.len() / 64 + 1];
        let missing = (0u32..)
            .zip(&self.rule.via)
            .filter(|(_, via)| **via == NONE);
        for (person, _) in missing {
            let meetings = self.index.meetings(person);
            let first = meetings.partition_point(|one| (one.contact as usize) < rows.start);
            let ahead = meetings[first..].iter().map(|one| one.contact as usize);
            for contact in ahead.take_while(|contact| *contact < rows.end) {
                let bit = contact - rows.start;
                marks[bit / 64] |= 1 << (bit % 64);
            }
        }
        let mut settle = |contact: usize| {
            let contact = rows.start + contact;
            if self.rule.stirs(self.log.pairs[contact]) {
                self.rule.settle(self.log, contact);
            }
        };
        if BACK {
            for (place, &word) in marks.iter().enumerate().rev() {
                let mut word = word;
                while word != 0 {
                    let bit = 63 - word.leading_zeros();
                    word &= !(1 << bit);
                    settle(64 * place + bit as usize);
                }
            }
        } else {
            for (place, &word) in marks.iter().enumerate() {
                let mut word = word;
                while word != 0 {
                    settle(64 * place + word.trailing_zeros() as usize);
                    word &= word - 1;
                }
            }
        }
    }
}

/// One less than the room for hits, so that the place after the last is always there.
const CHUNK: usize = 1023;
const PLACES: std::ops::Range<u32> = 0..1023;

impl Strict {
    fn reach(&mut self, person: u32, contact: u32) -> bool {
        let is_new = !std::mem::replace(&mut self.reached[person as usize], true);
        if is_new {
            self.via[person as usize] = contact;
        }
        is_new
    }

    /// Contacts of instants without ties, from `first` on; answers how many people are new.
    ///
    /// In the middle days half the people are reached, and whether the two of a contact differ is
    /// a coin toss that a processor guesses wrong every other time. So nothing is asked: both ends
    /// are written always, and the contact is noted always, in a place that moves on only if the
    /// two differed. The few noted are then looked at in a second, short loop.
    fn branch_free<const BACK: bool>(&mut self, contacts: &[[u32; 2]], first: u32) -> usize {
        let mut hits = [0u32; CHUNK + 1];
        let mut count = 0;
        // Taken out of the vector once: a write of a byte might else have moved the vector itself,
        // as far as the compiler knows, and it would look again for each contact.
        let reached = &mut self.reached[..];
        let mut look = |(place, &[a, b]): (u32, &[u32; 2])| {
            let (x, y) = (reached[a as usize], reached[b as usize]);
            reached[a as usize] = x | y;
            reached[b as usize] = x | y;
            hits[count % (CHUNK + 1)] = place;
            count += usize::from(x ^ y);
        };
        let numbered = PLACES.zip(contacts);
        if BACK {
            numbered.rev().for_each(&mut look);
        } else {
            numbered.for_each(&mut look);
        }
        for &place in &hits[..count] {
            let [a, b] = contacts[place as usize];
            // Of the two the one without a contact is new: the other was noted before it.
            let to = if self.via[a as usize] == NONE { a } else { b };
            self.via[to as usize] = first + place;
        }
        count
    }
}
