//! What a release certificate needs, who is overdue, and who lives with somebody held.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod order_events;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use grid_model::PersonId;
use order_events::{day, event, events, ordered, person, standing};
use proptest::prelude::*;
use quarantine_rules::{
    Facts, HouseholdMember, Language, Measure, MissingForRelease as Missing, OrderEvent,
    OrderEventKind as Event, Orders, ReleaseTiming, Subject, TestPart, TestResult, TestTaken,
    explain_order, explain_release, household_members,
};
use sentences::{books, keywords_in, numbers_in, quoted_apart};

fn nothing() -> BTreeMap<PersonId, Facts> {
    BTreeMap::new()
}

fn tested(tests: &[(u64, TestResult)]) -> BTreeMap<PersonId, Facts> {
    let mut facts = Facts::new(Subject::CloseContact);
    let taken = tests.iter().map(|(on, result)| TestTaken {
        on: day(*on),
        result: *result,
    });
    facts.test_results = Some(taken.collect());
    BTreeMap::from([(person(0), facts)])
}

/// A home order of fourteen days, begun, with all a certificate needs.
fn complete() -> Vec<OrderEvent> {
    let order = OrderEvent {
        counted_from: Some(day(1)),
        until: Some(day(15)),
        ..ordered(0, 2, Measure::HomeObservation, "home", 15)
    };
    vec![order, event(0, 2, 18, Event::Begun)]
}

#[test]
fn a_certificate_says_what_was_ordered_counted_and_served() {
    let orders = standing(&complete(), 15);
    let tomorrow = orders.certificates_on(day(16), books(), &nothing());
    let [one] = &tomorrow[..] else { unreachable!() };
    assert_eq!((one.ordered_on, one.begun_on), (day(2), Some(day(2))));
    assert_eq!(
        (one.counted_from, one.last_day, one.free_on),
        (Some(day(1)), Some(day(15)), day(16))
    );
    assert_eq!((one.days_counted, one.days_held), (Some(14), 14));
    assert_eq!(
        one.in_books.as_ref().unwrap().edition.as_ref(),
        "practice from 2020-01-24"
    );
    assert_eq!((one.timing, one.recorded), (ReleaseTiming::OnTime, false));
    assert_eq!(one.missing, []);
    assert_eq!(
        explain_release(one, books(), Language::Chinese),
        "该人员自2020年1月22日起经town决定实行居家隔离观察（家中），依据腾冲市规定TC-JAN-HOME条（2020年1月24日起的做法）；\
         现期限已满，自2020年2月5日00:00起解除。2020年1月21日为第0天，计至末日共14天，决定的最后一天为2020年2月4日，实际执行14天。"
    );
    assert_eq!(
        explain_release(one, books(), Language::English),
        "Since 22 January 2020 this person was under home observation (home) by order of town, \
         under clause TC-JAN-HOME of Tengchong City (practice from 24 January 2020); the time is \
         served, and the person is free from 00:00 on 5 February 2020. Days: 21 January 2020 is day 0 \
         and 14 days run to the last day served, the last day of the order is 4 February 2020, the \
         person was held on 14 days."
    );
}

#[test]
fn what_a_certificate_lacks_is_named() {
    let bare = OrderEvent {
        clause: None,
        ordered_by: None,
        counted_from: None,
        place: None,
        ..ordered(0, 2, Measure::HomeObservation, "home", 15)
    };
    let orders = standing(&[bare, event(0, 3, 9, Event::Broken)], 15);
    let [one] = &orders.certificates_on(day(16), books(), &nothing())[..] else {
        unreachable!()
    };
    assert_eq!(
        one.missing,
        [
            Missing::Place,
            Missing::CountedFrom,
            Missing::Clause,
            Missing::OrderedBy,
            Missing::Begun,
            Missing::Judgement
        ]
    );
    let zh = explain_release(one, books(), Language::Chinese);
    assert!(
        zh.contains("出具通知书尚缺：隔离地点、起算日（第0天）、依据条款、决定机关、开始执行的登记、对未遵守情况的处理意见。"),
        "{zh}"
    );
    let mut unknown = complete();
    unknown[0].clause = Some("NO-SUCH".into());
    let orders = standing(&unknown, 15);
    let [one] = &orders.certificates_on(day(16), books(), &nothing())[..] else {
        unreachable!()
    };
    assert_eq!(one.missing, [Missing::ClauseNotInBooks]);
}

