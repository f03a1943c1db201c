//! What counts as an exposure: decided by people, dated, and never guessed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::time::{DAY, MINUTE, Span};

/// How many days before its onset a case exposes others, by the rule book of the day.
///
/// The boundary day counts. National protocol of China: 0 through edition 4, 2 from
/// 21 February 2020 (edition 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactWindow {
    /// Days before the onset of symptoms.
    pub before_onset_days: u32,
    /// Days before the sample of a case without symptoms. Where the book gives none, such a case
    /// is not traced, and the trace says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_sampling_days: Option<u32>,
}

/// How long something lasted whose end nobody wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OpenEnd {
    /// So many minutes.
    Minutes(u32),
    /// Until the end of the day on which it began.
    EndOfDay,
    /// Until the end of the log: it still goes on.
    Ongoing,
}

impl OpenEnd {
    /// The end of what began at an instant; never before it, and no later than the log's end.
    pub(crate) fn of(self, from: i64, log_end: LogEnd) -> i64 {
        let until = match self {
            OpenEnd::Minutes(minutes) => from.saturating_add(i64::from(minutes) * MINUTE),
            OpenEnd::EndOfDay => (from.div_euclid(DAY) + 1).saturating_mul(DAY),
            OpenEnd::Ongoing => log_end.end(),
        };
        until.min(log_end.cut.unwrap_or(i64::MAX)).max(from)
    }
}

/// Days of a year, the leap day among them.
const YEAR: u32 = 366;
/// Minutes of a day.
const ONE_DAY: u32 = 24 * 60;
/// Minutes of 31 days.
const MONTH: u32 = 31 * ONE_DAY;

/// What is absurd in a policy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyFault {
    /// A trace of no generations reaches nobody.
    #[error("generations: 0 reaches nobody; write 1 for close contacts, 2 for theirs too")]
    NoGenerations,
    /// More days or minutes than make sense.
    #[error("{field}: {value} is more than {greatest}; write a number up to that")]
    TooGreat {
        /// The field, or the setting in `least_minutes`.
        field: String,
        /// Its value.
        value: u32,
        /// The greatest it may be.
        greatest: u32,
    },
    /// A list of settings without any.
    #[error(
        "settings: the list is empty, so that no contact in a known setting counts; leave it out if all count"
    )]
    NoSettings,
    /// A least length for a setting that does not count.
    #[error(
        "least_minutes.{setting}: the setting is not among `settings`, so it never counts; list it or take this out"
    )]
    SettingNotListed {
        /// The setting.
        setting: String,
    },
}

/// Where a log ends: by decision, or with the last instant anything was seen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LogEnd {
    pub(crate) cut: Option<i64>,
    /// Nothing where nothing was seen.
    pub(crate) last_seen: Option<i64>,
}

impl LogEnd {
    /// The instant; the beginning of 1970 of a log without an end in which nothing was seen.
    pub(crate) fn end(self) -> i64 {
        self.cut.or(self.last_seen).unwrap_or(0)
    }
}

/// What counts as an exposure, and how far a trace goes.
///
/// As it comes out of a file it may be absurd: ask [`TracingPolicy::faults`] before it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TracingPolicy {
    /// From when on a case exposes others. Exposure always ends at its isolation.
    pub window: ContactWindow,
    /// How many days after its onset a case exposes others that is not isolated before, the last
    /// of them whole; from the sample where the onset is not known. Where none are given, or
    /// neither is known, a case exposes others until it is isolated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub infectious_days: Option<u32>,
    /// How many days back a case may have been infected itself; also how far back one looks for
    /// the contacts of a case of whom neither onset nor sample is known.
    pub look_back_days: u32,
    /// How many days after its first exposure a contact is taken to pass something on. None for
    /// secondary contacts under China's protocol, or the household is lost.
    pub latent_days: u32,
    /// How far to go: 1 close contacts, 2 their contacts too.
    pub generations: u8,
    /// Whether a contact under effective protection counts.
    pub protected_counts: bool,
    /// The shortest time together at a venue that counts, in minutes.
    pub least_venue_minutes: u32,
    /// How long a venue stays infectious after a source has left it, in minutes.
    pub lingering_minutes: u32,
    /// How long a contact lasted whose end is not known.
    pub contact_without_end: OpenEnd,
    /// How long a visit lasted whose end is not known.
    pub visit_without_end: OpenEnd,
    /// The settings that count; where there is no list, all do. A contact whose setting is not
    /// known counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<BTreeSet<String>>,
    /// The shortest contact that counts, in minutes, by setting; 0 for a setting not named.
    #[serde(default)]
    pub least_minutes: BTreeMap<String, u32>,
}

