//! Fairness by definition: water filling where one stock limits, and no better exchange anywhere.

mod common;

use common::*;
use proptest::prelude::*;
use supply_allocation::*;

/// Fills everybody's glass a packet at a time, in rounds, in the order of households, until
/// nothing is left; nobody's glass holds more than the assessed need.
fn water_filling(needs: &[u64], mut stock: u64) -> Vec<u64> {
    let mut glasses = vec![0; needs.len()];
    loop {
        let mut poured = false;
        let level = glasses
            .iter()
            .zip(needs)
            .filter(|(glass, need)| glass < need);
        let Some(lowest) = level.map(|(glass, _)| *glass).min() else {
            return glasses;
        };
        for (glass, need) in glasses.iter_mut().zip(needs) {
            if *glass == lowest && *glass < *need && stock > 0 {
                (*glass, stock, poured) = (*glass + 1, stock - 1, true);
            }
        }
        if !poured {
            return glasses;
        }
    }
}

/// Many households of several villages and goods, all of one tier, with nothing received before.
fn large_cases() -> impl Strategy<Value = Case> {
    let households = prop::collection::vec((0..5usize, 1..7u32), 1..40);
    let limits = prop::collection::vec(0..60u32, 5);
    let suppliers = prop::collection::vec((0..3usize, 0..60u32, 1..6u64), 0..6);
    let asked = prop::collection::vec((0..3usize, 1..9u64), 40);
    (households, limits, suppliers, asked).prop_map(|(households, limits, suppliers, asked)| Case {
        demand: asked
            .into_iter()
            .take(households.len())
            .enumerate()
            .map(|(of, (good, need))| (of, good, EVERYONE, need, 0, 0))
            .collect(),
        households,
        limits,
        suppliers,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn one_short_stock_is_shared_by_water_filling(
        homes in prop::collection::vec((1..9u32, 1..30u64), 1..40), stock in 0..300u32,
    ) {
        let policy = SupplyPolicy::tengchong_2020();
        let case = Case {
            households: homes.iter().map(|&(people, _)| (0, people)).collect(),
            limits: vec![10_000],
            suppliers: vec![(RICE, stock / 2, 7), (RICE, stock - stock / 2, 5)],
            demand: homes
                .iter()
                .enumerate()
                .map(|(of, &(_, asked))| (of, RICE, EVERYONE, asked, 0, 0))
                .collect(),
        };
        let mut long_round = policy.clone();
        long_round.round.minutes = 30_000;
        let plan = case.plan(&long_round);
        let needs: Vec<u64> = homes
            .iter()
            .map(|&(people, asked)| asked.min(policy.most_assessed("rice", people)))
            .collect();
        let got: Vec<u64> = (0..homes.len()).map(|of| planned(&plan, of, RICE)).collect();
        prop_assert_eq!(got, water_filling(&needs, stock.into()));
    }

    #[test]
    fn nobody_could_get_more_without_someone_with_less_losing(case in large_cases()) {
        let policy = policy();
        let plan = case.plan(&policy);
        let stock_left = |good: usize| -> u64 {
            let of_good = plan.stocks.iter().filter(|of| *of.offer.good == *GOODS[good]);
            of_good.map(|of| u64::from(of.offer.stock) - of.used).sum()
        };
        let room_left = |of: usize| plan.loads[case.households[of].0].spare();
        let got = |line: &(usize, usize, usize, u64, u64, u64)| planned(&plan, line.0, line.1);
        let floor = |good: usize| u64::from(policy.survival_packets(GOODS[good]));
        for poor in &case.demand {
            let (of, good, has) = (poor.0, poor.1, got(poor));
            let people = case.households[of].1;
            if has == poor.3.min(policy.most_assessed(GOODS[good], people)) {
                continue;
            }
            prop_assert!(stock_left(good) == 0 || room_left(of) == 0);
            // Whoever has two more, none of them of the floor, could give one: it would be fairer.
            for rich in case.demand.iter().filter(|rich| rich.0 != of) {
                let same_good = rich.1 == good || stock_left(good) > 0;
                let same_back = case.households[rich.0].0 == case.households[of].0 || room_left(of) > 0;
                let spares_one = got(rich) > floor(rich.1) && got(rich) >= has + 2;
                prop_assert!(!(same_good && same_back && spares_one), "{:?} beside {:?}", poor, rich);
            }
        }
    }

    #[test]
    fn shuffled_lines_give_the_same_plan(
        (case, shuffled) in large_cases().prop_flat_map(|case| {
            let demand = Just(case.demand.clone()).prop_shuffle();
            (Just(case), demand)
        }),
    ) {
        let mut other = case.clone();
        other.demand = shuffled;
        prop_assert_eq!(case.plan(&policy()), other.plan(&policy()));
    }
}
