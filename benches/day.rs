//! What does a day cost, which room costs how much of it, and does it grow with the records alone?
//!
//! Throughput is in rows of every ledger of the town: where a question is linear, its rows a
//! second stay the same from a town to one of ten times the households.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use outbreak_response::bulletin::bulletin;
use outbreak_response::corrections::corrected_records;
use outbreak_response::steps::{basket, grid, nail, outbreak, quarantine, watch, way_out};
use outbreak_response::{day, figures_of};
use outbreak_response_benches::{Asked, Evening, ask, evenings};
use quarantine_rules::Orders;
use reporting::{Edition, Language, to_html};

fn a_day(criterion: &mut Criterion) {
    let evenings = evenings();
    for evening in &evenings {
        answers_agree(evening);
    }
    what_the_rooms_share(criterion, &evenings);
    let asked: Vec<Asked<'_>> = evenings.iter().map(Evening::asked).collect();
    burdens(criterion, &asked);
    services(criterion, &asked);
    drop(asked);
    whole(criterion, &evenings);
    page(criterion, &evenings);
}

/// A second run says the same, and the figures asked alone are those of the whole day.
fn answers_agree(evening: &Evening) {
    let (town, policy) = (&evening.town, &evening.policy);
    let whole = || day(&town.township, &town.records, policy, evening.as_of).figures;
    let alone = figures_of(&town.township, &town.records, policy, evening.as_of);
    assert_eq!(alone, whole());
    assert_eq!(alone, whole());
}

fn what_the_rooms_share(criterion: &mut Criterion, evenings: &[Evening]) {
    ask(
        criterion,
        "town_as_of_the_evening",
        evenings,
        rows,
        |evening| evening.town.township.at(evening.as_of),
    );
    ask(
        criterion,
        "orders_as_they_stand",
        evenings,
        rows,
        |evening| Orders::standing(&evening.town.records.orders, evening.as_of),
    );
    ask(criterion, "what_was_corrected", evenings, rows, |evening| {
        let town = &evening.town;
        corrected_records(&town.township, &town.records, evening.as_of)
    });
}

/// Who was screened, whom a case reached, who must stay, who watches over whom.
fn burdens(criterion: &mut Criterion, asked: &[Asked<'_>]) {
    ask(
        criterion,
        "grid_who_was_missed",
        asked,
        rows_behind,
        |asked| grid(&asked.town, &asked.evening.town.records),
    );
    ask(
        criterion,
        "outbreak_whom_cases_reached",
        asked,
        rows_behind,
        |asked| {
            let evening = asked.evening;
            outbreak(
                &asked.town,
                &evening.town.records,
                &evening.policy,
                &asked.orders,
            )
        },
    );
    // The orders are handed over, so they are stood up anew; their own cost is asked above.
    ask(
        criterion,
        "quarantine_who_must_stay",
        asked,
        rows_behind,
        |asked| {
            let (evening, records) = (asked.evening, &asked.evening.town.records);
            let orders = Orders::standing(&records.orders, evening.as_of);
            quarantine(
                &asked.town,
                records,
                &evening.policy,
                orders,
                &asked.outbreak,
            )
        },
    );
    ask(
        criterion,
        "watch_who_watches_whom",
        asked,
        rows_behind,
        |asked| {
            let evening = asked.evening;
            watch(
                &asked.town,
                &evening.town.records,
                &evening.policy,
                &asked.quarantine,
                &asked.outbreak,
            )
        },
    );
}

/// Who gets which packets, who may leave for work, what is left to do.
fn services(criterion: &mut Criterion, asked: &[Asked<'_>]) {
    ask(
        criterion,
        "basket_who_gets_which_packets",
        asked,
        rows_behind,
        |asked| {
            let evening = asked.evening;
            let held = &asked.under_observation;
            basket(&asked.town, &evening.town.records, &evening.policy, held)
        },
    );
    ask(
        criterion,
        "way_out_who_may_leave",
        asked,
        rows_behind,
        |asked| {
            let (evening, records) = (asked.evening, &asked.evening.town.records);
            let policy = &evening.policy;
            way_out(
                &asked.town,
                records,
                policy,
                &asked.quarantine,
                &asked.outbreak,
            )
        },
    );
    ask(
        criterion,
        "nail_what_is_left",
        asked,
        rows_behind,
        |asked| {
            let evening = asked.evening;
            let held = &asked.under_observation;
            nail(&asked.town, &evening.town.records, &evening.policy, held)
        },
    );
}

fn whole(criterion: &mut Criterion, evenings: &[Evening]) {
    ask(
        criterion,
        "figures_of_an_evening",
        evenings,
        rows,
        |evening| {
            let town = &evening.town;
            figures_of(
                &town.township,
                &town.records,
                &evening.policy,
                evening.as_of,
            )
        },
    );
    ask(criterion, "whole_day", evenings, rows, |evening| {
        let town = &evening.town;
        day(
            &town.township,
            &town.records,
            &evening.policy,
            evening.as_of,
        )
    });
}

/// The evening's page in Chinese, for everyone and for the staff with all their lists.
fn page(criterion: &mut Criterion, evenings: &[Evening]) {
    let days: Vec<_> = evenings
        .iter()
        .map(|evening| {
            let town = &evening.town;
            (
                evening,
                day(
                    &town.township,
                    &town.records,
                    &evening.policy,
                    evening.as_of,
                ),
            )
        })
        .collect();
    for (question, edition) in [
        ("public_page", Edition::Public),
        ("internal_page", Edition::Internal),
    ] {
        ask(
            criterion,
            question,
            &days,
            |(evening, _)| rows(evening),
            |(evening, day)| {
                let (town, policy) = (&evening.town, &evening.policy);
                let bulletin = bulletin(&town.township, &town.records, policy, day, edition)
                    .expect("the shipped words are sound");
                to_html(&bulletin, Language::Chinese).expect("a page of a sound bulletin")
            },
        );
    }
}

fn rows(evening: &Evening) -> (String, Throughput) {
    (evening.name.clone(), Throughput::Elements(evening.rows))
}

fn rows_behind(asked: &Asked<'_>) -> (String, Throughput) {
    rows(asked.evening)
}

criterion_group!(benches, a_day);
criterion_main!(benches);
