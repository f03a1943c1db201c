//! Drives programmes item by item to completion, and says what is left.

mod records;

pub use records::{
    Donation, Item, ItemId, Outreach, OutreachPlace, Programme, ProgrammeId, ProgrammeKind,
    Progress, Spending,
};
