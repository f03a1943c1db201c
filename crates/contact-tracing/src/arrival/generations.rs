//! The people within a few generations of a case, within a few days.

use std::ops::Range;

use super::index::ContactIndex;
use super::instants::NONE;
use super::log::index;
use super::{InstantLog, Passing};

/// As many people as a case usually has within two generations and two weeks.
const FEW: usize = 128;

/// Room that one question leaves to the next: 8 bytes a person, cleared by raising an epoch.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    epoch: u32,
    seats: Vec<Seat>,
}

/// The last record of a person, if it is of this epoch.
#[derive(Clone, Copy, Debug, Default)]
struct Seat {
    epoch: u32,
    record: u32,
}

impl Scratch {
    /// Makes everyone unreached.
    fn clear(&mut self, people: usize) {
        if self.seats.len() != people || self.epoch == u32::MAX {
            self.seats.clear();
            self.seats.resize(people, Seat::default());
            self.epoch = 0;
        }
        self.epoch += 1;
    }

    fn record(&self, person: u32) -> Option<u32> {
        let seat = self.seats[person as usize];
        (seat.epoch == self.epoch).then_some(seat.record)
    }

    fn note(&mut self, person: u32, record: u32) {
        let epoch = self.epoch;
        self.seats[person as usize] = Seat { epoch, record };
    }
}

/// Someone reached by a strict walk of so many contacts, and not by one of fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Generation {
    /// Who.
    pub person: u64,
    /// The fewest contacts of any strict walk to the person.
    pub generation: u32,
    /// The contact at which it is first reached over so few; its instant is the arrival.
    pub passing: Passing,
}

/// The people within so many generations of a case: first those of the first generation, then of
/// the second, and so on, each in the order in which they were found: by who passed on, then by
/// time.
#[derive(Clone, Debug)]
pub struct Generations<'log> {
    log: &'log InstantLog,
    records: Vec<Record>,
}

/// A person reached earlier than over any fewer contacts.
#[derive(Clone, Copy, Debug)]
struct Record {
    person: u32,
    contact: u32,
    /// The record of who passed on.
    from: u32,
    /// Over how many contacts.
    generation: u32,
    /// Whether the person was not reached over fewer contacts.
    is_first: bool,
}

impl ContactIndex<'_> {
    /// The people whom a case may have reached over at most `most` contacts within instants
    /// `[from, until)`, each with the fewest contacts that do and the earliest arrival over so
    /// many. The case may pass on from `from` on, all others strictly after being reached.
    ///
    /// Exact for any number of generations: someone reached late over few contacts and early over
    /// more is followed from both. Cost: the contacts in the period of those within one generation
    /// less, each read once for each number of contacts by which its person is reached earlier;
    /// neither the log nor the number of people matters.
    pub fn generations_within(
        &self,
        case: u64,
        within: Range<i64>,
        most: u32,
        scratch: &mut Scratch,
    ) -> Generations<'_> {
        let mut walk = Layers {
            index: self,
            scratch,
            records: Vec::with_capacity(FEW),
            until: index(self.log.first_of(self.log.rank_from(within.end))),
        };
        if let Some(case) = self.log.number(case) {
            let first = index(self.log.first_of(self.log.rank_from(within.start)));
            walk.run(case, first, most);
        }
        Generations {
            log: self.log,
            records: walk.records,
        }
    }
}

struct Layers<'a, 'log> {
    index: &'a ContactIndex<'log>,
    scratch: &'a mut Scratch,
    records: Vec<Record>,
    /// The first contact after the period.
    until: u32,
}

impl Layers<'_, '_> {
    fn run(&mut self, case: u32, first: u32, most: u32) {
        self.scratch.clear(self.index.log.people.bound());
        let mut layer = 0..0;
        for generation in 1..=most {
            let begins = self.records.len();
            if generation == 1 {
                self.expand(case, case, first, NONE, generation, begins);
            }
            for from in layer {
                let Record {
                    person, contact, ..
                } = self.records[from];
                // In an instant without ties nobody is met twice: the next contact is later.
                let first = self.index.ties.end_of(contact);
                self.expand(case, person, first, index(from), generation, begins);
            }
            layer = begins..self.records.len();
            if layer.is_empty() {
                return;
            }
        }
    }

    /// What a person's contacts from one on bring to this generation, whose records begin at
    /// `begins`.
    fn expand(
        &mut self,
        case: u32,
        person: u32,
        first: u32,
        from: u32,
        generation: u32,
        begins: usize,
    ) {
        let meetings = self.index.meetings(person);
        let place = meetings.partition_point(|meeting| meeting.contact < first);
        for meeting in &meetings[place..] {
            if meeting.contact >= self.until {
                return;
            }
            let known = self.scratch.record(meeting.other);
            let earlier = known.map(|record| self.records[record as usize]);
            if meeting.other == case
                || earlier.is_some_and(|known| known.contact <= meeting.contact)
            {
                continue;
            }
            let record = Record {
                person: meeting.other,
                contact: meeting.contact,
                from,
                generation,
                is_first: earlier
                    .is_none_or(|known| known.is_first && known.generation == generation),
            };
            match known.map(|known| known as usize) {
                // Reached over as many contacts already, but later.
                Some(known) if known >= begins => self.records[known] = record,
                _ => {
                    self.scratch.note(meeting.other, index(self.records.len()));
                    self.records.push(record);
                }
            }
        }
    }
}

impl Generations<'_> {
    /// How many people were reached.
    pub fn count(&self) -> usize {
        self.records.iter().filter(|record| record.is_first).count()
    }

    /// Each person reached, once.
    pub fn iter(&self) -> impl Iterator<Item = Generation> {
        let firsts = self.records.iter().filter(|record| record.is_first);
        firsts.filter_map(|record| {
            Some(Generation {
                person: self.log.people.key(record.person),
                generation: record.generation,
                passing: self.log.passing_to(record.person, record.contact)?,
            })
        })
    }

    /// The evidence: contacts from the case to a person, as many as its generation, in order of
    /// time. Empty for who was not reached. Linear in the people reached.
    pub fn path(&self, person: u64) -> Vec<Passing> {
        let number = self.log.number(person);
        let is_of = |record: &&Record| record.is_first && Some(record.person) == number;
        let mut path = Vec::new();
        let mut next = self.records.iter().find(is_of);
        while let Some(record) = next {
            path.extend(self.log.passing_to(record.person, record.contact));
            next = self.records.get(record.from as usize);
        }
        path.reverse();
        path
    }
}
