//! Laws of chains of any shape: clusters, flags, evenings, and what is as large or odd as can be.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use contact_tracing::chains::{
    CaseDates, CaseRow, Chains, ClusterStatus, ContactWeights, DelayDistribution, Flag, LinkRow,
    Proportion,
};
use proptest::prelude::*;

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2020, 2, 1).unwrap();
const LEVEL: Proportion = Proportion::NINETY_FIVE_PERCENT;

fn day(after: u64) -> NaiveDate {
    FIRST.checked_add_days(Days::new(after)).unwrap()
}

fn id(person: u32) -> String {
    format!("p{person:02}")
}

#[derive(Clone, Debug)]
struct Outbreak {
    cases: Vec<(String, CaseDates)>,
    links: Vec<(String, String, Option<NaiveDate>)>,
}

impl Outbreak {
    fn chains(&self) -> Chains {
        let cases = self
            .cases
            .iter()
            .map(|(id, dates)| CaseRow { id, dates: *dates });
        let links = self
            .links
            .iter()
            .map(|(infector, infectee, known)| LinkRow {
                infector,
                infectee,
                known: *known,
            });
        Chains::from_rows(cases, links)
    }
}

fn outbreaks() -> impl Strategy<Value = Outbreak> {
    let known = || prop::option::of((0u64..9).prop_map(day));
    let dates = (known(), known(), known(), known(), known(), known()).prop_map(
        |(onset, confirmed, died, exposed_from, exposed_until, known)| CaseDates {
            onset,
            confirmed,
            died,
            exposed_from,
            exposed_until,
            known,
            ..CaseDates::default()
        },
    );
    let case = ((0u32..12).prop_map(id), dates);
    let link = ((0u32..12).prop_map(id), (0u32..12).prop_map(id), known());
    let rows = (
        prop::collection::vec(case, 0..14),
        prop::collection::vec(link, 0..14),
    );
    rows.prop_map(|(cases, links)| Outbreak { cases, links })
}

