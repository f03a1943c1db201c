//! A room asked alone says what the whole day says: the same lists to the byte, the same figures.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use grid_model::AsOf;
use outbreak_response::{Day, Figures, Policy, day};
use outbreak_response_tests::program::{Answer, Folder, rows};
use reporting::{Language, list_to_csv};
use synthetic_township::{Town, mangbang, scaled};

const PAIR: [&str; 8] = [
    "pairings_proposed",
    "pairings_ended",
    "unpaired",
    "helpers_refused",
    "readings_today",
    "readings_missing",
    "lost_to_follow_up",
    "needs_open",
];
const JOBS: [&str; 5] = [
    "job_matches",
    "unmatched_workers",
    "vacancies_open",
    "skill_balance",
    "departures",
];
const TASKS: [&str; 3] = ["tasks_open", "tasks_stalled", "duties_short"];

type Row = BTreeMap<String, String>;
type Program = fn(&Folder, &str) -> Answer;

fn written(town: &Town) -> Folder {
    let none = Default::default();
    let files = township_folder::write(&town.township, &town.records, &town.register, &none);
    let named = files.into_iter();
    named.fold(Folder::new(), |folder, (name, bytes)| {
        folder.with(&name, bytes)
    })
}

fn whole_day(town: &Town, date: NaiveDate) -> Day {
    let policy = Policy::tengchong_2020().unwrap();
    day(&town.township, &town.records, &policy, AsOf::on(date))
}

fn february(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
}

#[test]
fn every_list_is_the_day_s_own() {
    let town = scaled(300, 5);
    let folder = written(&town);
    let before = folder.names();
    let mut filled = 0;
    for date in [february(8), february(29)] {
        let found = whole_day(&town, date);
        let lists = found.lists(&town.township, &town.records);
        let programs: [(Program, &[&str]); 3] = [
            (Folder::pair, &PAIR),
            (Folder::jobs, &JOBS),
            (Folder::tasks, &TASKS),
        ];
        for (run, names) in programs {
            for name in names {
                let alone = run(&folder, &format!("--data . --date {date} --list {name}"));
                let of_day = lists.iter().find(|list| list.key == *name).unwrap();
                assert_eq!(alone.code, 0, "{}", alone.err);
                assert_eq!(alone.out, list_to_csv(of_day, Language::English), "{name}");
                filled += usize::from(!of_day.rows.is_empty());
            }
        }
    }
    assert!(filled > 14, "only {filled} lists have rows");
    assert_eq!(
        folder.names(),
        before,
        "the folder is read and never written to"
    );
}

/// The rows of a list that keep to a column's cell, each with the columns of another list.
fn part_of(list: &[Row], keep: impl Fn(&Row) -> bool, other: &[Row]) {
    let kept: Vec<&Row> = list.iter().filter(|row| keep(row)).collect();
    assert_eq!(kept.len(), other.len());
    for (row, other) in kept.into_iter().zip(other) {
        for (column, cell) in other {
            assert_eq!(row.get(column), Some(cell), "{column}");
        }
    }
}

fn agree(town: &Town, date: NaiveDate) {
    let found = whole_day(town, date);
    let folder = written(town);
    let lists = found.lists(&town.township, &town.records);
    let listed = |name: &str| {
        let list = lists.iter().find(|list| list.key == name).unwrap();
        rows(&list_to_csv(list, Language::English))
    };
    let line = format!("--data . --date {date} --strict");
    let ask = |run: Program| {
        let answer = run(&folder, &line);
        assert_eq!(answer.code, 0, "{}", answer.err);
        rows(&answer.out)
    };
    let watched = ask(Folder::pair);
    part_of(
        &watched,
        |row| row["state"] == "proposed",
        &listed("pairings_proposed"),
    );
    part_of(
        &watched,
        |row| row["state"] == "nobody",
        &listed("unpaired"),
    );
    let workers = ask(Folder::jobs);
    part_of(
        &workers,
        |row| !row["vacancy"].is_empty(),
        &listed("job_matches"),
    );
    part_of(
        &workers,
        |row| row["vacancy"].is_empty(),
        &listed("unmatched_workers"),
    );
    let tasks = ask(Folder::tasks);
    part_of(&tasks, |row| row["left"] != "0", &listed("tasks_open"));
    figures_agree(&found.figures, &watched, &workers, &tasks);
}

fn count(rows: &[Row], keep: impl Fn(&Row) -> bool) -> i64 {
    i64::try_from(rows.iter().filter(|row| keep(row)).count()).unwrap()
}

fn sum(rows: &[Row], programme: &str, column: &str) -> i64 {
    let own = rows.iter().filter(|row| row["programme"] == programme);
    own.map(|row| row[column].parse::<i64>().unwrap()).sum()
}

fn figures_agree(figures: &Figures, watched: &[Row], workers: &[Row], tasks: &[Row]) {
    assert_eq!(count(watched, |_| true), figures.home_observation_now);
    assert_eq!(
        count(watched, |row| row["state"] != "standing"),
        figures.unpaired
    );
    assert_eq!(
        count(workers, |row| !row["vacancy"].is_empty()),
        figures.matched
    );
    assert_eq!(
        sum(tasks, "Flue-cured tobacco", "done"),
        figures.tobacco_hundredths_mu
    );
    assert_eq!(
        sum(tasks, "Gaps of the poverty work", "target"),
        figures.poverty_shortfall_households
    );
    assert_eq!(
        sum(tasks, "Sanitary toilets", "left"),
        figures.toilets_pending
    );
    let stalled = |row: &Row| row["state"].starts_with("no progress");
    assert!(count(tasks, stalled) <= figures.tasks_stalled);
}

#[test]
fn everyone_and_everything_is_in_the_day_s_lists_and_figures_in_a_made_up_town() {
    let town = scaled(300, 5);
    for date in [february(5), february(14), february(29)] {
        agree(&town, date);
    }
}

#[test]
fn everyone_and_everything_is_in_the_day_s_lists_and_figures_in_mangbang() {
    agree(&mangbang(1), february(29));
}
