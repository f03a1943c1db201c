//! The contacts held, by their ids.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use thiserror::Error;

use super::blocks::{Blocks, Row};
use super::seats::{MOST, Seat};

/// Two people who met at an instant, in the log's seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LiveContact {
    /// When.
    pub at: i64,
    /// The two, by any whole numbers. Which stands first means nothing.
    pub people: [u64; 2],
}

/// Why a change was not made. The log is as it was before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum RefusedChange<Id> {
    /// An insertion under an id that is held.
    #[error(
        "contact {id:?}: the log holds a contact under that id; correct that one, or give this one an id of its own"
    )]
    IdTaken {
        /// The id.
        id: Id,
    },
    /// A correction or withdrawal of an id that is not held.
    #[error("contact {id:?}: the log holds none under that id; insert it first")]
    UnknownId {
        /// The id.
        id: Id,
    },
    /// A contact of a person with the same person.
    #[error(
        "contact {id:?} at second {at}, person_b: {person} is the same person as person_a; name the two who met"
    )]
    MeetsOneself {
        /// The id of the contact.
        id: Id,
        /// When it was.
        at: i64,
        /// Who.
        person: u64,
    },
    /// A contact for which there is no number left.
    #[error("contact {id:?}: the log is full, with 4294967294 contacts or people; split it")]
    NoPlaceLeft {
        /// The id of the contact.
        id: Id,
    },
}

/// One person reached by another: a step of an evidence path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LivePassage<'log, Id> {
    /// When, in the log's seconds.
    pub at: i64,
    /// Who passed on; could do so at that instant.
    pub source: u64,
    /// Who was reached.
    pub person: u64,
    /// The contact.
    pub id: &'log Id,
}

/// Contacts of an instant, with the strict closure from a set of seeds kept up to date.
///
/// `Id` is the caller's own key of a record: a number, a text. People need not be made known
/// beforehand: whoever is named in a contact is one.
#[derive(Clone, Debug)]
pub struct LiveLog<Id> {
    pub(super) start: i64,
    /// Looks that a repair may take; a part of the contacts where it is not set.
    budget: Option<usize>,
    /// People by number, in order of arrival: a number never reaches an answer.
    keys: Vec<u64>,
    numbers: HashMap<u64, u32>,
    pub(super) seats: Vec<Seat>,
    /// The contacts of each person, in order.
    pub(super) meetings: Vec<Vec<With>>,
    pub(super) in_time: Blocks,
    records: Vec<Held<Id>>,
    /// Places of withdrawn records, each with its last content until it is taken anew.
    free: Vec<u32>,
    places: HashMap<Id, u32>,
}

/// A contact as one of the two has it: when, by which record, with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct With {
    pub(super) at: i64,
    pub(super) place: u32,
    pub(super) other: u32,
}

#[derive(Clone, Debug)]
struct Held<Id> {
    id: Id,
    at: i64,
    people: [u32; 2],
}

impl<Id: Clone + Ord + Hash> LiveLog<Id> {
    /// A log without contacts, whose seeds may pass on from `start` on.
    pub fn new(seeds: impl IntoIterator<Item = u64>, start: i64) -> Self {
        let mut log = LiveLog {
            start,
            budget: None,
            keys: Vec::new(),
            numbers: HashMap::new(),
            seats: Vec::new(),
            meetings: Vec::new(),
            in_time: Blocks::default(),
            records: Vec::new(),
            free: Vec::new(),
            places: HashMap::new(),
        };
        for seed in seeds {
            let number = log.number_or_new(seed);
            log.seats[number as usize] = Seat::seed(start);
        }
        log
    }

    /// From contacts in any order, with those that were refused, in order. n log n, and about as
    /// fast as sorting: for a log that is there already, not for one that comes row by row.
    ///
    /// Of several contacts under one id the least by content is taken.
    pub fn build(
        seeds: impl IntoIterator<Item = u64>,
        start: i64,
        contacts: impl IntoIterator<Item = (Id, LiveContact)>,
    ) -> (Self, Vec<RefusedChange<Id>>) {
        let mut log = Self::new(seeds, start);
        let mut refused = Vec::new();
        let given = sound_in_time(contacts, &mut refused);
        let mut rows = Vec::with_capacity(given.len());
        for (id, contact) in given {
            match log.hold(id, contact) {
                Ok(row) => rows.push(row),
                Err(why) => refused.push(why),
            }
        }
        refused.sort_unstable();
        for row in &rows {
            log.list(row);
        }
        for meetings in &mut log.meetings {
            meetings.shrink_to_fit();
        }
        log.in_time = Blocks::new(&rows);
        log.run_from(start);
        (log, refused)
    }

