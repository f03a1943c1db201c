//! One file of the folder, and which of its rows stand for their keys.

use line_list::{Row, Table};

use crate::cells::Columns;

/// A file's rows with the places of our columns in it.
pub(crate) struct Source {
    pub(crate) table: Table,
    pub(crate) columns: Columns,
    /// The cells that name a row.
    key: &'static [&'static str],
    /// The rows that were taken, in the order of their keys.
    kept: Vec<usize>,
}

impl Source {
    pub(crate) fn new(table: Table, columns: Columns, key: &'static [&'static str]) -> Self {
        Source {
            table,
            columns,
            key,
            kept: Vec::new(),
        }
    }

    /// The cells that name a row; the second is blank where one is enough.
    pub(crate) fn key_of<'t>(&self, row: &Row<'t>) -> [&'t str; 2] {
        let cell = |at: usize| {
            let column = self
                .key
                .get(at)
                .and_then(|name| self.columns.position(name));
            column.map_or("", |column| row.cell(column).trim())
        };
        [cell(0), cell(1)]
    }

    /// The first of the cells that must name a row and is blank.
    pub(crate) fn blank_in_key(&self, key: &[&str; 2]) -> Option<&'static str> {
        let named = self.key.iter().zip(key);
        named
            .filter(|(_, cell)| cell.is_empty())
            .map(|(name, _)| *name)
            .next()
    }

    /// Keeps which rows were taken, in the order of their keys.
    pub(crate) fn keep(&mut self, kept: Vec<usize>) {
        self.kept = kept;
    }

    /// The rows that were taken, in the order of their keys.
    pub(crate) fn kept_rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.kept.iter().filter_map(|&index| self.table.row(index))
    }

    /// The row that was taken for a key.
    pub(crate) fn row_of(&self, key: [&str; 2]) -> Option<Row<'_>> {
        let own = |index: usize| self.table.row(index).map(|row| self.key_of(&row));
        let at = self
            .kept
            .binary_search_by(|&index| own(index).cmp(&Some(key)))
            .ok()?;
        self.table.row(*self.kept.get(at)?)
    }
}
