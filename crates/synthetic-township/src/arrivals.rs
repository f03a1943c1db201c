//! Who came home or came through, and under which order each one went.

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::CheckpointId;
use quarantine_rules::{Arrival, ArrivalKind, Measure, OrderEvent, OrderEventKind};

use crate::calendar::{
    CHECKPOINTS_STAND, LAST_DAY, RESPONSE_BEGINS, day, days_between, later, minute, minutes,
};
use crate::chance::Chance;
use crate::names::{CITIES, HUBEI};
use crate::outreach::take_one;
use crate::people::{Part, People};
use crate::places::ids;
use crate::plan::Plan;
use crate::rows::Rows;

/// How many days a measure lasts, by every rule of the story: the last day is day 0 and 14.
pub(crate) const MEASURE_DAYS: usize = 14;
/// Those of high-risk places outside Hubei come from here.
const HIGH_RISK: [&str; 3] = ["温州", "台州", "信阳"];
/// The day from which arrivals fall under Yunnan's Announcement 10, the township's level lowered.
const HIGH_RISK_FROM: NaiveDate = day(2, 24);
/// The day of Tengchong's notice: who arrives before its noon stays at home.
const NOTICE_DAY: NaiveDate = day(2, 5);

/// A person under an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    pub(crate) person: usize,
    pub(crate) kind: Option<ArrivalKind>,
    pub(crate) place: StayPlace,
    pub(crate) ordered_at: NaiveDateTime,
    pub(crate) counted_from: NaiveDate,
    /// The last day under the order.
    pub(crate) until: NaiveDate,
}

/// Where a person stays under an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StayPlace {
    Home,
    TownshipSite,
    /// The site for everyone who enters after the noon of Tengchong's notice.
    CentralSite,
    CitySite,
}

impl StayPlace {
    /// The word of the place, and who orders people there.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            StayPlace::Home => ("home", "township headquarters"),
            StayPlace::TownshipSite => ("township_site", "township headquarters"),
            StayPlace::CentralSite => ("central_site", "city headquarters"),
            StayPlace::CitySite => ("city_site", "city headquarters"),
        }
    }
}

/// The arrivals, the orders and the stays that follow from them.
#[derive(Clone, Debug)]
pub(crate) struct Arrivals {
    pub(crate) arrivals: Rows<Arrival>,
    pub(crate) orders: Rows<OrderEvent>,
    pub(crate) stays: Vec<Stay>,
}

impl Arrivals {
    /// Draws everyone who came.
    pub(crate) fn draw(plan: &Plan, people: &mut People, chance: &mut Chance) -> Self {
        let mut comers = Comers::new(people, chance);
        let mut drawn = Arrivals {
            arrivals: Rows::new("AR"),
            orders: Rows::new("OR"),
            stays: Vec::new(),
        };
        let gates = ids(plan.checkpoints.len(), CheckpointId::from_index);
        drawn.come_home(plan, &gates, people, &mut comers, chance);
        drawn.come_through_hubei(plan, &gates, people, &mut comers, chance);
        drawn.come_from_nearby(plan, &gates, people, &mut comers, chance);
        drawn
    }

    fn come_home(
        &mut self,
        plan: &Plan,
        gates: &[CheckpointId],
        people: &mut People,
        comers: &mut Comers,
        chance: &mut Chance,
    ) {
        let mut kinds = kinds(plan, chance).into_iter();
        let mut first = true;
        let mut miscounted = plan.last_day.map_or(0, |exact| exact.miscounted);
        for &(day, number) in &plan.arrivals.home {
            for kind in kinds.by_ref().take(number) {
                let Some(person) = comers.next(kind, people, chance) else {
                    continue;
                };
                let mut arrival = arrival(people, person, day, gates, chance);
                let (place, risk) = if day >= HIGH_RISK_FROM {
                    arrival.left_risk_area = Some(day);
                    (chance.pick(&HIGH_RISK), "high")
                } else {
                    (chance.pick(&CITIES), "medium")
                };
                arrival.from_place = place.map(Box::from);
                arrival.from_risk = Some(risk.into());
                arrival.kind = Some(kind);
                forget(&mut arrival, plan.flaws.facts_unknown, chance);
                let mut lasts = MEASURE_DAYS;
                if plan.last_day.is_some() && std::mem::take(&mut first) {
                    arrival.home_ok = None;
                }
                if day >= HIGH_RISK_FROM && plan.last_day.is_some() {
                    // Whose measure hangs on a fact unknown is counted by the plan.
                    arrival.home_ok = Some(true);
                    lasts -= usize::from(take_one(&mut miscounted));
                }
                self.order_home(&arrival, person, lasts, people, chance);
                self.arrivals.push(arrival);
            }
        }
    }

