//! The laws of tracing forward: who is reached, when and by whom, one story each.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod stories;

use contact_tracing::{
    Basis, CaseClass, CaseFacts, Contact, ContactLog, ContactNetwork, ContactWindow, Exclusion,
    Judgement, Place, TracingPolicy, trace_each, trace_forward,
};
use stories::{ANN, BO, CAI, ann, at, day, market, met, policy, reasons, traced, who};

#[test]
fn the_first_day_of_the_window_counts_from_midnight() {
    let before = met(ANN, BO, "02-24 22:00", "02-25 00:00");
    let (network, trace) = traced(&[before], ann());
    assert!(trace.reached.is_empty());
    assert_eq!(
        reasons(&network, &trace),
        [Exclusion::BeforeInfectiousPeriod]
    );

    let over_midnight = met(ANN, BO, "02-24 22:00", "02-25 00:30");
    let (_, trace) = traced(&[over_midnight], ann());
    let bo = &trace.reached[&who(BO)];
    assert_eq!(bo.first_exposure, at("02-25 00:00"));
    assert_eq!(bo.last_exposure, at("02-25 00:30"));
}

#[test]
fn through_edition_four_only_contacts_after_onset_count() {
    let mut early = policy();
    early.window = ContactWindow {
        before_onset_days: 0,
        before_sampling_days: None,
    };
    let mut log = ContactLog::new();
    log.record_contact("c1", &met(ANN, BO, "02-26 10:00", "02-26 11:00"));
    log.record_contact("c2", &met(ANN, CAI, "02-27 00:00", "02-27 01:00"));
    let network = ContactNetwork::build(&log);
    let trace = trace_forward(&network, &[ann()], &early, &|_| None);
    assert_eq!(
        trace.reached.keys().copied().collect::<Vec<_>>(),
        [who(CAI)]
    );

    let silent = CaseFacts {
        class: CaseClass::Asymptomatic,
        onset: None,
        sampled_at: Some(day("02-27")),
        ..ann()
    };
    let trace = trace_forward(&network, &[silent], &early, &|_| None);
    assert!(trace.reached.is_empty());
    assert_eq!(trace.cases[0].basis, Basis::NotTraced);
    let trace = trace_forward(&network, &[silent], &policy(), &|_| None);
    assert_eq!(trace.cases[0].basis, Basis::Sampling);
    assert_eq!(trace.reached.len(), 2);
}

#[test]
fn exposure_ends_at_isolation() {
    let case = ann().isolated(at("02-28 00:00"));
    let over_night = met(ANN, BO, "02-27 20:00", "02-28 08:00");
    let after = met(ANN, CAI, "02-28 00:00", "02-28 01:00");
    let (network, trace) = traced(&[over_night, after], case);
    let bo = &trace.reached[&who(BO)];
    assert_eq!(bo.last_exposure, at("02-28 00:00"));
    assert_eq!(
        bo.last_exposure_day,
        day("02-27"),
        "what ends at 00:00 ended the day before"
    );
    assert!(!trace.reached.contains_key(&who(CAI)));
    assert_eq!(reasons(&network, &trace), [Exclusion::AfterIsolation]);
}

#[test]
fn a_household_met_right_after_the_exposure_is_not_lost() {
    let (_, trace) = traced(
        &[
            met(ANN, BO, "02-26 18:00", "02-26 19:00"),
            met(BO, CAI, "02-26 18:30", "02-26 22:00"),
        ],
        ann(),
    );
    let cai = &trace.reached[&who(CAI)];
    assert_eq!((cai.generation, cai.first_exposure), (2, at("02-26 18:30")));
    assert_eq!(cai.path.len(), 2);
    assert_eq!(cai.path[0].from, who(ANN));
}

#[test]
fn whom_a_contact_met_before_its_exposure_is_not_reached() {
    let (network, trace) = traced(
        &[
            met(BO, CAI, "02-26 12:00", "02-26 18:00"),
            met(ANN, BO, "02-26 18:00", "02-26 19:00"),
        ],
        ann(),
    );
    assert!(!trace.reached.contains_key(&who(CAI)));
    assert_eq!(reasons(&network, &trace), [Exclusion::BeforeFirstExposure]);
}

