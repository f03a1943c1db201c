//! What follows from a decision: the order, the tests, the follow-up and what it replaces.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod order_events;
mod sentences;

use chrono::{Days, NaiveDate};
use order_events::{day, event, ordered, person, standing};
use proptest::prelude::*;
use quarantine_rules::{
    Consequences, Decision, FactName, Facts, Governed, Measure, OrderEvent, OrderEventKind,
    OrderPeriod, ReplacedBecause, Subject, TestPart, Unknown, consequences, decide,
};
use sentences::books;

fn governed(authority: &str, subject: Subject, on: &str, facts: &[(FactName, &str)]) -> Governed {
    let mut person = Facts::new(subject);
    for (fact, cell) in facts {
        person.read(*fact, cell).unwrap();
    }
    let on = on.parse().unwrap();
    match decide(
        books(),
        authority,
        "COVID-19",
        &person,
        on,
        Unknown::NotMatched,
    ) {
        Decision::Governed(governed) => governed,
        other => unreachable!("{other:?}"),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn an_order_its_tests_and_its_follow_up_follow_from_a_clause() {
    let contact = governed(
        "CN-NHC",
        Subject::CloseContact,
        "2021-07-01",
        &[(FactName::LastExposure, "2021-06-25")],
    );
    let found = consequences(&contact, Some(date("2021-06-28")), None);
    let order = found.order.as_ref().unwrap();
    assert_eq!(
        (order.measure, &*order.place),
        (Measure::CentralQuarantine, "central_site")
    );
    assert_eq!(order.until, Some(date("2021-07-09")));
    assert_eq!(found.release_on, Some(date("2021-07-10")));
    let follow_up = found.follow_up.unwrap();
    assert_eq!(follow_up.measure, Measure::HealthMonitoring);
    assert_eq!(
        (follow_up.from, follow_up.until),
        (Some(date("2021-07-10")), Some(date("2021-07-16")))
    );
    assert_eq!(found.free_of_all_on, Some(date("2021-07-17")));
    let due: Vec<_> = found
        .tests
        .iter()
        .map(|test| (test.part, test.on.unwrap().to_string()))
        .collect();
    let dates: Vec<_> = due.iter().map(|(_, on)| on.as_str()).collect();
    // Days 1, 4, 7 and 14 from entering, then days 2 and 7 of what follows.
    assert_eq!(
        dates,
        [
            "2021-06-29",
            "2021-07-02",
            "2021-07-05",
            "2021-07-12",
            "2021-07-11",
            "2021-07-16"
        ]
    );
    assert_eq!(due[4].0, TestPart::FollowUp);
    // Where nobody knows when the person entered, the tests are due and undated.
    let found = consequences(&contact, None, None);
    assert!(found.tests[..4].iter().all(|test| test.on.is_none()));
}

#[test]
fn where_nothing_is_asked_nothing_follows() {
    let found = governed(
        "CN-NHC",
        Subject::CloseContact,
        "2023-02-01",
        &[(FactName::LastExposure, "2023-01-30")],
    );
    let nothing = Consequences {
        order: None,
        release_on: None,
        follow_up: None,
        free_of_all_on: None,
        tests: Vec::new(),
        replaces: None,
    };
    assert_eq!(consequences(&found, None, None), nothing);
}

fn home(zero: u64, until: u64, clause: &str) -> OrderPeriod {
    let order = OrderEvent {
        counted_from: Some(day(zero)),
        clause: Some(clause.into()),
        ..ordered(0, 10, Measure::HomeObservation, "home", until)
    };
    standing(&[order], 11).periods()[0].clone()
}

#[test]
fn a_replaced_date_says_why() {
    // Arrival on the 28th: fourteen days at home to 11 February.
    let returnee = governed(
        "CN-YN-TC",
        Subject::LocalReturnee,
        "2020-01-31",
        &[
            (FactName::ArrivalDate, "2020-01-28"),
            (FactName::ViaHubei, "no"),
        ],
    );
    assert_eq!(returnee.until, Some(day(22)));
    let why = |order: &OrderPeriod| {
        let found = consequences(&returnee, None, Some(order)).replaces;
        found.map(|replaced| (replaced.until, replaced.because))
    };
    assert_eq!(why(&home(8, 22, "TC-JAN-HOME")), None);
    assert_eq!(
        why(&home(7, 21, "TC-JAN-HOME")),
        Some((Some(day(21)), ReplacedBecause::DayZero))
    );
    assert_eq!(
        why(&home(8, 15, "OLD")),
        Some((Some(day(15)), ReplacedBecause::Clause))
    );
    assert_eq!(
        why(&home(8, 15, "TC-JAN-HOME")),
        Some((Some(day(15)), ReplacedBecause::Facts))
    );
    let mut open = home(8, 22, "TC-JAN-HOME");
    open.until = None;
    assert_eq!(why(&open), Some((None, ReplacedBecause::NoLastDay)));
    let mut central = home(8, 22, "TC-JAN-HOME");
    central.measure = Some(Measure::CentralQuarantine);
    assert_eq!(
        why(&central),
        Some((Some(day(22)), ReplacedBecause::Measure))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_order_recorded_as_issued_holds_until_the_day_of_release(
        zero in 0..60u64,
        asked in 0..80u64,
        subject in prop::sample::select(&[Subject::CloseContact, Subject::SecondaryContact][..]),
    ) {
        let first = date("2021-06-01");
        let (zero, asked) = (first + Days::new(zero), first + Days::new(zero + asked % 14));
        let mut facts = Facts::new(subject);
        facts.last_exposure = Some(zero);
        facts.exposures = None;
        let decision = decide(books(), "CN-NHC", "COVID-19", &facts, asked, Unknown::NotMatched);
        let Decision::Governed(found) = decision else { return Ok(()) };
        let follows = consequences(&found, Some(asked), None);
        let Some(order) = follows.order else { return Ok(()) };
        let issued = OrderEvent {
            at: asked.and_hms_opt(9, 0, 0).unwrap(),
            measure: Some(order.measure),
            place: Some(order.place.clone()),
            counted_from: order.counted_from,
            until: order.until,
            clause: Some(order.clause.clone()),
            ..event(0, 0, 9, OrderEventKind::Ordered)
        };
        let ledger = order_events::ledger(&[issued]);
        let orders = quarantine_rules::Orders::standing(&ledger, grid_model::AsOf::on(asked));
        let period = orders.held(person(0), asked).unwrap();
        prop_assert_eq!(period.first_free_day(), found.until_on_as_of().and_then(|day| day.succ_opt()));
        // What was issued by the decision is what the decision would issue again.
        prop_assert_eq!(consequences(&found, Some(asked), Some(period)).replaces, None);
    }
}