    /// Bounds how many contacts a change may look at before the closure is taken again from the
    /// instant of the change on. No answer depends on it.
    ///
    /// Without a bound of one's own it is one in 32 of the contacts held, and at least 1,024: a
    /// look far from the last one costs about as much as reading ten to twenty contacts in order,
    /// so that what is given up has cost less than what takes its place.
    #[must_use]
    pub fn repair_within(mut self, looks: usize) -> Self {
        self.budget = Some(looks);
        self
    }

    /// Takes a new contact in.
    ///
    /// # Errors
    /// If the id is held already, if a person is to have met itself, or if there is no place left.
    pub fn insert(&mut self, id: Id, contact: LiveContact) -> Result<(), RefusedChange<Id>> {
        meets_another(&id, &contact)?;
        if self.places.contains_key(&id) {
            return Err(RefusedChange::IdTaken { id });
        }
        let row = self.hold(id, contact)?;
        self.list(&row);
        self.in_time.insert(row);
        self.repair_after_insertion(&row);
        Ok(())
    }

    /// Takes a contact out again, and gives it back.
    ///
    /// # Errors
    /// If no contact is held under the id.
    pub fn withdraw(&mut self, id: &Id) -> Result<LiveContact, RefusedChange<Id>> {
        let Some(place) = self.places.remove(id) else {
            return Err(RefusedChange::UnknownId { id: id.clone() });
        };
        let row = self.row(place);
        let [a, b] = row.people;
        for (person, other) in [(a, b), (b, a)] {
            let with = With {
                at: row.at,
                place,
                other,
            };
            let meetings = &mut self.meetings[person as usize];
            if let Ok(index) = meetings.binary_search(&with) {
                meetings.remove(index);
            }
        }
        self.in_time.remove(&row);
        self.repair_after_withdrawal(&row);
        self.free.push(place);
        Ok(self.contact_of(&row))
    }

    /// Puts another contact in place of the one held under the id, and gives that one back.
    ///
    /// # Errors
    /// If no contact is held under the id, or if a person is to have met itself; the contact held
    /// then stays.
    pub fn correct(
        &mut self,
        id: &Id,
        contact: LiveContact,
    ) -> Result<LiveContact, RefusedChange<Id>> {
        if !self.places.contains_key(id) {
            return Err(RefusedChange::UnknownId { id: id.clone() });
        }
        meets_another(id, &contact)?;
        if !self.has_numbers() {
            return Err(RefusedChange::NoPlaceLeft { id: id.clone() });
        }
        let before = self.withdraw(id)?;
        self.insert(id.clone(), contact)?;
        Ok(before)
    }

    /// The contact held under an id.
    pub fn contact(&self, id: &Id) -> Option<LiveContact> {
        let place = *self.places.get(id)?;
        Some(self.contact_of(&self.row(place)))
    }

    /// How many contacts are held.
    pub fn contact_count(&self) -> usize {
        self.places.len()
    }

    /// The arrival at a person; nothing for who is not reached, nor for a seed.
    pub fn arrival(&self, person: u64) -> Option<i64> {
        let number = *self.numbers.get(&person)?;
        let (at, _) = self.seats[number as usize].arrival()?;
        Some(at)
    }

    /// Each person reached with the arrival, in the order of people. n log n in the people.
    pub fn arrivals(&self) -> Vec<(u64, i64)> {
        let numbered = self.keys.iter().zip(&self.seats);
        let reached = numbered.filter_map(|(&person, seat)| Some((person, seat.arrival()?.0)));
        let mut arrivals: Vec<(u64, i64)> = reached.collect();
        arrivals.sort_unstable();
        arrivals
    }

