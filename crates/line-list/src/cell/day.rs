//! Dates and instants.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{CellError, normal};

/// How a file writes its dates, besides the ways that every file may use.
///
/// There is no way to tell from `03/05/2020` alone, nor a serial number from a mistyped
/// year, so the mapping must say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dates {
    /// Year, month, day alone.
    YearFirst,
    /// `14/02/2020` too.
    DayFirst,
    /// `02/14/2020` too.
    MonthFirst,
    /// Days since the end of 1899 too, as spreadsheets count, with their 29 February 1900.
    Serial1900,
    /// Days since 1 January 1904 too, as older spreadsheets for the Macintosh count.
    Serial1904,
}

/// A date with the year first: `2020-02-14`, `2020/2/14`, `2020.2.14`, `2020年2月14日`; a
/// time of day is allowed only if it is midnight.
///
/// # Errors
///
/// Where it is no date, no day of the calendar, could be two days, or is outside the years
/// 1900 to 2199.
pub fn date(cell: &str) -> Result<NaiveDate, CellError> {
    date_as(cell, Dates::YearFirst)
}

/// A date as [`date`] reads it, or as the file writes its dates.
///
/// ```
/// use line_list::cell::{Dates, date, date_as};
///
/// assert_eq!(date_as("43875", Dates::Serial1900)?, date("2020-02-14")?);
/// assert_eq!(date("03/05/2020").unwrap_err().reason, "could be 3 May or 5 March 2020");
/// # Ok::<(), line_list::CellError>(())
/// ```
///
/// # Errors
///
/// As for [`date`].
pub fn date_as(cell: &str, dates: Dates) -> Result<NaiveDate, CellError> {
    let text = normal(cell);
    if text.is_empty() {
        return Err(empty("2020-02-14"));
    }
    if let Some(serial) = serial(&text, dates) {
        return serial;
    }
    let (day, time) = split_time(&text);
    let day = calendar_day(day, dates)?;
    match time.map(clock) {
        None => Ok(day),
        Some(Some(time)) if time == NaiveTime::MIN => Ok(day),
        Some(Some(_)) => Err(CellError::new(
            "has a time of day where a date is wanted",
            format!("write it as {}", write_date(day)),
        )),
        Some(None) => Err(not_a_date()),
    }
}

/// An instant in local civil time: a date as [`date`] reads it, then `T` or a space, then
/// `08:30` or `08:30:15`; a date alone is 00:00.
///
/// # Errors
///
/// As for [`date`], and where the time is no time of day or carries a time zone.
pub fn instant(cell: &str) -> Result<NaiveDateTime, CellError> {
    let text = normal(cell);
    if text.is_empty() {
        return Err(empty("2020-02-14T08:30"));
    }
    let (day, time) = split_time(&text);
    let day = calendar_day(day, Dates::YearFirst)?;
    let Some(time) = time else {
        return Ok(day.and_time(NaiveTime::MIN));
    };
    if time.ends_with(['Z', 'z']) || time.contains(['+', '-']) {
        return Err(CellError::new(
            "carries a time zone",
            "write local time, as 2020-02-14T08:30",
        ));
    }
    clock(time).map(|time| day.and_time(time)).ok_or_else(|| {
        CellError::new(
            "is not a time of day",
            "write it as 2020-02-14T08:30, from 00:00 to 23:59",
        )
    })
}

