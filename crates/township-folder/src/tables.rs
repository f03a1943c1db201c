//! Every table of a township folder: which columns it has, and what a row of it is.
//!
//! A column is named as the field of the record it fills; the few that are not are said here.

use chrono::{NaiveDate, NaiveDateTime};
use contact_tracing::{Case, Clue, Contact, Visit};
use follow_up::{CheckIn, Need, Pairing, PairingKind, Watched};
use grid_model::{
    AreaId, AwayCall, Checkpoint, CommunityReport, Duty, GridId, Household, HouseholdId, Passage,
    Person, PersonId, PersonPresence, Screening, Shift, Staff, Venue, WorkGroup, WorkGroupId,
};
use job_matching::{Permit, Placement, Skill, Vacancy};
use line_list::{CellError, cell};
use quarantine_rules::{Arrival, Gathering, HealthReading, OrderEvent};
use supply_allocation::{Complaint, Delivery, Demand, Price, Purchaser, Supplier};
use task_tracking::{Donation, Item, Outreach, Programme, Progress, Spending};

use crate::cells::{Cells, Fault};
use crate::in_cell::{InCell, Names, Temperature};

/// A record that is a row of a table. `Self` is read with its ids as keys where the township is
/// still being built, and as ids ever after.
pub(crate) trait Rows: Sized {
    /// The record once its ids are bound.
    type Bound;
    /// The columns between `id` and `known_at`.
    const COLUMNS: &'static [&'static str];

    /// Reads one row.
    fn read(cells: &Cells<'_>) -> Result<Self, Fault>;

    /// The cells of a record, in the order of [`Self::COLUMNS`].
    fn write(bound: &Self::Bound, names: &Names<'_>) -> Vec<String>;

    /// What no single cell shows: an end before its beginning.
    fn fault(&self) -> Option<Fault> {
        None
    }
}

macro_rules! column {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident, $column:literal) => {
        $column
    };
}

macro_rules! rows {
    ($type:ty, $bound:ty { $($field:ident $(as $column:literal)?),+ $(,)? } $($fault:item)?) => {
        impl Rows for $type {
            type Bound = $bound;
            const COLUMNS: &'static [&'static str] = &[$(column!($field $(, $column)?),)+];

            fn read(cells: &Cells<'_>) -> Result<Self, Fault> {
                Ok(Self { $($field: cells.read(column!($field $(, $column)?))?,)+ })
            }

            fn write(bound: &Self::Bound, names: &Names<'_>) -> Vec<String> {
                vec![$(bound.$field.write(names),)+]
            }

            $($fault)?
        }
    };
    ($type:ty { $($rest:tt)+ } $($fault:item)?) => { rows!($type, Self { $($rest)+ } $($fault)?); };
}

rows!(Household<String>, Household<AreaId> { area, presence });
rows!(Person<String>, Person<HouseholdId> { household, birth_year, sex, presence, away_at, conditions }
fn fault(&self) -> Option<Fault> {
    let elsewhere = self.presence == Some(PersonPresence::Elsewhere);
    let error = || CellError::new(
        "is given for a person of elsewhere",
        "leave it empty, or give the presence as present or away",
    );
    (elsewhere && self.household.is_some()).then(|| ("household", error()))
});
rows!(Staff<String, String, String>, Staff<PersonId, WorkGroupId, GridId> { person, role, work_group, grid });
rows!(WorkGroup { name_zh, name_en });
rows!(Duty<String>, Duty<WorkGroupId> {
    kind, work_group, deputy_group, title_zh, title_en, quota, period, scope,
});
rows!(Venue<String>, Venue<AreaId> { area, kind, capacity });
rows!(Checkpoint {
    name_zh,
    name_en,
    minimum_staff,
    stands_from
});
rows!(Shift { checkpoint, person, from, until, checked_in_at }
    fn fault(&self) -> Option<Fault> { backwards(self.from, Some(self.until)) });
