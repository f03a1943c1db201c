//! What a sentence is filled with.

use chrono::NaiveDate;
use fluent_bundle::FluentArgs;
use fluent_bundle::types::FluentValue;

use super::MessageError;
use crate::{FigureValue, Language, Text, number};

/// The greatest whole number a plural can be chosen for without loss: Fluent
/// carries numbers as 64-bit floats, exact up to 2^53.
const GREATEST_EXACT: u64 = 1 << 53;

#[derive(Clone, Debug)]
enum Arg {
    Count(i64),
    Words(Text),
}

/// The arguments of a message, in the order they were given.
///
/// An argument given twice counts as given last.
#[derive(Clone, Debug, Default)]
pub struct Args {
    given: Vec<(String, Arg)>,
}

impl Args {
    /// No arguments yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { given: Vec::new() }
    }

    /// A count: printed with its digits grouped, and still a number where the
    /// message chooses a plural.
    #[must_use]
    pub fn count(self, name: &str, count: i64) -> Self {
        self.with(name, Arg::Count(count))
    }

    /// A count that prints 无 / no for zero and 不详 / unknown for `None`.
    ///
    /// Where the message chooses a plural, both take the default variant:
    /// "no people", "unknown people".
    #[must_use]
    pub fn count_or_none(self, name: &str, count: Option<i64>) -> Self {
        match count {
            None => self.words(name, "不详", "unknown"),
            Some(0) => self.words(name, "无", "no"),
            Some(count) => self.count(name, count),
        }
    }

    /// A figure: a full count as [`Args::count_or_none`], everything else in
    /// the words of [`FigureValue`], so that none of them reads as a count.
    #[must_use]
    pub fn figure(self, name: &str, value: FigureValue) -> Self {
        match value {
            FigureValue::Count(count) => self.count_or_none(name, Some(count)),
            FigureValue::Unknown => self.count_or_none(name, None),
            other => self.text(
                name,
                &Text::new(
                    other.print(Language::Chinese),
                    other.print(Language::English),
                ),
            ),
        }
    }

    /// A quantity kept in hundredths, printed in whole units: fen as yuan.
    #[must_use]
    pub fn hundredths(self, name: &str, hundredths: i64) -> Self {
        self.text(name, &Text::same(number::print_hundredths(hundredths)))
    }

    /// A share kept in thousandths, printed as a percentage.
    #[must_use]
    pub fn share(self, name: &str, thousandths: i64) -> Self {
        self.text(name, &Text::same(number::print_share(thousandths)))
    }

    /// Words, chosen by language.
    #[must_use]
    pub fn text(self, name: &str, text: &Text) -> Self {
        self.with(name, Arg::Words(text.clone()))
    }

    /// Words that do not change with the language.
    #[must_use]
    pub fn plain(self, name: &str, words: &str) -> Self {
        self.text(name, &Text::same(words))
    }

    /// A day in full: 2020年2月29日, 29 February 2020.
    #[must_use]
    pub fn date(self, name: &str, day: NaiveDate) -> Self {
        let zh = number::print_day(day, Language::Chinese);
        let en = number::print_day(day, Language::English);
        self.words(name, &zh, &en)
    }

    fn words(self, name: &str, zh: &str, en: &str) -> Self {
        self.with(name, Arg::Words(Text::new(zh, en)))
    }

    fn with(mut self, name: &str, arg: Arg) -> Self {
        self.given.push((name.to_owned(), arg));
        self
    }

    /// The arguments as Fluent takes them, in one language.
    pub(super) fn values(
        &self,
        key: &str,
        language: Language,
    ) -> Result<FluentArgs<'_>, MessageError> {
        let mut values = FluentArgs::new();
        for (name, arg) in &self.given {
            let value = match arg {
                Arg::Count(count) if count.unsigned_abs() > GREATEST_EXACT => {
                    return Err(MessageError::CountTooLarge {
                        key: key.to_owned(),
                        argument: name.clone(),
                        count: *count,
                    });
                }
                Arg::Count(count) => FluentValue::from(*count),
                Arg::Words(text) => FluentValue::from(text.in_language(language)),
            };
            values.set(name.as_str(), value);
        }
        Ok(values)
    }
}
