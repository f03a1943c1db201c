//! Puts the systems of a plan together, each with a stream of chance of its own.

use grid_model::{Checkpoint, Recorded, Staff, Township, TownshipBuilder, Venue, WorkGroup};
use outbreak_response::Records;

use crate::arrivals::Arrivals;
use crate::calendar::{CHECKPOINTS_STAND, minute};
use crate::chance::{Chance, System};
use crate::grid::{self, STANDS_FROM};
use crate::jobs::Jobs;
use crate::outbreak::Outbreak;
use crate::people::People;
use crate::places::Places;
use crate::plan::Plan;
use crate::rows::{key, key_width};
use crate::staff::Staffing;
use crate::supply::{self, Supply};
use crate::tasks::{self, Tasks};
use crate::watch::Watch;
use crate::{Town, identities, outreach};

/// The town of a plan.
pub(crate) fn town(plan: &Plan, seed: u64) -> Town {
    let draws = Draws { plan, seed };
    let world = World::draw(draws);
    let keys = person_keys(&world.people);
    let identities = &mut draws.chance(System::Identities);
    let register = identities::register(&world.people, &keys, identities);
    let township = township(plan, &world, &keys);
    let mut records = Records::default();
    world.write_grid(draws, &mut records);
    world.write_basket(draws, &mut records);
    world.write_tasks(draws, &mut records);
    world.write_measures(&mut records);
    Town {
        township,
        records,
        register,
    }
}

/// A plan, and the seed from which each system has a stream of its own.
#[derive(Clone, Copy)]
struct Draws<'p> {
    plan: &'p Plan,
    seed: u64,
}

impl Draws<'_> {
    fn chance(self, system: System) -> Chance {
        Chance::of(self.seed, system)
    }
}

/// Places, people, and what befell them: whatever speaks for a person, in the order in which a
/// person may be spoken for. Who comes home or met a case is drawn before those who serve, so that
/// nobody serves out of a household under observation.
struct World {
    places: Places,
    people: People,
    away: Vec<usize>,
    arrivals: Arrivals,
    outbreak: Outbreak,
    staffing: Staffing,
    watch: Watch,
    jobs: Jobs,
}

impl World {
    fn draw(draws: Draws<'_>) -> Self {
        let plan = draws.plan;
        let chance = |system| draws.chance(system);
        let places = Places::draw(plan, &mut chance(System::Places));
        let mut people = People::draw(&places, &mut chance(System::People));
        let away = people.send_away(plan.away, &mut chance(System::Away));
        let mut arrivals = Arrivals::draw(plan, &mut people, &mut chance(System::Arrivals));
        let met = &mut chance(System::Outbreak);
        let outbreak = Outbreak::draw(plan, &places, &mut people, &mut arrivals, met);
        let mut staffing = Staffing::draw(plan, &places, &mut people, &mut chance(System::Staff));
        let stays = &arrivals.stays;
        let watched = &mut chance(System::Watch);
        let mut watch = Watch::draw(plan, &places, &mut people, &mut staffing, stays, watched);
        let (health, work) = (&mut watch.health, &mut chance(System::Jobs));
        let jobs = Jobs::draw(plan, &places, &mut people, stays, health, work);
        people.forget_some(plan.flaws.facts_unknown, &mut chance(System::Forgotten));
        World {
            places,
            people,
            away,
            arrivals,
            outbreak,
            staffing,
            watch,
            jobs,
        }
    }

    fn write_grid(&self, draws: Draws<'_>, records: &mut Records) {
        let (plan, places, people) = (draws.plan, &self.places, &self.people);
        let posts = &mut draws.chance(System::Posts);
        records.shifts = grid::shifts(plan, &self.staffing, people, posts).ledger();
        records.passages = grid::passages(plan, posts).ledger();
        let visits = &mut draws.chance(System::Screening);
        records.screening = grid::screening(plan, places, &self.staffing, people, visits).ledger();
        let calls = &mut draws.chance(System::Calls);
        records.away_calls = grid::away_calls(plan, &self.away, people, calls).ledger();
        let reports = &mut draws.chance(System::Reports);
        records.reports = grid::reports(plan, places, reports).ledger();
    }

    fn write_basket(&self, draws: Draws<'_>, records: &mut Records) {
        let (plan, places, stays) = (draws.plan, &self.places, &self.arrivals.stays);
        let goods = &mut draws.chance(System::Supply);
        let supply = Supply::draw(plan, places, &self.people, &self.staffing, stays, goods);
        records.suppliers = supply.suppliers.ledger();
        records.purchasers = supply.purchasers.ledger();
        records.demand = supply.demand.ledger();
        records.deliveries = supply.deliveries.ledger();
        let prices = &mut draws.chance(System::Prices);
        records.prices = supply::prices(plan, places, prices).ledger();
        records.complaints = supply::complaints(places, prices).ledger();
    }

