//! What a reader with a pencil works out: least and most of each cell, from
//! the totals, again and again until nothing moves.

use super::SuppressedTable;

/// The least and the most a cell can be for all a reader has worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least it can be.
    pub least: u64,
    /// The most it can be; `None` where nothing limits it.
    pub most: Option<u64>,
}

impl Bounds {
    /// Whether only one count is left.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.most == Some(self.least)
    }
}

/// The bounds of every cell, totals included, from what is published alone.
///
/// Each row says that its cells make its total, each column likewise; bounds
/// are narrowed by one after the other until nothing moves, or for as many
/// rounds as there are cells. They hold always but are not always the
/// narrowest: [`super::audit`] is exact.
#[must_use]
pub fn bounds(published: &SuppressedTable) -> Vec<Vec<Bounds>> {
    let mut all: Vec<Vec<Bounds>> = published
        .cells
        .iter()
        .enumerate()
        .map(|(row, cells)| {
            cells
                .iter()
                .map(|cell| start(published, row, *cell))
                .collect()
        })
        .collect();
    let (rows, columns) = (published.rows() + 1, published.columns() + 1);
    for _ in 0..rows * columns {
        let before = all.clone();
        for row in &mut all {
            narrow(row);
        }
        for column in 0..columns {
            let mut down: Vec<Bounds> = all.iter().map(|row| row[column]).collect();
            narrow(&mut down);
            for (row, bounds) in all.iter_mut().zip(down) {
                row[column] = bounds;
            }
        }
        if all == before {
            break;
        }
    }
    all
}

fn start(published: &SuppressedTable, row: usize, cell: Option<u64>) -> Bounds {
    let population = published.populations.as_ref();
    match cell {
        Some(count) => Bounds {
            least: count,
            most: Some(count),
        },
        None => Bounds {
            least: 0,
            most: population.and_then(|all| all.get(row).copied()),
        },
    }
}

/// Narrows the bounds of one row or column, whose last cell is its total.
fn narrow(line: &mut [Bounds]) {
    let Some((total, parts)) = line.split_last_mut() else {
        return;
    };
    let least = |parts: &[Bounds]| {
        parts
            .iter()
            .fold(0_u64, |sum, one| sum.saturating_add(one.least))
    };
    let most = |parts: &[Bounds]| {
        let mut each = parts.iter().map(|one| one.most);
        each.try_fold(0_u64, |sum, one| sum.checked_add(one?))
    };
    total.least = total.least.max(least(parts));
    total.most = least_of(total.most, most(parts));
    for at in 0..parts.len() {
        let others = [&parts[..at], &parts[at + 1..]].concat();
        if let Some(total) = total.most {
            let room = total.saturating_sub(least(&others));
            parts[at].most = least_of(parts[at].most, Some(room));
        }
        if let Some(others) = most(&others) {
            let rest = total.least.saturating_sub(others);
            parts[at].least = parts[at].least.max(rest);
        }
    }
}

fn least_of(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (known, None) | (None, known) => known,
    }
}
