//! Who is reached can pass on for a while, each time anew: restless walks.
//!
//! Every arrival x lets a person pass on in [x + delay, x + delay + length), and keeping the first
//! arrival alone loses people. Kept is the union of these windows as disjoint intervals: since
//! time only grows, a new one extends the last or comes after it, and those that are over leave at
//! the front. Each contact is looked at once. (That walks with limited waiting are this easy, and
//! paths that meet nobody twice are not, is shown by Casteigts, Himmel, Molter and Zschoche,
//! "Finding temporal paths under waiting time constraints", Algorithmica 2021.)

use std::collections::VecDeque;
use std::ops::Range;

use super::InstantLog;
use super::at_once::{Crowd, Joined};
use super::delayed::Ahead;
use super::instants::{NONE, ORIGIN};
use super::log::index;

/// For each person the contact by which it was first reached.
///
/// `record` hears of everyone reached, again or for the first time, and by which contact.
pub(super) fn walk(
    log: &InstantLog,
    seed: u32,
    start: i64,
    (delay, length): (u32, u32),
    record: impl FnMut(u32, usize),
) -> Vec<u32> {
    let mut via = vec![NONE; log.people.bound()];
    via[seed as usize] = ORIGIN;
    let opens = Ahead::new(delay.into());
    let closes = Ahead::new(i64::from(delay) + i64::from(length));
    let first = Window {
        from: opens.after(log, start),
        until: closes.after(log, start),
    };
    let people = log.people.bound();
    let mut walk = Walk {
        log,
        opens,
        closes,
        opened: (u32::MAX, Window::EMPTY),
        via,
        record,
    };
    if first.is_empty() {
        return walk.via;
    }
    let rows = log.first_of(first.from)..log.pairs.len();
    match delay {
        0 => walk.at_once(rows, seed, first),
        _ if length >= delay => walk.later(rows, seed, first, Two::new(people)),
        _ => walk.later(rows, seed, first, Many::new(people)),
    }
    walk.via
}

/// Ranks of instants at which a person can pass on: from the first to before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    from: u32,
    until: u32,
}

impl Window {
    const EMPTY: Window = Window { from: 0, until: 0 };

    fn is_empty(self) -> bool {
        self.from >= self.until
    }
}

struct Walk<'log, R> {
    log: &'log InstantLog,
    opens: Ahead,
    closes: Ahead,
    /// A rank, and the window that being reached at it opens: the same for everyone.
    opened: (u32, Window),
    via: Vec<u32>,
    record: R,
}

