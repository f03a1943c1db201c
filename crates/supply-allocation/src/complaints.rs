//! Who was complained of on a day.

use std::collections::BTreeMap;

use grid_model::{AsOf, Ledger};

use crate::Complaint;

/// The complaints of one seller on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerComplaints {
    /// The seller; nothing where it is not known.
    pub seller: Option<Box<str>>,
    /// What was complained of, in the order of the records' keys.
    pub complaints: Vec<SellerComplaint>,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerComplaint {
    /// The key of the first record of it.
    pub record: Box<str>,
    /// The good complained of.
    pub good: Option<Box<str>>,
    /// What it is about.
    pub kind: Option<Box<str>>,
}

/// The day's complaints by seller, unknown sellers first, then in the order of names.
#[must_use]
pub fn complaints_of_day(complaints: &Ledger<Complaint>, as_of: AsOf) -> Vec<SellerComplaints> {
    let mut by_seller: BTreeMap<Option<&str>, Vec<SellerComplaint>> = BTreeMap::new();
    let of_day = complaints.happened(as_of);
    for held in of_day.filter(|held| held.what.at >= as_of.start()) {
        let of_seller = by_seller.entry(held.what.seller.as_deref()).or_default();
        of_seller.push(SellerComplaint {
            record: held.id.into(),
            good: held.what.good.clone(),
            kind: held.what.kind.clone(),
        });
    }
    let sellers = by_seller.into_iter();
    sellers
        .map(|(seller, complaints)| SellerComplaints {
            seller: seller.map(Box::from),
            complaints,
        })
        .collect()
}
