//! The slow oracle: every walk is walked. And logs and modes to ask it about.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::{BTreeMap, BTreeSet};

use contact_tracing::arrival::{Mode, Passing};
use proptest::prelude::*;

pub(crate) type Rows = Vec<(i64, u64, u64)>;

/// Whether someone reached `since` seconds ago over so many contacts may pass on.
pub(crate) fn may_pass(mode: Mode, since: i64, hops: u32, is_seed: bool) -> bool {
    let strictly = since > 0 || (is_seed && since == 0);
    match mode {
        Mode::Strict => strictly,
        Mode::NonStrict => since >= 0,
        Mode::Delayed(delay) => since >= i64::from(delay),
        Mode::Window { delay, length } => {
            let since = since - i64::from(delay);
            since >= 0 && since < i64::from(length)
        }
        Mode::Hops(most) => strictly && hops < most,
    }
}

/// Walks every walk: a state is a person, when it was reached (the seed: at the start, before
/// any contact) and over how many contacts.
pub(crate) fn by_every_walk(rows: &Rows, seed: u64, start: i64, mode: Mode) -> BTreeMap<u64, i64> {
    let mut arrivals = BTreeMap::new();
    for (person, at, _, _) in states(rows, seed, start, mode) {
        if person != seed {
            let known = arrivals.entry(person).or_insert(at);
            *known = at.min(*known);
        }
    }
    arrivals
}

/// For each person reached by strict walks within a period the fewest contacts, and the earliest
/// arrival over so many.
pub(crate) fn generations(
    rows: &Rows,
    case: u64,
    within: (i64, i64),
    most: u32,
) -> BTreeMap<u64, (u32, i64)> {
    let inside = |row: &(i64, u64, u64)| row.0 >= within.0 && row.0 < within.1;
    let rows: Rows = rows.iter().copied().filter(inside).collect();
    let mut found = BTreeMap::new();
    for (person, at, hops, _) in states(&rows, case, within.0, Mode::Hops(most)) {
        if person != case {
            let known = found.entry(person).or_insert((hops, at));
            *known = (hops, at).min(*known);
        }
    }
    found
}

fn states(rows: &Rows, seed: u64, start: i64, mode: Mode) -> BTreeSet<(u64, i64, u32, bool)> {
    let mut states = BTreeSet::new();
    let mut open = vec![(seed, start, 0u32, true)];
    while let Some(state) = open.pop() {
        if !states.insert(state) {
            continue;
        }
        let (person, x, hops, is_seed) = state;
        for &(t, a, b) in rows {
            let other = match (a == person, b == person) {
                (true, false) => b,
                (false, true) => a,
                _ => continue,
            };
            let may_pass = may_pass(mode, t - x, hops, is_seed);
            let counted = if matches!(mode, Mode::Hops(_)) {
                hops + 1
            } else {
                0
            };
            if may_pass {
                open.push((other, t, counted, false));
            }
        }
    }
    states
}

/// Whether contacts lead from the seed to a person as the mode allows, every one of them seen.
pub(crate) fn is_walk(
    rows: &Rows,
    path: &[Passing],
    seed: u64,
    start: i64,
    mode: Mode,
    to: u64,
) -> bool {
    let (mut person, mut x, mut is_seed) = (seed, start, true);
    for (hops, passing) in (0u32..).zip(path) {
        let seen = rows.iter().any(|&(at, a, b)| {
            let ends = (passing.from, passing.to);
            at == passing.at && (ends == (a, b) || ends == (b, a))
        });
        let since = passing.at - x;
        let in_time = since >= 0 && may_pass(mode, since, hops, is_seed);
        if !(seen && in_time && passing.from == person) {
            return false;
        }
        (person, x, is_seed) = (passing.to, passing.at, false);
    }
    person == to && !path.is_empty()
}

pub(crate) fn modes() -> impl Strategy<Value = Mode> {
    prop_oneof![
        Just(Mode::Strict),
        Just(Mode::NonStrict),
        (0u32..4).prop_map(Mode::Delayed),
        (0u32..5, 0u32..5).prop_map(|(delay, length)| Mode::Window { delay, length }),
        (0u32..4).prop_map(Mode::Hops),
    ]
}

pub(crate) fn rows() -> impl Strategy<Value = Rows> {
    prop::collection::vec((0i64..12, 1u64..8, 1u64..8), 0..24)
}

/// A larger log from a number: `people` people, `contacts` contacts, `instants` instants.
pub(crate) fn community(number: u64, people: u64, contacts: u64, instants: u64) -> Rows {
    // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    let mut state = number;
    let mut next = move |below: u64| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % below
    };
    let mut row = || {
        let a = next(people);
        let near = (a + 1 + next(9)) % people;
        let b = if next(4) == 0 { next(people) } else { near };
        (i64::try_from(next(instants)).unwrap_or(0), a, b)
    };
    (0..contacts)
        .map(|_| row())
        .filter(|row| row.1 != row.2)
        .collect()
}
