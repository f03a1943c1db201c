//! From the cases outwards, a generation at a time.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::PersonId;

use super::exposure::{Sifted, Source, Together, sift_meeting};
use super::period::infectious_periods;
use super::venues::sift_shared_visits;
use super::{CaseFacts, Exclusion, Exposure, InfectiousPeriod, Reached, Step, Trace};
use crate::time::{DAY, Span, Window, instant, seconds};
use crate::{ContactNetwork, TracingPolicy};

/// Traces whom the cases may have infected.
///
/// A person is of the first generation that reaches it, and its exposures are those to sources of
/// the generation before: cases in their infectious period, then people from their first exposure
/// (and the latent delay of the policy) to `quarantined_at`.
///
/// Linear in the contacts of the sources and n log n in the visits to the venues they were at.
pub fn trace_forward(
    network: &ContactNetwork,
    cases: &[CaseFacts],
    policy: &TracingPolicy,
    quarantined_at: &dyn Fn(PersonId) -> Option<NaiveDateTime>,
) -> Trace {
    let mut trace = Trace {
        cases: infectious_periods(cases, policy, network.end()),
        ..Trace::default()
    };
    let mut closed = vec![false; network.person_numbers()];
    for case in &trace.cases {
        close(&mut closed, case.person);
    }
    let mut sources = infectious_sources(&trace.cases);
    for generation in 1..=policy.generations {
        if sources.is_empty() {
            break;
        }
        let sifted = sift(network, policy, &sources, &closed);
        for (together, reason) in sifted.left_out {
            let excluded = together.excluded(generation, reason_in(generation, reason));
            trace.excluded.push(excluded);
        }
        sources.clear();
        for own in sifted.counted.chunk_by(|a, b| a.person == b.person) {
            let Some(reached) = reached(network, generation, own) else {
                continue;
            };
            close(&mut closed, reached.person);
            sources.push(as_source(&reached, policy, quarantined_at));
            trace.reached.insert(reached.person, reached);
        }
    }
    trace.excluded.sort_unstable();
    let paths = paths(network, &trace.reached);
    let reached = trace.reached.values_mut();
    reached.zip(paths).for_each(|(one, path)| one.path = path);
    trace
}

/// The cases that are traced, each with its infectious period.
fn infectious_sources(cases: &[InfectiousPeriod]) -> Vec<Source> {
    let traced = cases.iter().filter_map(|case| {
        let window = case.window()?;
        Some(Source {
            person: case.person,
            window,
        })
    });
    traced.collect()
}

fn close(closed: &mut [bool], person: PersonId) {
    if let Some(closed) = closed.get_mut(person.index()) {
        *closed = true;
    }
}

/// Every time together of a source with somebody who may still be reached, what counts in the
/// order of people and time.
fn sift(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    sources: &[Source],
    closed: &[bool],
) -> Sifted {
    let open = |person: PersonId| !closed.get(person.index()).copied().unwrap_or(true);
    let mut sifted = Sifted::default();
    for &source in sources {
        for (row, meeting) in network.meetings_of(source.person) {
            if open(meeting.other(source.person)) {
                sift_meeting(network, policy, source, (row, meeting), &mut sifted);
            }
        }
    }
    sift_shared_visits(network, policy, sources, open, &mut sifted);
    sifted.counted.sort_unstable();
    sifted
}

/// The words for a source that is a close contact, not a case.
fn reason_in(generation: u8, reason: Exclusion) -> Exclusion {
    match reason {
        Exclusion::BeforeInfectiousPeriod if generation > 1 => Exclusion::BeforeFirstExposure,
        Exclusion::AfterIsolation if generation > 1 => Exclusion::AfterQuarantine,
        reason => reason,
    }
}

/// A person by all times together that count, in order of time; the path is found later.
fn reached(network: &ContactNetwork, generation: u8, own: &[Together]) -> Option<Reached> {
    let first = own.first()?;
    let last = last_of(own, |together| together.span)?;
    Some(Reached {
        person: first.person,
        generation,
        first_exposure: instant(first.span.from),
        last_exposure: instant(last.span.until),
        last_exposure_day: last.span.last_day(),
        last_place: network.place(last.evidence),
        exposures: own.iter().map(Together::exposure).collect(),
        path: Vec::new(),
    })
}

/// The one that ends last; of several, the first in order.
fn last_of<T>(items: &[T], span: impl Fn(&T) -> Span) -> Option<&T> {
    let mut last = items.first()?;
    for item in items {
        if span(item).reach() > span(last).reach() {
            last = item;
        }
    }
    Some(last)
}

fn as_source(
    reached: &Reached,
    policy: &TracingPolicy,
    quarantined_at: &dyn Fn(PersonId) -> Option<NaiveDateTime>,
) -> Source {
    let latent = i64::from(policy.latent_days) * DAY;
    Source {
        person: reached.person,
        window: Window {
            from: seconds(reached.first_exposure).saturating_add(latent),
            until: quarantined_at(reached.person).map_or(i64::MAX, seconds),
        },
    }
}

/// The evidence paths in the order of people.
fn paths(network: &ContactNetwork, reached: &BTreeMap<PersonId, Reached>) -> Vec<Vec<Step>> {
    reached
        .values()
        .map(|person| path(network, reached, person))
        .collect()
}

/// Back from a person by its last exposure, and from each source by its first, to a case.
fn path(
    network: &ContactNetwork,
    all: &BTreeMap<PersonId, Reached>,
    person: &Reached,
) -> Vec<Step> {
    let span = |exposure: &Exposure| Span {
        from: seconds(exposure.from),
        until: seconds(exposure.until),
    };
    let mut steps = Vec::new();
    let mut next = last_of(&person.exposures, span).map(|exposure| (person.person, exposure));
    // A source is of an earlier generation than whom it reached, so this ends.
    while let Some((to, exposure)) = next {
        steps.push(network.step(to, exposure));
        next = all
            .get(&exposure.source)
            .and_then(|source| Some((source.person, source.exposures.first()?)));
    }
    steps.reverse();
    steps
}
