//! 结对子: readings by helper, readings missing, who is unpaired, needs, the vulnerable.

use std::collections::BTreeMap;

use follow_up::{Reading, ReadingState, open_needs};
use grid_model::{PersonId, Snapshot};
use reporting::{Cell, ColumnKind, List};

use super::{
    AREA, Heading, PERSON, REASON, Writer, date, instant, joined, list, listed, none, noted,
    number, pairings, plain, word, words,
};
use crate::Records;
use crate::steps::WatchDay;

impl WatchDay {
    /// Everyone under observation at home at the end of the day, each with the helper who stands
    /// or is proposed, or why there is none, and the day's readings.
    ///
    /// It carries ids in full and is for those who must act, never for the public.
    pub fn pairings(&self, town: &Snapshot<'_>, records: &Records) -> List {
        pairings::everyone(&Writer::new(town, records, self))
    }

    /// What the staff's day lists of watching: the same as in [`Day::lists`](crate::Day::lists).
    pub fn lists(&self, town: &Snapshot<'_>, records: &Records) -> Vec<List> {
        let to = Writer::new(town, records, self);
        vec![
            readings_today(&to),
            readings_missing(&to),
            pairings::proposed(&to),
            pairings::ended(&to),
            pairings::unpaired(&to),
            pairings::helpers_refused(&to),
            lost(&to),
            needs(&to),
        ]
    }
}

pub(super) type To<'a> = Writer<'a, WatchDay>;

/// The day's readings by helper.
fn readings_today(to: &To<'_>) -> List {
    let title = ("今日测温（按帮扶人）", "Readings today, by helper");
    let list = list("readings_today", title.0, title.1, &READINGS);
    readings(list, to, |_| true)
}

/// Of these those missed, with the grid lead they go to.
fn readings_missing(to: &To<'_>) -> List {
    let list = list("readings_missing", "漏测", "Readings missing", &READINGS);
    let list = noted(
        list,
        "当日转网格长处理。",
        "Each goes to the grid lead the same day.",
    );
    readings(list, to, |reading| {
        matches!(reading.state, ReadingState::Missed(_))
    })
}

const READINGS: [Heading; 8] = [
    ("helper", "帮扶人", "Helper", ColumnKind::Text),
    PERSON,
    AREA,
    ("session", "时段", "Session", ColumnKind::Text),
    ("state", "情况", "State", ColumnKind::Text),
    ("at", "时间", "When", ColumnKind::Instant),
    (
        "temperature_tenths",
        "体温（0.1℃）",
        "Temperature, tenths of °C",
        ColumnKind::Count,
    ),
    ("grid_lead", "网格长", "Grid lead", ColumnKind::Text),
];

fn readings(mut list: List, to: &To<'_>, wanted: fn(&Reading) -> bool) -> List {
    let readings = to.day.schedule.readings.iter();
    let mut readings: Vec<&Reading> = readings.filter(|reading| wanted(reading)).collect();
    readings.sort_by_key(|reading| (reading.helper, reading.person, reading.session));
    let rows = readings.into_iter().map(|reading| reading_row(to, reading));
    list.rows = rows.collect();
    list
}

fn reading_row(to: &To<'_>, reading: &Reading) -> Vec<Cell> {
    let (state, at, temperature) = match reading.state {
        ReadingState::Done {
            at,
            temperature_tenths,
        } => (words("已测", "done"), Some(at), temperature_tenths),
        ReadingState::Missed(Some(outcome)) => (word(outcome.word()), None, None),
        ReadingState::Missed(None) => (words("无记录", "nothing recorded"), None, None),
    };
    vec![
        reading.helper.map_or_else(none, |helper| to.person(helper)),
        to.person(reading.person),
        to.home(reading.person),
        word(reading.session.word()),
        state,
        instant(at),
        temperature.map_or(Cell::Unknown, number),
        to.maybe_person(reading.grid_lead),
    ]
}

