//! Mangbang in January and February 2020: the day's figures are the published ones, counted from
//! records alone, and they add up on every day.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use grid_model::{AsOf, Ledger, PersonId};
use outbreak_response::quarantine_rules::{Arrival, Cause};
use outbreak_response::{Day, Figures, Policy, Records, day, figures_of};
use synthetic_township::{Town, mangbang};

/// Drawn once for all tests.
static TOWN: LazyLock<Town> = LazyLock::new(|| mangbang(1));
static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::tengchong_2020().unwrap());
/// The last day, with everything it found.
static LAST: LazyLock<Day> =
    LazyLock::new(|| day(&TOWN.township, &TOWN.records, &POLICY, AsOf::on(on(2, 29))));
/// Every evening from 21 January to 29 February as it was known then.
static EVENINGS: LazyLock<Vec<(NaiveDate, Figures)>> = LazyLock::new(|| {
    let days = on(1, 21).iter_days().take_while(|day| *day <= on(2, 29));
    days.map(|day| (day, figures(day))).collect()
});

fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

fn figures(day: NaiveDate) -> Figures {
    figures_of(&TOWN.township, &TOWN.records, &POLICY, AsOf::on(day))
}

fn evening(month: u32, day: u32) -> Figures {
    let wanted = on(month, day);
    EVENINGS.iter().find(|(day, _)| *day == wanted).unwrap().1
}

/// Holds figures to what is expected of them, by key.
fn hold(what: &str, figures: &Figures, expected: &[(&str, i64)]) {
    for (key, value) in expected {
        assert_eq!(figures.get(key), Some(*value), "{what}: {key}");
    }
}

#[test]
fn the_last_day_has_the_published_figures() {
    let published = [
        ("households", 9_681),
        ("households_screened", 9_681),
        ("households_accounted", 9_681),
        ("households_missed", 0),
        ("households_vacant", 0),
        ("households_moved", 0),
        ("work_groups", 9),
        ("checkpoints", 4),
        ("checkpoint_hours_uncovered", 0),
        ("home_observation", 512),
        ("returnees_worker", 322),
        ("returnees_student", 168),
        ("home_observation_now", 28),
        ("central_quarantine", 54),
        ("central_quarantine_now", 0),
        ("transferred", 5),
        ("transferred_now", 0),
        ("close_contacts", 5),
        ("confirmed_cases", 0),
        ("undetermined", 0),
        ("banners", 54),
        ("notices", 60_186),
        ("celebrations_postponed", 103),
        ("funerals_simplified", 25),
        ("unpaired", 0),
        ("lost_to_follow_up", 0),
        ("villages_without_purchaser", 0),
        ("skilled_workers", 984),
        ("communities", 17),
        ("sent_out_to_work", 2_134),
        ("sent_out_today", 164),
        ("tobacco_hundredths_mu", 690_000),
        ("poverty_shortfall_households", 688),
        ("yard_shortfall_households", 808),
        ("toilets_pending", 6_214),
        ("donations_fen", 14_500_000),
        ("communities_silent", 0),
        ("rejected_records", 0),
    ];
    hold("29 February", &LAST.figures, &published);
    assert!(LAST.figures.away > LAST.figures.away_contacted);
    assert!(LAST.figures.away_staying > LAST.figures.away_planning_return);
}

#[test]
fn the_figures_alone_are_those_of_the_whole_day() {
    assert_eq!(figures(on(2, 29)), LAST.figures);
    assert_eq!(evening(2, 28), LAST.yesterday);
    assert_eq!(
        LAST.before, LAST.yesterday,
        "nothing of the 28th was corrected on the 29th"
    );
}

#[test]
fn under_measure_on_six_days_is_what_the_timeline_says() {
    let expected = [
        ((1, 31), (456, 54, 3), (456, 54, 3)),
        ((2, 5), (484, 54, 5), (484, 54, 5)),
        ((2, 10), (143, 9, 2), (484, 54, 5)),
        ((2, 15), (28, 0, 0), (484, 54, 5)),
        ((2, 20), (0, 0, 0), (484, 54, 5)),
        ((2, 29), (28, 0, 0), (512, 54, 5)),
    ];
    for ((month, day), now, ever) in expected {
        let found = evening(month, day);
        let found_now = (
            found.home_observation_now,
            found.central_quarantine_now,
            found.transferred_now,
        );
        assert_eq!(found_now, now, "{month}-{day}");
        let found_ever = (
            found.home_observation,
            found.central_quarantine,
            found.transferred,
        );
        assert_eq!(found_ever, ever, "{month}-{day}");
        assert_eq!(
            (found.unpaired, found.rejected_records),
            (0, 0),
            "{month}-{day}"
        );
        assert_eq!(found.orders_to_review, 0, "{month}-{day}");
    }
}

