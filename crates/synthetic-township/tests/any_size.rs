//! Towns of any size: the same for a seed, sound, and with things gone wrong.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use grid_model::{AsOf, DutyKind, ScreeningOutcome};
use proptest::prelude::*;
use register::{Entry, check_identity_number, check_telephone};
use synthetic_township::{Town, mangbang, scaled};

fn end() -> AsOf {
    AsOf::on(NaiveDate::from_ymd_opt(2020, 2, 29).unwrap())
}

/// Some figures counted from the ledgers, by name.
fn figures(town: &Town) -> Vec<(&'static str, u64)> {
    let records = &town.records;
    let snapshot = town.township.at(end());
    let coverage = grid_model::coverage::coverage(&snapshot, &records.screening);
    let screened = records.screening.happened(end());
    let screened = screened
        .filter(|held| held.what.outcome == ScreeningOutcome::Screened)
        .count();
    let given: u64 = records
        .donations
        .happened(end())
        .map(|held| held.what.amount_fen)
        .sum();
    let count = |count: usize| u64::try_from(count).unwrap();
    vec![
        ("households", u64::from(coverage.town.households)),
        ("screened", count(screened)),
        ("missed", u64::from(coverage.town.missed())),
        ("vacant", u64::from(coverage.town.vacant)),
        ("moved", u64::from(coverage.town.moved)),
        ("arrivals", count(records.arrivals.len())),
        ("pairings", count(records.pairings.len())),
        ("gatherings", count(records.gatherings.len())),
        ("skills", count(records.skills.len())),
        ("vacancies", count(records.vacancies.len())),
        ("placements", count(records.placements.len())),
        ("donations", given),
        ("items", count(records.items.len())),
        ("grids", count(town.township.grids().len())),
        ("people", count(town.township.people().len())),
    ]
}

#[test]
fn a_seed_draws_the_people_and_leaves_the_streams() {
    let (one, other) = (mangbang(1), mangbang(9));
    assert_eq!(one, mangbang(1));
    assert_ne!(one.township.people(), other.township.people());
    assert_ne!(one.records.arrivals, other.records.arrivals);
    let totals = |town: &Town| {
        let records = &town.records;
        [
            records.arrivals.rows(),
            records.orders.rows(),
            records.pairings.rows(),
            records.skills.rows(),
            records.placements.rows(),
            records.reports.rows(),
        ]
    };
    assert_eq!(totals(&one), totals(&other));
}

#[test]
fn a_town_of_two_thousand_has_figures_that_differ_and_flaws_of_every_kind() {
    let town = scaled(2_000, 5);
    let figures = figures(&town);
    let distinct: BTreeSet<u64> = figures.iter().map(|(_, figure)| *figure).collect();
    assert_eq!(distinct.len(), figures.len(), "{figures:?}");
    let snapshot = town.township.at(end());
    assert!(
        snapshot
            .people()
            .any(|(_, person)| person.presence.is_none())
    );
    assert!(
        snapshot
            .households()
            .any(|(_, home)| home.presence.is_none())
    );
    let arrivals: Vec<_> = town
        .records
        .arrivals
        .happened(end())
        .map(|held| held.what)
        .collect();
    assert!(arrivals.iter().any(|arrival| arrival.via_hubei.is_none()));
    assert!(arrivals.iter().any(|arrival| arrival.home_ok.is_none()));
    let reports = grid_model::reports::reporting(&snapshot, &town.records.reports);
    assert!(!reports.silent.is_empty() && !reports.reported.is_empty());
    let posts = grid_model::posts::posts(&snapshot, &town.records.shifts, &town.records.passages);
    assert!(posts.hours_uncovered > 0 && posts.passed.fevers < posts.passed.people);
    let policy = task_tracking::TaskPolicy::tengchong_2020();
    let duties = task_tracking::duties(&town.township, &town.records.outreach, &policy, end());
    assert!(duties.shortfalls_of(DutyKind::Slogan) > 0);
    let prices = supply_allocation::PricePolicy::tengchong_2020();
    let question = supply_allocation::PriceQuestion {
        as_of: end(),
        prices: &town.records.prices,
        suppliers: &town.records.suppliers,
    };
    let prices = supply_allocation::price_report(&question, &prices);
    assert!(!prices.alerts.is_empty());
    let orders = quarantine_rules::Orders::standing(&town.records.orders, end());
    assert_eq!(orders.irregularities(), []);
    assert!(!orders.released_on(end().day).is_empty());
    let under = orders.under_on(end().day, &quarantine_rules::RulesPolicy::tengchong_2020());
    assert!(!under.home.is_empty() && !under.central.is_empty());
}

#[test]
fn identities_are_well_formed_and_can_belong_to_nobody() {
    let town = scaled(300, 3);
    assert_eq!(town.register.len(), town.township.people().len());
    let mut numbers = BTreeSet::new();
    for entry in town.register.iter() {
        let number = entry.identity_number().unwrap();
        let telephone = entry.telephone().unwrap();
        assert_eq!(
            (check_identity_number(number), check_telephone(telephone)),
            (Ok(()), Ok(()))
        );
        // No region of Yunnan begins with 539, and no operator has 154.
        assert!(number.starts_with("539") && telephone.starts_with("154"));
        assert!(numbers.insert(number.to_owned()) && numbers.insert(telephone.to_owned()));
        assert!(
            entry
                .name()
                .is_some_and(|name| (2..=3).contains(&name.chars().count()))
        );
        assert!(town.township.person(entry.person_key()).is_some());
    }
    assert_eq!(
        town.register.get("P00001").map(Entry::person_key),
        Some("P00001")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_size_and_seed_gives_a_sound_town_twice(households in 0_u32..400, seed: u64) {
        let town = scaled(households, seed);
        prop_assert_eq!(&town, &scaled(households, seed));
        let snapshot = town.township.at(end());
        let must = snapshot.households().filter(|(_, home)| home.must_be_screened()).count();
        prop_assert_eq!(must, usize::try_from(households).unwrap());
        for held in town.records.arrivals.as_of(end()) {
            prop_assert!(snapshot.person(held.what.person).is_some());
        }
        for held in town.records.outreach.as_of(end()) {
            prop_assert!(held.what.duty.index() < town.township.duties().len());
        }
    }
}
