//! The program `allocate` as a user runs it: what it answers, what it says of bad input, how it
//! ends.

mod certificate;
mod flow;
mod refused;
mod supply;
