//! Who watches whom, the two readings a day, and what those at home need.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use follow_up::{CheckIn, CheckInOutcome, Need, Pairing, Session, Watched};
use grid_model::{Role, start_of};
use quarantine_rules::{HealthReading, TestResult};

use crate::arrivals::{Stay, StayPlace};
use crate::calendar::{LAST_DAY, days, days_between, earlier, is_written, later, minute, minutes};
use crate::chance::Chance;
use crate::outreach::take_one;
use crate::people::{Part, People};
use crate::places::Places;
use crate::plan::Plan;
use crate::rows::Rows;
use crate::staff::{Staffing, local};

/// How many people one helper watches at once; the field's limit is left some room.
const LOAD: usize = 3;
/// Until when a morning's reading must be taken.
const NOON: usize = 12 * 60;
/// How many days running without a reading mean that someone's whereabouts are unknown.
const LOST_AFTER_DAYS: usize = 3;

/// What is recorded of those who watch.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    pub(crate) pairings: Rows<Pairing>,
    pub(crate) check_ins: Rows<CheckIn>,
    pub(crate) health: Rows<HealthReading>,
    pub(crate) needs: Rows<Need>,
}

/// A helper, and until when each of those watched is.
#[derive(Clone, Debug)]
struct Helper {
    person: usize,
    watches_until: Vec<NaiveDate>,
}

impl Watch {
    /// Pairs everyone at home and writes down every reading due.
    pub(crate) fn draw(
        plan: &Plan,
        places: &Places,
        people: &mut People,
        staffing: &mut Staffing,
        stays: &[Stay],
        chance: &mut Chance,
    ) -> Self {
        let mut drawn = Watch {
            pairings: Rows::new("PA"),
            check_ins: Rows::new("CI"),
            health: Rows::new("HE"),
            needs: Rows::new("NE"),
        };
        let mut helpers: Vec<Vec<Helper>> = vec![Vec::new(); places.villages.len()];
        let mut flaws = Seeded::of(plan, stays);
        let mut unpaired = plan.last_day.map_or(0, |exact| exact.unpaired);
        let mut in_order: Vec<&Stay> = stays.iter().collect();
        in_order.sort_by_key(|stay| (stay.ordered_at, stay.person));
        for stay in in_order {
            let helper = match stay.place {
                StayPlace::CitySite => continue,
                StayPlace::TownshipSite | StayPlace::CentralSite => {
                    drawn.measure(stay, people, chance);
                    continue;
                }
                StayPlace::Home if is_unpaired(plan, stay, &mut unpaired, chance) => None,
                StayPlace::Home => {
                    let helper = helper(stay, places, people, staffing, &mut helpers, chance);
                    drawn.pair(stay, helper, people);
                    drawn.need(plan, stay, people, chance);
                    helper
                }
            };
            drawn.read(plan, stay, helper, people, &mut flaws, chance);
        }
        if let Some(exact) = plan.last_day {
            let paired: usize = helpers.iter().map(Vec::len).sum();
            let wanted = exact.helpers.saturating_sub(paired);
            drawn.relieve(wanted, stays, places, people, staffing, chance);
            drawn.open_needs(exact.needs_open, stays, people, chance);
        }
        drawn
    }

    /// So many helpers were relieved by another for the last week of a stay that is over.
    fn relieve(
        &mut self,
        wanted: usize,
        stays: &[Stay],
        places: &Places,
        people: &mut People,
        staffing: &mut Staffing,
        chance: &mut Chance,
    ) {
        let over = |stay: &&Stay| stay.place == StayPlace::Home && stay.until < LAST_DAY;
        for stay in stays.iter().filter(over).cycle().take(wanted) {
            let mut nobody = vec![Vec::new(); places.villages.len()];
            let next = helper(stay, places, people, staffing, &mut nobody, chance);
            let from = start_of(earlier(stay.until, 7)).max(stay.ordered_at);
            let pairing = next.map(|next| Pairing {
                watched: Watched::Person(people.id(stay.person)),
                helper: people.id(next),
                from,
                until: Some(start_of(later(stay.until, 1))),
            });
            if let Some(pairing) = pairing {
                self.pairings.push_known(from, pairing);
            }
        }
    }

