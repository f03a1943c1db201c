//! A town of any size whose figures are all drawn, and all different while there is room.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::mangbang::{checkpoints, work_groups};
use super::{
    ArrivalsPlan, Daily, Flaws, IndexCase, JobsPlan, OutbreakPlan, OutreachPlan, PlacesPlan, Plan,
    ProgrammesPlan,
};
use crate::calendar::{LAST_DAY, RESPONSE_BEGINS, day, days, earlier, later};
use crate::chance::{Chance, System, split};
use crate::names::{Name, VillageNames};

const NOTICES: &[&str] = &["疫情防控提示", "倡议书"];
const LATER_NOTICES: &[&str] = &["外出务工提示"];

/// The plan of a town with so many households that must be screened.
pub(crate) fn scaled(households: usize, seed: u64) -> Plan {
    let mut draw = Draw {
        chance: Chance::of(seed, System::Plan),
        households,
        taken: BTreeSet::from([households]),
    };
    let places = draw.places();
    let missed = draw.part(9).min(households);
    let home = draw.stream(50, day(1, 22), day(2, 4));
    Plan {
        name: draw.name(),
        places,
        checkpoints: draw.checkpoints(),
        work_groups: draw.work_groups(),
        away: draw.part(110),
        screened: draw.over_days(households - missed, day(1, 24), day(2, 6)),
        absent_before: draw.part(6),
        arrivals: draw.arrivals(home),
        outbreak: draw.outbreak(),
        outreach: draw.outreach(places.communities),
        postponed: vec![
            (day(1, 24), day(1, 31), draw.part(7)),
            (day(2, 1), day(2, 29), draw.part(5)),
        ],
        funerals: draw.part(3),
        markets: draw.part(2),
        jobs: draw.jobs(),
        programmes: draw.programmes(),
        donations_yuan: vec![
            (day(2, 3), day(2, 20), draw.part(5_300)),
            (day(2, 21), day(2, 29), draw.part(8_900)),
        ],
        spent_yuan: draw.part(3_700),
        flaws: draw.flaws(),
    }
}

struct Draw {
    chance: Chance,
    households: usize,
    taken: BTreeSet<usize>,
}

impl Draw {
    /// About so many for every thousand households, and at least one; a number no other figure
    /// of the plan has.
    fn part(&mut self, per_thousand: usize) -> usize {
        let wish = (self.households * per_thousand / 1000).max(3);
        let mut number = self.chance.between(wish * 3 / 4, wish * 5 / 4);
        while !self.taken.insert(number) {
            number += 1;
        }
        number
    }

    fn stream(&mut self, per_thousand: usize, first: NaiveDate, last: NaiveDate) -> Vec<Daily> {
        let total = self.part(per_thousand);
        self.over_days(total, first, last)
    }

    /// A total over days: more on the first ones, as people come home for a feast.
    fn over_days(&mut self, total: usize, first: NaiveDate, last: NaiveDate) -> Vec<Daily> {
        let all: Vec<NaiveDate> = days(first, last).collect();
        let weights: Vec<u64> = (0..all.len())
            .map(|place| (8 * (all.len() - place) + self.chance.between(60, 240)) as u64)
            .collect();
        let parts = split(total as u64, &weights);
        let parts = parts
            .into_iter()
            .map(|part| usize::try_from(part).unwrap_or(0));
        all.into_iter().zip(parts).collect()
    }

    fn name(&mut self) -> Name {
        let name = VillageNames::new(&mut self.chance).next();
        Name {
            zh: name.zh + "镇",
            en: name.en + " Town",
        }
    }

    fn places(&mut self) -> PlacesPlan {
        let per = |households: usize, each: usize| (households / each).max(1);
        let communities = per(self.households, self.chance.between(480, 640));
        let villages = per(self.households, self.chance.between(80, 120)).max(communities);
        let groups = per(self.households, self.chance.between(36, 48)).max(villages);
        self.taken.extend([communities, villages, groups]);
        PlacesPlan {
            communities,
            villages,
            groups,
            households: self.households,
            presence_unknown: self.part(4).min(self.households),
            vacant: self.part(21),
            moved: self.part(13),
            venues: per(self.households, 190).max(communities),
        }
    }

    fn checkpoints(&mut self) -> Vec<(Name, u32)> {
        let mut names = VillageNames::new(&mut self.chance);
        let mut drawn: Vec<(Name, u32)> = checkpoints();
        drawn.truncate(self.chance.between(2, 3));
        // Beyond the first few, one for every 4,000 households: a road has one, not a village.
        for _ in 0..self.households / 4_000 {
            drawn.push((
                names.next(),
                if self.chance.in_thousand(400) { 3 } else { 2 },
            ));
        }
        drawn
    }

