//! Numbers and days as a reader of either language expects them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::Language;

/// A whole number with its digits in groups of three: `9,681`.
///
/// Both languages group alike; a negative number carries the true minus sign.
#[must_use]
pub fn group_digits(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 3);
    if number < 0 {
        grouped.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A quantity kept in hundredths (fen, hundredths of a mu) in whole units:
/// `145,000`, `12.50`; the two decimals are left out where both are zero.
#[must_use]
pub fn print_hundredths(hundredths: i64) -> String {
    let whole = i64::try_from(hundredths.unsigned_abs() / 100).unwrap_or(i64::MAX);
    let rest = hundredths.unsigned_abs() % 100;
    let sign = if hundredths < 0 { "−" } else { "" };
    match rest {
        0 => format!("{sign}{}", group_digits(whole)),
        _ => format!("{sign}{}.{rest:02}", group_digits(whole)),
    }
}

/// A share kept in thousandths as a percentage with one decimal: `98.7%`.
#[must_use]
pub fn print_share(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "−" } else { "" };
    let size = thousandths.unsigned_abs();
    let whole = i64::try_from(size / 10).unwrap_or(i64::MAX);
    format!("{sign}{}.{}%", group_digits(whole), size % 10)
}

/// The share of `part` in `whole` in thousandths, cut off rather than rounded,
/// so that 100.0 % is printed only where nothing is missing.
///
/// `None` where there is no whole to be a part of.
#[must_use]
pub fn share_of(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let share = i128::from(part) * 1000 / i128::from(whole);
    i64::try_from(share).ok()
}

/// A day in full: `2020年2月29日`, `29 February 2020`.
#[must_use]
pub fn print_day(day: NaiveDate, language: Language) -> String {
    let (year, month, date) = (day.year(), day.month(), day.day());
    match language {
        Language::Chinese => format!("{year}年{month}月{date}日"),
        Language::English => format!("{date} {} {year}", month_name(month)),
    }
}

/// A day short enough for an axis: `2月29日`, `29 Feb`.
#[must_use]
pub fn print_short_day(day: NaiveDate, language: Language) -> String {
    let (month, date) = (day.month(), day.day());
    match language {
        Language::Chinese => format!("{month}月{date}日"),
        Language::English => {
            let name: String = month_name(month).chars().take(3).collect();
            format!("{date} {name}")
        }
    }
}

/// The month a day lies in: `2020年2月`, `Feb 2020`.
#[must_use]
pub fn print_month(day: NaiveDate, language: Language) -> String {
    let year = day.year();
    match language {
        Language::Chinese => format!("{year}年{}月", day.month()),
        Language::English => {
            let name: String = month_name(day.month()).chars().take(3).collect();
            format!("{name} {year}")
        }
    }
}

/// A day with its minute, as lists print it in both languages.
#[must_use]
pub fn print_instant(instant: NaiveDateTime) -> String {
    let (day, hour, minute) = (instant.date(), instant.hour(), instant.minute());
    format!("{day} {hour:02}:{minute:02}")
}

const fn month_name(month: u32) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (number, printed) in [
            (0, "0"),
            (999, "999"),
            (9_681, "9,681"),
            (60_186, "60,186"),
            (-1_234_567, "−1,234,567"),
            (i64::MIN, "−9,223,372,036,854,775,808"),
        ] {
            assert_eq!(group_digits(number), printed);
        }
    }

    #[test]
    fn hundredths_lose_their_decimals_only_where_both_are_zero() {
        assert_eq!(print_hundredths(14_500_000), "145,000");
        assert_eq!(print_hundredths(1_205), "12.05");
        assert_eq!(print_hundredths(-50), "−0.50");
    }

    #[test]
    fn a_share_is_whole_only_where_nothing_is_missing() {
        assert_eq!(
            share_of(9_680, 9_681).map(print_share),
            Some("99.9%".into())
        );
        assert_eq!(
            share_of(9_681, 9_681).map(print_share),
            Some("100.0%".into())
        );
        assert_eq!(share_of(1, 0), None);
    }

    #[test]
    fn a_day_reads_as_its_language_writes_it() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
        assert_eq!(print_day(day, Language::Chinese), "2020年2月29日");
        assert_eq!(print_day(day, Language::English), "29 February 2020");
        assert_eq!(print_short_day(day, Language::Chinese), "2月29日");
        assert_eq!(print_short_day(day, Language::English), "29 Feb");
    }
}
