//! Some contacts in a part of the log.

use std::ops::Range;

/// A bit for each contact of a part of the log.
///
/// When few people are missing, their contacts are few and lie all over the rest of the log. Bits
/// put them in order of time without a sort.
pub(super) struct Marked {
    rows: Range<usize>,
    words: Vec<u64>,
}

impl Marked {
    /// Contacts among rows, in any order and as often as they like.
    pub(super) fn of(rows: Range<usize>, contacts: impl Iterator<Item = u32>) -> Self {
        let mut words = vec![0u64; rows.len().div_ceil(64)];
        for contact in contacts {
            let bit = contact as usize - rows.start;
            words[bit / 64] |= 1 << (bit % 64);
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
    use super::*;

    #[test]
    fn marked_are_contacts_in_order_once_each() {
        let marked = Marked::of(
            10..390,
            (10..390).rev().chain(12..20).filter(|row| row % 3 == 0),
        );
        for rows in [10..390, 11..12, 12..13, 64..128, 70..75, 74..203, 390..390] {
            let expected: Vec<usize> = rows.clone().filter(|row| row % 3 == 0).collect();
            assert_eq!(marked.ahead(rows.clone()).collect::<Vec<_>>(), expected);
            let mut turned: Vec<usize> = marked.back(rows).collect();
            turned.reverse();
            assert_eq!(turned, expected);
        }
    }
}
