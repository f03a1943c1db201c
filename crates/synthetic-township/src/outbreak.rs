//! Cases of elsewhere, whom they met here, who met whom, and who was where.

use chrono::{NaiveDate, NaiveDateTime};
use contact_tracing::{Case, CaseClass, Clue, Contact, Judgement, Visit};
use grid_model::{PersonId, Venue, VenueId};
use quarantine_rules::Measure;

use crate::arrivals::{Arrivals, MEASURE_DAYS, Stay, StayPlace};
use crate::calendar::{
    FIRST_ARRIVALS, LAST_DAY, RESPONSE_BEGINS, days_between, earlier, is_written, later, minute,
    minutes,
};
use crate::chance::Chance;
use crate::people::{Part, People};
use crate::places::{Places, ids};
use crate::plan::{IndexCase, Plan};
use crate::rows::Rows;

/// Minutes of the day on which a case is confirmed: the result, the order. The contacts are in the
/// log already, each from its own day; what makes them close contacts is the case.
const CONFIRMED: usize = 9 * 60 + 30;
const ORDERED: usize = 11 * 60 + 30;

/// What is recorded of the outbreak.
#[derive(Clone, Debug)]
pub(crate) struct Outbreak {
    pub(crate) cases: Rows<Case>,
    pub(crate) contacts: Rows<Contact>,
    pub(crate) visits: Rows<Visit>,
    pub(crate) clues: Rows<Clue>,
    pub(crate) venues: Vec<Venue<usize>>,
    /// How many people who lived with a close contact may still be written down.
    household_contacts_left: usize,
}

impl Outbreak {
    /// Draws the cases and their contacts; close contacts are ordered to the city's site.
    pub(crate) fn draw(
        plan: &Plan,
        places: &Places,
        people: &mut People,
        arrivals: &mut Arrivals,
        chance: &mut Chance,
    ) -> Self {
        let mut drawn = Outbreak {
            cases: Rows::new("CA"),
            contacts: Rows::new("CO"),
            visits: Rows::new("VI"),
            clues: Rows::new("CL"),
            venues: venues(plan, places, chance),
            household_contacts_left: plan.last_day.map_or(usize::MAX, |exact| exact.secondary),
        };
        let mut persons = Vec::new();
        for case in &plan.outbreak.cases {
            persons.push(drawn.case(case, people, chance));
        }
        for (case, &person) in plan.outbreak.cases.iter().zip(&persons) {
            drawn.close_contacts(case, person, people, arrivals, chance);
        }
        drawn.ruled_out(plan, &persons, people, chance);
        drawn.other_contacts(plan, places, people, chance);
        drawn.visits(plan, people, chance);
        drawn.clues(plan, people, arrivals, chance);
        drawn
    }

    fn case(&mut self, case: &IndexCase, people: &mut People, chance: &mut Chance) -> usize {
        let person = people.come(None, chance);
        self.cases.push(Case {
            person: people.id(person),
            class: CaseClass::Confirmed,
            onset: Some(case.onset),
            sampled_at: Some(earlier(case.confirmed_on, 1)),
            confirmed_at: Some(minute(case.confirmed_on, CONFIRMED)),
            isolated_at: Some(minute(later(case.last_exposure, 1), 10 * 60)),
            outcome: None,
            outcome_at: None,
            place: Some("elsewhere".into()),
        });
        person
    }

    fn close_contacts(
        &mut self,
        case: &IndexCase,
        index: usize,
        people: &mut People,
        arrivals: &mut Arrivals,
        chance: &mut Chance,
    ) {
        let chosen = people.choose_few(
            case.close_contacts,
            Part::Observed,
            chance,
            |people, person| {
                let household = people
                    .home(person)
                    .map_or(0, |home| people.members(home).len());
                people.is_free(person) && household > 2 && (16..=70).contains(&people.age(person))
            },
        );
        for (place, person) in chosen.into_iter().enumerate() {
            let met_until = self.meet(case, people.id(index), people.id(person), chance);
            self.household(case, person, met_until, people);
            if place >= case.not_ordered {
                let stay = Stay {
                    person,
                    kind: None,
                    place: StayPlace::CitySite,
                    ordered_at: minute(case.confirmed_on, ORDERED),
                    counted_from: case.last_exposure,
                    until: later(case.last_exposure, MEASURE_DAYS),
                };
                arrivals.order(stay, Measure::CentralQuarantine, "MB-CC", people, chance);
            }
        }
    }

