//! One clause of a rule book.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use grid_model::words;

use crate::{Condition, FactName, Measure, Subject};

words! {
    /// What a measure is counted from: day 0.
    pub enum CountedFrom {
        /// The last exposure that counts.
        LastExposure = "last_exposure",
        /// The arrival.
        Arrival = "arrival",
        /// The positive test.
        TestPositive = "test_positive",
        /// The onset of the person's own illness.
        Onset = "onset",
        /// Leaving the area at risk.
        LeftRiskArea = "left_risk_area",
        /// Leaving hospital.
        Discharge = "discharge",
        /// The onset of the index case.
        IndexOnset = "index_onset",
        /// The rash.
        Rash = "rash",
        /// The end of closed-loop work.
        EndOfClosedLoop = "end_of_closed_loop",
        /// The last day with fever.
        LastFever = "last_fever",
        /// Being told of the contact.
        Notified = "notified",
        /// The start of treatment.
        TreatmentStart = "treatment_start",
    }
}

impl CountedFrom {
    /// The fact that holds day 0.
    pub fn fact(self) -> FactName {
        match self {
            CountedFrom::LastExposure => FactName::LastExposure,
            CountedFrom::Arrival => FactName::ArrivalDate,
            CountedFrom::TestPositive => FactName::TestPositive,
            CountedFrom::Onset => FactName::Onset,
            CountedFrom::LeftRiskArea => FactName::LeftRiskArea,
            CountedFrom::Discharge => FactName::Discharge,
            CountedFrom::IndexOnset => FactName::IndexOnset,
            CountedFrom::Rash => FactName::Rash,
            CountedFrom::EndOfClosedLoop => FactName::EndOfClosedLoop,
            CountedFrom::LastFever => FactName::LastFever,
            CountedFrom::Notified => FactName::Notified,
            CountedFrom::TreatmentStart => FactName::TreatmentStart,
        }
    }
}

words! {
    /// How sure a clause is.
    pub enum Confidence {
        /// The measure and number were read in the source named.
        Verified = "verified",
        /// Not read in any source.
        Recalled = "recalled",
    }
}

/// How many days before the index case's onset, or sampling, an exposure counts; the boundary
/// day counts. Nothing where the clause gives no window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactWindows {
    /// Days before onset.
    pub before_onset: Option<u16>,
    /// Days before sampling, for an index case without symptoms.
    pub asymptomatic: Option<u16>,
}

impl ContactWindows {
    /// Whether neither is given.
    pub fn is_empty(self) -> bool {
        self.before_onset.is_none() && self.asymptomatic.is_none()
    }
}

/// On which days of a part of the measure tests are due, numbered inside each part.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TestDays {
    /// Of the measure.
    pub first: Vec<u16>,
    /// Of the follow-up.
    pub follow_up: Vec<u16>,
}

/// A rule for a class of person under a condition, in force from a day until another.
///
/// Clauses are made only by reading a book, which checks them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clause {
    /// Its id, unique among all books.
    pub id: Box<str>,
    /// The authority whose book it stands in.
    pub authority: Box<str>,
    /// The disease.
    pub disease: Box<str>,
    /// The edition or notice.
    pub edition: Box<str>,
    /// The first day it is in force.
    pub from: NaiveDate,
    /// The first day it is no longer in force; nothing where it still is.
    pub until: Option<NaiveDate>,
    /// The class of person.
    pub subject: Subject,
    /// What must hold.
    pub condition: Condition,
    /// What is asked.
    pub measure: Measure,
    /// Days from day 0; nothing where there is no fixed number.
    pub days: Option<u16>,
    /// Day 0.
    pub counted_from: Option<CountedFrom>,
    /// Where; `none` where no place is meant, `turned_back` where entry is refused.
    pub place: Arc<str>,
    /// What follows.
    pub then_measure: Option<Measure>,
    /// Days of what follows.
    pub then_days: Option<u16>,
    /// When tests are due.
    pub tests_on_days: TestDays,
    /// Which exposures count.
    pub windows: ContactWindows,
    /// What release asks for, in words.
    pub release_condition: Box<str>,
    /// The same in Chinese, where the book has it.
    pub release_condition_zh: Option<Box<str>>,
    /// The end is not before the last fever and so many days.
    pub fever_free_days: Option<u16>,
    /// So many days are added once the symptoms have ended.
    pub plus_days_after_symptoms: Option<u16>,
    /// Where it was read.
    pub source: Box<str>,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Clause {
    /// Whether it is in force on a day.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from <= on && self.until.is_none_or(|until| on < until)
    }

    /// Whether entry is refused.
    pub fn turns_back(&self) -> bool {
        &*self.place == TURNED_BACK
    }
}

/// The place of a clause that refuses entry.
pub(crate) const TURNED_BACK: &str = "turned_back";

impl TestDays {
    /// Out of `first|follow-up`, each a list of days joined by commas.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (first, follow_up) = text.split_once('|').unwrap_or((text, ""));
        let days = |part: &str| -> Option<Vec<u16>> {
            let given = part.split(',').map(str::trim).filter(|day| !day.is_empty());
            given.map(|day| day.parse().ok()).collect()
        };
        Some(TestDays {
            first: days(first)?,
            follow_up: days(follow_up)?,
        })
    }
}

impl fmt::Display for TestDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |days: &[u16]| {
            let days: Vec<String> = days.iter().map(u16::to_string).collect();
            days.join(",")
        };
        f.write_str(&joined(&self.first))?;
        if !self.follow_up.is_empty() {
            write!(f, "|{}", joined(&self.follow_up))?;
        }
        Ok(())
    }
}
