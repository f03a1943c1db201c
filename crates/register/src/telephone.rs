//! Telephones that can be called.

use thiserror::Error;

use crate::mask::plain;

/// Why a text can be no telephone. No variant holds a digit of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum TelephoneFault {
    /// It has other characters than digits, spaces, hyphens, brackets and a first plus.
    #[error("it has other characters than digits, spaces, hyphens, brackets and a first plus")]
    Characters,
    /// Its digits are as many as no telephone in China has, or begin as none does.
    #[error(
        "its {0} digits are neither a mobile number, a line with its area code nor a local line"
    )]
    Digits(usize),
    /// A number abroad has 8 to 15 digits.
    #[error("its {0} digits after the plus are no number abroad, which has 8 to 15")]
    Abroad(usize),
}

/// Whether a text can be a telephone: a mobile number of China (11 digits from 13 to 19),
/// a line with its area code (10 to 12 digits from 0), a local line (7 or 8 digits), a
/// service number (10 digits from 400 or 800), or, after a plus, a number abroad
/// (8 to 15 digits, ITU-T E.164).
///
/// ```
/// use register::{TelephoneFault, check_telephone};
///
/// assert_eq!(check_telephone("+86 138-0013-8000"), Ok(()));
/// assert_eq!(check_telephone("0875-5131234"), Ok(()));
/// assert_eq!(check_telephone("1380013800"), Err(TelephoneFault::Digits(10)));
/// ```
///
/// # Errors
///
/// What makes it none.
pub fn check_telephone(text: &str) -> Result<(), TelephoneFault> {
    let compact: String = plain(text)
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')'))
        .collect();
    let at_home = compact
        .strip_prefix("+86")
        .or_else(|| compact.strip_prefix("0086"));
    let abroad = compact
        .strip_prefix('+')
        .or_else(|| compact.strip_prefix("00"));
    let digits = at_home.or(abroad).unwrap_or(&compact);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TelephoneFault::Characters);
    }
    if at_home.is_none() && abroad.is_some() {
        let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
        return if fits {
            Ok(())
        } else {
            Err(TelephoneFault::Abroad(digits.len()))
        };
    }
    if is_chinese(digits, at_home.is_some()) {
        Ok(())
    } else {
        Err(TelephoneFault::Digits(digits.len()))
    }
}

/// With the country's code the area code has no 0 before it.
fn is_chinese(digits: &str, after_country_code: bool) -> bool {
    let mut first = digits.chars();
    match (first.next(), first.next(), digits.len()) {
        (Some('1'), Some('3'..='9'), 11) => true,
        (Some('0'), Some('1'..='9'), 10..=12) => true,
        (Some('1'..='9'), _, 9..=11) if after_country_code => true,
        (Some('2'..='9'), _, 7 | 8) => true,
        (_, _, 10) => digits.starts_with("400") || digits.starts_with("800"),
        _ => false,
    }
}