#[test]
fn tests_are_due_by_the_day_of_entering_and_answered_before_the_next() {
    let mut events = complete();
    // Edition 8: central quarantine of fourteen days, tests on days 1, 4, 7 and 14.
    events[0].clause = Some("CN-E8-CC".into());
    events[0].measure = Some(Measure::CentralQuarantine);
    let orders = standing(&events, 15);
    let ask = |known| orders.certificates_on(day(16), books(), &known).remove(0);
    let negative = TestResult::Negative;
    let one = ask(tested(&[
        (3, negative),
        (7, negative),
        (10, TestResult::Pending),
    ]));
    let due: Vec<_> = one
        .tests
        .iter()
        .map(|test| (test.part, test.day, test.on.unwrap()))
        .collect();
    let measure = TestPart::Measure;
    assert_eq!(
        due[..3],
        [
            (measure, 1, day(3)),
            (measure, 4, day(6)),
            (measure, 7, day(9))
        ]
    );
    // Who went under it a day late has no day 14 of it left; the follow-up counts from the end.
    assert_eq!(
        due[3..],
        [
            (TestPart::FollowUp, 2, day(17)),
            (TestPart::FollowUp, 7, day(22))
        ]
    );
    let done: Vec<_> = one
        .tests
        .iter()
        .map(|test| test.done.map(|done| done.on))
        .collect();
    assert_eq!(
        done,
        [Some(day(3)), Some(day(7)), Some(day(10)), None, None]
    );
    assert_eq!(one.missing, [Missing::TestResult]);
    assert_eq!(ask(nothing()).missing, [Missing::Test]);
    let all = [(3, negative), (6, negative), (9, TestResult::Positive)];
    assert_eq!(ask(tested(&all)).missing, [Missing::NegativeTest]);
}

#[test]
fn an_early_release_is_flagged_and_an_uncertified_end_is_overdue() {
    let mut early = complete();
    early.push(event(0, 10, 9, Event::Released));
    let orders = standing(&early, 20);
    let [one] = &orders.certificates_on(day(10), books(), &nothing())[..] else {
        unreachable!()
    };
    assert_eq!(
        (one.timing, one.days_counted, one.recorded),
        (ReleaseTiming::Early, Some(8), true)
    );
    assert!(
        orders
            .certificates_overdue(day(20), books(), &nothing())
            .is_empty()
    );

    let orders = standing(&complete(), 18);
    let overdue = |on| {
        orders
            .certificates_overdue(day(on), books(), &nothing())
            .len()
    };
    assert_eq!(
        (overdue(16), overdue(17)),
        (0, 1),
        "on the morning itself it is due, not overdue"
    );
    let mut certified = complete();
    certified.push(event(0, 16, 8, Event::Released));
    assert!(
        standing(&certified, 18)
            .certificates_overdue(day(18), books(), &nothing())
            .is_empty()
    );
    let mut lifted = complete();
    lifted.push(event(0, 5, 8, Event::Overturned));
    let orders = standing(&lifted, 18);
    let [one] = &orders.certificates_on(day(5), books(), &nothing())[..] else {
        unreachable!()
    };
    assert_eq!(one.timing, ReleaseTiming::Overturned);
}

#[test]
fn an_extension_and_its_reason_stand_in_the_notice() {
    let mut events = complete();
    events.push(OrderEvent {
        until: Some(day(20)),
        counted_from: Some(day(6)),
        ordered_by: Some("city".into()),
        ..event(0, 8, 9, Event::Extended)
    });
    let orders = standing(&events, 9);
    let zh = explain_order(&orders.periods()[0], books(), Language::Chinese);
    assert_eq!(
        zh,
        "2020年1月22日town决定对该人员实行居家隔离观察（家中），依据腾冲市规定TC-JAN-HOME条（2020年1月24日起的做法）。\
         期限：2020年1月21日为第0天，最后一天为2020年2月9日，自2020年2月10日00:00起解除。\
         2020年1月28日延长期限：最后一天由2020年2月4日改为2020年2月9日，第0天改为2020年1月26日，由city决定。"
    );
}

