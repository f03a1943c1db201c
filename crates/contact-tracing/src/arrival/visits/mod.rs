//! The earliest arrival over visits to venues, without a pair of visitors ever being made.
//!
//! ```
//! use std::num::NonZeroU32;
//! use contact_tracing::arrival::visits::{Stay, VisitLog, earliest_arrival_by_visits};
//!
//! let stay = |person, venue, from, until| Stay { person, venue, from, until };
//! // 1 leaves the market when 2 has come, and 2 leaves the bus when 3 gets on.
//! let log = VisitLog::build([stay(1, 7, 0, 100), stay(2, 7, 60, 90), stay(2, 8, 100, 200), stay(3, 8, 200, 300)], []);
//! let reached = earliest_arrival_by_visits(&log, 1, 0, NonZeroU32::MIN);
//! assert_eq!(reached.iter().collect::<Vec<_>>(), [(2, 60)]);
//! assert_eq!(reached.path(2)[0].source, 1);
//! ```
//!
//! # What an arrival is
//!
//! A stay is a person at a venue in `[from, until)`. Let `D` be the least overlap, in seconds.
//!
//! - The seed can pass on at every second from the start on; someone reached at second `x` at
//!   every second later than `x`, so from `x + 1` on, wherever that person still is or comes to.
//! - Someone who can pass on from second `u` on, present in `[f, e)`, reaches another person,
//!   present at the same venue in `[g, h)`, at second `t = max(f, g, u)`, provided that the two
//!   are together for `D` seconds from then on: `min(e, h) - t >= D`.
//! - The arrival at a person is the least such `t` over all walks from the seed.
//!
//! This is what expanding the visits into contacts `[max(f, g), min(e, h))` of two people gives,
//! where a contact can pass on at any of its seconds. Time together before the one could pass on
//! does not count. A person may be at several venues at once: a home in a house, a seat in a bus.
//! A meeting of two people is a venue that nobody else comes to.
//!
//! # Cost
//!
//! Sorting once, then one sweep linear in the stays: each is begun once, waits once and is left
//! once. A gathering of 500 is 500 stays in memory and in time, not its 124,750 pairs.

mod arrivals;
mod log;
mod numbering;
mod sweep;

pub use arrivals::{Passage, Through, VisitArrivals};
pub use log::{Meeting, RefusedStay, Stay, VisitLog};
pub use sweep::earliest_arrival_by_visits;
