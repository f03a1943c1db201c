//! 重担子, the measures: orders as they stand, what the books ask for next, who is referred.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contact_tracing::{CaseFacts, Reached, cases_as_of};
use grid_model::{AsOf, HouseholdId, PersonId, PersonPresence, Snapshot, end_of};
use quarantine_rules::{
    Assessment, CheckpointDay, CheckpointRecords, ContactCause, Facts, GatheringCounts,
    HouseholdMember, Measure, MeasureClass, Orders, PeopleByClass, Proposal, Referral,
    ReleaseCertificate, Situation, assess, checkpoint, explain_gathering, explain_release,
    gatherings, health_facts, household_members, referrals,
};
use reporting::Text;

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
    /// Who arrived and what the checkpoints do first, companions, hand-overs that are open.
    pub checkpoint: CheckpointDay,
    /// Who is released, today, tomorrow, and who should have been told before.
    pub releases: Releases,
    /// Who lives with somebody held at home and is under no order.
    pub household_members: Vec<HouseholdMember>,
    /// What is advised on each gathering whose advice is given or was not kept, by its id.
    pub(crate) gathering_advice: BTreeMap<Box<str>, Text>,
}

/// A release certificate and its wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseNotice {
    /// What it says and what is missing for it.
    pub certificate: ReleaseCertificate,
    /// The wording.
    pub text: Text,
}

/// The certificates the staff hands over, in the order of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Releases {
    /// Today's.
    pub today: Vec<ReleaseNotice>,
    /// Tomorrow's, as far as is known.
    pub tomorrow: Vec<ReleaseNotice>,
    /// Those due before today of which no record tells.
    pub overdue: Vec<ReleaseNotice>,
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
    let at_the_gate = CheckpointRecords {
        arrivals: &records.arrivals,
        passages: &records.passages,
        health: &records.health,
        orders: &orders,
        known: &known,
    };
    let gatherings = gatherings(&records.gatherings, &policy.books, &policy.rules, as_of);
    QuarantineDay {
        assessment,
        referrals: referrals(&records.health, &policy.rules, as_of),
        checkpoint: checkpoint(&policy.books, &policy.rules, &at_the_gate, as_of),
        releases: releases(&orders, policy, &known, as_of.day),
        household_members: members_of_held(town, records, &orders),
        gathering_advice: gathering_advice(&gatherings, policy),
        gatherings,
        orders,
    }
}

/// The certificates of a day, of the next, and those overdue, each with its wording.
fn releases(
    orders: &Orders,
    policy: &Policy,
    known: &BTreeMap<PersonId, Facts>,
    today: NaiveDate,
) -> Releases {
    let books = &policy.books;
    let worded = |certificates: Vec<ReleaseCertificate>| -> Vec<ReleaseNotice> {
        let notices = certificates.into_iter().map(|certificate| {
            let text = in_both(|language| explain_release(&certificate, books, language));
            ReleaseNotice { certificate, text }
        });
        notices.collect()
    };
    let tomorrow = end_of(today).date();
    Releases {
        today: worded(orders.certificates_on(today, books, known)),
        tomorrow: worded(orders.certificates_on(tomorrow, books, known)),
        overdue: worded(orders.certificates_overdue(today, books, known)),
    }
}

/// A text of the rules in both languages.
fn in_both(told: impl Fn(quarantine_rules::Language) -> String) -> Text {
    Text::new(
        told(quarantine_rules::Language::Chinese),
        told(quarantine_rules::Language::English),
    )
}

fn gathering_advice(gatherings: &GatheringCounts, policy: &Policy) -> BTreeMap<Box<str>, Text> {
    let planned = gatherings
        .to_advise
        .iter()
        .chain(&gatherings.against_advice);
    planned
        .map(|one| {
            let told = in_both(|language| explain_gathering(&one.ruling, &policy.books, language));
            (one.id.clone(), told)
        })
        .collect()
}

/// Who lives with somebody held at home and is under no order; only those households are read.
fn members_of_held(
    town: &Snapshot<'_>,
    records: &Records,
    orders: &Orders,
) -> Vec<HouseholdMember> {
    let at_home = |measure: Measure| measure.is_at_home() || measure == Measure::HomeIsolation;
    let day = town.as_of.day;
    let held: BTreeSet<PersonId> = orders
        .periods()
        .iter()
        .filter(|order| order.held_on(day) && order.measure.is_some_and(at_home))
        .map(|order| order.person)
        .collect();
    let mut households: BTreeMap<HouseholdId, Vec<PersonId>> = held
        .iter()
        .filter_map(|person| Some((town.household_of(*person)?, Vec::new())))
        .collect();
    if households.is_empty() {
        return Vec::new();
    }
    for (person, one) in town.people() {
        let household = town.household_of(person).filter(|_| one.is_here());
        if let Some(members) = household.and_then(|home| households.get_mut(&home)) {
            members.push(person);
        }
    }
    let mut home_ok = BTreeMap::new();
    let mut arrivals: Vec<_> = records.arrivals.happened(town.as_of).collect();
    arrivals.retain(|arrival| held.contains(&arrival.what.person));
    arrivals.sort_by_key(|arrival| (arrival.what.arrived_at, arrival.index));
    for arrival in arrivals {
        if let Some(fit) = arrival.what.home_ok {
            home_ok.insert(arrival.what.person, fit);
        }
    }
    let households: Vec<Vec<PersonId>> = households.into_values().collect();
    household_members(orders, &households, &home_ok, day)
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
