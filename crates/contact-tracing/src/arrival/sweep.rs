//! Through the log from one contact that matters to the next.

use std::ops::Range;

use super::InstantLog;
use super::instants::{NONE, ORIGIN};
use super::log::index;

/// What makes a contact matter, and what then happens.
///
/// Nearly every contact changes nothing: both were reached before, or neither was. Whether one
/// can is asked of a table with a byte a person, which a near cache holds for a million people;
/// all else (times, how one was reached) is read only where it can, at most a few times a person.
pub(super) trait Rule {
    /// Whether a contact of these two could change anything.
    fn stirs(&self, pair: [u32; 2]) -> bool;

    /// Carries out a contact that stirs; answers which contact is looked at next.
    fn settle(&mut self, log: &InstantLog, contact: usize) -> usize;
}

/// In order of time.
pub(super) fn sweep(log: &InstantLog, rows: Range<usize>, rule: &mut impl Rule) {
    let mut next = rows.start;
    while let Some(ahead) = log.pairs.get(next..rows.end) {
        let Some(steps) = ahead.iter().position(|&pair| rule.stirs(pair)) else {
            return;
        };
        next = rule.settle(log, next + steps);
    }
}

/// Against the order of time; what a rule says is next does not matter.
pub(super) fn sweep_back(log: &InstantLog, rows: Range<usize>, rule: &mut impl Rule) {
    let mut end = rows.end;
    while let Some(ahead) = log.pairs.get(rows.start..end) {
        let Some(place) = ahead.iter().rposition(|&pair| rule.stirs(pair)) else {
            return;
        };
        end = rows.start + place;
        rule.settle(log, end);
    }
}

/// Who is reached passes on at other instants only.
///
/// In order of time these are later ones and the answer is the earliest arrival; against it they
/// are earlier ones, and the answer is the latest departure towards the origin.
pub(super) struct Strict {
    pub(super) reached: Vec<bool>,
    pub(super) via: Vec<u32>,
    /// How many were reached so far by contacts that stirred.
    pub(super) newly: usize,
}

impl Strict {
    /// Of so many people, or of one more for [`without_asking`](Self::without_asking).
    pub(super) fn new(people: usize, origin: u32) -> Self {
        let mut rule = Strict {
            reached: vec![false; people],
            via: vec![NONE; people],
            newly: 0,
        };
        rule.reached[origin as usize] = true;
        rule.via[origin as usize] = ORIGIN;
        rule
    }

    /// Who has not been reached, in order.
    pub(super) fn missing(&self) -> impl Iterator<Item = u32> {
        let blocks = (0u32..).step_by(64).zip(self.reached.chunks(64));
        // Without leaving off at the first, which makes it one operation or two.
        let some = |reached: &[bool]| reached.iter().fold(false, |some, &one| some | !one);
        blocks
            .filter(move |(_, block)| some(block))
            .flat_map(|(first, block)| {
                let numbered = (first..).zip(block);
                numbered
                    .filter(|(_, reached)| !**reached)
                    .map(|(person, _)| person)
            })
    }

    /// Answers whether the person is new.
    pub(super) fn reach(&mut self, person: u32, contact: u32) -> bool {
        let is_new = !std::mem::replace(&mut self.reached[person as usize], true);
        if is_new {
            self.via[person as usize] = contact;
        }
        is_new
    }

    /// Contacts of instants without ties; answers how many people are new.
    ///
    /// In the middle days half the people are reached, and whether the two of a contact differ is
    /// a coin toss that a processor guesses wrong every other time. So nothing is asked: each
    /// contact reaches somebody, and if the two are alike that is the last of all numbers, which
    /// must be nobody's.
    pub(super) fn without_asking<'a>(
        &mut self,
        contacts: impl Iterator<Item = (u32, &'a [u32; 2])>,
    ) -> usize {
        // Taken out of the vectors once: a write might else have moved the vectors themselves, as
        // far as the compiler knows, and it would look again for each contact.
        let (reached, via) = (&mut self.reached[..], &mut self.via[..]);
        let nobody = index(reached.len() - 1);
        let mut count = 0;
        for (contact, &[a, b]) in contacts {
            let (x, y) = (reached[a as usize], reached[b as usize]);
            let other = if x { b } else { a };
            let to = if x == y { nobody } else { other };
            reached[to as usize] = true;
            via[to as usize] = contact;
            count += usize::from(x != y);
        }
        count
    }
}

impl Rule for Strict {
    fn stirs(&self, [a, b]: [u32; 2]) -> bool {
        self.reached[a as usize] != self.reached[b as usize]
    }

    fn settle(&mut self, log: &InstantLog, contact: usize) -> usize {
        let [a, b] = log.pairs[contact];
        let (from, to) = if self.reached[a as usize] {
            (a, b)
        } else {
            (b, a)
        };
        // Where the two differ, either someone is newly reached, once a person, or the one was
        // reached at this very instant. That is seen from how far apart the two contacts lie: their
        // times elsewhere in memory would cost a miss of every cache.
        let is_tied = log.is_at_instant_of(contact, self.via[from as usize]);
        if !is_tied {
            self.reached[to as usize] = true;
            self.via[to as usize] = index(contact);
            self.newly += 1;
        }
        contact + 1
    }
}
