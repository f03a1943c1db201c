//! Skills, vacancies, permits and departures for work.

use std::collections::VecDeque;

use chrono::NaiveDate;
use grid_model::PersonPresence;
use job_matching::{Permit, PermitLevel, Placement, PlacementKind, Skill, Vacancy, VacancyId};
use quarantine_rules::{ArrivalKind, HealthReading};

use crate::arrivals::Stay;
use crate::calendar::{LAST_DAY, day, earlier, later, minute};
use crate::chance::{Chance, split};
use crate::grid::number;
use crate::names::CITIES;
use crate::people::{Part, People};
use crate::places::{Places, ids};
use crate::plan::Plan;
use crate::rows::Rows;

const SKILLS: [&str; 9] = [
    "bricklayer",
    "carpenter",
    "electrician",
    "welder",
    "cook",
    "driver",
    "tailor",
    "tea_picker",
    "machine_operator",
];
/// The first and last day on which skills were registered.
const REGISTERED: (NaiveDate, usize) = (day(2, 10), 17);
/// Of a thousand who leave, how many the township sends to a vacancy.
const ORGANISED: usize = 70;
/// Of a thousand who leave, how many were under observation and are free again.
const RELEASED: usize = 80;

/// What is recorded of work.
#[derive(Clone, Debug)]
pub(crate) struct Jobs {
    pub(crate) skills: Rows<Skill>,
    pub(crate) vacancies: Rows<Vacancy>,
    pub(crate) permits: Rows<Permit>,
    pub(crate) placements: Rows<Placement>,
}

/// A skilled person, with the day the skill was registered.
#[derive(Clone, Copy)]
struct Skilled {
    person: usize,
    skill: &'static str,
    registered_on: NaiveDate,
}

/// A vacancy with the places it still has.
struct Open {
    id: VacancyId,
    skill: Option<&'static str>,
    destination: &'static str,
    left: usize,
    known_on: NaiveDate,
}

/// Who may leave, in an order of chance.
struct Leaving {
    skilled: VecDeque<Skilled>,
    released: VecDeque<Stay>,
    others: Vec<usize>,
}

impl Jobs {
    /// Draws skills, vacancies and the departures of each day, with the permits of those who
    /// left and their temperature of that morning.
    pub(crate) fn draw(
        plan: &Plan,
        places: &Places,
        people: &mut People,
        stays: &[Stay],
        health: &mut Rows<HealthReading>,
        chance: &mut Chance,
    ) -> Self {
        let skilled = skilled(plan, places, people, chance);
        let (vacancies, mut open) = vacancies(plan, chance);
        let mut drawn = Jobs {
            skills: skill_rows(&skilled, people, chance),
            vacancies,
            permits: Rows::new("PE"),
            placements: Rows::new("PL"),
        };
        let mut leaving = Leaving::of(skilled, stays, people, chance);
        for &(day, number) in &plan.jobs.sent_out {
            for _ in 0..number {
                let Some((person, placed)) = leaving.next(day, people, &mut open, chance) else {
                    continue;
                };
                people.engage(person, Part::SentOut);
                drawn.permit(person, day, people, chance);
                drawn.send_out(person, day, placed, people, chance);
                health.push(morning_temperature(person, day, people, chance));
            }
        }
        drawn.seek(plan, &leaving, people, health, chance);
        drawn
    }

    /// Some who are registered mean to leave next: they have been seen on the last morning, and
    /// all but a few have their permits.
    fn seek(
        &mut self,
        plan: &Plan,
        leaving: &Leaving,
        people: &People,
        health: &mut Rows<HealthReading>,
        chance: &mut Chance,
    ) {
        let seeking = leaving.skilled.iter().map(|skilled| skilled.person);
        let seeking: Vec<usize> = seeking
            .filter(|person| may_leave(people, *person))
            .collect();
        let ready = plan.last_day.map(|exact| exact.ready_to_leave);
        let wanted = ready.map_or(seeking.len() / 16, |ready| ready + ready / 6 + 1);
        for (place, person) in chance.sample(seeking, wanted).into_iter().enumerate() {
            let waits = match ready {
                Some(ready) => place >= ready,
                None => chance.in_thousand(120),
            };
            if !waits {
                self.permit(person, LAST_DAY, people, chance);
            }
            health.push(morning_temperature(person, LAST_DAY, people, chance));
        }
    }

