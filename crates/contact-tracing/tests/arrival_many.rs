//! Many closures together against the same one by one.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod walks;

use contact_tracing::arrival::many::{
    Arrival, ReachedSets, Seed, Target, each_arrival, reached_counts, reached_sets, source_counts,
    source_sets,
};
use contact_tracing::arrival::{
    ContactIndex, InstantLog, Mode, earliest_arrival, latest_departure,
};
use proptest::prelude::*;
use walks::{Rows, community, modes, rows};

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let seed = (1u64..9, 0i64..12).prop_map(|(person, start)| Seed { person, start });
    prop::collection::vec(seed, 0..150)
}

fn assert_as_one_by_one(log: &InstantLog, seeds: &[Seed], mode: Mode) {
    let sets = reached_sets(log, seeds, mode);
    let mut streamed: Vec<Vec<(u64, i64)>> = vec![Vec::new(); seeds.len()];
    each_arrival(log, seeds, mode, |Arrival { seed, person, at }| {
        assert!(sets.contains(seed, person));
        streamed[seed].push((person, at));
    });
    assert_eq!(sets.counts(), reached_counts(log, seeds, mode));
    for (place, seed) in seeds.iter().enumerate() {
        let alone = earliest_arrival(log, seed.person, seed.start, mode);
        let people: Vec<u64> = alone.iter().map(|(person, _)| person).collect();
        assert_eq!(
            sets.people(place).collect::<Vec<_>>(),
            people,
            "{mode} {seed:?}"
        );
        assert_eq!(sets.counts()[place] as usize, people.len());
        assert!(!sets.contains(place, seed.person));
        streamed[place].sort_unstable();
        assert_eq!(streamed[place], alone.collect(), "{mode} {seed:?}");
    }
    assert_eq!(sets.people(seeds.len()).count(), 0);
    let index = ContactIndex::build(log);
    assert_eq!(index.reached_counts(seeds, mode), sets.counts(), "{mode}");
    assert_same_sets(&index.reached_sets(seeds, mode), &sets, seeds.len());
}

fn assert_same_sets(one: &ReachedSets<'_>, other: &ReachedSets<'_>, seeds: usize) {
    assert_eq!(one.counts(), other.counts());
    for seed in 0..=seeds {
        assert!(one.people(seed).eq(other.people(seed)), "place {seed}");
    }
}

