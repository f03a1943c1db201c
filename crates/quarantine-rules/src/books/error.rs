//! What is wrong with a book: where, which key, and what to do.

use std::fmt;

use chrono::NaiveDate;
use thiserror::Error;

/// One mistake in a rule book.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BookError {
    /// The file is not TOML.
    #[error("{file}, line {line}: this is not TOML: {message}; mend it there")]
    Syntax {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What the reader of TOML says.
        message: String,
    },
    /// A key that no book has.
    #[error("{file}, line {line}, {place}: there is no key {key:?}; use one of {known}")]
    UnknownKey {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The clause, by its id.
        place: String,
        /// The key.
        key: String,
        /// The keys there are.
        known: String,
    },
    /// A key that must be there is not.
    #[error("{file}, line {line}, {place}: {key} is missing; {remedy}")]
    Missing {
        /// The file.
        file: String,
        /// The line the clause begins on, counted from 1.
        line: usize,
        /// The clause, by its id.
        place: String,
        /// The key.
        key: &'static str,
        /// What to write.
        remedy: String,
    },
    /// A value that cannot be.
    #[error("{file}, line {line}, {place}, {key}: {value} will not do; {remedy}")]
    BadValue {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The clause, by its id.
        place: String,
        /// The key.
        key: &'static str,
        /// The value as it stands.
        value: String,
        /// What to write instead.
        remedy: String,
    },
    /// Two clauses have one id.
    #[error(
        "{file}, line {line}, clause {clause:?}, id: it is used in {other} too; give this clause an id of its own"
    )]
    DuplicateClause {
        /// The file.
        file: String,
        /// The line the clause begins on, counted from 1.
        line: usize,
        /// The id.
        clause: String,
        /// The file that has it first.
        other: String,
    },
    /// No precedence settles which of two clauses wins.
    #[error(
        "{file}, line {line}, clause {clause:?}, condition: clause {other:?} has the same condition and from; change one of them"
    )]
    SameRank {
        /// The file.
        file: String,
        /// The line the clause begins on, counted from 1.
        line: usize,
        /// The id.
        clause: String,
        /// The id of the other clause.
        other: String,
    },
    /// Two editions ask different things of the same people on the same days.
    #[error(
        "{file}, line {line}, clause {clause:?}, {key}: edition {edition:?} overlaps edition {other_edition:?} of clause {other:?} from {from}; write until = {from}, or another condition"
    )]
    EditionsOverlap {
        /// The file.
        file: String,
        /// The line of the earlier clause's `until`, or the one the clause begins on where it has
        /// none; counted from 1.
        line: usize,
        /// The id of the earlier clause.
        clause: String,
        /// The key to mend.
        key: &'static str,
        /// The edition of the earlier clause.
        edition: String,
        /// The id of the later clause.
        other: String,
        /// The edition of the later clause.
        other_edition: String,
        /// The first day both are in force.
        from: NaiveDate,
    },
    /// Two files are books of one authority.
    #[error(
        "{file}, line {line}, authority: {authority:?} has a book in {other} already; put the clauses into one file"
    )]
    DuplicateAuthority {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The authority.
        authority: String,
        /// The file that has it first.
        other: String,
    },
    /// The parent has no book.
    #[error(
        "{file}, line {line}, parent: there is no book of {parent:?}; add it, or name one of {known}"
    )]
    UnknownParent {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The parent named.
        parent: String,
        /// The authorities there are.
        known: String,
    },
    /// The parents lead back to the book.
    #[error(
        "{file}, line {line}, parent: {parent:?} leads back to this book; name a wider authority"
    )]
    ParentCircle {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The parent named.
        parent: String,
    },
}

/// Every mistake of a set of books, by file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookErrors {
    /// The mistakes; never empty.
    pub errors: Vec<BookError>,
}

impl fmt::Display for BookErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            let end = if index == 0 { "" } else { "\n" };
            write!(f, "{end}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BookErrors {}
