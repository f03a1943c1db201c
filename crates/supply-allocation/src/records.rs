//! What is recorded of goods: who has them, who carries them, who asked, what arrived, at which
//! price, and what was complained of.

use chrono::NaiveDateTime;
use grid_model::{AreaId, HouseholdId, PersonId, words};

words! {
    /// By what need an order is served, the first tier first.
    ///
    /// The tiers are those of the survival-floor rule of the field: medicine, infants and
    /// pregnancy; those who cannot go out; those at a disadvantage; everyone else.
    pub enum Tier {
        /// Medicine, an infant, a pregnancy.
        Medicine = "medicine",
        /// Nobody of the household may or can go out.
        CannotGoOut = "cannot_go_out",
        /// Elderly and alone, disabled, poor, a child whose guardian is in quarantine.
        Vulnerable = "vulnerable",
        /// Everyone else.
        Everyone = "everyone",
    }
}

/// What a supplier holds of one good, and at what price the purchasers buy it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Supplier {
    /// The good, in the user's words: rice, salt, oil.
    pub good: Box<str>,
    /// How many packets there are for the day.
    pub stock: u32,
    /// What one packet costs, in fen.
    pub unit_cost_fen: u64,
}

/// A person who buys and delivers for an area, `[from, until)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Purchaser {
    /// Who.
    pub person: PersonId,
    /// For which natural village.
    pub area: AreaId,
    /// From when.
    pub from: NaiveDateTime,
    /// Until when; nothing while no end is set.
    pub until: Option<NaiveDateTime>,
    /// How many packets the person can carry in a day.
    pub packets: u32,
}

/// An order of a household.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Demand {
    /// Which household.
    pub household: HouseholdId,
    /// Which good.
    pub good: Box<str>,
    /// How many packets; nothing where the household asked without saying how many: then the need
    /// is computed by [`SupplyPolicy::computed_packets`](crate::SupplyPolicy::computed_packets).
    pub packets: Option<u32>,
    /// By what need it is served.
    pub tier: Tier,
    /// When it was ordered.
    pub ordered_at: NaiveDateTime,
}

/// Packets brought to a household's door.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delivery {
    /// Which household.
    pub household: HouseholdId,
    /// Which good.
    pub good: Box<str>,
    /// How many packets.
    pub packets: u32,
    /// When.
    pub at: NaiveDateTime,
    /// How it ended, in the user's words; the policy lists the words that mean nothing was left.
    pub outcome: Option<Box<str>>,
}

/// A price as it was seen at a seller's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price {
    /// The seller, in the user's words.
    pub seller: Box<str>,
    /// Which good.
    pub good: Box<str>,
    /// The price of a packet, in fen.
    pub price_fen: u64,
    /// When it was seen.
    pub at: NaiveDateTime,
}

/// A complaint of a seller or a good.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// The seller complained of; nothing where it is not known.
    pub seller: Option<Box<str>>,
    /// The good complained of.
    pub good: Option<Box<str>>,
    /// When it came in.
    pub at: NaiveDateTime,
    /// What it is about, in the user's words: quality, hoarding, price.
    pub kind: Option<Box<str>>,
}

grid_model::record!(Supplier, Box<str> = |supplier| supplier.good.clone(), always);
grid_model::record!(Purchaser, PersonId = |purchaser| purchaser.person, always);
grid_model::record!(Demand, HouseholdId = |demand| demand.household, at demand.ordered_at);
grid_model::record!(Delivery, HouseholdId = |delivery| delivery.household, at delivery.at);
grid_model::record!(Price, Box<str> = |price| price.seller.clone(), at price.at);
grid_model::record!(Complaint, Option<Box<str>> = |complaint| complaint.seller.clone(), at complaint.at);
