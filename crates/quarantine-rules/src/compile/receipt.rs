//! What a column of people is answered with, a row at a time and without anything allocated.

use chrono::NaiveDate;

use crate::decide::Counted;
use crate::{Because, FactSet, Later, Measure, Undetermined};

/// Which clause governs a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governing {
    /// The clause at this place in the order of precedence of the row's class of person.
    Clause(u32),
    /// No clause speaks of such a person.
    NoRule,
    /// It hangs on an unknown fact.
    Open,
}

/// The answer for a row, without anything allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// A clause governs.
    Governed(Counting),
    /// No clause speaks of such a person.
    NoRule,
    /// The answer hangs on unknown facts: its place in [`Answers::undetermined`].
    Undetermined(u32),
}

/// How a clause was counted for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    pub(super) rule: u32,
    pub(super) counted: Counted,
}

/// The answers for all rows, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// One a row.
    pub receipts: Vec<Receipt>,
    /// What is open, and the facts that would settle it, in the order of the rows.
    pub undetermined: Vec<Undetermined>,
}

impl Counting {
    /// Why the measure is what it is.
    pub fn because(&self) -> Because {
        self.counted.because
    }

    /// Day 0; nothing where no days are counted.
    pub fn day_zero(&self) -> Option<NaiveDate> {
        self.counted.day_zero
    }

    /// The last day of the measure.
    pub fn until(&self) -> Option<NaiveDate> {
        self.counted.until
    }

    /// The last day by the clause's own count and why a later one holds, where one does.
    pub fn extended_from(&self) -> Option<(NaiveDate, Later)> {
        self.counted.extended_from
    }

    /// The last day of what follows.
    pub fn then_until(&self) -> Option<NaiveDate> {
        self.counted.then_until
    }

    /// What applies on the day asked.
    pub fn on_as_of(&self) -> Measure {
        self.counted.on_as_of
    }

    /// The facts the answer rests on; one that is not known was looked for and not needed.
    pub fn facts(&self) -> FactSet {
        self.counted.facts
    }
}
