//! Whom a case may have infected, and whence it may have come.

mod backward;
mod exposure;
mod forward;
mod grounds;
mod odd;
mod period;
mod sweep;
mod venues;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{PersonId, VenueId, words};

use crate::{ContactRow, TracingPolicy, VisitRow};

pub use backward::{Origins, VenueBefore, trace_backward};
pub use forward::{trace_each, trace_forward};
pub use grounds::Grounds;
pub use odd::OddCase;
pub use period::{Basis, CaseFacts, InfectiousPeriod, cases_as_of};

/// Everyone the cases may have infected.
///
/// Which exposures there were besides the first and the last, to whom, and what was left out for
/// which reason: ask [`Trace::grounds`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Everyone reached, the cases themselves left out.
    pub reached: BTreeMap<PersonId, Reached>,
    /// The cases by person, with the time each could infect others.
    pub cases: Vec<InfectiousPeriod>,
    /// What is odd about the cases, by person. They are traced all the same.
    pub odd_cases: Vec<OddCase>,
    /// By which it was traced.
    policy: TracingPolicy,
}

/// A person whom a trace reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Who.
    pub person: PersonId,
    /// 1 for a close contact of a case, 2 for a contact of a close contact.
    pub generation: u8,
    /// When the person was first exposed.
    pub first_exposure: NaiveDateTime,
    /// When the last exposure ended; half open, so that what ends at 00:00 ended the day before.
    pub last_exposure: NaiveDateTime,
    /// The day of the last exposure: quarantine counts from it.
    pub last_exposure_day: NaiveDate,
    /// Where the last exposure was.
    pub last_place: Place,
    /// From when on the caller said that it was in quarantine: it exposes nobody any more.
    pub quarantined_at: Option<NaiveDateTime>,
    /// The first exposure. Of several that began at once the one to the least source counts, by
    /// the order of their keys, then the one with the least records.
    pub first: Step,
    /// From a case to this person by the last exposure; those between by their first. Of several
    /// that ended at once the one to the least source counts, by the order of their keys, then
    /// the one with the least records.
    pub path: Vec<Step>,
}

impl Reached {
    /// The source of the last exposure: a case, or a person reached in the generation before.
    pub fn last_source(&self) -> Option<PersonId> {
        self.path.last().map(|step| step.from)
    }
}

/// One time together with a source, as far as it falls into the time that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposure {
    /// When it began.
    pub from: NaiveDateTime,
    /// When it ended; the same instant for what had no length.
    pub until: NaiveDateTime,
    /// A case, or a person reached in the generation before.
    pub source: PersonId,
    /// The records that say so.
    pub evidence: Evidence,
}

/// The records an exposure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A contact.
    Contact(ContactRow),
    /// Two visits to one venue that overlap.
    Visits {
        /// Where.
        venue: VenueId,
        /// The visit of the source.
        source: VisitRow,
        /// The visit of the person exposed.
        own: VisitRow,
    },
}

/// Where two people were together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In a contact that was recorded.
    Contact {
        /// Its setting, where it is known.
        setting: Option<Box<str>>,
    },
    /// At a venue.
    Venue(VenueId),
}

/// One step of an evidence path: who exposed whom, when, where, by which records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Who may have passed it on.
    pub from: PersonId,
    /// To whom.
    pub to: PersonId,
    /// When the exposure began.
    pub began: NaiveDateTime,
    /// When it ended.
    pub ended: NaiveDateTime,
    /// Where.
    pub place: Place,
    /// The ids of the records: one of a contact, two of visits, the source's first; none where
    /// the log had none.
    pub records: Vec<Box<str>>,
}

/// A time together that does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excluded {
    /// The generation the person would have been in.
    pub generation: u8,
    /// The source: a case, or a person reached in the generation before.
    pub source: PersonId,
    /// Who is not exposed by it.
    pub person: PersonId,
    /// When it began.
    pub from: NaiveDateTime,
    /// When it ended.
    pub until: NaiveDateTime,
    /// The records.
    pub evidence: Evidence,
    /// Why it does not count.
    pub reason: Exclusion,
}

words! {
    /// Why a time together does not count.
    pub enum Exclusion {
        /// It was over before the case could infect others.
        BeforeInfectiousPeriod = "before the infectious period",
        /// It began after the case was isolated.
        AfterIsolation = "after isolation",
        /// It began after the infectious days of a case that was not isolated before.
        AfterInfectiousPeriod = "after the infectious period",
        /// It was over before the close contact was exposed, the latent delay counted.
        BeforeFirstExposure = "before the first exposure of the source",
        /// It began after the close contact was quarantined.
        AfterQuarantine = "after quarantine of the source",
        /// It was not in the time in which the case may have been infected.
        OutsideLookBack = "outside the days looked back",
        /// Both were protected.
        Protected = "protected",
        /// The investigator judged it no close contact.
        JudgedNotClose = "judged not close",
        /// It was shorter than what counts in its setting.
        TooShort = "too short",
        /// Its setting is not among those that count.
        SettingNotListed = "setting not listed",
    }
}
