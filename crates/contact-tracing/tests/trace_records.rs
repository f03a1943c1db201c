//! What of the records is traced, and what is said of those that cannot be as they stand.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod stories;

use chrono::NaiveDate;
use contact_tracing::{
    Case, CaseClass, CaseFacts, ContactLog, ContactNetwork, OddCase, PersonKeys, RefusedRow, Visit,
    cases_as_of, trace_forward,
};
use grid_model::{AsOf, Ledger, Recorded};
use stories::{ANN, BO, CAI, ann, at, day, market, met, policy, who};

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
