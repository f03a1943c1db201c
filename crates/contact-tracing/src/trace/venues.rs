//! Who was at a venue together with a source, without a pair that did not overlap being touched.

use grid_model::{PersonId, VenueId};

use super::Evidence;
use super::exposure::{Sifted, Source, Together, sift_visits};
use crate::time::Span;
use crate::{ContactNetwork, TracingPolicy, VisitRow};

/// A stay of someone at a venue; of a source with the time it lingers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Presence {
    venue: VenueId,
    span: Span,
    person: PersonId,
    row: VisitRow,
    end_known: bool,
}

/// Sifts every overlap of a source's visits with those of people who may still be reached.
///
/// Costs n log n in the sources' visits and the visits to their venues in that time, and then
/// one step for each overlap found.
pub(crate) fn sift_shared_visits(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    sources: &[Source],
    may_be_reached: impl Fn(PersonId) -> bool,
    sifted: &mut Sifted,
) {
    let present = presences(network, policy, sources);
    for at_venue in present.chunk_by(|a, b| a.venue == b.venue) {
        let (Some(first), Some(reach)) = (
            at_venue.first(),
            at_venue.iter().map(|presence| presence.span.reach()).max(),
        ) else {
            continue;
        };
        let whole = Span {
            from: first.span.from,
            until: reach,
        };
        let others: Vec<Presence> = network
            .stays_at(first.venue, whole, policy)
            .filter(|(_, stay)| may_be_reached(stay.person))
            .map(|(row, stay)| Presence {
                venue: stay.venue,
                span: network.stay_span(stay, policy),
                person: stay.person,
                row,
                end_known: stay.until.is_some(),
            })
            .collect();
        join(at_venue, &others, |source, other| {
            sift_pair(network, policy, source, other, sifted);
        });
    }
}

/// When and where the sources could pass something on, in order of venue and time.
fn presences(
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
                    span: policy.lingering(inside),
                    person: source.person,
                    row,
                    end_known: stay.until.is_some(),
                })
            })
        })
        .collect();
    present.sort_unstable();
    present
}

/// Each overlap of two lists in order of beginning: of two that overlap, the later begins while
/// the earlier lasts, so each list is looked up once for each stay of the other.
fn join(sources: &[Presence], others: &[Presence], mut overlap: impl FnMut(&Presence, &Presence)) {
    for source in sources {
        let start = others.partition_point(|other| other.span.from < source.span.from);
        let during = others[start..]
            .iter()
            .take_while(|other| other.span.from < source.span.reach());
        during.for_each(|other| overlap(source, other));
    }
    for other in others {
        let start = sources.partition_point(|source| source.span.from <= other.span.from);
        let during = sources[start..]
            .iter()
            .take_while(|source| source.span.from < other.span.reach());
        during.for_each(|source| overlap(source, other));
    }
}

fn sift_pair(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    source: &Presence,
    other: &Presence,
    sifted: &mut Sifted,
) {
    let Some(span) = source.span.shared(other.span) else {
        return;
    };
    if source.person == other.person {
        return;
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
    let reason = sift_visits(network, policy, &together, both_ends_known);
    sifted.take(together, reason);
}
