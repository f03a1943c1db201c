//! What is recorded of skills, vacancies, permits and departures: the rows of the room's tables.

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{PersonId, dense_id, record, start_of, words};

words! {
    /// Which authority gave a permit to leave.
    pub enum PermitLevel {
        /// The village.
        Village = "village",
        /// The township.
        Township = "township",
        /// The city.
        City = "city",
    }
}

words! {
    /// How a person went out to work.
    pub enum PlacementKind {
        /// Sent by the township.
        Organised = "organised",
        /// Found by the person.
        SelfArranged = "self_arranged",
        /// Back to an employer of before.
        ReturnedToEmployer = "returned_to_employer",
    }
}

dense_id!(
    /// A vacancy's dense number: its rank in the ledger of vacancies.
    VacancyId
);

/// A skill a person registered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skill {
    /// Who has it.
    pub person: PersonId,
    /// What it is, in the user's words: welder, cook.
    pub skill: Box<str>,
    /// How well, in the user's words.
    pub level: Option<Box<str>>,
}

/// Places an employer offers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vacancy {
    /// Who offers them.
    pub employer: Box<str>,
    /// The skill wanted; nothing where anyone will do.
    pub skill: Option<Box<str>>,
    /// How many people are wanted.
    pub places: u32,
    /// The monthly wage in fen.
    pub wage_fen: u64,
    /// Where the work is.
    pub destination: Box<str>,
    /// The risk level of that place, in the user's words; nothing where it is not known.
    pub risk: Option<Box<str>>,
    /// The first day on which the offer no longer stands; nothing while no end is set.
    pub valid_until: Option<NaiveDate>,
}

/// A permit to leave for work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permit {
    /// Whose.
    pub person: PersonId,
    /// From which authority.
    pub level: PermitLevel,
    /// The first day on which it is no longer valid; nothing while no end is set.
    pub until: Option<NaiveDate>,
}

/// A departure for work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placement {
    /// Who left.
    pub person: PersonId,
    /// For which vacancy; nothing where it was not one of ours.
    pub vacancy: Option<VacancyId>,
    /// How it came about.
    pub kind: PlacementKind,
    /// Where to.
    pub destination: Option<Box<str>>,
    /// The day of leaving.
    pub departed_on: NaiveDate,
}

impl Placement {
    /// The instant the departure is dated by: the start of its day.
    fn departed_at(&self) -> NaiveDateTime {
        start_of(self.departed_on)
    }
}

record!(Skill, PersonId = |skill| skill.person, always);
record!(Vacancy, Box<str> = |vacancy| vacancy.employer.clone(), always);
record!(Permit, PersonId = |permit| permit.person, always);
record!(Placement, PersonId = |placement| placement.person, at placement.departed_at());
