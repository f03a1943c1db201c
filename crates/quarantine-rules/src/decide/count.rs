//! Day counting: day 0, the last day, what follows.
//!
//! D = day 0; N days run to the end of D + N, the last day of the measure; the person is free
//! from 00:00 on D + N + 1.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Rule;
use crate::condition::{first_negative, minus, plus, second_of_pair};
use crate::decision::Because;
use crate::{Clause, CountedFrom, FactName, FactValue, Facts, Governed, Measure, Term};

/// Day 0 of a rule for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayZero {
    /// It is this day.
    Day(NaiveDate),
    /// It hangs on this fact.
    HangsOn(FactName),
    /// Exposures are known, and none lies inside the window: nothing is asked.
    NoExposureCounts,
    /// The rule counts from nothing.
    NotCounted,
}

/// Day 0 of a rule for a person, exposures filtered by the contact window.
pub(crate) fn day_zero(rule: &Rule<'_>, facts: &Facts, as_of: NaiveDate) -> DayZero {
    let exposure = counted_exposure(rule, facts, as_of);
    if let Some(DayZero::NoExposureCounts) = exposure {
        return DayZero::NoExposureCounts;
    }
    let Some(from) = rule.clause.counted_from else {
        return DayZero::NotCounted;
    };
    match (from, exposure) {
        (CountedFrom::LastExposure, Some(exposure)) => exposure,
        (CountedFrom::LastExposure, None) => match facts.last_exposure {
            // An exposure after the day asked is ignored: by that day there was none.
            Some(day) if day > as_of => DayZero::NoExposureCounts,
            day => known(day, from.fact()),
        },
        _ => known(of(from, facts), from.fact()),
    }
}

fn known(day: Option<NaiveDate>, fact: FactName) -> DayZero {
    day.map_or(DayZero::HangsOn(fact), DayZero::Day)
}

fn of(from: CountedFrom, facts: &Facts) -> Option<NaiveDate> {
    match from {
        CountedFrom::LastExposure => facts.last_exposure,
        CountedFrom::Arrival => facts.arrival_date,
        CountedFrom::TestPositive => facts.test_positive,
        CountedFrom::Onset => facts.onset,
        CountedFrom::LeftRiskArea => facts.left_risk_area,
        CountedFrom::Discharge => facts.discharge,
        CountedFrom::IndexOnset => facts.index_onset,
        CountedFrom::Rash => facts.rash,
        CountedFrom::EndOfClosedLoop => facts.end_of_closed_loop,
        CountedFrom::LastFever => facts.last_fever,
        CountedFrom::Notified => facts.notified,
        CountedFrom::TreatmentStart => facts.treatment_start,
    }
}

/// The last listed exposure that counts; nothing where none is listed or the person is no
/// contact. Without the index case's date every exposure counts, and the window is open.
fn counted_exposure(rule: &Rule<'_>, facts: &Facts, as_of: NaiveDate) -> Option<DayZero> {
    if !rule.clause.subject.is_contact() {
        return None;
    }
    let exposures = facts.exposures.as_ref()?;
    let first = first_that_counts(rule, facts);
    let counts = |day: &NaiveDate| *day <= as_of && first.is_none_or(|first| first <= *day);
    let last = exposures.iter().copied().filter(counts).max();
    Some(last.map_or(DayZero::NoExposureCounts, DayZero::Day))
}

/// The first day of the contact window; onset beats sampling.
fn first_that_counts(rule: &Rule<'_>, facts: &Facts) -> Option<NaiveDate> {
    let (index, window) = match facts.index_onset {
        Some(onset) => (onset, rule.windows.before_onset?),
        None => (facts.index_sampled?, rule.windows.asymptomatic?),
    };
    Some(minus(index, window).unwrap_or(NaiveDate::MIN))
}

/// The unknown fact on which the dates of a rule that governs hang, if they do.
pub(super) fn open(rule: &Rule<'_>, facts: &Facts, as_of: NaiveDate) -> Option<FactName> {
    let clause = rule.clause;
    let listed = facts.exposures.as_ref();
    let dated = facts.index_onset.is_some() || facts.index_sampled.is_some();
    let windowed = clause.subject.is_contact() && !rule.windows.is_empty();
    if windowed
        && !dated
        && clause.measure != Measure::None
        && listed.is_some_and(|days| days.iter().any(|day| *day <= as_of))
    {
        return Some(FactName::IndexOnset);
    }
    match day_zero(rule, facts, as_of) {
        // Without a fixed number of days, or without a measure, nothing is counted.
        DayZero::HangsOn(fact) if clause.days.is_some() && clause.measure != Measure::None => {
            Some(fact)
        }
        _ => None,
    }
}

