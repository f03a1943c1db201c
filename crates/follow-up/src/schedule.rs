//! The readings of a day: due, done, missed, and to whom a missed one goes.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger, PersonId, words};

use crate::lost::{Lost, Searches};
use crate::standing_pairs::Running;
use crate::{CheckIn, CheckInOutcome, FollowUpPolicy, Observed, Pairing, Session};

/// What the readings of a day are counted from.
#[derive(Clone, Copy, Debug)]
pub struct ScheduleQuestion<'a> {
    /// Everyone who is or was under home observation; who is lost stays so past the end of it.
    pub observed: &'a [Observed],
    /// Who watches whom.
    pub pairings: &'a Ledger<Pairing>,
    /// The readings recorded.
    pub check_ins: &'a Ledger<CheckIn>,
    /// The fever threshold of the rule book in force, in tenths of a degree.
    pub fever_tenths: u16,
    /// The rules.
    pub policy: &'a FollowUpPolicy,
    /// Of which day.
    pub as_of: AsOf,
}

/// How a reading that was due stands at the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingState {
    /// The person was seen.
    Done {
        /// When.
        at: NaiveDateTime,
        /// The temperature in tenths of a degree, where one was written down.
        temperature_tenths: Option<u16>,
    },
    /// The person was not seen: why, as far as anything was recorded at all.
    Missed(Option<CheckInOutcome>),
}

/// A reading that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whose.
    pub person: PersonId,
    /// Which of the day's.
    pub session: Session,
    /// Who watches the person; nothing where nobody does.
    pub helper: Option<PersonId>,
    /// To whom a missed reading goes the same day.
    pub grid_lead: Option<PersonId>,
    /// How it stands.
    pub state: ReadingState,
}

words! {
    /// Why someone is to be seen by the fever clinic within hours.
    pub enum ReferredBecause {
        /// A temperature at or over the threshold.
        Fever = "fever",
        /// The helper found the person ill.
        Ill = "ill",
    }
}

/// Someone to be seen by the fever clinic within hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Who.
    pub person: PersonId,
    /// When it was found.
    pub at: NaiveDateTime,
    /// The temperature in tenths of a degree, where one was taken.
    pub temperature_tenths: Option<u16>,
    /// Why.
    pub because: ReferredBecause,
}

/// The follow-up of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Every reading due, by person and session.
    pub readings: Vec<Reading>,
    /// Who is lost to follow-up.
    pub lost: Vec<Lost>,
    /// Who moved away with the authorities knowing: not lost.
    pub transferred_out: Vec<PersonId>,
    /// Who is to be seen by the fever clinic, each check-in of the day for itself.
    pub referrals: Vec<Referral>,
    /// Check-ins of the day that no reading was due for, by their rank in the ledger.
    pub not_due: Vec<usize>,
}

/// Which readings were due on a day, which were done and which were missed, who is lost, and who
/// must see a doctor.
///
/// A reading is due where the observation runs at the moment by which it must be taken, see
/// [`Observed::is_due`]. It is done where the person was seen, and missed otherwise, whatever
/// staff wrote or did not write. n log n in the records.
pub fn schedule(question: ScheduleQuestion<'_>) -> Schedule {
    let ScheduleQuestion {
        policy,
        as_of,
        check_ins,
        ..
    } = question;
    let mut observed: Vec<&Observed> = question.observed.iter().collect();
    observed.sort_unstable();
    let running = Running::of(question.pairings, as_of);
    let mut due = readings_due(&observed, &running, policy, as_of);
    let mut not_due = Vec::new();
    let mut referrals = Vec::new();
    let mut searches = Searches::of(&observed);
    for held in check_ins.happened(as_of) {
        searches.add(held.what);
        if held.what.at < as_of.start() {
            continue;
        }
        referrals.extend(referral(held.what, question.fever_tenths));
        match due.get_mut(&(held.what.person, held.what.session)) {
            Some(reading) => reading.state = reading.state.better(held.what),
            None => not_due.push(held.index),
        }
    }
    referrals.sort_by_key(|referral| (referral.person, referral.at));
    let (lost, transferred_out) = searches.judge(&observed, policy, as_of);
    Schedule {
        readings: due.into_values().collect(),
        lost,
        transferred_out,
        referrals,
        not_due,
    }
}

impl Schedule {
    /// How many readings were due on the day.
    pub fn check_ins_due(&self) -> usize {
        self.readings.len()
    }

    /// How many of them were missed.
    pub fn check_ins_missed(&self) -> usize {
        self.missed().count()
    }

    /// The readings missed, each to be passed to its grid lead the same day.
    pub fn missed(&self) -> impl Iterator<Item = &Reading> {
        let readings = self.readings.iter();
        readings.filter(|reading| matches!(reading.state, ReadingState::Missed(_)))
    }
}

/// Every reading due on the day, as missed until a check-in says otherwise.
fn readings_due(
    observed: &[&Observed],
    running: &Running<'_>,
    policy: &FollowUpPolicy,
    as_of: AsOf,
) -> BTreeMap<(PersonId, Session), Reading> {
    let mut due = BTreeMap::new();
    for own in observed {
        for &session in policy.sessions() {
            if own.is_due(policy, as_of.day, session) {
                due.insert((own.person, session), first_missed(own, session, running));
            }
        }
    }
    due
}

fn first_missed(own: &Observed, session: Session, running: &Running<'_>) -> Reading {
    let mut watching = running.watching(own.person, own.household);
    Reading {
        person: own.person,
        session,
        helper: watching.next().map(|pairing| pairing.helper),
        grid_lead: own.grid_lead,
        state: ReadingState::Missed(None),
    }
}

fn referral(check_in: &CheckIn, fever_tenths: u16) -> Option<Referral> {
    let is_fever = check_in
        .temperature_tenths
        .is_some_and(|tenths| tenths >= fever_tenths);
    let because = match check_in.outcome {
        _ if is_fever => ReferredBecause::Fever,
        CheckInOutcome::SeenIll => ReferredBecause::Ill,
        _ => return None,
    };
    Some(Referral {
        person: check_in.person,
        at: check_in.at,
        temperature_tenths: check_in.temperature_tenths,
        because,
    })
}

impl ReadingState {
    /// The state once a check-in is known too: seen, and seen earliest, comes first; of the ways
    /// of missing, a search comes before what staff did not do.
    fn better(self, check_in: &CheckIn) -> Self {
        let other = if check_in.outcome.was_seen() {
            ReadingState::Done {
                at: check_in.at,
                temperature_tenths: check_in.temperature_tenths,
            }
        } else {
            ReadingState::Missed(Some(check_in.outcome))
        };
        if other.rank() < self.rank() {
            other
        } else {
            self
        }
    }

    fn rank(self) -> (u8, NaiveDateTime, Option<u16>) {
        match self {
            ReadingState::Done {
                at,
                temperature_tenths,
            } => (0, at, temperature_tenths),
            ReadingState::Missed(outcome) => {
                let rank = match outcome {
                    Some(CheckInOutcome::Missed) => 1,
                    Some(CheckInOutcome::NotPerformed) => 2,
                    Some(_) => 3,
                    None => 4,
                };
                (rank, NaiveDateTime::MIN, None)
            }
        }
    }
}
