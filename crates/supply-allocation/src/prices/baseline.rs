//! What a good usually costs, by statistics that a few outliers cannot move.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDateTime};
use grid_model::{AsOf, Held, Ledger, start_of};

use super::of_the_day;
use crate::{Price, PricePolicy, Supplier};

/// What a good cost before the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// The good.
    pub good: Box<str>,
    /// The median price of a packet, in fen, half a fen rounded down.
    pub median_fen: u64,
    /// The median of the distances from it, in fen, half a fen rounded down.
    pub deviation_fen: u64,
    /// From how many prices.
    pub prices: usize,
}

/// A good that was seen on the day and too seldom before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooFewPrices {
    /// The good.
    pub good: Box<str>,
    /// How many prices were seen in the baseline's days.
    pub prices: usize,
    /// How many a baseline needs.
    pub needed: u16,
}

/// The baselines of goods seen often enough, and the goods of the day that were not.
pub(super) fn baselines<'a>(
    prices: &'a [Held<'a, Price>],
    as_of: AsOf,
    policy: &PricePolicy,
) -> (BTreeMap<&'a str, Baseline>, Vec<TooFewPrices>) {
    let from = as_of
        .day
        .checked_sub_days(Days::new(u64::from(policy.baseline_days)))
        .map_or(NaiveDateTime::MIN, start_of);
    let mut by_good: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for price in prices.iter().map(|held| held.what) {
        if price.at >= from && price.at < as_of.start() {
            let of_good = by_good.entry(&price.good).or_default();
            of_good.push(price.price_fen);
        }
    }
    let needed = usize::from(policy.least_prices);
    let seen_today: BTreeSet<&str> = of_the_day(prices, as_of.start())
        .map(|price| &*price.good)
        .collect();
    let seen_before = |good: &str| by_good.get(good).map_or(0, Vec::len);
    let too_few = seen_today
        .into_iter()
        .filter(|good| seen_before(good) < needed.max(1))
        .map(|good| TooFewPrices {
            good: good.into(),
            prices: seen_before(good),
            needed: policy.least_prices,
        })
        .collect();
    let enough = by_good.into_iter().filter(|(_, seen)| seen.len() >= needed);
    let baselines = enough
        .filter_map(|(good, seen)| Some((good, baseline(good, seen)?)))
        .collect();
    (baselines, too_few)
}

/// What a packet of each good costs the purchasers, by the median of its suppliers, in fen.
pub(super) fn costs(suppliers: &Ledger<Supplier>, as_of: AsOf) -> BTreeMap<&str, u64> {
    let mut by_good: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for held in suppliers.as_of(as_of) {
        let of_good = by_good.entry(&held.what.good).or_default();
        of_good.push(held.what.unit_cost_fen);
    }
    let by_good = by_good.into_iter();
    by_good
        .filter_map(|(good, costs)| Some((good, median(costs)?)))
        .collect()
}

fn baseline(good: &str, seen: Vec<u64>) -> Option<Baseline> {
    let prices = seen.len();
    let median_fen = median(seen.clone())?;
    let distances = seen.into_iter().map(|price| price.abs_diff(median_fen));
    Some(Baseline {
        good: good.into(),
        median_fen,
        deviation_fen: median(distances.collect())?,
        prices,
    })
}

/// The middle value, or the mean of the two in the middle rounded down; none of nothing.
pub(super) fn median(mut values: Vec<u64>) -> Option<u64> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(values[values.len() / 2 - 1].midpoint(upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_is_rounded_down() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7));
        assert_eq!(median(vec![10, 1, 4, 7]), Some(5));
        assert_eq!(median(vec![u64::MAX, u64::MAX]), Some(u64::MAX));
    }

    #[test]
    fn one_outlier_moves_neither_median_nor_deviation() {
        let baseline = baseline("rice", vec![100, 102, 98, 101, 9_999]).unwrap();
        assert_eq!((baseline.median_fen, baseline.deviation_fen), (101, 1));
    }
}
