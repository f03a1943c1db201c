//! Who was reached, when, and by which stays.

use super::log::VisitLog;

/// No row.
pub(super) const NONE: u32 = u32::MAX;
/// In place of a source's row: the person is the seed.
pub(super) const SEED: u32 = u32::MAX - 1;

/// How a person was reached: when, in which of its own stays, by which stay of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) at: i64,
    pub(super) own: u32,
    pub(super) source: u32,
}

impl Seat {
    pub(super) const UNREACHED: Seat = Seat {
        at: i64::MAX,
        own: NONE,
        source: NONE,
    };

    fn is_reached(&self) -> bool {
        self.source < SEED
    }
}

/// One person reached by another: a step of an evidence path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Passage {
    /// When, in the log's seconds.
    pub at: i64,
    /// Who passed on; could do so at that second.
    pub source: u64,
    /// Who was reached.
    pub person: u64,
    /// Where.
    pub through: Through,
}

/// What two people had in common when one reached the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Through {
    /// They were at a venue at once.
    Stays {
        /// Where.
        venue: u64,
        /// From when until when the source was there.
        source: (i64, i64),
        /// From when until when the person reached was there.
        own: (i64, i64),
    },
    /// They met.
    Meeting {
        /// The first second together.
        from: i64,
        /// The first second no longer together.
        until: i64,
    },
}

/// The arrival at each person reached, with the stays that prove it.
///
/// Where several could have reached a person at the same second one of them is named, the same
/// whatever the order in which the rows were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitArrivals<'log> {
    pub(super) log: &'log VisitLog,
    pub(super) seats: Vec<Seat>,
    pub(super) looks: u64,
}

impl VisitArrivals<'_> {
    /// The arrival at a person; nothing for who was not reached, nor for the seed.
    pub fn of(&self, person: u64) -> Option<i64> {
        self.seat(person).map(|seat| seat.at)
    }

    /// Each person reached with the arrival, in the order of people.
    pub fn iter(&self) -> impl Iterator<Item = (u64, i64)> {
        let numbered = self.log.people.keys().iter().zip(&self.seats);
        let reached = numbered.filter(|(_, seat)| seat.is_reached());
        reached.map(|(&person, seat)| (person, seat.at))
    }

    /// How many people were reached.
    pub fn count(&self) -> usize {
        self.seats.iter().filter(|seat| seat.is_reached()).count()
    }

    /// How a person was reached.
    pub fn passage(&self, person: u64) -> Option<Passage> {
        self.seat(person).map(|seat| self.passage_by(seat))
    }

    /// The passages from the seed to a person, in order of time; none if it was not reached.
    pub fn path(&self, person: u64) -> Vec<Passage> {
        let mut path = Vec::new();
        let mut person = person;
        // A source was reached at an earlier second, so the path ends.
        while let Some(passage) = self.passage(person) {
            path.push(passage);
            person = passage.source;
        }
        path.reverse();
        path
    }

    /// How many stays were looked at: at most three times those in the log, however many people
    /// were at a venue together.
    pub fn looks(&self) -> u64 {
        self.looks
    }

    fn seat(&self, person: u64) -> Option<Seat> {
        let number = self.log.people.of(person)?;
        let seat = self.seats.get(number as usize)?;
        seat.is_reached().then_some(*seat)
    }

    fn passage_by(&self, seat: Seat) -> Passage {
        let log = self.log;
        let own = log.rows[seat.own as usize];
        let source = log.rows[seat.source as usize];
        let through = if (own.venue as usize) < log.venue_count() {
            Through::Stays {
                venue: log.venues.key(own.venue),
                source: (source.from, source.until),
                own: (own.from, own.until),
            }
        } else {
            Through::Meeting {
                from: own.from,
                until: own.until,
            }
        };
        Passage {
            at: seat.at,
            source: log.people.key(source.person),
            person: log.people.key(own.person),
            through,
        }
    }
}
