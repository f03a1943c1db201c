//! Earliest arrivals against the published answers and against walking every walk.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod sha256;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use contact_tracing::arrival::{InstantLog, Instants, Mode, earliest_arrival, latest_departure};
use proptest::prelude::*;
use serde_json::{Value, json};

fn digest(instants: &Instants<'_>) -> String {
    let mut text = String::new();
    for (person, at) in instants.iter() {
        write!(text, "{person},{at};").unwrap();
    }
    sha256::digest(&text)
}

fn answer(log: &InstantLog, seed: u64, start: i64, mode: Mode) -> Value {
    let reached = earliest_arrival(log, seed, start, mode);
    json!({
        "reached": reached.iter().count(),
        "last_arrival": reached.iter().map(|(_, at)| at).max(),
        "sum_arrival_minus_t0": reached.iter().map(|(_, at)| at - start).sum::<i64>(),
        "digest": digest(&reached),
    })
}

fn study(folder: &str) -> Option<(InstantLog, Value)> {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder);
    if !data.exists() {
        println!("skipped: no ../shared/data");
        return None;
    }
    let file = std::fs::File::open(data.join("contacts.csv.gz")).unwrap();
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    let contacts = reader.records().map(|row| {
        let row = row.unwrap();
        (
            row[0].parse().unwrap(),
            row[1].parse().unwrap(),
            row[2].parse().unwrap(),
        )
    });
    let log = InstantLog::build(contacts.collect::<Vec<_>>());
    let truth = std::fs::read_to_string(data.join("truth.json")).unwrap();
    Some((log, serde_json::from_str(&truth).unwrap()))
}

/// How many answers there were.
fn compare_traces(log: &InstantLog, truth: &Value) -> usize {
    let mut compared = 0;
    for trace in truth["traces"].as_array().unwrap() {
        let (seed, start) = (
            trace["seed"].as_u64().unwrap(),
            trace["start"].as_i64().unwrap(),
        );
        let modes = trace.as_object().unwrap().iter();
        for (word, expected) in modes.filter(|(_, expected)| expected.is_object()) {
            let mode: Mode = word.parse().unwrap();
            assert_eq!(
                &answer(log, seed, start, mode),
                expected,
                "{seed} from {start}, {word}"
            );
            compared += 1;
        }
    }
    compared
}

fn compare_backward(log: &InstantLog, truth: &Value) -> usize {
    let first = log.first_contact().unwrap();
    let backward = truth["backward"].as_array().unwrap();
    for expected in backward {
        let (target, by) = (
            expected["target"].as_u64().unwrap(),
            expected["by"].as_i64().unwrap(),
        );
        let sources = latest_departure(log, target, by);
        let found = json!({
            "target": target,
            "by": by,
            "sources": sources.iter().count(),
            "latest_departure_sum_minus_first": sources.iter().map(|(_, at)| at - first).sum::<i64>(),
            "digest": digest(&sources),
        });
        assert_eq!(&found, expected);
    }
    backward.len()
}

fn assert_has_its_published_answers(folder: &str) {
    if let Some((log, truth)) = study(folder) {
        assert_eq!(json!(log.contact_count()), truth["contacts"]);
        let compared = compare_traces(&log, &truth) + compare_backward(&log, &truth);
        assert!(compared > 90, "only {compared} answers were compared");
    }
}

#[test]
fn a_high_school_has_its_published_arrivals() {
    assert_has_its_published_answers("high_school_2011");
}

#[test]
fn a_primary_school_has_its_published_arrivals() {
    assert_has_its_published_answers("primary_school_2009");
}

#[test]
fn the_digest_is_sha_256() {
    // FIPS 180-4, the example of one block.
    assert_eq!(sha256::digest("abc"), "ba7816bf8f01cfea");
}

type Rows = Vec<(i64, u64, u64)>;

fn may_pass(mode: Mode, since: i64, hops: u32, is_seed: bool) -> bool {
    let strictly = since > 0 || (is_seed && since == 0);
    match mode {
        Mode::Strict => strictly,
        Mode::NonStrict => since >= 0,
        Mode::Delayed(delay) => since >= i64::from(delay),
        Mode::Window { delay, length } => {
            let since = since - i64::from(delay);
            since >= 0 && since < i64::from(length)
        }
        Mode::Hops(most) => strictly && hops < most,
    }
}

/// Walks every walk: a state is a person, when it was reached (the seed: at the start, before
/// any contact) and over how many contacts.
fn by_every_walk(rows: &Rows, seed: u64, start: i64, mode: Mode) -> BTreeMap<u64, i64> {
    let mut states: BTreeSet<(u64, i64, u32, bool)> = BTreeSet::new();
    let mut open = vec![(seed, start, 0u32, true)];
    while let Some(state) = open.pop() {
        if !states.insert(state) {
            continue;
        }
        let (person, x, hops, is_seed) = state;
        for &(t, a, b) in rows {
            let other = match (a == person, b == person) {
                (true, false) => b,
                (false, true) => a,
                _ => continue,
            };
            let may_pass = may_pass(mode, t - x, hops, is_seed);
            let counted = if matches!(mode, Mode::Hops(_)) {
                hops + 1
            } else {
                0
            };
            if may_pass {
                open.push((other, t, counted, false));
            }
        }
    }
    let mut arrivals = BTreeMap::new();
    for (person, at, _, _) in states.into_iter().filter(|state| state.0 != seed) {
        let known = arrivals.entry(person).or_insert(at);
        *known = at.min(*known);
    }
    arrivals
}

fn modes() -> impl Strategy<Value = Mode> {
    prop_oneof![
        Just(Mode::Strict),
        Just(Mode::NonStrict),
        (0u32..4).prop_map(Mode::Delayed),
        (0u32..4, 0u32..5).prop_map(|(delay, length)| Mode::Window { delay, length }),
        (0u32..4).prop_map(Mode::Hops),
    ]
}

fn rows() -> impl Strategy<Value = Rows> {
    prop::collection::vec((0i64..12, 1u64..8, 1u64..8), 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_arrival_is_what_walking_every_walk_finds(rows in rows(), seed in 1u64..8, start in 0i64..6, mode in modes()) {
        let mut turned = rows.clone();
        turned.reverse();
        let log = InstantLog::build(turned);
        let found: BTreeMap<u64, i64> = earliest_arrival(&log, seed, start, mode).iter().collect();
        prop_assert_eq!(found, by_every_walk(&rows, seed, start, mode));
    }

    #[test]
    fn a_departure_is_the_latest_start_from_which_the_target_is_reached(rows in rows(), target in 1u64..8, by in 0i64..12) {
        let log = InstantLog::build(rows.clone());
        let found: BTreeMap<u64, i64> = latest_departure(&log, target, by).iter().collect();
        let mut expected = BTreeMap::new();
        for source in (1u64..8).filter(|&source| source != target) {
            let in_time = |&start: &i64| {
                let arrivals = by_every_walk(&rows, source, start, Mode::Strict);
                arrivals.get(&target).is_some_and(|&at| at <= by)
            };
            if let Some(latest) = (0i64..12).rev().find(in_time) {
                expected.insert(source, latest);
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_mode_is_written_as_it_is_read(mode in modes()) {
        prop_assert_eq!(mode.to_string().parse(), Ok(mode));
    }
}

#[test]
fn an_unknown_mode_is_named_with_those_there_are() {
    assert_eq!(
        "window_5".parse::<Mode>().unwrap_err().to_string(),
        "mode \"window_5\" is not known; write strict, nonstrict, delayed_SECONDS, window_DELAY_LENGTH or hops_NUMBER"
    );
}
