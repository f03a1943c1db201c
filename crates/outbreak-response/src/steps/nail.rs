//! 钉钉子: programmes item by item, standing duties by place, donations.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{Person, PersonId, Snapshot};
use task_tracking::{
    Donations, Duties, ItemId, ProgrammeRecords, Programmes, donations, duties, programmes,
};

use crate::{Policy, Records};

/// What task tracking answers of a day.
#[derive(Clone, Debug)]
pub struct NailDay {
    /// Each programme with what is left, item by item.
    pub programmes: Programmes,
    /// Who answers for an item: its owner and, where the owner is not here or under observation,
    /// its deputy. An item that is not in it has nobody.
    pub answers: BTreeMap<ItemId, PersonId>,
    /// Each standing duty with what is short, by place.
    pub duties: Duties,
    /// What was given and spent.
    pub donations: Donations,
}

/// Asks `task-tracking` of a day; who is under observation answers for no item.
pub fn nail(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    under_observation: &BTreeSet<PersonId>,
) -> NailDay {
    let ledgers = ProgrammeRecords {
        programmes: &records.programmes,
        items: &records.items,
        progress: &records.progress,
    };
    let programmes = programmes(ledgers, &policy.tasks, town.as_of);
    let can_act = |person| {
        town.person(person).is_some_and(Person::is_here) && !under_observation.contains(&person)
    };
    let items = programmes.programmes.iter().flat_map(|one| &one.items);
    let answers = items.filter_map(|item| Some((item.item, item.answers(can_act)?)));
    NailDay {
        answers: answers.collect(),
        programmes,
        duties: duties(town.township, &records.outreach, &policy.tasks, town.as_of),
        donations: donations(&records.donations, &records.spending, town.as_of),
    }
}
