//! The contacts in order of time, in blocks small enough to insert into.

/// A contact by the place of its record and the numbers of its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) at: i64,
    pub(super) place: u32,
    pub(super) people: [u32; 2],
}

/// A block of so many rows is split: moving half a block (12 KiB) costs less than finding it,
/// and a pass over the log does not notice where one ends.
const MOST: usize = 1_024;

/// Rows in order, in blocks none of which is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks(Vec<Vec<Row>>);

impl Blocks {
    /// From rows in order.
    pub(super) fn new(rows: &[Row]) -> Self {
        // Half full, so that the first insertions split nothing.
        Blocks(rows.chunks(MOST / 2).map(<[Row]>::to_vec).collect())
    }

    pub(super) fn insert(&mut self, row: Row) {
        let index = self.block_of(&row);
        let Some(block) = self.0.get_mut(index) else {
            return self.0.push(vec![row]);
        };
        let place = block.partition_point(|other| *other < row);
        block.insert(place, row);
        if block.len() >= MOST {
            let second = block.split_off(MOST / 2);
            self.0.insert(index + 1, second);
        }
    }

    pub(super) fn remove(&mut self, row: &Row) {
        let index = self.block_of(row);
        let Some(block) = self.0.get_mut(index) else {
            return;
        };
        if let Ok(place) = block.binary_search(row) {
            block.remove(place);
        }
        let left = block.len();
        // Two that would fit into one half become one, so that a log from which most was
        // withdrawn is not left in crumbs.
        let joined =
            |other: Option<&Vec<Row>>| other.is_some_and(|other| other.len() + left <= MOST / 2);
        if left == 0 {
            self.0.remove(index);
        } else if joined(self.0.get(index + 1)) {
            let next = self.0.remove(index + 1);
            self.0[index].extend(next);
        }
    }

    /// The rows from an instant on, in order.
    pub(super) fn from(&self, at: i64) -> impl Iterator<Item = &Row> {
        let before = move |row: &Row| row.at < at;
        let first = self
            .0
            .partition_point(|block| block.last().is_some_and(before));
        let blocks = self.0.get(first..).unwrap_or_default();
        blocks.iter().enumerate().flat_map(move |(index, block)| {
            let start = if index == 0 {
                block.partition_point(before)
            } else {
                0
            };
            block.get(start..).unwrap_or_default()
        })
    }

    /// The block a row is in or belongs into: the last that begins with it or before it.
    fn block_of(&self, row: &Row) -> usize {
        let begins_before = |block: &Vec<Row>| block.first().is_some_and(|first| first <= row);
        self.0.partition_point(begins_before).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn row(at: i64, place: u32) -> Row {
        Row {
            at,
            place,
            people: [0, 1],
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn blocks_hold_what_a_sorted_set_holds(
            built in prop::collection::btree_set((0i64..50, 0u32..200), 0..3_000),
            changes in prop::collection::vec((0i64..50, 0u32..200), 0..3_000),
            from in 0i64..52,
        ) {
            let mut expected: BTreeSet<Row> = built.iter().map(|&(at, place)| row(at, place)).collect();
            let rows: Vec<Row> = expected.iter().copied().collect();
            let mut blocks = Blocks::new(&rows);
            for (at, place) in changes {
                let row = row(at, place);
                if expected.remove(&row) {
                    blocks.remove(&row);
                } else {
                    expected.insert(row);
                    blocks.insert(row);
                }
            }
            prop_assert!(blocks.0.iter().all(|block| !block.is_empty() && block.len() < MOST));
            prop_assert!(blocks.from(i64::MIN).eq(&expected));
            prop_assert!(blocks.from(from).eq(expected.range(row(from, 0)..)));
        }
    }
}
