//! The figures of an outbreak's chains.

use std::collections::BTreeMap;

use super::Chains;

/// How many each person infected. Figures are of people, not of infectors alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Offspring {
    /// Links divided by people; 0 where there is nobody.
    pub mean: f64,
    /// The population variance, divided by n.
    pub variance: f64,
    /// The dispersion k; nothing where the figures vary no more than chance (variance ≤ mean).
    pub dispersion: Option<f64>,
    /// How many people infected so many others.
    pub histogram: BTreeMap<u32, u32>,
}

/// Days from the onset of an infector to the onset of its infectee, where both are known.
#[derive(Clone, Debug, PartialEq)]
pub struct SerialInterval {
    /// Links with both onsets.
    pub n: usize,
    /// Days on average.
    pub mean: f64,
    /// The middle one, or the mean of the two in the middle.
    pub median: f64,
    /// The standard deviation of the sample, divided by n − 1; nothing for a single link.
    pub sd: Option<f64>,
    /// The shortest, in days.
    pub min: i64,
    /// The longest, in days.
    pub max: i64,
    /// Links whose infectee fell ill first.
    pub negative: usize,
}

impl Chains {
    /// How many each person infected, by the rows of links.
    pub fn offspring(&self) -> Offspring {
        let mut histogram = BTreeMap::new();
        for count in self.infectee_counts() {
            *histogram.entry(count).or_insert(0u32) += 1;
        }
        let n: f64 = histogram.values().map(|&people| f64::from(people)).sum();
        let of = |value: &dyn Fn(f64) -> f64| {
            let weighted = histogram
                .iter()
                .map(|(&count, &people)| value(f64::from(count)) * f64::from(people));
            if n > 0.0 {
                weighted.sum::<f64>() / n
            } else {
                0.0
            }
        };
        let mean = of(&|count| count);
        Offspring {
            mean,
            variance: of(&|count| (count - mean) * (count - mean)),
            dispersion: dispersion(&histogram),
            histogram,
        }
    }

    /// The people who infected most, the most first, then by id.
    pub fn top_infectors(&self, how_many: usize) -> Vec<(&str, u32)> {
        let mut counts: Vec<(usize, u32)> =
            self.infectee_counts().into_iter().enumerate().collect();
        counts.retain(|&(_, count)| count > 0);
        counts.sort_by_key(|&(person, count)| (std::cmp::Reverse(count), person));
        counts.truncate(how_many);
        let named = counts.into_iter();
        named
            .map(|(person, count)| (self.people.key(person), count))
            .collect()
    }

    /// Days between onsets over links where both are known; nothing where there is no such link.
    pub fn serial_interval(&self) -> Option<SerialInterval> {
        let mut days: Vec<i64> = self
            .ends()
            .filter_map(|(from, to)| {
                let days = self.onset(to)?.signed_duration_since(self.onset(from)?);
                Some(days.num_days())
            })
            .collect();
        days.sort_unstable();
        let exact: Vec<f64> = days.iter().map(|&days| as_float(days)).collect();
        let count = exact.iter().map(|_| 1.0).sum::<f64>();
        let mean = exact.iter().sum::<f64>() / count;
        let squares: f64 = exact.iter().map(|day| (day - mean) * (day - mean)).sum();
        let middle = days.len() / 2;
        let (&min, &max) = (days.first()?, days.last()?);
        let median = match days.len() % 2 {
            1 => exact[middle],
            _ => (exact[middle - 1] + exact[middle]) / 2.0,
        };
        Some(SerialInterval {
            n: days.len(),
            mean,
            median,
            sd: (days.len() > 1).then(|| (squares / (count - 1.0)).sqrt()),
            min,
            max,
            negative: days.iter().filter(|&&days| days < 0).count(),
        })
    }

    fn infectee_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.people.len()];
        for (from, _) in self.ends() {
            counts[from.index()] += 1;
        }
        counts
    }
}

/// Days between two dates of a calendar of half a million years fit a float exactly.
#[allow(clippy::cast_precision_loss)]
fn as_float(days: i64) -> f64 {
    days as f64
}

/// The dispersion k of a negative binomial by maximum likelihood, its mean that of the sample.
///
/// `histogram` has people by how many each infected. The likelihood is greatest where
/// Σⱼ (people with more than j) / (k + j) = n · ln(1 + mean / k): Bliss and Fisher, "Fitting the
/// negative binomial distribution to biological data", Biometrics 9 (1953), 176–200. Such a k
/// exists where the population variance exceeds the mean; else nothing is returned.
pub fn dispersion(histogram: &BTreeMap<u32, u32>) -> Option<f64> {
    let sum = |value: &dyn Fn(f64) -> f64| -> f64 {
        let weighted = histogram
            .iter()
            .map(|(&count, &people)| value(f64::from(count)) * f64::from(people));
        weighted.sum()
    };
    let n = sum(&|_| 1.0);
    let mean = sum(&|count| count) / n;
    let variance = sum(&|count| (count - mean) * (count - mean)) / n;
    // Also false where there is nobody and both are not numbers.
    if !(mean > 0.0 && variance > mean) {
        return None;
    }
    let more_than = people_with_more_than(histogram);
    let slope = |k: f64| {
        let mut left = 0.0;
        let mut j = 0.0;
        for &people in &more_than {
            left += people / (k + j);
            j += 1.0;
        }
        left - n * (mean / k).ln_1p()
    };
    // The slope falls from above 0 to below it; halve the range of ln k until it cannot be halved.
    let (mut low, mut high) = (-50.0_f64, 50.0_f64);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if slope(middle.exp()) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high).exp())
}

/// For each j from 0 on, how many people infected more than j.
fn people_with_more_than(histogram: &BTreeMap<u32, u32>) -> Vec<f64> {
    let most = histogram.keys().next_back().copied().unwrap_or(0);
    let mut left: f64 = histogram.values().map(|&people| f64::from(people)).sum();
    (0..most)
        .map(|j| {
            left -= f64::from(histogram.get(&j).copied().unwrap_or(0));
            left
        })
        .collect()
}
