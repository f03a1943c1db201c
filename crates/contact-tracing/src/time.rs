//! Instants as whole seconds, and the half-open stretches between them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

pub(crate) const MINUTE: i64 = 60;
pub(crate) const DAY: i64 = 86_400;

/// Seconds of an instant; parts of a second are cut off.
pub(crate) fn seconds(at: NaiveDateTime) -> i64 {
    at.and_utc().timestamp()
}

/// The instant of a number of seconds, held within what a calendar can say.
pub(crate) fn instant(seconds: i64) -> NaiveDateTime {
    match DateTime::from_timestamp(seconds, 0) {
        Some(at) => at.naive_utc(),
        None if seconds < 0 => NaiveDateTime::MIN,
        None => NaiveDateTime::MAX,
    }
}

/// From an instant until, and without, another; where both are one, that instant alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) from: i64,
    pub(crate) until: i64,
}

impl Span {
    /// Whether it has no length.
    pub(crate) fn is_instant(self) -> bool {
        self.until <= self.from
    }

    /// The first second that is no longer part of it.
    pub(crate) fn reach(self) -> i64 {
        self.until.max(self.from.saturating_add(1))
    }

    /// What two spans have in common.
    pub(crate) fn shared(self, other: Span) -> Option<Span> {
        let from = self.from.max(other.from);
        let until = self.reach().min(other.reach());
        let alone = self.is_instant() || other.is_instant();
        (from < until).then_some(Span {
            from,
            until: if alone { from } else { until },
        })
    }

    /// Whether it lasts so many minutes.
    pub(crate) fn lasts(self, minutes: u32) -> bool {
        self.until.saturating_sub(self.from) >= i64::from(minutes) * MINUTE
    }

    /// The day of its last second: what ends at 00:00 ends on the day before.
    pub(crate) fn last_day(self) -> NaiveDate {
        let end = instant(self.reach());
        end.checked_sub_signed(TimeDelta::seconds(1))
            .unwrap_or(end)
            .date()
    }
}

/// When a person can pass something on: half open, and empty where it ends before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: i64,
    pub(crate) until: i64,
}

impl Window {
    /// The part of a span that falls into the window.
    pub(crate) fn clip(self, span: Span) -> Option<Span> {
        if self.until <= self.from {
            return None;
        }
        span.shared(Span {
            from: self.from,
            until: self.until,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: i64, until: i64) -> Span {
        Span { from, until }
    }

    #[test]
    fn who_leaves_when_another_comes_shares_nothing_with_him() {
        assert_eq!(span(0, 10).shared(span(10, 20)), None);
        assert_eq!(span(0, 10).shared(span(9, 20)), Some(span(9, 10)));
    }

    #[test]
    fn an_instant_is_shared_where_it_lies_inside() {
        assert_eq!(span(5, 5).shared(span(5, 10)), Some(span(5, 5)));
        assert_eq!(span(10, 10).shared(span(5, 10)), None);
        assert_eq!(span(5, 5).shared(span(5, 5)), Some(span(5, 5)));
    }

    #[test]
    fn an_empty_window_holds_no_instant() {
        let window = Window { from: 5, until: 5 };
        assert_eq!(window.clip(span(5, 5)), None);
    }

    #[test]
    fn what_ends_at_midnight_ends_on_the_day_before() {
        assert_eq!(span(0, DAY).last_day(), instant(0).date());
        assert_eq!(span(DAY, DAY).last_day(), instant(DAY).date());
    }
}
