//! Pairs a helper with each watched person and counts the readings due, done and missed.
//!
//! ```
//! use chrono::NaiveDate;
//! use follow_up::{FollowUpPolicy, Observed, ScheduleQuestion, schedule};
//! use grid_model::{AsOf, Ledger, PersonId};
//!
//! let day = |number| NaiveDate::from_ymd_opt(2020, 2, number).unwrap();
//! let watched = [Observed {
//!     person: PersonId::from_index(0).unwrap(),
//!     household: None, natural_village: None, community: None,
//!     from: day(10).and_hms_opt(15, 0, 0).unwrap(),
//!     until: None, transferred_out_at: None, needs_medical_staff: false, grid_lead: None,
//! }];
//! let evening = |number| schedule(ScheduleQuestion {
//!     observed: &watched, pairings: &Ledger::default(), check_ins: &Ledger::default(),
//!     fever_tenths: 373, policy: &FollowUpPolicy::tengchong_2020(), as_of: AsOf::on(day(number)),
//! });
//! // Who came at three in the afternoon owes the evening's reading, and two on the day after.
//! assert_eq!(evening(10).check_ins_due(), 1);
//! assert_eq!(evening(11).check_ins_due(), 2);
//! assert_eq!(evening(11).check_ins_missed(), 2);
//! ```
//!
//! In reading order: the records; [`FollowUpPolicy`]; [`Observed`] and [`Candidate`], which the
//! room is told; [`pair()`] with its [`PairingPlan`]; [`schedule()`] with each [`Reading`], who is
//! [`Lost`] and who is [referred](Referral); [`open_needs`].
//!
//! Laws: helpers must not become contacts, and each one refused is named with every ground; a
//! standing pair goes on while it is allowed; the plan is an exact optimum and
//! [`PairingPlan::verify`] proves it; what staff did not attempt never makes a person lost; a
//! missed reading goes to the grid lead the same day.
//!
//! Who is under observation, and how long, is `quarantine-rules`' question; whether a fever is a
//! case is the clinic's.

mod candidates;
mod lost;
mod nearest;
mod needs;
mod observed;
mod pairing;
mod policy;
mod records;
mod schedule;
mod standing_pairs;

pub use candidates::{Candidate, Refusal, RefusedCandidate};
pub use lost::Lost;
pub use min_cost_flow::{Flaw, NetworkErrors};
pub use needs::{OpenNeed, open_needs};
pub use observed::Observed;
pub use pairing::{
    Nearness, Pair, PairingPlan, PairingQuestion, Unpaired, UnpairedBecause, pair,
    supervisors_paired,
};
pub use policy::{FollowUpPolicy, FollowUpPolicyError};
pub use records::{CheckIn, CheckInOutcome, Need, Pairing, PairingKind, Session, Watched};
pub use schedule::{
    Reading, ReadingState, Referral, ReferredBecause, Schedule, ScheduleQuestion, schedule,
};
pub use standing_pairs::{EndedBecause, EndedPair};
