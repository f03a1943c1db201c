//! Whatever is broken in a plan, `verify` says so by its name.

use grid_model::Role;
use grid_model::division::{Balance, DivisionQuestion, GridPlan, PlanFlaw, divide};
use proptest::prelude::*;

use crate::oracle::{Made, area, balance, candidate, person, question, small};

/// A road of six places in three villages, three grids, three leads, one doctor for all.
fn made() -> Made {
    Made {
        places: vec![(0, 5), (0, 4), (1, 5), (1, 5), (2, 5), (2, 4)],
        ways: (1..6).map(|place| (place - 1, place, 10)).collect(),
    }
}

/// Breaks the plan and gives what is found.
fn flaw_of(break_it: impl FnOnce(&mut GridPlan)) -> PlanFlaw {
    let made = made();
    let territory = made.territory();
    let leads = [
        candidate(0, 0, 1),
        candidate(1, 3, 1),
        candidate(2, 5, 1),
        candidate(3, 5, 0),
    ];
    let doctors = [candidate(10, 2, 2), candidate(11, 5, 3)];
    let asked = question(
        &territory,
        Balance::new(3, 9, 10).unwrap(),
        &leads,
        &doctors,
    );
    let mut plan = divide(&asked).unwrap().plan().unwrap().clone();
    assert_eq!(plan.verify(&asked, &[]), Ok(()));
    break_it(&mut plan);
    plan.verify(&asked, &[]).unwrap_err()
}

#[test]
fn a_missing_place_is_found() {
    let flaw = flaw_of(|plan| assert!(plan.grids[1].areas.pop().is_some()));
    assert_eq!(flaw, PlanFlaw::Uncovered { area: area(3) });
}

#[test]
fn a_place_in_two_grids_is_found() {
    let flaw = flaw_of(|plan| plan.grids[2].areas.push(area(0)));
    assert_eq!(
        flaw,
        PlanFlaw::InTwo {
            area: area(0),
            first: 0,
            second: 2
        }
    );
}

#[test]
fn a_place_of_elsewhere_is_found() {
    let flaw = flaw_of(|plan| plan.grids[2].areas.push(area(77)));
    assert_eq!(
        flaw,
        PlanFlaw::Elsewhere {
            grid: 2,
            area: area(77)
        }
    );
}

#[test]
fn a_grid_that_falls_apart_is_found() {
    // Two places of five households change grids: every sum is as before.
    let flaw = flaw_of(|plan| {
        plan.grids[0].areas[0] = area(4);
        plan.grids[2].areas[0] = area(0);
    });
    assert_eq!(
        flaw,
        PlanFlaw::Apart {
            grid: 0,
            first: area(4),
            area: area(1)
        }
    );
}

#[test]
fn a_grid_outside_the_bounds_is_found() {
    let flaw = flaw_of(|plan| {
        let moved = plan.grids[1].areas.remove(0);
        plan.grids[0].areas.push(moved);
    });
    let expected = PlanFlaw::OutsideBounds {
        grid: 0,
        households: 14,
        least: 9,
        most: 10,
    };
    assert_eq!(flaw, expected);
    assert_eq!(
        flaw.to_string(),
        "grid 0: 14 households are not between 9 and 10"
    );
}

#[test]
fn a_grid_too_many_or_too_few_is_found() {
    let flaw = flaw_of(|plan| {
        let last = plan.grids.pop().unwrap();
        plan.grids[1].areas.extend(last.areas);
    });
    assert_eq!(flaw, PlanFlaw::GridCount { found: 2, asked: 3 });
}

#[test]
fn a_grid_without_a_place_is_found() {
    let flaw = flaw_of(|plan| {
        let all = std::mem::take(&mut plan.grids[0].areas);
        plan.grids[1].areas.extend(all);
    });
    assert_eq!(flaw, PlanFlaw::Empty { grid: 0 });
}

#[test]
fn a_lead_who_is_no_candidate_is_found() {
    let flaw = flaw_of(|plan| plan.grids[0].lead = person(10));
    let expected = PlanFlaw::NoCandidate {
        grid: 0,
        role: Role::GridLead,
        person: person(10),
    };
    assert_eq!(flaw, expected);
}

#[test]
fn a_lead_over_load_is_found() {
    let flaw = flaw_of(|plan| plan.grids[1].lead = person(0));
    let expected = PlanFlaw::Overloaded {
        role: Role::GridLead,
        person: person(0),
        grids: 2,
        most: 1,
    };
    assert_eq!(flaw, expected);
}

