//! 网格子: households missed, communities silent, duties short, posts, people away.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use grid_model::away::Away;
use grid_model::posts::on_the_day;
use grid_model::{AsOf, AwayCallOutcome, PersonId, Role, end_of};
use reporting::{Cell, ColumnKind, List};

use super::{
    AREA, HOUSEHOLD, PERSON, REASON, Writer, date, instant, list, noted, number, word, words,
};
use crate::charts::area_name;

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![
        missed_households(to),
        communities(to),
        posts(
            to,
            "posts_today",
            "今日值守",
            "Posts today",
            to.day.as_of.day,
        ),
        posts(
            to,
            "posts_tomorrow",
            "明日值守",
            "Posts tomorrow",
            end_of(to.day.as_of.day).date(),
        ),
        checkpoint_gaps(to),
        people_away(to),
        expected_arrivals(to),
    ]
}

fn missed_households(to: &Writer<'_>) -> List {
    let headings = [
        HOUSEHOLD,
        AREA,
        ("visits", "走访次数", "Visits", ColumnKind::Count),
        ("last_visit", "上次走访", "Last visit", ColumnKind::Instant),
        REASON,
    ];
    let list = list(
        "missed_households",
        "遗漏及待复访农户",
        "Households missed and to revisit",
        &headings,
    );
    let mut list = noted(
        list,
        "请网格长今日上门。",
        "To be visited today by the grid lead.",
    );
    list.rows = to
        .day
        .grid
        .coverage
        .missed
        .iter()
        .map(|missed| {
            let reason = missed
                .last_outcome
                .map_or(words("从未走访", "never visited"), |last| {
                    word(last.word())
                });
            vec![
                to.household(missed.household),
                to.area(Some(missed.area)),
                number(missed.visits),
                instant(missed.last_visit),
                reason,
            ]
        })
        .collect();
    list
}

fn communities(to: &Writer<'_>) -> List {
    let headings = [
        ("community", "村（社区）", "Community", ColumnKind::Text),
        ("reported", "今日报告", "Reported today", ColumnKind::Text),
        ("households", "应排查户", "Households", ColumnKind::Count),
        ("missed", "遗漏户", "Missed", ColumnKind::Count),
    ];
    let mut list = list(
        "communities_reported",
        "各村（社区）报告情况",
        "Communities: reported, zero or silent",
        &headings,
    );
    let reporting = &to.day.grid.reporting;
    let reported = reporting
        .reported
        .iter()
        .map(|area| (*area, words("已报告", "reported")));
    let silent = reporting
        .silent
        .iter()
        .map(|area| (*area, words("未报告", "silent")));
    let mut rows: Vec<_> = reported.chain(silent).collect();
    rows.sort_by_key(|(area, _)| *area);
    list.rows = rows
        .into_iter()
        .map(|(area, state)| {
            let tallies = &to.day.grid.coverage.by_community;
            let tally = tallies
                .iter()
                .find(|(of, _)| *of == Some(area))
                .map(|(_, tally)| *tally)
                .unwrap_or_default();
            vec![
                to.area(Some(area)),
                state,
                number(tally.households),
                number(tally.missed()),
            ]
        })
        .collect();
    list
}

fn posts(to: &Writer<'_>, key: &str, zh: &str, en: &str, day: NaiveDate) -> List {
    let headings = [
        ("checkpoint", "卡点", "Checkpoint", ColumnKind::Text),
        PERSON,
        ("from", "起", "From", ColumnKind::Instant),
        ("until", "止", "Until", ColumnKind::Instant),
        ("confirmed", "到岗", "Reported there", ColumnKind::Text),
        (
            "doctor_on_call",
            "待命医生",
            "Doctor on call",
            ColumnKind::Text,
        ),
    ];
    let mut list = list(key, zh, en, &headings);
    let as_of = AsOf {
        day,
        ..to.day.as_of
    };
    let doctor = to.maybe_person(doctor_on_call(to));
    let mut shifts: Vec<_> = on_the_day(&to.records.shifts, as_of)
        .map(|held| held.what)
        .collect();
    shifts.sort_unstable_by_key(|shift| (shift.checkpoint, shift.from, shift.person));
    list.rows = shifts
        .into_iter()
        .map(|shift| {
            let confirmed = if shift.checked_in_at.is_some_and(|at| as_of.knows(at)) {
                words("已到岗", "yes")
            } else {
                words("未确认", "not yet")
            };
            vec![
                to.checkpoint(shift.checkpoint),
                to.person(shift.person),
                Cell::Instant(shift.from),
                Cell::Instant(shift.until),
                confirmed,
                doctor.clone(),
            ]
        })
        .collect();
    list
}

