//! The contacts in order of time, in blocks small enough to insert into.

/// A contact by the place of its record and the numbers of its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) at: i64,
    pub(super) place: u32,
    pub(super) people: [u32; 2],
}

/// A block of so many rows is split: moving half a block (10 KiB) costs less than finding it,
/// and a pass over the log does not notice where one ends.
const MOST: usize = 1_024;

/// Rows in order, column by column: a pass over the log reads the people of all of them and the
/// rest of few.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) people: Vec<[u32; 2]>,
    pub(super) at: Vec<i64>,
    pub(super) places: Vec<u32>,
}

impl Block {
    fn of(rows: &[Row]) -> Self {
        Block {
            people: rows.iter().map(|row| row.people).collect(),
            at: rows.iter().map(|row| row.at).collect(),
            places: rows.iter().map(|row| row.place).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.at.len()
    }

    /// The first row of an instant or later.
    pub(super) fn first_at(&self, at: i64) -> usize {
        self.at.partition_point(|&other| other < at)
    }

    /// Where a row is or belongs: few rows share an instant.
    fn index_of(&self, row: &Row) -> usize {
        let first = self.first_at(row.at);
        let same = self.at.iter().zip(&self.places).skip(first);
        first
            + same
                .take_while(|&(&at, &place)| at == row.at && place < row.place)
                .count()
    }

    fn begins_before(&self, row: &Row) -> bool {
        let first = self.at.first().zip(self.places.first());
        first.is_some_and(|(&at, &place)| (at, place) <= (row.at, row.place))
    }

    fn insert(&mut self, row: Row) {
        let index = self.index_of(&row);
        self.people.insert(index, row.people);
        self.at.insert(index, row.at);
        self.places.insert(index, row.place);
    }

    fn remove(&mut self, row: &Row) {
        let index = self.index_of(row);
        if self.places.get(index) == Some(&row.place) {
            self.people.remove(index);
            self.at.remove(index);
            self.places.remove(index);
        }
    }

    fn split_off(&mut self, index: usize) -> Self {
        Block {
            people: self.people.split_off(index),
            at: self.at.split_off(index),
            places: self.places.split_off(index),
        }
    }

    fn extend(&mut self, next: Self) {
        self.people.extend(next.people);
        self.at.extend(next.at);
        self.places.extend(next.places);
    }
}

/// Rows in order, in blocks none of which is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks(Vec<Block>);

impl Blocks {
    /// From rows in order.
    pub(super) fn new(rows: &[Row]) -> Self {
        // Half full, so that the first insertions split nothing.
        Blocks(rows.chunks(MOST / 2).map(Block::of).collect())
    }

    pub(super) fn insert(&mut self, row: Row) {
        let index = self.block_of(&row);
        let Some(block) = self.0.get_mut(index) else {
            return self.0.push(Block::of(&[row]));
        };
        block.insert(row);
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
        block.remove(row);
        let left = block.len();
        // Two that would fit into one half become one, so that a log from which most was
        // withdrawn is not left in crumbs.
        let joined = |next: Option<&Block>| next.is_some_and(|next| next.len() + left <= MOST / 2);
        if left == 0 {
            self.0.remove(index);
        } else if joined(self.0.get(index + 1)) {
            let next = self.0.remove(index + 1);
            self.0[index].extend(next);
        }
    }

    /// The blocks from the first with a row of an instant or later on. Of that one the rows before
    /// [`Block::first_at`] are earlier.
    pub(super) fn from(&self, at: i64) -> &[Block] {
        let before = |block: &Block| block.at.last().is_some_and(|&last| last < at);
        let first = self.0.partition_point(before);
        self.0.get(first..).unwrap_or_default()
    }

    /// The block a row is in or belongs into: the last that begins with it or before it.
    fn block_of(&self, row: &Row) -> usize {
        let begins_before = |block: &Block| block.begins_before(row);
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

    fn rows(blocks: &[Block], from: i64) -> Vec<Row> {
        let of_block = |block: &Block| -> Vec<Row> {
            let columns = block.at.iter().zip(&block.places).zip(&block.people);
            let rows = columns.map(|((&at, &place), &people)| Row { at, place, people });
            rows.skip(block.first_at(from)).collect()
        };
        blocks.iter().flat_map(of_block).collect()
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
            let given: Vec<Row> = expected.iter().copied().collect();
            let mut blocks = Blocks::new(&given);
            for (at, place) in changes {
                let row = row(at, place);
                if expected.remove(&row) {
                    blocks.remove(&row);
                } else {
                    expected.insert(row);
                    blocks.insert(row);
                }
            }
            prop_assert!(blocks.0.iter().all(|block| (1..MOST).contains(&block.len())));
            prop_assert!(rows(blocks.from(i64::MIN), i64::MIN).iter().eq(&expected));
            prop_assert!(rows(blocks.from(from), from).iter().eq(expected.range(row(from, 0)..)));
        }
    }
}
