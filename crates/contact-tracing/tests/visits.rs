//! Arrivals over visits against the pairs they stand for.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use contact_tracing::arrival::visits::{
    Meeting, Stay, Through, VisitArrivals, VisitLog, earliest_arrival_by_visits,
};
use contact_tracing::arrival::{InstantLog, Mode, earliest_arrival};
use proptest::prelude::*;

/// Two people together in `[from, until)`.
type Pair = ([u64; 2], i64, i64);

fn stay(person: u64, venue: u64, from: i64, until: i64) -> Stay {
    Stay {
        person,
        venue,
        from,
        until,
    }
}

fn seconds(least: u32) -> NonZeroU32 {
    NonZeroU32::new(least).unwrap()
}

/// Every two stays of two people that overlap at a venue, and every meeting.
fn pairs(stays: &[Stay], meetings: &[Meeting]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = meetings
        .iter()
        .map(|meeting| (meeting.people, meeting.from, meeting.until))
        .collect();
    for (index, a) in stays.iter().enumerate() {
        for b in &stays[..index] {
            let (from, until) = (a.from.max(b.from), a.until.min(b.until));
            if a.venue == b.venue && a.person != b.person && from < until {
                pairs.push(([a.person, b.person], from, until));
            }
        }
    }
    pairs
}

/// Lives through every second: a pair passes on at a second if it is together for the least
/// overlap from then on and one of the two was reached at an earlier second.
fn second_by_second(pairs: &[Pair], seed: u64, start: i64, least: i64) -> BTreeMap<u64, i64> {
    let mut arrivals = BTreeMap::new();
    let mut able = BTreeSet::from([seed]);
    let end = pairs.iter().map(|pair| pair.2).max().unwrap_or(start);
    for now in start..end {
        let mut reached = BTreeSet::new();
        for &([a, b], from, until) in pairs {
            if from <= now && now + least <= until {
                for (source, other) in [(a, b), (b, a)] {
                    if able.contains(&source) && !able.contains(&other) {
                        reached.insert(other);
                    }
                }
            }
        }
        arrivals.extend(reached.iter().map(|&person| (person, now)));
        able.extend(reached);
    }
    arrivals
}

/// Lowers arrivals until none can be lowered, in numbers that cannot overflow.
fn by_lowering(pairs: &[Pair], seed: u64, start: i64, least: i128) -> BTreeMap<u64, i64> {
    let mut able: BTreeMap<u64, i128> = BTreeMap::from([(seed, start.into())]);
    let mut lowered = true;
    while lowered {
        lowered = false;
        for &([a, b], from, until) in pairs {
            for (source, other) in [(a, b), (b, a)] {
                let Some(&since) = able.get(&source) else {
                    continue;
                };
                let at = since.max(from.into());
                let sooner = able.get(&other).is_none_or(|&known| at + 1 < known);
                if other != seed && sooner && i128::from(until) - at >= least {
                    able.insert(other, at + 1);
                    lowered = true;
                }
            }
        }
    }
    able.remove(&seed);
    able.into_iter()
        .map(|(person, since)| (person, i64::try_from(since - 1).unwrap()))
        .collect()
}

fn found(arrivals: &VisitArrivals<'_>) -> BTreeMap<u64, i64> {
    arrivals.iter().collect()
}

/// A path starts at the seed and each step is one that the rows given and the definition allow.
fn assert_proved(
    arrivals: &VisitArrivals<'_>,
    (stays, meetings): (&[Stay], &[Meeting]),
    seed: u64,
    start: i64,
    least: i64,
) {
    for (person, at) in arrivals.iter() {
        let path = arrivals.path(person);
        let last = path.last().unwrap();
        assert_eq!((last.person, last.at), (person, at));
        let (mut able, mut since) = (seed, start);
        for step in path {
            assert_eq!(step.source, able);
            let (from, until) = match step.through {
                Through::Stays { venue, source, own } => {
                    assert!(stays.contains(&stay(step.source, venue, source.0, source.1)));
                    assert!(stays.contains(&stay(step.person, venue, own.0, own.1)));
                    (source.0.max(own.0), source.1.min(own.1))
                }
                Through::Meeting { from, until } => {
                    let (one, two) = (step.source, step.person);
                    assert!(meetings.iter().any(|meeting| {
                        let ends = [[one, two], [two, one]];
                        (meeting.from, meeting.until) == (from, until)
                            && ends.contains(&meeting.people)
                    }));
                    (from, until)
                }
            };
            assert_eq!(step.at, from.max(since));
            assert!(until - step.at >= least);
            (able, since) = (step.person, step.at + 1);
        }
    }
}

