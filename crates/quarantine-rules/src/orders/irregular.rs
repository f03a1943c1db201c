//! Events that do not fit the life of an order. They are listed, never refused.

use chrono::NaiveDateTime;
use grid_model::{PersonId, words};

words! {
    /// What does not fit.
    pub enum IrregularityKind {
        /// An order was given while another stood: it counts as a change of order.
        OrderedTwice = "ordered_twice",
        /// An order or change names no measure.
        NoMeasure = "no_measure",
        /// Its last day lies before the day it was given: it never holds.
        OverBeforeItBegan = "over_before_it_began",
        /// The person went under an order nobody had given.
        BegunBeforeOrdered = "begun_before_ordered",
        /// The person went under an order that was over.
        BegunAfterEnd = "begun_after_end",
        /// An extension or shortening names no new last day: nothing changes.
        NoNewLastDay = "no_new_last_day",
        /// An extension moves the last day earlier, or a shortening later: it is applied.
        WrongWay = "wrong_way",
        /// An extension of an order that was over by its own date: it holds again from that day.
        ExtendedAfterEnd = "extended_after_end",
        /// A change of an order nobody had given: a transfer begins one, all else is without
        /// effect.
        ChangeWithoutOrder = "change_without_order",
        /// A change of an order that was over: a transfer begins one, all else is without effect.
        ChangeAfterEnd = "change_after_end",
        /// A release of somebody under no order.
        ReleaseWithoutOrder = "release_without_order",
        /// A release on the last day or before: the person is free from that day.
        ReleasedTooEarly = "released_too_early",
        /// A release recorded later than the morning after the last day: the order had ended.
        ReleasedLate = "released_late",
        /// A release of somebody a record had let go already.
        ReleasedTwice = "released_twice",
    }
}

/// An event that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Irregularity {
    /// Whose order.
    pub person: PersonId,
    /// When.
    pub at: NaiveDateTime,
    /// The id of the record.
    pub record: Box<str>,
    /// What does not fit.
    pub kind: IrregularityKind,
}