rows!(Passage {
    checkpoint,
    at,
    vehicles,
    people,
    fevers,
    turned_back
});
rows!(Screening {
    household,
    visited_at,
    visitor,
    outcome
});
rows!(Arrival {
    person,
    checkpoint,
    arrived_at,
    from_place,
    from_risk,
    left_risk_area,
    via_hubei,
    outside_city,
    kind,
    home_ok,
    handed_over_at,
});
rows!(AwayCall {
    person,
    at,
    outcome,
    planned_return
});
rows!(Clue {
    person,
    received_at,
    from,
    outcome,
    answered_at
});
rows!(OrderEvent {
    person,
    at,
    event,
    measure,
    place,
    counted_from,
    until,
    clause,
    ordered_by
});
rows!(Contact { person_a, person_b, from, until, setting, protected, judged }
fn fault(&self) -> Option<Fault> {
    if self.person_a == self.person_b {
        return Some(("person_b", CellError::new("is the same person", "name the other person")));
    }
    backwards(self.from, self.until)
});
rows!(Visit { person, venue, from, until }
    fn fault(&self) -> Option<Fault> { backwards(self.from, self.until) });
rows!(Need {
    person,
    kind,
    raised_at,
    met_at
});
rows!(Gathering {
    kind,
    planned_for,
    outcome
});
rows!(Outreach { duty, place as "area", at, count, document });
rows!(Supplier {
    good,
    stock,
    unit_cost_fen
});
rows!(Purchaser { person, area, from, until, packets }
    fn fault(&self) -> Option<Fault> { backwards(self.from, self.until) });
rows!(Demand {
    household,
    good,
    packets,
    tier,
    ordered_at
});
rows!(Delivery {
    household,
    good,
    packets,
    at,
    outcome
});
rows!(Price {
    seller,
    good,
    price_fen,
    at
});
rows!(Complaint {
    seller,
    good,
    at,
    kind
});
rows!(Skill {
    person,
    skill,
    level
});
rows!(Vacancy {
    employer,
    skill,
    places,
    wage_fen,
    destination,
    risk,
    valid_until
});
rows!(Permit {
    person,
    level,
    until
});
rows!(Placement {
    person,
    vacancy,
    kind,
    destination,
    departed_on
});
rows!(Programme {
    kind,
    name_zh,
    name_en,
    unit
});
rows!(Item {
    programme,
    area,
    owner,
    deputy,
    target,
    due
});
rows!(Progress { item, at, quantity });
rows!(Donation {
    at,
    amount_fen,
    donor_kind
});
rows!(Spending {
    at,
    amount_fen,
    purpose
});
rows!(CommunityReport {
    community,
    day,
    received_at
});

/// A temperature stands in its column in degrees.
impl Rows for HealthReading {
    type Bound = Self;
    const COLUMNS: &'static [&'static str] = &["person", "at", "temperature_c", "symptoms", "test"];

    fn read(cells: &Cells<'_>) -> Result<Self, Fault> {
        Ok(HealthReading {
            person: cells.read("person")?,
            at: cells.read("at")?,
            temperature_tenths: temperature(cells)?,
            symptoms: cells.read("symptoms")?,
            test: cells.read("test")?,
        })
    }

    fn write(bound: &Self, names: &Names<'_>) -> Vec<String> {
        let temperature = bound.temperature_tenths.map(Temperature);
        vec![
            bound.person.write(names),
            bound.at.write(names),
            temperature.write(names),
            bound.symptoms.write(names),
            bound.test.write(names),
        ]
    }
}

