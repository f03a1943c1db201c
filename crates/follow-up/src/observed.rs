//! Who is under home observation, as the room is told.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use grid_model::{AreaId, AsOf, HouseholdId, PersonId, end_of, start_of};

use crate::{FollowUpPolicy, Session};

/// One person's home observation, `[from, until)`. A person observed twice comes twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observed {
    /// Who.
    pub person: PersonId,
    /// Of which household.
    pub household: Option<HouseholdId>,
    /// In which natural village.
    pub natural_village: Option<AreaId>,
    /// In which community.
    pub community: Option<AreaId>,
    /// When the observation began.
    pub from: NaiveDateTime,
    /// When it ends; nothing while no end is set.
    pub until: Option<NaiveDateTime>,
    /// When the person moved out of the township with the authorities knowing: from then on
    /// another place's readings are due, and the person is not lost.
    pub transferred_out_at: Option<NaiveDateTime>,
    /// Whether only medical staff may take the temperature, as of a close contact.
    pub needs_medical_staff: bool,
    /// Who answers for the person's grid: missed readings go there the same day.
    pub grid_lead: Option<PersonId>,
}

impl Observed {
    /// Whether the person is under observation here at the end of a day.
    pub fn is_observed(&self, as_of: AsOf) -> bool {
        self.covers(as_of.end())
    }

    /// Whether a reading of a session is due on a day: the observation runs at the moment by
    /// which the reading must be taken. Who came at three in the afternoon owes the evening's,
    /// who is released at midnight owes nothing on the new day.
    pub fn is_due(&self, policy: &FollowUpPolicy, day: NaiveDate, session: Session) -> bool {
        self.covers(closing(policy, day, session))
    }

    /// Whether the observation had begun before a moment and had not ended before it.
    fn covers(&self, moment: NaiveDateTime) -> bool {
        self.from < moment
            && self.until.is_none_or(|until| until >= moment)
            && self.transferred_out_at.is_none_or(|at| at >= moment)
    }
}

/// The moment by which a session's reading must be taken.
fn closing(policy: &FollowUpPolicy, day: NaiveDate, session: Session) -> NaiveDateTime {
    match session {
        Session::Evening => end_of(day),
        Session::Morning => NaiveTime::from_hms_opt(policy.morning_until_hour, 0, 0).map_or_else(
            || start_of(day) + TimeDelta::hours(12),
            |hour| day.and_time(hour),
        ),
    }
}
