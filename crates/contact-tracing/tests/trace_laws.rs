//! The laws of tracing, one story each.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::{NaiveDate, NaiveDateTime};
use contact_tracing::{
    Basis, Case, CaseClass, CaseFacts, Contact, ContactLog, ContactNetwork, ContactWindow,
    Exclusion, Judgement, OddCase, PersonKeys, Place, RefusedRow, Trace, TracingPolicy, Visit,
    cases_as_of, trace_backward, trace_each, trace_forward,
};
use grid_model::{AsOf, Ledger, PersonId, Recorded, VenueId};

const ANN: usize = 0;
const BO: usize = 1;
const CAI: usize = 2;

fn who(index: usize) -> PersonId {
    PersonId::from_index(index).unwrap()
}

fn market() -> VenueId {
    VenueId::from_index(0).unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(&format!("2020-{text}"), "%Y-%m-%d %H:%M").unwrap()
}

fn day(text: &str) -> NaiveDate {
    format!("2020-{text}").parse().unwrap()
}

fn policy() -> TracingPolicy {
    TracingPolicy::tengchong_2020(ContactWindow {
        before_onset_days: 2,
        before_sampling_days: Some(2),
    })
}

/// Ann fell ill on 27 February.
fn ann() -> CaseFacts {
    CaseFacts::confirmed(who(ANN), day("02-27"))
}

fn met(a: usize, b: usize, from: &str, until: &str) -> Contact {
    Contact {
        person_a: who(a),
        person_b: who(b),
        from: at(from),
        until: Some(at(until)),
        setting: Some("meal".into()),
        protected: None,
        judged: None,
    }
}

fn traced(contacts: &[Contact], case: CaseFacts) -> (ContactNetwork, Trace) {
    let mut log = ContactLog::new();
    for contact in contacts {
        log.record_contact("", contact);
    }
    let network = ContactNetwork::build(&log);
    let trace = trace_forward(&network, &[case], &policy(), &|_| None);
    (network, trace)
}

fn reasons(network: &ContactNetwork, trace: &Trace) -> Vec<Exclusion> {
    let grounds = trace.grounds(network);
    grounds.all_left_out().map(|left| left.reason).collect()
}

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
fn rows_that_cannot_be_are_named_and_the_others_go_through() {
    let mut log = ContactLog::new();
    log.record_contact("c1", &met(ANN, ANN, "02-26 10:00", "02-26 11:00"));
    log.record_contact("c2", &met(ANN, BO, "02-26 10:00", "02-26 09:00"));
    log.record_contact("c3", &met(ANN, CAI, "02-26 10:00", "02-26 11:00"));
    let backwards = Visit {
        person: who(BO),
        venue: market(),
        from: at("02-26 10:00"),
        until: Some(at("02-26 09:00")),
    };
    log.record_visit("v1", &backwards);
    let network = ContactNetwork::build(&log);
    let texts: Vec<String> = network
        .refused()
        .iter()
        .map(RefusedRow::to_string)
        .collect();
    assert_eq!(
        texts,
        [
            "contact \"c1\" from 2020-02-26 10:00:00, person_b: it is the same person as person_a; name the two who met",
            "contact \"c2\" from 2020-02-26 10:00:00, until: 2020-02-26 09:00:00 is earlier; correct it, or leave it empty if it is not known",
            "visit \"v1\" from 2020-02-26 10:00:00, until: 2020-02-26 09:00:00 is earlier; correct it, or leave it empty if it is not known",
        ]
    );
    assert_eq!(
        network.contact_count() + network.visit_count() + texts.len(),
        4
    );
}

#[test]
fn only_what_was_known_and_had_happened_by_the_day_is_traced() {
    let (contacts, refused) = Ledger::build(vec![
        Recorded::new("c1", met(ANN, BO, "02-28 20:00", "02-29 08:00")),
        Recorded::new("c2", met(ANN, CAI, "02-28 20:00", "02-28 21:00"))
            .known_at(at("02-29 09:00")),
    ]);
    assert_eq!(refused, []);
    let (visits, _) = Ledger::build(Vec::new());
    let case = Case {
        person: who(ANN),
        class: CaseClass::Suspected,
        onset: Some(day("02-27")),
        sampled_at: None,
        confirmed_at: Some(at("02-28 12:00")),
        isolated_at: None,
        outcome: None,
        outcome_at: None,
        place: None,
    };
    let (cases, _) = Ledger::build(vec![Recorded::new("k1", case)]);
    let on = |day: NaiveDate| {
        let as_of = AsOf::on(day);
        let network = ContactNetwork::build(&ContactLog::as_of(&contacts, &visits, as_of));
        trace_forward(&network, &cases_as_of(&cases, as_of), &policy(), &|_| None)
    };
    assert!(on(day("02-27")).cases.is_empty());
    let evening = on(day("02-28"));
    assert_eq!(evening.reached[&who(BO)].last_exposure, at("02-29 00:00"));
    assert_eq!(evening.reached.len(), 1);
    assert_eq!(on(day("02-29")).reached.len(), 2);
}

