//! Chains as files other programs read: DOT, GraphML, nested JSON, CSV.
//!
//! ```
//! use contact_tracing::chains::{Chains, export};
//!
//! let day = |text: &str| Some(text.parse().unwrap());
//! let chains = Chains::build(&[("Ann", day("2020-02-01")), ("Bo", None)], &[("Ann", "Bo")]);
//! assert!(export::to_dot(&chains).contains(r#""Ann" -> "Bo""#));
//! assert_eq!(
//!     export::links_to_csv(&chains),
//!     "infector,infectee,stands,serial_interval_days,flags\nAnn,Bo,yes,,\n",
//! );
//! ```
//!
//! Every person and every row of the links is in each of them (the CSV is two tables), people in
//! the order of ids, links in the order of infector and infectee; what is odd about a row stands
//! with it in the words of [`Flag`] and [`CaseFlag`]. Clusters are numbered from 1, the largest
//! first. Whatever letters an id has, the file is well formed and two ids stay two.
//!
//! Cost of each: n log n in people and links, a string in memory.

mod csv;
mod dot;
mod graphml;
mod nested;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use petgraph::graph::NodeIndex;

use super::{CaseFlag, Chains, Flag};

pub use csv::{links_to_csv, people_to_csv};
pub use dot::to_dot;
pub use graphml::to_graphml;
pub use nested::{Forest, to_json};

/// What every file says of a person.
struct Person<'a> {
    node: NodeIndex,
    id: &'a str,
    onset: Option<NaiveDate>,
    generation: Option<u32>,
    /// From 1, the largest first.
    cluster: Option<usize>,
    listed: bool,
    flags: Vec<CaseFlag>,
}

/// What every file says of a row of the links.
struct Link<'a> {
    infector: &'a str,
    infectee: &'a str,
    /// Whether this row gives the infectee its generation.
    stands: bool,
    /// Days from the infector's onset to the infectee's.
    serial_interval: Option<i64>,
    flags: Vec<Flag>,
}

/// Everyone in the order of ids.
fn people(chains: &Chains) -> Vec<Person<'_>> {
    let mut flags: BTreeMap<String, Vec<CaseFlag>> = BTreeMap::new();
    for flagged in chains.flagged_cases() {
        flags.entry(flagged.id).or_default().push(flagged.flag);
    }
    let people = chains.nodes().map(|node| {
        let id = chains.id(node);
        let mut flags = flags.remove(id).unwrap_or_default();
        // A person may have several rows with the same oddity.
        flags.sort_unstable();
        flags.dedup();
        Person {
            node,
            id,
            onset: chains.onset(node),
            generation: chains.generation_of(node),
            cluster: chains.cluster_of(node).map(|cluster| cluster + 1),
            listed: chains.is_listed(node),
            flags,
        }
    });
    people.collect()
}

/// Every row of the links, in the order of infector and infectee, then of rows.
fn links(chains: &Chains) -> Vec<Link<'_>> {
    let mut in_order = links_in_order_of_rows(chains);
    // The sort is stable, so that repeated rows keep their order and the first stays unflagged.
    in_order.sort_by_key(|link| (link.infector, link.infectee));
    in_order
}

fn links_in_order_of_rows(chains: &Chains) -> Vec<Link<'_>> {
    let mut flags: BTreeMap<usize, Vec<Flag>> = BTreeMap::new();
    for flagged in chains.flagged() {
        flags.entry(flagged.row).or_default().push(flagged.flag);
    }
    let mut named = vec![false; chains.people()];
    let rows = chains.links.iter().zip(chains.ends());
    let links = rows.map(|(row, (from, to))| Link {
        infector: chains.id(from),
        infectee: chains.id(to),
        stands: !std::mem::replace(&mut named[to.index()], true),
        serial_interval: days_between(chains.onset(from), chains.onset(to)),
        flags: flags.remove(&row.row).unwrap_or_default(),
    });
    links.collect()
}

fn days_between(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<i64> {
    Some((to? - from?).num_days())
}

/// What is odd, in words, as one value of a file.
fn said<F: std::fmt::Display>(flags: &[F]) -> String {
    let words: Vec<String> = flags.iter().map(F::to_string).collect();
    words.join("; ")
}

const fn yes_no(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}
