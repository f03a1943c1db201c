//! Through the log against the order of time.

use super::instants::{Asked, NONE};
use super::sweep::{Strict, sweep_back};
use super::{InstantLog, Instants};

/// The latest departure of everyone from whom a strict walk leads to the target, arriving at a
/// contact no later than `by`; the target itself is left out.
///
/// One pass over the contacts up to `by`, in 5 bytes a person.
pub fn latest_departure(log: &InstantLog, target: u64, by: i64) -> Instants<'_> {
    let origin = log.number(target);
    let people = log.people.bound();
    let via = match origin {
        Some(target) => {
            let mut rule = Strict::new(people, target);
            sweep_back(log, log.up_to(by), &mut rule);
            rule.via
        }
        None => vec![NONE; people],
    };
    Instants {
        log,
        via,
        origin,
        asked: Asked::Departures,
    }
}
