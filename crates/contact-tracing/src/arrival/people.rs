//! People under the dense numbers that every table is indexed by.

/// The numbers of people: their own where those lie close together, else their places in order.
///
/// Either way numbers are in the order of people, so that contacts sorted by the one are sorted
/// by the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum People {
    /// Everyone below the bound has the number the caller gave.
    Same { bound: u32 },
    /// In order, each once.
    Listed(Vec<u64>),
}

/// Up to this number own numbers are taken however few contacts there are: a table of this many
/// people fits the nearest cache.
const FEW: u64 = 1 << 14;

impl Default for People {
    fn default() -> Self {
        People::Listed(Vec::new())
    }
}

impl People {
    /// From the contacts' people and the greatest among them.
    ///
    /// Own numbers cost nothing to look up, and gaps cost room in the tables of a closure; with
    /// four contacts or more for each number up to the greatest the log outweighs them.
    pub(super) fn of(
        greatest: u64,
        ends: impl Iterator<Item = u64> + Clone,
        contacts: usize,
    ) -> Self {
        let contacts = u64::try_from(contacts).unwrap_or(u64::MAX);
        let is_dense = greatest < FEW || greatest < contacts / 4;
        if is_dense && let Ok(greatest) = u32::try_from(greatest) {
            return People::Same {
                bound: greatest + 1,
            };
        }
        if greatest / 64 < contacts {
            return People::Listed(marked(greatest, ends));
        }
        let mut listed: Vec<u64> = ends.collect();
        listed.sort_unstable();
        listed.dedup();
        listed.shrink_to_fit();
        People::Listed(listed)
    }

    /// How long a table indexed by people must be.
    pub(super) fn bound(&self) -> usize {
        match self {
            People::Same { bound } => *bound as usize,
            People::Listed(listed) => listed.len(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            People::Same { .. } => 0,
            People::Listed(listed) => size_of_val(&listed[..]),
        }
    }

    pub(super) fn number(&self, person: u64) -> Option<u32> {
        match self {
            People::Same { bound } => u32::try_from(person).ok().filter(|person| person < bound),
            People::Listed(listed) => u32::try_from(listed.binary_search(&person).ok()?).ok(),
        }
    }

    pub(super) fn key(&self, number: u32) -> u64 {
        match self {
            People::Same { .. } => number.into(),
            People::Listed(listed) => listed.get(number as usize).copied().unwrap_or_default(),
        }
    }

    /// A table of numbers for whoever asks for millions of them; nothing where a person is its
    /// own number, or where numbers are so scattered that the table would outgrow the log.
    pub(super) fn table(&self) -> Vec<u32> {
        let People::Listed(listed) = self else {
            return Vec::new();
        };
        let width = listed
            .last()
            .map_or(0, |last| usize::try_from(*last).unwrap_or(usize::MAX));
        if width / 64 >= listed.len() {
            return Vec::new();
        }
        let mut table = vec![0; width + 1];
        for (number, person) in (0u32..).zip(listed) {
            if let Some(place) = usize::try_from(*person)
                .ok()
                .and_then(|place| table.get_mut(place))
            {
                *place = number;
            }
        }
        table
    }
}

/// Those that occur, in order, by a bit for each number up to the greatest: linear, without a
/// sort of twice as many people as there are contacts.
fn marked(greatest: u64, ends: impl Iterator<Item = u64>) -> Vec<u64> {
    let words = usize::try_from(greatest / 64).unwrap_or(0) + 1;
    let mut marks = vec![0u64; words];
    for person in ends {
        if let Some(word) = usize::try_from(person / 64)
            .ok()
            .and_then(|word| marks.get_mut(word))
        {
            *word |= 1 << (person % 64);
        }
    }
    let mut listed = Vec::new();
    for (base, mut word) in (0u64..).step_by(64).zip(marks) {
        while word != 0 {
            listed.push(base + u64::from(word.trailing_zeros()));
            word &= word - 1;
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_and_scattered_people_keep_their_order_and_their_names() {
        for people in [
            vec![7, 5, 9, 5],
            vec![0, 1 << 20, 3],
            vec![0, u64::MAX, 1 << 40],
        ] {
            let greatest = people.iter().copied().max().unwrap();
            for contacts in [1, 20_000] {
                let numbered = People::of(greatest, people.iter().copied(), contacts);
                let mut by_number: Vec<u64> = people.clone();
                by_number.sort_by_key(|person| numbered.number(*person));
                assert!(by_number.is_sorted());
                for person in &people {
                    let number = numbered.number(*person).unwrap();
                    assert_eq!(numbered.key(number), *person);
                    assert!((number as usize) < numbered.bound());
                    if let Some(found) = usize::try_from(*person)
                        .ok()
                        .and_then(|place| numbered.table().get(place).copied())
                    {
                        assert_eq!(found, number);
                    }
                }
                assert_eq!(numbered.number(u64::MAX - 1), None);
            }
        }
        assert_eq!(People::default().number(0), None);
    }
}
