//! Where single units are paired, offers find what the simplex finds, and prove it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use min_cost_flow::{Method, Network, NetworkBuilder, NodeId, Outcome, solve, solve_by, verify};
use proptest::prelude::*;

/// `tail, head, capacity, cost`, both ends numbered within their side.
type Row = (u32, u32, Option<i64>, i64);

/// Givers and takers in turn, so that a side is no run of numbers, and one node that does nothing.
fn network(count: u32, rows: &[Row]) -> Network {
    let mut builder = NetworkBuilder::new();
    for _ in 0..count {
        builder.node(1);
        builder.node(-1);
    }
    builder.node(0);
    for &(tail, head, capacity, cost) in rows {
        builder.arc(NodeId(2 * tail), NodeId(2 * head + 1), 0, capacity, cost);
    }
    builder.build().unwrap()
}

fn agrees_with_the_simplex(network: &Network) -> Result<(), TestCaseError> {
    let by_offers = solve_by(network, Method::Auction);
    prop_assert_eq!(verify(network, &by_offers), Ok(()));
    let by_trees = solve_by(network, Method::NetworkSimplex);
    prop_assert_eq!(verify(network, &by_trees), Ok(()));
    let cost = |outcome: &Outcome| outcome.optimum().map(|optimum| optimum.cost());
    prop_assert_eq!(cost(&by_offers), cost(&by_trees));
    Ok(())
}

/// Any arcs between two sides: often somebody must stay alone.
fn any_pairs(count: u32, arcs: usize) -> impl Strategy<Value = Network> {
    let row = (0..count, 0..count, prop::option::of(0i64..3), -30i64..31);
    prop::collection::vec(row, 0..=arcs).prop_map(move |rows| network(count, &rows))
}

/// One pair for everybody, in some order, at a high cost, and others.
fn perfect_pairs(count: u32, arcs: usize, dearest: i64) -> impl Strategy<Value = Network> {
    let order = Just((0..count).collect::<Vec<_>>()).prop_shuffle();
    let row = (0..count, 0..count, Just(Some(1)), 0..=dearest);
    (order, prop::collection::vec(row, 0..=arcs)).prop_map(move |(order, mut rows)| {
        rows.extend(
            (0..)
                .zip(order)
                .map(|(tail, head)| (tail, head, None, dearest)),
        );
        network(count, &rows)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_the_arcs_the_answer_is_that_of_the_simplex(network in any_pairs(5, 18)) {
        agrees_with_the_simplex(&network)?;
    }

    #[test]
    fn who_can_be_paired_is_paired_at_the_least_cost(network in perfect_pairs(40, 200, 1_000)) {
        agrees_with_the_simplex(&network)?;
        prop_assert!(solve(&network).optimum().is_some());
    }

    #[test]
    fn equal_costs_are_no_hindrance(network in perfect_pairs(30, 200, 1)) {
        agrees_with_the_simplex(&network)?;
    }
}

#[test]
fn costs_too_far_apart_for_offers_are_paired_all_the_same() {
    let far = i64::from(u32::MAX) + 1;
    let rows = [
        (0, 0, Some(1), far),
        (0, 1, Some(1), 0),
        (1, 0, Some(1), 0),
        (1, 1, Some(1), far),
    ];
    let network = network(2, &rows);
    let outcome = solve(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    assert_eq!(outcome.optimum().unwrap().cost(), 0);
}

#[test]
fn rights_for_which_three_fight_in_vain_are_a_cut() {
    // Three lefts know only two rights; the third right knows nobody.
    let rows: Vec<Row> = (0..3)
        .flat_map(|left| [(left, 0, None, 1), (left, 1, None, 1)])
        .collect();
    let network = network(3, &rows);
    let outcome = solve(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    let Outcome::Infeasible(cut) = outcome else {
        panic!("somebody stays alone")
    };
    assert!(!cut.nodes.is_empty());
}

#[test]
fn two_who_know_one_right_only_and_fight_for_it_do_not_hold_up_all_the_others() {
    // An offer looks at the offers of its left alone: at all 6,000, these 800,000 would take minutes.
    let rows: Vec<Row> = (2..2_000)
        .flat_map(|left| [left, left - 1, left / 2].map(|right| (left, right, Some(1), 7)))
        .chain([0, 1].map(|left| (left, 0, Some(1), 1)))
        .collect();
    let network = network(2_000, &rows);
    let outcome = solve(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    assert!(matches!(outcome, Outcome::Infeasible(_)));
}

#[test]
fn a_lower_bound_or_a_way_through_is_not_for_offers_but_is_answered() {
    let mut builder = NetworkBuilder::new();
    let (giver, through, taker) = (builder.node(1), builder.node(0), builder.node(-1));
    builder.arc(giver, taker, 0, Some(1), 9);
    builder.arc(giver, through, 1, Some(1), 2);
    builder.arc(through, taker, 0, Some(1), 2);
    let network = builder.build().unwrap();
    let outcome = solve_by(&network, Method::Auction);
    assert_eq!(verify(&network, &outcome), Ok(()));
    assert_eq!(outcome.optimum().unwrap().cost(), 4);
}
