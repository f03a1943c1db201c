//! A strict closure that looks only where something can happen.
//!
//! While few are reached, only their contacts matter; while nearly all are, only those of the
//! people still missing. In between most contacts could matter and all are looked at, without a
//! branch. (Switching sides by how many are reached is the idea of Beamer, Asanović and Patterson,
//! "Direction-Optimizing Breadth-First Search", SC 2012, here along time.)

use std::ops::Range;

use super::ahead::Ahead;
use super::index::ContactIndex;
use super::instants::{Asked, NONE};
use super::log::index;
use super::marked::Marked;
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
        let mut ahead = Ahead::<BACK>::new(self.index);
        ahead.add(origin, if BACK { rows.end } else { rows.start });
        let mut last = None;
        while let Some((contact, to)) = ahead.next() {
            if !rows.contains(&(contact as usize)) {
                break;
            }
            let at = |contact: u32| self.log.at[contact as usize];
            let instant = || self.log.instant_of(contact as usize);
            if self.reached > few && last.map(at) != Some(at(contact)) {
                return if BACK {
                    rows.start..instant().end
                } else {
                    instant().start..rows.end
                };
            }
            last = Some(contact);
            if self.rule.reach(to, contact) {
                self.reached += 1;
                let instant = self.log.instant_of(contact as usize);
                ahead.add(to, if BACK { instant.start } else { instant.end });
            }
        }
        rows.end..rows.end
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
        let missing = (0u32..)
            .zip(&self.rule.via)
            .filter(|(_, via)| **via == NONE)
            .map(|(person, _)| person);
        let marked = Marked::of(self.index, missing, rows.clone());
        let mut settle = |contact: usize| {
            if self.rule.stirs(self.log.pairs[contact]) {
                self.rule.settle(self.log, contact);
            }
        };
        if BACK {
            marked.back(rows).for_each(&mut settle);
        } else {
            marked.ahead(rows).for_each(&mut settle);
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
    /// are written always, and the contact is noted always, with which of them had been reached, in
    /// a place that moves on only if the two differed. A second, short loop carries out the noted.
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
            hits[count % (CHUNK + 1)] = 2 * place + u32::from(x);
            count += usize::from(x ^ y);
        };
        let numbered = PLACES.zip(contacts);
        if BACK {
            numbered.rev().for_each(&mut look);
        } else {
            numbered.for_each(&mut look);
        }
        for &hit in &hits[..count] {
            // The one had been reached, so the other is new: nothing is read to know it.
            let (place, had) = (hit / 2, hit % 2);
            let [a, b] = contacts[place as usize];
            let to = if had == 1 { b } else { a };
            self.via[to as usize] = first + place;
        }
        count
    }
}
