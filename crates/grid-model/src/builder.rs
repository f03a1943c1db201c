//! Takes the parts of a township in any order and binds them together.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::township::Grids;
use crate::{
    AreaError, AreaRow, Areas, Checkpoint, Duty, GridAreaRow, GridRow, Household, Keys, Ledger,
    Person, Record, RecordError, Recorded, Staff, Township, Venue, WorkGroup,
};

/// Why a row of a township was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ModelError {
    /// An area breaks a rule of the tree.
    #[error(transparent)]
    Area(#[from] AreaError),
    /// A row breaks a rule of its ledger.
    #[error("{table}, {error}")]
    Record {
        /// The table.
        table: &'static str,
        /// What is wrong.
        error: RecordError,
    },
    /// An id that a row names is not there.
    #[error(
        "{table} {id:?}, {column}: there is no {value:?} in {wanted}; correct the id or add the row it names"
    )]
    UnknownId {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// The column.
        column: &'static str,
        /// The id it names.
        value: String,
        /// The table where it was looked for.
        wanted: &'static str,
    },
    /// Two grids have one id, or an area is given to a grid twice.
    #[error("{table} {id:?}: this row is there twice; remove one")]
    Twice {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
    },
}

/// Everything wrong with a township that was handed over, in one go.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} rows of the township were refused, the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
pub struct ModelErrors(pub Vec<ModelError>);

impl ModelError {
    /// The table, the row's id, the column and the value at fault.
    pub fn place(&self) -> (&'static str, &str, &'static str, &str) {
        match self {
            ModelError::Area(error) => {
                let (column, value) = error.column();
                ("areas", error.id(), column, value)
            }
            ModelError::Record { table, error } => {
                (table, error.id(), error.column(), error.value())
            }
            ModelError::UnknownId {
                table,
                id,
                column,
                value,
                ..
            } => (table, id, column, value),
            ModelError::Twice { table, id } => (table, id, "id", id),
        }
    }
}

/// Takes the parts of a township one by one, in any order.
///
/// Rows name each other by the user's own ids: a `Household<String>` names its area's key where a
/// bound `Household` holds its [`crate::AreaId`].
#[derive(Clone, Debug, Default)]
pub struct TownshipBuilder {
    areas: Vec<AreaRow>,
    grids: Vec<GridRow>,
    grid_areas: Vec<GridAreaRow>,
    households: Vec<Recorded<Household<String>>>,
    people: Vec<Recorded<Person<String>>>,
    staff: Vec<Recorded<Staff<String, String, String>>>,
    work_groups: Vec<Recorded<WorkGroup>>,
    duties: Vec<Recorded<Duty<String>>>,
    venues: Vec<Recorded<Venue<String>>>,
    checkpoints: Vec<Recorded<Checkpoint>>,
}

macro_rules! take {
    ($one:ident, $many:ident, $type:ty, $what:literal) => {
        #[doc = concat!("Adds ", $what, ".")]
        pub fn $one(&mut self, row: $type) -> &mut Self {
            self.$many.push(row);
            self
        }
    };
}

impl TownshipBuilder {
    /// A township with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    take!(area, areas, AreaRow, "an area");
    take!(grid, grids, GridRow, "a grid");
    take!(grid_area, grid_areas, GridAreaRow, "an area to a grid");
    take!(
        household,
        households,
        Recorded<Household<String>>,
        "a row of a household"
    );
    take!(
        person,
        people,
        Recorded<Person<String>>,
        "a row of a person"
    );
    take!(
        staff,
        staff,
        Recorded<Staff<String, String, String>>,
        "a row of an appointment"
    );
    take!(
        work_group,
        work_groups,
        Recorded<WorkGroup>,
        "a row of a work group"
    );
    take!(duty, duties, Recorded<Duty<String>>, "a row of a duty");
    take!(venue, venues, Recorded<Venue<String>>, "a row of a venue");
    take!(
        checkpoint,
        checkpoints,
        Recorded<Checkpoint>,
        "a row of a checkpoint"
    );

    /// The township, if every row is sound.
    ///
    /// # Errors
    /// Every row that is not, at once.
    pub fn build(self) -> Result<Township, ModelErrors> {
        match self.build_from_sound_rows() {
            (township, errors) if errors.is_empty() => Ok(township),
            (_, errors) => Err(ModelErrors(errors)),
        }
    }

