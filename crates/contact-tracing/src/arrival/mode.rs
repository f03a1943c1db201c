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

/// Why a word names no mode.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnknownMode {
    /// No mode is called so, or it has another number of parts.
    #[error(
        "mode {word:?} is not known; write strict, nonstrict, delayed_SECONDS, window_DELAY_LENGTH or hops_NUMBER"
    )]
    Word {
        /// The word.
        word: String,
    },
    /// A delay, a length or a number of hops below 0.
    #[error("mode {word:?}, {part}: {value} is negative; write 0 or more")]
    Negative {
        /// The word.
        word: String,
        /// Which part of it.
        part: &'static str,
        /// What stands there.
        value: String,
    },
    /// A part that is no number, or too large a one.
    #[error("mode {word:?}, {part}: {value:?} is not a whole number up to 4294967295")]
    Number {
        /// The word.
        word: String,
        /// Which part of it.
        part: &'static str,
        /// What stands there.
        value: String,
    },
}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(word: &str) -> Result<Self, UnknownMode> {
        let parts: Vec<&str> = word.split('_').collect();
        let number = |part, value| number(word, part, value);
        match parts[..] {
            ["strict"] => Ok(Mode::Strict),
            ["nonstrict"] => Ok(Mode::NonStrict),
            ["delayed", delay] => Ok(Mode::Delayed(number("delay", delay)?)),
            ["hops", most] => Ok(Mode::Hops(number("hops", most)?)),
            ["window", delay, length] => Ok(Mode::Window {
                delay: number("delay", delay)?,
                length: number("length", length)?,
            }),
            _ => Err(UnknownMode::Word {
                word: word.to_owned(),
            }),
        }
    }
}

fn number(word: &str, part: &'static str, value: &str) -> Result<u32, UnknownMode> {
    value.parse().map_err(|_| {
        let (word, value) = (word.to_owned(), value.to_owned());
        let digits = value.strip_prefix('-').unwrap_or_default();
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            UnknownMode::Negative { word, part, value }
        } else {
            UnknownMode::Number { word, part, value }
        }
    })
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
