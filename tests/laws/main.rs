//! The laws of a day: what no order of rows, no later knowledge, no changed rule and no reader of
//! a page may break.

mod acted_on;
mod chains;
mod claims;
mod corrections;
mod languages;
mod order;
mod places;
mod policy;
mod rules;
mod secrecy;
mod sums;
mod support;
