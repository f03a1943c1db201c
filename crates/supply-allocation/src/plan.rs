//! What a day's plan says, and what is short of it.

use grid_model::{HouseholdId, PersonId};

use crate::allocate::Proof;
use crate::{RefusedDemand, Supplier, Tier, VillageShortage};

/// More fen than a packet of anything costs (ten thousand million yuan), and few enough that
/// prices along any way through a network of a million nodes can be added.
pub(crate) const MOST_UNIT_COST_FEN: u64 = 1_000_000_000_000;

/// In which order needs are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The survival floor of every household, whatever its tier.
    Floor,
    /// What a tier needs beyond the floor.
    Tier(Tier),
}

impl Stage {
    /// All stages, the first served first.
    pub const ALL: [Stage; 5] = [
        Stage::Floor,
        Stage::Tier(Tier::Medicine),
        Stage::Tier(Tier::CannotGoOut),
        Stage::Tier(Tier::Vulnerable),
        Stage::Tier(Tier::Everyone),
    ];
}

/// Packets of a good on their way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SupplyLine {
    /// To which household.
    pub household: HouseholdId,
    /// Which good.
    pub good: Box<str>,
    /// The supplier's key.
    pub supplier: Box<str>,
    /// Who carries them.
    pub purchaser: PersonId,
    /// How many, never none.
    pub packets: u64,
}

/// What stops a purchaser from carrying more in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoadLimit {
    /// The packets the person can carry.
    Packets,
    /// The time a round may take.
    RoundTime,
}

/// What kept packets from a household.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bottleneck {
    /// The good's stock is used up, at every supplier.
    Stock {
        /// Which good.
        good: Box<str>,
    },
    /// The purchaser carries as much as the purchaser can.
    Carrying {
        /// Who.
        person: PersonId,
        /// What stops the person.
        limit: LoadLimit,
    },
    /// Both: neither more stock nor a stronger purchaser alone is sure to help.
    StockAndCarrying {
        /// Which good.
        good: Box<str>,
        /// Who carries.
        person: PersonId,
        /// What stops the person.
        limit: LoadLimit,
    },
    /// The household's village has no purchaser, or the household lies in no village.
    NoPurchaser,
    /// The village's purchaser is under observation or not here.
    PurchaserNotAllowed {
        /// Who.
        person: PersonId,
    },
    /// Asked for beyond what the household is assessed to need in a round.
    OverAssessedNeed,
}

/// Packets a household needs and does not get today.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shortfall {
    /// Which household.
    pub household: HouseholdId,
    /// Which good.
    pub good: Box<str>,
    /// By what need it was to be served.
    pub tier: Tier,
    /// In which stage it fell short.
    pub stage: Stage,
    /// How many packets, never none.
    pub packets: u64,
    /// Why.
    pub bottleneck: Bottleneck,
}

/// The packets of one tier: need = delivered + planned + short, to the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierAccount {
    /// Which tier.
    pub tier: Tier,
    /// Needed on the day.
    pub need: u64,
    /// Delivered on the day, by records.
    pub delivered: u64,
    /// Planned on top.
    pub planned: u64,
    /// Short.
    pub short: u64,
}

/// What a stage had to share out, what it did, and what stood in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageAccount {
    /// Which stage.
    pub stage: Stage,
    /// Packets planned in it.
    pub planned: u64,
    /// Packets short in it.
    pub short: u64,
    /// What kept them away, in order, with packets each.
    pub bottlenecks: Vec<(Bottleneck, u64)>,
}

/// What a supplier gives by the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockUse {
    /// The supplier's key.
    pub supplier: Box<str>,
    /// The supplier's good, stock and price.
    pub offer: Supplier,
    /// Packets taken by the plan.
    pub used: u64,
}

