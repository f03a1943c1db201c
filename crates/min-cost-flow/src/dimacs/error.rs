use std::fmt;

use thiserror::Error;

use crate::error::NetworkError;

/// What is wrong with one line of a DIMACS text; lines, nodes and arcs are counted from 1.
///
/// Of a field longer than 40 characters the first 40 are kept, and an ellipsis.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DimacsError {
    /// A line of no known kind.
    #[error("line {line}: {found:?} is no kind of line; begin it with c, p, n or a")]
    UnknownLine {
        /// The line.
        line: usize,
        /// What it begins with.
        found: String,
    },
    /// A line with too many fields or too few.
    #[error("line {line}: {found} fields follow {kind:?}, {expected} belong there: {names}")]
    FieldCount {
        /// The line.
        line: usize,
        /// What it begins with.
        kind: &'static str,
        /// How many fields follow.
        found: usize,
        /// How many belong there.
        expected: usize,
        /// Their names.
        names: &'static str,
    },
    /// A field that is not a whole number of 64 bits.
    #[error(
        "line {line}, {field}: {value:?} is not a whole number between -2^63 and 2^63; write digits alone"
    )]
    NotANumber {
        /// The line.
        line: usize,
        /// The field.
        field: &'static str,
        /// What stands there.
        value: String,
    },
    /// A problem of another kind than least cost.
    #[error("line {line}, problem: {found:?} is not solved here; write `p min NODES ARCS`")]
    NotMinimumCost {
        /// The line.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A count of nodes or arcs that is negative or larger than allowed.
    #[error(
        "line {line}, {field}: {value} is not between 0 and {limit}; correct it or raise the limit"
    )]
    CountOutOfRange {
        /// The line.
        line: usize,
        /// The field.
        field: &'static str,
        /// What stands there.
        value: i64,
        /// The largest allowed.
        limit: usize,
    },
    /// A node or an arc before the problem line, or no problem line at all.
    #[error("line {line}: no problem line stands before it; begin with `p min NODES ARCS`")]
    NoProblemLine {
        /// The line; one past the last where there is no problem line at all.
        line: usize,
    },
    /// A second problem line.
    #[error("line {line}: the problem line already stands in line {first}; remove one")]
    SecondProblemLine {
        /// The line.
        line: usize,
        /// The line of the first.
        first: usize,
    },
    /// A node that is not among those announced.
    #[error("line {line}, {field}: {value} is not a node; nodes are numbered from 1 to {nodes}")]
    NoSuchNode {
        /// The line.
        line: usize,
        /// The field.
        field: &'static str,
        /// What stands there.
        value: i64,
        /// How many nodes were announced.
        nodes: usize,
    },
    /// A node whose supply is stated twice.
    #[error("line {line}: the supply of node {node} already stands in line {first}; remove one")]
    NodeTwice {
        /// The line.
        line: usize,
        /// The node.
        node: i64,
        /// The line of the first.
        first: usize,
    },
    /// More arcs or fewer than announced.
    #[error(
        "line {line}, arcs: {announced} are announced, {found} follow; correct the number or add what was cut off"
    )]
    ArcCount {
        /// The problem line.
        line: usize,
        /// How many it announces.
        announced: usize,
        /// How many follow.
        found: usize,
    },
    /// A node or an arc that no network accepts.
    #[error("line {line}: {error}")]
    Refused {
        /// Its line.
        line: usize,
        /// Why; nodes and arcs counted from 1 here.
        error: NetworkError,
    },
}

/// Everything that is wrong with a DIMACS text, in the order of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimacsErrors {
    pub(super) errors: Vec<DimacsError>,
}

impl DimacsErrors {
    /// The errors, never none.
    #[must_use]
    pub fn as_slice(&self) -> &[DimacsError] {
        &self.errors
    }
}

impl fmt::Display for DimacsErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.errors.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DimacsErrors {}
