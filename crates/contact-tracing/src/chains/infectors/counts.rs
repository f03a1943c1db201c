//! The distribution of a count that many independent chances add up to.

use statrs::function::gamma::ln_gamma;

use crate::chains::Proportion;
use crate::chains::chance::float;

/// So many independent chances of one probability.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chances {
    pub(super) how_many: usize,
    pub(super) probability: f64,
}

/// Where the count that all chances add up to lies at a level.
pub(super) fn interval(chances: &[Chances], level: Proportion) -> (f64, f64) {
    if let Some(ends) = of_many(chances, level) {
        return ends;
    }
    let mut counts = CountDistribution::none();
    for chance in chances {
        counts.add(chance.how_many, chance.probability);
    }
    let end = |share| float(counts.quantile(share));
    (end(level.tail()), end(1.0 - level.tail()))
}

/// Above this variance summing term by term would take long, and need not be.
const MANY: f64 = 100.0;

/// The ends by mean, variance and skewness: the first terms of Cornish and Fisher, "Moments and
/// cumulants in the specification of distributions", Revue de l'Institut International de
/// Statistique 5 (1938), 307–320. What they leave out falls with the standard deviation and is
/// far below one at 10.
fn of_many(chances: &[Chances], level: Proportion) -> Option<(f64, f64)> {
    let sum = |value: &dyn Fn(f64) -> f64| -> f64 {
        let each = chances.iter();
        each.map(|c| float(c.how_many) * value(c.probability.min(1.0)))
            .sum()
    };
    let variance = sum(&|p| p * (1.0 - p));
    let mean = sum(&|p| p);
    let third = sum(&|p| p * (1.0 - p) * (1.0 - 2.0 * p));
    let z = level.standard_deviations();
    // The third moment divided by the variance is the skewness times the standard deviation.
    let lean = third / variance * (z * z - 1.0) / 6.0;
    let end = |reach: f64| (mean + reach * variance.sqrt() + lean - 0.5).ceil();
    (variance > MANY).then(|| (end(-z), end(z)))
}

/// Probabilities of counts in a row; what is less likely than the rounding of the rest is left
/// out at both ends.
#[derive(Clone, Debug)]
pub(super) struct CountDistribution {
    first: usize,
    probabilities: Vec<f64>,
}

/// What is left out at either end.
const NEGLIGIBLE: f64 = 1e-16;

impl CountDistribution {
    /// Surely 0.
    pub(super) fn none() -> Self {
        CountDistribution {
            first: 0,
            probabilities: vec![1.0],
        }
    }

    /// Adds so many chances of one probability, independent of all before.
    pub(super) fn add(&mut self, how_many: usize, probability: f64) {
        if how_many == 0 || probability <= 0.0 {
            return;
        }
        if probability >= 1.0 {
            self.first += how_many;
            return;
        }
        if how_many == 1 {
            self.add_one(probability);
            return;
        }
        let other = binomial(how_many, probability);
        let mut sum = vec![0.0; self.probabilities.len() + other.probabilities.len() - 1];
        for (at, mine) in self.probabilities.iter().enumerate() {
            for (sum, its) in sum[at..].iter_mut().zip(&other.probabilities) {
                *sum += mine * its;
            }
        }
        let begin = sum.iter().take_while(|&&each| each < NEGLIGIBLE).count();
        let end = sum
            .iter()
            .rev()
            .take_while(|&&each| each < NEGLIGIBLE)
            .count();
        sum.truncate((sum.len() - end).max(begin));
        self.probabilities = sum.split_off(begin);
        self.first += other.first + begin;
    }

    /// One chance more, in place.
    fn add_one(&mut self, probability: f64) {
        let mut below = 0.0;
        for each in &mut self.probabilities {
            let at = *each;
            *each = at * (1.0 - probability) + below * probability;
            below = at;
        }
        if below * probability >= NEGLIGIBLE {
            self.probabilities.push(below * probability);
        }
        // Shifting all for each that becomes negligible would cost more than carrying some.
        const CARRIED: usize = 64;
        let negligible = self
            .probabilities
            .iter()
            .take_while(|&&each| each < NEGLIGIBLE);
        let begin = negligible.count();
        if begin > CARRIED {
            self.probabilities.drain(..begin);
            self.first += begin;
        }
    }

