//! What is short where, and what would help, in the words of those who must act.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AreaId, HouseholdId, PersonId};

use super::need::Need;
use crate::{Bottleneck, LoadLimit, PurchaserLoad, Shortfall, StockUse, SupplyPlan};

/// Packets of one good that one village lacks for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VillageShortage {
    /// Which good.
    pub good: Box<str>,
    /// Which village; nothing for households that lie in none.
    pub village: Option<AreaId>,
    /// Why.
    pub bottleneck: Bottleneck,
    /// How many packets are short, never none.
    pub packets: u64,
    /// How many packets more the village's purchaser can carry today; 0 where there is none.
    pub can_carry: u64,
    /// How many packets of the good are left with suppliers.
    pub in_stock: u64,
}

impl VillageShortage {
    /// What stands in the way and how far the other means would go, in English, with the village
    /// as its reader names it.
    ///
    /// ```
    /// # use supply_allocation::*;
    /// let shortage = VillageShortage {
    ///     good: "rice".into(),
    ///     village: None,
    ///     bottleneck: Bottleneck::Stock { good: "rice".into() },
    ///     packets: 35,
    ///     can_carry: 120,
    ///     in_stock: 0,
    /// };
    /// assert_eq!(
    ///     shortage.in_words("Lower Bridge"),
    ///     "rice: 35 short in Lower Bridge, the stock is used up; the purchaser of Lower Bridge can carry 120 more"
    /// );
    /// ```
    #[must_use]
    pub fn in_words(&self, village: &str) -> String {
        let VillageShortage {
            good,
            packets,
            can_carry,
            in_stock,
            ..
        } = self;
        let full = |limit: LoadLimit| match limit {
            LoadLimit::Packets => "carries all they can",
            LoadLimit::RoundTime => "has no time for more",
        };
        let why = match &self.bottleneck {
            Bottleneck::Stock { .. } => format!(
                "the stock is used up; the purchaser of {village} can carry {can_carry} more"
            ),
            Bottleneck::Carrying { limit, .. } => format!(
                "the purchaser of {village} {}; {in_stock} are left in stock",
                full(*limit)
            ),
            Bottleneck::StockAndCarrying { limit, .. } => format!(
                "the stock is used up, and the purchaser of {village} {}",
                full(*limit)
            ),
            Bottleneck::NoPurchaser => {
                format!("{village} has no purchaser; {in_stock} are left in stock")
            }
            Bottleneck::PurchaserNotAllowed { .. } => format!(
                "the purchaser of {village} is under observation or away; {in_stock} are left in stock"
            ),
            Bottleneck::OverAssessedNeed => "asked for beyond the assessed need".to_owned(),
        };
        format!("{good}: {packets} short in {village}, {why}")
    }
}

/// What kind of thing a bottleneck is, whoever it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BottleneckKind {
    /// The stock is used up.
    Stock,
    /// A purchaser carries all they can.
    Carrying,
    /// A purchaser has no time for more.
    RoundTime,
    /// The stock is used up and a purchaser is full.
    StockAndCarrying,
    /// No purchaser.
    NoPurchaser,
    /// A purchaser under observation or away.
    PurchaserNotAllowed,
    /// Beyond the assessed need.
    OverAssessedNeed,
}

impl Bottleneck {
    /// What kind of thing it is.
    #[must_use]
    pub fn kind(&self) -> BottleneckKind {
        match self {
            Bottleneck::Stock { .. } => BottleneckKind::Stock,
            Bottleneck::Carrying { limit, .. } => match limit {
                LoadLimit::Packets => BottleneckKind::Carrying,
                LoadLimit::RoundTime => BottleneckKind::RoundTime,
            },
            Bottleneck::StockAndCarrying { .. } => BottleneckKind::StockAndCarrying,
            Bottleneck::NoPurchaser => BottleneckKind::NoPurchaser,
            Bottleneck::PurchaserNotAllowed { .. } => BottleneckKind::PurchaserNotAllowed,
            Bottleneck::OverAssessedNeed => BottleneckKind::OverAssessedNeed,
        }
    }
}

/// Packets of one good that the whole township lacks for one kind of reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownShortage {
    /// Which good.
    pub good: Box<str>,
    /// What kind of reason.
    pub kind: BottleneckKind,
    /// How many packets are short, never none.
    pub packets: u64,
    /// In how many villages; households that lie in none count as one.
    pub villages: usize,
    /// How many packets of the good are left with suppliers.
    pub in_stock: u64,
}

