//! 门路子: who may leave for work, and who goes to which vacancy.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, TimeDelta};
use grid_model::{AsOf, PersonId, Snapshot};
use job_matching::{
    Flaw, JobPlan, JobQuestion, NetworkErrors, OrderStanding, VacancyId, Worker, communities,
    match_jobs, sent_out_to_work, skilled_workers,
};
use quarantine_rules::{EndReason, OrderPeriod};

use super::{OutbreakDay, QuarantineDay};
use crate::{Policy, Records};

/// The counts of skills and departures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkStanding {
    /// People with a registered skill.
    pub skilled_workers: usize,
    /// Communities they live in.
    pub communities: usize,
    /// Places open.
    pub vacancies: u64,
    /// People who have left for work.
    pub sent_out_to_work: usize,
    /// Of those, today.
    pub sent_out_today: usize,
}

/// What job matching answers of a day.
#[derive(Clone, Debug)]
pub struct WayOutDay {
    /// Who seeks work: everyone with a registered skill who is here.
    pub workers: Vec<Worker>,
    /// Who goes where, and why the others do not; or that there is more than can be
    /// numbered.
    pub plan: Result<JobPlan, NetworkErrors>,
    /// The counts.
    pub standing: WorkStanding,
}

impl WayOutDay {
    /// Today's matches.
    pub fn matches(&self) -> Vec<(PersonId, VacancyId)> {
        let matches = self.plan.iter().flat_map(|plan| &plan.matches);
        matches.map(|one| (one.person, one.vacancy)).collect()
    }

    /// Checks by its proof that no plan matches more or pays more, without solving again. Where
    /// there is no plan, there is nothing to check.
    ///
    /// # Errors
    /// The flaw found.
    pub fn verify(&self, records: &Records, policy: &Policy, as_of: AsOf) -> Result<(), Flaw> {
        let question = question(&self.workers, records, policy, as_of);
        self.plan.iter().try_for_each(|plan| plan.verify(question))
    }
}

fn question<'a>(
    workers: &'a [Worker],
    records: &'a Records,
    policy: &'a Policy,
    as_of: AsOf,
) -> JobQuestion<'a> {
    JobQuestion {
        workers,
        skills: &records.skills,
        vacancies: &records.vacancies,
        permits: &records.permits,
        placements: &records.placements,
        fever_tenths: policy.rules.fever_threshold_tenths,
        policy: &policy.jobs,
        as_of,
    }
}

/// Asks `job-matching` of a day. Who has a registered skill and is here seeks work.
pub fn way_out(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    quarantine: &QuarantineDay,
    outbreak: &OutbreakDay,
) -> WayOutDay {
    let as_of = town.as_of;
    let skilled = skilled_workers(&records.skills, as_of);
    let community_of = |person| town.community(town.area_of(person)?);
    let inquiries = open_inquiries(town, records, policy, outbreak);
    let temperatures = this_morning(town, records);
    let here = skilled.iter().filter(|person| {
        town.person(**person)
            .is_some_and(grid_model::Person::is_here)
    });
    let workers: Vec<Worker> = here
        .map(|&person| Worker {
            person,
            community: community_of(person),
            order: order_standing(quarantine, person, town),
            has_open_inquiry: inquiries.contains(&person),
            temperature_tenths: temperatures
                .get(&person)
                .map(|(_, temperature)| *temperature),
        })
        .collect();
    let plan = match_jobs(question(&workers, records, policy, as_of));
    let sent = sent_out_to_work(&records.placements, as_of);
    let before = sent_out_to_work(
        &records.placements,
        AsOf {
            day: as_of.yesterday().day,
            ..as_of
        },
    );
    let standing = WorkStanding {
        skilled_workers: skilled.len(),
        communities: communities(&skilled, community_of).len(),
        vacancies: plan.as_ref().map_or(0, |plan| plan.open_places),
        sent_out_to_work: sent.len(),
        sent_out_today: sent.difference(&before).count(),
    };
    WayOutDay {
        workers,
        plan,
        standing,
    }
}

/// How a person's orders stand: each must have run its course.
fn order_standing(
    quarantine: &QuarantineDay,
    person: PersonId,
    town: &Snapshot<'_>,
) -> OrderStanding {
    let day = town.as_of.day;
    let orders = quarantine.orders.of(person);
    // Proposals are in the order of people: asking each worker of each would cost their product.
    let proposals = &quarantine.assessment.proposals;
    let proposed = proposals.binary_search_by_key(&person, |proposal| proposal.person);
    if proposed.is_ok() {
        return OrderStanding::Running;
    }
    let ran_its_course = |order: &OrderPeriod| match order.ended {
        Some((free, EndReason::Released)) => {
            !order.flags.broken && order.until.is_none_or(|until| until < free)
        }
        Some((_, EndReason::OwnDate | EndReason::Transferred)) => !order.flags.broken,
        Some((_, EndReason::Overturned)) => true,
        None => false,
    };
    if orders.is_empty() {
        OrderStanding::NeverOrdered
    } else if orders.iter().any(|order| order.held_on(day)) {
        OrderStanding::Running
    } else if orders.iter().all(ran_its_course) {
        OrderStanding::Completed
    } else {
        OrderStanding::EndedOtherwise
    }
}

/// People of whom someone still asks: a clue not answered, or a contact whose days are not over.
fn open_inquiries(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    outbreak: &OutbreakDay,
) -> BTreeSet<PersonId> {
    let clues = contact_tracing::clues_open(&records.clues, town.as_of);
    let mut people: BTreeSet<PersonId> = clues.iter().map(|clue| clue.person).collect();
    let open = outbreak.still_open(&policy.tracing, town.as_of.day);
    people.extend(open.map(|one| one.person));
    people
}

/// Each person's last temperature taken this morning, at the health station or by a helper.
fn this_morning(
    town: &Snapshot<'_>,
    records: &Records,
) -> BTreeMap<PersonId, (NaiveDateTime, u16)> {
    let as_of = town.as_of;
    let morning = as_of.start()..as_of.start() + TimeDelta::hours(12);
    let read = records
        .health
        .happened(as_of)
        .map(|held| (held.what.person, held.what.at, held.what.temperature_tenths));
    let seen = records.check_ins.happened(as_of);
    let seen = seen.map(|held| (held.what.person, held.what.at, held.what.temperature_tenths));
    let mut last: BTreeMap<PersonId, (NaiveDateTime, u16)> = BTreeMap::new();
    for (person, at, temperature) in read.chain(seen).filter(|(_, at, _)| morning.contains(at)) {
        if let Some(temperature) = temperature {
            let entry = last.entry(person).or_insert((at, temperature));
            *entry = (*entry).max((at, temperature));
        }
    }
    last
}
