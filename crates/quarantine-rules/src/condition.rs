//! The terms of a clause's condition, and whether they hold.

use std::fmt;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::clause::CountedFrom;
use crate::{FactKind, FactName, FactValue, Facts, TestResult};

/// One term of a condition; all terms of a clause must hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// The fact has this value.
    Is {
        /// Which fact.
        fact: FactName,
        /// Which value.
        value: FactValue,
    },
    /// A negative test on this day of the count or later, not after the day asked.
    NegativeFromDay(u16),
    /// Negative tests on two days running, the first on this day of the count or later.
    NegativePairFromDay(u16),
    /// Younger than so many years.
    AgeUnder(u16),
    /// The last dose so many days or more before the last exposure.
    DoseAgeAtLeast(u16),
    /// The last dose so many days or fewer before the last exposure.
    DoseAgeAtMost(u16),
    /// Arrived before this instant.
    ArrivalBefore(NaiveDateTime),
    /// Arrived at this instant or later.
    ArrivalFrom(NaiveDateTime),
}

/// Whether a term holds, as far as the facts say.
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

const TERMS: &str = "write key=value with the name of a fact, or neg_from_day, neg_pair_from_day, age_lt, \
     dose_age_min, dose_age_max, arrival_before, arrival_from";

impl Term {
    /// A term out of its text, `key=value`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (key, value) = text.trim().split_once('=').ok_or(TERMS)?;
        let number = |term: fn(u16) -> Term| {
            let number = value
                .parse()
                .map_err(|_| format!("write a whole number after {key}="));
            number.map(term)
        };
        let instant = |term: fn(NaiveDateTime) -> Term| {
            let at = NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M");
            at.map(term)
                .map_err(|_| format!("write an instant as {key}=2020-02-05T12:00"))
        };
        match key {
            "neg_from_day" => number(Term::NegativeFromDay),
            "neg_pair_from_day" => number(Term::NegativePairFromDay),
            "age_lt" => number(Term::AgeUnder),
            "dose_age_min" => number(Term::DoseAgeAtLeast),
            "dose_age_max" => number(Term::DoseAgeAtMost),
            "arrival_before" => instant(Term::ArrivalBefore),
            "arrival_from" => instant(Term::ArrivalFrom),
            _ => Self::parse_comparison(key, value),
        }
    }

    fn parse_comparison(key: &str, value: &str) -> Result<Self, String> {
        let fact = FactName::parse(key).ok_or(TERMS)?;
        if !matches!(
            fact.kind(),
            FactKind::YesNo | FactKind::Word | FactKind::Number
        ) {
            return Err(format!("{key} cannot be compared; {TERMS}"));
        }
        let value = FactValue::read(fact, value).map_err(|error| error.remedy.to_owned())?;
        Ok(Term::Is { fact, value })
    }

    /// The facts the term looks at; day 0 of the count is the clause's own matter.
    pub fn facts(&self) -> &'static [FactName] {
        use FactName::*;
        match self {
            Term::Is { fact, .. } => std::slice::from_ref(&FactName::ALL[*fact as usize]),
            Term::NegativeFromDay(_) | Term::NegativePairFromDay(_) => &[TestResults],
            Term::AgeUnder(_) => &[Age],
            Term::DoseAgeAtLeast(_) | Term::DoseAgeAtMost(_) => &[LastDose],
            Term::ArrivalBefore(_) | Term::ArrivalFrom(_) => &[ArrivalDate, ArrivalTime],
        }
    }

    /// Whether the term holds on a day, with the day 0 its clause counts from.
    pub(crate) fn truth(
        &self,
        counted_from: Option<CountedFrom>,
        day_zero: Option<NaiveDate>,
        facts: &Facts,
        as_of: NaiveDate,
    ) -> Truth {
        match self {
            Term::Is { fact, value } => Truth::of(facts.is(*fact, value), *fact),
            Term::AgeUnder(years) => Truth::of(facts.age.map(|age| age < *years), FactName::Age),
            Term::DoseAgeAtLeast(days) => dose_age(facts, as_of, |age| age >= i64::from(*days)),
            Term::DoseAgeAtMost(days) => dose_age(facts, as_of, |age| age <= i64::from(*days)),
            Term::ArrivalBefore(at) => arrival(facts, |arrived| arrived < *at),
            Term::ArrivalFrom(at) => arrival(facts, |arrived| arrived >= *at),
            Term::NegativeFromDay(first) | Term::NegativePairFromDay(first) => {
                let Some(day_zero) = day_zero else {
                    // A clause that counts from nothing can have no day N.
                    return counted_from.map_or(Truth::Fails, |from| Truth::HangsOn(from.fact()));
                };
                let Some(first) = plus(day_zero, *first).filter(|first| *first <= as_of) else {
                    return Truth::Fails;
                };
                let found = facts.test_results.as_ref().map(|_| match self {
                    Term::NegativePairFromDay(_) => second_of_pair(facts, first, as_of).is_some(),
                    _ => first_negative(facts, first, as_of).is_some(),
                });
                Truth::of(found, FactName::TestResults)
            }
        }
    }
}

