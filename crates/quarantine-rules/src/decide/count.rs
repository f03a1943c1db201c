//! Day counting: day 0, the last day, what follows.
//!
//! D = day 0; N days run to the end of D + N, the last day of the measure; the person is free
//! from 00:00 on D + N + 1.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Rule;
use crate::condition::{TestWindow, first_negative, minus, plus, second_of_pair};
use crate::facts::Known;
use crate::{Because, Clause, CountedFrom, FactName, FactSet, Facts, Governed, Later, Measure};

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
pub(crate) fn day_zero<K: Known>(rule: &Rule<'_>, facts: &K, as_of: NaiveDate) -> DayZero {
    let exposure = counted_exposure(rule, facts, as_of);
    if let Some(DayZero::NoExposureCounts) = exposure {
        return DayZero::NoExposureCounts;
    }
    let Some(from) = rule.clause.counted_from else {
        return DayZero::NotCounted;
    };
    match (from, exposure) {
        (CountedFrom::LastExposure, Some(exposure)) => exposure,
        (CountedFrom::LastExposure, None) => match facts.date(FactName::LastExposure) {
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

fn of<K: Known>(from: CountedFrom, facts: &K) -> Option<NaiveDate> {
    facts.date(from.fact())
}

/// The last listed exposure that counts; nothing where none is listed or the person is no
/// contact. Without the index case's date every exposure counts, and the window is open.
fn counted_exposure<K: Known>(rule: &Rule<'_>, facts: &K, as_of: NaiveDate) -> Option<DayZero> {
    if !rule.clause.subject.is_contact() {
        return None;
    }
    let exposures = facts.exposures()?;
    let first = first_that_counts(rule, facts);
    let counts = |day: &NaiveDate| *day <= as_of && first.is_none_or(|first| first <= *day);
    let last = exposures.iter().copied().filter(counts).max();
    Some(last.map_or(DayZero::NoExposureCounts, DayZero::Day))
}

/// The first day of the contact window; onset beats sampling.
fn first_that_counts<K: Known>(rule: &Rule<'_>, facts: &K) -> Option<NaiveDate> {
    let (index, window) = match facts.date(FactName::IndexOnset) {
        Some(onset) => (onset, rule.windows.before_onset?),
        None => (
            facts.date(FactName::IndexSampled)?,
            rule.windows.asymptomatic?,
        ),
    };
    Some(minus(index, window).unwrap_or(NaiveDate::MIN))
}

/// The unknown fact on which the dates of a rule that governs hang, if they do.
pub(crate) fn open<K: Known>(rule: &Rule<'_>, facts: &K, as_of: NaiveDate) -> Option<FactName> {
    let clause = rule.clause;
    let listed = facts.exposures();
    let dated =
        facts.date(FactName::IndexOnset).is_some() || facts.date(FactName::IndexSampled).is_some();
    let windowed = clause.subject.is_contact() && !rule.windows.is_empty();
    if windowed
        && !dated
        && clause.measure != Measure::None
        && listed.is_some_and(|days| days.iter().any(|day| *day <= as_of))
    {
        return Some(FactName::IndexOnset);
    }
    // Without a fixed number of days, or without a measure, nothing is counted.
    if clause.days.is_none() || clause.measure == Measure::None {
        return None;
    }
    match day_zero(rule, facts, as_of) {
        DayZero::HangsOn(fact) => Some(fact),
        // A condition may hold without the test that would move the end.
        DayZero::Day(day) if facts.tests().is_none() => {
            let counts = |window: &TestWindow| window.on(day, as_of).is_some();
            let tests = rule.tests.iter().any(counts);
            tests.then_some(FactName::TestResults)
        }
        _ => None,
    }
}

/// What a rule asks of a person, counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) because: Because,
    pub(crate) day_zero: Option<NaiveDate>,
    pub(crate) until: Option<NaiveDate>,
    pub(crate) extended_from: Option<(NaiveDate, Later)>,
    pub(crate) then_until: Option<NaiveDate>,
    pub(crate) on_as_of: Measure,
    /// The facts the answer rests on, those that are not known among them.
    pub(crate) facts: FactSet,
}

/// A rule applied to a person, as plain numbers: nothing is allocated.
pub(crate) fn counted<K: Known>(rule: &Rule<'_>, facts: &K, as_of: NaiveDate) -> Counted {
    let clause = rule.clause;
    let mut counted = Counted {
        because: Because::Clause,
        day_zero: None,
        until: None,
        extended_from: None,
        then_until: None,
        on_as_of: Measure::None,
        facts: facts_used(rule, facts),
    };
    let day_zero = day_zero(rule, facts, as_of);
    // Without any exposure known none counts, as the worked cases have it; where that must not let
    // anyone go, the last exposure was asked before this.
    let unexposed = DayZero::HangsOn(FactName::LastExposure);
    if day_zero == DayZero::NoExposureCounts || day_zero == unexposed {
        counted.because = Because::NoExposureCounts;
        return counted;
    }
    if clause.measure == Measure::None {
        return counted;
    }
    counted.on_as_of = clause.measure;
    let DayZero::Day(day) = day_zero else {
        return counted;
    };
    counted.day_zero = Some(day);
    if let Some((until, extended_from)) = last_day(rule, day, facts, as_of) {
        counted.until = Some(until);
        counted.extended_from = extended_from;
        counted.then_until = clause.then_days.and_then(|days| plus(until, days));
        counted.on_as_of = match (counted.then_until, clause.then_measure) {
            _ if as_of <= until => clause.measure,
            (Some(then_until), Some(then)) if as_of <= then_until => then,
            _ => Measure::None,
        };
    }
    counted
}

/// A rule applied to a person.
pub(crate) fn governed(rule: &Rule<'_>, facts: &Facts, as_of: NaiveDate) -> Governed {
    spelt_out(rule.clause, &counted(rule, facts, as_of), facts)
}

/// A count with its clause and the facts by name and value.
pub(crate) fn spelt_out<K: Known>(clause: &Arc<Clause>, counted: &Counted, facts: &K) -> Governed {
    let known = |name: FactName| facts.held(name).map(|value| (name, value));
    let is_asked = counted.because == Because::Clause && clause.measure != Measure::None;
    let place = match counted.because {
        Because::Clause => clause.place.clone(),
        Because::NoExposureCounts => Arc::from("none"),
    };
    let day_zero = counted.day_zero.filter(|_| is_asked);
    Governed {
        clause: clause.clone(),
        measure: if is_asked {
            clause.measure
        } else {
            Measure::None
        },
        place,
        counted_from: clause.counted_from.zip(day_zero),
        until: counted.until,
        extended_from: counted.extended_from,
        then_measure: clause.then_measure.filter(|_| is_asked),
        then_until: counted.then_until,
        on_as_of: counted.on_as_of,
        because: counted.because,
        facts: counted.facts.iter().filter_map(known).collect(),
    }
}

/// The last day of the measure, and the day it extended_from with the reason; nothing where there is
/// no fixed number of days.
fn last_day<K: Known>(
    rule: &Rule<'_>,
    day_zero: NaiveDate,
    facts: &K,
    as_of: NaiveDate,
) -> Option<(NaiveDate, Option<(NaiveDate, Later)>)> {
    let clause = rule.clause;
    let own = plus(day_zero, clause.days?)?;
    let (mut last, mut why) = (own, None);
    let mut not_before = |day: NaiveDate, reason| {
        if day > last {
            (last, why) = (day, Some(reason));
        }
    };
    for window in &rule.tests {
        let Some((first, until)) = window.on(day_zero, as_of) else {
            continue;
        };
        // Early release by test: not before the test, or before the day after the pair began.
        let (tested, reason) = match window.pair {
            true => {
                let second = second_of_pair(facts, first, until);
                (second.and_then(|day| day.pred_opt()), Later::NegativePair)
            }
            false => (first_negative(facts, first, until), Later::NegativeTest),
        };
        if let Some(day) = tested {
            not_before(day, reason);
        }
    }
    if let (Some(free), Some(fever)) = (clause.fever_free_days, facts.date(FactName::LastFever)) {
        not_before(plus(fever, free)?, Later::FeverFree);
    }
    let symptoms_end = facts.date(FactName::SymptomsEnd);
    if let (Some(more), Some(end)) = (clause.plus_days_after_symptoms, symptoms_end) {
        not_before(end, Later::AfterSymptoms);
        let end = plus(last, more)?;
        if end > last {
            (last, why) = (end, Some(Later::AfterSymptoms));
        }
    }
    Some((last, why.map(|why| (own, why))))
}

/// The terms about tests that may end a measure: negative ones that must be met.
pub(super) fn ending_tests(clause: &Clause) -> Vec<TestWindow> {
    let terms = clause.condition.affirmed().into_iter();
    let windows = terms.filter_map(|term| term.tests());
    windows.filter(|window| !window.positive).collect()
}

/// The facts a clause's answer may rest on, but for exposures and the index case's date.
pub(super) fn facts_looked_at(clause: &Clause) -> FactSet {
    let fever = clause.fever_free_days.map(|_| FactName::LastFever);
    let symptoms = clause
        .plus_days_after_symptoms
        .map(|_| FactName::SymptomsEnd);
    let zero = clause.counted_from.map(CountedFrom::fact);
    let condition = clause.condition.facts().into_iter();
    condition.chain(fever).chain(symptoms).chain(zero).collect()
}

/// The facts a rule's answer rests on.
fn facts_used<K: Known>(rule: &Rule<'_>, facts: &K) -> FactSet {
    if !rule.clause.subject.is_contact() || facts.exposures().is_none() {
        return rule.used;
    }
    let used = rule.used.with(FactName::Exposures);
    if rule.windows.is_empty() {
        return used;
    }
    used.with(match facts.date(FactName::IndexOnset) {
        Some(_) => FactName::IndexOnset,
        None => FactName::IndexSampled,
    })
}