/// A rule applied to a person.
pub(crate) fn governed(rule: &Rule<'_>, facts: &Facts, as_of: NaiveDate) -> Governed {
    let clause = rule.clause;
    let day_zero = day_zero(rule, facts, as_of);
    let used = facts_used(rule, facts);
    // Without any exposure known none counts, as the worked cases have it; where that must not let
    // anyone go, the last exposure was asked before this.
    let unexposed = DayZero::HangsOn(FactName::LastExposure);
    if day_zero == DayZero::NoExposureCounts || day_zero == unexposed {
        return unmeasured(clause, Arc::from("none"), Because::NoExposureCounts, used);
    }
    if clause.measure == Measure::None {
        return unmeasured(clause, clause.place.clone(), Because::Clause, used);
    }
    let counted_from = match (day_zero, clause.counted_from) {
        (DayZero::Day(day), Some(from)) => Some((from, day)),
        _ => None,
    };
    let until = counted_from.and_then(|(_, day)| last_day(clause, day, facts, as_of));
    let then_until = until.and_then(|until| plus(until, clause.then_days?));
    let mut governed = Governed {
        clause: clause.clone(),
        measure: clause.measure,
        place: clause.place.clone(),
        counted_from,
        until,
        then_measure: clause.then_measure,
        then_until,
        on_as_of: clause.measure,
        because: Because::Clause,
        facts: used,
    };
    governed.on_as_of = on(&governed, as_of);
    governed
}

fn on(governed: &Governed, as_of: NaiveDate) -> Measure {
    match (governed.until, governed.then_until, governed.then_measure) {
        (Some(until), Some(then_until), Some(then)) if as_of > until && as_of <= then_until => then,
        (Some(until), ..) if as_of > until => Measure::None,
        _ => governed.measure,
    }
}

fn unmeasured(
    clause: &Arc<Clause>,
    place: Arc<str>,
    because: Because,
    facts: Vec<(FactName, FactValue)>,
) -> Governed {
    Governed {
        clause: clause.clone(),
        measure: Measure::None,
        place,
        counted_from: None,
        until: None,
        then_measure: None,
        then_until: None,
        on_as_of: Measure::None,
        because,
        facts,
    }
}

/// The last day of the measure; nothing where there is no fixed number of days.
fn last_day(
    clause: &Clause,
    day_zero: NaiveDate,
    facts: &Facts,
    as_of: NaiveDate,
) -> Option<NaiveDate> {
    let mut last = plus(day_zero, clause.days?)?;
    for term in &clause.condition {
        // Early release by test: not before the test, or before the day after the pair began.
        let tested = match term {
            Term::NegativeFromDay(first) => {
                plus(day_zero, *first).and_then(|from| first_negative(facts, from, as_of))
            }
            Term::NegativePairFromDay(first) => plus(day_zero, *first)
                .and_then(|from| second_of_pair(facts, from, as_of)?.pred_opt()),
            _ => None,
        };
        last = tested.map_or(last, |tested| last.max(tested));
    }
    if let (Some(free), Some(fever)) = (clause.fever_free_days, facts.last_fever) {
        last = last.max(plus(fever, free)?);
    }
    if let (Some(more), Some(end)) = (clause.plus_days_after_symptoms, facts.symptoms_end) {
        last = plus(last.max(end), more)?;
    }
    Some(last)
}

/// The facts a rule's answer rests on, with their values.
fn facts_used(rule: &Rule<'_>, facts: &Facts) -> Vec<(FactName, FactValue)> {
    use FactName::*;
    let clause = rule.clause;
    let mut names: Vec<FactName> = Vec::new();
    for term in &clause.condition {
        names.extend(term.facts());
    }
    names.extend(clause.counted_from.map(CountedFrom::fact));
    if clause.subject.is_contact() && facts.exposures.is_some() {
        names.push(Exposures);
        if !rule.windows.is_empty() {
            names.push(if facts.index_onset.is_some() {
                IndexOnset
            } else {
                IndexSampled
            });
        }
    }
    names.extend(clause.fever_free_days.map(|_| LastFever));
    names.extend(clause.plus_days_after_symptoms.map(|_| SymptomsEnd));
    names.sort_unstable();
    names.dedup();
    let known = |name: &FactName| facts.value(*name).map(|value| (*name, value));
    names.iter().filter_map(known).collect()
}
