//! Keeps today's table and yesterday's from giving a small count away together.

use super::hide::withhold;
use super::{CountTable, SmallCells, SuppressedTable};

impl SmallCells {
    /// Today's table for a public that has seen an earlier one: counts that
    /// changed by 1 to 4 since a reader last saw them are withheld as well.
    ///
    /// `last_seen` is what he knows of each cell: the first table published,
    /// then each followed by the next ([`SuppressedTable::followed_by`]). A
    /// row or column that is new today has nothing to be compared with, and
    /// rows must stand in the same order on both days.
    #[must_use]
    pub fn suppress_change(
        self,
        last_seen: &SuppressedTable,
        today: &CountTable,
    ) -> SuppressedTable {
        let sensitive = |cell: &(usize, usize)| {
            self.is_sensitive(today, cell.0, cell.1)
                || changed_little(self, last_seen, today, *cell)
        };
        let sensitive = today.places().filter(sensitive).collect();
        withhold(today, &sensitive)
    }
}

/// Whether today's count differs by 1 to 4 from what a reader last saw.
pub(super) fn changed_little(
    rule: SmallCells,
    last_seen: &SuppressedTable,
    today: &CountTable,
    (row, column): (usize, usize),
) -> bool {
    // Totals stand after the last row and column, wherever that is on each day.
    let row_then = if row == today.rows() {
        last_seen.rows()
    } else {
        row
    };
    let column_then = if column == today.columns() {
        last_seen.columns()
    } else {
        column
    };
    let is_total = (row == today.rows(), column == today.columns());
    let was_total = (
        row_then == last_seen.rows(),
        column_then == last_seen.columns(),
    );
    if is_total != was_total {
        return false;
    }
    match last_seen.count(row_then, column_then) {
        Some(before) => rule.is_small(today.count(row, column).abs_diff(before)),
        None => false,
    }
}
