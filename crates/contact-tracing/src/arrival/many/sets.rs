//! Whom each of many seeds reaches.

use super::onset::{Onset, at_origins, by_take_off};
use super::pass::{Shared, pass};
use super::rows::{beyond, bit, counts};
use super::{Origin, Seed, Target, origins_of_seeds, origins_of_targets, side_by_side};
use crate::arrival::instants::ORIGIN;
use crate::arrival::log::index;
use crate::arrival::{ContactIndex, InstantLog, Mode, earliest_arrival};

/// How many each seed reaches, itself left out, in the order of seeds.
///
/// As [`reached_sets`], but keeps no set: what a pass found is dropped once it is counted.
pub fn reached_counts(log: &InstantLog, seeds: &[Seed], mode: Mode) -> Vec<u32> {
    match Shared::of(mode) {
        Some(shared) => Asked::of(log, shared).counts(&origins_of_seeds(log, seeds)),
        None => side_by_side(seeds, |seed| {
            index(earliest_arrival(log, seed.person, seed.start, mode).count())
        }),
    }
}

/// Whom each seed reaches, itself left out.
///
/// Seeds may start at different instants. A bit for each seed and person is kept. Strict and
/// nonstrict closures share passes, up to 512 a pass; one pass costs a few single closures.
pub fn reached_sets<'log>(log: &'log InstantLog, seeds: &[Seed], mode: Mode) -> ReachedSets<'log> {
    match Shared::of(mode) {
        Some(shared) => Asked::of(log, shared).sets(&origins_of_seeds(log, seeds)),
        None => ReachedSets::one_by_one(log, seeds, mode),
    }
}

/// From how many each target is reached, itself left out, in the order of targets.
pub fn source_counts(log: &InstantLog, targets: &[Target]) -> Vec<u32> {
    Asked::of(log, Shared::Back).counts(&origins_of_targets(log, targets))
}

/// From whom a strict walk leads to each target by its instant, itself left out.
pub fn source_sets<'log>(log: &'log InstantLog, targets: &[Target]) -> ReachedSets<'log> {
    Asked::of(log, Shared::Back).sets(&origins_of_targets(log, targets))
}

/// The same questions, of which strict walks are found faster: each closure joins others where it
/// takes off, and the last people missing are found by their own contacts.
impl<'log> ContactIndex<'log> {
    /// As [`reached_counts`].
    pub fn reached_counts(&self, seeds: &[Seed], mode: Mode) -> Vec<u32> {
        match mode {
            Mode::Strict => {
                Asked::with(self, Shared::Strict).counts(&origins_of_seeds(self.log, seeds))
            }
            _ => reached_counts(self.log, seeds, mode),
        }
    }

    /// As [`reached_sets`].
    pub fn reached_sets(&self, seeds: &[Seed], mode: Mode) -> ReachedSets<'log> {
        match mode {
            Mode::Strict => {
                Asked::with(self, Shared::Strict).sets(&origins_of_seeds(self.log, seeds))
            }
            _ => reached_sets(self.log, seeds, mode),
        }
    }

    /// As [`source_counts`].
    pub fn source_counts(&self, targets: &[Target]) -> Vec<u32> {
        Asked::with(self, Shared::Back).counts(&origins_of_targets(self.log, targets))
    }

    /// As [`source_sets`].
    pub fn source_sets(&self, targets: &[Target]) -> ReachedSets<'log> {
        Asked::with(self, Shared::Back).sets(&origins_of_targets(self.log, targets))
    }
}

/// A set of people for each seed or target, in their order.
#[derive(Clone, Debug)]
pub struct ReachedSets<'log> {
    log: &'log InstantLog,
    counts: Vec<u32>,
    sets: Sets,
}

#[derive(Clone, Debug)]
enum Sets {
    /// For each pass a row of words a person; for each seed which bit of which pass is its.
    Rows {
        words: usize,
        passes: Vec<Vec<u64>>,
        bits: Vec<usize>,
    },
    /// For each seed a bit a person.
    Columns(Vec<Vec<u64>>),
}

impl<'log> ReachedSets<'log> {
    fn one_by_one(log: &'log InstantLog, seeds: &[Seed], mode: Mode) -> Self {
        let found = side_by_side(seeds, |seed| {
            let reached = earliest_arrival(log, seed.person, seed.start, mode);
            let bits = |via: &[u32]| {
                let set = via.iter().enumerate().filter(|(_, via)| **via < ORIGIN);
                set.fold(0, |word, (bit, _)| word | 1 << bit)
            };
            let column: Vec<u64> = reached.via.chunks(64).map(bits).collect();
            (index(reached.count()), column)
        });
        let (counts, columns) = found.into_iter().unzip();
        ReachedSets {
            log,
            counts,
            sets: Sets::Columns(columns),
        }
    }

    /// How many people each set has.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Whether the set of a seed, by its place among those asked for, has a person.
    pub fn contains(&self, seed: usize, person: u64) -> bool {
        let number = self.log.number(person);
        number.is_some_and(|number| self.has(seed, number as usize))
    }

    /// The people of a seed's set, in order; none for a place that is no seed's. Linear in all
    /// people.
    pub fn people(&self, seed: usize) -> impl Iterator<Item = u64> {
        let numbers = 0..index(self.log.people.bound());
        let found = numbers.filter(move |number| self.has(seed, *number as usize));
        found.map(|number| self.log.people.key(number))
    }

