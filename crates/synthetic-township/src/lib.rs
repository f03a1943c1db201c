//! Invented towns for trying things out: Mangbang by its timeline, or a town of any size.
//!
//! ```
//! use grid_model::{AreaLevel, AsOf};
//!
//! let town = synthetic_township::scaled(200, 7);
//! let areas = town.township.areas();
//! assert!(areas.at_level(&AreaLevel::VillageGroup).count() > 1);
//! assert!(town.records.arrivals.len() > 5);
//! assert_eq!(town, synthetic_township::scaled(200, 7));
//! ```
//!
//! # In reading order
//!
//! 1. [`Town`]: a township, its records and its register.
//! 2. [`mangbang`]: Mangbang in January and February 2020, whose totals are the published ones.
//! 3. [`scaled`]: a town of any size, drawn, with things gone wrong on purpose.
//!
//! # Laws
//!
//! - The same seed gives the same town, bit for bit, on every machine; nothing else is read.
//! - Totals come out because the records are there: a plan holds daily streams and sizes, and
//!   each row is written for itself.
//! - No person is real. Identity numbers are of regions that do not exist, telephones of a range
//!   that no operator has.
//! - Nothing is written down of a day after 29 February 2020 but the roster to 2 March and
//!   what is planned for later.
//!
//! # What it leaves out
//!
//! Whether the day that comes out of a town is right: the rooms answer that, and the tests of the
//! whole hold them to the published figures.

mod arrivals;
mod calendar;
mod chance;
mod grid;
mod identities;
mod jobs;
mod names;
mod outbreak;
mod outreach;
mod people;
mod places;
mod plan;
mod rows;
mod staff;
mod supply;
mod tasks;
mod town;
mod watch;

use grid_model::Township;
use outbreak_response::Records;
use register::Register;

/// A made-up town: everything that was ever written down of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    /// Its areas, households, people and staff.
    pub township: Township,
    /// The ledgers of its days.
    pub records: Records,
    /// Who is who; invented.
    pub register: Register,
}

/// Mangbang in January and February 2020: 9,681 households, about 39,000 people, and every
/// record from which the figures of the town's bulletin of 1 March 2020 are counted.
///
/// The seed draws who it happens to, at which minute; the streams of the days stay as they are.
/// Seeded on purpose, without changing a total: one evening reading missed, one fever of 37.4 °C
/// with a negative test, one call known a day late, one correction, and one visitor whose way
/// through Hubei is unknown for five days and who is held as if it were so.
pub fn mangbang(seed: u64) -> Town {
    town::town(&plan::mangbang(), seed)
}

/// A town with so many households that must be screened, all its sizes drawn from the seed:
/// vacant and moved dwellings beside them, households missed, communities silent, hours at the
/// checkpoints uncovered, people unpaired and lost, facts unknown.
///
/// From 1,000 households on, the figures a day of 29 February 2020 promises all differ from one
/// another and none is 0, so that whoever mixes two of them up is caught. `rejected_records` is
/// apart: rows are refused where a folder is read, and a drawn town has none to refuse. Below 1,000
/// households there is no room for so many numbers, and some figures coincide.
///
/// Linear in the households.
pub fn scaled(households: u32, seed: u64) -> Town {
    let households = usize::try_from(households).unwrap_or(usize::MAX);
    town::town(&plan::scaled(households, seed), seed)
}
