//! What a clause that counts from one day alone asks for, packed so that thousands of clauses
//! stay in the nearer caches.

use chrono::NaiveDate;

use crate::condition::plus;
use crate::decide::{Counted, Rule};
use crate::facts::Column;
use crate::{Because, CountedFrom, FactColumns, FactSet, Measure};

/// How a rule is counted whose day 0 is a fact by itself and whose end no other fact moves.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    used: FactSet,
    from: Option<CountedFrom>,
    days: Option<u16>,
    then_days: Option<u16>,
    measure: Measure,
    then_measure: Option<Measure>,
}

impl Plan {
    /// Nothing where exposures, tests, fever or symptoms have a say: such rules are counted in
    /// full.
    pub(super) fn of(rule: &Rule<'_>) -> Option<Self> {
        let clause = rule.clause;
        let is_plain = !clause.subject.is_contact()
            && rule.ending_tests().is_empty()
            && clause.fever_free_days.is_none()
            && clause.plus_days_after_symptoms.is_none();
        is_plain.then(|| Plan {
            used: rule.used(),
            from: clause.counted_from,
            days: clause.days,
            then_days: clause.then_days,
            measure: clause.measure,
            then_measure: clause.then_measure,
        })
    }

    /// Day 0 where its dates hang on it: without a number of days or a measure nothing is counted.
    pub(super) fn hangs_on(&self) -> Option<CountedFrom> {
        let is_counted = self.days.is_some() && self.measure != Measure::None;
        self.from.filter(|_| is_counted)
    }

    /// The same as the count in full, from the columns of days.
    #[inline]
    pub(super) fn counted(&self, days: &Days<'_>, row: usize, as_of: NaiveDate) -> Counted {
        let zero = self.from.and_then(|from| days.at(from, row));
        let mut counted = Counted {
            because: Because::Clause,
            day_zero: None,
            until: None,
            extended_from: None,
            then_until: None,
            on_as_of: Measure::None,
            facts: self.used,
        };
        // An exposure after the day asked is ignored, and without one none counts.
        let exposed = zero.is_some_and(|day| day <= as_of);
        if self.from == Some(CountedFrom::LastExposure) && !exposed {
            counted.because = Because::NoExposureCounts;
            return counted;
        }
        if self.measure == Measure::None {
            return counted;
        }
        counted.on_as_of = self.measure;
        counted.day_zero = zero;
        let until = zero.zip(self.days).and_then(|(day, days)| plus(day, days));
        if let Some(until) = until {
            counted.until = Some(until);
            counted.then_until = self.then_days.and_then(|days| plus(until, days));
            if as_of > until {
                let follows = counted.then_until.is_some_and(|then| as_of <= then);
                let then = self.then_measure.filter(|_| follows);
                counted.on_as_of = then.unwrap_or(Measure::None);
            }
        }
        counted
    }
}

/// The columns a day 0 may stand in, found once.
pub(super) struct Days<'c>(Vec<&'c [Option<NaiveDate>]>);

impl<'c> Days<'c> {
    pub(super) fn of(columns: &'c FactColumns) -> Self {
        let days = |from: &CountedFrom| match columns.column(from.fact()) {
            Some(Column::Date(days)) => days.as_slice(),
            _ => &[],
        };
        Days(CountedFrom::ALL.iter().map(days).collect())
    }

    #[inline]
    fn at(&self, from: CountedFrom, row: usize) -> Option<NaiveDate> {
        *self.0.get(from as usize)?.get(row)?
    }
}
