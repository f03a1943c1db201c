//! Withholds what is sensitive, and what would give it away.

use std::collections::BTreeSet;

use super::cycles::Network;
use super::{CountTable, SmallCells, SuppressedTable};

/// The cost of withholding a total, in cells of the body: totals are what
/// most readers come for.
const TOTAL: u64 = 3;
/// The same for the total of totals.
const GRAND_TOTAL: u64 = 40;

impl SmallCells {
    /// Whether a cell's count alone may not be published: small, or everyone.
    #[must_use]
    pub fn is_sensitive(self, table: &CountTable, row: usize, column: usize) -> bool {
        let count = table.count(row, column);
        let everyone = count > 0 && table.population(row) == Some(count);
        self.is_small(count) || everyone
    }

    /// The table for the public: small counts and counts of everyone withheld,
    /// and as many cells more as keep any of them from being worked out.
    ///
    /// Time grows with withheld cells times cells, memory with cells.
    #[must_use]
    pub fn suppress_table(self, table: &CountTable) -> SuppressedTable {
        let sensitive = |(row, column): &(usize, usize)| self.is_sensitive(table, *row, *column);
        let sensitive = table.places().filter(sensitive).collect();
        withhold(table, &sensitive)
    }
}

/// Withholds the sensitive cells and what covers them.
pub(super) fn withhold(
    table: &CountTable,
    sensitive: &BTreeSet<(usize, usize)>,
) -> SuppressedTable {
    let network = Network::of(table);
    let mut hidden = sensitive.clone();
    for cell in sensitive {
        let cost = |other: (usize, usize)| Some(cost_of(table, &hidden, other));
        // Of the two ways a count may differ the cheaper is opened; a count
        // with nothing above and nothing below does not exist, since down
        // through the totals is always a way for what is not zero.
        let ways = [true, false].map(|up| network.cycle(*cell, up, cost));
        let cheapest = ways.into_iter().flatten().min_by_key(|way| way.0);
        if let Some((_, steps)) = cheapest {
            hidden.extend(steps.into_iter().map(|(cell, _)| cell));
        }
    }
    let mut published = SuppressedTable::in_full(table);
    for (row, column) in hidden {
        published.cells[row][column] = None;
    }
    published
}

fn cost_of(table: &CountTable, hidden: &BTreeSet<(usize, usize)>, cell: (usize, usize)) -> u64 {
    if hidden.contains(&cell) {
        return 0;
    }
    let totals = [cell.0 == table.rows(), cell.1 == table.columns()];
    let weight = match totals {
        [false, false] => 1,
        [true, true] => GRAND_TOTAL,
        _ => TOTAL,
    };
    // Among cells alike the smaller is given up: bits stand for the loss.
    let count = table.count(cell.0, cell.1);
    weight * (64 + u64::from(u64::BITS - count.leading_zeros()))
}
