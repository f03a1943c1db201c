use grid_model::division::{Division, Hindrance, divide};
use proptest::prelude::*;

use crate::oracle::{balance, candidate, question, sets, small};

/// A lead and a doctor in every place, with room for all.
fn everywhere(places: usize) -> Vec<grid_model::division::Candidate> {
    (0..places)
        .map(|place| candidate(place, place, 8))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_small_division_is_the_best_of_all_and_impossible_only_where_there_is_none(
        made in small(),
        balance in balance(),
    ) {
        let territory = made.territory();
        let staff = everywhere(made.places.len());
        let question = question(&territory, balance, &staff, &staff);
        let all = made.divisions(balance);
        let best = all.iter().map(|division| made.quality(division)).min();
        match divide(&question).unwrap() {
            Division::Plan(plan) => {
                prop_assert_eq!(plan.verify(&question, &[]), Ok(()));
                prop_assert!(plan.exact);
                prop_assert_eq!(Some(plan.quality), best);
                prop_assert!(all.contains(&sets(&plan)));
            }
            Division::Impossible(why) => {
                prop_assert!(!why.is_empty());
                prop_assert_eq!(best, None, "{:?}", why);
            }
            Division::NotFound(not_found) => prop_assert!(false, "{not_found:?}"),
        }
    }

    #[test]
    fn whatever_the_steps_the_search_ends_and_says_nothing_untrue(
        made in small(),
        balance in balance(),
        steps in 0u64..400,
    ) {
        let territory = made.territory();
        let staff = everywhere(made.places.len());
        let question = grid_model::division::DivisionQuestion {
            steps,
            ..question(&territory, balance, &staff, &staff)
        };
        let all = made.divisions(balance);
        let best = all.iter().map(|division| made.quality(division)).min();
        match divide(&question).unwrap() {
            Division::Plan(plan) => {
                prop_assert_eq!(plan.verify(&question, &[]), Ok(()));
                prop_assert!(plan.steps <= steps);
                let best = best.unwrap();
                prop_assert!(plan.bound.crossings <= best.crossings);
                prop_assert!(plan.quality >= best);
                let least_imbalance = all.iter().map(|one| made.quality(one).imbalance).min().unwrap();
                prop_assert!(plan.exact || plan.bound.imbalance <= least_imbalance);
                prop_assert!(!plan.exact || plan.quality == best);
            }
            Division::Impossible(why) => prop_assert_eq!(best, None, "{:?}", why),
            Division::NotFound(not_found) => {
                prop_assert!(not_found.steps <= steps);
                prop_assert!(not_found.outside != Some(0));
                prop_assert_eq!(not_found.outside.is_none(), not_found.nearest.is_empty());
            }
        }
    }

    #[test]
    fn leads_and_doctors_travel_as_little_as_any_choice_within_load(
        made in small(),
        balance in balance(),
        leads in proptest::collection::vec((0usize..8, 0u32..4), 0..4),
        doctors in proptest::collection::vec((0usize..8, 0u32..4), 0..4),
    ) {
        let territory = made.territory();
        let count = made.places.len();
        let staff = |given: Vec<(usize, u32)>, first: usize| -> Vec<_> {
            let numbered = given.into_iter().enumerate();
            numbered.map(|(number, (from, most))| candidate(first + number, from % count, most)).collect()
        };
        let (leads, doctors) = (staff(leads, 0), staff(doctors, 10));
        let question = question(&territory, balance, &leads, &doctors);
        let staffable = |division: &Vec<Vec<usize>>| {
            made.least_travel(division, &leads, &[]).is_some() && made.least_travel(division, &doctors, &[]).is_some()
        };
        match divide(&question).unwrap() {
            Division::Plan(plan) => {
                prop_assert_eq!(plan.verify(&question, &[]), Ok(()));
                let sets = sets(&plan);
                let lead = plan.grids.iter().map(|grid| grid.lead_travel).sum();
                let doctor = plan.grids.iter().map(|grid| grid.doctor_travel).sum();
                prop_assert_eq!(made.least_travel(&sets, &leads, &[]), Some((0, lead)));
                prop_assert_eq!(made.least_travel(&sets, &doctors, &[]), Some((0, doctor)));
                let best = made.divisions(balance).into_iter().filter(staffable).map(|one| made.quality(&one)).min();
                prop_assert_eq!(Some(plan.quality), best);
            }
            Division::Impossible(why) => {
                prop_assert!(!made.divisions(balance).iter().any(staffable), "{:?}", why);
                let is_staff = |one: &Hindrance| matches!(one, Hindrance::TooFewStaff { .. });
                prop_assert!(why.iter().any(is_staff) || made.divisions(balance).is_empty());
            }
            Division::NotFound(not_found) => prop_assert!(false, "{not_found:?}"),
        }
    }

    #[test]
    fn shuffled_rows_give_the_same_answer(made in small(), balance in balance(), turn in 0usize..8) {
        let mut shuffled = made.clone();
        shuffled.ways.reverse();
        for way in &mut shuffled.ways {
            *way = (way.1, way.0, way.2);
        }
        let mut staff = everywhere(made.places.len());
        let (territory, other) = (made.territory(), shuffled.territory());
        prop_assert_eq!(&territory, &other);
        let answer = divide(&question(&territory, balance, &staff, &staff)).unwrap();
        let turn = turn % staff.len();
        staff.rotate_left(turn);
        prop_assert_eq!(answer, divide(&question(&other, balance, &staff, &staff)).unwrap());
    }
}
