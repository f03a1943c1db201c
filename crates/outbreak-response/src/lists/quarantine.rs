//! 重担子, the measures: releases, reviews, arrivals with their measure, hand-overs.

use std::collections::BTreeMap;

use grid_model::{PersonId, end_of};
use quarantine_rules::{Cause, FactName, OrderPeriod};
use reporting::{Cell, ColumnKind, List};

use super::{AREA, PERSON, REASON, Writer, date, list, noted, plain, word, words};

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    let today = to.day.as_of.day;
    let tomorrow = end_of(today).date();
    vec![
        releases(
            to,
            "releases_today",
            (
                "今日解除（附解除通知书）",
                "Releases today, with certificate",
            ),
            &to.day.quarantine.orders.released_on(today),
        ),
        releases(
            to,
            "releases_tomorrow",
            ("明日解除", "Releases tomorrow"),
            &to.day.quarantine.orders.releases_on(tomorrow),
        ),
        orders_to_review(to),
        proposed_orders(to),
        undetermined(to),
        hand_overs(to),
        arrivals(to),
    ]
}

fn order_cells(to: &Writer<'_>, order: &OrderPeriod) -> Vec<Cell> {
    vec![
        to.person(order.person),
        to.home(order.person),
        order
            .measure
            .map_or(Cell::Unknown, |measure| word(measure.word())),
        order.place.as_deref().map_or(Cell::Unknown, word),
        date(order.counted_from),
        date(order.until),
        order.clause.as_deref().map_or(Cell::Unknown, plain),
    ]
}

const ORDER: [super::Heading; 7] = [
    PERSON,
    AREA,
    ("measure", "措施", "Measure", ColumnKind::Text),
    ("place", "场所", "Place", ColumnKind::Text),
    ("counted_from", "起算日", "Counted from", ColumnKind::Date),
    ("until", "最后一日", "Last day", ColumnKind::Date),
    ("clause", "依据条款", "Clause", ColumnKind::Text),
];

fn releases(to: &Writer<'_>, key: &str, (zh, en): (&str, &str), orders: &[&OrderPeriod]) -> List {
    let mut list = list(key, zh, en, &ORDER);
    list.rows = orders.iter().map(|order| order_cells(to, order)).collect();
    list
}

fn orders_to_review(to: &Writer<'_>) -> List {
    let headings = [
        &ORDER[..],
        &[
            (
                "now_measure",
                "现行规定措施",
                "Measure the books now say",
                ColumnKind::Text,
            ),
            (
                "now_until",
                "现行规定最后一日",
                "Last day they now say",
                ColumnKind::Date,
            ),
            ("now_clause", "现行条款", "Clause now", ColumnKind::Text),
        ],
    ]
    .concat();
    let list = list(
        "orders_to_review",
        "待复核决定",
        "Orders to review",
        &headings,
    );
    let mut list = noted(
        list,
        "规定变化不等于解除：原决定在复核前继续有效。",
        "A changed book releases nobody: each order stands until the authority reviews it.",
    );
    list.rows = to
        .day
        .quarantine
        .assessment
        .orders_to_review
        .iter()
        .map(|review| {
            let mut cells = order_cells(to, &review.order);
            let now = review.now.as_ref();
            cells.push(now.map_or(words("无条款", "no clause"), |now| {
                word(now.on_as_of.word())
            }));
            cells.push(date(now.and_then(|now| now.until_on_as_of())));
            cells.push(now.map_or(Cell::Unknown, |now| plain(&*now.clause.id)));
            cells
        })
        .collect();
    list
}

fn cause(cause: &Cause) -> Cell {
    match cause {
        Cause::Arrival { record, arrived_at } => {
            let at = reporting::number::print_instant(*arrived_at);
            words(
                &format!("{at}到达（{record}）"),
                &format!("arrived {at} ({record})"),
            )
        }
        Cause::Contact {
            last_exposure,
            secondary,
        } => {
            let (zh, en) = match secondary {
                false => ("密切接触", "close contact"),
                true => ("密接的密接", "secondary contact"),
            };
            words(
                &format!("{zh}，末次暴露{last_exposure}"),
                &format!("{en}, last exposed {last_exposure}"),
            )
        }
    }
}

fn proposed_orders(to: &Writer<'_>) -> List {
    let headings = [
        &ORDER[..],
        &[REASON, ("needs", "待核实", "To find out", ColumnKind::Text)],
    ]
    .concat();
    let list = list("proposed_orders", "拟作决定", "Orders proposed", &headings);
    let mut list = noted(
        list,
        "登记后生效。",
        "Each takes effect when it is recorded.",
    );
    list.rows = to
        .day
        .quarantine
        .assessment
        .proposals
        .iter()
        .map(|proposal| {
            vec![
                to.person(proposal.person),
                to.home(proposal.person),
                word(proposal.measure.word()),
                word(&proposal.place),
                date(proposal.counted_from),
                date(proposal.until),
                plain(&*proposal.clause.id),
                cause(&proposal.cause),
                needs(&proposal.needs),
            ]
        })
        .collect();
    list
}

