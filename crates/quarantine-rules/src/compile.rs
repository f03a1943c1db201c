//! Books made fast for one authority, disease and day.
//!
//! Each fact is cut into the cells its conditions tell apart, and every cell holds a bit a clause,
//! in order of precedence: may the clause match with this value? Anding the cells of a person
//! leaves the clauses that match, and the lowest bit left is the one that governs. What one fact
//! alone cannot tell (tests, the age of a dose, conditions across facts) is asked of the clauses
//! whose bit is left, by the same code that decides without compiling.

mod all;
mod cells;
mod diagram;
mod plan;
mod receipt;
mod table;
mod walk;

use std::sync::OnceLock;

use chrono::NaiveDate;

pub use receipt::{Answers, Counting, Governing, Receipt};

use self::diagram::{Diagram, Standing};
use self::plan::Plan;
use self::table::Table;
use crate::condition::Truth;
use crate::decide::{Asked, Counted, One, Rule, counted, dates_open, resolve, spelt_out};
use crate::facts::Known;
use crate::{Books, Decision, Facts, Subject, Unknown};

/// The books that govern for one authority, one disease and one day, made fast.
///
/// It answers as [`crate::decide()`] does.
pub struct CompiledBooks<'b> {
    as_of: NaiveDate,
    slices: Vec<Slice<'b>>,
}

/// The rules for one class of person.
struct Slice<'b> {
    one: One<'b>,
    table: Table,
    /// How each rule is counted, where one day alone says it.
    plans: Vec<Option<Plan>>,
    /// Drawn when first enough people are asked, for either way of taking unknown facts.
    diagrams: [OnceLock<Option<Diagram>>; 2],
}

/// The clauses of a word that the cells of a person leave.
#[derive(Clone, Copy)]
struct Left {
    word: usize,
    /// Those that could match, unknown facts as the policy says.
    could: u64,
    /// Those that match as far as cells can tell.
    sure: u64,
}

/// What governs a person, before any dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// The rule at this place.
    Rule(usize),
    NoRule,
    /// It hangs on an unknown fact.
    Open,
}

/// Compiles the books of an authority for a disease and a day.
///
/// Costs each clause in force times the values its facts can have that any clause tells apart;
/// 183 clauses take well under a millisecond.
pub fn compile<'b>(
    books: &'b Books,
    authority: &str,
    disease: &'b str,
    as_of: NaiveDate,
) -> CompiledBooks<'b> {
    let asked = Asked::new(books, authority, disease, as_of);
    let slice = |subject: &Subject| {
        let one = One::new(&asked, *subject);
        let table = Table::new(one.rules_in_force(), *subject, as_of);
        let plans = one.rules_in_force().iter().map(Plan::of).collect();
        Slice {
            one,
            table,
            plans,
            diagrams: Default::default(),
        }
    };
    CompiledBooks {
        as_of,
        slices: Subject::ALL.iter().map(slice).collect(),
    }
}

impl CompiledBooks<'_> {
    /// The day the answers are for.
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// What holds for a person, as [`crate::decide()`] answers.
    pub fn decide(&self, facts: &Facts, unknown: Unknown) -> Decision {
        let Some(slice) = self.slices.get(facts.subject as usize) else {
            return Decision::NoRule;
        };
        match slice.found(facts, self.as_of, unknown) {
            Found::Open => resolve(&slice.one, facts),
            Found::NoRule => Decision::NoRule,
            Found::Rule(at) => match slice.rule(at) {
                Some(rule) => {
                    let counted = counted(rule, facts, self.as_of);
                    Decision::Governed(spelt_out(rule.clause, &counted, facts))
                }
                None => Decision::NoRule,
            },
        }
    }
}

impl<'b> Slice<'b> {
    fn rule(&self, at: usize) -> Option<&Rule<'b>> {
        self.one.rules_in_force().get(at)
    }

    fn found<K: Known>(&self, facts: &K, as_of: NaiveDate, unknown: Unknown) -> Found {
        let mut cells = Vec::new();
        self.table.cells_of(facts, &mut cells);
        self.found_in(&cells, facts, as_of, unknown)
    }

    /// What governs, by the cells of a person's facts.
    fn found_in<K: Known>(
        &self,
        cells: &[u16],
        facts: &K,
        as_of: NaiveDate,
        unknown: Unknown,
    ) -> Found {
        for word in self.table.standing(cells) {
            let left = Left {
                word,
                could: self.table.left(cells, word, unknown),
                sure: self.table.left(cells, word, Unknown::NotMatched),
            };
            let found = self.settle(left, facts, as_of, unknown);
            if found != Found::NoRule {
                return found;
            }
        }
        Found::NoRule
    }

    /// Looks at the clauses left in a word, the first in precedence first.
    fn settle<K: Known>(&self, left: Left, facts: &K, as_of: NaiveDate, unknown: Unknown) -> Found {
        let mut waiting = left.could;
        while waiting != 0 {
            let bit = waiting & waiting.wrapping_neg();
            let at = left.word * 64 + waiting.trailing_zeros() as usize;
            waiting ^= bit;
            if let Some(found) = self.asked(at, left.sure & bit == 0, facts, as_of, unknown) {
                return found;
            }
        }
        Found::NoRule
    }

    /// Looks at the clauses a diagram leaves, the first in precedence first.
    fn looked_at<K: Known>(
        &self,
        left: &[Standing],
        facts: &K,
        as_of: NaiveDate,
        unknown: Unknown,
    ) -> Found {
        let asked = left.iter().map(|standing| match *standing {
            Standing::OPEN => Some(Found::Open),
            standing => self.asked(standing.rule(), standing.is_open(), facts, as_of, unknown),
        });
        asked.flatten().next().unwrap_or(Found::NoRule)
    }

    /// What a clause says that cells leave, open or sure as far as they can tell; nothing where it
    /// does not govern.
    fn asked<K: Known>(
        &self,
        at: usize,
        is_open: bool,
        facts: &K,
        as_of: NaiveDate,
        unknown: Unknown,
    ) -> Option<Found> {
        let rule = self.rule(at)?;
        let (holds, is_open) = match self.table.asks_more(at / 64) >> (at % 64) & 1 {
            0 => (!is_open, is_open),
            _ => {
                let truth = rule.truth(facts, as_of);
                (truth == Truth::Holds, matches!(truth, Truth::HangsOn(_)))
            }
        };
        match unknown {
            Unknown::NotMatched => holds.then_some(Found::Rule(at)),
            Unknown::Undetermined if is_open => Some(Found::Open),
            Unknown::Undetermined if !holds => None,
            Unknown::Undetermined => match dates_open(rule, facts, as_of) {
                Some(_) => Some(Found::Open),
                None => Some(Found::Rule(at)),
            },
        }
    }

    /// The diagram, drawn now where so many people are asked that it is worth it.
    fn diagram(&self, unknown: Unknown, people: usize) -> Option<&Diagram> {
        let diagram = &self.diagrams[unknown as usize];
        if people == 0 || (diagram.get().is_none() && people < self.plans.len()) {
            return None;
        }
        let drawn = diagram.get_or_init(|| Diagram::new(&self.table, &self.plans, unknown));
        drawn.as_ref()
    }

    fn counted<K: Known>(&self, at: usize, facts: &K, as_of: NaiveDate) -> Option<Counted> {
        self.rule(at).map(|rule| counted(rule, facts, as_of))
    }
}
