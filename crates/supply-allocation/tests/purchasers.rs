//! Who serves a village on a day, and who could.

mod common;

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use common::*;
use grid_model::{AsOf, PersonId};
use supply_allocation::*;

fn record(who: usize, of: usize, from: NaiveDateTime, until: Option<NaiveDateTime>) -> Purchaser {
    Purchaser {
        person: person(who),
        area: village(of),
        from,
        until,
        packets: 50,
    }
}

fn report(
    records: Vec<Purchaser>,
    observed: &[usize],
    candidates: &[(usize, usize)],
) -> PurchaserReport {
    let villages = [village(2), village(0), village(1), village(0)];
    let under_observation: BTreeSet<PersonId> = observed.iter().map(|&who| person(who)).collect();
    let candidates = candidates.iter().map(|&(of, who)| Candidate {
        village: village(of),
        person: person(who),
    });
    let candidates: Vec<_> = candidates.collect();
    let question = PurchaserQuestion {
        as_of: AsOf::on(day()),
        villages: &villages,
        under_observation: &under_observation,
        not_here: &BTreeSet::from([person(99)]),
        candidates: &candidates,
    };
    purchasers(&ledger(records), &question)
}

#[test]
fn each_village_is_served_once_or_listed_once() {
    let report = report(
        vec![record(7, 0, at(5, 0), None), record(8, 0, at(3, 0), None)],
        &[],
        &[],
    );
    let serving: Vec<_> = report
        .serving
        .iter()
        .map(|s| (s.village, s.person))
        .collect();
    assert_eq!(
        serving,
        [(village(0), person(8))],
        "the last appointed serves"
    );
    let without: Vec<_> = report.without.iter().map(|w| w.village).collect();
    assert_eq!(without, [village(1), village(2)]);
}

#[test]
fn a_purchaser_serves_on_the_days_of_the_interval() {
    let ended = at(0, 0);
    let report = report(
        vec![
            record(1, 0, at(9, 0), Some(at(-1, 0))),
            record(2, 1, at(9, 0), Some(ended)),
            record(3, 2, at(-1, 0), None),
        ],
        &[],
        &[],
    );
    assert_eq!(report.of(village(0)).unwrap().person, person(1));
    let why = |of| report.lack_of(village(of)).unwrap().recorded.clone();
    assert_eq!(why(1), [(person(2), NotServing::Ended(ended))]);
    assert_eq!(why(2), [(person(3), NotServing::NotYet(at(-1, 0)))]);
}

#[test]
fn who_is_under_observation_or_not_here_carries_nothing_and_another_stands_in() {
    let report = report(
        vec![
            record(1, 0, at(1, 0), None),
            record(4, 0, at(9, 0), None),
            record(2, 1, at(1, 0), None),
            record(99, 2, at(1, 0), None),
        ],
        &[1, 2],
        &[],
    );
    assert_eq!(report.of(village(0)).unwrap().person, person(4));
    assert_eq!(
        report.lack_of(village(1)).unwrap().kept_away(),
        Some(person(2))
    );
    let lack = report.lack_of(village(2)).unwrap();
    assert_eq!(lack.recorded, [(person(99), NotServing::NotHere)]);
}

#[test]
fn a_free_local_is_proposed_once() {
    let report = report(
        vec![record(5, 0, at(1, 0), None)],
        &[10],
        // 10 is under observation, 99 not here, 5 serves already, 12 lives in both villages.
        &[(1, 10), (1, 99), (1, 5), (2, 12), (1, 12), (2, 5)],
    );
    let proposals: Vec<_> = report
        .without
        .iter()
        .map(|w| (w.village, w.proposal))
        .collect();
    assert_eq!(
        proposals,
        [(village(1), Some(person(12))), (village(2), None)]
    );
}

#[test]
fn a_village_whose_purchaser_may_not_go_out_says_so_in_the_shortfall() {
    let case = Case {
        households: vec![(0, 4), (2, 4)],
        limits: vec![],
        suppliers: vec![(1, 9, 1)],
        demand: vec![(0, 1, 3, 2, 0, 0), (1, 1, 3, 1, 0, 0)],
    };
    let purchasers = report(vec![record(1, 0, at(1, 0), None)], &[1], &[]);
    let (demand, suppliers, households) = (case.demand_lines(), case.suppliers(), case.columns());
    let input = SupplyInput {
        as_of: AsOf::on(day()),
        demand: &demand,
        suppliers: &suppliers,
        households: &households,
        purchasers: &purchasers,
    };
    let plan = allocate(&input, &SupplyPolicy::tengchong_2020()).unwrap();
    let kept_away = Bottleneck::PurchaserNotAllowed { person: person(1) };
    let floor = &plan.stages[0];
    assert_eq!(
        floor.bottlenecks,
        [(Bottleneck::NoPurchaser, 1), (kept_away, 1)]
    );
    assert_eq!((plan.need(), plan.short()), (3, 3));
}
