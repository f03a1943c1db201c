//! The people of the page, a row each.

use std::collections::BTreeMap;

use contact_tracing::chains::{CaseFlag, Chains, Flag, NodeIndex};
use reporting::messages::{Args, MessageError};
use reporting::{Cell, ColumnKind, List, Section, Text};

use super::{Writer, count};
use crate::lists::{Heading, date, dictionary, list, listed, number};

/// Everyone with what is odd about them.
pub(super) struct People<'a> {
    chains: &'a Chains,
    contacts: Option<&'a BTreeMap<String, u64>>,
    /// By person: what is odd about the rows of the line list and about links to the person.
    odd: Vec<Vec<&'static str>>,
}

impl<'a> People<'a> {
    pub(super) fn of(chains: &'a Chains, contacts: Option<&'a BTreeMap<String, u64>>) -> Self {
        let mut odd: Vec<Vec<&'static str>> = vec![Vec::new(); chains.people()];
        let cases = chains.flagged_cases();
        let links = chains.flagged();
        let of_cases = cases.iter().map(|case| (&case.id, case.flag.word()));
        let of_links = links.iter().map(|link| (&link.infectee, link.flag.word()));
        for (id, word) in of_cases.chain(of_links) {
            let words = chains.node(id).and_then(|node| odd.get_mut(node.index()));
            if let Some(words) = words.filter(|words| !words.contains(&word)) {
                words.push(word);
            }
        }
        Self {
            chains,
            contacts,
            odd,
        }
    }

    pub(super) fn is_to_check(&self, node: NodeIndex) -> bool {
        self.odd
            .get(node.index())
            .is_some_and(|odd| !odd.is_empty())
    }

    /// People whom no link names.
    pub(super) fn without_link(&self) -> impl Iterator<Item = NodeIndex> {
        let nodes = self.chains.nodes();
        nodes.filter(|&node| self.chains.cluster_of(node).is_none())
    }

    /// A table of people without rows.
    pub(super) fn list(&self, key: &str) -> List {
        const HEADINGS: [Heading; 6] = [
            ("case", "病例", "Case", ColumnKind::Text),
            ("onset", "发病日期", "Onset", ColumnKind::Date),
            ("generation", "代次", "Generation", ColumnKind::Count),
            ("infector", "传染者", "Infector", ColumnKind::Text),
            ("infected", "传染人数", "Infected", ColumnKind::Count),
            ("check", "待核对", "To check", ColumnKind::Text),
        ];
        const CONTACTS: Heading = ("contacts", "接触者数", "Contacts", ColumnKind::Count);
        let mut headings = HEADINGS.to_vec();
        if self.contacts.is_some() {
            headings.insert(5, CONTACTS);
        }
        list(key, "", "", &headings)
    }

    /// The row of a person.
    pub(super) fn row(&self, node: NodeIndex) -> Vec<Cell> {
        let id = self.chains.id(node);
        let mut row = vec![
            Cell::Plain(id.to_owned()),
            date(self.chains.onset(node)),
            self.chains.generation_of(node).map_or(none(), number),
            self.infectors(node),
            number(self.chains.infectees(node).len()),
        ];
        if let Some(contacts) = self.contacts {
            row.push(number(contacts.get(id).copied().unwrap_or(0)));
        }
        let odd = self.odd.get(node.index()).filter(|odd| !odd.is_empty());
        row.push(odd.map_or(none(), |odd| listed(odd.iter())));
        row
    }

    /// The infector who stands for the generation, then others named.
    fn infectors(&self, node: NodeIndex) -> Cell {
        let infectors = self.chains.infectors(node);
        let ids: Vec<&str> = infectors.iter().map(|&one| self.chains.id(one)).collect();
        match ids.split_first() {
            None => none(),
            Some((first, [])) => Cell::Plain((*first).to_owned()),
            Some((first, others)) => Cell::Text(Text::new(
                format!("{first}（另有：{}）", others.join("、")),
                format!("{first} (also: {})", others.join(", ")),
            )),
        }
    }
}

/// A cell with nothing to tell, as opposed to something not known.
const fn none() -> Cell {
    Cell::Plain(String::new())
}

impl Writer<'_> {
    /// Everyone who is in no drawing.
    pub(super) fn others(&self) -> Result<Section, MessageError> {
        let mut section = self.section("others")?;
        let mut small = self.people.list("cases-of-other-clusters");
        small.title = self.text("list-other-clusters", &Args::new())?;
        let cluster = ("cluster", "聚集性疫情", "Cluster", ColumnKind::Count);
        small.columns.extend(list("", "", "", &[cluster]).columns);
        for (cluster, members) in self.clusters.not_drawn() {
            small.rows.extend(members.iter().map(|&node| {
                let mut row = self.people.row(node);
                row.push(number(cluster + 1));
                row
            }));
        }
        let mut alone = self.people.list("cases-without-link");
        alone.title = self.text("list-unlinked", &Args::new())?;
        let unlinked = self.people.without_link();
        alone.rows = unlinked.map(|node| self.people.row(node)).collect();
        let args = Args::new()
            .count("small", count(small.rows.len()))
            .count("alone", count(alone.rows.len()));
        section
            .sentences
            .push(self.sentence("others-counted", &args)?);
        let lists = [small, alone].into_iter();
        section.lists = lists.filter(|list| !list.rows.is_empty()).collect();
        Ok(section)
    }

    /// Rows of links and of the line list that someone should look at again.
    pub(super) fn to_check(&self) -> Result<Section, MessageError> {
        let mut section = self.section("check")?;
        let (links, cases) = (self.chains.flagged(), self.chains.flagged_cases());
        let mut counted: Vec<(&'static str, usize)> = Vec::new();
        let of_links = Flag::ALL.iter().map(|flag| {
            (
                flag.word(),
                links.iter().filter(|link| link.flag == *flag).count(),
            )
        });
        let of_cases = CaseFlag::ALL.iter().map(|flag| {
            (
                flag.word(),
                cases.iter().filter(|case| case.flag == *flag).count(),
            )
        });
        counted.extend(of_links.chain(of_cases).filter(|(_, n)| *n > 0));
        const KINDS: [Heading; 2] = [
            ("what", "情形", "What is odd", ColumnKind::Text),
            ("rows", "行数", "Rows", ColumnKind::Count),
        ];
        let title = self.text("list-check", &Args::new())?;
        let mut kinds = list("to-check", &title.zh, &title.en, &KINDS);
        let row = |(word, n): &(&str, usize)| vec![dictionary::word(word), number(*n)];
        kinds.rows = counted.iter().map(row).collect();
        section.lists.push(kinds);
        Ok(section)
    }
}
