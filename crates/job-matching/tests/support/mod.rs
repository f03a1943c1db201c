//! Small townships of workers and vacancies.
#![allow(dead_code, reason = "each test file uses its own part of this")]

use chrono::NaiveDate;
use grid_model::{AsOf, Ledger, PersonId, Record, Recorded};
use job_matching::{
    JobPlan, JobPolicy, JobQuestion, OrderStanding, Permit, PermitLevel, Placement, PlacementKind,
    Skill, Vacancy, VacancyId, Worker, match_jobs,
};

pub(crate) const SKILLS: [&str; 3] = ["cook", "mason", "welder"];

pub(crate) fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, number).unwrap()
}

pub(crate) fn person(number: usize) -> PersonId {
    PersonId::from_index(number).unwrap()
}

pub(crate) fn worker(number: usize) -> Worker {
    Worker {
        person: person(number),
        community: None,
        order: OrderStanding::Completed,
        has_open_inquiry: false,
        temperature_tenths: Some(365),
    }
}

pub(crate) fn skill(number: usize, skill: &str) -> Skill {
    Skill {
        person: person(number),
        skill: skill.into(),
        level: None,
    }
}

pub(crate) fn vacancy(skill: Option<&str>, places: u32, wage_fen: u64) -> Vacancy {
    Vacancy {
        employer: "factory".into(),
        skill: skill.map(Into::into),
        places,
        wage_fen,
        destination: "Kunming".into(),
        risk: Some("low".into()),
        valid_until: None,
    }
}

pub(crate) fn placement(number: usize, vacancy: Option<usize>, on: u32) -> Placement {
    Placement {
        person: person(number),
        vacancy: vacancy.and_then(VacancyId::from_index),
        kind: PlacementKind::Organised,
        destination: None,
        departed_on: day(on),
    }
}

pub(crate) fn permits(people: usize) -> Vec<Permit> {
    let each =
        (0..people).flat_map(|number| PermitLevel::ALL.iter().map(move |level| (number, *level)));
    each.map(|(number, level)| Permit {
        person: person(number),
        level,
        until: None,
    })
    .collect()
}

pub(crate) fn ledger<T: Record>(rows: impl IntoIterator<Item = T>) -> Ledger<T> {
    let numbered = rows.into_iter().enumerate();
    let rows = numbered.map(|(row, what)| Recorded::new(format!("{row:03}"), what));
    Ledger::build(rows.collect()).0
}

/// Everything a question asks of, each of its people with all permits.
#[derive(Default)]
pub(crate) struct Town {
    pub(crate) workers: Vec<Worker>,
    pub(crate) skills: Vec<Skill>,
    pub(crate) vacancies: Vec<Vacancy>,
    pub(crate) placements: Vec<Placement>,
}

impl Town {
    /// The plan of the 20th, its proof checked.
    pub(crate) fn plan(&self) -> JobPlan {
        let skills = ledger(self.skills.iter().cloned());
        let vacancies = ledger(self.vacancies.iter().cloned());
        let placements = ledger(self.placements.iter().cloned());
        let permits = ledger(permits(50));
        let question = JobQuestion {
            workers: &self.workers,
            skills: &skills,
            vacancies: &vacancies,
            permits: &permits,
            placements: &placements,
            fever_tenths: 373,
            policy: &JobPolicy::tengchong_2020(),
            as_of: AsOf::on(day(20)),
        };
        let plan = match_jobs(question).unwrap();
        assert_eq!(plan.verify(question), Ok(()));
        let mut forged = plan.clone();
        forged.wages_fen += 1;
        assert!(forged.verify(question).is_err());
        plan
    }
}
