//! Whether a condition holds, as far as the facts say.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::term::TestWindow;
use super::{Condition, Term};
use crate::facts::Known;
use crate::{FactName, FactValue, TestResult};

/// Whether something holds, as far as the facts say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Holds,
    Fails,
    /// It hangs on this fact, which is the next to find out.
    HangsOn(FactName),
}

impl Truth {
    fn of(known: Option<bool>, fact: FactName) -> Self {
        match known {
            Some(true) => Truth::Holds,
            Some(false) => Truth::Fails,
            None => Truth::HangsOn(fact),
        }
    }
}

/// A person looked at on a day by a rule that counts its own days.
pub(crate) struct Sight<'a, K, Z> {
    pub(crate) facts: &'a K,
    pub(crate) as_of: NaiveDate,
    /// Day 0 of the count, or what it means for tests that there is none; asked only by terms about
    /// tests.
    pub(crate) day_zero: Z,
}

impl Condition {
    /// Whether it holds; where that is open, the first unknown fact of the first open part.
    pub(crate) fn truth<K: Known, Z: Fn() -> Result<NaiveDate, Truth>>(
        &self,
        sight: &Sight<'_, K, Z>,
    ) -> Truth {
        match self {
            Condition::All(parts) => joined(parts, Truth::Fails, Truth::Holds, sight),
            Condition::Any(parts) => joined(parts, Truth::Holds, Truth::Fails, sight),
            Condition::Not(part) => match part.truth(sight) {
                Truth::Holds => Truth::Fails,
                Truth::Fails => Truth::Holds,
                open => open,
            },
            Condition::Term(term) => term.truth(sight),
        }
    }
}

/// Looks at parts until one settles the whole; where none does and none is open, `otherwise`.
fn joined<K: Known, Z: Fn() -> Result<NaiveDate, Truth>>(
    parts: &[Condition],
    settles: Truth,
    otherwise: Truth,
    sight: &Sight<'_, K, Z>,
) -> Truth {
    let mut open = None;
    for part in parts {
        let truth = part.truth(sight);
        if truth == settles {
            return settles;
        }
        if matches!(truth, Truth::HangsOn(_)) {
            open = open.or(Some(truth));
        }
    }
    open.unwrap_or(otherwise)
}

impl Term {
    fn truth<K: Known, Z: Fn() -> Result<NaiveDate, Truth>>(
        &self,
        sight: &Sight<'_, K, Z>,
    ) -> Truth {
        let (facts, as_of) = (sight.facts, sight.as_of);
        match self {
            Term::Is { fact, value } => Truth::of(is(facts, *fact, value), *fact),
            Term::OneOf { fact, values } => {
                let found = values.iter().map(|value| is(facts, *fact, value));
                let found = found.reduce(|a, b| Some(a? || b?)).unwrap_or(Some(false));
                Truth::of(found, *fact)
            }
            Term::Within { fact, from, to } => {
                Truth::of(within(facts, *fact, from.as_ref(), to.as_ref()), *fact)
            }
            Term::AgeUnder(years) => {
                let age = facts.number(FactName::Age);
                Truth::of(age.map(|age| age < *years), FactName::Age)
            }
            Term::DoseAgeAtLeast(days) => dose_age(facts, as_of, |age| age >= i64::from(*days)),
            Term::DoseAgeAtMost(days) => dose_age(facts, as_of, |age| age <= i64::from(*days)),
            Term::ArrivalBefore(at) => arrival(facts, |arrived| arrived < *at),
            Term::ArrivalFrom(at) => arrival(facts, |arrived| arrived >= *at),
            Term::NegativeFromDay(_)
            | Term::NegativeInDays(..)
            | Term::NegativePairFromDay(_)
            | Term::NegativePairInDays(..)
            | Term::PositiveInDays(..) => self.tested(sight),
        }
    }

    fn tested<K: Known, Z: Fn() -> Result<NaiveDate, Truth>>(
        &self,
        sight: &Sight<'_, K, Z>,
    ) -> Truth {
        let Some(window) = self.tests() else {
            return Truth::Fails;
        };
        let day_zero = match (sight.day_zero)() {
            Ok(day) => day,
            Err(without) => return without,
        };
        let Some((first, last)) = window.on(day_zero, sight.as_of) else {
            return Truth::Fails;
        };
        let tests = sight.facts.tests();
        let found = tests.map(|_| window.found(sight.facts, first, last).is_some());
        Truth::of(found, FactName::TestResults)
    }
}

impl TestWindow {
    /// The first and last day on which a test may count, by the day asked.
    pub(crate) fn on(
        &self,
        day_zero: NaiveDate,
        as_of: NaiveDate,
    ) -> Option<(NaiveDate, NaiveDate)> {
        let first = plus(day_zero, self.first).filter(|first| *first <= as_of)?;
        let last = self.last.and_then(|last| plus(day_zero, last));
        Some((first, last.map_or(as_of, |last| last.min(as_of))))
    }

    /// The first test that counts, the second of a pair.
    fn found<K: Known>(&self, facts: &K, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        match (self.positive, self.pair) {
            (true, _) => tests(facts, TestResult::Positive, first, last).min(),
            (false, true) => second_of_pair(facts, first, last),
            (false, false) => first_negative(facts, first, last),
        }
    }
}

fn is<K: Known>(facts: &K, fact: FactName, value: &FactValue) -> Option<bool> {
    match value {
        FactValue::YesNo(expected) => facts.yes_no(fact).map(|held| held == *expected),
        FactValue::Word(expected) => facts.word(fact).map(|held| held == &**expected),
        FactValue::Number(expected) => facts.number(fact).map(|held| held == *expected),
        FactValue::Date(expected) => facts.date(fact).map(|held| held == *expected),
        FactValue::Dates(_) | FactValue::Time(_) | FactValue::Tests(_) => Some(false),
    }
}

