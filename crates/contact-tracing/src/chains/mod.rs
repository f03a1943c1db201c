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
//! Links are taken as they are stated. One that is repeated or impossible counts, and is flagged
//! with its row and the reason: [`Chains::flagged`], [`Chains::flagged_cases`].
//!
//! In reading order: [`Chains::build`] and [`Chains::from_rows`], which also takes the days rows
//! became known, so that [`Chains::as_known`] gives those of an evening; [`Chains::summary`], all
//! figures at once; [`Offspring`] with mean, dispersion and their intervals, [`superspreading`];
//! [`SerialInterval`] and the [`DelayDistribution`] it makes; [`Cluster`], active or closed;
//! [`secondary_attack_rates`] by setting; [`Chains::likely_infectors`] where links are not known;
//! [`reproduction_numbers`], R(t); [`export`], for other programs and for looking at.
//!
//! ```
//! use contact_tracing::chains::{
//!     Chains, ContactWeights, DelayDistribution, ReproductionPolicy, reproduction_numbers,
//! };
//!
//! let day = |text: &str| Some(text.parse().unwrap());
//! let chains = Chains::build(
//!     &[("Ann", day("2020-02-01")), ("Bo", day("2020-02-01")), ("Cai", day("2020-02-04"))],
//!     &[],
//! );
//! let serial = DelayDistribution::shifted_gamma(3.96, 2.1)?;
//!
//! // Who infected Cai? Only Bo met her.
//! let contacts = ContactWeights::only([("Bo", "Cai")]);
//! let likely = chains.likely_infectors(&serial, &contacts, &[])?;
//! let cai = chains.node("Cai").unwrap();
//! assert_eq!(likely.likeliest(cai).map(|(person, _)| chains.id(person)), Some("Bo"));
//! assert_eq!(likely.imported(), ["Ann", "Bo"]);
//!
//! // R(t), over windows of three days.
//! let policy = ReproductionPolicy { window_days: 3, ..ReproductionPolicy::EPIESTIM };
//! let incidence = chains.incidence(&likely.imported());
//! let windows = reproduction_numbers(&incidence, "2020-02-04".parse().unwrap(), &serial, &policy)?;
//! assert_eq!(windows[2].estimate.unwrap_err().to_string(),
//!            "the window would begin before the second day of the outbreak");
//! assert_eq!(windows[3].cases, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing is drawn by chance: intervals are computed, and the order of the line list never
//! matters.

mod attack;
mod chance;
mod clusters;
mod delay;
mod dispersion;
pub mod export;
mod flags;
mod generations;
mod infectors;
mod offspring;
mod reproduction;
mod rows;
mod serial;
mod summary;
pub mod superspreading;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use grid_model::Keys;
use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;

pub use attack::{
    AttackPolicy, AttackRate, AttackRates, ExposureRow, SeveralSettings, secondary_attack_rates,
    wilson,
};
pub use chance::{Interval, NotAProportion, Proportion};
pub use clusters::{Cluster, ClusterStatus};
pub use delay::{BadDelay, DelayDistribution};
pub use dispersion::{OffspringFit, dispersion};
pub use flags::{CaseFlag, Flag, FlaggedCase, FlaggedLink};
pub use infectors::{BadWeight, CohortReproduction, ContactWeights, LikelyInfectors, Origin};
pub use offspring::Offspring;
/// A person's place in [`Chains::graph`].
pub use petgraph::graph::NodeIndex;
pub use reproduction::{
    Growth, Incidence, NotEstimated, ReproductionError, ReproductionEstimate, ReproductionPolicy,
    ReproductionWindow, reproduction_numbers,
};
pub use rows::{CaseDates, CaseRow, LinkRow};
pub use serial::SerialInterval;
pub use summary::{ClusterFigures, OffspringFigures, SerialFigures, Summary};

/// The transmission links of an outbreak between people by their own ids.
#[derive(Clone, Debug)]
pub struct Chains {
    people: Keys,
    /// A node for each person, numbered as the ids are; an edge for each row of the links, in
    /// the order of rows, from infector to infectee.
    graph: DiGraph<Option<NaiveDate>, ()>,
    /// The rows of the line list, in their order.
    cases: Vec<rows::BoundCase>,
    /// The rows of the links, in their order, as the edges are.
    links: Vec<rows::BoundLink>,
    /// By person: whether the line list has it.
    listed: Vec<bool>,
    /// By person: the infector in the first row that names one.
    first_infector: Vec<Option<NodeIndex>>,
    /// By person; nothing for people without a link and for those whose links lead in a circle.
    generations: Vec<Option<u32>>,
    /// By person; nothing for people without a link.
    cluster_of: Vec<Option<u32>>,
}

