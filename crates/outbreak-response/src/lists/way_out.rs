//! 门路子: who seeks work and goes where or why not, places left open, skills many and few,
//! departures.

use std::collections::BTreeMap;

use grid_model::{PersonId, Snapshot};
use job_matching::{
    Departure, Hindrance, JobPlan, Match, SkillBalance, Unmatched, Vacancy, VacancyId,
    VacancyStanding, departures,
};
use reporting::{Cell, ColumnKind, List};

use super::{
    AREA, Heading, PERSON, REASON, Writer, joined, list, listed, none, noted, number, plain, word,
    words,
};
use crate::Records;
use crate::steps::WayOutDay;

const VACANCY: Heading = ("vacancy", "岗位", "Vacancy", ColumnKind::Text);
const EMPLOYER: Heading = ("employer", "用工单位", "Employer", ColumnKind::Text);
const DESTINATION: Heading = ("destination", "目的地", "Destination", ColumnKind::Text);
const WAGE: Heading = (
    "wage_fen",
    "月薪（分）",
    "Wage, fen a month",
    ColumnKind::Count,
);
const SKILL: Heading = ("skill", "技能", "Skill", ColumnKind::Text);
const PLACES: Heading = ("places", "岗位数", "Places", ColumnKind::Count);
const MATCHED: Heading = ("matched", "已匹配", "Matched", ColumnKind::Count);
const CLEARED_ON: Heading = ("cleared_on", "可外出日", "Cleared on", ColumnKind::Date);
const HINDRANCES: Heading = ("hindrances", "未达条件", "What hinders", ColumnKind::Text);

impl WayOutDay {
    /// Everyone with a registered skill who is here, each with a vacancy or why there is none.
    ///
    /// It carries ids in full and is for those who must act, never for the public or an employer.
    pub fn workers(&self, town: &Snapshot<'_>, records: &Records) -> List {
        workers(&Writer::new(town, records, self))
    }

    /// What the staff's day lists of work: the same as in [`Day::lists`](crate::Day::lists).
    pub fn lists(&self, town: &Snapshot<'_>, records: &Records) -> Vec<List> {
        let to = Writer::new(town, records, self);
        vec![
            matches(&to),
            unmatched(&to),
            vacancies(&to),
            skills(&to),
            leaving(&to),
        ]
    }
}

type To<'a> = Writer<'a, WayOutDay>;

/// Part of the plan; nothing where nobody could be matched.
fn of_plan<'a, T>(to: &To<'a>, part: fn(&JobPlan) -> &Vec<T>) -> &'a [T] {
    let plan = to.day.plan.as_ref();
    plan.map(part).map_or(&[], Vec::as_slice)
}

fn workers(to: &To<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        VACANCY,
        EMPLOYER,
        DESTINATION,
        WAGE,
        SKILL,
        CLEARED_ON,
        REASON,
        HINDRANCES,
    ];
    let title = ("务工人员", "Those who seek work");
    let mut list = list("workers", title.0, title.1, &headings);
    let matches = of_plan(to, |plan| &plan.matches).iter();
    let unmatched = of_plan(to, |plan| &plan.unmatched).iter();
    let mut rows: BTreeMap<PersonId, Vec<Cell>> = matches
        .map(|one| (one.person, matched_worker(to, one)))
        .collect();
    rows.extend(unmatched.map(|one| (one.person, unmatched_worker(to, one))));
    list.rows = rows.into_values().collect();
    list
}

fn matched_worker(to: &To<'_>, one: &Match) -> Vec<Cell> {
    let vacancy = vacancy_of(to, one.vacancy);
    let of = |part: fn(&Vacancy) -> Cell| vacancy.map_or(Cell::Unknown, part);
    vec![
        to.person(one.person),
        to.home(one.person),
        vacancy_id(to, one.vacancy),
        of(|vacancy| plain(&*vacancy.employer)),
        of(|vacancy| plain(&*vacancy.destination)),
        of(|vacancy| number(vacancy.wage_fen)),
        skill_asked(one.skill.as_deref()),
        Cell::Date(one.notice.cleared_on),
        match one.skill {
            Some(_) => words("技能对口", "has the skill asked for"),
            None => words("岗位不限技能", "the place takes anyone"),
        },
        hindrances(&[]),
    ]
}

fn unmatched_worker(to: &To<'_>, one: &Unmatched) -> Vec<Cell> {
    let no_place = std::iter::repeat_with(none).take(6);
    let mut row = vec![to.person(one.person), to.home(one.person)];
    row.extend(no_place);
    row.push(word(one.because.word()));
    row.push(hindrances(&one.hindrances));
    row
}

fn vacancy_of<'a>(to: &To<'a>, vacancy: VacancyId) -> Option<&'a Vacancy> {
    let held = to.records.vacancies.held(vacancy.index(), to.town.as_of);
    held.map(|held| held.what)
}

fn vacancy_id(to: &To<'_>, vacancy: VacancyId) -> Cell {
    plain(to.records.vacancies.id(vacancy.index()))
}

