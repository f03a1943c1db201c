//! Whether every packet that was bought is accounted for.

use std::collections::BTreeMap;

use grid_model::{AreaId, AsOf, Ledger};

use crate::policy::Fate;
use crate::{Delivery, Households, SupplyPolicy};

/// Packets of a good in a village, as somebody counted them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// Which village; nothing for households that lie in none.
    pub village: Option<AreaId>,
    /// Which good.
    pub good: Box<str>,
    /// How many packets.
    pub packets: u64,
}

/// What a balance is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct BalanceQuestion<'a> {
    /// Of which day, as known when.
    pub as_of: AsOf,
    /// What was brought to doors, and how that ended.
    pub deliveries: &'a Ledger<Delivery>,
    /// Where households lie.
    pub households: &'a Households,
    /// What purchasers bought for the day, by their receipts, with what they still had in the
    /// morning; where a village and good are not in it, what was carried to doors counts as
    /// bought. Counts of one village and good are added up.
    pub bought: &'a [Counted],
    /// What purchasers still have in the evening, by count; where a village and good are not in
    /// it, what was brought back counts.
    pub stock: &'a [Counted],
}

/// The packets of one good in one village on a day: bought = delivered + stock + loss, or it says
/// how many are missing or too many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodsBalance {
    /// Which village; nothing for households that lie in none.
    pub village: Option<AreaId>,
    /// Which good.
    pub good: Box<str>,
    /// Bought.
    pub bought: u64,
    /// Whether that is by receipts, and not only by what was carried.
    pub by_receipt: bool,
    /// Left at doors.
    pub delivered: u64,
    /// Still with the purchaser.
    pub stock: u64,
    /// Lost, spoiled or damaged.
    pub loss: u64,
}

impl GoodsBalance {
    /// Packets bought of which nothing is known.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.bought.saturating_sub(self.accounted())
    }

    /// Packets accounted for that were never bought.
    #[must_use]
    pub fn too_many(&self) -> u64 {
        self.accounted().saturating_sub(self.bought)
    }

    /// Whether bought = delivered + stock + loss.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.accounted() == self.bought
    }

    fn accounted(&self) -> u64 {
        let known = self.delivered.saturating_add(self.stock);
        known.saturating_add(self.loss)
    }
}

/// Draws the day's balance, by village and good in order; those without any packet are left out.
///
/// Time: n log n in the day's deliveries.
#[must_use]
pub fn balance_of_day(question: &BalanceQuestion<'_>, policy: &SupplyPolicy) -> Vec<GoodsBalance> {
    let as_of = question.as_of;
    let mut rows: BTreeMap<(Option<AreaId>, &str), Row> = BTreeMap::new();
    let of_day = question.deliveries.happened(as_of);
    for held in of_day.filter(|held| held.what.at >= as_of.start()) {
        let delivery = held.what;
        let village = question.households.village_of(delivery.household);
        let row = rows.entry((village, &delivery.good)).or_default();
        let fate = policy.fate(delivery.outcome.as_deref());
        row.by_fate[fate as usize] += u64::from(delivery.packets);
    }
    for bought in question.bought {
        let row = rows.entry((bought.village, &bought.good)).or_default();
        row.bought = Some(row.bought.unwrap_or(0).saturating_add(bought.packets));
    }
    for counted in question.stock {
        let row = rows.entry((counted.village, &counted.good)).or_default();
        row.stock = Some(row.stock.unwrap_or(0).saturating_add(counted.packets));
    }
    let rows = rows.into_iter().map(|(key, row)| row.balance(key));
    rows.collect()
}

/// What is known of one village and good.
#[derive(Default)]
struct Row {
    by_fate: [u64; 3],
    bought: Option<u64>,
    stock: Option<u64>,
}

impl Row {
    fn balance(&self, (village, good): (Option<AreaId>, &str)) -> GoodsBalance {
        let of = |fate: Fate| self.by_fate[fate as usize];
        GoodsBalance {
            village,
            good: good.into(),
            bought: self.bought.unwrap_or(self.by_fate.iter().sum()),
            by_receipt: self.bought.is_some(),
            delivered: of(Fate::Delivered),
            stock: self.stock.unwrap_or(of(Fate::BroughtBack)),
            loss: of(Fate::Lost),
        }
    }
}