    fn order_home(
        &mut self,
        arrival: &Arrival,
        person: usize,
        lasts: usize,
        people: &People,
        chance: &mut Chance,
    ) {
        let arrived_on = arrival.arrived_at.date();
        let (measure, clause) = if arrived_on >= HIGH_RISK_FROM {
            (Measure::HomeQuarantine, "YN-A10-HIGH")
        } else if arrived_on >= NOTICE_DAY {
            (Measure::HomeObservation, "TC-FEB-OLD")
        } else {
            (Measure::HomeObservation, "TC-JAN-HOME")
        };
        let stay = Stay {
            person,
            kind: arrival.kind,
            place: StayPlace::Home,
            ordered_at: order_time(arrival, chance),
            counted_from: arrived_on,
            until: later(arrived_on, lasts),
        };
        self.order(stay, measure, clause, people, chance);
    }

    fn come_through_hubei(
        &mut self,
        plan: &Plan,
        gates: &[CheckpointId],
        people: &mut People,
        comers: &mut Comers,
        chance: &mut Chance,
    ) {
        let mut unknown = plan.arrivals.way_unknown.iter().peekable();
        let mut known_later = Vec::new();
        for &(day, number) in &plan.arrivals.central {
            for _ in 0..number {
                let way = unknown.next_if(|(on, _)| *on == day);
                let visits = way.is_some() || chance.in_thousand(330);
                let Some((person, mut arrival)) =
                    through_hubei(day, visits, gates, people, comers, chance)
                else {
                    continue;
                };
                if plan.last_day.is_some() && later(day, MEASURE_DAYS) >= LAST_DAY {
                    // Who is still there on the last day is there by the book of that day too:
                    // of a place of high risk, and without a home to stay in.
                    arrival.from_place = chance.pick(&HIGH_RISK).map(Box::from);
                    arrival.from_risk = Some("high".into());
                    arrival.via_hubei = Some(false);
                    arrival.home_ok = Some(false);
                }
                self.order_central(&arrival, person, people, chance);
                let Some((_, known_on)) = way else {
                    self.arrivals.push(arrival);
                    continue;
                };
                // Whose way is not known may have come through Hubei: held as if so.
                arrival.from_place = Some("长沙".into());
                let row = self.arrivals.push(Arrival {
                    via_hubei: None,
                    ..arrival.clone()
                });
                known_later.extend(known_on.map(|on| (row, on, arrival)));
            }
        }
        for (row, known_on, arrival) in known_later {
            self.arrivals
                .correct(row, minute(known_on, 10 * 60), arrival);
        }
    }

    fn order_central(
        &mut self,
        arrival: &Arrival,
        person: usize,
        people: &People,
        chance: &mut Chance,
    ) {
        let arrived_on = arrival.arrived_at.date();
        let (place, clause) = if arrived_on > NOTICE_DAY {
            (StayPlace::CentralSite, "TC-FEB-NEW")
        } else {
            (StayPlace::TownshipSite, "MB-HUBEI")
        };
        let stay = Stay {
            person,
            kind: arrival.kind,
            place,
            ordered_at: order_time(arrival, chance),
            counted_from: arrived_on,
            until: later(arrived_on, MEASURE_DAYS),
        };
        self.order(stay, Measure::CentralQuarantine, clause, people, chance);
    }

