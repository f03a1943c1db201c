//! Which prices are called out, and what is complained of.

mod common;

use chrono::NaiveDateTime;
use common::*;
use grid_model::AsOf;
use supply_allocation::*;

fn price(seller: &str, price_fen: u64, at: NaiveDateTime) -> Price {
    Price {
        seller: seller.into(),
        good: "oil".into(),
        price_fen,
        at,
    }
}

fn report(prices: Vec<Price>) -> PriceReport {
    price_report(
        &ledger(prices),
        AsOf::on(day()),
        &PricePolicy::tengchong_2020(),
    )
}

fn usual() -> Vec<Price> {
    [990, 1_000, 1_010]
        .map(|fen| price("market", fen, at(5, 9)))
        .to_vec()
}

#[test]
fn a_price_over_margin_and_spread_is_called_out_with_its_rule() {
    let mut prices = usual();
    prices.push(price("corner shop", 1_300, at(0, 9)));
    prices.push(price("stall", 1_301, at(0, 9)));
    let report = report(prices);
    assert_eq!(report.baselines[0].median_fen, 1_000);
    assert_eq!(report.alerts.len(), 1);
    let alert = &report.alerts[0];
    assert_eq!((&*alert.seller, &*alert.record), ("stall", "04"));
    assert_eq!(
        alert.breaches,
        [PriceBreach {
            rule: PriceRule::OverBaseline,
            against_fen: 1_000,
            most_fen: 1_300,
            citation: "Price Law of the People's Republic of China, art. 14 (3)".into(),
        }]
    );
}

#[test]
fn a_rise_over_the_sellers_own_last_price_is_called_out() {
    let prices = vec![
        price("market", 900, at(9, 9)),
        price("market", 1_000, at(1, 9)),
        price("market", 1_200, at(0, 9)),
        price("market", 1_500, at(0, 15)),
    ];
    let report = report(prices);
    let rises: Vec<_> = report
        .alerts
        .iter()
        .map(|alert| {
            (
                alert.price_fen,
                alert.breaches[0].rule,
                alert.breaches[0].against_fen,
            )
        })
        .collect();
    assert_eq!(rises, [(1_500, PriceRule::Rise, 1_200)]);
}

#[test]
fn a_good_whose_price_always_varied_is_not_called_out_for_it() {
    let mut prices: Vec<Price> = [500, 1_000, 1_500, 700, 1_300]
        .map(|fen| price("market", fen, at(5, 9)))
        .to_vec();
    prices.push(price("stall", 1_900, at(0, 9)));
    assert_eq!(report(prices).alerts, []);
}

#[test]
fn too_few_prices_and_prices_before_the_window_give_no_baseline() {
    let mut prices = usual();
    prices[0].at = at(31, 9);
    prices.push(price("stall", 9_000, at(0, 9)));
    let report = report(prices);
    assert_eq!((report.baselines, report.alerts), (vec![], vec![]));
}

#[test]
fn a_price_as_large_as_can_be_written_is_compared_all_the_same() {
    let mut prices = usual();
    prices.push(price("stall", u64::MAX, at(1, 9)));
    prices.push(price("stall", u64::MAX, at(0, 9)));
    let report = report(prices);
    let rules: Vec<_> = report.alerts[0].breaches.iter().map(|b| b.rule).collect();
    assert_eq!(rules, [PriceRule::OverBaseline]);
}

#[test]
fn complaints_of_the_day_are_listed_by_seller_unknown_sellers_first() {
    let complaint = |seller: Option<&str>, at| Complaint {
        seller: seller.map(Box::from),
        good: None,
        at,
        kind: Some("quality".into()),
    };
    let complaints = ledger(vec![
        complaint(Some("stall"), at(0, 9)),
        complaint(Some("market"), at(1, 23)),
        complaint(None, at(0, 9)),
        complaint(Some("stall"), at(0, 11)),
    ]);
    let listed = complaints_of_day(&complaints, AsOf::on(day()));
    let counts: Vec<_> = listed
        .iter()
        .map(|of| (of.seller.as_deref(), of.complaints.len()))
        .collect();
    assert_eq!(counts, [(None, 1), (Some("stall"), 2)]);
}
