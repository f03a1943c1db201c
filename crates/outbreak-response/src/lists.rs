//! The lists someone must act on: the morning's, the evening's, and what stands behind them.

mod basket;
mod chains;
pub(crate) mod dictionary;
mod gate;
mod grid;
mod nail;
mod order_records;
mod outbreak;
mod pairings;
mod quarantine;
mod sellers;
mod watch;
mod way_out;

use std::fmt::Display;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AreaId, HouseholdId, PersonId, Snapshot, Township};
use reporting::{Cell, Column, ColumnKind, List, Text};

use crate::charts::area_name;
use crate::{Day, Records};

use dictionary::{text, word};
pub(crate) use nail::corrections;

impl Day {
    /// Every list of the staff's day, in the order of the day. They carry ids in full and are for
    /// those who must act, never for the public.
    pub fn lists(&self, township: &Township, records: &Records) -> Vec<List> {
        let town = township.at(self.as_of);
        let to = Writer::new(&town, records, self);
        let mut lists = Vec::new();
        lists.extend(quarantine::lists(&to));
        lists.extend(gate::lists(&to));
        lists.extend(order_records::lists(&to));
        lists.extend(outbreak::lists(&to));
        lists.extend(chains::lists(&to));
        lists.extend(grid::lists(&to));
        lists.extend(basket::lists(&to));
        lists.extend(sellers::lists(&to));
        lists.extend(self.watch.lists(&town, records));
        lists.push(watch::vulnerable(&to));
        lists.extend(self.way_out.lists(&town, records));
        lists.extend(self.nail.lists(&town, records));
        lists.push(nail::city_figures(self));
        lists.push(corrections(self));
        lists
    }
}

/// The chapter of the bulletin a list stands in.
pub(crate) fn chapter_of(list: &str) -> &'static str {
    match list {
        "missed_households" | "communities_reported" | "duties_short" | "gatherings" => "grid",
        "supply_rounds"
        | "supply_shortfalls"
        | "supply_bottlenecks"
        | "supply_balance"
        | "orders_lapsed"
        | "purchasers_replaced"
        | "sellers_ranked"
        | "prices_too_few"
        | "seller_quality"
        | "price_alerts"
        | "complaints"
        | "villages_without_purchaser" => "basket",
        "readings_today"
        | "readings_missing"
        | "pairings_proposed"
        | "pairings_ended"
        | "unpaired"
        | "helpers_refused"
        | "lost_to_follow_up"
        | "needs_open"
        | "vulnerable_households" => "pairing",
        "job_matches" | "unmatched_workers" | "vacancies_open" | "skill_balance" | "departures" => {
            "way-out"
        }
        "tasks_open" | "tasks_stalled" | "city_figures" => "nail",
        // Corrections have a place of their own at the foot.
        "corrections" => "",
        _ => "load",
    }
}

/// A list being written of a day, or of a room's day alone, with the keys of the town.
struct Writer<'a, Of = Day> {
    township: &'a Township,
    town: &'a Snapshot<'a>,
    records: &'a Records,
    day: &'a Of,
}

/// A column: its key, its headings, what its cells are.
pub(crate) type Heading = (&'static str, &'static str, &'static str, ColumnKind);

const PERSON: Heading = ("person", "人员编号", "Person", ColumnKind::Text);
const HOUSEHOLD: Heading = ("household", "户编号", "Household", ColumnKind::Text);
const AREA: Heading = ("area", "地点", "Where", ColumnKind::Text);
const REASON: Heading = ("reason", "理由", "Reason", ColumnKind::Text);

pub(crate) fn list(key: &str, zh: &str, en: &str, headings: &[Heading]) -> List {
    let column = |(key, zh, en, kind): &Heading| Column::new(*key, Text::new(*zh, *en), *kind);
    List::new(
        key,
        Text::new(zh, en),
        headings.iter().map(column).collect(),
    )
}

/// The same list, with what its reader must do.
fn noted(mut list: List, zh: &str, en: &str) -> List {
    list.note = Text::new(zh, en);
    list
}

pub(crate) fn plain(words: impl Into<String>) -> Cell {
    let words = words.into();
    if words.is_empty() {
        Cell::Unknown
    } else {
        Cell::Plain(words)
    }
}

/// Where there is nothing, which is not the same as nothing known.
fn none() -> Cell {
    Cell::Plain(String::new())
}

fn words(zh: &str, en: &str) -> Cell {
    Cell::Text(Text::new(zh, en))
}

/// A number; one too large to count with stands as it is.
pub(crate) fn number(value: impl TryInto<i64> + Display + Copy) -> Cell {
    let counted = value.try_into().map(Cell::Count);
    counted.unwrap_or_else(|_| Cell::Plain(value.to_string()))
}

pub(crate) fn date(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Unknown, Cell::Date)
}

fn instant(at: Option<NaiveDateTime>) -> Cell {
    at.map_or(Cell::Unknown, Cell::Instant)
}

fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .map(|part| part.as_ref().to_owned())
        .collect();
    parts.join("; ")
}

/// Words of closed lists one after the other; unknown where there is none.
pub(crate) fn listed<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Cell {
    let parts: Vec<Text> = parts.into_iter().map(|part| text(part.as_ref())).collect();
    let in_one =
        |of: fn(&Text) -> &str, between| parts.iter().map(of).collect::<Vec<_>>().join(between);
    match parts.is_empty() {
        true => Cell::Unknown,
        false => Cell::Text(Text::new(
            in_one(|part| &part.zh, "、"),
            in_one(|part| &part.en, "; "),
        )),
    }
}

impl<'a, Of> Writer<'a, Of> {
    fn new(town: &'a Snapshot<'a>, records: &'a Records, day: &'a Of) -> Self {
        Writer {
            township: town.township,
            town,
            records,
            day,
        }
    }

    fn person(&self, person: PersonId) -> Cell {
        plain(self.township.person_key(person))
    }

    fn maybe_person(&self, person: Option<PersonId>) -> Cell {
        person.map_or(Cell::Unknown, |person| self.person(person))
    }

    fn household(&self, household: HouseholdId) -> Cell {
        plain(self.township.household_key(household))
    }

    fn area(&self, area: Option<AreaId>) -> Cell {
        area.map_or(Cell::Unknown, |area| {
            Cell::Text(area_name(self.township, Some(area)))
        })
    }

    /// Where a person lives.
    fn home(&self, person: PersonId) -> Cell {
        self.area(self.town.area_of(person))
    }

    fn checkpoint(&self, checkpoint: grid_model::CheckpointId) -> Cell {
        match self
            .township
            .checkpoints()
            .held(checkpoint.index(), self.town.as_of)
        {
            Some(held) => Cell::Text(Text::new(&*held.what.name_zh, &*held.what.name_en)),
            None => plain(self.township.checkpoint_key(checkpoint)),
        }
    }
}
