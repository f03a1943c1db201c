//! 结对子: a helper for each person under observation at home, and the readings of the day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use follow_up::{
    Candidate, Flaw, NetworkErrors, Observed, Pairing, PairingPlan, PairingQuestion, Schedule,
    ScheduleQuestion, pair, schedule, supervisors_paired,
};
use grid_model::{
    AreaId, AsOf, GridId, HouseholdId, PersonId, PersonPresence, Role, Snapshot, start_of,
};
use quarantine_rules::{MeasureClass, OrderPeriod};

use super::{OutbreakDay, QuarantineDay};
use crate::{Policy, Records};

/// What follow-up answers of a day.
#[derive(Clone, Debug)]
pub struct WatchDay {
    /// Who is or was under observation at home.
    pub observed: Vec<Observed>,
    /// Who could help.
    pub candidates: Vec<Candidate>,
    /// A helper for each of them; or that there are more people than can be numbered.
    pub pairing: Result<PairingPlan, NetworkErrors>,
    /// Readings due, done and missed; who is lost; who is ill.
    pub schedule: Schedule,
    /// Distinct helpers ever paired.
    pub supervisors_paired: usize,
}

impl WatchDay {
    /// Today's pairings to record.
    pub fn proposed_pairings(&self, as_of: AsOf) -> Vec<Pairing> {
        self.pairing
            .as_ref()
            .map(|plan| plan.proposed(&self.observed, as_of))
            .unwrap_or_default()
    }

    /// Checks by its proofs that no plan pairs more people or goes less far, without solving
    /// again. Where there is no plan, there is nothing to check.
    ///
    /// # Errors
    /// The flaw found.
    pub fn verify(&self, records: &Records, policy: &Policy, as_of: AsOf) -> Result<(), Flaw> {
        let question = question(&self.observed, &self.candidates, records, policy, as_of);
        self.pairing
            .iter()
            .try_for_each(|plan| plan.verify(question))
    }
}

fn question<'a>(
    observed: &'a [Observed],
    candidates: &'a [Candidate],
    records: &'a Records,
    policy: &'a Policy,
    as_of: AsOf,
) -> PairingQuestion<'a> {
    PairingQuestion {
        observed,
        candidates,
        pairings: &records.pairings,
        policy: &policy.follow_up,
        as_of,
    }
}

/// Asks `follow-up` of a day.
pub fn watch(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    quarantine: &QuarantineDay,
    outbreak: &OutbreakDay,
) -> WatchDay {
    let as_of = town.as_of;
    let open = outbreak.still_open(&policy.tracing, as_of.day);
    let close = open.filter(|reached| reached.generation == 1);
    let close_contacts = close.map(|reached| reached.person).collect();
    let observed = observed(town, records, policy, quarantine, &close_contacts);
    let candidates = candidates(town, records, policy, &quarantine.held_now(as_of, policy));
    let pairing = pair(question(&observed, &candidates, records, policy, as_of));
    let schedule = schedule(ScheduleQuestion {
        observed: &observed,
        pairings: &records.pairings,
        check_ins: &records.check_ins,
        fever_tenths: policy.rules.fever_threshold_tenths,
        policy: &policy.follow_up,
        as_of,
    });
    WatchDay {
        pairing,
        schedule,
        supervisors_paired: supervisors_paired(&records.pairings, as_of),
        observed,
        candidates,
    }
}

/// Everyone an order put under observation at home, and whom an order proposed today would. The
/// temperature of close contacts is for medical staff.
fn observed(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    quarantine: &QuarantineDay,
    close_contacts: &BTreeSet<PersonId>,
) -> Vec<Observed> {
    let leads = grid_leads(town);
    let place = |person: PersonId, from: NaiveDateTime, until| {
        let area = town.area_of(person);
        let grid = area.and_then(|area| town.grid(area));
        Observed {
            person,
            household: town.household_of(person),
            natural_village: area.and_then(|area| town.natural_village(area)),
            community: area.and_then(|area| town.community(area)),
            from,
            until,
            transferred_out_at: moved_away_at(town, person).filter(|at| *at > from),
            needs_medical_staff: close_contacts.contains(&person),
            grid_lead: grid.and_then(|grid| leads.get(&grid).copied()),
        }
    };
    let is_home = |order: &&OrderPeriod| order.class(&policy.rules) == MeasureClass::Home;
    let ordered = quarantine
        .orders
        .periods()
        .iter()
        .filter(is_home)
        .map(|order| {
            place(
                order.person,
                given_at(records, order, town.as_of),
                order.first_free_day().map(start_of),
            )
        });
    let proposals = quarantine
        .assessment
        .proposals
        .iter()
        .filter(|one| one.measure.is_at_home());
    let proposed = proposals.map(|one| {
        let until = one.until.and_then(|until| until.succ_opt()).map(start_of);
        // Who is put under observation by tonight's proposal owes tonight's reading to nobody yet.
        place(
            one.person,
            town.as_of.end() - chrono::TimeDelta::minutes(1),
            until,
        )
    });
    ordered.chain(proposed).collect()
}

