//! Standing duties, what was done for them, and gatherings put off.

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{Duty, DutyId, DutyKind, DutyPeriod, DutyScope, VenueId};
use quarantine_rules::{Gathering, GatheringKind, GatheringOutcome};
use task_tracking::{Outreach, OutreachPlace};

use crate::calendar::{LAST_DAY, RESPONSE_BEGINS, day, days, days_between, earlier, later, minute};
use crate::chance::{Chance, split};
use crate::grid::number;
use crate::places::{Places, ids};
use crate::plan::{Plan, total};
use crate::rows::Rows;

/// Broadcasts of a day: morning, noon, evening.
const BROADCASTS: [(DutyPeriod, usize); 3] = [
    (DutyPeriod::Morning, 7 * 60 + 30),
    (DutyPeriod::Noon, 12 * 60),
    (DutyPeriod::Evening, 18 * 60 + 30),
];

/// The duties by their place in the table.
const BANNERS: usize = 0;
const NOTICES: usize = 1;
const PUBLIC_NOTICES: usize = 2;
const IN_COMMUNITIES: usize = 3;
const IN_VENUES: usize = 6;
const SLOGANS: usize = 9;
const SCREENING: usize = 10;
const DISINFECTION: usize = 11;

/// The group that answers for what is said, and that for what is asked and cleaned: the next
/// one stands in.
const INFORMATION: usize = 2;
const HEALTH: usize = 1;

/// The duties of the headquarters, each with one group that answers and one that stands in, by
/// their numbers.
pub(crate) fn duties(plan: &Plan, places: &Places) -> Vec<Duty<usize>> {
    let groups = plan.work_groups.len().max(1);
    let mut duties: Vec<Duty<usize>> = printed(plan, places)
        .into_iter()
        .chain(broadcasts())
        .chain(by_hand(plan))
        .collect();
    for duty in &mut duties {
        duty.work_group = duty.work_group.map(|group| group % groups);
        duty.deputy_group = duty.deputy_group.map(|group| group % groups);
    }
    duties
}

/// Banners and notices.
fn printed(plan: &Plan, places: &Places) -> [Duty<usize>; 3] {
    let each = |total: usize| number(total / places.communities.len().max(1));
    let households: u32 = places.groups.iter().map(|group| group.households).sum();
    let rounds = plan.outreach.notice_rounds.iter();
    let documents = number(rounds.map(|round| round.2.len()).sum());
    let hung = ("在重要位置悬挂横幅", "Hang banners at important places");
    let handed = ("向农户发放公告", "Hand notices to households");
    let put_up = ("在公共场所张贴公告", "Put up notices in public places");
    let banners = each(total(&plan.outreach.banners));
    // A community puts up more notices or fewer by its size; four fifths of the mean are owed.
    let public = each(plan.outreach.public_notices) * 4 / 5;
    let community = DutyScope::Community;
    [
        once(DutyKind::Banner, hung, banners, community),
        once(
            DutyKind::Notice,
            handed,
            households * documents,
            DutyScope::Town,
        ),
        once(DutyKind::Notice, put_up, public, community),
    ]
}

/// Slogans, screening and disinfection.
fn by_hand(plan: &Plan) -> [Duty<usize>; 3] {
    let slogans = ("村组自行书写标语", "Slogans written by each group");
    let screening = ("入户排查", "Screen every household");
    let disinfection = ("公共场所消毒", "Disinfect public places");
    let (each, scope) = (plan.outreach.slogans_each, DutyScope::VillageGroup);
    let (daily, community) = (DutyPeriod::Day, DutyScope::Community);
    [
        once(DutyKind::Slogan, slogans, each, scope),
        once(DutyKind::Screening, screening, 1, community),
        owed(DutyKind::Other, disinfection, 1, daily, community),
    ]
}

fn once(kind: DutyKind, title: (&str, &str), quota: u32, scope: DutyScope) -> Duty<usize> {
    owed(kind, title, quota, DutyPeriod::Once, scope)
}

