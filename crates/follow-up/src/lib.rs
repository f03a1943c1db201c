//! Pairs a helper with each watched person and counts the readings due, done and missed.