fn lost(to: &To<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("last_seen", "最后见到", "Last seen", ColumnKind::Instant),
        ("searched_on", "查找日期", "Searched on", ColumnKind::Text),
        ("grid_lead", "网格长", "Grid lead", ColumnKind::Text),
    ];
    let mut list = list("lost_to_follow_up", "失访", "Lost to follow-up", &headings);
    list.rows = to
        .day
        .schedule
        .lost
        .iter()
        .map(|lost| {
            vec![
                to.person(lost.person),
                to.home(lost.person),
                instant(lost.last_seen),
                plain(joined(lost.searched_on.iter().map(ToString::to_string))),
                to.maybe_person(lost.grid_lead),
            ]
        })
        .collect();
    list
}

fn needs(to: &To<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("kind", "需求", "Need", ColumnKind::Text),
        ("raised_at", "提出", "Raised", ColumnKind::Instant),
        ("open_days", "已过天数", "Days open", ColumnKind::Count),
    ];
    let mut list = list("needs_open", "待办需求", "Needs open", &headings);
    list.rows = open_needs(&to.records.needs, to.town.as_of)
        .into_iter()
        .map(|need| {
            vec![
                to.person(need.person),
                to.home(need.person),
                word(need.kind),
                Cell::Instant(need.raised_at),
                number(need.open_days),
            ]
        })
        .collect();
    list
}

/// Who needs a look today: noted conditions, and old people who live alone.
pub(super) fn vulnerable(to: &Writer<'_>) -> List {
    let headings = [
        super::HOUSEHOLD,
        PERSON,
        AREA,
        REASON,
        (
            "household_under_measure",
            "家中有人隔离至",
            "Someone of the household is under measure until",
            ColumnKind::Date,
        ),
    ];
    let mut list = list(
        "vulnerable_households",
        "重点户",
        "Vulnerable households",
        &headings,
    );
    let town = to.town;
    let mut sizes = vec![0_u32; town.household_numbers()];
    for (_, person) in town.people().filter(|(_, person)| person.is_here()) {
        if let Some(home) = person.household {
            sizes[home.index()] += 1;
        }
    }
    let mut held: BTreeMap<_, Option<chrono::NaiveDate>> = BTreeMap::new();
    for order in to
        .day
        .quarantine
        .orders
        .periods()
        .iter()
        .filter(|order| order.held_on(to.day.as_of.day))
    {
        if let Some(home) = town.household_of(order.person) {
            held.insert(home, order.until);
        }
    }
    let reason = |person: PersonId, one: &grid_model::Person| {
        let noted = one
            .conditions
            .iter()
            .filter(|noted| !COMMON.contains(&&***noted));
        let mut reasons: Vec<&str> = noted.map(|noted| &**noted).collect();
        let age = town.age(person);
        let home = one.household;
        if age.is_some_and(|age| age >= OLD_AGE)
            && home.is_some_and(|home| sizes[home.index()] == 1)
            && !one.has_condition("elderly_alone")
        {
            reasons.push("elderly_alone");
        }
        if age.is_some_and(|age| age < GROWN_UP)
            && home.is_some_and(|home| held.contains_key(&home))
        {
            reasons.push("child_in_a_household_under_measure");
        }
        (!reasons.is_empty()).then(|| listed(reasons))
    };
    for (person, one) in town.people().filter(|(_, one)| one.is_here()) {
        if let Some(reason) = reason(person, one) {
            let home = one.household;
            list.rows.push(vec![
                home.map_or(Cell::Unknown, |home| to.household(home)),
                to.person(person),
                to.home(person),
                reason,
                date(home.and_then(|home| held.get(&home).copied().flatten())),
            ]);
        }
    }
    list
}

/// What too many have for anyone to look in on each of them daily.
const COMMON: [&str; 3] = ["chronic", "infant", "poor"];

/// From this age a person who lives alone is looked after: convention, 老年人权益保障法 art. 2 (60).
const OLD_AGE: i32 = 60;

/// Under this age a child whose guardian is under measure is looked after.
const GROWN_UP: i32 = 18;
