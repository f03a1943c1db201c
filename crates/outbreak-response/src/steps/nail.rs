//! 钉钉子: programmes item by item, standing duties by place, donations.

use grid_model::Snapshot;
use task_tracking::{
    Donations, Duties, ProgrammeRecords, Programmes, donations, duties, programmes,
};

use crate::{Policy, Records};

/// What task tracking answers of a day.
#[derive(Clone, Debug)]
pub struct NailDay {
    /// Each programme with what is left, item by item.
    pub programmes: Programmes,
    /// Each standing duty with what is short, by place.
    pub duties: Duties,
    /// What was given and spent.
    pub donations: Donations,
}

/// Asks `task-tracking` of a day.
pub fn nail(town: &Snapshot<'_>, records: &Records, policy: &Policy) -> NailDay {
    let ledgers = ProgrammeRecords {
        programmes: &records.programmes,
        items: &records.items,
        progress: &records.progress,
    };
    NailDay {
        programmes: programmes(ledgers, &policy.tasks, town.as_of),
        duties: duties(town.township, &records.outreach, &policy.tasks, town.as_of),
        donations: donations(&records.donations, &records.spending, town.as_of),
    }
}
