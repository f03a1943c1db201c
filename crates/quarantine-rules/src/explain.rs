//! A decision in plain sentences, in Chinese and in English.
//!
//! Both languages are composed phrase by phrase from the same values, so that every figure and
//! date in one is in the other. Words of a book that exist in one language only, its source and
//! its remarks, are quoted as they stand.

mod answer;
mod dates;
mod editions;
mod facts;
mod gathering;
mod orders;
mod words;

use chrono::NaiveDate;
use grid_model::words;

pub(crate) use dates::{Day, Numbers};
pub use gathering::explain_gathering;
pub use orders::{explain_order, explain_release};

use crate::{Books, CountedFrom, Decision, FactName, FactValue, Measure, Subject};

words! {
    /// In which language.
    pub enum Language {
        /// Chinese.
        Chinese = "zh",
        /// English.
        English = "en",
    }
}

/// What was asked when a decision was made: by which books, of whom, on which day.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry<'a> {
    /// The books, for the names of their authorities and what they claim to cover.
    pub books: &'a Books,
    /// The narrowest authority asked.
    pub authority: &'a str,
    /// The disease.
    pub disease: &'a str,
    /// The class of person.
    pub subject: Subject,
    /// The day asked.
    pub as_of: NaiveDate,
}

/// What a decision says and why, in sentences for a villager and a judge: the clause with its
/// authority, edition and source, the measure and place, how the days are counted from day 0 to
/// the first free day, what applies on the day asked, and the facts it rests on. Of an open
/// question: what holds meanwhile and which facts to find out first. Where no clause speaks of
/// the person: whether the books claim to cover such people on that day.
pub fn explain(decision: &Decision, inquiry: &Inquiry<'_>, language: Language) -> String {
    let teller = answer::Teller { inquiry, language };
    match decision {
        Decision::Governed(governed) => teller.governed(governed),
        Decision::Undetermined(open) => teller.undetermined(open),
        Decision::NoRule => teller.no_rule(),
    }
}

impl Inquiry<'_> {
    /// Whether a book that governs here claims to cover such people on the day.
    fn in_scope(&self) -> bool {
        let covers = |scope: &crate::Scope| {
            *scope.disease == *self.disease
                && scope.subjects.contains(&self.subject)
                && scope.from <= self.as_of
                && scope.until.is_none_or(|until| self.as_of < until)
        };
        let chain = self.books.chain(self.authority);
        chain.iter().any(|book| book.scopes.iter().any(covers))
    }
}

impl Language {
    /// The word of this language.
    pub(crate) fn pick<T>(self, chinese: T, english: T) -> T {
        match self {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// The name of an authority; one that has no book by its code.
pub(crate) fn authority<'b>(books: &'b Books, code: &'b str, language: Language) -> &'b str {
    match books.book(code) {
        Some(book) => language.pick(&*book.name_zh, &*book.name_en),
        None => code,
    }
}

impl CountedFrom {
    /// Its name in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        words::counted_from(self, language)
    }
}

impl Measure {
    /// Its name in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        words::measure(self, language)
    }
}

impl Subject {
    /// Its name in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        words::subject(self, language)
    }
}

impl FactName {
    /// Its name in a sentence; of a fact that is yes or no, the question.
    pub fn name(self, language: Language) -> &'static str {
        facts::name(self, language)
    }
}

impl FactValue {
    /// The value in a sentence; a word the shipped books do not know stays as the user wrote it.
    pub fn told(&self, language: Language) -> String {
        facts::value(self, language)
    }
}

/// The name of a place in a sentence; one the shipped books do not know stays as the user wrote
/// it, its underscores as spaces.
pub fn place_name(place: &str, language: Language) -> String {
    words::place(place, language)
}
