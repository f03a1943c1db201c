//! Laws of matching workers with vacancies.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

mod oracle;
mod support;

use grid_model::AsOf;
use job_matching::{
    Hindrance, OrderStanding, UnfilledBecause, UnmatchedBecause, Vacancy, VacancyId, Worker,
};
use proptest::prelude::*;
use support::{SKILLS, Town, day, ledger, person, placement, skill, vacancy, worker};

#[test]
fn the_most_matches_come_before_the_highest_wage() {
    // The cook could take the dearer place for anyone, but then the other would go nowhere.
    let found = Town {
        workers: vec![worker(0), worker(1)],
        skills: vec![skill(0, "cook")],
        vacancies: vec![vacancy(None, 1, 900), vacancy(Some("cook"), 1, 100)],
        ..Town::default()
    }
    .plan();
    assert_eq!((found.matches.len(), found.wages_fen), (2, 1000));
    assert_eq!(found.matches[0].vacancy.index(), 1);
}

#[test]
fn everyone_who_goes_nowhere_is_listed_with_the_reason() {
    let risky = Vacancy {
        risk: Some("high".into()),
        ..vacancy(Some("welder"), 3, 100)
    };
    let unknown = Vacancy {
        risk: None,
        ..vacancy(Some("welder"), 3, 100)
    };
    let quarantined = Worker {
        order: OrderStanding::Running,
        ..worker(3)
    };
    let found = Town {
        workers: vec![
            quarantined,
            worker(0),
            worker(1),
            worker(2),
            worker(4),
            worker(5),
        ],
        skills: vec![
            skill(0, "cook"),
            skill(1, "cook"),
            skill(2, "welder"),
            skill(4, "mason"),
        ],
        vacancies: vec![vacancy(Some("cook"), 2, 100), risky, unknown],
        placements: vec![placement(9, Some(0), 18), placement(5, None, 18)],
    }
    .plan();
    let reasons: Vec<_> = found
        .unmatched
        .iter()
        .map(|one| (one.person, one.because))
        .collect();
    assert_eq!(
        reasons,
        [
            (person(1), UnmatchedBecause::PlacesTaken),
            (person(2), UnmatchedBecause::DestinationsRefused),
            (person(3), UnmatchedBecause::NotCleared),
            (person(4), UnmatchedBecause::NoVacancyForSkills),
            (person(5), UnmatchedBecause::AlreadySentOut),
        ]
    );
    assert_eq!(
        found.unmatched[2].hindrances,
        [Hindrance::OrderNotCompleted]
    );
    let refused: Vec<_> = found.refused_vacancies.iter().map(|one| one.1).collect();
    assert_eq!(
        refused,
        [
            Hindrance::DestinationRefused,
            Hindrance::DestinationRiskNotKnown
        ]
    );
    assert_eq!(found.open_places, 1 + 3 + 3);
    let stand: Vec<_> = found
        .vacancies
        .iter()
        .map(|one| (one.vacancy.index(), one.matched, one.unfilled))
        .collect();
    assert_eq!(
        stand,
        [
            (0, 1, None),
            (1, 0, Some(UnfilledBecause::DestinationRefused)),
            (2, 0, Some(UnfilledBecause::DestinationRiskNotKnown)),
        ]
    );
}

#[test]
fn nothing_hinders_who_has_left_already() {
    let no_temperature = Worker {
        temperature_tenths: None,
        ..worker(60)
    };
    let found = Town {
        workers: vec![no_temperature],
        placements: vec![placement(60, None, 18)],
        ..Town::default()
    }
    .plan();
    assert_eq!(found.unmatched[0].because, UnmatchedBecause::AlreadySentOut);
    assert_eq!(found.unmatched[0].hindrances, []);
}

#[test]
fn a_place_stays_empty_for_want_of_the_skill_or_of_people() {
    let asks = |own: &[usize]| {
        let town = Town {
            workers: own.iter().copied().map(worker).collect(),
            skills: vec![skill(0, "cook"), skill(1, "mason")],
            vacancies: vec![
                vacancy(Some("cook"), 1, 900),
                vacancy(Some("welder"), 2, 100),
                vacancy(None, 2, 100),
            ],
            ..Town::default()
        };
        let found = town.plan().vacancies;
        found.iter().map(|one| one.unfilled).collect::<Vec<_>>()
    };
    let (nobody, elsewhere) = (
        Some(UnfilledBecause::NobodyCleared),
        Some(UnfilledBecause::AllMatchedElsewhere),
    );
    assert_eq!(asks(&[]), [nobody, nobody, nobody]);
    assert_eq!(asks(&[0]), [None, nobody, elsewhere]);
    assert_eq!(asks(&[0, 1, 2]), [None, nobody, None]);
}

#[test]
fn skills_in_surplus_and_in_want_are_counted() {
    let found = Town {
        workers: vec![worker(0), worker(1)],
        skills: vec![skill(0, "cook"), skill(1, "cook")],
        vacancies: vec![
            vacancy(Some("cook"), 1, 100),
            vacancy(Some("mason"), 4, 100),
        ],
        ..Town::default()
    }
    .plan();
    let counted: Vec<_> = found
        .skills
        .iter()
        .map(|own| (&*own.skill, own.surplus, own.want))
        .collect();
    assert_eq!(counted, [("cook", 1, 0), ("mason", 0, 4)]);
}

