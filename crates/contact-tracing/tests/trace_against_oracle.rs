//! The trace against looking at every pair of rows.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod oracle;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use contact_tracing::{
    CaseClass, CaseFacts, Contact, ContactNetwork, ContactWindow, Judgement, OpenEnd, Trace,
    TracingPolicy, Visit, trace_backward, trace_forward,
};
use oracle::{Found, World, hour, person, venue};
use proptest::option::of;
use proptest::prelude::*;

const HOURS: i64 = 96;

fn contacts() -> impl Strategy<Value = Vec<Contact>> {
    let setting = of(prop::sample::select(vec!["home", "meal", "bus"]));
    let judged = of(prop::sample::select(vec![
        Judgement::Close,
        Judgement::NotClose,
    ]));
    let judged = prop_oneof![4 => Just(None), 1 => judged];
    let one = (
        0usize..7,
        0usize..7,
        0..HOURS,
        of(0i64..30),
        setting,
        of(any::<bool>()),
        judged,
    );
    let one = one.prop_map(|(a, b, from, lasted, setting, protected, judged)| Contact {
        person_a: person(a),
        person_b: person(b),
        from: hour(from),
        until: lasted.map(|lasted| hour(from + lasted)),
        setting: setting.map(Box::from),
        protected,
        judged,
    });
    prop::collection::vec(one, 0..14)
}

fn visits() -> impl Strategy<Value = Vec<Visit>> {
    let one = (0usize..7, 0usize..3, 0..HOURS, of(0i64..12));
    let one = one.prop_map(|(who, place, from, lasted)| Visit {
        person: person(who),
        venue: venue(place),
        from: hour(from),
        until: lasted.map(|lasted| hour(from + lasted)),
    });
    prop::collection::vec(one, 0..14)
}

fn cases() -> impl Strategy<Value = Vec<CaseFacts>> {
    let class = prop::sample::select(CaseClass::ALL);
    let one = (
        0usize..7,
        class,
        of(0i64..4),
        of(0i64..4),
        of(0..HOURS),
        of(0..HOURS),
    );
    let one = one.prop_map(
        |(who, class, onset, sampled, confirmed, isolated)| CaseFacts {
            person: person(who),
            class,
            onset: onset.map(|day| hour(24 * day).date()),
            sampled_at: sampled.map(|day| hour(24 * day).date()),
            confirmed_at: confirmed.map(hour),
            isolated_at: isolated.map(hour),
        },
    );
    prop::collection::vec(one, 1..4)
}

fn open_end() -> impl Strategy<Value = OpenEnd> {
    prop_oneof![
        (0u32..5).prop_map(|hours| OpenEnd::Minutes(hours * 60)),
        Just(OpenEnd::EndOfDay),
        Just(OpenEnd::Ongoing),
    ]
}

fn policies() -> impl Strategy<Value = TracingPolicy> {
    let windows = (0u32..3, of(0u32..3)).prop_map(|(onset, sampling)| ContactWindow {
        before_onset_days: onset,
        before_sampling_days: sampling,
    });
    let listed = of(Just(BTreeSet::from(["home".to_owned(), "meal".to_owned()])));
    let numbers = (0u32..4, 0u32..2, 0u8..4, 0u32..3, 0u32..3, 0u32..3);
    let rest = (
        windows,
        numbers,
        any::<bool>(),
        open_end(),
        open_end(),
        listed,
    );
    rest.prop_map(
        |(window, numbers, protected_counts, contact, visit, settings)| {
            let (look_back_days, latent_days, generations, meal, stay, lingering) = numbers;
            TracingPolicy {
                window,
                look_back_days,
                latent_days,
                generations,
                protected_counts,
                least_venue_minutes: stay * 60,
                lingering_minutes: lingering * 60,
                contact_without_end: contact,
                visit_without_end: visit,
                settings,
                least_minutes: BTreeMap::from([("meal".to_owned(), meal * 60)]),
            }
        },
    )
}

fn worlds() -> impl Strategy<Value = World> {
    let quarantined = prop::collection::vec(of(0..HOURS), 7);
    let parts = (
        contacts(),
        visits(),
        cases(),
        policies(),
        quarantined,
        of(40..HOURS),
    );
    parts.prop_map(
        |(contacts, visits, cases, policy, quarantined, end)| World {
            contacts,
            visits,
            cases,
            policy,
            quarantined_at: quarantined.into_iter().map(|at| at.map(hour)).collect(),
            end: end.map(hour),
        },
    )
}

fn traced(world: &World, rotated_by: usize) -> (ContactNetwork, Trace) {
    let network = ContactNetwork::build(&world.log(rotated_by));
    let trace = trace_forward(&network, &world.cases, &world.policy, &|person| {
        world.quarantined(person)
    });
    (network, trace)
}

