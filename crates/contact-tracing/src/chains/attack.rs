//! Which share of those exposed fell ill, by setting.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Proportion;

/// A time together of a case and someone else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExposureRow<'a> {
    /// The case.
    pub source: &'a str,
    /// Who was exposed.
    pub person: &'a str,
    /// Where; nothing where it is not known.
    pub setting: Option<&'a str>,
    /// On which day; nothing where it is not known.
    pub day: Option<NaiveDate>,
}

/// How attack rates are counted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttackPolicy {
    /// Where those count who were exposed in several settings.
    pub several_settings: SeveralSettings,
    /// After how many days since the last exposure an onset is no longer laid to it, the longest
    /// incubation; nothing for no limit. Where either day is not known there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u32>,
    /// The level of the intervals.
    pub level: Proportion,
}

/// Where someone counts who was exposed in several settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeveralSettings {
    /// In each of them, once: the settings add up to more than all.
    Each,
    /// In that of the first exposure alone; of one day in the first by name. A day or a setting
    /// that is not known comes last.
    First,
}

/// Those exposed, and how many of them fell ill.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttackRate {
    /// Where; nothing for a setting that is not known, and for all together.
    pub setting: Option<String>,
    /// People exposed, each once.
    pub exposed: u32,
    /// Those of them who fell ill from it.
    pub cases: u32,
    /// Cases divided by exposed; nothing where nobody was.
    pub rate: Option<f64>,
    /// The lower end of Wilson's score interval; nothing where nobody was exposed.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// Attack rates with what was left out of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttackRates {
    /// By setting in the order of names, those exposed where it is not known last.
    pub by_setting: Vec<AttackRate>,
    /// All together, each person once.
    pub all: AttackRate,
    /// People left out since each of their exposures was on the day they fell ill or later: they
    /// were already a case. In the order of ids.
    pub already_cases: Vec<String>,
    /// People counted as cases of whom no onset is known: perhaps they were one before.
    pub cases_without_onset: u32,
    /// Rows left out since the source is no case.
    pub source_no_case: u32,
    /// Rows left out since source and person are the same.
    pub with_oneself: u32,
    /// Rows left out since the person had fallen ill by then.
    pub after_onset: u32,
}

/// The secondary attack rate by setting: of those exposed to a case, the share that fell ill.
///
/// `cases` has everyone who is a case with the day of onset; of several rows the earliest day
/// stands. Rows may come in any order and more than once. Cost: n log n.
///
/// The interval is Wilson's, without correction for continuity: Wilson, "Probable inference, the
/// law of succession, and statistical inference", Journal of the American Statistical Association
/// 22 (1927), 209–212; Newcombe, "Two-sided confidence intervals for the single proportion",
/// Statistics in Medicine 17 (1998), 857–872, compares it with others. It takes people as
/// independent of each other, which those of one household are not.
pub fn secondary_attack_rates(
    cases: &[(&str, Option<NaiveDate>)],
    exposures: &[ExposureRow<'_>],
    policy: &AttackPolicy,
) -> AttackRates {
    let cases = earliest(cases);
    let mut rates = Counting::default();
    let mut rows: Vec<ExposureRow<'_>> = Vec::with_capacity(exposures.len());
    for &row in exposures {
        let onset = cases.get(row.person).copied().flatten();
        if row.source == row.person {
            rates.with_oneself += 1;
        } else if !cases.contains_key(row.source) {
            rates.source_no_case += 1;
        } else {
            let late = onset.zip(row.day).is_some_and(|(onset, day)| day >= onset);
            rates.after_onset += u32::from(late);
            rows.push(row);
        }
    }
    rows.sort_unstable_by_key(|row| (row.person, unknown_last(row.day), unknown_last(row.setting)));
    for of_person in rows.chunk_by(|a, b| a.person == b.person) {
        let Some(person) = of_person.first().map(|row| row.person) else {
            continue;
        };
        rates.count(of_person, cases.get(person).copied(), policy);
    }
    rates.finish(policy.level)
}

/// Cases with their first onset.
fn earliest<'a>(cases: &[(&'a str, Option<NaiveDate>)]) -> BTreeMap<&'a str, Option<NaiveDate>> {
    let mut earliest = BTreeMap::new();
    for &(id, onset) in cases {
        let known: &mut Option<NaiveDate> = earliest.entry(id).or_default();
        *known = (*known).into_iter().chain(onset).min();
    }
    earliest
}

