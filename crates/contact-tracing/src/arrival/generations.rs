//! The people within a few generations of a case, within a few days.

use std::ops::Range;

use super::index::{ContactIndex, Meeting};
use super::instants::NONE;
use super::log::index;
use super::{InstantLog, Passing};

/// As many people as a case usually has within two generations and two weeks.
const FEW: usize = 128;

/// Room that one question leaves to the next: 24 to 48 bytes a person reached by the largest,
/// cleared by raising an epoch.
///
/// A table of those reached alone and not of everyone: a case's hundred people fit the nearest
/// cache, a million do not.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    epoch: u32,
    held: usize,
    /// A power of two of seats, at most half of them held.
    seats: Vec<Seat>,
}

/// The last record of a person, if it is of this epoch; else the seat is free.
#[derive(Clone, Copy, Debug, Default)]
struct Seat {
    epoch: u32,
    person: u32,
    record: u32,
}

impl Scratch {
    /// Makes everyone unreached.
    fn clear(&mut self) {
        if self.seats.is_empty() || self.epoch == u32::MAX {
            let seats = self.seats.len().max(4 * FEW);
            self.seats.clear();
            self.seats.resize(seats, Seat::default());
            self.epoch = 0;
        }
        self.epoch += 1;
        self.held = 0;
    }

    /// The place of a person's seat: taken by the person, or the free one that it would take. The
    /// first is chosen by the high bits of a product with 2^32 divided by the golden ratio, which
    /// spreads numbers that lie together; then the next, and so on.
    fn place(&self, person: u32) -> usize {
        let last = self.seats.len() - 1;
        let spread = u64::from(person.wrapping_mul(0x9e37_79b9));
        let mut place = ((spread * self.seats.len() as u64) >> 32) as usize;
        while self.seats[place].epoch == self.epoch && self.seats[place].person != person {
            place = (place + 1) & last;
        }
        place
    }

    fn record(&self, person: u32) -> Option<u32> {
        let seat = self.seats[self.place(person)];
        (seat.epoch == self.epoch).then_some(seat.record)
    }

    fn note(&mut self, person: u32, record: u32) {
        let place = self.place(person);
        self.held += usize::from(self.seats[place].epoch != self.epoch);
        self.seats[place] = Seat {
            epoch: self.epoch,
            person,
            record,
        };
        if 2 * self.held > self.seats.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let wider = vec![Seat::default(); 2 * self.seats.len()];
        for seat in std::mem::replace(&mut self.seats, wider) {
            if seat.epoch == self.epoch {
                let place = self.place(seat.person);
                self.seats[place] = seat;
            }
        }
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

impl<'a> Layers<'a, '_> {
    fn run(&mut self, case: u32, first: u32, most: u32) {
        self.scratch.clear();
        // Nobody's yet: the case itself has no record.
        let mut layer = 0..0;
        for generation in 1..=most {
            let begins = self.records.len();
            for (from, ahead) in self.ahead_of(case, first, layer) {
                self.expand(case, ahead, from, generation, begins);
            }
            layer = begins..self.records.len();
            if layer.is_empty() {
                return;
            }
        }
    }

    /// The contacts, from where they may pass on, of those of a generation, each with its record;
    /// of the case if that has none.
    ///
    /// Found for all before any is followed: each is a search in a part of memory of its own, and
    /// a processor waits for many such at once if nothing in between depends on what is found.
    fn ahead_of(&self, case: u32, first: u32, layer: Range<usize>) -> Vec<(u32, &'a [Meeting])> {
        if self.records.is_empty() {
            return vec![(NONE, self.index.meetings_from(case, first))];
        }
        let of_record = |from: usize| {
            let record = self.records[from];
            // In an instant without ties nobody is met twice: the next contact is later.
            let first = self.index.ties.end_of(record.contact);
            (index(from), self.index.meetings_from(record.person, first))
        };
        layer.map(of_record).collect()
    }

    /// What contacts ahead bring to this generation, whose records begin at `begins`.
    fn expand(&mut self, case: u32, ahead: &[Meeting], from: u32, generation: u32, begins: usize) {
        for meeting in ahead {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_epochs_begin_anew_nobody_of_an_earlier_one_is_known() {
        let mut scratch = Scratch::default();
        scratch.clear();
        scratch.note(7, 70);
        scratch.epoch = u32::MAX - 1;
        scratch.clear();
        scratch.note(8, 80);
        assert_eq!((scratch.record(7), scratch.record(8)), (None, Some(80)));
        scratch.clear();
        assert_eq!((scratch.record(7), scratch.record(8)), (None, None));
    }
}