    fn write_tasks(&self, draws: Draws<'_>, records: &mut Records) {
        let (plan, places) = (draws.plan, &self.places);
        let work = &mut draws.chance(System::Programmes);
        let tasks = Tasks::draw(plan, places, &self.people, &self.staffing, work);
        records.programmes = tasks.programmes.ledger();
        records.items = tasks.items.ledger();
        records.progress = tasks.progress.ledger();
        let money = &mut draws.chance(System::Money);
        records.donations = tasks::donations(plan, money).ledger();
        records.spending = tasks::spending(plan, money).ledger();
        let said = &mut draws.chance(System::Outreach);
        let venues = self.outbreak.venues.len();
        records.outreach = outreach::outreach(plan, places, venues, said).ledger();
        let feasts = &mut draws.chance(System::Gatherings);
        records.gatherings = outreach::gatherings(plan, feasts).ledger();
    }

    fn write_measures(self, records: &mut Records) {
        records.arrivals = self.arrivals.arrivals.ledger();
        records.orders = self.arrivals.orders.ledger();
        records.cases = self.outbreak.cases.ledger();
        records.contacts = self.outbreak.contacts.ledger();
        records.visits = self.outbreak.visits.ledger();
        records.clues = self.outbreak.clues.ledger();
        records.pairings = self.watch.pairings.ledger();
        records.check_ins = self.watch.check_ins.ledger();
        records.health = self.watch.health.ledger();
        records.needs = self.watch.needs.ledger();
        records.skills = self.jobs.skills.ledger();
        records.vacancies = self.jobs.vacancies.ledger();
        records.permits = self.jobs.permits.ledger();
        records.placements = self.jobs.placements.ledger();
    }
}

/// The keys of all people, of one width, so that they sort by number.
fn person_keys(people: &People) -> Vec<String> {
    let width = key_width(people.rows.len());
    (0..people.rows.len())
        .map(|person| key("P", person, width))
        .collect()
}

/// The township with every table bound by key.
fn township(plan: &Plan, world: &World, person_keys: &[String]) -> Township {
    let (places, staffing) = (&world.places, &world.staffing);
    let venues = &world.outbreak.venues;
    let mut builder = TownshipBuilder::new();
    for area in &places.areas {
        builder.area(area.clone());
    }
    settle(&mut builder, places, &world.people, person_keys);
    for row in &staffing.grids {
        builder.grid(row.clone());
    }
    for row in &staffing.grid_areas {
        builder.grid_area(row.clone());
    }
    organise(&mut builder, plan, places, staffing, person_keys);
    let width = key_width(venues.len());
    for (number, venue) in venues.iter().enumerate() {
        let venue = Venue {
            area: places.areas[venue.area].id.clone(),
            kind: venue.kind.clone(),
            capacity: venue.capacity,
        };
        builder.venue(Recorded::new(key("V", number, width), venue));
    }
    for (number, (name, minimum)) in plan.checkpoints.iter().enumerate() {
        let checkpoint = Checkpoint {
            name_zh: name.zh.as_str().into(),
            name_en: name.en.as_str().into(),
            minimum_staff: *minimum,
            stands_from: Some(minute(CHECKPOINTS_STAND, STANDS_FROM)),
        };
        builder.checkpoint(Recorded::new(key("K", number, 3), checkpoint));
    }
    // Every row names what is there, each key once: nothing can be refused.
    let (township, refused) = builder.build_from_sound_rows();
    debug_assert!(refused.is_empty(), "{refused:?}");
    township
}

/// Dwellings and people.
fn settle(builder: &mut TownshipBuilder, places: &Places, people: &People, person_keys: &[String]) {
    let width = key_width(places.dwellings.len());
    for (number, dwelling) in places.dwellings.iter().enumerate() {
        let area = places.groups[dwelling.group].area;
        let household = grid_model::Household {
            area: places.areas[area].id.clone(),
            presence: dwelling.presence,
        };
        builder.household(Recorded::new(key("H", number, width), household));
    }
    for (person, key_of_person) in people.rows.iter().zip(person_keys) {
        let household = person.household.map(|home| key("H", home, width));
        let person = person.clone().map_household(household);
        builder.person(Recorded::new(key_of_person, person));
    }
}

/// Work groups, appointments and duties.
fn organise(
    builder: &mut TownshipBuilder,
    plan: &Plan,
    places: &Places,
    staffing: &Staffing,
    person_keys: &[String],
) {
    let group_key = |group| key("W", group, 2);
    for (number, name) in plan.work_groups.iter().enumerate() {
        let group = WorkGroup {
            name_zh: name.zh.as_str().into(),
            name_en: name.en.as_str().into(),
        };
        builder.work_group(Recorded::new(group_key(number), group));
    }
    let width = key_width(staffing.appointments.len());
    for (number, appointment) in staffing.appointments.iter().enumerate() {
        let staff = Staff {
            person: person_keys[appointment.person].clone(),
            role: appointment.role,
            work_group: appointment.work_group.map(group_key),
            grid: appointment.grid.map(|grid| staffing.grids[grid].id.clone()),
        };
        builder.staff(Recorded::new(key("S", number, width), staff));
    }
    for (number, duty) in outreach::duties(plan, places).into_iter().enumerate() {
        let work_group = duty.work_group.map(group_key);
        let deputy_group = duty.deputy_group.map(group_key);
        let duty = duty.map_groups(work_group, deputy_group);
        let known_at = outreach::duties_known_at();
        builder.duty(Recorded::new(key("D", number, 2), duty).known_at(known_at));
    }
}
