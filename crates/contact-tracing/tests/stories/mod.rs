//! Ann, Bo and Cai, of whom the laws of tracing are told.
#![allow(dead_code, reason = "each test file uses its part of it")]

use chrono::{NaiveDate, NaiveDateTime};
use contact_tracing::{
    CaseFacts, Contact, ContactLog, ContactNetwork, ContactWindow, Exclusion, Trace, TracingPolicy,
    trace_forward,
};
use grid_model::{PersonId, VenueId};

pub(crate) const ANN: usize = 0;
pub(crate) const BO: usize = 1;
pub(crate) const CAI: usize = 2;

pub(crate) fn who(index: usize) -> PersonId {
    PersonId::from_index(index).unwrap()
}

pub(crate) fn market() -> VenueId {
    VenueId::from_index(0).unwrap()
}

pub(crate) fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(&format!("2020-{text}"), "%Y-%m-%d %H:%M").unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    format!("2020-{text}").parse().unwrap()
}

pub(crate) fn policy() -> TracingPolicy {
    TracingPolicy::tengchong_2020(ContactWindow {
        before_onset_days: 2,
        before_sampling_days: Some(2),
    })
}

/// Ann fell ill on 27 February.
pub(crate) fn ann() -> CaseFacts {
    CaseFacts::confirmed(who(ANN), day("02-27"))
}

pub(crate) fn met(a: usize, b: usize, from: &str, until: &str) -> Contact {
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

pub(crate) fn traced(contacts: &[Contact], case: CaseFacts) -> (ContactNetwork, Trace) {
    let mut log = ContactLog::new();
    for contact in contacts {
        log.record_contact("", contact);
    }
    let network = ContactNetwork::build(&log);
    let trace = trace_forward(&network, &[case], &policy(), &|_| None);
    (network, trace)
}

pub(crate) fn reasons(network: &ContactNetwork, trace: &Trace) -> Vec<Exclusion> {
    let grounds = trace.grounds(network);
    grounds.all_left_out().map(|left| left.reason).collect()
}
