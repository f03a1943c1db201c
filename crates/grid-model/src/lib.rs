//! The township: its areas, households, people and staff, and what was recorded of them, when.
//!
//! ```
//! use grid_model::{AreaLevel, AreaRow, AsOf, Household, Ledger, Recorded, TownshipBuilder};
//!
//! let mut builder = TownshipBuilder::new();
//! builder.area(AreaRow {
//!     id: "A".into(), parent: None, level: AreaLevel::Town,
//!     name_zh: "芒棒镇".into(), name_en: "Mangbang".into(),
//! });
//! builder.household(Recorded::new("H1", Household { area: "A".to_owned(), presence: None }));
//! let township = builder.build()?;
//! assert_eq!(township.areas().name_en(township.area("A").unwrap()), "Mangbang");
//! assert_eq!(township.household_key(township.household("H1").unwrap()), "H1");
//! # Ok::<(), grid_model::ModelErrors>(())
//! ```
//!
//! In reading order: [`Areas`] the tree of places; [`TownshipBuilder`] and [`Township`];
//! [`Snapshot`] the township as of a day; [`Recorded`], [`Ledger`] and [`AsOf`] the two times of
//! every record; [`mod@coverage`] who was screened and who was missed; [`posts`] who stands at the
//! checkpoints; [`division`] how the township falls into grids; [`reports`] which communities are silent; [`away`] who is away and was called.
//!
//! Laws: ids are dense and numbered by key, so the order of rows never matters and ids are never
//! written out; a correction is a new record, and what was known on any past evening can be asked
//! again; what is not known is `None`, never a default.
//!
//! No names, identity numbers or telephones are kept here, and nothing is read or written:
//! `township-folder` turns files into a township, `register` keeps identities.

mod area;
mod as_of;
pub mod away;
mod builder;
pub mod coverage;
pub mod division;
mod ids;
mod keys;
mod ledger;
pub mod posts;
mod recorded;
mod records;
pub mod reports;
mod snapshot;
mod township;
mod vocabulary;

pub use area::{AreaError, AreaLevel, AreaRow, Areas};
pub use as_of::{AsOf, day_interval, end_of, start_of};
pub use builder::{ModelError, ModelErrors, TownshipBuilder};
pub use ids::{
    AreaId, CheckpointId, DutyId, GridId, HouseholdId, PersonId, StaffId, VenueId, WorkGroupId,
};
pub use keys::Keys;
pub use ledger::{Correction, Held, Ledger};
pub use recorded::{Record, RecordError, Recorded};
pub use records::{
    AwayCall, AwayCallOutcome, Checkpoint, CommunityReport, Duty, DutyKind, DutyPeriod, DutyScope,
    DwellingPresence, Household, Passage, Person, PersonPresence, Role, Screening,
    ScreeningOutcome, Sex, Shift, Staff, Venue, WorkGroup,
};
pub use snapshot::Snapshot;
pub use township::{GridAreaRow, GridRow, Grids, Township};
