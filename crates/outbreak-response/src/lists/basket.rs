//! 菜篮子: rounds by purchaser, what falls short and why, who stands in, what became of packets.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::HouseholdId;
use reporting::{Cell, ColumnKind, List, Text};
use supply_allocation::{
    Bottleneck, LoadLimit, Nearness, NotServing, StandIn, SupplyPlan, Tier, VillageShortage,
};

use super::{
    HOUSEHOLD, Heading, REASON, Writer, instant, list, noted, number, plain, text, word, words,
};

const GOOD: Heading = ("good", "物资", "Good", ColumnKind::Text);
const VILLAGE: Heading = ("village", "自然村", "Natural village", ColumnKind::Text);

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![
        rounds(to),
        shortfalls(to),
        bottlenecks(to),
        lapsed(to),
        balance(to),
        without_purchaser(to),
        replaced(to),
    ]
}

fn plan<'a>(to: &Writer<'a>) -> Option<&'a SupplyPlan> {
    to.day.basket.plan.as_ref().ok()
}

fn rounds(to: &Writer<'_>) -> List {
    let headings = [
        ("purchaser", "采购员", "Purchaser", ColumnKind::Text),
        HOUSEHOLD,
        GOOD,
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
        GOOD,
        ("tier", "层级", "Tier", ColumnKind::Text),
        ("packets", "缺", "Short", ColumnKind::Count),
        ("since", "最早下单", "Waiting since", ColumnKind::Instant),
        REASON,
    ];
    let mut list = list(
        "supply_shortfalls",
        "物资缺口",
        "Packets short, with the bottleneck",
        &headings,
    );
    let since = waiting_since(to);
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
                instant(
                    since
                        .get(&(short.household, &*short.good, short.tier))
                        .copied(),
                ),
                bottleneck(to, &short.bottleneck),
            ]
        })
        .collect();
    list
}

/// Since when the oldest order of each need waits.
fn waiting_since<'a>(to: &Writer<'a>) -> BTreeMap<(HouseholdId, &'a str, Tier), NaiveDateTime> {
    let lines = to.day.basket.demand.iter();
    lines
        .map(|line| {
            let key = (line.household, &*line.good, line.tier);
            (key, line.waiting_since)
        })
        .collect()
}

fn bottlenecks(to: &Writer<'_>) -> List {
    let headings = [
        GOOD,
        VILLAGE,
        ("packets", "缺", "Short", ColumnKind::Count),
        (
            "can_carry",
            "采购员还可配送",
            "The purchaser can carry more",
            ColumnKind::Count,
        ),
        ("in_stock", "库存尚余", "Left in stock", ColumnKind::Count),
        REASON,
    ];
    let list = list(
        "supply_bottlenecks",
        "物资瓶颈",
        "Bottlenecks by village",
        &headings,
    );
    let mut list = noted(
        list,
        "缺库存的请联系供应商，缺人手的请增派采购员。",
        "Where stock lacks, ask the suppliers; where hands lack, send a second purchaser.",
    );
    let shortages = plan(to)
        .map(|plan| plan.shortages.as_slice())
        .unwrap_or_default();
    let row = |short: &VillageShortage| {
        vec![
            word(&short.good),
            to.area(short.village),
            number(short.packets),
            number(short.can_carry),
            number(short.in_stock),
            bottleneck(to, &short.bottleneck),
        ]
    };
    list.rows = shortages.iter().map(row).collect();
    list
}

fn lapsed(to: &Writer<'_>) -> List {
    let headings = [
        HOUSEHOLD,
        GOOD,
        ("tier", "层级", "Tier", ColumnKind::Text),
        ("packets", "未送达", "Never brought", ColumnKind::Count),
        ("ordered_at", "下单时间", "Ordered", ColumnKind::Instant),
    ];
    let list = list(
        "orders_lapsed",
        "到期未送达订单",
        "Orders that lapsed last night",
        &headings,
    );
    let mut list = noted(
        list,
        "订单已到期，不会再配送；请今日询问该户是否仍需要。",
        "Nobody brings these any more: ask each household today whether it still needs them.",
    );
    let orders = to.day.basket.lapsed.iter();
    list.rows = orders
        .map(|order| {
            vec![
                to.household(order.household),
                word(&order.good),
                word(order.tier.word()),
                number(order.packets),
                instant(Some(order.ordered_at)),
            ]
        })
        .collect();
    list
}

