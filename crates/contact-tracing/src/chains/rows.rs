//! The rows chains are built from, and how they are bound to people.

use std::collections::HashMap;

use chrono::NaiveDate;
use grid_model::Keys;
use petgraph::graph::{DiGraph, NodeIndex};

use super::{Chains, Incidence, clusters, generations};

/// The days of a case, each of them only where it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CaseDates {
    /// The first day of symptoms.
    pub onset: Option<NaiveDate>,
    /// The day the infection was confirmed.
    pub confirmed: Option<NaiveDate>,
    /// The day from which the case could infect nobody outside.
    pub isolated: Option<NaiveDate>,
    /// The day of death.
    pub died: Option<NaiveDate>,
    /// The first day on which the case may have been infected.
    pub exposed_from: Option<NaiveDate>,
    /// The last day on which the case may have been infected.
    pub exposed_until: Option<NaiveDate>,
    /// The day the row became known; where there is none, [`Chains::as_known`] always knows it.
    pub known: Option<NaiveDate>,
}

/// A row of a line list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaseRow<'a> {
    /// The person, by the id the line list uses.
    pub id: &'a str,
    /// What is known of when.
    pub dates: CaseDates,
}

impl<'a> CaseRow<'a> {
    /// A case of whom nothing but perhaps the onset is known.
    pub fn new(id: &'a str, onset: Option<NaiveDate>) -> Self {
        let dates = CaseDates {
            onset,
            ..CaseDates::default()
        };
        CaseRow { id, dates }
    }
}

/// A row that says who infected whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkRow<'a> {
    /// Who is said to have infected.
    pub infector: &'a str,
    /// Whom.
    pub infectee: &'a str,
    /// The day the row became known; where there is none, [`Chains::as_known`] always knows it.
    pub known: Option<NaiveDate>,
}

impl<'a> LinkRow<'a> {
    /// A link that was always known.
    pub fn new(infector: &'a str, infectee: &'a str) -> Self {
        LinkRow {
            infector,
            infectee,
            known: None,
        }
    }
}

/// A row of the line list after its id was bound to a person.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundCase {
    /// Its place among the rows that were handed over, counted from 0.
    pub(super) row: usize,
    pub(super) person: NodeIndex,
    pub(super) dates: CaseDates,
}

/// What a row of the links has beside its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundLink {
    /// Its place among the rows that were handed over, counted from 0.
    pub(super) row: usize,
    known: Option<NaiveDate>,
}

impl Chains {
    /// Binds cases with their onset, in any order, and links from infector to infectee.
    ///
    /// The short form of [`Chains::from_rows`].
    pub fn build<K: AsRef<str>>(cases: &[(K, Option<NaiveDate>)], links: &[(K, K)]) -> Self {
        let cases = cases
            .iter()
            .map(|(id, onset)| CaseRow::new(id.as_ref(), *onset));
        let links = links
            .iter()
            .map(|(from, to)| LinkRow::new(from.as_ref(), to.as_ref()));
        Chains::from_rows(cases, links)
    }