    /// So many needs of the last day that nobody has met yet.
    fn open_needs(&mut self, open: usize, stays: &[Stay], people: &People, chance: &mut Chance) {
        let standing = |stay: &&Stay| stay.place == StayPlace::Home && stay.until >= LAST_DAY;
        for stay in stays.iter().filter(standing).cycle().take(open) {
            let kind = chance.pick(&["food", "prescribed_medicine", "daily_goods", "doctor"]);
            let after = chance.between(8 * 60, 17 * 60);
            self.needs.push(Need {
                person: people.id(stay.person),
                kind: kind.unwrap_or("food").into(),
                raised_at: minute(LAST_DAY, after).max(stay.ordered_at),
                met_at: None,
            });
        }
    }

    fn pair(&mut self, stay: &Stay, helper: Option<usize>, people: &People) {
        if let Some(helper) = helper {
            self.pairings.push_known(
                stay.ordered_at,
                Pairing {
                    watched: Watched::Person(people.id(stay.person)),
                    helper: people.id(helper),
                    from: stay.ordered_at,
                    until: Some(start_of(later(stay.until, 1))),
                },
            );
        }
    }

    fn need(&mut self, plan: &Plan, stay: &Stay, people: &People, chance: &mut Chance) {
        if !chance.in_thousand(320) {
            return;
        }
        let last = stay.until.min(LAST_DAY);
        let first = stay.ordered_at.date();
        let day = later(first, chance.between(1, days_between(first, last).max(1)));
        let raised_at = minute(day, chance.between(8 * 60, 17 * 60));
        let kind = chance.pick(&["food", "prescribed_medicine", "daily_goods", "doctor"]);
        let mut met_at = raised_at + minutes(chance.between(60, 26 * 60));
        if plan.last_day.is_some() {
            // What is still open on the last day is counted by the plan.
            met_at = met_at.min(minute(LAST_DAY, 23 * 60));
        }
        if is_written(raised_at) {
            self.needs.push(Need {
                person: people.id(stay.person),
                kind: kind.unwrap_or("food").into(),
                raised_at,
                met_at: Some(met_at).filter(|at| is_written(*at)),
            });
        }
    }

    /// What medical staff write down at the central site: a temperature each morning.
    fn measure(&mut self, stay: &Stay, people: &People, chance: &mut Chance) {
        let first = later(stay.ordered_at.date(), 1);
        for day in days(first, stay.until.min(LAST_DAY)) {
            self.health.push(HealthReading {
                person: people.id(stay.person),
                at: reading_time(day, Session::Morning, chance),
                temperature_tenths: u16::try_from(chance.between(361, 372)).ok(),
                symptoms: Some("none".into()),
                test: None,
            });
        }
    }

    /// The readings of a stay: from the order to the last evening. A morning's reading is due by
    /// noon, so on the morning of the order it is taken with the order.
    fn read(
        &mut self,
        plan: &Plan,
        stay: &Stay,
        helper: Option<usize>,
        people: &People,
        flaws: &mut Seeded,
        chance: &mut Chance,
    ) {
        let lost = flaws.is_lost(stay);
        for day in days(stay.ordered_at.date(), stay.until.min(LAST_DAY)) {
            for session in [Session::Morning, Session::Evening] {
                let at = reading_time(day, session, chance).max(stay.ordered_at);
                if session == Session::Morning && at >= minute(day, NOON) {
                    continue;
                }
                let mut check_in = CheckIn {
                    person: people.id(stay.person),
                    helper: helper.map(|helper| people.id(helper)),
                    at,
                    session,
                    outcome: CheckInOutcome::SeenWell,
                    temperature_tenths: u16::try_from(chance.between(361, 372)).ok(),
                };
                let missed = match plan.last_day {
                    Some(_) if day == LAST_DAY => {
                        session == Session::Evening && flaws.missed_last.contains(&stay.person)
                    }
                    _ => chance.in_thousand(plan.flaws.readings_missed),
                };
                let is_lost = lost && day > earlier(LAST_DAY, LOST_AFTER_DAYS + 1);
                if missed || is_lost || flaws.takes_missed(stay, day, session) {
                    check_in.outcome = CheckInOutcome::Missed;
                    check_in.temperature_tenths = None;
                } else if flaws.takes_fever(stay, day, session) {
                    check_in.outcome = CheckInOutcome::SeenIll;
                    check_in.temperature_tenths = Some(374);
                    self.fever(people, stay.person, at);
                }
                self.check_ins.push(check_in);
            }
        }
    }

    fn fever(&mut self, people: &People, person: usize, at: NaiveDateTime) {
        self.health.push(HealthReading {
            person: people.id(person),
            at,
            temperature_tenths: Some(374),
            symptoms: Some("none".into()),
            test: Some(TestResult::Negative),
        });
    }
}

