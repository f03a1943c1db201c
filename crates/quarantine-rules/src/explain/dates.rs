//! Days and numbers as a notice writes them.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::Language;

/// A day: 2020年2月8日, 8 February 2020.
#[derive(Clone, Copy)]
pub(crate) struct Day(pub(crate) NaiveDate, pub(crate) Language);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Day(day, language) = self;
        let (year, month, of_month) = (day.year(), day.month(), day.day());
        match language {
            Language::Chinese => write!(f, "{year}年{month}月{of_month}日"),
            Language::English => {
                let name = MONTHS.get(day.month0() as usize).unwrap_or(&"");
                write!(f, "{of_month} {name} {year}")
            }
        }
    }
}

/// Numbers one after the other: 1、4、7; 1, 4 and 7.
pub(crate) struct Numbers<'a>(pub(crate) &'a [u16], pub(crate) Language);

impl fmt::Display for Numbers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Numbers(numbers, language) = self;
        for (index, number) in numbers.iter().enumerate() {
            let last = index + 1 == numbers.len();
            let between = match (index, language) {
                (0, _) => "",
                (_, Language::Chinese) => "、",
                (_, Language::English) if last => " and ",
                (_, Language::English) => ", ",
            };
            write!(f, "{between}{number}")?;
        }
        Ok(())
    }
}
