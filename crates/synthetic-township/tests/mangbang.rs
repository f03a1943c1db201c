//! The figures of the town's bulletin, counted from the ledgers by slow, obvious loops.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{NaiveDate, TimeDelta};
use grid_model::{
    AreaLevel, AsOf, DutyKind, DwellingPresence, PersonId, ScreeningOutcome, start_of,
};
use quarantine_rules::{ArrivalKind, GatheringKind, GatheringOutcome, Measure, OrderEventKind};
use synthetic_township::{Town, mangbang};
use task_tracking::ProgrammeKind;

/// Drawn once for all tests.
static TOWN: LazyLock<Town> = LazyLock::new(|| mangbang(1));

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

fn end() -> AsOf {
    AsOf::on(day(2, 29))
}

#[test]
fn every_household_is_occupied_and_screened_once_by_the_daily_stream() {
    let town = &*TOWN;
    let households: Vec<_> = town.township.households().as_of(end()).collect();
    assert_eq!(households.len(), 9_681);
    let occupied = Some(DwellingPresence::Occupied);
    assert!(households.iter().all(|held| held.what.presence == occupied));
    let mut screened = BTreeSet::new();
    let mut by_day: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for held in town.records.screening.happened(end()) {
        if held.what.outcome == ScreeningOutcome::Screened {
            assert!(screened.insert(held.what.household), "{}", held.id);
            *by_day.entry(held.what.visited_at.date()).or_default() += 1;
        } else {
            assert!(!screened.contains(&held.what.household));
        }
    }
    assert_eq!(screened.len(), 9_681);
    let stream = [640, 980, 1620, 1750, 1690, 1410, 980, 511, 71, 29];
    assert_eq!(by_day.into_values().collect::<Vec<_>>(), stream);
    assert!(
        town.records.screening.len() > 9_681,
        "some were absent at first"
    );
}

#[test]
fn the_town_has_its_places_groups_and_people() {
    let town = &*TOWN;
    let areas = town.township.areas();
    let at = |level: AreaLevel| areas.at_level(&level).count();
    assert_eq!(at(AreaLevel::Community), 17);
    assert!((90..=110).contains(&at(AreaLevel::NaturalVillage)));
    assert!((200..=260).contains(&at(AreaLevel::VillageGroup)));
    assert_eq!(town.township.work_groups().len(), 9);
    assert_eq!(town.township.checkpoints().len(), 4);
    let people = town.township.people().len();
    assert!((38_000..40_000).contains(&people), "{people}");
    assert_eq!(town.register.len(), people);
    assert_eq!(town.register.warnings(), []);
    let snapshot = town.township.at(end());
    let without_grid = snapshot
        .households()
        .filter(|(_, home)| snapshot.grid(home.area).is_none());
    assert_eq!(without_grid.count(), 0);
}

/// Where each person was ever ordered to, and from which to which day.
struct Order {
    at: &'static str,
    from: NaiveDate,
    free_on: Option<NaiveDate>,
    until: NaiveDate,
}

fn orders(town: &Town) -> BTreeMap<PersonId, Order> {
    let mut orders: BTreeMap<PersonId, Order> = BTreeMap::new();
    let mut events: Vec<_> = town
        .records
        .orders
        .happened(end())
        .map(|held| held.what)
        .collect();
    events.sort_by_key(|event| event.at);
    for event in events {
        match event.event {
            OrderEventKind::Ordered => {
                let at = match (event.place.as_deref(), event.measure) {
                    (Some("home"), Some(Measure::HomeObservation | Measure::HomeQuarantine)) => {
                        "home"
                    }
                    (Some("township_site"), Some(Measure::CentralQuarantine)) => "central",
                    (Some("city_site"), Some(Measure::CentralQuarantine)) => "city",
                    other => panic!("{other:?}"),
                };
                let order = Order {
                    at,
                    from: event.at.date(),
                    free_on: None,
                    until: event.until.unwrap(),
                };
                assert_eq!(
                    event.until.unwrap() - event.counted_from.unwrap(),
                    TimeDelta::days(14)
                );
                assert!(
                    orders.insert(event.person, order).is_none(),
                    "one order a person"
                );
            }
            OrderEventKind::Begun => assert!(orders.contains_key(&event.person)),
            OrderEventKind::Released => {
                orders.get_mut(&event.person).unwrap().free_on = Some(event.at.date());
            }
            other => panic!("{other:?}"),
        }
    }
    orders
}

