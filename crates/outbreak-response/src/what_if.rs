//! Two policies on one day, and who would be treated differently.

use grid_model::{AsOf, Township};

use crate::{Day, Figures, Policy, Records, day};

/// A figure that two policies make differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The figure's key.
    pub figure: &'static str,
    /// Under the first policy.
    pub first: i64,
    /// Under the second.
    pub second: i64,
}

/// A day under two policies.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The day under the first policy.
    pub first: Day,
    /// The day under the second.
    pub second: Day,
    /// The figures that differ, in their order.
    pub differences: Vec<Difference>,
}

/// Runs a day under two policies and lists the figures that differ.
///
/// Orders that stand are facts and stand under both: a policy changes what is proposed next.
pub fn what_if(
    township: &Township,
    records: &Records,
    first: &Policy,
    second: &Policy,
    as_of: AsOf,
) -> WhatIf {
    let first = day(township, records, first, as_of);
    let second = day(township, records, second, as_of);
    let differences = differences(&first.figures, &second.figures);
    WhatIf {
        first,
        second,
        differences,
    }
}

fn differences(first: &Figures, second: &Figures) -> Vec<Difference> {
    let pairs = first.iter().zip(second.iter());
    let differs = pairs.filter(|((_, one), (_, other))| one != other);
    differs
        .map(|((figure, first), (_, second))| Difference {
            figure,
            first,
            second,
        })
        .collect()
}
