//! Mangbang's orders against the rule books: every day, nothing is left to propose.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use grid_model::AsOf;
use quarantine_rules::{Books, Orders, RulesPolicy, Situation, assess, health_facts};
use synthetic_township::{Town, mangbang};

static TOWN: LazyLock<Town> = LazyLock::new(|| mangbang(3));

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

#[test]
fn no_day_leaves_an_order_to_be_given_and_one_visitor_is_undetermined_for_five() {
    let books = Books::shipped().unwrap();
    let policy = RulesPolicy::tengchong_2020();
    let mut undetermined: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for on in day(1, 24).iter_days().take_while(|on| *on <= day(2, 29)) {
        let as_of = AsOf::on(on);
        let orders = Orders::standing(&TOWN.records.orders, as_of);
        assert_eq!(orders.irregularities(), [], "{on}");
        let found = assess(&Situation {
            books: &books,
            policy: &policy,
            orders: &orders,
            arrivals: &TOWN.records.arrivals,
            contacts: &[],
            known: &health_facts(&TOWN.records.health, as_of),
            as_of,
        });
        assert!(
            found.proposals.is_empty(),
            "{on}: {:?}",
            found.proposals.first()
        );
        if !found.undetermined.is_empty() {
            undetermined.insert(on, found.undetermined.len());
        }
    }
    let days: Vec<NaiveDate> = day(1, 28).iter_days().take(5).collect();
    assert_eq!(undetermined, days.into_iter().map(|on| (on, 1)).collect());
}
