//! What a trace rests on: every exposure, every source, and whatever was left out.

use std::collections::BTreeSet;

use grid_model::PersonId;
use rustc_hash::FxHashMap;

use super::exposure::{Source, Together, list_order, sift_meeting};
use super::venues::{Presence, presences, together, visitors};
use super::{Excluded, Exclusion, Exposure, InfectiousPeriod, Reached, Trace};
use crate::{ContactNetwork, TracingPolicy};

/// What a trace rests on, told for the people one asks about.
///
/// A gathering has more pairs than anybody can keep, so a [`Trace`] keeps the first and the last
/// exposure of each person; all others are found here when they are asked for, and nothing is
/// lost. Made by [`Trace::grounds`].
#[derive(Clone, Debug)]
pub struct Grounds<'a> {
    trace: &'a Trace,
    network: &'a ContactNetwork,
    sources: FxHashMap<PersonId, Ranked>,
    /// In the order of venues, then of beginning.
    present: Vec<Presence>,
    /// The latest end of each of these and of those before it at its venue.
    reach_so_far: Vec<i64>,
}

/// A source, and the generation it may expose.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    source: Source,
    exposes: u8,
    /// Why what was over before, or came after, does not count.
    before: Exclusion,
    after: Exclusion,
}

impl Ranked {
    fn case(case: &InfectiousPeriod) -> Option<Self> {
        let by_isolation = case.isolated_at.is_some() && case.until == case.isolated_at;
        Some(Ranked {
            source: case.source()?,
            exposes: 1,
            before: Exclusion::BeforeInfectiousPeriod,
            after: match by_isolation {
                true => Exclusion::AfterIsolation,
                false => Exclusion::AfterInfectiousPeriod,
            },
        })
    }

    fn reached(one: &Reached, policy: &TracingPolicy) -> Option<Self> {
        Some(Ranked {
            source: one.source(policy),
            exposes: one.generation.checked_add(1)?,
            before: Exclusion::BeforeFirstExposure,
            after: Exclusion::AfterQuarantine,
        })
    }

    /// A reason in the words that fit this source.
    fn reason(&self, reason: Exclusion) -> Exclusion {
        match reason {
            Exclusion::BeforeInfectiousPeriod => self.before,
            Exclusion::AfterIsolation => self.after,
            reason => reason,
        }
    }
}

impl Trace {
    /// What this trace rests on, in the network it was traced in; after an edit trace again.
    ///
    /// Costs n log n in the visits of the cases and of everyone reached.
    pub fn grounds<'a>(&'a self, network: &'a ContactNetwork) -> Grounds<'a> {
        let cases = self.cases.iter().filter_map(Ranked::case);
        let reached = self.reached.values();
        let reached = reached.filter_map(|one| Ranked::reached(one, &self.policy));
        let all = cases.chain(reached);
        let all: Vec<Ranked> = all
            .filter(|one| one.exposes <= self.policy.generations)
            .collect();
        let sources: Vec<Source> = all.iter().map(|one| one.source).collect();
        let mut present = presences(network, &self.policy, &sources);
        present.sort_by_key(|one| (one.venue, one.span.from));
        Grounds {
            trace: self,
            network,
            sources: all.iter().map(|one| (one.source.person, *one)).collect(),
            reach_so_far: reach_so_far(&present),
            present,
        }
    }
}

fn reach_so_far(present: &[Presence]) -> Vec<i64> {
    let mut all = Vec::with_capacity(present.len());
    for at_venue in present.chunk_by(|a, b| a.venue == b.venue) {
        let mut latest = i64::MIN;
        all.extend(at_venue.iter().map(|one| {
            latest = latest.max(one.span.reach());
            latest
        }));
    }
    all
}

