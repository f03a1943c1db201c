//! 钉钉子: duties short, tasks with what is left, those that stall, the figures for the city,
//! corrections.

use grid_model::{PersonId, Snapshot};
use reporting::{Cell, ColumnKind, List};
use task_tracking::{
    DutyStanding, Forecast, ItemStanding, OutreachPlace, PlaceStanding, ProgrammeStanding,
};

use super::{AREA, Heading, Writer, date, instant, list, none, noted, number, plain, word, words};
use crate::charts::unit_kept;
use crate::corrections::Change;
use crate::steps::NailDay;
use crate::{Day, Records};

impl NailDay {
    /// Every item of every programme, those that are finished too.
    ///
    /// It carries ids in full and is for those who must act, never for the public.
    pub fn tasks(&self, town: &Snapshot<'_>, records: &Records) -> List {
        let list = list("tasks", "全部任务", "Tasks, item by item", &COLUMNS);
        rows(list, &Writer::new(town, records, self), |_| true)
    }

    /// What the staff's day lists of duties and tasks: the same as in [`Day::lists`].
    pub fn lists(&self, town: &Snapshot<'_>, records: &Records) -> Vec<List> {
        let to = Writer::new(town, records, self);
        vec![duties_short(&to), tasks_open(&to), tasks_stalled(&to)]
    }
}

fn duties_short(to: &Writer<'_, NailDay>) -> List {
    let headings = [
        ("duty", "职责", "Duty", ColumnKind::Text),
        ("kind", "类别", "Kind", ColumnKind::Text),
        ("period", "时段", "Period", ColumnKind::Text),
        AREA,
        ("done", "已完成", "Done", ColumnKind::Count),
        ("quota", "应完成", "Quota", ColumnKind::Count),
        (
            "work_group",
            "责任组",
            "Accountable group",
            ColumnKind::Text,
        ),
    ];
    let mut list = list(
        "duties_short",
        "广播、标语等欠账",
        "Broadcasts, slogans and other duties short",
        &headings,
    );
    let shortfalls = to.day.duties.shortfalls();
    let rows = shortfalls.map(|(duty, place)| duty_row(to, duty, place));
    list.rows = rows.collect();
    list
}

fn duty_row(to: &Writer<'_, NailDay>, duty: &DutyStanding, place: &PlaceStanding) -> Vec<Cell> {
    let held = to.township.duties().held(duty.duty.index(), to.town.as_of);
    let title = held.map_or(Cell::Unknown, |held| {
        words(&held.what.title_zh, &held.what.title_en)
    });
    let at = match place.place {
        OutreachPlace::Area(area) => to.area(Some(area)),
        OutreachPlace::Venue(venue) => plain(to.township.venue_key(venue)),
    };
    let group = duty.work_group.map_or(Cell::Unknown, |group| {
        plain(to.township.work_group_key(group))
    });
    vec![
        title,
        word(duty.kind.word()),
        word(duty.period.word()),
        at,
        number(place.done),
        number(place.quota),
        group,
    ]
}

const COLUMNS: [Heading; 15] = [
    ("programme", "工作", "Programme", ColumnKind::Text),
    ("item", "项目", "Item", ColumnKind::Text),
    AREA,
    ("owner", "责任人", "Owner", ColumnKind::Text),
    ("deputy", "副责任人", "Deputy", ColumnKind::Text),
    ("unit", "单位", "Unit", ColumnKind::Text),
    ("target", "目标", "Target", ColumnKind::Count),
    ("done", "已完成", "Done", ColumnKind::Count),
    ("left", "剩余", "Left", ColumnKind::Count),
    ("due", "期限", "Due", ColumnKind::Date),
    (
        "overdue_days",
        "超期天数",
        "Days overdue",
        ColumnKind::Count,
    ),
    ("forecast", "预计完成", "Forecast", ColumnKind::Text),
    ("state", "状态", "State", ColumnKind::Text),
    ("next_step", "下一步", "Next step", ColumnKind::Text),
    ("goes_to", "找谁", "Goes to", ColumnKind::Text),
];

/// Items with something left.
fn tasks_open(to: &Writer<'_, NailDay>) -> List {
    let list = list(
        "tasks_open",
        "任务剩余清单",
        "Tasks: what is left, item by item",
        &COLUMNS,
    );
    rows(list, to, |item| item.left > 0)
}

/// Of those, the stalled and the overdue.
fn tasks_stalled(to: &Writer<'_, NailDay>) -> List {
    let list = list(
        "tasks_stalled",
        "停滞及超期任务",
        "Tasks stalled or overdue",
        &COLUMNS,
    );
    let list = noted(
        list,
        "请责任人说明原因。",
        "Whoever answers for it is to say why.",
    );
    rows(list, to, |item| {
        item.stalled.is_some() || item.overdue_days.is_some()
    })
}

fn rows(mut list: List, to: &Writer<'_, NailDay>, wanted: fn(&ItemStanding) -> bool) -> List {
    for programme in &to.day.programmes.programmes {
        let wanted = programme.items.iter().filter(|item| wanted(item));
        list.rows
            .extend(wanted.map(|item| row(to, programme, item)));
    }
    list
}

fn row(to: &Writer<'_, NailDay>, programme: &ProgrammeStanding, item: &ItemStanding) -> Vec<Cell> {
    let programmes = &to.records.programmes;
    let held = programmes.held(programme.programme.index(), to.town.as_of);
    let answers = to.day.answers.get(&item.item).copied();
    vec![
        held.map_or(Cell::Unknown, |held| {
            words(&held.what.name_zh, &held.what.name_en)
        }),
        plain(to.records.items.id(item.item.index())),
        to.area(item.area),
        to.maybe_person(item.owner),
        to.maybe_person(item.deputy),
        held.map_or(Cell::Unknown, |held| Cell::Text(unit_kept(&held.what.unit))),
        number(item.target),
        number(item.done),
        number(item.left),
        date(item.due),
        number(item.overdue_days.unwrap_or(0)),
        forecast(item),
        state(item),
        word(item.next_step(answers).word()),
        goes_to(to, item, answers),
    ]
}

fn forecast(item: &ItemStanding) -> Cell {
    match item.forecast {
        Forecast::Finished => words("已完成", "finished"),
        Forecast::On(day) => Cell::Date(day),
        Forecast::NoPace => words("无法预计", "no pace to judge by"),
        Forecast::BeyondTheCalendar => words("遥遥无期", "later than a calendar reaches"),
    }
}

fn state(item: &ItemStanding) -> Cell {
    match (&item.stalled, item.overdue_days) {
        (_, Some(days)) => words(&format!("超期{days}天"), &format!("overdue by {days} days")),
        (Some(stalled), None) => words(
            &format!("已停滞超过{}天", stalled.after_days),
            &format!("no progress for over {} days", stalled.after_days),
        ),
        (None, None) if item.left == 0 => words("已完成", "finished"),
        (None, None) => words("推进中", "under way"),
    }
}

/// Whom the next step goes to; nobody where nothing is to be done.
fn goes_to(to: &Writer<'_, NailDay>, item: &ItemStanding, answers: Option<PersonId>) -> Cell {
    match answers {
        Some(person) if item.left > 0 => to.person(person),
        _ => none(),
    }
}

/// The day's figures as the city takes them: yesterday as reported, today, the change, and what
/// yesterday is corrected to.
pub(super) fn city_figures(day: &Day) -> List {
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
