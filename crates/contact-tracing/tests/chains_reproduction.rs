//! R(t) against the published output of EpiEstim and against summing by hand.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use contact_tracing::chains::{
    DelayDistribution, Growth, Incidence, NotEstimated, Proportion, ReproductionError,
    ReproductionEstimate, ReproductionPolicy, reproduction_numbers,
};
use proptest::prelude::*;

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2009, 4, 27).unwrap();

fn day(after_first: usize) -> NaiveDate {
    FIRST
        .checked_add_days(Days::new(u64::try_from(after_first).unwrap()))
        .unwrap()
}

fn curve(counts: &[u32]) -> BTreeMap<NaiveDate, u32> {
    counts
        .iter()
        .enumerate()
        .map(|(after, &count)| (day(after), count))
        .collect()
}

fn local(counts: &[u32]) -> Incidence {
    Incidence {
        local: curve(counts),
        imported: BTreeMap::new(),
    }
}

fn near(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs()
}

/// Influenza in a school in Pennsylvania in 2009, by day of onset: Cauchemez et al., PNAS 108
/// (2011); the data set Flu2009 of EpiEstim.
const FLU: [u32; 32] = [
    1, 1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13, 12, 13, 11, 12, 6, 6, 6, 3, 1, 0, 2, 0, 0, 0, 0, 2, 0,
    2, 0,
];

#[test]
fn influenza_in_a_school_has_the_numbers_epiestim_publishes() {
    // head(estimate_R(Flu2009$incidence, "parametric_si", mean_si = 2.6, std_si = 1.5)$R) in the
    // demonstration of EpiEstim: mean, deviation, quantiles 0.025, 0.5, 0.975.
    let published = [
        [1.735_798, 0.409_131_4, 1.028_743_7, 1.703_761, 2.624_781],
        [1.749_168, 0.364_726_7, 1.108_822_3, 1.723_884, 2.533_119],
        [1.537_058, 0.307_411_6, 0.994_703_0, 1.516_613, 2.195_540],
        [1.431_839, 0.270_592_1, 0.951_446_6, 1.414_830, 2.008_849],
        [1.422_725, 0.251_504_6, 0.973_142_6, 1.407_932, 1.956_336],
        [1.635_373, 0.252_343_6, 1.178_633_2, 1.622_413, 2.165_745],
    ];
    let serial = DelayDistribution::shifted_gamma(2.6, 1.5).unwrap();
    let policy = ReproductionPolicy::EPIESTIM;
    let windows = reproduction_numbers(&local(&FLU), day(31), &serial, &policy).unwrap();
    assert_eq!(windows.len(), 32);
    assert!(
        windows[..7]
            .iter()
            .all(|window| window.estimate == Err(NotEstimated::BeforeFirstWindow))
    );
    assert_eq!((windows[7].from, windows[7].until), (day(1), day(7)));
    for (window, published) in windows[7..].iter().zip(published) {
        let ReproductionEstimate {
            mean,
            sd,
            median,
            low,
            high,
        } = window.estimate.unwrap();
        for (found, published) in [mean, sd, low, median, high].into_iter().zip(published) {
            assert!(
                near(found, published, 1e-6),
                "{}: {found}, not {published}",
                window.until
            );
        }
    }
}

#[test]
fn imported_cases_infect_and_were_not_infected_here() {
    let serial = DelayDistribution::new(1, &[0.5, 0.5]).unwrap();
    let policy = ReproductionPolicy {
        window_days: 1,
        ..ReproductionPolicy::EPIESTIM
    };
    let incidence = Incidence {
        local: curve(&[0, 1, 0, 3]),
        imported: curve(&[2, 4, 0, 0]),
    };
    let windows = reproduction_numbers(&incidence, day(3), &serial, &policy).unwrap();
    assert_eq!(
        windows
            .iter()
            .map(|window| window.cases)
            .collect::<Vec<_>>(),
        [0, 1, 0, 3]
    );
    let infectivity: Vec<f64> = windows.iter().map(|window| window.infectivity).collect();
    assert_eq!(infectivity, [0.0, 1.0, 3.5, 2.5]);
    // A prior of 5 with deviation 5 is a gamma of shape 1 and scale 5.
    assert!(near(windows[3].estimate.unwrap().mean, 4.0 / 2.7, 1e-12));
}