fn stays() -> impl Strategy<Value = Vec<Stay>> {
    let one = (0u64..8, 0u64..3, 0i64..14, 0i64..8);
    let stays = one.prop_map(|(person, venue, from, length)| {
        stay(person * 1_000_003, venue << 40, from, from + length)
    });
    prop::collection::vec(stays, 0..24)
}

fn meetings() -> impl Strategy<Value = Vec<Meeting>> {
    let one = (0u64..8, 1u64..8, 0i64..14, 0i64..4);
    let meetings = one.prop_map(|(a, further, from, length)| Meeting {
        people: [a * 1_000_003, (a + further) % 8 * 1_000_003],
        from,
        until: from + length,
    });
    prop::collection::vec(meetings, 0..8)
}

fn instants() -> impl Strategy<Value = i64> {
    prop_oneof![
        i64::MIN..i64::MIN + 4,
        -2i64..3,
        i64::MAX - 4..=i64::MAX,
        Just(i64::MAX)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_arrival_is_what_the_expanded_pairs_give_second_by_second(
        stays in stays(), meetings in meetings(), seed in 0u64..8, start in -2i64..16, least in 1u32..4,
    ) {
        let seed = seed * 1_000_003;
        let log = VisitLog::build(stays.clone(), meetings.clone());
        let arrivals = earliest_arrival_by_visits(&log, seed, start, seconds(least));
        let pairs = pairs(&stays, &meetings);
        let expected = second_by_second(&pairs, seed, start, least.into());
        prop_assert_eq!(&found(&arrivals), &expected);
        prop_assert_eq!(found(&arrivals), by_lowering(&pairs, seed, start, least.into()));
        prop_assert_eq!(arrivals.count(), expected.len());
        assert_proved(&arrivals, (&stays, &meetings), seed, start, least.into());
        prop_assert!(arrivals.looks() <= 3 * (stays.len() + 2 * meetings.len()) as u64);
    }

    #[test]
    fn the_order_of_rows_means_nothing(
        (stays, shuffled) in stays().prop_flat_map(|stays| (Just(stays.clone()), Just(stays).prop_shuffle())),
        meetings in meetings(), seed in 0u64..8,
    ) {
        let mut turned: Vec<Meeting> = meetings.clone();
        turned.reverse();
        for meeting in &mut turned {
            meeting.people.reverse();
        }
        let (one, two) = (VisitLog::build(stays, meetings), VisitLog::build(shuffled, turned));
        prop_assert_eq!(&one, &two);
        let by = |log| earliest_arrival_by_visits(log, seed * 1_000_003, 0, seconds(1));
        let paths = |arrivals: &VisitArrivals<'_>| -> Vec<_> {
            arrivals.iter().map(|(person, _)| arrivals.path(person)).collect()
        };
        prop_assert_eq!(paths(&by(&one)), paths(&by(&two)));
    }

    #[test]
    fn a_contact_of_an_instant_is_a_meeting_of_a_second(
        rows in prop::collection::vec((0i64..12, 0u64..9, 1u64..9), 0..40), seed in 0u64..9, start in -1i64..8,
    ) {
        let rows: Vec<(i64, u64, u64)> = rows.into_iter().map(|(at, a, further)| (at, a, (a + further) % 9)).collect();
        let meetings = rows.iter().map(|&(at, a, b)| Meeting { people: [a, b], from: at, until: at + 1 });
        let log = VisitLog::build([], meetings);
        let instants = InstantLog::build(rows.clone());
        let expected: BTreeMap<u64, i64> = earliest_arrival(&instants, seed, start, Mode::Strict).iter().collect();
        prop_assert_eq!(found(&earliest_arrival_by_visits(&log, seed, start, seconds(1))), expected);
    }

    #[test]
    fn nothing_overflows_at_the_ends_of_time(
        rows in prop::collection::vec((0u64..5, 0u64..2, instants(), instants()), 0..12),
        start in instants(), least in prop_oneof![1u32..3, Just(u32::MAX)],
    ) {
        let given: Vec<Stay> = rows.iter().map(|&(person, venue, a, b)| stay(person, venue, a, b)).collect();
        let sound: Vec<Stay> = given.iter().copied().filter(|stay| stay.from <= stay.until).collect();
        let log = VisitLog::build(given.clone(), []);
        prop_assert_eq!(log.refused().len(), given.len() - sound.len());
        prop_assert_eq!(log.stay_count(), sound.len());
        let arrivals = earliest_arrival_by_visits(&log, 0, start, seconds(least));
        prop_assert_eq!(found(&arrivals), by_lowering(&pairs(&sound, &[]), 0, start, least.into()));
    }
}