/// What a purchaser carries by the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurchaserLoad {
    /// Who.
    pub person: PersonId,
    /// How many packets the person carries in a day: the least that any of the person's records
    /// says, or what a round has time for.
    pub limit: u64,
    /// Which of the two.
    pub limited_by: LoadLimit,
    /// Delivered on the day to the person's villages, by records; it counts against the limit.
    pub delivered: u64,
    /// Assessed and still open in the person's villages.
    pub wanted: u64,
    /// Planned.
    pub planned: u64,
}

impl PurchaserLoad {
    /// Whether more is wanted than the person can still carry today.
    #[must_use]
    pub fn is_overloaded(&self) -> bool {
        self.wanted > self.limit.saturating_sub(self.delivered)
    }

    /// How many packets more the person can carry beside what is delivered and planned.
    #[must_use]
    pub fn spare(&self) -> u64 {
        let room = self.limit.saturating_sub(self.delivered);
        room.saturating_sub(self.planned)
    }
}

/// A supplier whose price no sum can hold: left out of the plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "supplier {supplier:?}, unit_cost_fen: {unit_cost_fen} is more than {limit}; correct the price"
)]
pub struct RefusedSupplier {
    /// The supplier's key.
    pub supplier: Box<str>,
    /// What a packet is said to cost, in fen.
    pub unit_cost_fen: u64,
    /// The most a packet may cost here, in fen.
    pub limit: u64,
}

/// The day's plan: who brings what to whom, what is short and why, at which cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplyPlan {
    /// Packets on their way, by household, good and supplier.
    pub lines: Vec<SupplyLine>,
    /// What is short, by household, good, tier and stage.
    pub shortfalls: Vec<Shortfall>,
    /// What is short by village, in the order of goods and villages, with what would help.
    pub shortages: Vec<VillageShortage>,
    /// The packets of each tier, in the order of tiers.
    pub tiers: Vec<TierAccount>,
    /// The stages, in the order in which they are served.
    pub stages: Vec<StageAccount>,
    /// The suppliers, in the order of their keys.
    pub stocks: Vec<StockUse>,
    /// The purchasers, in the order of their keys.
    pub loads: Vec<PurchaserLoad>,
    /// Suppliers left out, in the order of their keys.
    pub refused_suppliers: Vec<RefusedSupplier>,
    /// Lines of demand left out, in their order; they count in no account.
    pub refused_demand: Vec<RefusedDemand>,
    /// What the planned packets cost, in fen.
    pub cost_fen: u128,
    /// What shows that no stage could be served better, nor the plan be had for less.
    pub proof: Proof,
}

/// What one purchaser carries on the day, household by household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaserRound {
    /// Who.
    pub person: PersonId,
    /// How many packets in all.
    pub packets: u64,
    /// The packets, by household, good and supplier.
    pub lines: Vec<SupplyLine>,
}

impl SupplyPlan {
    /// Packets needed on the day.
    #[must_use]
    pub fn need(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.need).sum()
    }

    /// Packets of the need that are delivered or planned.
    #[must_use]
    pub fn filled(&self) -> u64 {
        let filled = self.tiers.iter().map(|tier| tier.delivered + tier.planned);
        filled.sum()
    }

    /// Packets of the need that are neither.
    #[must_use]
    pub fn short(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.short).sum()
    }

    /// Purchasers who are asked for more than they can still carry today, in the order of keys.
    pub fn overloaded(&self) -> impl Iterator<Item = &PurchaserLoad> {
        self.loads.iter().filter(|load| load.is_overloaded())
    }

    /// What each purchaser carries, in the order of keys; who carries nothing is left out.
    #[must_use]
    pub fn rounds(&self) -> Vec<PurchaserRound> {
        let mut lines: Vec<&SupplyLine> = self.lines.iter().collect();
        // A stable sort keeps the order of households within a round.
        lines.sort_by_key(|line| line.purchaser);
        let rounds = lines.chunk_by(|a, b| a.purchaser == b.purchaser);
        rounds
            .map(|lines| PurchaserRound {
                person: lines[0].purchaser,
                packets: lines.iter().map(|line| line.packets).sum(),
                lines: lines.iter().map(|&line| line.clone()).collect(),
            })
            .collect()
    }
}
