//! The states of an order, and what each event does in each of them.

use grid_model::words;

use super::IrregularityKind as Kind;
use crate::OrderEventKind as Event;

words! {
    /// Where a person stands with the latest order.
    pub enum OrderState {
        /// No order was ever given.
        NeverOrdered = "never_ordered",
        /// It stands, and nobody has recorded that the person went under it.
        Ordered = "ordered",
        /// It stands, and the person went under it.
        Begun = "begun",
        /// Its last day is over.
        Over = "over",
        /// A record ended it.
        Ended = "ended",
    }
}

words! {
    /// What an event does to the latest order.
    pub enum OrderEffect {
        /// Begins an order.
        Opens = "opens",
        /// Ends the standing order and begins another with what it leaves unsaid.
        Replaces = "replaces",
        /// The person goes under the standing order.
        Begins = "begins",
        /// The standing order was not kept; it goes on.
        Breaks = "breaks",
        /// Moves the last day of the standing order.
        MovesLastDay = "moves_last_day",
        /// Makes an order that was over hold again.
        Reopens = "reopens",
        /// Ends the standing order.
        Ends = "ends",
        /// Certifies the end of an order that was over.
        Certifies = "certifies",
        /// Changes nothing.
        Nothing = "nothing",
    }
}

impl OrderState {
    /// What an event does in this state, and what does not fit about it: the whole table of
    /// transitions. What an event says of dates and measures is judged apart from this.
    pub fn on(self, event: Event) -> (OrderEffect, Option<Kind>) {
        use OrderEffect::*;
        use OrderState::{Begun as Under, Ended, NeverOrdered, Ordered, Over};
        match (event, self) {
            (Event::Ordered, NeverOrdered | Over | Ended) => (Opens, None),
            (Event::Ordered, Ordered | Under) => (Replaces, Some(Kind::OrderedTwice)),
            (Event::Transferred, Ordered | Under) => (Replaces, None),
            (Event::Transferred, NeverOrdered) => (Opens, Some(Kind::ChangeWithoutOrder)),
            (Event::Transferred, Over | Ended) => (Opens, Some(Kind::ChangeAfterEnd)),
            (Event::Begun, Ordered) => (Begins, None),
            (Event::Begun, Under) => (Begins, Some(Kind::BegunTwice)),
            (Event::Begun, NeverOrdered) => (Nothing, Some(Kind::BegunBeforeOrdered)),
            (Event::Begun, Over | Ended) => (Nothing, Some(Kind::BegunAfterEnd)),
            (Event::Released, Ordered | Under) => (Ends, None),
            (Event::Released, Over) => (Certifies, None),
            (Event::Released, Ended) => (Nothing, Some(Kind::ReleasedTwice)),
            (Event::Released, NeverOrdered) => (Nothing, Some(Kind::ReleaseWithoutOrder)),
            (Event::Broken, Ordered | Under) => (Breaks, None),
            (Event::Extended | Event::Shortened, Ordered | Under) => (MovesLastDay, None),
            (Event::Extended, Over) => (Reopens, Some(Kind::ExtendedAfterEnd)),
            (Event::Overturned, Ordered | Under) => (Ends, None),
            (_, NeverOrdered) => (Nothing, Some(Kind::ChangeWithoutOrder)),
            (_, Over | Ended) => (Nothing, Some(Kind::ChangeAfterEnd)),
        }
    }

    /// Whether an order stands.
    pub fn stands(self) -> bool {
        matches!(self, OrderState::Ordered | OrderState::Begun)
    }
}
