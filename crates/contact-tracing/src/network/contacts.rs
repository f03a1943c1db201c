//! The contacts of a network: columns in order, and what was added since.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use grid_model::PersonId;
use rustc_hash::FxHashMap;

use super::column::{Column, Index};
use super::names::{Names, sorted_and_named};
use super::refused::RefusedRow;
use crate::log::{Kind, Meeting};
use crate::time::{Span, instant};
use crate::{ContactLog, Judgement};

/// Stands for the length of a contact or visit whose end is not known.
pub(super) const OPEN: i64 = -1;

/// Contacts in order of time, people, end, setting, protection, judgement and id.
#[derive(Clone, Debug)]
pub(crate) struct Contacts {
    from: Column,
    /// Seconds, or [`OPEN`].
    lasted: Column,
    people: Vec<[PersonId; 2]>,
    kinds: Vec<Kind>,
    of: Index,
    /// Pairs with a contact that was judged not close, in order.
    not_close: Vec<([PersonId; 2], u32)>,
    pub(super) names: Names,
    /// In order of the words, then those added.
    settings: Vec<Box<str>>,
    added_settings: BTreeMap<Box<str>, u32>,
    added: Vec<Meeting>,
    /// Asked by person, never gone through.
    added_of: FxHashMap<PersonId, Vec<u32>>,
}

impl Contacts {
    /// Sorts the sound contacts of a log; the others are named.
    pub(super) fn build(log: &ContactLog, refused: &mut Vec<RefusedRow>) -> Self {
        let (settings, ranks) = ranked_settings(log);
        let ranked = |meeting: Meeting| Meeting {
            kind: meeting.kind.in_setting(
                meeting
                    .kind
                    .setting()
                    .and_then(|number| ranks.get(number as usize).copied()),
            ),
            ..meeting
        };
        let mut sound: Vec<(Meeting, u32)> = Vec::with_capacity(log.meetings.len());
        for (row, &meeting) in (0u32..).zip(&log.meetings) {
            match sound_meeting(meeting, log.end, log.meeting_ids.get(row as usize)) {
                Ok(meeting) => sound.push((ranked(meeting), row)),
                Err(why) => refused.push(why),
            }
        }
        let id_of = |row: u32| log.meeting_ids.get(row as usize);
        let (names, again) = sorted_and_named(&mut sound, id_of);
        refused.extend(again.into_iter().map(|(meeting, row)| {
            let (id, from) = (id_of(row).to_owned(), instant(meeting.from));
            RefusedRow::ContactIdTwice { id, from }
        }));
        Self::of(&sound, names, settings)
    }

    fn of(sound: &[(Meeting, u32)], names: Names, settings: Vec<Box<str>>) -> Self {
        let meetings = || sound.iter().map(|(meeting, _)| *meeting);
        let lasted = |meeting: Meeting| {
            let until = meeting
                .until
                .map(|until| until.saturating_sub(meeting.from));
            until.unwrap_or(OPEN)
        };
        let people_in =
            |(row, meeting): (u32, Meeting)| meeting.people.map(|person| (person.index(), row));
        let judged = (0u32..).zip(meetings());
        let judged =
            judged.filter(|(_, meeting)| meeting.kind.judged() == Some(Judgement::NotClose));
        let mut not_close: Vec<_> = judged.map(|(row, one)| (one.people, row)).collect();
        not_close.sort_unstable();
        Contacts {
            from: Column::of(meetings().map(|meeting| meeting.from)),
            lasted: Column::of(meetings().map(lasted)),
            people: meetings().map(|meeting| meeting.people).collect(),
            kinds: meetings().map(|meeting| meeting.kind).collect(),
            of: Index::of((0u32..).zip(meetings()).flat_map(people_in)),
            not_close,
            names,
            settings,
            added_settings: BTreeMap::new(),
            added: Vec::new(),
            added_of: FxHashMap::default(),
        }
    }

    /// A contact by its row.
    pub(crate) fn get(&self, row: u32) -> Option<Meeting> {
        if let Some(added) = row.checked_sub(self.names.built()) {
            return self.added.get(added as usize).copied();
        }
        let index = row as usize;
        let (from, lasted) = (self.from.get(index)?, self.lasted.get(index)?);
        Some(Meeting {
            from,
            people: *self.people.get(index)?,
            until: (lasted != OPEN).then(|| from.saturating_add(lasted)),
            kind: *self.kinds.get(index)?,
        })
    }

    /// The contacts of a person that hold.
    pub(crate) fn of_person(&self, person: PersonId) -> impl Iterator<Item = (u32, Meeting)> {
        let added = self.added_of.get(&person).map_or(&[][..], Vec::as_slice);
        let rows = self.of.of_key(person.index()).iter().chain(added);
        rows.filter(|&&row| self.names.holds(row))
            .filter_map(|&row| Some((row, self.get(row)?)))
    }

