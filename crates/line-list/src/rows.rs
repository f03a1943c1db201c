//! Rows one after the other, none of them kept.

use crate::header::{Header, within};
use crate::nearest::nearest;
use crate::scan::{RowBuffer, Scanned, Scanner};
use crate::{CellError, FileError, Limits, Rejected};

/// The rows of a text one after the other, for files too large to be kept as a
/// [`Table`](crate::Table): memory is that of one row, whatever the length of the file.
///
/// ```
/// use line_list::{Limits, Rows, cell};
///
/// let mut rows = Rows::new("time,person\n20,7\nx,8\n", &Limits::standard())?;
/// let time = rows.column_of("the instant", "time")?;
/// let (mut times, mut refused) = (Vec::new(), Vec::new());
/// while let Some(row) = rows.next_row()? {
///     match row.and_then(|row| row.parse(time, cell::i64)) {
///         Ok(at) => times.push(at),
///         Err(rejected) => refused.push(rejected.to_string()),
///     }
/// }
/// assert_eq!(times, [20]);
/// assert_eq!(refused, ["line 3, time: \"x\" is not a whole number; \
///     write it in digits alone, without separators, decimals or a unit"]);
/// # Ok::<(), line_list::FileError>(())
/// ```
#[derive(Debug)]
pub struct Rows<'t> {
    scanner: Scanner<'t>,
    header: Header,
    columns: Vec<String>,
    buffer: RowBuffer,
    limit: usize,
    read: usize,
}

impl<'t> Rows<'t> {
    /// Reads the header of a text that was unpacked and decoded; see
    /// [`Table::read`](crate::Table::read) for what is a row.
    ///
    /// # Errors
    ///
    /// Where the text is empty or its first line is no header.
    pub fn new(text: &'t str, limits: &Limits) -> Result<Self, FileError> {
        // A table keeps the ends of cells in 32 bits.
        let row_bytes = limits.row_bytes.min(u32::MAX as usize);
        let limits = &Limits {
            row_bytes,
            ..*limits
        };
        let mut scanner = Scanner::new(text, *limits);
        let mut buffer = RowBuffer::default();
        let header = Header::read(&mut scanner, &mut buffer, limits)?;
        Ok(Self {
            scanner,
            columns: header.columns(),
            header,
            buffer,
            limit: limits.rows,
            read: 0,
        })
    }

    /// The names of the columns, trimmed.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Where the column stands, counted from 0, that holds a field of the user's.
    ///
    /// # Errors
    ///
    /// Where there is none of this name: the error says for which field, and names those
    /// there are.
    pub fn column_of(&self, field: &str, name: &str) -> Result<usize, FileError> {
        let found = self.columns.iter().position(|column| column == name);
        found.ok_or_else(|| missing(field, name, &self.columns))
    }

    /// The next row, or the next that is none and why; nothing after the last.
    ///
    /// # Errors
    ///
    /// Where there are more rows than the limit; those before it have been given.
    pub fn next_row(&mut self) -> Result<Option<Result<PassingRow<'_>, Box<Rejected>>>, FileError> {
        let one_column = self.header.names.len() == 1;
        let blank = |line: &str| line.is_empty() || (!one_column && line.trim().is_empty());
        let Some(scanned) = self.scanner.next(&mut self.buffer, blank) else {
            return Ok(None);
        };
        if self.read == self.limit {
            return Err(FileError::TooManyRows { limit: self.limit });
        }
        self.read += 1;
        Ok(Some(self.fitted(scanned)))
    }

    /// Rows given so far, those that are none too.
    #[must_use]
    pub fn read(&self) -> usize {
        self.read
    }

    fn fitted(&self, scanned: Scanned<'_>) -> Result<PassingRow<'_>, Box<Rejected>> {
        match scanned {
            Scanned::Row { line } => match self.header.fault(&self.buffer) {
                None => Ok(PassingRow { line, rows: self }),
                Some(fault) => {
                    let cells = self.header.cells(&self.buffer);
                    let cells = cells.iter().map(String::as_str);
                    Err(Box::new(Rejected::row(line, fault, cells)))
                }
            },
            Scanned::Broken {
                line,
                raw,
                reason,
                remedy,
            } => {
                // The clerk finds the cells about where they were.
                let raw = within(raw, self.header.most_bytes);
                let cells = raw.splitn(self.header.kept.len(), ',');
                let fault = CellError::new(reason, remedy);
                Err(Box::new(Rejected::row(line, fault, cells)))
            }
        }
    }
}

/// A row of [`Rows`]; it is gone when the next is asked for.
#[derive(Clone, Copy, Debug)]
pub struct PassingRow<'r> {
    line: u64,
    rows: &'r Rows<'r>,
}

impl<'r> PassingRow<'r> {
    /// The line of the file where the row begins, counted from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The cell in the column at `column`, counted from 0; empty where there is no such
    /// column.
    #[must_use]
    pub fn cell(&self, column: usize) -> &'r str {
        let kept = self.rows.header.kept.get(column);
        kept.map_or("", |index| self.rows.buffer.cell(*index))
    }

    /// All cells, as many as there are columns.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &'r str> + use<'r> {
        let rows = self.rows;
        rows.header
            .kept
            .iter()
            .map(move |index| rows.buffer.cell(*index))
    }

    /// The cell in the column at `column` by a parser of [`cell`](crate::cell).
    ///
    /// # Errors
    ///
    /// This row refused, where the parser refuses the cell.
    pub fn parse<T>(
        &self,
        column: usize,
        parse: impl FnOnce(&'r str) -> Result<T, CellError>,
    ) -> Result<T, Box<Rejected>> {
        parse(self.cell(column)).map_err(|error| Box::new(self.refuse(column, error)))
    }

    /// This row refused for the cell in the column at `column`.
    #[must_use]
    pub fn refuse(&self, column: usize, error: CellError) -> Rejected {
        let name = self.rows.columns.get(column).map_or("", String::as_str);
        Rejected::cell(self.line, (name, self.cell(column)), error, self.cells())
    }
}

/// That a column is not among those of a file.
pub(crate) fn missing(target: &str, column: &str, columns: &[String]) -> FileError {
    FileError::MissingColumn {
        target: target.to_owned(),
        column: column.to_owned(),
        nearest: nearest(column, columns).map(str::to_owned),
        columns: columns.to_vec(),
    }
}
