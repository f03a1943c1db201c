//! Carries goods from suppliers through village purchasers to households, fairly when short.
//!
//! ```
//! use std::collections::BTreeSet;
//! use chrono::NaiveDate;
//! use grid_model::{AreaId, AsOf, HouseholdId, Ledger, PersonId, Recorded};
//! use supply_allocation::*;
//!
//! let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
//! let (as_of, morning) = (AsOf::on(day), day.and_hms_opt(8, 0, 0).unwrap());
//! let village = AreaId::from_index(0).unwrap();
//! let policy = SupplyPolicy::tengchong_2020();
//!
//! // Two households of one village order four and two packets of oil; the shop has five.
//! let orders = [4, 2].into_iter().enumerate().map(|(household, packets)| Demand {
//!     household: HouseholdId::from_index(household).unwrap(),
//!     good: "oil".into(), packets: Some(packets), tier: Tier::Everyone, ordered_at: morning,
//! });
//! let orders = orders.enumerate().map(|(row, order)| Recorded::new(row.to_string(), order));
//! let (orders, _) = Ledger::build(orders.collect());
//! let shop = Supplier { good: "oil".into(), stock: 5, unit_cost_fen: 4_500 };
//! let (suppliers, _) = Ledger::build(vec![Recorded::new("shop", shop)]);
//! let carrier = Purchaser {
//!     person: PersonId::from_index(7).unwrap(), area: village, from: morning, until: None, packets: 60,
//! };
//! let (carriers, _) = Ledger::build(vec![Recorded::new("P1", carrier)]);
//!
//! let nobody = BTreeSet::new();
//! let asking = VillageAsking { village, community: None, packets: 6 };
//! let purchasers = purchasers(&carriers, &PurchaserQuestion {
//!     as_of, villages: &[asking], under_observation: &nobody, not_here: &nobody, candidates: &[],
//! }, &policy);
//! let households = Households {
//!     village: vec![Some(village); 2], people: vec![3, 3], infants: vec![],
//! };
//! let demand = open_demand(&DemandQuestion {
//!     as_of, orders: &orders, deliveries: &Ledger::default(), households: &households,
//! }, &policy);
//! let input = SupplyInput {
//!     as_of, demand: &demand, suppliers: &suppliers, households: &households, purchasers: &purchasers,
//! };
//! let plan = allocate(&input, &policy)?;
//!
//! assert_eq!((plan.need(), plan.filled(), plan.short()), (6, 5, 1));
//! assert_eq!(plan.lines.iter().map(|line| line.packets).collect::<Vec<_>>(), [3, 2]);
//! assert_eq!(plan.shortfalls[0].bottleneck, Bottleneck::Stock { good: "oil".into() });
//! assert_eq!(plan.cost_fen, 5 * 4_500);
//! verify(&plan, &input, &policy)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In reading order: [`Supplier`], [`Purchaser`], [`Demand`], [`Delivery`], [`Price`] and
//! [`Complaint`] are what is recorded; [`SupplyPolicy`] is what an authority decides;
//! [`demand_of_day`] says what is open of the round's orders and what lapsed, [`purchasers`] who
//! carries for which village and who could be asked; [`allocate`] makes of both a [`SupplyPlan`],
//! which [`verify`] checks by adding up; [`SupplyPlan::rounds`] is each purchaser's list,
//! [`SupplyPlan::bottlenecks`] and [`SupplyPlan::shortages`] what stands in the way and how far
//! the other means would go;
//! [`balance_of_day`] says what became of every packet; [`price_report`], [`complaints_of_day`] and
//! [`quality_report`] watch the sellers.
//!
//! Laws:
//! - The survival floor comes first, then tier by tier; within a stage nobody's third packet of a
//!   good is served before everybody's second.
//! - Asking for more does not pay: a request counts up to the assessed need, and what was received
//!   in the round counts too. For that reason shares are not by the size of a request.
//! - Need = delivered + planned + short, by tier and to the last packet; every shortfall names
//!   what stood in the way, and that was full.
//! - Every level from the first that is short, the cost and the ties carry prices that prove them;
//!   the check shares no code with the plan.
//! - Records in any order give the same plan; ties go by key.
//!
//! Left out: routes (the time of a round is counted by the packet), goods that can stand in for one
//! another, packets that weigh differently, and who is under observation: that comes in as plain
//! data.

mod allocate;
mod balance;
mod demand;
mod households;
mod plan;
mod policy;
mod prices;
mod purchasers;
mod quality;
mod records;
mod verify;

pub use allocate::{
    BottleneckKind, CostProof, Level, LevelProof, Proof, SupplyError, SupplyInput, TieProof,
    TownShortage, VillageShortage, Worths, allocate,
};
pub use balance::{BalanceQuestion, Counted, GoodsBalance, balance_of_day};
pub use demand::{
    DayDemand, DemandFault, DemandLine, DemandQuestion, LapsedOrder, RefusedDemand, demand_of_day,
    open_demand,
};
pub use households::Households;
pub use plan::{
    Bottleneck, LoadLimit, PurchaserLoad, PurchaserRound, RefusedSupplier, Shortfall, Stage,
    StageAccount, StockUse, SupplyLine, SupplyPlan, TierAccount,
};
pub use policy::{
    DietGood, Eaters, Fate, PricePolicy, QualityPolicy, RoundPolicy, SupplyPolicy, SurvivalGood,
};
pub use prices::{
    Baseline, PriceAlert, PriceBreach, PriceQuestion, PriceReport, PriceRule, SellerRank,
    TooFewPrices, price_report,
};
pub use purchasers::{
    Candidate, Nearness, NotServing, PurchaserChange, PurchaserQuestion, PurchaserReport, StandIn,
    VillageAsking, VillagePurchaser, VillageWithout, purchasers,
};
pub use quality::{
    Rate, SellerComplaint, SellerComplaints, SellerQuality, complaints_of_day, quality_report,
};
pub use records::{Complaint, Delivery, Demand, Price, Purchaser, Supplier, Tier};
pub use verify::{LineFlaw, PlanFlaw, verify};
