//! The answer: a plan, an impossibility with its ground, or a search that ran out.

use crate::{AreaId, Areas, GridAreaRow, GridRow, PersonId, Role};

/// The answer to a [`DivisionQuestion`](super::DivisionQuestion).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Division {
    /// Grids that keep every rule; see [`GridPlan::verify`].
    Plan(GridPlan),
    /// No division keeps the rules, and why; never empty.
    Impossible(Vec<Hindrance>),
    /// The steps ran out, or chance did, before a division was found: there may be one.
    NotFound(NotFound),
}

impl Division {
    /// The plan, if there is one.
    pub fn plan(&self) -> Option<&GridPlan> {
        match self {
            Division::Plan(plan) => Some(plan),
            Division::Impossible(_) | Division::NotFound(_) => None,
        }
    }
}

/// How far a division is from one where nothing changes, every grid is inside a village and all
/// are alike.
///
/// Compared in the order of the fields: change first, villages second, balance third.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quality {
    /// Households that leave the grid they were in; 0 where nothing stood before.
    pub moved: u64,
    /// Villages beyond the first in a grid, summed over grids: 0 where every grid is inside one.
    pub crossings: u64,
    /// Σ (h − s)(h − s − 1) over grids of h households, s the average rounded down: 0 exactly
    /// where every grid has s or s + 1, and ordered as the sum of squares is.
    pub imbalance: u128,
}

/// Grids with their leads and doctors, and what proves them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridPlan {
    /// The grids, in the order of their first areas.
    pub grids: Vec<PlannedGrid>,
    /// What the division comes to.
    pub quality: Quality,
    /// What no division can undercut. Where `exact` it is the quality itself, each figure compared
    /// among divisions as good in those before it; else each figure is a bound by itself.
    pub bound: Quality,
    /// Whether every division was considered, so that this one is the best there is.
    pub exact: bool,
    /// How many steps the search took.
    pub steps: u64,
    /// Why no choice of leads travels less.
    pub lead_proof: StaffingProof,
    /// Why no choice of doctors travels less.
    pub doctor_proof: StaffingProof,
}

/// One grid of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedGrid {
    /// Its areas, in order; they hang together.
    pub areas: Vec<AreaId>,
    /// Households that must be screened in them.
    pub households: u64,
    /// 网格长.
    pub lead: PersonId,
    /// The doctor, who may be other grids' too.
    pub doctor: PersonId,
    /// The position of the standing grid that goes on in this one; nothing for a new grid.
    pub goes_on: Option<u32>,
    /// What the lead travels to stand once before every household, in household minutes: over the
    /// areas, households times minutes by the shortest way.
    pub lead_travel: u64,
    /// The same for the doctor.
    pub doctor_travel: u64,
}

/// A grid as it stands before a re-division.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingGrid {
    /// Its places' areas.
    pub areas: Vec<AreaId>,
    /// Its lead; nothing where it has none.
    pub lead: Option<PersonId>,
    /// Its doctor; nothing where it has none.
    pub doctor: Option<PersonId>,
}

/// Prices that show that no assignment within load travels less: no grid's price is over what any
/// candidate would travel plus the candidate's rent, the assigned one's is equal, and only who
/// answers for as many grids as allowed has a rent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffingProof {
    /// What one household under somebody new weighs, in household minutes: more than all travel
    /// together. 0 where nothing stood before.
    pub change_weight: i64,
    /// A price for every grid, in the order of the plan, in household minutes.
    pub prices: Vec<i64>,
    /// Candidates with a rent, in the order of keys: what one more grid of theirs would save.
    pub rents: Vec<(PersonId, i64)>,
}

impl GridPlan {
    /// How far the plan may be from the best: each figure less its bound.
    pub fn gap(&self) -> Quality {
        Quality {
            moved: self.quality.moved.saturating_sub(self.bound.moved),
            crossings: self.quality.crossings.saturating_sub(self.bound.crossings),
            imbalance: self.quality.imbalance.saturating_sub(self.bound.imbalance),
        }
    }