/// Of the outbreak.
impl Chains {
    /// How many rows of cases there are.
    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// How many links there are, repeated and impossible ones too.
    pub fn links(&self) -> usize {
        self.graph.edge_count()
    }

    /// How many people are a case or in a link.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The graph: a node for each person in the order of ids with the onset, an edge for each
    /// link from infector to infectee in the order of rows.
    pub fn graph(&self) -> &DiGraph<Option<NaiveDate>, ()> {
        &self.graph
    }

    /// All people in the order of ids.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeIndex> + use<> {
        self.graph.node_indices()
    }

    /// The ends of each link, infector and infectee, in the order of rows.
    pub fn ends(&self) -> impl ExactSizeIterator<Item = (NodeIndex, NodeIndex)> {
        let edges = self.graph.raw_edges().iter();
        edges.map(|edge| (edge.source(), edge.target()))
    }

    /// People who infected others and were infected by nobody.
    pub fn roots(&self) -> Vec<&str> {
        self.ids_where(|person| self.generation_of(person) == Some(0))
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
            several[to.index()] |= self.first_infector(to) != Some(from);
        }
        self.ids_where(|person| several[person.index()])
    }

    fn ids_where(&self, holds: impl Fn(NodeIndex) -> bool) -> Vec<&str> {
        let wanted = self.nodes().filter(|&person| holds(person));
        wanted.map(|person| self.id(person)).collect()
    }
}

/// Of one person. What is asked of a node that is not of this graph is answered with nothing.
impl Chains {
    /// The node of a person; nothing for who is in no row. Cost: binary search.
    pub fn node(&self, id: &str) -> Option<NodeIndex> {
        self.people.position(id).map(NodeIndex::new)
    }

    /// The id of the person of a node.
    pub fn id(&self, node: NodeIndex) -> &str {
        self.people.key(node.index())
    }

    /// The first day of symptoms, where known.
    pub fn onset(&self, node: NodeIndex) -> Option<NaiveDate> {
        self.graph.node_weight(node).copied().flatten()
    }

    /// Whether the line list has the person, rather than only a link.
    pub fn is_listed(&self, node: NodeIndex) -> bool {
        self.listed.get(node.index()) == Some(&true)
    }

    /// How many steps a person is from the root of its chain; nothing for people without a link
    /// and for those whose links lead in a circle.
    pub fn generation(&self, id: &str) -> Option<u32> {
        self.generation_of(self.node(id)?)
    }

    /// As [`Chains::generation`], of a node.
    pub fn generation_of(&self, node: NodeIndex) -> Option<u32> {
        self.generations.get(node.index()).copied().flatten()
    }

    /// The infector that stands for the generation: the one in the first row that names one.
    pub fn first_infector(&self, node: NodeIndex) -> Option<NodeIndex> {
        self.first_infector.get(node.index()).copied().flatten()
    }

    /// Everyone named as infector of a person, in the order of rows, each once.
    pub fn infectors(&self, node: NodeIndex) -> Vec<NodeIndex> {
        self.neighbours(node, Direction::Incoming)
    }

    /// Everyone a person is said to have infected, in the order of rows, each once.
    pub fn infectees(&self, node: NodeIndex) -> Vec<NodeIndex> {
        self.neighbours(node, Direction::Outgoing)
    }

    /// The position of the person's cluster in [`Chains::clusters`]; nothing without a link.
    pub fn cluster_of(&self, node: NodeIndex) -> Option<usize> {
        let cluster = self.cluster_of.get(node.index()).copied().flatten();
        cluster.map(|cluster| cluster as usize)
    }

    fn neighbours(&self, node: NodeIndex, direction: Direction) -> Vec<NodeIndex> {
        // Edges are numbered by row; the first row of each neighbour counts.
        let edges = self.graph.edges_directed(node, direction);
        let mut rows: Vec<(NodeIndex, usize)> = edges
            .map(|edge| match direction {
                Direction::Incoming => (edge.source(), edge.id().index()),
                Direction::Outgoing => (edge.target(), edge.id().index()),
            })
            .collect();
        rows.sort_unstable();
        rows.dedup_by_key(|(neighbour, _)| *neighbour);
        rows.sort_unstable_by_key(|&(_, row)| row);
        rows.into_iter().map(|(neighbour, _)| neighbour).collect()
    }
}
