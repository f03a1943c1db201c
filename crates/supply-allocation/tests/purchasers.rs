//! Who serves a village on a day, and who could.

mod common;

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use common::*;
use grid_model::{AsOf, PersonId};
use proptest::prelude::*;
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
    let villages = [2, 0, 1, 0].map(|of| VillageAsking {
        village: village(of),
        community: Some(village(if of < 2 { 10 } else { 11 })),
        packets: 30,
    });
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
    purchasers(&ledger(records), &question, &SupplyPolicy::tengchong_2020())
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
fn where_no_local_can_the_nearest_within_load_is_named() {
    // Villages 0 and 1 are of one community, 2 of another; each asks for 30 packets.
    let strong = |who, of, packets| Purchaser {
        packets,
        ..record(who, of, at(1, 0), None)
    };
    let nearest = |records| {
        let found = report(records, &[], &[]);
        found.lack_of(village(1)).unwrap().nearest
    };
    let near = StandIn {
        person: person(5),
        from: village(0),
        nearness: Nearness::SameCommunity,
        limit: 60,
        spare: 30,
    };
    let both = vec![strong(5, 0, 60), strong(3, 2, 200)];
    assert_eq!(nearest(both), Some(near));
    // 59 packets are one too few for both villages, and a round of 240 is one too short for 211 more.
    let far = nearest(vec![strong(5, 0, 59), strong(3, 2, 900)]).unwrap();
    assert_eq!(
        (far.person, far.nearness, far.spare),
        (person(3), Nearness::Elsewhere, 210)
    );
    assert_eq!(nearest(vec![strong(5, 0, 59), strong(3, 2, 59)]), None);
}

#[test]
fn only_villages_whose_purchaser_dropped_out_change_overnight() {
    let records = || vec![record(1, 0, at(5, 0), None), record(2, 1, at(5, 0), None)];
    let before = report(records(), &[], &[(0, 7), (2, 8)]);
    let now = report(records(), &[1], &[(0, 7), (2, 8)]);
    let dropped = PurchaserChange {
        village: village(0),
        before: Some(person(1)),
        now: None,
    };
    assert_eq!(now.changes_since(&before), [dropped]);
    assert_eq!(now.changes_since(&now), []);
    let agreed = now.if_all_agreed(&SupplyPolicy::tengchong_2020());
    let who: Vec<_> = agreed
        .serving
        .iter()
        .map(|s| (s.village, s.person, s.packets))
        .collect();
    let expected = [
        (village(0), person(7), 40),
        (village(1), person(2), 50),
        (village(2), person(8), 40),
    ];
    assert_eq!(who, expected);
    assert_eq!(agreed.without, []);
}

/// The most villages that can be given a local each, by trying everything.
fn most_locals(villages: &[usize], candidates: &[(usize, usize)]) -> usize {
    let Some((first, rest)) = villages.split_first() else {
        return 0;
    };
    let without = most_locals(rest, candidates);
    let own = candidates.iter().filter(|(of, _)| of == first);
    own.map(|&(_, who)| {
        let left: Vec<_> = candidates.iter().copied().filter(|c| c.1 != who).collect();
        1 + most_locals(rest, &left)
    })
    .fold(without, usize::max)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn as_many_villages_get_a_local_as_can_and_nobody_is_asked_twice(
        candidates in prop::collection::vec((0..3usize, 1..5usize), 0..8),
        observed in prop::collection::vec(1..5usize, 0..2),
    ) {
        let found = report(vec![], &observed, &candidates);
        let free: Vec<_> = candidates
            .iter()
            .copied()
            .filter(|(_, who)| !observed.contains(who))
            .collect();
        let asked: Vec<_> = found
            .without
            .iter()
            .filter_map(|lack| lack.proposal.or(lack.nearest.map(|near| near.person)))
            .collect();
        let distinct: BTreeSet<_> = asked.iter().copied().collect();
        prop_assert_eq!(asked.len(), distinct.len());
        let people: BTreeSet<_> = free.iter().map(|&(_, who)| who).collect();
        prop_assert_eq!(asked.len(), people.len().min(3), "everyone can carry 30 anywhere");
        let locals = found.without.iter().filter(|lack| lack.proposal.is_some()).count();
        prop_assert_eq!(locals, most_locals(&[0, 1, 2], &free));
        let mut turned = candidates.clone();
        turned.reverse();
        prop_assert_eq!(report(vec![], &observed, &turned), found);
    }
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
