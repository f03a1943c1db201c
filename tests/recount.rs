//! The figures of a day counted once more, straight from the rows of the folder's tables, by loops
//! that know nothing of ledgers, ids or rooms.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use grid_model::AsOf;
use outbreak_response::quarantine_rules::Measure;
use outbreak_response::{Day, Figures, Policy, day};
use synthetic_township::{Town, mangbang, scaled};
use township_folder::{Extras, write};

/// A row by its columns. Instants and days are text that sorts as time does.
type Row = BTreeMap<String, String>;

/// A township folder, and the evening it is counted on.
struct Tables {
    tables: BTreeMap<String, Vec<Row>>,
    day: String,
    /// The first instant after the day.
    end: String,
}

fn at_midnight(day: NaiveDate) -> String {
    format!("{day}T00:00")
}

impl Tables {
    fn of(town: &Town) -> Tables {
        let files = write(
            &town.township,
            &town.records,
            &town.register,
            &Extras::default(),
        );
        let mut tables = BTreeMap::new();
        for (name, bytes) in files {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains('"'), "{name}: a comma is a column's end");
            let mut lines = text.lines();
            let header: Vec<&str> = lines.next().unwrap().split(',').collect();
            let rows = lines.map(|line| {
                let cells = line.split(',').map(str::to_owned);
                header
                    .iter()
                    .map(|column| (*column).to_owned())
                    .zip(cells)
                    .collect()
            });
            let name: &str = name.as_ref();
            tables.insert(name.trim_end_matches(".csv").to_owned(), rows.collect());
        }
        Tables {
            tables,
            day: String::new(),
            end: String::new(),
        }
    }

    fn on(self, day: NaiveDate) -> Tables {
        let end = at_midnight(day.succ_opt().unwrap());
        let day = day.to_string();
        Tables { day, end, ..self }
    }

    /// What holds of a table: of each record and its corrections the latest known that nothing
    /// known replaces; of what is of an instant, only what has happened.
    fn held(&self, table: &str, instant: Option<&str>) -> Vec<Row> {
        let rows = &self.tables[table];
        let known_at = |row: &Row| -> String {
            let happened = instant.map_or("", |column| &row[column]);
            match row.get("known_at").map_or("", String::as_str) {
                "" if happened.len() == 10 => format!("{happened}T00:00"),
                "" => happened.to_owned(),
                stated => stated.to_owned(),
            }
        };
        let mut replacing: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in rows.iter().filter(|row| !corrects(row).is_empty()) {
            replacing.entry(corrects(row)).or_default().push(row);
        }
        let mut held = Vec::new();
        for first in rows.iter().filter(|row| corrects(row).is_empty()) {
            let mut open = vec![first];
            let mut best: Option<(String, &Row)> = None;
            while let Some(row) = open.pop() {
                if known_at(row) >= self.end {
                    continue;
                }
                let mut next = replacing.get(id(row)).cloned().unwrap_or_default();
                next.retain(|other| known_at(other) < self.end);
                let rank = (known_at(row), row);
                if next.is_empty() && best.as_ref().is_none_or(|best| best.0 < rank.0) {
                    best = Some(rank);
                }
                open.extend(next);
            }
            let happened = |row: &Row| instant.is_none_or(|column| row[column] < self.end);
            held.extend(best.map(|(_, row)| row.clone()).filter(happened));
        }
        held
    }

    /// How many different values a column has.
    fn distinct(rows: &[Row], column: &str) -> i64 {
        let values: BTreeSet<&String> = rows.iter().map(|row| &row[column]).collect();
        size(values.len())
    }

    fn is_today(&self, instant: &str) -> bool {
        instant.starts_with(&self.day)
    }
}

fn id(row: &Row) -> &str {
    row.get("id").map_or("", String::as_str)
}

fn corrects(row: &Row) -> &str {
    row.get("corrects").map_or("", String::as_str)
}

fn size(count: usize) -> i64 {
    i64::try_from(count).unwrap()
}

fn number(row: &Row, column: &str) -> i64 {
    row[column].parse().unwrap_or(0)
}

