//! What is refused of a plan that is not the day's, and what a reader adds up.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

mod common;

use common::*;
use proptest::prelude::*;
use supply_allocation::*;

/// Two households that ask for four packets each, of which there are four.
fn halves() -> (Case, SupplyPlan) {
    let case = one_village(&[4, 4], 4, 100);
    let plan = case.plan(&policy());
    (case, plan)
}

fn flaw(case: &Case, plan: &SupplyPlan) -> PlanFlaw {
    case.check(plan, &policy()).unwrap_err()
}

#[test]
fn a_reader_can_add_the_proof_up() {
    let (_, plan) = halves();
    // First and second packets are served in full and need no proof. Of third ones none is
    // served: with a packet of rice worth 1, the 4 in stock come to 4, all of which the first
    // two levels hold. Fourth ones are out of reach by the same price and need no proof either.
    let levels: Vec<_> = plan
        .proof
        .levels
        .iter()
        .map(|of| (of.level.packet, of.wanted, of.served, &of.worths.goods[..]))
        .collect();
    let worth = [(Box::from("rice"), 1)];
    assert_eq!(levels, [(3, 2, 0, &worth[..])]);
    assert_eq!(plan.cost_fen, 4 * 3_000);
}

#[test]
fn an_unfair_plan_whose_every_account_is_right_is_refused_by_the_proof() {
    let (case, mut plan) = halves();
    (plan.lines[0].packets, plan.lines[1].packets) = (3, 1);
    (plan.shortfalls[0].packets, plan.shortfalls[1].packets) = (1, 3);
    let level = Level {
        stage: Stage::Tier(Tier::Everyone),
        packet: 2,
    };
    let expected = PlanFlaw::Level {
        level,
        served: 1,
        allowed: 2,
    };
    let found = flaw(&case, &plan);
    assert_eq!(found, expected);
    assert_eq!(
        found.to_string(),
        "1 packets are served in a level where the proof allows 2"
    );
}

#[test]
fn a_dearer_plan_whose_every_account_is_right_is_refused_by_the_prices() {
    let mut case = one_village(&[2], 5, 100);
    case.suppliers.push((RICE, 5, 4_000));
    let mut plan = case.plan(&policy());
    plan.lines[0].supplier = "01".into();
    (plan.stocks[0].used, plan.stocks[1].used) = (0, 2);
    plan.cost_fen = 8_000;
    let expected = PlanFlaw::Cost {
        cost: 8_000,
        least: 6_000,
    };
    assert_eq!(flaw(&case, &plan), expected);
}

#[test]
fn a_tie_that_does_not_go_by_key_is_refused() {
    let case = one_village(&[2, 2], 3, 100);
    let mut plan = case.plan(&policy());
    assert_eq!([0, 1].map(|of| planned(&plan, of, RICE)), [2, 1]);
    (plan.lines[0].packets, plan.lines[1].packets) = (1, 2);
    plan.shortfalls[0].household = household(0);
    assert_eq!(
        flaw(&case, &plan).to_string(),
        "a tie does not go by key: a household is served before one with a smaller key"
    );
    // Of two suppliers at one price the first sells first.
    let mut case = one_village(&[2], 2, 100);
    case.suppliers.push((RICE, 2, 3_000));
    let mut plan = case.plan(&policy());
    plan.lines[0].supplier = "01".into();
    (plan.stocks[0].used, plan.stocks[1].used) = (0, 2);
    assert_eq!(
        flaw(&case, &plan).to_string(),
        "a tie does not go by key: a supplier sells before one that is cheaper or has a smaller key"
    );
}

/// Two purchasers who carry too little, and one packet of oil that each of them could bring.
fn tied_purchasers() -> Case {
    let mut case = one_village(&[3, 3], 100, 2);
    case.households[1].0 = 1;
    case.limits = vec![2, 2];
    case.suppliers = vec![(RICE, 3, 3_000)];
    case
}

