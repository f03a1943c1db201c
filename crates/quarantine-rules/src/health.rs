//! What health readings say: fevers to refer the same day, and the facts a decision rests on.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger, PersonId};

use crate::{Facts, HealthReading, RulesPolicy, Subject, TestResult, TestTaken};

/// A fever, to be seen at the fever clinic within hours: not a line in tomorrow's list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Referral {
    /// Who.
    pub person: PersonId,
    /// When it was measured.
    pub at: NaiveDateTime,
    /// Tenths of a degree Celsius.
    pub temperature_tenths: u16,
    /// The id of the reading.
    pub record: Box<str>,
    /// The person's latest test by the end of the day, if there is one.
    pub latest_test: Option<(NaiveDateTime, TestResult)>,
}

/// Every reading of the day at or over the policy's threshold, in the order of people, then time.
pub fn referrals(
    readings: &Ledger<HealthReading>,
    policy: &RulesPolicy,
    as_of: AsOf,
) -> Vec<Referral> {
    let mut tests: BTreeMap<PersonId, (NaiveDateTime, TestResult)> = BTreeMap::new();
    let mut found = Vec::new();
    for held in readings.happened(as_of) {
        let reading = held.what;
        if let Some(result) = reading.test {
            let latest = tests.entry(reading.person).or_insert((reading.at, result));
            *latest = (*latest).max((reading.at, result));
        }
        let temperature = reading.temperature_tenths.unwrap_or_default();
        if temperature >= policy.fever_threshold_tenths && reading.at >= as_of.start() {
            found.push(Referral {
                person: reading.person,
                at: reading.at,
                temperature_tenths: temperature,
                record: held.id.into(),
                latest_test: None,
            });
        }
    }
    for referral in &mut found {
        referral.latest_test = tests.get(&referral.person).copied();
    }
    found.sort_unstable();
    found
}

/// What readings tell of each person for a decision: the tests taken, and whether the latest
/// word on symptoms was `none`.
///
/// Who has a reading is known to have had no other tests than those recorded.
pub fn health_facts(readings: &Ledger<HealthReading>, as_of: AsOf) -> BTreeMap<PersonId, Facts> {
    let mut happened: Vec<_> = readings.happened(as_of).map(|held| held.what).collect();
    happened.sort_by_key(|reading| (reading.person, reading.at));
    let mut known: BTreeMap<PersonId, Facts> = BTreeMap::new();
    for reading in happened {
        let facts = known
            .entry(reading.person)
            .or_insert_with(|| Facts::new(Subject::LocalReturnee));
        let tests = facts.test_results.get_or_insert_default();
        tests.extend(reading.test.map(|result| TestTaken {
            on: reading.at.date(),
            result,
        }));
        if let Some(symptoms) = &reading.symptoms {
            let word = if &**symptoms == "none" { "none" } else { "yes" };
            facts.symptoms = Some(word.into());
        }
    }
    known
}
