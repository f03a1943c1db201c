//! A situation report from any line list: who, when, where, how many died, and
//! what is not known.
//!
//! ```
//! use chrono::NaiveDate;
//! use reporting::Period;
//! use reporting::situation::{Situation, SituationCase};
//!
//! let case = SituationCase {
//!     onset: NaiveDate::from_ymd_opt(2020, 2, 14),
//!     class: Some("confirmed"),
//!     place: None,
//!     died: None,
//! };
//! // Two rows were read, one of them was refused.
//! let situation = Situation::from_cases([case], 2, 1, Period::Week)?;
//! assert_eq!(
//!     situation.to_json(),
//!     r#"{"read":2,"accepted":1,"rejected":1,"missing_onset":0,"by_class":{"confirmed":1},"by_place":{"unknown":1},"epi_curve":{"2020-02-10":1}}"#
//! );
//! # Ok::<(), reporting::situation::SituationError>(())
//! ```

mod fatality;
mod report;
mod said;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value};

pub use fatality::Fatality;

use crate::Period;

/// What a blank class or place counts as.
pub const UNKNOWN: &str = "unknown";

/// One accepted case of a line list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SituationCase<'a> {
    /// The day of onset, where it is known.
    pub onset: Option<NaiveDate>,
    /// Confirmed, suspected and so on, as the line list has it.
    pub class: Option<&'a str>,
    /// The place, as the line list has it.
    pub place: Option<&'a str>,
    /// Whether the case died; `None` where the outcome is not known.
    pub died: Option<bool>,
}

/// Why cases make no situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SituationError {
    /// Rows were lost or counted twice on the way here.
    #[error(
        "{read} rows were read, but {accepted} accepted and {rejected} refused ones are given; give every accepted row once"
    )]
    DoesNotReconcile {
        /// Rows read.
        read: u64,
        /// Rows given as cases.
        accepted: u64,
        /// Rows refused.
        rejected: u64,
    },
}

/// Cases counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    cases: u64,
    deaths: u64,
    known_outcomes: u64,
}

impl Tally {
    const fn add(&mut self, died: Option<bool>) {
        self.cases += 1;
        if let Some(died) = died {
            self.known_outcomes += 1;
            self.deaths += died as u64;
        }
    }
}

/// The counts of a situation report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    read: u64,
    rejected: u64,
    missing_onset: u64,
    period: Period,
    all: Tally,
    by_class: BTreeMap<String, Tally>,
    by_place: BTreeMap<String, Tally>,
    /// By first day of the period, then by class.
    curve: BTreeMap<NaiveDate, BTreeMap<String, u64>>,
    onsets: Option<(NaiveDate, NaiveDate)>,
}

impl Situation {
    /// Counts cases; the order they come in changes nothing.
    ///
    /// # Errors
    ///
    /// Where accepted and refused rows do not add up to the rows read.
    pub fn from_cases<'a>(
        cases: impl IntoIterator<Item = SituationCase<'a>>,
        read: u64,
        rejected: u64,
        period: Period,
    ) -> Result<Self, SituationError> {
        let mut situation = Self {
            read,
            rejected,
            missing_onset: 0,
            period,
            all: Tally::default(),
            by_class: BTreeMap::new(),
            by_place: BTreeMap::new(),
            curve: BTreeMap::new(),
            onsets: None,
        };
        for case in cases {
            situation.add(&case);
        }
        let accepted = situation.accepted();
        if accepted.checked_add(rejected) != Some(read) {
            return Err(SituationError::DoesNotReconcile {
                read,
                accepted,
                rejected,
            });
        }
        Ok(situation)
    }

    fn add(&mut self, case: &SituationCase<'_>) {
        let class = named(case.class);
        self.all.add(case.died);
        tally(&mut self.by_class, class).add(case.died);
        tally(&mut self.by_place, named(case.place)).add(case.died);
        let Some(onset) = case.onset else {
            self.missing_onset += 1;
            return;
        };
        let classes = self.curve.entry(self.period.first_day(onset)).or_default();
        *classes.entry(class.to_owned()).or_default() += 1;
        let (first, last) = self.onsets.unwrap_or((onset, onset));
        self.onsets = Some((first.min(onset), last.max(onset)));
    }

    /// Rows read.
    #[must_use]
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// Rows accepted as cases.
    #[must_use]
    pub const fn accepted(&self) -> u64 {
        self.all.cases
    }

    /// Rows refused.
    #[must_use]
    pub const fn rejected(&self) -> u64 {
        self.rejected
    }

    /// Accepted cases without a day of onset.
    #[must_use]
    pub const fn missing_onset(&self) -> u64 {
        self.missing_onset
    }

    /// Deaths among the cases of known outcome.
    #[must_use]
    pub const fn deaths(&self) -> u64 {
        self.all.deaths
    }

    /// Cases whose outcome is known.
    #[must_use]
    pub const fn known_outcomes(&self) -> u64 {
        self.all.known_outcomes
    }

    /// Accepted cases by class.
    #[must_use]
    pub fn by_class(&self) -> BTreeMap<&str, u64> {
        let counts = self.by_class.iter();
        counts
            .map(|(class, tally)| (class.as_str(), tally.cases))
            .collect()
    }

    /// Accepted cases by place.
    #[must_use]
    pub fn by_place(&self) -> BTreeMap<&str, u64> {
        let counts = self.by_place.iter();
        counts
            .map(|(place, tally)| (place.as_str(), tally.cases))
            .collect()
    }

    /// Cases with an onset by the first day of its period; periods without a
    /// case are left out.
    #[must_use]
    pub fn epi_curve(&self) -> BTreeMap<NaiveDate, u64> {
        let periods = self.curve.iter();
        periods
            .map(|(day, classes)| (*day, classes.values().sum()))
            .collect()
    }

    /// Deaths of known outcomes with their share and its interval; `None`
    /// where no outcome is known.
    #[must_use]
    pub fn case_fatality(&self) -> Option<Fatality> {
        Fatality::of(self.all.deaths, self.all.known_outcomes)
    }

    /// The counts as one line of JSON, the keys in a fixed order.
    #[must_use]
    pub fn to_json(&self) -> String {
        let counts = |counts: BTreeMap<&str, u64>| -> Value {
            let pairs = counts.into_iter();
            Value::Object(pairs.map(|(key, n)| (key.to_owned(), n.into())).collect())
        };
        let curve: Map<String, Value> = self
            .epi_curve()
            .into_iter()
            .map(|(day, n)| (day.to_string(), n.into()))
            .collect();
        let mut json = Map::new();
        for (key, value) in [
            ("read", self.read.into()),
            ("accepted", self.accepted().into()),
            ("rejected", self.rejected.into()),
            ("missing_onset", self.missing_onset.into()),
            ("by_class", counts(self.by_class())),
            ("by_place", counts(self.by_place())),
            ("epi_curve", Value::Object(curve)),
        ] {
            json.insert(key.to_owned(), value);
        }
        Value::Object(json).to_string()
    }
}

/// A class or place without the blanks round it; unknown where nothing stays.
fn named(given: Option<&str>) -> &str {
    match given.map(str::trim) {
        None | Some("") => UNKNOWN,
        Some(name) => name,
    }
}

/// The tally of a name, a new one where it is met first.
fn tally<'a>(tallies: &'a mut BTreeMap<String, Tally>, name: &str) -> &'a mut Tally {
    tallies.entry(name.to_owned()).or_default()
}