    /// The least count that is not exceeded with a probability.
    pub(super) fn quantile(&self, probability: f64) -> usize {
        let mut sum = 0.0;
        let below = self.probabilities.iter().take_while(|&&each| {
            sum += each;
            sum < probability
        });
        let below = below.count();
        self.first + below.min(self.probabilities.len().saturating_sub(1))
    }
}

/// From the likeliest count to both sides, each probability out of its neighbour's.
fn binomial(how_many: usize, probability: f64) -> CountDistribution {
    let n = float(how_many);
    let odds = probability / (1.0 - probability);
    let mode = likeliest(how_many, probability);
    let k = float(mode);
    let ways = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0);
    let at_mode = (ways + k * probability.ln() + (n - k) * (-probability).ln_1p()).exp();
    let mut probabilities = vec![at_mode];
    let (mut each, mut count) = (at_mode, mode);
    while count > 0 && each > NEGLIGIBLE {
        each *= float(count) / ((n - float(count) + 1.0) * odds);
        probabilities.push(each);
        count -= 1;
    }
    probabilities.reverse();
    let first = count;
    (each, count) = (at_mode, mode);
    while count < how_many && each > NEGLIGIBLE {
        each *= (n - float(count)) / (float(count) + 1.0) * odds;
        probabilities.push(each);
        count += 1;
    }
    CountDistribution {
        first,
        probabilities,
    }
}

/// ⌊(n + 1) p⌋, the likeliest of n chances of p.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and n after rounding down"
)]
fn likeliest(how_many: usize, probability: f64) -> usize {
    let mode = ((float(how_many) + 1.0) * probability).floor() as usize;
    mode.min(how_many)
}

#[cfg(test)]
mod tests {
    use super::{Chances, CountDistribution, interval, of_many};
    use crate::chains::Proportion;
    use crate::chains::chance::float;

    /// One chance after the other.
    fn slowly(chances: &[(usize, f64)]) -> Vec<f64> {
        let all: usize = chances.iter().map(|chance| chance.0).sum();
        let mut counts = vec![0.0; all + 1];
        counts[0] = 1.0;
        for &(how_many, probability) in chances {
            for _ in 0..how_many {
                for at in (0..counts.len()).rev() {
                    let from_below = if at > 0 { counts[at - 1] } else { 0.0 };
                    counts[at] = counts[at] * (1.0 - probability) + from_below * probability;
                }
            }
        }
        counts
    }

    #[test]
    fn a_sum_of_binomials_is_what_single_chances_make() {
        let chances = [
            (7, 0.3),
            (1, 0.99),
            (40, 0.02),
            (3, 1.0),
            (500, 0.5),
            (9, 0.0),
        ];
        let mut found = CountDistribution::none();
        for (how_many, probability) in chances {
            found.add(how_many, probability);
        }
        let slow = slowly(&chances);
        for (at, slow) in slow.iter().enumerate() {
            let place = at.checked_sub(found.first);
            let found = place
                .and_then(|place| found.probabilities.get(place))
                .unwrap_or(&0.0);
            assert!((found - slow).abs() < 1e-12, "{at}: {found}, not {slow}");
        }
        for share in [0.001, 0.025, 0.5, 0.975, 0.999] {
            let mut sum = 0.0;
            let below = slow.iter().take_while(|&&each| {
                sum += each;
                sum < share
            });
            assert_eq!(found.quantile(share), below.count());
        }
    }

    #[test]
    fn many_chances_by_their_moments_are_within_one_of_the_exact_count() {
        let chances = [(3000, 0.2), (900, 0.01), (50, 0.9), (7, 1.0)];
        let chances = chances.map(|(how_many, probability)| Chances {
            how_many,
            probability,
        });
        let slow = slowly(&chances.map(|c| (c.how_many, c.probability)));
        for level in [0.5, 0.95, 0.999] {
            let Ok(level) = Proportion::new(level) else {
                panic!("{level} is a proportion");
            };
            let quantile = |share: f64| {
                let mut sum = 0.0;
                let below = slow.iter().take_while(|&&each| {
                    sum += each;
                    sum < share
                });
                float(below.count())
            };
            let found = interval(&chances, level);
            assert_eq!(Some(found), of_many(&chances, level));
            assert!((found.0 - quantile(level.tail())).abs() <= 1.0, "{found:?}");
            assert!(
                (found.1 - quantile(1.0 - level.tail())).abs() <= 1.0,
                "{found:?}"
            );
        }
    }
}
