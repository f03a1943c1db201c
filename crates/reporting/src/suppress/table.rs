//! Tables of counts with their totals, whole and with cells withheld.

use crate::FigureValue;

/// Why a table could not be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A row is shorter or longer than the first.
    #[error("row {row} has {found} cells, the first has {expected}; give every row the same")]
    Ragged {
        /// The row, from 0.
        row: usize,
        /// Its cells.
        found: usize,
        /// The cells of the first row.
        expected: usize,
    },
    /// There is no cell at all.
    #[error("the table has no cell; publish 无 / none instead")]
    Empty,
    /// Counts add up to more than a number holds.
    #[error("the counts add up to more than 2^62; they cannot be counts of people")]
    TooLarge,
    /// A number of populations that is not the number of rows.
    #[error("{found} populations are given for {expected} rows; give one a row")]
    Populations {
        /// How many were given.
        found: usize,
        /// How many rows there are.
        expected: usize,
    },
    /// A cell counts more people than there are.
    #[error("row {row}, column {column}: {count} is more than the population, {population}")]
    OverPopulation {
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
        /// The count.
        count: u64,
        /// The population of the row.
        population: u64,
    },
}

/// Counts by row and column, which are published with their totals.
///
/// Rows and columns are numbered from 0; the row after the last is the totals
/// of the columns, the column after the last the totals of the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountTable {
    /// The cells, totals included.
    cells: Vec<Vec<u64>>,
    /// How many people each row could count at most, the sum last.
    populations: Option<Vec<u64>>,
}

impl CountTable {
    /// A table from its rows, whose totals are worked out here.
    ///
    /// # Errors
    ///
    /// Where rows differ in length, where there is no cell, or where the
    /// counts add up to more than 2^62.
    pub fn new(mut cells: Vec<Vec<u64>>) -> Result<Self, TableError> {
        let columns = cells.first().map_or(0, Vec::len);
        if columns == 0 {
            return Err(TableError::Empty);
        }
        for (row, counts) in cells.iter().enumerate() {
            if counts.len() != columns {
                return Err(TableError::Ragged {
                    row,
                    found: counts.len(),
                    expected: columns,
                });
            }
        }
        for counts in &mut cells {
            let total = total(counts.iter().copied())?;
            counts.push(total);
        }
        let totals: Result<Vec<u64>, TableError> = (0..=columns)
            .map(|column| total(cells.iter().map(|counts| counts[column])))
            .collect();
        cells.push(totals?);
        Ok(Self {
            cells,
            populations: None,
        })
    }

    /// The same table, saying how many people each row could count at most:
    /// a cell that counts them all is withheld as one that counts one is.
    ///
    /// The populations are taken to be known to every reader.
    ///
    /// # Errors
    ///
    /// Where there is not one population a row, or where a cell is above it.
    pub fn with_populations(mut self, mut populations: Vec<u64>) -> Result<Self, TableError> {
        if populations.len() != self.rows() {
            return Err(TableError::Populations {
                found: populations.len(),
                expected: self.rows(),
            });
        }
        populations.push(total(populations.iter().copied())?);
        for (row, counts) in self.cells.iter().enumerate() {
            for (column, &count) in counts.iter().enumerate() {
                if count > populations[row] {
                    return Err(TableError::OverPopulation {
                        row,
                        column,
                        count,
                        population: populations[row],
                    });
                }
            }
        }
        self.populations = Some(populations);
        Ok(self)
    }

    /// The rows, totals aside.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.cells.len() - 1
    }

    /// The columns, totals aside.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.cells[0].len() - 1
    }

    /// A count or total; 0 outside the table.
    #[must_use]
    pub fn count(&self, row: usize, column: usize) -> u64 {
        let counts = self.cells.get(row);
        counts
            .and_then(|counts| counts.get(column))
            .copied()
            .unwrap_or(0)
    }

    /// The most a reader must think a cell of the row could count.
    #[must_use]
    pub fn population(&self, row: usize) -> Option<u64> {
        self.populations.as_ref()?.get(row).copied()
    }

    /// Every cell, totals included, row by row.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let columns = self.columns() + 1;
        (0..=self.rows()).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }
}

