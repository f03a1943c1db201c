//! Tracing the slow, obvious way: every pair of rows is looked at, and time is a set of half
//! hours. Half hour `2h` is the instant `h` o'clock, `2h + 1` the rest of that hour.

#![allow(dead_code, reason = "each test file uses its part of the oracle")]

pub(crate) mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use contact_tracing::{
    CaseClass, CaseFacts, Contact, ContactLog, Judgement, OpenEnd, TracingPolicy, Visit,
};
use grid_model::{PersonId, VenueId};

/// 00:00 of the first day of every made-up world.
pub(crate) fn start() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2020, 2, 20)
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .unwrap()
}

/// The instant so many hours after the start.
pub(crate) fn hour(hours: i64) -> NaiveDateTime {
    start() + TimeDelta::hours(hours)
}

fn hours(at: NaiveDateTime) -> i64 {
    (at - start()).num_hours()
}

/// A log, its cases and the rules, all small.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) contacts: Vec<Contact>,
    pub(crate) visits: Vec<Visit>,
    pub(crate) cases: Vec<CaseFacts>,
    pub(crate) policy: TracingPolicy,
    /// By person number.
    pub(crate) quarantined_at: Vec<Option<NaiveDateTime>>,
    pub(crate) end: Option<NaiveDateTime>,
}

impl World {
    /// The log with its rows as given, named c0, c1, … and v0, v1, …; rotated for another order.
    pub(crate) fn log(&self, rotated_by: usize) -> ContactLog {
        let mut log = ContactLog::new();
        let mut contacts: Vec<_> = self.contacts.iter().enumerate().collect();
        let mut visits: Vec<_> = self.visits.iter().enumerate().collect();
        let turn = rotated_by % contacts.len().max(1);
        contacts.rotate_left(turn);
        visits.reverse();
        for (index, contact) in contacts {
            log.record_contact(&format!("c{index}"), contact);
        }
        for (index, visit) in visits {
            log.record_visit(&format!("v{index}"), visit);
        }
        if let Some(end) = self.end {
            log.ends_at(end);
        }
        log
    }

    pub(crate) fn quarantined(&self, person: PersonId) -> Option<NaiveDateTime> {
        self.quarantined_at.get(person.index()).copied().flatten()
    }
}

/// Exposures of a person: first instant, last instant, source, ids of the records.
pub(crate) type Met = (NaiveDateTime, NaiveDateTime, PersonId, Vec<String>);

/// The first second that is no longer part of an exposure.
pub(crate) fn reach(met: &Met) -> NaiveDateTime {
    met.1.max(met.0 + TimeDelta::seconds(1))
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) reached: BTreeMap<PersonId, (u8, Vec<Met>)>,
    /// Generation, source, person, ids, reason.
    pub(crate) excluded: BTreeSet<(u8, PersonId, PersonId, Vec<String>, String)>,
}

type Halves = BTreeSet<i64>;

fn halves(from: i64, until: i64) -> Halves {
    if from == until {
        return [2 * from].into();
    }
    (2 * from..2 * until).collect()
}

fn bounds(halves: &Halves) -> (NaiveDateTime, NaiveDateTime) {
    let (first, last) = (halves.first().unwrap(), halves.last().unwrap());
    (hour(first / 2), hour((last + 1) / 2))
}

fn minutes(halves: &Halves) -> u32 {
    let whole = halves.iter().filter(|half| *half % 2 != 0).count();
    u32::try_from(whole).unwrap() * 60
}

fn last_seen(world: &World) -> i64 {
    let contacts = world.contacts.iter().filter(|c| sound(c));
    let contacts = contacts.map(|c| (c.from, c.until));
    let visits = world.visits.iter().map(|v| (v.from, v.until));
    let cut = world.end.map_or(i64::MAX, hours);
    contacts
        .chain(visits)
        .filter(|(from, _)| hours(*from) < cut)
        .map(|(from, until)| hours(until.unwrap_or(from)).min(cut))
        .max()
        .unwrap_or(0)
}

fn sound(contact: &Contact) -> bool {
    contact.person_a != contact.person_b
}

/// The hours of a row, cut off at the end of the log; nothing if it begins after that.
fn lasted(
    world: &World,
    from: NaiveDateTime,
    until: Option<NaiveDateTime>,
    open: OpenEnd,
) -> Option<(i64, i64)> {
    let cut = world.end.map_or(i64::MAX, hours);
    let from = hours(from);
    if from >= cut {
        return None;
    }
    let until = match (until, open) {
        (Some(until), _) => hours(until),
        (None, OpenEnd::Minutes(minutes)) => from + i64::from(minutes) / 60,
        (None, OpenEnd::EndOfDay) => (from / 24 + 1) * 24,
        (None, OpenEnd::Ongoing) => world.end.map_or(last_seen(world), hours),
    };
    Some((from, until.min(cut).max(from)))
}

