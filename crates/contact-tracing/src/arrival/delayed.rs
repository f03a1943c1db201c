//! Who is reached passes on after a delay.

use std::collections::VecDeque;
use std::ops::Range;

use super::InstantLog;
use super::instants::{NONE, ORIGIN};
use super::log::index;

const UNREACHED: u8 = 0;
/// Reached, the delay not yet over.
const WAITS: u8 = 1;
const ABLE: u8 = 3;

/// For each person the contact by which it was reached, where everyone passes on `delay` seconds,
/// at least one, after being reached, and the seed so long after `start`.
///
/// In order of time people are reached, and so become able to pass on, first come, first served:
/// a queue of those who wait is all there is besides a byte a person. Nobody reached at an
/// instant is able at it, so order inside an instant does not matter.
pub(super) fn walk(log: &InstantLog, seed: u32, start: i64, delay: u32) -> Vec<u32> {
    let mut via = vec![NONE; log.people.bound()];
    via[seed as usize] = ORIGIN;
    let mut ahead = Ahead::new(delay.into());
    let first = ahead.after(log, start);
    let mut state = vec![UNREACHED; via.len()];
    state[seed as usize] = ABLE;
    let mut waiting: VecDeque<(u32, u32)> = VecDeque::new();
    let mut next_able = u32::MAX;
    let rows: Range<usize> = log.first_of(first)..log.pairs.len();
    let columns = log.pairs[rows.clone()].iter().zip(&log.at[rows.clone()]);
    for (contact, (&[a, b], &rank)) in rows.zip(columns) {
        while rank >= next_able {
            if let Some((_, person)) = waiting.pop_front() {
                state[person as usize] = ABLE;
            }
            next_able = waiting.front().map_or(u32::MAX, |next| next.0);
        }
        // Of the pairs of states, only able and unreached differ in both bits.
        if state[a as usize] ^ state[b as usize] == ABLE {
            let to = if state[a as usize] == ABLE { b } else { a };
            state[to as usize] = WAITS;
            via[to as usize] = index(contact);
            let able = ahead.of(log, rank);
            waiting.push_back((able, to));
            next_able = next_able.min(able);
        }
    }
    via
}

/// The first rank that is so many seconds or more after another; asked in order of time, so that
/// the whole log is crossed once.
pub(super) struct Ahead {
    wait: i64,
    rank: usize,
}

impl Ahead {
    pub(super) fn new(wait: i64) -> Self {
        Ahead { wait, rank: 0 }
    }

    /// After an instant that need not occur; the number of instants if none is so late.
    pub(super) fn after(&self, log: &InstantLog, instant: i64) -> u32 {
        match instant.checked_add(self.wait) {
            Some(instant) => log.rank_from(instant),
            // Past the end of time.
            None => index(log.instants.len()),
        }
    }

    /// After the instant of a rank.
    pub(super) fn of(&mut self, log: &InstantLog, rank: u32) -> u32 {
        let reached = log.instants[rank as usize].checked_add(self.wait);
        let is_before = |instant: &i64| reached.is_none_or(|reached| *instant < reached);
        let later = log.instants.get(self.rank..).unwrap_or_default();
        self.rank += later
            .iter()
            .take_while(|&instant| is_before(instant))
            .count();
        index(self.rank)
    }
}