#[test]
fn days_of_which_nothing_can_be_said_say_why() {
    let serial = DelayDistribution::new(1, &[1.0]).unwrap();
    let policy = ReproductionPolicy {
        window_days: 2,
        least_cases: 3,
        ..ReproductionPolicy::EPIESTIM
    };
    let counts = [1, 2, 4, 0, 0, 0, 0, 3];
    let windows = reproduction_numbers(&local(&counts), day(7), &serial, &policy).unwrap();
    let said: Vec<_> = windows.iter().map(|window| window.estimate.err()).collect();
    let few = Some(NotEstimated::TooFewCases);
    let nobody = Some(NotEstimated::NobodyInfectious);
    let first = Some(NotEstimated::BeforeFirstWindow);
    assert_eq!(said, [first, first, None, None, few, few, few, nobody]);
    let none = reproduction_numbers(&Incidence::default(), day(7), &serial, &policy);
    assert_eq!(none, Ok(vec![]));
    let later = reproduction_numbers(&local(&counts), FIRST.pred_opt().unwrap(), &serial, &policy);
    assert_eq!(later, Ok(vec![]), "nobody had fallen ill by then");
}

#[test]
fn what_cannot_be_estimated_is_refused_with_the_remedy() {
    let serial = DelayDistribution::new(0, &[0.5, 0.5]).unwrap();
    let policy = ReproductionPolicy::EPIESTIM;
    let ask = |incidence: &Incidence, last, serial: &DelayDistribution, policy| {
        reproduction_numbers(incidence, last, serial, &policy)
            .unwrap_err()
            .to_string()
    };
    let flu = local(&FLU);
    assert_eq!(
        ask(&flu, day(9), &serial, policy),
        "the serial interval has a probability on day 0; use only the days after 0"
    );
    let serial = serial.after_day_zero().unwrap();
    assert_eq!(
        ask(
            &flu,
            day(9),
            &serial,
            ReproductionPolicy {
                window_days: 0,
                ..policy
            }
        ),
        "the window has 0 days; give at least 1"
    );
    assert_eq!(
        ask(
            &flu,
            day(9),
            &serial,
            ReproductionPolicy {
                prior_sd: 0.0,
                ..policy
            }
        ),
        "a prior of mean 5 and deviation 0 cannot be; both must be above 0"
    );
    assert_eq!(
        ask(
            &flu,
            NaiveDate::from_ymd_opt(2200, 1, 1).unwrap(),
            &serial,
            policy
        ),
        "from 2009-04-27 to 2200-01-01 is over a century; check the first onset"
    );
    let ends = BTreeMap::from([(NaiveDate::MIN, 1), (NaiveDate::MAX, 1)]);
    let ends = Incidence {
        local: ends,
        imported: BTreeMap::new(),
    };
    let refused = reproduction_numbers(&ends, NaiveDate::MAX, &serial, &policy);
    assert!(matches!(refused, Err(ReproductionError::TooLong { .. })));
    let single = reproduction_numbers(&ends, NaiveDate::MIN, &serial, &policy).unwrap();
    assert_eq!(single.len(), 1);
    let before = NaiveDate::MAX.pred_opt().unwrap();
    let last = BTreeMap::from([(before, 2), (NaiveDate::MAX, 3)]);
    let last = Incidence {
        local: last,
        imported: BTreeMap::new(),
    };
    let daily = ReproductionPolicy {
        window_days: 1,
        ..policy
    };
    let windows = reproduction_numbers(&last, NaiveDate::MAX, &serial, &daily).unwrap();
    assert_eq!((windows[1].until, windows[1].cases), (NaiveDate::MAX, 3));
}

