//! The facts as rules look at them: out of one person's [`Facts`] or a row of columns.

use chrono::{NaiveDate, NaiveTime};

use super::{FactName, FactValue, TestTaken};

/// What is known of one person, looked up without copying.
pub(crate) trait Known {
    fn date(&self, fact: FactName) -> Option<NaiveDate>;
    fn yes_no(&self, fact: FactName) -> Option<bool>;
    fn word(&self, fact: FactName) -> Option<&str>;
    fn number(&self, fact: FactName) -> Option<u16>;
    fn arrival_time(&self) -> Option<NaiveTime>;
    fn exposures(&self) -> Option<&[NaiveDate]>;
    fn tests(&self) -> Option<&[TestTaken]>;
    fn held(&self, fact: FactName) -> Option<FactValue>;
}

/// A field of [`super::Facts`] as each kind of value it could be; one of them answers.
pub(super) trait Part {
    fn as_date(&self) -> Option<NaiveDate> {
        None
    }
    fn as_yes_no(&self) -> Option<bool> {
        None
    }
    fn as_word(&self) -> Option<&str> {
        None
    }
    fn as_number(&self) -> Option<u16> {
        None
    }
}

impl Part for NaiveDate {
    fn as_date(&self) -> Option<NaiveDate> {
        Some(*self)
    }
}

impl Part for bool {
    fn as_yes_no(&self) -> Option<bool> {
        Some(*self)
    }
}

impl Part for Box<str> {
    fn as_word(&self) -> Option<&str> {
        Some(self)
    }
}

impl Part for u16 {
    fn as_number(&self) -> Option<u16> {
        Some(*self)
    }
}

impl Part for Vec<NaiveDate> {}
impl Part for NaiveTime {}
impl Part for Vec<TestTaken> {}

/// A set of facts, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactSet(u64);

impl FactSet {
    /// The set with a fact more.
    pub fn with(self, fact: FactName) -> Self {
        FactSet(self.0 | 1 << fact as u32)
    }

    /// Whether a fact is in it.
    pub fn contains(self, fact: FactName) -> bool {
        self.0 >> (fact as u32) & 1 == 1
    }

    /// The facts in it, in their order.
    pub fn iter(self) -> impl Iterator<Item = FactName> {
        let all = FactName::ALL.iter().copied();
        all.filter(move |fact| self.contains(*fact))
    }

    /// How many facts are in it.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether no fact is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<FactName> for FactSet {
    fn from_iter<I: IntoIterator<Item = FactName>>(facts: I) -> Self {
        let none = FactSet::default();
        facts.into_iter().fold(none, |set, fact| set.with(fact))
    }
}

// A bit a fact must do.
const _: () = assert!(FactName::ALL.len() <= 64);
