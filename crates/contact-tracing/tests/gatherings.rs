//! A gathering costs its visits, never its pairs, in every generation.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use contact_tracing::{
    CaseFacts, ContactLog, ContactNetwork, ContactWindow, Exclusion, TracingPolicy, trace_backward,
    trace_forward,
};
use grid_model::{PersonId, VenueId};

const PEOPLE: usize = 20_000;
const MINUTES: i64 = 24 * 60;

fn person(index: usize) -> PersonId {
    PersonId::from_index(index).unwrap()
}

fn festival_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 20).unwrap()
}

fn minute(minutes: i64) -> NaiveDateTime {
    festival_day().and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// Numbers without an order, the same every time (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", 2014: SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((z ^ (z >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// From and until in minutes, of each person, at one festival of a day; the case stays from ten
/// to one.
fn festival() -> Vec<(i64, i64)> {
    let mut chance = Chance(4);
    let stay = |_| {
        let from = chance.below(MINUTES);
        (from, from + chance.below(180))
    };
    let case = std::iter::once((600, 780));
    case.chain((1..PEOPLE).map(stay)).collect()
}

fn network(stays: &[(i64, i64)]) -> ContactNetwork {
    let mut log = ContactLog::new();
    for (index, &(from, until)) in stays.iter().enumerate() {
        let field = VenueId::from_index(0).unwrap();
        log.visit(person(index), field, minute(from), minute(until));
    }
    ContactNetwork::build(&log)
}

fn policy(least_venue_minutes: u32) -> TracingPolicy {
    TracingPolicy {
        least_venue_minutes,
        ..TracingPolicy::tengchong_2020(ContactWindow {
            before_onset_days: 2,
            before_sampling_days: None,
        })
    }
}

#[test]
fn a_festival_of_twenty_thousand_is_traced_without_its_pairs() {
    let stays = festival();
    let network = network(&stays);
    let case = CaseFacts::confirmed(person(0), festival_day());
    let policy = policy(15);
    let trace = trace_forward(&network, &[case], &policy, &|_| None);
    let together = |a: (i64, i64), b: (i64, i64)| a.1.min(b.1) - a.0.max(b.0) >= 15;

    // The first generation by looking at each person; the second by looking at each person and
    // source, for some of the people.
    let first: Vec<usize> = (1..PEOPLE)
        .filter(|&index| together(stays[0], stays[index]))
        .collect();
    let generation = |index: usize| trace.reached.get(&person(index)).map(|one| one.generation);
    for index in 1..PEOPLE {
        assert_eq!(
            generation(index) == Some(1),
            first.contains(&index),
            "{index}"
        );
    }
    let exposed_from = |index: usize| stays[0].0.max(stays[index].0);
    let grounds = trace.grounds(&network);
    let (mut asked, mut pairs) = (0, 0);
    for index in (1..PEOPLE)
        .step_by(41)
        .filter(|index| !first.contains(index))
    {
        let exposures = first.iter().filter_map(|&source| {
            let from = exposed_from(source).max(stays[source].0);
            together((from, stays[source].1), stays[index]).then(|| {
                (
                    from.max(stays[index].0),
                    stays[source].1.min(stays[index].1),
                )
            })
        });
        let exposures: Vec<(i64, i64)> = exposures.collect();
        let reached = trace.reached.get(&person(index));
        assert_eq!(
            reached.map(|one| one.first_exposure),
            exposures.iter().map(|met| minute(met.0)).min()
        );
        assert_eq!(
            reached.map(|one| one.last_exposure),
            exposures.iter().map(|met| minute(met.1)).max()
        );
        if reached.is_some() {
            assert_eq!(grounds.exposures(person(index)).len(), exposures.len());
            pairs += exposures.len();
            asked += 1;
        }
    }
    assert!(asked > 10, "{asked}");
    assert!(
        pairs > asked * 50,
        "the pairs that were not kept: {pairs} of {asked} people"
    );
}

#[test]
fn who_was_not_there_long_enough_is_told_on_demand() {
    let stays = [(0, 60), (50, 90), (30, 60), (60, 70)];
    let network = network(&stays);
    let case = CaseFacts::confirmed(person(0), festival_day());
    let trace = trace_forward(&network, &[case], &policy(15), &|_| None);
    let grounds = trace.grounds(&network);
    let short = grounds.left_out(person(1));
    assert_eq!(
        short.len(),
        1 + usize::from(trace.reached.contains_key(&person(2)))
    );
    assert!(short.iter().all(|left| left.reason == Exclusion::TooShort));
    assert!(
        grounds.left_out(person(3)).is_empty(),
        "who never met is nowhere"
    );
    assert_eq!(grounds.all_left_out().count(), short.len());
    assert!(
        grounds.left_out(person(0)).is_empty(),
        "a case is not exposed to itself"
    );
}

#[test]
fn looking_back_from_a_festival_keeps_each_visitor_once() {
    let stays: Vec<(i64, i64)> = (0..5_000).map(|_| (0, 60)).collect();
    let network = network(&stays);
    let case = CaseFacts::confirmed(person(7), festival_day().succ_opt().unwrap());
    let origins = trace_backward(&network, &case, &policy(15));
    assert_eq!(origins.met.len(), 4_999);
    assert!(origins.met.values().all(|steps| steps.len() == 1));
}
