//! Which areas touch, and how long it takes from one to the other: given, never guessed.

use thiserror::Error;

use crate::{AreaId, Areas};

/// The longest way between two neighbours that is believed: a day on foot, in minutes. A larger
/// figure is most likely seconds or metres.
pub const LONGEST_WAY_MINUTES: u32 = 1_440;

/// Two areas that touch, and the way between them.
///
/// The tables of a township say in which village an area lies, not what it borders on; whoever
/// asks for a division says so, pair by pair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NeighbourRow<Area = AreaId> {
    /// One of the two.
    pub one: Area,
    /// The other.
    pub other: Area,
    /// How long the way between them takes, in minutes, the same in both directions.
    pub minutes: u32,
}

/// Why a pair of neighbours was not taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum NeighbourError {
    /// An area is not there.
    #[error(
        "neighbours {one:?} and {other:?}: there is no area {unknown:?}; correct the id or add the area"
    )]
    UnknownArea {
        /// One of the pair.
        one: String,
        /// The other.
        other: String,
        /// Which of them is not there.
        unknown: String,
    },
    /// An area is named as its own neighbour.
    #[error(
        "neighbours {one:?} and {one:?}: an area does not border on itself; name two areas, or remove the row"
    )]
    Itself {
        /// The area.
        one: String,
    },
    /// A pair is given twice; the shorter way stands.
    #[error(
        "neighbours {one:?} and {other:?}, minutes: the pair is there twice, {minutes} is not used; remove one row"
    )]
    Twice {
        /// One of the pair.
        one: String,
        /// The other.
        other: String,
        /// The minutes of the row that was not taken.
        minutes: u32,
    },
    /// The way is longer than anyone walks in a day.
    #[error(
        "neighbours {one:?} and {other:?}, minutes: {minutes} is over a day's walk of {LONGEST_WAY_MINUTES}; write minutes, or leave out a pair nobody walks"
    )]
    TooLong {
        /// One of the pair.
        one: String,
        /// The other.
        other: String,
        /// The minutes given.
        minutes: u32,
    },
}

/// Pairs of areas that touch, each once, with the way between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Sorted; the smaller id first in each.
    pairs: Vec<NeighbourRow>,
}

impl Neighbours {
    /// Binds rows in any order to the areas they name; what breaks a rule comes back beside the
    /// rest, in the order of its areas' keys.
    pub fn build(rows: Vec<NeighbourRow<String>>, areas: &Areas) -> (Self, Vec<NeighbourError>) {
        let mut refused = Vec::new();
        let mut pairs = Vec::with_capacity(rows.len());
        for row in rows {
            match bound(&row, areas) {
                Ok(pair) => pairs.push(pair),
                Err(error) => refused.push(error),
            }
        }
        pairs.sort_unstable();
        let mut kept: Vec<NeighbourRow> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let is_there = kept
                .last()
                .is_some_and(|last| (last.one, last.other) == (pair.one, pair.other));
            if is_there {
                refused.push(NeighbourError::Twice {
                    one: areas.key(pair.one).to_owned(),
                    other: areas.key(pair.other).to_owned(),
                    minutes: pair.minutes,
                });
            } else {
                kept.push(pair);
            }
        }
        refused.sort_unstable();
        (Neighbours { pairs: kept }, refused)
    }

    /// The pairs in order, the smaller id first in each.
    pub fn pairs(&self) -> &[NeighbourRow] {
        &self.pairs
    }
}

fn bound(row: &NeighbourRow<String>, areas: &Areas) -> Result<NeighbourRow, NeighbourError> {
    let (one, other) = (
        row.one.clone().min(row.other.clone()),
        row.one.clone().max(row.other.clone()),
    );
    if one == other {
        return Err(NeighbourError::Itself { one });
    }
    let minutes = row.minutes;
    if minutes > LONGEST_WAY_MINUTES {
        return Err(NeighbourError::TooLong {
            one,
            other,
            minutes,
        });
    }
    match (areas.id(&one), areas.id(&other)) {
        // Ids are numbered by key, so the smaller key has the smaller id.
        (Some(one), Some(other)) => Ok(NeighbourRow {
            one,
            other,
            minutes,
        }),
        (found, _) => {
            let unknown = if found.is_none() {
                one.clone()
            } else {
                other.clone()
            };
            Err(NeighbourError::UnknownArea {
                one,
                other,
                unknown,
            })
        }
    }
}