fn sum(rows: &[Row], column: &str) -> i64 {
    rows.iter().map(|row| number(row, column)).sum()
}

type Counted = Vec<(&'static str, i64)>;

fn households(tables: &Tables) -> Counted {
    let visits = tables.held("screening", Some("visited_at"));
    let (mut asked, mut found, mut first) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    for visit in &visits {
        let home = visit["household"].clone();
        match visit["outcome"].as_str() {
            "screened" => {
                let at = first
                    .entry(home.clone())
                    .or_insert(visit["visited_at"].clone());
                *at = visit["visited_at"].clone().min(at.clone());
                asked.insert(home);
            }
            "found_unregistered" => {
                found.insert(home);
            }
            _ => {}
        }
    }
    let (mut all, mut screened, mut accounted, mut vacant, mut moved, mut today) =
        (0, 0, 0, 0, 0, 0);
    for home in tables.held("households", None) {
        match home["presence"].as_str() {
            "vacant" => vacant += 1,
            "moved" => moved += 1,
            _ => {
                all += 1;
                let is_asked = asked.contains(&home["id"]);
                screened += i64::from(is_asked);
                accounted += i64::from(is_asked || found.contains(&home["id"]));
                today += i64::from(first.get(&home["id"]).is_some_and(|at| tables.is_today(at)));
            }
        }
    }
    vec![
        ("households", all),
        ("households_screened", screened),
        ("households_accounted", accounted + vacant + moved),
        ("households_missed", all - accounted),
        ("households_vacant", vacant),
        ("households_moved", moved),
        ("households_screened_today", today),
    ]
}

/// Minute by minute, who stood at each checkpoint.
fn checkpoints(tables: &Tables) -> Counted {
    let mut standing = 0;
    let mut uncovered = 0;
    let shifts = tables.held("shifts", None);
    for checkpoint in tables.held("checkpoints", None) {
        if checkpoint["stands_from"] >= tables.end {
            continue;
        }
        standing += 1;
        let mut shifts = shifts.clone();
        shifts.retain(|shift| shift["checkpoint"] == checkpoint["id"]);
        shifts.retain(|shift| shift["from"] < tables.end && shift["until"] > tables.day);
        for hour in 0..24 {
            let short = (0..60).any(|minute| {
                let at = format!("{}T{hour:02}:{minute:02}", tables.day);
                let there = shifts.iter().filter(|shift| {
                    let confirmed = &shift["checked_in_at"];
                    shift["from"] <= at
                        && at < shift["until"]
                        && !confirmed.is_empty()
                        && *confirmed < tables.end
                });
                let enough = size(there.count()) >= number(&checkpoint, "minimum_staff");
                at >= checkpoint["stands_from"] && !enough
            });
            uncovered += i64::from(short);
        }
    }
    let mut passed = tables.held("passages", Some("at"));
    passed.retain(|passage| tables.is_today(&passage["at"]));
    vec![
        ("checkpoints", standing),
        ("checkpoint_hours_uncovered", uncovered),
        ("vehicles_passed_today", sum(&passed, "vehicles")),
        ("people_passed_today", sum(&passed, "people")),
        ("grids", size(tables.tables["grids"].len())),
        ("work_groups", size(tables.held("work_groups", None).len())),
    ]
}

fn arrivals(tables: &Tables) -> Counted {
    let mut all = tables.held("arrivals", Some("arrived_at"));
    let of_kind = |kind| {
        let mut rows = all.clone();
        rows.retain(|row| row["kind"] == kind);
        Tables::distinct(&rows, "person")
    };
    let (students, workers) = (of_kind("student"), of_kind("worker"));
    let arrived = Tables::distinct(&all, "person");
    all.retain(|row| tables.is_today(&row["arrived_at"]));
    vec![
        ("arrivals", arrived),
        ("arrivals_today", Tables::distinct(&all, "person")),
        ("returnees_student", students),
        ("returnees_worker", workers),
    ]
}

fn away(tables: &Tables) -> Counted {
    let mut people = tables.held("people", None);
    people.retain(|person| person["presence"] == "away");
    let mut last: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut reached = BTreeSet::new();
    for call in tables.held("away_calls", Some("at")) {
        if call["outcome"] != "unreachable" {
            reached.insert(call["person"].clone());
        }
        let this = (call["at"].clone(), call["outcome"].clone());
        let kept = last.entry(call["person"].clone()).or_insert(this.clone());
        if kept.0 < this.0 {
            *kept = this;
        }
    }
    let said = |outcome: &str| {
        let last_said = |person: &&Row| {
            last.get(&person["id"])
                .is_some_and(|last| last.1 == outcome)
        };
        size(people.iter().filter(last_said).count())
    };
    let contacted = people
        .iter()
        .filter(|person| reached.contains(&person["id"]));
    vec![
        ("away", size(people.len())),
        ("away_contacted", size(contacted.count())),
        ("away_staying", said("stays")),
        ("away_planning_return", said("plans_return")),
    ]
}

fn outreach(tables: &Tables) -> Counted {
    let duties = tables.held("duties", None);
    let kind: BTreeMap<&String, &String> = duties
        .iter()
        .map(|duty| (&duty["id"], &duty["kind"]))
        .collect();
    let done = tables.held("outreach", Some("at"));
    let of_kind = |wanted: &str| -> i64 {
        let of = done
            .iter()
            .filter(|row| kind.get(&row["duty"]).is_some_and(|kind| *kind == wanted));
        of.map(|row| number(row, "count")).sum()
    };
    let gatherings = tables.held("gatherings", None);
    let became = |kinds: &[&str], outcome: &str| {
        let of = gatherings
            .iter()
            .filter(|row| kinds.contains(&row["kind"].as_str()));
        size(of.filter(|row| row["outcome"] == outcome).count())
    };
    vec![
        ("banners", of_kind("banner")),
        ("notices", of_kind("notice")),
        (
            "celebrations_postponed",
            became(&["wedding", "other"], "postponed"),
        ),
        ("funerals_simplified", became(&["funeral"], "kept_simple")),
    ]
}

fn work(tables: &Tables) -> Counted {
    let skills = tables.held("skills", None);
    let mut placed = tables.held("placements", None);
    placed.retain(|row| at_midnight(row["departed_on"].parse().unwrap()) < tables.end);
    let sent = Tables::distinct(&placed, "person");
    placed.retain(|row| row["departed_on"] == tables.day);
    let mut paired = tables.held("pairings", None);
    paired.retain(|row| row["from"] < tables.end);
    let mut needs = tables.held("needs", Some("raised_at"));
    needs.retain(|row| row["met_at"].is_empty() || row["met_at"] >= tables.end);
    let mut complaints = tables.held("complaints", Some("at"));
    complaints.retain(|row| tables.is_today(&row["at"]));
    vec![
        ("skilled_workers", Tables::distinct(&skills, "person")),
        ("sent_out_to_work", sent),
        ("sent_out_today", Tables::distinct(&placed, "person")),
        ("supervisors_paired", Tables::distinct(&paired, "helper")),
        ("needs_open", size(needs.len())),
        ("complaints_today", size(complaints.len())),
    ]
}

fn tasks(tables: &Tables) -> Counted {
    let programmes = tables.held("programmes", None);
    let kind: BTreeMap<&String, &String> = programmes
        .iter()
        .map(|row| (&row["id"], &row["kind"]))
        .collect();
    let items = tables.held("items", None);
    let progress = tables.held("progress", Some("at"));
    let done = |item: &Row| -> i64 {
        let of = progress.iter().filter(|row| row["item"] == item["id"]);
        of.map(|row| number(row, "quantity")).sum()
    };
    let of_kind = |wanted: &str, count: &dyn Fn(&Row) -> i64| -> i64 {
        let of = items
            .iter()
            .filter(|item| kind[&item["programme"]] == wanted);
        of.map(count).sum()
    };
    let target = |item: &Row| number(item, "target");
    let left = |item: &Row| (target(item) - done(item)).max(0);
    vec![
        ("tobacco_hundredths_mu", of_kind("tobacco", &done)),
        ("poverty_shortfall_households", of_kind("poverty", &target)),
        ("yard_shortfall_households", of_kind("yard", &target)),
        ("toilets_pending", of_kind("toilet", &left)),
        (
            "donations_fen",
            sum(&tables.held("donations", Some("at")), "amount_fen"),
        ),
    ]
}

fn silent(tables: &Tables) -> Counted {
    let mut communities = tables.tables["areas"].clone();
    communities.retain(|area| area["level"] == "community");
    let mut reports = tables.held("reports", Some("received_at"));
    reports.retain(|report| report["day"] == tables.day);
    let silent = size(communities.len()) - Tables::distinct(&reports, "community");
    vec![("communities_silent", silent)]
}

/// People an order ever named a measure at home for, and those proposed tonight.
fn observed(tables: &Tables, found: &Day, town: &Town) -> Counted {
    let home = [Measure::HomeObservation, Measure::HomeQuarantine];
    let words = home.map(Measure::word);
    let events = tables.held("orders", Some("at"));
    let at_home = events
        .iter()
        .filter(|row| words.contains(&row["measure"].as_str()));
    let at_home = at_home.filter(|row| row["place"] != "city_site");
    let mut people: BTreeSet<String> = at_home.map(|row| row["person"].clone()).collect();
    let proposed = found
        .proposed
        .orders
        .iter()
        .filter(|order| order.measure.is_some_and(|measure| home.contains(&measure)));
    people.extend(proposed.map(|order| town.township.person_key(order.person).to_owned()));
    vec![("home_observation", size(people.len()))]
}

fn recount(tables: &Tables) -> Counted {
    let questions = [
        households,
        checkpoints,
        arrivals,
        away,
        outreach,
        work,
        tasks,
        silent,
    ];
    questions
        .iter()
        .flat_map(|question| question(tables))
        .collect()
}

fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

#[test]
fn every_figure_that_rows_alone_give_is_what_a_naive_recount_gives() {
    let policy = Policy::tengchong_2020().unwrap();
    let mut counted = 0;
    for seed in [1, 4, 8, 15] {
        let town = scaled(300, seed);
        let mut tables = Tables::of(&town);
        for date in [on(1, 27), on(2, 11), on(2, 29)] {
            tables = tables.on(date);
            let found = day(&town.township, &town.records, &policy, AsOf::on(date));
            let naive = recount(&tables)
                .into_iter()
                .chain(observed(&tables, &found, &town));
            for (key, value) in naive {
                assert_eq!(
                    found.figures.get(key),
                    Some(value),
                    "town {seed}, {date}: {key}"
                );
                counted += 1;
            }
        }
    }
    assert!(counted > 4 * 3 * 30, "{counted}");
}

fn last_day(town: &Town) -> Figures {
    let policy = Policy::tengchong_2020().unwrap();
    outbreak_response::figures_of(&town.township, &town.records, &policy, AsOf::on(on(2, 29)))
}

/// Figures a reader could mistake for each other, were they alike.
const SIZES: [&str; 13] = [
    "households",
    "households_screened",
    "households_vacant",
    "households_moved",
    "households_missed",
    "central_quarantine",
    "notices",
    "skilled_workers",
    "sent_out_to_work",
    "away",
    "poverty_shortfall_households",
    "yard_shortfall_households",
    "toilets_pending",
];

#[test]
fn the_figures_of_a_drawn_town_are_all_different_and_of_no_other_town() {
    let drawn = [2, 6].map(|seed| last_day(&scaled(2_000, seed)));
    let published = last_day(&mangbang(1));
    for figures in drawn {
        let values: BTreeSet<i64> = SIZES.map(|key| figures.get(key).unwrap()).into();
        assert_eq!(values.len(), SIZES.len(), "{figures:?}");
        for key in SIZES {
            assert_ne!(figures.get(key), published.get(key), "{key}");
        }
    }
    let alike = SIZES
        .iter()
        .filter(|key| drawn[0].get(key) == drawn[1].get(key))
        .count();
    assert!(
        alike <= 2,
        "both have 2,000 households, and little else alike: {alike}"
    );
}
