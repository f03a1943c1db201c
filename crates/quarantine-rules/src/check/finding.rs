//! What is wrong with a book, for whom, and on which days.

use std::fmt;

use chrono::NaiveDate;
use grid_model::words;

use crate::{Condition, FactName, Facts, Subject};

words! {
    /// What is wrong.
    pub enum FindingKind {
        /// Inside the declared scope somebody has no clause.
        Gap = "gap",
        /// Inside the declared scope the book has no clause in force for a class of person.
        UncoveredDays = "uncovered_days",
        /// Two clauses hold and no precedence settles which governs.
        Overlap = "overlap",
        /// Other clauses go before it wherever it holds.
        Unreachable = "unreachable",
        /// Its condition contradicts itself: nobody meets it.
        NeverHolds = "never_holds",
        /// Its place is none its measure can have.
        ImpossiblePlace = "impossible_place",
        /// Its measure has neither a number of days nor a condition of release.
        WithoutEnd = "without_end",
        /// What follows it never comes to an end, or never begins.
        FollowUpWithoutEnd = "follow_up_without_end",
        /// It is looser than what the wider authority asks of the same person.
        WeakerThanParent = "weaker_than_parent",
        /// Too many regions to tell.
        Unsettled = "unsettled",
    }
}

/// Somebody a finding shows on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The facts.
    pub facts: Facts,
    /// The day to ask.
    pub on: NaiveDate,
}

/// One thing wrong with a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// Whose book.
    pub authority: Box<str>,
    /// Of which disease.
    pub disease: Box<str>,
    /// Of which class of person.
    pub subject: Subject,
    /// From which day on.
    pub from: NaiveDate,
    /// The first day no longer; nothing where it has no end.
    pub until: Option<NaiveDate>,
    /// The clauses, the one to mend first.
    pub clauses: Vec<Box<str>>,
    /// For whom, where it is a gap.
    pub people: Option<Condition>,
    /// Somebody it shows on; nothing where nobody can be.
    pub witness: Option<Witness>,
}

impl FindingKind {
    fn says(self) -> (&'static str, &'static str) {
        match self {
            FindingKind::Gap => (
                "inside the declared scope nobody says what holds",
                "add a clause, or narrow the scope",
            ),
            FindingKind::UncoveredDays => (
                "inside the declared scope no clause of the book is in force",
                "close the days between the editions, or narrow the scope",
            ),
            FindingKind::Overlap => (
                "both hold and no precedence settles which governs",
                "give one more terms, or another first day",
            ),
            FindingKind::Unreachable => (
                "wherever it holds another clause goes before it",
                "remove it, or add the term that sets it apart",
            ),
            FindingKind::NeverHolds => (
                "its condition contradicts itself, so that nobody meets it",
                "mend the condition",
            ),
            FindingKind::ImpossiblePlace => (
                "its measure cannot have this place",
                "mend the place or the measure",
            ),
            FindingKind::WithoutEnd => (
                "its measure has neither days nor a condition of release",
                "write days, or release_condition",
            ),
            FindingKind::FollowUpWithoutEnd => (
                "what follows never ends, or ends before it begins",
                "write then_days from 1 on",
            ),
            FindingKind::WeakerThanParent => (
                "it asks less than the wider authority's clause",
                "make it as strict, or leave it out",
            ),
            FindingKind::Unsettled => (
                "the conditions cut more regions than can be looked at",
                "split the clauses by class of person or edition",
            ),
        }
    }
}

/// `CN-YN, COVID-19, close_contact, from … until …: gap: …; for home_ok=no; …; remedy`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (says, remedy) = self.kind.says();
        write!(f, "{}, {}, {}", self.authority, self.disease, self.subject)?;
        write!(f, ", from {}", self.from)?;
        if let Some(until) = self.until {
            write!(f, " until {until}")?;
        }
        write!(f, ": {}", self.kind)?;
        if !self.clauses.is_empty() {
            write!(f, " {}", self.clauses.join(" and "))?;
        }
        write!(f, ": {says}")?;
        if let Some(people) = self.people.as_ref().filter(|people| !people.is_empty()) {
            write!(f, "; for {people}")?;
        }
        if let Some(witness) = &self.witness {
            write!(f, "; such as {witness}")?;
        }
        write!(f, "; {remedy}")
    }
}

/// `home_ok=no, last_exposure=2020-01-20 on 2020-01-21`.
impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = |fact: &FactName| self.facts.value(*fact).map(|value| (*fact, value));
        let mut joint = "";
        for (fact, value) in FactName::ALL.iter().filter_map(held) {
            match value.to_string().as_str() {
                "" => write!(f, "{joint}no {fact}")?,
                value => write!(f, "{joint}{fact}={value}")?,
            }
            joint = ", ";
        }
        if joint.is_empty() {
            f.write_str("anybody")?;
        }
        write!(f, " on {}", self.on)
    }
}

/// Findings, those that go on from one stretch of days to the next made one.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        let same = |old: &&mut Finding| {
            old.kind == finding.kind
                && old.until == Some(finding.from)
                && old.authority == finding.authority
                && old.disease == finding.disease
                && old.subject == finding.subject
                && old.clauses == finding.clauses
                && old.people == finding.people
        };
        match self.0.iter_mut().rev().find(same) {
            Some(old) => old.until = finding.until,
            None => self.0.push(finding),
        }
    }

    pub(super) fn in_order(self) -> Vec<Finding> {
        let mut findings = self.0;
        findings.sort_by(|a, b| {
            let key = |finding: &Finding| {
                (
                    finding.authority.clone(),
                    finding.disease.clone(),
                    finding.subject,
                    finding.from,
                    finding.kind,
                    finding.clauses.clone(),
                )
            };
            key(a).cmp(&key(b)).then_with(|| a.people.cmp(&b.people))
        });
        findings
    }
}
