//! The program `trace` as a user runs it: what it answers, what it says of bad input, how it ends.

mod cases;
mod chains;
mod network;