/// Everyone who can be reached over links in the given directions.
fn reached(links: &[(String, String)], from: &str, both_ways: bool) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([from.to_owned()]);
    loop {
        let before = seen.len();
        for (a, b) in links {
            if seen.contains(a) {
                seen.insert(b.clone());
            }
            if both_ways && seen.contains(b) {
                seen.insert(a.clone());
            }
        }
        if seen.len() == before {
            return seen;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn clusters_are_who_can_be_reached_over_links(outbreak in outbreaks()) {
        let chains = outbreak.chains();
        let links: Vec<(String, String)> =
            outbreak.links.iter().map(|(a, b, _)| (a.clone(), b.clone())).collect();
        let linked: BTreeSet<&String> = links.iter().flat_map(|(a, b)| [a, b]).collect();
        let mut expected: BTreeSet<Vec<String>> = BTreeSet::new();
        for person in linked {
            expected.insert(reached(&links, person, true).into_iter().collect());
        }
        let clusters = chains.clusters();
        let found: BTreeSet<Vec<String>> =
            clusters.iter().map(|cluster| cluster.members.clone()).collect();
        prop_assert_eq!(&found, &expected);
        prop_assert!(clusters.is_sorted_by_key(|c| (std::cmp::Reverse(c.size()), c.members[0].clone())));
        for (at, cluster) in clusters.iter().enumerate() {
            let people: Vec<_> = cluster.members.iter().map(|id| chains.node(id).unwrap()).collect();
            prop_assert!(people.iter().all(|&person| chains.cluster_of(person) == Some(at)));
            let onsets = || people.iter().filter_map(|&person| chains.onset(person));
            prop_assert_eq!(cluster.first_onset, onsets().min());
            prop_assert_eq!(cluster.last_onset, onsets().max());
            prop_assert_eq!(cluster.without_onset, people.len() - onsets().count());
            let deepest = people.iter().filter_map(|&person| chains.generation_of(person)).max();
            prop_assert_eq!(cluster.last_generation, deepest);
        }
        prop_assert_eq!(clusters.iter().map(|cluster| cluster.links).sum::<usize>(), chains.links());
    }

    #[test]
    fn every_flag_is_what_reading_the_row_says(outbreak in outbreaks()) {
        let chains = outbreak.chains();
        let links: Vec<(String, String)> =
            outbreak.links.iter().map(|(a, b, _)| (a.clone(), b.clone())).collect();
        let listed: BTreeSet<&String> = outbreak.cases.iter().map(|(id, _)| id).collect();
        let dates = |id: &String, which: fn(&CaseDates) -> Option<NaiveDate>| {
            outbreak.cases.iter().filter(|case| case.0 == *id).filter_map(|case| which(&case.1)).min()
        };
        let before = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b).is_some_and(|(a, b)| a < b);
        let mut expected = Vec::new();
        for (row, (from, to)) in links.iter().enumerate() {
            let earlier: Vec<&String> =
                links[..row].iter().filter(|link| link.1 == *to).map(|link| &link.0).collect();
            // Longer than nothing: from the infectee over at least one link back to it.
            let back = links.iter().any(|(a, b)| a == to && reached(&links, b, false).contains(from));
            let latest_exposure = outbreak.cases.iter()
                .filter(|case| case.0 == *to).filter_map(|case| case.1.exposed_until).max();
            let flags = [
                (from == to, Flag::InfectsItself),
                (earlier.contains(&from), Flag::Repeated),
                (!earlier.is_empty() && !earlier.contains(&from), Flag::SecondInfector),
                (before(dates(to, |d| d.onset), dates(from, |d| d.onset)), Flag::IllBeforeInfector),
                (from != to && back, Flag::Circle),
                (from != to && !back && chains.generation(to).is_none(), Flag::BelowCircle),
                (before(dates(from, |d| d.died), dates(to, |d| d.exposed_from)), Flag::DiedBefore),
                (before(latest_exposure, dates(from, |d| d.exposed_from)), Flag::InfectedLater),
                (!listed.contains(from), Flag::InfectorNotListed),
                (!listed.contains(to), Flag::InfecteeNotListed),
            ];
            expected.extend(flags.into_iter().filter(|flag| flag.0).map(|(_, flag)| (row, flag)));
        }
        let found: Vec<(usize, Flag)> =
            chains.flagged().into_iter().map(|link| (link.row, link.flag)).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!((chains.cases(), chains.links()), (outbreak.cases.len(), outbreak.links.len()));
    }

    #[test]
    fn an_evening_is_the_chains_of_the_rows_known_by_then(outbreak in outbreaks(), evening in 0u64..9) {
        let evening = day(evening);
        let mut kept = outbreak.clone();
        kept.cases.retain(|case| case.1.known.is_none_or(|known| known <= evening));
        kept.links.retain(|link| link.2.is_none_or(|known| known <= evening));
        let (found, expected) = (outbreak.chains().as_known(evening), kept.chains());
        prop_assert_eq!(found.summary(), expected.summary());
        prop_assert_eq!(found.clusters(), expected.clusters());
        let rows: Vec<usize> = outbreak.links.iter().enumerate()
            .filter(|(_, link)| link.2.is_none_or(|known| known <= evening)).map(|(row, _)| row).collect();
        let renumbered: Vec<(usize, Flag)> =
            expected.flagged().into_iter().map(|link| (rows[link.row], link.flag)).collect();
        let found_flags: Vec<(usize, Flag)> =
            found.flagged().into_iter().map(|link| (link.row, link.flag)).collect();
        prop_assert_eq!(found_flags, renumbered);
        prop_assert_eq!(found.as_known(evening).summary(), found.summary());
    }

    #[test]
    fn the_order_of_cases_never_matters(outbreak in outbreaks(), turn in 0usize..14) {
        let mut turned = outbreak.clone();
        let turn = turn.min(turned.cases.len());
        turned.cases.rotate_left(turn);
        let (a, b) = (outbreak.chains(), turned.chains());
        prop_assert_eq!(a.summary(), b.summary());
        prop_assert_eq!(a.flagged(), b.flagged());
        prop_assert_eq!(a.clusters(), b.clusters());
    }
}

#[test]
fn a_cluster_is_closed_when_more_than_the_quiet_days_have_passed() {
    let cases = [
        ("a", Some(day(0))),
        ("b", Some(day(5))),
        ("x", None),
        ("y", None),
    ];
    let clusters = Chains::build(&cases, &[("a", "b"), ("x", "y")]).clusters();
    let status = |cluster: usize, after| clusters[cluster].status_on(day(after), 28);
    assert_eq!(status(0, 33), ClusterStatus::Active);
    assert_eq!(status(0, 34), ClusterStatus::Closed);
    assert_eq!(status(0, 3), ClusterStatus::Active);
    assert_eq!(status(1, 34), ClusterStatus::Unknown);
    assert_eq!(
        clusters[0].status_on(NaiveDate::MAX, u32::MAX),
        ClusterStatus::Active
    );
    assert_eq!(
        clusters[0].status_on(NaiveDate::MIN, 0),
        ClusterStatus::Active
    );
}