#[test]
fn whom_a_contact_met_in_quarantine_is_not_reached() {
    let mut log = ContactLog::new();
    log.record_contact("c1", &met(ANN, BO, "02-26 18:00", "02-26 19:00"));
    log.record_contact("c2", &met(BO, CAI, "02-27 08:00", "02-27 09:00"));
    let network = ContactNetwork::build(&log);
    let quarantined = |person| (person == who(BO)).then(|| at("02-27 08:00"));
    let trace = trace_forward(&network, &[ann()], &policy(), &quarantined);
    assert!(!trace.reached.contains_key(&who(CAI)));
    assert_eq!(reasons(&network, &trace), [Exclusion::AfterQuarantine]);
}

#[test]
fn a_judgement_wins_over_protection_length_and_closeness() {
    let mut strict = policy();
    strict.least_minutes.insert("meal".to_owned(), 15);
    let short = met(ANN, BO, "02-26 10:00", "02-26 10:05");
    let open_ended = Contact {
        until: None,
        ..short.clone()
    };
    for (contact, expected) in [
        (short.clone(), Some(Exclusion::TooShort)),
        (
            Contact {
                protected: Some(true),
                ..short.clone()
            },
            Some(Exclusion::Protected),
        ),
        (
            Contact {
                protected: Some(true),
                judged: Some(Judgement::Close),
                ..short.clone()
            },
            None,
        ),
        (open_ended, None),
        (
            Contact {
                judged: Some(Judgement::NotClose),
                ..met(ANN, BO, "02-26 10:00", "02-27 10:00")
            },
            Some(Exclusion::JudgedNotClose),
        ),
    ] {
        let mut log = ContactLog::new();
        log.record_contact("c1", &contact);
        let network = ContactNetwork::build(&log);
        let trace = trace_forward(&network, &[ann()], &strict, &|_| None);
        assert_eq!(
            reasons(&network, &trace).first().copied(),
            expected,
            "{contact:?}"
        );
        assert_eq!(trace.reached.contains_key(&who(BO)), expected.is_none());
    }
}

#[test]
fn a_judgement_speaks_of_the_visits_of_the_two_as_well() {
    let mut log = ContactLog::new();
    let meal = Contact {
        judged: Some(Judgement::NotClose),
        ..met(ANN, BO, "02-26 10:00", "02-26 11:00")
    };
    log.record_contact("c1", &meal);
    for person in [ANN, BO, CAI] {
        log.visit(who(person), market(), at("02-26 10:00"), at("02-26 11:00"));
    }
    let mut close_only = policy();
    close_only.generations = 1;
    let network = ContactNetwork::build(&log);
    let trace = trace_forward(&network, &[ann()], &close_only, &|_| None);
    assert_eq!(
        trace.reached.keys().copied().collect::<Vec<_>>(),
        [who(CAI)]
    );
    assert_eq!(
        reasons(&network, &trace),
        [Exclusion::JudgedNotClose, Exclusion::JudgedNotClose]
    );
}

#[test]
fn who_leaves_at_ten_never_meets_who_comes_at_ten_unless_it_lingers() {
    let mut log = ContactLog::new();
    log.visit(who(ANN), market(), at("02-26 09:00"), at("02-26 10:00"));
    log.visit(who(BO), market(), at("02-26 10:00"), at("02-26 11:00"));
    let network = ContactNetwork::build(&log);
    assert!(
        trace_forward(&network, &[ann()], &policy(), &|_| None)
            .reached
            .is_empty()
    );
    let mut lingering = policy();
    lingering.lingering_minutes = 20;
    let trace = trace_forward(&network, &[ann()], &lingering, &|_| None);
    let bo = &trace.reached[&who(BO)];
    assert_eq!(bo.last_exposure, at("02-26 10:20"));
    assert_eq!(bo.last_place, Place::Venue(market()));
    // It lingers forward in time only.
    let bo = CaseFacts::confirmed(who(BO), day("02-27"));
    assert!(
        trace_forward(&network, &[bo], &lingering, &|_| None)
            .reached
            .is_empty()
    );
}

