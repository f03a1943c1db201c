//! Prices and amounts in half the width, where they fit.

use std::convert::Infallible;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An integer for prices and amounts. In 32 bits an arc takes 17 bytes instead of 25 and a price 4
/// instead of 8, so that those of 125,000 nodes fit a cache of half a megabyte.
pub(crate) trait Number:
    Copy
    + Ord
    + Default
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + SubAssign
    + Neg<Output = Self>
    + Into<i64>
    + TryFrom<i64>
{
    /// What says that numbers are too great for the width; nothing ever says so of 64 bits.
    type TooGreat;

    /// Room without limit.
    const ENDLESS: Self;
    /// No price and no cost is farther from zero: two prices, a cost and another price add up.
    const FARTHEST: Self;
    /// No limit and no flow is greater: two of them add up.
    const MOST: Self;
    /// What a made-up arc may cost: the rest is left to the paths.
    const DEAREST_MADE_UP: i64;

    /// The number in this width, if it is no farther from zero than `most`.
    fn within(number: i64, most: Self) -> Result<Self, Self::TooGreat>;

    /// Says that numbers grew too great where they were strained.
    fn unless(strained: bool) -> Result<(), Self::TooGreat>;

    /// An amount in this width; without limit stays without limit.
    fn amount(amount: i64) -> Result<Self, Self::TooGreat> {
        if amount == i64::MAX {
            return Ok(Self::ENDLESS);
        }
        Self::within(amount, Self::MOST)
    }

    /// A cost or a price in this width.
    fn price(price: i64) -> Result<Self, Self::TooGreat> {
        Self::within(price, Self::FARTHEST)
    }

    /// An amount as `i64`; without limit stays without limit.
    fn wide(self) -> i64 {
        if self == Self::ENDLESS {
            i64::MAX
        } else {
            self.into()
        }
    }

    /// What is left of a room once an amount was taken; without limit stays without limit.
    fn less(self, taken: Self) -> Self {
        if self == Self::ENDLESS {
            self
        } else {
            self - taken
        }
    }
}

/// Prices or amounts need the full width.
#[derive(Debug)]
pub(crate) struct TooNarrow;

/// All of them, if each fits. Room is made for all at once, as collecting results would not.
pub(super) fn all<T, TooGreat>(
    numbers: impl ExactSizeIterator<Item = Result<T, TooGreat>>,
) -> Result<Vec<T>, TooGreat> {
    let mut all = Vec::with_capacity(numbers.len());
    for number in numbers {
        all.push(number?);
    }
    Ok(all)
}

impl Number for i32 {
    type TooGreat = TooNarrow;

    const ENDLESS: Self = Self::MAX;
    const FARTHEST: Self = 1 << 28;
    const MOST: Self = 1 << 29;
    const DEAREST_MADE_UP: i64 = 1 << 26;

    fn within(number: i64, most: Self) -> Result<Self, TooNarrow> {
        match Self::try_from(number) {
            Ok(narrow) if -most <= narrow && narrow <= most => Ok(narrow),
            _ => Err(TooNarrow),
        }
    }

    fn unless(strained: bool) -> Result<(), TooNarrow> {
        if strained { Err(TooNarrow) } else { Ok(()) }
    }
}

impl Number for i64 {
    type TooGreat = Infallible;

    const ENDLESS: Self = Self::MAX;
    // The limits of a network keep prices and flows far inside these.
    const FARTHEST: Self = Self::MAX;
    const MOST: Self = Self::MAX - 1;
    const DEAREST_MADE_UP: i64 = Self::MAX;

    fn within(number: i64, _: Self) -> Result<Self, Infallible> {
        Ok(number)
    }

    fn unless(_: bool) -> Result<(), Infallible> {
        Ok(())
    }
}
