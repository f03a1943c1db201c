//! The log sorted and indexed once, for any number of traces.

use std::cmp::Ordering;
use std::ops::Range;

use chrono::NaiveDateTime;
use grid_model::{PersonId, VenueId};
use thiserror::Error;

use crate::ContactLog;
use crate::log::{Ids, Meeting, SettingNumber, Stay};
use crate::policy::{LogEnd, TracingPolicy};
use crate::time::{Span, instant};

/// A contact by its place in a network, in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactRow(pub(crate) u32);

/// A visit by its place in a network, in order of venue and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitRow(pub(crate) u32);

/// Why a row of the log was left out of the network. The rows beside it were taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum RefusedRow {
    /// A contact of a person with the same person.
    #[error(
        "contact {id:?} from {from}, person_b: it is the same person as person_a; name the two who met"
    )]
    MeetsOneself {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// Who.
        person: PersonId,
    },
    /// A contact that ends before it begins.
    #[error(
        "contact {id:?} from {from}, until: {until} is earlier; correct it, or leave it empty if it is not known"
    )]
    ContactEndsFirst {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// When it is said to have ended.
        until: NaiveDateTime,
    },
    /// A visit that ends before it begins.
    #[error(
        "visit {id:?} from {from}, until: {until} is earlier; correct it, or leave it empty if it is not known"
    )]
    VisitEndsFirst {
        /// The id of the record, empty where it has none.
        id: String,
        /// When it began.
        from: NaiveDateTime,
        /// When it is said to have ended.
        until: NaiveDateTime,
    },
}

/// Who met whom and who was where, sorted and indexed.
///
/// Building costs n log n in the rows, whatever their order, and takes a few words a row and a
/// word for each person number up to the greatest: people are numbered densely.
#[derive(Clone, Debug)]
pub struct ContactNetwork {
    meetings: Vec<Meeting>,
    meetings_of: Index,
    /// In order of venue, then of time.
    stays: Vec<Stay>,
    stays_of: Index,
    venue_starts: Vec<u32>,
    /// For each stay, what is known of the ends of it and of those before it at its venue.
    ends_so_far: Vec<EndsSoFar>,
    /// Pairs with a contact that was judged not close, in order.
    not_close: Vec<([PersonId; 2], u32)>,
    settings: Vec<Box<str>>,
    ids: Ids,
    end: LogEnd,
    refused: Vec<RefusedRow>,
}

/// The latest known end, and the latest beginning of a stay without one.
#[derive(Clone, Copy, Debug)]
struct EndsSoFar {
    known: i64,
    open_from: Option<i64>,
}

/// Row numbers by person, in the order of rows.
#[derive(Clone, Debug, Default)]
struct Index {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Index {
    /// From (person, row) in order of rows; a counting sort, linear.
    fn build(people: usize, entries: impl Iterator<Item = (PersonId, u32)> + Clone) -> Self {
        let mut starts = vec![0u32; people + 1];
        for (person, _) in entries.clone() {
            starts[person.index() + 1] += 1;
        }
        for index in 0..people {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; starts.last().map_or(0, |&end| end as usize)];
        for (person, row) in entries {
            let place = &mut next[person.index()];
            rows[*place as usize] = row;
            *place += 1;
        }
        Index { starts, rows }
    }

    fn of(&self, person: PersonId) -> &[u32] {
        let bounds = (
            self.starts.get(person.index()),
            self.starts.get(person.index() + 1),
        );
        match bounds {
            (Some(&start), Some(&end)) => &self.rows[start as usize..end as usize],
            _ => &[],
        }
    }
}

impl ContactNetwork {
    /// Sorts and indexes a log. Rows that cannot be are left out and named by [`Self::refused`].
    pub fn build(log: &ContactLog) -> Self {
        let ids = log.ids.clone();
        let (settings, ranks) = ranked_settings(log);
        let mut refused = Vec::new();
        let mut meetings = sound_meetings(log, &ranks, &mut refused);
        let mut stays = sound_stays(log, &mut refused);
        refused.sort_unstable();
        // The position of an id tells the order of arrival: its text decides instead.
        meetings.sort_unstable_by(|a, b| {
            let key = |m: &Meeting| (m.from, m.people, m.until, m.setting, m.protected, m.judged);
            key(a)
                .cmp(&key(b))
                .then_with(|| ids.get(a.id).cmp(ids.get(b.id)))
        });
        stays.sort_unstable_by(|a, b| {
            let key = |s: &Stay| (s.venue, s.from, s.person, s.until);
            key(a)
                .cmp(&key(b))
                .then_with(|| ids.get(a.id).cmp(ids.get(b.id)))
        });
        let people = people_in(&meetings, &stays);
        let rows = |meeting: (u32, &Meeting)| meeting.1.people.map(|person| (person, meeting.0));
        ContactNetwork {
            meetings_of: Index::build(people, (0u32..).zip(&meetings).flat_map(rows)),
            stays_of: Index::build(people, (0u32..).zip(&stays).map(|(row, s)| (s.person, row))),
            venue_starts: venue_starts(&stays),
            ends_so_far: ends_so_far(&stays),
            not_close: judged_not_close(&meetings),
            end: LogEnd {
                cut: log.end,
                last_seen: last_seen(&meetings, &stays),
            },
            meetings,
            stays,
            settings,
            ids,
            refused,
        }
    }

