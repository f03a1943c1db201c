//! Which prices of the day are out of line, and by which rule.

mod baseline;
mod ranks;
mod rules;

use chrono::NaiveDateTime;
use grid_model::{AsOf, Held, Ledger};

use crate::{Price, PricePolicy, Supplier};

pub use baseline::{Baseline, TooFewPrices};
pub use ranks::SellerRank;
pub use rules::{PriceAlert, PriceBreach, PriceRule};

/// What the day's prices are compared with.
#[derive(Clone, Copy, Debug)]
pub struct PriceQuestion<'a> {
    /// Of which day, as known when.
    pub as_of: AsOf,
    /// Prices as they were seen.
    pub prices: &'a Ledger<Price>,
    /// What the purchasers pay: a good's usual cost is the median of its suppliers.
    pub suppliers: &'a Ledger<Supplier>,
}

/// The day's prices against what came before and against what the goods cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceReport {
    /// The baselines of goods with prices enough, in the order of goods.
    pub baselines: Vec<Baseline>,
    /// Goods seen on the day with too few prices before it for a baseline: no price of theirs is
    /// called out as over it, however high, in the order of goods.
    pub too_few: Vec<TooFewPrices>,
    /// The alerts, by seller, good and time.
    pub alerts: Vec<PriceAlert>,
    /// Sellers with prices on the day, who has the most alerts first, then the dearest, then by
    /// name.
    pub sellers: Vec<SellerRank>,
}

/// Compares the day's prices with each good's baseline, its cost and each seller's last price.
///
/// The baseline is taken from the days before the day, which itself is left out: a price must
/// not excuse itself. Time: n log n in the prices.
#[must_use]
pub fn price_report(question: &PriceQuestion<'_>, policy: &PricePolicy) -> PriceReport {
    let as_of = question.as_of;
    let mut held: Vec<Held<'_, Price>> = question.prices.happened(as_of).collect();
    held.sort_by_key(|held| {
        let price = held.what;
        (&price.seller, &price.good, price.at, held.id)
    });
    let (baselines, too_few) = baseline::baselines(&held, as_of, policy);
    let costs = baseline::costs(question.suppliers, as_of);
    let against = rules::Against {
        baselines: &baselines,
        costs: &costs,
        policy,
    };
    let mut alerts = Vec::new();
    for (position, price) in held.iter().enumerate() {
        if price.what.at < as_of.start() {
            continue;
        }
        let last = position
            .checked_sub(1)
            .map(|before| held[before].what)
            .filter(|last| last.seller == price.what.seller && last.good == price.what.good);
        alerts.extend(against.alert(price, last));
    }
    PriceReport {
        sellers: ranks::ranks(&held, as_of.start(), &baselines, &alerts, policy),
        baselines: baselines.into_values().collect(),
        too_few,
        alerts,
    }
}

/// The prices of the day itself, by seller and good.
fn of_the_day<'a>(
    prices: &'a [Held<'a, Price>],
    start: NaiveDateTime,
) -> impl Iterator<Item = &'a Price> {
    let all = prices.iter().map(|held| held.what);
    all.filter(move |price| price.at >= start)
}
