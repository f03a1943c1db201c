//! `build` refuses what no sum could hold, all of it at once, by number.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use min_cost_flow::{ArcId, NetworkBuilder, NetworkError, NodeId, solve, verify};

fn complaints(builder: NetworkBuilder) -> Vec<String> {
    let errors = builder.build().unwrap_err();
    assert_eq!(errors.to_string().lines().count(), errors.as_slice().len());
    errors.as_slice().iter().map(ToString::to_string).collect()
}

#[test]
fn every_faulty_arc_is_named_at_once() {
    let mut builder = NetworkBuilder::new();
    let (a, b) = (builder.node(1), builder.node(-1));
    builder.arc(a, NodeId(2), 0, None, 1);
    builder.arc(a, b, 0, None, 1);
    builder.arc(NodeId(7), b, 3, Some(2), 1);
    builder.arc(a, b, 0, None, i64::MIN);
    assert_eq!(
        complaints(builder),
        [
            "arc 0, head: node 2 is unknown; add it first (the network has 2 nodes, numbered from 0)",
            "arc 2, tail: node 7 is unknown; add it first (the network has 2 nodes, numbered from 0)",
            "arc 2, capacity: 2 is under the lower bound 3; raise the capacity or lower the bound",
            "arc 3, cost: -9223372036854775808 is too large among 2 nodes; keep costs from -288230376151711743 to 288230376151711743",
        ]
    );
}

#[test]
fn supplies_past_the_limit_are_named_by_their_node() {
    let mut builder = NetworkBuilder::new();
    builder.node(i64::MAX / 2);
    builder.node(-1);
    builder.node(i64::MIN);
    let errors = complaints(builder);
    assert_eq!(
        errors,
        [
            "node 1, supply: -1 brings the amounts in the network past 4611686018427387903; count in a larger unit",
            "node 2, supply: -9223372036854775808 brings the amounts in the network past 4611686018427387903; count in a larger unit",
        ]
    );
}

#[test]
fn bounds_past_the_limit_are_named_by_their_arc() {
    let mut builder = NetworkBuilder::new();
    let (a, b) = (builder.node(0), builder.node(0));
    builder.arc(a, b, i64::MIN, Some(0), 1);
    builder.arc(b, a, 0, Some(i64::MAX), -1);
    let errors = builder.build().unwrap_err();
    assert_eq!(
        errors
            .as_slice()
            .iter()
            .map(NetworkError::arc)
            .collect::<Vec<_>>(),
        [Some(ArcId(0)), Some(ArcId(1))]
    );
    assert_eq!(
        errors.as_slice()[1].to_string(),
        "arc 1, bounds: lower bound 0 and capacity 9223372036854775807 bring the amounts in the network past 4611686018427387903; leave the capacity without limit or count in a larger unit"
    );
}

#[test]
fn a_total_cost_that_could_overflow_is_named_by_its_arc() {
    let mut builder = NetworkBuilder::new();
    let (a, b) = (builder.node(1 << 60), builder.node(-(1 << 60)));
    for _ in 0..1_000 {
        builder.arc(a, b, 0, None, 1 << 57);
    }
    let errors = builder.build().unwrap_err();
    assert_eq!(
        errors.as_slice()[0].to_string(),
        "arc 511, cost: at 144115188075855872 a unit the total cost could pass 2^127; count cost or amount in a larger unit"
    );
}

#[test]
fn capacities_beyond_all_need_are_no_burden() {
    let mut builder = NetworkBuilder::new();
    let (a, b) = (builder.node(5), builder.node(-5));
    for cost in 1..100 {
        builder.arc(a, b, 0, Some(i64::MAX), cost);
    }
    let network = builder.build().unwrap();
    let outcome = solve(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    assert_eq!(outcome.optimum().unwrap().cost(), 5);
}

#[test]
fn ids_count_up_in_order_of_adding() {
    let mut builder = NetworkBuilder::new();
    let nodes = [builder.node(0), builder.node(0)];
    let arcs = [
        builder.arc(nodes[0], nodes[1], 0, None, 0),
        builder.arc(nodes[0], nodes[1], 0, None, 0),
    ];
    assert_eq!(nodes.map(NodeId::index), [0, 1]);
    assert_eq!(arcs.map(ArcId::index), [0, 1]);
    let network = builder.build().unwrap();
    assert_eq!(network.node_ids().collect::<Vec<_>>(), nodes);
    assert_eq!(network.arc_ids().collect::<Vec<_>>(), arcs);
}
