//! Offspring, superspreading and serial intervals against published figures and slow likelihoods.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use contact_tracing::chains::superspreading::{people_behind, share_from_top};
use contact_tracing::chains::{
    BadDelay, Chains, DelayDistribution, Offspring, Proportion, SerialInterval, dispersion,
};
use proptest::prelude::*;

const LEVEL: Proportion = Proportion::NINETY_FIVE_PERCENT;

fn histogram(counts: impl IntoIterator<Item = u32>) -> BTreeMap<u32, u32> {
    let mut histogram = BTreeMap::new();
    for count in counts {
        *histogram.entry(count).or_insert(0) += 1;
    }
    histogram
}

/// Whom each of 152 cases of Ebola infected in Conakry in 2014: Faye et al., Lancet Infectious
/// Diseases 15 (2015), as the vignettes of the R package superspreading give it.
fn conakry() -> BTreeMap<u32, u32> {
    let infected = [
        1, 2, 2, 5, 14, 1, 4, 4, 1, 3, 3, 8, 2, 1, 1, 4, 9, 9, 1, 1, 17, 2, 1, 1, 1, 4, 3, 3, 4, 2,
        5, 1, 2, 2, 1, 9, 1, 3, 1, 2, 1, 1, 2,
    ];
    let nobody = vec![0; 152 - infected.len()];
    histogram(infected.into_iter().chain(nobody))
}

/// The logarithm of the likelihood with all its factors, term by term.
fn log_likelihood(histogram: &BTreeMap<u32, u32>, mean: f64, k: f64) -> f64 {
    let one = |count: u32| {
        let rising: f64 = (0..count)
            .map(|j| ((k + f64::from(j)) / f64::from(j + 1)).ln())
            .sum();
        let count = f64::from(count);
        let of_count = if count > 0.0 {
            count * (mean / (k + mean)).ln()
        } else {
            0.0
        };
        rising + k * (k / (k + mean)).ln() + of_count
    };
    histogram
        .iter()
        .map(|(&count, &people)| f64::from(people) * one(count))
        .sum()
}

/// What the likeliest k gives up when the mean is this: by looking at very many k.
fn profile_of_mean(histogram: &BTreeMap<u32, u32>, mean: f64) -> f64 {
    let ln_k = (-600..=520).map(|step| f64::from(step) / 40.0);
    ln_k.map(|ln_k| log_likelihood(histogram, mean, ln_k.exp()))
        .fold(f64::NEG_INFINITY, f64::max)
}

fn near(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs()
}

#[test]
fn ebola_in_conakry_2014_has_the_dispersion_published_for_it() {
    // fitdistrplus gives size 0.1814260 and mu 0.9537995, found by a search, in the tutorial
    // "Account for superspreading" of Epiverse-TRACE. Althaus, Lancet Infectious Diseases 15
    // (2015), has 0.95 and 0.18 of the same data, with 95 % intervals of 0.57 to 1.34 (by the
    // normal approximation) and 0.10 to 0.26.
    let fit = Offspring::of(conakry()).fit(LEVEL).unwrap();
    assert!(near(fit.mean, 0.953_799_5, 1e-3), "{fit:?}");
    assert!(near(fit.dispersion.unwrap(), 0.181_426, 1e-3), "{fit:?}");
    let (low, high) = (
        fit.dispersion_interval.low.unwrap(),
        fit.dispersion_interval.high.unwrap(),
    );
    assert!(
        low > 0.10 && low < 0.13 && high > 0.26 && high < 0.30,
        "{fit:?}"
    );
}

