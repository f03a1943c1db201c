//! From the cases outwards, a generation at a time.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::PersonId;
#[cfg(feature = "parallel")]
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::exposure::{Source, Together, first_order, last_order, sift_meeting};
use super::odd::odd_cases;
use super::period::infectious_periods;
use super::venues::firsts_and_lasts_at_venues;
use super::{CaseFacts, InfectiousPeriod, Reached, Step, Trace};
use crate::time::{DAY, Window, instant, seconds};
use crate::{ContactNetwork, TracingPolicy};

/// Traces whom the cases may have infected.
///
/// A person is of the first generation that reaches it, and its exposures are those to sources of
/// the generation before: cases in their infectious period, then people from their first exposure
/// (and the latent delay of the policy) to `quarantined_at`.
///
/// Costs n log n in the contacts of the sources and in the visits to the venues they were at
/// while they were there, in time and in memory, whatever the size of the network: a gathering
/// costs its visits in every generation, never its pairs. What pairs there were is told by
/// [`Trace::grounds`], for the people one asks about.
pub fn trace_forward(
    network: &ContactNetwork,
    cases: &[CaseFacts],
    policy: &TracingPolicy,
    quarantined_at: &dyn Fn(PersonId) -> Option<NaiveDateTime>,
) -> Trace {
    let odd_cases = odd_cases(cases);
    let cases = infectious_periods(cases, policy, network.end());
    let mut reached: BTreeMap<PersonId, Reached> = BTreeMap::new();
    // Asked, never gone through: its order is nowhere to be seen.
    let mut closed: FxHashSet<PersonId> = cases.iter().map(|case| case.person).collect();
    let mut sources: Vec<Source> = cases.iter().filter_map(InfectiousPeriod::source).collect();
    for generation in 1..=policy.generations {
        let found = counted(network, policy, &sources, &closed);
        sources.clear();
        for own in found.chunk_by(|a, b| a.person == b.person) {
            let Some(one) = person_reached(network, generation, own, quarantined_at) else {
                continue;
            };
            closed.insert(one.person);
            sources.push(one.source(policy));
            reached.insert(one.person, one);
        }
        if sources.is_empty() {
            break;
        }
    }
    let paths: Vec<Vec<Step>> = reached.values().map(|one| path(&reached, one)).collect();
    for (one, path) in reached.values_mut().zip(paths) {
        one.path = path;
    }
    Trace {
        reached,
        cases,
        odd_cases,
        policy: policy.clone(),
    }
}

/// Traces each case by itself, as if it were the only one, in the order given.
///
/// Each costs what its own contacts and visits cost, whatever the size of the network; with the
/// feature `parallel` they share the machine's threads, and the answers are the same.
pub fn trace_each(
    network: &ContactNetwork,
    cases: &[CaseFacts],
    policy: &TracingPolicy,
    quarantined_at: &(dyn Fn(PersonId) -> Option<NaiveDateTime> + Sync),
) -> Vec<Trace> {
    let one = |case: &CaseFacts| trace_forward(network, &[*case], policy, &quarantined_at);
    #[cfg(feature = "parallel")]
    return cases.par_iter().map(one).collect();
    #[cfg(not(feature = "parallel"))]
    return cases.iter().map(one).collect();
}

impl InfectiousPeriod {
    /// A case that is traced, as a source.
    pub(super) fn source(&self) -> Option<Source> {
        Some(Source {
            person: self.person,
            window: self.window()?,
        })
    }
}

impl Reached {
    /// A person reached, as a source for the next generation.
    pub(super) fn source(&self, policy: &TracingPolicy) -> Source {
        let latent = i64::from(policy.latent_days) * DAY;
        Source {
            person: self.person,
            window: Window {
                from: seconds(self.first_exposure).saturating_add(latent),
                until: self.quarantined_at.map_or(i64::MAX, seconds),
            },
        }
    }
}

/// Times together of sources with people who may still be reached, in the order of people: every
/// contact that counts, and of each visit the first and the last.
fn counted(
    network: &ContactNetwork,
    policy: &TracingPolicy,
    sources: &[Source],
    closed: &FxHashSet<PersonId>,
) -> Vec<Together> {
    let open = |person: PersonId| !closed.contains(&person);
    let mut found = firsts_and_lasts_at_venues(network, policy, sources, open);
    for &source in sources {
        for (row, meeting) in network.meetings_of(source.person) {
            if open(meeting.other(source.person)) {
                let (together, excluded) = sift_meeting(network, policy, source, (row, meeting));
                found.extend(excluded.is_none().then_some(together));
            }
        }
    }
    found.sort_unstable_by_key(|together| together.person);
    found
}

/// A person by times together that count; the path is found later.
fn person_reached(
    network: &ContactNetwork,
    generation: u8,
    own: &[Together],
    quarantined_at: &dyn Fn(PersonId) -> Option<NaiveDateTime>,
) -> Option<Reached> {
    let first = own.iter().min_by(|a, b| first_order(network, a, b))?;
    let last = own.iter().min_by(|a, b| last_order(network, a, b))?;
    Some(Reached {
        person: first.person,
        generation,
        first_exposure: instant(first.span.from),
        last_exposure: instant(last.span.until),
        last_exposure_day: last.span.last_day(),
        last_place: network.place(last.evidence),
        quarantined_at: quarantined_at(first.person),
        first: network.step(first.person, &first.exposure()),
        // Only the last step as yet.
        path: vec![network.step(last.person, &last.exposure())],
    })
}

/// From a person by its last exposure, and from each source by its first, back to a case.
fn path(all: &BTreeMap<PersonId, Reached>, person: &Reached) -> Vec<Step> {
    let mut steps = person.path.clone();
    // A source is of an earlier generation than whom it reached, so this ends.
    while let Some(source) = steps.last().and_then(|step| all.get(&step.from)) {
        steps.push(source.first.clone());
    }
    steps.reverse();
    steps
}
