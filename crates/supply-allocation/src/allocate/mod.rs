//! Shares the day's goods out: the survival floor, then tier by tier, max-min within each, at
//! the least cost.

mod deal;
mod fair;
mod need;
mod stage_network;

use grid_model::{AsOf, Ledger};
use min_cost_flow::{Flaw, Network, NetworkErrors, Optimum, Outcome};
use thiserror::Error;

use crate::{DemandLine, Households, PurchaserReport, Supplier, SupplyPlan, SupplyPolicy};

pub use fair::{Level, LevelProof, Proof};

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
    /// A claimed answer does not hold.
    #[error("the proof of the plan does not hold: {0}")]
    Flaw(#[from] Flaw),
    /// An answer is missing, or is none.
    #[error("the proof of the plan does not hold: step {step} has no optimum")]
    NoOptimum {
        /// Which network, counted from 0 in the order in which they are solved.
        step: usize,
    },
    /// A plan is not the one its proof leads to.
    #[error("the plan is not the one its proof leads to: {part} differ; allocate again")]
    OtherPlan {
        /// The first part of the plan that differs.
        part: &'static str,
    },
}

/// Makes the day's plan.
///
/// Every household has one purchaser, that of its natural village, and every packet uses one
/// packet of a good's stock and one of the purchaser's carrying limit. Packets are served by
/// [`Level`]: the floor first, then tier by tier, and within a stage each household's first
/// packet of a good before anyone's second. Of all plans that serve the most packets of the first
/// level, then of the second, and so on, it is one of least cost. Within a level and a village
/// the last packets go in the order of households.
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
    plan(input, policy, &mut |_, network| {
        Some(min_cost_flow::solve(network))
    })
}

/// Checks a plan against its proof without solving anything: each level's network is built again,
/// the claimed optimum is checked against it, and the plan must be the one that follows.
///
/// # Errors
///
/// The first claim that does not hold, or the first part of the plan that differs.
pub fn verify(
    plan_made: &SupplyPlan,
    input: &SupplyInput<'_>,
    policy: &SupplyPolicy,
) -> Result<(), SupplyError> {
    let claims: Vec<&Optimum> = plan_made.proof.optima().collect();
    let again = plan(input, policy, &mut |step, _| {
        claims
            .get(step)
            .map(|&claim| Outcome::Optimal(claim.clone()))
    })?;
    let part = [
        ("lines", plan_made.lines != again.lines),
        ("shortfalls", plan_made.shortfalls != again.shortfalls),
        ("tiers", plan_made.tiers != again.tiers),
        ("stages", plan_made.stages != again.stages),
        ("stocks", plan_made.stocks != again.stocks),
        ("loads", plan_made.loads != again.loads),
        ("costs", plan_made.cost_fen != again.cost_fen),
        ("other parts", *plan_made != again),
    ];
    match part.into_iter().find(|&(_, differs)| differs) {
        Some((part, _)) => Err(SupplyError::OtherPlan { part }),
        None => Ok(()),
    }
}

/// Answers the network of a step: by solving it, or by what somebody claims.
type Answer<'a> = dyn FnMut(usize, &Network) -> Option<Outcome> + 'a;

fn plan(
    input: &SupplyInput<'_>,
    policy: &SupplyPolicy,
    answer: &mut Answer<'_>,
) -> Result<SupplyPlan, SupplyError> {
    let needs = need::assess(input, policy);
    let market = need::market(input, &needs);
    let settled = fair::settle(&market.problem, answer)?;
    Ok(deal::deal(&needs, &market, settled))
}
