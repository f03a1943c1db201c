//! The most pairs, then the least cost, whatever the order of asking.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use min_cost_flow::{AssignmentError, Flaw, Method, NetworkBuilder, assign, solve, verify};
use proptest::prelude::*;

type Pair = (usize, usize, i64);

/// The most pairs and their least cost, by trying for each left every right and none.
fn best(left: usize, places: &mut [u32], pairs: &[Pair]) -> (usize, i128) {
    let Some(this) = left.checked_sub(1) else {
        return (0, 0);
    };
    let mut found = best(this, places, pairs);
    for &(_, right, cost) in pairs.iter().filter(|pair| pair.0 == this) {
        if places[right] > 0 {
            places[right] -= 1;
            let (count, rest) = best(this, places, pairs);
            places[right] += 1;
            let with = (count + 1, rest + i128::from(cost));
            if with.0 > found.0 || with.0 == found.0 && with.1 < found.1 {
                found = with;
            }
        }
    }
    found
}

fn questions() -> impl Strategy<Value = (usize, Vec<u32>, Vec<Pair>)> {
    (0usize..6, prop::collection::vec(0u32..3, 0..5)).prop_flat_map(|(left, places)| {
        let pair = (0..left.max(1), 0..places.len().max(1), -9i64..10);
        let most = if left == 0 || places.is_empty() {
            0
        } else {
            12
        };
        (
            Just(left),
            Just(places),
            prop::collection::vec(pair, 0..=most),
        )
    })
}

/// As many single rights as left. Everybody can be paired, at the dearest cost, unless that pair of
/// some was struck out.
fn even_questions(
    count: usize,
    more: usize,
    dearest: i64,
) -> impl Strategy<Value = (Vec<Pair>, bool)> {
    let order = Just((0..count).collect::<Vec<_>>()).prop_shuffle();
    let pair = (0..count, 0..count, -9..=dearest);
    let struck_out = prop::option::weighted(0.3, 0..count);
    let others = prop::collection::vec(pair, 0..=more);
    (order, others, struck_out).prop_map(move |(order, mut pairs, struck_out)| {
        let all = (0..).zip(order);
        let all = all.filter(|&(left, _)| struck_out != Some(left));
        pairs.extend(all.map(|(left, right)| (left, right, dearest)));
        (pairs, struck_out.is_none())
    })
}