/// The day of the last exposure; nothing where that of any is not known: it may be the last.
fn last_day(rows: &[&ExposureRow<'_>]) -> Option<NaiveDate> {
    let days: Option<Vec<NaiveDate>> = rows.iter().map(|row| row.day).collect();
    days?.into_iter().max()
}

fn unknown_last<T: Ord>(value: Option<T>) -> (bool, Option<T>) {
    (value.is_none(), value)
}

#[derive(Default)]
struct Counting<'a> {
    /// Exposed and ill by setting.
    by_setting: BTreeMap<(bool, Option<&'a str>), (u32, u32)>,
    all: (u32, u32),
    already_cases: Vec<String>,
    cases_without_onset: u32,
    source_no_case: u32,
    with_oneself: u32,
    after_onset: u32,
}

impl<'a> Counting<'a> {
    /// Counts one person by its exposures, the first first. `case` has the onset of a case.
    fn count(
        &mut self,
        rows: &[ExposureRow<'a>],
        case: Option<Option<NaiveDate>>,
        policy: &AttackPolicy,
    ) {
        let onset = case.flatten();
        let before = |row: &&ExposureRow<'a>| onset.zip(row.day).is_none_or(|(ill, met)| met < ill);
        let counted: Vec<&ExposureRow<'a>> = rows.iter().filter(before).collect();
        let Some(&first) = counted.first() else {
            let person = rows.first().map(|row| row.person.to_owned());
            self.already_cases.extend(person);
            return;
        };
        let fell_ill = |by: &[&ExposureRow<'a>]| {
            let days = policy.within_days.zip(onset).zip(last_day(by));
            case.is_some()
                && days.is_none_or(|((most, onset), last)| {
                    onset.signed_duration_since(last).num_days() <= i64::from(most)
                })
        };
        let ill = fell_ill(&counted);
        self.all.0 += 1;
        self.all.1 += u32::from(ill);
        self.cases_without_onset += u32::from(ill && onset.is_none());
        let mut by_setting: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for &row in &counted {
            let setting = match policy.several_settings {
                SeveralSettings::Each => row.setting,
                SeveralSettings::First => first.setting,
            };
            by_setting.entry(setting).or_default().push(row);
        }
        for (setting, rows) in by_setting {
            let row = self.by_setting.entry(unknown_last(setting)).or_default();
            row.0 += 1;
            row.1 += u32::from(fell_ill(&rows));
        }
    }

    fn finish(self, level: Proportion) -> AttackRates {
        let by_setting = self.by_setting.into_iter();
        AttackRates {
            by_setting: by_setting
                .map(|((_, setting), counts)| AttackRate::of(setting, counts, level))
                .collect(),
            all: AttackRate::of(None, self.all, level),
            already_cases: self.already_cases,
            cases_without_onset: self.cases_without_onset,
            source_no_case: self.source_no_case,
            with_oneself: self.with_oneself,
            after_onset: self.after_onset,
        }
    }
}

impl AttackRate {
    fn of(setting: Option<&str>, (exposed, cases): (u32, u32), level: Proportion) -> Self {
        let interval = wilson(cases, exposed, level);
        AttackRate {
            setting: setting.map(str::to_owned),
            exposed,
            cases,
            rate: (exposed > 0).then(|| f64::from(cases) / f64::from(exposed)),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
        }
    }
}

/// Wilson's score interval of a proportion; nothing of nobody.
pub fn wilson(cases: u32, exposed: u32, level: Proportion) -> Option<(f64, f64)> {
    if exposed == 0 || cases > exposed {
        return None;
    }
    let (n, z) = (f64::from(exposed), level.standard_deviations());
    let rate = f64::from(cases) / n;
    let middle = rate + z * z / (2.0 * n);
    let reach = z * (rate * (1.0 - rate) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    // Exactly at the ends, where rounding would leave a rest.
    let low = if cases == 0 {
        0.0
    } else {
        (middle - reach) / whole
    };
    let high = if cases == exposed {
        1.0
    } else {
        (middle + reach) / whole
    };
    Some((low, high))
}
