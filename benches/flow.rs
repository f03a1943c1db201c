//! How many of its own supply solves is Mangbang's whole day worth?
//!
//! The ratio to read is the time of `whole_day` over that of `supply_solve`, both of the same
//! evening in the same run.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use outbreak_response::steps::{BasketDay, basket};
use outbreak_response::{day, figures_of};
use outbreak_response_benches::{Evening, ask, mangbang_evenings};
use supply_allocation::{SupplyInput, SupplyPlan, allocate, verify};

fn the_day_in_supply_solves(criterion: &mut Criterion) {
    let evenings = mangbang_evenings();
    let asked: Vec<(&Evening, BasketDay)> = evenings
        .iter()
        .map(|evening| (evening, basket_of(evening)))
        .collect();
    for (evening, basket) in &asked {
        plans_agree(evening, basket);
    }
    ask(
        criterion,
        "in_supply_solves/supply_solve",
        &asked,
        rows,
        |(evening, basket)| solve(evening, basket),
    );
    let baskets: Vec<_> = asked
        .iter()
        .map(|(evening, _)| (*evening, evening.asked()))
        .collect();
    ask(
        criterion,
        "in_supply_solves/basket",
        &baskets,
        rows,
        |(evening, asked)| {
            let records = &evening.town.records;
            basket(
                &asked.town,
                records,
                &evening.policy,
                &asked.under_observation,
            )
        },
    );
    ask(
        criterion,
        "in_supply_solves/figures_of_an_evening",
        &asked,
        rows,
        |(evening, _)| {
            let town = &evening.town;
            figures_of(
                &town.township,
                &town.records,
                &evening.policy,
                evening.as_of,
            )
        },
    );
    ask(
        criterion,
        "in_supply_solves/whole_day",
        &asked,
        rows,
        |(evening, _)| {
            let town = &evening.town;
            day(
                &town.township,
                &town.records,
                &evening.policy,
                evening.as_of,
            )
        },
    );
}

fn basket_of(evening: &Evening) -> BasketDay {
    let asked = evening.asked();
    let records = &evening.town.records;
    basket(
        &asked.town,
        records,
        &evening.policy,
        &asked.under_observation,
    )
}

/// The solve timed alone is the day's own, and its proof holds.
fn plans_agree(evening: &Evening, basket: &BasketDay) {
    let plan = solve(evening, basket);
    let of_day = basket
        .plan
        .as_ref()
        .expect("a town's packets can be added up");
    assert_eq!(plan.lines, of_day.lines);
    verify(&plan, &input(evening, basket), &evening.policy.supply).expect("the proof holds");
}

fn solve(evening: &Evening, basket: &BasketDay) -> SupplyPlan {
    allocate(&input(evening, basket), &evening.policy.supply)
        .expect("a town's packets can be added up")
}

fn input<'a>(evening: &'a Evening, basket: &'a BasketDay) -> SupplyInput<'a> {
    SupplyInput {
        as_of: evening.as_of,
        demand: &basket.demand,
        suppliers: &evening.town.records.suppliers,
        households: &basket.households,
        purchasers: &basket.purchasers,
    }
}

fn rows<T>((evening, _): &(&Evening, T)) -> (String, Throughput) {
    (evening.name.clone(), Throughput::Elements(evening.rows))
}

criterion_group!(benches, the_day_in_supply_solves);
criterion_main!(benches);