/// What it costs to pair all, by a network without a sink; `None` where somebody stays without.
fn cost_of_pairing_all(count: usize, pairs: &[Pair]) -> Option<i128> {
    let mut builder = NetworkBuilder::new();
    let lefts: Vec<_> = (0..count).map(|_| builder.node(1)).collect();
    let rights: Vec<_> = (0..count).map(|_| builder.node(-1)).collect();
    for &(left, right, cost) in pairs {
        builder.arc(lefts[left], rights[right], 0, Some(1), cost);
    }
    let network = builder.build().unwrap();
    let outcome = solve(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    outcome.optimum().map(|optimum| optimum.cost())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn as_many_left_as_right_are_paired_like_any((pairs, _) in even_questions(5, 8, 9)) {
        let found = assign(5, &[1; 5], &pairs).unwrap();
        prop_assert_eq!(found.verify(5, &[1; 5], &pairs), Ok(()));
        let count = found.of_left.iter().flatten().count();
        prop_assert_eq!((count, found.cost), best(5, &mut [1; 5], &pairs));
    }

    #[test]
    fn whoever_can_all_be_paired_is_paired_at_the_cost_of_the_flow(
        (pairs, all) in even_questions(40, 160, 1_000)
    ) {
        let found = assign(40, &[1; 40], &pairs).unwrap();
        prop_assert_eq!(found.verify(40, &[1; 40], &pairs), Ok(()));
        let by_offers = found.proof.solved_by().is_some_and(|by| by.method == Method::Auction);
        match cost_of_pairing_all(40, &pairs) {
            Some(cost) => {
                prop_assert!(by_offers);
                prop_assert_eq!(cost, found.cost);
            }
            None => {
                prop_assert!(!all);
                prop_assert!(!by_offers);
                prop_assert!(found.of_left.contains(&None));
            }
        }
    }

    #[test]
    fn no_other_assignment_has_more_pairs_or_costs_less((left, places, pairs) in questions()) {
        let found = assign(left, &places, &pairs).unwrap();
        prop_assert_eq!(found.verify(left, &places, &pairs), Ok(()));
        let count = found.of_left.iter().flatten().count();
        prop_assert_eq!((count, found.cost), best(left, &mut places.clone(), &pairs));
        for (right, &places) in places.iter().enumerate() {
            let given = found.of_left.iter().filter(|&&of| of == Some(right)).count();
            prop_assert!(given <= places as usize);
        }
        for (left, right) in found.of_left.iter().enumerate() {
            prop_assert!(right.is_none_or(|right| pairs.iter().any(|pair| (pair.0, pair.1) == (left, right))));
        }
    }

    #[test]
    fn the_order_of_pairs_changes_nothing(
        ((left, places, pairs), shuffled) in questions().prop_flat_map(|question| {
            let pairs = Just(question.2.clone()).prop_shuffle();
            (Just(question), pairs)
        })
    ) {
        prop_assert_eq!(assign(left, &places, &pairs), assign(left, &places, &shuffled));
    }
}

#[test]
fn one_pair_more_outweighs_any_cost() {
    let found = assign(
        2,
        &[1, 1],
        &[(0, 0, 0), (0, 1, 1_000_000), (1, 0, 1_000_000)],
    )
    .unwrap();
    assert_eq!(found.of_left, [Some(1), Some(0)]);
    assert_eq!(found.cost, 2_000_000);
}

#[test]
fn a_right_serves_as_many_as_its_capacity() {
    let found = assign(3, &[2], &[(0, 0, 5), (1, 0, 1), (2, 0, 3)]).unwrap();
    assert_eq!(found.of_left, [None, Some(0), Some(0)]);
}

#[test]
fn nobody_and_nothing_make_an_empty_assignment() {
    assert_eq!(assign(0, &[], &[]).unwrap().of_left, []);
    assert_eq!(assign(2, &[], &[]).unwrap().of_left, [None, None]);
    assert_eq!(assign(1, &[0], &[(0, 0, 1)]).unwrap().of_left, [None]);
}

#[test]
fn unknown_lefts_and_rights_are_named_at_once() {
    let errors = assign(1, &[1], &[(0, 0, 1), (1, 0, 1), (2, 3, 1)]).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "pair 1, left: 1 is unknown; there are 1, numbered from 0\n\
         pair 2, left: 2 is unknown; there are 1, numbered from 0\n\
         pair 2, right: 3 is unknown; there are 1, numbered from 0"
    );
}

#[test]
fn costs_that_one_pair_more_could_not_outweigh_are_refused() {
    let errors = assign(2, &[1, 1], &[(0, 0, i64::MIN), (1, 1, i64::MAX)]).unwrap_err();
    assert!(matches!(
        errors.as_slice(),
        [AssignmentError::CostsTooFarApart { .. }]
    ));
    // Large costs that lie close together are no trouble.
    assert_eq!(
        assign(1, &[1], &[(0, 0, i64::MIN)]).unwrap().cost,
        i128::from(i64::MIN)
    );
}

#[test]
fn a_changed_assignment_is_noticed() {
    let pairs = [(0, 0, 1), (1, 0, 2), (1, 1, 4)];
    let found = assign(2, &[1, 1], &pairs).unwrap();
    assert_eq!(found.verify(2, &[1, 1], &pairs), Ok(()));

    let mut swapped = found.clone();
    swapped.of_left = vec![None, Some(0)];
    assert!(swapped.verify(2, &[1, 1], &pairs).is_err());

    let mut cheaper = found.clone();
    cheaper.cost -= 1;
    assert_eq!(
        cheaper.verify(2, &[1, 1], &pairs),
        Err(Flaw::WrongCost {
            given: 4,
            counted: 5
        })
    );
    // The same answer to another question is no answer.
    assert!(found.verify(2, &[1, 1], &pairs[..2]).is_err());
}