impl<R: FnMut(u32, usize)> Walk<'_, R> {
    /// With a delay nobody reached at an instant can pass on at it, so contacts are taken one by
    /// one; each may pass in both directions, to people reached before too.
    fn later(&mut self, rows: Range<usize>, seed: u32, first: Window, mut windows: impl Windows) {
        let log = self.log;
        // Whether a person has any window that is not over, or was not asked since: most people
        // have none most of the time, and a byte says so.
        let mut alive = vec![false; self.via.len()];
        alive[seed as usize] = true;
        windows.add(seed, first);
        let columns = log.pairs[rows.clone()].iter().zip(&log.at[rows.clone()]);
        for (contact, (&[a, b], &rank)) in rows.zip(columns) {
            if !(alive[a as usize] | alive[b as usize]) {
                continue;
            }
            let [by_a, by_b] = [a, b].map(|person| {
                let alive = &mut alive[person as usize];
                *alive && {
                    let now = windows.first_alive(person, rank);
                    *alive = !now.is_empty();
                    *alive && now.from <= rank
                }
            });
            for (passes, to) in [(by_a, b), (by_b, a)] {
                if passes {
                    let window = self.reach(to, contact, rank);
                    if !window.is_empty() {
                        windows.first_alive(to, rank);
                        windows.add(to, window);
                        alive[to as usize] = true;
                    }
                }
            }
        }
    }

    /// Without a delay several hops may happen at one instant, and every window begins now: one
    /// end a person is all there is to keep.
    fn at_once(&mut self, rows: Range<usize>, seed: u32, first: Window) {
        let log = self.log;
        let mut until = vec![0u32; self.via.len()];
        until[seed as usize] = first.until;
        let mut crowd = Crowd::default();
        let mut next = rows.start;
        while next < rows.end {
            let columns = log.pairs[next..].iter().zip(&log.at[next..]);
            let is_able = |person: u32, rank: u32| until[person as usize] > rank;
            let mut stirs = columns.map(|(&[a, b], &rank)| is_able(a, rank) | is_able(b, rank));
            let Some(steps) = stirs.position(|stirs| stirs) else {
                return;
            };
            let instant = log.instant_of(next + steps);
            let rank = log.at[instant.start];
            crowd.gather(log, instant.clone(), |person| is_able(person, rank));
            let reached = crowd.able().iter().chain(crowd.joined());
            for &Joined { person, by } in reached {
                until[person as usize] = self.reach(person, by as usize, rank).until;
            }
            next = instant.end;
        }
    }

    /// A person reached at a rank, and when it can pass on for that.
    fn reach(&mut self, person: u32, contact: usize, rank: u32) -> Window {
        (self.record)(person, contact);
        let via = &mut self.via[person as usize];
        if *via == NONE {
            *via = index(contact);
        }
        if self.opened.0 != rank {
            let from = self.opens.of(self.log, rank);
            let until = self.closes.of(self.log, rank);
            self.opened = (rank, Window { from, until });
        }
        self.opened.1
    }
}

/// The windows of everyone, disjoint and in order.
trait Windows {
    fn new(people: usize) -> Self;

    /// Drops the windows of a person that are over, and answers the first of the others.
    fn first_alive(&mut self, person: u32, rank: u32) -> Window;

    /// Adds a window that begins no earlier than any other, those that are over being dropped.
    fn add(&mut self, person: u32, window: Window);
}

/// Two windows a person, 16 bytes: enough where a window is at least as long as the delay.
///
/// Say two are not over at t and do not touch: the first is of an arrival x with
/// t < x + delay + length, the second of an arrival y with x + delay + length < y + delay. A third
/// would begin at t + delay < y + 2 delay <= y + delay + length: it only extends the second.
struct Two(Vec<[Window; 2]>);

impl Windows for Two {
    fn new(people: usize) -> Self {
        Two(vec![[Window::EMPTY; 2]; people])
    }

    fn first_alive(&mut self, person: u32, rank: u32) -> Window {
        let [first, second] = &mut self.0[person as usize];
        if first.until <= rank {
            *first = std::mem::replace(second, Window::EMPTY);
            if first.until <= rank {
                *first = Window::EMPTY;
            }
        }
        *first
    }

    fn add(&mut self, person: u32, window: Window) {
        let [first, second] = &mut self.0[person as usize];
        if first.is_empty() {
            *first = window;
        } else if second.is_empty() && window.from > first.until {
            *second = window;
        } else if second.is_empty() {
            first.until = window.until;
        } else {
            second.until = window.until;
        }
    }
}

/// Any number of windows a person, at most 1 + delay / length, rounded up.
struct Many(Vec<VecDeque<Window>>);

impl Windows for Many {
    fn new(people: usize) -> Self {
        Many(vec![VecDeque::new(); people])
    }

    fn first_alive(&mut self, person: u32, rank: u32) -> Window {
        let windows = &mut self.0[person as usize];
        while windows.front().is_some_and(|first| first.until <= rank) {
            windows.pop_front();
        }
        windows.front().copied().unwrap_or(Window::EMPTY)
    }

    fn add(&mut self, person: u32, window: Window) {
        let windows = &mut self.0[person as usize];
        match windows.back_mut() {
            Some(last) if window.from <= last.until => last.until = window.until,
            _ => windows.push_back(window),
        }
    }
}
