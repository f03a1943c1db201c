//! DIMACS text in, located errors or a network out, and the answer as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod oracle;

use min_cost_flow::{Network, dimacs, solve};
use oracle::networks;
use proptest::prelude::*;

fn complaint(text: &str) -> String {
    dimacs::read(text).unwrap_err().to_string()
}

fn answer(text: &str) -> String {
    let network = dimacs::read(text).unwrap();
    dimacs::Answer {
        network: &network,
        outcome: &solve(&network),
    }
    .to_string()
}

/// The network as text.
fn written(network: &Network) -> String {
    let mut text = format!(
        "c made up\np min {} {}\n",
        network.node_count(),
        network.arc_count()
    );
    for (node, supply) in (1..).zip(network.supplies()) {
        text += &format!("n {node} {supply}\n");
    }
    for arc in network.arcs() {
        let capacity = arc.capacity.unwrap_or(-1);
        text += &format!(
            "a {} {} {} {capacity} {}\n",
            arc.tail.0 + 1,
            arc.head.0 + 1,
            arc.lower,
            arc.cost
        );
    }
    text
}

#[test]
fn the_answer_is_written_arc_by_arc_and_node_by_node() {
    let text = "c ten sacks\r\np min 3 4\r\n\r\nn 1 10\r\nn 3 -10\r\na 1 2 0 6 1\r\na 2 3 0 -1 1\r\na 1 3 0 -1 5\r\na 2 2 1 3 -1\r\n";
    assert_eq!(
        answer(text),
        "s 29\nf 1 2 6\nf 2 3 6\nf 1 3 4\nf 2 2 3\np 1 0\np 2 4\np 3 5\n"
    );
}

#[test]
fn no_solution_and_no_least_cost_are_written_with_their_proof() {
    assert_eq!(answer("p min 2 1\na 1 2 3 5 1\n"), "i\nc 2\n");
    assert_eq!(answer("p min 2 0\nn 1 1\n"), "i\nc 1\nc 2\n");
    assert_eq!(
        answer("p min 2 3\na 1 2 0 9 1\na 2 1 0 -1 -2\na 1 2 0 -1 1\n"),
        "u\na 2\na 3\n"
    );
}

#[test]
fn a_capacity_under_its_lower_bound_is_named_by_line_and_arc() {
    assert_eq!(
        complaint("p min 2 2\na 1 2 0 5 1\na 1 2 3 2 1\n"),
        "line 3: arc 2, capacity: 2 is under the lower bound 3; raise the capacity or lower the bound"
    );
}

#[test]
fn an_amount_too_large_is_named_by_line_and_node() {
    assert_eq!(
        complaint("p min 2 0\nc\nn 2 9000000000000000000\n"),
        "line 3: node 2, supply: 9000000000000000000 brings the amounts in the network past 4611686018427387903; count in a larger unit"
    );
}

#[test]
fn every_faulty_line_is_named() {
    let text = "a 1 2 0 1 1\np min 2 9\np min 2 9\nn 1 x\nn 1 1\nn 1 2\nn 0 1\na 1 3 0 1 1\na 1 2 0 1\nq 7\np max 2 9\n";
    assert_eq!(
        complaint(text).lines().collect::<Vec<_>>(),
        [
            "line 1: no problem line stands before it; begin with `p min NODES ARCS`",
            "line 3: the problem line already stands in line 2; remove one",
            "line 4, supply: \"x\" is not a whole number between -2^63 and 2^63; write digits alone",
            "line 6: the supply of node 1 already stands in line 5; remove one",
            "line 7, node: 0 is not a node; nodes are numbered from 1 to 2",
            "line 8, head: 3 is not a node; nodes are numbered from 1 to 2",
            "line 9: 4 fields follow \"a\", 5 belong there: TAIL HEAD LOWER CAPACITY COST",
            "line 10: \"q\" is no kind of line; begin it with c, p, n or a",
            "line 11, problem: \"max\" is not solved here; write `p min NODES ARCS`",
            "line 2, arcs: 9 are announced, 3 follow; correct the number or add what was cut off",
        ]
    );
}

#[test]
fn a_text_without_a_problem_line_is_refused() {
    assert_eq!(
        complaint(""),
        "line 1: no problem line stands before it; begin with `p min NODES ARCS`"
    );
}

#[test]
fn counts_out_of_range_are_refused_before_memory_is_taken() {
    assert_eq!(
        complaint("p min 4000000000000 0\n"),
        "line 1, nodes: 4000000000000 is not between 0 and 50000000; correct it or raise the limit"
    );
    assert_eq!(
        dimacs::read_within("p min 3 0\n", 2)
            .unwrap_err()
            .to_string(),
        "line 1, nodes: 3 is not between 0 and 2; correct it or raise the limit"
    );
    assert!(complaint("p min 1 -1\n").starts_with("line 1, arcs: -1 is not between 0 and "));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_written_network_is_read_as_it_was(network in networks(6, 14, true)) {
        // A capacity of -1 is the form's word for none, so a network that has one cannot be written.
        prop_assume!(network.arcs().iter().all(|arc| arc.capacity != Some(-1)));
        prop_assert_eq!(dimacs::read(&written(&network)), Ok(network));
    }

    #[test]
    fn a_damaged_text_is_read_or_refused(
        network in networks(6, 14, true),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"cpna -19\n\t~".to_vec())), 1..6),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = written(&network).into_bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(end.index(bytes.len()) + 1);
        let text = String::from_utf8(bytes).unwrap();
        match dimacs::read(&text) {
            Ok(network) => prop_assert_eq!(min_cost_flow::verify(&network, &solve(&network)), Ok(())),
            Err(errors) => prop_assert!(!errors.as_slice().is_empty()),
        }
    }
}