#[test]
fn between_purchasers_a_tie_goes_to_the_smaller_key() {
    let case = tied_purchasers();
    let plan = case.plan(&policy());
    assert_eq!([0, 1].map(|of| planned(&plan, of, RICE)), [2, 1]);
    let mut other = plan.clone();
    (other.lines[0].packets, other.lines[1].packets) = (1, 2);
    (other.loads[0].planned, other.loads[1].planned) = (1, 2);
    let (short, shortages) = (&mut other.shortfalls, &mut other.shortages);
    let why = short[0].bottleneck.clone();
    (short[0].packets, short[0].bottleneck) = (
        2,
        Bottleneck::Stock {
            good: "rice".into(),
        },
    );
    short[1].packets = 1;
    short[1].bottleneck = Bottleneck::StockAndCarrying {
        good: "rice".into(),
        person: person(1),
        limit: LoadLimit::Packets,
    };
    assert!(matches!(why, Bottleneck::StockAndCarrying { .. }));
    let stage = &mut other.stages[4];
    stage.bottlenecks = short
        .iter()
        .map(|short| (short.bottleneck.clone(), short.packets))
        .collect();
    (shortages[0].packets, shortages[0].can_carry) = (2, 1);
    (shortages[1].packets, shortages[1].can_carry) = (1, 0);
    shortages[0].bottleneck = short[0].bottleneck.clone();
    shortages[1].bottleneck = short[1].bottleneck.clone();
    assert_eq!(
        flaw(&case, &other).to_string(),
        "a tie does not go by key: packets go to a later purchaser where an earlier one could have them"
    );
}

#[test]
fn lines_that_cannot_be_are_named() {
    let (case, plan) = halves();
    let broken = |change: fn(&mut SupplyLine)| {
        let mut plan = plan.clone();
        change(&mut plan.lines[0]);
        flaw(&case, &plan).to_string()
    };
    let said = [
        broken(|line| line.packets = 0),
        broken(|line| line.good = "oil".into()),
        broken(|line| line.supplier = "nobody".into()),
        broken(|line| line.purchaser = person(9)),
        broken(|line| line.household = household(1)),
        broken(|line| line.packets = 5),
    ];
    let expected = [
        "a line of 0 packets of rice: carries nothing",
        "a line of 2 packets of oil: nobody asked for it",
        "a line of 2 packets of rice: no such supplier on the day",
        "a line of 2 packets of rice: not by the purchaser of the household's village",
        "a line of 2 packets of rice: is out of order, or there twice",
        "5 packets of rice are planned for a household that may have 4",
    ];
    assert_eq!(said, expected);
}

type Change = fn(&mut SupplyPlan, usize);

/// Takes one of a list, if there is any.
fn one_of<T>(list: &mut [T], at: usize) -> Option<&mut T> {
    let length = list.len().max(1);
    list.get_mut(at % length)
}

/// Ways to break a plan; each changes nothing where there is nothing to change.
const CHANGES: &[Change] = &[
    |plan, at| {
        plan.lines
            .truncate(plan.lines.len().saturating_sub(1 + at % 2))
    },
    |plan, at| {
        one_of(&mut plan.lines, at)
            .into_iter()
            .for_each(|line| line.packets += 1)
    },
    |plan, at| {
        one_of(&mut plan.lines, at)
            .into_iter()
            .for_each(|line| line.packets -= 1)
    },
    |plan, at| {
        if let Some(line) = one_of(&mut plan.lines, at).cloned() {
            plan.lines.push(line);
        }
    },
    |plan, at| {
        one_of(&mut plan.lines, at)
            .into_iter()
            .for_each(|line| line.purchaser = person(1 - line.purchaser.index()));
    },
    |plan, at| {
        if let Some(short) = one_of(&mut plan.shortfalls, at) {
            short.packets += 1;
        }
    },
    |plan, at| {
        if let Some(short) = one_of(&mut plan.shortfalls, at) {
            short.bottleneck = Bottleneck::Carrying {
                person: person(7),
                limit: LoadLimit::RoundTime,
            };
        }
    },
    |plan, _| plan.shortfalls.clear(),
    |plan, _| plan.shortages.clear(),
    |plan, at| {
        one_of(&mut plan.shortages, at)
            .into_iter()
            .for_each(|of| of.can_carry += 1)
    },
    |plan, at| {
        one_of(&mut plan.stocks, at)
            .into_iter()
            .for_each(|of| of.used += 1)
    },
    |plan, at| {
        one_of(&mut plan.loads, at)
            .into_iter()
            .for_each(|of| of.planned += 1)
    },
    |plan, at| {
        one_of(&mut plan.loads, at)
            .into_iter()
            .for_each(|of| of.limit += 1)
    },
    |plan, at| {
        one_of(&mut plan.tiers, at)
            .into_iter()
            .for_each(|of| of.need += 1)
    },
    |plan, at| {
        one_of(&mut plan.stages, at)
            .into_iter()
            .for_each(|of| of.short += 1)
    },
    |plan, _| plan.cost_fen += 1,
    |plan, at| {
        if let Some(proof) = one_of(&mut plan.proof.levels, at) {
            proof.served += 1;
        }
    },
    |plan, at| {
        if let Some(proof) = one_of(&mut plan.proof.levels, at) {
            proof.level.packet += 1_000;
        }
    },
];

