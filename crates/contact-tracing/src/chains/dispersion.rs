//! The negative binomial that fits who infected how many.

use std::collections::BTreeMap;

use serde::Serialize;
use statrs::function::gamma::ln_gamma;

use super::{Interval, Proportion};

/// A negative binomial fitted to how many each person infected.
///
/// Mean and dispersion by maximum likelihood; intervals by profile likelihood: they hold the
/// values whose likelihood, the other figure at its best for each, is not below the greatest by
/// more than half the quantile of χ² with one degree of freedom (Lloyd-Smith et al.,
/// "Superspreading and the effect of individual variation on disease emergence", Nature 438
/// (2005), supplement, uses it for k).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OffspringFit {
    /// The mean R: links divided by people.
    pub mean: f64,
    /// Where the mean lies. Its upper end is open where nobody infected anyone, and where so few
    /// did that k may be as small as one likes.
    pub mean_interval: Interval,
    /// The dispersion k; nothing where the figures vary no more than chance: k is infinite then.
    pub dispersion: Option<f64>,
    /// Where k lies. Its upper end is open where pure chance (a Poisson distribution) explains
    /// the figures too; both ends are where nobody infected anyone.
    pub dispersion_interval: Interval,
}

/// The dispersion k of a negative binomial by maximum likelihood, its mean that of the sample.
///
/// `histogram` has people by how many each infected. The likelihood is greatest where
/// Σⱼ (people with more than j) / (k + j) = n · ln(1 + mean / k): Bliss and Fisher, "Fitting the
/// negative binomial distribution to biological data", Biometrics 9 (1953), 176–200. Such a k
/// exists where the population variance exceeds the mean; else nothing is returned.
pub fn dispersion(histogram: &BTreeMap<u32, u32>) -> Option<f64> {
    Sample::of(histogram)?.dispersion()
}

/// See [`super::Offspring::fit`].
pub(super) fn fit(histogram: &BTreeMap<u32, u32>, level: Proportion) -> Option<OffspringFit> {
    let sample = Sample::of(histogram)?;
    let reach = level.standard_deviations();
    // Half the quantile of χ²: what is given up against the greatest likelihood.
    let given_up = reach * reach / 2.0;
    let dispersion = sample.dispersion();
    Some(OffspringFit {
        mean: sample.mean,
        mean_interval: sample.mean_interval(dispersion, given_up),
        dispersion,
        dispersion_interval: sample.dispersion_interval(dispersion, given_up),
    })
}

/// Who infected how many, as the likelihood needs it.
struct Sample {
    people: f64,
    links: f64,
    mean: f64,
    variance: f64,
    /// Runs of j, half open, over which as many people infected more than j.
    runs: Vec<Run>,
}

struct Run {
    from: u32,
    until: u32,
    people: f64,
}

/// ln k is looked for from minus to plus this.
const FURTHEST: f64 = 50.0;

impl Sample {
    fn of(histogram: &BTreeMap<u32, u32>) -> Option<Sample> {
        let sum = |value: &dyn Fn(f64) -> f64| -> f64 {
            let weighted = histogram
                .iter()
                .map(|(&count, &people)| value(f64::from(count)) * f64::from(people));
            weighted.sum()
        };
        let people = sum(&|_| 1.0);
        let links = sum(&|count| count);
        let mean = links / people;
        let variance = sum(&|count| (count - mean) * (count - mean)) / people;
        let mut runs = Vec::new();
        let (mut from, mut left) = (0, people);
        for (&until, &with_so_many) in histogram {
            if until > from {
                let people = left;
                runs.push(Run {
                    from,
                    until,
                    people,
                });
            }
            left -= f64::from(with_so_many);
            from = until;
        }
        (people > 0.0).then_some(Sample {
            people,
            links,
            mean,
            variance,
            runs,
        })
    }

    fn dispersion(&self) -> Option<f64> {
        // Also false where nobody infected anyone.
        if self.variance <= self.mean {
            return None;
        }
        let slope = |ln_k: f64| {
            let k = ln_k.exp();
            let left = self.runs.iter().map(|run| {
                let terms = (run.from..run.until).map(|j| 1.0 / (k + f64::from(j)));
                run.people * terms.sum::<f64>()
            });
            left.sum::<f64>() - self.people * (self.mean / k).ln_1p()
        };
        // The slope falls from above 0 to below it.
        Some(crossing(-FURTHEST, FURTHEST, |ln_k| slope(ln_k) > 0.0).exp())
    }

