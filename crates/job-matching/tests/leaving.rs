//! Laws of clearance, and of the counts of who left.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

mod support;

use std::collections::BTreeSet;

use grid_model::{AreaId, AsOf, Ledger, Recorded};
use job_matching::{
    Hindrance, JobPolicy, OrderStanding, Permit, PermitLevel, Placement, Skill, ValidPermits,
    Worker, clear_to_leave, communities, departures, destination_hindrance, open_vacancies,
    sent_out_to_work, skilled_workers,
};
use proptest::prelude::*;
use support::{day, ledger, permits, person, placement, skill, vacancy, worker};

fn hindrances(worker: &Worker, permits: Vec<Permit>) -> Vec<Hindrance> {
    let as_of = AsOf::on(day(20));
    let valid = ValidPermits::on(&ledger(permits), as_of);
    clear_to_leave(worker, &valid, 373, as_of).hindrances
}

#[test]
fn everything_that_hinders_is_named() {
    let own = Worker {
        order: OrderStanding::NotKnown,
        has_open_inquiry: true,
        temperature_tenths: Some(373),
        ..worker(0)
    };
    let expired = permits(1).into_iter().map(|permit| Permit {
        until: Some(day(20)),
        ..permit
    });
    assert_eq!(
        hindrances(&own, expired.collect()),
        [
            Hindrance::OrderNotKnown,
            Hindrance::ContactInquiryOpen,
            Hindrance::Fever,
            Hindrance::NoVillagePermit,
            Hindrance::NoTownshipPermit,
            Hindrance::NoCityPermit,
        ]
    );
}

#[test]
fn an_order_that_did_not_run_its_course_clears_nobody() {
    for (order, clears) in [
        (OrderStanding::NeverOrdered, true),
        (OrderStanding::Completed, true),
        (OrderStanding::Running, false),
        (OrderStanding::EndedOtherwise, false),
        (OrderStanding::NotKnown, false),
    ] {
        let own = Worker { order, ..worker(0) };
        assert_eq!(hindrances(&own, permits(1)).is_empty(), clears, "{order}");
    }
}

#[test]
fn a_temperature_not_taken_is_not_a_low_one() {
    let own = Worker {
        temperature_tenths: None,
        ..worker(0)
    };
    assert_eq!(hindrances(&own, permits(1)), [Hindrance::NoTemperature]);
}

#[test]
fn each_of_the_three_permits_is_needed() {
    let levels = PermitLevel::ALL.iter();
    let missing: Vec<_> = levels
        .map(|level| {
            let others = permits(1)
                .into_iter()
                .filter(|permit| permit.level != *level);
            hindrances(&worker(0), others.collect())
        })
        .collect();
    assert_eq!(
        missing,
        [
            [Hindrance::NoVillagePermit],
            [Hindrance::NoTownshipPermit],
            [Hindrance::NoCityPermit]
        ]
    );
}

#[test]
fn an_employer_learns_the_day_of_the_clearance_and_nothing_else() {
    let as_of = AsOf::on(day(20));
    let valid = ValidPermits::on(&ledger(permits(1)), as_of);
    let never = Worker {
        order: OrderStanding::NeverOrdered,
        ..worker(0)
    };
    let told = |own: &Worker| clear_to_leave(own, &valid, 373, as_of).notice();
    assert_eq!(told(&worker(0)).unwrap().cleared_on, day(20));
    assert_eq!(told(&worker(0)), told(&never));
}

#[test]
fn nobody_is_sent_where_the_risk_is_refused_or_not_known() {
    let policy = JobPolicy::tengchong_2020();
    assert_eq!(destination_hindrance(Some("low"), &policy), None);
    assert_eq!(
        destination_hindrance(Some("high"), &policy),
        Some(Hindrance::DestinationRefused)
    );
    assert_eq!(
        destination_hindrance(None, &policy),
        Some(Hindrance::DestinationRiskNotKnown)
    );
}

#[test]
fn a_skill_counts_from_the_day_it_was_registered_and_a_person_once() {
    let registered = |id: &str, number, hour| {
        Recorded::new(id, skill(number, id)).known_at(day(hour).and_hms_opt(9, 0, 0).unwrap())
    };
    let rows = vec![
        registered("a", 0, 10),
        registered("b", 0, 11),
        registered("c", 1, 12),
    ];
    let skills: Ledger<Skill> = Ledger::build(rows).0;
    let count = |of, known_by| {
        let as_of = AsOf {
            day: day(of),
            known_by: day(known_by),
        };
        skilled_workers(&skills, as_of).len()
    };
    assert_eq!(
        (count(9, 9), count(11, 11), count(11, 20), count(12, 12)),
        (0, 1, 1, 2)
    );
    let everyone: BTreeSet<_> = skilled_workers(&skills, AsOf::on(day(12)));
    assert_eq!(communities(&everyone, |_| AreaId::from_index(7)).len(), 1);
    assert_eq!(communities(&everyone, |_| None).len(), 0);
}

#[test]
fn departures_are_batched_by_day_and_place_and_say_where_a_vacancy_is() {
    let vacancies = ledger([vacancy(None, 5, 100)]);
    let own = |number| Placement {
        destination: Some("Dali".into()),
        ..placement(number, None, 20)
    };
    let placements = ledger([
        own(3),
        own(1),
        placement(2, Some(0), 20),
        placement(4, None, 20),
        placement(0, None, 19),
    ]);
    let found = departures(&placements, &vacancies, AsOf::on(day(20)));
    let batches: Vec<_> = found
        .iter()
        .map(|one| (one.destination.as_deref(), one.people.clone()))
        .collect();
    assert_eq!(
        batches,
        [
            (None, vec![person(4)]),
            (Some("Dali"), vec![person(1), person(3)]),
            (Some("Kunming"), vec![person(2)]),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn places_offered_are_places_open_and_places_left_for(
        offered in proptest::collection::vec(0u32..4, 1..4),
        left in proptest::collection::vec((0usize..6, proptest::option::of(0usize..3), 1u32..20), 0..12),
        number in 1u32..20,
    ) {
        let vacancies = ledger(offered.iter().map(|places| vacancy(None, *places, 1)));
        let placements = ledger(left.iter().map(|(who, which, on)| placement(*who, *which, *on)));
        let as_of = AsOf::on(day(number));
        let open = open_vacancies(&vacancies, &placements, as_of);
        let by_then = || left.iter().filter(|row| row.2 <= number);
        for (index, &places) in offered.iter().enumerate() {
            let taken: BTreeSet<usize> = by_then().filter(|row| row.1 == Some(index)).map(|row| row.0).collect();
            let found = open.iter().find(|own| own.vacancy.index() == index).map_or(0, |own| own.places);
            prop_assert_eq!(found, places.saturating_sub(u32::try_from(taken.len()).unwrap()));
        }
        let gone: BTreeSet<usize> = by_then().map(|row| row.0).collect();
        let found: BTreeSet<usize> = sent_out_to_work(&placements, as_of).into_iter().map(|one| one.index()).collect();
        prop_assert_eq!(found, gone);
    }
}
