//! What watched people need and have not got.

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger, PersonId};

use crate::Need;

/// A need that is open at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenNeed<'a> {
    /// Its rank in the ledger of needs.
    pub index: usize,
    /// Whose.
    pub person: PersonId,
    /// What is needed.
    pub kind: &'a str,
    /// Since when.
    pub raised_at: NaiveDateTime,
    /// For how many days, 0 where it was raised on the day.
    pub open_days: u64,
}

/// The needs raised and not met by the end of a day, the longest open first.
pub fn open_needs(needs: &Ledger<Need>, as_of: AsOf) -> Vec<OpenNeed<'_>> {
    let raised = needs.happened(as_of);
    let mut open: Vec<OpenNeed<'_>> = raised
        .filter(|held| held.what.met_at.is_none_or(|at| !as_of.has_happened(at)))
        .map(|held| OpenNeed {
            index: held.index,
            person: held.what.person,
            kind: &held.what.kind,
            raised_at: held.what.raised_at,
            open_days: (as_of.day - held.what.raised_at.date())
                .num_days()
                .unsigned_abs(),
        })
        .collect();
    open.sort_by_key(|need| (need.raised_at, need.index));
    open
}