    /// The permits of village, township and city, given the day before.
    fn permit(&mut self, person: usize, day: NaiveDate, people: &People, chance: &mut Chance) {
        let permitted_at = minute(earlier(day, 1), chance.between(9 * 60, 17 * 60));
        for level in PermitLevel::ALL {
            let permit = Permit {
                person: people.id(person),
                level: *level,
                until: Some(later(day, 14)),
            };
            self.permits.push_known(permitted_at, permit);
        }
    }

    fn send_out(
        &mut self,
        person: usize,
        day: NaiveDate,
        placed: Option<(VacancyId, &'static str)>,
        people: &People,
        chance: &mut Chance,
    ) {
        let own_way = if chance.in_thousand(450) {
            PlacementKind::SelfArranged
        } else {
            PlacementKind::ReturnedToEmployer
        };
        let city = chance.pick(&CITIES).unwrap_or("昆明");
        self.placements.push(Placement {
            person: people.id(person),
            vacancy: placed.map(|(vacancy, _)| vacancy),
            kind: if placed.is_some() {
                PlacementKind::Organised
            } else {
                own_way
            },
            destination: Some(placed.map_or(city, |(_, destination)| destination).into()),
            departed_on: day,
        });
    }
}

fn morning_temperature(
    person: usize,
    day: NaiveDate,
    people: &People,
    chance: &mut Chance,
) -> HealthReading {
    HealthReading {
        person: people.id(person),
        at: minute(day, chance.between(6 * 60, 7 * 60 + 30)),
        temperature_tenths: u16::try_from(chance.between(361, 371)).ok(),
        symptoms: Some("none".into()),
        test: None,
    }
}

impl Leaving {
    fn of(skilled: Vec<Skilled>, stays: &[Stay], people: &People, chance: &mut Chance) -> Self {
        let mut skilled = skilled;
        chance.shuffle(&mut skilled);
        skilled.sort_by_key(|skilled| skilled.registered_on);
        let mut released: Vec<Stay> = stays.to_vec();
        released.retain(|stay| {
            stay.kind == Some(ArrivalKind::Worker) && people.home(stay.person).is_some()
        });
        released.sort_by_key(|stay| (stay.until, stay.person));
        let mut others: Vec<usize> = (0..people.rows.len())
            .filter(|&person| may_leave(people, person))
            .collect();
        chance.shuffle(&mut others);
        Leaving {
            skilled: skilled.into(),
            released: released.into(),
            others,
        }
    }

