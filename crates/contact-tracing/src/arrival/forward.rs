//! Through the log in order of time.

use super::at_once::AtOnce;
use super::instants::{Asked, NONE};
use super::sweep::{Strict, sweep};
use super::{InstantLog, Instants, Mode, delayed, hops, windows};

/// The earliest arrival at everyone who can be reached from a seed that may pass on from `start`
/// (in the log's seconds) on; the seed itself is left out.
///
/// One pass over the contacts from `start` on, whatever the mode, in 5 bytes a person (delayed: 13
/// while everyone waits; windows: 21; hops: 10). A seed that is in no contact reaches nobody.
pub fn earliest_arrival(log: &InstantLog, seed: u64, start: i64, mode: Mode) -> Instants<'_> {
    let origin = log.number(seed);
    Instants {
        log,
        via: origin.map_or_else(
            || vec![NONE; log.people.bound()],
            |seed| via(log, seed, start, mode),
        ),
        origin,
        asked: Asked::Arrivals { start, mode },
    }
}

/// For each person the contact by which it is first reached.
fn via(log: &InstantLog, seed: u32, start: i64, mode: Mode) -> Vec<u32> {
    let people = log.people.bound();
    match mode {
        Mode::Strict => {
            let mut rule = Strict::new(people, seed);
            sweep(log, log.from(start), &mut rule);
            rule.via
        }
        Mode::NonStrict | Mode::Delayed(0) => {
            let mut rule = AtOnce::new(people, seed);
            sweep(log, log.from(start), &mut rule);
            rule.via
        }
        Mode::Delayed(delay) => delayed::walk(log, seed, start, delay),
        Mode::Hops(most) => hops::walk(log, seed, start, most, |_, _, _| {}),
        Mode::Window { delay, length } => {
            windows::walk(log, seed, start, (delay, length), |_, _| {})
        }
    }
}
