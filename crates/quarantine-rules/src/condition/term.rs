//! One term of a condition, out of its text and back.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::Condition;
use crate::{FactKind, FactName, FactValue};

/// One term of a condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// The fact has this value.
    Is {
        /// Which fact.
        fact: FactName,
        /// Which value.
        value: FactValue,
    },
    /// The fact has one of these values.
    OneOf {
        /// Which fact.
        fact: FactName,
        /// Which values.
        values: Vec<FactValue>,
    },
    /// The fact, a number or a day, lies between two values, both included.
    Within {
        /// Which fact.
        fact: FactName,
        /// The least; nothing where there is none.
        from: Option<FactValue>,
        /// The greatest; nothing where there is none.
        to: Option<FactValue>,
    },
    /// A negative test on this day of the count or later, not after the day asked.
    NegativeFromDay(u16),
    /// A negative test from one day of the count to another, not after the day asked.
    NegativeInDays(u16, u16),
    /// Negative tests on two days running, the first on this day of the count or later.
    NegativePairFromDay(u16),
    /// Negative tests on two days running, both from one day of the count to another.
    NegativePairInDays(u16, u16),
    /// A positive test from one day of the count to another, not after the day asked.
    PositiveInDays(u16, u16),
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

const TERMS: &str = "write key=value with the name of a fact, or neg_from_day, neg_pair_from_day, age_lt, \
     dose_age_min, dose_age_max, arrival_before, arrival_from";

impl Term {
    /// A term out of its text: `key=value`, `key=a|b` for one of several, `key=a..b` for a number
    /// or day between two, `key<b`, `key<=b`, `key>a`, `key>=a`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        match Self::parse_all(text)? {
            Condition::Term(term) => Ok(term),
            _ => Err("write one term".to_owned()),
        }
    }

    /// A term, or the terms a short form stands for.
    pub(super) fn parse_all(text: &str) -> Result<Condition, String> {
        let text = text.trim();
        let at = text.find(['<', '>', '=']).ok_or(TERMS)?;
        let (key, rest) = text.split_at(at);
        let key = key.trim();
        for sign in ["<=", ">=", "<", ">"] {
            if let Some(bound) = rest.strip_prefix(sign) {
                return bounded(key, sign, bound.trim()).map(Condition::Term);
            }
        }
        let value = rest.strip_prefix('=').unwrap_or(rest).trim();
        if key == "dose_age" {
            let (from, to) = days(key, value)?;
            let terms = [Term::DoseAgeAtLeast(from), Term::DoseAgeAtMost(to)];
            return Ok(Condition::All(terms.map(Condition::Term).into()));
        }
        named(key, value).map(Condition::Term)
    }

    /// The facts the term looks at; day 0 of the count is the clause's own matter.
    pub fn facts(&self) -> &'static [FactName] {
        use FactName::*;
        match self {
            Term::Is { fact, .. } | Term::OneOf { fact, .. } | Term::Within { fact, .. } => {
                std::slice::from_ref(&FactName::ALL[*fact as usize])
            }
            Term::NegativeFromDay(_)
            | Term::NegativeInDays(..)
            | Term::NegativePairFromDay(_)
            | Term::NegativePairInDays(..)
            | Term::PositiveInDays(..) => &[TestResults],
            Term::AgeUnder(_) => &[Age],
            Term::DoseAgeAtLeast(_) | Term::DoseAgeAtMost(_) => &[LastDose],
            Term::ArrivalBefore(_) | Term::ArrivalFrom(_) => &[ArrivalDate, ArrivalTime],
        }
    }

    /// For a term about tests, whether it asks for a pair, and its first and last day.
    pub(crate) fn tests(&self) -> Option<TestWindow> {
        let window = |pair, positive, first, last| {
            Some(TestWindow {
                pair,
                positive,
                first,
                last,
            })
        };
        match *self {
            Term::NegativeFromDay(first) => window(false, false, first, None),
            Term::NegativeInDays(first, last) => window(false, false, first, Some(last)),
            Term::NegativePairFromDay(first) => window(true, false, first, None),
            Term::NegativePairInDays(first, last) => window(true, false, first, Some(last)),
            Term::PositiveInDays(first, last) => window(false, true, first, Some(last)),
            _ => None,
        }
    }

    /// Whether it needs more than the value of one fact: day 0, or two facts together.
    pub(crate) fn is_relational(&self) -> bool {
        self.tests().is_some() || matches!(self, Term::DoseAgeAtLeast(_) | Term::DoseAgeAtMost(_))
    }
}