    fn come_from_nearby(
        &mut self,
        plan: &Plan,
        gates: &[CheckpointId],
        people: &mut People,
        comers: &mut Comers,
        chance: &mut Chance,
    ) {
        for _ in 0..plan.arrivals.inside_city {
            let Some(person) = comers.next(ArrivalKind::Resident, people, chance) else {
                return;
            };
            let story = days_between(CHECKPOINTS_STAND, LAST_DAY);
            let day = later(CHECKPOINTS_STAND, chance.below(story + 1));
            let mut arrival = arrival(people, person, day, gates, chance);
            arrival.from_place = Some("腾越".into());
            arrival.from_risk = Some("low".into());
            arrival.outside_city = Some(false);
            arrival.kind = Some(ArrivalKind::Resident);
            self.arrivals.push(arrival);
        }
    }

    /// Writes an order, that it was begun, and the release where its day has come.
    pub(crate) fn order(
        &mut self,
        stay: Stay,
        measure: Measure,
        clause: &str,
        people: &People,
        chance: &mut Chance,
    ) {
        let (place, ordered_by) = stay.place.names();
        let event = |at, event| OrderEvent {
            person: people.id(stay.person),
            at,
            event,
            measure: None,
            place: None,
            counted_from: None,
            until: None,
            clause: None,
            ordered_by: Some(ordered_by.into()),
        };
        self.orders.push(OrderEvent {
            measure: Some(measure),
            place: Some(place.into()),
            counted_from: Some(stay.counted_from),
            until: Some(stay.until),
            clause: Some(clause.into()),
            ..event(stay.ordered_at, OrderEventKind::Ordered)
        });
        let begun_at = stay.ordered_at + minutes(chance.between(15, 40));
        self.orders.push(event(begun_at, OrderEventKind::Begun));
        let free_on = later(stay.until, 1);
        if free_on <= LAST_DAY {
            let released_at = minute(free_on, chance.below(9 * 60));
            self.orders
                .push(event(released_at, OrderEventKind::Released));
        }
        self.stays.push(stay);
    }
}

/// What brings each of the home stream here, in an order of chance.
fn kinds(plan: &Plan, chance: &mut Chance) -> Vec<ArrivalKind> {
    let total = crate::plan::total(&plan.arrivals.home);
    let mut kinds = Vec::with_capacity(total);
    kinds.resize(plan.arrivals.workers, ArrivalKind::Worker);
    kinds.resize(kinds.len() + plan.arrivals.students, ArrivalKind::Student);
    kinds.resize(kinds.len() + plan.arrivals.visitors, ArrivalKind::Visitor);
    kinds.resize(total.max(kinds.len()), ArrivalKind::Resident);
    chance.shuffle(&mut kinds);
    kinds
}

/// An arrival from outside the city, on a day, through a checkpoint where one stands.
fn arrival(
    people: &People,
    person: usize,
    day: NaiveDate,
    gates: &[CheckpointId],
    chance: &mut Chance,
) -> Arrival {
    let latest = if day == NOTICE_DAY { 11 * 60 } else { 17 * 60 };
    let arrived_at = minute(day, chance.between(8 * 60 + 10, latest));
    Arrival {
        person: people.id(person),
        checkpoint: chance.pick(gates).filter(|_| day >= CHECKPOINTS_STAND),
        arrived_at,
        from_place: None,
        from_risk: None,
        left_risk_area: None,
        via_hubei: Some(false),
        outside_city: Some(true),
        kind: None,
        home_ok: Some(true),
        handed_over_at: Some(arrived_at + minutes(chance.between(10, 25))),
    }
}

