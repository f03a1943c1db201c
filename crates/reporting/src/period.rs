//! Days, weeks and months, each with its first day.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// How long one bar of an epidemic curve is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month of the calendar.
    Month,
}

impl Period {
    /// The first day of the period a day lies in: the day, its Monday, or the
    /// first of its month.
    #[must_use]
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        // Only the very first week of the calendar has no Monday in it.
        self.day_of(self.number_of(day)).unwrap_or(day)
    }

    /// The running number of the period a day lies in.
    pub(crate) fn number_of(self, day: NaiveDate) -> i64 {
        let days = i64::from(day.num_days_from_ce());
        match self {
            Self::Day => days,
            // Day 1 of the common era was a Monday.
            Self::Week => (days - 1).div_euclid(7),
            Self::Month => i64::from(day.year()) * 12 + i64::from(day.month0()),
        }
    }

    /// The first day of the period of a running number.
    pub(crate) fn day_of(self, at: i64) -> Option<NaiveDate> {
        let from_days = |days: i64| NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).ok()?);
        match self {
            Self::Day => from_days(at),
            Self::Week => from_days(at * 7 + 1),
            Self::Month => {
                let year = i32::try_from(at.div_euclid(12)).ok()?;
                let month = u32::try_from(at.rem_euclid(12) + 1).ok()?;
                NaiveDate::from_ymd_opt(year, month, 1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    #[test]
    fn weeks_begin_on_monday_and_months_on_their_first() {
        let mut day = NaiveDate::from_ymd_opt(2019, 12, 25).unwrap();
        for _ in 0..400 {
            let monday = Period::Week.first_day(day);
            assert_eq!(monday.weekday(), Weekday::Mon);
            assert!((day - monday).num_days() < 7 && monday <= day);
            let first = Period::Month.first_day(day);
            let month = (1, day.month(), day.year());
            assert_eq!((first.day(), first.month(), first.year()), month);
            assert_eq!(Period::Day.first_day(day), day);
            day = day.succ_opt().unwrap();
        }
    }
}
