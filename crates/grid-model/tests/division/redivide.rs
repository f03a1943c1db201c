//! When someone drops out as little changes as can.

use std::collections::BTreeSet;

use grid_model::PersonId;
use grid_model::division::{
    Balance, Candidate, Division, DivisionQuestion, StandingGrid, divide, redivide,
};
use proptest::prelude::*;

use crate::oracle::{Made, area, balance, candidate, person, question, sets, small};

fn standing(plan: &grid_model::division::GridPlan) -> Vec<StandingGrid> {
    let grids = plan.grids.iter();
    grids
        .map(|grid| StandingGrid {
            areas: grid.areas.clone(),
            lead: Some(grid.lead),
            doctor: Some(grid.doctor),
        })
        .collect()
}

/// Eight places of five along a road in two villages, four grids.
fn road() -> Made {
    Made {
        places: (0..8).map(|place| (place / 4, 5)).collect(),
        ways: (1..8).map(|place| (place - 1, place, 10)).collect(),
    }
}

const DOCTORS: [(usize, usize); 2] = [(20, 1), (21, 6)];

fn doctors() -> Vec<Candidate> {
    DOCTORS
        .map(|(number, from)| candidate(number, from, 4))
        .into()
}

#[test]
fn a_lead_with_a_substitute_changes_no_border() {
    let territory = road().territory();
    let mut leads: Vec<_> = (0..4).map(|grid| candidate(grid, 2 * grid, 1)).collect();
    let doctors = doctors();
    let balance = Balance::new(4, 5, 15).unwrap();
    let plan = divide(&question(&territory, balance, &leads, &doctors))
        .unwrap()
        .plan()
        .unwrap()
        .clone();
    let before = standing(&plan);
    // The lead of the third grid falls under quarantine; someone far away is free.
    leads.remove(2);
    leads.push(candidate(9, 0, 1));
    let asked = question(&territory, balance, &leads, &doctors);
    let found = redivide(&asked, &before).unwrap();
    let after = found.division.plan().unwrap();
    assert_eq!(after.verify(&asked, &before), Ok(()));
    assert_eq!(after.quality.moved, 0);
    for (old, new) in plan.grids.iter().zip(&after.grids) {
        assert_eq!(old.areas, new.areas);
        assert_eq!(old.doctor, new.doctor);
        let expected = if old.lead == person(2) {
            person(9)
        } else {
            old.lead
        };
        assert_eq!(new.lead, expected);
    }
}

#[test]
fn a_grid_whose_lead_nobody_replaces_goes_to_its_neighbours() {
    let territory = road().territory();
    let mut leads: Vec<_> = (0..4).map(|grid| candidate(grid, 2 * grid, 1)).collect();
    let doctors = doctors();
    let balance = Balance::new(4, 5, 15).unwrap();
    let plan = divide(&question(&territory, balance, &leads, &doctors))
        .unwrap()
        .plan()
        .unwrap()
        .clone();
    let before = standing(&plan);
    leads.remove(1);
    let asked = question(&territory, balance, &leads, &doctors);
    let found = redivide(&asked, &before).unwrap();
    assert_eq!(found.balance.grids(), 3);
    let after = found.division.plan().unwrap();
    let asked = DivisionQuestion {
        balance: found.balance,
        ..asked
    };
    assert_eq!(after.verify(&asked, &before), Ok(()));
    // The ten households of the grid without a lead move, and nobody else.
    assert_eq!(after.quality.moved, 10);
    assert_eq!(sets(after), [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7]]);
    assert_eq!(
        after.grids.iter().map(|grid| grid.lead).collect::<Vec<_>>(),
        [person(0), person(2), person(3)]
    );
}

#[test]
fn too_few_leads_for_the_bounds_is_an_answer() {
    let territory = road().territory();
    let leads = [candidate(0, 0, 1)];
    let doctors = doctors();
    let asked = question(
        &territory,
        Balance::new(4, 5, 15).unwrap(),
        &leads,
        &doctors,
    );
    let found = redivide(&asked, &[]).unwrap();
    assert_eq!(found.balance.grids(), 1);
    assert!(
        matches!(found.division, Division::Impossible(_)),
        "{found:?}"
    );
}

#[test]
fn what_stands_and_keeps_the_rules_is_left_alone_though_better_could_be() {
    let territory = road().territory();
    let leads: Vec<_> = (0..2).map(|grid| candidate(grid, grid, 1)).collect();
    let doctors = doctors();
    let balance = Balance::new(2, 10, 30).unwrap();
    let grid = |places: std::ops::Range<usize>, lead| StandingGrid {
        areas: places.map(area).collect(),
        lead: Some(person(lead)),
        doctor: Some(person(20)),
    };
    // The border lies inside a village, and the leads live on the wrong sides.
    let before = [grid(0..2, 1), grid(2..8, 0)];
    let asked = question(&territory, balance, &leads, &doctors);
    let found = redivide(&asked, &before).unwrap();
    let plan = found.division.plan().unwrap();
    assert_eq!(plan.verify(&asked, &before), Ok(()));
    assert_eq!(sets(plan), [vec![0, 1], (2..8).collect::<Vec<_>>()]);
    assert_eq!(
        (plan.grids[0].lead, plan.grids[1].lead),
        (person(1), person(0))
    );
}