    /// A meeting with a case on the day of the last exposure; answers when they parted.
    fn meet(
        &mut self,
        case: &IndexCase,
        index: PersonId,
        person: PersonId,
        chance: &mut Chance,
    ) -> NaiveDateTime {
        let met_at = minute(case.last_exposure, chance.between(11 * 60, 13 * 60));
        let until = met_at + minutes(chance.between(25, 150));
        let judged = chance.in_thousand(500).then_some(Judgement::Close);
        let contact = Contact {
            person_a: index,
            person_b: person,
            from: met_at,
            until: Some(until),
            setting: chance.pick(&["meal", "transport", "visit"]).map(Box::from),
            protected: Some(false),
            judged,
        };
        self.contacts.push(contact);
        until
    }

    /// Those who lived with a close contact between the exposure and the order.
    fn household(&mut self, case: &IndexCase, person: usize, from: NaiveDateTime, people: &People) {
        let Some(home) = people.home(person) else {
            return;
        };
        for member in people.members(home).filter(|&member| member != person) {
            if people.part(member) == Part::Away || self.household_contacts_left == 0 {
                continue;
            }
            self.household_contacts_left -= 1;
            let contact = Contact {
                person_a: people.id(person),
                person_b: people.id(member),
                from,
                until: Some(minute(case.confirmed_on, ORDERED)),
                setting: Some("household".into()),
                protected: Some(false),
                judged: None,
            };
            self.contacts.push(contact);
        }
    }

    /// Contacts with a case that are none by the rules: five days and more before its onset,
    /// protected, or judged by the investigator to be none.
    fn ruled_out(
        &mut self,
        plan: &Plan,
        cases: &[usize],
        people: &mut People,
        chance: &mut Chance,
    ) {
        let wanted = plan.outbreak.ruled_out;
        let chosen = people.choose(wanted, Part::Observed, chance, |people, person| {
            people.is_free(person) && people.age(person) > 15
        });
        let with_person = plan.outbreak.cases.iter().zip(cases).cycle();
        for ((place, person), (case, &index)) in chosen.into_iter().enumerate().zip(with_person) {
            let (day, protected, judged) = match place % 3 {
                0 => (earlier(case.onset, chance.between(5, 9)), Some(false), None),
                1 => (case.last_exposure, Some(true), None),
                _ => (case.last_exposure, Some(false), Some(Judgement::NotClose)),
            };
            let from = minute(day, chance.between(14 * 60, 17 * 60));
            let contact = Contact {
                person_a: people.id(index),
                person_b: people.id(person),
                from,
                until: Some(from + minutes(chance.between(2, 40))),
                setting: chance.pick(&["shop", "transport", "clinic"]).map(Box::from),
                protected,
                judged,
            };
            self.contacts.push(contact);
        }
    }

    /// Contacts between people of the town who are well and met no case.
    fn other_contacts(
        &mut self,
        plan: &Plan,
        places: &Places,
        people: &People,
        chance: &mut Chance,
    ) {
        let everyone = places.dwellings.len();
        for _ in 0..plan.outbreak.other_contacts {
            let (host, guest) = (chance.below(everyone), chance.below(everyone));
            let at_home = |home: usize| {
                let known = home < everyone && !people.is_observed_home(home);
                known
                    .then(|| people.members(home))
                    .and_then(|mut members| members.next())
            };
            let (Some(host), Some(guest)) = (at_home(host), at_home(guest)) else {
                continue;
            };
            let from = some_instant(chance);
            let contact = Contact {
                person_a: people.id(host),
                person_b: people.id(guest),
                from,
                until: Some(from + minutes(chance.heavy_tailed(5, 300))),
                setting: chance
                    .pick(&["meal", "visit", "transport", "shop", "work"])
                    .map(Box::from),
                protected: Some(chance.in_thousand(600)),
                judged: None,
            };
            if host != guest {
                self.contacts.push(contact);
            }
        }
    }