/// When it became known that a person has moved away for good.
fn moved_away_at(town: &Snapshot<'_>, person: PersonId) -> Option<NaiveDateTime> {
    let held = town.township.people().held(person.index(), town.as_of)?;
    let moved = held.what.presence == Some(PersonPresence::Moved);
    moved.then_some(held.known_at)
}

/// The instant an order was given.
fn given_at(records: &Records, order: &OrderPeriod, as_of: AsOf) -> NaiveDateTime {
    let first = order
        .records
        .first()
        .and_then(|record| records.orders.position(record));
    let event = first.and_then(|index| records.orders.held(index, as_of));
    event.map_or(start_of(order.from), |event| event.what.at)
}

/// Who answers for each grid; of several, the first by key.
pub(crate) fn grid_leads(town: &Snapshot<'_>) -> BTreeMap<GridId, PersonId> {
    let mut leads = BTreeMap::new();
    for held in town.staff().filter(|held| held.what.role == Role::GridLead) {
        if let Some(grid) = held.what.grid {
            leads.entry(grid).or_insert(held.what.person);
        }
    }
    leads
}

/// The roles whose holders watch over neighbours, by the bulletin: 党员、村民代表、人大代表、政协委员;
/// doctors for those whose temperature medical staff must take.
const HELPERS: [Role; 5] = [
    Role::Doctor,
    Role::PartyMember,
    Role::VillagersRepresentative,
    Role::CongressDeputy,
    Role::CppccMember,
];

/// Whoever holds a helper's role, and whoever watches someone already. An appointment is consent.
fn candidates(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    held_now: &BTreeSet<PersonId>,
) -> Vec<Candidate> {
    let mut roles: BTreeMap<PersonId, Role> = BTreeMap::new();
    for held in records
        .pairings
        .as_of(town.as_of)
        .filter(|held| held.what.runs_through(town.as_of.end()))
    {
        roles.insert(held.what.helper, Role::PartyMember);
    }
    for held in town
        .staff()
        .filter(|held| HELPERS.contains(&held.what.role))
    {
        let role = roles.entry(held.what.person).or_insert(held.what.role);
        if held.what.role == Role::Doctor {
            *role = Role::Doctor;
        }
    }
    let observed_homes: BTreeSet<HouseholdId> = held_now
        .iter()
        .filter_map(|person| town.household_of(*person))
        .collect();
    let feverish = feverish(records, policy, town.as_of);
    let serving = serving(records, town.as_of);
    let candidate = |(&person, &role): (&PersonId, &Role)| {
        let one = town.person(person)?;
        if !one.is_here() {
            return None;
        }
        let area: Option<AreaId> = town.area_of(person);
        let has = |named: &[&str]| named.iter().any(|condition| one.has_condition(condition));
        Some(Candidate {
            person,
            role,
            age: town.age(person),
            consents: true,
            is_pregnant: has(&["pregnant", "pregnancy"]),
            is_chronically_ill: has(&["chronic", "chronic_illness", "chronically_ill", "dialysis"]),
            household: one.household,
            natural_village: area.and_then(|area| town.natural_village(area)),
            community: area.and_then(|area| town.community(area)),
            is_observed: held_now.contains(&person),
            lives_with_observed: one
                .household
                .is_some_and(|home| observed_homes.contains(&home)),
            has_fever: feverish.contains(&person),
            serves_frail_households: serving.contains(&person),
            load: 0,
        })
    };
    roles.iter().filter_map(candidate).collect()
}

/// People whose last temperature of the day was a fever.
fn feverish(records: &Records, policy: &Policy, as_of: AsOf) -> BTreeSet<PersonId> {
    let mut last: BTreeMap<PersonId, (NaiveDateTime, u16)> = BTreeMap::new();
    let of_day = records
        .health
        .happened(as_of)
        .filter(|held| held.what.at >= as_of.start());
    for held in of_day {
        if let Some(temperature) = held.what.temperature_tenths {
            let entry = last
                .entry(held.what.person)
                .or_insert((held.what.at, temperature));
            *entry = (*entry).max((held.what.at, temperature));
        }
    }
    let threshold = policy.rules.fever_threshold_tenths;
    last.into_iter()
        .filter(|(_, (_, temperature))| *temperature >= threshold)
        .map(|(person, _)| person)
        .collect()
}

/// Who carries goods to households, frail ones among them, on the day's round.
fn serving(records: &Records, as_of: AsOf) -> BTreeSet<PersonId> {
    let on_round = records.purchasers.as_of(as_of).filter(|held| {
        held.what.from < as_of.end() && held.what.until.is_none_or(|until| until > as_of.start())
    });
    on_round.map(|held| held.what.person).collect()
}
