//! Drives programmes item by item to completion, and says what is left.
//!
//! ```
//! use chrono::NaiveDate;
//! use grid_model::{AsOf, Ledger, Recorded};
//! use task_tracking::{
//!     Item, ItemId, Programme, ProgrammeId, ProgrammeKind, ProgrammeRecords, Progress, TaskPolicy,
//!     programmes,
//! };
//!
//! let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
//! let (listed, _) = Ledger::build(vec![Recorded::new("T", Programme {
//!     kind: ProgrammeKind::Toilet, name_zh: "厕所".into(), name_en: "Toilets".into(), unit: "toilet".into(),
//! })]);
//! let (items, _) = Ledger::build(vec![Recorded::new("I", Item {
//!     programme: ProgrammeId::from_index(0).unwrap(),
//!     area: None, owner: None, deputy: None, target: 30, due: None,
//! })]);
//! let (progress, _) = Ledger::build(vec![Recorded::new("P", Progress {
//!     item: ItemId::from_index(0).unwrap(), at: day.and_hms_opt(9, 0, 0).unwrap(), quantity: 4,
//! })]);
//!
//! let records = ProgrammeRecords { programmes: &listed, items: &items, progress: &progress };
//! let found = programmes(records, &TaskPolicy::tengchong_2020(), AsOf::on(day));
//! assert_eq!(found.programmes[0].left, 26);
//! assert_eq!(found.figures().toilets_pending, 26);
//! ```
//!
//! In reading order: the records; [`TaskPolicy`]; [`programmes()`] with [`ProgrammeStanding`] and
//! [`ItemStanding`], whose [`NextStep`] goes to who answers for it; [`duties()`] with [`DutyStanding`] and where each falls short; [`donations()`]
//! with its ledger that reconciles.
//!
//! Laws: an item and a duty count from the day they became known; quantities are integers in the
//! programme's own unit, sums are 128 bits wide and cannot overflow; what is too much in one
//! place fills no gap in another; a record that names something that does not hold is in no sum
//! and on a list; the parts make the whole.
//!
//! In which order tasks are done is not decided here: the room says what is left, where, whose it
//! is, how long it has stood still, and who is to be asked. Who can act is told to it.

mod donations;
mod duties;
mod policy;
mod programmes;
mod records;

pub use donations::{Donations, donations};
pub use duties::{Duties, DutyStanding, PlaceStanding, duties};
pub use policy::{DaySession, TaskPolicy, TaskPolicyError};
pub use programmes::{
    Forecast, ItemStanding, NextStep, Pace, ProgrammeFigures, ProgrammeRecords, ProgrammeStanding,
    Programmes, Stalled, programmes,
};
pub use records::{
    Donation, Item, ItemId, Outreach, OutreachPlace, Programme, ProgrammeId, ProgrammeKind,
    Progress, Spending,
};
