//! In a made-up town no figure of the last day can be taken for another.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use grid_model::AsOf;
use outbreak_response::{Policy, figures_of};
use synthetic_township::scaled;

/// The figures a day promises at least; refused records come from folders and are none here.
const PROMISED: [&str; 50] = [
    "households",
    "households_screened",
    "households_accounted",
    "households_missed",
    "grids",
    "work_groups",
    "checkpoints",
    "checkpoint_hours_uncovered",
    "arrivals",
    "home_observation",
    "central_quarantine",
    "transferred",
    "home_observation_now",
    "central_quarantine_now",
    "transferred_now",
    "returnees_student",
    "returnees_worker",
    "close_contacts",
    "secondary_contacts",
    "released_today",
    "releases_tomorrow",
    "orders_to_review",
    "undetermined",
    "banners",
    "notices",
    "broadcast_shortfalls",
    "slogan_shortfalls",
    "celebrations_postponed",
    "funerals_simplified",
    "supervisors_paired",
    "unpaired",
    "check_ins_due",
    "check_ins_missed",
    "lost_to_follow_up",
    "villages_without_purchaser",
    "supply_demand_packets",
    "supply_filled_packets",
    "price_alerts",
    "skilled_workers",
    "communities",
    "vacancies",
    "matched",
    "sent_out_to_work",
    "away",
    "away_contacted",
    "tobacco_hundredths_mu",
    "poverty_shortfall_households",
    "yard_shortfall_households",
    "toilets_pending",
    "donations_fen",
];

/// Beside them: small figures that are as easily mixed up.
const MORE: [&str; 4] = [
    "communities_silent",
    "fever_referrals",
    "clues_open",
    "needs_open",
];

fn figures(households: u32, seed: u64) -> Vec<(&'static str, i64)> {
    let town = scaled(households, seed);
    let as_of = AsOf::on(NaiveDate::from_ymd_opt(2020, 2, 29).unwrap());
    let policy = Policy::tengchong_2020().unwrap();
    let figures = figures_of(&town.township, &town.records, &policy, as_of);
    let wanted = |name: &str| PROMISED.contains(&name) || MORE.contains(&name);
    figures.iter().filter(|(name, _)| wanted(name)).collect()
}

#[test]
fn no_two_figures_of_a_town_are_the_same_and_none_is_zero() {
    for (households, seed) in [(1_000, 1), (1_000, 2), (1_000, 3), (2_300, 4), (5_000, 2)] {
        let figures = figures(households, seed);
        assert_eq!(figures.len(), PROMISED.len() + MORE.len());
        let mut names: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
        for (name, figure) in figures {
            names.entry(figure).or_default().push(name);
        }
        names.retain(|figure, names| *figure == 0 || names.len() > 1);
        assert!(
            names.is_empty(),
            "{households} households, seed {seed}: {names:?}"
        );
    }
}

#[test]
fn a_small_town_has_what_fits() {
    for households in [0, 1, 40, 999] {
        let found = figures(households, 2);
        let households_found = found.iter().find(|(name, _)| *name == "households");
        assert_eq!(households_found.unwrap().1, i64::from(households));
    }
}
