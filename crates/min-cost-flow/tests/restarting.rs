//! A solution that begins at an earlier one is as good as one from nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod oracle;

use min_cost_flow::{
    Arc, ArcId, Method, Network, NodeId, Optimum, Outcome, solve, solve_from, verify,
};
use oracle::{Verdict, network_of, networks, verdict};
use proptest::prelude::*;

fn verdict_of(outcome: &Outcome) -> Verdict {
    match outcome {
        Outcome::Optimal(optimum) => Verdict::Optimal(optimum.cost()),
        Outcome::Infeasible(_) => Verdict::Infeasible,
        Outcome::Unbounded(_) => Verdict::Unbounded,
    }
}

/// The answer from the earlier solution proves itself, and is what looking at everything finds.
fn assert_as_good(network: &Network, earlier: &Optimum) -> Result<(), TestCaseError> {
    let outcome = solve_from(network, earlier);
    prop_assert_eq!(verify(network, &outcome), Ok(()));
    prop_assert_eq!(verdict_of(&outcome), verdict(network));
    prop_assert_eq!(solve_from(network, earlier), outcome, "the same again");
    Ok(())
}

/// An optimum, or what a person might claim to be one.
fn begun(network: &Network) -> Optimum {
    match solve(network) {
        Outcome::Optimal(optimum) => optimum,
        _ => Optimum::claimed(
            vec![1; network.arc_count()],
            vec![0; network.node_count()],
            0,
        ),
    }
}

/// Shifts of supply between nodes and new costs and bounds of arcs, by position.
#[derive(Clone, Debug)]
struct Change {
    supplies: Vec<(usize, usize, i64)>,
    costs: Vec<(usize, i64)>,
    capacities: Vec<(usize, Option<i64>)>,
}

fn changes() -> impl Strategy<Value = Change> {
    let place = || 0usize..100;
    (
        prop::collection::vec((place(), place(), -3i64..4), 0..3),
        prop::collection::vec((place(), -4i64..9), 0..3),
        prop::collection::vec((place(), prop::option::of(0i64..5)), 0..3),
    )
        .prop_map(|(supplies, costs, capacities)| Change {
            supplies,
            costs,
            capacities,
        })
}

fn changed(network: &Network, change: &Change) -> Network {
    let mut supplies = network.supplies().to_vec();
    let mut arcs = network.arcs().to_vec();
    let (nodes, count) = (supplies.len(), arcs.len());
    for &(from, to, amount) in change.supplies.iter().filter(|_| nodes > 0) {
        supplies[from % nodes] += amount;
        supplies[to % nodes] -= amount;
    }
    for &(arc, cost) in change.costs.iter().filter(|_| count > 0) {
        arcs[arc % count].cost = cost;
    }
    for &(arc, width) in change.capacities.iter().filter(|_| count > 0) {
        let arc = &mut arcs[arc % count];
        arc.capacity = width.map(|width| arc.lower + width);
    }
    network_of(&supplies, &arcs)
}

/// The same with room for one unit more than must be carried, or for none, on every arc.
fn in_single_units(network: &Network) -> Network {
    let narrow = |arc: &Arc| {
        let width = arc.capacity.map_or(1, |most| (most - arc.lower).min(1));
        Arc {
            capacity: Some(arc.lower + width),
            ..*arc
        }
    };
    let arcs: Vec<Arc> = network.arcs().iter().map(narrow).collect();
    network_of(network.supplies(), &arcs)
}

/// Ten nodes and ten times as many arcs, so that a restart leaves most of them aside; too large to look
/// at every flow.
fn crowded() -> impl Strategy<Value = Network> {
    let arc = (0u32..10, 0u32..10, -1i64..2, 0i64..5, 1i64..60);
    (
        prop::collection::vec(-4i64..5, 9),
        prop::collection::vec(arc, 80..140),
    )
        .prop_map(|(mut supplies, arcs)| {
            supplies.push(-supplies.iter().sum::<i64>());
            let arcs: Vec<Arc> = arcs
                .into_iter()
                .map(|(tail, head, lower, width, cost)| Arc {
                    tail: NodeId(tail),
                    head: NodeId(head),
                    lower,
                    capacity: Some(lower + width),
                    cost,
                })
                .collect();
            network_of(&supplies, &arcs)
        })
}

/// Two rows of so many nodes side by side: a tree over them is deep.
const STREET: u32 = 320;

