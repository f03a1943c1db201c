//! Rows that were refused, with where and why and what to do.

use std::fmt;

use grid_model::{AreaError, ModelError, RecordError, Township};
use line_list::{CellError, Rejected, write_table};

use crate::cells::Fault;
use crate::in_cell::{corrects_another, unknown};

/// A refused row of one of the folder's files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RejectedRow {
    /// The file, such as `arrivals.csv`.
    pub file: String,
    /// Where in it, what is wrong and how to mend it.
    pub row: Rejected,
}

impl RejectedRow {
    /// A refused row of a table; of the register nothing is kept but where and why.
    pub(crate) fn new(table: &str, row: Rejected) -> Self {
        let row = match table {
            "register" => row.redacted(),
            _ => row,
        };
        let file = format!("{table}.csv");
        RejectedRow { file, row }
    }
}

impl fmt::Display for RejectedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.file, self.row)
    }
}

/// All refused rows as one table: file, line, column, value, reason, remedy, and the row itself.
pub fn write_rejected(rejected: &[RejectedRow]) -> Vec<u8> {
    let columns = ["file", "line", "column", "value", "reason", "remedy", "row"];
    let rows = rejected.iter().map(|refused| {
        let row = &refused.row;
        [
            refused.file.clone(),
            row.line.to_string(),
            row.column.clone(),
            row.value.clone(),
            row.reason.clone(),
            row.remedy.clone(),
            row.cells.join(","),
        ]
    });
    write_table(&columns, rows)
}

/// What a ledger has against a row, for its cell.
pub(crate) fn of_record(error: &RecordError) -> CellError {
    match error {
        RecordError::DuplicateId { .. } => id_used_twice(),
        RecordError::CorrectsNothing { .. } => CellError::new(
            "is the id of no row that was accepted",
            "name the row it replaces, or mend that row first",
        ),
        RecordError::CorrectsAnotherSubject { .. } => CellError::new(
            "is about another subject",
            "withdraw that row and enter a new one",
        ),
        RecordError::CorrectsLaterDay { later, .. } => CellError::new(
            format!("became known on {later}, after this correction"),
            "check known_at of both",
        ),
        RecordError::CorrectsItself { .. } => {
            CellError::new("leads back to this row", "name the first row")
        }
        RecordError::Empty { .. } => CellError::new(
            "names an empty row",
            "fill it in, or name in corrects the row it withdraws",
        ),
    }
}

/// What a township has against a row, for its cell.
pub(crate) fn of_model(error: &ModelError, township: &Township) -> CellError {
    match error {
        ModelError::Area(AreaError::DuplicateId { .. }) | ModelError::Twice { .. } => {
            id_used_twice()
        }
        ModelError::Area(AreaError::UnknownParent { .. }) => CellError::new(
            "is not in areas.csv",
            "name the area it lies in, or leave it empty",
        ),
        ModelError::Area(AreaError::Circle { .. }) => {
            CellError::new("lies inside this area itself", "name the area above it")
        }
        ModelError::Record { error, .. } => of_record(error),
        ModelError::UnknownId { wanted, value, .. } => {
            let has_row = match *wanted {
                "households" => township.households().has_row(value),
                "people" => township.people().has_row(value),
                "work_groups" => township.work_groups().has_row(value),
                _ => false,
            };
            if has_row {
                corrects_another(wanted)
            } else {
                unknown(wanted)
            }
        }
    }
}

/// What a row has against it whose key another row has too.
pub(crate) fn twice(table: &str) -> Fault {
    match table {
        "grid_areas" => {
            let error = CellError::new("is given to this grid twice", "remove one of the rows");
            ("area", error)
        }
        "register" => (
            "person",
            CellError::new("has two rows", "remove one of them"),
        ),
        _ => ("id", id_used_twice()),
    }
}

/// What a row has against it where the file lacks a column that must be there.
pub(crate) fn no_column(column: &str) -> CellError {
    CellError::new(
        format!("has no {column}, for which the file has no column"),
        format!("add {column} to the header and fill it in"),
    )
}

fn id_used_twice() -> CellError {
    CellError::new(
        "is used twice",
        "give this row an id of its own, or remove it",
    )
}
