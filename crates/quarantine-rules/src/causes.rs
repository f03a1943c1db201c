//! What calls for an order: arrivals and traced contacts, and what the books say of them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AsOf, Held, Ledger, PersonId};

use crate::arrival::Arriving;
use crate::decide::{Asked, One};
use crate::journeys::{Journey, journeys};
use crate::orders::OrderPeriod;
use crate::{Arrival, Books, Decision, FactName, Facts, Governed, Orders, RulesPolicy, Subject};

/// A contact the trace found, as plain data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactCause {
    /// Who was exposed.
    pub person: PersonId,
    /// The first exposure that counts.
    pub first_exposure: NaiveDate,
    /// The last exposure that counts.
    pub last_exposure: NaiveDate,
    /// The onset of the index case.
    pub index_onset: Option<NaiveDate>,
    /// The day the index case was sampled, where it has no symptoms.
    pub index_sampled: Option<NaiveDate>,
    /// Whether the person met a close contact and no case.
    pub secondary: bool,
}

/// Everything `assess` looks at.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The rule books.
    pub books: &'a Books,
    /// The conventions of the township.
    pub policy: &'a RulesPolicy,
    /// The orders as they stand.
    pub orders: &'a Orders,
    /// Who came in.
    pub arrivals: &'a Ledger<Arrival>,
    /// Whom the trace found, in any order.
    pub contacts: &'a [ContactCause],
    /// What else is known of people; see `health_facts`.
    pub known: &'a BTreeMap<PersonId, Facts>,
    /// The day.
    pub as_of: AsOf,
}

/// Why an order is proposed, or looked at again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An arrival.
    Arrival {
        /// The id of its record.
        record: Box<str>,
        /// When.
        arrived_at: NaiveDateTime,
    },
    /// A contact the trace found.
    Contact {
        /// The last exposure that counts.
        last_exposure: NaiveDate,
        /// Whether the person met a close contact and no case.
        secondary: bool,
    },
}

impl Cause {
    /// The day the cause counts from.
    pub fn day(&self) -> NaiveDate {
        match self {
            Cause::Arrival { arrived_at, .. } => arrived_at.date(),
            Cause::Contact { last_exposure, .. } => *last_exposure,
        }
    }

    /// Whether an order answers it, whatever became of the order since.
    ///
    /// An arrival is answered by any order given on its day or later, or counted from then. A
    /// contact is answered by an order counted from its last exposure, or resting on the same
    /// clause; an order given for another reason answers it only where it is as strict and
    /// counted from later. Either is answered by a standing order as strict and as long.
    pub(crate) fn is_answered_by(
        &self,
        order: &OrderPeriod,
        held: Option<&Governed>,
        on: NaiveDate,
    ) -> bool {
        let day = self.day();
        let as_strict = held.is_none_or(|held| order.measure >= Some(held.on_as_of));
        let covers = order.held_on(on)
            && as_strict
            && held.is_none_or(|held| order.lasts_until(held.until_on_as_of()));
        let counted = order.counted_from;
        let answers = match self {
            Cause::Arrival { .. } => {
                order.from >= day || counted.is_some_and(|counted| counted >= day)
            }
            Cause::Contact { .. } => {
                let same_clause = held.is_some_and(|held| {
                    order.clause.as_deref() == Some(&*held.clause.id) && order.from >= day
                });
                let later = counted.is_some_and(|counted| counted > day) && as_strict;
                counted == Some(day) || same_clause || later
            }
        };
        answers || covers
    }
}

/// What the books say of one cause.
pub(crate) struct Judged {
    pub(crate) cause: Cause,
    pub(crate) decision: Decision,
}

/// A person with all causes, judged on the day.
pub(crate) struct Called {
    pub(crate) person: PersonId,
    pub(crate) judged: Vec<Judged>,
}

/// Every person with a cause, in the order of people, each cause judged by the books.
///
/// A cause that an order answered and that no standing order rests on is left out: it is settled,
/// and judging it again would cost a day its time.
pub(crate) fn called(situation: &Situation<'_>) -> Vec<Called> {
    let as_of = situation.as_of;
    let judge = Judge::new(situation);
    let mut arrivals: Vec<_> = situation.arrivals.happened(as_of).collect();
    arrivals.sort_by_key(|held| (held.what.person, held.what.arrived_at, held.index));
    let mut contacts: Vec<&ContactCause> = situation.contacts.iter().collect();
    contacts.sort_unstable();
    let mut called = Vec::new();
    let (mut arrivals, mut contacts) = (&arrivals[..], &contacts[..]);
    loop {
        let first = [
            arrivals.first().map(|held| held.what.person),
            contacts.first().map(|contact| contact.person),
        ];
        let Some(person) = first.into_iter().flatten().min() else {
            return called;
        };
        let came = arrivals.partition_point(|held| held.what.person == person);
        let met = contacts.partition_point(|contact| contact.person == person);
        called.push(judge.of(person, &arrivals[..came], &contacts[..met]));
        (arrivals, contacts) = (&arrivals[came..], &contacts[met..]);
    }
}

