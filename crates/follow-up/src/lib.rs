//! Pairs a helper with each watched person and counts the readings due, done and missed.

mod candidates;
mod nearest;
mod observed;
mod pairing;
mod policy;
mod records;
mod standing_pairs;

pub use candidates::{Candidate, Refusal, RefusedCandidate};
pub use observed::Observed;
pub use pairing::{
    Nearness, Pair, PairingPlan, PairingQuestion, Unpaired, UnpairedBecause, pair,
    supervisors_paired,
};
pub use policy::{FollowUpPolicy, FollowUpPolicyError};
pub use records::{CheckIn, CheckInOutcome, Need, Pairing, PairingKind, Session, Watched};
pub use standing_pairs::{EndedBecause, EndedPair};
