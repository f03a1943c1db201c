//! Who infected whom where links are not known, against the published output of the R package R0
//! and against asking every pair.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use std::path::Path;

use chrono::{Days, NaiveDate};
use contact_tracing::chains::{
    Chains, ContactWeights, DelayDistribution, LikelyInfectors, Origin, Proportion,
};
use proptest::prelude::*;

const LEVEL: Proportion = Proportion::NINETY_FIVE_PERCENT;
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(1918, 9, 29).unwrap();

fn day(after_first: u64) -> Option<NaiveDate> {
    FIRST.checked_add_days(Days::new(after_first))
}

fn outbreak(by_day: &[u32]) -> Chains {
    let mut cases = Vec::new();
    for (after, &count) in (0u64..).zip(by_day) {
        cases.extend((0..count).map(|n| (format!("{after:03}-{n:03}"), day(after))));
    }
    Chains::build(&cases, &[])
}

fn near(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance
}

/// Deaths of influenza in Prussia from 29 September 1918 on: Peiper 1920 and Nishiura, Theoretical
/// Biology and Medical Modelling 4:20 (2007), the data set Germany.1918 of the R package R0.
const PRUSSIA: [u32; 126] = [
    10, 4, 4, 19, 6, 13, 28, 23, 35, 27, 42, 51, 43, 78, 86, 80, 109, 126, 126, 159, 190, 209, 161,
    199, 227, 246, 269, 243, 259, 264, 243, 289, 247, 289, 263, 230, 235, 227, 208, 184, 179, 139,
    157, 141, 128, 142, 129, 99, 109, 79, 86, 73, 86, 71, 80, 71, 58, 56, 42, 61, 48, 47, 47, 40,
    36, 47, 31, 39, 23, 29, 27, 28, 20, 30, 21, 24, 28, 16, 13, 15, 21, 16, 17, 16, 13, 32, 5, 9,
    14, 25, 17, 15, 14, 12, 13, 23, 13, 21, 12, 11, 12, 7, 11, 15, 12, 3, 22, 8, 10, 10, 6, 7, 15,
    15, 1, 20, 2, 2, 2, 17, 16, 15, 11, 3, 1, 3,
];

#[test]
fn influenza_in_prussia_1918_has_the_numbers_the_package_r0_publishes() {
    // est.R0.TD(Germany.1918, generation.time("gamma", c(3, 1.5)), begin = 1, end = 126): a gamma
    // rounded to days, day 0 left out, cut after 99.99 %.
    let published = [
        2.322_239, 2.272_013, 1.998_474, 1.843_703, 2.019_297, 1.867_488, 1.644_993, 1.553_265,
        1.553_317, 1.601_317,
    ];
    let gamma = DelayDistribution::gamma(3.0, 1.5).unwrap();
    let cut = gamma.days().find(|&day| gamma.up_to(day) > 0.9999).unwrap();
    let weights: Vec<f64> = (1..=cut).map(|day| gamma.probability(day)).collect();
    let serial = DelayDistribution::new(1, &weights).unwrap();
    let chains = outbreak(&PRUSSIA);
    let likely = chains
        .likely_infectors(&serial, &ContactWeights::unknown(), &[])
        .unwrap();
    let cohorts = likely.by_day_of_onset(LEVEL);
    assert_eq!(cohorts.len(), 126);
    for (cohort, published) in cohorts.iter().zip(published) {
        assert!(
            near(cohort.mean, published, 6e-7),
            "{cohort:?}, not {published}"
        );
        assert!(
            cohort.low < cohort.mean && cohort.mean < cohort.high,
            "{cohort:?}"
        );
        assert!(near(cohort.passed, 1.0, 1e-12));
    }
    assert_eq!(likely.imported().len(), 10, "those of the first day");
    assert!(near(cohorts[125].passed, 0.0, 1e-12) && near(cohorts[125].mean, 0.0, 1e-12));
}