#[test]
fn households_are_screened_by_the_daily_stream_and_none_is_missed_at_its_end() {
    let stream = [640, 980, 1620, 1750, 1690, 1410, 980, 511, 71, 29];
    let mut so_far = 0;
    for (day, screened) in on(1, 24).iter_days().zip(stream) {
        so_far += screened;
        let (_, found) = EVENINGS.iter().find(|(of, _)| *of == day).unwrap();
        let expected = [
            ("households_screened_today", screened),
            ("households_screened", so_far),
            ("households_missed", 9_681 - so_far),
        ];
        hold(&day.to_string(), found, &expected);
    }
    assert_eq!(so_far, 9_681);
    assert_eq!(evening(1, 23).households_screened, 0);
    assert_eq!(evening(2, 3).households_screened_today, 0);
}

#[test]
fn other_counts_grow_by_their_streams() {
    for (day, banners) in on(1, 24).iter_days().zip([18, 34, 46, 54, 54]) {
        let (_, found) = EVENINGS.iter().find(|(of, _)| *of == day).unwrap();
        assert_eq!(found.banners, banners, "{day}");
    }
    let notices = [
        ((1, 27), 29_043),
        ((2, 4), 29_043),
        ((2, 7), 48_405),
        ((2, 22), 60_186),
    ];
    for ((month, day), expected) in notices {
        assert_eq!(evening(month, day).notices, expected, "{month}-{day}");
    }
    let celebrations = [((1, 31), 58), ((2, 10), 91), ((2, 29), 103)];
    for ((month, day), expected) in celebrations {
        assert_eq!(
            evening(month, day).celebrations_postponed,
            expected,
            "{month}-{day}"
        );
    }
    let tobacco = [
        ((1, 22), 240_000),
        ((2, 4), 430_000),
        ((2, 15), 610_000),
        ((2, 29), 690_000),
    ];
    for ((month, day), expected) in tobacco {
        assert_eq!(
            evening(month, day).tobacco_hundredths_mu,
            expected,
            "{month}-{day}"
        );
    }
    let donations = [((2, 2), 0), ((2, 25), 6_200_000), ((2, 29), 14_500_000)];
    for ((month, day), expected) in donations {
        assert_eq!(evening(month, day).donations_fen, expected, "{month}-{day}");
    }
}

#[test]
fn people_are_sent_out_by_the_daily_stream() {
    let stream = [46, 58, 72, 118, 141, 96, 88, 312, 298, 276, 251, 214, 164];
    assert_eq!(evening(2, 16).sent_out_to_work, 0);
    let mut so_far = 0;
    for (day, sent) in on(2, 17).iter_days().zip(stream) {
        so_far += sent;
        let (_, found) = EVENINGS.iter().find(|(of, _)| *of == day).unwrap();
        assert_eq!(
            (found.sent_out_today, found.sent_out_to_work),
            (sent, so_far),
            "{day}"
        );
    }
    assert_eq!(so_far, 2_134);
}

#[test]
fn what_was_seeded_on_purpose_is_found_on_its_day_alone() {
    for (day, found) in EVENINGS.iter() {
        let held_for_facts = *day >= on(1, 28) && *day < on(2, 2);
        assert_eq!(found.undetermined, i64::from(held_for_facts), "{day}");
        assert_eq!(found.check_ins_missed, i64::from(*day == on(2, 3)), "{day}");
        assert_eq!(found.fever_referrals, i64::from(*day == on(2, 8)), "{day}");
        let stands = *day >= on(1, 26);
        assert_eq!(found.checkpoints, if stands { 4 } else { 0 }, "{day}");
        assert_eq!(found.checkpoint_hours_uncovered, 0, "{day}");
    }
    let late = day(&TOWN.township, &TOWN.records, &POLICY, AsOf::on(on(2, 19)));
    assert_eq!(late.figures.corrections, 1);
    let correction = day(&TOWN.township, &TOWN.records, &POLICY, AsOf::on(on(2, 2)));
    assert_eq!(correction.figures.corrections, 1);
    assert_eq!(correction.corrections[0].table, "arrivals");
}