    /// Visits of venues, a few of which are crowded. No one concerned by a case makes any.
    fn visits(&mut self, plan: &Plan, people: &People, chance: &mut Chance) {
        let venues = ids(self.venues.len(), VenueId::from_index);
        for _ in 0..plan.outbreak.visits {
            let person = chance.below(people.rows.len());
            let place = chance.heavy_tailed(1, venues.len()) - 1;
            let from = some_instant(chance);
            let lasts = minutes(chance.heavy_tailed(8, 180));
            let concerned = person >= people.rows.len()
                || people.part(person) == Part::Away
                || people
                    .home(person)
                    .is_none_or(|home| people.is_observed_home(home));
            if let (false, Some(&venue)) = (concerned, venues.get(place)) {
                self.visits.push(Visit {
                    person: people.id(person),
                    venue,
                    from,
                    until: Some(from + lasts),
                });
            }
        }
    }

    /// Word from the city: of each close contact, and of some who came home.
    fn clues(&mut self, plan: &Plan, people: &People, arrivals: &Arrivals, chance: &mut Chance) {
        let to_city = |stay: &&Stay| stay.place == StayPlace::CitySite;
        for stay in arrivals.stays.iter().filter(to_city) {
            let received_at = stay.ordered_at - minutes(ORDERED - CONFIRMED - 15);
            self.clue(people, stay.person, received_at, "here", 30);
        }
        for _ in 0..plan.outbreak.clues {
            let place = chance.below(arrivals.stays.len());
            let Some(stay) = arrivals.stays.get(place) else {
                return;
            };
            let story = days_between(RESPONSE_BEGINS, LAST_DAY);
            let day = later(RESPONSE_BEGINS, chance.below(story));
            let received_at = minute(day, chance.between(8 * 60, 20 * 60));
            let outcome = if stay.counted_from <= day {
                "here"
            } else {
                "not_found"
            };
            let outcome = if chance.in_thousand(120) {
                "passed_on"
            } else {
                outcome
            };
            let answered = chance.between(40, 20 * 60);
            self.clue(people, stay.person, received_at, outcome, answered);
        }
        self.open_clues(plan, people, arrivals, chance);
    }

    /// Word of the last day that nobody has followed yet.
    fn open_clues(
        &mut self,
        plan: &Plan,
        people: &People,
        arrivals: &Arrivals,
        chance: &mut Chance,
    ) {
        let open = plan.last_day.map_or(0, |exact| exact.clues_open);
        for _ in 0..open {
            let Some(stay) = arrivals.stays.get(chance.below(arrivals.stays.len())) else {
                return;
            };
            self.clues.push(Clue {
                person: people.id(stay.person),
                received_at: minute(LAST_DAY, chance.between(8 * 60, 20 * 60)),
                from: Some("city headquarters".into()),
                outcome: None,
                answered_at: None,
            });
        }
    }

    fn clue(
        &mut self,
        people: &People,
        person: usize,
        received_at: NaiveDateTime,
        outcome: &str,
        after: usize,
    ) {
        self.clues.push(Clue {
            person: people.id(person),
            received_at,
            from: Some("city headquarters".into()),
            outcome: Some(outcome.into()),
            answered_at: Some(received_at + minutes(after)).filter(|at| is_written(*at)),
        });
    }
}

/// A waking hour of the story's days but the last.
fn some_instant(chance: &mut Chance) -> NaiveDateTime {
    let day: NaiveDate = later(
        FIRST_ARRIVALS,
        chance.below(days_between(FIRST_ARRIVALS, LAST_DAY)),
    );
    minute(day, chance.between(8 * 60, 19 * 60))
}

/// Markets, schools, clinics and the rest, in village or community.
fn venues(plan: &Plan, places: &Places, chance: &mut Chance) -> Vec<Venue<usize>> {
    let kinds = [
        ("market", 900),
        ("school", 420),
        ("clinic", 60),
        ("activity_room", 120),
        ("shop", 25),
        ("teahouse", 40),
        ("temple", 150),
    ];
    let mut venues = Vec::new();
    for place in 0..plan.places.venues {
        let (kind, capacity) = kinds[place % kinds.len()];
        let community = place % places.communities.len().max(1);
        let villages = places
            .communities
            .get(community)
            .map(|community| community.villages.clone());
        let Some(villages) = villages else { continue };
        let village = villages.start + chance.below(villages.len());
        let area = match places.villages.get(village) {
            Some(village) if kind != "market" => village.area,
            _ => places.communities[community].area,
        };
        venues.push(Venue {
            area,
            kind: kind.into(),
            capacity: u32::try_from(chance.heavy_tailed(capacity / 3, capacity)).ok(),
        });
    }
    venues
}
