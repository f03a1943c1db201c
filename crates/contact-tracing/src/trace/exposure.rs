//! Which times together with a source count.

use std::cmp::{Ordering, Reverse};

use grid_model::PersonId;

use super::{Evidence, Excluded, Exclusion, Exposure, Place, Step};
use crate::log::Meeting;
use crate::time::{Span, Window, instant};
use crate::{ContactNetwork, ContactRow, Judgement, TracingPolicy, VisitRow};

/// Someone who may pass something on, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    pub(crate) person: PersonId,
    pub(crate) window: Window,
}

/// A source and a person together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Together {
    pub(crate) person: PersonId,
    pub(crate) span: Span,
    pub(crate) source: PersonId,
    pub(crate) evidence: Evidence,
}

impl Together {
    pub(crate) fn exposure(&self) -> Exposure {
        Exposure {
            from: instant(self.span.from),
            until: instant(self.span.until),
            source: self.source,
            evidence: self.evidence,
        }
    }

    pub(crate) fn excluded(&self, generation: u8, reason: Exclusion) -> Excluded {
        Excluded {
            generation,
            source: self.source,
            person: self.person,
            from: instant(self.span.from),
            until: instant(self.span.until),
            evidence: self.evidence,
            reason,
        }
    }
}

/// The order of what two exposures rest on: contacts before visits, then by what the records say.
fn evidence_order(network: &ContactNetwork, a: Evidence, b: Evidence) -> Ordering {
    match (a, b) {
        (Evidence::Contact(a), Evidence::Contact(b)) => network.contact_order(a, b),
        (Evidence::Contact(_), Evidence::Visits { .. }) => Ordering::Less,
        (Evidence::Visits { .. }, Evidence::Contact(_)) => Ordering::Greater,
        (
            Evidence::Visits { source, own, .. },
            Evidence::Visits {
                source: s, own: o, ..
            },
        ) => {
            let by_source = network.visit_order(source, s);
            by_source.then_with(|| network.visit_order(own, o))
        }
    }
}

/// Which of two exposures of a person is the first: the one that began earlier; of several the
/// one with the least source, then with the least records.
pub(crate) fn first_order(network: &ContactNetwork, a: &Together, b: &Together) -> Ordering {
    let key = |one: &Together| (one.span.from, one.source);
    key(a)
        .cmp(&key(b))
        .then_with(|| evidence_order(network, a.evidence, b.evidence))
}

/// Which of two exposures of a person is the last, and so the lesser here: the one that ended
/// later, by the second, then by the instant; of several the one with the least source, then with
/// the least records.
pub(crate) fn last_order(network: &ContactNetwork, a: &Together, b: &Together) -> Ordering {
    let key = |one: &Together| {
        let span = one.span;
        (Reverse(span.reach()), Reverse(span.until), one.source)
    };
    key(a)
        .cmp(&key(b))
        .then_with(|| evidence_order(network, a.evidence, b.evidence))
}

/// The order of times together in a list: of person, time, source, records.
pub(crate) fn list_order(network: &ContactNetwork, a: &Together, b: &Together) -> Ordering {
    let key = |one: &Together| (one.person, one.span, one.source);
    key(a)
        .cmp(&key(b))
        .then_with(|| evidence_order(network, a.evidence, b.evidence))
}

/// Sifts one contact: the part of it that counts, or the whole of it with the reason.
///
/// A judgement wins over protection, setting and length; it does not move the window.
pub(crate) fn sift_meeting(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    source: Source,
    (row, meeting): (ContactRow, Meeting),
) -> (Together, Option<Exclusion>) {
    let whole = network.meeting_span(meeting, policy);
    let inside = source.window.clip(whole);
    let together = Together {
        person: meeting.other(source.person),
        span: inside.unwrap_or(whole),
        source: source.person,
        evidence: Evidence::Contact(row),
    };
    let reason = match (meeting.kind.judged(), inside) {
        (Some(Judgement::NotClose), _) => Some(Exclusion::JudgedNotClose),
        (_, None) if whole.from >= source.window.until => Some(Exclusion::AfterIsolation),
        (_, None) => Some(Exclusion::BeforeInfectiousPeriod),
        (Some(Judgement::Close), Some(_)) => None,
        (None, Some(inside)) => unjudged(network, policy, meeting, inside),
    };
    (together, reason)
}

fn unjudged(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    meeting: Meeting,
    inside: Span,
) -> Option<Exclusion> {
    let setting = network.setting_of(meeting);
    if !policy.lists(setting) {
        Some(Exclusion::SettingNotListed)
    } else if meeting.kind.protected() == Some(true) && !policy.protected_counts {
        Some(Exclusion::Protected)
    } else if meeting.until.is_some() && !inside.lasts(policy.least_minutes_in(setting)) {
        // A contact without an end was as long as nobody knows: it is not left out as too short.
        Some(Exclusion::TooShort)
    } else {
        None
    }
}

/// Why a time together at a venue does not count, if it does not.
pub(crate) fn sift_visits(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    together: &Together,
    both_ends_known: bool,
) -> Option<Exclusion> {
    let (a, b) = (together.source, together.person);
    if network.judged_not_close(a, b, together.span, policy) {
        Some(Exclusion::JudgedNotClose)
    } else if both_ends_known && !together.span.lasts(policy.least_venue_minutes) {
        Some(Exclusion::TooShort)
    } else {
        None
    }
}

impl ContactNetwork {
    /// Where an exposure was.
    pub fn place(&self, evidence: Evidence) -> Place {
        match evidence {
            Evidence::Contact(row) => Place::Contact {
                setting: self.setting(row).map(Box::from),
            },
            Evidence::Visits { venue, .. } => Place::Venue(venue),
        }
    }

    /// The ids of the records an exposure rests on, those without an id left out.
    pub fn records(&self, evidence: Evidence) -> Vec<Box<str>> {
        let visit = |row: VisitRow| self.visit_id(row);
        let ids = match evidence {
            Evidence::Contact(row) => vec![self.contact_id(row)],
            Evidence::Visits { source, own, .. } => vec![visit(source), visit(own)],
        };
        let named = ids.into_iter().filter(|id| !id.is_empty());
        named.map(Box::from).collect()
    }

    /// An exposure of a person as a step of a path.
    pub fn step(&self, person: PersonId, exposure: &Exposure) -> Step {
        Step {
            from: exposure.source,
            to: person,
            began: exposure.from,
            ended: exposure.until,
            place: self.place(exposure.evidence),
            records: self.records(exposure.evidence),
        }
    }
}