fn infectious(world: &World) -> BTreeMap<PersonId, Option<(i64, i64)>> {
    let mut all: BTreeMap<PersonId, Option<(i64, i64)>> = BTreeMap::new();
    let mut isolated: BTreeMap<PersonId, i64> = BTreeMap::new();
    for case in &world.cases {
        if let Some(at) = case.isolated_at {
            let known = isolated.entry(case.person).or_insert(i64::MIN);
            *known = (*known).max(hours(at));
        }
    }
    let mut over: BTreeMap<PersonId, i64> = BTreeMap::new();
    for case in &world.cases {
        let day = case.onset.or(case.sampled_at);
        if let (Some(day), Some(days)) = (day, world.policy.infectious_days) {
            let last = (day - start().date()).num_days() + i64::from(days);
            let known = over.entry(case.person).or_insert(i64::MIN);
            *known = (*known).max(24 * (last + 1));
        }
    }
    for case in &world.cases {
        let isolated = isolated.get(&case.person).copied().unwrap_or(1000);
        let until = isolated.min(over.get(&case.person).copied().unwrap_or(1000));
        let from = infectious_from(world, case);
        let known = all.entry(case.person).or_insert(None);
        *known = match (*known, from) {
            (Some((a, _)), Some(b)) => Some((a.min(b), until)),
            (None, Some(b)) => Some((b, until)),
            (known, None) => known.map(|(a, _)| (a, until)),
        };
    }
    all
}

fn infectious_from(world: &World, case: &CaseFacts) -> Option<i64> {
    let window = world.policy.window;
    let silent = case.class == CaseClass::Asymptomatic;
    let sampling_days = match window.before_sampling_days {
        Some(days) => days,
        None if silent && case.onset.is_none() => return None,
        None => window.before_onset_days,
    };
    let end = hour(world.end.map_or(last_seen(world), hours)).date();
    let (day, days) = match (case.onset, case.sampled_at) {
        (Some(onset), _) => (onset, window.before_onset_days),
        (None, Some(sampled)) => (sampled, sampling_days),
        (None, None) => (
            case.confirmed_at
                .or(case.isolated_at)
                .map_or(end, |at| at.date()),
            world.policy.look_back_days.max(sampling_days),
        ),
    };
    Some((day - start().date()).num_days() * 24 - i64::from(days) * 24)
}

/// The hour a case was isolated, by the record that says the latest.
fn isolated_last(world: &World, person: PersonId) -> Option<i64> {
    let own = world.cases.iter().filter(|case| case.person == person);
    own.filter_map(|case| case.isolated_at.map(hours)).max()
}

struct Open<'a> {
    world: &'a World,
    generation: u8,
    source: PersonId,
    window: Halves,
    /// The hour the window ends, known of an empty window too.
    until: i64,
    /// Whether somebody ended it: by isolation or quarantine.
    isolated: bool,
}

/// Traces by looking at everything.
pub(crate) fn trace(world: &World) -> Found {
    let mut found = Found::default();
    let cases = infectious(world);
    let mut closed: BTreeSet<PersonId> = cases.keys().copied().collect();
    let mut sources: Vec<(PersonId, (i64, i64))> = cases
        .iter()
        .filter_map(|(person, window)| Some((*person, (*window)?)))
        .collect();
    for generation in 1..=world.policy.generations {
        let mut met: BTreeMap<PersonId, Vec<Met>> = BTreeMap::new();
        for (source, (from, until)) in &sources {
            let window = if from < until {
                halves(*from, *until)
            } else {
                Halves::new()
            };
            let open = Open {
                world,
                generation,
                source: *source,
                window,
                until: *until,
                isolated: generation > 1 || isolated_last(world, *source) == Some(*until),
            };
            by_contacts(&open, &closed, &mut met, &mut found);
            by_visits(&open, &closed, &mut met, &mut found);
        }
        sources.clear();
        for (person, mut met) in met {
            met.sort();
            let first = met[0].0 + TimeDelta::days(i64::from(world.policy.latent_days));
            let until = world.quarantined(person).map_or(1000, hours);
            sources.push((person, (hours(first), until)));
            closed.insert(person);
            found.reached.insert(person, (generation, met));
        }
    }
    found
}

