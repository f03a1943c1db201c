//! How many days pass from one onset to the next: a distribution over whole days.

use std::collections::BTreeMap;

use statrs::function::erf::erfc;
use thiserror::Error;

use super::SerialInterval;
use super::chance::{float_days, gamma_below};

/// Probabilities of whole days, negative ones too, that add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct DelayDistribution {
    first: i64,
    probabilities: Vec<f64>,
}

/// Why numbers are no distribution of days.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum BadDelay {
    /// A weight is negative or not a number.
    #[error("the weight of day {day} is {weight}; give a number that is not negative")]
    Weight {
        /// The day whose weight it is.
        day: i64,
        /// What was given.
        weight: f64,
    },
    /// All weights are 0.
    #[error("no day has a weight above 0; give at least one")]
    Nothing,
    /// No distribution of the kind has these moments.
    #[error(
        "a mean of {mean} with a standard deviation of {sd} cannot be; the mean must be above {least}, the deviation above 0"
    )]
    Moments {
        /// Days on average.
        mean: f64,
        /// The standard deviation in days.
        sd: f64,
        /// What the mean must exceed.
        least: f64,
    },
    /// It reaches over more days than is sensible.
    #[error(
        "the days reach further than {FURTHEST_DAYS} from 0; check mean and standard deviation"
    )]
    TooLong,
}

/// A century: no disease is passed on later.
const FURTHEST_DAYS: i64 = 36_525;

/// What is cut off on either side, to be shared by the days that stay.
const CUT: f64 = 1e-10;

impl DelayDistribution {
    /// From weights of days in a row, beginning with `first`. They are divided by their sum.
    ///
    /// # Errors
    /// Where a weight is negative or no number, all are 0, or a day is over a century away.
    pub fn new(first: i64, weights: &[f64]) -> Result<Self, BadDelay> {
        let mut weights = weights.to_vec();
        let days = first..=i64::MAX;
        for (day, &weight) in days.zip(&weights) {
            if !(weight >= 0.0 && weight.is_finite()) {
                return Err(BadDelay::Weight { day, weight });
            }
        }
        let zeros = weights.iter().take_while(|&&weight| weight <= 0.0).count();
        weights.drain(..zeros);
        while weights.last().is_some_and(|&weight| weight <= 0.0) {
            weights.pop();
        }
        let sum: f64 = weights.iter().sum();
        if weights.is_empty() {
            return Err(BadDelay::Nothing);
        }
        let first = days_after(first, zeros).ok_or(BadDelay::TooLong)?;
        let last = days_after(first, weights.len()).ok_or(BadDelay::TooLong)?;
        if first < -FURTHEST_DAYS || last > FURTHEST_DAYS {
            return Err(BadDelay::TooLong);
        }
        let probabilities = weights.into_iter().map(|weight| weight / sum).collect();
        Ok(DelayDistribution {
            first,
            probabilities,
        })
    }

    /// What was observed, by days: the histogram of [`SerialInterval`] for one.
    ///
    /// # Errors
    /// Where there is nothing in it, or a day is over a century away.
    pub fn observed(histogram: &BTreeMap<i64, u32>) -> Result<Self, BadDelay> {
        let (Some((&first, _)), Some((&last, _))) =
            (histogram.first_key_value(), histogram.last_key_value())
        else {
            return Err(BadDelay::Nothing);
        };
        if first < -FURTHEST_DAYS || last > FURTHEST_DAYS {
            return Err(BadDelay::TooLong);
        }
        let weight = |day| histogram.get(&day).copied().map_or(0.0, f64::from);
        let weights: Vec<f64> = (first..=last).map(weight).collect();
        DelayDistribution::new(first, &weights)
    }

    /// A gamma distribution shifted by a day, in whole days from 1 on, as EpiEstim takes it.
    ///
    /// Onsets are known to the day on both ends; with F the cumulative gamma of mean − 1, with
    /// shape a and scale b, day k has k·F(k) + (k−2)·F(k−2) − 2(k−1)·F(k−1) +
    /// ab·(2·F⁺(k−1) − F⁺(k−2) − F⁺(k)), F⁺ being of shape a + 1: Cori et al., "A new framework
    /// and software to estimate time-varying reproduction numbers during epidemics", American
    /// Journal of Epidemiology 178 (2013), web appendix 11. Days after which less than 10⁻¹⁰
    /// comes are left out.
    ///
    /// # Errors
    /// Where the mean is not above 1 day or the standard deviation not above 0.
    pub fn shifted_gamma(mean: f64, sd: f64) -> Result<Self, BadDelay> {
        let (shape, scale) = shape_and_scale(mean, sd, 1.0)?;
        let below = |day: f64| gamma_below(shape, day / scale);
        let further = |day: f64| gamma_below(shape + 1.0, day / scale);
        let weight = |day: i64| {
            let k = float_days(day);
            let of_days =
                k * below(k) + (k - 2.0) * below(k - 2.0) - 2.0 * (k - 1.0) * below(k - 1.0);
            let of_mean = 2.0 * further(k - 1.0) - further(k - 2.0) - further(k);
            (of_days + shape * scale * of_mean).max(0.0)
        };
        let is_last = |day: i64| 1.0 - below(float_days(day) - 2.0) < CUT;
        DelayDistribution::new(1, &from_day(1, weight, is_last)?)
    }

