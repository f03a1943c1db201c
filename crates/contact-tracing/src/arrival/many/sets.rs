//! Whom each of many seeds reaches.

use super::pass::{Shared, pass};
use super::rows::{beyond, bit, counts};
use super::{Origin, Seed, Target, origins_of_seeds, origins_of_targets, side_by_side};
use crate::arrival::instants::ORIGIN;
use crate::arrival::log::index;
use crate::arrival::{InstantLog, Mode, earliest_arrival};

/// How many each seed reaches, itself left out, in the order of seeds.
///
/// As [`reached_sets`], but keeps no set: what a pass found is dropped once it is counted.
pub fn reached_counts(log: &InstantLog, seeds: &[Seed], mode: Mode) -> Vec<u32> {
    match Shared::of(mode) {
        Some(shared) => counts_of(log, &origins_of_seeds(log, seeds), shared),
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
        Some(shared) => ReachedSets::by_passes(log, &origins_of_seeds(log, seeds), shared),
        None => ReachedSets::one_by_one(log, seeds, mode),
    }
}

/// From how many each target is reached, itself left out, in the order of targets.
pub fn source_counts(log: &InstantLog, targets: &[Target]) -> Vec<u32> {
    counts_of(log, &origins_of_targets(log, targets), Shared::Back)
}

/// From whom a strict walk leads to each target by its instant, itself left out.
pub fn source_sets<'log>(log: &'log InstantLog, targets: &[Target]) -> ReachedSets<'log> {
    ReachedSets::by_passes(log, &origins_of_targets(log, targets), Shared::Back)
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
    /// For each pass a row of words a person.
    Rows { words: usize, passes: Vec<Vec<u64>> },
    /// For each seed a bit a person.
    Columns(Vec<Vec<u64>>),
}

impl<'log> ReachedSets<'log> {
    fn by_passes(log: &'log InstantLog, origins: &[Origin], shared: Shared) -> Self {
        let words = words(log.people.bound(), origins.len());
        let found = passes(log, origins, shared, words, |found| found);
        ReachedSets {
            log,
            counts: found
                .iter()
                .flat_map(|found| found.counts.iter().copied())
                .collect(),
            sets: Sets::Rows {
                words,
                passes: found.into_iter().map(|found| found.rows).collect(),
            },
        }
    }

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
            Sets::Rows { words, passes } => {
                let place = seed % (64 * words);
                let rows = passes.get(seed / (64 * words));
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

/// What one pass found.
struct Found {
    counts: Vec<u32>,
    /// Everyone's words, one person after the other.
    rows: Vec<u64>,
}

fn counts_of(log: &InstantLog, origins: &[Origin], shared: Shared) -> Vec<u32> {
    let words = words(log.people.bound(), origins.len());
    passes(log, origins, shared, words, |found| found.counts).concat()
}

/// As many bits a row as make a pass cheapest for each of them.
///
/// Where rows of all people fit a near cache, the widest that do, or two words while these are not
/// far too many; else the widest there are: each contact then costs two cache misses anyway, and
/// 64 bytes come with each. Measured with 100,000, 300,000 and a million people.
fn words(people: usize, seeds: usize) -> usize {
    const NEAR: usize = 2 << 20;
    const NEARLY: usize = 6 << 20;
    let needed = |words: &usize| 64 * words >= seeds;
    let fits = |&(words, room): &(usize, usize)| 8 * words * people <= room;
    let widest = [(8, NEAR), (4, NEAR), (2, NEARLY)].into_iter().find(fits);
    let widest = widest.map_or(8, |(words, _)| words);
    [1, 2, 4].into_iter().find(needed).unwrap_or(8).min(widest)
}

/// Passes side by side, each with its own rows; the answers in the order of origins.
fn passes<A: Send>(
    log: &InstantLog,
    origins: &[Origin],
    shared: Shared,
    words: usize,
    answer: impl Fn(Found) -> A + Sync + Send,
) -> Vec<A> {
    // Found before threads ask for them all at once.
    log.ties();
    let blocks: Vec<&[Origin]> = origins.chunks(64 * words).collect();
    side_by_side(&blocks, |block| {
        answer(match words {
            1 => found::<1>(log, block, shared),
            2 => found::<2>(log, block, shared),
            4 => found::<4>(log, block, shared),
            _ => found::<8>(log, block, shared),
        })
    })
}

fn found<const W: usize>(log: &InstantLog, origins: &[Origin], shared: Shared) -> Found {
    let mut rows = pass::<W>(log, origins, shared, |_, _, _| {});
    for (place, origin) in origins.iter().enumerate() {
        if let Some((person, _)) = origin {
            let row = &mut rows.all_mut()[*person as usize];
            *row = beyond(*row, bit(place));
        }
    }
    let mut counts = counts(rows.all());
    counts.truncate(origins.len());
    Found {
        counts,
        rows: rows.into_words(),
    }
}
