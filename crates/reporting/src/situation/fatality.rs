//! Case fatality with its uncertainty.

/// The deaths among cases of known outcome, as a share with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fatality {
    /// Cases that died.
    pub deaths: u64,
    /// Cases whose outcome is known.
    pub known_outcomes: u64,
    /// The share that died, in thousandths.
    pub share: i64,
    /// The lower end of the 95 % interval, in thousandths.
    pub low: i64,
    /// The upper end of the 95 % interval, in thousandths.
    pub high: i64,
}

/// The normal deviate that leaves 2.5 % on either side.
const DEVIATE: f64 = 1.959_964;

impl Fatality {
    /// The share with its interval after E. B. Wilson, "Probable inference,
    /// the law of succession, and statistical inference", Journal of the
    /// American Statistical Association 22, 1927, which stays within 0 and 1
    /// and holds for few cases too.
    ///
    /// `None` where no outcome is known or more died than have one.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of people are far below 2^53"
    )]
    pub fn of(deaths: u64, known_outcomes: u64) -> Option<Self> {
        if known_outcomes == 0 || deaths > known_outcomes {
            return None;
        }
        let (died, known) = (deaths as f64, known_outcomes as f64);
        let share = died / known;
        let square = DEVIATE * DEVIATE;
        let middle = share + square / (2.0 * known);
        let spread = share * (1.0 - share) / known + square / (4.0 * known * known);
        let half = DEVIATE * spread.sqrt();
        let whole = 1.0 + square / known;
        Some(Self {
            deaths,
            known_outcomes,
            share: thousandths(share),
            low: thousandths((middle - half) / whole),
            high: thousandths((middle + half) / whole),
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "shares lie between 0 and 1, so thousandths lie between 0 and 1000"
)]
fn thousandths(share: f64) -> i64 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // Newcombe, Statistics in Medicine 17, 1998, table I, method 3:
        // 81 of 263 is 0.2553 to 0.3662, 15 of 148 is 0.0624 to 0.1605,
        // 0 of 20 is 0 to 0.1611, 1 of 29 is 0.0061 to 0.1718.
        for (deaths, known, low, high) in [
            (81, 263, 255, 366),
            (15, 148, 62, 161),
            (0, 20, 0, 161),
            (1, 29, 6, 172),
        ] {
            let found = Fatality::of(deaths, known).unwrap();
            assert!((found.low - low).abs() <= 1, "{found:?}");
            assert!((found.high - high).abs() <= 1, "{found:?}");
        }
        assert_eq!(Fatality::of(0, 0), None);
        assert_eq!(Fatality::of(2, 1), None);
    }
}
