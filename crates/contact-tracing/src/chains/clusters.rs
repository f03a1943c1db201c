//! People held together by links, and whether anything still happens among them.

use chrono::NaiveDate;
use grid_model::words;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;
use serde::Serialize;

use super::Chains;

words! {
    /// Whether a cluster may still grow.
    pub enum ClusterStatus {
        /// The last onset known is too recent to call it over.
        Active = "active",
        /// So many days passed since the last known onset that it is taken to be over.
        Closed = "closed",
        /// No onset in it is known.
        Unknown = "unknown",
    }
}

/// People held together by links, whatever their direction. People without one are in none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cluster {
    /// In the order of ids; never empty.
    pub members: Vec<String>,
    /// The first onset known; nothing where none is.
    pub first_onset: Option<NaiveDate>,
    /// The last onset known; nothing where none is.
    pub last_onset: Option<NaiveDate>,
    /// Members whose onset is not known.
    pub without_onset: usize,
    /// The deepest generation, roots being 0; nothing where links only lead in circles.
    pub last_generation: Option<u32>,
    /// Rows of links, repeated and impossible ones too.
    pub links: usize,
}

impl Cluster {
    /// How many people are in it.
    pub fn size(&self) -> usize {
        self.members.len()
    }

    /// Whether it is over at the end of a day: closed when more than `quiet_days` days have
    /// passed since the last known onset.
    ///
    /// Convention: two of the longest incubation periods without a new onset, 28 days where that
    /// is 14. WHO asks 42 days, twice 21, before an outbreak of Ebola is over (information note
    /// of May 2015), counted there from the last case's second negative test or burial: give the
    /// days that the authority in charge counts. An onset after `day` does not open a cluster:
    /// ask the chains as they were known on it.
    pub fn status_on(&self, day: NaiveDate, quiet_days: u32) -> ClusterStatus {
        match self.last_onset {
            None => ClusterStatus::Unknown,
            Some(last) if (day - last).num_days() > i64::from(quiet_days) => ClusterStatus::Closed,
            Some(_) => ClusterStatus::Active,
        }
    }
}

impl Chains {
    /// The people held together by links: the largest cluster first, then by first id.
    ///
    /// [`Chains::cluster_of`] gives positions in this list. Cost: linear.
    pub fn clusters(&self) -> Vec<Cluster> {
        let how_many = self.cluster_of.iter().flatten().max();
        let how_many = how_many.map_or(0, |&last| last as usize + 1);
        let empty = Cluster {
            members: Vec::new(),
            first_onset: None,
            last_onset: None,
            without_onset: 0,
            last_generation: None,
            links: 0,
        };
        let mut clusters = vec![empty; how_many];
        for person in self.nodes() {
            let Some(cluster) = self.cluster_of(person) else {
                continue;
            };
            let cluster = &mut clusters[cluster];
            let onset = self.onset(person);
            cluster.members.push(self.id(person).to_owned());
            cluster.first_onset = cluster.first_onset.into_iter().chain(onset).min();
            cluster.last_onset = cluster.last_onset.max(onset);
            cluster.without_onset += usize::from(onset.is_none());
            cluster.last_generation = cluster.last_generation.max(self.generation_of(person));
        }
        for (from, _) in self.ends() {
            if let Some(cluster) = self.cluster_of(from) {
                clusters[cluster].links += 1;
            }
        }
        clusters
    }
}

/// The cluster of each person, numbered the largest first, then by first id.
pub(super) fn of(graph: &DiGraph<Option<NaiveDate>, ()>) -> Vec<Option<u32>> {
    let mut joined = UnionFind::<u32>::new(graph.node_count());
    let mut linked = vec![false; graph.node_count()];
    for edge in graph.raw_edges() {
        let (from, to) = (index(edge.source()), index(edge.target()));
        joined.union(from, to);
        linked[from as usize] = true;
        linked[to as usize] = true;
    }
    let heads = joined.into_labeling();
    let mut sizes = vec![0u32; heads.len()];
    for (&head, _) in heads.iter().zip(&linked).filter(|(_, linked)| **linked) {
        sizes[head as usize] += 1;
    }
    // A stable sort of heads as first met, in the order of ids, breaks ties by first id.
    let mut order: Vec<u32> = Vec::new();
    let mut place: Vec<Option<u32>> = vec![None; heads.len()];
    for (&head, _) in heads.iter().zip(&linked).filter(|(_, linked)| **linked) {
        if place[head as usize].replace(0).is_none() {
            order.push(head);
        }
    }
    order.sort_by_key(|&head| std::cmp::Reverse(sizes[head as usize]));
    for (number, &head) in (0..).zip(&order) {
        place[head as usize] = Some(number);
    }
    let heads = heads.iter().map(|&head| place[head as usize]);
    heads.collect()
}

/// Nodes of a graph are numbered with 32 bits.
fn index(node: NodeIndex) -> u32 {
    u32::try_from(node.index()).unwrap_or(u32::MAX)
}