    /// The next who leaves on a day, with the vacancy where the township found one.
    fn next(
        &mut self,
        day: NaiveDate,
        people: &People,
        open: &mut [Open],
        chance: &mut Chance,
    ) -> Option<(usize, Option<(VacancyId, &'static str)>)> {
        let way = chance.below(1000);
        if way < ORGANISED
            && let Some(skilled) = self.skilled.front().copied()
            && skilled.registered_on < day
        {
            self.skilled.pop_front();
            if may_leave(people, skilled.person) {
                return Some((skilled.person, fill(skilled.skill, day, open)));
            }
        }
        // Free from 00:00 of the day after the last; they leave on a later day.
        let is_free = |stay: &Stay| later(stay.until, 1) < day;
        if (ORGANISED..ORGANISED + RELEASED).contains(&way)
            && let Some(stay) = self.released.front().copied().filter(is_free)
        {
            self.released.pop_front();
            return Some((stay.person, None));
        }
        loop {
            let person = self.others.pop()?;
            if may_leave(people, person) {
                return Some((person, None));
            }
        }
    }
}

/// A place of a vacancy of the skill, or of one that asks for none.
fn fill(skill: &str, day: NaiveDate, open: &mut [Open]) -> Option<(VacancyId, &'static str)> {
    let fits = |vacancy: &&mut Open| {
        let wanted = vacancy.skill.is_none_or(|wanted| wanted == skill);
        wanted && vacancy.left > 0 && vacancy.known_on < day
    };
    let found = open.iter_mut().find(fits)?;
    found.left -= 1;
    Some((found.id, found.destination))
}

/// Whether a person may leave for work: of the age, here, and never concerned by the outbreak.
fn may_leave(people: &People, person: usize) -> bool {
    people.is_free(person)
        && people.rows[person].presence == Some(PersonPresence::Present)
        && (18..=55).contains(&people.age(person))
        && !people.rows[person].has_condition("pregnant")
}

/// The skilled of every community, as many as its households have part of the whole.
fn skilled(plan: &Plan, places: &Places, people: &People, chance: &mut Chance) -> Vec<Skilled> {
    let homes = |community| places.dwellings_of_community(community);
    let weights: Vec<u64> = (0..places.communities.len())
        .map(|community| homes(community).len() as u64)
        .collect();
    let parts = split(plan.jobs.skilled as u64, &weights);
    let mut skilled = Vec::new();
    for (community, part) in parts.into_iter().enumerate() {
        let of_community = homes(community).flat_map(|home| people.members(home));
        let may = |person: &usize| people.part(*person) == Part::Free && may_leave(people, *person);
        let candidates: Vec<usize> = of_community.filter(may).collect();
        for person in chance.sample(candidates, usize::try_from(part).unwrap_or(0)) {
            skilled.push(Skilled {
                person,
                skill: SKILLS[chance.below(SKILLS.len())],
                registered_on: later(REGISTERED.0, chance.between(0, REGISTERED.1)),
            });
        }
    }
    skilled
}

fn skill_rows(skilled: &[Skilled], people: &People, chance: &mut Chance) -> Rows<Skill> {
    let mut rows = Rows::new("SK");
    for one in skilled {
        let known_at = minute(one.registered_on, chance.between(8 * 60, 18 * 60));
        let level = chance.pick(&["beginner", "skilled", "master"]);
        rows.push_known(
            known_at,
            Skill {
                person: people.id(one.person),
                skill: one.skill.into(),
                level: level.map(Box::from),
            },
        );
    }
    rows
}

fn vacancies(plan: &Plan, chance: &mut Chance) -> (Rows<Vacancy>, Vec<Open>) {
    let mut rows = Rows::new("VA");
    let mut open = Vec::new();
    for (place, id) in ids(plan.jobs.vacancies, VacancyId::from_index)
        .into_iter()
        .enumerate()
    {
        let skill = chance.pick(&SKILLS).filter(|_| place % 4 > 0);
        let destination = chance.pick(&CITIES).unwrap_or("昆明");
        let risk = ["low", "low", "low", "low", "medium", "high"][chance.below(6)];
        let places = chance.heavy_tailed(2, 40);
        let known_on = later(day(2, 10), chance.below(14));
        let employer = format!("{destination}第{}用工单位", place + 1);
        let vacancy = Vacancy {
            employer: employer.into(),
            skill: skill.map(Box::from),
            places: number(places),
            wage_fen: (chance.between(28, 72) * 10_000) as u64,
            destination: destination.into(),
            risk: Some(risk.into()),
            valid_until: Some(later(day(3, 1), chance.below(40))),
        };
        rows.push_known(minute(known_on, 9 * 60), vacancy);
        if risk == "low" {
            open.push(Open {
                id,
                skill,
                destination,
                left: places,
                known_on,
            });
        }
    }
    if let Some(exact) = plan.last_day {
        // Open to whoever comes, so that everyone who may leave finds a place.
        let vacancy = Vacancy {
            employer: "省外劳务协作单位".into(),
            skill: None,
            places: number(exact.open_places),
            wage_fen: 420_000,
            destination: "昆明".into(),
            risk: Some("low".into()),
            valid_until: Some(day(3, 31)),
        };
        rows.push_known(minute(LAST_DAY, 8 * 60), vacancy);
    }
    (rows, open)
}