/// A temperature stands in its column in degrees.
impl Rows for CheckIn {
    type Bound = Self;
    const COLUMNS: &'static [&'static str] = &[
        "person",
        "helper",
        "at",
        "session",
        "outcome",
        "temperature_c",
    ];

    fn read(cells: &Cells<'_>) -> Result<Self, Fault> {
        Ok(CheckIn {
            person: cells.read("person")?,
            helper: cells.read("helper")?,
            at: cells.read("at")?,
            session: cells.read("session")?,
            outcome: cells.read("outcome")?,
            temperature_tenths: temperature(cells)?,
        })
    }

    fn write(bound: &Self, names: &Names<'_>) -> Vec<String> {
        let temperature = bound.temperature_tenths.map(Temperature);
        vec![
            bound.person.write(names),
            bound.helper.write(names),
            bound.at.write(names),
            bound.session.write(names),
            bound.outcome.write(names),
            temperature.write(names),
        ]
    }
}

/// The `kind` of a pairing says whether `watched` names a person or a household.
impl Rows for Pairing {
    type Bound = Self;
    const COLUMNS: &'static [&'static str] = &["kind", "watched", "helper", "from", "until"];

    fn read(cells: &Cells<'_>) -> Result<Self, Fault> {
        let kinds: Vec<(&str, PairingKind)> = PairingKind::ALL
            .iter()
            .map(|kind| (kind.word(), *kind))
            .collect();
        let kind = cell::choice(cells.text("kind"), &kinds).map_err(|error| ("kind", error))?;
        Ok(Pairing {
            watched: match kind {
                PairingKind::Person => Watched::Person(cells.read("watched")?),
                PairingKind::Household => Watched::Household(cells.read("watched")?),
            },
            helper: cells.read("helper")?,
            from: cells.read("from")?,
            until: cells.read("until")?,
        })
    }

    fn write(bound: &Self, names: &Names<'_>) -> Vec<String> {
        let watched = match bound.watched {
            Watched::Person(person) => person.write(names),
            Watched::Household(household) => household.write(names),
        };
        let kind = bound.watched.kind().word().to_owned();
        vec![
            kind,
            watched,
            bound.helper.write(names),
            bound.from.write(names),
            bound.until.write(names),
        ]
    }

    fn fault(&self) -> Option<Fault> {
        backwards(self.from, self.until)
    }
}

/// Days that stand in columns of instants: the time of day is let be.
impl Rows for Case {
    type Bound = Self;
    const COLUMNS: &'static [&'static str] = &[
        "person",
        "class",
        "onset",
        "sampled_at",
        "confirmed_at",
        "isolated_at",
        "outcome",
        "outcome_at",
        "place",
    ];

    fn read(cells: &Cells<'_>) -> Result<Self, Fault> {
        Ok(Case {
            person: cells.read("person")?,
            class: cells.read("class")?,
            onset: cells.read("onset")?,
            sampled_at: day_of(cells, "sampled_at")?,
            confirmed_at: cells.read("confirmed_at")?,
            isolated_at: cells.read("isolated_at")?,
            outcome: cells.read("outcome")?,
            outcome_at: day_of(cells, "outcome_at")?,
            place: cells.read("place")?,
        })
    }

    fn write(bound: &Self, names: &Names<'_>) -> Vec<String> {
        vec![
            bound.person.write(names),
            bound.class.write(names),
            bound.onset.write(names),
            bound.sampled_at.write(names),
            bound.confirmed_at.write(names),
            bound.isolated_at.write(names),
            bound.outcome.write(names),
            bound.outcome_at.write(names),
            bound.place.write(names),
        ]
    }
}

fn day_of(cells: &Cells<'_>, column: &'static str) -> Result<Option<NaiveDate>, Fault> {
    let at: Option<NaiveDateTime> = cells.read(column)?;
    Ok(at.map(|at| at.date()))
}

fn temperature(cells: &Cells<'_>) -> Result<Option<u16>, Fault> {
    let degrees: Option<Temperature> = cells.read("temperature_c")?;
    Ok(degrees.map(|degrees| degrees.0))
}

fn backwards(from: NaiveDateTime, until: Option<NaiveDateTime>) -> Option<Fault> {
    let error = || CellError::new("is before its beginning", "check from and until");
    until
        .filter(|until| *until < from)
        .map(|_| ("until", error()))
}
