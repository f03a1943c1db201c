//! Who was complained of, on a day and over some.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use grid_model::{AsOf, Ledger};

use crate::{Complaint, Price, QualityPolicy};

/// The complaints of one seller on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerComplaints {
    /// The seller; nothing where it is not known.
    pub seller: Option<Box<str>>,
    /// What was complained of, in the order of the records' keys.
    pub complaints: Vec<SellerComplaint>,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerComplaint {
    /// The key of the first record of it.
    pub record: Box<str>,
    /// The good complained of.
    pub good: Option<Box<str>>,
    /// What it is about.
    pub kind: Option<Box<str>>,
}

/// The day's complaints by seller, unknown sellers first, then in the order of names.
#[must_use]
pub fn complaints_of_day(complaints: &Ledger<Complaint>, as_of: AsOf) -> Vec<SellerComplaints> {
    let mut by_seller: BTreeMap<Option<&str>, Vec<SellerComplaint>> = BTreeMap::new();
    let of_day = complaints.happened(as_of);
    for held in of_day.filter(|held| held.what.at >= as_of.start()) {
        let of_seller = by_seller.entry(held.what.seller.as_deref()).or_default();
        of_seller.push(SellerComplaint {
            record: held.id.into(),
            good: held.what.good.clone(),
            kind: held.what.kind.clone(),
        });
    }
    let sellers = by_seller.into_iter();
    sellers
        .map(|(seller, complaints)| SellerComplaints {
            seller: seller.map(Box::from),
            complaints,
        })
        .collect()
}

/// How often something happened out of so many times, with the interval of 95 %, in thousandths.
///
/// The interval is Wilson's (1927, doi:10.1080/01621459.1927.10502953), which keeps inside 0 and
/// 1 and says something even of few; its ends are rounded outwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate {
    /// The share, rounded to the nearest.
    pub per_mille: u32,
    /// The lower end.
    pub low: u32,
    /// The upper end.
    pub high: u32,
}

impl Rate {
    /// So many out of so many; nothing out of none, or where there are more than there could be.
    #[must_use]
    pub fn of(times: u32, out_of: u32) -> Option<Rate> {
        /// The 97.5th percentile of the standard normal distribution.
        const Z: f64 = 1.959_963_984_540_054;
        if out_of == 0 || times > out_of {
            return None;
        }
        let (k, n) = (f64::from(times), f64::from(out_of));
        let share = k / n;
        let widened = 1.0 + Z * Z / n;
        let centre = (share + Z * Z / (2.0 * n)) / widened;
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / widened;
        // Adding and taking away may leave a trace of either end's exact 0 or 1.
        let low = if times == 0 { 0.0 } else { centre - half };
        let high = if times == out_of { 1.0 } else { centre + half };
        Some(Rate {
            per_mille: thousandths(share, f64::round),
            low: thousandths(low, f64::floor),
            high: thousandths(high, f64::ceil),
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1, and a thousandfold of it fits"
)]
fn thousandths(share: f64, rounded: impl Fn(f64) -> f64) -> u32 {
    rounded(share.clamp(0.0, 1.0) * 1_000.0) as u32
}

/// What one seller was complained of for, over the days looked back on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerQuality {
    /// The seller; nothing where it is not known.
    pub seller: Option<Box<str>>,
    /// What the complaints are about; nothing where it is not said.
    pub kind: Option<Box<str>>,
    /// How many complaints.
    pub complaints: usize,
    /// On how many days somebody complained.
    pub days_complained: u32,
    /// On how many days the seller was seen: a price was noted, or somebody complained.
    pub days_seen: u32,
    /// On which share of those days somebody complained; nothing for a seller not known.
    pub rate: Option<Rate>,
    /// Whether the seller was seen on fewer days than the policy asks: then the rate says little.
    pub few: bool,
}

/// Complaints by seller and kind over the policy's days, with their rate: the surest first, that
/// is by the lower end of the interval, then by number, seller and kind.
///
/// Who sold how much is not recorded, so the rate is of days and not of packets. Time: n log n in
/// the complaints and prices.
#[must_use]
pub fn quality_report(
    complaints: &Ledger<Complaint>,
    prices: &Ledger<Price>,
    as_of: AsOf,
    policy: &QualityPolicy,
) -> Vec<SellerQuality> {
    let window = u64::from(policy.window_days.max(1)) - 1;
    let first = as_of.day.checked_sub_days(Days::new(window));
    let first = first.unwrap_or(NaiveDate::MIN);
    let seen = days_seen(complaints, prices, as_of, first);
    let mut by_kind: BTreeMap<(Option<&str>, Option<&str>), Vec<NaiveDate>> = BTreeMap::new();
    for held in complaints.happened(as_of) {
        let (complaint, day) = (held.what, held.what.at.date());
        if day >= first {
            let key = (complaint.seller.as_deref(), complaint.kind.as_deref());
            by_kind.entry(key).or_default().push(day);
        }
    }
    let by_kind = by_kind.into_iter();
    let mut report: Vec<SellerQuality> = by_kind
        .map(|((seller, kind), days)| {
            let days_seen = seller.and_then(|seller| seen.get(seller));
            quality(
                seller,
                kind,
                &days,
                days_seen.map_or(0, BTreeSet::len),
                policy,
            )
        })
        .collect();
    // A stable sort keeps the order of sellers and kinds among equals.
    report.sort_by_key(|of| Reverse((of.rate.map(|rate| rate.low), of.complaints)));
    report
}

/// The days on which something was noted of each seller.
fn days_seen<'a>(
    complaints: &'a Ledger<Complaint>,
    prices: &'a Ledger<Price>,
    as_of: AsOf,
    first: NaiveDate,
) -> BTreeMap<&'a str, BTreeSet<NaiveDate>> {
    let of_prices = prices.happened(as_of);
    let of_prices = of_prices.map(|held| (&*held.what.seller, held.what.at.date()));
    let of_complaints = complaints.happened(as_of);
    let of_complaints =
        of_complaints.filter_map(|held| Some((held.what.seller.as_deref()?, held.what.at.date())));
    let mut seen: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    for (seller, day) in of_prices.chain(of_complaints) {
        if day >= first {
            seen.entry(seller).or_default().insert(day);
        }
    }
    seen
}

fn quality(
    seller: Option<&str>,
    kind: Option<&str>,
    days: &[NaiveDate],
    days_seen: usize,
    policy: &QualityPolicy,
) -> SellerQuality {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let days_complained = count(days.iter().collect::<BTreeSet<_>>().len());
    let days_seen = count(days_seen);
    SellerQuality {
        seller: seller.map(Box::from),
        kind: kind.map(Box::from),
        complaints: days.len(),
        days_complained,
        days_seen,
        rate: Rate::of(days_complained, days_seen),
        few: days_seen < u32::from(policy.least_days),
    }
}
