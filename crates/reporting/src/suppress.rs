//! Withholds small counts so that nothing published gives them away.
//!
//! In a village of sixty households a count of two is two names. A table for
//! the public therefore withholds 1 to 4, and a count that is everyone as much
//! as one that is one; and then as many other cells as it takes that no row or
//! column total lets a reader work the withheld ones out.
//!
//! ```
//! use reporting::suppress::{CountTable, SmallCells, audit};
//!
//! // Two communities, at home and in central quarantine.
//! let table = CountTable::new(vec![vec![30, 2], vec![25, 11]])?;
//! let published = SmallCells::FIELD.suppress_table(&table);
//! assert!(published.is_withheld(0, 1));
//! assert!(audit(&SmallCells::FIELD, &table, &published).is_empty());
//! # Ok::<(), reporting::suppress::TableError>(())
//! ```
//!
//! A cell is safe when some other table, with another value there, would have
//! been published in the same way. Tables here are counts with their row and
//! column totals, so every withheld cell is an arc of a network between rows
//! and columns, and it is safe exactly where it lies on a cycle along which
//! counts can be shifted (J. P. Kelly, B. L. Golden and A. A. Assad, "Cell
//! suppression: disclosure protection for sensitive tabular data", Networks
//! 22, 1992). Both the hiding and the audit walk those cycles, so the audit is
//! exact, not only a search for the easy ways in.
//!
//! What this leaves out: tables that share cells with another table published
//! elsewhere, and readers who know some of the withheld people themselves. The
//! fewest cells are not promised, which is a hard problem: each sensitive cell
//! is covered at least cost in turn.

mod audit;
mod bounds;
mod change;
mod cycles;
mod hide;
mod table;

pub use audit::{Recovered, audit, audit_change};
pub use bounds::{Bounds, bounds};
pub use table::{CountTable, SuppressedTable, TableError};

use crate::FigureValue;

/// The rule by which counts are too small to publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmallCells {
    threshold: u64,
}

impl SmallCells {
    /// The rule of the field: counts of 1 to 4 are withheld.
    pub const FIELD: Self = Self { threshold: 5 };

    /// Counts from 1 to below the threshold are withheld.
    ///
    /// `None` for thresholds below 2, which would withhold nothing.
    #[must_use]
    pub const fn below(threshold: u64) -> Option<Self> {
        if threshold < 2 {
            None
        } else {
            Some(Self { threshold })
        }
    }

    /// The least count that may be published.
    #[must_use]
    pub const fn threshold(self) -> u64 {
        self.threshold
    }

    /// Whether a count is too small to publish; none is not.
    #[must_use]
    pub const fn is_small(self, count: u64) -> bool {
        count > 0 && count < self.threshold
    }

    /// One figure that stands in no table.
    ///
    /// `last_published` is the count a reader last saw of it: a change of 1 to
    /// 4 since then is a small count too. A negative count is no count of
    /// people and is withheld.
    #[must_use]
    pub fn figure(self, today: i64, last_published: Option<i64>) -> FigureValue {
        let Ok(count) = u64::try_from(today) else {
            return FigureValue::Suppressed;
        };
        let changed = last_published.map_or(0, |before| today.abs_diff(before));
        if self.is_small(count) || self.is_small(changed) {
            FigureValue::Suppressed
        } else {
            FigureValue::Count(today)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_four_are_small_and_none_is_not() {
        let small: Vec<u64> = (0..8).filter(|n| SmallCells::FIELD.is_small(*n)).collect();
        assert_eq!(small, [1, 2, 3, 4]);
        assert_eq!(SmallCells::below(1), None);
    }

    #[test]
    fn a_figure_is_withheld_where_it_or_its_change_is_small() {
        let shown = |today, before| SmallCells::FIELD.figure(today, before);
        assert_eq!(shown(30, None), FigureValue::Count(30));
        assert_eq!(shown(0, Some(0)), FigureValue::Count(0));
        assert_eq!(shown(3, None), FigureValue::Suppressed);
        assert_eq!(shown(32, Some(30)), FigureValue::Suppressed);
        assert_eq!(shown(35, Some(30)), FigureValue::Count(35));
        assert_eq!(shown(0, Some(4)), FigureValue::Suppressed);
        assert_eq!(shown(-1, None), FigureValue::Suppressed);
    }
}