#[test]
fn known_links_stand_and_the_others_share_what_is_left() {
    let cases = [
        ("a", day(0)),
        ("b", day(0)),
        ("c", day(2)),
        ("d", day(2)),
        ("e", None),
    ];
    let chains = Chains::build(&cases, &[("a", "c"), ("d", "d"), ("a", "e")]);
    let serial = DelayDistribution::new(1, &[0.5, 0.5]).unwrap();
    let likely = chains
        .likely_infectors(&serial, &ContactWeights::unknown(), &[])
        .unwrap();
    let node = |id| chains.node(id).unwrap();
    let origin = |id| likely.origin(node(id)).unwrap();
    assert_eq!(
        ["a", "c", "d", "e"].map(origin),
        [
            Origin::NobodyPossible,
            Origin::Link,
            Origin::Likely,
            Origin::Link,
        ]
    );
    assert_eq!(likely.likeliest(node("c")), Some((node("a"), 1.0)));
    assert_eq!(
        likely.infectors(node("d")),
        [(node("a"), 0.5), (node("b"), 0.5)]
    );
    assert_eq!(
        likely.likeliest(node("d")),
        Some((node("a"), 0.5)),
        "the first by id"
    );
    assert!(near(likely.reproduction_number(node("a")), 2.5, 1e-12));
    assert_eq!(likely.imported(), ["a", "b"]);
    let first = likely.by_day_of_onset(LEVEL)[0];
    assert_eq!(
        (first.cases, first.mean),
        (2, 1.5),
        "all three infectees are theirs"
    );
    assert_eq!((first.low, first.high), (1.5, 1.5));
}

#[test]
fn of_two_named_infectors_the_days_decide() {
    let cases = [("a", day(0)), ("b", day(3)), ("c", day(4))];
    let chains = Chains::build(&cases, &[("a", "c"), ("b", "c"), ("a", "c")]);
    let serial = DelayDistribution::new(1, &[0.6, 0.0, 0.0, 0.2]).unwrap();
    let likely = chains
        .likely_infectors(&serial, &ContactWeights::unknown(), &[])
        .unwrap();
    let node = |id| chains.node(id).unwrap();
    assert!(near(likely.probability(node("b"), node("c")), 0.75, 1e-12));
    assert!(near(likely.probability(node("a"), node("c")), 0.25, 1e-12));
    let none = DelayDistribution::new(9, &[1.0]).unwrap();
    let likely = chains
        .likely_infectors(&none, &ContactWeights::unknown(), &[])
        .unwrap();
    assert!(
        near(likely.probability(node("a"), node("c")), 0.5, 1e-12),
        "nothing tells them apart"
    );
}

#[test]
fn only_who_had_contact_can_have_infected_where_contacts_are_all_known() {
    let cases = [
        ("a", day(0)),
        ("b", day(0)),
        ("c", day(2)),
        ("d", day(2)),
        ("e", day(2)),
    ];
    let chains = Chains::build(&cases, &[]);
    let serial = DelayDistribution::new(1, &[0.5, 0.5]).unwrap();
    let contacts = ContactWeights::only([("b", "c"), ("c", "d"), ("x", "c"), ("c", "c")]);
    let likely = chains
        .likely_infectors(&serial, &contacts, &["e", "x"])
        .unwrap();
    let node = |id| chains.node(id).unwrap();
    assert_eq!(likely.infectors(node("c")), [(node("b"), 1.0)]);
    assert_eq!(
        likely.imported(),
        ["a", "b", "d", "e"],
        "c fell ill on the day d did"
    );
    assert_eq!(likely.origin(node("e")), Some(Origin::SaidImported));
    let weighed = ContactWeights {
        pairs: vec![("b", "c", 3.0), ("b", "c", 1.0)],
        others: 1.0,
    };
    let likely = chains.likely_infectors(&serial, &weighed, &[]).unwrap();
    assert!(near(likely.probability(node("b"), node("c")), 0.75, 1e-12));
}

#[test]
fn a_weight_that_cannot_be_names_the_pair() {
    let chains = Chains::build(&[("a", day(0)), ("b", day(1))], &[]);
    let serial = DelayDistribution::new(1, &[1.0]).unwrap();
    let ask = |contacts: ContactWeights<'_>| {
        chains
            .likely_infectors(&serial, &contacts, &[])
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        ask(ContactWeights {
            pairs: vec![("a", "b", -1.0)],
            others: 1.0
        }),
        "the contact of a and b has the weight -1; give a number that is not negative"
    );
    assert_eq!(
        ask(ContactWeights {
            pairs: Vec::new(),
            others: f64::NAN
        }),
        "pairs without a contact have the weight NaN; give a number that is not negative"
    );
}

