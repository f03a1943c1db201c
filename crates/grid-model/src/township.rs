//! The township itself: immutable, and bound together by dense ids.

use crate::{
    AreaId, Areas, Checkpoint, CheckpointId, Duty, DutyId, GridId, Household, HouseholdId, Keys,
    Ledger, Person, PersonId, Staff, StaffId, Venue, VenueId, WorkGroup, WorkGroupId,
};

/// A township: its areas and grids, and the ledgers of its households, people, staff, work
/// groups, duties, venues and checkpoints. Made only by [`crate::TownshipBuilder::build`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Township {
    pub(crate) areas: Areas,
    pub(crate) grids: Grids,
    pub(crate) households: Ledger<Household>,
    pub(crate) people: Ledger<Person>,
    pub(crate) staff: Ledger<Staff>,
    pub(crate) work_groups: Ledger<WorkGroup>,
    pub(crate) duties: Ledger<Duty>,
    pub(crate) venues: Ledger<Venue>,
    pub(crate) checkpoints: Ledger<Checkpoint>,
}

macro_rules! lookup {
    ($id:ident, $key:ident, $ledger:ident, $type:ident, $what:literal) => {
        #[doc = concat!("The ", $what, " with this key.")]
        pub fn $id(&self, key: &str) -> Option<$type> {
            self.$ledger.position(key).and_then($type::from_index)
        }

        #[doc = concat!("The key of a ", $what, ".")]
        pub fn $key(&self, id: $type) -> &str {
            self.$ledger.id(id.index())
        }
    };
}

impl Township {
    /// The area tree.
    pub fn areas(&self) -> &Areas {
        &self.areas
    }

    /// The grids and the areas each answers for.
    pub fn grids(&self) -> &Grids {
        &self.grids
    }

    /// Every dwelling, with all that was ever written of it.
    pub fn households(&self) -> &Ledger<Household> {
        &self.households
    }

    /// Every person, with all that was ever written of them.
    pub fn people(&self) -> &Ledger<Person> {
        &self.people
    }

    /// Every appointment.
    pub fn staff(&self) -> &Ledger<Staff> {
        &self.staff
    }

    /// The work groups.
    pub fn work_groups(&self) -> &Ledger<WorkGroup> {
        &self.work_groups
    }

    /// The standing duties.
    pub fn duties(&self) -> &Ledger<Duty> {
        &self.duties
    }

    /// The venues.
    pub fn venues(&self) -> &Ledger<Venue> {
        &self.venues
    }

    /// The checkpoints.
    pub fn checkpoints(&self) -> &Ledger<Checkpoint> {
        &self.checkpoints
    }

    lookup!(
        household,
        household_key,
        households,
        HouseholdId,
        "household"
    );
    lookup!(person, person_key, people, PersonId, "person");
    lookup!(appointment, appointment_key, staff, StaffId, "appointment");
    lookup!(
        work_group,
        work_group_key,
        work_groups,
        WorkGroupId,
        "work group"
    );
    lookup!(duty, duty_key, duties, DutyId, "duty");
    lookup!(venue, venue_key, venues, VenueId, "venue");
    lookup!(
        checkpoint,
        checkpoint_key,
        checkpoints,
        CheckpointId,
        "checkpoint"
    );

    /// The area with this key.
    pub fn area(&self, key: &str) -> Option<AreaId> {
        self.areas.id(key)
    }

    /// The grid with this key.
    pub fn grid(&self, key: &str) -> Option<GridId> {
        self.grids.keys.position(key).and_then(GridId::from_index)
    }
}

/// The grids of a township.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grids {
    keys: Keys,
    name_zh: Vec<Box<str>>,
    name_en: Vec<Box<str>>,
    areas: Vec<Vec<AreaId>>,
}

impl Grids {
    /// How many grids there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All grids, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = GridId> + use<> {
        (0..self.len()).filter_map(GridId::from_index)
    }

    /// The key of a grid.
    pub fn key(&self, grid: GridId) -> &str {
        self.keys.key(grid.index())
    }

    /// Its names as given: Chinese, English.
    pub fn names(&self, grid: GridId) -> (&str, &str) {
        (&self.name_zh[grid.index()], &self.name_en[grid.index()])
    }

    /// The areas a grid answers for, in the order of their keys; what lies in them is meant too.
    pub fn areas(&self, grid: GridId) -> &[AreaId] {
        &self.areas[grid.index()]
    }

    /// For every area, the grid that answers for it or for an area it lies in; the nearest wins,
    /// and of two grids with one area the first key.
    pub fn column_of_areas(&self, areas: &Areas) -> Vec<Option<GridId>> {
        let mut own: Vec<Option<GridId>> = vec![None; areas.len()];
        for grid in self.iter() {
            for area in self.areas(grid) {
                own[area.index()].get_or_insert(grid);
            }
        }
        areas
            .iter()
            .map(|area| areas.upwards(area).find_map(|area| own[area.index()]))
            .collect()
    }
}

impl Grids {
    /// Grids out of sound rows: ids given once, areas that are there.
    pub(crate) fn of_sound_rows(rows: Vec<GridRow>, pairs: Vec<(usize, AreaId)>) -> Self {
        let keys = Keys::new(rows.iter().map(|row| row.id.as_str()));
        let mut areas = vec![Vec::new(); keys.len()];
        for (grid, area) in pairs {
            areas[grid].push(area);
        }
        let (name_zh, name_en) = rows
            .into_iter()
            .map(|row| (row.name_zh.into(), row.name_en.into()))
            .unzip();
        Grids {
            keys,
            name_zh,
            name_en,
            areas,
        }
    }
}

/// A grid as it comes in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GridRow {
    /// Its own id.
    pub id: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
}

/// One area of a grid, by keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GridAreaRow {
    /// The grid.
    pub grid: String,
    /// The area it answers for.
    pub area: String,
}