    /// The logarithm of the likelihood but for what depends on neither figure: per person
    /// Σ_{j < count} ln(1 + j/k) + count · ln R − (count + k) · ln(1 + R/k), written so that it
    /// goes over into the Poisson distribution's as k grows.
    fn log_likelihood(&self, mean: f64, k: f64) -> f64 {
        let rising: f64 = self
            .runs
            .iter()
            .map(|run| run.people * rising(run, k))
            .sum();
        let of_mean = if self.links > 0.0 {
            self.links * mean.ln()
        } else {
            0.0
        };
        rising + of_mean - (self.links + self.people * k) * (mean / k).ln_1p()
    }

    /// The same for a Poisson distribution, k being infinite.
    fn log_likelihood_of_chance(&self, mean: f64) -> f64 {
        if self.links > 0.0 {
            self.links * mean.ln() - self.people * mean
        } else {
            -self.people * mean
        }
    }

    fn dispersion_interval(&self, best: Option<f64>, given_up: f64) -> Interval {
        if self.links <= 0.0 {
            return Interval {
                low: None,
                high: None,
            };
        }
        let of_chance = self.log_likelihood_of_chance(self.mean);
        let greatest = best.map_or(of_chance, |k| self.log_likelihood(self.mean, k));
        let least = greatest - given_up;
        let too_unlikely = |ln_k: f64| self.log_likelihood(self.mean, ln_k.exp()) < least;
        let middle = best.map_or(FURTHEST, f64::ln);
        let low = crossing(-FURTHEST, middle, too_unlikely);
        let high =
            (of_chance < least).then(|| crossing(middle, FURTHEST, |ln_k| !too_unlikely(ln_k)));
        Interval {
            low: Some(low.exp()),
            high: high.map(f64::exp),
        }
    }

    fn mean_interval(&self, best: Option<f64>, given_up: f64) -> Interval {
        if self.links <= 0.0 {
            return Interval {
                low: Some(0.0),
                high: None,
            };
        }
        let of_chance = self.log_likelihood_of_chance(self.mean);
        let greatest = best.map_or(of_chance, |k| self.log_likelihood(self.mean, k));
        let least = greatest - given_up;
        let too_unlikely = |ln_mean: f64| self.best_log_likelihood(ln_mean.exp()) < least;
        let middle = self.mean.ln();
        let (lowest, highest) = (middle - FURTHEST, middle + FURTHEST);
        let low = crossing(lowest, middle, too_unlikely);
        let high = too_unlikely(highest)
            .then(|| crossing(middle, highest, |ln_mean| !too_unlikely(ln_mean)));
        Interval {
            low: Some(low.exp()),
            high: high.map(f64::exp),
        }
    }

    /// The greatest likelihood of a mean whatever k: a coarse look over ln k, since nobody
    /// promises a single peak, then golden sections around the best.
    fn best_log_likelihood(&self, mean: f64) -> f64 {
        let at = |ln_k: f64| self.log_likelihood(mean, ln_k.exp());
        let coarse = (-60..=24).map(|half| f64::from(half) / 2.0);
        let best = coarse
            .max_by(|&a, &b| at(a).total_cmp(&at(b)))
            .unwrap_or(0.0);
        let (mut low, mut high) = (best - 0.5, best + 0.5);
        let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
        for _ in 0..40 {
            let reach = golden * (high - low);
            if at(high - reach) < at(low + reach) {
                low = high - reach;
            } else {
                high = low + reach;
            }
        }
        at(f64::midpoint(low, high)).max(self.log_likelihood_of_chance(mean))
    }
}

/// Σ ln(1 + j/k) over a run of j, which is 0 at j = 0.
fn rising(run: &Run, k: f64) -> f64 {
    const LONG: u32 = 64;
    if run.until - run.from < LONG {
        let terms = (run.from..run.until).map(|j| (f64::from(j) / k).ln_1p());
        return terms.sum();
    }
    // One person who infected a hundred thousand must not cost a hundred thousand logarithms.
    let (from, until) = (f64::from(run.from), f64::from(run.until));
    ln_gamma(k + until) - ln_gamma(k + from) - (until - from) * k.ln()
}

/// Where a question turns from yes to no: halves the range until it cannot be halved.
fn crossing(mut low: f64, mut high: f64, is_yes: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if is_yes(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
