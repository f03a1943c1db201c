//! Contacts of an instant, in order of time.

use std::ops::Range;
use std::sync::OnceLock;

use super::build::{self, Sorted};
use super::people::People;
use super::ties::Ties;
use super::{Passing, RefusedContact};

/// Contacts of two people at an instant, in order of time.
///
/// People and instants are any whole numbers. A contact counts as often as it is given. Inside, an
/// instant is its rank among those that occur, so that every loop runs on 32 bits whatever the
/// times are: 12 bytes a contact (two people, a rank) and 12 an instant.
#[derive(Clone, Debug, Default)]
pub struct InstantLog {
    pub(super) people: People,
    /// The instants that occur, in order.
    pub(super) instants: Vec<i64>,
    /// For each instant its first contact.
    pub(super) firsts: Vec<u32>,
    /// In order of time, then of people.
    pub(super) pairs: Vec<[u32; 2]>,
    /// For each contact the place of its instant in `instants`.
    pub(super) at: Vec<u32>,
    pub(super) refused: Vec<RefusedContact>,
    /// How many contacts an instant has at most.
    longest: u32,
    /// Found when they are first asked for; a single closure does without.
    ties: OnceLock<Ties>,
}

impl PartialEq for InstantLog {
    fn eq(&self, other: &Self) -> bool {
        (&self.people, &self.instants, &self.pairs, &self.at)
            == (&other.people, &other.instants, &other.pairs, &other.at)
    }
}

impl Eq for InstantLog {}

impl InstantLog {
    /// From contacts (instant, person, person) in any order.
    ///
    /// A contact of a person with the same person reaches nobody; it is left out and named by
    /// [`refused`](Self::refused). All others are taken, up to [`MOST_CONTACTS`](Self::MOST_CONTACTS).
    ///
    /// n log n; while building 8 bytes a contact where instants and people can be packed into 64
    /// bits together (people numbered below a million, seconds within three months of the first
    /// row), else 24 bytes a row first, and 8 or 16.
    pub fn build(contacts: impl IntoIterator<Item = (i64, u64, u64)>) -> Self {
        build::log(contacts, Self::MOST_CONTACTS)
    }

    /// As many contacts as a log can hold: their people and they themselves are then numbered in
    /// 32 bits, with numbers to spare. Rows beyond are refused.
    pub const MOST_CONTACTS: usize = (1 << 31) - 1;

    pub(super) fn from_parts(people: People, sorted: Sorted, refused: Vec<RefusedContact>) -> Self {
        InstantLog {
            people,
            longest: longest(&sorted.firsts, sorted.pairs.len()),
            instants: sorted.instants,
            firsts: sorted.firsts,
            pairs: sorted.pairs,
            at: sorted.at,
            refused,
            ties: OnceLock::new(),
        }
    }

    /// The rows that were left out, in the order given, with what to do about each.
    pub fn refused(&self) -> &[RefusedContact] {
        &self.refused
    }

    /// How many contacts there are.
    pub fn contact_count(&self) -> usize {
        self.pairs.len()
    }

    /// How many people are in a contact. The first time linear in the contacts.
    pub fn people_count(&self) -> usize {
        self.ties().people
    }

    /// How many instants there are.
    pub fn instant_count(&self) -> usize {
        self.instants.len()
    }

    /// The first instant.
    pub fn first_contact(&self) -> Option<i64> {
        self.instants.first().copied()
    }

    /// The last instant.
    pub fn last_contact(&self) -> Option<i64> {
        self.instants.last().copied()
    }

    /// How many bytes the contacts, instants and people take.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.pairs[..])
            + size_of_val(&self.at[..])
            + size_of_val(&self.instants[..])
            + size_of_val(&self.firsts[..])
            + self.people.bytes()
    }

    /// The instants at which people are met twice, found once.
    pub(super) fn ties(&self) -> &Ties {
        self.ties.get_or_init(|| Ties::find(self))
    }

    pub(super) fn number(&self, person: u64) -> Option<u32> {
        self.people.number(person)
    }

    /// When a contact was.
    pub(super) fn instant(&self, contact: u32) -> Option<i64> {
        let rank = *self.at.get(contact as usize)?;
        self.instants.get(rank as usize).copied()
    }

    /// A contact as passed from the other of its two people to this one.
    pub(super) fn passing_to(&self, person: u32, contact: u32) -> Option<Passing> {
        let pair = *self.pairs.get(contact as usize)?;
        Some(Passing {
            at: self.instant(contact)?,
            from: self.people.key(other(pair, person)),
            to: self.people.key(person),
        })
    }

    /// The rank of the first instant that is not before this one; the number of instants if
    /// there is none.
    pub(super) fn rank_from(&self, instant: i64) -> u32 {
        index(self.instants.partition_point(|&other| other < instant))
    }

    /// The first contact of a rank; the end of the log for ranks past the last.
    pub(super) fn first_of(&self, rank: u32) -> usize {
        let first = self.firsts.get(rank as usize);
        first.map_or(self.pairs.len(), |&first| first as usize)
    }

    /// The first contact of the first instant of which something holds, as of all later ones.
    pub(super) fn first_instant(&self, holds: impl Fn(i64) -> bool) -> usize {
        self.first_of(index(
            self.instants.partition_point(|&instant| !holds(instant)),
        ))
    }

    /// Contacts at an instant or later.
    pub(super) fn from(&self, start: i64) -> Range<usize> {
        self.first_of(self.rank_from(start))..self.pairs.len()
    }

    /// Contacts up to an instant, it included.
    pub(super) fn up_to(&self, end: i64) -> Range<usize> {
        let later = self.instants.partition_point(|&other| other <= end);
        0..self.first_of(index(later))
    }

    /// Whether a contact, or none, is at the instant of another. Where they lie further apart than
    /// any instant is long, as nearly all do, nothing is read of either.
    pub(super) fn is_at_instant_of(&self, contact: usize, other: u32) -> bool {
        let is_near = index(contact).abs_diff(other) < self.longest;
        is_near && self.instant_of(contact).contains(&(other as usize))
    }

    /// All contacts of the instant of one of them.
    pub(super) fn instant_of(&self, contact: usize) -> Range<usize> {
        let rank = self.at[contact];
        self.first_of(rank)..self.first_of(rank + 1)
    }
}

fn longest(firsts: &[u32], contacts: usize) -> u32 {
    let ends = firsts.iter().skip(1).copied().chain([index(contacts)]);
    let lengths = firsts.iter().zip(ends).map(|(first, end)| end - first);
    lengths.max().unwrap_or_default()
}

/// The other of two people.
pub(super) fn other([a, b]: [u32; 2], person: u32) -> u32 {
    if a == person { b } else { a }
}

/// A place in a log, which holds fewer than 2^31 contacts.
pub(super) fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
