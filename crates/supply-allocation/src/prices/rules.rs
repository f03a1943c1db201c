//! The rules a price may break: its level, its margin over the cost, its rise.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::Held;

use super::Baseline;
use crate::{Price, PricePolicy};

/// The rule a price breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceRule {
    /// Its level: over the good's baseline by more than the margin and by more than its usual spread.
    OverBaseline,
    /// Its margin: over what a packet costs the purchasers by more than a seller may take.
    OverCost,
    /// Its rise: over the same seller's last price by more than the rise allowed.
    Rise,
}

/// One rule broken, with what it allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBreach {
    /// Which rule.
    pub rule: PriceRule,
    /// The price it is measured against, in fen: the baseline's median, the cost or the last price.
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

/// What prices are measured against.
pub(super) struct Against<'a> {
    pub(super) baselines: &'a BTreeMap<&'a str, Baseline>,
    pub(super) costs: &'a BTreeMap<&'a str, u64>,
    pub(super) policy: &'a PricePolicy,
}

impl Against<'_> {
    /// What a price breaks, if anything.
    pub(super) fn alert(&self, held: &Held<'_, Price>, last: Option<&Price>) -> Option<PriceAlert> {
        let (price, policy) = (held.what, self.policy);
        let breach = |rule, against_fen, most_fen, citation: &str| PriceBreach {
            rule,
            against_fen,
            most_fen,
            citation: citation.into(),
        };
        let by_level = self.baselines.get(&*price.good).map(|baseline| {
            let most = most_by_baseline(baseline, policy);
            let against = baseline.median_fen;
            breach(
                PriceRule::OverBaseline,
                against,
                most,
                &policy.margin_citation,
            )
        });
        let by_margin = self.costs.get(&*price.good).map(|&cost| {
            let most = raised(cost, policy.over_cost_percent);
            breach(PriceRule::OverCost, cost, most, &policy.over_cost_citation)
        });
        let by_rise = last.map(|last| {
            let most = raised(last.price_fen, policy.rise_percent);
            breach(PriceRule::Rise, last.price_fen, most, &policy.rise_citation)
        });
        let measured = [by_level, by_margin, by_rise].into_iter().flatten();
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
