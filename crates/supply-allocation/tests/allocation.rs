//! Sharing out against exhaustive search, and the laws of fairness one by one.

mod common;

use common::*;
use proptest::prelude::*;
use supply_allocation::*;

const OIL: usize = 0;
const MEDICINE: usize = 0;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_plan_serves_and_costs_what_exhaustive_search_does(case in small_cases()) {
        let policy = policy();
        let plan = case.plan(&policy);
        let served = oracle::served_by(&case, &policy, |of, good| planned(&plan, of, good));
        prop_assert_eq!((served, plan.cost_fen), oracle::best(&case, &policy));
    }

    #[test]
    fn every_packet_is_accounted_for(case in small_cases()) {
        let plan = case.plan(&policy());
        let need: u64 = case.demand.iter().map(|line| line.3).sum();
        prop_assert_eq!((plan.need(), plan.filled() + plan.short()), (need, need));
        for tier in &plan.tiers {
            prop_assert_eq!(tier.need, tier.delivered + tier.planned + tier.short);
        }
        let lines: u64 = plan.lines.iter().map(|line| line.packets).sum();
        let loads: u64 = plan.loads.iter().map(|load| load.planned).sum();
        let stocks: u64 = plan.stocks.iter().map(|stock| stock.used).sum();
        let stages: u64 = plan.stages.iter().map(|stage| stage.planned).sum();
        let rounds: u64 = plan.rounds().iter().map(|round| round.packets).sum();
        let short: u64 = plan.stages.iter().map(|stage| stage.short).sum();
        prop_assert_eq!([loads, stocks, stages, rounds], [lines; 4]);
        prop_assert_eq!(short, plan.short());
        for stock in &plan.stocks {
            let of_supplier = plan.lines.iter().filter(|line| line.supplier == stock.supplier);
            prop_assert_eq!(stock.used, of_supplier.map(|line| line.packets).sum::<u64>());
            prop_assert!(stock.used <= u64::from(stock.offer.stock));
        }
    }

    #[test]
    fn the_order_of_lines_and_suppliers_changes_nothing(case in small_cases()) {
        let mut turned = case.clone();
        turned.demand.reverse();
        prop_assert_eq!(case.plan(&policy()), turned.plan(&policy()));
    }

    #[test]
    fn a_named_bottleneck_is_full(case in small_cases()) {
        let plan = case.plan(&policy());
        let used_up = |good: &str| {
            let mut of_good = plan.stocks.iter().filter(|stock| *stock.offer.good == *good);
            of_good.all(|stock| stock.used == u64::from(stock.offer.stock))
        };
        let full = |person| {
            let mut loads = plan.loads.iter().filter(|load| load.person == person);
            loads.all(|load| load.planned == load.limit.saturating_sub(load.delivered))
        };
        for shortfall in &plan.shortfalls {
            let holds = match &shortfall.bottleneck {
                Bottleneck::Stock { good } => used_up(good),
                Bottleneck::Carrying { person, .. } => full(*person),
                Bottleneck::StockAndCarrying { good, person, .. } => used_up(good) && full(*person),
                _ => true,
            };
            prop_assert!(holds, "{shortfall:?}");
        }
    }

    #[test]
    fn asking_for_more_does_not_pay(
        asked in prop::collection::vec(1..9u64, 1..6), stock in 0..20u32, limit in 0..20u32, more in 1..9u64,
    ) {
        let honest = one_village(&asked, stock, limit).plan(&policy());
        for of in (0..asked.len()).filter(|&of| planned(&honest, of, RICE) < asked[of]) {
            let mut greedy = asked.clone();
            greedy[of] += more;
            let greedy = one_village(&greedy, stock, limit).plan(&policy());
            prop_assert_eq!(&honest.lines, &greedy.lines);
        }
    }
}

#[test]
fn what_is_short_is_shared_packet_by_packet() {
    let plan = one_village(&[6, 6, 2], 8, 100).plan(&policy());
    assert_eq!([0, 1, 2].map(|of| planned(&plan, of, RICE)), [3, 3, 2]);
    let stage = &plan.stages[4];
    let why = Bottleneck::Stock {
        good: "rice".into(),
    };
    assert_eq!(
        (stage.planned, stage.short, &stage.bottlenecks[..]),
        (5, 6, &[(why, 6)][..])
    );
}

#[test]
fn a_request_beyond_the_assessed_need_takes_nothing_from_anyone() {
    let modest = one_village(&[4, 4], 7, 100).plan(&policy());
    let greedy = one_village(&[4, 4_000_000_000], 7, 100).plan(&policy());
    assert_eq!([0, 1].map(|of| planned(&modest, of, RICE)), [4, 3]);
    assert_eq!([0, 1].map(|of| planned(&greedy, of, RICE)), [4, 3]);
    let over = greedy.shortfalls.iter();
    let over = over.filter(|short| short.bottleneck == Bottleneck::OverAssessedNeed);
    assert_eq!(over.map(|short| short.packets).sum::<u64>(), 3_999_999_994);
}

