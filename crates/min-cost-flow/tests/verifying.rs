//! `verify` accepts no answer that is not one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod oracle;

use min_cost_flow::{
    ArcId, Cut, Cycle, Flaw, Network, NetworkBuilder, NodeId, Optimum, Outcome, solve, verify,
};
use oracle::{Verdict, networks, verdict};
use proptest::prelude::*;

/// Ten units from 0 to 1: six over the short road (arc 0), the rest over the long one (arc 1).
fn two_roads() -> Network {
    let mut builder = NetworkBuilder::new();
    let (store, village) = (builder.node(10), builder.node(-10));
    builder.arc(store, village, 0, Some(6), 2);
    builder.arc(store, village, 0, None, 5);
    builder.build().unwrap()
}

fn claim(flows: &[i64], potentials: &[i64], cost: i128) -> Outcome {
    Outcome::Optimal(Optimum::claimed(flows.to_vec(), potentials.to_vec(), cost))
}

/// An endless gain on arcs 0 and 1 between nodes 0 and 1, a limited one on arc 2.
fn endless() -> Network {
    let mut builder = NetworkBuilder::new();
    let (a, b) = (builder.node(0), builder.node(0));
    builder.arc(a, b, 0, None, -2);
    builder.arc(b, a, 0, None, 1);
    builder.arc(b, a, 0, Some(4), 0);
    builder.build().unwrap()
}

fn round(arcs: &[u32]) -> Outcome {
    Outcome::Unbounded(Cycle {
        arcs: arcs.iter().copied().map(ArcId).collect(),
        flows: vec![0; 3],
    })
}

fn cut(nodes: &[u32]) -> Outcome {
    Outcome::Infeasible(Cut {
        nodes: nodes.iter().copied().map(NodeId).collect(),
    })
}

#[test]
fn each_flaw_of_an_optimum_is_named() {
    let network = two_roads();
    let flaw = |outcome: Outcome| verify(&network, &outcome).unwrap_err().to_string();
    assert_eq!(verify(&network, &claim(&[6, 4], &[0, 5], 32)), Ok(()));
    assert_eq!(
        flaw(claim(&[6], &[0, 5], 32)),
        "the answer has 1 flows, the network 2; verify it against its own network"
    );
    assert_eq!(
        flaw(claim(&[6, 4], &[0], 32)),
        "the answer has 1 potentials, the network 2; verify it against its own network"
    );
    assert_eq!(
        flaw(claim(&[7, 3], &[0, 5], 29)),
        "arc 0: flow 7 is outside its bounds"
    );
    assert_eq!(
        flaw(claim(&[6, -1], &[0, 5], 32)),
        "arc 1: flow -1 is outside its bounds"
    );
    assert_eq!(
        flaw(claim(&[6, 3], &[0, 5], 27)),
        "node 0: 9 leaves it beyond what arrives, its supply is 10"
    );
    assert_eq!(
        flaw(claim(&[5, 5], &[0, 5], 35)),
        "arc 0: flow 5 at reduced cost -3 could be bettered"
    );
    assert_eq!(
        flaw(claim(&[6, 4], &[0, 2], 32)),
        "arc 1: flow 4 at reduced cost 3 could be bettered"
    );
    assert_eq!(
        flaw(claim(&[6, 4], &[0, 5], 31)),
        "the cost is given as 31, the flows cost 32"
    );
}

#[test]
fn each_flaw_of_a_cut_is_named() {
    let mut builder = NetworkBuilder::new();
    let (a, b, c) = (builder.node(3), builder.node(0), builder.node(-3));
    builder.arc(a, b, 0, None, 1);
    builder.arc(b, c, 0, Some(2), 1);
    let network = builder.build().unwrap();
    let flaw = |outcome: Outcome| verify(&network, &outcome).unwrap_err().to_string();
    // Supply that cannot leave, or demand that cannot be reached: both sides of the cut prove it.
    assert_eq!(verify(&network, &cut(&[0, 1])), Ok(()));
    assert_eq!(verify(&network, &cut(&[2])), Ok(()));
    assert_eq!(
        flaw(cut(&[0])),
        "the cut of 1 nodes proves nothing: what must leave or reach it can"
    );
    assert_eq!(
        flaw(cut(&[])),
        "the cut of 0 nodes proves nothing: what must leave or reach it can"
    );
    assert_eq!(flaw(cut(&[0, 1, 1])), "node 1 is named twice in the cut");
    assert_eq!(flaw(cut(&[0, 3])), "node 3 is not in the network");
}

