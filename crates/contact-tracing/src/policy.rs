//! What counts as an exposure: decided by people, dated, and never guessed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TracingPolicy {
    /// From when on a case exposes others. Exposure always ends at its isolation.
    pub window: ContactWindow,
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
    /// know no latent delay is the protocol's own.
    pub fn tengchong_2020(window: ContactWindow) -> Self {
        TracingPolicy {
            window,
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
