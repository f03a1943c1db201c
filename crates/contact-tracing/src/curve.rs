//! How many fell ill on which day.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

/// Cases by day of onset, those whose onset is not known counted apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpiCurve {
    /// Cases by day of onset; days without one are not in it.
    pub by_day: BTreeMap<NaiveDate, u32>,
    /// Cases whose onset is not known.
    pub missing: u32,
}

impl EpiCurve {
    /// All cases, those without a known onset too.
    pub fn cases(&self) -> u32 {
        self.by_day
            .values()
            .fold(self.missing, |sum, &day| sum.saturating_add(day))
    }

    /// Cases by week of onset, each named by its Monday; weeks without one are not in it.
    ///
    /// The first week of the calendar has no Monday and is named by the calendar's first day.
    pub fn by_week(&self) -> BTreeMap<NaiveDate, u32> {
        self.by_period(|day| {
            let since_monday = u64::from(day.weekday().num_days_from_monday());
            day.checked_sub_days(Days::new(since_monday))
                .unwrap_or(NaiveDate::MIN)
        })
    }

    /// Cases by month of onset, each named by its first day; months without one are not in it.
    pub fn by_month(&self) -> BTreeMap<NaiveDate, u32> {
        self.by_period(|day| day.with_day(1).unwrap_or(day))
    }

    fn by_period(&self, first_day: impl Fn(NaiveDate) -> NaiveDate) -> BTreeMap<NaiveDate, u32> {
        let mut by_period: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        for (&day, &cases) in &self.by_day {
            let count = by_period.entry(first_day(day)).or_default();
            *count = count.saturating_add(cases);
        }
        by_period
    }
}

/// Counts cases by onset, in any order.
pub fn epi_curve(onsets: impl IntoIterator<Item = Option<NaiveDate>>) -> EpiCurve {
    let mut curve = EpiCurve::default();
    for onset in onsets {
        let count = match onset {
            Some(day) => curve.by_day.entry(day).or_insert(0),
            None => &mut curve.missing,
        };
        *count = count.saturating_add(1);
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::epi_curve;
    use chrono::NaiveDate;

    #[test]
    fn a_case_without_onset_is_counted_as_missing_and_on_no_day() {
        let day = NaiveDate::from_ymd_opt(2020, 2, 1);
        let curve = epi_curve([day, None, day]);
        assert_eq!(curve.by_day.into_values().collect::<Vec<_>>(), [2]);
        assert_eq!(curve.missing, 1);
        assert_eq!(epi_curve([day, None, day]).cases(), 3);
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_their_first_day() {
        let day = |month, day| NaiveDate::from_ymd_opt(2020, month, day).unwrap_or_default();
        // 1 March 2020 was a Sunday.
        let days = [day(2, 24), day(2, 29), day(3, 1), day(3, 2)];
        let curve = epi_curve(days.map(Some));
        let weeks: Vec<_> = curve.by_week().into_iter().collect();
        assert_eq!(weeks, [(day(2, 24), 3), (day(3, 2), 1)]);
        let months: Vec<_> = curve.by_month().into_iter().collect();
        assert_eq!(months, [(day(2, 1), 2), (day(3, 1), 2)]);
    }

    #[test]
    fn the_ends_of_the_calendar_have_a_week_and_a_month() {
        let curve = epi_curve([Some(NaiveDate::MIN), Some(NaiveDate::MAX)]);
        assert_eq!(curve.by_week().into_values().sum::<u32>(), 2);
        assert_eq!(curve.by_month().into_keys().next(), Some(NaiveDate::MIN));
    }
}
