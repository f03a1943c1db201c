//! Tries to undo the withholding.

use super::change::changed_little;
use super::cycles::Network;
use super::{CountTable, SmallCells, SuppressedTable};

/// A sensitive count a reader can know for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recovered {
    /// The row, from 0; the number of rows is the row of totals.
    pub row: usize,
    /// The column, from 0; the number of columns is the column of totals.
    pub column: usize,
    /// The count he knows.
    pub count: u64,
}

/// The sensitive counts that can be known for certain from what is published,
/// row by row; empty is safe.
///
/// A sensitive count that is simply published is among them. The audit is
/// exact: a count is left out only where another table would look the same.
#[must_use]
pub fn audit(rule: &SmallCells, table: &CountTable, published: &SuppressedTable) -> Vec<Recovered> {
    recovered(table, published, |row, column| {
        rule.is_sensitive(table, row, column)
    })
}

/// As [`audit`], with the counts whose change since a reader last saw them is
/// small among the sensitive ones.
#[must_use]
pub fn audit_change(
    rule: &SmallCells,
    last_seen: &SuppressedTable,
    table: &CountTable,
    published: &SuppressedTable,
) -> Vec<Recovered> {
    recovered(table, published, |row, column| {
        rule.is_sensitive(table, row, column)
            || changed_little(*rule, last_seen, table, (row, column))
    })
}

fn recovered(
    table: &CountTable,
    published: &SuppressedTable,
    sensitive: impl Fn(usize, usize) -> bool,
) -> Vec<Recovered> {
    let network = Network::of(table);
    let free = |(row, column): (usize, usize)| published.is_withheld(row, column).then_some(0);
    let known = |cell: &(usize, usize)| {
        let differs = |up| network.cycle(*cell, up, free).is_some();
        free(*cell).is_none() || !(differs(true) || differs(false))
    };
    table
        .places()
        .filter(|(row, column)| sensitive(*row, *column))
        .filter(known)
        .map(|(row, column)| Recovered {
            row,
            column,
            count: table.count(row, column),
        })
        .collect()
}