#[test]
fn each_flaw_of_a_cycle_is_named() {
    let network = endless();
    let flaw = |outcome: Outcome| verify(&network, &outcome).unwrap_err().to_string();
    assert_eq!(verify(&network, &round(&[0, 1])), Ok(()));
    assert_eq!(verify(&network, &round(&[1, 0])), Ok(()));
    assert_eq!(flaw(round(&[])), "the cycle costs 0, which is not negative");
    assert_eq!(
        flaw(round(&[0])),
        "arc 0 does not begin where the arc before it in the cycle ends"
    );
    assert_eq!(flaw(round(&[0, 2])), "arc 2 of the cycle has a limit");
    assert_eq!(flaw(round(&[0, 9])), "arc 9 is not in the network");
    let nowhere = Cycle {
        arcs: vec![ArcId(0), ArcId(1)],
        flows: vec![1, 0, 0],
    };
    assert!(matches!(
        verify(&network, &Outcome::Unbounded(nowhere)),
        Err(Flaw::NotConserved {
            node: NodeId(0),
            ..
        })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn one_unit_more_or_less_anywhere_is_noticed(
        network in networks(6, 14, true), at in any::<prop::sample::Index>(), change in prop_oneof![Just(-1i64), Just(1)],
    ) {
        let outcome = solve(&network);
        let Some(optimum) = outcome.optimum() else { return Ok(()) };
        let (flows, potentials, cost) = (optimum.flows(), optimum.potentials(), optimum.cost());
        prop_assert!(verify(&network, &claim(flows, potentials, cost + i128::from(change))).is_err());
        if !flows.is_empty() {
            let arc = at.index(flows.len());
            let mut changed = flows.to_vec();
            changed[arc] += change;
            let verdict = verify(&network, &claim(&changed, potentials, cost));
            // On a loop that costs nothing another amount is as good an answer.
            prop_assert!(verdict.is_err() || network.arcs()[arc].is_loop() && network.arcs()[arc].cost == 0);
        }
    }

    #[test]
    fn other_prices_are_accepted_only_where_they_prove_the_same_cost(
        network in networks(6, 14, true), at in any::<prop::sample::Index>(), change in -3i64..4,
    ) {
        let outcome = solve(&network);
        let Some(optimum) = outcome.optimum() else { return Ok(()) };
        let mut prices = optimum.potentials().to_vec();
        prices[at.index(network.node_count())] += change;
        let proved = network.arcs().iter().zip(optimum.flows()).all(|(arc, &flow)| {
            let reduced = arc.cost + prices[arc.tail.index()] - prices[arc.head.index()];
            let cheaper_with_more = reduced < 0 && Some(flow) != arc.capacity;
            let cheaper_with_less = reduced > 0 && flow != arc.lower;
            !cheaper_with_more && !cheaper_with_less
        });
        let claimed = claim(optimum.flows(), &prices, optimum.cost());
        prop_assert_eq!(verify(&network, &claimed).is_ok(), proved);
    }

    #[test]
    fn no_set_of_nodes_passes_as_a_cut_of_a_feasible_network(network in networks(6, 14, true), set in 0u32..64) {
        let nodes: Vec<u32> = (0..6).filter(|node| set >> node & 1 == 1).collect();
        if verdict(&network) != Verdict::Infeasible {
            prop_assert!(verify(&network, &cut(&nodes)).is_err());
        }
    }

    #[test]
    fn an_answer_does_not_pass_for_another_kind(network in networks(6, 14, true)) {
        let true_verdict = verdict(&network);
        let flows: Vec<i64> = network.arcs().iter().map(|arc| arc.lower).collect();
        let all: Vec<u32> = (0..6).collect();
        if true_verdict != Verdict::Unbounded {
            let arcs = network.arc_ids().collect();
            let cycle = Cycle { arcs, flows: flows.clone() };
            prop_assert!(verify(&network, &Outcome::Unbounded(cycle)).is_err());
        }
        if network.imbalance() == 0 {
            prop_assert!(verify(&network, &cut(&all)).is_err());
        }
        if !matches!(true_verdict, Verdict::Optimal(_)) {
            prop_assert!(verify(&network, &claim(&flows, &[0; 6], 0)).is_err());
        }
    }
}
