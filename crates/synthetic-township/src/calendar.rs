//! The days of the story: 22 January to 2 March 2020, in local civil time.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use grid_model::start_of;

/// The first day with arrivals.
pub(crate) const FIRST_ARRIVALS: NaiveDate = day(1, 22);
/// The day on which the township's own practice began: orders, screening, duties, reports.
pub(crate) const RESPONSE_BEGINS: NaiveDate = day(1, 24);
/// The first day on which checkpoints stand.
pub(crate) const CHECKPOINTS_STAND: NaiveDate = day(1, 26);
/// The last day of which anything is written down.
pub(crate) const LAST_DAY: NaiveDate = day(2, 29);
/// The last day of which the roster speaks.
pub(crate) const LAST_ROSTER_DAY: NaiveDate = day(3, 2);

/// A day of 2020; the calendar's first where there is no such day.
pub(crate) const fn day(month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(2020, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// The day so many days later.
pub(crate) fn later(day: NaiveDate, days: usize) -> NaiveDate {
    day.checked_add_days(Days::new(days as u64)).unwrap_or(day)
}

/// The day so many days earlier.
pub(crate) fn earlier(day: NaiveDate, days: usize) -> NaiveDate {
    day.checked_sub_days(Days::new(days as u64)).unwrap_or(day)
}

/// A minute of a day, counted from its start; it may lie in the next day.
pub(crate) fn minute(day: NaiveDate, minute: usize) -> NaiveDateTime {
    start_of(day) + minutes(minute)
}

/// A number of minutes.
pub(crate) fn minutes(minutes: usize) -> TimeDelta {
    TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0))
}

/// All days from one to another, both included.
pub(crate) fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

/// How many days lie between two days; 0 where the second is not later.
pub(crate) fn days_between(first: NaiveDate, last: NaiveDate) -> usize {
    usize::try_from((last - first).num_days()).unwrap_or(0)
}

/// Whether an instant lies before the end of the last day of which anything is written down.
pub(crate) fn is_written(at: NaiveDateTime) -> bool {
    at.date() <= LAST_DAY
}
