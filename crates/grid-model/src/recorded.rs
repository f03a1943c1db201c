//! One row as it was written down, and why a row may not be taken.

use chrono::NaiveDateTime;
use thiserror::Error;

/// What a ledger keeps: a fact about a subject that a correction may not change.
///
/// `Ord` decides which of two rows with one id stays, whatever order they came in.
pub trait Record: Ord + Clone {
    /// Whom or what the record is about.
    type Subject: PartialEq;

    /// Whom or what the record is about: a correction speaks of the same.
    fn subject(&self) -> Self::Subject;

    /// When it happened; nothing for plans and standing data, which are known always.
    fn happened_at(&self) -> Option<NaiveDateTime>;
}

/// One row as it was written down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recorded<T> {
    /// The user's own id of the row.
    pub id: String,
    /// When it became known; nothing means at the instant it happened.
    pub known_at: Option<NaiveDateTime>,
    /// The id of the row it replaces.
    pub corrects: Option<String>,
    /// What is recorded; nothing withdraws the row it replaces.
    pub what: Option<T>,
}

impl<T> Recorded<T> {
    /// A first record, known when it happened.
    pub fn new(id: impl Into<String>, what: T) -> Self {
        Recorded {
            id: id.into(),
            known_at: None,
            corrects: None,
            what: Some(what),
        }
    }

    /// The same record, known only from an instant on.
    pub fn known_at(self, at: NaiveDateTime) -> Self {
        Recorded {
            known_at: Some(at),
            ..self
        }
    }

    /// The same record, as a correction of another row.
    pub fn correcting(self, id: impl Into<String>) -> Self {
        Recorded {
            corrects: Some(id.into()),
            ..self
        }
    }

    /// A row that withdraws another.
    pub fn withdrawal(id: impl Into<String>, withdrawn: impl Into<String>) -> Self {
        Recorded {
            id: id.into(),
            known_at: None,
            corrects: Some(withdrawn.into()),
            what: None,
        }
    }
}

/// Why a row was not taken into a ledger. The rows beside it were.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// The id is in use; of rows with one id, the least by content stays.
    #[error("record {id:?}, id: {id:?} is used twice; give this row an id of its own")]
    DuplicateId {
        /// The id used twice.
        id: String,
    },
    /// A correction names a row that is not there.
    #[error(
        "record {id:?}, corrects: there is no record {corrects:?}; name the record it replaces"
    )]
    CorrectsNothing {
        /// The correction.
        id: String,
        /// What it names.
        corrects: String,
    },
    /// A correction speaks of someone or something else.
    #[error(
        "record {id:?}, corrects: {corrects:?} is about another subject; withdraw that record and enter a new one"
    )]
    CorrectsAnotherSubject {
        /// The correction.
        id: String,
        /// What it names.
        corrects: String,
    },
    /// A correction was known on a day before the row it replaces.
    #[error(
        "record {id:?}, corrects: {corrects:?} became known on {later}, after this correction; check known_at of both"
    )]
    CorrectsLaterDay {
        /// The correction.
        id: String,
        /// What it names.
        corrects: String,
        /// The day the corrected row became known.
        later: chrono::NaiveDate,
    },
    /// Corrections name each other in a circle.
    #[error(
        "record {id:?}, corrects: {corrects:?} leads back to this record; name the first record"
    )]
    CorrectsItself {
        /// The correction.
        id: String,
        /// What it names.
        corrects: String,
    },
    /// A row that records nothing and corrects nothing.
    #[error(
        "record {id:?}: the row is empty; fill it in, or name in corrects the record it withdraws"
    )]
    Empty {
        /// The row.
        id: String,
    },
}

impl RecordError {
    /// The id of the row that was refused.
    pub fn id(&self) -> &str {
        match self {
            RecordError::DuplicateId { id }
            | RecordError::CorrectsNothing { id, .. }
            | RecordError::CorrectsAnotherSubject { id, .. }
            | RecordError::CorrectsLaterDay { id, .. }
            | RecordError::CorrectsItself { id, .. }
            | RecordError::Empty { id } => id,
        }
    }

    /// The column at fault.
    pub fn column(&self) -> &'static str {
        match self {
            RecordError::DuplicateId { .. } | RecordError::Empty { .. } => "id",
            _ => "corrects",
        }
    }

    /// The value at fault.
    pub fn value(&self) -> &str {
        match self {
            RecordError::DuplicateId { id } | RecordError::Empty { id } => id,
            RecordError::CorrectsNothing { corrects, .. }
            | RecordError::CorrectsAnotherSubject { corrects, .. }
            | RecordError::CorrectsLaterDay { corrects, .. }
            | RecordError::CorrectsItself { corrects, .. } => corrects,
        }
    }
}
