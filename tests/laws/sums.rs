//! Yesterday, what is new and what ended make today, whether or not anything was recorded of what
//! was proposed.

use grid_model::Ledger;
use outbreak_response::Records;

use crate::support::{MANGBANG, SMALL, evening, on};

#[test]
fn unrecorded_proposals_are_new_once_and_the_day_adds_up() {
    let orders = Ledger::default();
    let unordered = Records {
        orders,
        ..SMALL.records.clone()
    };
    let mut under = 0;
    for records in [&SMALL.records, &unordered] {
        for date in on(1, 23).iter_days().take(38).step_by(6) {
            let found = evening(&SMALL.township, records, date);
            let (before, now) = (found.before, found.figures);
            let sum = before.home_observation_now + now.home_observation_new_today
                - now.home_observation_ended_today;
            assert_eq!(sum, now.home_observation_now, "{date}");
            under += now.home_observation_now;
        }
    }
    assert!(under > 50, "{under}");
}

#[test]
fn yesterday_is_what_the_page_of_yesterday_said_figure_by_figure() {
    // One call became known a day late, on 19 February.
    let (township, records) = (&MANGBANG.township, &MANGBANG.records);
    let then = evening(township, records, on(2, 19));
    assert_eq!(then.figures.corrections, 1);
    let next = evening(township, records, on(2, 20));
    assert_eq!(next.yesterday, then.figures);
    assert_eq!(next.before.corrections, next.yesterday.corrections);
}
