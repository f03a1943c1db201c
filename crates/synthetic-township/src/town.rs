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
    let chance = |system| Chance::of(seed, system);
    let places = Places::draw(plan, &mut chance(System::Places));
    let mut people = People::draw(&places, &mut chance(System::People));
    let away = people.send_away(plan.away, &mut chance(System::Away));
    let mut arrivals = Arrivals::draw(plan, &mut people, &mut chance(System::Arrivals));
    let outbreak = Outbreak::draw(
        plan,
        &places,
        &mut people,
        &mut arrivals,
        &mut chance(System::Outbreak),
    );
    let mut staffing = Staffing::draw(plan, &places, &mut people, &mut chance(System::Staff));
    let stays = &arrivals.stays;
    let mut watch = Watch::draw(
        plan,
        &places,
        &mut people,
        &mut staffing,
        stays,
        &mut chance(System::Watch),
    );
    let jobs = Jobs::draw(
        plan,
        &places,
        &mut people,
        stays,
        &mut watch.health,
        &mut chance(System::Jobs),
    );
    people.forget_some(plan.flaws.facts_unknown, &mut chance(System::Reports));
    let supply = Supply::draw(
        plan,
        &places,
        &people,
        &staffing,
        stays,
        &mut chance(System::Supply),
    );
    let tasks = Tasks::draw(
        plan,
        &places,
        &people,
        &staffing,
        &mut chance(System::Programmes),
    );
    let prices = &mut chance(System::Prices);
    let money = &mut chance(System::Money);
    let venues = outbreak.venues.len();
    let keys = person_keys(&people);
    let township = township(plan, &places, &people, &staffing, &outbreak.venues, &keys);
    let posts = &mut chance(System::Posts);
    let records = Records {
        rejected: 0,
        shifts: grid::shifts(plan, &staffing, &people, posts).ledger(),
        passages: grid::passages(plan, posts).ledger(),
        screening: grid::screening(
            plan,
            &places,
            &staffing,
            &people,
            &mut chance(System::Screening),
        )
        .ledger(),
        arrivals: arrivals.arrivals.ledger(),
        away_calls: grid::away_calls(plan, &away, &people, posts).ledger(),
        clues: outbreak.clues.ledger(),
        orders: arrivals.orders.ledger(),
        health: watch.health.ledger(),
        cases: outbreak.cases.ledger(),
        contacts: outbreak.contacts.ledger(),
        visits: outbreak.visits.ledger(),
        pairings: watch.pairings.ledger(),
        check_ins: watch.check_ins.ledger(),
        needs: watch.needs.ledger(),
        gatherings: outreach::gatherings(plan, &mut chance(System::Gatherings)).ledger(),
        outreach: outreach::outreach(plan, &places, venues, &mut chance(System::Outreach)).ledger(),
        suppliers: supply.suppliers.ledger(),
        purchasers: supply.purchasers.ledger(),
        demand: supply.demand.ledger(),
        deliveries: supply.deliveries.ledger(),
        prices: supply::prices(&places, prices).ledger(),
        complaints: supply::complaints(&places, prices).ledger(),
        skills: jobs.skills.ledger(),
        vacancies: jobs.vacancies.ledger(),
        permits: jobs.permits.ledger(),
        placements: jobs.placements.ledger(),
        programmes: tasks.programmes.ledger(),
        items: tasks.items.ledger(),
        progress: tasks.progress.ledger(),
        donations: tasks::donations(plan, money).ledger(),
        spending: tasks::spending(plan, money).ledger(),
        reports: grid::reports(plan, &places, &mut chance(System::Reports)).ledger(),
    };
    let register = identities::register(&people, &keys, &mut chance(System::Identities));
    Town {
        township,
        records,
        register,
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
fn township(
    plan: &Plan,
    places: &Places,
    people: &People,
    staffing: &Staffing,
    venues: &[Venue<usize>],
    person_keys: &[String],
) -> Township {
    let mut builder = TownshipBuilder::new();
    for area in &places.areas {
        builder.area(area.clone());
    }
    settle(&mut builder, places, people, person_keys);
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
