//! Who infected whom, as a page to look at: the largest clusters drawn by day, everyone in tables.
//!
//! ```
//! use contact_tracing::chains::Chains;
//! use outbreak_response::chain_page::{ChainPage, chain_page};
//! use outbreak_response::reporting::{Language, Text};
//!
//! let day = |text: &str| Some(text.parse().unwrap());
//! let chains = Chains::build(
//!     &[("Ann", day("2020-02-01")), ("Bo", day("2020-02-06"))],
//!     &[("Ann", "Bo")],
//! );
//! let page = ChainPage::new(Text::new("某地疫情", "An outbreak"));
//! let html = chain_page(&chains, &page, Language::English)?;
//! assert!(html.contains("Cluster 1: 2 cases"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The page stands alone (no file, script or address beside it), prints, and reads on a telephone.
//! At any size it opens at once: at most [`DRAWN_CLUSTERS`] clusters are drawn, of each no more
//! than [`ROWS_OF_LARGEST`] or [`ROWS_OF_OTHERS`] cases, and long tables are folded. What is not
//! drawn is counted where it hangs, and everyone is in a table: drawings take at most half a
//! megabyte, a case about 250 bytes, so an outbreak of 4,746 cases stays under 2 MB.
//!
//! Ids with dates are names in a village: the page says that it goes no further.

mod clusters;
mod people;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contact_tracing::chains::Chains;
use reporting::messages::{Args, MessageError, Messages};
use reporting::{
    Bulletin, Edition, Figure, FigureValue, Language, RenderError, Section, Sentence, Text, to_html,
};
use thiserror::Error;

use crate::bulletin::BulletinError;
use clusters::Clusters;
use people::People;

/// How many clusters are drawn, the largest ones.
pub const DRAWN_CLUSTERS: usize = 12;
/// How many cases of the largest cluster are drawn, the upper generations.
pub const ROWS_OF_LARGEST: usize = 160;
/// The same of every other cluster that is drawn.
pub const ROWS_OF_OTHERS: usize = 60;

/// What a page of chains is told beside the chains.
#[derive(Clone, Debug)]
pub struct ChainPage<'a> {
    /// Which outbreak it is.
    pub title: Text,
    /// The evening of which a cluster is called active or closed; where there is none, the day
    /// of the last onset known.
    pub evening: Option<NaiveDate>,
    /// After how many days without an onset a cluster is closed: see
    /// [`Cluster::status_on`](contact_tracing::chains::Cluster::status_on).
    pub quiet_days: u32,
    /// How many contacts are recorded of each person, by id; nothing where they are not told of.
    /// They are counted, not drawn.
    pub contacts: Option<&'a BTreeMap<String, u64>>,
}

impl ChainPage<'_> {
    /// A page as of the last onset known, without contacts; clusters are closed after 28 days.
    #[must_use]
    pub const fn new(title: Text) -> Self {
        Self {
            title,
            evening: None,
            quiet_days: 28,
            contacts: None,
        }
    }
}

/// Why a page of chains could not be made: its own words are at fault, never the chains.
#[derive(Debug, Error)]
pub enum ChainPageError {
    /// The words do not parse, or a sentence could not be filled.
    #[error(transparent)]
    Words(#[from] BulletinError),
    /// The page could not be filled in.
    #[error(transparent)]
    Page(#[from] RenderError),
}

impl From<MessageError> for ChainPageError {
    fn from(error: MessageError) -> Self {
        Self::Words(error.into())
    }
}

/// The chains as one self-contained HTML page in one language.
///
/// Cost: n log n in people and links; the page grows with them by about 250 bytes each.
///
/// # Errors
/// Only if the shipped words were unsound, which the tests of this crate hold they are not.
pub fn chain_page(
    chains: &Chains,
    page: &ChainPage<'_>,
    language: Language,
) -> Result<String, ChainPageError> {
    Ok(to_html(&chain_report(chains, page)?, language)?)
}

/// The same as data, for other renderers.
///
/// # Errors
/// As [`chain_page`].
pub fn chain_report(chains: &Chains, page: &ChainPage<'_>) -> Result<Bulletin, ChainPageError> {
    let words = Messages::from_sources(&[(
        include_str!("chain_page.zh.ftl"),
        include_str!("chain_page.en.ftl"),
    )])
    .map_err(BulletinError::from)?;
    let clusters = Clusters::of(chains, page);
    let people = People::of(chains, page.contacts);
    let to = Writer {
        chains,
        page,
        words,
        clusters,
        people,
    };
    let mut report = Bulletin::new(page.title.clone(), Text::empty(), Edition::Internal);
    report.day = to.clusters.evening;
    report.headline = to.headline()?;
    report.sections = vec![
        to.drawn()?,
        to.all_clusters()?,
        to.others()?,
        to.to_check()?,
    ];
    let notes = ["note-day", "note-infector", "note-fold", "note-contacts"];
    for note in notes {
        if note != "note-contacts" || page.contacts.is_some() {
            report.notes.push(to.text(note, &Args::new())?);
        }
    }
    Ok(report)
}

/// A page being written.
struct Writer<'a> {
    chains: &'a Chains,
    page: &'a ChainPage<'a>,
    words: Messages,
    clusters: Clusters,
    people: People<'a>,
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Writer<'_> {
    fn text(&self, key: &str, args: &Args) -> Result<Text, MessageError> {
        self.words.text(key, args)
    }

    fn headline(&self) -> Result<Vec<Figure>, MessageError> {
        let unlinked = self.people.without_link().count();
        let contacts = self.page.contacts.map(|by_case| {
            let all = by_case.values();
            all.fold(0_u64, |sum, one| sum.saturating_add(*one))
        });
        let contacts = contacts.map(|all| usize::try_from(all).unwrap_or(usize::MAX));
        let figures = [
            ("people", Some(self.chains.people())),
            ("links", Some(self.chains.links())),
            ("clusters", Some(self.clusters.all.len())),
            ("active", self.clusters.active()),
            ("unlinked", Some(unlinked)),
            ("contacts", contacts),
        ];
        let told = figures.into_iter().filter_map(|(key, n)| Some((key, n?)));
        told.map(|(key, n)| {
            let label = self.text(&format!("figure-{key}"), &Args::new())?;
            let unit = self.text(&format!("unit-{key}"), &Args::new())?;
            Ok(Figure::new(key, label, FigureValue::Count(count(n)), unit))
        })
        .collect()
    }

    fn section(&self, key: &str) -> Result<Section, MessageError> {
        let heading = self.text(&format!("section-{key}"), &Args::new())?;
        Ok(Section::new(key, heading))
    }

    fn sentence(&self, key: &str, args: &Args) -> Result<Sentence, MessageError> {
        Ok(Sentence::new(key, self.text(key, args)?))
    }
}