/// Two plans differ in something other than which of two right proofs they carry.
fn differ(plan: &SupplyPlan, other: &SupplyPlan) -> bool {
    let mut other = other.clone();
    for (own, of) in plan.proof.levels.iter().zip(&mut other.proof.levels) {
        of.worths = own.worths.clone();
    }
    *plan != other
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_changed_plan_passes(case in small_cases(), at in 0..6usize) {
        let plan = case.plan(&policy());
        for (number, change) in CHANGES.iter().enumerate() {
            let mut changed = plan.clone();
            change(&mut changed, at);
            if differ(&plan, &changed) {
                prop_assert!(case.check(&changed, &policy()).is_err(), "change {} passes", number);
            }
        }
    }

    #[test]
    fn another_days_plan_passes_only_if_it_is_the_same(case in small_cases(), other in small_cases()) {
        let (plan, other_plan) = (case.plan(&policy()), other.plan(&policy()));
        if differ(&plan, &other_plan) {
            prop_assert!(case.check(&other_plan, &policy()).is_err());
        }
    }

    #[test]
    fn changed_worths_pass_only_where_they_prove_the_same_plan(
        case in small_cases(), at in 0..6usize, by in -2..3i64,
    ) {
        let plan = case.plan(&policy());
        let mut changed = plan.clone();
        for proof in &mut changed.proof.levels {
            if let Some(worth) = one_of(&mut proof.worths.goods, at) {
                worth.1 += by;
            }
            if let Some(worth) = one_of(&mut proof.worths.purchasers, at) {
                worth.1 -= by;
            }
        }
        // Other worths may prove it too; none of them makes anything else of the plan.
        if case.check(&changed, &policy()).is_ok() {
            prop_assert!(!differ(&plan, &changed));
        }
        let nothing_short = plan.proof.levels.is_empty();
        changed.proof.levels.clear();
        prop_assert_eq!(case.check(&changed, &policy()).is_ok(), nothing_short);
    }

    #[test]
    fn bad_lines_are_named_and_the_rest_goes_through(case in small_cases(), at in 0..6usize) {
        let (policy, purchasers) = (policy(), case.purchasers());
        let good = case.demand_lines();
        let mut lines = good.clone();
        let strange = |of: usize, need| DemandLine {
            household: household(of),
            good: "rice".into(),
            tier: Tier::Everyone,
            need,
            carried_over: 0,
            waiting_since: common::at(0, 9),
            delivered: 0,
            received_before: 0,
        };
        let mut faults = vec![DemandFault::UnknownHousehold, DemandFault::TooManyPackets];
        lines.push(strange(999, 1));
        lines.push(strange(0, u64::MAX));
        if let Some(mut twice) = good.get(at % good.len().max(1)).cloned() {
            twice.need += 1;
            lines.push(twice);
            faults.push(DemandFault::Twice);
        }
        let plan = case.ask(&purchasers, &lines, |input| {
            let plan = allocate(input, &policy).unwrap();
            assert_eq!(verify(&plan, input, &policy), Ok(()));
            plan
        });
        let mut found: Vec<_> = plan.refused_demand.iter().map(|refused| refused.fault).collect();
        found.sort_unstable();
        faults.sort_unstable();
        prop_assert_eq!(found, faults);
        let need: u64 = good.iter().map(|line| line.need).sum();
        prop_assert_eq!(plan.need(), need);
        let clean = case.plan(&policy);
        prop_assert_eq!((plan.lines, plan.cost_fen), (clean.lines, clean.cost_fen));
    }
}

#[test]
fn a_plan_of_a_known_day_is_not_one_of_another_policy() {
    let (case, plan) = halves();
    let mut floor = policy();
    floor.survival_goods.clear();
    assert!(case.check(&plan, &floor).is_err());
    let mut short = policy();
    short.round.minutes = 6;
    assert_eq!(
        case.check(&plan, &short).unwrap_err().to_string(),
        "a purchaser carries 4 packets and has room for 3"
    );
    let by_time = case.plan(&short);
    let why = Bottleneck::Carrying {
        person: person(0),
        limit: LoadLimit::RoundTime,
    };
    assert_eq!(by_time.filled(), 3);
    assert!(
        by_time
            .shortfalls
            .iter()
            .all(|short| short.bottleneck == why)
    );
    let in_words = by_time.shortages[0].in_words("Upper");
    assert_eq!(
        in_words,
        "rice: 5 short in Upper, the purchaser of Upper has no time for more; 1 are left in stock"
    );
    assert_eq!(by_time.loads[0].spare(), 0);
    let whole = TownShortage {
        good: "rice".into(),
        kind: BottleneckKind::RoundTime,
        packets: 5,
        villages: 1,
        in_stock: 1,
    };
    assert_eq!(by_time.bottlenecks(), [whole]);
}
