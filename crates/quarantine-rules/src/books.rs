//! Rule books, one an authority, and the chain from the narrowest to the widest.

mod error;
mod read;
mod shipped;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

pub use error::{BookError, BookErrors};

use crate::{Clause, Condition, GatheringClause, Subject};

/// The rules of one authority.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleBook {
    /// The file it came from.
    pub file: Box<str>,
    /// The authority's code.
    pub authority: Box<str>,
    /// The wider authority whose rules hold where this book has none.
    pub parent: Option<Box<str>>,
    /// Authorities without a book whose code begins so stand under this one.
    pub parent_of: Option<Box<str>>,
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Its name in English.
    pub name_en: Box<str>,
    /// Whether its clauses may ask less than a wider authority's: the narrowest then wins either
    /// way. Without it a book may only add strictness, and [`crate::check`] holds it to that.
    pub may_be_looser: bool,
    /// For whom and which days the book claims to be whole.
    pub scopes: Vec<Scope>,
    /// The Chinese titles of its editions, by the names its clauses call them.
    pub editions_zh: BTreeMap<Box<str>, Box<str>>,
    /// Its clauses, in the order of their ids.
    pub clauses: Vec<Arc<Clause>>,
    /// Its clauses about gatherings, in the order of their ids.
    pub gatherings: Vec<Arc<GatheringClause>>,
}

/// For whom and which days a book claims to be whole: `check` looks for gaps inside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// The disease.
    pub disease: Box<str>,
    /// The classes of person.
    pub subjects: Vec<Subject>,
    /// Which people of these classes; everybody where it asks nothing.
    pub condition: Condition,
    /// The first day.
    pub from: NaiveDate,
    /// The first day no longer claimed; nothing where it has no end.
    pub until: Option<NaiveDate>,
}

/// The clauses of one authority by disease and class of person.
type BySubject = BTreeMap<(Box<str>, Subject), Vec<Arc<Clause>>>;

/// All rule books in use, checked against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books {
    books: BTreeMap<Box<str>, RuleBook>,
    /// Clauses by authority, disease and subject, each list in order of precedence.
    index: BTreeMap<Box<str>, BySubject>,
}

impl Books {
    /// The books shipped with this crate: the national protocol's editions, Yunnan's and
    /// Tengchong's orders, Mangbang's own, and those of other authorities and diseases.
    ///
    /// # Errors
    /// A shipped book breaks a rule; a test holds that none does.
    pub fn shipped() -> Result<Self, BookErrors> {
        Self::from_toml(shipped::FILES)
    }

    /// Books out of TOML texts, each with its file's name, in any order.
    ///
    /// # Errors
    /// Every mistake of every file, each with file, line, clause, key and remedy.
    pub fn from_toml<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Self, BookErrors> {
        let mut sorted: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (name.as_ref(), text.as_ref()))
            .collect();
        sorted.sort_unstable();
        read::books(&sorted).map(Self::of_checked)
    }

    fn of_checked(books: BTreeMap<Box<str>, RuleBook>) -> Self {
        let mut index: BTreeMap<Box<str>, BySubject> = BTreeMap::new();
        for (authority, book) in &books {
            let by_subject = index.entry(authority.clone()).or_default();
            for clause in &book.clauses {
                let key = (clause.disease.clone(), clause.subject);
                by_subject.entry(key).or_default().push(clause.clone());
            }
            for clauses in by_subject.values_mut() {
                clauses.sort_by(|a, b| precedence(a).cmp(&precedence(b)));
            }
        }
        Books { books, index }
    }

    /// All books in the order of their authorities.
    pub fn iter(&self) -> impl Iterator<Item = &RuleBook> {
        self.books.values()
    }

    /// The book of an authority.
    pub fn book(&self, authority: &str) -> Option<&RuleBook> {
        self.books.get(authority)
    }

    /// The clause with this id.
    pub fn clause(&self, id: &str) -> Option<&Arc<Clause>> {
        self.books.values().find_map(|book| {
            let place = book.clauses.binary_search_by(|clause| (*clause.id).cmp(id));
            place.ok().map(|place| &book.clauses[place])
        })
    }

    /// The books that govern for an authority, the narrowest first.
    ///
    /// An authority without a book stands under the book that claims the longest beginning of
    /// its code; one that no book claims has no rules.
    pub fn chain(&self, authority: &str) -> Vec<&RuleBook> {
        let mut chain = Vec::new();
        let mut next = self.books.get(authority).or_else(|| {
            let claims = |book: &&RuleBook| {
                let prefix = book.parent_of.as_deref();
                prefix.is_some_and(|prefix| authority.starts_with(prefix))
            };
            let length = |book: &&RuleBook| book.parent_of.as_deref().map_or(0, str::len);
            self.books.values().filter(claims).max_by_key(length)
        });
        while let Some(book) = next {
            chain.push(book);
            next = book
                .parent
                .as_deref()
                .and_then(|parent| self.books.get(parent));
        }
        chain
    }

    /// The clauses of one authority for a disease and subject in force on a day, in order of
    /// precedence.
    pub(crate) fn in_force(
        &self,
        authority: &str,
        disease: &str,
        subject: Subject,
        on: NaiveDate,
    ) -> impl Iterator<Item = &Arc<Clause>> {
        let key = (Box::from(disease), subject);
        let clauses = self.index.get(authority).and_then(|by| by.get(&key));
        clauses
            .into_iter()
            .flatten()
            .filter(move |clause| clause.in_force(on))
    }
}

/// Most terms first, then the latest `from`, as the table says. What is still equal is a mistake
/// in a book; until it is mended the strictest clause wins, then the least id.
fn precedence(clause: &Clause) -> impl Ord + '_ {
    use std::cmp::Reverse;
    (
        Reverse(clause.condition.weight()),
        Reverse(clause.from),
        Reverse(clause.measure),
        &clause.id,
    )
}
