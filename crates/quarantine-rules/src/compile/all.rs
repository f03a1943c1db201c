//! A decision for every row of columns of facts.

use chrono::NaiveDate;

use super::cells::{CutFact, Cutting, NOT_KNOWN, place};
use super::{CompiledBooks, Found, Left, Slice};
use crate::decide::{Counted, resolve, spelt_out};
use crate::facts::Column;
use crate::{
    Because, Clause, Decision, FactColumns, FactSet, Later, Measure, Subject, Undetermined, Unknown,
};

/// Rows decided together: their cells stay in the nearest cache.
const BLOCK: usize = 2048;

/// Which clause governs a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governing {
    /// The clause at this place in the order of precedence of the row's class of person.
    Clause(u32),
    /// No clause speaks of such a person.
    NoRule,
    /// It hangs on an unknown fact.
    Open,
}

/// The answer for a row, without anything allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// A clause governs.
    Governed(Counting),
    /// No clause speaks of such a person.
    NoRule,
    /// The answer hangs on unknown facts: its place in [`Answers::undetermined`].
    Undetermined(u32),
}

/// How a clause was counted for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    pub(super) rule: u32,
    pub(super) counted: Counted,
}

/// The answers for all rows, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// One a row.
    pub receipts: Vec<Receipt>,
    /// What is open, and the facts that would settle it, in the order of the rows.
    pub undetermined: Vec<Undetermined>,
}

impl Counting {
    /// Why the measure is what it is.
    pub fn because(&self) -> Because {
        self.counted.because
    }

    /// Day 0; nothing where no days are counted.
    pub fn day_zero(&self) -> Option<NaiveDate> {
        self.counted.day_zero
    }

    /// The last day of the measure.
    pub fn until(&self) -> Option<NaiveDate> {
        self.counted.until
    }

    /// The last day by the clause's own count and why a later one holds, where one does.
    pub fn extended_from(&self) -> Option<(NaiveDate, Later)> {
        self.counted.extended_from
    }

    /// The last day of what follows.
    pub fn then_until(&self) -> Option<NaiveDate> {
        self.counted.then_until
    }

    /// What applies on the day asked.
    pub fn on_as_of(&self) -> Measure {
        self.counted.on_as_of
    }

    /// The facts the answer rests on; one that is not known was looked for and not needed.
    pub fn facts(&self) -> FactSet {
        self.counted.facts
    }
}