/// Whether nobody watches a stay: so many of those still running, and some of the others.
fn is_unpaired(plan: &Plan, stay: &Stay, left: &mut usize, chance: &mut Chance) -> bool {
    if plan.last_day.is_some() && stay.until >= LAST_DAY {
        return take_one(left);
    }
    chance.in_thousand(plan.flaws.unpaired)
}

/// A morning reading between 07:30 and 09:00, an evening reading between 19:00 and 20:30.
fn reading_time(day: NaiveDate, session: Session, chance: &mut Chance) -> NaiveDateTime {
    let first = match session {
        Session::Morning => 7 * 60 + 30,
        Session::Evening => 19 * 60,
    };
    minute(day, first + chance.below(90))
}

/// A helper of the stay's village with room, or one more of those who may serve.
fn helper(
    stay: &Stay,
    places: &Places,
    people: &mut People,
    staffing: &mut Staffing,
    helpers: &mut [Vec<Helper>],
    chance: &mut Chance,
) -> Option<usize> {
    let village = places.village_of(people.home(stay.person)?);
    let from = stay.ordered_at.date();
    let of_village = &mut helpers[village];
    let load = |helper: &Helper| {
        let running = helper.watches_until.iter().filter(|until| **until >= from);
        running.count()
    };
    // One after the other, so that some watch one person and some three.
    if !chance.in_thousand(450)
        && let Some(helper) = of_village.iter_mut().find(|helper| load(helper) < LOAD)
    {
        helper.watches_until.push(stay.until);
        return Some(helper.person);
    }
    let person = local(village, places, people, chance)?;
    let roles = [
        Role::PartyMember,
        Role::VillagersRepresentative,
        Role::CongressDeputy,
        Role::CppccMember,
    ];
    let role = roles[chance.weighted(&[56, 33, 8, 3])];
    let grid = staffing.grid_of_village[village];
    staffing.appoint(Some(person), role, None, Some(grid), people);
    people.engage(person, Part::Helper);
    of_village.push(Helper {
        person,
        watches_until: vec![stay.until],
    });
    Some(person)
}

/// What goes wrong once, and with whom.
struct Seeded {
    missed: Option<NaiveDate>,
    fever: Option<NaiveDate>,
    lost: Vec<usize>,
    /// Whose last evening's reading is missed, and whose is a fever, in the order of people.
    missed_last: BTreeSet<usize>,
    fever_last: BTreeSet<usize>,
}

impl Seeded {
    fn of(plan: &Plan, stays: &[Stay]) -> Self {
        let at_home = |stay: &&Stay| stay.place == StayPlace::Home;
        let long_enough = |stay: &&Stay| {
            stay.until >= LAST_DAY
                && stay.ordered_at.date() <= earlier(LAST_DAY, LOST_AFTER_DAYS + 1)
        };
        let lost = stays.iter().filter(at_home).filter(long_enough);
        let lost: Vec<usize> = lost.map(|stay| stay.person).take(plan.flaws.lost).collect();
        let (missed, fevers) = plan.last_day.map_or((0, 0), |exact| {
            let singles = exact.missed.saturating_sub(2 * lost.len());
            (singles, exact.fevers)
        });
        let standing = stays.iter().filter(at_home);
        let mut standing = standing
            .filter(|stay| stay.until >= LAST_DAY && !lost.contains(&stay.person))
            .map(|stay| stay.person);
        Seeded {
            missed_last: standing.by_ref().take(missed).collect(),
            fever_last: standing.take(fevers).collect(),
            missed: plan.flaws.missed_evening,
            fever: plan.flaws.fever_evening,
            lost,
        }
    }

    fn is_lost(&self, stay: &Stay) -> bool {
        self.lost.contains(&stay.person)
    }

    /// Whether this reading is the one missed; the next is not.
    fn takes_missed(&mut self, stay: &Stay, day: NaiveDate, session: Session) -> bool {
        takes(&mut self.missed, stay, day, session)
    }

    /// Whether this reading is the one fever; the next is not.
    fn takes_fever(&mut self, stay: &Stay, day: NaiveDate, session: Session) -> bool {
        let last = day == LAST_DAY && session == Session::Evening;
        last && self.fever_last.contains(&stay.person) || takes(&mut self.fever, stay, day, session)
    }
}

fn takes(seeded: &mut Option<NaiveDate>, stay: &Stay, day: NaiveDate, session: Session) -> bool {
    let settled = stay.counted_from < earlier(day, 2);
    let right = stay.place == StayPlace::Home && session == Session::Evening && settled;
    if *seeded == Some(day) && right {
        *seeded = None;
        return true;
    }
    false
}
