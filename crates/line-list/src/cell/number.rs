//! Whole numbers and tenths.

use std::fmt::Display;
use std::str::FromStr;

use super::{CellError, normal};

/// A whole number from 0 to 4,294,967,295.
///
/// # Errors
///
/// Where it is empty, no whole number, negative or larger.
pub fn u32(cell: &str) -> Result<u32, CellError> {
    not_negative(cell, u32::MAX)
}

/// A whole number from 0 to 18,446,744,073,709,551,615.
///
/// # Errors
///
/// Where it is empty, no whole number, negative or larger.
pub fn u64(cell: &str) -> Result<u64, CellError> {
    not_negative(cell, u64::MAX)
}

/// A whole number, negative or not.
///
/// # Errors
///
/// Where it is empty, no whole number, or beyond 64 bits.
pub fn i64(cell: &str) -> Result<i64, CellError> {
    let text = normal(cell);
    let magnitude = text.strip_prefix('-').unwrap_or(&text);
    refuse_other(&text, magnitude)?;
    let bound = if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    text.parse().map_err(|_| beyond(bound))
}

/// A number with at most one decimal, in tenths: `37.4` is 374. Zeros after the first
/// decimal are let be.
///
/// ```
/// use line_list::cell::tenths;
///
/// assert_eq!(tenths("３７．４")?, 374);
/// assert_eq!(tenths("37.45").unwrap_err().to_string(),
///     "has more than one decimal; round it, as 37.4");
/// # Ok::<(), line_list::CellError>(())
/// ```
///
/// # Errors
///
/// Where it is empty, no number, finer than a tenth, or beyond 32 bits.
pub fn tenths(cell: &str) -> Result<i32, CellError> {
    let text = normal(cell);
    if text.is_empty() {
        return Err(empty());
    }
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, text.as_ref()),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    if !is_digits(whole) || !is_digits(decimals) {
        return Err(CellError::new(
            "is not a number",
            "write it in digits without a unit, as 37.4",
        ));
    }
    let (tenth, finer) = decimals.split_at(1);
    if finer.bytes().any(|byte| byte != b'0') {
        return Err(CellError::new(
            "has more than one decimal",
            "round it, as 37.4",
        ));
    }
    let value = format!("{whole}{tenth}").parse::<i32>();
    value
        .map(|value| sign * value)
        .map_err(|_| CellError::new("is too large a number", "correct it"))
}

/// Tenths as a number with one decimal: 374 is `37.4`.
#[must_use]
pub fn write_tenths(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let magnitude = tenths.unsigned_abs();
    format!("{sign}{}.{}", magnitude / 10, magnitude % 10)
}

fn not_negative<T: FromStr + Display>(cell: &str, most: T) -> Result<T, CellError> {
    let text = normal(cell);
    if text.strip_prefix('-').is_some_and(is_digits) {
        return Err(CellError::new("is negative", "write a number from 0 up"));
    }
    refuse_other(&text, &text)?;
    text.parse().map_err(|_| beyond(most))
}

fn refuse_other(text: &str, magnitude: &str) -> Result<(), CellError> {
    if text.is_empty() {
        return Err(empty());
    }
    if !is_digits(magnitude) {
        return Err(CellError::new(
            "is not a whole number",
            "write it in digits alone, without separators, decimals or a unit",
        ));
    }
    Ok(())
}

fn empty() -> CellError {
    CellError::new("is empty", "fill in a number")
}

fn beyond(bound: impl Display) -> CellError {
    CellError::new(format!("is beyond {bound}"), "correct it")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