#[test]
fn the_floor_comes_before_every_tier_and_medicine_before_everyone() {
    let case = Case {
        households: vec![(0, 4), (0, 4)],
        limits: vec![4],
        suppliers: vec![(RICE, 9, 1), (OIL, 9, 1)],
        demand: vec![
            (0, OIL, MEDICINE, 4, 0, 0),
            (1, RICE, EVERYONE, 4, 0, 0),
            (1, OIL, EVERYONE, 4, 0, 0),
        ],
    };
    let plan = case.plan(&policy());
    assert_eq!(planned(&plan, 1, RICE), 1, "the survival floor of rice");
    assert_eq!(planned(&plan, 0, OIL), 3, "then the first tier");
    assert_eq!(planned(&plan, 1, OIL), 0);
    assert_eq!(plan.overloaded().count(), 1);
    let full = Bottleneck::Carrying {
        person: person(0),
        limit: LoadLimit::Packets,
    };
    assert!(plan.shortfalls.iter().all(|short| short.bottleneck == full));
}

#[test]
fn what_was_received_this_round_counts() {
    let mut case = one_village(&[3, 3], 3, 100);
    case.demand[0].5 = 2;
    // One has two already: the other gets two before the one gets a third.
    let plan = case.plan(&policy());
    assert_eq!([0, 1].map(|of| planned(&plan, of, RICE)), [1, 2]);
}

#[test]
fn a_level_may_serve_whom_a_later_level_does_not_need() {
    // One packet of oil for two sick households; serving the second leaves the first one's
    // purchaser free for rice.
    let case = Case {
        households: vec![(0, 4), (1, 4), (0, 4)],
        limits: vec![1, 1],
        suppliers: vec![(OIL, 1, 1), (2, 1, 1)],
        demand: vec![
            (0, OIL, MEDICINE, 1, 0, 0),
            (1, OIL, MEDICINE, 1, 0, 0),
            (2, 2, EVERYONE, 1, 0, 0),
        ],
    };
    let plan = case.plan(&policy());
    assert_eq!(plan.filled(), 2);
    assert_eq!((planned(&plan, 1, OIL), planned(&plan, 2, 2)), (1, 1));
}

#[test]
fn a_later_level_never_takes_the_place_of_an_earlier_one_unseen() {
    // The purchaser carries three: rice of the floor, a first packet of oil, and then a second
    // packet of oil or, as good and cheaper, of vegetables. A third packet of oil is wanted too.
    let case = Case {
        households: vec![(0, 2)],
        limits: vec![3],
        suppliers: vec![(2, 3, 3), (OIL, 2, 4), (RICE, 1, 2)],
        demand: vec![
            (0, OIL, MEDICINE, 3, 0, 0),
            (0, RICE, MEDICINE, 1, 0, 0),
            (0, 2, MEDICINE, 1, 0, 1),
        ],
    };
    let plan = case.plan(&policy());
    assert_eq!([0, 1, 2].map(|good| planned(&plan, 0, good)), [1, 1, 1]);
    assert_eq!(plan.cost_fen, 9);
}

#[test]
fn who_serves_two_villages_carries_for_both_no_more_than_the_least_limit_says() {
    let mut case = one_village(&[4, 4], 100, 9);
    case.households[1].0 = 1;
    let limits = [(0, 9), (1, 5)];
    let serving = limits.map(|(of, packets)| VillagePurchaser {
        village: village(of),
        person: person(3),
        packets,
    });
    let purchasers = PurchaserReport {
        serving: serving.to_vec(),
        without: vec![],
    };
    let plan = case.plan_with(&purchasers, &policy());
    assert_eq!([0, 1].map(|of| planned(&plan, of, RICE)), [3, 2]);
    let load = plan.loads[0];
    assert_eq!((load.limit, load.wanted, load.planned), (5, 8, 5));
    assert_eq!(plan.rounds()[0].lines, plan.lines);
}

#[test]
fn what_was_carried_today_counts_against_the_limit() {
    let mut case = one_village(&[4, 4], 100, 5);
    case.demand[0].4 = 3;
    let plan = case.plan(&policy());
    // One has three already: the two packets of room go to the other.
    assert_eq!([0, 1].map(|of| planned(&plan, of, RICE)), [0, 2]);
    assert_eq!((plan.filled(), plan.short()), (5, 3));
}

#[test]
fn a_day_without_demand_or_without_suppliers_is_a_plan_all_the_same() {
    let idle = one_village(&[], 5, 5).plan(&policy());
    assert_eq!((idle.need(), idle.lines.len(), idle.cost_fen), (0, 0, 0));
    let mut case = one_village(&[2], 0, 5);
    case.suppliers.clear();
    let plan = case.plan(&policy());
    assert_eq!((plan.filled(), plan.short()), (0, 2));
    let no_rice = Bottleneck::Stock {
        good: "rice".into(),
    };
    assert_eq!(plan.shortfalls[0].bottleneck, no_rice);
}

#[test]
fn the_cheaper_supplier_sells_first() {
    let mut case = one_village(&[5], 2, 100);
    case.suppliers.push((RICE, 9, 2_000));
    case.suppliers.push((RICE, 9, u64::MAX));
    let plan = case.plan(&policy());
    assert_eq!(plan.cost_fen, 5 * 2_000);
    assert_eq!(&*plan.lines[0].supplier, "01");
    assert_eq!(
        plan.refused_suppliers[0].to_string(),
        "supplier \"02\", unit_cost_fen: 18446744073709551615 is more than 1000000000000; correct the price"
    );
}
