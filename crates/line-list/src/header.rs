//! The first row, and how the rows below fit under it.

use std::collections::HashMap;

use crate::rejected::{COLUMN, PREFIX, WHOLE_ROW};
use crate::scan::{RowBuffer, Scanned, Scanner};
use crate::{CellError, FileError, Limits};

/// The first row, and which of its columns are kept.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) names: Vec<String>,
    pub(crate) kept: Vec<usize>,
    rejected_column: Option<usize>,
    pub(crate) most_bytes: usize,
}

impl Header {
    pub(crate) fn read(
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

    pub(crate) fn columns(&self) -> Vec<String> {
        self.kept
            .iter()
            .map(|index| self.names[*index].clone())
            .collect()
    }

    /// Why a row does not fit under this header, if it does not.
    pub(crate) fn fault(&self, row: &RowBuffer) -> Option<CellError> {
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
    pub(crate) fn cells(&self, row: &RowBuffer) -> Vec<String> {
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
pub(crate) fn within(text: &str, bytes: usize) -> &str {
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
