//! What is recorded of cases, of who met whom, and of who was where.

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{PersonId, Record, VenueId, record, start_of, words};

words! {
    /// How sure a case is.
    pub enum CaseClass {
        /// 确诊病例.
        Confirmed = "confirmed",
        /// 疑似病例.
        Suspected = "suspected",
        /// 无症状感染者: infected, without symptoms.
        Asymptomatic = "asymptomatic",
    }
}

words! {
    /// What the investigator judged of a contact. It stands above what the trace computes.
    ///
    /// A table may also say yes or no; whoever reads it takes yes for [`Judgement::Close`] and no
    /// for [`Judgement::NotClose`].
    pub enum Judgement {
        /// A close contact, however short or protected.
        Close = "close",
        /// No close contact, however long and close.
        NotClose = "not_close",
    }
}

/// A person who is ill, or infected without being ill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// Who.
    pub person: PersonId,
    /// How sure it is.
    pub class: CaseClass,
    /// The first day of symptoms; unknown, or none for a case without symptoms.
    pub onset: Option<NaiveDate>,
    /// The day the positive sample was taken.
    pub sampled_at: Option<NaiveDate>,
    /// When the case was confirmed, or entered in its class.
    pub confirmed_at: Option<NaiveDateTime>,
    /// When the case was isolated: nobody is exposed to it from then on.
    pub isolated_at: Option<NaiveDateTime>,
    /// How it ended, in the user's own words.
    pub outcome: Option<Box<str>>,
    /// The day it ended.
    pub outcome_at: Option<NaiveDate>,
    /// Where the case was found or is treated, in the user's own words.
    pub place: Option<Box<str>>,
}

impl Record for Case {
    type Subject = PersonId;

    fn subject(&self) -> PersonId {
        self.person
    }

    /// When it was confirmed; where that is unknown, the day of the sample, then the onset.
    fn happened_at(&self) -> Option<NaiveDateTime> {
        self.confirmed_at
            .or_else(|| self.sampled_at.or(self.onset).map(start_of))
    }
}

/// Two people who met. Which of them is `person_a` means nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    /// One of the two.
    pub person_a: PersonId,
    /// The other.
    pub person_b: PersonId,
    /// When they met.
    pub from: NaiveDateTime,
    /// When they parted; unknown where it is empty.
    pub until: Option<NaiveDateTime>,
    /// In what setting, in the words the policy lists: household, meal, transport.
    pub setting: Option<Box<str>>,
    /// Whether both were effectively protected.
    pub protected: Option<bool>,
    /// What the investigator judged.
    pub judged: Option<Judgement>,
}

/// A person at a venue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub venue: VenueId,
    /// When the person came.
    pub from: NaiveDateTime,
    /// When the person left; unknown where it is empty.
    pub until: Option<NaiveDateTime>,
}

/// Word from elsewhere that a person of the township may be concerned: to be answered in a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clue {
    /// Who is to be found.
    pub person: PersonId,
    /// When the clue came in.
    pub received_at: NaiveDateTime,
    /// Who sent it.
    pub from: Option<Box<str>>,
    /// What was found: here, passed on, not found; in the user's own words.
    pub outcome: Option<Box<str>>,
    /// When it was answered.
    pub answered_at: Option<NaiveDateTime>,
}

record!(Contact, (PersonId, PersonId) = |contact| (
    contact.person_a.min(contact.person_b),
    contact.person_a.max(contact.person_b)
), at contact.from);
record!(Visit, PersonId = |visit| visit.person, at visit.from);
record!(Clue, PersonId = |clue| clue.person, at clue.received_at);