impl Grounds<'_> {
    /// Every exposure of a person, in order of time; none of somebody who was not reached.
    ///
    /// Linear in the person's contacts, and in the visits of sources to a venue from the
    /// earliest that still lasted when the person was there.
    pub fn exposures(&self, person: PersonId) -> Vec<Exposure> {
        let Some(generation) = self.generation(person) else {
            return Vec::new();
        };
        let own = self.together_with(person);
        own.iter()
            .filter(|(_, ranked, excluded)| ranked.exposes == generation && excluded.is_none())
            .map(|(together, ..)| together.exposure())
            .collect()
    }

    /// From whom a person was exposed, all of them. Costs what [`Self::exposures`] does.
    pub fn sources(&self, person: PersonId) -> BTreeSet<PersonId> {
        let exposures = self.exposures(person);
        exposures.iter().map(|exposure| exposure.source).collect()
    }

    /// The contacts of a person with sources, and their times together at venues, that do not
    /// count, each with the reason; in order of generation and time.
    ///
    /// Of visits only those that overlap with a source's while it could pass something on, and
    /// nothing with a source of the person's own generation or a later one. Costs what
    /// [`Self::exposures`] does.
    pub fn left_out(&self, person: PersonId) -> Vec<Excluded> {
        if self.is_case(person) {
            return Vec::new();
        }
        let generation = self.generation(person).unwrap_or(u8::MAX);
        let own = self.together_with(person).into_iter();
        let mut left_out: Vec<Excluded> = own
            .filter(|(_, ranked, _)| ranked.exposes <= generation)
            .filter_map(|(together, ranked, excluded)| {
                let reason = ranked.reason(excluded?);
                Some(together.excluded(ranked.exposes, reason))
            })
            .collect();
        left_out.sort_by_key(|excluded| excluded.generation);
        left_out
    }

    /// Whatever was left out, person by person in their order, found as one goes along.
    ///
    /// Keeps the people the sources met; the pairs are made one person at a time.
    pub fn all_left_out(&self) -> impl Iterator<Item = Excluded> {
        let people = self.met_by_sources();
        people.into_iter().flat_map(|person| self.left_out(person))
    }

    /// Everyone whom a source met, or who was at a venue while a source was.
    fn met_by_sources(&self) -> BTreeSet<PersonId> {
        let contacts = self.sources.keys().flat_map(|&source| {
            let met = self.network.meetings_of(source);
            met.map(move |(_, meeting)| meeting.other(source))
        });
        let mut people: BTreeSet<PersonId> = contacts.collect();
        for at_venue in self.present.chunk_by(|a, b| a.venue == b.venue) {
            let visits = visitors(self.network, &self.trace.policy, at_venue, |_| true);
            people.extend(visits.iter().map(|visit| visit.person));
        }
        people
    }

    fn generation(&self, person: PersonId) -> Option<u8> {
        self.trace.reached.get(&person).map(|one| one.generation)
    }

    fn is_case(&self, person: PersonId) -> bool {
        let cases = &self.trace.cases;
        cases
            .binary_search_by_key(&person, |case| case.person)
            .is_ok()
    }

    /// Every time together of a person with any source, in order of time.
    fn together_with(&self, person: PersonId) -> Vec<(Together, Ranked, Option<Exclusion>)> {
        let (network, policy) = (self.network, &self.trace.policy);
        let mut all = Vec::new();
        for (row, meeting) in network.meetings_of(person) {
            if let Some(&ranked) = self.sources.get(&meeting.other(person)) {
                let (together, excluded) =
                    sift_meeting(network, policy, ranked.source, (row, meeting));
                all.push((together, ranked, excluded));
            }
        }
        for (row, stay) in network.stays_of(person) {
            let own = Presence {
                venue: stay.venue,
                person,
                row,
                span: network.stay_span(stay, policy),
                end_known: stay.until.is_some(),
            };
            for source in self.sources_during(&own) {
                let shared = together(network, policy, source, &own);
                let ranked = self.sources.get(&source.person);
                if let (Some((together, excluded)), Some(&ranked)) = (shared, ranked) {
                    all.push((together, ranked, excluded));
                }
            }
        }
        all.sort_unstable_by(|(a, ..), (b, ..)| list_order(network, a, b));
        all
    }

    /// The visits of sources among which are all that overlap with a visit.
    fn sources_during(&self, own: &Presence) -> &[Presence] {
        let start = self.present.partition_point(|one| one.venue < own.venue);
        let end = self
            .present
            .partition_point(|one| (one.venue, one.span.from) < (own.venue, own.span.reach()));
        let here = self.reach_so_far.get(start..end).unwrap_or(&[]);
        let over = here.partition_point(|&reach| reach <= own.span.from);
        self.present.get(start + over..end).unwrap_or(&[])
    }
}
