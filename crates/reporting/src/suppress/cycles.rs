//! The network of a table: rows and columns are its nodes, cells its arcs.
//!
//! The balance of a row is "cells less total is nothing", and so of a column.
//! With the signs chosen as in [`Network::ends`] each cell enters one balance
//! with plus and one with minus, so a change of counts that keeps every total
//! true is a sum of cycles, and a unit cycle is the least such change.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::CountTable;

/// A node: a row, or a column after the rows.
type Node = usize;

/// A cell and whether its count goes up.
pub(super) type Step = ((usize, usize), bool);

pub(super) struct Network<'a> {
    table: &'a CountTable,
    rows: usize,
    columns: usize,
}

impl<'a> Network<'a> {
    pub(super) fn of(table: &'a CountTable) -> Self {
        Self {
            table,
            rows: table.rows(),
            columns: table.columns(),
        }
    }

    fn nodes(&self) -> usize {
        self.rows + self.columns + 2
    }

    /// From which node to which a cell's count flows.
    ///
    /// A cell in the body flows from its row to its column, a total against
    /// it, and the total of totals, against it twice, as the body does.
    fn ends(&self, (row, column): (usize, usize)) -> (Node, Node) {
        let column_node = self.rows + 1 + column;
        if (row == self.rows) == (column == self.columns) {
            (row, column_node)
        } else {
            (column_node, row)
        }
    }

    /// Whether a count could be one more, or one less, for all a reader knows.
    pub(super) fn can_shift(&self, (row, column): (usize, usize), up: bool) -> bool {
        let count = self.table.count(row, column);
        match (up, self.table.population(row)) {
            (true, Some(population)) => count < population,
            (true, None) => true,
            (false, _) => count > 0,
        }
    }

    /// The cheapest cycle that shifts a cell one up or one down, the cell
    /// itself left out; `None` where there is none.
    ///
    /// `cost` is `None` for cells that may not be used. Among equals the first
    /// cell in the table's order is taken, so the answer is always the same.
    pub(super) fn cycle(
        &self,
        cell: (usize, usize),
        up: bool,
        cost: impl Fn((usize, usize)) -> Option<u64>,
    ) -> Option<(u64, Vec<Step>)> {
        if !self.can_shift(cell, up) {
            return None;
        }
        let (from, to) = self.ends(cell);
        // Counts pushed along the cell must come back to where they began.
        let (start, goal) = if up { (to, from) } else { (from, to) };
        let mut best: Vec<Option<u64>> = vec![None; self.nodes()];
        let mut came: Vec<Option<(Node, Step)>> = vec![None; self.nodes()];
        let mut open = BinaryHeap::from([Reverse((0, start))]);
        best[start] = Some(0);
        while let Some(Reverse((so_far, node))) = open.pop() {
            if node == goal {
                break;
            }
            if best[node] != Some(so_far) {
                continue;
            }
            for other in self.places_at(node).filter(|other| *other != cell) {
                let (next, up) = self.across(other, node);
                let Some(price) = cost(other).filter(|_| self.can_shift(other, up)) else {
                    continue;
                };
                let reached = so_far.saturating_add(price);
                if best[next].is_none_or(|best| reached < best) {
                    best[next] = Some(reached);
                    came[next] = Some((node, (other, up)));
                    open.push(Reverse((reached, next)));
                }
            }
        }
        best[goal].map(|cost| (cost, way_back(&came, goal, start)))
    }

    /// Where a cell leads from one of its ends, and whether its count goes up
    /// on that way.
    fn across(&self, cell: (usize, usize), node: Node) -> (Node, bool) {
        let (tail, head) = self.ends(cell);
        if tail == node {
            (head, true)
        } else {
            (tail, false)
        }
    }

    /// The cells of a row or column.
    fn places_at(&self, node: Node) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (rows, columns) = (self.rows, self.columns);
        let count = if node <= rows { columns } else { rows };
        (0..=count).map(move |at| match node <= rows {
            true => (node, at),
            false => (at, node - rows - 1),
        })
    }
}

/// The steps by which a node was reached, the last first.
fn way_back(came: &[Option<(Node, Step)>], goal: Node, start: Node) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut node = goal;
    while let Some((before, step)) = came[node].filter(|_| node != start) {
        steps.push(step);
        node = before;
    }
    steps
}
