//! A tree of dated cases as plain data: whence each came, and when.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{ChartHead, List};

/// One case of a dated tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TreeCase {
    /// The key its reader knows it by.
    pub key: String,
    /// The day it stands at; nothing where that is not known.
    pub day: Option<NaiveDate>,
    /// The position in [`DatedTree::cases`] of the case it hangs below; nothing at a top. A
    /// position that is none, and the last step of a circle, count as nothing.
    pub parent: Option<usize>,
    /// Whether a reader should look at it again; the table says why.
    pub to_check: bool,
}

/// Cases by day from left to right, each below the case it came from.
///
/// Of a tree with more cases than rows the upper generations are drawn, in a generation the cases
/// with most below them first; each row says how many below it are not drawn. Cost: n log n in
/// cases, and no more ink than `most_rows` rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DatedTree {
    /// Title, axes, source.
    pub head: ChartHead,
    /// Every case, in any order; drawn by day, then in this order.
    pub cases: Vec<TreeCase>,
    /// How many rows are drawn at most.
    pub most_rows: usize,
    /// Whether a page shows the drawing only when asked.
    pub folded: bool,
    /// Every case as a row, drawn or not, with whatever else is known of it.
    pub list: List,
}

impl DatedTree {
    /// How many cases have a row of their own in the drawing.
    #[must_use]
    pub fn drawn(&self) -> usize {
        self.cases.len().min(self.most_rows)
    }
}
