//! What sharing must know of households: where they live and how many they are.

use grid_model::{AreaId, HouseholdId, Snapshot};

/// The word among a person's conditions that says so.
const INFANT: &str = "infant";

/// Village and number of people of every household, in columns indexed by [`HouseholdId::index`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Households {
    /// The natural village each household lies in; nothing where it lies in none.
    pub village: Vec<Option<AreaId>>,
    /// How many people are there now; 0 where nobody is recorded.
    pub people: Vec<u32>,
    /// How many infants are among them, by a condition or the year of birth; may be left empty.
    pub infants: Vec<u32>,
}

impl Households {
    /// The columns of a township as of a day: people who are away or moved do not eat here.
    #[must_use]
    pub fn of(snapshot: &Snapshot<'_>) -> Self {
        let numbers = snapshot.household_numbers();
        let mut columns = Households {
            village: vec![None; numbers],
            people: vec![0; numbers],
            infants: vec![0; numbers],
        };
        for (household, held) in snapshot.households() {
            columns.village[household.index()] = snapshot.natural_village(held.area);
        }
        for (id, person) in snapshot.people().filter(|(_, person)| person.is_here()) {
            let Some(home) = person.household.map(|home| home.index()) else {
                continue;
            };
            if let Some(count) = columns.people.get_mut(home) {
                *count += 1;
            }
            if let Some(count) = columns.infants.get_mut(home) {
                let infant = person.has_condition(INFANT) || snapshot.age(id) == Some(0);
                *count += u32::from(infant);
            }
        }
        columns
    }

    /// The natural village of a household, if it lies in one.
    #[must_use]
    pub fn village_of(&self, household: HouseholdId) -> Option<AreaId> {
        self.village.get(household.index()).copied().flatten()
    }

    /// How many people are in a household; 0 where nobody is recorded.
    #[must_use]
    pub fn people_in(&self, household: HouseholdId) -> u32 {
        self.people.get(household.index()).copied().unwrap_or(0)
    }

    /// How many infants are in a household; 0 where none is noted.
    #[must_use]
    pub fn infants_in(&self, household: HouseholdId) -> u32 {
        self.infants.get(household.index()).copied().unwrap_or(0)
    }

    /// Whether the household is one of these.
    #[must_use]
    pub fn knows(&self, household: HouseholdId) -> bool {
        household.index() < self.village.len()
    }
}