/// Which tests a term asks for, in days of the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TestWindow {
    pub(crate) pair: bool,
    pub(crate) positive: bool,
    pub(crate) first: u16,
    /// The last day; nothing where there is none.
    pub(crate) last: Option<u16>,
}

/// Every value a term names for a fact, for the values that could matter.
pub(crate) fn word_values(term: &Term, wanted: FactName) -> &[FactValue] {
    match term {
        Term::Is { fact, value } if *fact == wanted => std::slice::from_ref(value),
        Term::OneOf { fact, values } if *fact == wanted => values,
        _ => &[],
    }
}

fn number(key: &str, value: &str) -> Result<u16, String> {
    let read = value.parse();
    read.map_err(|_| format!("write a whole number after {key}="))
}

fn days(key: &str, value: &str) -> Result<(u16, u16), String> {
    let range = value.split_once("..").and_then(|(from, to)| {
        let read = |text: &str| text.trim().parse::<u16>().ok();
        Some((read(from)?, read(to)?)).filter(|(from, to)| from <= to)
    });
    range.ok_or_else(|| format!("write a first and a last day as {key}=5..7"))
}

fn named(key: &str, value: &str) -> Result<Term, String> {
    let instant = |term: fn(NaiveDateTime) -> Term| {
        let at = NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M");
        at.map(term)
            .map_err(|_| format!("write an instant as {key}=2020-02-05T12:00"))
    };
    let range = |term: fn(u16, u16) -> Term| days(key, value).map(|(from, to)| term(from, to));
    match key {
        "neg_from_day" => number(key, value).map(Term::NegativeFromDay),
        "neg_pair_from_day" => number(key, value).map(Term::NegativePairFromDay),
        "neg_in_days" => range(Term::NegativeInDays),
        "neg_pair_in_days" => range(Term::NegativePairInDays),
        "pos_in_days" => range(Term::PositiveInDays),
        "age_lt" => number(key, value).map(Term::AgeUnder),
        "dose_age_min" => number(key, value).map(Term::DoseAgeAtLeast),
        "dose_age_max" => number(key, value).map(Term::DoseAgeAtMost),
        "arrival_before" => instant(Term::ArrivalBefore),
        "arrival_from" => instant(Term::ArrivalFrom),
        _ => compared(key, value),
    }
}

fn compared(key: &str, value: &str) -> Result<Term, String> {
    let fact = FactName::parse(key).ok_or(TERMS)?;
    let read =
        |text: &str| FactValue::read(fact, text.trim()).map_err(|error| error.remedy.into_owned());
    let is_ordered = matches!(fact.kind(), FactKind::Number | FactKind::Date);
    if let Some((from, to)) = value.split_once("..").filter(|_| is_ordered) {
        let (from, to) = (read(from)?, read(to)?);
        if to < from {
            return Err(format!(
                "write the lesser value first, as {key}={to}..{from}"
            ));
        }
        let (from, to) = (Some(from), Some(to));
        return Ok(Term::Within { fact, from, to });
    }
    match fact.kind() {
        FactKind::YesNo | FactKind::Word | FactKind::Number => {}
        FactKind::Date => {
            return Err(format!(
                "{key} cannot be compared by =; write {key}>=2020-02-01, {key}<2020-03-01 or \
                 {key}=2020-02-01..2020-02-29"
            ));
        }
        _ => return Err(format!("{key} cannot be compared; {TERMS}")),
    }
    let mut values: Vec<FactValue> = value.split('|').map(read).collect::<Result<_, _>>()?;
    values.sort_unstable();
    values.dedup();
    match values.as_slice() {
        [value] => Ok(Term::Is {
            fact,
            value: value.clone(),
        }),
        _ => Ok(Term::OneOf { fact, values }),
    }
}