fn total(mut counts: impl Iterator<Item = u64>) -> Result<u64, TableError> {
    const MOST: u64 = 1 << 62;
    counts
        .try_fold(0_u64, u64::checked_add)
        .filter(|sum| *sum <= MOST)
        .ok_or(TableError::TooLarge)
}

/// A table as a reader sees it: counts, totals, and cells withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppressedTable {
    /// `None` is withheld.
    pub(super) cells: Vec<Vec<Option<u64>>>,
    pub(super) populations: Option<Vec<u64>>,
}

impl SuppressedTable {
    /// A table with nothing withheld.
    #[must_use]
    pub fn in_full(table: &CountTable) -> Self {
        let open = |counts: &Vec<u64>| counts.iter().copied().map(Some).collect();
        Self {
            cells: table.cells.iter().map(open).collect(),
            populations: table.populations.clone(),
        }
    }

    /// Withholds one cell more, totals included; nothing else follows it, so
    /// [`super::audit`] must be asked again. Outside the table nothing happens.
    pub fn withhold(&mut self, row: usize, column: usize) {
        if let Some(cell) = self
            .cells
            .get_mut(row)
            .and_then(|cells| cells.get_mut(column))
        {
            *cell = None;
        }
    }

    /// The rows, totals aside.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.cells.len() - 1
    }

    /// The columns, totals aside.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.cells[0].len() - 1
    }

    /// The count a reader sees in a cell; `None` where it is withheld or
    /// outside the table.
    #[must_use]
    pub fn count(&self, row: usize, column: usize) -> Option<u64> {
        self.cells.get(row)?.get(column).copied().flatten()
    }

    /// Whether a cell of the table, totals included, is withheld.
    #[must_use]
    pub fn is_withheld(&self, row: usize, column: usize) -> bool {
        let cell = self.cells.get(row).and_then(|cells| cells.get(column));
        cell.is_some_and(Option::is_none)
    }

    /// How many cells are withheld, totals included.
    #[must_use]
    pub fn withheld(&self) -> usize {
        self.cells
            .iter()
            .flatten()
            .filter(|cell| cell.is_none())
            .count()
    }

    /// A cell as a figure; unknown outside the table.
    #[must_use]
    pub fn value(&self, row: usize, column: usize) -> FigureValue {
        if self.is_withheld(row, column) {
            return FigureValue::Suppressed;
        }
        let count = self
            .count(row, column)
            .and_then(|count| i64::try_from(count).ok());
        count.map_or(FigureValue::Unknown, FigureValue::Count)
    }

    /// The total of a row as a figure.
    #[must_use]
    pub fn row_total(&self, row: usize) -> FigureValue {
        self.value(row, self.columns())
    }

    /// The total of a column as a figure.
    #[must_use]
    pub fn column_total(&self, column: usize) -> FigureValue {
        self.value(self.rows(), column)
    }

    /// The total of all as a figure.
    #[must_use]
    pub fn total(&self) -> FigureValue {
        self.value(self.rows(), self.columns())
    }

    /// What a reader last saw of each cell once `today` is out too: today's
    /// where it is published, else what he saw before.
    ///
    /// Compare with this the next day, not with today's table alone: a change
    /// of 2 withheld today must not come out as a change of 3 tomorrow.
    #[must_use]
    pub fn followed_by(&self, today: &Self) -> Self {
        let mut seen = today.clone();
        for (row, cells) in seen.cells.iter_mut().enumerate() {
            for (column, cell) in cells.iter_mut().enumerate() {
                *cell = cell.or_else(|| self.count(row, column));
            }
        }
        seen
    }
}