fn skill_asked(skill: Option<&str>) -> Cell {
    skill.map_or(words("不限", "any"), word)
}

fn hindrances(hindrances: &[Hindrance]) -> Cell {
    match hindrances {
        [] => words("无", "none"),
        some => listed(some.iter().map(|hindrance| hindrance.word())),
    }
}

fn matches(to: &To<'_>) -> List {
    let headings = [PERSON, AREA, VACANCY, SKILL, CLEARED_ON];
    let list = list(
        "job_matches",
        "今日匹配岗位",
        "Matched to a vacancy today",
        &headings,
    );
    let mut list = noted(
        list,
        "只告知用工单位“某日可外出”，不告知既往情况。",
        "An employer learns the day of clearance, never the history.",
    );
    let matches = of_plan(to, |plan| &plan.matches).iter();
    let row = |one: &Match| {
        vec![
            to.person(one.person),
            to.home(one.person),
            vacancy_id(to, one.vacancy),
            skill_asked(one.skill.as_deref()),
            Cell::Date(one.notice.cleared_on),
        ]
    };
    list.rows = matches.map(row).collect();
    list
}

fn unmatched(to: &To<'_>) -> List {
    let mut list = list(
        "unmatched_workers",
        "未匹配技术人员及原因",
        "Skilled and not matched, with the reason",
        &[PERSON, AREA, REASON, HINDRANCES],
    );
    let unmatched = of_plan(to, |plan| &plan.unmatched).iter();
    let row = |one: &Unmatched| {
        vec![
            to.person(one.person),
            to.home(one.person),
            word(one.because.word()),
            hindrances(&one.hindrances),
        ]
    };
    list.rows = unmatched.map(row).collect();
    list
}

fn vacancies(to: &To<'_>) -> List {
    let headings = [
        VACANCY,
        EMPLOYER,
        DESTINATION,
        ("risk", "风险等级", "Risk", ColumnKind::Text),
        SKILL,
        WAGE,
        PLACES,
        MATCHED,
        REASON,
    ];
    let mut list = list(
        "vacancies_open",
        "空缺岗位",
        "Vacancies open, and why places stay empty",
        &headings,
    );
    let vacancies = of_plan(to, |plan| &plan.vacancies).iter();
    let row = |one: &VacancyStanding| {
        let vacancy = vacancy_of(to, one.vacancy);
        let of = |part: fn(&Vacancy) -> Cell| vacancy.map_or(Cell::Unknown, part);
        vec![
            vacancy_id(to, one.vacancy),
            of(|vacancy| plain(&*vacancy.employer)),
            of(|vacancy| plain(&*vacancy.destination)),
            of(|vacancy| vacancy.risk.as_deref().map_or(Cell::Unknown, word)),
            of(|vacancy| skill_asked(vacancy.skill.as_deref())),
            of(|vacancy| number(vacancy.wage_fen)),
            number(one.places),
            number(one.matched),
            one.unfilled
                .map_or(words("已满", "filled"), |why| word(why.word())),
        ]
    };
    list.rows = vacancies.map(row).collect();
    list
}

fn skills(to: &To<'_>) -> List {
    let headings = [
        SKILL,
        (
            "seekers",
            "可外出人数",
            "Cleared seekers",
            ColumnKind::Count,
        ),
        PLACES,
        MATCHED,
        ("surplus", "富余人数", "In surplus", ColumnKind::Count),
        ("want", "缺口", "In want", ColumnKind::Count),
    ];
    let mut list = list(
        "skill_balance",
        "技能余缺",
        "Skills in surplus and in want",
        &headings,
    );
    let skills = of_plan(to, |plan| &plan.skills).iter();
    let row = |one: &SkillBalance| {
        let counts = [one.seekers, one.places, one.matched, one.surplus, one.want];
        let mut row = vec![word(&one.skill)];
        row.extend(counts.map(number));
        row
    };
    list.rows = skills.map(row).collect();
    list
}

fn leaving(to: &To<'_>) -> List {
    let headings = [
        ("day", "日期", "Day", ColumnKind::Date),
        DESTINATION,
        ("people", "人数", "People", ColumnKind::Count),
        ("who", "人员", "Who", ColumnKind::Text),
    ];
    let mut list = list(
        "departures",
        "外出务工批次",
        "Departures by day and destination",
        &headings,
    );
    let batches = departures(&to.records.placements, &to.records.vacancies, to.town.as_of);
    list.rows = batches.iter().map(|batch| batch_row(to, batch)).collect();
    list
}

fn batch_row(to: &To<'_>, batch: &Departure) -> Vec<Cell> {
    let who = batch
        .people
        .iter()
        .map(|person| to.township.person_key(*person).to_owned());
    vec![
        Cell::Date(batch.day),
        batch.destination.as_deref().map_or(Cell::Unknown, plain),
        number(batch.people.len()),
        plain(joined(who)),
    ]
}