    /// Binds the rows of a line list and of links.
    ///
    /// People are all who are in either. Of several rows for one case the earliest day of each
    /// kind stands (of the end of the exposure the latest); of several infectors of one person
    /// the first row stands for the generation. No row is left out: what is odd about one is
    /// told by [`Chains::flagged`] and [`Chains::flagged_cases`]. Cost: n log n in rows.
    pub fn from_rows<'a>(
        cases: impl IntoIterator<Item = CaseRow<'a>>,
        links: impl IntoIterator<Item = LinkRow<'a>>,
    ) -> Self {
        let cases = cases.into_iter().enumerate().collect();
        Chains::bind(cases, links.into_iter().enumerate().collect())
    }

    /// The chains as they were known by the end of a day: without the rows that became known
    /// later. Rows keep their number. Cost: as much as building.
    #[must_use]
    pub fn as_known(&self, by_end_of: NaiveDate) -> Chains {
        let was_known = |known: Option<NaiveDate>| known.is_none_or(|known| known <= by_end_of);
        let cases = self.cases.iter().filter(|case| was_known(case.dates.known));
        let cases = cases.map(|case| {
            let (id, dates) = (self.id(case.person), case.dates);
            (case.row, CaseRow { id, dates })
        });
        let links = self.links.iter().zip(self.ends());
        let links = links.filter(|(link, _)| was_known(link.known));
        let links = links.map(|(link, (from, to))| {
            let row = LinkRow {
                infector: self.id(from),
                infectee: self.id(to),
                known: link.known,
            };
            (link.row, row)
        });
        Chains::bind(cases.collect(), links.collect())
    }

    fn bind(cases: Vec<(usize, CaseRow<'_>)>, links: Vec<(usize, LinkRow<'_>)>) -> Self {
        let of_links = links
            .iter()
            .flat_map(|(_, row)| [row.infector, row.infectee]);
        let people = Keys::new(cases.iter().map(|(_, row)| row.id).chain(of_links));
        // Every id is looked up once or twice: a table is several times faster than searching
        // the keys. It is never iterated.
        let numbers: HashMap<&str, usize> = people.iter().zip(0..).collect();
        let person = |id: &str| numbers.get(id).copied().map(NodeIndex::new);
        let bound = cases.into_iter().filter_map(|(row, case)| {
            let person = person(case.id)?;
            let dates = case.dates;
            Some(BoundCase { row, person, dates })
        });
        let cases: Vec<BoundCase> = bound.collect();
        let mut graph = DiGraph::with_capacity(people.len(), links.len());
        let merged = merged(people.len(), &cases);
        for dates in &merged {
            graph.add_node(dates.and_then(|dates| dates.onset));
        }
        let mut bound = Vec::with_capacity(links.len());
        for (row, link) in links {
            if let (Some(from), Some(to)) = (person(link.infector), person(link.infectee)) {
                graph.add_edge(from, to, ());
                let known = link.known;
                bound.push(BoundLink { row, known });
            }
        }
        let first_infector = first_infectors(&graph);
        Chains {
            generations: generations::of(&graph, &first_infector),
            cluster_of: clusters::of(&graph),
            listed: merged.iter().map(Option::is_some).collect(),
            people,
            graph,
            cases,
            links: bound,
            first_infector,
        }
    }

    /// What the rows of the line list say together, by person; nothing for who is not in it.
    pub(super) fn merged(&self) -> Vec<Option<CaseDates>> {
        merged(self.people(), &self.cases)
    }

    /// People by day of onset, each once, those imported apart: what R(t) is estimated from.
    /// Ids the chains do not have are not used; people without a known onset are in neither.
    pub fn incidence(&self, imported: &[&str]) -> Incidence {
        let mut is_imported = vec![false; self.people()];
        for person in imported.iter().filter_map(|id| self.node(id)) {
            is_imported[person.index()] = true;
        }
        let mut incidence = Incidence::default();
        for person in self.nodes() {
            let curve = match is_imported[person.index()] {
                true => &mut incidence.imported,
                false => &mut incidence.local,
            };
            if let Some(day) = self.onset(person) {
                *curve.entry(day).or_default() += 1;
            }
        }
        incidence
    }

    /// How many rows there are by day of onset, and how many without one.
    pub fn epi_curve(&self) -> crate::EpiCurve {
        crate::epi_curve(self.cases.iter().map(|case| case.dates.onset))
    }
}

/// By person: the infector in the first row that names one.
fn first_infectors(graph: &DiGraph<Option<NaiveDate>, ()>) -> Vec<Option<NodeIndex>> {
    let mut first = vec![None; graph.node_count()];
    for edge in graph.raw_edges() {
        first[edge.target().index()].get_or_insert(edge.source());
    }
    first
}

fn merged(people: usize, cases: &[BoundCase]) -> Vec<Option<CaseDates>> {
    let mut merged: Vec<Option<CaseDates>> = vec![None; people];
    let earliest = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.into_iter().chain(b).min();
    for case in cases {
        let (all, one) = (merged[case.person.index()], case.dates);
        let all = all.map_or(one, |all| CaseDates {
            onset: earliest(all.onset, one.onset),
            confirmed: earliest(all.confirmed, one.confirmed),
            isolated: earliest(all.isolated, one.isolated),
            died: earliest(all.died, one.died),
            exposed_from: earliest(all.exposed_from, one.exposed_from),
            exposed_until: all.exposed_until.max(one.exposed_until),
            known: earliest(all.known, one.known),
        });
        merged[case.person.index()] = Some(all);
    }
    merged
}