/// The facts to find out: any one set of them settles it.
fn needs(sets: &[Vec<FactName>]) -> Cell {
    if sets.is_empty() {
        return words("无", "nothing");
    }
    let set = |facts: &Vec<FactName>| {
        facts
            .iter()
            .map(|fact| fact.word())
            .collect::<Vec<_>>()
            .join(" + ")
    };
    plain(sets.iter().map(set).collect::<Vec<_>>().join(" / "))
}

fn undetermined(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("held_under", "现按", "Held under", ColumnKind::Text),
        ("clause", "依据条款", "Clause", ColumnKind::Text),
        ("needs", "待核实", "To find out", ColumnKind::Text),
        REASON,
    ];
    let list = list(
        "undetermined",
        "情况待核实人员",
        "Undetermined: facts to find out",
        &headings,
    );
    let mut list = noted(
        list,
        "未查清前按可能适用的最严措施管理。",
        "Held under the strictest measure that could apply until it is found out.",
    );
    list.rows = to
        .day
        .quarantine
        .assessment
        .undetermined
        .iter()
        .map(|open| {
            vec![
                to.person(open.person),
                to.home(open.person),
                word(open.strictest.on_as_of.word()),
                plain(&*open.strictest.clause.id),
                needs(&open.needs),
                cause(&open.cause),
            ]
        })
        .collect();
    list
}

/// Passed at a checkpoint and not received in the village: a hole.
fn hand_overs(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("arrived_at", "到达", "Arrived", ColumnKind::Instant),
        ("checkpoint", "卡点", "Checkpoint", ColumnKind::Text),
    ];
    let list = list(
        "hand_overs",
        "已过卡点未交接人员",
        "Passed but not received",
        &headings,
    );
    let mut list = noted(
        list,
        "请村组今日核实接收。",
        "The village is to receive them today.",
    );
    let open = to.records.arrivals.happened(to.day.as_of).filter(|held| {
        let received = held
            .what
            .handed_over_at
            .is_some_and(|at| to.day.as_of.has_happened(at));
        held.what.checkpoint.is_some() && held.what.outside_city != Some(false) && !received
    });
    list.rows = open
        .map(|held| {
            let checkpoint = held
                .what
                .checkpoint
                .map_or(Cell::Unknown, |id| to.checkpoint(id));
            vec![
                to.person(held.what.person),
                to.home(held.what.person),
                Cell::Instant(held.what.arrived_at),
                checkpoint,
            ]
        })
        .collect();
    list
}

fn arrivals(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("arrived_at", "到达", "Arrived", ColumnKind::Instant),
        ("from_place", "来自", "From", ColumnKind::Text),
        ("kind", "类别", "Kind", ColumnKind::Text),
        ("via_hubei", "途经湖北", "Via Hubei", ColumnKind::Text),
        ("measure", "措施", "Measure", ColumnKind::Text),
        ("until", "最后一日", "Last day", ColumnKind::Date),
        ("clause", "依据条款", "Clause", ColumnKind::Text),
    ];
    let mut list = list(
        "arrivals",
        "今日到达人员及措施",
        "Arrivals today and their measure",
        &headings,
    );
    let proposed: BTreeMap<PersonId, _> = to
        .day
        .quarantine
        .assessment
        .proposals
        .iter()
        .map(|one| (one.person, one))
        .collect();
    let today = to.records.arrivals.happened(to.day.as_of);
    let today = today.filter(|held| held.what.arrived_at >= to.day.as_of.start());
    list.rows = today
        .map(|held| {
            let arrival = held.what;
            let person = arrival.person;
            let (measure, until, clause) =
                match to.day.quarantine.orders.held(person, to.day.as_of.day) {
                    Some(order) => (
                        order
                            .measure
                            .map_or(Cell::Unknown, |measure| word(measure.word())),
                        date(order.until),
                        order.clause.as_deref().map_or(Cell::Unknown, plain),
                    ),
                    None => match proposed.get(&person) {
                        Some(one) => (
                            word(one.measure.word()),
                            date(one.until),
                            plain(&*one.clause.id),
                        ),
                        None => (
                            words("无需措施", "none needed"),
                            Cell::Unknown,
                            Cell::Unknown,
                        ),
                    },
                };
            let via_hubei = match arrival.via_hubei {
                Some(true) => words("是", "yes"),
                Some(false) => words("否", "no"),
                None => Cell::Unknown,
            };
            vec![
                to.person(person),
                to.home(person),
                Cell::Instant(arrival.arrived_at),
                arrival.from_place.as_deref().map_or(Cell::Unknown, plain),
                arrival.kind.map_or(Cell::Unknown, |kind| word(kind.word())),
                via_hubei,
                measure,
                until,
                clause,
            ]
        })
        .collect();
    list
}
