//! `allocate flow`: published optima, each with a proof that is checked here.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use outbreak_response_tests::program::{Answer, Folder, gzipped};
use outbreak_response_tests::shared_data;
use serde_json::Value;

use crate::certificate::{Proved, proved};

/// Two ways from node 1 to node 3, the cheap one narrow; a self loop that gains.
const NETWORK: &str =
    "c ways\np min 3 4\nn 1 5\nn 3 -5\na 1 3 0 3 1\na 1 2 1 9 2\na 2 3 0 -1 2\na 2 2 0 7 -1\n";
const ANSWER: &str = "s 4\nf 1 3 3\nf 1 2 2\nf 2 3 2\nf 2 2 7\np 1 0\np 2 2\np 3 4\n";

fn asked(network: impl AsRef<[u8]>) -> Answer {
    let folder = Folder::new().with("net.min", network);
    folder.allocate("flow net.min")
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn every_published_instance_is_answered_as_published_with_a_proof() {
    let Some(data) = shared_data() else { return };
    let data = data.join("dimacs");
    let optima = std::fs::read(data.join("optima.json")).unwrap();
    let optima: Vec<Value> = serde_json::from_slice(&optima).unwrap();
    for instance in &optima {
        let name = instance["name"].as_str().unwrap();
        let path = data.join(format!("{name}.min.gz"));
        let found = Folder::new().allocate(&format!("flow {}", path.display()));
        let (code, expected) = match instance["status"].as_str() {
            Some("infeasible") => (3, Proved::Infeasible),
            Some("unbounded") => (4, Proved::Unbounded),
            _ => {
                let optimum = instance["optimum"].to_string();
                (0, Proved::Optimal(optimum.parse().unwrap()))
            }
        };
        assert_eq!(proved(&unpacked(&path), &found.out), expected, "{name}");
        assert_eq!(found.code, code, "{name}: {}", found.err);
        assert_eq!(found.err.is_empty(), code == 0, "{name}: {}", found.err);
    }
    assert_eq!(optima.len(), 33, "every instance is asked");
}

#[test]
fn the_cost_comes_first_then_every_arc_in_order_then_every_node() {
    let found = asked(NETWORK);
    assert_eq!(
        (found.code, found.out.as_str(), found.err.as_str()),
        (0, ANSWER, "")
    );
    assert_eq!(proved(NETWORK, ANSWER), Proved::Optimal(4));
}

#[test]
fn the_same_network_in_any_form_gives_the_same_bytes() {
    let dirty = NETWORK
        .replace('\n', "\r\n")
        .replace(' ', " \t ")
        .replace("a\t", " a ");
    let marked = format!("\u{feff}{NETWORK}\n\nc the end\n");
    let unended = NETWORK.trim_end();
    let arcs_between = NETWORK
        .replace("n 3 -5\n", "")
        .replace("a 2 2", "n 3 -5\na 2 2");
    for network in [dirty.as_str(), &marked, unended, &arcs_between] {
        for bytes in [network.as_bytes().to_vec(), gzipped(network)] {
            let found = asked(bytes);
            assert_eq!((found.out.as_str(), found.err.as_str()), (ANSWER, ""));
        }
    }
}

#[test]
fn what_has_no_solution_ends_with_3_and_a_cut() {
    let narrow = "p min 4 3\nn 1 5\nn 4 -5\na 1 2 0 9 1\na 2 3 0 4 1\na 3 4 0 -1 1\n";
    let found = asked(narrow);
    assert_eq!((found.code, found.out.as_str()), (3, "i\nc 1\nc 2\n"));
    assert_eq!(
        found.err,
        "no solution: no flow meets all supplies and bounds; the 2 nodes listed hold more than can leave them, or want more than can reach them\n"
    );
    assert_eq!(proved(narrow, &found.out), Proved::Infeasible);
    let unbalanced = "p min 3 2\nn 1 5\nn 3 -4\na 1 2 0 9 1\na 2 3 0 9 1\n";
    let found = asked(unbalanced);
    assert_eq!((found.code, found.out.as_str()), (3, "i\nc 1\nc 2\nc 3\n"));
}

#[test]
fn what_gains_without_end_ends_with_4_and_a_cycle() {
    let gains = "p min 3 4\na 1 2 0 9 -9\na 2 3 0 -1 1\na 3 2 0 -1 -2\na 3 1 0 -1 1\n";
    let found = asked(gains);
    assert_eq!((found.code, found.out.as_str()), (4, "u\na 2\na 3\n"));
    assert_eq!(
        found.err,
        "unbounded: costs fall without end around the 2 arcs listed; give one of them a capacity\n"
    );
    assert_eq!(proved(gains, &found.out), Proved::Unbounded);
    let itself = asked("p min 1 1\na 1 1 0 -1 -1\n");
    assert_eq!((itself.code, itself.out.as_str()), (4, "u\na 1\n"));
}

#[test]
fn infeasible_is_answered_before_unbounded() {
    let both = "p min 3 2\nn 1 1\nn 3 -1\na 2 2 0 -1 -1\na 3 1 0 -1 0\n";
    let found = asked(both);
    assert_eq!((found.code, found.out.lines().next()), (3, Some("i")));
    assert_eq!(proved(both, &found.out), Proved::Infeasible);
}

#[test]
fn a_network_of_nothing_costs_nothing() {
    let nothing = asked("p min 0 0\n");
    assert_eq!((nothing.code, nothing.out.as_str()), (0, "s 0\n"));
    let alone = asked("p min 1 0\n");
    assert_eq!((alone.code, alone.out.as_str()), (0, "s 0\np 1 0\n"));
}

#[test]
fn timing_is_one_line_of_json_beside_the_answer() {
    let folder = Folder::new().with("net.min", NETWORK);
    let found = folder.allocate("flow net.min --timing");
    assert_eq!(found.out, ANSWER);
    let timing: Value = serde_json::from_str(&found.err).unwrap();
    let keys: Vec<&String> = timing.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["read_ms", "build_ms", "solve_ms"]);
}

#[test]
fn a_wrong_command_line_ends_with_2_and_help_with_0() {
    let folder = Folder::new().with("net.min", NETWORK);
    for line in ["", "flow", "flow net.min --fast", "flows net.min"] {
        let found = folder.allocate(line);
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{line}");
    }
    let help = folder.allocate("flow --help");
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    for said in ["Example: --timing", "Example: network.min.gz", "p min"] {
        assert!(help.out.contains(said), "{said}");
    }
}