fn assert_backward_as_one_by_one(log: &InstantLog, targets: &[Target]) {
    let sets = source_sets(log, targets);
    assert_eq!(sets.counts(), source_counts(log, targets));
    for (place, target) in targets.iter().enumerate() {
        let alone = latest_departure(log, target.person, target.by);
        let people: Vec<u64> = alone.iter().map(|(person, _)| person).collect();
        assert_eq!(sets.people(place).collect::<Vec<_>>(), people, "{target:?}");
    }
    let index = ContactIndex::build(log);
    assert_eq!(index.source_counts(targets), sets.counts());
    assert_same_sets(&index.source_sets(targets), &sets, targets.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn seeds_together_reach_whom_they_reach_alone(rows in rows(), seeds in seeds(), mode in modes()) {
        assert_as_one_by_one(&InstantLog::build(rows), &seeds, mode);
    }

    #[test]
    fn targets_together_are_reached_from_whom_they_are_alone(rows in rows(), seeds in seeds()) {
        let target = |seed: Seed| Target { person: seed.person, by: seed.start };
        let targets: Vec<Target> = seeds.into_iter().map(target).collect();
        assert_backward_as_one_by_one(&InstantLog::build(rows), &targets);
    }
}

/// Seeds enough for several passes of the widest rows.
fn of_a_community(instants: u64) -> (Rows, Vec<Seed>) {
    let rows = community(instants, 150, 1_200, instants);
    let start = |person: u64| i64::try_from(person % 7 * instants / 14).unwrap();
    let seeds = (0..600).map(|person| Seed {
        person: person % 150,
        start: start(person),
    });
    (rows, seeds.collect())
}

#[test]
fn six_hundred_seeds_reach_whom_they_reach_alone() {
    for instants in [9, 1_000_000] {
        let (rows, seeds) = of_a_community(instants);
        let log = InstantLog::build(rows);
        for mode in [Mode::Strict, Mode::NonStrict] {
            assert_as_one_by_one(&log, &seeds, mode);
        }
        let target = |seed: &Seed| Target {
            person: seed.person,
            by: seed.start * 2,
        };
        assert_backward_as_one_by_one(&log, &seeds.iter().map(target).collect::<Vec<_>>());
    }
}

/// A log long enough for closures to take off apart, fill up, and leave a few to be looked for:
/// those who meet rarely, and a seed whom nobody meets in time.
#[test]
fn closures_that_fill_a_long_log_reach_whom_they_reach_alone() {
    for instants in [5_000, 1_000_000] {
        let mut rows = community(instants, 1_500, 200_000, instants);
        let late = i64::try_from(instants).unwrap();
        for person in 0..300u64 {
            let apart = i64::try_from(person % 90).unwrap();
            rows.extend([
                (late - apart, 2_000 + person, 7),
                (apart, 3_000 + person, 7),
            ]);
        }
        // Handed on from one to the next, in this order alone.
        rows.extend([(late - 401, 4_000, 7), (401, 5_000, 7)]);
        for step in 0..80u64 {
            let after = i64::try_from(step).unwrap();
            rows.extend([
                (late - 400 + after, 4_000 + step, 4_001 + step),
                (400 - after, 5_000 + step, 5_001 + step),
            ]);
        }
        let log = InstantLog::build(rows);
        let seeds: Vec<Seed> = (0..80)
            .map(|place| Seed {
                person: place * 11,
                start: i64::try_from(place * instants / 400).unwrap(),
            })
            .collect();
        assert_as_one_by_one(&log, &seeds, Mode::Strict);
        let target = |seed: &Seed| Target {
            person: seed.person,
            by: late - seed.start,
        };
        assert_backward_as_one_by_one(&log, &seeds.iter().map(target).collect::<Vec<_>>());
    }
}

/// Instants so long that a look at how many are missing falls in the midst of one.
#[test]
fn closures_of_long_instants_reach_whom_they_reach_alone() {
    let log = InstantLog::build(community(5, 60_000, 400_000, 60));
    let index = ContactIndex::build(&log);
    let seeds: Vec<Seed> = (0..70).map(|person| Seed { person, start: 0 }).collect();
    let targets: Vec<Target> = (0..70).map(|person| Target { person, by: 60 }).collect();
    let from_index = index.reached_counts(&seeds, Mode::Strict);
    assert_eq!(from_index, reached_counts(&log, &seeds, Mode::Strict));
    assert_eq!(index.source_counts(&targets), source_counts(&log, &targets));
    for (seed, &found) in seeds.iter().zip(&from_index).step_by(9) {
        let alone = earliest_arrival(&log, seed.person, seed.start, Mode::Strict);
        assert_eq!(found as usize, alone.count());
    }
}

/// So many people that a row is narrower than seeds are many: they take several passes.
#[test]
fn more_seeds_than_a_row_of_a_town_has_bits_reach_whom_they_reach_alone() {
    let log = InstantLog::build(community(7, 40_000, 60_000, 500));
    let seeds: Vec<Seed> = (0..300)
        .map(|person| Seed {
            person: 97 * person,
            start: 0,
        })
        .collect();
    let sets = reached_sets(&log, &seeds, Mode::Strict);
    for (place, seed) in seeds.iter().enumerate().step_by(17) {
        let alone = earliest_arrival(&log, seed.person, seed.start, Mode::Strict);
        assert_eq!(sets.counts()[place] as usize, alone.count());
        assert!(alone.iter().all(|(person, _)| sets.contains(place, person)));
    }
}

/// Everything that is asked of many, as one value.
fn everything(rows: &Rows, seeds: &[Seed]) -> (Vec<Arrival>, Vec<Vec<u32>>, Vec<Vec<u64>>) {
    let log = InstantLog::build(rows.clone());
    let mut arrivals = Vec::new();
    let mut counts = Vec::new();
    let mut sets = Vec::new();
    for mode in [
        Mode::Strict,
        Mode::NonStrict,
        Mode::Hops(2),
        Mode::Delayed(3),
    ] {
        each_arrival(&log, seeds, mode, |arrival| arrivals.push(arrival));
        counts.push(reached_counts(&log, seeds, mode));
        let found = reached_sets(&log, seeds, mode);
        sets.extend((0..seeds.len()).map(|seed| found.people(seed).collect()));
    }
    (arrivals, counts, sets)
}

#[test]
fn the_order_of_rows_and_the_number_of_threads_change_no_answer_nor_its_order() {
    let (rows, seeds) = of_a_community(600);
    let expected = everything(&rows, &seeds);
    let mut turned = rows.clone();
    turned.reverse();
    for threads in [1, 2, 4] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let found = pool.install(|| everything(&turned, &seeds));
        assert!(found == expected, "{threads} threads");
    }
}

#[test]
fn arrivals_come_seed_block_by_block_and_in_order_of_time() {
    let (rows, seeds) = of_a_community(600);
    let log = InstantLog::build(rows);
    let mut last = (0, i64::MIN);
    each_arrival(&log, &seeds, Mode::Strict, |arrival| {
        let now = (arrival.seed / 64, arrival.at);
        assert!(last <= now);
        last = now;
    });
    assert_eq!(
        last.0,
        seeds.len() / 64 - usize::from(seeds.len() % 64 == 0)
    );
}
