//! 重担子, the measures: orders as they stand, what the books ask for next, who is referred.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contact_tracing::{CaseFacts, Reached, cases_as_of};
use grid_model::{AsOf, PersonId, PersonPresence, Snapshot};
use quarantine_rules::{
    Assessment, ContactCause, GatheringCounts, MeasureClass, Orders, PeopleByClass, Proposal,
    Referral, Situation, assess, gatherings, health_facts, referrals,
};

use super::OutbreakDay;
use crate::{Policy, Records};

/// What the rules answer of a day.
#[derive(Clone, Debug)]
pub struct QuarantineDay {
    /// Every order given by the end of the day, as it stands.
    pub orders: Orders,
    /// What the books ask for: orders to give, orders to review, facts to find out.
    pub assessment: Assessment,
    /// Fevers of the day, for the fever clinic.
    pub referrals: Vec<Referral>,
    /// Weddings and funerals.
    pub gatherings: GatheringCounts,
}

/// Asks `quarantine-rules` of a day: every arrival, and everyone the trace reached.
pub fn quarantine(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    orders: Orders,
    outbreak: &OutbreakDay,
) -> QuarantineDay {
    let as_of = town.as_of;
    let cases = cases_as_of(&records.cases, as_of);
    let contacts = contact_causes(town, outbreak, &cases);
    let known = health_facts(&records.health, as_of);
    let assessment = assess(&Situation {
        books: &policy.books,
        policy: &policy.rules,
        orders: &orders,
        arrivals: &records.arrivals,
        contacts: &contacts,
        known: &known,
        as_of,
    });
    QuarantineDay {
        assessment,
        orders,
        referrals: referrals(&records.health, &policy.rules, as_of),
        gatherings: gatherings(&records.gatherings, &policy.rules, as_of),
    }
}

/// Everyone of the township whom the trace reached, with the index case of the last exposure.
fn contact_causes(
    town: &Snapshot<'_>,
    outbreak: &OutbreakDay,
    cases: &[CaseFacts],
) -> Vec<ContactCause> {
    let of_person: BTreeMap<PersonId, &CaseFacts> =
        cases.iter().map(|case| (case.person, case)).collect();
    let here = |reached: &&Reached| is_of_here(town, reached.person);
    let cause = |reached: &Reached| {
        let index = reached
            .last_source()
            .and_then(|source| of_person.get(&source));
        ContactCause {
            person: reached.person,
            first_exposure: reached.first_exposure.date(),
            last_exposure: reached.last_exposure_day,
            index_onset: index.and_then(|case| case.onset),
            index_sampled: index.and_then(|case| case.sampled_at),
            secondary: reached.generation > 1,
        }
    };
    outbreak
        .trace
        .reached
        .values()
        .filter(here)
        .map(cause)
        .collect()
}

/// Whether a person is of the township, present or away.
pub(crate) fn is_of_here(town: &Snapshot<'_>, person: PersonId) -> bool {
    town.person(person)
        .is_some_and(|one| one.presence != Some(PersonPresence::Elsewhere))
}

/// The class a proposal puts a person in.
fn class_of(proposal: &Proposal, policy: &Policy) -> MeasureClass {
    MeasureClass::of(Some(proposal.measure), Some(&proposal.place), &policy.rules)
}

impl QuarantineDay {
    /// Who is under which measure at the end of a day; on the day spoken of, today's proposals
    /// included, each person under one measure alone.
    pub fn under_on(&self, day: NaiveDate, as_of: AsOf, policy: &Policy) -> PeopleByClass {
        let standing = self.orders.under_on(day, &policy.rules);
        if day != as_of.day {
            return standing;
        }
        let proposed: BTreeSet<PersonId> = self
            .assessment
            .proposals
            .iter()
            .map(|one| one.person)
            .collect();
        let unchanged = |people: Vec<PersonId>| -> BTreeSet<PersonId> {
            people
                .into_iter()
                .filter(|person| !proposed.contains(person))
                .collect()
        };
        self.with_proposals(
            unchanged(standing.home),
            unchanged(standing.central),
            unchanged(standing.outside),
            unchanged(standing.other),
            policy,
        )
    }

    /// Whom an order ever put under which measure by the end of the day, today's proposals
    /// included.
    pub fn ever(&self, as_of: AsOf, policy: &Policy) -> PeopleByClass {
        let ever = self.orders.ever_until(as_of.day, &policy.rules);
        let set = |people: Vec<PersonId>| people.into_iter().collect();
        self.with_proposals(
            set(ever.home),
            set(ever.central),
            set(ever.outside),
            set(ever.other),
            policy,
        )
    }

    fn with_proposals(
        &self,
        mut home: BTreeSet<PersonId>,
        mut central: BTreeSet<PersonId>,
        mut outside: BTreeSet<PersonId>,
        mut other: BTreeSet<PersonId>,
        policy: &Policy,
    ) -> PeopleByClass {
        for proposal in &self.assessment.proposals {
            match class_of(proposal, policy) {
                MeasureClass::Home => home.insert(proposal.person),
                MeasureClass::Central => central.insert(proposal.person),
                MeasureClass::Outside => outside.insert(proposal.person),
                MeasureClass::Other => other.insert(proposal.person),
            };
        }
        let list = |people: BTreeSet<PersonId>| people.into_iter().collect();
        PeopleByClass {
            home: list(home),
            central: list(central),
            outside: list(outside),
            other: list(other),
        }
    }

    /// Everyone under any measure at the end of the day.
    pub fn held_now(&self, as_of: AsOf, policy: &Policy) -> BTreeSet<PersonId> {
        let under = self.under_on(as_of.day, as_of, policy);
        [under.home, under.central, under.outside, under.other]
            .concat()
            .into_iter()
            .collect()
    }
}
