//! 网格子: who was screened, who stands at the gates, who is silent, who is away.

use grid_model::Snapshot;
use grid_model::away::{Away, away};
use grid_model::coverage::{Coverage, coverage};
use grid_model::posts::{Posts, posts};
use grid_model::reports::{Reporting, reporting};

use crate::Records;

/// What the grid answers of a day.
#[derive(Clone, Debug)]
pub struct GridDay {
    /// Who was screened and who was missed.
    pub coverage: Coverage,
    /// Who stood at the checkpoints, and what passed.
    pub posts: Posts,
    /// Which communities reported.
    pub reporting: Reporting,
    /// Who is away and was called.
    pub away: Vec<Away>,
}

/// Asks `grid-model` of a day.
pub fn grid(town: &Snapshot<'_>, records: &Records) -> GridDay {
    GridDay {
        coverage: coverage(town, &records.screening),
        posts: posts(town, &records.shifts, &records.passages),
        reporting: reporting(town, &records.reports),
        away: away(town, &records.away_calls),
    }
}