impl CompiledBooks<'_> {
    /// What holds for each row: the clause, the facts it used and every date, as
    /// [`crate::decide()`] answers.
    ///
    /// Costs some tens of nanoseconds a row, whatever the order of rows; a row whose answer hangs
    /// on unknown facts costs as much as [`crate::decide()`]. With the feature `parallel` blocks
    /// of rows are decided on all threads, and the answers are the same.
    pub fn decide_all(&self, columns: &FactColumns, unknown: Unknown) -> Answers {
        let blocks = self.in_blocks(columns, |rows| self.block(columns, rows, unknown));
        let mut answers = Answers::default();
        answers.receipts.reserve_exact(columns.len());
        for block in blocks {
            let before = u32::try_from(answers.undetermined.len()).unwrap_or(u32::MAX);
            answers.undetermined.extend(block.undetermined);
            answers
                .receipts
                .extend(block.receipts.into_iter().map(|receipt| match receipt {
                    Receipt::Undetermined(at) => Receipt::Undetermined(before.saturating_add(at)),
                    other => other,
                }));
        }
        answers
    }

    /// Which clause governs each row, without dates.
    pub fn govern_all(&self, columns: &FactColumns, unknown: Unknown) -> Vec<Governing> {
        let blocks = self.in_blocks(columns, |rows| {
            let mut found = vec![Governing::NoRule; rows.len()];
            self.each(columns, rows.clone(), unknown, |row, _, governs| {
                found[row - rows.start] = match governs {
                    Found::Rule(at) => u32::try_from(at).map_or(Governing::Open, Governing::Clause),
                    Found::NoRule => Governing::NoRule,
                    Found::Open => Governing::Open,
                };
            });
            found
        });
        blocks.concat()
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

    #[cfg(feature = "parallel")]
    fn in_blocks<T: Send>(
        &self,
        columns: &FactColumns,
        block: impl Fn(std::ops::Range<usize>) -> T + Sync,
    ) -> Vec<T> {
        use rayon::prelude::*;
        let blocks = columns.len().div_ceil(BLOCK);
        let rows = |at: usize| at * BLOCK..((at + 1) * BLOCK).min(columns.len());
        (0..blocks)
            .into_par_iter()
            .map(|at| block(rows(at)))
            .collect()
    }

    #[cfg(not(feature = "parallel"))]
    fn in_blocks<T>(
        &self,
        columns: &FactColumns,
        block: impl Fn(std::ops::Range<usize>) -> T,
    ) -> Vec<T> {
        let blocks = columns.len().div_ceil(BLOCK);
        let rows = |at: usize| at * BLOCK..((at + 1) * BLOCK).min(columns.len());
        (0..blocks).map(|at| block(rows(at))).collect()
    }

    fn block(
        &self,
        columns: &FactColumns,
        rows: std::ops::Range<usize>,
        unknown: Unknown,
    ) -> Answers {
        let (first, mut open) = (rows.start, Vec::new());
        let mut receipts = vec![Receipt::NoRule; rows.len()];
        self.each(columns, rows, unknown, |row, slice, governs| {
            let receipt = match governs {
                Found::NoRule => return,
                Found::Open => {
                    open.push(row);
                    return;
                }
                Found::Rule(at) => {
                    let counted = slice.counted(at, &columns.row(row), self.as_of);
                    let rule = u32::try_from(at).ok();
                    rule.zip(counted)
                        .map(|(rule, counted)| Counting { rule, counted })
                }
            };
            if let Some(counting) = receipt {
                receipts[row - first] = Receipt::Governed(counting);
            }
        });
        open.sort_unstable();
        let mut undetermined = Vec::new();
        for row in open {
            receipts[row - first] = self.opened(columns, row, &mut undetermined);
        }
        Answers {
            receipts,
            undetermined,
        }
    }

    /// The answer of a row that hangs, or seems to hang, on unknown facts.
    fn opened(
        &self,
        columns: &FactColumns,
        row: usize,
        undetermined: &mut Vec<Undetermined>,
    ) -> Receipt {
        let person = columns.facts(row);
        let slice = person
            .as_ref()
            .and_then(|facts| self.slices.get(facts.subject as usize));
        let (Some(facts), Some(slice)) = (person, slice) else {
            return Receipt::NoRule;
        };
        match resolve(&slice.one, &facts) {
            Decision::NoRule => Receipt::NoRule,
            Decision::Undetermined(open) => {
                let at = u32::try_from(undetermined.len()).unwrap_or(u32::MAX);
                undetermined.push(open);
                Receipt::Undetermined(at)
            }
            // Every way gives the same: the clause is the one that governs with nothing assumed.
            Decision::Governed(_) => match slice.found(&facts, self.as_of, Unknown::NotMatched) {
                Found::Rule(at) => {
                    let counted = slice.counted(at, &facts, self.as_of);
                    let counting = u32::try_from(at).ok().zip(counted);
                    counting.map_or(Receipt::NoRule, |(rule, counted)| {
                        Receipt::Governed(Counting { rule, counted })
                    })
                }
                _ => Receipt::NoRule,
            },
        }
    }

    /// Tells what governs each row, the rows of one class of person together.
    fn each<'s>(
        &'s self,
        columns: &FactColumns,
        rows: std::ops::Range<usize>,
        unknown: Unknown,
        mut tell: impl FnMut(usize, &'s Slice<'s>, Found),
    ) {
        let subjects = &columns.subjects()[rows.clone()];
        let Some(first) = subjects.first() else {
            return;
        };
        if subjects.iter().all(|subject| subject == first) {
            let slice = &self.slices[*first as usize];
            slice.rows(columns, rows, self.as_of, unknown, |row, found| {
                tell(row, slice, found)
            });
            return;
        }
        for (slice, subject) in self.slices.iter().zip(Subject::ALL) {
            let of_class = rows.clone().zip(subjects).filter(|(_, of)| *of == subject);
            let of_class: Vec<usize> = of_class.map(|(row, _)| row).collect();
            let of_class = of_class.iter().copied();
            slice.rows(columns, of_class, self.as_of, unknown, |row, found| {
                tell(row, slice, found)
            });
        }
    }
}

