//! Instants at the ends of the calendar, and policies of any size: nothing overflows, nothing is
//! lost.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use contact_tracing::{
    CaseClass, CaseFacts, Contact, ContactLog, ContactNetwork, ContactWindow, OpenEnd,
    TracingPolicy, Visit, trace_backward, trace_forward,
};
use grid_model::{PersonId, VenueId};
use proptest::option::of;
use proptest::prelude::*;

fn instants() -> impl Strategy<Value = NaiveDateTime> {
    let near = (0i64..100_000).prop_map(TimeDelta::seconds);
    prop_oneof![
        Just(NaiveDateTime::MIN),
        Just(NaiveDateTime::MAX),
        near.clone().prop_map(|near| NaiveDateTime::MIN + near),
        near.clone().prop_map(|near| NaiveDateTime::MAX - near),
        near.prop_map(|near| NaiveDateTime::default() + near),
    ]
}

fn days() -> impl Strategy<Value = NaiveDate> {
    let of_instants = instants().prop_map(|at| at.date());
    prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), of_instants]
}

fn number() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(1), Just(u32::MAX), any::<u32>()]
}

fn people() -> impl Strategy<Value = PersonId> {
    prop_oneof![0usize..4, Just(u32::MAX as usize)]
        .prop_map(|index| PersonId::from_index(index).unwrap())
}

fn contacts() -> impl Strategy<Value = Vec<Contact>> {
    let one = (people(), people(), instants(), of(instants()));
    let one = one.prop_map(|(person_a, person_b, from, until)| Contact {
        person_a,
        person_b,
        from,
        until,
        setting: None,
        protected: None,
        judged: None,
    });
    prop::collection::vec(one, 0..8)
}

fn visits() -> impl Strategy<Value = Vec<Visit>> {
    let venue = prop_oneof![Just(0usize), Just(u32::MAX as usize)];
    let one = (people(), venue, instants(), of(instants()));
    let one = one.prop_map(|(person, venue, from, until)| Visit {
        person,
        venue: VenueId::from_index(venue).unwrap(),
        from,
        until,
    });
    prop::collection::vec(one, 0..8)
}

fn cases() -> impl Strategy<Value = CaseFacts> {
    let class = prop::sample::select(CaseClass::ALL);
    let dates = (of(days()), of(days()), of(instants()), of(instants()));
    (people(), class, dates).prop_map(|(person, class, dates)| CaseFacts {
        person,
        class,
        onset: dates.0,
        sampled_at: dates.1,
        confirmed_at: dates.2,
        isolated_at: dates.3,
    })
}

fn open_end() -> impl Strategy<Value = OpenEnd> {
    prop_oneof![
        number().prop_map(OpenEnd::Minutes),
        Just(OpenEnd::EndOfDay),
        Just(OpenEnd::Ongoing),
    ]
}

fn policies() -> impl Strategy<Value = TracingPolicy> {
    let window = (number(), of(number()), of(number()));
    let numbers = (number(), number(), 0u8..4, number(), number());
    (window, numbers, open_end(), open_end()).prop_map(|(window, numbers, contact, visit)| {
        TracingPolicy {
            window: ContactWindow {
                before_onset_days: window.0,
                before_sampling_days: window.1,
            },
            infectious_days: window.2,
            look_back_days: numbers.0,
            latent_days: numbers.1,
            generations: numbers.2,
            protected_counts: false,
            least_venue_minutes: numbers.3,
            lingering_minutes: numbers.4,
            contact_without_end: contact,
            visit_without_end: visit,
            settings: None,
            least_minutes: BTreeMap::new(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_overflows_and_nothing_is_lost(
        contacts in contacts(),
        visits in visits(),
        case in cases(),
        policy in policies(),
        end in of(instants()),
        quarantined in of(instants()),
    ) {
        let mut log = ContactLog::new();
        for (index, contact) in contacts.iter().enumerate() {
            log.record_contact(&format!("c{index}"), contact);
        }
        for (index, visit) in visits.iter().enumerate() {
            log.record_visit(&format!("v{index}"), visit);
        }
        if let Some(end) = end {
            log.ends_at(end);
        }
        let mut network = ContactNetwork::build(&log);
        prop_assert_eq!(
            network.contact_count() + network.visit_count() + network.refused().len(),
            contacts.len() + visits.len()
        );
        let trace = trace_forward(&network, &[case], &policy, &|_| quarantined);
        let grounds = trace.grounds(&network);
        for reached in trace.reached.values() {
            prop_assert!(reached.first_exposure <= reached.last_exposure);
            let exposures = grounds.exposures(reached.person);
            let first = exposures.iter().map(|met| met.from).min();
            prop_assert_eq!(first, Some(reached.first_exposure));
            let until = exposures.iter().map(|met| met.until).max();
            prop_assert_eq!(until, Some(reached.last_exposure));
        }
        let out: BTreeSet<PersonId> = grounds.all_left_out().map(|left| left.person).collect();
        prop_assert!(!out.contains(&case.person));
        let origins = trace_backward(&network, &case, &policy);
        prop_assert!(!origins.met.contains_key(&case.person));

        // Taken out one by one, nothing is left.
        for index in 0..contacts.len() {
            let id = format!("c{index}");
            let refused = network.refused().iter().any(|row| row.to_string().contains(&id));
            prop_assert_eq!(network.withdraw_contact(&id).is_ok(), !refused);
        }
        for index in 0..visits.len() {
            let id = format!("v{index}");
            let refused = network.refused().iter().any(|row| row.to_string().contains(&id));
            prop_assert_eq!(network.withdraw_visit(&id).is_ok(), !refused);
        }
        prop_assert_eq!(network.contact_count() + network.visit_count(), 0);
        let trace = trace_forward(&network, &[case], &policy, &|_| quarantined);
        prop_assert!(trace.reached.is_empty());
    }
}