impl TownShortage {
    /// The township's bottleneck in English.
    ///
    /// ```
    /// # use supply_allocation::*;
    /// let shortage = TownShortage {
    ///     good: "masks".into(),
    ///     kind: BottleneckKind::Stock,
    ///     packets: 1_900,
    ///     villages: 40,
    ///     in_stock: 0,
    /// };
    /// assert_eq!(shortage.in_words(), "masks: 1900 short in 40 villages, the stock is used up");
    /// ```
    #[must_use]
    pub fn in_words(&self) -> String {
        let TownShortage {
            good,
            packets,
            villages,
            in_stock,
            ..
        } = self;
        let left = format!("{in_stock} are left in stock");
        let why = match self.kind {
            BottleneckKind::Stock => "the stock is used up".to_owned(),
            BottleneckKind::Carrying => format!("the purchasers carry all they can; {left}"),
            BottleneckKind::RoundTime => format!("the purchasers have no time for more; {left}"),
            BottleneckKind::StockAndCarrying => {
                "the stock is used up, and the purchasers can carry no more".to_owned()
            }
            BottleneckKind::NoPurchaser => format!("there is no purchaser; {left}"),
            BottleneckKind::PurchaserNotAllowed => {
                format!("the purchasers are under observation or away; {left}")
            }
            BottleneckKind::OverAssessedNeed => "asked for beyond the assessed need".to_owned(),
        };
        let noun = if *villages == 1 {
            "village"
        } else {
            "villages"
        };
        format!("{good}: {packets} short in {villages} {noun}, {why}")
    }
}

impl SupplyPlan {
    /// The township's bottlenecks: what is short by good and kind of reason, the largest first,
    /// then in the order of goods and kinds. [`SupplyPlan::shortages`] says where.
    #[must_use]
    pub fn bottlenecks(&self) -> Vec<TownShortage> {
        let mut by_kind: BTreeMap<(&str, BottleneckKind), TownShortage> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for shortage in &self.shortages {
            let key = (&*shortage.good, shortage.bottleneck.kind());
            let of_kind = by_kind.entry(key).or_insert_with(|| TownShortage {
                good: shortage.good.clone(),
                kind: key.1,
                packets: 0,
                villages: 0,
                in_stock: shortage.in_stock,
            });
            of_kind.packets += shortage.packets;
            of_kind.villages += usize::from(seen.insert((key, shortage.village)));
        }
        let mut bottlenecks: Vec<TownShortage> = by_kind.into_values().collect();
        // A stable sort keeps the order of goods and kinds among equals.
        bottlenecks.sort_by_key(|of| Reverse(of.packets));
        bottlenecks
    }
}

/// Adds the shortfalls up by good, village and reason.
pub(super) fn shortages(
    shortfalls: &[Shortfall],
    needs: &[Need<'_>],
    stocks: &[StockUse],
    loads: &[PurchaserLoad],
) -> Vec<VillageShortage> {
    let mut in_stock: BTreeMap<&str, u64> = BTreeMap::new();
    for stock in stocks {
        let left = u64::from(stock.offer.stock).saturating_sub(stock.used);
        *in_stock.entry(&stock.offer.good).or_insert(0) += left;
    }
    // Households of one village have one purchaser.
    let mut home: BTreeMap<HouseholdId, (Option<AreaId>, Option<PersonId>)> = BTreeMap::new();
    for need in needs {
        let purchaser = need.purchaser.as_ref().ok().copied();
        home.insert(need.household, (need.village, purchaser));
    }
    let spare = |person: PersonId| {
        let load = loads.binary_search_by_key(&person, |load| load.person);
        load.map_or(0, |at| loads[at].spare())
    };
    let mut packets: BTreeMap<(&str, Option<AreaId>, &Bottleneck), (u64, u64)> = BTreeMap::new();
    for shortfall in shortfalls {
        let (village, purchaser) = home.get(&shortfall.household).copied().unwrap_or_default();
        let can_carry = purchaser.map_or(0, spare);
        let key = (&*shortfall.good, village, &shortfall.bottleneck);
        let of_village = packets.entry(key).or_insert((0, can_carry));
        of_village.0 += shortfall.packets;
    }
    let packets = packets.into_iter();
    packets
        .map(
            |((good, village, bottleneck), (packets, can_carry))| VillageShortage {
                good: good.into(),
                village,
                bottleneck: bottleneck.clone(),
                packets,
                can_carry,
                in_stock: in_stock.get(good).copied().unwrap_or(0),
            },
        )
        .collect()
}
