//! Many closures that share passes over the log: hundreds of seeds in the time of a few.
//!
//! ```
//! use contact_tracing::arrival::many::{Seed, reached_sets};
//! use contact_tracing::arrival::{InstantLog, Mode};
//!
//! let log = InstantLog::build([(10, 1, 2), (20, 2, 3), (30, 3, 4)]);
//! let seeds = [Seed { person: 1, start: 0 }, Seed { person: 3, start: 25 }];
//! let sets = reached_sets(&log, &seeds, Mode::Strict);
//! assert_eq!(sets.counts(), [3, 1]);
//! assert_eq!(sets.people(0).collect::<Vec<_>>(), [2, 3, 4]);
//! ```
//!
//! Each person has a row of bits, one a seed, and a contact makes the rows of its two people equal:
//! up to 512 closures for the price of a few. (Sharing a traversal by bits is the idea of Then and
//! others, "The More the Merrier: Efficient Multi-Source Graph Traversal", VLDB 2014.) Strict and
//! nonstrict closures and departures share passes; those with a delay, windows or a limit of hops
//! need more than a bit a seed and are found one by one, through the same functions.
//!
//! With a [`ContactIndex`](super::ContactIndex) the same questions are methods of it: strict closures
//! then share a pass with those that take off when they do, and read little before and after it.
//!
//! With the feature `parallel` passes run side by side; the answers are the same bytes.

mod onset;
mod pass;
mod rows;
mod sets;
mod stream;

use super::InstantLog;

pub use sets::{ReachedSets, reached_counts, reached_sets, source_counts, source_sets};
pub use stream::{Arrival, each_arrival};

/// A seed of a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed {
    /// Who.
    pub person: u64,
    /// From which instant on it may pass on.
    pub start: i64,
}

/// A target of a closure against the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Who.
    pub person: u64,
    /// By which instant, it included, it must be reached.
    pub by: i64,
}

/// The answers to each of these, in their order.
#[cfg(feature = "parallel")]
fn side_by_side<T: Sync, A: Send>(asked: &[T], answer: impl Fn(&T) -> A + Sync + Send) -> Vec<A> {
    use rayon::prelude::*;
    asked.par_iter().map(answer).collect()
}

/// The answers to each of these, in their order.
#[cfg(not(feature = "parallel"))]
fn side_by_side<T, A>(asked: &[T], answer: impl Fn(&T) -> A) -> Vec<A> {
    asked.iter().map(answer).collect()
}

/// Where a closure begins: the dense number of its origin, and the contact from which on, or
/// before which, it may pass on or be reached. Nothing if it is in no contact.
type Origin = Option<(u32, usize)>;

fn origins_of_seeds(log: &InstantLog, seeds: &[Seed]) -> Vec<Origin> {
    let origin = |seed: &Seed| Some((log.number(seed.person)?, log.from(seed.start).start));
    seeds.iter().map(origin).collect()
}

fn origins_of_targets(log: &InstantLog, targets: &[Target]) -> Vec<Origin> {
    let origin = |target: &Target| Some((log.number(target.person)?, log.up_to(target.by).end));
    targets.iter().map(origin).collect()
}
