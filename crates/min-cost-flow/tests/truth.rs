//! Every published instance has its published optimum.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use min_cost_flow::{Method, Network, Outcome, dimacs, solve, solve_by, solve_in_parts, verify};
use serde_json::Value;

const INSTANCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dimacs");

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    GzDecoder::new(File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Statuses are words, or the 1 of a solver that found the optimum.
fn status(instance: &Value) -> &str {
    instance["status"].as_str().unwrap_or("optimal")
}

#[test]
fn every_published_instance_has_its_published_optimum() {
    let folder = Path::new(INSTANCES);
    let Ok(optima) = fs::read(folder.join("optima.json")) else {
        println!("every_published_instance_has_its_published_optimum: skipped: no ../shared/data");
        return;
    };
    let optima: Vec<Value> = serde_json::from_slice(&optima).unwrap();
    assert!(!optima.is_empty(), "no instance was checked");
    for instance in &optima {
        let name = instance["name"].as_str().unwrap();
        let network = dimacs::read(&unpacked(&folder.join(format!("{name}.min.gz")))).unwrap();
        assert_eq!(
            network.node_count() as u64,
            instance["nodes"].as_u64().unwrap(),
            "{name}"
        );
        assert_eq!(
            network.arc_count() as u64,
            instance["arcs"].as_u64().unwrap(),
            "{name}"
        );
        for method in [Method::NetworkSimplex, Method::CostScaling, Method::Auction] {
            let outcome = solve_by(&network, method);
            assert_is_its_optimum(&network, &outcome, &format!("{method:?}"), instance);
        }
        assert_is_its_optimum(&network, &solve(&network), "itself", instance);
        assert_is_its_optimum(&network, &solve_in_parts(&network), "parts", instance);
    }
}

fn assert_is_its_optimum(network: &Network, outcome: &Outcome, by: &str, instance: &Value) {
    let name = instance["name"].as_str().unwrap();
    verify(network, outcome).unwrap_or_else(|flaw| panic!("{name} by {by}: {flaw}"));
    let found = match outcome {
        Outcome::Optimal(optimum) => {
            let published = i128::from(instance["optimum"].as_i64().unwrap());
            assert_eq!(optimum.cost(), published, "{name} by {by}");
            "optimal"
        }
        Outcome::Infeasible(_) => "infeasible",
        Outcome::Unbounded(_) => "unbounded",
    };
    assert_eq!(found, status(instance), "{name} by {by}");
}