impl Slice<'_> {
    fn rows(
        &self,
        columns: &FactColumns,
        rows: impl ExactSizeIterator<Item = usize> + Clone,
        as_of: NaiveDate,
        unknown: Unknown,
        mut tell: impl FnMut(usize, Found),
    ) {
        if self.table.is_narrow() {
            return self.narrow_rows(columns, rows, as_of, unknown, tell);
        }
        let facts = &self.table.facts;
        let (mut cells, mut column) = (vec![NOT_KNOWN; rows.len() * facts.len()], Vec::new());
        for (index, cut) in facts.iter().enumerate() {
            cut.fill(columns, rows.clone(), &mut column);
            let of_fact = cells.iter_mut().skip(index).step_by(facts.len());
            of_fact
                .zip(&column)
                .for_each(|(cell, filled)| *cell = *filled);
        }
        for (at, row) in rows.enumerate() {
            let cells = &cells[at * facts.len()..(at + 1) * facts.len()];
            tell(row, self.found_in(cells, &columns.row(row), as_of, unknown));
        }
    }

    /// Where all clauses fit one word: a column at a time, an `and` a fact.
    fn narrow_rows(
        &self,
        columns: &FactColumns,
        rows: impl ExactSizeIterator<Item = usize> + Clone,
        as_of: NaiveDate,
        unknown: Unknown,
        mut tell: impl FnMut(usize, Found),
    ) {
        let every = self.table.every();
        let mut left = vec![every; rows.len()];
        // Only where unknown facts leave the answer open must the sure be told from the possible.
        let mut sure = match unknown {
            Unknown::Undetermined => vec![every; rows.len()],
            Unknown::NotMatched => Vec::new(),
        };
        let mut column = Vec::with_capacity(rows.len());
        for (index, cut) in self.table.facts.iter().enumerate() {
            cut.fill(columns, rows.clone(), &mut column);
            and(&mut left, &column, self.table.narrow(index, unknown));
            let matched = self.table.narrow(index, Unknown::NotMatched);
            and(&mut sure, &column, matched);
        }
        for (at, row) in rows.enumerate() {
            let could = left[at];
            let left = Left {
                word: 0,
                could,
                sure: sure.get(at).copied().unwrap_or(could),
            };
            tell(row, self.settle(left, &columns.row(row), as_of, unknown));
        }
    }
}

fn and(left: &mut [u64], cells: &[u16], words: &[u64]) {
    for (left, cell) in left.iter_mut().zip(cells) {
        *left &= words.get(usize::from(*cell)).copied().unwrap_or(0);
    }
}

impl CutFact {
    /// The cell of each row.
    fn fill(&self, columns: &FactColumns, rows: impl Iterator<Item = usize>, cells: &mut Vec<u16>) {
        cells.clear();
        let Some(column) = columns.column(self.fact) else {
            return cells.extend(rows.map(|_| NOT_KNOWN));
        };
        match (&self.cutting, column) {
            (Cutting::YesNo, Column::YesNo(said)) => {
                // The column holds the cell already.
                cells.extend(rows.map(|row| u16::from(said[row])));
            }
            (Cutting::Word(_), Column::Word { codes, words }) => {
                let of_word = words.iter().map(|word| self.cell_of_word(word));
                let of_word: Vec<u16> = of_word.collect();
                let cell = |row: usize| of_word.get(codes[row] as usize).copied();
                cells.extend(rows.map(|row| cell(row).unwrap_or(NOT_KNOWN)));
            }
            (Cutting::Number(cuts), Column::Number(numbers)) => {
                cells.extend(rows.map(|row| place(numbers[row], cuts)));
            }
            (Cutting::Date(cuts), Column::Date(days)) => {
                cells.extend(rows.map(|row| place(days[row], cuts)));
            }
            _ => cells.extend(rows.map(|row| self.cell_of(&columns.row(row)))),
        }
    }
}
