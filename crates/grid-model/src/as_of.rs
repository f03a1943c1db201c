//! Of which day, as known when.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

/// Of which day an answer speaks, and what was known when it was given.
///
/// `AsOf::on(day)` is the evening's own view. A day looked at again with what came to light
/// later is `AsOf { day, known_by: later }`, and any past view can be had again to the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    /// The day spoken of.
    pub day: NaiveDate,
    /// The day by whose end a record must have been known.
    pub known_by: NaiveDate,
}

impl AsOf {
    /// A day as it was known on its own evening.
    pub fn on(day: NaiveDate) -> Self {
        AsOf { day, known_by: day }
    }

    /// The first instant after the day: what happened before it has happened.
    pub fn end(self) -> NaiveDateTime {
        end_of(self.day)
    }

    /// The first instant of the day.
    pub fn start(self) -> NaiveDateTime {
        start_of(self.day)
    }

    /// Whether something known from this instant on was known by then.
    pub fn knows(self, known_at: NaiveDateTime) -> bool {
        known_at < end_of(self.known_by)
    }

    /// Whether something had happened by the end of the day.
    pub fn has_happened(self, at: NaiveDateTime) -> bool {
        at < self.end()
    }

    /// The evening before, with what was known then.
    pub fn yesterday(self) -> Self {
        let before = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap_or(day);
        AsOf {
            day: before(self.day),
            known_by: before(self.known_by),
        }
    }
}

/// The instant a day begins.
pub fn start_of(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

/// The instant a day has ended, which is 00:00 of the next.
pub fn end_of(day: NaiveDate) -> NaiveDateTime {
    match day.checked_add_days(Days::new(1)) {
        Some(next) => start_of(next),
        None => NaiveDateTime::MAX,
    }
}

/// Both ends of a day as a half-open interval.
pub fn day_interval(day: NaiveDate) -> (NaiveDateTime, NaiveDateTime) {
    (start_of(day), end_of(day))
}