fn dose_age(facts: &Facts, as_of: NaiveDate, test: impl Fn(i64) -> bool) -> Truth {
    let Some(dose) = facts.last_dose else {
        return Truth::HangsOn(FactName::LastDose);
    };
    match facts.last_exposure_by(as_of) {
        Some(exposure) if test((exposure - dose).num_days()) => Truth::Holds,
        Some(_) => Truth::Fails,
        None if facts.exposures.is_some() || facts.last_exposure.is_some() => Truth::Fails,
        None => Truth::HangsOn(FactName::LastExposure),
    }
}

fn arrival(facts: &Facts, test: impl Fn(NaiveDateTime) -> bool) -> Truth {
    // An unknown time of day is 00:00, as the worked cases have it.
    let time = facts.arrival_time.unwrap_or(NaiveTime::MIN);
    let arrived = facts.arrival_date.map(|day| test(day.and_time(time)));
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

fn negatives(facts: &Facts, from: NaiveDate, as_of: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let tests = facts.test_results.as_deref().unwrap_or_default();
    tests
        .iter()
        .filter(move |test| {
            test.result == TestResult::Negative && test.on >= from && test.on <= as_of
        })
        .map(|test| test.on)
}

/// The first negative test from a day on that was taken by the day asked.
pub(crate) fn first_negative(
    facts: &Facts,
    from: NaiveDate,
    as_of: NaiveDate,
) -> Option<NaiveDate> {
    negatives(facts, from, as_of).min()
}

/// The second day of the first two negative tests on consecutive days.
pub(crate) fn second_of_pair(
    facts: &Facts,
    from: NaiveDate,
    as_of: NaiveDate,
) -> Option<NaiveDate> {
    negatives(facts, from, as_of)
        .filter_map(|first| first.succ_opt())
        .filter(|second| negatives(facts, *second, *second).any(|_| *second <= as_of))
        .min()
}

/// An instant to the minute, 2020-02-05T12:00.
fn minute(at: NaiveDateTime) -> String {
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Is { fact, value } => write!(f, "{fact}={value}"),
            Term::NegativeFromDay(day) => write!(f, "neg_from_day={day}"),
            Term::NegativePairFromDay(day) => write!(f, "neg_pair_from_day={day}"),
            Term::AgeUnder(years) => write!(f, "age_lt={years}"),
            Term::DoseAgeAtLeast(days) => write!(f, "dose_age_min={days}"),
            Term::DoseAgeAtMost(days) => write!(f, "dose_age_max={days}"),
            Term::ArrivalBefore(at) => write!(f, "arrival_before={}", minute(*at)),
            Term::ArrivalFrom(at) => write!(f, "arrival_from={}", minute(*at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Subject;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_term_is_written_as_it_was_read() {
        for text in [
            "via_hubei=yes",
            "option=10",
            "vaccinated=full",
            "neg_from_day=5",
            "neg_pair_from_day=6",
            "age_lt=18",
            "dose_age_min=14",
            "dose_age_max=90",
            "arrival_before=2020-02-05T12:00",
            "arrival_from=2020-02-05T12:00",
        ] {
            assert_eq!(Term::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_term_that_cannot_be_read_says_what_to_write() {
        assert_eq!(
            Term::parse("age_lt=old").unwrap_err(),
            "write a whole number after age_lt="
        );
        assert_eq!(
            Term::parse("arrival_from=noon").unwrap_err(),
            "write an instant as arrival_from=2020-02-05T12:00"
        );
        assert!(
            Term::parse("height=2")
                .unwrap_err()
                .starts_with("write key=value")
        );
        assert!(
            Term::parse("onset=2020-01-01")
                .unwrap_err()
                .starts_with("onset cannot be compared")
        );
    }

    #[test]
    fn a_pair_is_two_days_running_and_both_by_the_day_asked() {
        let mut facts = Facts::new(Subject::ConfirmedCase);
        facts
            .read(
                FactName::TestResults,
                "2021-12-29:neg;2021-12-31:neg;2022-01-01:neg",
            )
            .unwrap();
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
}