#[test]
fn growth_is_the_slope_of_the_logarithms() {
    let doubling = curve(&[1, 2, 4, 8, 0, 32]);
    let growth = Growth::of(&doubling, day(0), day(5)).unwrap();
    assert!(
        near(growth.doubling_days.unwrap(), 1.0, 1e-12),
        "{growth:?}"
    );
    assert!(near(growth.rate, std::f64::consts::LN_2, 1e-12));
    let halving = Growth::of(&curve(&[8, 4, 2]), day(0), day(2)).unwrap();
    assert!(near(halving.doubling_days.unwrap(), -1.0, 1e-12));
    assert_eq!(
        Growth::of(&curve(&[3, 3]), day(0), day(1))
            .unwrap()
            .doubling_days,
        None
    );
    assert_eq!(Growth::of(&curve(&[3, 0]), day(0), day(1)), None);
    let ends = BTreeMap::from([(NaiveDate::MIN, 1), (NaiveDate::MAX, 3)]);
    assert!(
        Growth::of(&ends, NaiveDate::MIN, NaiveDate::MAX)
            .unwrap()
            .rate
            > 0.0
    );
}

/// The posterior by walking over all R in small steps, likelihood times prior.
fn posterior_by_hand(
    all: &[u32],
    at: &[u32],
    begin: usize,
    end: usize,
    serial: &DelayDistribution,
) -> (f64, f64) {
    let mut infectivity = 0.0;
    let mut cases = 0.0;
    for (t, here) in at.iter().enumerate().take(end + 1).skip(begin) {
        cases += f64::from(*here);
        for (s, before) in all.iter().enumerate().take(t) {
            let delay = i64::try_from(t - s).unwrap();
            infectivity += f64::from(*before) * serial.probability(delay);
        }
    }
    let step = 0.002;
    let weigh = |r: f64| (cases * (r * infectivity).ln() - r * infectivity - r / 5.0).exp();
    let steps = || (1..20_000).map(|n| f64::from(n) * step);
    let sum: f64 = steps().map(weigh).sum();
    let mean = steps().map(|r| r * weigh(r)).sum::<f64>() / sum;
    let below = |share: f64| {
        let mut left = share * sum;
        steps()
            .find(|&r| {
                left -= weigh(r);
                left <= 0.0
            })
            .unwrap()
    };
    (mean, below(0.975))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_posterior_is_likelihood_times_prior(
        counts in prop::collection::vec((0u32..6, 0u32..3), 8..20),
        window in 1u32..6,
        weights in prop::collection::vec(1u32..9, 1..5),
    ) {
        let mut counts = counts;
        counts[0].1 += 3;
        let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        let serial = DelayDistribution::new(1, &weights).unwrap();
        let (mut here, elsewhere): (Vec<u32>, Vec<u32>) = counts.iter().copied().unzip();
        let incidence = Incidence { local: curve(&here), imported: curve(&elsewhere) };
        let all: Vec<u32> = here.iter().zip(&elsewhere).map(|(a, b)| a + b).collect();
        here[0] = 0;
        let policy = ReproductionPolicy { window_days: window, ..ReproductionPolicy::EPIESTIM };
        let windows = reproduction_numbers(&incidence, day(counts.len() - 1), &serial, &policy).unwrap();
        let window = usize::try_from(window).unwrap();
        for (end, found) in windows.iter().enumerate().skip(window) {
            let Ok(found) = found.estimate else { continue };
            let (mean, high) = posterior_by_hand(&all, &here, end + 1 - window, end, &serial);
            // A walk over R in steps ends at 40.
            if found.high < 20.0 {
                prop_assert!((found.mean - mean).abs() < 0.01, "{:?} {}", found, mean);
                prop_assert!((found.high - high).abs() < 0.02, "{:?} {}", found, high);
            }
        }
    }

    #[test]
    fn a_higher_level_makes_a_wider_interval(level in 0.1_f64..0.98) {
        let serial = DelayDistribution::shifted_gamma(2.6, 1.5).unwrap();
        let at = |level| {
            let level = Proportion::new(level).unwrap();
            let policy = ReproductionPolicy { level, ..ReproductionPolicy::EPIESTIM };
            reproduction_numbers(&local(&FLU), day(20), &serial, &policy).unwrap()[20].estimate.unwrap()
        };
        let (narrow, wide) = (at(level), at(level + 0.01));
        prop_assert!(wide.low < narrow.low && narrow.high < wide.high);
        prop_assert!(narrow.low < narrow.median && narrow.median < narrow.high);
    }
}
