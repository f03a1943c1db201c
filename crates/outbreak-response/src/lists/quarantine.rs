//! 重担子, the measures: releases with what their certificates need, reviews, proposals.

use quarantine_rules::{
    Cause, FactName, OrderPeriod, OrderReview, ReleaseTiming, ReplacedBecause, consequences,
};
use reporting::{Cell, ColumnKind, List};

use super::{AREA, PERSON, REASON, Writer, date, list, noted, number, plain, word, words};
use crate::steps::ReleaseNotice;

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    let releases_of = &to.day.quarantine.releases;
    let today = releases(
        to,
        "releases_today",
        (
            "今日解除（附解除通知书）",
            "Releases today, with certificate",
        ),
        &releases_of.today,
    );
    let tomorrow = releases(
        to,
        "releases_tomorrow",
        ("明日解除", "Releases tomorrow"),
        &releases_of.tomorrow,
    );
    let overdue = releases(
        to,
        "releases_overdue",
        ("期满未出具通知书", "Over, and no certificate recorded"),
        &releases_of.overdue,
    );
    let overdue = noted(
        overdue,
        "决定已自行期满，请今日送达通知书并登记。",
        "The orders are over by themselves: hand the certificates over today and record it.",
    );
    let mut lists = vec![today, tomorrow, overdue, orders_to_review(to)];
    lists.push(proposed_orders(to));
    lists.push(undetermined(to));
    lists
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

const ORDERED_BY: super::Heading = ("ordered_by", "决定机关", "Ordered by", ColumnKind::Text);

fn releases(to: &Writer<'_>, key: &str, (zh, en): (&str, &str), notices: &[ReleaseNotice]) -> List {
    let headings = [
        &ORDER[..],
        &[
            ORDERED_BY,
            (
                "days_counted",
                "计满天数",
                "Days counted",
                ColumnKind::Count,
            ),
            ("days_held", "实际天数", "Days held", ColumnKind::Count),
            ("timing", "解除情形", "Timing", ColumnKind::Text),
            ("missing", "尚缺", "Missing", ColumnKind::Text),
            ("notice", "通知书内容", "Wording", ColumnKind::Text),
        ],
    ]
    .concat();
    let mut list = list(key, zh, en, &headings);
    list.rows = notices
        .iter()
        .map(|notice| release_cells(to, notice))
        .collect();
    list
}

fn release_cells(to: &Writer<'_>, notice: &ReleaseNotice) -> Vec<Cell> {
    let one = &notice.certificate;
    let missing =
        |language| -> Vec<&str> { one.missing.iter().map(|what| what.name(language)).collect() };
    vec![
        to.person(one.person),
        to.home(one.person),
        one.measure
            .map_or(Cell::Unknown, |measure| word(measure.word())),
        one.place.as_deref().map_or(Cell::Unknown, word),
        date(one.counted_from),
        date(one.last_day),
        one.clause.as_deref().map_or(Cell::Unknown, plain),
        one.ordered_by.as_deref().map_or(Cell::Unknown, word),
        one.days_counted.map_or(Cell::Unknown, number),
        number(one.days_held),
        timing(one.timing),
        match one.missing.is_empty() {
            true => words("无", "nothing"),
            false => words(
                &missing(quarantine_rules::Language::Chinese).join("、"),
                &missing(quarantine_rules::Language::English).join("; "),
            ),
        },
        Cell::Text(notice.text.clone()),
    ]
}

fn timing(timing: ReleaseTiming) -> Cell {
    match timing {
        ReleaseTiming::OnTime => words("期满", "on time"),
        ReleaseTiming::Early => words("提前解除，请今日核实", "early: look into it today"),
        ReleaseTiming::NoLastDay => words("未定期限，已登记解除", "no last day was fixed"),
        ReleaseTiming::Overturned => words("决定撤销", "overturned"),
    }
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
            ("because", "不同之处", "What differs", ColumnKind::Text),
            ORDERED_BY,
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
            cells.push(because(review));
            let by = review.order.ordered_by.as_deref();
            cells.push(by.map_or(Cell::Unknown, word));
            cells
        })
        .collect();
    list
}

/// What the book says otherwise than the order.
fn because(review: &OrderReview) -> Cell {
    let Some(now) = &review.now else {
        return words("现行规定无此条款", "no clause any more");
    };
    let replaced = consequences(now, review.order.begun_on, Some(&review.order)).replaces;
    let Some(replaced) = replaced else {
        return Cell::Unknown;
    };
    match replaced.because {
        ReplacedBecause::DayZero => words("起算日", "day 0"),
        ReplacedBecause::Measure => words("措施或地点", "measure or place"),
        ReplacedBecause::Clause => words("条款", "clause"),
        ReplacedBecause::Facts => words("事实", "facts"),
        ReplacedBecause::NoLastDay => words("原决定未定最后一日", "no last day was ordered"),
    }
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
    let told = |language, and: &str, or: &str| {
        let set = |facts: &Vec<FactName>| {
            let names: Vec<&str> = facts.iter().map(|fact| fact.name(language)).collect();
            names.join(and)
        };
        sets.iter().map(set).collect::<Vec<_>>().join(or)
    };
    words(
        &told(quarantine_rules::Language::Chinese, "、", "；或者"),
        &told(quarantine_rules::Language::English, ", then ", "; or "),
    )
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
