//! How many steps each person is from the root of its chain.

use chrono::NaiveDate;
use petgraph::graph::{DiGraph, NodeIndex};

/// Follows each person up to its root by first infectors; each person is walked over once, in a
/// loop, since a chain may be longer than a stack is deep.
pub(super) fn of(
    graph: &DiGraph<Option<NaiveDate>, ()>,
    first_infector: &[Option<NodeIndex>],
) -> Vec<Option<u32>> {
    let mut found: Vec<Option<u32>> = vec![None; first_infector.len()];
    let mut seen = vec![false; first_infector.len()];
    let mut way = Vec::new();
    for start in graph.node_indices() {
        let mut at = start;
        let mut generation = loop {
            if seen[at.index()] {
                // A circle is met before it has a generation, and so has none.
                break found[at.index()].map(|above| above + 1);
            }
            seen[at.index()] = true;
            way.push(at.index());
            match first_infector[at.index()] {
                Some(above) => at = above,
                None => break graph.neighbors_undirected(at).next().map(|_| 0),
            }
        };
        for person in way.drain(..).rev() {
            found[person] = generation;
            generation = generation.map(|above| above + 1);
        }
    }
    found
}