/// The books of the day, read once for everybody.
struct Judge<'a> {
    situation: &'a Situation<'a>,
    arriving: Arriving<'a>,
    close: One<'a>,
    secondary: One<'a>,
    nothing: Facts,
}

impl<'a> Judge<'a> {
    fn new(situation: &'a Situation<'a>) -> Self {
        let (books, policy, on) = (situation.books, situation.policy, situation.as_of.day);
        let asked = Asked::new(books, &policy.authority, &policy.disease, on);
        Judge {
            situation,
            arriving: Arriving::new(books, policy, on),
            close: One::new(&asked, Subject::CloseContact),
            secondary: One::new(&asked, Subject::SecondaryContact),
            nothing: Facts::new(Subject::LocalReturnee),
        }
    }

    /// Judges one person's causes.
    fn of(
        &self,
        person: PersonId,
        arrivals: &[Held<'_, Arrival>],
        contacts: &[&ContactCause],
    ) -> Called {
        let known = self.situation.known.get(&person).unwrap_or(&self.nothing);
        let home_ok = arrivals.iter().rev().find_map(|held| held.what.home_ok);
        let open = self.unsettled(person, arrivals).into_iter();
        let open = open.map(|journey| Judged {
            cause: Cause::Arrival {
                record: journey.records.first().copied().unwrap_or_default().into(),
                arrived_at: journey.arrival.arrived_at,
            },
            decision: self
                .arriving
                .decide(self.situation.policy, &journey.arrival, known),
        });
        let met = contacts.iter().map(|contact| Judged {
            cause: Cause::Contact {
                last_exposure: contact.last_exposure,
                secondary: contact.secondary,
            },
            decision: self.contact(contact, &facts_of(contact, known, home_ok)),
        });
        Called {
            person,
            judged: open.chain(met).collect(),
        }
    }

    /// The arrivals that no order answered, or all while an order stands; passing several
    /// checkpoints is one arrival.
    fn unsettled<'r>(&self, person: PersonId, arrivals: &[Held<'r, Arrival>]) -> Vec<Journey<'r>> {
        let orders = self.situation.orders.of(person);
        let on = self.situation.as_of.day;
        let standing = orders.iter().any(|order| order.held_on(on));
        let last_given = orders.iter().map(|order| order.from).max();
        let settled = |last_at: NaiveDate| last_given.is_some_and(|given| last_at <= given);
        // Most people's arrivals are settled: no journey is put together for them.
        let last = arrivals
            .iter()
            .map(|held| held.what.arrived_at.date())
            .max();
        if !standing && last.is_none_or(settled) {
            return Vec::new();
        }
        let mut open = journeys(arrivals);
        open.retain(|journey| standing || !settled(journey.arrival.arrived_at.date()));
        open
    }

    fn contact(&self, contact: &ContactCause, facts: &Facts) -> Decision {
        let rules = match contact.secondary {
            true => &self.secondary,
            false => &self.close,
        };
        rules.decide(self.situation.policy.unknown, facts)
    }
}

fn facts_of(contact: &ContactCause, known: &Facts, home_ok: Option<bool>) -> Facts {
    Facts {
        subject: match contact.secondary {
            true => Subject::SecondaryContact,
            false => Subject::CloseContact,
        },
        // The trace has filtered by the contact window already: only the last exposure counts.
        exposures: None,
        last_exposure: Some(contact.last_exposure),
        index_onset: contact.index_onset,
        index_sampled: contact.index_sampled,
        home_ok: known.home_ok.or(home_ok),
        ..known.clone()
    }
}

impl Judged {
    /// What the person is to be held under for this cause.
    pub(crate) fn held(&self) -> Option<&Governed> {
        self.decision.held_under()
    }

    pub(crate) fn needs(&self) -> &[Vec<FactName>] {
        self.decision.needs()
    }
}