fn broadcasts() -> impl Iterator<Item = Duty<usize>> {
    let titles = [
        ("社区早间广播", "Morning broadcast in the community"),
        ("社区午间广播", "Noon broadcast in the community"),
        ("社区晚间广播", "Evening broadcast in the community"),
        ("活动场所早间广播", "Morning broadcast at the venue"),
        ("活动场所午间广播", "Noon broadcast at the venue"),
        ("活动场所晚间广播", "Evening broadcast at the venue"),
    ];
    titles.into_iter().enumerate().map(|(place, title)| {
        let scope = if place < 3 {
            DutyScope::Community
        } else {
            DutyScope::Venue
        };
        owed(
            DutyKind::Broadcast,
            title,
            1,
            BROADCASTS[place % 3].0,
            scope,
        )
    })
}

fn owed(
    kind: DutyKind,
    (zh, en): (&str, &str),
    quota: u32,
    period: DutyPeriod,
    scope: DutyScope,
) -> Duty<usize> {
    let group = match kind {
        DutyKind::Screening | DutyKind::Other => HEALTH,
        _ => INFORMATION,
    };
    Duty {
        kind,
        work_group: Some(group),
        deputy_group: Some(group + 1),
        title_zh: zh.into(),
        title_en: en.into(),
        quota,
        period,
        scope,
    }
}

/// When the duties became known: before the first broadcast of the first day.
pub(crate) fn duties_known_at() -> NaiveDateTime {
    minute(RESPONSE_BEGINS, 6 * 60)
}

/// Draws what was done for each duty.
pub(crate) fn outreach(
    plan: &Plan,
    places: &Places,
    venues: usize,
    chance: &mut Chance,
) -> Rows<Outreach> {
    let mut done = Done {
        rows: Rows::new("OU"),
        duties: ids(DISINFECTION + 1, DutyId::from_index),
    };
    done.banners(plan, places, chance);
    done.notices(plan, places, chance);
    done.public_notices(plan, places, chance);
    done.broadcasts(plan, places, venues, chance);
    done.slogans(plan, places, chance);
    done.rest(places, chance);
    done.rows
}

struct Done {
    rows: Rows<Outreach>,
    duties: Vec<DutyId>,
}

impl Done {
    fn push(
        &mut self,
        duty: usize,
        place: OutreachPlace,
        at: NaiveDateTime,
        count: u32,
        document: Option<&str>,
    ) {
        if count > 0 {
            self.rows.push(Outreach {
                duty: self.duties[duty],
                place: Some(place),
                at,
                count,
                document: document.map(Box::from),
            });
        }
    }

    /// One banner after the other, round the communities, as many a day as the stream says.
    fn banners(&mut self, plan: &Plan, places: &Places, chance: &mut Chance) {
        let mut round = places.communities.iter().cycle();
        for &(day, hung) in &plan.outreach.banners {
            for community in round.by_ref().take(hung) {
                let place = OutreachPlace::Area(places.area_ids[community.area]);
                self.push(BANNERS, place, working_hour(day, chance), 1, None);
            }
        }
    }

    /// Every document of a round to every household of every group, over the days of the round.
    fn notices(&mut self, plan: &Plan, places: &Places, chance: &mut Chance) {
        for &(first, days, documents) in &plan.outreach.notice_rounds {
            for (number, group) in places.groups.iter().enumerate() {
                for (kind, document) in documents.iter().enumerate() {
                    let day = later(first, (number + kind) % days.max(1));
                    let place = OutreachPlace::Area(places.area_ids[group.area]);
                    let at = working_hour(day, chance);
                    self.push(NOTICES, place, at, group.households, Some(document));
                }
            }
        }
    }

    fn public_notices(&mut self, plan: &Plan, places: &Places, chance: &mut Chance) {
        let Some(&(first, days, _)) = plan.outreach.notice_rounds.last() else {
            return;
        };
        let weights: Vec<u64> = places
            .communities
            .iter()
            .map(|_| chance.between(95, 105) as u64)
            .collect();
        let parts = split(plan.outreach.public_notices as u64, &weights);
        for (number, (community, part)) in places.communities.iter().zip(parts).enumerate() {
            let day = later(first, number % days.max(1));
            let count = u32::try_from(part).unwrap_or(u32::MAX);
            let place = OutreachPlace::Area(places.area_ids[community.area]);
            self.push(
                PUBLIC_NOTICES,
                place,
                working_hour(day, chance),
                count,
                Some("公共场所公告"),
            );
        }
    }

