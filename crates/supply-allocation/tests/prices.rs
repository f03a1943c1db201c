//! Which prices are called out, which sellers are dear, and what they are complained of for.

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
    let question = PriceQuestion {
        as_of: AsOf::on(day()),
        prices: &ledger(prices),
        suppliers: &ledger(vec![]),
    };
    price_report(&question, &PricePolicy::tengchong_2020())
}

fn supplier(unit_cost_fen: u64) -> Supplier {
    Supplier {
        good: "oil".into(),
        stock: 1,
        unit_cost_fen,
    }
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

#[test]
fn a_margin_over_the_usual_cost_is_called_out_where_no_baseline_is() {
    let prices = ledger(vec![
        price("corner shop", 1_350, at(0, 9)),
        price("stall", 1_351, at(0, 9)),
    ]);
    let question = PriceQuestion {
        as_of: AsOf::on(day()),
        prices: &prices,
        suppliers: &ledger(vec![supplier(900), supplier(1_000), supplier(9_000)]),
    };
    let report = price_report(&question, &PricePolicy::tengchong_2020());
    assert_eq!(report.alerts.len(), 1);
    let breach = &report.alerts[0].breaches[0];
    assert_eq!(
        (breach.rule, breach.against_fen, breach.most_fen),
        (PriceRule::OverCost, 1_000, 1_350)
    );
    assert!(breach.citation.contains("2020"), "{}", breach.citation);
}

#[test]
fn a_good_of_the_day_with_few_prices_before_it_is_said_to_have_few() {
    let mut prices = usual();
    prices.pop();
    prices.push(price("stall", 9_000, at(0, 9)));
    let few = TooFewPrices {
        good: "oil".into(),
        prices: 2,
        needed: 3,
    };
    assert_eq!(report(prices).too_few, [few]);
    assert_eq!(
        report(usual()).too_few,
        [],
        "nothing is compared on a day without prices"
    );
}

#[test]
fn sellers_are_ranked_by_alerts_and_then_by_how_dear_they_are() {
    let mut prices = usual();
    for (seller, fen) in [("a", 900), ("b", 1_100), ("c", 1_100), ("d", 2_000)] {
        prices.push(price(seller, fen, at(0, 9)));
    }
    let report = report(prices);
    let ranked: Vec<_> = report
        .sellers
        .iter()
        .map(|of| (&*of.seller, of.alerts, of.per_mille_of_baseline))
        .collect();
    let expected = [
        ("d", 1, Some(2_000)),
        ("b", 0, Some(1_100)),
        ("c", 0, Some(1_100)),
        ("a", 0, Some(900)),
    ];
    assert_eq!(ranked, expected);
    assert!(report.sellers.iter().all(|of| of.few && of.prices == 1));
}

#[test]
fn a_rate_has_wilsons_interval() {
    let rate = |times, of| Rate::of(times, of).map(|rate| (rate.per_mille, rate.low, rate.high));
    // 95 % intervals as Brown, Cai and DasGupta 2001 define them (doi:10.1214/ss/1009213286).
    assert_eq!(rate(0, 10), Some((0, 0, 278)));
    assert_eq!(rate(1, 10), Some((100, 17, 405)));
    assert_eq!(rate(5, 10), Some((500, 236, 764)));
    assert_eq!(rate(10, 10), Some((1_000, 722, 1_000)));
    assert_eq!(rate(0, 0), None);
    assert_eq!(rate(2, 1), None);
}

#[test]
fn complaints_are_rated_by_the_days_a_seller_was_seen() {
    let complaint = |seller: Option<&str>, kind: &str, at| Complaint {
        seller: seller.map(Box::from),
        good: None,
        at,
        kind: Some(kind.into()),
    };
    let complaints = ledger(vec![
        complaint(Some("stall"), "quality", at(0, 9)),
        complaint(Some("stall"), "quality", at(0, 15)),
        complaint(Some("stall"), "quality", at(2, 9)),
        complaint(Some("stall"), "price", at(3, 9)),
        complaint(Some("market"), "price", at(20, 9)),
        complaint(None, "hoarding", at(1, 9)),
    ]);
    let prices = ledger(
        (0..8)
            .map(|ago| price("stall", 1_000, at(ago, 9)))
            .collect(),
    );
    let policy = SupplyPolicy::tengchong_2020().quality;
    let report = quality_report(&complaints, &prices, AsOf::on(day()), &policy);
    let found: Vec<_> = report
        .iter()
        .map(|of| {
            let (seller, kind) = (of.seller.as_deref(), of.kind.as_deref());
            (
                seller,
                kind,
                of.complaints,
                of.days_complained,
                of.days_seen,
                of.few,
            )
        })
        .collect();
    let expected = [
        (Some("stall"), Some("quality"), 3, 2, 8, false),
        (Some("stall"), Some("price"), 1, 1, 8, false),
        (None, Some("hoarding"), 1, 1, 0, true),
    ];
    assert_eq!(found, expected);
    assert_eq!(report[0].rate, Rate::of(2, 8));
    assert_eq!(report[2].rate, None);
}
