//! Divisions against exhaustive search, and proofs against broken plans.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may abort")]

mod broken;
mod divide;
mod impossible;
mod input;
mod large;
mod oracle;
mod redivide;
