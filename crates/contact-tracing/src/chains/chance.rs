//! Shares, intervals, and the few quantiles the statistics need.

use serde::{Deserialize, Serialize};
use statrs::function::erf::{erf_inv, erfc};
use statrs::function::gamma::{checked_gamma_lr, ln_gamma};
use thiserror::Error;

/// A share strictly between nothing and everything: 0.95 for a level of confidence, 0.2 for the
/// most infectious fifth.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Proportion(f64);

/// A number that is no proportion.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[error("{value} is not between 0 and 1; write 95 % as 0.95")]
pub struct NotAProportion {
    /// What was given.
    pub value: f64,
}

impl Proportion {
    /// The level most reports use, 0.95.
    pub const NINETY_FIVE_PERCENT: Proportion = Proportion(0.95);
    /// A fifth, as in "the most infectious 20 %".
    pub const TWENTY_PERCENT: Proportion = Proportion(0.2);
    /// Four fifths, as in "80 % of transmission".
    pub const EIGHTY_PERCENT: Proportion = Proportion(0.8);

    /// Checks that a number is between 0 and 1, both left out.
    ///
    /// # Errors
    /// Where it is not, or not a number at all.
    pub fn new(value: f64) -> Result<Self, NotAProportion> {
        if value > 0.0 && value < 1.0 {
            Ok(Proportion(value))
        } else {
            Err(NotAProportion { value })
        }
    }

    /// The number between 0 and 1.
    pub fn value(self) -> f64 {
        self.0
    }

    /// What an interval of this level leaves out below, and as much above.
    pub(super) fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// How many standard deviations a normal distribution's interval of this level reaches to
    /// either side: 1.96 for 0.95.
    pub(super) fn standard_deviations(self) -> f64 {
        std::f64::consts::SQRT_2 * erf_inv(self.0)
    }
}

impl TryFrom<f64> for Proportion {
    type Error = NotAProportion;

    fn try_from(value: f64) -> Result<Self, NotAProportion> {
        Proportion::new(value)
    }
}

impl From<Proportion> for f64 {
    fn from(proportion: Proportion) -> f64 {
        proportion.0
    }
}

/// Where a figure lies at the level asked for. An end is nothing where the data set no bound.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end; nothing where it is open.
    pub low: Option<f64>,
    /// The upper end; nothing where it is open.
    pub high: Option<f64>,
}

/// The cumulative distribution of a gamma with scale 1; nothing lies below 0.
pub(super) fn gamma_below(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if shape > LARGE_SHAPE {
        let root = (x / shape).cbrt() - (1.0 - 1.0 / (9.0 * shape));
        return erfc(-root * 3.0 * shape.sqrt() / std::f64::consts::SQRT_2) / 2.0;
    }
    if x < SMALL {
        // The first terms of the series; the library takes such an x for 0.
        return (shape * x.ln() - ln_gamma(shape + 1.0)).exp() * (1.0 - shape * x / (shape + 1.0));
    }
    // The library refuses arguments that are not numbers or infinite: nothing is known of them.
    checked_gamma_lr(shape, x).unwrap_or(f64::NAN)
}

/// Below this two terms of the series are exact.
const SMALL: f64 = 1e-9;

/// From here on the series would take longer the larger the shape, while the cube root of a
/// gamma is normal to more digits than a figure needs: Wilson and Hilferty, "The distribution of
/// chi-square", Proceedings of the National Academy of Sciences 17 (1931), 684–688.
const LARGE_SHAPE: f64 = 1e6;

/// The value of a gamma with scale 1 below which a share lies; 0 where it is too small to write.
///
/// Newton's steps on the cumulative distribution of ln x, kept between bounds that are halved
/// where a step would leave them, so that it always ends.
pub(super) fn gamma_quantile(shape: f64, share: f64) -> f64 {
    let below = |ln_x: f64| gamma_below(shape, ln_x.exp());
    let (mut low, mut high) = (SMALLEST_LN, shape.max(1.0).ln());
    while below(high) < share && high < -SMALLEST_LN {
        (low, high) = (high, high + 1.0);
    }
    let mut ln_x = high;
    for _ in 0..200 {
        let off = below(ln_x) - share;
        if off > 0.0 {
            high = ln_x;
        } else {
            low = ln_x;
        }
        let density = (shape * ln_x - ln_x.exp() - ln_gamma(shape)).exp();
        let step = ln_x - off / density;
        let next = if step > low && step < high {
            step
        } else {
            f64::midpoint(low, high)
        };
        if (next - ln_x).abs() <= 1e-15 {
            return next.exp();
        }
        ln_x = next;
    }
    ln_x.exp()
}

/// The logarithm of the smallest number above 0.
const SMALLEST_LN: f64 = -745.0;

/// A count as a float: what is counted here stays far below 2⁵³.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of rows stay far below 2⁵³"
)]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}

/// Whole days as a float: days between two dates stay far below 2⁵³.
#[expect(
    clippy::cast_precision_loss,
    reason = "days between dates stay far below 2⁵³"
)]
pub(super) fn float_days(days: i64) -> f64 {
    days as f64
}

#[cfg(test)]
mod tests {
    use super::{Proportion, gamma_below, gamma_quantile};

    #[test]
    fn a_proportion_is_strictly_between_0_and_1() {
        let text = |value| Proportion::new(value).map_err(|error| error.to_string());
        assert_eq!(text(0.95), Ok(Proportion::NINETY_FIVE_PERCENT));
        let refused = "1 is not between 0 and 1; write 95 % as 0.95".to_owned();
        assert_eq!(text(1.0), Err(refused));
        assert!(text(0.0).is_err() && text(f64::NAN).is_err());
    }

    #[test]
    fn a_normal_interval_of_95_percent_reaches_1_96_standard_deviations() {
        let reach = Proportion::NINETY_FIVE_PERCENT.standard_deviations();
        assert!((reach - 1.959_963_984_540_054).abs() < 1e-12);
    }

    #[test]
    fn a_gamma_quantile_is_where_the_cumulative_distribution_says() {
        for shape in [0.01, 0.16, 1.0, 2.5, 40.0, 3000.0, 1e5, 1e7] {
            for share in [0.001, 0.025, 0.5, 0.8, 0.975, 0.999] {
                let found = gamma_below(shape, gamma_quantile(shape, share));
                assert!((found - share).abs() < 1e-9, "{shape} {share}: {found}");
            }
        }
        // On either side of the change of method.
        let (before, after) = (
            gamma_below(1e6, 1.001e6),
            gamma_below(1.000_001e6, 1.001_001e6),
        );
        assert!((before - after).abs() < 1e-6, "{before} {after}");
        // Of shape 1 it is the exponential distribution.
        assert!((gamma_quantile(1.0, 0.5) - std::f64::consts::LN_2).abs() < 1e-14);
    }
}
