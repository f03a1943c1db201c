//! A decision for every row of columns of facts.

use std::sync::Arc;

use super::diagram::{Diagram, Outcome};
use super::plan::Days;
use super::walk::{Rows, Walk};
use super::{Answers, CompiledBooks, Counting, Found, Governing, Receipt, Slice};
use crate::decide::{resolve, spelt_out};
use crate::{Clause, Decision, FactColumns, Subject, Undetermined, Unknown};

/// Rows decided together: what is noted of them stays in the nearest cache.
const BLOCK: usize = 2048;

/// The place of the rule that governs a row plus one, packed: what is not yet written to is the
/// row without a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Code(u32);

impl Code {
    const NO_RULE: Code = Code(0);
    const OPEN: Code = Code(u32::MAX);

    fn of(found: Found) -> Self {
        match found {
            Found::NoRule => Code::NO_RULE,
            Found::Open => Code::OPEN,
            Found::Rule(at) => u32::try_from(at + 1).map_or(Code::OPEN, Code),
        }
    }

    #[inline]
    fn governing(self) -> Governing {
        match self {
            Code::NO_RULE => Governing::NoRule,
            Code::OPEN => Governing::Open,
            Code(rule) => Governing::Clause(rule - 1),
        }
    }
}

impl CompiledBooks<'_> {
    /// What holds for each row: the clause, the facts it used and every date, as
    /// [`crate::decide()`] answers.
    ///
    /// Costs some tens of nanoseconds a row, whatever the order of rows and nearly whatever the
    /// number of clauses; a row whose answer hangs on unknown facts costs as much as
    /// [`crate::decide()`]. The first time it is asked of as many rows as there are clauses it
    /// lays these out by facts, once for each way of taking unknown facts. With the feature
    /// `parallel` blocks of rows are decided on all threads, and the answers are the same.
    pub fn decide_all(&self, columns: &FactColumns, unknown: Unknown) -> Answers {
        let codes = self.codes(columns, unknown);
        let days = Days::of(columns);
        let mut receipts = mapped(&codes, |row, code| self.receipt(columns, &days, row, code));
        let open = codes
            .iter()
            .enumerate()
            .filter(|(_, code)| **code == Code::OPEN);
        let open: Vec<usize> = open.map(|(row, _)| row).collect();
        let mut undetermined = Vec::new();
        let opened = mapped(&open, |_, row| self.opened(columns, row));
        for (row, decision) in open.into_iter().zip(opened) {
            receipts[row] = self.settled(columns, row, decision, &mut undetermined);
        }
        Answers {
            receipts,
            undetermined,
        }
    }

    /// Which clause governs each row, without dates.
    pub fn govern_all(&self, columns: &FactColumns, unknown: Unknown) -> Vec<Governing> {
        let codes = self.codes(columns, unknown);
        mapped(&codes, |_, code| code.governing())
    }

    /// The clause at a place in the order of precedence of a class of person.
    pub fn clause(&self, subject: Subject, place: u32) -> Option<&Clause> {
        let slice = self.slices.get(subject as usize)?;
        slice
            .rule(usize::try_from(place).ok()?)
            .map(|rule| &**rule.clause)
    }

    /// The clause of a receipt of a row.
    pub fn clause_of(
        &self,
        columns: &FactColumns,
        row: usize,
        counting: &Counting,
    ) -> Option<&Clause> {
        self.clause(*columns.subjects().get(row)?, counting.rule)
    }

    /// The whole decision of a row, its facts by name and value.
    pub fn decision(
        &self,
        columns: &FactColumns,
        answers: &Answers,
        row: usize,
    ) -> Option<Decision> {
        Some(match answers.receipts.get(row)? {
            Receipt::NoRule => Decision::NoRule,
            Receipt::Undetermined(at) => {
                let at = usize::try_from(*at).ok()?;
                Decision::Undetermined(answers.undetermined.get(at)?.clone())
            }
            Receipt::Governed(counting) => {
                let slice = self.slices.get(*columns.subjects().get(row)? as usize)?;
                let rule = slice.rule(usize::try_from(counting.rule).ok()?)?;
                let governed = spelt_out(rule.clause, &counting.counted, &columns.row(row));
                Decision::Governed(governed)
            }
        })
    }

    /// What governs each row.
    fn codes(&self, columns: &FactColumns, unknown: Unknown) -> Vec<Code> {
        let mut people = vec![0; self.slices.len()];
        for subject in columns.subjects() {
            people[*subject as usize] += 1;
        }
        let walks = self.slices.iter().zip(people).map(|(slice, people)| {
            let diagram = slice.diagram(unknown, people)?;
            Some(Walk::new(diagram, &slice.table, columns))
        });
        let asked = Asking {
            books: self,
            columns,
            unknown,
            walks: walks.collect(),
        };
        let mut codes = vec![Code::NO_RULE; columns.len()];
        asked.in_blocks(&mut codes);
        codes
    }

    #[inline]
    fn receipt(&self, columns: &FactColumns, days: &Days<'_>, row: usize, code: Code) -> Receipt {
        let rule = match code {
            Code::NO_RULE => return Receipt::NoRule,
            Code::OPEN => return Receipt::Undetermined(u32::MAX),
            Code(rule) => rule - 1,
        };
        let subject = columns.subjects().get(row);
        let slice = subject.and_then(|subject| self.slices.get(*subject as usize));
        let counted = slice.and_then(|slice| match slice.plans.get(rule as usize)? {
            Some(plan) => Some(plan.counted(days, row, self.as_of)),
            None => slice.counted(rule as usize, &columns.row(row), self.as_of),
        });
        counted.map_or(Receipt::NoRule, |counted| {
            Receipt::Governed(Counting { rule, counted })
        })
    }

    /// The answer of a row that hangs, or seems to hang, on unknown facts.
    fn opened(&self, columns: &FactColumns, row: usize) -> Decision {
        let person = columns.facts(row);
        let slice = person
            .as_ref()
            .and_then(|facts| self.slices.get(facts.subject as usize));
        match (&person, slice) {
            (Some(facts), Some(slice)) => resolve(&slice.one, facts),
            _ => Decision::NoRule,
        }
    }

    /// The receipt of such an answer.
    fn settled(
        &self,
        columns: &FactColumns,
        row: usize,
        decision: Decision,
        undetermined: &mut Vec<Undetermined>,
    ) -> Receipt {
        match decision {
            Decision::NoRule => Receipt::NoRule,
            Decision::Undetermined(open) => {
                let at = u32::try_from(undetermined.len()).unwrap_or(u32::MAX);
                undetermined.push(open);
                Receipt::Undetermined(at)
            }
            // Every way gives the same, by a clause that need not be sure to hold.
            Decision::Governed(governed) => {
                let slice = columns.subjects().get(row);
                let slice = slice.and_then(|subject| self.slices.get(*subject as usize));
                let counting = slice.and_then(|slice| {
                    let mut rules = slice.one.rules_in_force().iter();
                    let at = rules.position(|rule| Arc::ptr_eq(rule.clause, &governed.clause))?;
                    let counted = slice.counted(at, &columns.row(row), self.as_of)?;
                    let rule = u32::try_from(at).ok()?;
                    Some(Counting { rule, counted })
                });
                counting.map_or(Receipt::NoRule, Receipt::Governed)
            }
        }
    }
}

