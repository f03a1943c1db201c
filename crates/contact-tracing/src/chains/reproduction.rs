//! The reproduction number over time, from how many fell ill on which day.
//!
//! The method of Cori, Ferguson, Fraser and Cauchemez, "A new framework and software to estimate
//! time-varying reproduction numbers during epidemics", American Journal of Epidemiology 178
//! (2013), 1505–1512, which the R package EpiEstim has. R is taken to be the same over a window
//! of days. Those who fell ill in it, imported ones left out, are Poisson with mean R · Λ, where Λ
//! sums over the days of the window who fell ill before, imported ones too, each weighed by the
//! serial interval. With a gamma of shape a and scale b as prior the posterior is a gamma of
//! shape a + cases and scale 1 / (1/b + Λ).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::chance::{float_days, gamma_quantile};
use super::{DelayDistribution, Proportion};

/// How R(t) is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReproductionPolicy {
    /// Over how many days R is taken to be the same.
    pub window_days: u32,
    /// The mean of R before any data.
    pub prior_mean: f64,
    /// The standard deviation of R before any data.
    pub prior_sd: f64,
    /// The level of the credible interval.
    pub level: Proportion,
    /// Windows with fewer cases that are not imported get no estimate.
    pub least_cases: u32,
}

impl ReproductionPolicy {
    /// As EpiEstim has it unless told otherwise: weeks, and a prior of 5 with a deviation of 5,
    /// so wide and high that an outbreak is not called over too soon. Every window is estimated.
    ///
    /// Cori et al. advise 11 cases a window and more with this prior, where the deviation of the
    /// posterior shall not exceed 0.3 of its mean: set `least_cases` to it.
    pub const EPIESTIM: ReproductionPolicy = ReproductionPolicy {
        window_days: 7,
        prior_mean: 5.0,
        prior_sd: 5.0,
        level: Proportion::NINETY_FIVE_PERCENT,
        least_cases: 0,
    };
}

/// How many fell ill on which day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incidence {
    /// Who was infected here.
    pub local: BTreeMap<NaiveDate, u32>,
    /// Who was infected elsewhere: they infect others, and nobody here infected them. The cases
    /// of the first day count as imported whatever is said of them.
    pub imported: BTreeMap<NaiveDate, u32>,
}

/// What R was over a window of days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReproductionWindow {
    /// The first day of the window.
    pub from: NaiveDate,
    /// Its last day, for which the estimate stands.
    pub until: NaiveDate,
    /// Who fell ill in it, imported ones left out.
    pub cases: u32,
    /// Λ: how many would fall ill in it were R 1.
    pub infectivity: f64,
    /// The posterior, or why there is none.
    pub estimate: Result<ReproductionEstimate, NotEstimated>,
}

/// The posterior of R.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ReproductionEstimate {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
    /// The middle.
    pub median: f64,
    /// The lower end of the credible interval, as much of the posterior below as above.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Why there is no estimate of a window.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NotEstimated {
    /// It would begin on or before the first day, of which nobody knows who infected whom.
    #[error("the window would begin before the second day of the outbreak")]
    BeforeFirstWindow,
    /// Nobody fell ill so long before it that they could infect someone in it.
    #[error("nobody fell ill before who could infect someone in the window")]
    NobodyInfectious,
    /// It has fewer cases than the policy asks for.
    #[error("fewer cases in the window than asked for")]
    TooFewCases,
}

/// Why nothing is estimated.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum ReproductionError {
    /// The window has no day.
    #[error("the window has 0 days; give at least 1")]
    NoWindow,
    /// The prior is no gamma distribution.
    #[error("a prior of mean {mean} and deviation {sd} cannot be; both must be above 0")]
    Prior {
        /// The mean of the policy.
        mean: f64,
        /// The deviation of the policy.
        sd: f64,
    },
    /// The serial interval has days up to 0.
    #[error("the serial interval has a probability on day {day}; use only the days after 0")]
    NotAfter {
        /// The first of them.
        day: i64,
    },
    /// The days from the first case to the last asked for are over a century.
    #[error("from {first} to {last} is over a century; check the first onset")]
    TooLong {
        /// The first day with a case.
        first: NaiveDate,
        /// The last day asked for.
        last: NaiveDate,
    },
}

const CENTURY_DAYS: i64 = 36_525;

/// R for every day from the first with a case to `last`, each over the window that ends on it.
///
/// `last` is the last day of which all onsets are known; later ones are not used. Days without a
/// case count as such. Nothing where nobody fell ill by then. Cost: days × the days of the serial
/// interval.
///
/// # Errors
/// Where window, prior or serial interval make no sense, or the days are over a century.
pub fn reproduction_numbers(
    incidence: &Incidence,
    last: NaiveDate,
    serial: &DelayDistribution,
    policy: &ReproductionPolicy,
) -> Result<Vec<ReproductionWindow>, ReproductionError> {
    let prior = Prior::of(policy)?;
    let first_delay = *serial.days().start();
    if first_delay <= 0 {
        return Err(ReproductionError::NotAfter { day: first_delay });
    }
    let Some(days) = Daily::of(incidence, last)? else {
        return Ok(Vec::new());
    };
    let infectivity = days.infectivity(serial);
    let window = usize::try_from(policy.window_days).unwrap_or(usize::MAX);
    let windows = (0..days.local.len()).map(|end| {
        let begins = (end + 1).checked_sub(window);
        // The first day's cases came from somewhere else, so no window has it.
        let begin = begins.filter(|&begin| begin >= 1);
        let days_in = begin.unwrap_or(0)..=end;
        let in_window = days.local[days_in.clone()].iter();
        let cases = in_window.fold(0u32, |sum, &cases| sum.saturating_add(cases));
        let infectivity: f64 = infectivity[days_in.clone()].iter().sum();
        let estimate = match begin {
            None => Err(NotEstimated::BeforeFirstWindow),
            Some(_) if cases < policy.least_cases => Err(NotEstimated::TooFewCases),
            Some(_) if infectivity <= 0.0 => Err(NotEstimated::NobodyInfectious),
            Some(_) => Ok(prior.posterior(cases, infectivity, policy.level)),
        };
        ReproductionWindow {
            from: days.day(*days_in.start()),
            until: days.day(end),
            cases,
            infectivity,
            estimate,
        }
    });
    Ok(windows.collect())
}

