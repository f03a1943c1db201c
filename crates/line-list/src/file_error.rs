//! Why a whole file was refused.

use thiserror::Error;

/// Why nothing of a file could be read, and what to do. It names no path: the program
/// that opened the file does.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The file is larger than [`Limits::file_bytes`](crate::Limits::file_bytes).
    #[error(
        "the file has {bytes} bytes, over the limit file_bytes of {limit}; split it or raise the limit"
    )]
    TooLarge {
        /// Bytes of the file.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The file unpacks to more than [`Limits::unpacked_bytes`](crate::Limits::unpacked_bytes).
    #[error(
        "the file unpacks to more than the limit unpacked_bytes of {limit}; split it or raise the limit"
    )]
    UnpacksTooLarge {
        /// The limit.
        limit: u64,
    },
    /// The file begins like gzip but does not unpack.
    #[error(
        "the file is damaged gzip ({what}) after {unpacked} unpacked bytes; send or pack it again"
    )]
    DamagedGzip {
        /// What the unpacking found.
        what: &'static str,
        /// Bytes that could be unpacked before the damage.
        unpacked: usize,
    },
    /// The unpacked file is gzip again.
    #[error("the file is packed twice; unpack it once")]
    PackedTwice,
    /// The file is a spreadsheet.
    #[error("the file is a spreadsheet; save it as CSV UTF-8 and read that")]
    Spreadsheet,
    /// The file holds bytes that no text has.
    #[error("the file is not text: byte {offset} is {byte:#04x}; save it as CSV UTF-8")]
    NotText {
        /// Bytes before the first that no text has.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// The file is mostly UTF-8, with damage.
    #[error(
        "the file is damaged UTF-8: line {line}, byte {offset} of the file; mend that character or save the file again as CSV UTF-8"
    )]
    DamagedUtf8 {
        /// The line of the first damage.
        line: u64,
        /// Bytes before the first damage.
        offset: usize,
    },
    /// The file is in no encoding this crate reads.
    #[error(
        "the file is neither UTF-8 (line {line}, byte {utf8_offset} of the file) nor GB18030 (byte {gb18030_offset}); save it as CSV UTF-8"
    )]
    UnknownEncoding {
        /// The line where it stops being UTF-8.
        line: u64,
        /// Bytes before it stops being UTF-8.
        utf8_offset: usize,
        /// Bytes before it stops being GB18030.
        gb18030_offset: usize,
    },
    /// The file begins as UTF-16 and is not.
    #[error("the file is damaged UTF-16: byte {offset}; save it as CSV UTF-8")]
    DamagedUtf16 {
        /// Bytes before the first damage.
        offset: usize,
    },
    /// The file holds nothing but blank lines.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// The first line cannot be read as a header.
    #[error("line {line}: the header {reason}; {remedy}")]
    BadHeader {
        /// Where the header begins.
        line: u64,
        /// What is wrong.
        reason: String,
        /// What to do.
        remedy: String,
    },
    /// Two columns have one name.
    #[error("columns {first} and {second} are both named {name:?}; rename one of them")]
    DuplicateColumn {
        /// The name.
        name: String,
        /// The first of the two, counted from 1.
        first: usize,
        /// The second.
        second: usize,
    },
    /// The header has more columns than [`Limits::columns`](crate::Limits::columns).
    #[error(
        "the header has {columns} columns, over the limit columns of {limit}; drop some or raise the limit"
    )]
    TooManyColumns {
        /// Columns of the header.
        columns: usize,
        /// The limit.
        limit: usize,
    },
    /// The file has more rows than [`Limits::rows`](crate::Limits::rows).
    #[error("the file has more rows than the limit rows of {limit}; split it or raise the limit")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// A column the mapping names is not in the file.
    #[error("there is no column {column:?} for {target}{}; the columns are {}", suggestion(.nearest), listed(.columns))]
    MissingColumn {
        /// The field of the record.
        target: String,
        /// The column that is missing.
        column: String,
        /// The most alike of the columns that are there, if any is alike.
        nearest: Option<String>,
        /// The columns that are there.
        columns: Vec<String>,
    },
    /// The mapping names no column for a field that must have one.
    #[error("no column is named for {target}; name the one that holds it, the columns are {}", listed(.columns))]
    UnmappedField {
        /// The field of the record.
        target: String,
        /// The columns that are there.
        columns: Vec<String>,
    },
}

fn suggestion(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map_or_else(String::new, |name| format!(", perhaps {name:?} is meant"))
}

/// Lists names as far as a person reads.
fn listed(columns: &[String]) -> String {
    const SHOWN: usize = 30;
    let mut text = columns
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if columns.len() > SHOWN {
        text.push_str(&format!(" and {} more", columns.len() - SHOWN));
    }
    text
}