fn bounded(key: &str, sign: &str, bound: &str) -> Result<Term, String> {
    let fact = FactName::parse(key).ok_or(TERMS)?;
    if !matches!(fact.kind(), FactKind::Number | FactKind::Date) {
        return Err(format!("{key} has no order; write {key}=value"));
    }
    let value = FactValue::read(fact, bound).map_err(|error| error.remedy.into_owned())?;
    let beside = |step: Option<FactValue>| {
        step.ok_or_else(|| {
            format!("nothing lies there; write another bound than {key}{sign}{bound}")
        })
    };
    let (from, to) = match sign {
        "<" => (None, Some(beside(before(&value))?)),
        "<=" => (None, Some(value)),
        ">" => (Some(beside(after(&value))?), None),
        _ => (Some(value), None),
    };
    Ok(Term::Within { fact, from, to })
}

/// The next value of a number or day.
pub(crate) fn after(value: &FactValue) -> Option<FactValue> {
    match value {
        FactValue::Number(number) => number.checked_add(1).map(FactValue::Number),
        FactValue::Date(day) => day.succ_opt().map(FactValue::Date),
        _ => None,
    }
}

/// The value before a number or day.
pub(crate) fn before(value: &FactValue) -> Option<FactValue> {
    match value {
        FactValue::Number(number) => number.checked_sub(1).map(FactValue::Number),
        FactValue::Date(day) => day.pred_opt().map(FactValue::Date),
        _ => None,
    }
}

/// An instant to the minute, 2020-02-05T12:00.
fn minute(at: NaiveDateTime) -> String {
    let day: NaiveDate = at.date();
    format!("{day}T{:02}:{:02}", at.hour(), at.minute())
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Is { fact, value } => write!(f, "{fact}={value}"),
            Term::OneOf { fact, values } => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "{fact}={}", values.join("|"))
            }
            Term::Within { fact, from, to } => match (from, to) {
                (Some(from), Some(to)) => write!(f, "{fact}={from}..{to}"),
                (Some(from), None) => write!(f, "{fact}>={from}"),
                (None, Some(to)) => write!(f, "{fact}<={to}"),
                (None, None) => write!(f, "{fact}"),
            },
            Term::NegativeFromDay(day) => write!(f, "neg_from_day={day}"),
            Term::NegativeInDays(first, last) => write!(f, "neg_in_days={first}..{last}"),
            Term::NegativePairFromDay(day) => write!(f, "neg_pair_from_day={day}"),
            Term::NegativePairInDays(first, last) => write!(f, "neg_pair_in_days={first}..{last}"),
            Term::PositiveInDays(first, last) => write!(f, "pos_in_days={first}..{last}"),
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

    #[test]
    fn a_term_is_written_as_it_was_read() {
        for text in [
            "via_hubei=yes",
            "option=10",
            "vaccinated=full",
            "from_risk=high|medium",
            "age=18..59",
            "age>=60",
            "age<=17",
            "onset>=2020-02-01",
            "onset=2020-02-01..2020-02-10",
            "neg_from_day=5",
            "neg_in_days=5..7",
            "neg_pair_from_day=6",
            "neg_pair_in_days=6..9",
            "pos_in_days=0..3",
            "age_lt=18",
            "dose_age_min=14",
            "dose_age_max=90",
            "arrival_before=2020-02-05T12:00",
            "arrival_from=2020-02-05T12:00",
        ] {
            assert_eq!(Term::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Term::parse("age < 18").unwrap().to_string(), "age<=17");
        assert_eq!(Term::parse("age>17").unwrap().to_string(), "age>=18");
    }

    #[test]
    fn a_term_that_cannot_be_read_says_what_to_write() {
        let said = |text: &str| Term::parse(text).unwrap_err();
        assert_eq!(said("age_lt=old"), "write a whole number after age_lt=");
        assert_eq!(
            said("arrival_from=noon"),
            "write an instant as arrival_from=2020-02-05T12:00"
        );
        assert!(said("height=2").starts_with("write key=value"));
        assert!(said("onset=2020-01-01").starts_with("onset cannot be compared by =; write"));
        assert!(said("test_results=neg").starts_with("test_results cannot be compared"));
        assert_eq!(
            said("neg_in_days=7..5"),
            "write a first and a last day as neg_in_days=5..7"
        );
        assert_eq!(
            said("age=60..18"),
            "write the lesser value first, as age=18..60"
        );
        assert_eq!(
            said("via_hubei<yes"),
            "via_hubei has no order; write via_hubei=value"
        );
        assert_eq!(
            said("age<0"),
            "nothing lies there; write another bound than age<0"
        );
    }
}