    /// The township of the sound rows, and why each of the others was refused. A row that names a
    /// refused row is refused too.
    pub fn build_from_sound_rows(self) -> (Township, Vec<ModelError>) {
        let mut errors = Vec::new();
        let (areas, refused) = Areas::build(self.areas);
        errors.extend(refused.into_iter().map(ModelError::Area));
        let grids = bind_grids(self.grids, self.grid_areas, &areas, &mut errors);
        let mut township = Township {
            areas,
            grids,
            ..Township::default()
        };
        let mut bind = Binder {
            errors: &mut errors,
        };
        township.households = bind.ledger("households", self.households, |row, key| {
            Ok(Household {
                area: key.id("area", row.area, "areas", |id| township.area(id))?,
                presence: row.presence,
            })
        });
        township.people = bind.ledger("people", self.people, |row, key| {
            let household =
                key.optional("household", row.household.clone(), "households", |id| {
                    township.household(id)
                })?;
            Ok(row.map_household(household))
        });
        township.work_groups = bind.ledger("work_groups", self.work_groups, |row, _| Ok(row));
        township.staff = bind.ledger("staff", self.staff, |row, key| {
            Ok(Staff {
                person: key.id("person", row.person, "people", |id| township.person(id))?,
                role: row.role,
                work_group: key.optional("work_group", row.work_group, "work_groups", |id| {
                    township.work_group(id)
                })?,
                grid: key.optional("grid", row.grid, "grids", |id| township.grid(id))?,
            })
        });
        township.duties = bind.ledger("duties", self.duties, |row, key| {
            let group = |id: &str| township.work_group(id);
            let work_group =
                key.optional("work_group", row.work_group.clone(), "work_groups", group)?;
            let deputy_group = key.optional(
                "deputy_group",
                row.deputy_group.clone(),
                "work_groups",
                group,
            )?;
            Ok(row.map_groups(work_group, deputy_group))
        });
        township.venues = bind.ledger("venues", self.venues, |row, key| {
            let area = key.id("area", row.area, "areas", |id| township.area(id))?;
            Ok(Venue {
                area,
                kind: row.kind,
                capacity: row.capacity,
            })
        });
        township.checkpoints = bind.ledger("checkpoints", self.checkpoints, |row, _| Ok(row));
        (township, errors)
    }
}

/// Turns keys into ids and keeps what could not be turned.
struct Binder<'a> {
    errors: &'a mut Vec<ModelError>,
}

/// The row whose keys are being turned into ids.
struct RowKey<'a> {
    table: &'static str,
    row: &'a str,
}

impl RowKey<'_> {
    fn id<Id>(
        &self,
        column: &'static str,
        key: String,
        wanted: &'static str,
        find: impl Fn(&str) -> Option<Id>,
    ) -> Result<Id, ModelError> {
        find(&key).ok_or_else(|| ModelError::UnknownId {
            table: self.table,
            id: self.row.to_owned(),
            column,
            value: key,
            wanted,
        })
    }

    fn optional<Id>(
        &self,
        column: &'static str,
        key: Option<String>,
        wanted: &'static str,
        find: impl Fn(&str) -> Option<Id>,
    ) -> Result<Option<Id>, ModelError> {
        key.map(|key| self.id(column, key, wanted, find))
            .transpose()
    }
}

impl Binder<'_> {
    fn ledger<Row, T: Record>(
        &mut self,
        table: &'static str,
        rows: Vec<Recorded<Row>>,
        bind: impl Fn(Row, &RowKey<'_>) -> Result<T, ModelError>,
    ) -> Ledger<T> {
        let mut bound = Vec::with_capacity(rows.len());
        for row in rows {
            let key = RowKey {
                table,
                row: &row.id,
            };
            match row.what.map(|what| bind(what, &key)).transpose() {
                Ok(what) => {
                    bound.push(Recorded {
                        id: row.id,
                        known_at: row.known_at,
                        corrects: row.corrects,
                        what,
                    });
                }
                Err(error) => self.errors.push(error),
            }
        }
        let (ledger, refused) = Ledger::build(bound);
        self.errors.extend(
            refused
                .into_iter()
                .map(|error| ModelError::Record { table, error }),
        );
        ledger
    }
}

fn bind_grids(
    mut rows: Vec<GridRow>,
    mut pairs: Vec<GridAreaRow>,
    areas: &Areas,
    errors: &mut Vec<ModelError>,
) -> Grids {
    rows.sort_unstable();
    let mut seen = BTreeSet::new();
    rows.retain(|row| {
        let first = seen.insert(row.id.clone());
        if !first {
            errors.push(ModelError::Twice {
                table: "grids",
                id: row.id.clone(),
            });
        }
        first
    });
    let keys = Keys::new(rows.iter().map(|row| row.id.as_str()));
    pairs.sort_unstable();
    let mut bound: Vec<(usize, crate::AreaId)> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let key = RowKey {
            table: "grid_areas",
            row: &pair.grid,
        };
        let grid = key.id("grid", pair.grid.clone(), "grids", |id| keys.position(id));
        let area = key.id("area", pair.area, "areas", |id| areas.id(id));
        match (grid, area) {
            (Ok(grid), Ok(area)) if bound.last() == Some(&(grid, area)) => {
                errors.push(ModelError::Twice {
                    table: "grid_areas",
                    id: pair.grid,
                });
            }
            (Ok(grid), Ok(area)) => bound.push((grid, area)),
            (Err(error), _) | (_, Err(error)) => errors.push(error),
        }
    }
    Grids::of_sound_rows(rows, bound)
}
