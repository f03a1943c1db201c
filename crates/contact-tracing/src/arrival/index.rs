//! The contacts of each person.

use std::ops::Range;

use super::log::index;
use super::ties::Ties;
use super::{InstantLog, Instants, Mode, indexed};

/// The contacts of each person in order of time, for many questions to one log.
///
/// 16 bytes a contact and 4 a person beside the log. With it a closure is found in its first days
/// from the contacts of those reached alone, and in its last from those of the people still
/// missing; a question bounded in time and generations never touches the log at all.
///
/// ```
/// use contact_tracing::arrival::{ContactIndex, InstantLog, Mode, Scratch};
///
/// let log = InstantLog::build([(10, 1, 2), (20, 2, 3), (30, 3, 4)]);
/// let index = ContactIndex::build(&log);
/// assert_eq!(index.earliest_arrival(1, 0, Mode::Strict).collect(), [(2, 10), (3, 20), (4, 30)]);
/// let near = index.generations_within(1, 0..30, 2, &mut Scratch::default());
/// let found: Vec<(u64, u32)> = near.iter().map(|one| (one.person, one.generation)).collect();
/// assert_eq!(found, [(2, 1), (3, 2)]);
/// ```
#[derive(Clone, Debug)]
pub struct ContactIndex<'log> {
    pub(super) log: &'log InstantLog,
    pub(super) ties: &'log Ties,
    starts: Vec<u32>,
    /// A person's contacts side by side with whom it met: one read a contact, none of the log.
    meetings: Vec<Meeting>,
}

/// A contact seen from one of its people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) contact: u32,
    pub(super) other: u32,
}

impl<'log> ContactIndex<'log> {
    /// Linear: contacts are counted, then dealt to their people.
    pub fn build(log: &'log InstantLog) -> Self {
        let starts = starts(log);
        ContactIndex {
            log,
            ties: log.ties(),
            meetings: deal(log, &starts),
            starts,
        }
    }

    /// As [`earliest_arrival`](super::earliest_arrival), strict walks faster.
    ///
    /// Strict: a heap until a thousandth of the people is reached, then a pass over the contacts
    /// until all but a three-hundredth are, then their contacts alone. Other modes: one pass.
    pub fn earliest_arrival(&self, seed: u64, start: i64, mode: Mode) -> Instants<'log> {
        match (mode, self.log.number(seed)) {
            (Mode::Strict, Some(seed)) => indexed::arrivals(self, seed, start),
            _ => super::earliest_arrival(self.log, seed, start, mode),
        }
    }

    /// As [`latest_departure`](super::latest_departure), faster in the same way.
    pub fn latest_departure(&self, target: u64, by: i64) -> Instants<'log> {
        match self.log.number(target) {
            Some(target) => indexed::departures(self, target, by),
            None => super::latest_departure(self.log, target, by),
        }
    }

    /// How many bytes it takes beside the log.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.starts[..]) + size_of_val(&self.meetings[..])
    }

    /// The log of these contacts.
    pub fn log(&self) -> &'log InstantLog {
        self.log
    }

    /// A person's contacts in order of time.
    pub(super) fn meetings(&self, person: u32) -> &[Meeting] {
        let place = person as usize;
        let ends = (self.starts.get(place), self.starts.get(place + 1));
        let (Some(&start), Some(&end)) = ends else {
            return &[];
        };
        self.meetings
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// A person's contacts from one of the log on.
    pub(super) fn meetings_from(&self, person: u32, first: u32) -> &[Meeting] {
        let meetings = self.meetings(person);
        meetings
            .get(place_from(meetings, first)..)
            .unwrap_or_default()
    }

    /// A person's contacts among rows, the next one first: in order of time, or against it (`BACK`).
    pub(super) fn ahead<const BACK: bool>(
        &self,
        person: u32,
        rows: &Range<usize>,
    ) -> impl Iterator<Item = Meeting> {
        let (start, end) = (index(rows.start), index(rows.end));
        let meetings = self.meetings(person);
        let (behind, ahead) =
            meetings.split_at(place_from(meetings, if BACK { end } else { start }));
        let count = if BACK { behind.len() } else { ahead.len() };
        let next = move |step| {
            if BACK {
                behind[count - 1 - step]
            } else {
                ahead[step]
            }
        };
        let is_within = move |meeting: &Meeting| (start..end).contains(&meeting.contact);
        (0..count).map(next).take_while(is_within)
    }
}

/// The place of the first of a person's contacts that is not before one of the log.
///
/// Few are all counted: to halve them would wait for memory at each step, as nobody else has read
/// them lately.
fn place_from(meetings: &[Meeting], first: u32) -> usize {
    const FEW: usize = 64;
    let is_before = |meeting: &Meeting| meeting.contact < first;
    if meetings.len() <= FEW {
        meetings.iter().filter(|meeting| is_before(meeting)).count()
    } else {
        meetings.partition_point(is_before)
    }
}

/// Where the contacts of each person begin, and the last end. A log holds fewer than 2^31
/// contacts, so there are fewer than 2^32 ends.
fn starts(log: &InstantLog) -> Vec<u32> {
    let mut starts = vec![0u32; log.people.bound() + 1];
    for &[a, b] in &log.pairs {
        starts[a as usize + 1] += 1;
        starts[b as usize + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

/// People are dealt to in blocks of so many.
const BLOCK: usize = 1 << 12;

/// Dealing straight to a million places misses the cache and the table of pages at each write, so
/// contacts are dealt to blocks of people first, and within a block, which fits, to each person.
/// For that while it takes 24 bytes a contact more.
fn deal(log: &InstantLog, starts: &[u32]) -> Vec<Meeting> {
    let mut next: Vec<u32> = starts.iter().step_by(BLOCK).copied().collect();
    let mut by_block = vec![(0u32, Meeting::default()); 2 * log.pairs.len()];
    for (contact, &[a, b]) in (0u32..).zip(&log.pairs) {
        for (person, other) in [(a, b), (b, a)] {
            let place = &mut next[person as usize / BLOCK];
            by_block[*place as usize] = (person, Meeting { contact, other });
            *place += 1;
        }
    }
    let mut meetings = vec![Meeting::default(); by_block.len()];
    let mut next = starts.to_vec();
    for (person, meeting) in by_block {
        let place = &mut next[person as usize];
        meetings[*place as usize] = meeting;
        *place += 1;
    }
    meetings
}
