//! Rows as records.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::cell::{self, CellError};
use crate::rows::missing;
use crate::{FileError, Limits, Mapping, Rejected, Row, Table};

/// The records of a file and the rows that are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch<T> {
    /// The records, in the file's order.
    pub accepted: Vec<T>,
    /// The refused rows, in the file's order.
    pub rejected: Vec<Rejected>,
    /// Rows read: accepted and rejected together.
    pub read: usize,
    /// The columns of the file, as [`write_rejected`](crate::write_rejected) wants them.
    pub columns: Vec<String>,
}

/// A record that a row can be.
pub trait FromRow: Sized {
    /// The field that names the record; a mapping must give it a column.
    const ID: &'static str;

    /// The record in a row.
    ///
    /// # Errors
    ///
    /// Where a cell is refused.
    fn from_row(row: &MappedRow<'_>) -> Result<Self, Refusal>;
}

/// A field that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The field of the record.
    pub target: String,
    /// What is wrong with it.
    pub error: CellError,
}

/// A row whose cells are asked for by field.
#[derive(Clone, Copy, Debug)]
pub struct MappedRow<'t> {
    row: Row<'t>,
    mapping: &'t Mapping,
    /// Where the column of each field of the mapping stands.
    places: &'t [Option<usize>],
}

impl<'t> MappedRow<'t> {
    /// The line of the file where the row begins, counted from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.row.line()
    }

    /// The trimmed cell of a field; empty where the field has no column.
    #[must_use]
    pub fn text(&self, target: &str) -> &'t str {
        self.place(target)
            .map_or("", |column| self.row.cell(column).trim())
    }

    /// The trimmed cell of a field, or `None` where it is empty.
    #[must_use]
    pub fn optional_text(&self, target: &str) -> Option<&'t str> {
        Some(self.text(target)).filter(|text| !text.is_empty())
    }

    /// The cell of a field by a parser of [`cell`].
    ///
    /// # Errors
    ///
    /// Where the parser refuses it.
    pub fn parse<T>(
        &self,
        target: &str,
        parse: impl FnOnce(&'t str) -> Result<T, CellError>,
    ) -> Result<T, Refusal> {
        parse(self.text(target)).map_err(|error| self.refuse(target, error))
    }

    /// The same, or `None` where the cell is empty.
    ///
    /// # Errors
    ///
    /// Where the parser refuses it.
    pub fn optional<T>(
        &self,
        target: &str,
        parse: impl FnOnce(&'t str) -> Result<T, CellError>,
    ) -> Result<Option<T>, Refusal> {
        if self.text(target).is_empty() {
            return Ok(None);
        }
        self.parse(target, parse).map(Some)
    }

    /// The date of a field as the mapping says dates are written, or `None` where the cell
    /// is empty.
    ///
    /// # Errors
    ///
    /// Where it is no date.
    pub fn date(&self, target: &str) -> Result<Option<NaiveDate>, Refusal> {
        self.optional(target, |text| cell::date_as(text, self.mapping.dates()))
    }

    /// A field refused.
    #[must_use]
    pub fn refuse(&self, target: &str, error: CellError) -> Refusal {
        Refusal {
            target: target.to_owned(),
            error,
        }
    }

    fn place(&self, target: &str) -> Option<usize> {
        let field = self
            .mapping
            .fields()
            .iter()
            .position(|field| field.target == target)?;
        self.places[field]
    }

    fn rejected(&self, refusal: Refusal) -> Rejected {
        match self.place(&refusal.target) {
            Some(column) => self.row.refuse(column, refusal.error),
            None => self.row.refuse_whole(refusal.error),
        }
    }
}

/// Reads a file in CSV as records by a mapping.
///
/// Where ids are unique and several acceptable rows have one id, the row whose cells are
/// smallest stays, whatever the order of the rows; the others are refused and name its
/// line. Of equal rows the first stays.
///
/// # Errors
///
/// Where nothing can be read, or a column of the mapping is not in the file.
pub fn read<T: FromRow>(
    bytes: &[u8],
    mapping: &Mapping,
    limits: &Limits,
) -> Result<Batch<T>, FileError> {
    let table = Table::read(bytes, limits)?;
    let places = places::<T>(&table, mapping)?;
    let at = |row| MappedRow {
        row,
        mapping,
        places: &places,
    };
    let records: Vec<Result<T, Refusal>> = table.rows().map(|row| T::from_row(&at(row))).collect();
    let kept = if mapping.unique_ids() {
        kept_by_id(&table, &at, &records)
    } else {
        HashMap::new()
    };

    let mut accepted = Vec::with_capacity(records.len());
    let mut refused = Vec::new();
    for ((index, row), record) in table.rows().enumerate().zip(records) {
        let row = at(row);
        let stays = kept.get(row.text(T::ID)).filter(|stays| **stays != index);
        match (record, stays.and_then(|stays| table.row(*stays))) {
            (Ok(record), None) => accepted.push(record),
            (Ok(_), Some(stays)) => refused.push(row.rejected(repeated::<T>(stays.line()))),
            (Err(refusal), _) => refused.push(row.rejected(refusal)),
        }
    }
    let (columns, read) = (table.columns().to_vec(), table.read_rows());
    let mut rejected = table.into_rejected();
    rejected.extend(refused);
    rejected.sort_by_key(|rejected| rejected.line);
    Ok(Batch {
        accepted,
        rejected,
        read,
        columns,
    })
}

fn places<T: FromRow>(table: &Table, mapping: &Mapping) -> Result<Vec<Option<usize>>, FileError> {
    if mapping.column_of(T::ID).is_none() {
        return Err(FileError::UnmappedField {
            target: T::ID.to_owned(),
            columns: table.columns().to_vec(),
        });
    }
    let place = |field: &crate::mapping::Field| match table.column(&field.column) {
        None if !field.may_be_missing => {
            Err(missing(&field.target, &field.column, table.columns()))
        }
        found => Ok(found),
    };
    mapping.fields().iter().map(place).collect()
}

/// For each id the row that stays.
fn kept_by_id<'t, T: FromRow>(
    table: &'t Table,
    at: &impl Fn(Row<'t>) -> MappedRow<'t>,
    records: &[Result<T, Refusal>],
) -> HashMap<&'t str, usize> {
    let mut kept: HashMap<&str, usize> = HashMap::with_capacity(records.len());
    for ((index, row), _) in table
        .rows()
        .enumerate()
        .zip(records)
        .filter(|(_, record)| record.is_ok())
    {
        let stays = kept.entry(at(row).text(T::ID)).or_insert(index);
        if table
            .row(*stays)
            .is_some_and(|stays| row.cells().lt(stays.cells()))
        {
            *stays = index;
        }
    }
    kept
}

fn repeated<T: FromRow>(line: u64) -> Refusal {
    Refusal {
        target: T::ID.to_owned(),
        error: CellError::new(
            format!("is the id of line {line} too, which was kept"),
            "remove one of the two rows or give this one an id of its own",
        ),
    }
}