/// A standing division of a made territory: any sets, also broken ones.
fn any_standing() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0usize..4, 8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_fewest_households_move_of_all_divisions_and_then_the_best_is_taken(
        made in small(),
        balance in balance(),
        of_place in any_standing(),
        room in 1u32..3,
        gone in proptest::collection::btree_set(0usize..4, 0..3),
    ) {
        let territory = made.territory();
        let count = made.places.len();
        // Grid n is led by person n, who lives in place n.
        let before: Vec<StandingGrid> = (0..4)
            .map(|grid| StandingGrid {
                areas: (0..count).filter(|&place| of_place[place] == grid).map(area).collect(),
                lead: Some(person(grid)),
                doctor: Some(person(20)),
            })
            .collect();
        let leads: Vec<_> = (0..4).filter(|one| !gone.contains(one)).map(|one| candidate(one, one % count, room)).collect();
        let doctors = [candidate(20, 0, 8)];
        let found = redivide(&question(&territory, balance, &leads, &doctors), &before).unwrap();
        let asked = DivisionQuestion { balance: found.balance, ..question(&territory, balance, &leads, &doctors) };
        let is_staffable = |division: &Vec<Vec<usize>>| {
            made.least_travel(division, &leads, &[]).is_some() && made.least_travel(division, &doctors, &[]).is_some()
        };
        let mut all = made.divisions(found.balance);
        all.retain(is_staffable);
        let Division::Plan(plan) = &found.division else {
            prop_assert!(matches!(&found.division, Division::Impossible(_)), "{:?}", found);
            prop_assert!(all.is_empty(), "{:?}", found);
            return Ok(());
        };
        prop_assert_eq!(plan.verify(&asked, &before), Ok(()));
        // Where there are too many, those without a lead go first.
        let standing: Vec<usize> = (0..4).filter(|&grid| !before[grid].areas.is_empty()).collect();
        let led: Vec<usize> = standing.iter().copied().filter(|grid| !gone.contains(grid)).collect();
        let grids = found.balance.grids() as usize;
        let may_go_on = if standing.len() > grids && led.len() >= grids { &led } else { &standing };
        let least = all.iter().map(|division| made.moved(division, &before, may_go_on)).min();
        prop_assert_eq!(Some(plan.quality.moved), least);
        let best = all
            .iter()
            .filter(|division| Some(made.moved(division, &before, may_go_on)) == least)
            .map(|division| made.quality(division))
            .min()
            .unwrap();
        if plan.exact {
            prop_assert_eq!((plan.quality.crossings, plan.quality.imbalance), (best.crossings, best.imbalance));
        }
        // Then the fewest households get another lead, then travel is least.
        let was = |of: fn(&StandingGrid) -> Option<PersonId>| -> Vec<Option<PersonId>> {
            plan.grids.iter().map(|grid| grid.goes_on.and_then(|name| of(&before[name as usize]))).collect()
        };
        let was_led_by = was(|grid| grid.lead);
        let changed: u64 = plan.grids.iter().zip(&was_led_by)
            .filter(|(grid, was)| was.is_some_and(|was| was != grid.lead))
            .map(|(grid, _)| grid.households.max(1))
            .sum();
        let travel = plan.grids.iter().map(|grid| grid.lead_travel).sum();
        prop_assert_eq!(made.least_travel(&sets(plan), &leads, &was_led_by), Some((changed, travel)));
        let names: BTreeSet<u32> = plan.grids.iter().filter_map(|grid| grid.goes_on).collect();
        prop_assert!(names.iter().all(|name| may_go_on.contains(&(*name as usize))));
    }

    #[test]
    fn with_few_steps_no_bound_of_change_is_over_what_is_possible(
        made in small(),
        balance in balance(),
        of_place in any_standing(),
        gone in proptest::collection::btree_set(0usize..4, 0..3),
        steps in 0u64..3_000,
    ) {
        let territory = made.territory();
        let count = made.places.len();
        let before: Vec<StandingGrid> = (0..4)
            .map(|grid| StandingGrid {
                areas: (0..count).filter(|&place| of_place[place] == grid).map(area).collect(),
                lead: Some(person(grid)),
                doctor: None,
            })
            .collect();
        // Room everywhere, so that leads that are gone change nothing but their own grid.
        let mut leads: Vec<_> = (0..count).map(|place| candidate(10 + place, place, 8)).collect();
        leads.extend((0..4).filter(|one| !gone.contains(one)).map(|one| candidate(one, one % count, 1)));
        let asked = DivisionQuestion { steps, ..question(&territory, balance, &leads, &leads) };
        let found = redivide(&asked, &before).unwrap();
        prop_assert_eq!(found.balance, balance);
        let all = made.divisions(balance);
        match &found.division {
            Division::Plan(plan) => {
                prop_assert_eq!(plan.verify(&asked, &before), Ok(()));
                prop_assert!(plan.steps <= steps);
                let standing: Vec<usize> = (0..4).filter(|&grid| !before[grid].areas.is_empty()).collect();
                let led: Vec<usize> = standing.iter().copied().filter(|grid| !gone.contains(grid)).collect();
                let grids = balance.grids() as usize;
                let may_go_on = if standing.len() > grids && led.len() >= grids { &led } else { &standing };
                let least = all.iter().map(|division| made.moved(division, &before, may_go_on)).min().unwrap();
                prop_assert!(plan.bound.moved <= least && least <= plan.quality.moved, "{:?} {}", plan, least);
                prop_assert!(!plan.exact || plan.quality.moved == least);
                prop_assert!(all.iter().all(|division| made.quality(division).crossings >= plan.bound.crossings) || plan.exact);
            }
            Division::Impossible(why) => prop_assert!(all.is_empty(), "{:?}", why),
            Division::NotFound(not_found) => prop_assert!(not_found.outside != Some(0)),
        }
    }
}
