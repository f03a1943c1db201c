//! A table of a book, read key by key, its mistakes noted with their line.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::BookError;

/// Where in which file a table stands.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) source: Source<'a>,
    pub(super) name: String,
    pub(super) line: usize,
}

/// A table whose keys are taken one by one.
pub(super) struct Table<'a> {
    place: Place<'a>,
    table: &'a DeTable<'a>,
    errors: &'a mut Vec<BookError>,
}

impl<'a> Table<'a> {
    /// Notes every key that is not known.
    pub(super) fn new(
        place: Place<'a>,
        table: &'a DeTable<'a>,
        known: &[&str],
        errors: &'a mut Vec<BookError>,
    ) -> Self {
        let mut unknown: Vec<_> = table
            .keys()
            .filter(|key| !known.contains(&&**key.get_ref()))
            .collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            errors.push(BookError::UnknownKey {
                file: place.file.to_owned(),
                line: place.source.line_of(key.span().start),
                place: place.name.clone(),
                key: key.get_ref().to_string(),
                known: known.join(", "),
            });
        }
        Table {
            place,
            table,
            errors,
        }
    }

    /// A key that may be absent.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        remedy: &str,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Option<T> {
        self.checked(key, |value| read(value).ok_or_else(|| remedy.to_owned()))
    }

    /// A key that must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        remedy: &str,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.missing(key, remedy);
        }
        self.optional(key, remedy, read)
    }

    /// A key whose reader says itself what to write instead.
    pub(super) fn checked<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'_>) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.table.get(key)?;
        match read(value.get_ref()) {
            Ok(read) => Some(read),
            Err(remedy) => {
                self.refuse(key, value, remedy);
                None
            }
        }
    }

    /// Notes that a key is wrong beside the others of its table.
    pub(super) fn wrong(&mut self, key: &'static str, remedy: &str) {
        match self.table.get(key) {
            Some(value) => self.refuse(key, value, remedy.to_owned()),
            None => self.missing(key, remedy),
        }
    }

    /// Notes an `until` that is not after its `from`.
    pub(super) fn ordered(&mut self, from: Option<NaiveDate>, until: Option<NaiveDate>) {
        if let (Some(from), Some(until)) = (from, until)
            && until <= from
        {
            self.wrong(
                "until",
                "write a day after from, or leave it out where it is still in force",
            );
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn missing(&mut self, key: &'static str, remedy: &str) {
        self.errors.push(BookError::Missing {
            file: self.place.file.to_owned(),
            line: self.place.line,
            place: self.place.name.clone(),
            key,
            remedy: remedy.to_owned(),
        });
    }

    fn refuse(&mut self, key: &'static str, value: &Spanned<DeValue<'_>>, remedy: String) {
        let span = value.span();
        let source = self.place.source;
        self.errors.push(BookError::BadValue {
            file: self.place.file.to_owned(),
            line: source.line_of(span.start),
            place: self.place.name.clone(),
            key,
            value: source.text.get(span).unwrap_or_default().to_owned(),
            remedy,
        });
    }
}

/// A text and where its lines begin.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) starts: &'a [usize],
}

/// Where the lines of a text begin, the first excepted.
pub(super) fn line_starts(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at + 1).collect()
}

impl Source<'_> {
    /// The line of a byte, counted from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        1 + self.starts.partition_point(|start| *start <= at)
    }
}

/// A text that is not empty.
pub(super) fn text(value: &DeValue<'_>) -> Option<Box<str>> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(Box::from)
}

/// A day, as TOML's own date or as text.
pub(super) fn day(value: &DeValue<'_>) -> Option<NaiveDate> {
    match value {
        DeValue::Datetime(at) if at.time.is_none() && at.offset.is_none() => {
            let date = at.date?;
            NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())
        }
        DeValue::String(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
        _ => None,
    }
}

/// A whole number of days.
pub(super) fn number(value: &DeValue<'_>) -> Option<u16> {
    let integer = value.as_integer()?;
    u16::from_str_radix(integer.as_str(), integer.radix()).ok()
}
