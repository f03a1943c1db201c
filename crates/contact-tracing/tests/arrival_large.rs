//! Closures over logs large enough for every stage of one, and under every way of numbering people
//! and packing rows, against a plain pass.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod plain;
mod walks;

use std::collections::BTreeMap;

use contact_tracing::arrival::{
    ContactIndex, InstantLog, Instants, Mode, earliest_arrival, latest_departure,
};
use proptest::prelude::*;
use walks::{Rows, community, is_walk};

fn collect(instants: &Instants<'_>) -> BTreeMap<u64, i64> {
    instants.iter().collect()
}

/// Large enough for every stage of a closure with an index; by the second, the hour and the day.
fn instants() -> impl Strategy<Value = u64> {
    prop_oneof![Just(20), Just(3_000), Just(2_000_000)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_community_is_reached_as_by_a_plain_pass(number in any::<u64>(), people in 1_500u64..4_000, instants in instants(), seed in 0u64..1_500, hop in 2u32..9, scale in 1u32..40) {
        let rows = community(number, people, 9 * people, instants);
        let start = rows[1].0 / 8;
        let log = InstantLog::build(rows.clone());
        let index = ContactIndex::build(&log);
        let unit = scale * u32::try_from(instants / 400 + 1).unwrap();
        let modes = [
            Mode::Strict,
            Mode::NonStrict,
            Mode::Delayed(unit),
            Mode::Window { delay: unit, length: 3 * unit },
            Mode::Window { delay: 2 * unit, length: unit / 2 + 1 },
            Mode::Window { delay: 0, length: unit },
            Mode::Hops(hop),
            Mode::Hops(300 * hop),
        ];
        for mode in modes {
            let expected = plain::arrivals(&rows, seed, start, mode);
            let found = earliest_arrival(&log, seed, start, mode);
            prop_assert!(collect(&found) == expected, "{mode}");
            prop_assert!(collect(&index.earliest_arrival(seed, start, mode)) == expected, "{mode}, index");
            for person in (0..people).step_by(997) {
                let path = found.path(person);
                prop_assert!(path.is_empty() || is_walk(&rows, &path, seed, start, mode, person), "{}", mode);
                prop_assert_eq!(path.is_empty(), found.of(person).is_none());
            }
        }
        let by = rows[0].0;
        let expected = plain::departures(&rows, seed, by);
        prop_assert!(collect(&latest_departure(&log, seed, by)) == expected);
        let found = index.latest_departure(seed, by);
        prop_assert!(collect(&found) == expected);
        for (person, at) in found.iter().step_by(97) {
            prop_assert!(is_walk(&rows, &found.path(person), person, at, Mode::Strict, seed));
        }
    }
}

/// Nearly everyone has been reached long before the end; twenty people meet anybody only in the
/// last quarter, so that each is looked for by its own contacts.
fn with_late_people(number: u64, instants: u64, late: Rows) -> Rows {
    let mut rows = community(number, 25_000, 420_000, instants);
    rows.extend(late);
    rows
}

fn assert_as_by_a_plain_pass(rows: &Rows, last: i64) {
    let log = InstantLog::build(rows.clone());
    let index = ContactIndex::build(&log);
    let found = index.earliest_arrival(7, 0, Mode::Strict);
    assert!(collect(&found) == plain::arrivals(rows, 7, 0, Mode::Strict));
    let mirrored: Rows = rows
        .iter()
        .map(|row| (last - row.0, row.1, row.2))
        .collect();
    let log = InstantLog::build(mirrored.clone());
    let index = ContactIndex::build(&log);
    let found = index.latest_departure(7, last);
    assert!(collect(&found) == plain::departures(&mirrored, 7, last));
}

#[test]
fn those_who_meet_one_another_late_are_reached_as_by_a_plain_pass() {
    for (number, instants) in [(1, 60), (2, 5_000), (3, 3_000_000)] {
        let late = i64::try_from(instants - instants / 4).unwrap();
        let among = community(number, 20, 60, instants / 4);
        let some_meet_others = |(at, a, b): (i64, u64, u64)| {
            let other = if (a + b) % 7 == 0 { b } else { 40_000 + b };
            (late + at, 40_000 + a, other)
        };
        let among = among.into_iter().map(some_meet_others).collect();
        let rows = with_late_people(number, instants, among);
        assert_as_by_a_plain_pass(&rows, i64::try_from(instants).unwrap());
    }
}

/// Whichever of the long instants the looks begin in the midst of: who was reached in its first
/// half does not pass on in its second.
#[test]
fn who_was_reached_at_the_instant_itself_does_not_reach_those_missing() {
    for first in [36, 46] {
        let pairs = (first..first + 10).flat_map(|at: u64| {
            let now = i64::try_from(at).unwrap();
            [(now, 7, 40_000 + at), (now, 40_000 + at, 50_000 + at)]
        });
        assert_as_by_a_plain_pass(&with_late_people(1, 60, pairs.collect()), 60);
    }
}

/// Rows with everyone renamed and every instant moved, both in their order.
fn renamed(rows: &Rows, name: impl Fn(u64) -> u64, moved: impl Fn(i64) -> i64) -> Rows {
    let one = |&(at, a, b): &(i64, u64, u64)| (moved(at), name(a), name(b));
    rows.iter().map(one).collect()
}

/// Own numbers, listed by marks and found in a table, listed by marks and searched for, listed by
/// a sort; rows packed by a guess, packed once all are known, and as they are.
#[test]
fn what_people_and_instants_are_called_changes_no_answer() {
    let rows = community(3, 600, 1_200, 400);
    let (seed, start) = (rows[1].1, 20);
    let modes = [Mode::Strict, Mode::NonStrict, Mode::Hops(4)];
    let expected = modes.map(|mode| plain::arrivals(&rows, seed, start, mode));
    let before = plain::departures(&rows, seed, 380);
    for apart in [1, 40, 100, 10_000, 1 << 54] {
        let name = |person: u64| person * apart + 7;
        for (first, scale) in [(0, 1), (-300, 1), (5, 1 << 20), (i64::MIN, 1 << 54)] {
            let moved = |at: i64| first + at * scale;
            let named = |instants: &BTreeMap<u64, i64>| -> BTreeMap<u64, i64> {
                let one = |(&person, &at): (&u64, &i64)| (name(person), moved(at));
                instants.iter().map(one).collect()
            };
            let log = InstantLog::build(renamed(&rows, name, moved));
            let index = ContactIndex::build(&log);
            for (mode, expected) in modes.into_iter().zip(&expected) {
                let found = earliest_arrival(&log, name(seed), moved(start), mode);
                assert!(collect(&found) == named(expected), "{mode}, {apart} apart");
                let found = index.earliest_arrival(name(seed), moved(start), mode);
                assert!(collect(&found) == named(expected), "{mode}, {apart} apart");
            }
            let found = index.latest_departure(name(seed), moved(380));
            assert!(collect(&found) == named(&before), "{apart} apart");
        }
    }
}
