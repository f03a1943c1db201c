//! Lost to follow-up: searched for in vain, days running, and not found since.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AsOf, PersonId};

use crate::{CheckIn, CheckInOutcome, FollowUpPolicy, Observed};

/// Someone whose whereabouts are unknown.
///
/// Readings were due on so many days running as the policy says, on each of them a helper
/// searched and did not find the person, and on none of them was the person seen. A day on which
/// staff did not try is no such day, and the days before it no longer count as running. Who is
/// lost stays lost until seen, past the end of the observation too: an order that runs out finds
/// nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Who.
    pub person: PersonId,
    /// When the person was last seen; nothing where never.
    pub last_seen: Option<NaiveDateTime>,
    /// The days of searches in vain that made the person lost.
    pub searched_on: Vec<NaiveDate>,
    /// To whom it goes.
    pub grid_lead: Option<PersonId>,
}

/// What was found on the days on which anyone looked, for everyone ever observed.
pub(crate) struct Searches {
    of_person: BTreeMap<PersonId, BTreeMap<NaiveDate, Looked>>,
}

#[derive(Clone, Copy, Default)]
struct Looked {
    seen: Option<NaiveDateTime>,
    in_vain: bool,
}

impl Searches {
    pub(crate) fn of(observed: &[&Observed]) -> Self {
        let people = observed.iter().map(|own| (own.person, BTreeMap::new()));
        Searches {
            of_person: people.collect(),
        }
    }

    pub(crate) fn add(&mut self, check_in: &CheckIn) {
        let seen = check_in.outcome.was_seen();
        // What staff did not attempt or perform says nothing of where the person is.
        if !seen && check_in.outcome != CheckInOutcome::Missed {
            return;
        }
        let Some(days) = self.of_person.get_mut(&check_in.person) else {
            return;
        };
        let looked = days.entry(check_in.at.date()).or_default();
        if seen {
            looked.seen = looked.seen.max(Some(check_in.at));
        } else {
            looked.in_vain = true;
        }
    }

    /// Who is lost at the end of the day, and who was transferred out, of people in key order.
    pub(crate) fn judge(
        &self,
        observed: &[&Observed],
        policy: &FollowUpPolicy,
        as_of: AsOf,
    ) -> (Vec<Lost>, Vec<PersonId>) {
        let mut lost = Vec::new();
        let mut transferred_out = Vec::new();
        for own in observed.chunk_by(|one, other| one.person == other.person) {
            let Some(last) = own.last() else {
                continue;
            };
            let left = last.transferred_out_at;
            if left.is_some_and(|at| as_of.has_happened(at)) {
                transferred_out.push(last.person);
                continue;
            }
            if let Some(days) = self.of_person.get(&last.person) {
                lost.extend(searched_in_vain(own, days, policy));
            }
        }
        (lost, transferred_out)
    }
}

fn searched_in_vain(
    own: &[&Observed],
    days: &BTreeMap<NaiveDate, Looked>,
    policy: &FollowUpPolicy,
) -> Option<Lost> {
    let needed = usize::try_from(policy.lost_after_days).unwrap_or(usize::MAX);
    let mut running: Vec<NaiveDate> = Vec::new();
    let mut lost: Option<Vec<NaiveDate>> = None;
    let mut last_seen = None;
    for (&day, looked) in days {
        if looked.seen.is_some() {
            last_seen = looked.seen;
            lost = None;
            running.clear();
            continue;
        }
        let is_due = own.iter().any(|one| {
            let mut sessions = policy.sessions().iter();
            sessions.any(|&session| one.is_due(policy, day, session))
        });
        if !looked.in_vain || !is_due {
            continue;
        }
        if running.last().and_then(NaiveDate::succ_opt) != Some(day) {
            running.clear();
        }
        running.push(day);
        if running.len() >= needed && lost.is_none() {
            lost = Some(running.clone());
        }
    }
    let last = own.last()?;
    lost.map(|searched_on| Lost {
        person: last.person,
        last_seen,
        searched_on,
        grid_lead: last.grid_lead,
    })
}