#[test]
fn under_measure_on_six_days_is_what_the_timeline_says() {
    let orders = orders(&TOWN);
    let under = |day: NaiveDate, at: &str| {
        let runs = |order: &&Order| {
            order.at == at && order.from <= day && order.free_on.is_none_or(|free| free > day)
        };
        orders.values().filter(runs).count()
    };
    for (day, home, central, city) in [
        (day(1, 31), 456, 54, 3),
        (day(2, 5), 484, 54, 5),
        (day(2, 10), 143, 9, 2),
        (day(2, 15), 28, 0, 0),
        (day(2, 20), 0, 0, 0),
        (day(2, 29), 28, 0, 0),
    ] {
        let counted = (
            under(day, "home"),
            under(day, "central"),
            under(day, "city"),
        );
        assert_eq!(counted, (home, central, city), "{day}");
    }
    let ever = |at| orders.values().filter(|order| order.at == at).count();
    assert_eq!((ever("home"), ever("central"), ever("city")), (512, 54, 5));
    for order in orders.values().filter(|order| order.until < day(2, 29)) {
        assert_eq!(order.free_on, order.until.succ_opt());
    }
}

#[test]
fn arrivals_follow_their_streams_and_kinds() {
    let town = &*TOWN;
    let orders = orders(town);
    let mut home: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<ArrivalKind, usize> = BTreeMap::new();
    let stands = day(1, 26).and_hms_opt(8, 0, 0).unwrap();
    for arrival in town.records.arrivals.happened(end()).map(|held| held.what) {
        assert_eq!(arrival.checkpoint.is_some(), arrival.arrived_at >= stands);
        assert!(arrival.handed_over_at.is_some());
        let on = arrival.arrived_at.date();
        let Some(order) = orders.get(&arrival.person) else {
            assert_eq!(
                (arrival.outside_city, arrival.via_hubei),
                (Some(false), Some(false))
            );
            continue;
        };
        assert_eq!(arrival.outside_city, Some(true));
        assert_eq!(order.from, on.max(day(1, 24)));
        if order.at == "home" {
            *home.entry(on).or_default() += 1;
            *kinds.entry(arrival.kind.unwrap()).or_default() += 1;
            assert_eq!(arrival.via_hubei, Some(false));
        }
        let noon = day(2, 5).and_hms_opt(12, 0, 0).unwrap();
        assert!(arrival.arrived_at < noon || on >= day(2, 24));
    }
    let stream = [
        96, 104, 72, 31, 38, 34, 29, 23, 17, 12, 9, 7, 5, 4, 3, 5, 6, 4, 5, 4, 4,
    ];
    assert_eq!(home.into_values().collect::<Vec<_>>(), stream);
    assert_eq!(
        (kinds[&ArrivalKind::Worker], kinds[&ArrivalKind::Student]),
        (322, 168)
    );
}

#[test]
fn each_of_the_54_has_one_cause_and_no_one_else_has_it() {
    let town = &*TOWN;
    let orders = orders(town);
    let central: BTreeSet<PersonId> = orders
        .iter()
        .filter(|(_, order)| order.at == "central")
        .map(|(person, _)| *person)
        .collect();
    let through = |as_of: AsOf, via: Option<bool>| -> Vec<PersonId> {
        let held = town.records.arrivals.happened(as_of).map(|held| held.what);
        held.filter(|arrival| arrival.via_hubei == via)
            .map(|arrival| arrival.person)
            .collect()
    };
    let yes = through(end(), Some(true));
    assert_eq!(yes.len(), 54);
    assert_eq!(yes.into_iter().collect::<BTreeSet<_>>(), central);
    assert_eq!(through(end(), None), []);
    let undetermined = through(AsOf::on(day(1, 31)), None);
    assert_eq!(undetermined.len(), 1);
    assert!(central.contains(&undetermined[0]));
    assert_eq!(through(AsOf::on(day(2, 2)), None), []);
    assert_eq!(
        town.records.arrivals.rows(),
        town.records.arrivals.len() + 1
    );
}

#[test]
fn outreach_and_gatherings_add_up() {
    let town = &*TOWN;
    let mut done: BTreeMap<DutyKind, u64> = BTreeMap::new();
    for outreach in town.records.outreach.happened(end()).map(|held| held.what) {
        let duty = town
            .township
            .duties()
            .held(outreach.duty.index(), end())
            .unwrap();
        *done.entry(duty.what.kind).or_default() += u64::from(outreach.count);
    }
    assert_eq!(
        (done[&DutyKind::Banner], done[&DutyKind::Notice]),
        (54, 60_186)
    );
    let postponed = |by: NaiveDate| {
        let known = town
            .records
            .gatherings
            .happened(AsOf::on(by))
            .map(|held| held.what);
        let celebrations = known.filter(|gathering| {
            matches!(
                gathering.kind,
                GatheringKind::Wedding | GatheringKind::Other
            ) && gathering.outcome == Some(GatheringOutcome::Postponed)
                && gathering.planned_for <= by
        });
        celebrations.count()
    };
    assert_eq!(
        (
            postponed(day(1, 31)),
            postponed(day(2, 10)),
            postponed(day(2, 29))
        ),
        (58, 91, 103)
    );
}

