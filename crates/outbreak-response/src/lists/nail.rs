//! 钉钉子: tasks with what is left, those that stall, the figures for the city, corrections.

use reporting::{Cell, ColumnKind, List};
use task_tracking::{Forecast, ItemStanding, ProgrammeStanding};

use super::{AREA, Writer, date, instant, list, noted, number, plain, words};
use crate::Day;
use crate::corrections::Change;

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![tasks(to, false), tasks(to, true), city_figures(to)]
}

/// Items with something left; or of those, the stalled and the overdue.
fn tasks(to: &Writer<'_>, only_stalled: bool) -> List {
    let headings = [
        ("programme", "工作", "Programme", ColumnKind::Text),
        ("item", "项目", "Item", ColumnKind::Text),
        AREA,
        ("owner", "责任人", "Owner", ColumnKind::Text),
        ("target", "目标", "Target", ColumnKind::Count),
        ("done", "已完成", "Done", ColumnKind::Count),
        ("left", "剩余", "Left", ColumnKind::Count),
        ("due", "期限", "Due", ColumnKind::Date),
        ("forecast", "预计完成", "Forecast", ColumnKind::Text),
        ("state", "状态", "State", ColumnKind::Text),
    ];
    let mut list = match only_stalled {
        false => list(
            "tasks_open",
            "任务剩余清单",
            "Tasks: what is left, item by item",
            &headings,
        ),
        true => noted(
            list(
                "tasks_stalled",
                "停滞及超期任务",
                "Tasks stalled or overdue",
                &headings,
            ),
            "请责任人说明原因。",
            "The owner is to say why.",
        ),
    };
    for programme in &to.day.nail.programmes.programmes {
        for item in programme.items.iter().filter(|item| item.left > 0) {
            if !only_stalled || item.stalled.is_some() || item.overdue_days.is_some() {
                list.rows.push(row(to, programme, item));
            }
        }
    }
    list
}

fn row(to: &Writer<'_>, programme: &ProgrammeStanding, item: &ItemStanding) -> Vec<Cell> {
    let held = to
        .records
        .programmes
        .held(programme.programme.index(), to.day.as_of);
    let name = held.map_or(Cell::Unknown, |held| {
        words(&held.what.name_zh, &held.what.name_en)
    });
    let forecast = match &item.forecast {
        Forecast::Finished => words("已完成", "finished"),
        Forecast::On(day) => Cell::Date(*day),
        _ => words("无法预计", "no pace to judge by"),
    };
    let state = match (&item.stalled, item.overdue_days) {
        (_, Some(days)) => words(&format!("超期{days}天"), &format!("overdue by {days} days")),
        (Some(stalled), None) => words(
            &format!("已停滞超过{}天", stalled.after_days),
            &format!("no progress for over {} days", stalled.after_days),
        ),
        (None, None) => words("推进中", "under way"),
    };
    vec![
        name,
        plain(to.records.items.id(item.item.index())),
        to.area(item.area),
        to.maybe_person(item.owner),
        number(item.target),
        number(item.done),
        number(item.left),
        date(item.due),
        forecast,
        state,
    ]
}

/// The day's figures as the city takes them: yesterday as reported, today, the change, and what
/// yesterday is corrected to.
fn city_figures(to: &Writer<'_>) -> List {
    let headings = [
        ("figure", "指标", "Figure", ColumnKind::Text),
        ("yesterday", "昨日", "Yesterday", ColumnKind::Count),
        ("today", "今日", "Today", ColumnKind::Count),
        ("change", "增减", "Change", ColumnKind::Count),
        (
            "yesterday_corrected",
            "昨日更正后",
            "Yesterday as now known",
            ColumnKind::Count,
        ),
        ("correction", "更正", "Correction", ColumnKind::Count),
    ];
    let mut list = list(
        "city_figures",
        "上报市指挥部数据",
        "Figures for the city",
        &headings,
    );
    let day = to.day;
    let figures = day
        .figures
        .iter()
        .zip(day.yesterday.iter())
        .zip(day.before.iter());
    list.rows = figures
        .map(|(((key, today), (_, yesterday)), (_, corrected))| {
            vec![
                plain(key),
                Cell::Count(yesterday),
                Cell::Count(today),
                Cell::Count(today - yesterday),
                Cell::Count(corrected),
                Cell::Count(corrected - yesterday),
            ]
        })
        .collect();
    list
}

/// What earlier bulletins said and this one corrects, by name.
pub(crate) fn corrections(day: &Day) -> List {
    let headings = [
        ("table", "表", "Table", ColumnKind::Text),
        ("id", "记录编号", "Record", ColumnKind::Text),
        ("corrected_by", "更正记录", "Corrected by", ColumnKind::Text),
        ("change", "变动", "Change", ColumnKind::Text),
        ("happened_at", "发生时间", "Happened", ColumnKind::Instant),
        ("known_at", "获知时间", "Became known", ColumnKind::Instant),
    ];
    let mut list = list("corrections", "更正", "Corrections", &headings);
    list.rows = day
        .corrections
        .iter()
        .map(|record| {
            let change = match record.change {
                Change::Corrected => words("已更正", "corrected"),
                Change::Withdrawn => words("已撤销", "withdrawn"),
                Change::KnownLate => words("迟报", "known late"),
            };
            vec![
                plain(record.table),
                plain(&*record.id),
                plain(&*record.record),
                change,
                instant(record.happened_at),
                instant(Some(record.known_at)),
            ]
        })
        .collect();
    list
}