impl TracingPolicy {
    /// Tracing as in Tengchong in early 2020, with the window of the rule book of the day.
    ///
    /// Conventions: 14 days back, the longest incubation assumed by edition 2 of the national
    /// protocol; no least duration, since no edition of that spring gave one; nothing lingers;
    /// without an end, a contact or visit lasted to the end of its day. That secondary contacts
    /// know no latent delay, and that exposure ends with isolation alone, is the protocol's own.
    pub fn tengchong_2020(window: ContactWindow) -> Self {
        TracingPolicy {
            window,
            infectious_days: None,
            look_back_days: 14,
            latent_days: 0,
            generations: 2,
            protected_counts: false,
            least_venue_minutes: 0,
            lingering_minutes: 0,
            contact_without_end: OpenEnd::EndOfDay,
            visit_without_end: OpenEnd::EndOfDay,
            settings: None,
            least_minutes: BTreeMap::new(),
        }
    }

    /// What is absurd in a policy, every fault of it; none in one that can be used.
    ///
    /// The greatest values are conventions: 366 days, 44,640 minutes (31 days) for what has no
    /// end, and 1,440 minutes (a day) for how long one must be together and how long a venue
    /// stays infectious. A trace by an absurd policy is still an answer, to the question asked.
    pub fn faults(&self) -> Vec<PolicyFault> {
        let mut faults = Vec::new();
        if self.generations == 0 {
            faults.push(PolicyFault::NoGenerations);
        }
        for (field, value, greatest) in self.values() {
            if value > greatest {
                let field = field.to_owned();
                faults.push(PolicyFault::TooGreat {
                    field,
                    value,
                    greatest,
                });
            }
        }
        if let Some(listed) = &self.settings {
            if listed.is_empty() {
                faults.push(PolicyFault::NoSettings);
            }
            let named = self.least_minutes.keys();
            let unlisted = named.filter(|setting| !listed.contains(*setting));
            faults.extend(unlisted.map(|setting| PolicyFault::SettingNotListed {
                setting: setting.clone(),
            }));
        }
        faults
    }

    /// Every number by its field, with the greatest that makes sense.
    fn values(&self) -> Vec<(&str, u32, u32)> {
        let open = |end| match end {
            OpenEnd::Minutes(minutes) => minutes,
            OpenEnd::EndOfDay | OpenEnd::Ongoing => 0,
        };
        let window = self.window;
        let mut values = vec![
            ("window.before_onset_days", window.before_onset_days, YEAR),
            (
                "window.before_sampling_days",
                window.before_sampling_days.unwrap_or(0),
                YEAR,
            ),
            ("infectious_days", self.infectious_days.unwrap_or(0), YEAR),
            ("look_back_days", self.look_back_days, YEAR),
            ("latent_days", self.latent_days, YEAR),
            ("least_venue_minutes", self.least_venue_minutes, ONE_DAY),
            ("lingering_minutes", self.lingering_minutes, ONE_DAY),
            (
                "contact_without_end.minutes",
                open(self.contact_without_end),
                MONTH,
            ),
            (
                "visit_without_end.minutes",
                open(self.visit_without_end),
                MONTH,
            ),
        ];
        let least = self.least_minutes.iter();
        values.extend(least.map(|(setting, minutes)| (setting.as_str(), *minutes, ONE_DAY)));
        values
    }

    /// Whether contacts in a setting count.
    pub(crate) fn lists(&self, setting: Option<&str>) -> bool {
        match (&self.settings, setting) {
            (Some(listed), Some(setting)) => listed.contains(setting),
            _ => true,
        }
    }

    /// The shortest contact that counts in a setting.
    pub(crate) fn least_minutes_in(&self, setting: Option<&str>) -> u32 {
        setting
            .and_then(|setting| self.least_minutes.get(setting))
            .copied()
            .unwrap_or(0)
    }

    /// A stay of a source, with the time it lingers.
    pub(crate) fn lingering(&self, span: Span) -> Span {
        let lingering = i64::from(self.lingering_minutes) * MINUTE;
        Span {
            from: span.from,
            until: span.until.saturating_add(lingering),
        }
    }
}
