//! The clusters of the page: the largest drawn, all of them in a table.

use chrono::NaiveDate;
use contact_tracing::chains::{Chains, Cluster, ClusterStatus, NodeIndex};
use reporting::messages::{Args, MessageError};
use reporting::{Cell, Chart, ChartHead, ColumnKind, DatedTree, List, Section, Text, TreeCase};

use super::{ChainPage, DRAWN_CLUSTERS, ROWS_OF_LARGEST, ROWS_OF_OTHERS, Writer, count};
use crate::lists::{Heading, date, dictionary, list, number};

/// The clusters with their people, the largest first.
pub(super) struct Clusters {
    pub(super) all: Vec<Cluster>,
    /// By cluster: its people by onset, those without one last, then by id.
    members: Vec<Vec<NodeIndex>>,
    pub(super) evening: Option<NaiveDate>,
    quiet_days: u32,
}

impl Clusters {
    pub(super) fn of(chains: &Chains, page: &ChainPage<'_>) -> Self {
        let all = chains.clusters();
        let mut members: Vec<Vec<NodeIndex>> = vec![Vec::new(); all.len()];
        for node in chains.nodes() {
            let cluster = chains.cluster_of(node);
            if let Some(members) = cluster.and_then(|cluster| members.get_mut(cluster)) {
                members.push(node);
            }
        }
        for some in &mut members {
            some.sort_by_key(|&node| (chains.onset(node).unwrap_or(NaiveDate::MAX), node));
        }
        let last_onset = chains.nodes().filter_map(|node| chains.onset(node)).max();
        Self {
            all,
            members,
            evening: page.evening.or(last_onset),
            quiet_days: page.quiet_days,
        }
    }

    fn status(&self, cluster: &Cluster) -> ClusterStatus {
        match self.evening {
            Some(evening) => cluster.status_on(evening, self.quiet_days),
            None => ClusterStatus::Unknown,
        }
    }

    /// How many may still grow; nothing where no day is known to tell it of.
    pub(super) fn active(&self) -> Option<usize> {
        self.evening?;
        let active = |cluster: &&Cluster| self.status(cluster) == ClusterStatus::Active;
        Some(self.all.iter().filter(active).count())
    }

    /// People of the clusters that are not drawn, cluster by cluster.
    pub(super) fn not_drawn(&self) -> impl Iterator<Item = (usize, &[NodeIndex])> {
        let members = self.members.iter().map(Vec::as_slice).enumerate();
        members.skip(DRAWN_CLUSTERS)
    }
}

impl Writer<'_> {
    /// The largest clusters as dated trees, the first one open.
    pub(super) fn drawn(&self) -> Result<Section, MessageError> {
        let mut section = self.section("drawn")?;
        let drawn = self.clusters.all.len().min(DRAWN_CLUSTERS);
        let mut cases = 0;
        for cluster in 0..drawn {
            let tree = self.tree(cluster)?;
            cases += tree.drawn();
            section.charts.push(Chart::DatedTree(tree));
        }
        let args = Args::new()
            .count("drawn", count(drawn))
            .count("clusters", count(self.clusters.all.len()))
            .count("cases", count(cases))
            .count("people", count(self.chains.people()));
        let key = match drawn {
            0 => "drawn-none",
            _ if drawn == self.clusters.all.len() => "drawn-all",
            _ => "drawn-largest",
        };
        section.sentences.push(self.sentence(key, &args)?);
        Ok(section)
    }

    fn tree(&self, cluster: usize) -> Result<DatedTree, MessageError> {
        let members = &self.clusters.members[cluster];
        let title = self.cluster_title(cluster)?;
        let mut place = vec![None; self.chains.people()];
        for (at, node) in members.iter().enumerate() {
            place[node.index()] = Some(at);
        }
        let case = |node: &NodeIndex| TreeCase {
            key: self.chains.id(*node).to_owned(),
            day: self.chains.onset(*node),
            parent: self
                .chains
                .first_infector(*node)
                .and_then(|above| place[above.index()]),
            to_check: self.people.is_to_check(*node),
        };
        let mut rows = self.people.list(&format!("cluster-{}", cluster + 1));
        rows.title = title.clone();
        let row = |node: &NodeIndex| self.people.row(*node);
        rows.rows = members.iter().map(row).collect();
        Ok(DatedTree {
            head: ChartHead {
                key: format!("cluster-{}", cluster + 1),
                title,
                x_axis: self.text("axis-onset", &Args::new())?,
                y_axis: self.text("axis-case", &Args::new())?,
                source: Text::empty(),
            },
            cases: members.iter().map(case).collect(),
            most_rows: if cluster == 0 {
                ROWS_OF_LARGEST
            } else {
                ROWS_OF_OTHERS
            },
            folded: cluster > 0,
            list: rows,
        })
    }

    fn cluster_title(&self, cluster: usize) -> Result<Text, MessageError> {
        let of = &self.clusters.all[cluster];
        let args = Args::new()
            .count("number", count(cluster + 1))
            .count("size", count(of.size()));
        match (of.first_onset, of.last_onset) {
            (Some(first), Some(last)) => {
                let args = args.date("first", first).date("last", last);
                self.text("cluster-dated", &args)
            }
            _ => self.text("cluster-undated", &args),
        }
    }

    /// Every cluster as a row.
    pub(super) fn all_clusters(&self) -> Result<Section, MessageError> {
        let mut section = self.section("clusters")?;
        if let Some(evening) = self.clusters.evening {
            let args = Args::new()
                .date("evening", evening)
                .count("days", i64::from(self.clusters.quiet_days));
            section
                .sentences
                .push(self.sentence("clusters-status", &args)?);
        }
        let title = self.text("list-clusters", &Args::new())?;
        section.lists.push(self.cluster_list(title));
        Ok(section)
    }

    fn cluster_list(&self, title: Text) -> List {
        const HEADINGS: [Heading; 8] = [
            ("cluster", "聚集性疫情", "Cluster", ColumnKind::Count),
            ("size", "病例数", "Cases", ColumnKind::Count),
            ("first", "首例", "First case", ColumnKind::Text),
            ("first_onset", "首例发病", "First onset", ColumnKind::Date),
            ("last_onset", "末例发病", "Last onset", ColumnKind::Date),
            (
                "last_generation",
                "最深代次",
                "Deepest generation",
                ColumnKind::Count,
            ),
            ("links", "传播关系", "Links", ColumnKind::Count),
            ("status", "状态", "Status", ColumnKind::Text),
        ];
        let mut table = list("clusters", &title.zh, &title.en, &HEADINGS);
        let rows = self.clusters.all.iter().zip(&self.clusters.members);
        table.rows = rows
            .enumerate()
            .map(|(at, (cluster, members))| {
                let first = members.first().map(|&node| self.chains.id(node));
                vec![
                    number(at + 1),
                    number(cluster.size()),
                    first.map_or(Cell::Unknown, |id| Cell::Plain(id.to_owned())),
                    date(cluster.first_onset),
                    date(cluster.last_onset),
                    cluster.last_generation.map_or(Cell::Unknown, number),
                    number(cluster.links),
                    match self.clusters.status(cluster) {
                        ClusterStatus::Unknown => Cell::Unknown,
                        known => dictionary::word(known.word()),
                    },
                ]
            })
            .collect();
        table
    }
}
