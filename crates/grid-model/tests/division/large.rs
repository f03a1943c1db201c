//! Townships too large for every division to be considered.

use grid_model::division::{
    Balance, Division, DivisionQuestion, GridPlan, StandingGrid, divide, redivide,
};
use proptest::prelude::*;

use crate::oracle::{Made, candidate, question};

/// A field of places, villages of four by three, ways to the right and down; some are blocked.
pub(crate) fn field(
    wide: usize,
    high: usize,
    households: impl Fn(usize) -> u32,
    is_blocked: impl Fn(usize) -> bool,
) -> Made {
    let place = |x: usize, y: usize| y * wide + x;
    let mut made = Made {
        places: Vec::new(),
        ways: Vec::new(),
    };
    for y in 0..high {
        for x in 0..wide {
            let village = (y / 3) * wide.div_ceil(4) + x / 4;
            made.places.push((village, households(place(x, y))));
            if x + 1 < wide && !is_blocked(2 * place(x, y)) {
                made.ways.push((place(x, y), place(x + 1, y), 5));
            }
            if y + 1 < high && !is_blocked(2 * place(x, y) + 1) {
                made.ways.push((place(x, y), place(x, y + 1), 8));
            }
        }
    }
    made
}

fn standing(plan: &GridPlan) -> Vec<StandingGrid> {
    let grids = plan.grids.iter();
    grids
        .map(|grid| StandingGrid {
            areas: grid.areas.clone(),
            lead: Some(grid.lead),
            doctor: Some(grid.doctor),
        })
        .collect()
}

#[test]
fn villages_that_are_large_enough_stay_whole_in_a_large_township() {
    // 20 by 18: thirty villages of twelve places of ten; two grids of sixty in each.
    let made = field(20, 18, |_| 10, |_| false);
    let territory = made.territory();
    let leads: Vec<_> = (0..60).map(|lead| candidate(lead, lead * 6, 1)).collect();
    let doctors: Vec<_> = (0..12)
        .map(|doctor| candidate(100 + doctor, doctor * 30, 5))
        .collect();
    let asked = question(
        &territory,
        Balance::new(60, 50, 70).unwrap(),
        &leads,
        &doctors,
    );
    let found = divide(&asked).unwrap();
    let plan = found.plan().unwrap();
    assert_eq!(plan.verify(&asked, &[]), Ok(()));
    // The bound is met, so it is known to be the best although not every division was seen.
    assert_eq!((plan.quality.crossings, plan.quality.imbalance), (0, 0));
    assert!(plan.exact);
}

#[test]
fn a_lead_lost_without_substitute_moves_little_more_than_the_lost_grid() {
    let made = field(
        20,
        18,
        |place| 6 + u32::try_from(place * 7 % 9).unwrap(),
        |way| way % 11 == 3,
    );
    let territory = made.territory();
    let mut leads: Vec<_> = (0..40).map(|lead| candidate(lead, lead * 9, 1)).collect();
    let doctors: Vec<_> = (0..12)
        .map(|doctor| candidate(100 + doctor, doctor * 30, 5))
        .collect();
    let asked = question(
        &territory,
        Balance::new(40, 70, 125).unwrap(),
        &leads,
        &doctors,
    );
    let found = divide(&asked).unwrap();
    let plan = found.plan().unwrap();
    assert_eq!(plan.verify(&asked, &[]), Ok(()));
    let before = standing(plan);
    let lost = plan.grids[17].lead;
    leads.retain(|lead| lead.person != lost);
    let asked = question(
        &territory,
        Balance::new(40, 70, 125).unwrap(),
        &leads,
        &doctors,
    );
    let found = redivide(&asked, &before).unwrap();
    let after = found.division.plan().unwrap();
    let asked = DivisionQuestion {
        balance: found.balance,
        ..asked
    };
    assert_eq!(after.verify(&asked, &before), Ok(()));
    assert_eq!(after.grids.len(), 39);
    assert!(after.bound.moved >= plan.grids[17].households);
    assert!(
        after.quality.moved <= 2 * plan.grids[17].households,
        "{:?}",
        after.quality
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_plan_of_a_large_township_keeps_every_rule_or_says_how_far_it_is(
        households in proptest::collection::vec(1u32..30, 90),
        blocked in proptest::collection::btree_set(0usize..180, 0..40),
        grids in 4u32..16,
        percent in 10u32..40,
        seed in any::<u64>(),
    ) {
        let made = field(10, 9, |place| households[place], |way| blocked.contains(&way));
        let territory = made.territory();
        let staff: Vec<_> = (0..90).map(|place| candidate(place, place, 3)).collect();
        let Ok(balance) = Balance::within_percent(&territory, grids, percent) else {
            return Ok(());
        };
        let asked = DivisionQuestion { steps: 60_000, seed, ..question(&territory, balance, &staff, &staff) };
        let found = divide(&asked).unwrap();
        match &found {
            Division::Plan(plan) => {
                prop_assert_eq!(plan.verify(&asked, &[]), Ok(()));
                let mut fewer = asked;
                fewer.seed = seed.wrapping_add(1);
                if let Division::Plan(other) = divide(&fewer).unwrap() {
                    prop_assert!(other.quality.crossings >= plan.bound.crossings);
                    prop_assert!(plan.exact || other.quality.imbalance >= plan.bound.imbalance);
                    prop_assert!(!plan.exact || other.quality >= plan.quality);
                }
            }
            Division::Impossible(why) => prop_assert!(!why.is_empty()),
            Division::NotFound(not_found) => {
                let covered: usize = not_found.nearest.iter().map(Vec::len).sum();
                prop_assert!(covered == 90 || not_found.nearest.is_empty());
                prop_assert!(not_found.outside != Some(0));
            }
        }
        prop_assert_eq!(found, divide(&asked).unwrap());
    }
}
