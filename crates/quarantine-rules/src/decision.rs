//! What a book answers.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::clause::TURNED_BACK;
use crate::{Clause, CountedFrom, FactName, FactValue, Measure};

/// What holds for a person on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A clause governs.
    Governed(Governed),
    /// No clause speaks of such a person, which differs from the measure `none`.
    NoRule,
    /// The answer hangs on facts that are not known. Undetermined is not let go.
    Undetermined(Undetermined),
}

/// A clause applied to a person: the whole order, even where it is over by the day asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Governed {
    /// The clause, with its edition, source and confidence.
    pub clause: Arc<Clause>,
    /// The measure.
    pub measure: Measure,
    /// Where; `none` where no place is meant, `turned_back` where entry is refused.
    pub place: Arc<str>,
    /// Day 0 and what it is; nothing where no days are counted or day 0 is not known.
    pub counted_from: Option<(CountedFrom, NaiveDate)>,
    /// The last day of the measure.
    pub until: Option<NaiveDate>,
    /// The last day by the clause's own count and why a later one holds, where one does.
    pub extended_from: Option<(NaiveDate, Later)>,
    /// What follows.
    pub then_measure: Option<Measure>,
    /// The last day of what follows.
    pub then_until: Option<NaiveDate>,
    /// What applies on the day asked.
    pub on_as_of: Measure,
    /// Why the measure is what it is.
    pub because: Because,
    /// The facts the answer rests on; for what could be, with the values that would make it so.
    pub facts: Vec<(FactName, FactValue)>,
}

/// Why a measure ends later than its own count says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Later {
    /// The negative test that lets the person go was taken later.
    NegativeTest,
    /// The pair of negative tests that lets the person go was complete later.
    NegativePair,
    /// So many days must pass without fever.
    FeverFree,
    /// So many days are added after the end of symptoms.
    AfterSymptoms,
}

/// Why the measure is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The clause says so.
    Clause,
    /// The clause governs, but no exposure lies inside the contact window.
    NoExposureCounts,
}

/// What could be, what is safe meanwhile, and what to find out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undetermined {
    /// Every answer that could still be, in the order of precedence; of those that differ only by
    /// the day a test nobody knows of lets the measure end, the earliest and the latest.
    pub could_be: Vec<Governed>,
    /// Whether it could be that no clause speaks of the person.
    pub could_be_no_rule: bool,
    /// The strictest measure that could still apply: the person is held under it. Where its
    /// last day hangs on an unknown fact it has none; of several such the one counted in most days.
    pub strictest: Box<Governed>,
    /// Irreducible sets of facts: whichever values the facts of one set turn out to have, the
    /// answer hangs on no other unknown fact; each stands in the order to ask.
    pub needs: Vec<Vec<FactName>>,
    /// Whether every fact of a set is needed. Where it is false, an irreducible set was not found
    /// within the budget of 1,024 trials: the set of `needs` settles the answer all the same,
    /// but may hold facts that turn out not to matter, and some of `could_be` may not come true.
    pub irreducible: bool,
}

impl Governed {
    /// Whether entry is refused.
    pub fn turns_back(&self) -> bool {
        &*self.place == TURNED_BACK
    }

    /// The first day the person is free of the measure: 00:00 after its last day.
    pub fn free_on(&self) -> Option<NaiveDate> {
        self.until.and_then(|until| until.succ_opt())
    }

    /// The place that goes with what applies on the day asked.
    pub fn place_on_as_of(&self) -> &str {
        if self.on_as_of == self.measure {
            &self.place
        } else if self.on_as_of.is_at_home() || self.on_as_of == Measure::HomeIsolation {
            "home"
        } else {
            "none"
        }
    }

    /// The last day of what applies on the day asked.
    pub fn until_on_as_of(&self) -> Option<NaiveDate> {
        if self.on_as_of == self.measure {
            self.until
        } else {
            self.then_until
        }
    }

    /// How strict: what applies on the day asked, then the measure, then whether entry is
    /// refused, then the last day, none being the latest. Entry refused ranks just above no
    /// measure at all: it holds nobody, and who is undetermined is to be held.
    pub fn strictness(&self) -> (Measure, Measure, bool, NaiveDate) {
        let last = self.until.unwrap_or(NaiveDate::MAX);
        (self.on_as_of, self.measure, self.turns_back(), last)
    }

    /// Whether the same is ordered, whichever part of it holds on the day.
    pub(crate) fn is_same_order(&self, other: &Governed) -> bool {
        let dated = |governed: &Governed| (governed.until, governed.then_until);
        self.measure == other.measure
            && self.place == other.place
            && self.then_measure == other.then_measure
            && dated(self) == dated(other)
    }

    /// Whether the same holds for the person, whichever clause says so.
    pub(crate) fn is_same_measure(&self, other: &Governed) -> bool {
        let what = |governed: &Governed| {
            (
                governed.measure,
                governed.place.clone(),
                governed.until,
                governed.then_measure,
                governed.then_until,
                governed.on_as_of,
            )
        };
        what(self) == what(other)
    }
}

impl Decision {
    /// The clause applied, or the strictest that could be: what a person is held under.
    pub fn held_under(&self) -> Option<&Governed> {
        match self {
            Decision::Governed(governed) => Some(governed),
            Decision::Undetermined(undetermined) => Some(&undetermined.strictest),
            Decision::NoRule => None,
        }
    }

    /// The facts to find out; empty where nothing is open.
    pub fn needs(&self) -> &[Vec<FactName>] {
        match self {
            Decision::Undetermined(undetermined) => &undetermined.needs,
            Decision::Governed(_) | Decision::NoRule => &[],
        }
    }

    /// Whether the person is treated the same: one order, whichever clause says so and whichever
    /// part of it holds on the day.
    pub(crate) fn is_same(&self, other: &Decision) -> bool {
        match (self, other) {
            (Decision::Governed(a), Decision::Governed(b)) => a.is_same_order(b),
            (Decision::NoRule, Decision::NoRule) => true,
            (Decision::Undetermined(a), Decision::Undetermined(b)) => {
                a.needs == b.needs && a.strictest.is_same_order(&b.strictest)
            }
            _ => false,
        }
    }

    /// Whether the answer hangs on facts that are not known.
    pub fn is_undetermined(&self) -> bool {
        matches!(self, Decision::Undetermined(_))
    }
}
