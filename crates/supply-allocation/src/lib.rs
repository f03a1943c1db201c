//! Carries goods from suppliers through village purchasers to households, fairly when short.

mod allocate;
mod complaints;
mod demand;
mod households;
mod plan;
mod policy;
mod prices;
mod purchasers;
mod records;

pub use allocate::{Level, LevelProof, Proof, SupplyError, SupplyInput, allocate, verify};
pub use complaints::{SellerComplaint, SellerComplaints, complaints_of_day};
pub use demand::{DemandLine, open_demand};
pub use households::Households;
pub use plan::{
    Bottleneck, PurchaserLoad, PurchaserRound, RefusedSupplier, Shortfall, Stage, StageAccount,
    StockUse, SupplyLine, SupplyPlan, TierAccount,
};
pub use policy::{PricePolicy, SupplyPolicy, SurvivalGood};
pub use prices::{Baseline, PriceAlert, PriceBreach, PriceReport, PriceRule, price_report};
pub use purchasers::{
    Candidate, NotServing, PurchaserQuestion, PurchaserReport, VillagePurchaser, VillageWithout,
    purchasers,
};
pub use records::{Complaint, Delivery, Demand, Price, Purchaser, Supplier, Tier};