    /// How a person was reached.
    pub fn passage(&self, person: u64) -> Option<LivePassage<'_, Id>> {
        let number = *self.numbers.get(&person)?;
        let (at, place) = self.seats[number as usize].arrival()?;
        Some(LivePassage {
            at,
            source: self.keys[self.other(place, number) as usize],
            person,
            id: &self.records[place as usize].id,
        })
    }

    /// The passages from a seed to a person, in order of time; none if it is not reached.
    pub fn path(&self, person: u64) -> Vec<LivePassage<'_, Id>> {
        let mut path = Vec::new();
        let mut person = person;
        // A source was reached at an earlier instant, so the path ends.
        while let Some(passage) = self.passage(person) {
            person = passage.source;
            path.push(passage);
        }
        path.reverse();
        path
    }

    pub(super) fn budget(&self) -> usize {
        let part = (self.contact_count() / 32).max(1_024);
        self.budget.unwrap_or(part)
    }

    /// Whether of two contacts of one instant that could have reached a person the first is the
    /// evidence.
    pub(super) fn goes_before(&self, person: u32, one: u32, two: u32) -> bool {
        let rank = |place: u32| {
            let source = self.keys[self.other(place, person) as usize];
            (source, &self.records[place as usize].id)
        };
        rank(one) < rank(two)
    }

    /// Whether there are numbers left for two people.
    fn has_numbers(&self) -> bool {
        self.keys.len() + 2 <= MOST
    }

    /// Gives a record its place and its people their numbers; it is in no list yet.
    fn hold(&mut self, id: Id, contact: LiveContact) -> Result<Row, RefusedChange<Id>> {
        let has_place = !self.free.is_empty() || self.records.len() < MOST;
        if !has_place || !self.has_numbers() {
            return Err(RefusedChange::NoPlaceLeft { id });
        }
        let people = contact.people.map(|person| self.number_or_new(person));
        let held = Held {
            id: id.clone(),
            at: contact.at,
            people,
        };
        let place = match self.free.pop() {
            Some(place) => {
                self.records[place as usize] = held;
                place
            }
            None => {
                self.records.push(held);
                last_index(&self.records)
            }
        };
        self.places.insert(id, place);
        Ok(self.row(place))
    }

    /// Puts a contact into the lists of its two people.
    fn list(&mut self, row: &Row) {
        let [a, b] = row.people;
        for (person, other) in [(a, b), (b, a)] {
            let with = With {
                at: row.at,
                place: row.place,
                other,
            };
            let meetings = &mut self.meetings[person as usize];
            // What is new is mostly late.
            match meetings.last() {
                Some(last) if *last > with => {
                    let index = meetings.partition_point(|other| *other < with);
                    meetings.insert(index, with);
                }
                _ => meetings.push(with),
            }
        }
    }

    fn number_or_new(&mut self, person: u64) -> u32 {
        match self.numbers.entry(person) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.keys.push(person);
                self.seats.push(Seat::UNREACHED);
                self.meetings.push(Vec::new());
                *new.insert(last_index(&self.keys))
            }
        }
    }

    fn row(&self, place: u32) -> Row {
        let held = &self.records[place as usize];
        Row {
            at: held.at,
            place,
            people: held.people,
        }
    }

    fn contact_of(&self, row: &Row) -> LiveContact {
        let mut people = row.people.map(|number| self.keys[number as usize]);
        people.sort_unstable();
        LiveContact { at: row.at, people }
    }

    /// The one of the two in a contact who is not that person.
    fn other(&self, place: u32, person: u32) -> u32 {
        let [a, b] = self.records[place as usize].people;
        if a == person { b } else { a }
    }
}

/// The contacts that can be held, in order of time; of several under one id the least by content.
fn sound_in_time<Id: Clone + Ord>(
    contacts: impl IntoIterator<Item = (Id, LiveContact)>,
    refused: &mut Vec<RefusedChange<Id>>,
) -> Vec<(Id, LiveContact)> {
    let mut given: Vec<(Id, LiveContact)> = contacts.into_iter().collect();
    for (_, contact) in &mut given {
        contact.people.sort_unstable();
    }
    given.sort_unstable();
    // A contact that cannot be does not keep its id from one that can.
    given.retain(|(id, contact)| {
        let checked = meets_another(id, contact);
        refused.extend(checked.clone().err());
        checked.is_ok()
    });
    given.dedup_by(|later, kept| {
        let taken = later.0 == kept.0;
        if taken {
            refused.push(RefusedChange::IdTaken {
                id: later.0.clone(),
            });
        }
        taken
    });
    // In order of time, so that records that are read together lie together.
    given.sort_unstable_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    given
}

fn meets_another<Id: Clone>(id: &Id, contact: &LiveContact) -> Result<(), RefusedChange<Id>> {
    let [a, b] = contact.people;
    if a == b {
        return Err(RefusedChange::MeetsOneself {
            id: id.clone(),
            at: contact.at,
            person: a,
        });
    }
    Ok(())
}

/// Lists are kept shorter than [`MOST`].
fn last_index<T>(list: &[T]) -> u32 {
    u32::try_from(list.len().saturating_sub(1)).unwrap_or(u32::MAX)
}
