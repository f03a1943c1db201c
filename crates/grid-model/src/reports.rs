//! Which communities reported their day: silence is not zero.

use std::collections::BTreeSet;

use crate::{AreaId, AreaLevel, CommunityReport, Ledger, Snapshot};

/// Who reported the day and who did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reporting {
    /// Communities whose report of the day is in.
    pub reported: Vec<AreaId>,
    /// Communities whose report is not: the town's totals are incomplete.
    pub silent: Vec<AreaId>,
    /// Whether reporting is in use: a place that has never kept a report is not silent.
    pub in_use: bool,
}

/// Which communities reported the day by the evening spoken of.
pub fn reporting(township: &Snapshot<'_>, reports: &Ledger<CommunityReport>) -> Reporting {
    let as_of = township.as_of;
    let held = reports
        .as_of(as_of)
        .filter(|held| as_of.knows(held.what.received_at) && held.what.day <= as_of.day);
    let mut in_use = false;
    let reported: BTreeSet<AreaId> = held
        .inspect(|_| in_use = true)
        .filter(|held| held.what.day == as_of.day)
        .map(|held| held.what.community)
        .collect();
    let communities = township.township.areas().at_level(&AreaLevel::Community);
    let (reported, silent) = communities.partition(|area| reported.contains(area));
    Reporting {
        reported,
        silent: if in_use { silent } else { Vec::new() },
        in_use,
    }
}