    /// The rows to record: grids numbered from 1 under a prefix, and their areas by key.
    ///
    /// ```
    /// # use grid_model::{Areas, division::{GridPlan, PlannedGrid, Quality, StaffingProof}};
    /// # let plan = GridPlan { grids: Vec::new(), quality: Quality::default(), bound: Quality::default(),
    /// #     exact: true, steps: 0, lead_proof: StaffingProof::default(), doctor_proof: StaffingProof::default() };
    /// let (grids, areas) = plan.rows("G", &Areas::default());
    /// assert!(grids.is_empty() && areas.is_empty());
    /// ```
    pub fn rows(&self, prefix: &str, areas: &Areas) -> (Vec<GridRow>, Vec<GridAreaRow>) {
        let width = self.grids.len().to_string().len();
        let mut grids = Vec::with_capacity(self.grids.len());
        let mut pairs = Vec::new();
        for (number, grid) in (1..).zip(&self.grids) {
            let id = format!("{prefix}{number:0width$}");
            pairs.extend(grid.areas.iter().map(|&area| GridAreaRow {
                grid: id.clone(),
                area: areas.key(area).to_owned(),
            }));
            grids.push(GridRow {
                name_zh: format!("第{number}网格"),
                name_en: format!("Grid {number}"),
                id,
            });
        }
        (grids, pairs)
    }
}

/// Why no division keeps the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// There are no places.
    NothingToDivide,
    /// One place alone is over the most a grid may hold. Divide it, or allow more.
    PlaceTooLarge {
        /// The place.
        area: AreaId,
        /// Its village.
        village: Option<AreaId>,
        /// Its households.
        households: u32,
        /// The most a grid may hold.
        most: u32,
    },
    /// Places that touch no others, and no number of grids within the bounds makes them up. Name
    /// a neighbour, or widen the bounds.
    Island {
        /// The places.
        areas: Vec<AreaId>,
        /// The villages they lie in, each once.
        villages: Vec<AreaId>,
        /// Their households together.
        households: u64,
        /// The fewest a grid may hold.
        least: u32,
        /// The most.
        most: u32,
    },
    /// The number of grids does not go with the bounds.
    GridCount {
        /// The number asked for.
        grids: u32,
        /// The fewest grids that could be.
        fewest: u64,
        /// The most that could be.
        most: u64,
    },
    /// Whatever grid holds this place must take in so much of what hangs on it that it is too
    /// large: the rest falls into pieces that no number of grids makes up. Name a neighbour beyond
    /// it, or widen the bounds.
    Bottleneck {
        /// The place.
        area: AreaId,
        /// Its village.
        village: Option<AreaId>,
        /// The fewest households its grid would have to hold.
        must_hold: u64,
        /// The most a grid may hold.
        most: u32,
    },
    /// All ways of dividing these places were gone through, and none keeps the bounds.
    Exhausted {
        /// The places.
        areas: Vec<AreaId>,
        /// The villages they lie in, each once.
        villages: Vec<AreaId>,
        /// The number of grids asked for; nothing where no number does.
        grids: Option<u32>,
    },
    /// There are not enough leads, or doctors, for as few grids as there can be.
    TooFewStaff {
        /// Of which role.
        role: Role,
        /// The places that hang together and are short; all, where it is the sum that is.
        areas: Vec<AreaId>,
        /// How many grids the staff there may answer for.
        room: u64,
        /// How many grids there must be.
        needed: u64,
    },
}

/// A search that ended without a division. "Not found" is not "impossible".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// How many steps the search took.
    pub steps: u64,
    /// Whether it was the steps that ran out; else the search came to rest.
    pub out_of_steps: bool,
    /// The nearest division that was found, in the order of first areas: its grids hang together
    /// and cover everything, but not all keep the bounds. Empty where the steps did not suffice for
    /// any.
    pub nearest: Vec<Vec<AreaId>>,
    /// Households over the most or missing to the least, summed over its grids: the gap to the
    /// bound, which is 0. Nothing where there is no such division.
    pub outside: Option<u64>,
}
