//! Checks a plan by adding up: who may get what, what there is, what can be carried, and that the
//! proof's prices leave nothing to be had. Shares no code with what makes plans.

mod accounts;
mod bounds;
mod wanted;

use grid_model::{HouseholdId, PersonId};
use thiserror::Error;

use crate::{Level, SupplyInput, SupplyLine, SupplyPlan, SupplyPolicy};

/// The first thing found that makes a plan not the day's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanFlaw {
    /// A line that cannot be.
    #[error("a line of {} packets of {}: {why}", line.packets, line.good)]
    Line {
        /// The line.
        line: SupplyLine,
        /// What is wrong with it.
        why: LineFlaw,
    },
    /// A household gets more of a good than it may.
    #[error("{planned} packets of {good} are planned for a household that may have {most}")]
    TooMuch {
        /// Which household.
        household: HouseholdId,
        /// Which good.
        good: Box<str>,
        /// How many packets are planned for it.
        planned: u64,
        /// How many it is assessed to need and lacks.
        most: u64,
    },
    /// A supplier gives more than there is.
    #[error("supplier {supplier:?} gives {given} packets and has {stock}")]
    OverStock {
        /// The supplier's key.
        supplier: Box<str>,
        /// What it gives.
        given: u64,
        /// What it has.
        stock: u64,
    },
    /// A purchaser carries more than they can.
    #[error("a purchaser carries {carried} packets and has room for {room}")]
    OverLoad {
        /// Who.
        person: PersonId,
        /// What is planned.
        carried: u64,
        /// What the person can still carry on the day.
        room: u64,
    },
    /// A part of the plan is not what its lines and the day's need come to.
    #[error("the plan's {part} are not what its lines come to; allocate again")]
    Part {
        /// Which part.
        part: &'static str,
    },
    /// A level is served less than the prices of its proof allow, or its proof is missing.
    #[error("{served} packets are served in a level where the proof allows {allowed}")]
    Level {
        /// Which level.
        level: Level,
        /// How many packets of it are served.
        served: i128,
        /// How many the worths of its proof add up to.
        allowed: i128,
    },
    /// The plan costs more than the prices of its proof do.
    #[error("the plan costs {cost} fen where the proof's prices come to {least}")]
    Cost {
        /// What it costs, in fen.
        cost: i128,
        /// What the prices add up to, in fen.
        least: i128,
    },
    /// Of plans as good, it is not the one that goes by key.
    #[error("a tie does not go by key: {why}")]
    Tie {
        /// What does not.
        why: &'static str,
    },
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LineFlaw {
    /// No packets.
    #[error("carries nothing")]
    Empty,
    /// Not after the line before it, or the same as it.
    #[error("is out of order, or there twice")]
    OutOfOrder,
    /// Nobody asked for it.
    #[error("nobody asked for it")]
    NotWanted,
    /// Not the purchaser of the household's village.
    #[error("not by the purchaser of the household's village")]
    OtherPurchaser,
    /// No such supplier, or one that was refused.
    #[error("no such supplier on the day")]
    NoSupplier,
    /// The supplier has another good.
    #[error("the supplier has another good")]
    OtherGood,
}

/// Checks a plan against what it was made from, without solving anything.
///
/// First by adding up: every line is wanted, is carried by the village's purchaser and comes from
/// a supplier who has it; nothing passes a need, a stock or a load; every account follows from the
/// lines. Then by the proof: level by level, what is served is what the worths of stock and
/// carrying allow at most; then the cost is what the proof's prices come to at least; and ties go
/// by key. By the duality of linear programmes nothing then can be served or saved that the plan
/// does not (Ahuja, Magnanti and Orlin 1993, Network Flows, section 9.4).
///
/// Time: n log n in the day's packets, and what can be served of the goods by purchasers and levels
/// once a level.
///
/// # Errors
///
/// The first flaw.
pub fn verify(
    plan: &SupplyPlan,
    input: &SupplyInput<'_>,
    policy: &SupplyPolicy,
) -> Result<(), PlanFlaw> {
    let (wanted, refused) = wanted::wanted(input, policy);
    if plan.refused_demand != refused {
        return Err(PlanFlaw::Part {
            part: "refused lines of demand",
        });
    }
    let known = accounts::Known::of(&wanted, input, policy);
    let given = accounts::add_up(plan, &wanted, &known)?;
    accounts::follow(plan, &wanted, &known, &given)?;
    bounds::hold(plan, &wanted, &known, &given)
}
