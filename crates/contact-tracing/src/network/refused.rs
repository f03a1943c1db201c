//! What is wrong with a row, and with a change.

use chrono::NaiveDateTime;
use grid_model::PersonId;
use thiserror::Error;

/// Why a row of the log was left out of the network. The rows beside it were taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum RefusedRow {
    /// A contact of a person with the same person.
    #[error(
        "contact {id:?} from {from}, person_b: it is the same person as person_a; name the two who met"
    )]
    MeetsOneself {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// Who.
        person: PersonId,
    },
    /// A contact that ends before it begins.
    #[error(
        "contact {id:?} from {from}, until: {until} is earlier; correct it, or leave it empty if it is not known"
    )]
    ContactEndsFirst {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// When it is said to have ended.
        until: NaiveDateTime,
    },
    /// A visit that ends before it begins.
    #[error(
        "visit {id:?} from {from}, until: {until} is earlier; correct it, or leave it empty if it is not known"
    )]
    VisitEndsFirst {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// When it is said to have ended.
        until: NaiveDateTime,
    },
    /// A contact that begins when the log has ended.
    #[error("contact {id:?}, from: {from} is not before the end of the log, {end}; end it later")]
    ContactAfterEnd {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// Where the log was cut off.
        end: NaiveDateTime,
    },
    /// A visit that begins when the log has ended.
    #[error("visit {id:?}, from: {from} is not before the end of the log, {end}; end it later")]
    VisitAfterEnd {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// Where the log was cut off.
        end: NaiveDateTime,
    },
    /// A second contact under one id: of them the least by what it says was taken.
    #[error("contact {id:?} from {from}, id: another contact has it; give each an id of its own")]
    ContactIdTwice {
        /// The id of both.
        id: String,
        /// When the one left out began.
        from: NaiveDateTime,
    },
    /// A second visit under one id: of them the least by what it says was taken.
    #[error("visit {id:?} from {from}, id: another visit has it; give each an id of its own")]
    VisitIdTwice {
        /// The id of both.
        id: String,
        /// When the one left out began.
        from: NaiveDateTime,
    },
}

/// Why a network was not changed. It is as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum EditError {
    /// A record without an id cannot be found again.
    #[error("record from {from}, id: it is empty; give the record an id to change it by")]
    WithoutId {
        /// When it began.
        from: NaiveDateTime,
    },
    /// No contact has the id.
    #[error("contact {id:?}: no contact has this id; insert it first")]
    UnknownContact {
        /// The id asked for.
        id: String,
    },
    /// No visit has the id.
    #[error("visit {id:?}: no visit has this id; insert it first")]
    UnknownVisit {
        /// The id asked for.
        id: String,
    },
    /// The row would have been left out when building.
    #[error(transparent)]
    Refused(#[from] RefusedRow),
}
