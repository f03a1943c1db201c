//! What else to look at in a folder.

use line_list::FileError;
use thiserror::Error;

/// Something a reader of the folder should hear of although no row was refused for it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Warning {
    /// A file could not be read at all; none of its rows is in the township.
    #[error("{file}: {error}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        error: FileError,
    },
    /// A table was not there and counts as empty.
    #[error(
        "{file}: the file is not there and counts as empty; add it if there is anything to say"
    )]
    Absent {
        /// The file.
        file: String,
    },
    /// A table was there twice, such as packed and not; one of them was read.
    #[error("{file}: the table is there twice and {used} was read; remove one of the two")]
    Twice {
        /// The file that was not read.
        file: String,
        /// The file that was.
        used: String,
    },
    /// A column was not there; its cells count as not known.
    #[error(
        "{file}: the column {column} is not there and counts as not known; add it to the header"
    )]
    AbsentColumn {
        /// The file.
        file: String,
        /// The column.
        column: &'static str,
    },
    /// A column was not there without which rows cannot be used; those rows were refused.
    #[error(
        "{file}: the column {column} is not there and rows cannot be used without it; add it to the header"
    )]
    AbsentRequiredColumn {
        /// The file.
        file: String,
        /// The column.
        column: &'static str,
    },
    /// A file is not one of the folder's tables.
    #[error("{file}: is not a table of a township folder and was not read")]
    Unknown {
        /// The file.
        file: String,
    },
    /// The register has something to look at; no name or number is in the text.
    #[error("register.csv: {0}")]
    Register(String),
}

/// Why a table could not be read, without a word of it where its content must not be seen: a
/// register without a header has a person where the names of columns should be.
pub(crate) fn without_content(table: &str, error: FileError) -> FileError {
    match error {
        FileError::DuplicateColumn { first, second, .. } if table == "register" => {
            FileError::DuplicateColumn {
                name: "***".to_owned(),
                first,
                second,
            }
        }
        other => other,
    }
}
