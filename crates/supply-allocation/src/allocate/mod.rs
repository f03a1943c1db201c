//! Shares the day's goods out: the survival floor, then tier by tier, max-min within each, at
//! the least cost.

mod deal;
mod fair;
mod need;
mod proof;
mod shortages;
mod stage_network;

use grid_model::{AsOf, Ledger};
use min_cost_flow::{Flaw, NetworkErrors};
use thiserror::Error;

use crate::{DemandLine, Households, PurchaserReport, Supplier, SupplyPlan, SupplyPolicy};

pub use proof::{CostProof, Level, LevelProof, Proof, TieProof, Worths};
pub use shortages::{BottleneckKind, TownShortage, VillageShortage};

/// What a plan is made from.
#[derive(Clone, Copy, Debug)]
pub struct SupplyInput<'a> {
    /// Of which day, as known when.
    pub as_of: AsOf,
    /// The day's need, from [`open_demand`](crate::open_demand), in any order.
    pub demand: &'a [DemandLine],
    /// What there is. A stock is what is left for the day: deliveries do not lower it.
    pub suppliers: &'a Ledger<Supplier>,
    /// Where households lie and how many people they have.
    pub households: &'a Households,
    /// Who carries for which village, from [`purchasers`](crate::purchasers).
    pub purchasers: &'a PurchaserReport,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SupplyError {
    /// Stocks or costs are too large to be added up.
    #[error("the amounts cannot be added up: {0}")]
    TooLarge(#[from] NetworkErrors),
    /// An answer of the solver does not pass its own check: a fault of the program, not of the day.
    #[error("an answer of the solver does not hold: {0}; report it with the day's records")]
    Flaw(#[from] Flaw),
    /// The solver says that nothing can be carried, not even nothing: as above.
    #[error("the solver found no plan where one always is; report it with the day's records")]
    NoOptimum,
}

/// Makes the day's plan.
///
/// Every household has one purchaser, that of its natural village, and every packet uses one
/// packet of a good's stock and one of the purchaser's carrying limit. Packets are served by
/// [`Level`]: the floor first, then tier by tier, and within a stage each household's first
/// packet of a good before anyone's second. Of all plans that serve the most packets of the first
/// level, then of the second, and so on, it is one of least cost. Ties go by key: the last packets
/// of a level go in the order of households where purchasers have room for all, then in the order
/// of purchasers, and of each in the order of households; of suppliers at one price the first sells
/// first.
///
/// Who asks for more moves no packet of a level below: a request counts up to
/// [`SupplyPolicy::most_assessed`], and what a household already received this round counts.
///
/// Time: n log n in households; beyond that, a flow over goods and overloaded purchasers a level
/// from the first that is short.
///
/// # Errors
///
/// [`SupplyError::TooLarge`] where amounts or costs cannot be added up.
pub fn allocate(input: &SupplyInput<'_>, policy: &SupplyPolicy) -> Result<SupplyPlan, SupplyError> {
    let (needs, refused) = need::assess(input, policy);
    let market = need::market(input, &needs, policy);
    let settled = fair::settle(&market.problem)?;
    Ok(deal::deal(&needs, refused, &market, settled))
}
