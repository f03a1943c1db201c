//! Every mode by a plain pass over rows in order of time, for logs too large to walk every walk.
//! `walks` is its oracle.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::{BTreeMap, VecDeque};

use contact_tracing::arrival::Mode;

use super::walks::Rows;

type Arrivals = BTreeMap<u64, i64>;

pub(crate) fn arrivals(rows: &Rows, seed: u64, start: i64, mode: Mode) -> Arrivals {
    let mut rows = rows.clone();
    rows.sort_unstable();
    rows.retain(|row| row.0 >= start);
    let mut found = match mode {
        Mode::Strict => after(&rows, seed, start, 1),
        Mode::NonStrict | Mode::Delayed(0) => at_once(&rows, seed, start),
        Mode::Delayed(delay) => {
            let delay = i64::from(delay);
            after(&rows, seed, start + delay, delay)
        }
        Mode::Hops(most) => within_hops(&rows, seed, most),
        Mode::Window { delay, length } => windows(&rows, seed, start, delay.into(), length.into()),
    };
    found.remove(&seed);
    found
}

pub(crate) fn departures(rows: &Rows, target: u64, by: i64) -> Arrivals {
    let mut rows = rows.clone();
    rows.sort_unstable();
    let mut useful = BTreeMap::from([(target, by)]);
    let mut departures = BTreeMap::new();
    for &(at, a, b) in rows.iter().rev().filter(|row| row.0 <= by) {
        for (from, to) in [(a, b), (b, a)] {
            if useful.get(&to).is_some_and(|&useful| useful >= at) && !useful.contains_key(&from) {
                useful.insert(from, at - 1);
                departures.insert(from, at);
            }
        }
    }
    departures
}

fn after(rows: &Rows, seed: u64, usable: i64, wait: i64) -> Arrivals {
    let mut usable = BTreeMap::from([(seed, usable)]);
    let mut arrivals = Arrivals::new();
    for &(at, a, b) in rows {
        for (from, to) in [(a, b), (b, a)] {
            let able = usable.get(&from).is_some_and(|&usable| usable <= at);
            if able && !usable.contains_key(&to) {
                usable.insert(to, at + wait);
                arrivals.insert(to, at);
            }
        }
    }
    arrivals
}

fn at_once(rows: &Rows, seed: u64, start: i64) -> Arrivals {
    let mut arrivals = BTreeMap::from([(seed, start)]);
    for moment in rows.chunk_by(|a, b| a.0 == b.0) {
        while together(moment, &mut arrivals) {}
    }
    arrivals
}

fn together(moment: &[(i64, u64, u64)], arrivals: &mut Arrivals) -> bool {
    let before = arrivals.len();
    for &(at, a, b) in moment {
        if arrivals.contains_key(&a) || arrivals.contains_key(&b) {
            arrivals.entry(a).or_insert(at);
            arrivals.entry(b).or_insert(at);
        }
    }
    arrivals.len() > before
}

fn within_hops(rows: &Rows, seed: u64, most: u32) -> Arrivals {
    let mut fewest = BTreeMap::from([(seed, 0u32)]);
    let mut arrivals = Arrivals::new();
    for moment in rows.chunk_by(|a, b| a.0 == b.0) {
        let mut brought = Vec::new();
        for &(at, a, b) in moment {
            for (from, to) in [(a, b), (b, a)] {
                if let Some(&hops) = fewest.get(&from).filter(|&&hops| hops < most) {
                    brought.push((to, hops + 1));
                    arrivals.entry(to).or_insert(at);
                }
            }
        }
        for (person, hops) in brought {
            let known = fewest.entry(person).or_insert(hops);
            *known = hops.min(*known);
        }
    }
    arrivals
}

fn windows(rows: &Rows, seed: u64, start: i64, delay: i64, length: i64) -> Arrivals {
    // Every arrival is kept, not the union of what they open.
    let mut reached: BTreeMap<u64, VecDeque<i64>> =
        BTreeMap::from([(seed, VecDeque::from([start]))]);
    let mut arrivals = Arrivals::new();
    for moment in rows.chunk_by(|a, b| a.0 == b.0) {
        loop {
            let mut again = false;
            for &(at, a, b) in moment {
                let mut able = |person: u64| {
                    let Some(reached) = reached.get_mut(&person) else {
                        return false;
                    };
                    while reached.front().is_some_and(|&x| x + delay + length <= at) {
                        reached.pop_front();
                    }
                    reached.iter().any(|&x| x + delay <= at)
                };
                let passes = [(able(a), b), (able(b), a)];
                for (_, to) in passes.into_iter().filter(|passes| passes.0) {
                    arrivals.entry(to).or_insert(at);
                    let known = reached.entry(to).or_default();
                    if known.back() != Some(&at) {
                        known.push_back(at);
                        again = true;
                    }
                }
            }
            if !again {
                break;
            }
        }
    }
    arrivals
}