fn within<K: Known>(
    facts: &K,
    fact: FactName,
    from: Option<&FactValue>,
    to: Option<&FactValue>,
) -> Option<bool> {
    let number = facts.number(fact).map(FactValue::Number);
    let held = number.or_else(|| facts.date(fact).map(FactValue::Date))?;
    Some(from.is_none_or(|from| *from <= held) && to.is_none_or(|to| held <= *to))
}

fn dose_age<K: Known>(facts: &K, as_of: NaiveDate, test: impl Fn(i64) -> bool) -> Truth {
    let Some(dose) = facts.date(FactName::LastDose) else {
        return Truth::HangsOn(FactName::LastDose);
    };
    match last_exposure_by(facts, as_of) {
        Some(exposure) if test((exposure - dose).num_days()) => Truth::Holds,
        Some(_) => Truth::Fails,
        None if facts.exposures().is_some() || facts.date(FactName::LastExposure).is_some() => {
            Truth::Fails
        }
        None => Truth::HangsOn(FactName::LastExposure),
    }
}

/// The last exposure before any contact window: of those listed, else as stated; exposures after
/// the day asked are ignored.
pub(crate) fn last_exposure_by<K: Known>(facts: &K, as_of: NaiveDate) -> Option<NaiveDate> {
    match facts.exposures() {
        Some(days) => days.iter().copied().filter(|day| *day <= as_of).max(),
        None => facts
            .date(FactName::LastExposure)
            .filter(|day| *day <= as_of),
    }
}

fn arrival<K: Known>(facts: &K, test: impl Fn(NaiveDateTime) -> bool) -> Truth {
    // An unknown time of day is 00:00, as the worked cases have it.
    let time = facts.arrival_time().unwrap_or(NaiveTime::MIN);
    let day = facts.date(FactName::ArrivalDate);
    let arrived = day.map(|day| test(day.and_time(time)));
    Truth::of(arrived, FactName::ArrivalDate)
}

/// The day `days` after a day; nothing past the end of the calendar.
pub(crate) fn plus(day: NaiveDate, days: u16) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(u64::from(days)))
}

/// The day `days` before a day; nothing before the beginning of the calendar.
pub(crate) fn minus(day: NaiveDate, days: u16) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(u64::from(days)))
}

fn tests<K: Known>(
    facts: &K,
    result: TestResult,
    from: NaiveDate,
    to: NaiveDate,
) -> impl Iterator<Item = NaiveDate> {
    let tests = facts.tests().unwrap_or_default();
    tests
        .iter()
        .filter(move |test| test.result == result && test.on >= from && test.on <= to)
        .map(|test| test.on)
}

/// The first negative test between two days, both included.
pub(crate) fn first_negative<K: Known>(
    facts: &K,
    from: NaiveDate,
    to: NaiveDate,
) -> Option<NaiveDate> {
    tests(facts, TestResult::Negative, from, to).min()
}

/// The second day of the first two negative tests on consecutive days, both between two days.
pub(crate) fn second_of_pair<K: Known>(
    facts: &K,
    from: NaiveDate,
    to: NaiveDate,
) -> Option<NaiveDate> {
    let negative = |from, to| tests(facts, TestResult::Negative, from, to);
    negative(from, to)
        .filter_map(|first| first.succ_opt())
        .filter(|second| *second <= to && negative(*second, *second).next().is_some())
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Facts, Subject};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_pair_is_two_days_running_and_both_by_the_day_asked() {
        let mut facts = Facts::new(Subject::ConfirmedCase);
        let tests = "2021-12-29:neg;2021-12-31:neg;2022-01-01:neg";
        facts.read(FactName::TestResults, tests).unwrap();
        let from = day("2021-12-29");
        assert_eq!(
            second_of_pair(&facts, from, day("2022-01-01")),
            Some(day("2022-01-01"))
        );
        assert_eq!(second_of_pair(&facts, from, day("2021-12-31")), None);
        assert_eq!(
            first_negative(&facts, day("2021-12-30"), day("2022-01-01")),
            Some(day("2021-12-31"))
        );
    }

    #[test]
    fn unknown_parts_matter_only_where_no_known_part_settles() {
        let mut facts = Facts::new(Subject::LocalReturnee);
        facts.age = Some(70);
        let truth = |condition: &Condition| {
            let sight = Sight {
                facts: &facts,
                as_of: day("2020-02-01"),
                day_zero: || Err(Truth::Fails),
            };
            condition.truth(&sight)
        };
        let part = |text: &'static str| Condition::parse(text).unwrap();
        let any = |parts: [&'static str; 2]| Condition::Any(parts.map(part).into());
        let not = |inner| Condition::Not(Box::new(inner));
        let open = Truth::HangsOn(FactName::HomeOk);
        assert_eq!(truth(&any(["home_ok=no", "age>=60"])), Truth::Holds);
        assert_eq!(truth(&any(["home_ok=no", "age<60"])), open);
        assert_eq!(truth(&part("home_ok=no;age<60")), Truth::Fails);
        assert_eq!(truth(&not(part("home_ok=no"))), open);
        assert_eq!(truth(&not(part("age=18..59"))), Truth::Holds);
        assert_eq!(truth(&part("neg_from_day=1")), Truth::Fails);
        assert_eq!(
            truth(&part("from_risk=high|low")),
            Truth::HangsOn(FactName::FromRisk)
        );
    }
}
