//! Which sellers are dear.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::Held;

use super::baseline::median;
use super::{Baseline, PriceAlert, of_the_day};
use crate::{Price, PricePolicy};

/// How a seller's prices of the day stand to the others'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerRank {
    /// The seller.
    pub seller: Box<str>,
    /// How many of the day's prices are called out.
    pub alerts: usize,
    /// The median of the seller's prices over their baselines, in thousandths: 1,000 is as dear
    /// as usual; nothing where no good of the seller has a baseline.
    pub per_mille_of_baseline: Option<u64>,
    /// How many prices of the day that is taken from.
    pub prices: usize,
    /// Whether those are fewer than a baseline needs: then the rank says little.
    pub few: bool,
}

pub(super) fn ranks(
    prices: &[Held<'_, Price>],
    start: NaiveDateTime,
    baselines: &BTreeMap<&str, Baseline>,
    alerts: &[PriceAlert],
    policy: &PricePolicy,
) -> Vec<SellerRank> {
    let mut by_seller: BTreeMap<&str, (usize, Vec<u64>)> = BTreeMap::new();
    for price in of_the_day(prices, start) {
        let of_seller = by_seller.entry(&price.seller).or_default();
        let baseline = baselines.get(&*price.good).map(|of| of.median_fen.max(1));
        of_seller.1.extend(baseline.map(|median_fen| {
            let ratio = u128::from(price.price_fen) * 1_000 / u128::from(median_fen);
            u64::try_from(ratio).unwrap_or(u64::MAX)
        }));
    }
    for alert in alerts {
        by_seller.entry(&alert.seller).or_default().0 += 1;
    }
    let by_seller = by_seller.into_iter();
    let mut ranks: Vec<SellerRank> = by_seller
        .map(|(seller, (alerts, ratios))| SellerRank {
            seller: seller.into(),
            alerts,
            prices: ratios.len(),
            few: ratios.len() < usize::from(policy.least_prices),
            per_mille_of_baseline: median(ratios),
        })
        .collect();
    // A stable sort keeps the order of names among equals.
    ranks.sort_by_key(|rank| Reverse((rank.alerts, rank.per_mille_of_baseline)));
    ranks
}
