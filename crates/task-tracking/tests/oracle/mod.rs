//! Slow and obvious: every answer by looking through all records again.
#![allow(dead_code)]

use chrono::{Days, NaiveDate, NaiveDateTime};
use grid_model::{AsOf, Held, Ledger, Record};
use task_tracking::{Item, Progress, TaskPolicy};

pub(crate) fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 1)
        .and_then(|first| first.checked_add_days(Days::new(u64::from(number))))
        .unwrap()
}

pub(crate) fn at(number: u32, hour: u32) -> NaiveDateTime {
    day(number).and_hms_opt(hour, 0, 0).unwrap()
}

/// What is held and was known by the evening of the day itself too.
pub(crate) fn standing<T: Record>(ledger: &Ledger<T>, as_of: AsOf) -> Vec<Held<'_, T>> {
    let early = AsOf::on(as_of.day.min(as_of.known_by));
    let known_then: Vec<usize> = ledger.as_of(early).map(|held| held.index).collect();
    let held = ledger.as_of(as_of);
    held.filter(|held| known_then.contains(&held.index))
        .collect()
}

/// Everything of one item between two days, both included.
pub(crate) fn done_between(
    progress: &Ledger<Progress>,
    item: usize,
    from: NaiveDate,
    to: NaiveDate,
    as_of: AsOf,
) -> u128 {
    let rows = progress.as_of(as_of).map(|held| held.what);
    rows.filter(|row| row.item.index() == item)
        .filter(|row| row.at.date() >= from && row.at.date() <= to)
        .map(|row| u128::from(row.quantity))
        .sum()
}

/// Counts forward day by day until the pace has eaten what is left.
pub(crate) fn forecast_day(
    left: u64,
    in_window: u128,
    policy: &TaskPolicy,
    today: NaiveDate,
) -> NaiveDate {
    let mut day = today;
    let mut done = 0;
    while done < u128::from(left) * u128::from(policy.pace_window_days) {
        day = day.succ_opt().unwrap();
        done += in_window;
    }
    day
}

/// Whether an item was known so many days ago and nothing was done since.
pub(crate) fn is_stalled(
    items: &Ledger<Item>,
    progress: &Ledger<Progress>,
    item: usize,
    policy: &TaskPolicy,
    as_of: AsOf,
) -> bool {
    let mut start = as_of.day;
    for _ in 0..policy.stalled_after_days {
        start = start.pred_opt().unwrap();
    }
    let was_there = items.as_of(AsOf::on(start)).any(|held| held.index == item);
    let first_day = start.succ_opt().unwrap();
    was_there && done_between(progress, item, first_day, as_of.day, as_of) == 0
}
