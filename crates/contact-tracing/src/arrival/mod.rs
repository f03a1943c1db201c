//! The earliest instant by which each person can have been reached, over contacts of an instant.
//!
//! ```
//! use contact_tracing::arrival::{InstantLog, Mode, earliest_arrival};
//!
//! let log = InstantLog::build([(10, 1, 2), (20, 2, 3), (20, 3, 4)]);
//! let reached = earliest_arrival(&log, 1, 0, Mode::Strict);
//! assert_eq!(reached.collect(), [(2, 10), (3, 20)]);
//! let reached = earliest_arrival(&log, 1, 0, Mode::NonStrict);
//! assert_eq!(reached.collect(), [(2, 10), (3, 20), (4, 20)]);
//! ```
//!
//! These are walks: a person may be met more than once on one.

mod backward;
mod forward;
pub mod live;
mod mode;
pub mod visits;

pub use backward::latest_departure;
pub use forward::earliest_arrival;
pub use mode::{Mode, UnknownMode};

/// Contacts of two people at an instant, in order of time.
///
/// People are any whole numbers; inside they are numbered densely in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstantLog {
    people: Vec<u64>,
    contacts: Vec<Instant>,
}

/// A contact between people by their dense numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Instant {
    at: i64,
    people: [u32; 2],
}

impl InstantLog {
    /// From contacts (second, person, person) in any order. n log n.
    ///
    /// A contact of a person with the same person reaches nobody and is left out.
    pub fn build(contacts: impl IntoIterator<Item = (i64, u64, u64)>) -> Self {
        let mut given: Vec<(i64, u64, u64)> = contacts.into_iter().collect();
        given.retain(|(_, a, b)| a != b);
        let mut people: Vec<u64> = given.iter().flat_map(|&(_, a, b)| [a, b]).collect();
        people.sort_unstable();
        people.dedup();
        let mut log = InstantLog {
            people,
            contacts: Vec::new(),
        };
        let numbered = given.iter().filter_map(|&(at, a, b)| {
            let people = [log.number(a)?, log.number(b)?];
            Some(Instant { at, people })
        });
        let mut contacts: Vec<Instant> = numbered.collect();
        contacts.sort_unstable();
        log.contacts = contacts;
        log
    }

    /// How many contacts there are.
    pub fn contact_count(&self) -> usize {
        self.contacts.len()
    }

    /// How many people are in a contact.
    pub fn people_count(&self) -> usize {
        self.people.len()
    }

    /// The second of the first contact.
    pub fn first_contact(&self) -> Option<i64> {
        self.contacts.first().map(|contact| contact.at)
    }

    fn number(&self, person: u64) -> Option<u32> {
        u32::try_from(self.people.binary_search(&person).ok()?).ok()
    }

    /// Contacts from an instant on.
    fn from(&self, start: i64) -> &[Instant] {
        let first = self.contacts.partition_point(|contact| contact.at < start);
        &self.contacts[first..]
    }

    /// Contacts up to an instant, it included.
    fn up_to(&self, end: i64) -> &[Instant] {
        let last = self.contacts.partition_point(|contact| contact.at <= end);
        &self.contacts[..last]
    }
}

/// An instant for each person who can be reached, or from whom another can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instants<'log> {
    people: &'log [u64],
    by_person: Vec<Option<i64>>,
}

impl Instants<'_> {
    /// The instant of a person; nothing where there is none, nor for the seed or target.
    pub fn of(&self, person: u64) -> Option<i64> {
        self.by_person[self.people.binary_search(&person).ok()?]
    }

    /// Each person with the instant, in the order of people.
    pub fn iter(&self) -> impl Iterator<Item = (u64, i64)> {
        let numbered = self.people.iter().zip(&self.by_person);
        numbered.filter_map(|(&person, at)| Some((person, (*at)?)))
    }

    /// The same as a list.
    pub fn collect(&self) -> Vec<(u64, i64)> {
        self.iter().collect()
    }
}