#[test]
fn a_vacancy_that_has_run_out_is_not_open() {
    let until = |number| Vacancy {
        valid_until: Some(day(number)),
        ..vacancy(None, 1, 100)
    };
    let found = Town {
        workers: vec![worker(0), worker(1)],
        vacancies: vec![until(20), until(21)],
        ..Town::default()
    }
    .plan();
    assert_eq!(found.matches.len(), 1);
    assert_eq!(found.matches[0].vacancy, VacancyId::from_index(1).unwrap());
}

#[test]
fn matches_leave_in_batches_by_place() {
    let elsewhere = Vacancy {
        destination: "Dali".into(),
        ..vacancy(None, 1, 100)
    };
    let town = Town {
        workers: vec![worker(0), worker(1), worker(2)],
        vacancies: vec![vacancy(None, 2, 900), elsewhere],
        ..Town::default()
    };
    let vacancies = ledger(town.vacancies.iter().cloned());
    let batches = town.plan().departures(&vacancies, AsOf::on(day(20)));
    let counted: Vec<_> = batches
        .iter()
        .map(|one| (one.destination.as_deref(), one.people.len()))
        .collect();
    assert_eq!(counted, [(Some("Dali"), 1), (Some("Kunming"), 2)]);
}

#[test]
fn a_wage_no_work_pays_leaves_its_vacancy_out_and_no_other() {
    let found = Town {
        workers: vec![worker(0), worker(1)],
        vacancies: vec![
            vacancy(None, 2, u64::MAX),
            vacancy(None, 1, 1_000_000_000),
            vacancy(None, 1, 1_000_000_001),
        ],
        ..Town::default()
    }
    .plan();
    let left_out = |index| {
        (
            VacancyId::from_index(index).unwrap(),
            Hindrance::WageNotCredible,
        )
    };
    assert_eq!(found.refused_vacancies, [left_out(0), left_out(2)]);
    assert_eq!((found.matches.len(), found.wages_fen), (1, 1_000_000_000));
    assert_eq!(found.unmatched[0].because, UnmatchedBecause::PlacesTaken);
    let why = found.vacancies.iter().map(|one| one.unfilled);
    let typo = Some(UnfilledBecause::WageNotCredible);
    assert_eq!(why.collect::<Vec<_>>(), [typo, None, typo]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_way_of_matching_fills_more_places_or_pays_more(
        skills in proptest::collection::vec(proptest::collection::btree_set(0usize..3, 0..3), 0..6),
        offers in proptest::collection::vec((proptest::option::of(0usize..3), 0u32..3, 0u64..5), 0..5),
    ) {
        let mut town = Town {
            workers: (0..skills.len()).map(worker).collect(),
            skills: skills.iter().enumerate()
                .flat_map(|(number, own)| own.iter().map(move |index| skill(number, SKILLS[*index])))
                .collect(),
            vacancies: offers.iter().map(|(asked, places, wage)| vacancy(asked.map(|index| SKILLS[index]), *places, *wage)).collect(),
            ..Town::default()
        };
        let found = town.plan();
        let sets: Vec<Vec<usize>> = skills.iter().map(|own| own.iter().copied().collect()).collect();
        let mut left = offers.clone();
        prop_assert_eq!((found.matches.len(), found.wages_fen), oracle::best(&sets, &mut left));
        prop_assert_eq!(found.matches.len() + found.unmatched.len(), skills.len());
        for one in &found.matches {
            let offer = &mut left[one.vacancy.index()];
            prop_assert!(offer.0.is_none_or(|asked| sets[one.person.index()].contains(&asked)));
            prop_assert!(offer.1 > 0, "more people than places");
            offer.1 -= 1;
        }
        for own in &found.skills {
            prop_assert_eq!(own.places, own.matched + own.want);
        }
        let open: u64 = found.vacancies.iter().map(|one| u64::from(one.places)).sum();
        prop_assert_eq!(open, found.open_places);
        for one in &found.vacancies {
            let (asked, left, _) = left[one.vacancy.index()];
            prop_assert_eq!(one.places - one.matched, left);
            prop_assert_eq!(one.unfilled.is_none(), left == 0);
            let could = |own: &[usize]| asked.is_none_or(|asked| own.contains(&asked));
            let somebody = sets.iter().any(|own| could(own));
            let behind = found.unmatched.iter().any(|own| could(&sets[own.person.index()]));
            match one.unfilled {
                Some(UnfilledBecause::NobodyCleared) => prop_assert!(!somebody),
                Some(UnfilledBecause::AllMatchedElsewhere) => prop_assert!(somebody && !behind),
                Some(other) => prop_assert!(false, "{} at low risk", other),
                None => {}
            }
        }
        town.workers.reverse();
        prop_assert_eq!(town.plan(), found);
    }
}