    /// The rows that were left out, with what to do about each.
    pub fn refused(&self) -> &[RefusedRow] {
        &self.refused
    }

    /// How many contacts were taken.
    pub fn contact_count(&self) -> usize {
        self.meetings.len()
    }

    /// How many visits were taken.
    pub fn visit_count(&self) -> usize {
        self.stays.len()
    }

    /// The id of a contact's record; empty where it has none.
    pub fn contact_id(&self, row: ContactRow) -> &str {
        self.meetings
            .get(row.0 as usize)
            .map_or("", |meeting| self.ids.get(meeting.id))
    }

    /// The id of a visit's record; empty where it has none.
    pub fn visit_id(&self, row: VisitRow) -> &str {
        self.stays
            .get(row.0 as usize)
            .map_or("", |stay| self.ids.get(stay.id))
    }

    /// The setting of a contact, where it is known.
    pub fn setting(&self, row: ContactRow) -> Option<&str> {
        self.setting_of(*self.meetings.get(row.0 as usize)?)
    }

    pub(crate) fn setting_of(&self, meeting: Meeting) -> Option<&str> {
        let setting = self.settings.get(meeting.setting? as usize)?;
        Some(setting)
    }

    pub(crate) fn end(&self) -> LogEnd {
        self.end
    }

    /// The contacts of a person in order of time.
    pub(crate) fn meetings_of(
        &self,
        person: PersonId,
    ) -> impl Iterator<Item = (ContactRow, Meeting)> {
        let rows = self.meetings_of.of(person).iter();
        rows.map(|&row| (ContactRow(row), self.meetings[row as usize]))
    }

    /// The visits of a person in order of venue and time.
    pub(crate) fn stays_of(&self, person: PersonId) -> impl Iterator<Item = (VisitRow, Stay)> {
        let rows = self.stays_of.of(person).iter();
        rows.map(|&row| (VisitRow(row), self.stays[row as usize]))
    }

    /// The order of two contacts by what they say, then by the ids of their records.
    pub(crate) fn contact_order(&self, a: ContactRow, b: ContactRow) -> Ordering {
        a.cmp(&b)
    }

    /// The order of two visits by what they say, then by the ids of their records.
    pub(crate) fn visit_order(&self, a: VisitRow, b: VisitRow) -> Ordering {
        a.cmp(&b)
    }

    /// How long a contact lasted.
    pub(crate) fn meeting_span(&self, meeting: Meeting, policy: &TracingPolicy) -> Span {
        let open = || policy.contact_without_end.of(meeting.from, self.end);
        Span {
            from: meeting.from,
            until: meeting.until.unwrap_or_else(open),
        }
    }

    /// How long a visit lasted.
    pub(crate) fn stay_span(&self, stay: Stay, policy: &TracingPolicy) -> Span {
        let open = || policy.visit_without_end.of(stay.from, self.end);
        Span {
            from: stay.from,
            until: stay.until.unwrap_or_else(open),
        }
    }

    /// The visits of a venue among which are all that touch one of some spans, each once; those
    /// that ended before, or began after, are passed over by bisection.
    ///
    /// The spans come in order of their beginning.
    pub(crate) fn stays_at(
        &self,
        venue: VenueId,
        spans: &[Span],
        policy: &TracingPolicy,
    ) -> impl Iterator<Item = (VisitRow, Stay)> {
        let bound = |index: usize| self.venue_starts.get(index).map_or(0, |&at| at as usize);
        let (start, end) = (bound(venue.index()), bound(venue.index() + 1));
        let here = start..end.max(start);
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(spans.len());
        for &span in spans {
            let ended_before = |ends: &EndsSoFar| {
                let open = ends
                    .open_from
                    .map(|from| policy.visit_without_end.of(from, self.end));
                // A visit of no length still touches the second it is in.
                ends.known.max(open.unwrap_or(i64::MIN)) < span.from
            };
            let first = start + self.ends_so_far[here.clone()].partition_point(ended_before);
            let begun = |stay: &Stay| stay.from < span.reach();
            let last = start + self.stays[here.clone()].partition_point(begun);
            match ranges.last_mut() {
                Some(before) if first <= before.end => before.end = before.end.max(last),
                _ => ranges.push(first..last.max(first)),
            }
        }
        let numbered = |row: usize| Some((VisitRow(u32::try_from(row).ok()?), self.stays[row]));
        ranges.into_iter().flatten().filter_map(numbered)
    }

