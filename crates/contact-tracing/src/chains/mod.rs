//! Who infected whom: generations, offspring, serial intervals, clusters.
//!
//! ```
//! use contact_tracing::chains::Chains;
//!
//! let day = |text: &str| Some(text.parse().unwrap());
//! let chains = Chains::build(
//!     &[("Ann", day("2020-02-01")), ("Bo", day("2020-02-06")), ("Cai", day("2020-02-08"))],
//!     &[("Ann", "Bo"), ("Ann", "Cai")],
//! );
//! assert_eq!(chains.generation("Cai"), Some(1));
//! assert_eq!(chains.serial_interval().map(|found| found.mean), Some(6.0));
//! ```
//!
//! Links are taken as they are stated. One that is repeated or impossible counts, and is flagged.

mod flags;
mod statistics;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use grid_model::Keys;
use petgraph::graph::{DiGraph, NodeIndex};

pub use flags::{Flag, FlaggedLink};
pub use statistics::{Clusters, Offspring, SerialInterval, dispersion};

/// The transmission links of an outbreak between people by their own ids.
#[derive(Clone, Debug)]
pub struct Chains {
    people: Keys,
    /// A node for each person, numbered as the ids are; an edge for each row of the links, in
    /// the order of rows, from infector to infectee.
    graph: DiGraph<Option<NaiveDate>, ()>,
    cases: usize,
    /// By person: the infector in the first row that names one.
    first_infector: Vec<Option<u32>>,
    /// By person; nothing for people without a link and for those whose links lead in a circle.
    generations: Vec<Option<u32>>,
}

impl Chains {
    /// Binds cases with their onset, in any order, and links from infector to infectee.
    ///
    /// People are all who are in either. Of several rows for one case the earliest onset stands;
    /// of several infectors of one person the first row stands for the generation.
    pub fn build<K: AsRef<str>>(cases: &[(K, Option<NaiveDate>)], links: &[(K, K)]) -> Self {
        let of_links = links.iter().flat_map(|(from, to)| [from, to]);
        let ids = cases.iter().map(|(id, _)| id).chain(of_links);
        let people = Keys::new(ids.map(AsRef::as_ref));
        let number = |id: &K| u32::try_from(people.position(id.as_ref())?).ok();
        let mut onsets: Vec<Option<NaiveDate>> = vec![None; people.len()];
        for (id, onset) in cases {
            if let (Some(person), Some(day)) = (number(id), *onset) {
                let known = &mut onsets[person as usize];
                *known = Some(known.map_or(day, |known| known.min(day)));
            }
        }
        let mut graph = DiGraph::with_capacity(people.len(), links.len());
        for onset in onsets {
            graph.add_node(onset);
        }
        let mut first_infector = vec![None; people.len()];
        for (from, to) in links {
            let (Some(from), Some(to)) = (number(from), number(to)) else {
                continue;
            };
            graph.add_edge(NodeIndex::from(from), NodeIndex::from(to), ());
            first_infector[to as usize].get_or_insert(from);
        }
        let generations = generations(&graph, &first_infector);
        Chains {
            people,
            graph,
            cases: cases.len(),
            first_infector,
            generations,
        }
    }

    /// How many rows of cases there are.
    pub fn cases(&self) -> usize {
        self.cases
    }

    /// How many links there are, repeated and impossible ones too.
    pub fn links(&self) -> usize {
        self.graph.edge_count()
    }

    /// How many people are a case or in a link.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The id of the person of a node.
    pub fn id(&self, node: NodeIndex) -> &str {
        self.people.key(node.index())
    }

    /// The graph: a node for each person in the order of ids with the onset, an edge for each
    /// link from infector to infectee in the order of rows.
    pub fn graph(&self) -> &DiGraph<Option<NaiveDate>, ()> {
        &self.graph
    }

    /// How many steps a person is from the root of its chain; nothing for people without a link
    /// and for those whose links lead in a circle.
    pub fn generation(&self, id: &str) -> Option<u32> {
        *self.generations.get(self.people.position(id)?)?
    }

    /// People who infected others and were infected by nobody.
    pub fn roots(&self) -> Vec<&str> {
        self.ids_where(|person| self.generations[person] == Some(0))
    }

    /// How many people there are in each generation; roots are generation 0.
    pub fn generation_sizes(&self) -> BTreeMap<u32, usize> {
        let mut sizes = BTreeMap::new();
        for generation in self.generations.iter().flatten() {
            *sizes.entry(*generation).or_insert(0) += 1;
        }
        sizes
    }

    /// People for whom different infectors are named, in the order of ids.
    pub fn infectees_with_two_infectors(&self) -> Vec<&str> {
        let mut several = vec![false; self.people.len()];
        for (from, to) in self.ends() {
            let first = self.first_infector[to.index()];
            several[to.index()] |= first.map(NodeIndex::from) != Some(from);
        }
        self.ids_where(|person| several[person])
    }

    fn ids_where(&self, holds: impl Fn(usize) -> bool) -> Vec<&str> {
        let wanted = (0..self.people.len()).filter(|&person| holds(person));
        wanted.map(|person| self.people.key(person)).collect()
    }

    /// The ends of each link in the order of rows.
    fn ends(&self) -> impl Iterator<Item = (NodeIndex, NodeIndex)> {
        let edges = self.graph.raw_edges().iter();
        edges.map(|edge| (edge.source(), edge.target()))
    }

    fn onset(&self, node: NodeIndex) -> Option<NaiveDate> {
        self.graph.node_weight(node).copied().flatten()
    }
}

/// Follows each person up to its root by first infectors; each person is walked over once.
fn generations(
    graph: &DiGraph<Option<NaiveDate>, ()>,
    first_infector: &[Option<u32>],
) -> Vec<Option<u32>> {
    let mut found: Vec<Option<u32>> = vec![None; first_infector.len()];
    let mut seen = vec![false; first_infector.len()];
    for start in 0..first_infector.len() {
        let mut way = Vec::new();
        let mut at = start;
        let mut generation = loop {
            if seen[at] {
                // A circle is met before it has a generation, and so has none.
                break found[at].map(|above| above + 1);
            }
            seen[at] = true;
            way.push(at);
            match first_infector[at] {
                Some(above) => at = above as usize,
                None => break is_linked(graph, at).then_some(0),
            }
        };
        for person in way.into_iter().rev() {
            found[person] = generation;
            generation = generation.map(|above| above + 1);
        }
    }
    found
}

fn is_linked(graph: &DiGraph<Option<NaiveDate>, ()>, person: usize) -> bool {
    let node = NodeIndex::new(person);
    graph.neighbors_undirected(node).next().is_some()
}