/// Columns being decided.
struct Asking<'a, 'b> {
    books: &'a CompiledBooks<'b>,
    columns: &'a FactColumns,
    unknown: Unknown,
    /// For each class of person the diagram of its rules, where there is one.
    walks: Vec<Option<Walk<'a>>>,
}

impl Asking<'_, '_> {
    #[cfg(feature = "parallel")]
    fn in_blocks(&self, codes: &mut [Code]) {
        use rayon::prelude::*;
        let blocks = codes.par_chunks_mut(BLOCK).enumerate();
        blocks.for_each(|(at, codes)| self.block(at * BLOCK, codes));
    }

    #[cfg(not(feature = "parallel"))]
    fn in_blocks(&self, codes: &mut [Code]) {
        let blocks = codes.chunks_mut(BLOCK).enumerate();
        blocks.for_each(|(at, codes)| self.block(at * BLOCK, codes));
    }

    /// Tells what governs each row from the first on, the rows of one class of person together.
    fn block(&self, first: usize, codes: &mut [Code]) {
        let subjects = &self.columns.subjects()[first..first + codes.len()];
        let Some(of_first) = subjects.first() else {
            return;
        };
        if subjects.iter().all(|subject| subject == of_first) {
            let rows = Rows::Span(first, codes.len());
            return self.of_class(*of_first, &rows, |row, code| codes[row - first] = code);
        }
        for subject in Subject::ALL {
            let of_class = (first..).zip(subjects).filter(|(_, of)| *of == subject);
            let of_class: Vec<usize> = of_class.map(|(row, _)| row).collect();
            if !of_class.is_empty() {
                let rows = Rows::Picked(&of_class);
                self.of_class(*subject, &rows, |row, code| codes[row - first] = code);
            }
        }
    }

    fn of_class(&self, subject: Subject, rows: &Rows<'_>, mut tell: impl FnMut(usize, Code)) {
        let slice = &self.books.slices[subject as usize];
        let (as_of, unknown) = (self.books.as_of, self.unknown);
        let Some(walk) = &self.walks[subject as usize] else {
            let mut cells = Vec::new();
            for row in (0..rows.len()).map(|at| rows.row(at)) {
                let person = self.columns.row(row);
                slice.table.cells_of(&person, &mut cells);
                tell(
                    row,
                    Code::of(slice.found_in(&cells, &person, as_of, unknown)),
                );
            }
            return;
        };
        let mut states = Vec::new();
        walk.states(rows, &mut states);
        for (at, state) in states.into_iter().enumerate() {
            let row = rows.row(at);
            tell(row, self.code(slice, walk.diagram, state, row));
        }
    }

    #[inline]
    fn code(&self, slice: &Slice<'_>, diagram: &Diagram, state: u32, row: usize) -> Code {
        match diagram.outcomes.get(state as usize) {
            Some(Outcome::Rule(rule)) => Code(rule + 1),
            Some(Outcome::NoRule) | None => Code::NO_RULE,
            Some(Outcome::Open) => Code::OPEN,
            Some(Outcome::Look(at)) => {
                let left = diagram.looks.get(*at).map_or(&[][..], Vec::as_slice);
                let (person, as_of) = (self.columns.row(row), self.books.as_of);
                Code::of(slice.looked_at(left, &person, as_of, self.unknown))
            }
        }
    }
}

/// Each with its place, in order, on all threads.
#[cfg(feature = "parallel")]
fn mapped<T: Copy + Sync, O: Send>(items: &[T], of: impl Fn(usize, T) -> O + Sync) -> Vec<O> {
    use rayon::prelude::*;
    let items = items.par_iter().enumerate();
    items.map(|(at, item)| of(at, *item)).collect()
}

/// Each with its place, in order.
#[cfg(not(feature = "parallel"))]
fn mapped<T: Copy, O>(items: &[T], of: impl Fn(usize, T) -> O) -> Vec<O> {
    let items = items.iter().enumerate();
    items.map(|(at, item)| of(at, *item)).collect()
}
