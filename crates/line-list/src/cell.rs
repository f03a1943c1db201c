//! A cell as a value.
//!
//! Each parser trims white space, reads full-width digits and signs as their usual forms,
//! and answers a [`CellError`] whose reason follows the value and whose remedy says what
//! to write instead. An empty cell is an error to all but [`yes_no`]; where it is allowed,
//! say [`optional`].
//!
//! ```
//! use line_list::cell;
//!
//! assert_eq!(cell::date("２０２０年２月１４日")?, cell::date("2020-02-14")?);
//! assert_eq!(cell::optional("  ", cell::date)?, None);
//! assert_eq!(cell::date("2021-02-29").unwrap_err().reason,
//!     "is not a date: there is no 29 February 2021");
//! # Ok::<(), cell::CellError>(())
//! ```

mod day;
mod number;
mod word;

use std::borrow::Cow;

use thiserror::Error;

pub use day::{Dates, date, date_as, instant, write_date, write_instant};
pub use number::{i64, tenths, u32, u64, write_tenths};
pub use word::{choice, one_of, text, write_yes_no, yes_no};

/// What is wrong with a cell, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[error("{reason}; {remedy}")]
pub struct CellError {
    /// What is wrong, a predicate of the value: `is not a date`.
    pub reason: String,
    /// What to do: `write it as 2020-02-14`.
    pub remedy: String,
}

impl CellError {
    /// A reason and a remedy, both lower case and without a full stop.
    #[must_use]
    pub fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            remedy: remedy.into(),
        }
    }
}

/// The cell by `parse`, or `None` where it is blank.
///
/// # Errors
///
/// Those of `parse`.
pub fn optional<T>(
    cell: &str,
    parse: impl FnOnce(&str) -> Result<T, CellError>,
) -> Result<Option<T>, CellError> {
    if cell.trim().is_empty() {
        Ok(None)
    } else {
        parse(cell).map(Some)
    }
}

/// The trimmed cell with the full-width forms U+FF01 to U+FF5E as their ASCII forms
/// (Unicode, Halfwidth and Fullwidth Forms), and the minus sign as a hyphen.
fn normal(cell: &str) -> Cow<'_, str> {
    let cell = cell.trim();
    if cell.is_ascii() {
        return Cow::Borrowed(cell);
    }
    Cow::Owned(cell.chars().map(usual_form).collect())
}

fn usual_form(c: char) -> char {
    const DISTANCE: u32 = 0xFF01 - 0x21;
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - DISTANCE).unwrap_or(c),
        '\u{2212}' => '-',
        '\u{3000}' => ' ',
        other => other,
    }
}
