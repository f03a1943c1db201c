//! Pairs a helper with each watched person and counts the readings due, done and missed.

mod records;

pub use records::{CheckIn, CheckInOutcome, Need, Pairing, PairingKind, Session, Watched};
