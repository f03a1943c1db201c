//! A fact out of a cell of a table.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use thiserror::Error;

use super::{FactKind, FactName, FactValue, Facts, Subject, TestTaken};
use crate::TestResult;

/// Why a cell is not a fact.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{column}: {value:?} cannot be read; {remedy}")]
pub struct FactError {
    /// The column.
    pub column: String,
    /// What stands in the cell.
    pub value: String,
    /// What to write instead.
    pub remedy: Cow<'static, str>,
}

impl Subject {
    /// The class of person out of a cell.
    ///
    /// # Errors
    /// The cell is not one of [`Subject::WORDS`].
    pub fn read(cell: &str) -> Result<Self, FactError> {
        Subject::parse(cell.trim()).ok_or_else(|| FactError {
            column: "subject".to_owned(),
            value: cell.to_owned(),
            remedy: "write a class of person such as close_contact or local_returnee".into(),
        })
    }
}

impl Facts {
    /// Reads a cell into its fact; an empty cell leaves the fact unknown.
    ///
    /// # Errors
    /// The cell is not of the fact's kind.
    pub fn read(&mut self, fact: FactName, cell: &str) -> Result<(), FactError> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(());
        }
        let value = FactValue::read(fact, cell)?;
        self.put(fact, value);
        Ok(())
    }
}

impl FactValue {
    /// The value of a fact out of its text.
    ///
    /// # Errors
    /// The text is not of the fact's kind.
    pub fn read(fact: FactName, text: &str) -> Result<Self, FactError> {
        let text = text.trim();
        parsed(fact, text).ok_or_else(|| FactError {
            column: fact.word().to_owned(),
            value: text.to_owned(),
            remedy: remedy(fact),
        })
    }
}

impl FactName {
    /// The words a fact may have; nothing where they are open, as the variant's, or where it has
    /// none.
    pub fn words(self) -> Option<&'static [&'static str]> {
        match self {
            FactName::FromRisk => Some(&[
                "high",
                "medium",
                "low",
                "red",
                "amber",
                "green",
                "case_prefecture",
            ]),
            FactName::Vaccinated => Some(&["none", "full", "boosted"]),
            FactName::Exposure => Some(&["high", "low"]),
            FactName::Symptoms => Some(&["none", "yes", "mild", "severe"]),
            _ => None,
        }
    }

    /// The greatest number a fact may have; nothing where it has none.
    pub fn greatest(self) -> Option<u16> {
        match self {
            // No age over 122 is on record.
            FactName::Age => Some(130),
            FactName::Option => Some(365),
            FactName::Doses => Some(99),
            _ => None,
        }
    }
}

fn parsed(fact: FactName, text: &str) -> Option<FactValue> {
    let date = |part: &str| NaiveDate::parse_from_str(part.trim(), "%Y-%m-%d").ok();
    match fact.kind() {
        FactKind::Date => date(text).map(FactValue::Date),
        FactKind::Dates => {
            let days: Option<Vec<_>> = text.split(';').map(date).collect();
            days.map(FactValue::Dates)
        }
        FactKind::Time => {
            let time = NaiveTime::parse_from_str(text, "%H:%M").ok();
            time.map(FactValue::Time)
        }
        FactKind::YesNo => match text {
            "yes" | "true" | "1" | "是" => Some(FactValue::YesNo(true)),
            "no" | "false" | "0" | "否" => Some(FactValue::YesNo(false)),
            _ => None,
        },
        FactKind::Word => {
            let allowed = fact.words().is_none_or(|words| words.contains(&text));
            allowed.then(|| FactValue::Word(text.into()))
        }
        FactKind::Number => {
            let number = text.parse().ok();
            let allowed =
                number.filter(|number| fact.greatest().is_none_or(|most| *number <= most));
            allowed.map(FactValue::Number)
        }
        FactKind::Tests => {
            let tests: Option<Vec<_>> = text.split(';').map(test).collect();
            tests.map(FactValue::Tests)
        }
    }
}

fn test(part: &str) -> Option<TestTaken> {
    let (on, said) = part.trim().split_once(':')?;
    let result = match said {
        "neg" | "negative" => TestResult::Negative,
        "pos" | "positive" => TestResult::Positive,
        "pending" => TestResult::Pending,
        _ => return None,
    };
    let on = NaiveDate::parse_from_str(on, "%Y-%m-%d").ok()?;
    Some(TestTaken { on, result })
}

fn remedy(fact: FactName) -> Cow<'static, str> {
    if let Some((last, words)) = fact.words().and_then(|words| words.split_last()) {
        return format!("write {} or {last}", words.join(", ")).into();
    }
    if let Some(most) = fact.greatest() {
        return format!("write a whole number from 0 to {most}").into();
    }
    let remedy = match fact.kind() {
        FactKind::Date => "write a date as 2020-01-31",
        FactKind::Dates => "write dates as 2020-01-30;2020-01-31",
        FactKind::Time => "write a time as 18:00",
        FactKind::YesNo => "write yes or no, or leave it empty where it is not known",
        FactKind::Word => "write a word",
        FactKind::Number => "write a whole number",
        FactKind::Tests => "write tests as 2020-01-30:neg;2020-01-31:pos",
    };
    remedy.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_written_the_same() {
        for (fact, text) in [
            (FactName::Exposures, "2020-01-30;2020-01-31"),
            (FactName::LastDose, "2020-01-30"),
            (FactName::ArrivalTime, "18:00"),
            (FactName::HomeOk, "no"),
            (FactName::FromRisk, "high"),
            (FactName::Option, "10"),
            (FactName::TestResults, "2020-01-30:neg;2020-01-31:pos"),
        ] {
            assert_eq!(FactValue::read(fact, text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_unreadable_cell_says_what_to_write() {
        let mut facts = Facts::new(Subject::CloseContact);
        let error = facts.read(FactName::LastDose, "31/01/2020").unwrap_err();
        assert_eq!(
            error.to_string(),
            "last_dose: \"31/01/2020\" cannot be read; write a date as 2020-01-31"
        );
        assert_eq!(
            facts
                .read(FactName::Vaccinated, "twice")
                .unwrap_err()
                .to_string(),
            "vaccinated: \"twice\" cannot be read; write none, full or boosted"
        );
        assert_eq!(
            Subject::read("guest").unwrap_err().to_string(),
            "subject: \"guest\" cannot be read; write a class of person such as close_contact or local_returnee"
        );
        assert_eq!(facts.read(FactName::LastDose, " "), Ok(()));
        assert_eq!(facts, Facts::new(Subject::CloseContact));
    }
}
