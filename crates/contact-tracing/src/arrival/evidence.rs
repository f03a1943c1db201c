//! Walks that prove an arrival where one contact a person does not.
//!
//! With windows, and with a limit of hops, whoever passed on may have been able to because of
//! another arrival than its first. So the log is walked through again with a record of what
//! happened, and the walk is then followed back.

use std::ops::Range;

use super::log::other;
use super::{InstantLog, Passing, hops, windows};

/// A walk of at most `most` contacts to a person. 12 bytes for each time someone was reached over
/// fewer contacts.
pub(super) fn within_hops(
    log: &InstantLog,
    seed: u32,
    start: i64,
    most: u32,
    person: u32,
    via: &[u32],
) -> Vec<Passing> {
    let mut falls: Vec<(u32, u32, u32)> = Vec::new();
    hops::walk(log, seed, start, most, |person, hops, contact| {
        falls.push((person, hops, contact));
    });
    let mut path = Vec::new();
    let target = via[person as usize];
    let mut wanted = falls
        .iter()
        .find(|fall| fall.0 == person && fall.2 == target);
    // In order of time they fall, so the first within what is left is the earliest, and it was
    // before the contact: that was allowed because of it or of an earlier one.
    while let Some(&(person, hops, contact)) = wanted {
        path.extend(log.passing_to(person, contact));
        let from = other(log.pairs[contact as usize], person);
        wanted = falls.iter().find(|fall| fall.0 == from && fall.1 < hops);
    }
    path.reverse();
    path
}

/// A restless walk to a person. 2 bits a contact, then for each contact of the walk those of its
/// window.
pub(super) fn in_windows(
    log: &InstantLog,
    seed: u32,
    start: i64,
    window: (u32, u32),
    person: u32,
    via: &[u32],
) -> Vec<Passing> {
    let mut marks = Marks(vec![0; log.pairs.len() / 32 + 1]);
    windows::walk(log, seed, start, window, |person, contact| {
        marks.set(log, person, contact);
    });
    let (delay, length) = (i128::from(window.0), i128::from(window.1));
    // Seconds since the window of an arrival opened.
    let open_for = |reached: i64, at: i64| i128::from(at) - i128::from(reached) - delay;
    let mut path = Vec::new();
    let (mut person, mut contact) = (person, via[person as usize] as usize);
    let mut here = AtInstant::default();
    while let Some(passing) = log.passing_to(person, super::log::index(contact)) {
        path.push(passing);
        person = other(log.pairs[contact], person);
        if person == seed && (0..length).contains(&open_for(start, passing.at)) {
            break;
        }
        let instant = log.instant_of(contact);
        let first = log.first_instant(|reached| open_for(reached, passing.at) < length);
        let last = log.first_instant(|reached| open_for(reached, passing.at) < 0);
        let reaches =
            |row: &usize| log.pairs[*row].contains(&person) && marks.is_set(log, person, *row);
        let earlier = (first..last.min(instant.start)).rev().find(reaches);
        // Without a delay someone may have been reached at the instant itself, by a contact that
        // leads back to who could pass on before it.
        let Some(found) = earlier.or_else(|| here.contact(log, &marks, instant, person)) else {
            break;
        };
        contact = found;
    }
    path.reverse();
    path
}

/// By which contacts of an instant people were reached, listed once an instant: a chain inside it
/// may be as long as the instant.
#[derive(Default)]
struct AtInstant {
    instant: Range<usize>,
    reached: Vec<(u32, usize)>,
}

impl AtInstant {
    fn contact(
        &mut self,
        log: &InstantLog,
        marks: &Marks,
        instant: Range<usize>,
        person: u32,
    ) -> Option<usize> {
        if self.instant != instant {
            let ends = instant
                .clone()
                .flat_map(|row| log.pairs[row].map(|person| (person, row)));
            self.reached = ends
                .filter(|&(person, row)| marks.is_set(log, person, row))
                .collect();
            self.reached.sort_unstable();
            self.instant = instant;
        }
        let place = self.reached.partition_point(|reached| reached.0 < person);
        let found = self
            .reached
            .get(place)
            .filter(|reached| reached.0 == person);
        found.map(|reached| reached.1)
    }
}

/// For each contact which of its two people were reached by it.
struct Marks(Vec<u64>);

impl Marks {
    fn set(&mut self, log: &InstantLog, person: u32, contact: usize) {
        let bit = Self::bit(log, person, contact);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn is_set(&self, log: &InstantLog, person: u32, contact: usize) -> bool {
        let bit = Self::bit(log, person, contact);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn bit(log: &InstantLog, person: u32, contact: usize) -> usize {
        2 * contact + usize::from(log.pairs[contact][1] == person)
    }
}
