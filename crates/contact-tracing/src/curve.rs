//! How many fell ill on which day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

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
}