    /// Whether a contact of the two, judged not close, covers part of a span.
    pub(crate) fn judged_not_close(
        &self,
        a: PersonId,
        b: PersonId,
        span: Span,
        policy: &TracingPolicy,
    ) -> bool {
        let pair = [a.min(b), a.max(b)];
        let first = self.not_close.partition_point(|&(other, _)| other < pair);
        self.not_close[first..]
            .iter()
            .take_while(|(other, _)| *other == pair)
            .any(|&(_, row)| {
                let judged = self.meeting_span(self.meetings[row as usize], policy);
                judged.shared(span).is_some()
            })
    }
}

/// The settings in order of their words, and the rank of each by its number in the log.
fn ranked_settings(log: &ContactLog) -> (Vec<Box<str>>, Vec<SettingNumber>) {
    let mut ranks = vec![0; log.settings.len()];
    for (rank, &number) in (0..).zip(log.settings.values()) {
        ranks[number as usize] = rank;
    }
    (log.settings.keys().cloned().collect(), ranks)
}

fn sound_meetings(
    log: &ContactLog,
    ranks: &[SettingNumber],
    refused: &mut Vec<RefusedRow>,
) -> Vec<Meeting> {
    let mut sound = Vec::with_capacity(log.meetings.len());
    for meeting in &log.meetings {
        let id = || log.ids.get(meeting.id).to_owned();
        let [a, b] = meeting.people;
        if a == b {
            refused.push(RefusedRow::MeetsOneself {
                id: id(),
                from: instant(meeting.from),
                person: a,
            });
        } else if let Some(until) = meeting.until.filter(|&until| until < meeting.from) {
            refused.push(RefusedRow::ContactEndsFirst {
                id: id(),
                from: instant(meeting.from),
                until: instant(until),
            });
        } else if log.end.is_none_or(|end| meeting.from < end) {
            sound.push(Meeting {
                until: meeting.until.map(|until| cut(until, log.end)),
                setting: meeting.setting.map(|number| ranks[number as usize]),
                ..*meeting
            });
        }
    }
    sound
}

fn sound_stays(log: &ContactLog, refused: &mut Vec<RefusedRow>) -> Vec<Stay> {
    let mut sound = Vec::with_capacity(log.stays.len());
    for stay in &log.stays {
        if let Some(until) = stay.until.filter(|&until| until < stay.from) {
            refused.push(RefusedRow::VisitEndsFirst {
                id: log.ids.get(stay.id).to_owned(),
                from: instant(stay.from),
                until: instant(until),
            });
        } else if log.end.is_none_or(|end| stay.from < end) {
            sound.push(Stay {
                until: stay.until.map(|until| cut(until, log.end)),
                ..*stay
            });
        }
    }
    sound
}

fn cut(until: i64, end: Option<i64>) -> i64 {
    end.map_or(until, |end| until.min(end))
}

fn people_in(meetings: &[Meeting], stays: &[Stay]) -> usize {
    let met = meetings.iter().flat_map(|meeting| meeting.people);
    let stayed = stays.iter().map(|stay| stay.person);
    met.chain(stayed)
        .map(|person| person.index() + 1)
        .max()
        .unwrap_or(0)
}

/// Where the visits of each venue begin, and after the last venue where they end.
fn venue_starts(stays: &[Stay]) -> Vec<u32> {
    let venues = stays.last().map_or(0, |last| last.venue.index() + 1);
    let mut starts = vec![0u32; venues + 1];
    for stay in stays {
        starts[stay.venue.index() + 1] += 1;
    }
    for venue in 0..venues {
        starts[venue + 1] += starts[venue];
    }
    starts
}

fn ends_so_far(stays: &[Stay]) -> Vec<EndsSoFar> {
    const NONE: EndsSoFar = EndsSoFar {
        known: i64::MIN,
        open_from: None,
    };
    let mut so_far = NONE;
    let mut venue = None;
    let mut all = Vec::with_capacity(stays.len());
    for stay in stays {
        if venue != Some(stay.venue) {
            (venue, so_far) = (Some(stay.venue), NONE);
        }
        match stay.until {
            Some(until) => so_far.known = so_far.known.max(until),
            None => so_far.open_from = so_far.open_from.max(Some(stay.from)),
        }
        all.push(so_far);
    }
    all
}

fn judged_not_close(meetings: &[Meeting]) -> Vec<([PersonId; 2], u32)> {
    let mut pairs: Vec<_> = (0u32..)
        .zip(meetings)
        .filter(|(_, meeting)| meeting.judged == Some(crate::Judgement::NotClose))
        .map(|(row, meeting)| (meeting.people, row))
        .collect();
    pairs.sort_unstable();
    pairs
}

fn last_seen(meetings: &[Meeting], stays: &[Stay]) -> i64 {
    let met = meetings.iter().map(|m| m.until.unwrap_or(m.from));
    let stayed = stays.iter().map(|s| s.until.unwrap_or(s.from));
    met.chain(stayed).max().unwrap_or(0)
}
