//! Carries goods from suppliers through village purchasers to households, fairly when short.

mod records;

pub use records::{Complaint, Delivery, Demand, Price, Purchaser, Supplier, Tier};
