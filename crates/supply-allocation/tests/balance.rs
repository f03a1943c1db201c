//! Bought = delivered + stock + loss, village by village and good by good.

mod common;

use common::*;
use grid_model::AsOf;
use proptest::prelude::*;
use supply_allocation::*;

const OUTCOMES: [Option<&str>; 4] = [None, Some("delivered"), Some("refused"), Some("spoiled")];

/// Deliveries of a day: household, good, packets, outcome, days ago.
type Doors = [(usize, usize, u32, usize, i64)];

fn balance(doors: &Doors, bought: &[Counted], stock: &[Counted]) -> Vec<GoodsBalance> {
    let rows = doors
        .iter()
        .map(|&(of, good, packets, outcome, ago)| Delivery {
            household: household(of),
            good: GOODS[good].into(),
            packets,
            at: at(ago, 10),
            outcome: OUTCOMES[outcome].map(Box::from),
        });
    let households = Households {
        village: vec![Some(village(0)), Some(village(0)), Some(village(1)), None],
        people: vec![1; 4],
        infants: vec![],
    };
    let question = BalanceQuestion {
        as_of: AsOf::on(day()),
        deliveries: &ledger(rows.collect()),
        households: &households,
        bought,
        stock,
    };
    balance_of_day(&question, &SupplyPolicy::tengchong_2020())
}

fn counted(of: usize, packets: u64) -> Counted {
    Counted {
        village: Some(village(of)),
        good: "oil".into(),
        packets,
    }
}

#[test]
fn receipts_and_counts_show_what_is_missing_and_what_is_too_much() {
    let doors = [
        (0, 0, 5, 1, 0),
        (1, 0, 2, 2, 0),
        (2, 0, 4, 1, 0),
        (2, 0, 9, 1, 1),
    ];
    let found = balance(
        &doors,
        &[counted(0, 6), counted(0, 4), counted(1, 3)],
        &[counted(0, 1)],
    );
    let [first, second] = &found[..] else {
        panic!("two villages: {found:?}");
    };
    assert_eq!(
        (first.bought, first.delivered, first.stock, first.loss),
        (10, 5, 1, 0)
    );
    assert_eq!(
        (first.missing(), first.too_many(), first.holds()),
        (4, 0, false)
    );
    assert_eq!((second.missing(), second.too_many()), (0, 1));
    assert!(first.by_receipt && second.by_receipt);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn without_receipts_what_was_carried_is_what_became_of_it(
        doors in prop::collection::vec((0..4usize, 0..3usize, 0..9u32, 0..4usize, 0..2i64), 0..20),
    ) {
        let found = balance(&doors, &[], &[]);
        prop_assert!(found.iter().all(|of| of.holds() && !of.by_receipt));
        let today = || doors.iter().filter(|door| door.4 == 0);
        let sum = |outcome: std::ops::Range<usize>| -> u64 {
            let of = today().filter(|door| outcome.contains(&door.3));
            of.map(|door| u64::from(door.2)).sum()
        };
        let total = |part: fn(&GoodsBalance) -> u64| -> u64 { found.iter().map(part).sum() };
        prop_assert_eq!(total(|of| of.bought), sum(0..4));
        prop_assert_eq!(total(|of| of.delivered), sum(0..2));
        prop_assert_eq!(total(|of| of.stock), sum(2..3));
        prop_assert_eq!(total(|of| of.loss), sum(3..4));
    }
}
