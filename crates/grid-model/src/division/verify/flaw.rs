//! What can be wrong with a plan.

use thiserror::Error;

use crate::division::Quality;
use crate::{AreaId, HouseholdId, PersonId, Role};

/// What is wrong with a plan. Grids are numbered from 0 in the plan's order.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanFlaw {
    /// A place is in no grid.
    #[error("area number {}: it is in no grid", .area.index())]
    Uncovered {
        /// The place.
        area: AreaId,
    },
    /// A household stands in no grid's areas.
    #[error("household number {}: area number {} is in no grid", .household.index(), .area.index())]
    HouseholdMissed {
        /// The household.
        household: HouseholdId,
        /// Where it stands.
        area: AreaId,
    },
    /// A place is in a grid twice, or in two.
    #[error("area number {}: it is in grid {first} and in grid {second}", .area.index())]
    InTwo {
        /// The place.
        area: AreaId,
        /// One grid.
        first: usize,
        /// The other, or the same.
        second: usize,
    },
    /// An area is no place of the territory.
    #[error("grid {grid}: area number {} is not in the territory", .area.index())]
    Elsewhere {
        /// The grid.
        grid: usize,
        /// The area.
        area: AreaId,
    },
    /// The number of grids is not the one asked for.
    #[error("the plan has {found} grids, {asked} were asked for")]
    GridCount {
        /// Grids of the plan.
        found: usize,
        /// Grids asked for.
        asked: u32,
    },
    /// A grid has no area.
    #[error("grid {grid}: it has no area")]
    Empty {
        /// The grid.
        grid: usize,
    },
    /// A grid falls apart.
    #[error("grid {grid}: area number {} does not hang together with area number {}", .area.index(), .first.index())]
    Apart {
        /// The grid.
        grid: usize,
        /// Its first area.
        first: AreaId,
        /// An area that cannot be reached from it inside the grid.
        area: AreaId,
    },
    /// A grid is smaller or larger than allowed.
    #[error("grid {grid}: {households} households are not between {least} and {most}")]
    OutsideBounds {
        /// The grid.
        grid: usize,
        /// Its households, counted.
        households: u64,
        /// The fewest allowed.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A stated figure is not what is counted.
    #[error("{what} of grid {grid} is given as {given}, {counted} are counted")]
    WrongFigure {
        /// `households` or `travel`.
        what: &'static str,
        /// The grid.
        grid: usize,
        /// What the plan says.
        given: u64,
        /// What is counted.
        counted: u64,
    },
    /// The stated quality is not what the grids come to, or is under its bound.
    #[error("the plan gives {given:?} over a bound of {bound:?}, {counted:?} is counted")]
    WrongQuality {
        /// What the plan says.
        given: Quality,
        /// The bound it states.
        bound: Quality,
        /// What is counted.
        counted: Quality,
    },
    /// A grid goes on with a standing grid that is not there, or that another goes on with too.
    #[error(
        "grid {grid}: it goes on with standing grid {standing}, which is not there or goes on twice"
    )]
    GoesOnWrongly {
        /// The grid.
        grid: usize,
        /// The standing grid's position.
        standing: usize,
    },
    /// A grid's lead or doctor is not among those who may be.
    #[error("grid {grid}: person number {} is no candidate for {role}", .person.index())]
    NoCandidate {
        /// The grid.
        grid: usize,
        /// As what.
        role: Role,
        /// Who.
        person: PersonId,
    },
    /// Someone cannot get to a grid by any known way.
    #[error("grid {grid}: no way leads there for person number {}", .person.index())]
    OutOfReach {
        /// The grid.
        grid: usize,
        /// Who.
        person: PersonId,
    },
    /// Someone has more grids than allowed.
    #[error("person number {} as {role}: {grids} grids are over {most}", .person.index())]
    Overloaded {
        /// As what.
        role: Role,
        /// Who.
        person: PersonId,
        /// Grids of the plan.
        grids: u32,
        /// Grids allowed.
        most: u32,
    },
    /// The proof does not show that nobody could travel less.
    #[error("{role}: the proof does not hold for grid {grid} and person number {}", .person.index())]
    NotLeast {
        /// As what.
        role: Role,
        /// The grid.
        grid: usize,
        /// The person for whom the prices do not hold.
        person: PersonId,
    },
    /// The proof is of another plan, or weighs changes otherwise.
    #[error("{role}: the proof is of another question")]
    OtherProof {
        /// As what.
        role: Role,
    },
}
