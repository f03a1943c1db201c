//! 门路子: matches, who goes nowhere and why, departures.

use job_matching::{Departure, JobPlan, departures};
use reporting::{Cell, ColumnKind, List};

use super::{AREA, PERSON, REASON, Writer, joined, list, listed, noted, number, plain, word};

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![matches(to), unmatched(to), leaving(to)]
}

fn plan<'a>(to: &Writer<'a>) -> Option<&'a JobPlan> {
    to.day.way_out.plan.as_ref().ok()
}

fn matches(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("vacancy", "岗位", "Vacancy", ColumnKind::Text),
        ("skill", "技能", "Skill", ColumnKind::Text),
        ("cleared_on", "可外出日", "Cleared on", ColumnKind::Date),
    ];
    let list = list(
        "job_matches",
        "今日匹配岗位",
        "Matched to a vacancy today",
        &headings,
    );
    let mut list = noted(
        list,
        "只告知用工单位“某日可外出”，不告知既往情况。",
        "An employer learns the day of clearance, never the history.",
    );
    let matches = plan(to)
        .map(|plan| plan.matches.as_slice())
        .unwrap_or_default();
    list.rows = matches
        .iter()
        .map(|one| {
            vec![
                to.person(one.person),
                to.home(one.person),
                plain(to.records.vacancies.id(one.vacancy.index())),
                one.skill.as_deref().map_or(Cell::Unknown, word),
                Cell::Date(one.notice.cleared_on),
            ]
        })
        .collect();
    list
}

fn unmatched(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        REASON,
        ("hindrances", "未达条件", "What hinders", ColumnKind::Text),
    ];
    let mut list = list(
        "unmatched_workers",
        "未匹配技术人员及原因",
        "Skilled and not matched, with the reason",
        &headings,
    );
    let unmatched = plan(to)
        .map(|plan| plan.unmatched.as_slice())
        .unwrap_or_default();
    list.rows = unmatched
        .iter()
        .map(|one| {
            let hindrances = match one.hindrances.is_empty() {
                true => super::words("无", "none"),
                false => listed(one.hindrances.iter().map(|hindrance| hindrance.word())),
            };
            vec![
                to.person(one.person),
                to.home(one.person),
                word(one.because.word()),
                hindrances,
            ]
        })
        .collect();
    list
}

fn leaving(to: &Writer<'_>) -> List {
    let headings = [
        ("day", "日期", "Day", ColumnKind::Date),
        ("destination", "目的地", "Destination", ColumnKind::Text),
        ("people", "人数", "People", ColumnKind::Count),
        ("who", "人员", "Who", ColumnKind::Text),
    ];
    let mut list = list(
        "departures",
        "外出务工批次",
        "Departures by day and destination",
        &headings,
    );
    let batches = departures(&to.records.placements, &to.records.vacancies, to.day.as_of);
    list.rows = batches.iter().map(|batch| batch_row(to, batch)).collect();
    list
}

fn batch_row(to: &Writer<'_>, batch: &Departure) -> Vec<Cell> {
    let who = batch
        .people
        .iter()
        .map(|person| to.township.person_key(*person).to_owned());
    vec![
        Cell::Date(batch.day),
        batch.destination.as_deref().map_or(Cell::Unknown, plain),
        number(batch.people.len()),
        plain(joined(who)),
    ]
}
