//! Which prices of the day are out of line, and by which rule.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDateTime};
use grid_model::{AsOf, Held, Ledger, start_of};

use crate::{Price, PricePolicy};

/// What a good cost before the day, by statistics that a few outliers cannot move.
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

/// The rule a price breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceRule {
    /// Over the good's baseline by more than the margin and by more than its usual spread.
    OverBaseline,
    /// Over the same seller's last price by more than the rise allowed.
    Rise,
}

/// One rule broken, with what it allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBreach {
    /// Which rule.
    pub rule: PriceRule,
    /// The price it is measured against, in fen: the baseline's median or the last price.
    pub against_fen: u64,
    /// The most the rule would have let pass, in fen.
    pub most_fen: u64,
    /// The law it rests on.
    pub citation: Box<str>,
}

/// A price of the day that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceAlert {
    /// The key of the first record of the price.
    pub record: Box<str>,
    /// The seller.
    pub seller: Box<str>,
    /// The good.
    pub good: Box<str>,
    /// The price of a packet, in fen.
    pub price_fen: u64,
    /// When it was seen.
    pub at: NaiveDateTime,
    /// What it breaks, never nothing.
    pub breaches: Vec<PriceBreach>,
}

/// The day's prices against what came before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceReport {
    /// The baselines of goods with prices enough, in the order of goods.
    pub baselines: Vec<Baseline>,
    /// The alerts, by seller, good and time.
    pub alerts: Vec<PriceAlert>,
}

/// Compares the day's prices with each good's baseline and each seller's last price.
///
/// The baseline is taken from the days before the day, which itself is left out: a price must
/// not excuse itself. Time: n log n in the prices.
#[must_use]
pub fn price_report(prices: &Ledger<Price>, as_of: AsOf, policy: &PricePolicy) -> PriceReport {
    let mut held: Vec<Held<'_, Price>> = prices.happened(as_of).collect();
    held.sort_by_key(|held| {
        let price = held.what;
        (&price.seller, &price.good, price.at, held.id)
    });
    let baselines = baselines(&held, as_of, policy);
    let mut alerts = Vec::new();
    for (position, price) in held.iter().enumerate() {
        if price.what.at < as_of.start() {
            continue;
        }
        let last = position
            .checked_sub(1)
            .map(|before| held[before].what)
            .filter(|last| last.seller == price.what.seller && last.good == price.what.good);
        let baseline = baselines.get(&*price.what.good);
        alerts.extend(alert(price, baseline, last, policy));
    }
    PriceReport {
        baselines: baselines.into_values().collect(),
        alerts,
    }
}

fn baselines<'a>(
    prices: &[Held<'a, Price>],
    as_of: AsOf,
    policy: &PricePolicy,
) -> BTreeMap<&'a str, Baseline> {
    let from = as_of
        .day
        .checked_sub_days(Days::new(u64::from(policy.baseline_days)))
        .map_or(NaiveDateTime::MIN, start_of);
    let mut by_good: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for price in prices.iter().map(|held| held.what) {
        if price.at >= from && price.at < as_of.start() {
            by_good
                .entry(&price.good)
                .or_default()
                .push(price.price_fen);
        }
    }
    let enough = by_good
        .into_iter()
        .filter(|(_, seen)| seen.len() >= usize::from(policy.least_prices));
    enough
        .filter_map(|(good, seen)| Some((good, baseline(good, seen)?)))
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
fn median(mut values: Vec<u64>) -> Option<u64> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(values[values.len() / 2 - 1].midpoint(upper))
}

/// A price with so many per cent on top, rounded down.
fn raised(fen: u64, percent: u16) -> u64 {
    let raised = u128::from(fen) * (100 + u128::from(percent)) / 100;
    u64::try_from(raised).unwrap_or(u64::MAX)
}

/// The most the baseline lets pass: the margin or the usual spread, whichever is wider.
///
/// 1.4826 median absolute deviations estimate a normal distribution's standard deviation
/// (Rousseeuw and Croux 1993, doi:10.1080/01621459.1993.10476408).
fn most_by_baseline(baseline: &Baseline, policy: &PricePolicy) -> u64 {
    let spread =
        u128::from(baseline.deviation_fen) * 14_826 * u128::from(policy.deviations) / 10_000;
    let spread = u64::try_from(spread).unwrap_or(u64::MAX);
    raised(baseline.median_fen, policy.margin_percent)
        .max(baseline.median_fen.saturating_add(spread))
}

fn alert(
    held: &Held<'_, Price>,
    baseline: Option<&Baseline>,
    last: Option<&Price>,
    policy: &PricePolicy,
) -> Option<PriceAlert> {
    let price = held.what;
    let by_baseline = baseline.map(|baseline| PriceBreach {
        rule: PriceRule::OverBaseline,
        against_fen: baseline.median_fen,
        most_fen: most_by_baseline(baseline, policy),
        citation: policy.margin_citation.clone(),
    });
    let by_last = last.map(|last| PriceBreach {
        rule: PriceRule::Rise,
        against_fen: last.price_fen,
        most_fen: raised(last.price_fen, policy.rise_percent),
        citation: policy.rise_citation.clone(),
    });
    let measured = by_baseline.into_iter().chain(by_last);
    let breaches: Vec<PriceBreach> = measured
        .filter(|breach| price.price_fen > breach.most_fen)
        .collect();
    (!breaches.is_empty()).then(|| PriceAlert {
        record: held.id.into(),
        seller: price.seller.clone(),
        good: price.good.clone(),
        price_fen: price.price_fen,
        at: price.at,
        breaches,
    })
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
