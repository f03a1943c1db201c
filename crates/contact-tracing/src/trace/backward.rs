//! Whence a case may have come.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::{PersonId, VenueId};

use super::exposure::{Source, Together, list_order, sift_meeting};
use super::period::days_before;
use super::venues::{Presence, together};
use super::{CaseFacts, Excluded, Exclusion, Step};
use crate::time::{DAY, MINUTE, Span, Window, instant, seconds};
use crate::{ContactNetwork, TracingPolicy};

/// From whom and where a case may have been infected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origins {
    /// The case.
    pub person: PersonId,
    /// From 00:00 of the first day on which it may have been infected.
    pub from: NaiveDateTime,
    /// Until the end of the day of onset, or of the sample where the onset is not known.
    pub until: NaiveDateTime,
    /// Everyone met in that time, each with every meeting as a step to the case, in order of time.
    pub met: BTreeMap<PersonId, Vec<Step>>,
    /// The venues visited in that time, in order of time.
    pub venues: Vec<VenueBefore>,
    /// Meetings that do not count, each with the reason.
    pub excluded: Vec<Excluded>,
}

/// A visit of a case before its onset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VenueBefore {
    /// When it came, or the time looked back began.
    pub from: NaiveDateTime,
    /// When it left, or the time looked back ended.
    pub until: NaiveDateTime,
    /// Where.
    pub venue: VenueId,
    /// The id of the record, empty where it has none.
    pub record: Box<str>,
}

/// Traces from whom a case may have been infected: everyone met in the `look_back_days` before
/// its onset, by the same rules of what counts, and the venues it was at.
///
/// The time looked back ends with the day of onset; where that is not known, of the sample, of
/// the confirmation, of the isolation, and at last with the log.
pub fn trace_backward(
    network: &ContactNetwork,
    case: &CaseFacts,
    policy: &TracingPolicy,
) -> Origins {
    let window = looked_back(network, case, policy);
    let whom = Source {
        person: case.person,
        window,
    };
    let mut met: Vec<Sifted> = Vec::new();
    for contact in network.meetings_of(case.person) {
        // The rules of what counts are the same both ways; only who exposed whom is turned round.
        let (together, reason) = sift_meeting(network, policy, whom, contact);
        met.push((turned(together), reason.map(in_look_back)));
    }
    sift_visits_before(network, policy, whom, &mut met);
    met.sort_unstable_by(|(a, _), (b, _)| list_order(network, a, b));
    answer(network, policy, whom, &met)
}

/// A time together, and why it does not count, if it does not.
type Sifted = (Together, Option<Exclusion>);

fn looked_back(network: &ContactNetwork, case: &CaseFacts, policy: &TracingPolicy) -> Window {
    let end = network.end();
    let day = case
        .onset
        .or(case.sampled_at)
        .or(case.confirmed_at.map(|at| at.date()))
        .or(case.isolated_at.map(|at| at.date()))
        .unwrap_or_else(|| instant(end.end()).date());
    Window {
        from: seconds(days_before(day, policy.look_back_days)),
        until: seconds(days_before(day, 0)).saturating_add(DAY),
    }
}

fn turned(together: Together) -> Together {
    Together {
        person: together.source,
        source: together.person,
        ..together
    }
}

/// The words for a time looked back, not an infectious period.
fn in_look_back(reason: Exclusion) -> Exclusion {
    match reason {
        Exclusion::BeforeInfectiousPeriod | Exclusion::AfterIsolation => Exclusion::OutsideLookBack,
        reason => reason,
    }
}

/// Who was, or had just been, at a venue while the case was there.
fn sift_visits_before(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    whom: Source,
    met: &mut Vec<Sifted>,
) {
    for (row, stay) in network.stays_of(whom.person) {
        let Some(span) = whom.window.clip(network.stay_span(stay, policy)) else {
            continue;
        };
        let own = Presence {
            venue: stay.venue,
            person: whom.person,
            row,
            span,
            end_known: stay.until.is_some(),
        };
        // What lingers reaches forward from those who left before.
        let lingering = i64::from(policy.lingering_minutes) * MINUTE;
        let reach = Span {
            from: span.from.saturating_sub(lingering),
            until: span.reach(),
        };
        for (row, stay) in network.stays_at(stay.venue, &[reach], policy) {
            let source = Presence {
                venue: stay.venue,
                person: stay.person,
                row,
                span: policy.lingering(network.stay_span(stay, policy)),
                end_known: stay.until.is_some(),
            };
            met.extend(together(network, policy, &source, &own));
        }
    }
}

fn answer(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    whom: Source,
    sifted: &[Sifted],
) -> Origins {
    let mut met: BTreeMap<PersonId, Vec<Step>> = BTreeMap::new();
    let mut excluded = Vec::new();
    for (together, reason) in sifted {
        if let Some(reason) = reason {
            excluded.push(together.excluded(1, *reason));
            continue;
        }
        let step = network.step(whom.person, &together.exposure());
        met.entry(together.source).or_default().push(step);
    }
    Origins {
        person: whom.person,
        from: instant(whom.window.from),
        until: instant(whom.window.until),
        met,
        venues: venues_before(network, policy, whom),
        excluded,
    }
}

/// The visits of a case in the time looked back, in order of time.
fn venues_before(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    whom: Source,
) -> Vec<VenueBefore> {
    let mut venues: Vec<VenueBefore> = network
        .stays_of(whom.person)
        .filter_map(|(row, stay)| {
            let span = whom.window.clip(network.stay_span(stay, policy))?;
            Some(VenueBefore {
                from: instant(span.from),
                until: instant(span.until),
                venue: stay.venue,
                record: network.visit_id(row).into(),
            })
        })
        .collect();
    venues.sort_unstable();
    venues
}