    fn broadcasts(&mut self, plan: &Plan, places: &Places, venues: usize, chance: &mut Chance) {
        let communities = places.communities.iter();
        let areas =
            communities.map(|community| OutreachPlace::Area(places.area_ids[community.area]));
        let venues = ids(venues, VenueId::from_index)
            .into_iter()
            .map(OutreachPlace::Venue);
        let in_places: Vec<(usize, OutreachPlace)> = areas
            .map(|area| (IN_COMMUNITIES, area))
            .chain(venues.map(|venue| (IN_VENUES, venue)))
            .collect();
        let mut short = plan.last_day.map(|exact| exact.broadcasts_short);
        for day in days(RESPONSE_BEGINS, LAST_DAY) {
            for (session, (_, from)) in BROADCASTS.into_iter().enumerate() {
                for &(duty, place) in &in_places {
                    let missing = match &mut short {
                        Some(left) if day == LAST_DAY => take_one(left),
                        _ => chance.in_thousand(plan.flaws.broadcasts_missing),
                    };
                    let at = minute(day, from + chance.below(20));
                    if !missing {
                        self.push(duty + session, place, at, 1, None);
                    }
                }
            }
        }
    }

    /// Each group writes its slogans in the first week.
    fn slogans(&mut self, plan: &Plan, places: &Places, chance: &mut Chance) {
        for (number, group) in places.groups.iter().enumerate() {
            let short = match plan.last_day {
                Some(exact) => number < exact.slogans_short,
                None => chance.in_thousand(plan.flaws.slogans_short),
            };
            let count =
                plan.outreach.slogans_each - u32::from(short).min(plan.outreach.slogans_each);
            let on = later(RESPONSE_BEGINS, chance.below(8));
            let place = OutreachPlace::Area(places.area_ids[group.area]);
            self.push(SLOGANS, place, working_hour(on, chance), count, None);
        }
    }

    fn rest(&mut self, places: &Places, chance: &mut Chance) {
        for community in &places.communities {
            let place = OutreachPlace::Area(places.area_ids[community.area]);
            self.push(SCREENING, place, working_hour(day(2, 6), chance), 1, None);
            for day in days(RESPONSE_BEGINS, LAST_DAY) {
                self.push(DISINFECTION, place, working_hour(day, chance), 1, None);
            }
        }
    }
}

/// Takes one of so many left, if any is.
pub(crate) fn take_one(left: &mut usize) -> bool {
    let some = *left > 0;
    *left -= usize::from(some);
    some
}

fn working_hour(day: NaiveDate, chance: &mut Chance) -> NaiveDateTime {
    minute(day, chance.between(9 * 60, 17 * 60))
}

/// Celebrations put off in the stretches of the plan, funerals kept simple, markets called off.
pub(crate) fn gatherings(plan: &Plan, chance: &mut Chance) -> Rows<Gathering> {
    let mut rows = Rows::new("GA");
    for &(first, last, number) in &plan.postponed {
        for _ in 0..number {
            let kind = if chance.in_thousand(620) {
                GatheringKind::Wedding
            } else {
                GatheringKind::Other
            };
            gathering(
                &mut rows,
                kind,
                GatheringOutcome::Postponed,
                (first, last),
                chance,
            );
        }
    }
    let story = (RESPONSE_BEGINS, LAST_DAY);
    for _ in 0..plan.funerals {
        gathering(
            &mut rows,
            GatheringKind::Funeral,
            GatheringOutcome::KeptSimple,
            story,
            chance,
        );
    }
    for _ in 0..plan.markets {
        gathering(
            &mut rows,
            GatheringKind::Market,
            GatheringOutcome::Cancelled,
            story,
            chance,
        );
    }
    rows
}

/// A gathering of a stretch of days, settled in the same stretch, at most three days before.
fn gathering(
    rows: &mut Rows<Gathering>,
    kind: GatheringKind,
    outcome: GatheringOutcome,
    (first, last): (NaiveDate, NaiveDate),
    chance: &mut Chance,
) {
    let planned_for = later(first, chance.below(days_between(first, last) + 1));
    let settled_on = earlier(planned_for, chance.below(4)).max(first);
    rows.push_known(
        minute(settled_on, chance.between(8 * 60, 11 * 60)),
        Gathering {
            kind,
            planned_for,
            outcome: Some(outcome),
        },
    );
}
