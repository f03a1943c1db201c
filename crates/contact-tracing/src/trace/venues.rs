//! Who was at a venue together with a source, without the pairs ever being made.

use grid_model::{PersonId, VenueId};

use super::exposure::{Source, Together, first_order, last_order, sift_visits};
use super::sweep::{Present, first_and_last};
use super::{Evidence, Exclusion};
use crate::time::{MINUTE, Span};
use crate::{ContactNetwork, TracingPolicy, VisitRow};

/// A stay of someone at a venue; of a source as far as it may pass something on, with the time it
/// lingers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Presence {
    pub(crate) venue: VenueId,
    pub(crate) person: PersonId,
    pub(crate) row: VisitRow,
    pub(crate) span: Span,
    pub(crate) end_known: bool,
}

impl Presence {
    fn present(&self) -> Present {
        Present {
            span: self.span,
            end_known: self.end_known,
        }
    }
}

/// When and where the sources could pass something on, in the order of venues, of people and of
/// their visits.
pub(crate) fn presences(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    sources: &[Source],
) -> Vec<Presence> {
    let mut present: Vec<Presence> = sources
        .iter()
        .flat_map(|source| {
            network.stays_of(source.person).filter_map(|(row, stay)| {
                let inside = source.window.clip(network.stay_span(stay, policy))?;
                Some(Presence {
                    venue: stay.venue,
                    person: source.person,
                    row,
                    span: policy.lingering(inside),
                    end_known: stay.until.is_some(),
                })
            })
        })
        .collect();
    present.sort_unstable_by(|a, b| {
        let key = |one: &Presence| (one.venue, one.person);
        key(a)
            .cmp(&key(b))
            .then_with(|| network.visit_order(a.row, b.row))
    });
    present
}

/// The first and the last time together of each visit, by people who may still be reached, with
/// the sources that were at its venue.
///
/// Costs n log n in the sources' visits and in the visits to their venues while they were there,
/// in time; a word or two for each in memory. Only where the very source found for a visit is one
/// that the investigator judged no close contact of the visitor are all sources looked at.
pub(crate) fn firsts_and_lasts_at_venues(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    sources: &[Source],
    may_be_reached: impl Fn(PersonId) -> bool,
) -> Vec<Together> {
    let present = presences(network, policy, sources);
    let mut found = Vec::new();
    for at_venue in present.chunk_by(|a, b| a.venue == b.venue) {
        let others = visitors(network, policy, at_venue, &may_be_reached);
        at_one_venue(network, policy, at_venue, &others, &mut found);
    }
    found
}

/// The visits to a venue, by people who may still be reached, while sources were there.
pub(crate) fn visitors(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    at_venue: &[Presence],
    may_be_reached: impl Fn(PersonId) -> bool,
) -> Vec<Presence> {
    let Some(venue) = at_venue.first().map(|first| first.venue) else {
        return Vec::new();
    };
    let spans = joined(at_venue.iter().map(|presence| presence.span).collect());
    let stays = network.stays_at(venue, &spans, policy);
    stays
        .filter(|(_, stay)| may_be_reached(stay.person))
        .map(|(row, stay)| Presence {
            venue,
            person: stay.person,
            row,
            span: network.stay_span(stay, policy),
            end_known: stay.until.is_some(),
        })
        .collect()
}

/// Spans in order of time, those that touch joined into one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(before) if span.from <= before.reach() => {
                before.until = before.reach().max(span.reach());
            }
            _ => joined.push(span),
        }
    }
    joined
}

fn at_one_venue(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    sources: &[Presence],
    others: &[Presence],
    found: &mut Vec<Together>,
) {
    let present = |all: &[Presence]| all.iter().map(Presence::present).collect::<Vec<_>>();
    let least = i64::from(policy.least_venue_minutes) * MINUTE;
    let swept = first_and_last(&present(sources), &present(others), least);
    for (other, swept) in others.iter().zip(swept) {
        let Some((first, last)) = swept else {
            continue;
        };
        let counted = |source: usize| {
            let (together, excluded) = together(network, policy, sources.get(source)?, other)?;
            excluded.is_none().then_some(together)
        };
        match (counted(first), counted(last)) {
            (Some(first), Some(last)) if first == last => found.push(first),
            (Some(first), Some(last)) => found.extend([first, last]),
            _ => found.extend(one_by_one(network, policy, sources, other)),
        }
    }
}

/// The first and the last time together of a visit, all sources looked at.
fn one_by_one(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    sources: &[Presence],
    other: &Presence,
) -> impl Iterator<Item = Together> {
    let counted = || {
        let all = sources.iter();
        let all = all.filter_map(|source| together(network, policy, source, other));
        all.filter(|(_, excluded)| excluded.is_none())
            .map(|(together, _)| together)
    };
    let first = counted().min_by(|a, b| first_order(network, a, b));
    let last = counted().min_by(|a, b| last_order(network, a, b));
    first.into_iter().chain(last)
}

/// What a source's visit and another one share, and why it does not count, if it does not.
pub(crate) fn together(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    source: &Presence,
    other: &Presence,
) -> Option<(Together, Option<Exclusion>)> {
    let span = source.span.shared(other.span)?;
    if source.person == other.person {
        return None;
    }
    let together = Together {
        person: other.person,
        span,
        source: source.person,
        evidence: Evidence::Visits {
            venue: source.venue,
            source: source.row,
            own: other.row,
        },
    };
    let both_ends_known = source.end_known && other.end_known;
    let excluded = sift_visits(network, policy, &together, both_ends_known);
    Some((together, excluded))
}