struct Prior {
    shape: f64,
    scale: f64,
}

impl Prior {
    fn of(policy: &ReproductionPolicy) -> Result<Prior, ReproductionError> {
        let (mean, sd) = (policy.prior_mean, policy.prior_sd);
        if policy.window_days == 0 {
            return Err(ReproductionError::NoWindow);
        }
        let (shape, scale) = ((mean / sd) * (mean / sd), sd * sd / mean);
        let sensible = mean > 0.0 && sd > 0.0 && shape > 0.0 && scale > 0.0;
        if !(sensible && shape.is_finite() && scale.is_finite()) {
            return Err(ReproductionError::Prior { mean, sd });
        }
        Ok(Prior { shape, scale })
    }

    fn posterior(&self, cases: u32, infectivity: f64, level: Proportion) -> ReproductionEstimate {
        let shape = self.shape + f64::from(cases);
        let scale = 1.0 / (1.0 / self.scale + infectivity);
        ReproductionEstimate {
            mean: shape * scale,
            sd: shape.sqrt() * scale,
            median: gamma_quantile(shape, 0.5) * scale,
            low: gamma_quantile(shape, level.tail()) * scale,
            high: gamma_quantile(shape, 1.0 - level.tail()) * scale,
        }
    }
}

/// Cases of each day in a row.
struct Daily {
    first: NaiveDate,
    local: Vec<u32>,
    all: Vec<u32>,
}

impl Daily {
    fn of(incidence: &Incidence, last: NaiveDate) -> Result<Option<Daily>, ReproductionError> {
        let both = [&incidence.local, &incidence.imported];
        let some = both.into_iter().flatten().filter(|(_, cases)| **cases > 0);
        let Some(first) = some
            .map(|(&day, _)| day)
            .min()
            .filter(|&first| first <= last)
        else {
            return Ok(None);
        };
        let between = last.signed_duration_since(first).num_days();
        let days = usize::try_from(between)
            .ok()
            .filter(|_| between <= CENTURY_DAYS);
        let days = days.ok_or(ReproductionError::TooLong { first, last })? + 1;
        let mut daily = Daily {
            first,
            local: vec![0; days],
            all: vec![0; days],
        };
        for (curve, is_local) in [(&incidence.local, true), (&incidence.imported, false)] {
            for (day, &cases) in curve.range(first..=last) {
                let place = usize::try_from(day.signed_duration_since(first).num_days());
                let Some(place) = place.ok().filter(|&place| place < days) else {
                    continue;
                };
                daily.all[place] = daily.all[place].saturating_add(cases);
                if is_local && place > 0 {
                    daily.local[place] = cases;
                }
            }
        }
        Ok(Some(daily))
    }

    fn day(&self, place: usize) -> NaiveDate {
        let days = Days::new(u64::try_from(place).unwrap_or(u64::MAX));
        self.first.checked_add_days(days).unwrap_or(NaiveDate::MAX)
    }

    /// Λ of each day: who fell ill before, weighed by the serial interval.
    fn infectivity(&self, serial: &DelayDistribution) -> Vec<f64> {
        let mut infectivity = vec![0.0; self.all.len()];
        for (day, sum) in infectivity.iter_mut().enumerate() {
            for delay in serial.days() {
                let before = usize::try_from(delay)
                    .ok()
                    .and_then(|delay| day.checked_sub(delay));
                let Some(&cases) = before.and_then(|before| self.all.get(before)) else {
                    break;
                };
                *sum += f64::from(cases) * serial.probability(delay);
            }
        }
        infectivity
    }
}

/// How fast an outbreak grows or shrinks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Growth {
    /// The rate a day: cases grow as exp(rate · days).
    pub rate: f64,
    /// Days in which they double; negative where they halve in as many; nothing where the rate
    /// is 0.
    pub doubling_days: Option<f64>,
}

impl Growth {
    /// A straight line through the logarithms of the cases of each day from `from` to `until`,
    /// by least squares, as the R package incidence fits it (Kamvar et al., "Epidemic curves made
    /// easy using the R package incidence", F1000Research 8:139 (2019)); days without a case have no logarithm and are left out. Nothing with
    /// fewer than two days with cases.
    pub fn of(
        by_day: &BTreeMap<NaiveDate, u32>,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Option<Growth> {
        let within = by_day
            .iter()
            .filter(|(day, cases)| (from..=until).contains(*day) && **cases > 0);
        let points: Vec<(f64, f64)> = within
            .map(|(day, &cases)| {
                let days = day.signed_duration_since(from).num_days();
                (float_days(days), f64::from(cases).ln())
            })
            .collect();
        let n = points.iter().map(|_| 1.0).sum::<f64>();
        let middle = points.iter().map(|(x, _)| x).sum::<f64>() / n;
        let spread: f64 = points
            .iter()
            .map(|(x, _)| (x - middle) * (x - middle))
            .sum();
        let rate = points.iter().map(|(x, y)| (x - middle) * y).sum::<f64>() / spread;
        (spread > 0.0).then(|| Growth {
            rate,
            doubling_days: (rate.abs() > 0.0).then(|| std::f64::consts::LN_2 / rate),
        })
    }
}
