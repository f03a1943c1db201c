//! A township as of a day, in columns to index by dense id.

use crate::{
    AreaId, AreaLevel, AsOf, CheckpointId, DwellingPresence, GridId, Held, Household, HouseholdId,
    Person, PersonId, PersonPresence, Staff, Township,
};

/// What was held of households and people as of a day, with the places each lies in.
///
/// Columns are indexed by [`HouseholdId::index`] and [`PersonId::index`]; what was not known yet,
/// or was withdrawn, is `None` there.
#[derive(Clone, Debug)]
pub struct Snapshot<'a> {
    /// The township.
    pub township: &'a Township,
    /// Of which day, as known when.
    pub as_of: AsOf,
    households: Vec<Option<&'a Household>>,
    people: Vec<Option<&'a Person>>,
    grid_of_area: Vec<Option<GridId>>,
    community_of_area: Vec<Option<AreaId>>,
    village_of_area: Vec<Option<AreaId>>,
}

impl Township {
    /// The township as of a day, in one pass over its ledgers.
    pub fn at(&self, as_of: AsOf) -> Snapshot<'_> {
        Snapshot {
            township: self,
            as_of,
            households: column(self.households.len(), self.households.as_of(as_of)),
            people: column(self.people.len(), self.people.as_of(as_of)),
            grid_of_area: self.grids.column_of_areas(&self.areas),
            community_of_area: self.areas.column_above(&AreaLevel::Community),
            village_of_area: self.areas.column_above(&AreaLevel::NaturalVillage),
        }
    }
}

fn column<'a, T>(len: usize, held: impl Iterator<Item = Held<'a, T>>) -> Vec<Option<&'a T>> {
    let mut column = vec![None; len];
    for held in held {
        column[held.index] = Some(held.what);
    }
    column
}

impl<'a> Snapshot<'a> {
    /// Every dwelling held, in the order of keys.
    pub fn households(&self) -> impl Iterator<Item = (HouseholdId, &'a Household)> + '_ {
        let numbered = self.households.iter().enumerate();
        numbered.filter_map(|(index, held)| Some((HouseholdId::from_index(index)?, (*held)?)))
    }

    /// Every person held, in the order of keys.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, &'a Person)> + '_ {
        let numbered = self.people.iter().enumerate();
        numbered.filter_map(|(index, held)| Some((PersonId::from_index(index)?, (*held)?)))
    }

    /// A dwelling, if it was known.
    pub fn household(&self, household: HouseholdId) -> Option<&'a Household> {
        self.households.get(household.index()).copied().flatten()
    }

    /// A person, if the person was known.
    pub fn person(&self, person: PersonId) -> Option<&'a Person> {
        self.people.get(person.index()).copied().flatten()
    }

    /// How many numbers the person column has, those not held included.
    pub fn person_numbers(&self) -> usize {
        self.people.len()
    }

    /// How many numbers the household column has, those not held included.
    pub fn household_numbers(&self) -> usize {
        self.households.len()
    }

    /// The household a person belongs to.
    pub fn household_of(&self, person: PersonId) -> Option<HouseholdId> {
        self.person(person)?.household
    }

    /// The area a person's household stands in.
    pub fn area_of(&self, person: PersonId) -> Option<AreaId> {
        self.area_of_household(self.household_of(person)?)
    }

    /// The area a household stands in.
    pub fn area_of_household(&self, household: HouseholdId) -> Option<AreaId> {
        Some(self.household(household)?.area)
    }

    /// The community an area is or lies in.
    pub fn community(&self, area: AreaId) -> Option<AreaId> {
        self.community_of_area.get(area.index()).copied().flatten()
    }

    /// The natural village an area is or lies in.
    pub fn natural_village(&self, area: AreaId) -> Option<AreaId> {
        self.village_of_area.get(area.index()).copied().flatten()
    }

    /// The grid that answers for an area.
    pub fn grid(&self, area: AreaId) -> Option<GridId> {
        self.grid_of_area.get(area.index()).copied().flatten()
    }

    /// A person's age on the day in full years, counted by years of birth alone.
    pub fn age(&self, person: PersonId) -> Option<i32> {
        use chrono::Datelike;
        Some(self.as_of.day.year() - i32::from(self.person(person)?.birth_year?))
    }

    /// The appointments held, in the order of their keys.
    pub fn staff(&self) -> impl Iterator<Item = Held<'a, Staff>> + '_ {
        self.township.staff.as_of(self.as_of)
    }

    /// The checkpoints that stand by the end of the day.
    pub fn checkpoints(
        &self,
    ) -> impl Iterator<Item = (CheckpointId, Held<'a, crate::Checkpoint>)> + '_ {
        self.township
            .checkpoints
            .as_of(self.as_of)
            .filter(|held| {
                held.what
                    .stands_from
                    .is_none_or(|from| self.as_of.has_happened(from))
            })
            .filter_map(|held| Some((CheckpointId::from_index(held.index)?, held)))
    }
}

impl<Area> Household<Area> {
    /// Whether the household must be screened: someone lives there, or nobody knows.
    pub fn must_be_screened(&self) -> bool {
        !matches!(
            self.presence,
            Some(DwellingPresence::Vacant | DwellingPresence::Moved)
        )
    }
}

impl<Home> Person<Home> {
    /// Whether the person is in the township: not away, moved or of elsewhere.
    pub fn is_here(&self) -> bool {
        matches!(
            self.presence,
            None | Some(PersonPresence::Present | PersonPresence::Unregistered)
        )
    }
}