#[test]
fn superspreading_shares_are_those_published_for_six_diseases() {
    // Mean and k of Lloyd-Smith et al. 2005; t₂₀ and p₈₀ as the vignette "Methods for calculating
    // the proportion of transmission" of the R package superspreading computes them.
    let published = [
        (1.63, 0.16, 0.882_517_5, 0.130_009_5),
        (3.19, 0.37, 0.712_572_3, 0.240_578_1),
        (0.32, 0.58, 0.620_137_6, 0.160_953_8),
        (1.32, 1.37, 0.473_794_9, 0.339_222_9),
        (0.70, 1.66, 0.447_653_8, 0.302_370_8),
        (1.50, 5.10, 0.336_302_3, 0.431_506_5),
    ];
    for (mean, k, top, people) in published {
        let found = share_from_top(k, Proportion::TWENTY_PERCENT).unwrap();
        assert!(near(found, top, 1e-4), "{k}: {found}, not {top}");
        let found = people_behind(mean, k, Proportion::EIGHTY_PERCENT).unwrap();
        assert!(
            near(found, people, 2e-6),
            "{mean} {k}: {found}, not {people}"
        );
    }
    // Endo et al. 2020: of k = 0.1, a tenth makes four fifths.
    let found = people_behind(2.5, 0.1, Proportion::EIGHTY_PERCENT).unwrap();
    assert!(
        (found * 100.0).round() / 100.0 >= 0.09 && found < 0.1,
        "{found}"
    );
}

#[test]
fn nonsense_has_no_superspreading_share() {
    for k in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(share_from_top(k, Proportion::TWENTY_PERCENT), None);
        assert_eq!(people_behind(1.0, k, Proportion::EIGHTY_PERCENT), None);
        assert_eq!(people_behind(k, 1.0, Proportion::EIGHTY_PERCENT), None);
    }
}

#[test]
fn observed_shares_count_the_last_person_in_part() {
    // Ten people; the top two made 8 of 10 links.
    let offspring = Offspring::of(histogram([5, 3, 1, 1, 0, 0, 0, 0, 0, 0]));
    assert_eq!(
        offspring.share_from_top(Proportion::TWENTY_PERCENT),
        Some(0.8)
    );
    assert_eq!(
        offspring.people_behind(Proportion::EIGHTY_PERCENT),
        Some(0.2)
    );
    let half = offspring
        .share_from_top(Proportion::new(0.15).unwrap())
        .unwrap();
    assert!(near(half, 0.65, 1e-12), "5 and half of 3: {half}");
    let nobody = Offspring::of(histogram([0, 0]));
    assert_eq!(nobody.share_from_top(Proportion::TWENTY_PERCENT), None);
    assert_eq!(nobody.people_behind(Proportion::EIGHTY_PERCENT), None);
}

#[test]
fn an_end_the_data_do_not_bound_is_open() {
    // Everyone infects one: less than chance would vary, so k may be infinite.
    let even = Offspring::of(histogram([1; 30])).fit(LEVEL).unwrap();
    assert_eq!(even.dispersion, None);
    assert!(even.dispersion_interval.low.is_some() && even.dispersion_interval.high.is_none());
    assert!(even.mean_interval.low.unwrap() < 1.0 && even.mean_interval.high.unwrap() > 1.0);
    let nobody = Offspring::of(histogram([0; 30])).fit(LEVEL).unwrap();
    assert_eq!(nobody.dispersion_interval.low, None);
    assert_eq!(
        (nobody.mean_interval.low, nobody.mean_interval.high),
        (Some(0.0), None)
    );
    assert!(Offspring::of(BTreeMap::new()).fit(LEVEL).is_none());
}

