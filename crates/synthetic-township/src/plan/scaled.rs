//! A town of any size whose figures are all drawn, and all different while there is room.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::mangbang::{checkpoints, work_groups};
use super::{
    ArrivalsPlan, Daily, Flaws, IndexCase, JobsPlan, LastDay, OutbreakPlan, OutreachPlan,
    PlacesPlan, Plan, ProgrammesPlan,
};
use crate::calendar::{LAST_DAY, RESPONSE_BEGINS, day, days, earlier, later};
use crate::chance::{Chance, System, split};
use crate::names::{Name, VillageNames};

const NOTICES: &[&str] = &["疫情防控提示", "倡议书"];
const LATER_NOTICES: &[&str] = &["外出务工提示"];

/// From how many households on a town has room for every small thing to go wrong, each in a
/// number of its own.
const LARGE: usize = 1_000;

/// The plan of a town with so many households that must be screened.
pub(crate) fn scaled(households: usize, seed: u64) -> Plan {
    let mut draw = Draw {
        chance: Chance::of(seed, System::Plan),
        households,
        taken: BTreeSet::from([households]),
    };
    let name = draw.name();
    let places = draw.places();
    let (checkpoints, work_groups) = (draw.checkpoints(), draw.work_groups());
    let mut flaws = draw.flaws();
    flaws.lost = draw.free(1 + households / 8_000);
    let away = draw.away();
    let last_day = (households >= LARGE).then(|| {
        flaws.prices_raised = draw.free_between(13, 24);
        draw.last_day(places, checkpoints.len(), flaws.lost)
    });
    let arrivals = draw.arrivals(last_day.map(|drawn| drawn.1));
    let outbreak = draw.outbreak();
    let exact = last_day.map(|(exact, _)| LastDay {
        helpers: draw.free(super::total(&arrivals.home) * 62 / 100),
        secondary: draw.secondary(&outbreak),
        ..exact
    });
    let missed = draw.part(9).min(households);
    let places = draw.empty_dwellings(places);
    Plan {
        name,
        places,
        checkpoints,
        work_groups,
        away,
        screened: draw.over_days(households - missed, day(1, 24), day(2, 6)),
        absent_before: draw.part(6),
        arrivals,
        outbreak,
        outreach: draw.outreach(places.communities),
        postponed: draw.postponed(),
        funerals: draw.part(3),
        markets: draw.part(2),
        jobs: draw.jobs(),
        programmes: draw.programmes(),
        donations_yuan: draw.donations(),
        spent_yuan: draw.part(3_700),
        flaws,
        last_day: exact,
    }
}