fn by_contacts(
    open: &Open<'_>,
    closed: &BTreeSet<PersonId>,
    met: &mut BTreeMap<PersonId, Vec<Met>>,
    found: &mut Found,
) {
    let policy = &open.world.policy;
    for (index, contact) in open.world.contacts.iter().enumerate() {
        let other = match (contact.person_a, contact.person_b) {
            (a, b) if a == open.source && b != a => b,
            (a, b) if b == open.source && b != a => a,
            _ => continue,
        };
        let whole = lasted(
            open.world,
            contact.from,
            contact.until,
            policy.contact_without_end,
        );
        let (Some((from, until)), false) = (whole, closed.contains(&other)) else {
            continue;
        };
        let inside: Halves = halves(from, until)
            .intersection(&open.window)
            .copied()
            .collect();
        let reason = why_not(open, contact, from, &inside);
        note(
            open,
            other,
            &inside,
            vec![format!("c{index}")],
            reason,
            met,
            found,
        );
    }
}

fn why_not(open: &Open<'_>, contact: &Contact, from: i64, inside: &Halves) -> Option<&'static str> {
    let policy = &open.world.policy;
    let setting = contact.setting.as_deref();
    let unlisted = match (&policy.settings, setting) {
        (Some(listed), Some(setting)) => !listed.contains(setting),
        _ => false,
    };
    let least = setting.and_then(|setting| policy.least_minutes.get(setting));
    if contact.judged == Some(Judgement::NotClose) {
        Some("judged not close")
    } else if inside.is_empty() {
        Some(outside(open, from))
    } else if contact.judged == Some(Judgement::Close) {
        None
    } else if unlisted {
        Some("setting not listed")
    } else if contact.protected == Some(true) && !policy.protected_counts {
        Some("protected")
    } else if contact.until.is_some() && minutes(inside) < least.copied().unwrap_or(0) {
        Some("too short")
    } else {
        None
    }
}

fn outside(open: &Open<'_>, from: i64) -> &'static str {
    match (from >= open.until, open.generation) {
        (true, 1) if !open.isolated => "after the infectious period",
        (true, 1) => "after isolation",
        (true, _) => "after quarantine of the source",
        (false, 1) => "before the infectious period",
        (false, _) => "before the first exposure of the source",
    }
}

fn by_visits(
    open: &Open<'_>,
    closed: &BTreeSet<PersonId>,
    met: &mut BTreeMap<PersonId, Vec<Met>>,
    found: &mut Found,
) {
    let (world, policy) = (open.world, &open.world.policy);
    for (i, theirs) in world.visits.iter().enumerate() {
        for (j, own) in world.visits.iter().enumerate() {
            let at_one_place = theirs.venue == own.venue && theirs.person == open.source;
            if !at_one_place || own.person == open.source || closed.contains(&own.person) {
                continue;
            }
            let span =
                |visit: &Visit| lasted(world, visit.from, visit.until, policy.visit_without_end);
            let (Some((a, b)), Some((c, d))) = (span(theirs), span(own)) else {
                continue;
            };
            let there: Halves = halves(a, b).intersection(&open.window).copied().collect();
            if there.is_empty() {
                continue;
            }
            let (from, until) = bounds(&there);
            let lingering = i64::from(policy.lingering_minutes) / 60;
            let there = halves(hours(from), hours(until) + lingering);
            let shared: Halves = there.intersection(&halves(c, d)).copied().collect();
            if shared.is_empty() {
                continue;
            }
            let denied = denied(world, open.source, own.person, &shared);
            let known = theirs.until.is_some() && own.until.is_some();
            let reason = if denied {
                Some("judged not close")
            } else if known && minutes(&shared) < policy.least_venue_minutes {
                Some("too short")
            } else {
                None
            };
            let ids = vec![format!("v{i}"), format!("v{j}")];
            note(open, own.person, &shared, ids, reason, met, found);
        }
    }
}

fn denied(world: &World, a: PersonId, b: PersonId, shared: &Halves) -> bool {
    world.contacts.iter().any(|contact| {
        let pair = [contact.person_a, contact.person_b];
        let span = lasted(
            world,
            contact.from,
            contact.until,
            world.policy.contact_without_end,
        );
        (pair == [a, b] || pair == [b, a])
            && contact.judged == Some(Judgement::NotClose)
            && span.is_some_and(|(from, until)| !halves(from, until).is_disjoint(shared))
    })
}

fn note(
    open: &Open<'_>,
    person: PersonId,
    inside: &Halves,
    ids: Vec<String>,
    reason: Option<&str>,
    met: &mut BTreeMap<PersonId, Vec<Met>>,
    found: &mut Found,
) {
    match reason {
        Some(reason) => {
            let excluded = (open.generation, open.source, person, ids, reason.to_owned());
            found.excluded.insert(excluded);
        }
        None => {
            let (from, until) = bounds(inside);
            met.entry(person)
                .or_default()
                .push((from, until, open.source, ids));
        }
    }
}

/// A person by number.
pub(crate) fn person(index: usize) -> PersonId {
    PersonId::from_index(index).unwrap()
}

/// A venue by number.
pub(crate) fn venue(index: usize) -> VenueId {
    VenueId::from_index(index).unwrap()
}