/// Arcs both ways along either row and between the two, of drawn room and cost; what the first node
/// of each row gives the last one takes.
fn streets() -> impl Strategy<Value = Network> {
    let beside = |node: u32| {
        let other_row = (node < STREET).then_some((node, node + STREET));
        let along = (node % STREET != STREET - 1).then_some((node, node + 1));
        other_row.into_iter().chain(along)
    };
    let ends: Vec<(u32, u32)> = (0..2 * STREET).flat_map(beside).collect();
    let draws = prop::collection::vec((8i64..40, 1i64..90), 2 * ends.len());
    (draws, 1i64..5, 0i64..5).prop_map(move |(draws, first, second)| {
        let there_and_back = ends
            .iter()
            .flat_map(|&(one, other)| [(one, other), (other, one)]);
        let arcs = there_and_back.zip(draws);
        let arc = |((tail, head), (most, cost))| Arc {
            tail: NodeId(tail),
            head: NodeId(head),
            lower: 0,
            capacity: Some(most),
            cost,
        };
        let mut supplies = vec![0; 2 * STREET as usize];
        for (row, sent) in [(0, first), (STREET, second)] {
            supplies[row as usize] += sent;
            supplies[(row + STREET - 1) as usize] -= sent;
        }
        network_of(&supplies, &arcs.map(arc).collect::<Vec<_>>())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn on_a_long_street_the_answer_stays_right(
        network in streets(),
        days in prop::collection::vec(prop::collection::vec((0usize..4_000, 0i64..200), 0..30), 1..4),
        sent in (0usize..640, 0usize..640, 0i64..9),
    ) {
        let (mut network, mut earlier) = (network.clone(), begun(&network));
        for costs in days {
            let change = Change { supplies: vec![sent], costs, capacities: Vec::new() };
            network = changed(&network, &change);
            let outcome = solve_from(&network, &earlier);
            prop_assert_eq!(verify(&network, &outcome), Ok(()));
            prop_assert_eq!(verdict_of(&outcome), verdict_of(&solve(&network)));
            if let Outcome::Optimal(optimum) = outcome {
                earlier = optimum;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn after_any_change_the_answer_is_that_of_looking_at_everything(
        network in networks(6, 12, true),
        change in changes(),
    ) {
        assert_as_good(&changed(&network, &change), &begun(&network))?;
    }

    #[test]
    fn day_after_day_the_answer_stays_right(
        network in networks(5, 10, false),
        days in prop::collection::vec(changes(), 1..6),
    ) {
        let (mut network, mut earlier) = (network.clone(), begun(&network));
        for change in &days {
            network = changed(&network, change);
            assert_as_good(&network, &earlier)?;
            if let Outcome::Optimal(optimum) = solve_from(&network, &earlier) {
                earlier = optimum;
            }
        }
    }

    #[test]
    fn where_single_units_go_day_after_day_the_answer_stays_right(
        network in networks(6, 14, false),
        days in prop::collection::vec(changes(), 1..5),
    ) {
        let mut network = in_single_units(&network);
        let mut earlier = begun(&network);
        for change in &days {
            network = in_single_units(&changed(&network, change));
            assert_as_good(&network, &earlier)?;
            if let Outcome::Optimal(optimum) = solve_from(&network, &earlier) {
                earlier = optimum;
            }
        }
    }

    #[test]
    fn where_there_are_far_more_arcs_than_nodes_the_answer_stays_right(
        network in crowded(),
        days in prop::collection::vec(changes(), 1..5),
    ) {
        let (mut network, mut earlier) = (network.clone(), begun(&network));
        for change in &days {
            network = changed(&network, change);
            let outcome = solve_from(&network, &earlier);
            prop_assert_eq!(verify(&network, &outcome), Ok(()));
            prop_assert_eq!(verdict_of(&outcome), verdict_of(&solve(&network)));
            if let Outcome::Optimal(optimum) = outcome {
                earlier = optimum;
            }
        }
    }

    #[test]
    fn any_claim_will_do_to_begin_with(
        network in networks(5, 10, true),
        flows in prop::collection::vec(any::<i64>(), 0..12),
        prices in prop::collection::vec(prop_oneof![any::<i64>(), -9i64..9, -(1i64 << 59)..1 << 59], 0..8),
    ) {
        let claimed = Optimum::claimed(flows, prices, 0);
        assert_as_good(&network, &claimed)?;
        assert_as_good(&in_single_units(&network), &claimed)?;
    }

    #[test]
    fn arcs_and_nodes_may_come_go_and_be_renumbered(
        network in networks(6, 12, true),
        gone in prop::collection::vec(any::<bool>(), 12),
        fresh in prop::collection::vec((0u32..7, 0u32..7, 0i64..4, -2i64..9), 0..4),
    ) {
        let earlier = begun(&network);
        // The nodes the other way around with a new one in front, some arcs gone, others added in front.
        let nodes = u32::try_from(network.node_count()).unwrap();
        let turned = |node: NodeId| NodeId(nodes - node.0);
        let node_was: Vec<Option<NodeId>> = std::iter::once(None)
            .chain((0..nodes).rev().map(|node| Some(NodeId(node))))
            .collect();
        let mut arcs: Vec<Arc> = fresh
            .iter()
            .map(|&(tail, head, capacity, cost)| Arc {
                tail: NodeId(tail), head: NodeId(head), lower: 0, capacity: Some(capacity), cost,
            })
            .collect();
        let mut arc_was: Vec<Option<ArcId>> = vec![None; arcs.len()];
        for ((id, arc), _) in network.arc_ids().zip(network.arcs()).zip(&gone).filter(|(_, gone)| !**gone) {
            arcs.push(Arc { tail: turned(arc.tail), head: turned(arc.head), ..*arc });
            arc_was.push(Some(id));
        }
        let mut supplies: Vec<i64> = network.supplies().iter().rev().copied().collect();
        supplies.insert(0, 0);
        let start = earlier.renumbered(&arc_was, &node_was);
        prop_assert_eq!(start.flows().len(), arcs.len());
        prop_assert_eq!(start.potentials().len(), supplies.len());
        for (was, flow) in arc_was.iter().zip(start.flows()) {
            prop_assert_eq!(*flow, was.map_or(0, |was| earlier.flow(was)));
        }
        for (was, price) in node_was.iter().zip(start.potentials()) {
            prop_assert_eq!(*price, was.map_or(0, |was| earlier.potential(was)));
        }
        assert_as_good(&network_of(&supplies, &arcs), &start)?;
    }
}

#[test]
fn an_unchanged_network_keeps_its_flow_and_its_cost() {
    let arc = |tail, head, capacity, cost| Arc {
        tail: NodeId(tail),
        head: NodeId(head),
        lower: 0,
        capacity: Some(capacity),
        cost,
    };
    let arcs = [
        arc(0, 1, 3, 1),
        arc(0, 1, 9, 2),
        arc(1, 2, 9, 2),
        arc(0, 2, 2, 3),
        arc(2, 2, 4, -1),
    ];
    let network = network_of(&[6, 0, -6], &arcs);
    let Outcome::Optimal(first) = solve(&network) else {
        panic!("there is a flow")
    };
    let Outcome::Optimal(again) = solve_from(&network, &first) else {
        panic!("there still is")
    };
    assert_eq!(again.flows(), first.flows());
    assert_eq!(again.cost(), first.cost());
}

/// Everybody could go with everybody, at costs that differ by the pair; one of them as given.
fn pairing(first: i64) -> Network {
    let side = 40u32;
    let cost = |left: u32, right: u32| match (left, right) {
        (0, 0) => first,
        _ => 1 + i64::from(left * left * 7 + right * right * 11 + left * right) % 97,
    };
    let pairs = (0..side).flat_map(|left| (0..side).map(move |right| (left, right)));
    let arcs: Vec<Arc> = pairs
        .map(|(left, right)| Arc {
            tail: NodeId(left),
            head: NodeId(side + right),
            lower: 0,
            capacity: Some(1),
            cost: cost(left, right),
        })
        .collect();
    network_of(&[[1; 40], [-1; 40]].concat(), &arcs)
}

#[test]
fn after_a_slight_change_nothing_is_begun_anew() {
    let way = |outcome: &Outcome| outcome.optimum().and_then(Optimum::solved_by);
    let method = |outcome: &Outcome| way(outcome).map(|solved| solved.method);
    let today = solve(&pairing(90));
    assert_eq!(method(&today), Some(Method::Auction));
    for price in [1, 89, 91, 5_000] {
        let network = pairing(price);
        let tomorrow = solve_from(&network, today.optimum().unwrap());
        assert_eq!(verify(&network, &tomorrow), Ok(()));
        assert_eq!(verdict_of(&tomorrow), verdict_of(&solve(&network)));
        assert_eq!(method(&tomorrow), Some(Method::NetworkSimplex));
    }
}

#[test]
fn of_two_networks_that_share_nothing_the_later_is_answered() {
    let empty = Optimum::claimed(Vec::new(), Vec::new(), 0);
    assert_eq!(
        solve_from(&network_of(&[], &[]), &empty),
        Outcome::Optimal(empty.clone())
    );
    let unbalanced = network_of(&[2, -1], &[]);
    assert_eq!(
        verify(&unbalanced, &solve_from(&unbalanced, &empty)),
        Ok(())
    );
}
