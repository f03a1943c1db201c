//! What falls apart is solved part by part, to the same cost and with the same proof.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use min_cost_flow::{
    Method, Network, NetworkBuilder, NodeId, Outcome, solve_by, solve_in_parts, verify,
};
use proptest::prelude::*;

/// A town in parts: in each some stores and many homes; what is left over goes to one node, what is
/// wanting comes from another, and an arc joins the two.
#[derive(Clone, Debug)]
struct Town {
    parts: u32,
    /// Costs and amounts are taken from here in turn.
    draws: Vec<i64>,
    /// What the arc between the two may carry, and whether it leads the other way.
    tie: (Option<i64>, i64),
    backwards: bool,
}

const STORES: u32 = 4;
const HOMES: u32 = 60;

fn network(town: &Town) -> Network {
    let mut draws = town.draws.iter().copied().cycle();
    let mut draw = |most: i64| draws.next().unwrap() % most;
    let mut builder = NetworkBuilder::new();
    let mut sum = 0;
    let mut rows = Vec::new();
    let (wanting, left_over) = (NodeId(0), NodeId(1));
    // The supplies of the two are known once all others are: they are nodes 0 and 1 all the same.
    let mut supplies = Vec::new();
    let mut next = 2u32;
    for _ in 0..town.parts {
        let stores: Vec<NodeId> = (0..STORES).map(|store| NodeId(next + store)).collect();
        next += STORES;
        for &store in &stores {
            supplies.push(draw(300));
            rows.push((store, left_over, None, draw(5)));
        }
        for _ in 0..HOMES {
            let home = NodeId(next);
            next += 1;
            let wants = draw(20);
            supplies.push(-wants);
            rows.push((wanting, home, Some(wants), 1_000 + draw(500)));
            for &store in &stores {
                rows.push((store, home, Some(1 + draw(30)), draw(100)));
            }
        }
    }
    sum += supplies.iter().sum::<i64>();
    let (most, cost) = town.tie;
    builder.node(2_000 * i64::from(town.parts));
    builder.node(-2_000 * i64::from(town.parts) - sum);
    for supply in supplies {
        builder.node(supply);
    }
    for (tail, head, most, cost) in rows {
        builder.arc(tail, head, 0, most, cost);
    }
    if town.backwards {
        builder.arc(left_over, wanting, -1_000_000, Some(0), -cost);
    } else {
        builder.arc(wanting, left_over, 0, most, cost);
    }
    builder.build().unwrap()
}

fn towns() -> impl Strategy<Value = Town> {
    let tie = (
        prop_oneof![Just(None), (0i64..20_000).prop_map(Some)],
        -50i64..50,
    );
    (
        4u32..7,
        prop::collection::vec(0i64..1_000, 50..90),
        tie,
        any::<bool>(),
    )
        .prop_map(|(parts, draws, (most, cost), backwards)| Town {
            parts,
            draws,
            tie: (most, if most.is_none() { cost.abs() } else { cost }),
            backwards,
        })
}

fn cost(outcome: &Outcome) -> Option<i128> {
    outcome.optimum().map(|optimum| optimum.cost())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_parts_make_the_whole(town in towns()) {
        let network = network(&town);
        let apart = solve_in_parts(&network);
        prop_assert_eq!(verify(&network, &apart), Ok(()));
        let whole = solve_by(&network, Method::NetworkSimplex);
        prop_assert_eq!(verify(&network, &whole), Ok(()));
        prop_assert_eq!(cost(&apart), cost(&whole));
        prop_assert_eq!(solve_in_parts(&network), apart);
    }
}

fn town(most: Option<i64>) -> Town {
    Town {
        parts: 5,
        draws: (0..83).map(|at| at * at * 7 % 1_000).collect(),
        tie: (most, 3),
        backwards: false,
    }
}

fn parts(outcome: &Outcome) -> usize {
    outcome.optimum().unwrap().solved_by().unwrap().parts
}

#[test]
fn a_town_falls_into_its_parts_where_nothing_limits_what_joins_them() {
    let network = network(&town(None));
    let outcome = solve_in_parts(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    assert_eq!(parts(&outcome), 5);
}

#[test]
fn where_the_arc_that_joins_them_fills_the_town_is_solved_whole() {
    // Wide enough for all supplies together, and yet it would have to carry something backwards.
    let open = network(&town(None));
    let mut builder = NetworkBuilder::new();
    for (node, &supply) in open.supplies().iter().enumerate() {
        // Nothing to give for those who want, so that it has to come from what is left over.
        let all = open.supplies()[0];
        builder.node(match node {
            0 => 0,
            1 => supply + all,
            _ => supply,
        });
    }
    for arc in open.arcs() {
        builder.arc(arc.tail, arc.head, arc.lower, arc.capacity, arc.cost);
    }
    let network = builder.build().unwrap();
    let outcome = solve_in_parts(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    let whole = solve_by(&network, Method::NetworkSimplex);
    assert_eq!(cost(&outcome), cost(&whole));
}

#[test]
fn parts_that_nothing_joins_are_solved_each_for_itself_or_not_at_all() {
    let chain = |surplus: i64| {
        let mut builder = NetworkBuilder::new();
        for part in 0..3 {
            let nodes: Vec<NodeId> = (0..201)
                .map(|node| {
                    builder.node(match node {
                        0 => 5,
                        200 if part == 0 => -5 - surplus,
                        200 if part == 1 => surplus - 5,
                        200 => -5,
                        _ => 0,
                    })
                })
                .collect();
            for pair in nodes.windows(2) {
                builder.arc(pair[0], pair[1], 0, None, 2);
                builder.arc(pair[0], pair[1], 0, Some(3), 1);
            }
        }
        builder.build().unwrap()
    };
    let network = chain(0);
    let outcome = solve_in_parts(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    assert_eq!(cost(&outcome), Some(3 * 200 * (3 + 2 * 2)));
    assert_eq!(parts(&outcome), 3);
    // Balanced as a whole, but not part by part.
    let network = chain(1);
    let outcome = solve_in_parts(&network);
    assert_eq!(verify(&network, &outcome), Ok(()));
    assert!(matches!(outcome, Outcome::Infeasible(_)));
}