    /// A gamma distribution rounded to whole days: day d has what lies within half a day of it,
    /// and nothing lies before 0.
    ///
    /// # Errors
    /// Where mean or standard deviation is not above 0.
    pub fn gamma(mean: f64, sd: f64) -> Result<Self, BadDelay> {
        let (shape, scale) = shape_and_scale(mean, sd, 0.0)?;
        let below = |day: f64| gamma_below(shape, day / scale);
        let weight = |day: i64| below(float_days(day) + 0.5) - below(float_days(day) - 0.5);
        let is_last = |day: i64| 1.0 - below(float_days(day) + 0.5) < CUT;
        DelayDistribution::new(0, &from_day(0, weight, is_last)?)
    }

    /// A normal distribution rounded to whole days, for where infectees fall ill before their
    /// infectors.
    ///
    /// # Errors
    /// Where the standard deviation is not above 0, or it reaches over a century.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, BadDelay> {
        let sensible = sd > 0.0 && sd.is_finite() && mean.is_finite();
        if !sensible {
            let least = f64::NEG_INFINITY;
            return Err(BadDelay::Moments { mean, sd, least });
        }
        let above = |day: f64| erfc((day - mean) / (sd * std::f64::consts::SQRT_2)) / 2.0;
        // 6.5 standard deviations leave out less than 10⁻¹⁰ on both sides together.
        let reach = (mean.abs() + 6.5 * sd).ceil();
        if reach > float_days(FURTHEST_DAYS) {
            return Err(BadDelay::TooLong);
        }
        let first = -(0..=FURTHEST_DAYS)
            .find(|&day| float_days(day) >= reach)
            .unwrap_or(0);
        let days = first..=-first;
        let weight = |day: i64| above(float_days(day) - 0.5) - above(float_days(day) + 0.5);
        let weights: Vec<f64> = days.map(|day| weight(day).max(0.0)).collect();
        DelayDistribution::new(first, &weights)
    }

    /// A gamma distribution with mean and standard deviation of the intervals observed.
    ///
    /// Fitted by moments, since a likelihood of intervals of 0 days, which line lists have, is 0
    /// or infinite under a gamma.
    ///
    /// # Errors
    /// Where the mean is not above 0, or all intervals are equal.
    pub fn gamma_like(observed: &SerialInterval) -> Result<Self, BadDelay> {
        DelayDistribution::gamma(observed.mean, observed.sd.unwrap_or(0.0))
    }

    /// A normal distribution with mean and standard deviation of the intervals observed.
    ///
    /// # Errors
    /// Where all intervals are equal.
    pub fn normal_like(observed: &SerialInterval) -> Result<Self, BadDelay> {
        DelayDistribution::normal(observed.mean, observed.sd.unwrap_or(0.0))
    }

    /// Without the days up to 0, the others divided by their sum: R(t) needs that an infector
    /// falls ill on an earlier day.
    ///
    /// # Errors
    /// Where no day after 0 has a probability.
    pub fn after_day_zero(&self) -> Result<Self, BadDelay> {
        let kept = self.days().filter(|&day| day > 0);
        let weights: Vec<f64> = kept.map(|day| self.probability(day)).collect();
        DelayDistribution::new(self.first.max(1), &weights)
    }

    /// The days that may have a probability, in order.
    pub fn days(&self) -> std::ops::RangeInclusive<i64> {
        self.first..=self.last()
    }

    /// The probability of a day; 0 outside [`DelayDistribution::days`].
    pub fn probability(&self, day: i64) -> f64 {
        let place = day
            .checked_sub(self.first)
            .and_then(|place| usize::try_from(place).ok());
        place
            .and_then(|place| self.probabilities.get(place))
            .copied()
            .unwrap_or(0.0)
    }

    /// The probability of so many days or fewer.
    pub fn up_to(&self, day: i64) -> f64 {
        let days = self.days().take_while(|&each| each <= day);
        days.map(|day| self.probability(day)).sum()
    }

    /// Days on average.
    pub fn mean(&self) -> f64 {
        self.days()
            .map(|day| float_days(day) * self.probability(day))
            .sum()
    }

    /// The standard deviation in days.
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let squares = self.days().map(|day| {
            let off = float_days(day) - mean;
            off * off * self.probability(day)
        });
        squares.sum::<f64>().sqrt()
    }

    pub(super) fn last(&self) -> i64 {
        days_after(self.first, self.probabilities.len()).unwrap_or(FURTHEST_DAYS) - 1
    }
}

fn days_after(first: i64, days: usize) -> Option<i64> {
    first.checked_add(i64::try_from(days).ok()?)
}

fn shape_and_scale(mean: f64, sd: f64, shift: f64) -> Result<(f64, f64), BadDelay> {
    let sensible = mean > shift && sd > 0.0 && mean.is_finite() && sd.is_finite();
    if !sensible {
        let least = shift;
        return Err(BadDelay::Moments { mean, sd, least });
    }
    let mean = mean - shift;
    Ok(((mean / sd) * (mean / sd), sd * sd / mean))
}

/// Weights of days from a first to the one that `is_last`.
fn from_day(
    first: i64,
    weight: impl Fn(i64) -> f64,
    is_last: impl Fn(i64) -> bool,
) -> Result<Vec<f64>, BadDelay> {
    let last = (first..=FURTHEST_DAYS).find(|&day| is_last(day));
    let last = last.ok_or(BadDelay::TooLong)?;
    Ok((first..=last).map(weight).collect())
}
