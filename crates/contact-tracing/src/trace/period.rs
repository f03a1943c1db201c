//! From when until when a case could infect others.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AsOf, Ledger, PersonId, start_of, words};

use crate::policy::LogEnd;
use crate::time::{DAY, Window, instant, seconds};
use crate::{Case, CaseClass, TracingPolicy};

/// What a trace needs to know of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseFacts {
    /// Who.
    pub person: PersonId,
    /// How sure it is.
    pub class: CaseClass,
    /// The first day of symptoms.
    pub onset: Option<NaiveDate>,
    /// The day of the positive sample.
    pub sampled_at: Option<NaiveDate>,
    /// When it was confirmed.
    pub confirmed_at: Option<NaiveDateTime>,
    /// When it was isolated.
    pub isolated_at: Option<NaiveDateTime>,
}

impl CaseFacts {
    /// A confirmed case of whom the onset is known and no isolation.
    pub fn confirmed(person: PersonId, onset: NaiveDate) -> Self {
        CaseFacts {
            person,
            class: CaseClass::Confirmed,
            onset: Some(onset),
            sampled_at: None,
            confirmed_at: None,
            isolated_at: None,
        }
    }

    /// The same case, isolated from an instant on.
    pub fn isolated(self, at: NaiveDateTime) -> Self {
        CaseFacts {
            isolated_at: Some(at),
            ..self
        }
    }
}

impl From<&Case> for CaseFacts {
    fn from(case: &Case) -> Self {
        CaseFacts {
            person: case.person,
            class: case.class,
            onset: case.onset,
            sampled_at: case.sampled_at,
            confirmed_at: case.confirmed_at,
            isolated_at: case.isolated_at,
        }
    }
}

/// The cases a ledger held as of a day, in the order of their ids.
pub fn cases_as_of(cases: &Ledger<Case>, as_of: AsOf) -> Vec<CaseFacts> {
    cases
        .happened(as_of)
        .map(|held| CaseFacts::from(held.what))
        .collect()
}

words! {
    /// What the beginning of an infectious period was counted from.
    pub enum Basis {
        /// The onset of symptoms.
        Onset = "onset",
        /// The sample of a case without symptoms.
        Sampling = "sampling",
        /// The sample, since the onset is not known: to be asked.
        SamplingForOnset = "sampling, onset not known",
        /// The longest time looked back, since neither is known: to be asked.
        LookBack = "neither onset nor sampling known",
        /// Nothing: the rule book of the day gives no window for a case without symptoms.
        NotTraced = "no window for cases without symptoms",
    }
}

/// When a case could infect others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InfectiousPeriod {
    /// The case.
    pub person: PersonId,
    /// From 00:00 of the first day that counts; nothing for a case that is not traced.
    pub from: Option<NaiveDateTime>,
    /// Until its isolation, or the end of its infectious days if that came first; nothing where
    /// neither is known, and then it is still infectious when the log ends.
    pub until: Option<NaiveDateTime>,
    /// What the beginning was counted from.
    pub basis: Basis,
    /// When it was isolated.
    pub isolated_at: Option<NaiveDateTime>,
}

impl InfectiousPeriod {
    pub(crate) fn window(&self) -> Option<Window> {
        Some(Window {
            from: seconds(self.from?),
            until: self.until.map_or(i64::MAX, seconds),
        })
    }
}

/// The infectious period of each person among the cases, in the order of people.
///
/// Where a person has several records (suspected, then confirmed), the earliest beginning, the
/// latest isolation that is known and the latest end of the infectious days stand: an unknown
/// isolation does not undo a known one.
pub(crate) fn infectious_periods(
    cases: &[CaseFacts],
    policy: &TracingPolicy,
    end: LogEnd,
) -> Vec<InfectiousPeriod> {
    let mut by_person: BTreeMap<PersonId, InfectiousPeriod> = BTreeMap::new();
    for case in cases {
        let own = period_of(case, policy, end);
        by_person
            .entry(case.person)
            .and_modify(|known| *known = both(*known, own))
            .or_insert(own);
    }
    let mut periods: Vec<InfectiousPeriod> = by_person.into_values().collect();
    for period in &mut periods {
        let ends = [period.until, period.isolated_at];
        period.until = ends.into_iter().flatten().min();
    }
    periods
}

/// Of two records of a person.
fn both(a: InfectiousPeriod, b: InfectiousPeriod) -> InfectiousPeriod {
    let earlier = match (b.from, a.from) {
        (Some(from), Some(known)) => (from, b.basis) < (known, a.basis),
        (from, known) => from.is_some() && known.is_none(),
    };
    let first = if earlier { b } else { a };
    InfectiousPeriod {
        until: a.until.max(b.until),
        isolated_at: a.isolated_at.max(b.isolated_at),
        ..first
    }
}

/// The period of one record, its isolation not yet counted.
fn period_of(case: &CaseFacts, policy: &TracingPolicy, end: LogEnd) -> InfectiousPeriod {
    let (basis, from) = match beginning(case, policy, end) {
        Some((basis, from)) => (basis, Some(from)),
        None => (Basis::NotTraced, None),
    };
    let over = |days: u32| {
        let day = case.onset.or(case.sampled_at)?;
        let last = seconds(start_of(day)).saturating_add(i64::from(days) * DAY);
        Some(instant(last.saturating_add(DAY)))
    };
    InfectiousPeriod {
        person: case.person,
        from,
        until: policy.infectious_days.and_then(over),
        basis,
        isolated_at: case.isolated_at,
    }
}

fn beginning(
    case: &CaseFacts,
    policy: &TracingPolicy,
    end: LogEnd,
) -> Option<(Basis, NaiveDateTime)> {
    let window = policy.window;
    if let Some(onset) = case.onset {
        let from = days_before(onset, window.before_onset_days);
        return Some((Basis::Onset, from));
    }
    let (days, basis) = match case.class {
        CaseClass::Asymptomatic => (window.before_sampling_days?, Basis::Sampling),
        CaseClass::Confirmed | CaseClass::Suspected => (
            window
                .before_sampling_days
                .unwrap_or(window.before_onset_days),
            Basis::SamplingForOnset,
        ),
    };
    if let Some(sampled) = case.sampled_at {
        return Some((basis, days_before(sampled, days)));
    }
    let last_seen = || instant(end.end());
    let day = case
        .confirmed_at
        .or(case.isolated_at)
        .unwrap_or_else(last_seen);
    let from = days_before(day.date(), policy.look_back_days.max(days));
    Some((Basis::LookBack, from))
}

/// 00:00 of the day so many days before another.
pub(crate) fn days_before(day: NaiveDate, days: u32) -> NaiveDateTime {
    instant(seconds(start_of(day)).saturating_sub(i64::from(days) * DAY))
}
