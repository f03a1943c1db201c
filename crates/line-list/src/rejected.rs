//! What was refused, kept whole so that it can be mended and read again.

use std::fmt;

use crate::CellError;
use crate::write::write_table;

/// How the columns begin that say why a row was refused; reading passes over them.
pub(crate) const PREFIX: &str = "rejected_";
/// The column that says which cell was refused.
pub(crate) const COLUMN: &str = "rejected_column";
/// What stands there where the whole row was refused. Reading refuses the row again
/// until the clerk who completed it empties that cell, since the written row can no longer
/// show by itself that it was once short or broken.
pub(crate) const WHOLE_ROW: &str = "whole row";

/// A row that was refused, with the reason and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rejected {
    /// The line of the file where the row begins, counted from 1.
    pub line: u64,
    /// The column of the refused cell, as the file names it; empty for the whole row.
    pub column: String,
    /// The refused cell, to 80 characters; empty for the whole row.
    pub value: String,
    /// What is wrong, a predicate of the value: `is not a date`.
    pub reason: String,
    /// What to do: `write it as 2020-02-14`.
    pub remedy: String,
    /// The row's cells in full, without empty cells at the end.
    pub cells: Vec<String>,
}

impl Rejected {
    /// A refused cell.
    pub(crate) fn cell<'c>(
        line: u64,
        (column, value): (&str, &str),
        error: CellError,
        cells: impl Iterator<Item = &'c str>,
    ) -> Self {
        Self {
            line,
            column: column.to_owned(),
            value: shortened(value),
            reason: error.reason,
            remedy: error.remedy,
            cells: kept(cells),
        }
    }

    /// A refused row.
    pub(crate) fn row<'c>(
        line: u64,
        error: CellError,
        cells: impl Iterator<Item = &'c str>,
    ) -> Self {
        Self::cell(line, ("", ""), error, cells)
    }

    /// The same without any of the row's content, for tables whose cells must not be
    /// seen by whoever reads the messages.
    ///
    /// ```
    /// # use line_list::Rejected;
    /// # let rejected = Rejected { line: 3, column: "telephone".into(), value: "139".into(),
    /// #   reason: "is too short".into(), remedy: "write it in full".into(), cells: vec!["139".into()] };
    /// assert_eq!(rejected.redacted().to_string(), "line 3, telephone: is too short; write it in full");
    /// ```
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.value.clear();
        self.cells.clear();
        self
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", {}", self.column)?;
        }
        f.write_str(":")?;
        if !self.value.is_empty() {
            write!(f, " {:?}", self.value)?;
        }
        write!(f, " {}; {}", self.reason, self.remedy)
    }
}

/// The refused rows as a file in CSV: the columns of the file they come from, then
/// `rejected_line`, `rejected_column`, `rejected_reason` and `rejected_remedy`.
///
/// Mend the cells and read the file again: columns beginning with `rejected_` are passed
/// over. A row that was refused as a whole says `whole row` in `rejected_column`, and is
/// refused again until that cell is emptied. Cells beyond the columns stand behind the four.
#[must_use]
pub fn write_rejected(columns: &[String], rejected: &[Rejected]) -> Vec<u8> {
    let mut header = columns.to_vec();
    header.extend(["line", "column", "reason", "remedy"].map(|name| format!("{PREFIX}{name}")));
    write_table(
        &header,
        rejected.iter().map(|row| written(columns.len(), row)),
    )
}

fn written(columns: usize, row: &Rejected) -> Vec<String> {
    let mut cells: Vec<String> = row.cells.iter().take(columns).cloned().collect();
    cells.resize(columns, String::new());
    let column = if row.column.is_empty() {
        WHOLE_ROW
    } else {
        &row.column
    };
    cells.extend([
        row.line.to_string(),
        column.to_owned(),
        row.reason.clone(),
        row.remedy.clone(),
    ]);
    cells.extend(row.cells.iter().skip(columns).cloned());
    cells
}

fn kept<'c>(cells: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut cells: Vec<String> = cells.map(str::to_owned).collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

/// A value as far as a message shows it.
pub(crate) fn shortened(value: &str) -> String {
    const SHOWN: usize = 80;
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