#[test]
fn nobody_one_case_and_cases_without_onset_are_answered() {
    let serial = DelayDistribution::normal(2.0, 2.0).unwrap();
    for cases in [vec![], vec![("a", day(0))], vec![("a", None), ("b", None)]] {
        let chains = Chains::build(&cases, &[]);
        let likely = chains
            .likely_infectors(&serial, &ContactWeights::unknown(), &[])
            .unwrap();
        assert!(chains.nodes().all(|case| likely.likeliest(case).is_none()));
        let with_onset = cases.iter().filter(|case| case.1.is_some()).count();
        assert_eq!(likely.imported().len(), with_onset);
        assert_eq!(likely.by_day_of_onset(LEVEL).len(), with_onset);
    }
    let ends = [("a", Some(NaiveDate::MIN)), ("b", Some(NaiveDate::MAX))];
    let chains = Chains::build(&ends, &[]);
    let likely = chains
        .likely_infectors(&serial, &ContactWeights::unknown(), &[])
        .unwrap();
    assert_eq!(likely.imported(), ["a", "b"]);
}

#[test]
fn contacts_of_mers_in_korea_lead_back_to_who_is_known_to_have_infected() {
    let data = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/mers_korea_2015"
    ));
    if !data.exists() {
        println!("skipped: no ../shared/data");
        return;
    }
    let rows = |file: &str, first: usize, second: usize| -> Vec<(String, String)> {
        let mut reader = csv::Reader::from_path(data.join(file)).unwrap();
        let rows = reader.records().map(Result::unwrap);
        rows.map(|row| (row[first].to_owned(), row[second].to_owned()))
            .collect()
    };
    let cases: Vec<(String, Option<NaiveDate>)> = rows("linelist.csv", 0, 7)
        .into_iter()
        .map(|(id, onset)| (id, onset.parse().ok()))
        .collect();
    let links = rows("contacts.csv", 0, 1);
    let known = Chains::build(&cases, &links);
    let serial = DelayDistribution::gamma_like(&known.serial_interval().unwrap()).unwrap();

    // The same people without their links; who infected whom is only a contact now.
    let chains = Chains::build(&cases, &[]);
    let contacts = ContactWeights::only(links.iter().map(|(a, b)| (a.as_str(), b.as_str())));
    let likely = chains.likely_infectors(&serial, &contacts, &[]).unwrap();
    let (mut alone, mut of_several) = (0, 0);
    for case in chains
        .nodes()
        .filter(|&case| likely.origin(case) == Some(Origin::Likely))
    {
        let named = known.infectors(case);
        let (infector, probability) = likely.likeliest(case).unwrap();
        assert!(named.contains(&infector), "{}", chains.id(case));
        if named.len() == 1 {
            assert!(near(probability, 1.0, 1e-12));
            alone += 1;
        } else {
            of_several += 1;
        }
    }
    let infectees = known
        .nodes()
        .filter(|&case| known.first_infector(case).is_some());
    assert_eq!(alone + of_several, infectees.count(), "nobody is lost");
    assert_eq!(of_several, known.infectees_with_two_infectors().len());
    let superspreader = chains.node("SK_14").unwrap();
    assert!(
        likely.reproduction_number(superspreader) > 35.0,
        "38 are recorded"
    );
}

/// Every pair asked, as the paper writes it.
fn asked(
    onsets: &[Option<u64>],
    weights: &[Vec<f64>],
    serial: &DelayDistribution,
) -> Vec<Vec<f64>> {
    let likelihood = |from: usize, to: usize| match (onsets[from], onsets[to]) {
        (Some(a), Some(b)) if from != to => {
            let days = i64::try_from(b).unwrap() - i64::try_from(a).unwrap();
            weights[from][to] * serial.probability(days)
        }
        _ => 0.0,
    };
    let n = onsets.len();
    let total = |to| (0..n).map(|from| likelihood(from, to)).sum::<f64>();
    let share = |from, to| {
        let total = total(to);
        if total > 0.0 {
            likelihood(from, to) / total
        } else {
            0.0
        }
    };
    (0..n)
        .map(|from| (0..n).map(|to| share(from, to)).collect())
        .collect()
}

