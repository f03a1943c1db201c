//! A figure, and what can be said instead of one.

use serde::Serialize;

use crate::{Language, Text, number};

/// What a figure says.
///
/// Unknown, incomplete and withheld are values of their own: none of them is a
/// zero, and none of them may be added up as if it were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureValue {
    /// Counted in full.
    Count(i64),
    /// Kept in hundredths of its unit (fen of a yuan, hundredths of a mu) and
    /// printed in whole units.
    Hundredths(i64),
    /// Counted from those who reported; some community did not.
    Incomplete(i64),
    /// Nobody knows.
    Unknown,
    /// Withheld from the public: 1 to 4, everyone, or a figure from which one
    /// of those could be worked out.
    Suppressed,
}

impl FigureValue {
    /// The number, where one is printed at all; an incomplete one too.
    #[must_use]
    pub const fn number(self) -> Option<i64> {
        match self {
            Self::Count(n) | Self::Hundredths(n) | Self::Incomplete(n) => Some(n),
            Self::Unknown | Self::Suppressed => None,
        }
    }

    /// The figure as a page prints it, without its unit.
    #[must_use]
    pub fn print(self, language: Language) -> String {
        let words = crate::words::words(language);
        match self {
            Self::Count(n) => number::group_digits(n),
            Self::Hundredths(n) => number::print_hundredths(n),
            Self::Incomplete(n) => format!("{}{}", number::group_digits(n), words.incomplete_mark),
            Self::Unknown => words.unknown.to_owned(),
            Self::Suppressed => words.withheld.to_owned(),
        }
    }

    /// The figure inside a sentence, where zero reads 无 / none.
    #[must_use]
    pub fn print_in_sentence(self, language: Language) -> String {
        match self {
            Self::Count(0) | Self::Hundredths(0) => crate::words::words(language).none.to_owned(),
            other => other.print(language),
        }
    }

    /// The change since another value, where both are full and of one kind.
    #[must_use]
    pub fn change_since(self, before: Self) -> Option<Self> {
        match (self, before) {
            (Self::Count(now), Self::Count(then)) => now.checked_sub(then).map(Self::Count),
            (Self::Hundredths(now), Self::Hundredths(then)) => {
                now.checked_sub(then).map(Self::Hundredths)
            }
            _ => None,
        }
    }
}

/// A figure of the bulletin, with yesterday's beside it where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// A stable key, never translated.
    pub key: String,
    /// What is counted.
    pub label: Text,
    /// Today's value.
    pub value: FigureValue,
    /// Yesterday's value, where the bulletin compares.
    pub yesterday: Option<FigureValue>,
    /// What one of it is: 户 / households. May be empty.
    pub unit: Text,
}

impl Figure {
    /// A figure without yesterday's beside it.
    #[must_use]
    pub fn new(key: impl Into<String>, label: Text, value: FigureValue, unit: Text) -> Self {
        Self {
            key: key.into(),
            label,
            value,
            yesterday: None,
            unit,
        }
    }

    /// The same figure with yesterday's beside it.
    #[must_use]
    pub fn since(mut self, yesterday: FigureValue) -> Self {
        self.yesterday = Some(yesterday);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_and_secrecy_never_read_as_zero() {
        for value in [
            FigureValue::Unknown,
            FigureValue::Suppressed,
            FigureValue::Incomplete(0),
        ] {
            for language in Language::ALL {
                assert_ne!(value.print(language), "0");
                assert_ne!(value.print_in_sentence(language), "0");
            }
        }
    }

    #[test]
    fn zero_reads_none_inside_a_sentence() {
        let zero = FigureValue::Count(0);
        assert_eq!(zero.print(Language::English), "0");
        assert_eq!(zero.print_in_sentence(Language::English), "none");
        assert_eq!(zero.print_in_sentence(Language::Chinese), "无");
    }

    #[test]
    fn a_change_is_told_only_between_full_figures() {
        let now = FigureValue::Count(28);
        assert_eq!(
            now.change_since(FigureValue::Count(30)),
            Some(FigureValue::Count(-2))
        );
        assert_eq!(now.change_since(FigureValue::Incomplete(30)), None);
        assert_eq!(now.change_since(FigureValue::Suppressed), None);
    }
}