#[test]
fn one_who_infected_a_hundred_thousand_is_fitted_like_anyone() {
    let star = BTreeMap::from([(0, 100_000), (100_000, 1)]);
    let fit = Offspring::of(star).fit(LEVEL).unwrap();
    let k = fit.dispersion.unwrap();
    let interval = fit.dispersion_interval;
    assert!(
        interval.low.unwrap() < k && k < interval.high.unwrap() && k < 1e-4,
        "{fit:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn profile_intervals_end_where_the_likelihood_has_given_up_half_of_chi_squared(
        counts in prop::collection::vec(0u32..12, 2..40),
    ) {
        let counts = histogram(counts);
        let offspring = Offspring::of(counts.clone());
        let fit = offspring.fit(LEVEL).unwrap();
        let given_up = 3.841_458_820_694_124 / 2.0;
        let mean = fit.mean;
        // A k of a million is as good as infinite.
        let best = log_likelihood(&counts, mean, fit.dispersion.unwrap_or(1e6).min(1e6));
        if mean > 0.0 {
            let of = |k: f64| best - log_likelihood(&counts, mean, k) - given_up;
            let low = fit.dispersion_interval.low.unwrap();
            prop_assert!(of(low).abs() < 1e-3, "{:?} {}", fit, of(low));
            match fit.dispersion_interval.high {
                Some(high) => prop_assert!(high > 1e6 || of(high).abs() < 1e-3, "{:?} {}", fit, of(high)),
                None => prop_assert!(of(1e6) < 1e-3, "{:?}", fit),
            }
            for end in [fit.mean_interval.low, fit.mean_interval.high].into_iter().flatten() {
                let off = best - profile_of_mean(&counts, end) - given_up;
                prop_assert!(end > 1e6 || off.abs() < 2e-3, "{:?} {} {}", fit, end, off);
            }
        }
    }

    #[test]
    fn observed_shares_are_what_sorting_all_people_gives(
        counts in prop::collection::vec(0u32..9, 1..60),
        percent in 1u32..100,
    ) {
        let share = Proportion::new(f64::from(percent) / 100.0).unwrap();
        let offspring = Offspring::of(histogram(counts.iter().copied()));
        let mut sorted: Vec<f64> = counts.iter().map(|&count| f64::from(count)).collect();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let (mut left, mut links) = (share.value() * f64::from(u32::try_from(counts.len()).unwrap()), 0.0);
        for count in &sorted {
            links += count * left.clamp(0.0, 1.0);
            left -= 1.0;
        }
        let all: f64 = sorted.iter().sum();
        let found = offspring.share_from_top(share);
        prop_assert_eq!(found.is_some(), all > 0.0);
        if let (Some(found), Some(behind)) = (found, offspring.people_behind(share)) {
            prop_assert!((found - links / all).abs() < 1e-12);
            // The two questions are each other's answer.
            if let Ok(behind) = Proportion::new(behind) {
                prop_assert!((offspring.share_from_top(behind).unwrap() - share.value()).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_fitted_share_is_that_of_summing_the_whole_distribution(
        mean in 0.1_f64..5.0, k in 0.05_f64..8.0, percent in 5u32..95,
    ) {
        let share = Proportion::new(f64::from(percent) / 100.0).unwrap();
        let mut of_count = (k / (k + mean)).powf(k);
        let mut all = vec![of_count];
        for count in 0..4000 {
            let count = f64::from(count);
            of_count *= (k + count) / (count + 1.0) * mean / (k + mean);
            all.push(of_count);
        }
        let (mut people, mut left) = (0.0, share.value() * mean);
        for (count, probability) in (0..4001).zip(&all).skip(1).rev() {
            let count = f64::from(count);
            let taken = if count * probability <= left { *probability } else { left / count };
            (people, left) = (people + taken, left - taken * count);
        }
        let found = people_behind(mean, k, share).unwrap();
        prop_assert!((found - people).abs() < 1e-7, "{} not {}", found, people);
    }
}

#[test]
fn the_shifted_gamma_has_the_days_epiestim_publishes() {
    // discr_si(0:20, mu = 2.6, sigma = 1.5) in the demonstration of EpiEstim.
    let published = [
        0.0,
        2.331_721e-1,
        3.585_794e-1,
        1.981_108e-1,
        1.033_427e-1,
        5.290_518e-2,
        2.682_146e-2,
        1.351_620e-2,
        6.783_438e-3,
        3.394_351e-3,
        1.694_674e-3,
        8.445_945e-4,
        4.203_313e-4,
        2.089_422e-4,
        1.037_609e-4,
        5.148_480e-5,
        2.552_773e-5,
        1.264_952e-5,
        6.264_667e-6,
        3.101_068e-6,
        1.534_394e-6,
    ];
    let flu = DelayDistribution::shifted_gamma(2.6, 1.5).unwrap();
    for (day, published) in (0..).zip(published) {
        let found = flu.probability(day);
        assert!(
            near(found, published, 5e-7),
            "day {day}: {found}, not {published}"
        );
    }
    assert!((flu.mean() - 2.6).abs() < 1e-6);
    assert!((flu.up_to(i64::MAX) - 1.0).abs() < 1e-12 && flu.up_to(0).abs() < 1e-15);
}

#[test]
fn a_distribution_rounded_to_days_keeps_mean_and_spread() {
    let gamma = DelayDistribution::gamma(10.9, 8.1).unwrap();
    let normal = DelayDistribution::normal(3.96, 4.75).unwrap();
    // Sheppard: rounding to days adds a twelfth to the variance.
    for (found, mean, sd) in [(&gamma, 10.9, 8.1_f64), (&normal, 3.96, 4.75)] {
        assert!((found.mean() - mean).abs() < 1e-2, "{}", found.mean());
        assert!(
            (found.sd() - (sd * sd + 1.0 / 12.0).sqrt()).abs() < 2e-2,
            "{}",
            found.sd()
        );
    }
    assert!(gamma.probability(-1).abs() < 1e-15 && normal.probability(-1) > 0.01);
    let later = normal.after_day_zero().unwrap();
    assert!(later.probability(0).abs() < 1e-15 && (later.up_to(9999) - 1.0).abs() < 1e-12);
    let ratio = later.probability(3) / later.probability(5);
    assert!(near(
        ratio,
        normal.probability(3) / normal.probability(5),
        1e-9
    ));
}

#[test]
fn what_is_no_distribution_of_days_is_refused_with_the_remedy() {
    let text = |refused: Result<DelayDistribution, BadDelay>| refused.unwrap_err().to_string();
    assert_eq!(
        text(DelayDistribution::new(-1, &[0.5, -0.5])),
        "the weight of day 0 is -0.5; give a number that is not negative"
    );
    assert_eq!(
        text(DelayDistribution::new(0, &[0.0])),
        "no day has a weight above 0; give at least one"
    );
    assert_eq!(
        text(DelayDistribution::shifted_gamma(1.0, 2.0)),
        "a mean of 1 with a standard deviation of 2 cannot be; the mean must be above 1, the \
         deviation above 0"
    );
    assert!(DelayDistribution::new(i64::MAX, &[0.0, 1.0]).is_err());
    assert!(DelayDistribution::normal(1e9, 1.0).is_err());
    assert!(DelayDistribution::gamma(1e300, 1e-300).is_err());
    assert!(DelayDistribution::gamma(1e-300, 1e300).is_err());
    assert_eq!(
        DelayDistribution::observed(&BTreeMap::new()),
        Err(BadDelay::Nothing)
    );
    let far = BTreeMap::from([(i64::MIN, 1), (i64::MAX, 1)]);
    assert_eq!(DelayDistribution::observed(&far), Err(BadDelay::TooLong));
}

#[test]
fn serial_intervals_are_kept_by_days_and_make_a_distribution() {
    let day = |text: &str| Some(text.parse().unwrap());
    let cases = [
        ("a", day("2020-01-01")),
        ("b", day("2020-01-04")),
        ("c", day("2019-12-31")),
        ("d", day("2020-01-04")),
        ("e", None),
    ];
    let links = [("a", "b"), ("a", "c"), ("a", "d"), ("a", "e"), ("e", "a")];
    let serial = Chains::build(&cases, &links).serial_interval().unwrap();
    assert_eq!(serial.histogram, BTreeMap::from([(-1, 1), (3, 2)]));
    assert_eq!(
        (serial.n, serial.negative, serial.min, serial.max),
        (3, 1, -1, 3)
    );
    let observed = DelayDistribution::observed(&serial.histogram).unwrap();
    assert_eq!(observed.days(), -1..=3);
    assert!(near(observed.probability(3), 2.0 / 3.0, 1e-12));
    let like = DelayDistribution::normal_like(&serial).unwrap();
    assert!((like.mean() - serial.mean).abs() < 1e-6);
    let single = SerialInterval::of([5]).unwrap();
    assert!(
        DelayDistribution::gamma_like(&single).is_err(),
        "one interval has no spread"
    );
}

#[test]
fn dates_at_the_ends_of_the_calendar_are_so_many_days_apart() {
    let cases = [
        ("a", Some(chrono::NaiveDate::MIN)),
        ("b", Some(chrono::NaiveDate::MAX)),
    ];
    let serial = Chains::build(&cases, &[("a", "b"), ("b", "a")])
        .serial_interval()
        .unwrap();
    assert_eq!(serial.max, -serial.min);
    assert!(
        DelayDistribution::observed(&serial.histogram).is_err(),
        "no disease takes so long"
    );
    assert!(DelayDistribution::normal_like(&serial).is_err());
    assert_eq!(dispersion(&BTreeMap::from([(1, 2)])), None);
}
