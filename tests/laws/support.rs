//! The towns the laws are tried on, and everything that is ever written of a day.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AsOf, Ledger, Record, Recorded, Township};
use outbreak_response::bulletin::bulletin;
use outbreak_response::{Day, Policy, Records, day, day_to_json};
use reporting::{Bulletin, Cell, Edition, Language, List, list_to_csv, to_html, to_markdown};
use synthetic_township::{Town, mangbang, scaled};

/// Drawn once for all tests.
pub static MANGBANG: LazyLock<Town> = LazyLock::new(|| mangbang(1));
pub static SMALL: LazyLock<Town> = LazyLock::new(|| scaled(300, 5));
pub static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::tengchong_2020().unwrap());

/// Mangbang's last day.
pub static LAST: LazyLock<Day> =
    LazyLock::new(|| evening(&MANGBANG.township, &MANGBANG.records, on(2, 29)));
/// A day on which nobody in Mangbang was under any measure.
pub static FREE: LazyLock<Day> =
    LazyLock::new(|| evening(&MANGBANG.township, &MANGBANG.records, on(2, 20)));

pub fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

pub fn at(day: NaiveDate, hour: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, 0, 0).unwrap()
}

pub fn evening(township: &Township, records: &Records, date: NaiveDate) -> Day {
    day(township, records, &POLICY, AsOf::on(date))
}

/// A ledger with its rows changed; none may be refused.
pub fn changed<T: Record>(
    ledger: &Ledger<T>,
    change: impl FnOnce(&mut Vec<Recorded<T>>),
) -> Ledger<T> {
    let mut rows: Vec<Recorded<T>> = ledger.recorded().collect();
    change(&mut rows);
    let (ledger, refused) = Ledger::build(rows);
    assert_eq!(refused, []);
    ledger
}

pub fn page(township: &Township, records: &Records, day: &Day, edition: Edition) -> Bulletin {
    bulletin(township, records, &POLICY, day, edition).unwrap()
}

/// The sentences of a bulletin by key, one language.
pub fn sentence(page: &Bulletin, key: &str, language: Language) -> Option<String> {
    let mut sentences = page.sections.iter().flat_map(|section| &section.sentences);
    let found = sentences.find(|sentence| sentence.key == key)?;
    Some(found.text.in_language(language).to_owned())
}

/// Everything the public may read of a day, by file name.
pub fn public_files(township: &Township, records: &Records, day: &Day) -> Vec<(String, String)> {
    let page = page(township, records, day, Edition::Public);
    let mut files = Vec::new();
    for language in Language::ALL {
        let code = language.code();
        files.push((
            format!("bulletin.{code}.html"),
            to_html(&page, language).unwrap(),
        ));
        files.push((format!("bulletin.{code}.md"), to_markdown(&page, language)));
    }
    files
}

/// Everything those who must act read of a day, by file name.
pub fn internal_files(township: &Township, records: &Records, day: &Day) -> Vec<(String, String)> {
    let page = page(township, records, day, Edition::Internal);
    let mut files = Vec::new();
    for language in Language::ALL {
        let code = language.code();
        files.push((
            format!("internal.{code}.html"),
            to_html(&page, language).unwrap(),
        ));
        files.push((format!("internal.{code}.md"), to_markdown(&page, language)));
        for list in day.lists(township, records) {
            files.push((
                format!("{}.{code}.csv", list.key),
                list_to_csv(&list, language),
            ));
        }
    }
    files.push((
        "day.json".to_owned(),
        day_to_json(township, records, day).unwrap(),
    ));
    files
}

/// Everything that is ever written of a day.
pub fn all_files(township: &Township, records: &Records, day: &Day) -> Vec<(String, String)> {
    let mut files = public_files(township, records, day);
    files.extend(internal_files(township, records, day));
    files
}

/// Holds two days' files to each other, byte by byte, naming the first that differs.
pub fn same_files(what: &str, one: &[(String, String)], other: &[(String, String)]) {
    assert_eq!(one.len(), other.len(), "{what}");
    for ((name, bytes), (other_name, other_bytes)) in one.iter().zip(other) {
        assert_eq!(name, other_name, "{what}");
        assert!(bytes == other_bytes, "{what}: {name} differs");
    }
}

pub fn list(township: &Township, records: &Records, day: &Day, key: &str) -> List {
    let lists = day.lists(township, records);
    lists.into_iter().find(|list| list.key == key).unwrap()
}

/// One column of a list, as English pages print it.
pub fn column(list: &List, key: &str) -> Vec<String> {
    let place = list
        .columns
        .iter()
        .position(|column| column.key == key)
        .unwrap();
    list.rows
        .iter()
        .map(|row: &Vec<Cell>| row[place].print(Language::English))
        .collect()
}