/// Arrivals as held on the last day, by what is known of their way through Hubei.
fn arrivals(via_hubei: Option<bool>) -> Vec<PersonId> {
    let held = TOWN.records.arrivals.as_of(AsOf::on(on(2, 29)));
    let of_way = held.filter(|held| held.what.via_hubei == via_hubei);
    of_way
        .map(|held: grid_model::Held<'_, Arrival>| held.what.person)
        .collect()
}

#[test]
fn each_of_the_54_has_one_cause_and_nobody_else_came_through_hubei() {
    let central = LAST.quarantine.ever(LAST.as_of, &POLICY).central;
    let mut through = arrivals(Some(true));
    through.sort_unstable();
    assert_eq!(through.len(), 54);
    assert_eq!(through, central, "each once, and no other");
    let others: BTreeSet<PersonId> = arrivals(Some(false))
        .into_iter()
        .chain(arrivals(None))
        .collect();
    assert!(
        central.iter().all(|person| !others.contains(person)),
        "one arrival each"
    );
    let close: BTreeSet<PersonId> = LAST
        .outbreak
        .of_generation(1)
        .map(|reached| reached.person)
        .collect();
    assert!(
        central.iter().all(|person| !close.contains(person)),
        "and no contact beside it"
    );
}

#[test]
fn nobody_was_ever_under_two_measures() {
    let ever = LAST.quarantine.ever(LAST.as_of, &POLICY);
    let all = [&ever.home[..], &ever.central, &ever.outside, &ever.other].concat();
    assert_eq!(all.len(), 512 + 54 + 5);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

#[test]
fn without_a_single_order_the_books_ask_for_the_same_people() {
    let records = Records {
        orders: Ledger::default(),
        ..TOWN.records.clone()
    };
    let as_of = AsOf::on(on(2, 5));
    let decided = day(&TOWN.township, &records, &POLICY, as_of);
    let ordered = day(&TOWN.township, &TOWN.records, &POLICY, as_of);
    let expected = [
        ("home_observation", 484),
        ("home_observation_now", 484),
        ("central_quarantine", 54),
        ("central_quarantine_now", 54),
        ("transferred", 5),
        ("transferred_now", 5),
    ];
    hold("decided", &decided.figures, &expected);
    assert_eq!(decided.proposed.orders.len(), 484 + 54 + 5);
    let under = |day: &Day| day.quarantine.under_on(as_of.day, as_of, &POLICY);
    assert_eq!(under(&decided), under(&ordered));
    assert!(
        ordered.proposed.orders.is_empty(),
        "what was ordered is not proposed again"
    );
}

#[test]
fn secondary_contacts_are_listed_for_screening_and_under_no_measure_for_it() {
    let secondary: BTreeSet<PersonId> = LAST
        .outbreak
        .of_generation(2)
        .map(|reached| reached.person)
        .collect();
    assert!(!secondary.is_empty());
    assert_eq!(
        LAST.figures.secondary_contacts,
        i64::try_from(secondary.len()).unwrap()
    );
    let screening: BTreeSet<PersonId> = LAST
        .quarantine
        .assessment
        .for_screening
        .iter()
        .copied()
        .collect();
    assert!(screening.is_superset(&secondary));
    let orders = Records {
        orders: Ledger::default(),
        ..TOWN.records.clone()
    };
    for (month, date) in [(1, 31), (2, 5), (2, 29)] {
        let found = day(&TOWN.township, &orders, &POLICY, AsOf::on(on(month, date)));
        let proposals = &found.quarantine.assessment.proposals;
        let because_secondary = proposals.iter().filter(|one| {
            matches!(
                one.cause,
                Cause::Contact {
                    secondary: true,
                    ..
                }
            )
        });
        assert_eq!(because_secondary.count(), 0, "{month}-{date}");
    }
}

#[test]
fn yesterday_and_new_without_ended_make_today() {
    for pair in EVENINGS.windows(2) {
        let ((_, before), (day, now)) = (&pair[0], &pair[1]);
        let sum = before.home_observation_now + now.home_observation_new_today
            - now.home_observation_ended_today;
        assert_eq!(sum, now.home_observation_now, "{day}");
        let screened = before.households_screened + now.households_screened_today;
        assert_eq!(screened, now.households_screened, "{day}");
        let sent = before.sent_out_to_work + now.sent_out_today;
        assert_eq!(sent, now.sent_out_to_work, "{day}");
        let arrived = before.arrivals + now.arrivals_today;
        assert_eq!(arrived, now.arrivals, "{day}");
        assert_eq!(now.released_today, before.releases_tomorrow, "{day}");
    }
}

#[test]
fn what_was_ever_counted_never_shrinks() {
    let growing = [
        "home_observation",
        "central_quarantine",
        "transferred",
        "arrivals",
        "households_screened",
        "households_accounted",
        "banners",
        "notices",
        "celebrations_postponed",
        "funerals_simplified",
        "supervisors_paired",
        "away_contacted",
        "skilled_workers",
        "sent_out_to_work",
        "tobacco_hundredths_mu",
        "poverty_shortfall_households",
        "yard_shortfall_households",
        "donations_fen",
    ];
    for pair in EVENINGS.windows(2) {
        let ((_, before), (day, now)) = (&pair[0], &pair[1]);
        for key in growing {
            assert!(
                before.get(key).unwrap() <= now.get(key).unwrap(),
                "{day}: {key}"
            );
        }
    }
}

#[test]
fn parts_make_the_whole_on_every_day() {
    for (day, found) in EVENINGS.iter() {
        let dwellings = found.households + found.households_vacant + found.households_moved;
        assert_eq!(
            found.households_accounted + found.households_missed,
            dwellings,
            "{day}"
        );
        assert!(found.check_ins_missed <= found.check_ins_due, "{day}");
        assert!(
            found.supply_filled_packets <= found.supply_demand_packets,
            "{day}"
        );
        assert!(
            found.away_staying + found.away_planning_return <= found.away_contacted,
            "{day}"
        );
        assert!(found.away_contacted <= found.away, "{day}");
        assert!(
            found.returnees_student + found.returnees_worker <= found.arrivals,
            "{day}"
        );
    }
    let coverage = &LAST.grid.coverage;
    let sum = |part: fn(&grid_model::coverage::Tally) -> u32| -> u32 {
        coverage
            .by_community
            .iter()
            .map(|(_, tally)| part(tally))
            .sum()
    };
    assert_eq!(coverage.by_community.len(), 17);
    assert_eq!(sum(|tally| tally.households), coverage.town.households);
    assert_eq!(sum(|tally| tally.screened), coverage.town.screened);
    assert_eq!(
        sum(grid_model::coverage::Tally::accounted),
        coverage.town.accounted()
    );
    let reporting = &LAST.grid.reporting;
    assert_eq!(reporting.reported.len() + reporting.silent.len(), 17);
    let villages = LAST.basket.by_village();
    let needed: u64 = villages.values().map(|(need, _)| need).sum();
    let filled: u64 = villages.values().map(|(_, filled)| filled).sum();
    assert_eq!(
        i64::try_from(needed).unwrap(),
        LAST.figures.supply_demand_packets
    );
    assert_eq!(
        i64::try_from(filled).unwrap(),
        LAST.figures.supply_filled_packets
    );
}

#[test]
fn a_day_before_and_a_day_after_everything_have_their_answers() {
    let nothing = NaiveDate::from_ymd_opt(2019, 12, 31).unwrap();
    let before = day(&TOWN.township, &TOWN.records, &POLICY, AsOf::on(nothing));
    let expected = [
        ("households", 9_681),
        ("households_missed", 9_681),
        ("arrivals", 0),
        ("home_observation", 0),
        ("checkpoints", 0),
        ("notices", 0),
        ("donations_fen", 0),
    ];
    hold("before", &before.figures, &expected);
    let long_after = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    let after = day(&TOWN.township, &TOWN.records, &POLICY, AsOf::on(long_after));
    let expected = [
        ("home_observation", 512),
        ("home_observation_now", 0),
        ("central_quarantine", 54),
        ("transferred", 5),
        ("notices", 60_186),
        ("donations_fen", 14_500_000),
        // Nobody reports a year later, and nobody stands at the gates.
        ("communities_silent", 17),
        ("checkpoint_hours_uncovered", 4 * 24),
    ];
    hold("after", &after.figures, &expected);
}
