//! What is recorded of grids and gates: visits, turns at the checkpoints, what passed, calls to
//! those away, and the communities' reports.

use chrono::NaiveDate;
use grid_model::{
    AwayCall, AwayCallOutcome, CheckpointId, CommunityReport, Passage, Screening, ScreeningOutcome,
    Shift,
};

use crate::calendar::{
    CHECKPOINTS_STAND, LAST_DAY, LAST_ROSTER_DAY, RESPONSE_BEGINS, days, days_between, earlier,
    is_written, later, minute, minutes,
};
use crate::chance::Chance;
use crate::people::People;
use crate::places::{Places, ids};
use crate::plan::Plan;
use crate::rows::Rows;
use crate::staff::Staffing;

/// A turn at a checkpoint lasts eight hours; the first begins when the checkpoint stands.
const TURN: usize = 8 * 60;
/// The minute of the day at which the checkpoints were set up.
pub(crate) const STANDS_FROM: usize = 8 * 60;

/// Visits to households: one that screened each, by the day's stream, and some before in vain.
pub(crate) fn screening(
    plan: &Plan,
    places: &Places,
    staffing: &Staffing,
    people: &People,
    chance: &mut Chance,
) -> Rows<Screening> {
    let mut rows = Rows::new("SC");
    let mut waiting: Vec<usize> = (0..places.dwellings.len())
        .filter(|&home| {
            let presence = places.dwellings[home].presence;
            presence.is_none() || places.dwellings[home].is_lived_in()
        })
        .collect();
    chance.shuffle(&mut waiting);
    let mut waiting = waiting.into_iter();
    let mut absent = plan.absent_before;
    for &(day, number) in &plan.screened {
        for home in waiting.by_ref().take(number) {
            if absent > 0 && day > RESPONSE_BEGINS {
                absent -= 1;
                let visit = visit(home, earlier(day, 1), places, staffing, people, chance);
                rows.push(Screening {
                    outcome: ScreeningOutcome::Absent,
                    ..visit
                });
            }
            rows.push(visit(home, day, places, staffing, people, chance));
        }
    }
    // Half of those never screened were visited in vain; nobody has been at the others'.
    for (place, home) in waiting.enumerate().filter(|(place, _)| place % 2 == 0) {
        let outcomes = [
            ScreeningOutcome::Absent,
            ScreeningOutcome::Refused,
            ScreeningOutcome::NotReached,
        ];
        let day = later(RESPONSE_BEGINS, chance.between(2, 20));
        rows.push(Screening {
            outcome: outcomes[place / 2 % outcomes.len()],
            ..visit(home, day, places, staffing, people, chance)
        });
    }
    rows
}

fn visit(
    home: usize,
    day: NaiveDate,
    places: &Places,
    staffing: &Staffing,
    people: &People,
    chance: &mut Chance,
) -> Screening {
    let grid = staffing.grid_of_village[places.village_of(home)];
    let lead = staffing.leads.get(grid).copied().flatten();
    let doctor = staffing.doctors[places.community_of(home)];
    let visitor = match chance.below(8) {
        0 => doctor,
        1 => chance.pick(&staffing.cadres),
        _ => lead,
    };
    Screening {
        household: places.household_ids[home],
        visited_at: minute(day, chance.between(8 * 60, 18 * 60 - 1)),
        visitor: visitor.or(lead).map(|visitor| people.id(visitor)),
        outcome: ScreeningOutcome::Screened,
    }
}

/// The roster: at each checkpoint the teams follow each other without a gap.
pub(crate) fn shifts(
    plan: &Plan,
    staffing: &Staffing,
    people: &People,
    chance: &mut Chance,
) -> Rows<Shift> {
    let mut rows = Rows::new("SH");
    let gates = ids(plan.checkpoints.len(), CheckpointId::from_index);
    let last_morning = minute(LAST_DAY, STANDS_FROM);
    let turns = (days_between(CHECKPOINTS_STAND, LAST_ROSTER_DAY) + 1) * 3;
    for turn in 0..turns {
        let from = minute(CHECKPOINTS_STAND, STANDS_FROM + turn * TURN);
        for (gate, teams) in gates.iter().zip(&staffing.teams) {
            let Some(team) = teams.get(turn % teams.len().max(1)) else {
                continue;
            };
            for &person in team {
                // Where shifts fail at all, one does on the last day.
                let fails = plan.flaws.shifts_unconfirmed > 0 && from == last_morning;
                let is_first = team.first() == Some(&person);
                let unconfirmed = match plan.last_day {
                    Some(exact) if from.date() == LAST_DAY => {
                        is_first && gate.index() * 3 + turn % 3 < exact.turns_short
                    }
                    _ => {
                        chance.in_thousand(plan.flaws.shifts_unconfirmed)
                            || fails && is_first && gate.index() == 0
                    }
                };
                let reported = from - minutes(chance.below(15));
                rows.push(Shift {
                    checkpoint: *gate,
                    person: people.id(person),
                    from,
                    until: from + minutes(TURN),
                    checked_in_at: (!unconfirmed && is_written(from)).then_some(reported),
                });
            }
        }
    }
    rows
}