    /// Every contact that holds, by row.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, Meeting)> {
        let holding = (0..self.names.rows()).filter(|&row| self.names.holds(row));
        holding.filter_map(|row| Some((row, self.get(row)?)))
    }

    /// The words of a setting.
    pub(crate) fn setting(&self, meeting: Meeting) -> Option<&str> {
        let setting = self.settings.get(meeting.kind.setting()? as usize)?;
        Some(setting)
    }

    /// The order of two contacts by what they say, then by their ids.
    pub(crate) fn order(&self, a: u32, b: u32) -> Ordering {
        let built = self.names.built();
        if a < built && b < built {
            // So the rows were sorted.
            return a.cmp(&b);
        }
        let key = |row: u32| {
            let meeting = self.get(row)?;
            let kind = (meeting.kind.protected(), meeting.kind.judged());
            let when = (meeting.from, meeting.people, meeting.until);
            Some((when, self.setting(meeting), kind))
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| self.names.id(a).cmp(self.names.id(b)))
    }

    /// The contacts of a pair that were judged not close.
    pub(crate) fn judged_not_close(&self, pair: [PersonId; 2]) -> impl Iterator<Item = Meeting> {
        let first = self.not_close.partition_point(|&(other, _)| other < pair);
        let rows = self.not_close.get(first..).unwrap_or(&[]).iter();
        rows.take_while(move |(other, _)| *other == pair)
            .filter(|&&(_, row)| self.names.holds(row))
            .filter_map(|&(_, row)| self.get(row))
    }

    /// Adds a sound contact under an id that none has.
    pub(super) fn add(&mut self, id: &str, meeting: Meeting, setting: Option<&str>) {
        let setting = setting.and_then(|words| self.number_of(words));
        let meeting = Meeting {
            kind: meeting.kind.in_setting(setting),
            ..meeting
        };
        let row = self.names.add(id);
        self.added.push(meeting);
        for person in meeting.people {
            self.added_of.entry(person).or_default().push(row);
        }
        if meeting.kind.judged() == Some(Judgement::NotClose) {
            let entry = (meeting.people, row);
            let place = self.not_close.partition_point(|other| *other < entry);
            self.not_close.insert(place, entry);
        }
    }

    fn number_of(&mut self, words: &str) -> Option<u32> {
        let built = self.settings.len() - self.added_settings.len();
        let sorted = self.settings.get(..built)?;
        if let Ok(rank) = sorted.binary_search_by(|own| (**own).cmp(words)) {
            return u32::try_from(rank).ok();
        }
        if let Some(&number) = self.added_settings.get(words) {
            return Some(number);
        }
        let number = u32::try_from(self.settings.len()).ok()?;
        self.settings.push(words.into());
        self.added_settings.insert(words.into(), number);
        Some(number)
    }
}

/// The settings in order of their words, and the rank of each by its number in the log.
fn ranked_settings(log: &ContactLog) -> (Vec<Box<str>>, Vec<u32>) {
    let mut ranks = vec![0; log.settings.len()];
    for (rank, &number) in (0u32..).zip(log.settings.values()) {
        if let Some(place) = ranks.get_mut(number as usize) {
            *place = rank;
        }
    }
    (log.settings.keys().cloned().collect(), ranks)
}

/// A contact cut off at the end of its log, or why there is none.
pub(super) fn sound_meeting(
    meeting: Meeting,
    end: Option<i64>,
    id: &str,
) -> Result<Meeting, RefusedRow> {
    let (id, from) = (|| id.to_owned(), instant(meeting.from));
    let [person, other] = meeting.people;
    if person == other {
        let id = id();
        return Err(RefusedRow::MeetsOneself { id, from, person });
    }
    if let Some(until) = meeting.until.filter(|&until| until < meeting.from) {
        let (id, until) = (id(), instant(until));
        return Err(RefusedRow::ContactEndsFirst { id, from, until });
    }
    match end {
        Some(end) if meeting.from >= end => {
            let (id, end) = (id(), instant(end));
            Err(RefusedRow::ContactAfterEnd { id, from, end })
        }
        _ => Ok(Meeting {
            until: meeting.until.map(|until| cut(until, end)),
            ..meeting
        }),
    }
}

pub(super) fn cut(until: i64, end: Option<i64>) -> i64 {
    end.map_or(until, |end| until.min(end))
}

impl Meeting {
    /// The last that is known of it.
    pub(super) fn last_seen(&self) -> i64 {
        self.until.unwrap_or(self.from)
    }

    /// Its time, where its end is known or was taken to be.
    pub(crate) fn span(&self, open_until: impl FnOnce() -> i64) -> Span {
        Span {
            from: self.from,
            until: self.until.unwrap_or_else(open_until),
        }
    }
}
