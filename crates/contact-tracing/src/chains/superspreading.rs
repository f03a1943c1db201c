//! How much of the transmission comes from how few, as a negative binomial says.

use super::Proportion;
use super::chance::{gamma_below, gamma_quantile};

/// The share of transmission to be expected from the most infectious share of people, where how
/// many each would infect varies as a gamma of dispersion k around the mean; nothing unless k is
/// above 0.
///
/// With x the individual number that the most infectious share exceeds, it is 1 − F(x), F being
/// the cumulative gamma of shape k + 1: Lloyd-Smith et al., "Superspreading and the effect of
/// individual variation on disease emergence", Nature 438 (2005), 355–359, t₂₀ of the supplement.
/// It does not depend on the mean. Chance, by which an infectious person may infect nobody, is
/// left out; [`people_behind`] has it in.
pub fn share_from_top(dispersion: f64, people: Proportion) -> Option<f64> {
    let sensible = dispersion > 0.0 && dispersion.is_finite();
    sensible.then(|| {
        let exceeded = gamma_quantile(dispersion, 1.0 - people.value());
        1.0 - gamma_below(dispersion + 1.0, exceeded)
    })
}

/// The least share of people from whom a share of transmission comes, counting whom each really
/// infects by a negative binomial; nothing unless mean and k are above 0, and where the mean is
/// so large that its terms cannot be summed.
///
/// The most infectious are taken first until their infectees make the share, the last class of
/// them in part: Endo et al., "Estimating the overdispersion in COVID-19 transmission using
/// outbreak sizes outside China", Wellcome Open Research 5:67 (2020), p₈₀.
/// Cost: a term for each number of infectees up to where the tail is negligible.
pub fn people_behind(mean: f64, dispersion: f64, transmission: Proportion) -> Option<f64> {
    let sensible = mean > 0.0 && dispersion > 0.0 && mean.is_finite() && dispersion.is_finite();
    if !sensible {
        return None;
    }
    // From below: those who infect fewest make 1 − share of the transmission.
    let mut left = (1.0 - transmission.value()) * mean;
    let ratio = mean / (mean + dispersion);
    let mut of_count = (-dispersion * (mean / dispersion).ln_1p()).exp();
    let (mut people, mut count) = (of_count, 0.0);
    // A probability that underflows at 0 would leave the sum at 0 for ever.
    if of_count <= 0.0 {
        return None;
    }
    for _ in 0..MOST_TERMS {
        of_count *= ratio * (dispersion + count) / (count + 1.0);
        count += 1.0;
        if left <= count * of_count {
            people += left / count;
            return Some(1.0 - people);
        }
        left -= count * of_count;
        people += of_count;
    }
    None
}

/// Means beyond what any disease reaches are not summed for ever.
const MOST_TERMS: u32 = 10_000_000;
