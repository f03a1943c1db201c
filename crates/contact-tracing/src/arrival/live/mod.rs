//! A log whose contacts can be inserted, withdrawn and corrected one by one, with the strict
//! closure from its seeds kept up to date.
//!
//! ```
//! use contact_tracing::arrival::live::{LiveContact, LiveLog};
//!
//! let met = |at, a, b| LiveContact { at, people: [a, b] };
//! let rows = [("c1", met(10, 1, 2)), ("c2", met(20, 2, 3)), ("c3", met(30, 1, 3))];
//! let (mut log, refused) = LiveLog::build([1], 0, rows);
//! assert!(refused.is_empty());
//! assert_eq!(log.arrivals(), [(2, 10), (3, 20)]);
//!
//! log.withdraw(&"c2")?;
//! assert_eq!(log.arrivals(), [(2, 10), (3, 30)]);
//! log.correct(&"c1", met(40, 2, 3))?;
//! assert_eq!(log.arrivals(), [(2, 40), (3, 30)]);
//! assert_eq!(log.path(2).iter().map(|step| *step.id).collect::<Vec<_>>(), ["c3", "c1"]);
//! # Ok::<(), contact_tracing::arrival::live::RefusedChange<&str>>(())
//! ```
//!
//! # Laws
//!
//! - A contact is of an instant. The seeds pass on at contacts from the start on; who is reached
//!   at an instant passes on at contacts later than it.
//! - After every change arrivals, evidence and the reached are those of a log built anew from the
//!   contacts held.
//! - Where several contacts could have reached a person at its arrival, the evidence is the one
//!   with the least other person, then with the least id.
//! - A change that is refused changes nothing.
//!
//! # Cost
//!
//! A change costs its place in three sorted lists (the two people's, and the block of the log it
//! falls into), and what it moves: an insertion passes on the earlier arrivals in order of time; a
//! withdrawal takes those out who hung on the contact, joins each to the earliest contact with
//! somebody who stayed, and passes on from there. Where a change moves much of the log that is
//! dearer than reading the log again, so both stop at a budget of looks
//! ([`LiveLog::repair_within`]); then the closure is taken again from the instant of the change on
//! alone, for arrivals before it are final. The worst change so costs one pass over the log and a
//! part of one.
//!
//! Built at once, a contact with a number for an id takes 76 bytes and 20 to 40 more in the hash
//! table of ids, a person 48 and as many more in that of people; lists that grew by single
//! insertions hold up to twice their rows.

mod blocks;
mod log;
mod repair;
mod seats;

pub use log::{LiveContact, LiveLog, LivePassage, RefusedChange};