#[test]
fn a_gathering_of_five_hundred_is_five_hundred_visits() {
    let mut log = ContactLog::new();
    for person in 0..500 {
        log.visit(who(person), market(), at("02-26 10:00"), at("02-26 12:00"));
    }
    let network = ContactNetwork::build(&log);
    assert_eq!(network.visit_count(), 500);
    let trace = trace_forward(&network, &[ann()], &policy(), &|_| None);
    assert_eq!(trace.reached.len(), 499);
    let grounds = trace.grounds(&network);
    assert!(
        (1..500).all(|person| grounds.exposures(who(person)).len() == 1),
        "each was exposed once, to Ann"
    );
}

#[test]
fn all_sources_are_kept_and_the_last_exposure_counts() {
    let mut log = ContactLog::new();
    log.record_contact("c1", &met(ANN, CAI, "02-26 10:00", "02-26 11:00"));
    log.record_contact("c2", &met(BO, CAI, "02-28 10:00", "02-28 11:00"));
    let network = ContactNetwork::build(&log);
    let cases = [ann(), CaseFacts::confirmed(who(BO), day("02-28"))];
    let trace = trace_forward(&network, &cases, &policy(), &|_| None);
    let cai = &trace.reached[&who(CAI)];
    assert_eq!(
        trace.grounds(&network).sources(who(CAI)),
        [who(ANN), who(BO)].into()
    );
    assert_eq!(cai.first_exposure, at("02-26 10:00"));
    assert_eq!(cai.last_exposure_day, day("02-28"));
    assert_eq!(cai.path[0].from, who(BO));
    assert_eq!(&*cai.path[0].records[0], "c2");
    assert_eq!(
        cai.last_place,
        Place::Contact {
            setting: Some("meal".into())
        }
    );
}

#[test]
fn who_was_never_isolated_exposes_others_for_the_infectious_days_where_there_are_any() {
    let late = met(ANN, BO, "03-08 00:00", "03-08 01:00");
    let last_day = met(ANN, CAI, "03-07 23:00", "03-08 01:00");
    let (_, trace) = traced(&[late.clone(), last_day.clone()], ann());
    assert_eq!(trace.reached.len(), 2, "without a length nothing ends it");

    let mut log = ContactLog::new();
    log.record_contact("c1", &late)
        .record_contact("c2", &last_day);
    let network = ContactNetwork::build(&log);
    let ten_days = TracingPolicy {
        infectious_days: Some(9),
        ..policy()
    };
    let trace = trace_forward(&network, &[ann()], &ten_days, &|_| None);
    assert_eq!(trace.cases[0].until, Some(at("03-08 00:00")));
    assert_eq!(
        trace.reached[&who(CAI)].last_exposure,
        at("03-08 00:00"),
        "the ninth day after onset counts whole"
    );
    assert_eq!(
        reasons(&network, &trace),
        [Exclusion::AfterInfectiousPeriod]
    );
    let isolated = ann().isolated(at("03-01 00:00"));
    let trace = trace_forward(&network, &[isolated], &ten_days, &|_| None);
    assert!(trace.reached.is_empty());
    assert_eq!(
        reasons(&network, &trace),
        [Exclusion::AfterIsolation, Exclusion::AfterIsolation]
    );
}

#[test]
fn each_case_is_traced_as_if_it_were_the_only_one() {
    let mut log = ContactLog::new();
    log.record_contact("c1", &met(ANN, BO, "02-26 10:00", "02-26 11:00"));
    log.record_contact("c2", &met(BO, CAI, "02-26 12:00", "02-26 13:00"));
    let network = ContactNetwork::build(&log);
    let cases = [CaseFacts::confirmed(who(BO), day("02-27")), ann()];
    let traces = trace_each(&network, &cases, &policy(), &|_| None);
    let alone = cases.map(|case| trace_forward(&network, &[case], &policy(), &|_| None));
    assert_eq!(traces, alone);
    assert_eq!(traces[0].reached.len(), 2);
    assert_eq!(traces[1].reached[&who(CAI)].generation, 2);
}
