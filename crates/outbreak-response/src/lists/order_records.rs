//! 重担子, the orders' records: what does not fit, what came late, and who lives with somebody held.

use quarantine_rules::Language;
use reporting::{Cell, ColumnKind, List};

use super::{AREA, PERSON, Writer, date, list, noted, plain, word, words};

const RECORD: super::Heading = ("record", "记录编号", "Record", ColumnKind::Text);
const AT: super::Heading = ("at", "时间", "When", ColumnKind::Instant);

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![order_records(to), late_entries(to), household_members(to)]
}

fn order_records(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        AT,
        RECORD,
        ("meaning", "问题", "What does not fit", ColumnKind::Text),
        ("remedy", "处理", "What to do", ColumnKind::Text),
    ];
    let list = list(
        "order_records",
        "待更正的决定记录",
        "Order records to mend",
        &headings,
    );
    let mut list = noted(
        list,
        "记录均已保留并按所述处理，请逐条核实。",
        "No record was dropped; each was taken as it says here. Look into each.",
    );
    let odd = to.day.quarantine.orders.irregularities().iter();
    list.rows = odd
        .map(|one| {
            let (zh, en) = (Language::Chinese, Language::English);
            vec![
                to.person(one.person),
                to.home(one.person),
                Cell::Instant(one.at),
                plain(&*one.record),
                words(one.kind.meaning(zh), one.kind.meaning(en)),
                words(one.kind.remedy(zh), one.kind.remedy(en)),
            ]
        })
        .collect();
    list
}

/// What became known today of an earlier day.
fn late_entries(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        AT,
        RECORD,
        ("known_at", "获知", "Known", ColumnKind::Instant),
        ("corrected_by", "更正记录", "Corrected by", ColumnKind::Text),
    ];
    let list = list(
        "order_entries_late",
        "今日补登或更正的决定记录",
        "Order records entered late or corrected today",
        &headings,
    );
    let mut list = noted(
        list,
        "此前出具的通知书可能受影响，请核对。",
        "What was certified before may have been otherwise: look it up.",
    );
    let today = to.day.as_of.known_by;
    let late = to.day.quarantine.orders.late_entries().iter();
    let late = late.filter(|one| one.known_at.date() == today);
    list.rows = late
        .map(|one| {
            vec![
                to.person(one.person),
                to.home(one.person),
                Cell::Instant(one.at),
                plain(&*one.record),
                Cell::Instant(one.known_at),
                one.corrected_by.as_deref().map_or(Cell::Unknown, plain),
            ]
        })
        .collect();
    list
}

fn household_members(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("lives_with", "同住人员", "Lives with", ColumnKind::Text),
        ("measure", "其措施", "Who is under", ColumnKind::Text),
        (
            "home_ok",
            "可否分开居住",
            "Can live apart",
            ColumnKind::Text,
        ),
        (
            "last_exposure",
            "末次接触",
            "Last exposure",
            ColumnKind::Date,
        ),
    ];
    let list = list(
        "household_members",
        "居家隔离人员的同住人员",
        "Household members of people held at home",
        &headings,
    );
    let mut list = noted(
        list,
        "不能分开居住的，自其本人末次接触起一并观察；不详的请查明。",
        "Who cannot live apart is observed too, from an own last exposure; find out what is not known.",
    );
    let members = to.day.quarantine.household_members.iter();
    list.rows = members
        .map(|one| {
            vec![
                to.person(one.person),
                to.home(one.person),
                to.person(one.lives_with),
                word(one.measure.word()),
                match one.home_ok {
                    Some(false) => words("否", "no"),
                    Some(true) => words("是", "yes"),
                    None => Cell::Unknown,
                },
                date(Some(one.last_exposure)),
            ]
        })
        .collect();
    list
}
