//! Lists: what someone must act on, row by row.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::{FigureValue, Language, Text, number};

/// What the cells of a column are, which decides how they are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Words and keys, set flush left.
    Text,
    /// Whole numbers, set flush right with equal digits.
    Count,
    /// Quantities in hundredths of the unit named by the heading.
    Hundredths,
    /// Days.
    Date,
    /// Days with their minute.
    Instant,
    /// Shares of a whole, in thousandths.
    Share,
}

impl ColumnKind {
    /// Whether cells are numbers, which are set flush right.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Hundredths | Self::Share)
    }
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// A stable key, never translated: the header in CSV.
    pub key: String,
    /// The heading a reader sees.
    pub heading: Text,
    /// What its cells are.
    pub kind: ColumnKind,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(key: impl Into<String>, heading: Text, kind: ColumnKind) -> Self {
        Self {
            key: key.into(),
            heading,
            kind,
        }
    }
}

/// One cell of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Words in both languages.
    Text(Text),
    /// Words that do not change with the language: keys, codes.
    Plain(String),
    /// A whole number.
    Count(i64),
    /// A quantity in hundredths of the unit its heading names.
    Hundredths(i64),
    /// A share in thousandths.
    Share(i64),
    /// A whole number to which some community did not contribute.
    Incomplete(i64),
    /// A day.
    Date(NaiveDate),
    /// A day with its minute, in local civil time.
    Instant(NaiveDateTime),
    /// Nobody knows.
    Unknown,
    /// Withheld from the public.
    Suppressed,
}

impl Cell {
    /// The cell as a page prints it.
    #[must_use]
    pub fn print(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.in_language(language).to_owned(),
            Self::Plain(words) => words.clone(),
            Self::Count(n) => FigureValue::Count(*n).print(language),
            Self::Hundredths(n) => FigureValue::Hundredths(*n).print(language),
            Self::Share(n) => number::print_share(*n),
            Self::Incomplete(n) => FigureValue::Incomplete(*n).print(language),
            Self::Date(day) => day.to_string(),
            Self::Instant(instant) => number::print_instant(*instant),
            Self::Unknown => FigureValue::Unknown.print(language),
            Self::Suppressed => FigureValue::Suppressed.print(language),
        }
    }
}

impl From<FigureValue> for Cell {
    fn from(value: FigureValue) -> Self {
        match value {
            FigureValue::Count(n) => Self::Count(n),
            FigureValue::Hundredths(n) => Self::Hundredths(n),
            FigureValue::Incomplete(n) => Self::Incomplete(n),
            FigureValue::Unknown => Self::Unknown,
            FigureValue::Suppressed => Self::Suppressed,
        }
    }
}

/// A list with its columns; an empty one prints 无 / none.
///
/// A row shorter than the columns is filled up with 不详 / unknown where it is
/// printed, and cells beyond the last column are not printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct List {
    /// A stable key, never translated: the name of its CSV file.
    pub key: String,
    /// What the list is.
    pub title: Text,
    /// What its reader must know or do. May be empty.
    pub note: Text,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows, in the order they are printed.
    pub rows: Vec<Vec<Cell>>,
}

impl List {
    /// A list without rows and without a note.
    #[must_use]
    pub fn new(key: impl Into<String>, title: Text, columns: Vec<Column>) -> Self {
        Self {
            key: key.into(),
            title,
            note: Text::empty(),
            columns,
            rows: Vec::new(),
        }
    }

    /// The cell of a row under a column, unknown where the row ends early.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .unwrap_or(&Cell::Unknown)
    }
}
