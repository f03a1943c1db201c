//! Rows of bits: a person each, a seed each bit.

/// The bits of one person for 64 seeds a word.
pub(super) type Row<const W: usize> = [u64; W];

/// The rows of all people, beginning where a line of the cache does.
///
/// A row of eight words is a line of 64 bytes. Begun anywhere else, each would lie on two, and every
/// contact would miss four lines instead of two.
pub(super) struct Rows<const W: usize> {
    words: Vec<u64>,
    begin: usize,
}

impl<const W: usize> Rows<W> {
    const LINE: usize = 64;

    /// Rows without a bit.
    pub(super) fn new(people: usize) -> Self {
        let most_skipped = Self::LINE / size_of::<u64>() - 1;
        let mut words = vec![0u64; W * people + most_skipped];
        let begin = words.as_ptr().align_offset(Self::LINE).min(most_skipped);
        words.truncate(begin + W * people);
        Rows { words, begin }
    }

    pub(super) fn all(&self) -> &[Row<W>] {
        self.words[self.begin..].as_chunks().0
    }

    pub(super) fn all_mut(&mut self) -> &mut [Row<W>] {
        self.words[self.begin..].as_chunks_mut().0
    }

    /// Everyone's words, one person after the other.
    pub(super) fn into_words(mut self) -> Vec<u64> {
        self.words.drain(..self.begin);
        self.words
    }
}

pub(super) fn or<const W: usize>(x: Row<W>, y: Row<W>) -> Row<W> {
    std::array::from_fn(|word| x[word] | y[word])
}

/// What is in the first and not in the second.
pub(super) fn beyond<const W: usize>(x: Row<W>, y: Row<W>) -> Row<W> {
    std::array::from_fn(|word| x[word] & !y[word])
}

pub(super) fn bit<const W: usize>(place: usize) -> Row<W> {
    std::array::from_fn(|word| u64::from(place / 64 == word) << (place % 64))
}

/// How many people have each bit.
///
/// Counting bit by bit would cost 64 steps a word. Instead each of 8 lanes of bytes takes every
/// eighth bit of a word, and overflows only after 255 people: then it is emptied into the counts.
pub(super) fn counts<const W: usize>(rows: &[Row<W>]) -> Vec<u32> {
    const EVERY_EIGHTH: u64 = 0x0101_0101_0101_0101;
    let mut counts = vec![0u32; 64 * W];
    for people in rows.chunks(255) {
        let mut lanes = [[0u64; 8]; W];
        for row in people {
            for (lanes, &word) in lanes.iter_mut().zip(row) {
                for (shift, lane) in lanes.iter_mut().enumerate() {
                    *lane += word >> shift & EVERY_EIGHTH;
                }
            }
        }
        for (word, lanes) in lanes.iter().enumerate() {
            for (shift, lane) in lanes.iter().enumerate() {
                for (byte, count) in lane.to_le_bytes().into_iter().enumerate() {
                    counts[64 * word + 8 * byte + shift] += u32::from(count);
                }
            }
        }
    }
    counts
}

/// The places of the bits that are set, in order.
pub(super) fn places<const W: usize>(row: Row<W>) -> impl Iterator<Item = usize> {
    row.into_iter().enumerate().flat_map(|(place, mut word)| {
        std::iter::from_fn(move || {
            let bit = (word != 0).then_some(word.trailing_zeros() as usize)?;
            word &= word - 1;
            Some(64 * place + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_where_they_are_set() {
        let set = |person: usize| [(3 * person) % 128, (person * person) % 128, 127];
        let rows: Vec<Row<2>> = (0..1_000)
            .map(|person| set(person).into_iter().map(bit).fold([0; 2], or))
            .collect();
        let mut expected = vec![0; 128];
        for (person, &row) in rows.iter().enumerate() {
            let mut places_set = set(person).to_vec();
            places_set.sort_unstable();
            places_set.dedup();
            assert_eq!(places(row).collect::<Vec<_>>(), places_set);
            for place in places_set {
                expected[place] += 1;
            }
        }
        assert_eq!(counts(&rows), expected);
        assert_eq!(beyond(or(bit::<2>(3), bit(70)), bit(70)), bit(3));
    }
}
