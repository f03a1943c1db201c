//! A file as header and rows.

use std::collections::HashMap;

use crate::rejected::{COLUMN, PREFIX, WHOLE_ROW};
use crate::scan::{RowBuffer, Scanned, Scanner};
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
        // The ends of cells are kept in 32 bits.
        let row_bytes = limits.row_bytes.min(u32::MAX as usize);
        let limits = &Limits {
            row_bytes,
            ..*limits
        };
        let unpacked = unpack(bytes, limits)?;
        let decoded = decode(&unpacked, limits)?;
        let mut scanner = Scanner::new(&decoded.text, *limits);
        let mut row = RowBuffer::default();
        let header = Header::read(&mut scanner, &mut row, limits)?;
        let mut table = Self {
            columns: header.columns(),
            text: String::with_capacity(decoded.text.len()),
            rows: Vec::new(),
            ends: Vec::new(),
            rejected: Vec::new(),
            encoding: decoded.encoding,
        };
        let one_column = header.names.len() == 1;
        let blank = |line: &str| line.is_empty() || (!one_column && line.trim().is_empty());
        while let Some(scanned) = scanner.next(&mut row, blank) {
            if table.read_rows() == limits.rows {
                return Err(FileError::TooManyRows { limit: limits.rows });
            }
            table.take(&header, &row, scanned);
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

    fn take(&mut self, header: &Header, row: &RowBuffer, scanned: Scanned<'_>) {
        match scanned {
            Scanned::Row { line } => match header.fault(row) {
                None => self.push(header, line, row),
                Some(fault) => self.rejected.push(Rejected::row(
                    line,
                    fault,
                    header.cells(row).iter().map(String::as_str),
                )),
            },
            Scanned::Broken {
                line,
                raw,
                reason,
                remedy,
            } => {
                // The clerk finds the cells about where they were.
                let raw = within(raw, header.most_bytes);
                let cells = raw.splitn(header.kept.len(), ',');
                self.rejected
                    .push(Rejected::row(line, CellError::new(reason, remedy), cells));
            }
        }
    }

    fn push(&mut self, header: &Header, line: u64, row: &RowBuffer) {
        let start = self.text.len();
        self.rows.push((line, start));
        for index in &header.kept {
            self.text.push_str(row.cell(*index));
            // A row's bytes are limited to this; see `Table::read`.
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

/// The first row, and which of its columns are kept.
struct Header {
    names: Vec<String>,
    kept: Vec<usize>,
    rejected_column: Option<usize>,
    most_bytes: usize,
}

impl Header {
    fn read(
        scanner: &mut Scanner<'_>,
        row: &mut RowBuffer,
        limits: &Limits,
    ) -> Result<Self, FileError> {
        let line = match scanner.next(row, |line| trimmed(line).is_empty()) {
            None => return Err(FileError::Empty),
            Some(Scanned::Broken {
                line,
                reason,
                remedy,
                ..
            }) => {
                return Err(FileError::BadHeader {
                    line,
                    reason,
                    remedy: remedy.to_owned(),
                });
            }
            Some(Scanned::Row { line }) => line,
        };
        let mut names: Vec<String> = row.cells().map(|name| trimmed(name).to_owned()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        if names.len() > limits.columns {
            return Err(FileError::TooManyColumns {
                columns: names.len(),
                limit: limits.columns,
            });
        }
        let kept: Vec<usize> = (0..names.len())
            .filter(|index| !names[*index].starts_with(PREFIX))
            .collect();
        if kept.is_empty() {
            return Err(FileError::BadHeader {
                line,
                reason: "names no column".to_owned(),
                remedy: "name the columns in the first line".to_owned(),
            });
        }
        refuse_duplicates(&names, &kept)?;
        let rejected_column = names.iter().position(|name| name == COLUMN);
        Ok(Self {
            names,
            kept,
            rejected_column,
            most_bytes: limits.cell_bytes,
        })
    }

    fn columns(&self) -> Vec<String> {
        self.kept
            .iter()
            .map(|index| self.names[*index].clone())
            .collect()
    }

    /// Why a row does not fit under this header, if it does not.
    fn fault(&self, row: &RowBuffer) -> Option<CellError> {
        let width = self.names.len();
        let last = self.kept.last().map_or(0, |last| last + 1);
        if row.len() < last {
            return Some(CellError::new(
                format!("has {} where the header has {width}", counted(row.len())),
                "add the missing cells or their commas",
            ));
        }
        if (width..row.len()).any(|index| !row.cell(index).trim().is_empty()) {
            return Some(CellError::new(
                format!("has {} where the header has {width}", counted(row.len())),
                "remove the surplus cells, or put a cell that holds a comma in quotation marks",
            ));
        }
        let mark = self.rejected_column.map_or("", |index| row.cell(index));
        (mark.trim() == WHOLE_ROW).then(|| {
            CellError::new(
                "was refused as a whole and is still marked so",
                format!("complete the row and empty its {COLUMN}"),
            )
        })
    }

    /// The kept cells of a refused row; those beyond the header joined into one.
    fn cells(&self, row: &RowBuffer) -> Vec<String> {
        let mut cells: Vec<String> = self
            .kept
            .iter()
            .map(|index| row.cell(*index).to_owned())
            .collect();
        let beyond: Vec<&str> = (self.names.len()..row.len())
            .map(|index| row.cell(index))
            .collect();
        cells.push(beyond.join(",").trim_end_matches(',').to_owned());
        cells
    }
}

fn refuse_duplicates(names: &[String], kept: &[usize]) -> Result<(), FileError> {
    let mut seen = HashMap::new();
    for index in kept {
        if let Some(first) = seen.insert(names[*index].as_str(), index) {
            return Err(FileError::DuplicateColumn {
                name: names[*index].clone(),
                first: first + 1,
                second: index + 1,
            });
        }
    }
    Ok(())
}

/// A header's name without white space and stray byte order marks around it.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

fn counted(cells: usize) -> String {
    match cells {
        1 => "1 cell".to_owned(),
        more => format!("{more} cells"),
    }
}

/// The beginning of a text, to a length in bytes.
fn within(text: &str, bytes: usize) -> &str {
    match text
        .char_indices()
        .take_while(|(start, c)| start + c.len_utf8() <= bytes)
        .last()
    {
        Some((start, c)) if start + c.len_utf8() < text.len() => &text[..start + c.len_utf8()],
        Some(_) => text,
        None => "",
    }
}
