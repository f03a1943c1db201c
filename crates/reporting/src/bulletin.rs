//! The bulletin: figures, sentences, charts and lists of one day, as data.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{Chart, Figure, List, Text};

/// Who a page is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// For everyone. Withholding small counts is the caller's duty before a
    /// bulletin is made: see [`crate::suppress`].
    Public,
    /// For those who must act. Says on every page that it goes no further.
    Internal,
}

/// A sentence of the bulletin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// A stable key, never translated.
    pub key: String,
    /// The sentence in both languages.
    pub text: Text,
}

impl Sentence {
    /// A sentence.
    #[must_use]
    pub fn new(key: impl Into<String>, text: Text) -> Self {
        Self {
            key: key.into(),
            text,
        }
    }
}

/// One chapter of the bulletin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// A stable key, unique in its bulletin, never translated.
    pub key: String,
    /// The heading.
    pub heading: Text,
    /// What is said, in order.
    pub sentences: Vec<Sentence>,
    /// What is counted, in order.
    pub figures: Vec<Figure>,
    /// What is drawn, in order.
    pub charts: Vec<Chart>,
    /// What someone must act on, in order.
    pub lists: Vec<List>,
}

impl Section {
    /// A chapter with nothing in it yet.
    #[must_use]
    pub fn new(key: impl Into<String>, heading: Text) -> Self {
        Self {
            key: key.into(),
            heading,
            sentences: Vec::new(),
            figures: Vec::new(),
            charts: Vec::new(),
            lists: Vec::new(),
        }
    }
}

/// A day's bulletin of a place, ready to be rendered in either language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bulletin {
    /// What the page is: 防控简报 / daily bulletin.
    pub title: Text,
    /// The place it speaks of.
    pub place: Text,
    /// The day it speaks of; `None` for a report that is not of one day.
    pub day: Option<NaiveDate>,
    /// What was known by the end of this day is in it, nothing later.
    pub known_by: Option<NaiveDate>,
    /// Who it is for.
    pub edition: Edition,
    /// The figures on top.
    pub headline: Vec<Figure>,
    /// The chapters, in order.
    pub sections: Vec<Section>,
    /// What earlier bulletins said and this one corrects; `None` prints
    /// nothing, an empty list prints 无 / none.
    pub corrections: Option<List>,
    /// How many records were refused, and what to do about it. May be empty.
    pub rejected_note: Text,
    /// Remarks at the foot: how figures were counted, what is left out.
    pub notes: Vec<Text>,
}

impl Bulletin {
    /// A bulletin with nothing in it yet, of no day.
    #[must_use]
    pub const fn new(title: Text, place: Text, edition: Edition) -> Self {
        Self {
            title,
            place,
            day: None,
            known_by: None,
            edition,
            headline: Vec::new(),
            sections: Vec::new(),
            corrections: None,
            rejected_note: Text::empty(),
            notes: Vec::new(),
        }
    }

    /// The same bulletin, of a day, as known by the end of another.
    #[must_use]
    pub const fn of_day(mut self, day: NaiveDate, known_by: NaiveDate) -> Self {
        self.day = Some(day);
        self.known_by = Some(known_by);
        self
    }
}
