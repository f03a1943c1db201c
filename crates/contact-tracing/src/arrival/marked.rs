//! The contacts of some people in a part of the log.

use std::ops::Range;

use super::index::ContactIndex;
use super::log::index as place;

/// A bit for each contact of a part of the log.
///
/// When few people are missing, their contacts are few and lie all over the rest of the log. Bits
/// put them in order of time without a sort.
pub(super) struct Marked {
    rows: Range<usize>,
    words: Vec<u64>,
}

impl Marked {
    /// The contacts that these people have among rows.
    pub(super) fn of(
        index: &ContactIndex<'_>,
        people: impl Iterator<Item = u32>,
        rows: Range<usize>,
    ) -> Self {
        let start = place(rows.start);
        let mut words = vec![0u64; rows.len().div_ceil(64)];
        for person in people {
            let meetings = index.meetings_from(person, start);
            let ahead = meetings.iter().map(|meeting| meeting.contact as usize);
            for contact in ahead.take_while(|contact| *contact < rows.end) {
                let bit = contact - rows.start;
                words[bit / 64] |= 1 << (bit % 64);
            }
        }
        Marked { rows, words }
    }

    /// Those among some of the rows, in order of time.
    pub(super) fn ahead(&self, rows: Range<usize>) -> impl Iterator<Item = usize> {
        self.words_within(rows).flat_map(|(first, mut word)| {
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
                word &= word - 1;
                Some(first + bit)
            })
        })
    }

    /// Those among some of the rows, against the order of time.
    pub(super) fn back(&self, rows: Range<usize>) -> impl Iterator<Item = usize> {
        self.words_within(rows).rev().flat_map(|(first, mut word)| {
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| 63 - word.leading_zeros() as usize)?;
                word &= !(1 << bit);
                Some(first + bit)
            })
        })
    }

    /// Each word with the row of its first bit; bits of other rows are blanked.
    fn words_within(&self, rows: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, u64)> {
        let bits = rows.start - self.rows.start..rows.end.max(rows.start) - self.rows.start;
        let places = bits.start / 64..bits.end.div_ceil(64);
        let words = self.words.get(places.clone()).unwrap_or_default();
        places.zip(words).map(move |(place, &word)| {
            let first = 64 * place;
            let before = bits.start.saturating_sub(first);
            let after = (first + 64).saturating_sub(bits.end);
            let within = (u64::MAX << before) & (u64::MAX >> after);
            (self.rows.start + first, word & within)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::InstantLog;
    use super::*;

    #[test]
    fn marked_are_the_contacts_of_the_people_within_the_rows() {
        let with = |at: i64| (at, 0, 1 + u64::from(at % 3 == 0));
        let log = InstantLog::build((0..400).map(with));
        let index = ContactIndex::build(&log);
        let of_two = Marked::of(&index, [2].into_iter(), 10..390);
        for rows in [10..390, 11..12, 12..13, 64..128, 70..75, 74..203, 390..390] {
            let expected: Vec<usize> = rows.clone().filter(|row| row % 3 == 0).collect();
            assert_eq!(of_two.ahead(rows.clone()).collect::<Vec<_>>(), expected);
            let mut turned: Vec<usize> = of_two.back(rows).collect();
            turned.reverse();
            assert_eq!(turned, expected);
        }
    }
}
