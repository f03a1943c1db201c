//! What is odd about a case, and is to be asked.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{PersonId, start_of};
use thiserror::Error;

use super::CaseFacts;

/// What is odd about a case. It is traced as it stands; its text leaves out the number of the
/// person, which means nothing to a reader: write the key before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum OddCase {
    /// Confirmed before the day on which it is said to have fallen ill.
    #[error("onset {onset} is after the confirmation at {confirmed_at}; correct one of the two")]
    OnsetAfterConfirmation {
        /// The case.
        person: PersonId,
        /// The first day of symptoms.
        onset: NaiveDate,
        /// When it was confirmed.
        confirmed_at: NaiveDateTime,
    },
    /// Isolated before the day on which it fell ill: right for who fell ill in quarantine. Where
    /// it was before the infectious period began, nobody is exposed.
    #[error(
        "isolated at {isolated_at}, before the onset on {onset}; correct one of the two, unless it fell ill in quarantine"
    )]
    IsolatedBeforeOnset {
        /// The case.
        person: PersonId,
        /// The first day of symptoms.
        onset: NaiveDate,
        /// When it was isolated.
        isolated_at: NaiveDateTime,
    },
    /// Several records of one person: the earliest beginning and the latest isolation stand.
    #[error("{records} records of one case; withdraw all but one unless its class changed")]
    SeveralRecords {
        /// The case.
        person: PersonId,
        /// How many.
        records: usize,
    },
}

impl OddCase {
    /// Whose.
    pub fn person(&self) -> PersonId {
        match self {
            OddCase::OnsetAfterConfirmation { person, .. }
            | OddCase::IsolatedBeforeOnset { person, .. }
            | OddCase::SeveralRecords { person, .. } => *person,
        }
    }
}

/// What is odd about some cases, in the order of people.
pub(crate) fn odd_cases(cases: &[CaseFacts]) -> Vec<OddCase> {
    let mut records: BTreeMap<PersonId, usize> = BTreeMap::new();
    let mut flags = Vec::new();
    for case in cases {
        *records.entry(case.person).or_default() += 1;
        flags.extend(dates_of(case));
    }
    let several = records.into_iter().filter(|(_, records)| *records > 1);
    flags.extend(several.map(|(person, records)| OddCase::SeveralRecords { person, records }));
    flags.sort_unstable_by(|a, b| (a.person(), a).cmp(&(b.person(), b)));
    flags.dedup();
    flags
}

fn dates_of(case: &CaseFacts) -> impl Iterator<Item = OddCase> {
    let (person, onset) = (case.person, case.onset);
    let confirmed = onset.zip(case.confirmed_at);
    let isolated = onset.zip(case.isolated_at);
    let confirmed = confirmed.filter(|(onset, at)| at.date() < *onset);
    let isolated = isolated.filter(|(onset, at)| *at < start_of(*onset));
    let confirmed = confirmed.map(|(onset, confirmed_at)| OddCase::OnsetAfterConfirmation {
        person,
        onset,
        confirmed_at,
    });
    let isolated = isolated.map(|(onset, isolated_at)| OddCase::IsolatedBeforeOnset {
        person,
        onset,
        isolated_at,
    });
    confirmed.into_iter().chain(isolated)
}