/// A date as `2020-02-14`.
#[must_use]
pub fn write_date(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// An instant as `2020-02-14T08:30`; seconds are left out, midnight is not.
#[must_use]
pub fn write_instant(at: NaiveDateTime) -> String {
    format!(
        "{}T{:02}:{:02}",
        write_date(at.date()),
        at.hour(),
        at.minute()
    )
}

fn not_a_date() -> CellError {
    CellError::new("is not a date", "write it as 2020-02-14")
}

fn empty(example: &str) -> CellError {
    CellError::new("is empty", format!("fill it in, as {example}"))
}

/// The day and, after `日`, `T` or white space, the time.
fn split_time(text: &str) -> (&str, Option<&str>) {
    // A Chinese date may have white space inside.
    if let Some((end, mark)) = text.char_indices().find(|(_, c)| matches!(c, '日' | '号')) {
        let (day, time) = text.split_at(end + mark.len_utf8());
        let time = time.trim().trim_start_matches(['T', 't']);
        return (day, Some(time).filter(|time| !time.is_empty()));
    }
    match text.split_once(|c: char| c == 'T' || c == 't' || c.is_whitespace()) {
        Some((day, time)) => (day, Some(time.trim())),
        None => (text, None),
    }
}

/// A time of day; fractions of a second are let be if they are zero, as is the `Z` of
/// systems that write a date as its midnight.
fn clock(time: &str) -> Option<NaiveTime> {
    let time = time.strip_suffix(['Z', 'z']).unwrap_or(time);
    let mut parts = time.split(':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let second = match parts.next() {
        None => 0,
        Some(seconds) => {
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            if fraction.is_empty() || fraction.bytes().any(|byte| byte != b'0') {
                return None;
            }
            digits(whole, 2)?
        }
    };
    if parts.next().is_some() {
        return None;
    }
    NaiveTime::from_hms_opt(hour, minute, second)
}

fn calendar_day(text: &str, dates: Dates) -> Result<NaiveDate, CellError> {
    let parts = parts(text).ok_or_else(not_a_date)?;
    match parts {
        [a, b, c] if a.len() == 4 => match (digits(a, 4), digits(b, 2), digits(c, 2)) {
            (Some(year), Some(month), Some(day)) => on(year, month, day),
            _ => Err(not_a_date()),
        },
        [a, b, c] if c.len() == 4 => match (digits(a, 2), digits(b, 2), digits(c, 4)) {
            (Some(a), Some(b), Some(year)) => year_last(a, b, year, dates),
            _ => Err(not_a_date()),
        },
        _ => Err(not_a_date()),
    }
}

/// The three parts of a date between equal separators.
fn parts(text: &str) -> Option<[&str; 3]> {
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        let day = day.strip_suffix(['日', '号']).unwrap_or(day);
        return Some([year, month, day].map(str::trim));
    }
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.split(separator);
    let found = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(found)
}

fn year_last(a: u32, b: u32, year: u32, dates: Dates) -> Result<NaiveDate, CellError> {
    match dates {
        Dates::DayFirst => return on(year, b, a),
        Dates::MonthFirst => return on(year, a, b),
        _ => {}
    }
    let month_of = |month: u32| (1..=12).contains(&month);
    if a == b || !month_of(a) || !month_of(b) {
        return Err(not_a_date());
    }
    Err(CellError::new(
        format!(
            "could be {a} {} or {b} {} {year}",
            month_name(b),
            month_name(a)
        ),
        format!("write it as {year:04}-{b:02}-{a:02} or {year:04}-{a:02}-{b:02}"),
    ))
}

fn on(year: u32, month: u32, day: u32) -> Result<NaiveDate, CellError> {
    if !(1900..2200).contains(&year) {
        return Err(CellError::new(
            format!("has the year {year}, outside 1900 to 2199"),
            "correct the year",
        ));
    }
    let found = i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    found.ok_or_else(|| {
        let missing = match month {
            1..=12 => format!("{day} {} {year}", month_name(month)),
            _ => format!("month {month}"),
        };
        CellError::new(
            format!("is not a date: there is no {missing}"),
            "correct the day or the month",
        )
    })
}

/// A spreadsheet's serial number, where the file writes such and the cell is one.
fn serial(text: &str, dates: Dates) -> Option<Result<NaiveDate, CellError>> {
    let (epoch, first) = match dates {
        Dates::Serial1900 => (NaiveDate::from_ymd_opt(1899, 12, 30)?, 1),
        Dates::Serial1904 => (NaiveDate::from_ymd_opt(1904, 1, 1)?, 0),
        _ => return None,
    };
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let serial = digits(whole, 7)?;
    let fraction = &text[whole.len()..];
    if fraction.bytes().skip(1).any(|byte| byte != b'0') {
        return Some(Err(CellError::new(
            "has a time of day, or is no serial number of a date",
            "write it as 2020-02-14",
        )));
    }
    // Spreadsheets of this count have a 29 February 1900, serial number 60, which never
    // was; days before it are one day nearer to the epoch.
    let shift = match dates {
        Dates::Serial1900 if serial < 60 => 1,
        _ => 0,
    };
    if serial < first || (dates == Dates::Serial1900 && serial == 60) {
        return Some(Err(not_a_date()));
    }
    let day = epoch.checked_add_days(Days::new(u64::from(serial + shift)));
    Some(day.filter(|day| *day < last()).ok_or_else(not_a_date))
}

fn last() -> NaiveDate {
    NaiveDate::from_ymd_opt(2200, 1, 1).unwrap_or(NaiveDate::MAX)
}

/// A number of one to `most` ASCII digits.
fn digits(text: &str, most: usize) -> Option<u32> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn month_name(month: u32) -> &'static str {
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
