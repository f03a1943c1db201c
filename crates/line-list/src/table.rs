//! A file as header and rows.

use crate::rows::{PassingRow, Rows};
use crate::{CellError, Encoding, FileError, Limits, Rejected, decode, unpack};

/// A file's rows under its header, and the rows that are no rows.
///
/// Cells stand as the file has them; only the header is trimmed. The cells of all rows
/// share one text, so that ten million rows cost little more than their characters.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<String>,
    text: String,
    /// Line and first byte of each row.
    rows: Vec<(u64, usize)>,
    /// End of each cell, counted from the first byte of its row.
    ends: Vec<u32>,
    rejected: Vec<Rejected>,
    encoding: Encoding,
}

impl Table {
    /// Reads a file in CSV: gzip or not, in any encoding of [`decode`], lines ended by LF,
    /// CR LF or CR, cells in quotation marks or not.
    ///
    /// A row with fewer cells than the header is refused; empty cells beyond the header
    /// are let be. Blank lines are passed over: empty ones, and, where the header has two
    /// columns or more, those of white space. Columns beginning with `rejected_` are
    /// passed over, as [`write_rejected`](crate::write_rejected) says.
    ///
    /// ```
    /// use line_list::{Limits, Table};
    ///
    /// let table = Table::read("id,onset\nA1,2020-02-14\nA2\n".as_bytes(), &Limits::standard())?;
    /// assert_eq!(table.columns(), ["id", "onset"]);
    /// assert_eq!(table.rows().map(|row| row.cell(0)).collect::<Vec<_>>(), ["A1"]);
    /// assert_eq!(table.rejected()[0].line, 3);
    /// # Ok::<(), line_list::FileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where nothing can be read: [`FileError`] says why.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, FileError> {
        let unpacked = unpack(bytes, limits)?;
        let decoded = decode(&unpacked, limits)?;
        let mut rows = Rows::new(&decoded.text, limits)?;
        let mut table = Self {
            columns: rows.columns().to_vec(),
            text: String::with_capacity(decoded.text.len()),
            rows: Vec::new(),
            ends: Vec::new(),
            rejected: Vec::new(),
            encoding: decoded.encoding,
        };
        while let Some(row) = rows.next_row()? {
            match row {
                Ok(row) => table.push(&row),
                Err(rejected) => table.rejected.push(*rejected),
            }
        }
        Ok(table)
    }

    /// The names of the columns, trimmed.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Where the column of this name stands, counted from 0.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Rows that are rows; those of [`Table::rejected`] do not count.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at `index`, counted from 0.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        (index < self.rows.len()).then_some(Row { table: self, index })
    }

    /// The rows in the file's order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }

    /// The rows that are no rows, in the file's order.
    #[must_use]
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// The same, to be kept when the table is given up.
    #[must_use]
    pub fn into_rejected(self) -> Vec<Rejected> {
        self.rejected
    }

    /// Rows below the header, blank lines aside: [`Table::len`] and [`Table::rejected`]
    /// together.
    #[must_use]
    pub fn read_rows(&self) -> usize {
        self.rows.len() + self.rejected.len()
    }

    /// The encoding the file was in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn push(&mut self, row: &PassingRow<'_>) {
        let start = self.text.len();
        self.rows.push((row.line(), start));
        for cell in row.cells() {
            self.text.push_str(cell);
            // A row's bytes are limited to 32 bits; see `Rows::new`.
            self.ends
                .push(u32::try_from(self.text.len() - start).unwrap_or(u32::MAX));
        }
    }
}

/// One row of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    index: usize,
}

impl<'t> Row<'t> {
    /// The line of the file where the row begins, counted from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.table.rows[self.index].0
    }

    /// The cell in the column at `column`, counted from 0; empty where there is no such
    /// column.
    #[must_use]
    pub fn cell(&self, column: usize) -> &'t str {
        let width = self.table.columns.len();
        if column >= width {
            return "";
        }
        let start = self.table.rows[self.index].1;
        let ends = &self.table.ends[self.index * width..(self.index + 1) * width];
        let from = column
            .checked_sub(1)
            .map_or(0, |before| ends[before] as usize);
        &self.table.text[start + from..start + ends[column] as usize]
    }

    /// All cells, as many as there are columns.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &'t str> + use<'t> {
        let row = *self;
        (0..row.table.columns.len()).map(move |column| row.cell(column))
    }

    /// This row refused for the cell in the column at `column`.
    #[must_use]
    pub fn refuse(&self, column: usize, error: CellError) -> Rejected {
        let name = self.table.columns.get(column).map_or("", String::as_str);
        Rejected::cell(self.line(), (name, self.cell(column)), error, self.cells())
    }

    /// This row refused as a whole.
    #[must_use]
    pub fn refuse_whole(&self, error: CellError) -> Rejected {
        Rejected::row(self.line(), error, self.cells())
    }
}