/// Someone who goes to a central site, from or through Hubei until Tengchong's notice: a visitor
/// of elsewhere, or a resident.
fn through_hubei(
    day: NaiveDate,
    visits: bool,
    gates: &[CheckpointId],
    people: &mut People,
    comers: &mut Comers,
    chance: &mut Chance,
) -> Option<(usize, Arrival)> {
    let (kind, person) = if visits {
        (ArrivalKind::Visitor, people.come(None, chance))
    } else {
        let person = comers.next(ArrivalKind::Resident, people, chance)?;
        (ArrivalKind::Resident, person)
    };
    let mut arrival = arrival(people, person, day, gates, chance);
    arrival.from_place = chance.pick(&HUBEI).map(Box::from);
    arrival.from_risk = Some("high".into());
    arrival.left_risk_area = Some(day);
    arrival.via_hubei = Some(true);
    arrival.kind = Some(kind);
    if day > NOTICE_DAY && !chance.in_thousand(250) {
        // From then on everyone who enters the city goes to a central site.
        arrival.from_place = chance.pick(&CITIES).map(Box::from);
        arrival.from_risk = Some("medium".into());
        arrival.via_hubei = Some(false);
    }
    Some((person, arrival))
}

/// When the order is given: within the hour, but never before the township's practice began.
fn order_time(arrival: &Arrival, chance: &mut Chance) -> NaiveDateTime {
    let morning = minute(RESPONSE_BEGINS, chance.between(9 * 60, 12 * 60));
    let soon = arrival.arrived_at + minutes(chance.between(30, 60));
    if arrival.arrived_at.date() < RESPONSE_BEGINS {
        morning
    } else {
        soon
    }
}

fn forget(arrival: &mut Arrival, in_thousand: usize, chance: &mut Chance) {
    if chance.in_thousand(in_thousand) {
        arrival.from_place = None;
    }
    if chance.in_thousand(in_thousand) {
        arrival.home_ok = None;
    }
    if chance.in_thousand(in_thousand) {
        arrival.handed_over_at = None;
    }
}

/// Who may still come for each reason, in an order of chance.
struct Comers {
    workers: Vec<usize>,
    students: Vec<usize>,
    residents: Vec<usize>,
    last_home: Option<usize>,
}

impl Comers {
    fn new(people: &People, chance: &mut Chance) -> Self {
        let mut waiting = |kind| {
            let everyone = 0..people.rows.len();
            let mut fitting: Vec<usize> = everyone
                .filter(|&person| fits(kind, people, person))
                .collect();
            chance.shuffle(&mut fitting);
            fitting
        };
        Comers {
            workers: waiting(ArrivalKind::Worker),
            students: waiting(ArrivalKind::Student),
            residents: waiting(ArrivalKind::Resident),
            last_home: None,
        }
    }

    /// The next person who comes for this reason; nobody where all have come.
    fn next(
        &mut self,
        kind: ArrivalKind,
        people: &mut People,
        chance: &mut Chance,
    ) -> Option<usize> {
        // Some come home with someone of their household.
        let together = chance.in_thousand(150);
        let with_last = self.last_home.filter(|_| together).and_then(|home| {
            let mut members = people.members(home);
            members.find(|&member| people.part(member) == Part::Free && fits(kind, people, member))
        });
        let person = match with_last {
            Some(person) => person,
            None => self.one_of_another_home(kind, people)?,
        };
        self.last_home = people.home(person);
        let comer = match kind {
            // A visitor stays with the person's household.
            ArrivalKind::Visitor => people.come(self.last_home, chance),
            _ => person,
        };
        people.engage(comer, Part::Observed);
        Some(comer)
    }

    fn one_of_another_home(&mut self, kind: ArrivalKind, people: &People) -> Option<usize> {
        let waiting = match kind {
            ArrivalKind::Worker => &mut self.workers,
            ArrivalKind::Student => &mut self.students,
            ArrivalKind::Resident | ArrivalKind::Visitor => &mut self.residents,
        };
        while let Some(person) = waiting.pop() {
            if people.is_free(person) {
                return Some(person);
            }
        }
        None
    }
}

/// Whether a person is of the age to come for a reason.
fn fits(kind: ArrivalKind, people: &People, person: usize) -> bool {
    let ages = match kind {
        ArrivalKind::Worker => 19..=55,
        ArrivalKind::Student => 15..=24,
        ArrivalKind::Resident | ArrivalKind::Visitor => 3..=78,
    };
    ages.contains(&people.age(person))
}
