//! Trees inside one another, for who wants to walk from infector to infectee.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;
use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::{Person, links_in_order_of_rows, people};
use crate::chains::{CaseFlag, Chains, Flag};

/// How many people stand inside one another before a tree goes on elsewhere. Readers of JSON
/// refuse what is nested too deep (serde_json 128 levels, two of them a person), and one that does
/// not may run out of stack.
const DEEPEST: usize = 32;

/// The chains as JSON: `{"people": …, "links": …, "trees": […]}`.
///
/// A person is `{"id", "onset", "generation", "cluster", "listed", "flags", "infected_by",
/// "infectees", "continued"}`. `infected_by` has every row that names an infector, the one that
/// stands first, as `{"id", "flags"}`: a second infector, a repeated row and a circle are such
/// references, so each row of the links stands once in the file. `infectees` are the people whose
/// first row names this person, whole, in the order of ids. Below 32 people in one another the
/// tree goes on elsewhere: those infectees are named in `continued`, and each has a tree of its own
/// further down. Everyone is written whole exactly once: people infected by nobody known head
/// trees, and of a circle the person with the least id does.
///
/// # Errors
/// Only if a string could not be written as JSON, which none is known to cause.
pub fn to_json(chains: &Chains) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Forest::of(chains))
}

/// The trees of [`to_json`] as a value, for other writers.
#[derive(Debug, Serialize)]
pub struct Forest<'a> {
    people: usize,
    links: usize,
    trees: Vec<Branch<'a>>,
}

/// A person with everyone below.
#[derive(Debug, Serialize)]
struct Branch<'a> {
    id: &'a str,
    onset: Option<NaiveDate>,
    generation: Option<u32>,
    cluster: Option<usize>,
    listed: bool,
    flags: Vec<&'static str>,
    infected_by: Vec<Reference<'a>>,
    infectees: Vec<Branch<'a>>,
    continued: Vec<&'a str>,
}

/// A row of the links, told where the infectee is.
#[derive(Debug, Serialize)]
struct Reference<'a> {
    id: &'a str,
    flags: Vec<&'static str>,
}

impl<'a> Forest<'a> {
    /// The trees by first infector. Cost: n log n in people and links.
    pub fn of(chains: &'a Chains) -> Self {
        let below = below(chains);
        let heads = heads(chains, &below);
        let mut infected_by: BTreeMap<&str, Vec<Reference<'a>>> = BTreeMap::new();
        for link in links_in_order_of_rows(chains) {
            let of_infectee = infected_by.entry(link.infectee).or_default();
            of_infectee.push(Reference {
                id: link.infector,
                flags: link.flags.into_iter().map(Flag::word).collect(),
            });
        }
        let alone = people(chains).into_iter().map(|person| {
            let infected_by = infected_by.remove(person.id).unwrap_or_default();
            Some(Branch::alone(person, infected_by))
        });
        let growing = Growing {
            chains,
            below: &below,
            alone: alone.collect(),
            heads: heads.into(),
        };
        Forest {
            people: chains.people(),
            links: chains.links(),
            trees: growing.trees(),
        }
    }
}

impl<'a> Branch<'a> {
    fn alone(person: Person<'a>, infected_by: Vec<Reference<'a>>) -> Self {
        Branch {
            id: person.id,
            onset: person.onset,
            generation: person.generation,
            cluster: person.cluster,
            listed: person.listed,
            flags: person.flags.into_iter().map(CaseFlag::word).collect(),
            infected_by,
            infectees: Vec::new(),
            continued: Vec::new(),
        }
    }
}

/// What trees are grown from.
struct Growing<'a, 'b> {
    chains: &'a Chains,
    below: &'b [Vec<NodeIndex>],
    /// By person, until it is written.
    alone: Vec<Option<Branch<'a>>>,
    /// Who heads a tree still to be grown.
    heads: VecDeque<NodeIndex>,
}

impl<'a> Growing<'a, '_> {
    fn trees(mut self) -> Vec<Branch<'a>> {
        let mut trees = Vec::new();
        while let Some(head) = self.heads.pop_front() {
            trees.extend(self.branch(head, 1));
        }
        trees
    }

    /// A person with everyone below, the tree broken off where it is too deep; nothing for who
    /// is written already, the head of a circle that came back to it. Calls itself no deeper than
    /// [`DEEPEST`].
    fn branch(&mut self, node: NodeIndex, depth: usize) -> Option<Branch<'a>> {
        let mut branch = self.alone[node.index()].take()?;
        for &child in &self.below[node.index()] {
            if depth < DEEPEST {
                branch.infectees.extend(self.branch(child, depth + 1));
            } else if self.alone[child.index()].is_some() {
                branch.continued.push(self.chains.id(child));
                self.heads.push_back(child);
            }
        }
        Some(branch)
    }
}

/// By person: whom the first row names as infected by it, in the order of ids.
fn below(chains: &Chains) -> Vec<Vec<NodeIndex>> {
    let mut below = vec![Vec::new(); chains.people()];
    for node in chains.nodes() {
        if let Some(above) = chains.first_infector(node) {
            below[above.index()].push(node);
        }
    }
    below
}

/// Who heads a tree: people infected by nobody, and of each circle the one with the least id.
fn heads(chains: &Chains, below: &[Vec<NodeIndex>]) -> Vec<NodeIndex> {
    let mut heads: Vec<NodeIndex> = chains
        .nodes()
        .filter(|&node| chains.first_infector(node).is_none())
        .collect();
    let mut reached = vec![false; below.len()];
    reach(heads.clone(), below, &mut reached);
    for start in chains.nodes() {
        if reached[start.index()] {
            continue;
        }
        // Who is not reached has a circle above: so many steps up end inside it.
        let mut at = start;
        let mut way = BTreeSet::new();
        while way.insert(at) {
            at = chains.first_infector(at).unwrap_or(at);
        }
        let head = least_of_circle(chains, at);
        heads.push(head);
        reach(vec![head], below, &mut reached);
    }
    heads.sort_unstable();
    heads
}

fn reach(mut to_visit: Vec<NodeIndex>, below: &[Vec<NodeIndex>], reached: &mut [bool]) {
    while let Some(node) = to_visit.pop() {
        if !std::mem::replace(&mut reached[node.index()], true) {
            to_visit.extend(&below[node.index()]);
        }
    }
}

/// The person of least id in the circle that first infectors make from one of its people.
fn least_of_circle(chains: &Chains, of: NodeIndex) -> NodeIndex {
    let (mut least, mut at) = (of, of);
    while let Some(above) = chains.first_infector(at).filter(|&above| above != of) {
        least = least.min(above);
        at = above;
    }
    least
}