#[test]
fn who_lives_with_somebody_held_at_home_is_to_be_judged() {
    let events = [
        ordered(0, 2, Measure::HomeObservation, "home", 15),
        ordered(3, 2, Measure::CentralQuarantine, "township_site", 15),
        ordered(5, 2, Measure::HomeQuarantine, "home", 15),
    ];
    let orders = standing(&events, 5);
    let homes = [
        vec![person(1), person(0)],
        vec![person(3), person(4)],
        vec![person(5), person(6)],
    ];
    let fit = BTreeMap::from([(person(5), true)]);
    let member = |home_ok| HouseholdMember {
        person: person(1),
        lives_with: person(0),
        measure: Measure::HomeObservation,
        home_ok,
        last_exposure: day(5),
    };
    assert_eq!(
        household_members(&orders, &homes, &fit, day(5)),
        [member(None)]
    );
    let unfit = BTreeMap::from([(person(0), false), (person(5), true)]);
    assert_eq!(
        household_members(&orders, &homes, &unfit, day(5)),
        [member(Some(false))]
    );
    // After the release nobody is exposed any more.
    assert_eq!(household_members(&orders, &homes, &unfit, day(16)), []);
}

fn any_order() -> impl Strategy<Value = Vec<OrderEvent>> {
    let clause = prop::option::of(prop::sample::select(
        &["TC-JAN-HOME", "CN-E8-CC", "CN-E9-CC", "NO-SUCH"][..],
    ));
    (events(), prop::collection::vec(clause, 20)).prop_map(|(mut events, clauses)| {
        for (event, clause) in events.iter_mut().zip(clauses) {
            event.clause = clause.map(Into::into);
            event.ordered_by = Some("town".into());
        }
        events
    })
}

/// The evenings on which an order holds a person from the day of going under it, one by one.
fn evenings(orders: &Orders, who: PersonId, from: u64, free: u64) -> i64 {
    let held = (from..free).filter(|on| orders.held(who, day(*on)).is_some());
    i64::try_from(held.count()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn days_held_are_the_evenings_held(events in any_order(), on in 1..40u64) {
        let orders = standing(&events, 45);
        for one in orders.certificates_on(day(on), books(), &nothing()) {
            let start = one.begun_on.unwrap_or(one.ordered_on);
            let from = (start - day(0)).num_days().unsigned_abs();
            prop_assert_eq!(one.days_held, evenings(&orders, one.person, from, on));
            if let Some(zero) = one.counted_from {
                prop_assert_eq!(one.free_on, zero + Days::new(1) + chrono::Duration::days(one.days_counted.unwrap()));
            }
        }
    }

    #[test]
    fn everyone_released_has_a_certificate_and_who_is_overdue_had_one_due(
        events in any_order(),
        on in 1..40u64,
    ) {
        let orders = standing(&events, 45);
        let of = |on| orders.certificates_on(day(on), books(), &nothing());
        let listed: Vec<_> = of(on).iter().map(|one| one.person).collect();
        let released: Vec<_> = orders.released_on(day(on)).iter().map(|one| one.person).collect();
        prop_assert_eq!(listed, released);
        let overdue = orders.certificates_overdue(day(on), books(), &nothing());
        let overdue: BTreeSet<_> = overdue.iter().map(|one| (one.free_on, one.person)).collect();
        let mut due = BTreeSet::new();
        for earlier in 0..on {
            let open = of(earlier).into_iter().filter(|one| !one.recorded);
            due.extend(open.map(|one| (one.free_on, one.person)));
        }
        prop_assert!(overdue.is_subset(&due), "{:?} {:?}", overdue, due);
    }

    #[test]
    fn notices_say_the_same_in_both_languages_without_a_key_word(events in any_order(), on in 1..40u64) {
        let orders = standing(&events, on);
        let mut told: Vec<[String; 2]> = Vec::new();
        let languages = [Language::Chinese, Language::English];
        for period in orders.periods() {
            told.push(languages.map(|language| explain_order(period, books(), language)));
        }
        for one in orders.certificates_on(day(on), books(), &tested(&[(4, TestResult::Negative)])) {
            told.push(languages.map(|language| explain_release(&one, books(), language)));
        }
        for [zh, en] in told {
            prop_assert_eq!(numbers_in(&zh), numbers_in(&en), "\n{}\n{}", zh, en);
            for text in [&zh, &en] {
                let own = quoted_apart(text);
                prop_assert!(keywords_in(&own).is_empty() && !own.contains('_'), "{}", text);
            }
        }
    }
}
