//! What holds for a person on a day, by the books' precedence and day counting.
//!
//! The narrowest authority with a matching clause decides, within it the clause with the most
//! terms, then the latest `from`. Only clauses in force on the day count, also for people whose
//! quarantine began under an older one.

mod completions;
mod count;
mod windows;

use std::sync::Arc;

use chrono::NaiveDate;

pub(crate) use completions::{Question, resolve};
pub(crate) use count::{Counted, counted, open as dates_open, spelt_out};
pub use windows::contact_window;

use self::count::{DayZero, day_zero, governed};
use crate::condition::{Sight, TestWindow, Truth};
use crate::facts::Known;
use crate::{
    Books, Clause, ContactWindows, Decision, FactName, FactSet, Facts, Governed, Subject, Unknown,
};

/// What holds for a person under an authority on a day.
///
/// With [`Unknown::NotMatched`] an unknown fact matches no condition, the convention of the
/// worked cases. With [`Unknown::Undetermined`] the answer is undetermined wherever it, meaning
/// the measure, place or any date, hangs on a fact of a condition, on day 0 or on the index
/// case's date; where every answer that could be is the same, that is the answer.
///
/// Three facts never make an answer undetermined, because their absence is itself an
/// observation: the time of arrival (00:00 where empty), the last fever and the end of symptoms.
pub fn decide(
    books: &Books,
    authority: &str,
    disease: &str,
    facts: &Facts,
    as_of: NaiveDate,
    unknown: Unknown,
) -> Decision {
    let asked = Asked::new(books, authority, disease, as_of);
    One::new(&asked, facts.subject).decide(unknown, facts)
}

/// The answer to a question, unknown facts taken as the policy says.
pub(crate) fn answer(question: &impl Question, unknown: Unknown, facts: &Facts) -> Decision {
    match unknown {
        Unknown::Undetermined => resolve(question, facts),
        Unknown::NotMatched => match question.answer(facts) {
            Some(governed) => Decision::Governed(governed),
            None => Decision::NoRule,
        },
    }
}

/// The books that govern, asked of one disease and day.
pub(crate) struct Asked<'b> {
    books: &'b Books,
    chain: Vec<&'b str>,
    disease: &'b str,
    as_of: NaiveDate,
}

impl<'b> Asked<'b> {
    pub(crate) fn new(
        books: &'b Books,
        authority: &str,
        disease: &'b str,
        as_of: NaiveDate,
    ) -> Self {
        let chain = books.chain(authority);
        let chain = chain.iter().map(|book| &*book.authority).collect();
        Asked {
            books,
            chain,
            disease,
            as_of,
        }
    }

    /// The clauses in force for a class of person, the first that matches governs.
    pub(crate) fn of(&self, subject: Subject) -> Vec<Rule<'b>> {
        let mut rules = Vec::new();
        for (depth, authority) in self.chain.iter().enumerate() {
            let clauses = self
                .books
                .in_force(authority, self.disease, subject, self.as_of);
            rules.extend(
                clauses.map(|clause| Rule::new(clause, depth, self.windows_of(clause, depth))),
            );
        }
        rules
    }
}

/// A clause in force, as it stands in the chain.
pub(crate) struct Rule<'b> {
    pub(crate) clause: &'b Arc<Clause>,
    /// How many authorities are narrower than its own.
    pub(crate) depth: usize,
    /// The contact windows that apply: its own, or those of the edition above.
    pub(crate) windows: ContactWindows,
    /// The facts its answer may rest on.
    used: FactSet,
    /// The terms about tests that may end its measure.
    tests: Vec<TestWindow>,
}

impl<'b> Rule<'b> {
    fn new(clause: &'b Arc<Clause>, depth: usize, windows: ContactWindows) -> Self {
        Rule {
            clause,
            depth,
            windows,
            used: count::facts_looked_at(clause),
            tests: count::ending_tests(clause),
        }
    }
}

impl Rule<'_> {
    /// The terms about tests that may end its measure.
    pub(crate) fn ending_tests(&self) -> &[TestWindow] {
        &self.tests
    }

    /// The facts its answer may rest on, but for exposures and the index case's date.
    pub(crate) fn used(&self) -> FactSet {
        self.used
    }

    /// Whether its condition holds; the first unknown fact where that is open.
    pub(crate) fn truth<K: Known>(&self, facts: &K, as_of: NaiveDate) -> Truth {
        self.clause.condition.truth(&Sight {
            facts,
            as_of,
            day_zero: || match day_zero(self, facts, as_of) {
                DayZero::Day(day) => Ok(day),
                DayZero::HangsOn(fact) => Err(Truth::HangsOn(fact)),
                // Where nothing is counted there is no day N to be tested on.
                DayZero::NoExposureCounts | DayZero::NotCounted => Err(Truth::Fails),
            },
        })
    }
}

/// The rules for a person of one class, of one day.
pub(crate) struct One<'b> {
    rules: Vec<Rule<'b>>,
    as_of: NaiveDate,
}

impl<'b> One<'b> {
    pub(crate) fn new(asked: &Asked<'b>, subject: Subject) -> Self {
        One {
            rules: asked.of(subject),
            as_of: asked.as_of,
        }
    }

    /// The rules in force, in order of precedence.
    pub(crate) fn rules_in_force(&self) -> &[Rule<'b>] {
        &self.rules
    }

    /// What they say of a person of the class.
    pub(crate) fn decide(&self, unknown: Unknown, facts: &Facts) -> Decision {
        answer(self, unknown, facts)
    }
}

impl Question for One<'_> {
    fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn rules(&self) -> Vec<&Rule<'_>> {
        self.rules.iter().collect()
    }

    fn open(&self, facts: &Facts) -> Option<FactName> {
        open_in(&self.rules, facts, self.as_of)
    }

    fn answer(&self, facts: &Facts) -> Option<Governed> {
        answer_in(&self.rules, facts, self.as_of).map(|(governed, _)| governed)
    }
}

/// The first unknown fact that decides which rule governs, or when its measure ends.
pub(crate) fn open_in(rules: &[Rule<'_>], facts: &Facts, as_of: NaiveDate) -> Option<FactName> {
    for rule in rules {
        match rule.truth(facts, as_of) {
            Truth::Fails => {}
            Truth::HangsOn(fact) => return Some(fact),
            Truth::Holds => return count::open(rule, facts, as_of),
        }
    }
    None
}

/// The rule that governs, unknown facts matching nothing, and how many authorities are narrower.
pub(crate) fn answer_in(
    rules: &[Rule<'_>],
    facts: &Facts,
    as_of: NaiveDate,
) -> Option<(Governed, usize)> {
    let rule = rules
        .iter()
        .find(|rule| rule.truth(facts, as_of) == Truth::Holds)?;
    Some((governed(rule, facts, as_of), rule.depth))
}
