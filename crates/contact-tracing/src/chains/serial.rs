//! Days from the onset of an infector to the onset of its infectee.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Chains;
use super::chance::{float, float_days};

/// Days from the onset of an infector to the onset of its infectee, where both are known.
///
/// [`DelayDistribution`](super::DelayDistribution) makes a distribution of it: as observed, or
/// as a gamma or a normal distribution.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Links by days; days without one are not in it.
    pub histogram: BTreeMap<i64, u32>,
}

impl Chains {
    /// Days between onsets over links where both are known; nothing where there is no such link.
    pub fn serial_interval(&self) -> Option<SerialInterval> {
        let between = self.ends().filter_map(|(from, to)| {
            let days = self.onset(to)?.signed_duration_since(self.onset(from)?);
            Some(days.num_days())
        });
        SerialInterval::of(between)
    }
}

impl SerialInterval {
    /// Of days in any order; nothing where there are none.
    pub fn of(days: impl IntoIterator<Item = i64>) -> Option<Self> {
        let mut days: Vec<i64> = days.into_iter().collect();
        days.sort_unstable();
        let (&min, &max) = (days.first()?, days.last()?);
        let exact = || days.iter().map(|&days| float_days(days));
        let mean = exact().sum::<f64>() / float(days.len());
        let squares: f64 = exact().map(|day| (day - mean) * (day - mean)).sum();
        let mut histogram = BTreeMap::new();
        for &days in &days {
            *histogram.entry(days).or_insert(0) += 1;
        }
        Some(SerialInterval {
            n: days.len(),
            mean,
            median: median(&days)?,
            sd: (days.len() > 1).then(|| (squares / float(days.len() - 1)).sqrt()),
            min,
            max,
            negative: days.iter().filter(|&&days| days < 0).count(),
            histogram,
        })
    }
}

/// The middle of sorted numbers, or the mean of the two in the middle.
fn median(sorted: &[i64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(float_days(lower), float_days(upper)))
}
