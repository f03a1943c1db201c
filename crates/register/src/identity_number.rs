//! The number of a Chinese resident identity card.

use thiserror::Error;

use crate::mask::plain;

/// Why a number cannot be that of a resident identity card. No variant holds a digit of
/// the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum IdentityNumberFault {
    /// It has neither 15 nor 18 characters.
    #[error("it has {0} characters, a resident identity card has 18, or 15 before 1999")]
    Length(usize),
    /// It has other characters than digits and a last X.
    #[error("it has other characters than digits and a last X")]
    Characters,
    /// Its first two digits are no province's.
    #[error("its first two digits are no province's")]
    Province,
    /// Its day of birth is no day of the calendar.
    #[error("its day of birth is no day of the calendar")]
    DayOfBirth,
    /// Its last character is not the check character of the others.
    #[error("its check character does not fit its other digits")]
    CheckCharacter,
}

/// Whether a text can be the number of a resident identity card: of 18 characters by
/// GB 11643-1999 (province, day of birth, check character), or of 15 digits by
/// GB 11643-1989 (born in the twentieth century, no check character).
///
/// Full-width digits and a small x are read as their usual forms. Whether the card was
/// ever issued cannot be told.
///
/// ```
/// use register::{IdentityNumberFault, check_identity_number};
///
/// // The two examples of the standard itself.
/// assert_eq!(check_identity_number("11010519491231002X"), Ok(()));
/// assert_eq!(check_identity_number("440524188001010014"), Ok(()));
/// assert_eq!(check_identity_number("110105194902310026"), Err(IdentityNumberFault::DayOfBirth));
/// ```
///
/// # Errors
///
/// The first fault found, in the order of [`IdentityNumberFault`].
pub fn check_identity_number(text: &str) -> Result<(), IdentityNumberFault> {
    let number: Vec<char> = plain(text.trim()).collect();
    let old = match number.len() {
        15 => true,
        18 => false,
        other => return Err(IdentityNumberFault::Length(other)),
    };
    let values = values(&number).ok_or(IdentityNumberFault::Characters)?;
    if old && values.contains(&10) {
        return Err(IdentityNumberFault::Characters);
    }
    if !is_province(values[0] * 10 + values[1]) {
        return Err(IdentityNumberFault::Province);
    }
    let as_number = |digits: &[u32]| digits.iter().fold(0, |sum, digit| sum * 10 + digit);
    let (year, rest) = if old {
        (1900 + as_number(&values[6..8]), &values[8..12])
    } else {
        (as_number(&values[6..10]), &values[10..14])
    };
    if !is_day(year, as_number(&rest[..2]), as_number(&rest[2..])) {
        return Err(IdentityNumberFault::DayOfBirth);
    }
    if !old && !check_character_fits(&values) {
        return Err(IdentityNumberFault::CheckCharacter);
    }
    Ok(())
}

/// Digits as numbers, a last X as ten; `None` at any other character.
fn values(number: &[char]) -> Option<Vec<u32>> {
    let last = number.len().saturating_sub(1);
    let value = |(index, c): (usize, &char)| match c {
        'X' | 'x' if index == last => Some(10),
        other => other.to_digit(10),
    };
    number.iter().enumerate().map(value).collect()
}

/// The provinces of GB/T 2260 by their first two digits, with Taiwan, Hong Kong and Macao,
/// and 83 for residents from Taiwan (residence permits of 2018).
fn is_province(code: u32) -> bool {
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

/// Whether this is a day of the Gregorian calendar, from 1800 on.
fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    year >= 1800 && (1..=days).contains(&day)
}

/// ISO 7064, MOD 11-2, as GB 11643-1999 prescribes: each character, counted from the right
/// from 0, weighs two to the power of its place; the sum leaves 1 when divided by 11.
fn check_character_fits(values: &[u32]) -> bool {
    values.iter().fold(0, |sum, value| (sum * 2 + value) % 11) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_standard_gives_the_same_check_character() {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        const CHARACTERS: [u32; 11] = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];
        for seed in 0..500_u32 {
            let mut values: Vec<u32> = (0..17)
                .map(|place| (seed * 7919 + place * place * 31 + seed / 3 * place) % 10)
                .collect();
            let sum: u32 = values
                .iter()
                .zip(WEIGHTS)
                .map(|(value, weight)| value * weight)
                .sum();
            let by_table = CHARACTERS[(sum % 11) as usize];
            for character in 0..=10 {
                values.push(character);
                assert_eq!(check_character_fits(&values), character == by_table);
                values.pop();
            }
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for (year, month, day) in [(2000, 2, 29), (2020, 2, 29), (1999, 12, 31), (1880, 1, 1)] {
            assert!(is_day(year, month, day), "{year} {month} {day}");
        }
        for (year, month, day) in [
            (1900, 2, 29),
            (2019, 2, 29),
            (2000, 4, 31),
            (2000, 0, 1),
            (2000, 13, 1),
            (2000, 1, 0),
            (1799, 1, 1),
        ] {
            assert!(!is_day(year, month, day), "{year} {month} {day}");
        }
    }
}