/// Doctors are few and on call: the first by key who is under no measure.
fn doctor_on_call(to: &Writer<'_>) -> Option<PersonId> {
    let held = to
        .day
        .quarantine
        .orders
        .periods()
        .iter()
        .filter(|period| period.held_on(to.day.as_of.day));
    let held: BTreeSet<PersonId> = held.map(|period| period.person).collect();
    let staff = to
        .township
        .staff()
        .as_of(to.day.as_of)
        .map(|held| held.what);
    staff
        .filter(|staff| staff.role == Role::Doctor)
        .map(|staff| staff.person)
        .find(|one| !held.contains(one))
}

fn checkpoint_gaps(to: &Writer<'_>) -> List {
    let headings = [
        ("checkpoint", "卡点", "Checkpoint", ColumnKind::Text),
        ("from", "起", "From", ColumnKind::Instant),
        ("until", "止", "Until", ColumnKind::Instant),
        ("standing", "在岗", "Standing", ColumnKind::Count),
        ("minimum", "应在岗", "Must stand", ColumnKind::Count),
    ];
    let mut list = list(
        "checkpoint_gaps",
        "今日卡点缺岗",
        "Checkpoints short of people today",
        &headings,
    );
    let gaps = to.day.grid.posts.gaps.iter().map(|gap| {
        vec![
            to.checkpoint(gap.checkpoint),
            Cell::Instant(gap.from),
            Cell::Instant(gap.until),
            number(gap.standing),
            number(gap.minimum),
        ]
    });
    list.rows = gaps.collect();
    list
}

fn people_away(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        ("community", "村（社区）", "Community", ColumnKind::Text),
        ("called", "上次联系", "Last called", ColumnKind::Instant),
        ("outcome", "结果", "Outcome", ColumnKind::Text),
        (
            "planned_return",
            "计划返乡",
            "Planned return",
            ColumnKind::Date,
        ),
    ];
    let list = list(
        "people_away",
        "在外人员联系情况",
        "People away: called and not",
        &headings,
    );
    let mut list = noted(
        list,
        "未联系上的请继续联系。",
        "Who was not reached is to be called again.",
    );
    list.rows = to
        .day
        .grid
        .away
        .iter()
        .map(|away| away_row(to, away))
        .collect();
    list
}

fn away_row(to: &Writer<'_>, away: &Away) -> Vec<Cell> {
    let outcome = away
        .last_call
        .map_or(words("未联系", "not called"), |(_, outcome)| {
            word(outcome.word())
        });
    vec![
        to.person(away.person),
        Cell::Text(area_name(to.township, to.day.home_of(away.person))),
        instant(away.last_call.map(|(at, _)| at)),
        outcome,
        date(away.planned_return),
    ]
}

fn expected_arrivals(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        (
            "planned_return",
            "计划返乡",
            "Planned return",
            ColumnKind::Date,
        ),
    ];
    let mut list = list(
        "expected_arrivals",
        "预计返乡人员",
        "Expected arrivals",
        &headings,
    );
    let plans = |away: &&Away| matches!(away.last_call, Some((_, AwayCallOutcome::PlansReturn)));
    let mut expected: Vec<&Away> = to.day.grid.away.iter().filter(plans).collect();
    expected.sort_by_key(|away| {
        (
            away.planned_return.is_none(),
            away.planned_return,
            away.person,
        )
    });
    list.rows = expected
        .into_iter()
        .map(|away| vec![to.person(away.person), date(away.planned_return)])
        .collect();
    list
}