    fn work_groups(&mut self) -> Vec<Name> {
        let mut groups = work_groups();
        groups.truncate(self.chance.between(5, 9));
        groups
    }

    fn arrivals(&mut self, mut home: Vec<Daily>) -> ArrivalsPlan {
        let late = self.stream(11, day(2, 24), day(2, 29));
        home.extend(late);
        let total = super::total(&home);
        let workers = total * self.chance.between(520, 640) / 1000;
        let students = total * self.chance.between(260, 330) / 1000;
        let central = self.stream(17, day(1, 22), day(2, 23));
        let unknown_days: Vec<NaiveDate> = central
            .iter()
            .filter(|(_, number)| *number > 0)
            .map(|(day, _)| *day)
            .collect();
        let way_unknown = self.way_unknown(&unknown_days);
        ArrivalsPlan {
            home,
            workers,
            students,
            visitors: total / 50,
            central,
            way_unknown,
            inside_city: self.part(8),
        }
    }

    /// Some whose way became known, and some on the last days of the stream whose way did not.
    fn way_unknown(&mut self, of: &[NaiveDate]) -> Vec<(NaiveDate, Option<NaiveDate>)> {
        of.iter()
            .enumerate()
            .filter(|(place, _)| place % 3 == 1)
            .map(|(place, &day)| {
                let known = later(day, self.chance.between(1, 5));
                (day, (place % 2 == 0).then_some(known))
            })
            .collect()
    }

    fn outbreak(&mut self) -> OutbreakPlan {
        let cases = 1 + self.households / 2_500;
        let cases = (0..cases)
            .map(|_| {
                let confirmed_on = later(RESPONSE_BEGINS, self.chance.between(4, 33));
                let last_exposure = earlier(confirmed_on, self.chance.between(2, 4));
                let close_contacts = self.chance.heavy_tailed(1, 30);
                IndexCase {
                    onset: earlier(last_exposure, self.chance.between(1, 3)),
                    last_exposure,
                    confirmed_on,
                    close_contacts,
                    not_ordered: if self.chance.in_thousand(150) { 1 } else { 0 },
                }
            })
            .collect();
        OutbreakPlan {
            cases,
            ruled_out: self.part(2),
            other_contacts: self.part(66),
            visits: self.part(540),
            clues: self.part(3),
        }
    }

    fn outreach(&mut self, communities: usize) -> OutreachPlan {
        let banners = communities * self.chance.between(2, 4) + self.chance.between(1, 9);
        let banners = self.over_days(banners, day(1, 24), day(1, 29));
        OutreachPlan {
            banners,
            notice_rounds: vec![(day(1, 25), 4, NOTICES), (day(2, 18), 3, LATER_NOTICES)],
            public_notices: self.part(230),
            slogans_each: 2,
        }
    }

    fn jobs(&mut self) -> JobsPlan {
        JobsPlan {
            skilled: self.part(100),
            vacancies: self.part(7),
            sent_out: self.stream(210, day(2, 17), LAST_DAY),
        }
    }

    fn programmes(&mut self) -> ProgrammesPlan {
        let mut done = self.part(230);
        let mut tobacco_mu = vec![(day(1, 22), done)];
        for day in [day(2, 4), day(2, 15), LAST_DAY] {
            done += self.part(140);
            tobacco_mu.push((day, done));
        }
        ProgrammesPlan {
            tobacco_mu,
            tobacco_target_mu: done + self.part(90),
            poverty: self.part(70),
            yards: self.part(82),
            toilets_pending: self.part(630),
            toilets_done: self.part(75),
            roads: self.part(2),
        }
    }

    fn flaws(&mut self) -> Flaws {
        let mut few = |most: usize| self.chance.between(most / 3, most);
        Flaws {
            silent: few(40),
            shifts_unconfirmed: few(12),
            broadcasts_missing: few(30),
            slogans_short: few(60),
            unpaired: few(150),
            readings_missed: few(60),
            villages_without_purchaser: few(120),
            deliveries_missing: few(90),
            facts_unknown: few(15),
            checkpoint_fevers: few(20),
            calls_known_late: few(30),
            prices_raised: few(4),
            lost: 1 + self.households / 8_000,
            ..Flaws::default()
        }
    }
}
