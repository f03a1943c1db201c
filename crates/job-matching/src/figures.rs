//! The counts of the bulletin's ninth sentence, and who leaves when for where.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use grid_model::{AreaId, AsOf, Ledger, PersonId};

use crate::{Placement, Skill, Vacancy, VacancyId};

/// The distinct people with a skill registered by the end of a day.
pub fn skilled_workers(skills: &Ledger<Skill>, as_of: AsOf) -> BTreeSet<PersonId> {
    let registered = skills.standing(as_of);
    registered.map(|held| held.what.person).collect()
}

/// The distinct communities people live in; who lives in none that is known counts for none.
pub fn communities(
    people: &BTreeSet<PersonId>,
    community_of: impl Fn(PersonId) -> Option<AreaId>,
) -> BTreeSet<AreaId> {
    people
        .iter()
        .filter_map(|&person| community_of(person))
        .collect()
}

/// The distinct people who had left for work by the end of a day, by us or by themselves.
pub fn sent_out_to_work(placements: &Ledger<Placement>, as_of: AsOf) -> BTreeSet<PersonId> {
    let left = placements.happened(as_of);
    left.map(|held| held.what.person).collect()
}

/// A vacancy that stands on a day and has places left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenVacancy<'a> {
    /// Which.
    pub vacancy: VacancyId,
    /// What it says.
    pub what: &'a Vacancy,
    /// How many of its places nobody has left for yet: at least 1.
    pub places: u32,
}

/// The vacancies known on a day, not run out by it, with the places that are not taken: a
/// place is taken by each distinct person who has left for the vacancy.
pub fn open_vacancies<'a>(
    vacancies: &'a Ledger<Vacancy>,
    placements: &Ledger<Placement>,
    as_of: AsOf,
) -> Vec<OpenVacancy<'a>> {
    let mut taken: BTreeSet<(VacancyId, PersonId)> = BTreeSet::new();
    for held in placements.happened(as_of) {
        taken.extend(held.what.vacancy.map(|vacancy| (vacancy, held.what.person)));
    }
    let mut count: BTreeMap<VacancyId, u32> = BTreeMap::new();
    for (vacancy, _) in taken {
        let count = count.entry(vacancy).or_default();
        *count = count.saturating_add(1);
    }
    let known = vacancies
        .standing(as_of)
        .filter(|held| held.what.valid_until.is_none_or(|until| until > as_of.day));
    let open = known.filter_map(|held| {
        let vacancy = VacancyId::from_index(held.index)?;
        let taken = count.get(&vacancy).copied().unwrap_or(0);
        Some(OpenVacancy {
            vacancy,
            what: held.what,
            places: held.what.places.saturating_sub(taken),
        })
    });
    open.filter(|vacancy| vacancy.places > 0).collect()
}

/// People who leave on one day for one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The day.
    pub day: NaiveDate,
    /// Where to; nothing where nobody wrote it down.
    pub destination: Option<Box<str>>,
    /// Who, in the order of keys.
    pub people: Vec<PersonId>,
}

/// The departures recorded for a day and those planned for later ones, batched by day and place.
/// A placement without a destination goes where its vacancy is.
pub fn departures(
    placements: &Ledger<Placement>,
    vacancies: &Ledger<Vacancy>,
    as_of: AsOf,
) -> Vec<Departure> {
    let mut batches: Batches = BTreeMap::new();
    for held in placements.as_of(as_of) {
        let placement = held.what;
        if placement.departed_on < as_of.day {
            continue;
        }
        let of_vacancy = || {
            let held = vacancies.held(placement.vacancy?.index(), as_of)?;
            Some(held.what.destination.clone())
        };
        let destination = placement.destination.clone().or_else(of_vacancy);
        let batch = batches.entry((placement.departed_on, destination));
        batch.or_default().insert(placement.person);
    }
    batched(batches)
}

pub(crate) type Batches = BTreeMap<(NaiveDate, Option<Box<str>>), BTreeSet<PersonId>>;

pub(crate) fn batched(batches: Batches) -> Vec<Departure> {
    let each = batches.into_iter();
    each.map(|((day, destination), people)| Departure {
        day,
        destination,
        people: people.into_iter().collect(),
    })
    .collect()
}
