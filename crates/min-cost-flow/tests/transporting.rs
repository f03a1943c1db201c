//! Every demand met at the least cost, or the demands that cannot be, and why.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use min_cost_flow::{Outcome, Route, Shortage, Transportation, TransportationOutcome, verify};
use proptest::prelude::*;

fn questions() -> impl Strategy<Value = Transportation> {
    let amounts = |most| prop::collection::vec(0i64..most, 1..4);
    (amounts(6), amounts(5)).prop_flat_map(|(supplies, demands)| {
        let route = (
            0..supplies.len(),
            0..demands.len(),
            prop::option::of(0i64..4),
            -2i64..7,
        )
            .prop_map(|(supply, demand, capacity, unit_cost)| Route {
                supply,
                demand,
                capacity,
                unit_cost,
            });
        (
            Just(supplies),
            Just(demands),
            prop::collection::vec(route, 0..6),
        )
            .prop_map(|(supplies, demands, routes)| Transportation {
                supplies,
                demands,
                routes,
            })
    })
}

/// The least cost of all ways to fill the routes one after the other, if any meets all demands.
fn cheapest(routes: &[Route], supplies: &mut [i64], demands: &mut [i64]) -> Option<i128> {
    let Some((route, others)) = routes.split_first() else {
        return demands.iter().all(|&demand| demand == 0).then_some(0);
    };
    let most = supplies[route.supply]
        .min(demands[route.demand])
        .min(route.capacity.unwrap_or(i64::MAX));
    let mut best = None;
    for amount in 0..=most {
        supplies[route.supply] -= amount;
        demands[route.demand] -= amount;
        let rest = cheapest(others, supplies, demands);
        supplies[route.supply] += amount;
        demands[route.demand] += amount;
        let cost = rest.map(|rest| rest + i128::from(amount * route.unit_cost));
        best = match (best, cost) {
            (Some(best), Some(cost)) => Some(i128::min(best, cost)),
            (best, cost) => best.or(cost),
        };
    }
    best
}

/// Counts again what the named demands want and what can reach them.
fn shortage_holds(question: &Transportation, short: &Shortage) -> bool {
    let wanted: i64 = short
        .demands
        .iter()
        .map(|&demand| question.demands[demand])
        .sum();
    let theirs: i64 = short
        .supplies
        .iter()
        .map(|&supply| question.supplies[supply])
        .sum();
    let over_routes: Option<i64> = question
        .routes
        .iter()
        .filter(|route| {
            short.demands.contains(&route.demand) && !short.supplies.contains(&route.supply)
        })
        .map(|route| route.capacity)
        .sum();
    short.missing > 0
        && over_routes.is_some_and(|routes| i128::from(wanted - theirs - routes) == short.missing)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_other_plan_costs_less_and_a_shortage_is_real(question in questions()) {
        let least = cheapest(&question.routes, &mut question.supplies.clone(), &mut question.demands.clone());
        match question.solve().unwrap() {
            TransportationOutcome::Plan(plan) => {
                prop_assert_eq!(Some(plan.cost), least);
                let network = question.network().unwrap();
                prop_assert_eq!(verify(&network, &Outcome::Optimal(plan.proof)), Ok(()));
                let left: i64 = plan.left_over.iter().sum();
                let carried: i64 = plan.amounts.iter().sum();
                prop_assert_eq!(left + carried, question.supplies.iter().sum::<i64>());
            }
            TransportationOutcome::Short(short) => {
                prop_assert_eq!(least, None);
                prop_assert!(shortage_holds(&question, &short), "{short:?}");
            }
        }
    }
}

#[test]
fn a_shortage_names_demands_supplies_and_full_routes() {
    let question = Transportation {
        supplies: vec![9, 2],
        demands: vec![1, 6],
        routes: vec![
            Route {
                supply: 0,
                demand: 0,
                capacity: None,
                unit_cost: 1,
            },
            Route {
                supply: 0,
                demand: 1,
                capacity: Some(3),
                unit_cost: 1,
            },
            Route {
                supply: 1,
                demand: 1,
                capacity: None,
                unit_cost: 1,
            },
        ],
    };
    let TransportationOutcome::Short(short) = question.solve().unwrap() else {
        panic!("6 is not 3 + 2")
    };
    assert_eq!(
        short,
        Shortage {
            demands: vec![1],
            supplies: vec![1],
            full_routes: vec![1],
            missing: 1
        }
    );
}

#[test]
fn everything_wrong_is_named_at_once() {
    let question = Transportation {
        supplies: vec![-1, i64::MAX],
        demands: vec![i64::MAX, 1],
        routes: vec![Route {
            supply: 2,
            demand: 5,
            capacity: Some(-4),
            unit_cost: 0,
        }],
    };
    assert_eq!(
        question.solve().unwrap_err().to_string(),
        "supply 0, amount: -1 is negative; give 0 or more\n\
         route 0, amount: -4 is negative; give 0 or more\n\
         route 0, supply: 2 is unknown; there are 2, numbered from 0\n\
         route 0, demand: 5 is unknown; there are 2, numbered from 0\n\
         demands: their sum 9223372036854775808 is too large; count in a larger unit"
    );
}

#[test]
fn nothing_wanted_is_a_plan() {
    let question = Transportation {
        supplies: vec![4],
        demands: vec![],
        routes: vec![],
    };
    let TransportationOutcome::Plan(plan) = question.solve().unwrap() else {
        panic!("nothing is wanted")
    };
    assert_eq!((plan.left_over, plan.cost), (vec![4], 0));
}
