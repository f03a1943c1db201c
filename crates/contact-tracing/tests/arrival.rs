//! Earliest arrivals against the published answers and against walking every walk.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod plain;
mod sha256;
mod walks;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use contact_tracing::arrival::{
    ContactIndex, InstantLog, Instants, Mode, Passing, RefusedContact, earliest_arrival,
    latest_departure,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use walks::{Rows, by_every_walk, is_walk, modes, rows};

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
    let index = ContactIndex::build(log);
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
            let by_index = index.earliest_arrival(seed, start, mode);
            assert_eq!(
                json!(digest(&by_index)),
                expected["digest"],
                "{seed}, {word}"
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
        let by_index = ContactIndex::build(log).latest_departure(target, by);
        assert_eq!(digest(&by_index), digest(&sources));
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
    fn evidence_is_a_walk_of_contacts_seen_none_before_exposure(rows in rows(), seed in 1u64..8, start in 0i64..6, mode in modes()) {
        let log = InstantLog::build(rows.clone());
        let found = earliest_arrival(&log, seed, start, mode);
        for (person, at) in found.iter() {
            let path = found.path(person);
            prop_assert!(is_walk(&rows, &path, seed, start, mode, person), "{mode} to {person}: {path:?}");
            prop_assert_eq!(path.last().map(|last| last.at), Some(at));
            prop_assert_eq!(path.last().copied(), found.passing(person));
        }
        prop_assert_eq!(found.path(seed), []);
        prop_assert_eq!(found.of(seed), None);
        prop_assert_eq!(found.count(), found.iter().count());
    }

    #[test]
    fn evidence_of_a_departure_begins_with_it_and_ends_at_the_target_in_time(rows in rows(), target in 1u64..8, by in 0i64..12) {
        let log = InstantLog::build(rows.clone());
        let found = latest_departure(&log, target, by);
        for (person, at) in found.iter() {
            let path = found.path(person);
            prop_assert!(is_walk(&rows, &path, person, at, Mode::Strict, target), "{path:?}");
            prop_assert_eq!(path.first().map(|first| first.at), Some(at));
            prop_assert_eq!(path.first().copied(), found.passing(person));
            prop_assert!(path.iter().all(|passing| passing.at <= by));
        }
    }

    #[test]
    fn the_plain_pass_is_right_too(rows in rows(), seed in 1u64..8, start in 0i64..6, mode in modes()) {
        let mut rows = rows;
        rows.retain(|row| row.1 != row.2);
        prop_assert_eq!(plain::arrivals(&rows, seed, start, mode), by_every_walk(&rows, seed, start, mode));
    }

    #[test]
    fn the_order_of_rows_and_of_names_in_a_row_means_nothing(rows in rows().prop_shuffle(), seed in 1u64..8, mode in modes()) {
        let mut turned: Vec<(i64, u64, u64)> = rows.iter().map(|&(at, a, b)| (at, b, a)).collect();
        turned.sort_unstable();
        let (one, other) = (InstantLog::build(rows), InstantLog::build(turned));
        prop_assert_eq!(&one, &other);
        let (one, other) = (earliest_arrival(&one, seed, 0, mode), earliest_arrival(&other, seed, 0, mode));
        for person in 1..8 {
            prop_assert_eq!(one.path(person), other.path(person));
        }
    }

    #[test]
    fn a_mode_is_written_as_it_is_read(mode in modes()) {
        prop_assert_eq!(mode.to_string().parse(), Ok(mode));
    }
}

#[test]
fn a_bad_mode_is_named_with_what_to_write() {
    let text = |word: &str| word.parse::<Mode>().unwrap_err().to_string();
    assert_eq!(
        text("window_5"),
        "mode \"window_5\" is not known; write strict, nonstrict, delayed_SECONDS, window_DELAY_LENGTH or hops_NUMBER"
    );
    assert_eq!(
        text("window_600_-3600"),
        "mode \"window_600_-3600\", length: -3600 is negative; write 0 or more"
    );
    assert_eq!(
        text("delayed_-5"),
        "mode \"delayed_-5\", delay: -5 is negative; write 0 or more"
    );
    for (word, part) in [
        ("hops_3.5", "3.5"),
        ("hops_", ""),
        ("hops_4294967296", "4294967296"),
    ] {
        let expected =
            format!("mode {word:?}, hops: {part:?} is not a whole number up to 4294967295");
        assert_eq!(text(word), expected);
    }
}

fn collect(instants: &Instants<'_>) -> BTreeMap<u64, i64> {
    instants.iter().collect()
}

fn assert_as_by_every_walk(rows: &Rows, start: i64, mode: Mode, reached: &[u64]) {
    let log = InstantLog::build(rows.clone());
    let found = earliest_arrival(&log, 1, start, mode);
    assert_eq!(
        collect(&found),
        by_every_walk(rows, 1, start, mode),
        "{mode}"
    );
    assert!(
        found
            .iter()
            .map(|(person, _)| person)
            .eq(reached.iter().copied()),
        "{mode}"
    );
}

#[test]
fn three_windows_of_one_person_are_kept_apart_or_joined_as_they_lie() {
    // 2 is reached at 0, 5 and 6: the third window touches the second, the first is not over.
    let mut rows = vec![(0, 1, 2), (1, 1, 4), (5, 2, 4), (6, 2, 4)];
    rows.extend([(8, 7, 8), (10, 7, 8), (13, 2, 3), (14, 2, 5)]);
    let joined = Mode::Window {
        delay: 4,
        length: 4,
    };
    assert_as_by_every_walk(&rows, -4, joined, &[2, 3, 4]);
    // 2 is reached at 12, 16 and 20: three windows, and 5 and 7 meet it between them.
    let mut rows = vec![
        (6, 1, 3),
        (8, 1, 4),
        (13, 3, 6),
        (12, 2, 3),
        (16, 2, 4),
        (20, 2, 6),
    ];
    rows.extend([(21, 2, 5), (24, 2, 8), (25, 2, 7), (26, 2, 9)]);
    let apart = Mode::Window {
        delay: 6,
        length: 3,
    };
    assert_as_by_every_walk(&rows, 0, apart, &[2, 3, 4, 6, 8, 9]);
}

#[test]
fn whose_delay_ends_after_the_end_of_time_passes_on_to_nobody() {
    let rows = vec![(i64::MAX - 5, 1, 2), (i64::MAX - 1, 2, 3), (i64::MAX, 2, 4)];
    for mode in [
        Mode::Delayed(9),
        Mode::Window {
            delay: 9,
            length: 90,
        },
    ] {
        assert_as_by_every_walk(&rows, i64::MAX - 50, mode, &[2]);
    }
    let at_the_end = Mode::Window {
        delay: 5,
        length: 90,
    };
    assert_as_by_every_walk(&rows, i64::MAX - 50, at_the_end, &[2, 4]);
}

#[test]
fn evidence_within_a_limit_of_hops_is_by_the_arrival_that_left_one() {
    // 3 is reached over two contacts, then over one: only then may it pass on over a second.
    let rows = vec![(1, 1, 2), (2, 2, 3), (5, 1, 3), (6, 3, 4)];
    assert_as_by_every_walk(&rows, 0, Mode::Hops(2), &[2, 3, 4]);
    let log = InstantLog::build(rows.clone());
    let path = earliest_arrival(&log, 1, 0, Mode::Hops(2)).path(4);
    assert!(is_walk(&rows, &path, 1, 0, Mode::Hops(2), 4), "{path:?}");
}

/// Each is met by the one before a second later: up to 253 contacts fit a byte with one beyond.
#[test]
fn a_limit_of_hops_is_kept_where_numbers_outgrow_a_byte() {
    let log =
        InstantLog::build((0u32..300).map(|step| (step.into(), step.into(), u64::from(step) + 1)));
    for most in 250..260 {
        let found = earliest_arrival(&log, 0, 0, Mode::Hops(most));
        assert_eq!(found.count(), most as usize);
        assert_eq!(found.path(most.into()).len(), most as usize);
    }
    assert_eq!(
        earliest_arrival(&log, 0, 0, Mode::Hops(u32::MAX)).count(),
        300
    );
}

#[test]
fn a_contact_with_oneself_is_refused_by_name_and_all_others_are_taken() {
    let log = InstantLog::build([(10, 1, 2), (15, 7, 7), (20, 2, 3)]);
    assert_eq!((log.contact_count(), log.people_count()), (2, 3));
    let refused = RefusedContact::MeetsOneself {
        row: 1,
        at: 15,
        person: 7,
    };
    assert_eq!(log.refused(), [refused]);
    assert_eq!(
        refused.to_string(),
        "row 1, contact at 15: person 7 is on both sides; name the two who met"
    );
}

#[test]
fn the_ends_of_time_are_instants_like_any_other() {
    let rows = vec![(i64::MIN, 1, 2), (0, 2, u64::MAX), (i64::MAX, 3, u64::MAX)];
    let log = InstantLog::build(rows);
    let all = [(2, i64::MIN), (3, i64::MAX), (u64::MAX, 0)];
    let wide = Mode::Window {
        delay: 1,
        length: u32::MAX,
    };
    for (mode, reached) in [
        (Mode::Strict, &all[..]),
        (Mode::NonStrict, &all),
        (Mode::Delayed(u32::MAX), &[]),
        (Mode::Hops(u32::MAX), &all),
        (wide, &[]),
        (
            Mode::Window {
                delay: 0,
                length: 1,
            },
            &all[..1],
        ),
    ] {
        assert_eq!(
            earliest_arrival(&log, 1, i64::MIN, mode).collect(),
            reached,
            "{mode}"
        );
        // What would be able to pass on only after the end of time never does.
        let late = earliest_arrival(&log, u64::MAX, i64::MAX, mode).collect();
        let at_once = matches!(mode, Mode::Strict | Mode::NonStrict | Mode::Hops(_));
        let at_once = at_once
            || mode
                == Mode::Window {
                    delay: 0,
                    length: 1,
                };
        assert_eq!(
            late,
            if at_once { vec![(3, i64::MAX)] } else { vec![] },
            "{mode}"
        );
    }
    let after = earliest_arrival(&log, 2, i64::MIN, Mode::Delayed(u32::MAX));
    assert_eq!(after.collect(), [(3, i64::MAX), (u64::MAX, 0)]);
    let before: Vec<_> = latest_departure(&log, 3, i64::MAX).collect();
    assert_eq!(before, [(1, i64::MIN), (2, 0), (u64::MAX, i64::MAX)]);
    assert_eq!(
        latest_departure(&log, 2, i64::MIN).collect(),
        [(1, i64::MIN)]
    );
}

#[test]
fn nobody_is_reached_in_an_empty_log_by_a_stranger_or_over_no_contact() {
    let empty = InstantLog::build([]);
    let one = InstantLog::build([(5, 1, 2)]);
    let mode = Mode::Strict;
    for nobody in [
        earliest_arrival(&empty, 1, 0, mode),
        earliest_arrival(&one, 9, 0, mode),
        earliest_arrival(&one, 1, 6, mode),
        earliest_arrival(&one, 1, 0, Mode::Hops(0)),
        earliest_arrival(
            &one,
            1,
            0,
            Mode::Window {
                delay: 0,
                length: 0,
            },
        ),
        earliest_arrival(
            &one,
            1,
            0,
            Mode::Window {
                delay: 1,
                length: 0,
            },
        ),
        latest_departure(&empty, 1, 0),
        latest_departure(&one, 9, 5),
        latest_departure(&one, 2, 4),
        ContactIndex::build(&empty).earliest_arrival(1, 0, mode),
        ContactIndex::build(&one).latest_departure(9, 5),
    ] {
        assert_eq!((nobody.count(), nobody.collect()), (0, vec![]));
        assert_eq!(nobody.path(2), []);
    }
    let found = earliest_arrival(&one, 1, 5, mode);
    assert_eq!(
        found.path(2),
        [Passing {
            at: 5,
            from: 1,
            to: 2
        }]
    );
    assert_eq!(found.of(2), Some(5));
}

#[test]
fn a_chain_inside_one_instant_is_walked_in_its_length_not_its_square() {
    // In the worst order: each contact waits for the one after it.
    let length = 100_000;
    let chain = (0..length).map(|person| (7, person, person + 1));
    let log = InstantLog::build(chain);
    for mode in [
        Mode::NonStrict,
        Mode::Window {
            delay: 0,
            length: 1,
        },
    ] {
        let found = earliest_arrival(&log, length, 7, mode);
        assert_eq!(found.count(), 100_000, "{mode}");
        assert_eq!(found.path(0).len(), 100_000, "{mode}");
    }
    assert_eq!(
        earliest_arrival(&log, length, 0, Mode::Strict).collect(),
        [(length - 1, 7)]
    );
}