#[test]
fn a_doctor_over_load_is_found() {
    let flaw = flaw_of(|plan| {
        plan.grids
            .iter_mut()
            .for_each(|grid| grid.doctor = person(10))
    });
    let expected = PlanFlaw::Overloaded {
        role: Role::Doctor,
        person: person(10),
        grids: 3,
        most: 2,
    };
    assert_eq!(flaw, expected);
}

#[test]
fn leads_who_could_travel_less_are_found() {
    let flaw = flaw_of(|plan| {
        let first = (plan.grids[0].lead, plan.grids[0].lead_travel);
        plan.grids[0].lead = plan.grids[2].lead;
        plan.grids[2].lead = first.0;
        // Six places, nine and eighteen households, ten minutes from place to place.
        plan.grids[0].lead_travel = 5 * 50 + 4 * 40;
        plan.grids[2].lead_travel = 5 * 40 + 4 * 50;
    });
    assert!(
        matches!(
            flaw,
            PlanFlaw::NotLeast {
                role: Role::GridLead,
                ..
            }
        ),
        "{flaw:?}"
    );
}

#[test]
fn a_wrong_figure_is_found() {
    let flaw = flaw_of(|plan| plan.grids[0].households += 1);
    let expected = PlanFlaw::WrongFigure {
        what: "households",
        grid: 0,
        given: 10,
        counted: 9,
    };
    assert_eq!(flaw, expected);
    let flaw = flaw_of(|plan| plan.grids[2].doctor_travel += 1);
    assert!(
        matches!(
            flaw,
            PlanFlaw::WrongFigure {
                what: "travel",
                grid: 2,
                ..
            }
        ),
        "{flaw:?}"
    );
}

#[test]
fn a_quality_that_is_not_what_is_counted_or_a_bound_over_it_is_found() {
    type Break = fn(&mut GridPlan);
    let breaks: [Break; 5] = [
        |plan| plan.quality.crossings += 1,
        |plan| plan.quality.imbalance += 2,
        |plan| plan.quality.moved += 1,
        |plan| plan.bound.crossings += 1,
        |plan| plan.bound.imbalance += 1,
    ];
    for break_it in breaks {
        let flaw = flaw_of(break_it);
        assert!(matches!(flaw, PlanFlaw::WrongQuality { .. }), "{flaw:?}");
    }
}

#[test]
fn a_proof_of_something_else_is_found() {
    let flaw = flaw_of(|plan| plan.lead_proof.prices.truncate(2));
    assert_eq!(
        flaw,
        PlanFlaw::OtherProof {
            role: Role::GridLead
        }
    );
    let flaw = flaw_of(|plan| plan.doctor_proof.change_weight = 7);
    assert_eq!(flaw, PlanFlaw::OtherProof { role: Role::Doctor });
    let flaw = flaw_of(|plan| plan.grids[0].goes_on = Some(0));
    assert_eq!(
        flaw,
        PlanFlaw::GoesOnWrongly {
            grid: 0,
            standing: 0
        }
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_lie_about_a_small_plan_passes(made in small(), balance in balance(), turn in any::<usize>(), kind in 0usize..9) {
        let territory = made.territory();
        let staff: Vec<_> = (0..made.places.len()).map(|place| candidate(place, place, 2)).collect();
        let asked = question(&territory, balance, &staff, &staff);
        let found = divide(&asked).unwrap();
        let Some(plan) = found.plan() else {
            return Ok(());
        };
        let mut broken = plan.clone();
        let grid = turn % broken.grids.len();
        let other = (grid + 1) % broken.grids.len();
        match kind {
            0 => assert!(broken.grids[grid].areas.pop().is_some()),
            1 => {
                let area = broken.grids[grid].areas[0];
                broken.grids[other].areas.push(area);
            }
            2 => drop(broken.grids.remove(grid)),
            3 => broken.grids[grid].households = broken.grids[grid].households.wrapping_sub(1),
            4 => broken.grids[grid].lead = person(99),
            5 => broken.grids[grid].doctor_travel += 1,
            6 => broken.lead_proof.prices[grid] += 1,
            7 => broken.doctor_proof.prices[grid] -= 1,
            _ => broken.bound.imbalance += 1,
        }
        prop_assert!(broken.verify(&asked, &[]).is_err());
        // And the plan is of no other question.
        let narrower = DivisionQuestion { leads: &[], ..asked };
        prop_assert!(plan.verify(&narrower, &[]).is_err());
    }
}