#[test]
fn no_duty_is_short_on_the_last_day() {
    let town = &*TOWN;
    let policy = task_tracking::TaskPolicy::tengchong_2020();
    let duties = task_tracking::duties(&town.township, &town.records.outreach, &policy, end());
    let short: Vec<_> = duties.shortfalls().collect();
    assert!(short.is_empty(), "{short:?}");
    assert!(
        duties
            .duties
            .iter()
            .all(|duty| duty.work_group.is_some() && duty.unplaced.is_empty())
    );
}

#[test]
fn work_and_money_add_up() {
    let town = &*TOWN;
    let records = &town.records;
    let skilled: BTreeSet<PersonId> = records
        .skills
        .happened(end())
        .map(|held| held.what.person)
        .collect();
    assert_eq!((skilled.len(), records.skills.len()), (984, 984));
    let snapshot = town.township.at(end());
    let communities: BTreeSet<_> = skilled
        .iter()
        .filter_map(|person| snapshot.community(snapshot.area_of(*person)?))
        .collect();
    assert_eq!(communities.len(), 17);
    let mut sent: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let mut people = BTreeSet::new();
    for placement in records.placements.happened(end()).map(|held| held.what) {
        *sent.entry(placement.departed_on).or_default() += 1;
        assert!(people.insert(placement.person));
    }
    let stream = [46, 58, 72, 118, 141, 96, 88, 312, 298, 276, 251, 214, 164];
    assert_eq!(sent.into_values().collect::<Vec<_>>(), stream);
    let given = |by| -> u64 {
        let held = records.donations.happened(AsOf::on(by));
        held.map(|held| held.what.amount_fen).sum()
    };
    assert_eq!(
        (given(day(2, 25)), given(day(2, 29))),
        (6_200_000, 14_500_000)
    );
}

#[test]
fn who_is_sent_out_was_free_that_day_and_permitted() {
    let town = &*TOWN;
    let orders = orders(town);
    let mut permits: BTreeMap<PersonId, usize> = BTreeMap::new();
    for permit in town.records.permits.happened(end()) {
        *permits.entry(permit.what.person).or_default() += 1;
    }
    let mut of_released = 0;
    for placement in town
        .records
        .placements
        .happened(end())
        .map(|held| held.what)
    {
        assert_eq!(permits[&placement.person], 3);
        if let Some(order) = orders.get(&placement.person) {
            assert!(order.free_on.unwrap() < placement.departed_on);
            of_released += 1;
        }
    }
    assert!(of_released > 50, "{of_released}");
}

#[test]
fn programmes_stand_where_the_bulletin_says() {
    let town = &*TOWN;
    let records = task_tracking::ProgrammeRecords {
        programmes: &town.records.programmes,
        items: &town.records.items,
        progress: &town.records.progress,
    };
    let policy = task_tracking::TaskPolicy::tengchong_2020();
    let on = |day| task_tracking::programmes(records, &policy, AsOf::on(day)).figures();
    let figures = on(day(2, 29));
    assert_eq!(figures.poverty_shortfall_households, 688);
    assert_eq!(figures.yard_shortfall_households, 808);
    assert_eq!(figures.toilets_pending, 6_214);
    for (day, mu) in [
        (day(1, 22), 2_400),
        (day(2, 4), 4_300),
        (day(2, 15), 6_100),
        (day(2, 29), 6_900),
    ] {
        assert_eq!(on(day).tobacco_hundredths_mu, mu * 100, "{day}");
    }
    let kinds: BTreeSet<ProgrammeKind> = town
        .records
        .programmes
        .as_of(end())
        .map(|held| held.what.kind)
        .collect();
    assert_eq!(kinds.len(), ProgrammeKind::ALL.len());
}

#[test]
fn every_community_reports_every_day_by_six() {
    let town = &*TOWN;
    let reports: Vec<_> = town
        .records
        .reports
        .happened(end())
        .map(|held| held.what)
        .collect();
    assert_eq!(reports.len(), 17 * 37);
    for report in reports {
        let six = report.day.and_hms_opt(18, 0, 0).unwrap();
        assert!(start_of(report.day) <= report.received_at && report.received_at < six);
    }
}