#[test]
fn looking_back_lists_whom_and_where_a_case_met_before_its_onset() {
    let mut log = ContactLog::new();
    log.record_contact("c1", &met(ANN, BO, "02-12 22:00", "02-13 00:00"));
    log.record_contact("c2", &met(CAI, ANN, "02-13 00:00", "02-13 01:00"));
    log.visit(who(ANN), market(), at("02-20 09:00"), at("02-20 10:00"));
    log.visit(who(BO), market(), at("02-20 09:30"), at("02-20 11:00"));
    let origins = trace_backward(&ContactNetwork::build(&log), &ann(), &policy());
    assert_eq!(
        (origins.from, origins.until),
        (at("02-13 00:00"), at("02-28 00:00"))
    );
    assert_eq!(
        origins.met.keys().copied().collect::<Vec<_>>(),
        [who(BO), who(CAI)]
    );
    let step = &origins.met[&who(CAI)][0];
    assert_eq!(
        (step.from, step.to, &*step.records[0]),
        (who(CAI), who(ANN), "c2")
    );
    assert_eq!(origins.met[&who(BO)][0].place, Place::Venue(market()));
    assert_eq!(origins.venues.len(), 1);
    assert_eq!(origins.excluded[0].reason, Exclusion::OutsideLookBack);
}

#[test]
fn of_what_lingers_over_the_days_looked_back_only_the_part_in_them_counts() {
    let stay = |who_was, from, until| Visit {
        person: who(who_was),
        venue: market(),
        from: at(from),
        until: Some(at(until)),
    };
    let mut log = ContactLog::new();
    log.record_visit("v0", &stay(BO, "02-27 15:00", "02-28 00:00"));
    log.record_visit("v1", &stay(ANN, "02-27 23:00", "02-28 01:00"));
    let network = ContactNetwork::build(&log);
    let mut lingering = policy();
    lingering.lingering_minutes = 60;
    lingering.least_venue_minutes = 120;
    // Forward two hours are shared, of which the second is after the day of Ann's onset.
    let bo = CaseFacts::confirmed(who(BO), day("02-27"));
    let trace = trace_forward(&network, &[bo], &lingering, &|_| None);
    assert!(trace.reached.contains_key(&who(ANN)));
    let origins = trace_backward(&network, &ann(), &lingering);
    assert!(origins.met.is_empty());
    assert_eq!(origins.excluded[0].reason, Exclusion::TooShort);
    lingering.least_venue_minutes = 60;
    let origins = trace_backward(&network, &ann(), &lingering);
    assert_eq!(origins.met[&who(BO)][0].ended, at("02-28 00:00"));
}

#[test]
fn an_unknown_key_is_named() {
    let people = PersonKeys::new(["Bo", "Ann", "Bo"]);
    assert_eq!(people.len(), 2);
    assert_eq!(people.key(people.id("Bo").unwrap()), "Bo");
    assert_eq!(
        people.id("Dee").unwrap_err().to_string(),
        "person \"Dee\" is not known; number the people from every row that names one"
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
fn what_is_odd_about_a_case_is_flagged_and_the_case_traced() {
    let confirmed_first = CaseFacts {
        confirmed_at: Some(at("02-26 09:00")),
        ..ann()
    };
    let isolated_first = ann().isolated(at("02-26 23:00"));
    let other = CaseFacts::confirmed(who(BO), day("02-27"));
    let network = ContactNetwork::build(&ContactLog::new());
    let cases = [other, isolated_first, confirmed_first];
    let trace = trace_forward(&network, &cases, &policy(), &|_| None);
    let texts: Vec<String> = trace.odd_cases.iter().map(OddCase::to_string).collect();
    assert_eq!(
        texts,
        [
            "onset 2020-02-27 is after the confirmation at 2020-02-26 09:00:00; correct one of the two",
            "isolated at 2020-02-26 23:00:00, before the onset on 2020-02-27; correct one of the two, unless it fell ill in quarantine",
            "2 records of one case; withdraw all but one unless its class changed",
        ]
    );
    assert!(trace.odd_cases.iter().all(|odd| odd.person() == who(ANN)));
    assert_eq!(trace.cases.len(), 2);
    let sound = trace_forward(&network, &[ann()], &policy(), &|_| None);
    assert_eq!(sound.odd_cases, []);
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
