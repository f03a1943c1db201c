//! Why there is no division, in words.

use super::Hindrance;
use crate::{AreaId, Areas};

impl Hindrance {
    /// The ground in words, areas by key, with what can be done.
    pub fn told(&self, areas: &Areas) -> String {
        let (among, villages): (&[AreaId], &[AreaId]) = match self {
            Hindrance::NothingToDivide | Hindrance::GridCount { .. } => (&[], &[]),
            Hindrance::PlaceTooLarge { area, village, .. }
            | Hindrance::Bottleneck { area, village, .. } => {
                (std::slice::from_ref(area), village.as_slice())
            }
            Hindrance::Island {
                areas, villages, ..
            }
            | Hindrance::Exhausted {
                areas, villages, ..
            } => (areas, villages),
            Hindrance::TooFewStaff { areas, .. } => (areas, &[]),
        };
        let (ground, remedy) = (self.ground(), self.remedy());
        if among.is_empty() {
            format!("{ground}; {remedy}")
        } else {
            format!("{}: {ground}; {remedy}", places(areas, among, villages))
        }
    }

    fn ground(&self) -> String {
        match self {
            Hindrance::NothingToDivide => "there are no places".to_owned(),
            Hindrance::PlaceTooLarge {
                households, most, ..
            } => {
                format!("{households} households in one place are over the {most} of a grid")
            }
            Hindrance::Island {
                households,
                least,
                most,
                ..
            } => format!(
                "cut off from all others with {households} households, which no number of grids of {least} to {most} makes up"
            ),
            Hindrance::GridCount {
                grids,
                fewest,
                most,
            } => {
                format!("{grids} grids asked for, where the bounds allow {fewest} to {most}")
            }
            Hindrance::Bottleneck {
                must_hold, most, ..
            } => {
                format!(
                    "so much hangs on it that its grid must hold {must_hold} households, over {most}"
                )
            }
            Hindrance::Exhausted { grids, .. } => format!(
                "all divisions {}were gone through and none keeps the bounds",
                grids.map_or(String::new(), |grids| format!("into {grids} grids "))
            ),
            Hindrance::TooFewStaff {
                role, room, needed, ..
            } => {
                format!("{role} setting out there may answer for {room} grids, {needed} are needed")
            }
        }
    }

    fn remedy(&self) -> &'static str {
        match self {
            Hindrance::NothingToDivide => "add households or neighbours",
            Hindrance::PlaceTooLarge { .. } => "divide the place or allow more",
            Hindrance::GridCount { .. } => "ask for another number or widen the bounds",
            Hindrance::Bottleneck { .. } => "name a neighbour beyond it or widen the bounds",
            Hindrance::Island { .. } | Hindrance::Exhausted { .. } => {
                "name more neighbours or widen the bounds"
            }
            Hindrance::TooFewStaff { .. } => "appoint more or allow each more grids",
        }
    }
}

/// Areas by key, with the villages they lie in.
fn places(areas: &Areas, among: &[AreaId], villages: &[AreaId]) -> String {
    let keys = |ids: &[AreaId]| {
        let keys: Vec<&str> = ids.iter().map(|&area| areas.key(area)).collect();
        keys.join(", ")
    };
    if villages.is_empty() {
        keys(among)
    } else {
        format!("{} (of {})", keys(among), keys(villages))
    }
}
