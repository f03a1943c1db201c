//! How many times a bare loop over the log each question of contact tracing costs.
//!
//! `cargo bench -p outbreak-response-benches --bench tracing_ratios`; a number of people after
//! `--` for that size alone. Both sides run in turn in one process; of each the least of several
//! runs counts, since what disturbs only adds.

use std::hint::black_box;
use std::time::Instant;

use contact_tracing::arrival::many::{Seed, reached_counts};
use contact_tracing::arrival::{
    ContactIndex, InstantLog, Mode, Scratch, earliest_arrival, latest_departure,
};
use outbreak_response_benches::community::{Record, bare_loop, community};

const DAY: i64 = 86_400;
const ROUNDS: usize = 7;

fn main() {
    let asked: Vec<u32> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    for people in [100_000, 1_000_000] {
        if asked.is_empty() || asked.contains(&people) {
            of_a_community(people);
        }
    }
}

fn of_a_community(people: u32) {
    let shuffled = community(people, people as usize * 16);
    let mut sorted = shuffled.clone();
    sorted.sort_unstable();
    println!("\n{people} people, {} contacts", sorted.len());
    order(&shuffled);
    let log = build(&shuffled);
    let index = ContactIndex::build(&log);
    answers_agree(&sorted, people, &index);
    let bare = || drop(black_box(bare_loop(black_box(&sorted), people, 0)));
    say(
        "index of people's contacts, built",
        1.0,
        versus(bare, || drop(black_box(ContactIndex::build(&log)))),
    );
    closures(bare, &log, &index);
    together(bare, &log, &index, people);
    generations(bare, &index, people);
}

fn together(bare: impl Fn() + Copy, log: &InstantLog, index: &ContactIndex<'_>, people: u32) {
    for seeds in [64u32, 512] {
        let asked: Vec<Seed> = (0..seeds)
            .map(|place| Seed {
                person: u64::from(place) * 97 % u64::from(people),
                start: 0,
            })
            .collect();
        let from_log = || reached_counts(log, black_box(&asked), Mode::Strict);
        let from_index = || index.reached_counts(black_box(&asked), Mode::Strict);
        assert_eq!(from_log(), from_index());
        let times = versus(bare, || drop(black_box(from_log())));
        say(
            &format!("{seeds} seeds together, each"),
            f64::from(seeds),
            times,
        );
        let times = versus(bare, || drop(black_box(from_index())));
        say(
            &format!("{seeds} seeds together, index, each"),
            f64::from(seeds),
            times,
        );
    }
}

fn generations(bare: impl Fn() + Copy, index: &ContactIndex<'_>, people: u32) {
    let day = |case: u64| i64::try_from(case % 7).unwrap_or(0) * DAY;
    let cases: Vec<(u64, i64)> = (0..1_000u64)
        .map(|case| (case * 7_919 % u64::from(people), day(case)))
        .collect();
    let mut scratch = Scratch::default();
    let counted = || {
        for &(case, from) in &cases {
            let found = index.generations_within(case, from..from + 14 * DAY, 2, &mut scratch);
            black_box(found.count());
        }
    };
    say(
        "two generations within 14 days, each",
        1_000.0,
        versus(bare, counted),
    );
    let mut scratch = Scratch::default();
    let listed = || {
        for &(case, from) in &cases {
            let found = index.generations_within(case, from..from + 14 * DAY, 2, &mut scratch);
            black_box(found.iter().map(|one| one.passing.at).sum::<i64>());
        }
    };
    say(
        "the same, every arrival listed",
        1_000.0,
        versus(bare, listed),
    );
}

fn closures(bare: impl Fn() + Copy, log: &InstantLog, index: &ContactIndex<'_>) {
    let day = 86_400;
    let last = log.last_contact().unwrap_or_default();
    say(
        "strict, with evidence, index",
        1.0,
        versus(bare, || {
            drop(black_box(index.earliest_arrival(0, 0, Mode::Strict)))
        }),
    );
    say(
        "departures, with evidence, index",
        1.0,
        versus(bare, || drop(black_box(index.latest_departure(0, last)))),
    );
    say(
        "departures, with evidence",
        1.0,
        versus(bare, || drop(black_box(latest_departure(log, 0, last)))),
    );
    for mode in [
        Mode::Strict,
        Mode::NonStrict,
        Mode::Delayed(day),
        Mode::Window {
            delay: day,
            length: 7 * day,
        },
        Mode::Window {
            delay: 3_600,
            length: 7 * day,
        },
        Mode::Hops(3),
        Mode::Hops(6),
    ] {
        let ours = || drop(black_box(earliest_arrival(log, 0, 0, mode)));
        say(&format!("{mode}, with evidence"), 1.0, versus(bare, ours));
    }
}

fn order(shuffled: &[Record]) {
    let mut copy = shuffled.to_vec();
    let mut plain = Vec::new();
    let mut ours = Vec::new();
    for _ in 0..5 {
        copy.copy_from_slice(shuffled);
        plain.push(milliseconds(|| copy.sort_unstable()));
        ours.push(milliseconds(|| drop(black_box(build(shuffled)))));
    }
    say(
        "log in order of time, built (against sort_unstable)",
        1.0,
        (least(plain), least(ours)),
    );
}

fn build(records: &[Record]) -> InstantLog {
    let rows = records.iter();
    InstantLog::build(rows.map(|row| (row.start.into(), row.a.into(), row.b.into())))
}

/// Compared once, before anything is timed.
fn answers_agree(sorted: &[Record], people: u32, index: &ContactIndex<'_>) {
    let expected = bare_loop(sorted, people, 0);
    for found in [
        index.earliest_arrival(0, 0, Mode::Strict),
        earliest_arrival(index.log(), 0, 0, Mode::Strict),
    ] {
        let mut reached = 0;
        for (person, at) in found.iter() {
            assert_eq!(
                u64::from(expected[usize::try_from(person).expect("a small number")]),
                at.unsigned_abs()
            );
            reached += 1;
        }
        assert_eq!(
            reached,
            expected.iter().filter(|&&at| at != u32::MAX).count() - 1
        );
    }
    let seed = Seed {
        person: 0,
        start: 0,
    };
    let alone = index.earliest_arrival(0, 0, Mode::Strict).count();
    assert_eq!(
        reached_counts(index.log(), &[seed], Mode::Strict),
        [u32::try_from(alone).expect("a small number")]
    );
}

fn milliseconds(run: impl FnOnce()) -> f64 {
    let began = Instant::now();
    run();
    began.elapsed().as_secs_f64() * 1e3
}

/// The least of both, run in turn.
fn versus(mut bare: impl FnMut(), mut ours: impl FnMut()) -> (f64, f64) {
    let rounds = (0..ROUNDS).map(|_| (milliseconds(&mut bare), milliseconds(&mut ours)));
    let (bare, ours) = rounds.unzip();
    (least(bare), least(ours))
}

fn least(times: Vec<f64>) -> f64 {
    times.into_iter().fold(f64::INFINITY, f64::min)
}

fn say(question: &str, answers: f64, (bare, ours): (f64, f64)) {
    let each = ours / answers;
    let ratio = bare / each;
    println!(
        "{question:52} {each:10.4} ms   bare {bare:8.2} ms   {:8.3} x   {ratio:10.1} times faster",
        each / bare
    );
}
