//! One pass over the log in order of time.

use std::collections::VecDeque;

use petgraph::unionfind::UnionFind;

use super::{Instant, InstantLog, Instants, Mode};

/// The earliest arrival at everyone who can be reached from a seed that may pass on from `start`
/// (in the log's seconds) on; the seed itself is left out.
///
/// One pass over the contacts from `start` on; contacts of one instant are sorted where several
/// hops may happen at once. A seed that is in no contact reaches nobody.
pub fn earliest_arrival(log: &InstantLog, seed: u64, start: i64, mode: Mode) -> Instants<'_> {
    let mut by_person = vec![None; log.people.len()];
    if let Some(seed) = log.number(seed) {
        let contacts = log.from(start);
        match mode {
            Mode::Strict => after(contacts, seed, start, 1, &mut by_person),
            Mode::NonStrict | Mode::Delayed(0) => at_once(contacts, seed, start, &mut by_person),
            Mode::Delayed(delay) => {
                let usable = start.saturating_add(i64::from(delay));
                after(contacts, seed, usable, i64::from(delay), &mut by_person);
            }
            Mode::Hops(most) => within_hops(contacts, seed, most, &mut by_person),
            Mode::Window { delay, length } => {
                let window = Windows::new(log.people.len(), delay, length);
                window.walk(contacts, seed, start, &mut by_person);
            }
        }
        by_person[seed as usize] = None;
    }
    Instants {
        people: &log.people,
        by_person,
    }
}

/// Who is reached passes on `wait` seconds later at the earliest, at least one: nobody is reached
/// and passes on at one instant, so the order inside an instant does not matter.
fn after(
    contacts: &[Instant],
    seed: u32,
    seed_usable: i64,
    wait: i64,
    arrivals: &mut [Option<i64>],
) {
    let mut usable = vec![i64::MAX; arrivals.len()];
    usable[seed as usize] = seed_usable;
    for contact in contacts {
        let [a, b] = contact.people.map(|person| person as usize);
        for (from, to) in [(a, b), (b, a)] {
            if usable[from] <= contact.at && usable[to] == i64::MAX {
                usable[to] = contact.at.saturating_add(wait);
                arrivals[to] = Some(contact.at);
            }
        }
    }
}

/// Who is reached passes on at once: all who hang together at an instant are reached together.
fn at_once(contacts: &[Instant], seed: u32, start: i64, arrivals: &mut [Option<i64>]) {
    arrivals[seed as usize] = Some(start);
    for moment in contacts.chunk_by(|a, b| a.at == b.at) {
        for group in together(moment) {
            let reached = |&person: &u32| arrivals[person as usize].is_some();
            if group.iter().any(reached) {
                for person in group {
                    arrivals[person as usize].get_or_insert(moment[0].at);
                }
            }
        }
    }
}

/// The people of each group that hangs together by the contacts of one instant.
fn together(moment: &[Instant]) -> Vec<Vec<u32>> {
    let mut people: Vec<u32> = moment.iter().flat_map(|contact| contact.people).collect();
    people.sort_unstable();
    people.dedup();
    let place = |person: u32| people.partition_point(|&other| other < person);
    let mut joined = UnionFind::<usize>::new(people.len());
    for contact in moment {
        let [a, b] = contact.people.map(place);
        joined.union(a, b);
    }
    let mut by_group: Vec<(usize, u32)> = joined
        .into_labeling()
        .into_iter()
        .zip(people.iter().copied())
        .collect();
    by_group.sort_unstable();
    let groups = by_group.chunk_by(|a, b| a.0 == b.0);
    groups
        .map(|group| group.iter().map(|&(_, person)| person).collect())
        .collect()
}

/// In order of time the fewest contacts so far only fall, so the first time they are within the
/// limit is the arrival. What an instant brings counts only after it.
fn within_hops(contacts: &[Instant], seed: u32, most: u32, arrivals: &mut [Option<i64>]) {
    let mut fewest = vec![u32::MAX; arrivals.len()];
    fewest[seed as usize] = 0;
    let mut brought: Vec<(u32, u32)> = Vec::new();
    for moment in contacts.chunk_by(|a, b| a.at == b.at) {
        for contact in moment {
            let [a, b] = contact.people;
            for (from, to) in [(a, b), (b, a)] {
                let hops = fewest[from as usize];
                if hops < most && hops + 1 < fewest[to as usize] {
                    brought.push((to, hops + 1));
                }
            }
        }
        for (person, hops) in brought.drain(..) {
            let fewest = &mut fewest[person as usize];
            *fewest = (*fewest).min(hops);
            arrivals[person as usize].get_or_insert(moment[0].at);
        }
    }
}

/// When each person can pass on: the union of the windows that all its arrivals open.
struct Windows {
    delay: i64,
    length: i64,
    /// Disjoint and in order; those over are dropped from the front. While windows are longer
    /// than the delay there are never more than two.
    open: Vec<VecDeque<(i64, i64)>>,
}

impl Windows {
    fn new(people: usize, delay: u32, length: u32) -> Self {
        Windows {
            delay: delay.into(),
            length: length.into(),
            open: vec![VecDeque::new(); people],
        }
    }

    fn walk(mut self, contacts: &[Instant], seed: u32, start: i64, arrivals: &mut [Option<i64>]) {
        self.reach(seed, start);
        for moment in contacts.chunk_by(|a, b| a.at == b.at) {
            let at = moment[0].at;
            if self.delay == 0 {
                // Who is reached can pass on at once, and be reached again by whom it reached.
                for group in together(moment).into_iter().filter(|group| group.len() > 1) {
                    let mut able = false;
                    for &person in &group {
                        able |= self.is_open(person, at);
                    }
                    for person in group.into_iter().filter(|_| able) {
                        self.reach(person, at);
                        arrivals[person as usize].get_or_insert(at);
                    }
                }
                continue;
            }
            for contact in moment {
                let [a, b] = contact.people;
                for (from, to) in [(a, b), (b, a)] {
                    if self.is_open(from, at) {
                        self.reach(to, at);
                        arrivals[to as usize].get_or_insert(at);
                    }
                }
            }
        }
    }

    fn is_open(&mut self, person: u32, at: i64) -> bool {
        let open = &mut self.open[person as usize];
        while open.front().is_some_and(|&(_, until)| until <= at) {
            open.pop_front();
        }
        open.front().is_some_and(|&(from, _)| from <= at)
    }

    fn reach(&mut self, person: u32, at: i64) {
        let from = at.saturating_add(self.delay);
        let until = from.saturating_add(self.length);
        match self.open[person as usize].back_mut() {
            Some(last) if from <= last.1 => last.1 = until,
            _ => self.open[person as usize].push_back((from, until)),
        }
    }
}
