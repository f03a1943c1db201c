//! Small made-up worlds, and what a trace of one says.

use std::collections::{BTreeMap, BTreeSet};

use contact_tracing::{
    CaseClass, CaseFacts, Contact, ContactNetwork, ContactWindow, Judgement, OpenEnd, Trace,
    TracingPolicy, Visit, trace_forward,
};
use proptest::option::of;
use proptest::prelude::*;

use super::{Found, Met, World, hour, person, venue};

const HOURS: i64 = 96;

pub(crate) fn contact() -> impl Strategy<Value = Contact> {
    let setting = of(prop::sample::select(vec!["home", "meal", "bus"]));
    let judged = of(prop::sample::select(vec![
        Judgement::Close,
        Judgement::NotClose,
    ]));
    let judged = prop_oneof![4 => Just(None), 1 => judged];
    let one = (
        0usize..7,
        0usize..7,
        0..HOURS,
        of(0i64..30),
        setting,
        of(any::<bool>()),
        judged,
    );
    one.prop_map(|(a, b, from, lasted, setting, protected, judged)| Contact {
        person_a: person(a),
        person_b: person(b),
        from: hour(from),
        until: lasted.map(|lasted| hour(from + lasted)),
        setting: setting.map(Box::from),
        protected,
        judged,
    })
}

pub(crate) fn visit() -> impl Strategy<Value = Visit> {
    let one = (0usize..7, 0usize..3, 0..HOURS, of(0i64..12));
    one.prop_map(|(who, place, from, lasted)| Visit {
        person: person(who),
        venue: venue(place),
        from: hour(from),
        until: lasted.map(|lasted| hour(from + lasted)),
    })
}

pub(crate) fn cases() -> impl Strategy<Value = Vec<CaseFacts>> {
    let class = prop::sample::select(CaseClass::ALL);
    let one = (
        0usize..7,
        class,
        of(0i64..4),
        of(0i64..4),
        of(0..HOURS),
        of(0..HOURS),
    );
    let one = one.prop_map(
        |(who, class, onset, sampled, confirmed, isolated)| CaseFacts {
            person: person(who),
            class,
            onset: onset.map(|day| hour(24 * day).date()),
            sampled_at: sampled.map(|day| hour(24 * day).date()),
            confirmed_at: confirmed.map(hour),
            isolated_at: isolated.map(hour),
        },
    );
    prop::collection::vec(one, 1..4)
}

pub(crate) fn open_end() -> impl Strategy<Value = OpenEnd> {
    prop_oneof![
        (0u32..5).prop_map(|hours| OpenEnd::Minutes(hours * 60)),
        Just(OpenEnd::EndOfDay),
        Just(OpenEnd::Ongoing),
    ]
}

pub(crate) fn policies() -> impl Strategy<Value = TracingPolicy> {
    let windows = (0u32..3, of(0u32..3)).prop_map(|(onset, sampling)| ContactWindow {
        before_onset_days: onset,
        before_sampling_days: sampling,
    });
    let listed = of(Just(BTreeSet::from(["home".to_owned(), "meal".to_owned()])));
    let numbers = (0u32..4, 0u32..2, 0u8..4, 0u32..3, 0u32..3, 0u32..3);
    let rest = (
        (windows, of(0u32..3)),
        numbers,
        any::<bool>(),
        open_end(),
        open_end(),
        listed,
    );
    rest.prop_map(
        |((window, infectious_days), numbers, protected_counts, contact, visit, settings)| {
            let (look_back_days, latent_days, generations, meal, stay, lingering) = numbers;
            TracingPolicy {
                window,
                infectious_days,
                look_back_days,
                latent_days,
                generations,
                protected_counts,
                least_venue_minutes: stay * 60,
                lingering_minutes: lingering * 60,
                contact_without_end: contact,
                visit_without_end: visit,
                settings,
                least_minutes: BTreeMap::from([("meal".to_owned(), meal * 60)]),
            }
        },
    )
}

pub(crate) fn worlds() -> impl Strategy<Value = World> {
    let quarantined = prop::collection::vec(of(0..HOURS), 7);
    let parts = (
        prop::collection::vec(contact(), 0..14),
        prop::collection::vec(visit(), 0..14),
        cases(),
        policies(),
        quarantined,
        of(40..HOURS),
    );
    parts.prop_map(
        |(contacts, visits, cases, policy, quarantined, end)| World {
            contacts,
            visits,
            cases,
            policy,
            quarantined_at: quarantined.into_iter().map(|at| at.map(hour)).collect(),
            end: end.map(hour),
        },
    )
}

pub(crate) fn traced(world: &World, rotated_by: usize) -> (ContactNetwork, Trace) {
    let network = ContactNetwork::build(&world.log(rotated_by));
    let trace = trace_forward(&network, &world.cases, &world.policy, &|person| {
        world.quarantined(person)
    });
    (network, trace)
}

/// What a trace says, in the oracle's words.
pub(crate) fn told(network: &ContactNetwork, trace: &Trace) -> Found {
    let ids = |evidence| {
        network
            .records(evidence)
            .iter()
            .map(|id| id.to_string())
            .collect()
    };
    let grounds = trace.grounds(network);
    let mut found = Found::default();
    for reached in trace.reached.values() {
        let mut met: Vec<Met> = grounds
            .exposures(reached.person)
            .iter()
            .map(|met| (met.from, met.until, met.source, ids(met.evidence)))
            .collect();
        met.sort();
        found
            .reached
            .insert(reached.person, (reached.generation, met));
    }
    for out in grounds.all_left_out() {
        let reason = out.reason.to_string();
        found.excluded.insert((
            out.generation,
            out.source,
            out.person,
            ids(out.evidence),
            reason,
        ));
    }
    found
}

/// Worlds in which all visits are to one place on two days, and every contact was judged not
/// close: who is found first at the place is often one who does not count.
pub(crate) fn crowded() -> impl Strategy<Value = World> {
    let visits = prop::collection::vec(visit(), 6..20);
    (worlds(), visits).prop_map(|(mut world, visits)| {
        let early = |visit: Visit| {
            let from = hour(super::hours(visit.from) % 48);
            Visit {
                venue: venue(0),
                from,
                until: visit.until.map(|until| from + (until - visit.from)),
                ..visit
            }
        };
        world.visits = visits.into_iter().map(early).collect();
        for contact in &mut world.contacts {
            contact.judged = Some(Judgement::NotClose);
        }
        world
    })
}
