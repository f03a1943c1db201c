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
pub(super) fn counts<const W: usize>(rows: &[Row<W>]) -> Vec<u32> {
    let mut tallies: [Tally; W] = std::array::from_fn(|_| Tally::default());
    for people in rows.chunks(Tally::AT_ONCE) {
        for (place, tally) in tallies.iter_mut().enumerate() {
            tally.add(std::array::from_fn(|person| {
                people.get(person).map_or(0, |row| row[place])
            }));
        }
    }
    tallies.into_iter().flat_map(Tally::into_counts).collect()
}

/// How often each bit of a word was set.
///
/// Counting bit by bit would cost 64 steps a word. Words are added up like numbers instead, all 64
/// bits side by side: the first plane holds the ones of each bit's sum, the next its twos, and so
/// on, and only each sixteenth word, of sixteens, is counted in lanes of bytes. (Harley and Seal's
/// counter, as in Warren, "Hacker's Delight", section 5-1, kept apart by bit.)
#[derive(Default)]
struct Tally {
    planes: [u64; 4],
    /// Each of 8 lanes of bytes takes every eighth bit of a word, and overflows only after 255.
    lanes: [u64; 8],
    held: u8,
    counts: Vec<u32>,
}

impl Tally {
    const AT_ONCE: usize = 16;

    fn add(&mut self, mut words: [u64; Self::AT_ONCE]) {
        let mut left = Self::AT_ONCE;
        for plane in &mut self.planes {
            left /= 2;
            for pair in 0..left {
                let (x, y) = (words[2 * pair], words[2 * pair + 1]);
                let differ = *plane ^ x;
                words[pair] = (*plane & x) | (differ & y);
                *plane = differ ^ y;
            }
        }
        self.note(words[0]);
        if self.held == u8::MAX {
            self.empty_lanes(16);
        }
    }

    fn note(&mut self, word: u64) {
        const EVERY_EIGHTH: u64 = 0x0101_0101_0101_0101;
        for (shift, lane) in self.lanes.iter_mut().enumerate() {
            *lane += word >> shift & EVERY_EIGHTH;
        }
        self.held += 1;
    }

    fn empty_lanes(&mut self, worth: u32) {
        self.counts.resize(64, 0);
        for (shift, lane) in std::mem::take(&mut self.lanes).into_iter().enumerate() {
            for (byte, count) in lane.to_le_bytes().into_iter().enumerate() {
                self.counts[8 * byte + shift] += worth * u32::from(count);
            }
        }
        self.held = 0;
    }

    fn into_counts(mut self) -> Vec<u32> {
        self.empty_lanes(16);
        for (worth, plane) in [1, 2, 4, 8].into_iter().zip(self.planes) {
            self.note(plane);
            self.empty_lanes(worth);
        }
        self.counts
    }
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
