//! What is recorded of pairings, check-ins and needs: the rows of the room's three tables.

use chrono::NaiveDateTime;
use grid_model::{HouseholdId, PersonId, record, words};

words! {
    /// Whom a pairing watches.
    pub enum PairingKind {
        /// One person.
        Person = "person",
        /// Everyone of one household.
        Household = "household",
    }
}

words! {
    /// Which of the day's two readings a check-in is.
    pub enum Session {
        /// 早.
        Morning = "morning",
        /// 晚.
        Evening = "evening",
    }
}

words! {
    /// How a check-in ended.
    pub enum CheckInOutcome {
        /// Seen, and well.
        SeenWell = "seen_well",
        /// Seen, and ill: a referral within hours.
        SeenIll = "seen_ill",
        /// Searched for at home and not found. This is a recorded search.
        Missed = "missed",
        /// The helper did not try; it says nothing of the person.
        NotAttempted = "not_attempted",
        /// The helper was there and took no reading; it says nothing of where the person is.
        NotPerformed = "not_performed",
    }
}

impl CheckInOutcome {
    /// Whether the person was found, so that the reading counts as done.
    pub fn was_seen(self) -> bool {
        matches!(self, CheckInOutcome::SeenWell | CheckInOutcome::SeenIll)
    }
}

/// Who is watched: a person, or everyone of a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Watched {
    /// One person.
    Person(PersonId),
    /// Everyone of one household.
    Household(HouseholdId),
}

impl Watched {
    /// The word of the table's `kind` column.
    pub fn kind(self) -> PairingKind {
        match self {
            Watched::Person(_) => PairingKind::Person,
            Watched::Household(_) => PairingKind::Household,
        }
    }
}

/// A helper set to watch a person or a household, `[from, until)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pairing {
    /// Who is watched.
    pub watched: Watched,
    /// Who watches.
    pub helper: PersonId,
    /// From when.
    pub from: NaiveDateTime,
    /// Until when; nothing while no end is set.
    pub until: Option<NaiveDateTime>,
}

impl Pairing {
    /// Whether it runs at an instant.
    pub fn runs_at(&self, at: NaiveDateTime) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether it had begun before a moment and had not ended before it: at the end of a day,
    /// whether it is among the pairings that may go on.
    pub fn runs_through(&self, moment: NaiveDateTime) -> bool {
        self.from < moment && self.until.is_none_or(|until| until >= moment)
    }
}

/// One reading, taken or missed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CheckIn {
    /// Who was to be seen.
    pub person: PersonId,
    /// By whom.
    pub helper: Option<PersonId>,
    /// When.
    pub at: NaiveDateTime,
    /// Which of the day's readings.
    pub session: Session,
    /// How it ended.
    pub outcome: CheckInOutcome,
    /// The temperature in tenths of a degree Celsius, where one was taken.
    pub temperature_tenths: Option<u16>,
}

/// Something a watched person needs: medicine, food, a doctor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// Whose need.
    pub person: PersonId,
    /// What is needed, in the user's words.
    pub kind: Box<str>,
    /// When it was raised.
    pub raised_at: NaiveDateTime,
    /// When it was met; nothing while it is open.
    pub met_at: Option<NaiveDateTime>,
}

record!(Pairing, Watched = |pairing| pairing.watched, always);
record!(CheckIn, PersonId = |check_in| check_in.person, at check_in.at);
record!(Need, PersonId = |need| need.person, at need.raised_at);
