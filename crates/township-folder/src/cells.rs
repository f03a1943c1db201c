//! One row of a table, asked for its cells by name.

use line_list::{CellError, Row, Table};

use crate::in_cell::{InCell, Names};

/// Names stand in two languages, of which one is enough.
const MAY_BE_BLANK: [&str; 5] = ["name_zh", "name_en", "title_zh", "title_en", "unit"];

/// A cell that cannot be read: which, and why.
pub(crate) type Fault = (&'static str, CellError);

/// Where the columns of a table of ours stand in a file.
pub(crate) struct Columns(Vec<(&'static str, Option<usize>)>);

impl Columns {
    pub(crate) fn of(table: &Table, names: &[&'static str]) -> Self {
        Columns(
            names
                .iter()
                .map(|&name| (name, table.column(name)))
                .collect(),
        )
    }

    /// Those that the file lacks.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &'static str> {
        self.0
            .iter()
            .filter(|(_, at)| at.is_none())
            .map(|(name, _)| *name)
    }

    /// Where a column stands in the file.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == name)?.1
    }
}

/// One row, with the places of its columns and the ids its cells may name.
pub(crate) struct Cells<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) row: Row<'a>,
    pub(crate) names: &'a Names<'a>,
}

impl Cells<'_> {
    /// The text of a cell; blank where the file lacks the column.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.columns
            .position(column)
            .map_or("", |at| self.row.cell(at))
    }

    /// A name, which may be blank.
    pub(crate) fn name(&self, column: &str) -> String {
        self.text(column).trim().to_owned()
    }

    /// The value of a cell.
    pub(crate) fn read<T: InCell>(&self, column: &'static str) -> Result<T, Fault> {
        let text = self.text(column);
        if text.trim().is_empty() && MAY_BE_BLANK.contains(&column) {
            return T::read("", self.names).map_err(|error| (column, error));
        }
        if text.trim().is_empty() {
            let empty = || CellError::new("is empty", "fill it in");
            return T::of_blank().ok_or_else(|| (column, empty()));
        }
        T::read(text, self.names).map_err(|error| (column, error))
    }
}