/// What passed, counted four times a day.
pub(crate) fn passages(plan: &Plan, chance: &mut Chance) -> Rows<Passage> {
    let mut rows = Rows::new("PS");
    for day in days(CHECKPOINTS_STAND, LAST_DAY) {
        for gate in ids(plan.checkpoints.len(), CheckpointId::from_index) {
            for hour in [11, 14, 18, 22] {
                let vehicles = chance.heavy_tailed(6, 160);
                let travelling = vehicles + chance.below(vehicles * 2 + 1);
                let fever = chance.in_thousand(plan.flaws.checkpoint_fevers);
                let turned_back = if chance.in_thousand(300) {
                    chance.between(1, 6)
                } else {
                    0
                };
                rows.push(Passage {
                    checkpoint: gate,
                    at: minute(day, hour * 60 - chance.below(30)),
                    vehicles: number(vehicles),
                    people: number(travelling),
                    fevers: u32::from(fever),
                    turned_back: number(turned_back),
                });
            }
        }
    }
    rows
}

/// Calls to those away: most are reached, most stay where they are.
pub(crate) fn away_calls(
    plan: &Plan,
    away: &[usize],
    people: &People,
    chance: &mut Chance,
) -> Rows<AwayCall> {
    let mut rows = Rows::new("AW");
    let story = days_between(RESPONSE_BEGINS, LAST_DAY);
    let mut late = plan.flaws.late_call;
    for &person in away {
        if chance.in_thousand(25) {
            continue;
        }
        let first = chance.below(story);
        let second = first + chance.between(3, 20);
        let calls = if chance.in_thousand(350) { 2 } else { 1 };
        for after in [first, second]
            .into_iter()
            .take(calls)
            .filter(|after| *after <= story)
        {
            let day = later(RESPONSE_BEGINS, after);
            let call = away_call(day, person, people, chance);
            let is_late = late == Some(day) || chance.in_thousand(plan.flaws.calls_known_late);
            if is_late && day < LAST_DAY {
                late = late.filter(|late| *late != day);
                rows.push_known(minute(later(day, 1), 9 * 60), call);
            } else {
                rows.push(call);
            }
        }
    }
    rows
}

fn away_call(day: NaiveDate, person: usize, people: &People, chance: &mut Chance) -> AwayCall {
    let outcome = match chance.weighted(&[80, 14, 6]) {
        0 => AwayCallOutcome::Stays,
        1 => AwayCallOutcome::PlansReturn,
        _ => AwayCallOutcome::Unreachable,
    };
    let plans = outcome == AwayCallOutcome::PlansReturn;
    let in_march = later(LAST_DAY, chance.between(1, 25));
    AwayCall {
        person: people.id(person),
        at: minute(day, chance.between(9 * 60, 20 * 60)),
        outcome,
        planned_return: plans.then_some(in_march),
    }
}

/// Each community's report of each day, in by the evening.
pub(crate) fn reports(plan: &Plan, places: &Places, chance: &mut Chance) -> Rows<CommunityReport> {
    let mut rows = Rows::new("RE");
    for day in days(RESPONSE_BEGINS, LAST_DAY) {
        for (number, community) in places.communities.iter().enumerate() {
            let received_at = minute(day, chance.between(16 * 60, 18 * 60 - 1));
            // Where communities are silent at all, one is on the last day.
            let last = plan.flaws.silent > 0 && day == LAST_DAY && number == 0;
            let silent = match plan.last_day {
                Some(exact) if day == LAST_DAY => number < exact.silent,
                _ => chance.in_thousand(plan.flaws.silent) || last,
            };
            if !silent {
                rows.push(CommunityReport {
                    community: places.area_ids[community.area],
                    day,
                    received_at,
                });
            }
        }
    }
    rows
}

/// A count as tables hold it.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