/// What a trace says, in the oracle's words.
fn told(network: &ContactNetwork, trace: &Trace) -> Found {
    let ids = |evidence| {
        network
            .records(evidence)
            .iter()
            .map(|id| id.to_string())
            .collect()
    };
    let grounds = trace.grounds(network);
    let mut found = Found::default();
    for reached in trace.reached.values() {
        let mut met: Vec<oracle::Met> = grounds
            .exposures(reached.person)
            .iter()
            .map(|met| (met.from, met.until, met.source, ids(met.evidence)))
            .collect();
        met.sort();
        found
            .reached
            .insert(reached.person, (reached.generation, met));
    }
    for out in grounds.all_left_out() {
        let reason = out.reason.to_string();
        found.excluded.insert((
            out.generation,
            out.source,
            out.person,
            ids(out.evidence),
            reason,
        ));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_trace_finds_what_looking_at_every_pair_finds(world in worlds()) {
        let (network, trace) = traced(&world, 0);
        prop_assert_eq!(told(&network, &trace), oracle::trace(&world));
    }

    #[test]
    fn the_order_of_rows_never_matters(world in worlds(), turn in 0usize..14) {
        let (network, trace) = traced(&world, 0);
        let mut shuffled = world.clone();
        shuffled.cases.reverse();
        let (_, again) = traced(&shuffled, turn);
        prop_assert_eq!(&trace, &again);
        for case in &world.cases {
            let turned = ContactNetwork::build(&world.log(turn));
            prop_assert_eq!(
                trace_backward(&network, case, &world.policy),
                trace_backward(&turned, case, &world.policy)
            );
        }
    }

    #[test]
    fn the_first_and_the_last_exposure_are_the_first_and_the_last_of_all(world in worlds()) {
        let (network, trace) = traced(&world, 0);
        let found = oracle::trace(&world);
        for reached in trace.reached.values() {
            let (_, met) = &found.reached[&reached.person];
            let first = met.iter().min_by_key(|(from, _, source, _)| (*from, *source)).unwrap();
            let end = |met: &&oracle::Met| (oracle::reach(met), met.1, Reverse(met.2));
            let last = met.iter().max_by_key(end).unwrap();
            prop_assert_eq!((reached.first.began, reached.first.from), (first.0, first.2));
            prop_assert_eq!((reached.last_exposure, reached.last_source()), (last.1, Some(last.2)));
            let all_sources = met.iter().map(|met| met.2).collect::<BTreeSet<_>>();
            prop_assert_eq!(trace.grounds(&network).sources(reached.person), all_sources);
            for step in reached.path.iter().chain([&reached.first]) {
                // Each step is an exposure the oracle knows, record by record.
                let records = step.records.iter().map(|id| id.to_string()).collect();
                let known = (step.began, step.ended, step.from, records);
                prop_assert!(found.reached[&step.to].1.contains(&known), "{:?}", step);
            }
        }
    }

    #[test]
    fn a_path_leads_from_a_case_and_never_back_in_time(world in worlds()) {
        let (network, trace) = traced(&world, 0);
        for reached in trace.reached.values() {
            let (first, last) = (reached.path.first().unwrap(), reached.path.last().unwrap());
            prop_assert!(world.cases.iter().any(|case| case.person == first.from));
            prop_assert_eq!(reached.path.len(), usize::from(reached.generation));
            prop_assert_eq!((last.to, last.ended), (reached.person, reached.last_exposure));
            for steps in reached.path.windows(2) {
                prop_assert_eq!(steps[0].to, steps[1].from);
                prop_assert!(steps[0].began <= steps[1].began);
            }
            let exposures = trace.grounds(&network).exposures(reached.person);
            let first = exposures.iter().map(|met| met.from).min().unwrap();
            prop_assert_eq!(first, reached.first_exposure);
            prop_assert!(exposures.iter().all(|met| met.until <= reached.last_exposure));
        }
    }

    #[test]
    fn whoever_could_infect_a_case_is_met_when_looking_back(world in worlds()) {
        // Someone ill and never isolated during all the days looked back, forward to the case.
        let whom = world.cases[0];
        let mut policy = world.policy.clone();
        policy.generations = 1;
        let network = ContactNetwork::build(&world.log(0));
        let origins = trace_backward(&network, &whom, &policy);
        for index in (0..7).filter(|&index| person(index) != whom.person) {
            let days = (origins.from - oracle::start()).num_days();
            policy.window = ContactWindow { before_onset_days: 0, before_sampling_days: None };
            let source = CaseFacts::confirmed(person(index), hour(24 * days).date());
            let trace = trace_forward(&network, &[source.isolated(origins.until)], &policy, &|_| None);
            // What lingers may reach over the end of the days looked back.
            let exposures = trace.grounds(&network).exposures(whom.person);
            let forward = exposures.iter().filter(|met| met.from < origins.until).count();
            let back = origins.met.get(&person(index)).map_or(0, Vec::len);
            if policy.lingering_minutes == 0 {
                prop_assert_eq!(forward, back);
            } else {
                prop_assert!(back >= forward);
            }
        }
    }
}
