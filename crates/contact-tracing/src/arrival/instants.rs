//! An answer: an instant for each person, and the contact that proves it.

use super::evidence;
use super::log::other;
use super::{InstantLog, Mode};

/// The person has no instant.
pub(super) const NONE: u32 = u32::MAX;
/// In place of a contact: the person is the seed or the target.
pub(super) const ORIGIN: u32 = u32::MAX - 1;

/// A contact at which one person passed on to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passing {
    /// When.
    pub at: i64,
    /// Who passed on.
    pub from: u64,
    /// Who was reached.
    pub to: u64,
}

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Arrivals { start: i64, mode: Mode },
    Departures,
}

/// An instant for each person who can be reached, or from whom another can be.
///
/// Kept is one contact a person: its instant is the answer, its other person the one who passed
/// on, and those of one person after another are the evidence. 4 bytes a person.
#[derive(Clone, Debug)]
pub struct Instants<'log> {
    pub(super) log: &'log InstantLog,
    /// For each person the contact by which it was reached, or by which it passed on.
    pub(super) via: Vec<u32>,
    /// The seed or the target, if it is in any contact.
    pub(super) origin: Option<u32>,
    pub(super) asked: Asked,
}

impl PartialEq for Instants<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Instants<'_> {}

impl Instants<'_> {
    /// The instant of a person; nothing where there is none, nor for the seed or target.
    pub fn of(&self, person: u64) -> Option<i64> {
        self.log.instant(self.via_of(person)?.1)
    }

    /// Each person with the instant, in the order of people.
    pub fn iter(&self) -> impl Iterator<Item = (u64, i64)> {
        let people = self.log.people_with(&self.via);
        people.filter_map(|(person, via)| Some((person, self.log.instant(via)?)))
    }

    /// The same as a list.
    pub fn collect(&self) -> Vec<(u64, i64)> {
        self.iter().collect()
    }

    /// How many people have an instant.
    pub fn count(&self) -> usize {
        self.via.iter().filter(|&&via| via < ORIGIN).count()
    }

    /// The contact by which a person was first reached; for departures, by which it passed on.
    pub fn passing(&self, person: u64) -> Option<Passing> {
        let (number, via) = self.via_of(person)?;
        let reached = match self.asked {
            Asked::Arrivals { .. } => number,
            Asked::Departures => other(*self.log.pairs.get(via as usize)?, number),
        };
        self.log.passing_to(reached, via)
    }

    /// The evidence: contacts in order of time from the seed to a person, or from a person to the
    /// target, the last or first of which is at the person's instant. Empty for who has none.
    ///
    /// It is a walk: with windows a person may be met on it more than once. Linear in its length;
    /// with windows and with a limit of hops who passed on may have been reached again later, or
    /// over fewer contacts, so the log is walked through once more and kept are 2 bits a contact
    /// or 12 bytes for each time someone was reached over fewer contacts.
    pub fn path(&self, person: u64) -> Vec<Passing> {
        let Some((number, _)) = self.via_of(person) else {
            return Vec::new();
        };
        match self.asked {
            Asked::Departures => self.onward(number),
            Asked::Arrivals { start, mode } => match (mode, self.origin) {
                (Mode::Hops(most), Some(seed)) => {
                    evidence::within_hops(self.log, seed, start, most, number, &self.via)
                }
                (Mode::Window { delay, length }, Some(seed)) => {
                    let window = (delay, length);
                    evidence::in_windows(self.log, seed, start, window, number, &self.via)
                }
                _ => self.back(number),
            },
        }
    }

    /// From contact to contact to the seed. Who passed on was reached earlier, or at the same
    /// instant from one who was, so the walk ends.
    fn back(&self, mut person: u32) -> Vec<Passing> {
        let mut path = Vec::new();
        while let Some(passing) = self.log.passing_to(person, self.via[person as usize]) {
            path.push(passing);
            person = self.across(person);
        }
        path.reverse();
        path
    }

    fn onward(&self, mut person: u32) -> Vec<Passing> {
        let mut path = Vec::new();
        while self.via[person as usize] < ORIGIN {
            let next = self.across(person);
            path.extend(self.log.passing_to(next, self.via[person as usize]));
            person = next;
        }
        path
    }

    fn across(&self, person: u32) -> u32 {
        other(self.log.pairs[self.via[person as usize] as usize], person)
    }

    fn via_of(&self, person: u64) -> Option<(u32, u32)> {
        let number = self.log.number(person)?;
        let via = *self.via.get(number as usize)?;
        (via < ORIGIN).then_some((number, via))
    }
}

impl InstantLog {
    /// The people who have a contact in a column of them, in order.
    pub(super) fn people_with(&self, via: &[u32]) -> impl Iterator<Item = (u64, u32)> {
        let numbered = (0u32..).zip(via);
        let reached = numbered.filter(|(_, via)| **via < ORIGIN);
        reached.map(|(number, &via)| (self.people.key(number), via))
    }
}
