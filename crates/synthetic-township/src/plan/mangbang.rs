//! Mangbang, January and February 2020.
//!
//! The published figures are those of the town's bulletin of 1 March 2020 (六子齐发战肺炎,
//! 芒棒镇); the daily numbers are invented to add up to them, and where the bulletin rounds
//! ("more than 500", "about 2,100") the exact number is invented too.

use super::{
    ArrivalsPlan, Flaws, IndexCase, JobsPlan, OutbreakPlan, OutreachPlan, PlacesPlan, Plan,
    ProgrammesPlan, stream,
};
use crate::calendar::day;
use crate::names::Name;

/// The documents of the first round of notices.
const FIRST_ROUND: &[&str] = &["疫情防控提示", "倡议书", "一号公告"];
const SECOND_ROUND: &[&str] = &["二号公告", "居家隔离须知"];
const THIRD_ROUND: &[&str] = &["外出务工提示"];

/// The plan of Mangbang.
pub(crate) fn mangbang() -> Plan {
    Plan {
        name: Name::new("芒棒镇", "Mangbang Town"),
        places: places(),
        checkpoints: checkpoints(),
        work_groups: work_groups(),
        away: 1_140,
        screened: stream(
            day(1, 24),
            &[640, 980, 1620, 1750, 1690, 1410, 980, 511, 71, 29],
        ),
        absent_before: 43,
        arrivals: arrivals(),
        outbreak: outbreak(),
        outreach: outreach(),
        postponed: vec![
            (day(1, 24), day(1, 31), 58),
            (day(2, 1), day(2, 10), 33),
            (day(2, 11), day(2, 29), 12),
        ],
        funerals: 25,
        markets: 18,
        jobs: jobs(),
        programmes: programmes(),
        donations_yuan: vec![
            (day(2, 3), day(2, 25), 62_000),
            (day(2, 26), day(2, 29), 83_000),
        ],
        spent_yuan: 41_300,
        flaws: Flaws {
            missed_evening: Some(day(2, 3)),
            fever_evening: Some(day(2, 8)),
            late_call: Some(day(2, 18)),
            ..Flaws::default()
        },
        last_day: None,
    }
}

fn places() -> PlacesPlan {
    PlacesPlan {
        communities: 17,
        villages: 102,
        groups: 234,
        households: 9_681,
        presence_unknown: 0,
        vacant: 0,
        moved: 0,
        venues: 51,
    }
}

fn outreach() -> OutreachPlan {
    OutreachPlan {
        banners: stream(day(1, 24), &[18, 16, 12, 8]),
        notice_rounds: vec![
            (day(1, 24), 4, FIRST_ROUND),
            (day(2, 5), 3, SECOND_ROUND),
            (day(2, 20), 3, THIRD_ROUND),
        ],
        public_notices: 2_100,
        slogans_each: 2,
    }
}

fn programmes() -> ProgrammesPlan {
    ProgrammesPlan {
        tobacco_mu: vec![
            (day(1, 22), 2_400),
            (day(2, 4), 4_300),
            (day(2, 15), 6_100),
            (day(2, 29), 6_900),
        ],
        tobacco_target_mu: 7_800,
        poverty: 688,
        yards: 808,
        toilets_pending: 6_214,
        toilets_done: 742,
        roads: 14,
    }
}

fn jobs() -> JobsPlan {
    JobsPlan {
        skilled: 984,
        vacancies: 60,
        sent_out: stream(
            day(2, 17),
            &[46, 58, 72, 118, 141, 96, 88, 312, 298, 276, 251, 214, 164],
        ),
    }
}

fn arrivals() -> ArrivalsPlan {
    let mut home = stream(
        day(1, 22),
        &[96, 104, 72, 31, 38, 34, 29, 23, 17, 12, 9, 7, 5, 4, 3],
    );
    home.extend(stream(day(2, 24), &[5, 6, 4, 5, 4, 4]));
    ArrivalsPlan {
        home,
        workers: 322,
        students: 168,
        visitors: 6,
        central: stream(day(1, 22), &[14, 13, 9, 5, 4, 3, 2, 2, 1, 1]),
        way_unknown: vec![(day(1, 28), Some(day(2, 2)))],
        inside_city: 14,
    }
}

fn outbreak() -> OutbreakPlan {
    OutbreakPlan {
        cases: vec![
            IndexCase {
                onset: day(1, 23),
                last_exposure: day(1, 25),
                confirmed_on: day(1, 28),
                close_contacts: 3,
                not_ordered: 0,
            },
            IndexCase {
                onset: day(1, 29),
                last_exposure: day(1, 31),
                confirmed_on: day(2, 4),
                close_contacts: 2,
                not_ordered: 0,
            },
        ],
        ruled_out: 9,
        other_contacts: 640,
        visits: 5_200,
        clues: 12,
    }
}

/// The four checkpoints of the bulletin, with how many must stand at each.
pub(super) fn checkpoints() -> Vec<(Name, u32)> {
    vec![
        (Name::new("大蒿坪", "Dahaoping"), 3),
        (Name::new("红豆树", "Hongdoushu"), 2),
        (Name::new("城子门", "Chengzimen"), 3),
        (Name::new("芹菜塘", "Qincaitang"), 2),
    ]
}

/// The nine work groups: the bulletin names the first four.
pub(super) fn work_groups() -> Vec<Name> {
    [
        ("综合组", "General office"),
        ("健康排查组", "Health screening"),
        ("舆论引导组", "Public information"),
        ("纪律检查组", "Discipline inspection"),
        ("卡点值守组", "Checkpoints"),
        ("隔离观察组", "Quarantine and observation"),
        ("物资保障组", "Supplies"),
        ("社会稳控组", "Public order"),
        ("复工务工组", "Work and farming"),
    ]
    .map(|(zh, en)| Name::new(zh, en))
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::total;

    #[test]
    fn the_daily_streams_add_up_to_the_published_figures() {
        let plan = mangbang();
        assert_eq!(total(&plan.screened), 9_681);
        assert_eq!(total(&plan.arrivals.home), 512);
        assert_eq!(total(&plan.arrivals.central), 54);
        assert_eq!(total(&plan.outreach.banners), 54);
        assert_eq!(total(&plan.jobs.sent_out), 2_134);
        let postponed: usize = plan.postponed.iter().map(|stretch| stretch.2).sum();
        assert_eq!(postponed, 103);
        let given: usize = plan.donations_yuan.iter().map(|stretch| stretch.2).sum();
        assert_eq!(given, 145_000);
        let kinds: usize = plan
            .outreach
            .notice_rounds
            .iter()
            .map(|round| round.2.len())
            .sum();
        assert_eq!(kinds * 9_681 + plan.outreach.public_notices, 60_186);
    }
}