#[test]
fn a_chain_of_a_hundred_thousand_is_walked_without_a_stack() {
    let ids: Vec<String> = (0..100_000).map(|n| format!("{n:06}")).collect();
    // Backwards, so that each person's infector has the higher id.
    let links: Vec<(&str, &str)> = ids
        .windows(2)
        .map(|pair| (pair[1].as_str(), pair[0].as_str()))
        .collect();
    let cases: Vec<(&str, Option<NaiveDate>)> = (0u64..)
        .zip(ids.iter().rev())
        .map(|(n, id)| (id.as_str(), Some(day(n / 300))))
        .collect();
    let chains = Chains::build(&cases, &links);
    assert_eq!(chains.generation("000000"), Some(99_999));
    assert_eq!(chains.clusters()[0].size(), 100_000);
    assert!(chains.flagged().is_empty());
    let mut circle = links.clone();
    circle.push(("000000", "099999"));
    let chains = Chains::build(&cases, &circle);
    let flagged = chains.flagged();
    assert_eq!(
        flagged
            .iter()
            .filter(|link| link.flag == Flag::Circle)
            .count(),
        100_000
    );
    assert!(chains.roots().is_empty() && chains.generation_sizes().is_empty());
    assert_eq!(chains.clusters()[0].last_generation, None);
    assert_eq!(chains.as_known(day(9)).summary(), chains.summary());
    let serial = DelayDistribution::gamma(3.0, 2.0).unwrap();
    let likely = chains
        .likely_infectors(&serial, &ContactWeights::unknown(), &[])
        .unwrap();
    assert!((likely.reproduction_number(chains.node("000000").unwrap()) - 1.0).abs() < 1e-12);
}

#[test]
fn a_hundred_thousand_cases_without_links_are_shared_out_by_days() {
    let cases: Vec<(String, Option<NaiveDate>)> = (0..100_000u64)
        .map(|n| (format!("{n:06}"), Some(day(n * n / 100_000_000))))
        .collect();
    let chains = Chains::build(&cases, &[]);
    let serial = DelayDistribution::gamma(5.0, 3.0).unwrap();
    let likely = chains
        .likely_infectors(&serial, &ContactWeights::unknown(), &[])
        .unwrap();
    let all: f64 = chains
        .nodes()
        .map(|case| likely.reproduction_number(case))
        .sum();
    let infected = 100_000 - likely.imported().len();
    assert!(
        (all - f64::from(u32::try_from(infected).unwrap())).abs() < 1e-5,
        "{all}"
    );
    let cohorts = likely.by_day_of_onset(LEVEL);
    assert_eq!(
        cohorts.iter().map(|cohort| cohort.cases).sum::<u32>(),
        100_000
    );
    assert!(
        cohorts
            .iter()
            .all(|cohort| cohort.low <= cohort.mean && cohort.mean <= cohort.high)
    );
    assert!(likely.likeliest(chains.node("099999").unwrap()).is_some());
}

#[test]
fn an_outbreak_without_a_single_onset_has_links_and_no_days() {
    let cases = [("a", None), ("b", None), ("a", None)];
    let chains = Chains::build(&cases, &[("a", "b")]);
    let summary = chains.summary();
    assert_eq!((summary.cases, summary.people, summary.roots), (3, 2, 1));
    assert_eq!(
        (summary.epi_curve.missing, summary.serial_interval.n),
        (3, 0)
    );
    let json = serde_json::to_value(&summary).unwrap();
    assert_eq!(json["epi_curve"], serde_json::json!({"missing": 3}));
    assert_eq!(json["serial_interval"]["mean"], serde_json::Value::Null);
    assert_eq!(json["offspring"]["top"], serde_json::json!([["a", 1]]));
    assert_eq!(
        chains.incidence(&["a"]),
        contact_tracing::chains::Incidence::default()
    );
}

#[test]
fn people_fall_ill_once_and_the_imported_apart() {
    let cases = [
        ("a", Some(day(0))),
        ("a", Some(day(2))),
        ("b", Some(day(2))),
        ("c", None),
    ];
    let incidence = Chains::build(&cases, &[("a", "c")]).incidence(&["b", "nobody"]);
    assert_eq!(incidence.local, BTreeMap::from([(day(0), 1)]));
    assert_eq!(incidence.imported, BTreeMap::from([(day(2), 1)]));
}
