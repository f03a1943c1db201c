//! Carries goods from suppliers through village purchasers to households, fairly when short.

mod complaints;
mod demand;
mod households;
mod policy;
mod prices;
mod purchasers;
mod records;

pub use complaints::{SellerComplaint, SellerComplaints, complaints_of_day};
pub use demand::{DemandLine, open_demand};
pub use households::Households;
pub use policy::{PricePolicy, SupplyPolicy, SurvivalGood};
pub use prices::{Baseline, PriceAlert, PriceBreach, PriceReport, PriceRule, price_report};
pub use purchasers::{
    Candidate, NotServing, PurchaserQuestion, PurchaserReport, VillagePurchaser, VillageWithout,
    purchasers,
};
pub use records::{Complaint, Delivery, Demand, Price, Purchaser, Supplier, Tier};
