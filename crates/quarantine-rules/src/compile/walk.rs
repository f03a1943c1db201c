//! Columns of people led through a diagram, a fact at a time.

use chrono::NaiveDate;

use super::cells::{CutFact, Cutting, NOT_KNOWN, place};
use super::diagram::{Axis, Diagram};
use super::table::Table;
use crate::facts::Column;
use crate::{FactColumns, FactName};

/// The rows of one class of person.
pub(super) enum Rows<'r> {
    /// So many from this one on.
    Span(usize, usize),
    /// These.
    Picked(&'r [usize]),
}

impl Rows<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Rows::Span(_, count) => *count,
            Rows::Picked(rows) => rows.len(),
        }
    }

    /// The row of the one at this place.
    pub(super) fn row(&self, at: usize) -> usize {
        match self {
            Rows::Span(first, _) => first + at,
            Rows::Picked(rows) => rows.get(at).copied().unwrap_or(usize::MAX),
        }
    }

    /// Leads each place on by the cell of its value.
    #[inline]
    fn lead<T: Copy>(&self, places: &mut [u32], cells: u32, column: &[T], cell: impl Fn(T) -> u32) {
        match self {
            Rows::Span(first, _) => {
                let values = column.get(*first..).unwrap_or_default();
                for (place, value) in places.iter_mut().zip(values) {
                    *place = *place * cells + cell(*value);
                }
            }
            Rows::Picked(rows) => {
                for (place, row) in places.iter_mut().zip(*rows) {
                    let value = column.get(*row).copied();
                    *place = *place * cells + value.map_or(0, &cell);
                }
            }
        }
    }
}

/// A diagram with the columns it looks at.
pub(super) struct Walk<'c> {
    pub(super) diagram: &'c Diagram,
    steps: Vec<Vec<(Reader<'c>, u32)>>,
}

/// Where the cells of a fact are read.
enum Reader<'c> {
    /// No row knows the fact.
    Nobody,
    /// The column holds the cell already.
    YesNo(&'c [u8]),
    /// A cell a word of the column.
    Word(&'c [u32], Vec<u32>),
    /// A cell a number, the last for all above.
    Number(&'c [Option<u16>], Vec<u32>),
    Date(&'c [Option<NaiveDate>], &'c [NaiveDate]),
    /// Whether a day is known.
    Known(&'c [Option<NaiveDate>]),
    /// A person at a time.
    Person(&'c FactColumns, &'c CutFact),
}

impl<'c> Walk<'c> {
    pub(super) fn new(diagram: &'c Diagram, table: &'c Table, columns: &'c FactColumns) -> Self {
        let reader = |(axis, cells): &(Axis, u32)| {
            let reader = match axis {
                Axis::Cut(fact) => Reader::of_cut(&table.facts[*fact], columns),
                Axis::Dated(fact) => Reader::of_day(*fact, columns),
            };
            (reader, *cells)
        };
        let steps = diagram.steps.iter();
        Walk {
            diagram,
            steps: steps
                .map(|step| step.axes.iter().map(reader).collect())
                .collect(),
        }
    }

    /// The state each row ends in.
    pub(super) fn states(&self, rows: &Rows<'_>, states: &mut Vec<u32>) {
        states.clear();
        states.resize(rows.len(), 0);
        for (step, readers) in self.diagram.steps.iter().zip(&self.steps) {
            for (reader, cells) in readers {
                reader.lead(rows, states, *cells);
            }
            for state in states.iter_mut() {
                *state = step.next.get(*state as usize).copied().unwrap_or(0);
            }
        }
    }
}

impl<'c> Reader<'c> {
    fn of_cut(cut: &'c CutFact, columns: &'c FactColumns) -> Self {
        let Some(column) = columns.column(cut.fact) else {
            return Reader::Nobody;
        };
        match (&cut.cutting, column) {
            (Cutting::YesNo, Column::YesNo(said)) => Reader::YesNo(said),
            (Cutting::Word(_), Column::Word { codes, words }) => {
                let cells = words.iter().map(|word| u32::from(cut.cell_of_word(word)));
                Reader::Word(codes, cells.collect())
            }
            (Cutting::Number(cuts), Column::Number(numbers)) => {
                // From the last cut on all numbers lie in one cell.
                let to = cuts.last().copied().unwrap_or(0);
                let cells = (0..=to).map(|number| u32::from(place(Some(number), cuts)));
                Reader::Number(numbers, cells.collect())
            }
            (Cutting::Date(cuts), Column::Date(days)) => Reader::Date(days, cuts),
            _ => Reader::Person(columns, cut),
        }
    }

    fn of_day(fact: FactName, columns: &'c FactColumns) -> Self {
        match columns.column(fact) {
            Some(Column::Date(days)) => Reader::Known(days),
            _ => Reader::Nobody,
        }
    }

    fn lead(&self, rows: &Rows<'_>, places: &mut [u32], cells: u32) {
        let not_known = u32::from(NOT_KNOWN);
        match self {
            Reader::Nobody => places.iter_mut().for_each(|place| *place *= cells),
            Reader::YesNo(said) => rows.lead(places, cells, said, u32::from),
            Reader::Word(codes, of_word) => rows.lead(places, cells, codes, |code: u32| {
                of_word.get(code as usize).copied().unwrap_or(not_known)
            }),
            Reader::Number(numbers, of_number) => {
                let last = of_number.len().saturating_sub(1);
                rows.lead(places, cells, numbers, |number: Option<u16>| {
                    number.map_or(not_known, |number| {
                        let at = usize::from(number).min(last);
                        of_number.get(at).copied().unwrap_or(not_known)
                    })
                });
            }
            Reader::Date(days, cuts) => {
                rows.lead(places, cells, days, |day| u32::from(place(day, cuts)))
            }
            Reader::Known(days) => rows.lead(places, cells, days, |day: Option<NaiveDate>| {
                u32::from(day.is_some())
            }),
            Reader::Person(columns, cut) => {
                for (at, place) in places.iter_mut().enumerate() {
                    let cell = cut.cell_of(&columns.row(rows.row(at)));
                    *place = *place * cells + u32::from(cell);
                }
            }
        }
    }
}
