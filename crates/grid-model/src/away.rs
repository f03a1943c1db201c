//! Who of the township is away, and what they said when called.

use chrono::{NaiveDate, NaiveDateTime};

use crate::{AwayCall, AwayCallOutcome, Ledger, PersonId, PersonPresence, Snapshot};

/// A person away, with the last call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Who.
    pub person: PersonId,
    /// When last called, and what came of it.
    pub last_call: Option<(NaiveDateTime, AwayCallOutcome)>,
    /// Whether a call ever reached the person.
    pub reached: bool,
    /// The day of the planned return last spoken of.
    pub planned_return: Option<NaiveDate>,
}

/// Everyone away, in the order of keys.
///
/// Calls that reached nobody do not count as reached.
pub fn away(township: &Snapshot<'_>, calls: &Ledger<AwayCall>) -> Vec<Away> {
    let mut last: Vec<Option<Away>> = vec![None; township.person_numbers()];
    for held in calls.happened(township.as_of) {
        let call = held.what;
        let Some(slot) = last.get_mut(call.person.index()) else {
            continue;
        };
        let entry = slot.get_or_insert(Away {
            person: call.person,
            last_call: None,
            reached: false,
            planned_return: None,
        });
        entry.reached |= call.outcome != AwayCallOutcome::Unreachable;
        if entry
            .last_call
            .is_none_or(|last| last < (call.at, call.outcome))
        {
            entry.last_call = Some((call.at, call.outcome));
            entry.planned_return = call.planned_return;
        }
    }
    township
        .people()
        .filter(|(_, person)| person.presence == Some(PersonPresence::Away))
        .map(|(person, _)| {
            let never = Away {
                person,
                last_call: None,
                reached: false,
                planned_return: None,
            };
            last[person.index()].unwrap_or(never)
        })
        .collect()
}
