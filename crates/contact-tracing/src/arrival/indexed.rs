//! A strict closure that looks only where something can happen.
//!
//! While few are reached, only their contacts matter; while nearly all are, only those of the
//! people still missing. In between most contacts could matter and all are looked at, without a
//! branch. (Switching sides by how many are reached is the idea of Beamer, Asanović and Patterson,
//! "Direction-Optimizing Breadth-First Search", SC 2012, here along time.)

mod missing;

use std::ops::Range;

use super::ahead::Ahead;
use super::index::ContactIndex;
use super::instants::Asked;
use super::log::index;
use super::sweep::{Strict, sweep, sweep_back};
use super::ties::Piece;
use super::{InstantLog, Instants, Mode};

/// Up to one in so many people: their contacts alone are looked at. A person's contacts lie apart
/// from another's, so each costs some cache misses: with more people a pass is faster. The best of
/// ten pairs tried on logs of 100,000 and of a million people.
const FEW: usize = 1_000;
/// When all but one in so many are reached: the contacts of those missing alone. People whom
/// nothing reaches are always missing, so that waiting for all would never end.
const MISSING: usize = 1_200;
/// While no more than one in so many are reached, or missing, contacts that reach somebody are
/// rare: to ask is then faster than to write for each.
const RARE: usize = 20;
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
            // One place more than people: for nobody.
            rule: Strict::new(index.log.people.bound() + 1, origin),
            reached: 1,
        }
    }

    fn answer(mut self, origin: u32, asked: Asked) -> Instants<'log> {
        self.rule.via.truncate(self.log.people.bound());
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
        let are_ties_rare = self.index.ties.are_rare(self.log);
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
            if are_ties_rare && self.is_coin_toss() {
                self.pieces(stretch);
            } else {
                self.by_rule(stretch);
            }
        }
        rows
    }

    /// Whether a processor would often guess wrong that the two people of a contact are alike.
    fn is_coin_toss(&self) -> bool {
        let people = self.index.ties.people;
        self.reached.min(people.saturating_sub(self.reached)) > people / RARE
    }

    fn pieces(&mut self, stretch: Range<usize>) {
        let index = self.index;
        let pieces = index.ties.cut(stretch);
        let mut piece = |Piece { untied, tied }: Piece| {
            if BACK {
                self.by_rule(tied);
                self.without_asking(untied);
            } else {
                self.without_asking(untied);
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

    fn without_asking(&mut self, rows: Range<usize>) {
        let contacts = self.log.pairs.get(rows.clone()).unwrap_or_default();
        let numbered = (index(rows.start)..index(rows.end)).zip(contacts);
        self.reached += if BACK {
            self.rule.without_asking(numbered.rev())
        } else {
            self.rule.without_asking(numbered)
        };
    }
}
