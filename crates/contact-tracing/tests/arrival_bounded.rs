//! The generations of a case within a period, against walking every walk.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod walks;

use std::collections::BTreeMap;

use contact_tracing::arrival::{ContactIndex, InstantLog, Mode, Scratch};
use proptest::prelude::*;
use walks::{community, generations, is_walk, rows};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn generations_and_arrivals_are_those_of_every_walk(rows in rows(), from in 0i64..8, length in 0i64..10, most in 0u32..5) {
        let log = InstantLog::build(rows.clone());
        let index = ContactIndex::build(&log);
        let until = from + length;
        // One scratch for all: what one question leaves must not reach the next.
        let mut scratch = Scratch::default();
        for case in 1..9 {
            let found = index.generations_within(case, from..until, most, &mut scratch);
            let by_person: BTreeMap<u64, (u32, i64)> = found
                .iter()
                .map(|one| (one.person, (one.generation, one.passing.at)))
                .collect();
            prop_assert_eq!(by_person.len(), found.count());
            prop_assert_eq!(&by_person, &generations(&rows, case, (from, until), most));
            for one in found.iter() {
                let path = found.path(one.person);
                prop_assert_eq!(path.len(), one.generation as usize);
                prop_assert_eq!(path.last(), Some(&one.passing));
                prop_assert!(is_walk(&rows, &path, case, from, Mode::Strict, one.person));
                prop_assert!(path.iter().all(|passing| passing.at < until));
            }
            prop_assert_eq!(found.path(case), []);
        }
    }

    #[test]
    fn everyone_within_so_many_contacts_is_within_so_many_generations(number in any::<u64>(), most in 1u32..5) {
        let rows = community(number, 200, 1_500, 5_000);
        let log = InstantLog::build(rows);
        let index = ContactIndex::build(&log);
        let found = index.generations_within(7, 900..i64::MAX, most, &mut Scratch::default());
        let mut people: Vec<u64> = found.iter().map(|one| one.person).collect();
        people.sort_unstable();
        let within = index.earliest_arrival(7, 900, Mode::Hops(most));
        prop_assert_eq!(people, within.iter().map(|(person, _)| person).collect::<Vec<_>>());
    }
}

/// More people than the room for answers holds at first, then few again in the same room.
#[test]
fn who_met_hundreds_has_the_generations_of_every_walk() {
    let mut rows = community(5, 700, 500, 90);
    rows.extend((0u32..600).map(|person| (i64::from(person % 50), 1_000, person.into())));
    let log = InstantLog::build(rows.clone());
    let index = ContactIndex::build(&log);
    let mut scratch = Scratch::default();
    for (case, most) in [(1_000, 2), (3, 1), (1_000, 1), (3, 2)] {
        let found = index.generations_within(case, 10..80, most, &mut scratch);
        let by_person: BTreeMap<u64, (u32, i64)> = found
            .iter()
            .map(|one| (one.person, (one.generation, one.passing.at)))
            .collect();
        assert_eq!(by_person, generations(&rows, case, (10, 80), most));
        assert_eq!(case == 1_000, by_person.len() > 400, "{}", by_person.len());
    }
}

#[test]
fn a_late_direct_contact_and_an_early_indirect_one_are_both_followed() {
    // 3 is met by the case on day 10, and by 2 on day 5; only the latter can reach 4 on day 7.
    let log = InstantLog::build([(4, 1, 2), (5, 2, 3), (7, 3, 4), (10, 1, 3)]);
    let index = ContactIndex::build(&log);
    let mut scratch = Scratch::default();
    let found = index.generations_within(1, 0..20, 3, &mut scratch);
    let listed: Vec<(u64, u32, i64)> = found
        .iter()
        .map(|one| (one.person, one.generation, one.passing.at))
        .collect();
    assert_eq!(listed, [(2, 1, 4), (3, 1, 10), (4, 3, 7)]);
    let path: Vec<u64> = found.path(4).iter().map(|passing| passing.to).collect();
    assert_eq!(path, [2, 3, 4]);
    assert_eq!(
        index.generations_within(9, 0..20, 3, &mut scratch).count(),
        0
    );
    let ends_first = std::ops::Range { start: 20, end: 0 };
    assert_eq!(
        index
            .generations_within(1, ends_first, 3, &mut scratch)
            .count(),
        0
    );
}
