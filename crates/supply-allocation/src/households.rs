//! What sharing must know of households: where they live and how many they are.

use grid_model::{AreaId, HouseholdId, Snapshot};

/// Village and number of people of every household, in columns indexed by [`HouseholdId::index`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Households {
    /// The natural village each household lies in; nothing where it lies in none.
    pub village: Vec<Option<AreaId>>,
    /// How many people are there now; 0 where nobody is recorded.
    pub people: Vec<u32>,
}

impl Households {
    /// The columns of a township as of a day: people who are away or moved do not eat here.
    #[must_use]
    pub fn of(snapshot: &Snapshot<'_>) -> Self {
        let numbers = snapshot.household_numbers();
        let mut columns = Households {
            village: vec![None; numbers],
            people: vec![0; numbers],
        };
        for (household, held) in snapshot.households() {
            columns.village[household.index()] = snapshot.natural_village(held.area);
        }
        for (_, person) in snapshot.people().filter(|(_, person)| person.is_here()) {
            let home = person
                .household
                .and_then(|home| columns.people.get_mut(home.index()));
            if let Some(count) = home {
                *count += 1;
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
}
