//! 菜篮子: rounds by purchaser, what falls short and why, prices and complaints.

use reporting::{Cell, ColumnKind, List};
use supply_allocation::{Bottleneck, NotServing, SupplyPlan};

use super::{
    HOUSEHOLD, REASON, Writer, instant, joined, list, noted, number, plain, text, word, words,
};

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![
        rounds(to),
        shortfalls(to),
        without_purchaser(to),
        price_alerts(to),
        complaints(to),
    ]
}

fn plan<'a>(to: &Writer<'a>) -> Option<&'a SupplyPlan> {
    to.day.basket.plan.as_ref().ok()
}

fn rounds(to: &Writer<'_>) -> List {
    let headings = [
        ("purchaser", "采购员", "Purchaser", ColumnKind::Text),
        HOUSEHOLD,
        ("good", "物资", "Good", ColumnKind::Text),
        ("packets", "份", "Packets", ColumnKind::Count),
        ("supplier", "供应商", "Supplier", ColumnKind::Text),
    ];
    let mut list = list(
        "supply_rounds",
        "采购配送任务",
        "Supply rounds by purchaser",
        &headings,
    );
    let rounds = plan(to).map(SupplyPlan::rounds).unwrap_or_default();
    list.rows = rounds
        .iter()
        .flat_map(|round| &round.lines)
        .map(|line| {
            vec![
                to.person(line.purchaser),
                to.household(line.household),
                word(&line.good),
                number(line.packets),
                plain(&*line.supplier),
            ]
        })
        .collect();
    list
}

fn shortfalls(to: &Writer<'_>) -> List {
    let headings = [
        HOUSEHOLD,
        ("good", "物资", "Good", ColumnKind::Text),
        ("tier", "层级", "Tier", ColumnKind::Text),
        ("packets", "缺", "Short", ColumnKind::Count),
        REASON,
    ];
    let mut list = list(
        "supply_shortfalls",
        "物资缺口",
        "Packets short, with the bottleneck",
        &headings,
    );
    let shortfalls = plan(to)
        .map(|plan| plan.shortfalls.as_slice())
        .unwrap_or_default();
    list.rows = shortfalls
        .iter()
        .map(|short| {
            vec![
                to.household(short.household),
                word(&short.good),
                word(short.tier.word()),
                number(short.packets),
                bottleneck(to, &short.bottleneck),
            ]
        })
        .collect();
    list
}

fn bottleneck(to: &Writer<'_>, bottleneck: &Bottleneck) -> Cell {
    let key = |person| to.township.person_key(person);
    match bottleneck {
        Bottleneck::Stock { good } => words(
            &format!("{}库存用尽", text(good).zh),
            &format!("stock of {} used up", text(good).en),
        ),
        Bottleneck::Carrying { person } => {
            let person = key(*person);
            words(
                &format!("采购员{person}已达承载上限"),
                &format!("purchaser {person} carries all they can"),
            )
        }
        Bottleneck::StockAndCarrying { good, person } => {
            let person = key(*person);
            words(
                &format!("{}库存及采购员{person}均已到上限", text(good).zh),
                &format!(
                    "stock of {} and purchaser {person} are both at their limit",
                    text(good).en
                ),
            )
        }
        Bottleneck::NoPurchaser => words("本村无采购员", "the village has no purchaser"),
        Bottleneck::PurchaserNotAllowed { person } => {
            let person = key(*person);
            words(
                &format!("采购员{person}在隔离或外出"),
                &format!("purchaser {person} is under observation or away"),
            )
        }
        Bottleneck::OverAssessedNeed => words("超出核定需求", "beyond the assessed need"),
    }
}

fn without_purchaser(to: &Writer<'_>) -> List {
    let headings = [
        ("village", "自然村", "Natural village", ColumnKind::Text),
        ("proposal", "建议人选", "Proposed", ColumnKind::Text),
        REASON,
    ];
    let mut list = list(
        "villages_without_purchaser",
        "无采购员自然村",
        "Natural villages without a purchaser",
        &headings,
    );
    list.rows = to
        .day
        .basket
        .purchasers
        .without
        .iter()
        .map(|village| {
            let why = village.recorded.iter().map(|(person, why)| {
                format!("{}: {}", to.township.person_key(*person), not_serving(*why))
            });
            let reason = match joined(why) {
                none if none.is_empty() => words("无任命记录", "nobody was appointed"),
                why => plain(why),
            };
            vec![
                to.area(Some(village.village)),
                to.maybe_person(village.proposal),
                reason,
            ]
        })
        .collect();
    list
}

fn not_serving(why: NotServing) -> &'static str {
    match why {
        NotServing::NotYet(_) => "begins only later",
        NotServing::Ended(_) => "has ended",
        NotServing::UnderObservation => "under observation",
        NotServing::NotHere => "not here",
    }
}

fn price_alerts(to: &Writer<'_>) -> List {
    let headings = [
        ("seller", "商户", "Seller", ColumnKind::Text),
        ("good", "物资", "Good", ColumnKind::Text),
        ("price", "价格（元）", "Price, yuan", ColumnKind::Hundredths),
        (
            "most",
            "上限（元）",
            "At most, yuan",
            ColumnKind::Hundredths,
        ),
        ("at", "时间", "When", ColumnKind::Instant),
        ("rule", "依据", "Rule", ColumnKind::Text),
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
                plain(joined(
                    alert.breaches.iter().map(|breach| &*breach.citation),
                )),
            ]
        })
        .collect();
    list
}

fn complaints(to: &Writer<'_>) -> List {
    let headings = [
        ("seller", "商户", "Seller", ColumnKind::Text),
        ("good", "物资", "Good", ColumnKind::Text),
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
