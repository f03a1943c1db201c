//! What is short where, and what would help, in the words of those who must act.

use std::collections::BTreeMap;

use grid_model::{AreaId, HouseholdId, PersonId};

use super::need::Need;
use crate::{Bottleneck, LoadLimit, PurchaserLoad, Shortfall, StockUse};

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
