//! The distribution of a count that many independent chances add up to.

use statrs::function::gamma::ln_gamma;

use crate::chains::chance::float;

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
    use super::CountDistribution;

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
}