/// How many each of a day's cases infected, as a distribution of one infectee after the other, at
/// shares of it: just below and just above a share, since a sum can fall upon it.
fn near_share(chances: &[f64], cases: f64, share: f64) -> [f64; 2] {
    let mut counts = vec![0.0; chances.len() + 1];
    counts[0] = 1.0;
    for chance in chances {
        for at in (0..counts.len()).rev() {
            let below = if at > 0 { counts[at - 1] } else { 0.0 };
            counts[at] = counts[at] * (1.0 - chance) + below * chance;
        }
    }
    let quantile = |share: f64| {
        let mut sum = 0.0;
        let below = counts.iter().take_while(|&&each| {
            sum += each;
            sum < share
        });
        f64::from(u32::try_from(below.count()).unwrap()) / cases
    };
    [quantile(share - 1e-9), quantile(share + 1e-9)]
}

fn assert_each_pair(
    chains: &Chains,
    likely: &LikelyInfectors<'_>,
    shares: &[Vec<f64>],
) -> Result<(), TestCaseError> {
    let node = |n: usize| chains.node(&format!("p{n:02}")).unwrap();
    for (from, row) in shares.iter().enumerate() {
        for (to, share) in row.iter().enumerate() {
            prop_assert!(near(
                likely.probability(node(from), node(to)),
                *share,
                1e-12
            ));
        }
        let sum: f64 = row.iter().sum();
        prop_assert!(near(likely.reproduction_number(node(from)), sum, 1e-9));
    }
    for to in 0..shares.len() {
        let best = (0..shares.len())
            .map(|from| shares[from][to])
            .fold(0.0, f64::max);
        let found = likely.likeliest(node(to));
        prop_assert!(near(found.map_or(0.0, |found| found.1), best, 1e-12));
        let listed = likely.infectors(node(to));
        prop_assert_eq!(found, listed.first().copied());
        let sum: f64 = listed.iter().map(|each| each.1).sum();
        prop_assert!(listed.is_empty() || near(sum, 1.0, 1e-9));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn probabilities_are_what_asking_every_pair_finds(
        onsets in prop::collection::vec(prop::option::weighted(0.9, 0u64..12), 1..14),
        pairs in prop::collection::vec((0usize..14, 0usize..14, 0u32..4), 0..20),
        others in 0u32..3,
        first in -2i64..2,
        weights in prop::collection::vec(0u32..5, 1..5),
    ) {
        let n = onsets.len();
        let id = |n: usize| format!("p{n:02}");
        let cases: Vec<(String, Option<NaiveDate>)> =
            onsets.iter().enumerate().map(|(at, onset)| (id(at), onset.and_then(day))).collect();
        let chains = Chains::build(&cases, &[]);
        let mut weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        weights.push(1.0);
        let serial = DelayDistribution::new(first, &weights).unwrap();
        let others = f64::from(others) / 2.0;
        let named: Vec<(String, String, f64)> =
            pairs.iter().map(|&(from, to, weight)| (id(from), id(to), f64::from(weight))).collect();
        let contacts = ContactWeights {
            pairs: named.iter().map(|(from, to, weight)| (from.as_str(), to.as_str(), *weight)).collect(),
            others,
        };
        let likely = chains.likely_infectors(&serial, &contacts, &[]).unwrap();

        let mut table = vec![vec![None; n]; n];
        for &(from, to, weight) in pairs.iter().filter(|pair| pair.0 < n && pair.1 < n) {
            let known: &mut Option<f64> = &mut table[from][to];
            *known = Some(known.unwrap_or(0.0).max(f64::from(weight)));
        }
        let table: Vec<Vec<f64>> =
            table.iter().map(|row| row.iter().map(|weight| weight.unwrap_or(others)).collect()).collect();
        let shares = asked(&onsets, &table, &serial);
        assert_each_pair(&chains, &likely, &shares)?;

        for cohort in likely.by_day_of_onset(LEVEL) {
            let of_day: Vec<usize> = (0..n).filter(|&at| onsets[at].and_then(day) == Some(cohort.day)).collect();
            let chances: Vec<f64> =
                (0..n).map(|to| of_day.iter().map(|&from| shares[from][to]).sum()).collect();
            let cases = f64::from(cohort.cases);
            prop_assert!(near(cohort.mean, chances.iter().sum::<f64>() / cases, 1e-9));
            for (found, share) in [(cohort.low, 0.025), (cohort.high, 0.975)] {
                let [below, above] = near_share(&chances, cases, share);
                prop_assert!(near(found, below, 1e-9) || near(found, above, 1e-9), "{:?} {} {}", cohort, below, above);
            }
        }
    }
}
