//! Reads line lists in the encodings people have; what cannot be read is kept and said.
//!
//! ```
//! use line_list::{CaseRow, Limits, Mapping, read};
//!
//! let file = "case_id,onset\nA1,2020-02-14\nA2,30/02/2020\n".as_bytes();
//! let mapping = Mapping::new([("id", "case_id"), ("onset", "onset")]);
//! let batch = read::<CaseRow>(file, &mapping, &Limits::standard())?;
//!
//! assert_eq!(batch.accepted[0].id, "A1");
//! assert_eq!(
//!     batch.rejected[0].to_string(),
//!     "line 3, onset: \"30/02/2020\" is not a date; write it as 2020-02-14",
//! );
//! assert_eq!(batch.read, batch.accepted.len() + batch.rejected.len());
//! # Ok::<(), line_list::FileError>(())
//! ```
//!
//! # In reading order
//!
//! 1. [`unpack`] and [`decode`]: gzip and encodings, bounded by [`Limits`].
//! 2. [`Table`]: header, rows with their lines, and the rows that are no rows; [`Rows`], the
//!    same one after the other and none kept, for files of millions.
//! 3. [`cell`]: a cell as a date, an instant, yes or no, a number, a word of a list.
//! 4. [`Mapping`], [`read`], [`Batch`], [`FromRow`], [`CaseRow`]: rows as records, by the
//!    column names of the system they come from.
//! 5. [`Rejected`], [`write_rejected`]: what was refused, written so that it can be mended
//!    and read again. [`FileError`]: why a whole file was refused.
//! 6. [`write_table`], [`write_table_for_spreadsheets`]: tables out.
//!
//! # Laws
//!
//! - Accepted and rejected rows together are the rows read; blank lines are no rows.
//! - A bad row never takes a good one with it, not even by an unclosed quotation mark.
//! - Nothing is guessed: a date that could be two days is refused, and a character that
//!   cannot be decoded is never replaced.
//! - No input makes a panic, and time and memory grow with the length of the input alone.
//!
//! # What it leaves out
//!
//! Opening files, spreadsheets (`.xlsx`), and any knowledge of what a township is.

mod batch;
mod case_row;
pub mod cell;
mod decode;
mod file_error;
mod header;
mod limits;
mod mapping;
mod nearest;
mod rejected;
mod rows;
mod scan;
mod table;
mod unpack;
mod write;

pub use batch::{Batch, FromRow, MappedRow, Refusal, read};
pub use case_row::CaseRow;
pub use cell::CellError;
pub use decode::{Decoded, Encoding, decode};
pub use file_error::FileError;
pub use limits::Limits;
pub use mapping::Mapping;
pub use rejected::{Rejected, write_rejected};
pub use rows::{PassingRow, Rows};
pub use table::{Row, Table};
pub use unpack::unpack;
pub use write::{write_table, write_table_for_spreadsheets};
