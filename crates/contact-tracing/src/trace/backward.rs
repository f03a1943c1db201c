//! Whence a case may have come.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::{PersonId, VenueId};

use super::exposure::{Sifted, Source, Together, sift_meeting, sift_visits};
use super::period::days_before;
use super::{CaseFacts, Evidence, Excluded, Exclusion, Step};
use crate::time::{DAY, Window, instant, seconds};
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
    let mut sifted = Sifted::default();
    for (row, meeting) in network.meetings_of(case.person) {
        sift_meeting(network, policy, whom, (row, meeting), &mut sifted);
    }
    // The rules of what counts are the same both ways; only who exposed whom is turned round.
    for together in &mut sifted.counted {
        *together = turned(*together);
    }
    for (together, reason) in &mut sifted.left_out {
        *together = turned(*together);
        if matches!(
            reason,
            Exclusion::BeforeInfectiousPeriod | Exclusion::AfterIsolation
        ) {
            *reason = Exclusion::OutsideLookBack;
        }
    }
    sift_visits_before(network, policy, whom, &mut sifted);
    answer(network, policy, whom, sifted)
}

fn looked_back(network: &ContactNetwork, case: &CaseFacts, policy: &TracingPolicy) -> Window {
    let end = network.end();
    let day = case
        .onset
        .or(case.sampled_at)
        .or(case.confirmed_at.map(|at| at.date()))
        .or(case.isolated_at.map(|at| at.date()))
        .unwrap_or_else(|| instant(end.cut.unwrap_or(end.last_seen)).date());
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

/// Who was, or had just been, at a venue while the case was there.
fn sift_visits_before(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    whom: Source,
    sifted: &mut Sifted,
) {
    for (own_row, own) in network.stays_of(whom.person) {
        let Some(span) = whom.window.clip(network.stay_span(own, policy)) else {
            continue;
        };
        // What lingers reaches forward from those who left before.
        let reach = crate::time::Span {
            from: span
                .from
                .saturating_sub(i64::from(policy.lingering_minutes) * crate::time::MINUTE),
            until: span.reach(),
        };
        for (row, stay) in network.stays_at(own.venue, reach, policy) {
            let there = policy.lingering(network.stay_span(stay, policy));
            let (Some(span), true) = (there.shared(span), stay.person != whom.person) else {
                continue;
            };
            let together = Together {
                person: whom.person,
                span,
                source: stay.person,
                evidence: Evidence::Visits {
                    venue: own.venue,
                    source: row,
                    own: own_row,
                },
            };
            let both_ends_known = own.until.is_some() && stay.until.is_some();
            let reason = sift_visits(network, policy, &together, both_ends_known);
            sifted.take(together, reason);
        }
    }
}

fn answer(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    whom: Source,
    mut sifted: Sifted,
) -> Origins {
    let mut met: BTreeMap<PersonId, Vec<Step>> = BTreeMap::new();
    sifted.counted.sort_unstable();
    for together in &sifted.counted {
        let step = network.step(whom.person, &together.exposure());
        met.entry(together.source).or_default().push(step);
    }
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
    let excluded = sifted.left_out.iter();
    let mut excluded: Vec<Excluded> = excluded
        .map(|(together, reason)| together.excluded(1, *reason))
        .collect();
    excluded.sort_unstable();
    Origins {
        person: whom.person,
        from: instant(whom.window.from),
        until: instant(whom.window.until),
        met,
        venues,
        excluded,
    }
}