    fn has(&self, seed: usize, person: usize) -> bool {
        let (word, bit) = match &self.sets {
            Sets::Rows {
                words,
                passes,
                bits,
            } => {
                let Some(&bit) = bits.get(seed) else {
                    return false;
                };
                let place = bit % (64 * words);
                let rows = passes.get(bit / (64 * words));
                let word = rows.and_then(|rows| rows.get(words * person + place / 64));
                (word, place % 64)
            }
            Sets::Columns(columns) => {
                let column = columns.get(seed);
                (
                    column.and_then(|column| column.get(person / 64)),
                    person % 64,
                )
            }
        };
        word.is_some_and(|word| word >> bit & 1 == 1)
    }
}

/// Closures that share passes over a log.
struct Asked<'a, 'log> {
    log: &'log InstantLog,
    index: Option<&'a ContactIndex<'log>>,
    shared: Shared,
}

/// What one pass found.
struct Found {
    counts: Vec<u32>,
    /// Everyone's words, one person after the other.
    rows: Vec<u64>,
}

impl<'a, 'log> Asked<'a, 'log> {
    fn of(log: &'log InstantLog, shared: Shared) -> Self {
        Asked {
            log,
            index: None,
            shared,
        }
    }

    fn with(index: &'a ContactIndex<'log>, shared: Shared) -> Self {
        Asked {
            log: index.log,
            index: Some(index),
            shared,
        }
    }

    fn counts(&self, origins: &[Origin]) -> Vec<u32> {
        let (onsets, words) = self.onsets(origins);
        let found = self.passes(&onsets, words, |found| found.counts);
        in_order_asked(&onsets, found.into_iter().flatten())
    }

    fn sets(&self, origins: &[Origin]) -> ReachedSets<'log> {
        let (onsets, words) = self.onsets(origins);
        let found = self.passes(&onsets, words, |found| found);
        let counts = found.iter().flat_map(|found| &found.counts).copied();
        ReachedSets {
            log: self.log,
            counts: in_order_asked(&onsets, counts),
            sets: Sets::Rows {
                words,
                bits: in_order_asked(&onsets, 0..),
                passes: found.into_iter().map(|found| found.rows).collect(),
            },
        }
    }

    /// In the order in which they share passes, and how many words a row has.
    fn onsets(&self, origins: &[Origin]) -> (Vec<Onset>, usize) {
        let onsets = match self.index {
            Some(index) => by_take_off(index, origins, self.shared),
            None => at_origins(self.log, origins, self.shared),
        };
        (onsets, words(self.log.people.bound(), origins.len()))
    }

    /// Passes side by side, each with its own rows; the answers in the order of onsets.
    fn passes<A: Send>(
        &self,
        onsets: &[Onset],
        words: usize,
        answer: impl Fn(Found) -> A + Sync + Send,
    ) -> Vec<A> {
        // Found before threads ask for them all at once.
        self.log.ties();
        let blocks: Vec<&[Onset]> = onsets.chunks(64 * words).collect();
        side_by_side(&blocks, |block| {
            answer(match words {
                1 => self.found::<1>(block),
                2 => self.found::<2>(block),
                4 => self.found::<4>(block),
                _ => self.found::<8>(block),
            })
        })
    }

    fn found<const W: usize>(&self, onsets: &[Onset]) -> Found {
        let mut rows = pass::<W>(self.log, self.index, onsets, self.shared, |_, _, _| {});
        for (place, onset) in onsets.iter().enumerate() {
            if let Some((person, _)) = onset.origin {
                let row = &mut rows.all_mut()[person as usize];
                *row = beyond(*row, bit(place));
            }
        }
        let mut counts = counts(rows.all());
        counts.truncate(onsets.len());
        Found {
            counts,
            rows: rows.into_words(),
        }
    }
}

/// What belongs to each onset, put where its closure was asked for.
fn in_order_asked<A>(onsets: &[Onset], values: impl Iterator<Item = A>) -> Vec<A> {
    let mut placed: Vec<(usize, A)> = onsets.iter().map(|onset| onset.place).zip(values).collect();
    placed.sort_unstable_by_key(|placed| placed.0);
    placed.into_iter().map(|placed| placed.1).collect()
}

/// As many bits a row as make a pass cheapest for each of them.
///
/// What costs is to fetch two rows a contact, wherever they are, so rows are as wide as a nearer
/// cache holds them for everyone. Only where not even the narrowest do, as with many millions of
/// people, are they the widest: then each contact waits twice for memory anyway, and a line of 64
/// bytes comes each time.
fn words(people: usize, seeds: usize) -> usize {
    const NEAR: usize = 2 << 20;
    const NEARLY: usize = 6 << 20;
    const FAR: usize = 24 << 20;
    let needed = |words: &usize| 64 * words >= seeds;
    let fits = |&(words, room): &(usize, usize)| 8 * words * people <= room;
    let tables = [(8, NEAR), (4, NEAR), (2, NEARLY), (1, FAR)];
    let widest = tables.into_iter().find(fits);
    let widest = widest.map_or(8, |(words, _)| words);
    [1, 2, 4].into_iter().find(needed).unwrap_or(8).min(widest)
}
