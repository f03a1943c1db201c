//! The earliest instant by which each person can have been reached, over contacts of an instant.
//!
//! ```
//! use contact_tracing::arrival::{InstantLog, Mode, earliest_arrival};
//!
//! let log = InstantLog::build([(10, 1, 2), (20, 2, 3), (20, 3, 4)]);
//! let reached = earliest_arrival(&log, 1, 0, Mode::Strict);
//! assert_eq!(reached.collect(), [(2, 10), (3, 20)]);
//! let reached = earliest_arrival(&log, 1, 0, Mode::NonStrict);
//! assert_eq!(reached.collect(), [(2, 10), (3, 20), (4, 20)]);
//! let path = reached.path(4);
//! assert_eq!([path[0].to, path[1].to, path[2].to], [2, 3, 4]);
//! ```
//!
//! In reading order: [`InstantLog`], contacts in order of time; [`Mode`], when someone reached can
//! pass it on; [`earliest_arrival`] and [`latest_departure`], one question, one pass over the log;
//! [`Instants`], an answer with the contacts that prove it; [`ContactIndex`], for many questions to
//! one log, and for those bounded in time and generations; [`many`], hundreds of closures in one
//! pass.
//!
//! These are walks: a person may be met more than once on one. Contacts with a length, and people
//! who share a place, are the question of [`visits`].

mod ahead;
mod at_once;
mod backward;
mod build;
mod delayed;
mod evidence;
mod forward;
mod generations;
mod hops;
mod index;
mod indexed;
mod instants;
pub mod live;
mod log;
pub mod many;
mod marked;
mod mode;
mod people;
mod sweep;
mod ties;
pub mod visits;
mod windows;

pub use backward::latest_departure;
pub use build::RefusedContact;
pub use forward::earliest_arrival;
pub use generations::{Generation, Generations, Scratch};
pub use index::ContactIndex;
pub use instants::{Instants, Passing};
pub use log::InstantLog;
pub use mode::{Mode, UnknownMode};
