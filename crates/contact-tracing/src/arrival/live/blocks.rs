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

    /// The instant and place of the first row, by which the block is found.
    fn begin(&self) -> Option<(i64, u32)> {
        self.at.first().copied().zip(self.places.first().copied())
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
pub(super) struct Blocks {
    /// What each block begins with, side by side: finding a block touches no other.
    begins: Vec<(i64, u32)>,
    blocks: Vec<Block>,
}

impl Blocks {
    /// From rows in order.
    pub(super) fn new(rows: &[Row]) -> Self {
        // Half full, so that the first insertions split nothing.
        let blocks: Vec<Block> = rows.chunks(MOST / 2).map(Block::of).collect();
        Blocks {
            begins: blocks.iter().filter_map(Block::begin).collect(),
            blocks,
        }
    }

    pub(super) fn insert(&mut self, row: Row) {
        let index = self.block_of(&row);
        match self.blocks.get_mut(index) {
            Some(block) => block.insert(row),
            None => self.blocks.push(Block::of(&[row])),
        }
        let second = self
            .blocks
            .get_mut(index)
            .and_then(|block| (block.len() >= MOST).then(|| block.split_off(MOST / 2)));
        if let Some(second) = second {
            self.blocks.insert(index + 1, second);
        }
        self.begin_anew(index);
    }

    pub(super) fn remove(&mut self, row: &Row) {
        let index = self.block_of(row);
        let Some(block) = self.blocks.get_mut(index) else {
            return;
        };
        block.remove(row);
        let left = block.len();
        // Two that would fit into one half become one, so that a log from which most was
        // withdrawn is not left in crumbs.
        let joined = |next: Option<&Block>| next.is_some_and(|next| next.len() + left <= MOST / 2);
        if left == 0 {
            self.blocks.remove(index);
        } else if joined(self.blocks.get(index + 1)) {
            let next = self.blocks.remove(index + 1);
            self.blocks[index].extend(next);
        }
        self.begin_anew(index);
    }

    /// The blocks with the rows of an instant or later; those of the first before
    /// [`Block::first_at`] are earlier.
    pub(super) fn from(&self, at: i64) -> &[Block] {
        // The block before the first that begins then may end then or later.
        let first = self.begins.partition_point(|&(begin, _)| begin < at);
        let blocks = self.blocks.get(first.saturating_sub(1)..);
        blocks.unwrap_or_default()
    }

    /// The block a row is in or belongs into: the last that begins with it or before it.
    fn block_of(&self, row: &Row) -> usize {
        let later = self
            .begins
            .partition_point(|&begin| begin <= (row.at, row.place));
        later.saturating_sub(1)
    }

    /// Notes again what the blocks begin with, of which some from that one on changed.
    fn begin_anew(&mut self, index: usize) {
        if self.begins.len() == self.blocks.len() {
            if let Some(begin) = self.blocks.get(index).and_then(Block::begin) {
                self.begins[index] = begin;
            }
            return;
        }
        // A block came or went, which is rare.
        self.begins.truncate(index);
        let changed = self.blocks.get(index..).unwrap_or_default();
        self.begins.extend(changed.iter().filter_map(Block::begin));
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
            // With two instants each is longer than a block.
            instants in prop_oneof![Just(2i64), Just(50)],
            built in prop::collection::btree_set((0i64..50, 0u32..4_000), 0..3_000),
            changes in prop::collection::vec((0i64..50, 0u32..4_000), 0..3_000),
            from in 0i64..52,
        ) {
            let places = if instants == 2 { 4_000 } else { 200 };
            let folded = |&(at, place): &(i64, u32)| row(at % instants, place % places);
            let mut expected: BTreeSet<Row> = built.iter().map(folded).collect();
            let given: Vec<Row> = expected.iter().copied().collect();
            let mut blocks = Blocks::new(&given);
            for row in changes.iter().map(folded) {
                if expected.remove(&row) {
                    blocks.remove(&row);
                } else {
                    expected.insert(row);
                    blocks.insert(row);
                }
            }
            prop_assert!(blocks.blocks.iter().all(|block| (1..MOST).contains(&block.len())));
            prop_assert!(blocks.begins.iter().copied().map(Some).eq(blocks.blocks.iter().map(Block::begin)));
            prop_assert!(rows(blocks.from(i64::MIN), i64::MIN).iter().eq(&expected));
            prop_assert!(rows(blocks.from(from), from).iter().eq(expected.range(row(from, 0)..)));
        }
    }
}
