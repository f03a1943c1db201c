//! The laws of looking back: whom and where a case met before it fell ill.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod stories;

use contact_tracing::{
    CaseFacts, ContactLog, ContactNetwork, Exclusion, Place, Visit, trace_backward, trace_forward,
};
use stories::{ANN, BO, CAI, ann, at, day, market, met, policy, who};

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
