//! 重担子, the contacts: whom the cases may have infected, inside the dated window.

use chrono::{Days, NaiveDate, NaiveDateTime};
use contact_tracing::{
    CaseClass, ContactLog, ContactNetwork, ContactWindow, Reached, Trace, TracingPolicy,
    cases_as_of, trace_forward,
};
use grid_model::{PersonId, PersonPresence, Snapshot};
use quarantine_rules::{Orders, contact_window};

use crate::{Policy, Records};

/// What tracing answers of a day.
#[derive(Clone, Debug)]
pub struct OutbreakDay {
    /// Everyone reached, with first and last exposure and path.
    pub trace: Trace,
    /// What was traced in: `trace.grounds(&network)` tells every exposure and what was left out.
    pub network: ContactNetwork,
    /// The window used, and the clause it comes from; nothing where no book gives one and the
    /// policy's own was used.
    pub window: ContactWindow,
    /// The clause the window comes from.
    pub window_clause: Option<Box<str>>,
    /// Confirmed cases among people of the township.
    pub confirmed_cases: usize,
}

impl OutbreakDay {
    /// The people of one generation: 1 close contacts, 2 secondary contacts.
    pub fn of_generation(&self, generation: u8) -> impl Iterator<Item = &Reached> {
        self.trace
            .reached
            .values()
            .filter(move |reached| reached.generation == generation)
    }

    /// Those reached of whom it is not over: the last exposure lies within the days the policy
    /// looks back from the day.
    pub fn still_open(
        &self,
        policy: &TracingPolicy,
        day: NaiveDate,
    ) -> impl Iterator<Item = &Reached> {
        let days = Days::new(u64::from(policy.look_back_days));
        self.trace.reached.values().filter(move |one| {
            let last = one.last_exposure_day.checked_add_days(days);
            last.is_none_or(|last| day <= last)
        })
    }
}

/// Asks `contact-tracing` of a day, with the contact window of the day's rule book.
pub fn outbreak(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    orders: &Orders,
) -> OutbreakDay {
    let as_of = town.as_of;
    let (window, window_clause) = window(policy, as_of.day);
    let tracing = TracingPolicy {
        window,
        ..policy.tracing.clone()
    };
    let log = ContactLog::as_of(&records.contacts, &records.visits, as_of);
    let cases = cases_as_of(&records.cases, as_of);
    let quarantined_at = |person| first_order(records, orders, person, as_of);
    let network = ContactNetwork::build(&log);
    let trace = trace_forward(&network, &cases, &tracing, &quarantined_at);
    let of_here = |person| {
        town.person(person)
            .is_some_and(|one| one.presence != Some(PersonPresence::Elsewhere))
    };
    let confirmed = cases
        .iter()
        .filter(|case| case.class == CaseClass::Confirmed && of_here(case.person));
    let confirmed_cases = confirmed.count();
    OutbreakDay {
        trace,
        network,
        window,
        window_clause,
        confirmed_cases,
    }
}

/// The window of the day's book; the policy's own where no book gives one.
fn window(policy: &Policy, day: NaiveDate) -> (ContactWindow, Option<Box<str>>) {
    let (authority, disease) = (&policy.rules.authority, &policy.rules.disease);
    let of_book =
        |asymptomatic| contact_window(&policy.books, authority, disease, day, asymptomatic);
    match of_book(false) {
        None => (policy.tracing.window, None),
        Some((days, clause)) => {
            let window = ContactWindow {
                before_onset_days: u32::from(days),
                before_sampling_days: of_book(true).map(|(days, _)| u32::from(days)),
            };
            (window, Some(clause.id.clone()))
        }
    }
}

/// When a person was first ordered under a measure.
fn first_order(
    records: &Records,
    orders: &Orders,
    person: PersonId,
    as_of: grid_model::AsOf,
) -> Option<NaiveDateTime> {
    let first = orders.of(person).first()?;
    let event = records.orders.position(first.records.first()?)?;
    Some(records.orders.held(event, as_of)?.what.at)
}