fn balance(to: &Writer<'_>) -> List {
    let headings = [
        VILLAGE,
        GOOD,
        ("bought", "采购", "Bought", ColumnKind::Count),
        ("delivered", "已送达", "Delivered", ColumnKind::Count),
        ("stock", "退回留存", "With the purchaser", ColumnKind::Count),
        ("loss", "损耗", "Lost", ColumnKind::Count),
        ("missing", "不明", "Missing", ColumnKind::Count),
    ];
    let mut list = list(
        "supply_balance",
        "物资平衡：采购＝送达＋留存＋损耗",
        "Packets carried today: bought = delivered + stock + loss",
        &headings,
    );
    let rows = to.day.basket.balance.iter();
    list.rows = rows
        .map(|of| {
            vec![
                to.area(of.village),
                word(&of.good),
                number(of.bought),
                number(of.delivered),
                number(of.stock),
                number(of.loss),
                number(of.missing()),
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
        Bottleneck::Carrying { person, limit } => {
            let (person, full) = (key(*person), full(*limit));
            words(
                &format!("采购员{person}{}", full.zh),
                &format!("purchaser {person} {}", full.en),
            )
        }
        Bottleneck::StockAndCarrying {
            good,
            person,
            limit,
        } => {
            let (person, full) = (key(*person), full(*limit));
            words(
                &format!("{}库存用尽，采购员{person}{}", text(good).zh, full.zh),
                &format!(
                    "stock of {} used up, and purchaser {person} {}",
                    text(good).en,
                    full.en
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

fn full(limit: LoadLimit) -> Text {
    match limit {
        LoadLimit::Packets => Text::new("已达承载上限", "carries all they can"),
        LoadLimit::RoundTime => Text::new("当日时间已满", "has no time for more"),
    }
}

fn without_purchaser(to: &Writer<'_>) -> List {
    let headings = [
        VILLAGE,
        ("proposal", "建议人选", "Proposed", ColumnKind::Text),
        ("nearest", "就近可代", "Nearest who could", ColumnKind::Text),
        ("near", "距离", "How near", ColumnKind::Text),
        ("spare", "还可配送", "Can carry", ColumnKind::Count),
        REASON,
    ];
    let mut list = list(
        "villages_without_purchaser",
        "无采购员自然村",
        "Natural villages without a purchaser",
        &headings,
    );
    let villages = to.day.basket.purchasers.without.iter();
    list.rows = villages
        .map(|village| {
            let nearest = village.nearest.as_ref();
            vec![
                to.area(Some(village.village)),
                to.maybe_person(village.proposal),
                to.maybe_person(nearest.map(|near| near.person)),
                nearest.map_or(Cell::Unknown, how_near),
                nearest.map_or(Cell::Unknown, |near| number(near.spare)),
                why_none(to, &village.recorded),
            ]
        })
        .collect();
    list
}

fn how_near(stand_in: &StandIn) -> Cell {
    match stand_in.nearness {
        Nearness::SameVillage => words("本村", "same village"),
        Nearness::SameCommunity => words("本社区", "same community"),
        Nearness::Elsewhere => words("其他社区", "another community"),
    }
}

/// Why each who was appointed does not serve.
fn why_none(to: &Writer<'_>, recorded: &[(grid_model::PersonId, NotServing)]) -> Cell {
    if recorded.is_empty() {
        return words("无任命记录", "nobody was appointed");
    }
    let each = recorded.iter().map(|&(person, why)| {
        let (person, why) = (to.township.person_key(person), not_serving(why));
        (
            format!("{person}：{}", why.zh),
            format!("{person}: {}", why.en),
        )
    });
    let (zh, en): (Vec<String>, Vec<String>) = each.unzip();
    words(&zh.join("；"), &en.join("; "))
}

fn not_serving(why: NotServing) -> Text {
    match why {
        NotServing::NotYet(_) => Text::new("尚未开始", "begins only later"),
        NotServing::Ended(_) => Text::new("已结束", "has ended"),
        NotServing::UnderObservation => Text::new("在隔离观察", "under observation"),
        NotServing::NotHere => Text::new("不在本镇", "not here"),
    }
}

fn replaced(to: &Writer<'_>) -> List {
    let headings = [
        VILLAGE,
        ("appointed", "原采购员", "Appointed", ColumnKind::Text),
        ("serving", "现采购员", "Serves today", ColumnKind::Text),
    ];
    let list = list(
        "purchasers_replaced",
        "采购员更替",
        "Purchasers replaced",
        &headings,
    );
    let mut list = noted(
        list,
        "原采购员在隔离观察或不在本镇；其余各村不变。",
        "Whoever was appointed is under observation or away; no other village changes.",
    );
    let changes = to.day.basket.replaced.iter();
    list.rows = changes
        .map(|change| {
            vec![
                to.area(Some(change.village)),
                to.maybe_person(change.before),
                to.maybe_person(change.now),
            ]
        })
        .collect();
    list
}