/// The streams that make the last day: who goes home on it and the next, who stays.
#[derive(Clone, Copy)]
struct Streams {
    released: usize,
    released_tomorrow: usize,
    undetermined: usize,
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
        self.free_between(wish * 3 / 4, wish * 5 / 4)
    }

    /// The number itself or the next one no other figure of the plan has.
    fn free(&mut self, wish: usize) -> usize {
        let mut number = wish;
        while !self.taken.insert(number) {
            number += 1;
        }
        number
    }

    /// So many to so many of every thousand households.
    fn share(&mut self, least: usize, most: usize) -> usize {
        self.households * self.chance.between(least, most) / 1000
    }

    fn free_between(&mut self, least: usize, most: usize) -> usize {
        let wish = self.chance.between(least, most);
        self.free(wish)
    }

    /// How much to add to a number that makes another figure with what is there already: so many
    /// or the next more that make one no other figure has.
    fn free_with(&mut self, other: usize, wish: usize) -> usize {
        self.free(other + wish) - other
    }

    /// Keeps the plan clear of numbers that a figure may take by chance.
    fn keep_clear(&mut self, least: usize, most: usize) {
        self.taken.extend(least..=most);
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
        // With four at least, some communities can be silent and others not.
        let least = if self.households < LARGE { 1 } else { 4 };
        let communities = per(self.households, self.chance.between(480, 640)).max(least);
        let villages = per(self.households, self.chance.between(80, 120)).max(communities);
        let groups = per(self.households, self.chance.between(36, 48)).max(villages);
        self.taken.extend([communities, villages, groups]);
        PlacesPlan {
            communities,
            villages,
            groups,
            households: self.households,
            presence_unknown: 0,
            vacant: 0,
            moved: 0,
            venues: per(self.households, 190).max(communities),
        }
    }

    /// Dwellings nobody lives in, more than households missed: the two never make up for each
    /// other.
    fn empty_dwellings(&mut self, places: PlacesPlan) -> PlacesPlan {
        PlacesPlan {
            presence_unknown: self.part(4).min(self.households),
            vacant: self.part(45),
            moved: self.part(13),
            ..places
        }
    }

    fn donations(&mut self) -> Vec<(NaiveDate, NaiveDate, usize)> {
        vec![
            (day(2, 3), day(2, 20), self.part(5_300)),
            (day(2, 21), day(2, 29), self.part(8_900)),
        ]
    }

    fn checkpoints(&mut self) -> Vec<(Name, u32)> {
        let mut names = VillageNames::new(&mut self.chance);
        let mut drawn: Vec<(Name, u32)> = checkpoints();
        drawn.truncate(self.chance.between(2, 3));
        // Beyond the first few, one for every 4,000 households: a road has one, not a village.
        let wish = drawn.len() + self.households / 4_000;
        for _ in drawn.len()..self.free(wish) {
            drawn.push((
                names.next(),
                if self.chance.in_thousand(400) { 3 } else { 2 },
            ));
        }
        drawn
    }

    fn work_groups(&mut self) -> Vec<Name> {
        let mut groups = work_groups();
        let wish = self.chance.between(5, 9);
        let free = (5..=9).filter(|number| !self.taken.contains(number));
        let free: Vec<usize> = free.collect();
        let number = free.get(wish % free.len().max(1)).copied().unwrap_or(wish);
        self.taken.insert(number);
        groups.truncate(number);
        groups
    }

    /// What is small on the last day, and the streams that make some of it.
    fn last_day(
        &mut self,
        places: PlacesPlan,
        checkpoints: usize,
        lost: usize,
    ) -> (LastDay, Streams) {
        let silent = self.free(places.communities / 3);
        // A turn is of eight hours.
        let turns = 2..=checkpoints * 3;
        let turns_short = turns.clone().find(|turns| self.taken.insert(turns * 8));
        let exact = LastDay {
            silent,
            turns_short: turns_short.unwrap_or(*turns.start()),
            without_purchaser: self.part(4),
            fevers: self.part(5),
            clues_open: self.part(6),
            unpaired: self.part(10),
            missed: self.part(12).max(2 * lost + 1),
            slogans_short: self.part(12),
            broadcasts_short: self.part(14),
            miscounted: self.part(16),
            needs_open: self.part(20),
            ready_to_leave: self.part(22),
            open_places: self.households * 8 / 10,
            helpers: 0,
            secondary: 0,
            packets_in_stock: 0,
            packets_out_of_stock: 0,
        };
        let exact = self.packets(exact);
        self.keep_clear(self.households * 84 / 100, self.households * 95 / 100);
        let streams = Streams {
            undetermined: self.part(12),
            released: self.part(15),
            released_tomorrow: self.part(17),
        };
        (exact, streams)
    }

    /// Who stays elsewhere; so many or a few less are reached by a call.
    fn away(&mut self) -> usize {
        let wish = self.share(150, 165).max(3);
        let away = self.free(wish);
        self.keep_clear(away * 21 / 25, away);
        away
    }

    /// What is asked for: more than the rounds of a town come to, so that the plan decides.
    fn packets(&mut self, exact: LastDay) -> LastDay {
        let (in_stock, out_of_stock) = (self.share(370, 410), self.share(180, 200));
        let packets_in_stock = self.free(in_stock);
        LastDay {
            packets_in_stock,
            packets_out_of_stock: self.free_with(packets_in_stock, out_of_stock),
            ..exact
        }
    }

    fn postponed(&mut self) -> Vec<(NaiveDate, NaiveDate, usize)> {
        let first = self.part(7);
        let second = self.share(4, 6);
        let second = self.free_with(first, second.max(3));
        vec![
            (day(1, 24), day(1, 31), first),
            (day(2, 1), day(2, 29), second),
        ]
    }

    fn arrivals(&mut self, last: Option<Streams>) -> ArrivalsPlan {
        // More in all than twice those of the last week, whose readings are counted too.
        let early = if last.is_some() { 80 } else { 50 };
        let mut home = self.stream(early, day(1, 22), day(2, 4));
        let late = match last {
            Some(_) => self.late_home(super::total(&home)),
            None => self.stream(11, day(2, 24), day(2, 29)),
        };
        home.extend(late);
        let total = super::total(&home);
        let [workers, students] = [(520, 580), (240, 300)].map(|(least, most)| {
            let wish = total * self.chance.between(least, most) / 1000;
            self.free(wish)
        });
        let (central, mut way_unknown) = match last {
            Some(last) => self.central(last),
            None => (self.stream(17, day(1, 22), day(2, 23)), Vec::new()),
        };
        let unknown_days: Vec<NaiveDate> = central
            .iter()
            .filter(|(day, number)| *number > 0 && (last.is_none() || *day < day_of_first_stays()))
            .map(|(day, _)| *day)
            .collect();
        way_unknown.splice(0..0, self.way_unknown(&unknown_days));
        let came = total + super::total(&central);
        let inside_city = self.free_with(came, (self.households * 8 / 1000).max(3));
        ArrivalsPlan {
            home,
            workers,
            students,
            visitors: (total / 50).min(total.saturating_sub(workers + students)),
            central,
            way_unknown,
            inside_city,
        }
    }

    /// Who is at home on the last day: of each two readings are due, one less if just come.
    fn late_home(&mut self, before: usize) -> Vec<Daily> {
        let wish = self.share(42, 48);
        let mut number = self.free(wish);
        while !self.taken.insert(before + number) {
            number = self.free(number + 1);
        }
        let late = self.over_days(number, day(2, 24), LAST_DAY);
        let just_come = late.last().map_or(0, |(_, number)| *number);
        self.keep_clear(2 * number - just_come, 2 * number);
        late
    }

    /// Who came through Hubei, and after the notice from anywhere: those free long since, those
    /// free on the last day and the next, and those who stay, some of unknown way.
    fn central(&mut self, last: Streams) -> (Vec<Daily>, Vec<(NaiveDate, Option<NaiveDate>)>) {
        let staying = last.undetermined + self.share(2, 4);
        let staying = self.free_with(last.released_tomorrow, staying);
        let others = last.released + last.released_tomorrow + staying;
        let wish = self.share(14, 20);
        let before = self.free_with(others, wish);
        let mut central = self.over_days(before, day(1, 22), day(2, 12));
        central.extend([
            (day_of_first_stays(), last.released),
            (day(2, 15), last.released_tomorrow),
            (day(2, 17), last.undetermined),
            (day(2, 20), staying - last.undetermined),
        ]);
        let unknown = vec![(day(2, 17), None); last.undetermined];
        (central, unknown)
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

    /// Cases of before the last fortnight, and one within it whose contacts are still away. Of
    /// the contacts of the first some became known when their fortnight was over.
    fn outbreak(&mut self) -> OutbreakPlan {
        let number = 1 + self.households / 2_500;
        let now = self.part(19);
        let more = self.share(8, 14).max(3);
        let all = self.free(now + more);
        let ordered = self.free(now + (all - now) / 2);
        let mut not_ordered = all.saturating_sub(ordered);
        let mut cases: Vec<IndexCase> = split((all - now) as u64, &vec![1; number])
            .into_iter()
            .map(|contacts| {
                let close_contacts = usize::try_from(contacts).unwrap_or(0);
                let unknown = close_contacts.min(not_ordered);
                not_ordered -= unknown;
                let confirmed_on = later(RESPONSE_BEGINS, self.chance.between(4, 18));
                self.case(confirmed_on, close_contacts, unknown)
            })
            .collect();
        let recently = later(day(2, 20), self.chance.below(6));
        cases.push(self.case(recently, now, 0));
        OutbreakPlan {
            cases,
            ruled_out: self.part(2),
            other_contacts: self.part(66),
            visits: self.part(540),
            clues: self.part(3),
        }
    }

    fn case(
        &mut self,
        confirmed_on: NaiveDate,
        close_contacts: usize,
        not_ordered: usize,
    ) -> IndexCase {
        let last_exposure = earlier(confirmed_on, self.chance.between(2, 4));
        IndexCase {
            onset: earlier(last_exposure, self.chance.between(1, 3)),
            last_exposure,
            confirmed_on,
            close_contacts,
            not_ordered,
        }
    }

    /// About three people for two close contacts.
    fn secondary(&mut self, outbreak: &OutbreakPlan) -> usize {
        let contacts = outbreak.cases.iter().map(|case| case.close_contacts);
        let contacts: usize = contacts.sum();
        self.free(contacts * 3 / 2)
    }

    fn outreach(&mut self, communities: usize) -> OutreachPlan {
        let wish = communities * self.chance.between(2, 4) + self.chance.between(1, 9);
        let banners = self.free(wish);
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
            vacancies: self.share(6, 8).max(3),
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
            ..Flaws::default()
        }
    }
}

/// Who came on this day and was under a measure for a fortnight is free on the last day.
fn day_of_first_stays() -> NaiveDate {
    earlier(LAST_DAY, 15)
}
