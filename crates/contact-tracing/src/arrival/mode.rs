//! When someone who was reached can pass it on.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// When someone reached at an instant x can pass it on, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// At contacts later than x; the seed from its start on.
    Strict,
    /// At contacts at x or later: several hops may happen at one instant.
    NonStrict,
    /// At contacts at x + the delay or later, the seed too. Without a delay as `NonStrict`.
    Delayed(u32),
    /// At contacts from x + the delay on, for so long, where x is any instant at which the person
    /// is reached, not the first alone; the seed too.
    Window {
        /// Seconds from being reached to passing it on.
        delay: u32,
        /// Seconds for which it can be passed on.
        length: u32,
    },
    /// As `Strict`, over at most so many contacts.
    Hops(u32),
}

/// A word that names no mode.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "mode {word:?} is not known; write strict, nonstrict, delayed_SECONDS, window_DELAY_LENGTH or hops_NUMBER"
)]
pub struct UnknownMode {
    /// The word.
    pub word: String,
}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(word: &str) -> Result<Self, UnknownMode> {
        let parts: Vec<&str> = word.split('_').collect();
        let number = |text: &str| text.parse::<u32>().ok();
        let mode = match parts[..] {
            ["strict"] => Some(Mode::Strict),
            ["nonstrict"] => Some(Mode::NonStrict),
            ["delayed", delay] => number(delay).map(Mode::Delayed),
            ["hops", most] => number(most).map(Mode::Hops),
            ["window", delay, length] => number(delay)
                .zip(number(length))
                .map(|(delay, length)| Mode::Window { delay, length }),
            _ => None,
        };
        mode.ok_or_else(|| UnknownMode {
            word: word.to_owned(),
        })
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mode::Strict => f.write_str("strict"),
            Mode::NonStrict => f.write_str("nonstrict"),
            Mode::Delayed(delay) => write!(f, "delayed_{delay}"),
            Mode::Window { delay, length } => write!(f, "window_{delay}_{length}"),
            Mode::Hops(most) => write!(f, "hops_{most}"),
        }
    }
}
