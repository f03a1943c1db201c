//! 菜篮子: prices and complaints, seller by seller.

use std::collections::BTreeSet;

use reporting::{Cell, ColumnKind, List};
use supply_allocation::{PriceRule, SellerQuality};

use super::{Heading, Writer, instant, joined, list, noted, number, plain, word, words};

const SELLER: Heading = ("seller", "商户", "Seller", ColumnKind::Text);
const GOOD: Heading = ("good", "物资", "Good", ColumnKind::Text);

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![
        price_alerts(to),
        ranked(to),
        few_prices(to),
        complaints(to),
        quality(to),
    ]
}

/// Whether little is known, in the words of a list.
fn few(is_few: bool) -> Cell {
    if is_few {
        words("观察次数少，仅供参考", "few observations")
    } else {
        words("无", "none")
    }
}

fn share(per_mille: u32) -> Cell {
    Cell::Share(per_mille.into())
}

fn ranked(to: &Writer<'_>) -> List {
    let headings = [
        SELLER,
        ("alerts", "预警", "Alerts", ColumnKind::Count),
        ("level", "相对基线", "Of the baseline", ColumnKind::Share),
        ("prices", "价格数", "Prices", ColumnKind::Count),
        ("caution", "提示", "Caution", ColumnKind::Text),
    ];
    let mut list = list(
        "sellers_ranked",
        "商户价格排名",
        "Sellers by price, the dearest first",
        &headings,
    );
    let sellers = to.day.basket.prices.sellers.iter();
    list.rows = sellers
        .map(|of| {
            let level = of.per_mille_of_baseline;
            let level = level.and_then(|level| u32::try_from(level).ok());
            vec![
                plain(&*of.seller),
                number(of.alerts),
                level.map_or(Cell::Unknown, share),
                number(of.prices),
                few(of.few),
            ]
        })
        .collect();
    list
}

fn few_prices(to: &Writer<'_>) -> List {
    let headings = [
        GOOD,
        ("prices", "已有价格数", "Prices seen", ColumnKind::Count),
        ("needed", "需要", "Needed", ColumnKind::Count),
    ];
    let list = list(
        "prices_too_few",
        "价格观察不足",
        "Goods with too few prices for a baseline",
        &headings,
    );
    let mut list = noted(
        list,
        "这些物资暂无法按基线预警。",
        "No price of these is called out as over the baseline.",
    );
    let goods = to.day.basket.prices.too_few.iter();
    list.rows = goods
        .map(|of| vec![word(&of.good), number(of.prices), number(of.needed)])
        .collect();
    list
}

fn quality(to: &Writer<'_>) -> List {
    let headings = [
        SELLER,
        ("kind", "事由", "About", ColumnKind::Text),
        ("complaints", "投诉", "Complaints", ColumnKind::Count),
        ("days", "有投诉的天数", "Days with one", ColumnKind::Count),
        ("days_seen", "观察天数", "Days seen", ColumnKind::Count),
        ("rate", "占比", "Rate", ColumnKind::Share),
        ("low", "下限", "At least", ColumnKind::Share),
        ("high", "上限", "At most", ColumnKind::Share),
        ("caution", "提示", "Caution", ColumnKind::Text),
    ];
    let list = list(
        "seller_quality",
        "商户投诉率",
        "Complaints by seller and kind, the surest first",
        &headings,
    );
    let mut list = noted(
        list,
        "占比为观察期内有投诉的天数；上下限为95%置信区间（Wilson）。",
        "The rate is of days the seller was seen; the ends are Wilson's interval of 95 %.",
    );
    let row = |of: &SellerQuality| {
        let rate = |end: fn(&supply_allocation::Rate) -> u32| {
            of.rate
                .as_ref()
                .map_or(Cell::Unknown, |rate| share(end(rate)))
        };
        vec![
            of.seller.as_deref().map_or(Cell::Unknown, plain),
            of.kind.as_deref().map_or(Cell::Unknown, word),
            number(of.complaints),
            number(of.days_complained),
            number(of.days_seen),
            rate(|rate| rate.per_mille),
            rate(|rate| rate.low),
            rate(|rate| rate.high),
            few(of.few),
        ]
    };
    list.rows = to.day.basket.quality.iter().map(row).collect();
    list
}

fn price_alerts(to: &Writer<'_>) -> List {
    let headings = [
        SELLER,
        GOOD,
        ("price", "价格（元）", "Price, yuan", ColumnKind::Hundredths),
        (
            "most",
            "上限（元）",
            "At most, yuan",
            ColumnKind::Hundredths,
        ),
        ("at", "时间", "When", ColumnKind::Instant),
        ("rule", "情形", "Rule", ColumnKind::Text),
        ("law", "依据", "Law", ColumnKind::Text),
    ];
    let list = list("price_alerts", "价格预警", "Price alerts", &headings);
    let mut list = noted(list, "请市场监管人员今日核查。", "To be looked into today.");
    let money = |fen: u64| Cell::Hundredths(i64::try_from(fen).unwrap_or(i64::MAX));
    list.rows = to
        .day
        .basket
        .prices
        .alerts
        .iter()
        .map(|alert| {
            // Two rules may rest on one law.
            let laws: BTreeSet<&str> = alert
                .breaches
                .iter()
                .map(|breach| &*breach.citation)
                .collect();
            let most = alert
                .breaches
                .iter()
                .map(|breach| breach.most_fen)
                .min()
                .unwrap_or_default();
            vec![
                plain(&*alert.seller),
                word(&alert.good),
                money(alert.price_fen),
                money(most),
                instant(Some(alert.at)),
                super::listed(alert.breaches.iter().map(|breach| match breach.rule {
                    PriceRule::OverBaseline => "over_baseline",
                    PriceRule::OverCost => "over_cost",
                    PriceRule::Rise => "rise",
                })),
                plain(joined(laws)),
            ]
        })
        .collect();
    list
}

fn complaints(to: &Writer<'_>) -> List {
    let headings = [
        SELLER,
        GOOD,
        ("kind", "事由", "About", ColumnKind::Text),
        ("record", "编号", "Record", ColumnKind::Text),
    ];
    let mut list = list("complaints", "投诉", "Complaints", &headings);
    let said = |words: &Option<Box<str>>| words.as_deref().map_or(Cell::Unknown, word);
    for seller in &to.day.basket.complaints {
        for complaint in &seller.complaints {
            list.rows.push(vec![
                seller.seller.as_deref().map_or(Cell::Unknown, plain),
                said(&complaint.good),
                said(&complaint.kind),
                plain(&*complaint.record),
            ]);
        }
    }
    list
}
