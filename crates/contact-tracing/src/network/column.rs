//! Columns that take few bytes, and where each key's rows begin.

use std::ops::Range;

/// Whole numbers: four bytes each where all lie within 2³² of the least, else eight.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    /// What each is above the least.
    Narrow { least: i64, above: Vec<u32> },
    /// Each as it is.
    Wide(Vec<i64>),
}

impl Column {
    pub(crate) fn of(values: impl Iterator<Item = i64> + Clone) -> Self {
        let least = values.clone().min().unwrap_or(0);
        let greatest = values.clone().max().unwrap_or(0);
        let above = |value: i64| u32::try_from(value.checked_sub(least)?).ok();
        if above(greatest).is_none() {
            return Column::Wide(values.collect());
        }
        Column::Narrow {
            least,
            above: values.filter_map(above).collect(),
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<i64> {
        match self {
            // What was taken from a value is given back: this is that value.
            Column::Narrow { least, above } => Some(least + i64::from(*above.get(index)?)),
            Column::Wide(values) => values.get(index).copied(),
        }
    }
}

/// Where the rows of each key begin: by number, or by a sorted list where the numbers are few and
/// far between.
#[derive(Clone, Debug, Default)]
pub(crate) struct Starts {
    keys: Option<Vec<usize>>,
    starts: Vec<u32>,
}

impl Starts {
    /// From the key of each row, in any order.
    pub(crate) fn of(keys: impl Iterator<Item = usize> + Clone) -> Self {
        let numbers = keys.clone().max().map_or(0, |greatest| greatest + 1);
        let rows = keys.clone().count();
        // A table by number is the fastest, but one far number must not cost its size.
        let few = numbers > rows.saturating_mul(8).saturating_add(1024);
        let listed = few.then(|| {
            let mut listed: Vec<usize> = keys.clone().collect();
            listed.sort_unstable();
            listed.dedup();
            listed
        });
        let places = listed.as_ref().map_or(numbers, Vec::len);
        let mut starts = Starts {
            keys: listed,
            starts: vec![0; places + 1],
        };
        for key in keys {
            if let Some(place) = starts.place(key) {
                starts.starts[place + 1] += 1;
            }
        }
        for place in 0..places {
            starts.starts[place + 1] += starts.starts[place];
        }
        starts
    }

    fn place(&self, key: usize) -> Option<usize> {
        match &self.keys {
            None => Some(key),
            Some(keys) => keys.binary_search(&key).ok(),
        }
    }

    /// The rows of a key.
    pub(crate) fn range(&self, key: usize) -> Range<usize> {
        let bounds = self.place(key).and_then(|place| {
            let start = self.starts.get(place)?;
            Some((*start, *self.starts.get(place + 1)?))
        });
        bounds.map_or(0..0, |(start, end)| start as usize..end as usize)
    }
}

/// Row numbers by key, in the order of rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    starts: Starts,
    rows: Vec<u32>,
}

impl Index {
    /// From (key, row) in order of rows; a counting sort, linear.
    pub(crate) fn of(entries: impl Iterator<Item = (usize, u32)> + Clone) -> Self {
        let starts = Starts::of(entries.clone().map(|(key, _)| key));
        let mut next = starts.starts.clone();
        let mut rows = vec![0; starts.starts.last().map_or(0, |&end| end as usize)];
        for (key, row) in entries {
            let place = starts.place(key).and_then(|place| next.get_mut(place));
            if let Some(place) = place {
                rows[*place as usize] = row;
                *place += 1;
            }
        }
        Index { starts, rows }
    }

    pub(crate) fn of_key(&self, key: usize) -> &[u32] {
        self.rows.get(self.starts.range(key)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_far_number_does_not_cost_its_size() {
        let starts = Starts::of([3, 4_000_000_000, 3].into_iter());
        assert_eq!(starts.starts.len(), 3);
        assert_eq!((starts.range(3), starts.range(4_000_000_000)), (0..2, 2..3));
        assert_eq!(starts.range(4), 0..0);
    }

    proptest! {
        #[test]
        fn a_column_gives_back_what_it_was_given(
            values in prop::collection::vec(prop_oneof![0i64..100, any::<i64>()], 0..20),
        ) {
            let column = Column::of(values.iter().copied());
            for (index, value) in values.iter().enumerate() {
                prop_assert_eq!(column.get(index), Some(*value));
            }
            prop_assert_eq!(column.get(values.len()), None);
        }

        #[test]
        fn an_index_lists_the_rows_of_each_key_in_order(
            keys in prop::collection::vec(prop_oneof![0usize..5, 90_000usize..90_003], 0..20),
        ) {
            let index = Index::of(keys.iter().copied().zip(0u32..));
            for key in (0..6).chain(89_999..90_004) {
                let rows: Vec<u32> =
                    (0u32..).zip(&keys).filter(|(_, own)| **own == key).map(|(row, _)| row).collect();
                prop_assert_eq!(index.of_key(key), rows);
            }
        }
    }
}