#[test]
fn a_gathering_costs_its_visits_not_its_pairs() {
    let size = 20_000u64;
    let came = (0..size).map(|person| stay(person, 0, i64::try_from(person % 600).unwrap(), 7_200));
    let log = VisitLog::build(came, []);
    let arrivals = earliest_arrival_by_visits(&log, 599, 0, NonZeroU32::MIN);
    assert_eq!(arrivals.count() as u64, size - 1);
    // The case came last, 599 seconds in; those who came at the same second met it then too.
    assert!(arrivals.iter().all(|(_, at)| at == 599));
    assert!(arrivals.looks() <= 3 * size);
    // 24 bytes a stay, 8 a person, 8 for the venue.
    assert_eq!(log.byte_count() as u64, size * 32 + 8);
}

#[test]
fn a_chain_inside_a_gathering_takes_a_second_a_link_and_no_more_looks() {
    let people = 20_000u64;
    // Everyone is at home for good, and each shares a home with the next.
    let homes = (0..people).flat_map(|person| [(person, person), (person, person + 1)]);
    let log = VisitLog::build(
        homes.map(|(person, home)| stay(person, home, 0, i64::MAX)),
        [],
    );
    let arrivals = earliest_arrival_by_visits(&log, 0, 5, NonZeroU32::MIN);
    let last = people - 1;
    assert_eq!(arrivals.of(last), Some(4 + i64::try_from(last).unwrap()));
    assert_eq!(arrivals.path(last).len() as u64, last);
    assert!(arrivals.looks() <= 3 * 2 * people);
}

#[test]
fn who_is_reached_elsewhere_passes_on_to_those_still_there_a_second_later() {
    // 2 sits at home (venue 1) with 3 all day, and is met by 1 on the doorstep at 50.
    let log = VisitLog::build(
        [stay(2, 1, 0, 100), stay(3, 1, 0, 100), stay(4, 1, 0, 51)],
        [Meeting {
            people: [1, 2],
            from: 50,
            until: 60,
        }],
    );
    let arrivals = earliest_arrival_by_visits(&log, 1, 0, NonZeroU32::MIN);
    assert_eq!(arrivals.iter().collect::<Vec<_>>(), [(2, 50), (3, 51)]);
    let path = arrivals.path(3);
    assert_eq!(
        path[0].through,
        Through::Meeting {
            from: 50,
            until: 60
        }
    );
    let at_home = Through::Stays {
        venue: 1,
        source: (0, 100),
        own: (0, 100),
    };
    assert_eq!(path[1].through, at_home);
}

#[test]
fn rows_that_cannot_be_are_named_and_the_rest_goes_through() {
    let meeting = |people, from, until| Meeting {
        people,
        from,
        until,
    };
    let log = VisitLog::build(
        [stay(1, 7, 10, 9), stay(1, 7, 0, 9), stay(2, 7, 8, 20)],
        [
            meeting([3, 3], 0, 9),
            meeting([2, 3], 5, 4),
            meeting([3, 2], 9, 12),
        ],
    );
    let texts: Vec<String> = log.refused().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "visit of person 1 to venue 7 from second 10, until: 9 is earlier; correct one of the two",
            "meeting of persons 2 and 3 from second 5, until: 4 is earlier; correct one of the two",
            "meeting from second 0, person_b: 3 is the same person as person_a; name the two who met",
        ]
    );
    assert_eq!((log.stay_count(), log.meeting_count()), (2, 1));
    let reached = earliest_arrival_by_visits(&log, 1, 0, NonZeroU32::MIN);
    assert_eq!(reached.iter().collect::<Vec<_>>(), [(2, 8), (3, 9)]);
}

#[test]
fn a_seed_that_is_nowhere_reaches_nobody() {
    let log = VisitLog::build([stay(1, 7, 0, 9), stay(2, 7, 8, 20)], []);
    let reached = earliest_arrival_by_visits(&log, 3, 0, NonZeroU32::MIN);
    assert_eq!(reached.count(), 0);
    assert_eq!(reached.path(1), []);
}
