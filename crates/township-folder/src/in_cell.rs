//! How each kind of value stands in a cell: one place for every table.

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use contact_tracing::{CaseClass, Judgement};
use follow_up::{CheckInOutcome, Session};
use grid_model::{
    AreaId, AreaLevel, AwayCallOutcome, CheckpointId, DutyId, DutyKind, DutyPeriod, DutyScope,
    DwellingPresence, GridId, HouseholdId, Ledger, PersonId, PersonPresence, Role,
    ScreeningOutcome, Sex, Township, VenueId, WorkGroupId,
};
use job_matching::{PermitLevel, PlacementKind, Vacancy, VacancyId};
use line_list::{CellError, cell};
use quarantine_rules::{
    ArrivalKind, GatheringKind, GatheringOutcome, Measure, OrderEventKind, TestResult,
};
use supply_allocation::Tier;
use task_tracking::{Item, ItemId, OutreachPlace, Programme, ProgrammeId, ProgrammeKind};

/// Where the ids that cells name are looked up.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) township: &'a Township,
    pub(crate) vacancies: &'a Ledger<Vacancy>,
    pub(crate) programmes: &'a Ledger<Programme>,
    pub(crate) items: &'a Ledger<Item>,
}

/// A value that stands in one cell.
pub(crate) trait InCell: Sized {
    /// Reads it from a cell that is not blank.
    fn read(text: &str, names: &Names<'_>) -> Result<Self, CellError>;

    /// What a blank cell means, where it may be blank.
    fn of_blank() -> Option<Self> {
        None
    }

    /// Writes it so that it reads back the same.
    fn write(&self, names: &Names<'_>) -> String;
}

impl<T: InCell> InCell for Option<T> {
    fn read(text: &str, names: &Names<'_>) -> Result<Self, CellError> {
        T::read(text, names).map(Some)
    }

    fn of_blank() -> Option<Self> {
        Some(None)
    }

    fn write(&self, names: &Names<'_>) -> String {
        self.as_ref()
            .map(|value| value.write(names))
            .unwrap_or_default()
    }
}

macro_rules! in_cell {
    ($($type:ty: $read:expr, $write:expr;)+) => {$(
        impl InCell for $type {
            fn read(text: &str, _: &Names<'_>) -> Result<Self, CellError> {
                let read: fn(&str) -> Result<Self, CellError> = $read;
                read(text)
            }

            fn write(&self, _: &Names<'_>) -> String {
                let write: fn(&Self) -> String = $write;
                write(self)
            }
        }
    )+};
}

in_cell! {
    String: |text| Ok(cell::text(text)?.to_owned()), Self::clone;
    NaiveDate: cell::date, |day| cell::write_date(*day);
    NaiveDateTime: cell::instant, |at| write_instant(*at);
    u16: year_of_birth, ToString::to_string;
    u32: cell::u32, ToString::to_string;
    u64: cell::u64, ToString::to_string;
    bool: yes_or_no, |yes| cell::write_yes_no(Some(*yes)).to_owned();
    AreaLevel: |text| Ok(AreaLevel::named(cell::text(text)?)), |level| level.name().to_owned();
    Temperature: Temperature::read_from, |degrees| cell::write_tenths(i32::from(degrees.0));
    Judgement: judgement, |judged| judged.word().to_owned();
}

/// Free text.
impl InCell for Box<str> {
    fn read(text: &str, _: &Names<'_>) -> Result<Self, CellError> {
        Ok(text.trim().into())
    }

    fn write(&self, _: &Names<'_>) -> String {
        self.to_string()
    }
}

/// Several words in a cell, joined by semicolons.
impl InCell for Box<[Box<str>]> {
    fn read(text: &str, _: &Names<'_>) -> Result<Self, CellError> {
        let words = text
            .split([';', '；'])
            .map(str::trim)
            .filter(|word| !word.is_empty());
        Ok(words.map(Into::into).collect())
    }

    fn of_blank() -> Option<Self> {
        Some(Box::default())
    }

    fn write(&self, _: &Names<'_>) -> String {
        self.join(";")
    }
}

macro_rules! words_in_cells {
    ($($type:ty),+ $(,)?) => {$(
        impl InCell for $type {
            fn read(text: &str, _: &Names<'_>) -> Result<Self, CellError> {
                let words: Vec<(&str, Self)> = Self::ALL.iter().map(|case| (case.word(), *case)).collect();
                cell::choice(text, &words)
            }

            fn write(&self, _: &Names<'_>) -> String {
                self.word().to_owned()
            }
        }
    )+};
}

words_in_cells!(
    ArrivalKind,
    AwayCallOutcome,
    CaseClass,
    CheckInOutcome,
    DutyKind,
    DutyPeriod,
    DutyScope,
    DwellingPresence,
    GatheringKind,
    GatheringOutcome,
    Measure,
    OrderEventKind,
    PermitLevel,
    PersonPresence,
    PlacementKind,
    ProgrammeKind,
    Role,
    ScreeningOutcome,
    Session,
    Sex,
    TestResult,
    Tier,
);

macro_rules! keys_in_cells {
    ($($type:ty: $table:literal, |$names:ident, $key:ident| $find:expr, or $has:expr, |$id:ident| $name:expr;)+) => {$(
        impl InCell for $type {
            fn read(text: &str, $names: &Names<'_>) -> Result<Self, CellError> {
                let $key = text.trim();
                $find.ok_or_else(|| if $has { corrects_another($table) } else { unknown($table) })
            }

            fn write(&self, $names: &Names<'_>) -> String {
                let $id = *self;
                $name.to_owned()
            }
        }
    )+};
}

keys_in_cells! {
    AreaId: "areas", |names, key| names.township.area(key), or false,
        |id| names.township.areas().key(id);
    HouseholdId: "households", |names, key| names.township.household(key),
        or names.township.households().has_row(key), |id| names.township.household_key(id);
    PersonId: "people", |names, key| names.township.person(key),
        or names.township.people().has_row(key), |id| names.township.person_key(id);
    GridId: "grids", |names, key| names.township.grid(key), or false,
        |id| names.township.grids().key(id);
    CheckpointId: "checkpoints", |names, key| names.township.checkpoint(key),
        or names.township.checkpoints().has_row(key), |id| names.township.checkpoint_key(id);
    WorkGroupId: "work_groups", |names, key| names.township.work_group(key),
        or names.township.work_groups().has_row(key), |id| names.township.work_group_key(id);
    DutyId: "duties", |names, key| names.township.duty(key),
        or names.township.duties().has_row(key), |id| names.township.duty_key(id);
    VenueId: "venues", |names, key| names.township.venue(key),
        or names.township.venues().has_row(key), |id| names.township.venue_key(id);
    VacancyId: "vacancies",
        |names, key| names.vacancies.position(key).and_then(VacancyId::from_index),
        or names.vacancies.has_row(key), |id| names.vacancies.id(id.index());
    ProgrammeId: "programmes",
        |names, key| names.programmes.position(key).and_then(ProgrammeId::from_index),
        or names.programmes.has_row(key), |id| names.programmes.id(id.index());
    ItemId: "items",
        |names, key| names.items.position(key).and_then(ItemId::from_index),
        or names.items.has_row(key), |id| names.items.id(id.index());
}

/// A place of outreach: the id of an area, or of a venue.
impl InCell for OutreachPlace {
    fn read(text: &str, names: &Names<'_>) -> Result<Self, CellError> {
        let area = AreaId::read(text, names).map(OutreachPlace::Area);
        let venue = |_| VenueId::read(text, names).map(OutreachPlace::Venue);
        area.or_else(venue).map_err(|_| {
            CellError::new(
                "is not in areas.csv nor in venues.csv",
                "correct the id, or add or mend the row it names in one of them",
            )
        })
    }

    fn write(&self, names: &Names<'_>) -> String {
        match self {
            OutreachPlace::Area(area) => area.write(names),
            OutreachPlace::Venue(venue) => venue.write(names),
        }
    }
}

/// A body temperature in tenths of a degree Celsius.
#[derive(Clone, Copy)]
pub(crate) struct Temperature(pub(crate) u16);

impl Temperature {
    /// Colder or hotter is a slip of the pen, such as 376 for 37.6.
    const LIVING: std::ops::RangeInclusive<i32> = 300..=450;

    fn read_from(text: &str) -> Result<Self, CellError> {
        let tenths = cell::tenths(text)?;
        match u16::try_from(tenths) {
            Ok(degrees) if Self::LIVING.contains(&tenths) => Ok(Temperature(degrees)),
            _ => Err(CellError::new(
                "is not the temperature of a living person",
                "write degrees Celsius between 30.0 and 45.0, such as 36.8",
            )),
        }
    }
}

/// An instant to the minute, with seconds only where there are any.
pub(crate) fn write_instant(at: NaiveDateTime) -> String {
    let minute = cell::write_instant(at);
    match at.second() {
        0 => minute,
        second => format!("{minute}:{second:02}"),
    }
}

/// An id that is in no row that was taken.
pub(crate) fn unknown(table: &str) -> CellError {
    CellError::new(
        format!("is not in {table}.csv"),
        format!("correct the id, or add or mend the row it names in {table}.csv"),
    )
}

/// The id of a correction, which is no thing of its own.
pub(crate) fn corrects_another(table: &str) -> CellError {
    CellError::new(
        format!("is a correction in {table}.csv"),
        "name the first row, which it corrects",
    )
}

fn year_of_birth(text: &str) -> Result<u16, CellError> {
    /// Nobody born before is alive, and the years of two digits lie outside.
    const YEARS: std::ops::RangeInclusive<u32> = 1850..=2199;
    let year = cell::u32(text).ok().filter(|year| YEARS.contains(year));
    year.and_then(|year| u16::try_from(year).ok())
        .ok_or_else(|| {
            CellError::new(
                "is not a year of birth",
                "write its four digits, such as 1980",
            )
        })
}

fn yes_or_no(text: &str) -> Result<bool, CellError> {
    cell::yes_no(text)?.ok_or_else(|| CellError::new("is empty", "write yes or no"))
}

/// The investigator's judgement, which a table may also give as yes or no.
fn judgement(text: &str) -> Result<Judgement, CellError> {
    let words: Vec<(&str, Judgement)> = Judgement::ALL
        .iter()
        .map(|judged| (judged.word(), *judged))
        .collect();
    match (cell::choice(text, &words), cell::yes_no(text)) {
        (Ok(judged), _) => Ok(judged),
        (_, Ok(Some(true))) => Ok(Judgement::Close),
        (_, Ok(Some(false))) => Ok(Judgement::NotClose),
        (Err(error), _) => Err(error),
    }
}
