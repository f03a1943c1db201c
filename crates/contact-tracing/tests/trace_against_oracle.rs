//! The trace against looking at every pair of rows.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod oracle;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{NaiveDateTime, TimeDelta};
use contact_tracing::{
    CaseFacts, ContactNetwork, ContactWindow, Exposure, trace_backward, trace_forward,
};
use oracle::worlds::{crowded, told, traced, worlds};
use oracle::{World, hour, person};
use proptest::prelude::*;

/// Whether an exposure counts still if everything after an instant is cut off. What lingers may
/// reach over the end of the days looked back; what is left of it then may be too short.
fn counts_until(
    end: NaiveDateTime,
    world: &World,
    network: &ContactNetwork,
    met: &Exposure,
) -> bool {
    let least = TimeDelta::minutes(world.policy.least_venue_minutes.into());
    let visits = world.visits.iter().enumerate();
    let mut without_end = visits.filter(|(_, visit)| visit.until.is_none());
    let records = network.records(met.evidence);
    met.from < end
        && (met.until <= end
            || end - met.from >= least
            || without_end.any(|(row, _)| records.contains(&format!("v{row}").into())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_trace_finds_what_looking_at_every_pair_finds(world in worlds()) {
        let (network, trace) = traced(&world, 0);
        prop_assert_eq!(told(&network, &trace), oracle::trace(&world));
    }

    #[test]
    fn at_a_crowded_place_judgements_are_heeded_pair_by_pair(world in crowded()) {
        let (network, trace) = traced(&world, 0);
        prop_assert_eq!(told(&network, &trace), oracle::trace(&world));
        for reached in trace.reached.values() {
            let exposures = trace.grounds(&network).exposures(reached.person);
            let first = exposures.iter().map(|met| (met.from, met.source)).min();
            prop_assert_eq!(first, Some((reached.first_exposure, reached.first.from)));
            let last = exposures.iter().map(|met| met.until).max();
            prop_assert_eq!(last, Some(reached.last_exposure));
        }
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
        policy.infectious_days = None;
        let network = ContactNetwork::build(&world.log(0));
        let origins = trace_backward(&network, &whom, &policy);
        for index in (0..7).filter(|&index| person(index) != whom.person) {
            let days = (origins.from - oracle::start()).num_days();
            policy.window = ContactWindow { before_onset_days: 0, before_sampling_days: None };
            let source = CaseFacts::confirmed(person(index), hour(24 * days).date());
            let trace = trace_forward(&network, &[source.isolated(origins.until)], &policy, &|_| None);
            let exposures = trace.grounds(&network).exposures(whom.person);
            let looked_back = |met: &&Exposure| counts_until(origins.until, &world, &network, met);
            let forward = exposures.iter().filter(looked_back).count();
            let back = origins.met.get(&person(index)).map_or(0, Vec::len);
            if policy.lingering_minutes == 0 {
                prop_assert_eq!(forward, back);
            } else {
                prop_assert!(back >= forward);
            }
        }
    }
}
