//! What is open of the day's orders, against matching packet by packet.

mod common;

use chrono::NaiveDateTime;
use common::*;
use grid_model::{AsOf, Ledger, Recorded};
use proptest::prelude::*;
use supply_allocation::*;

fn order(of: usize, packets: u32, tier: Tier, ordered_at: NaiveDateTime) -> Demand {
    Demand {
        household: household(of),
        good: "rice".into(),
        packets: Some(packets),
        tier,
        ordered_at,
    }
}

fn brought(of: usize, packets: u32, at: NaiveDateTime, outcome: Option<&str>) -> Delivery {
    Delivery {
        household: household(of),
        good: "rice".into(),
        packets,
        at,
        outcome: outcome.map(Box::from),
    }
}

fn open(orders: Vec<Demand>, deliveries: Vec<Delivery>) -> Vec<DemandLine> {
    let policy = SupplyPolicy::tengchong_2020();
    let question = DemandQuestion {
        as_of: AsOf::on(day()),
        orders: &ledger(orders),
        deliveries: &ledger(deliveries),
        households: &Households::default(),
    };
    open_demand(&question, &policy)
}

/// Need, delivered and received before, line by line.
fn figures(lines: &[DemandLine]) -> Vec<(Tier, u64, u64, u64)> {
    let figures = lines.iter();
    figures
        .map(|line| (line.tier, line.need, line.delivered, line.received_before))
        .collect()
}

#[test]
fn a_delivery_of_the_day_fills_the_need_and_does_not_shrink_it() {
    let lines = open(
        vec![order(0, 5, Tier::Everyone, at(1, 9))],
        vec![
            brought(0, 2, at(1, 18), None),
            brought(0, 1, at(0, 8), Some("left at the door")),
        ],
    );
    assert_eq!(figures(&lines), [(Tier::Everyone, 3, 1, 2)]);
    assert_eq!(lines[0].open(), 2);
}

#[test]
fn an_order_closes_after_the_days_of_the_round() {
    let lines = open(
        vec![
            order(0, 1, Tier::Everyone, at(3, 23)),
            order(1, 1, Tier::Everyone, at(2, 0)),
        ],
        vec![],
    );
    let households: Vec<_> = lines.iter().map(|line| line.household).collect();
    assert_eq!(households, [household(1)]);
}

#[test]
fn what_was_refused_or_brought_without_an_order_fills_nothing() {
    let lines = open(
        vec![order(0, 2, Tier::Medicine, at(0, 9))],
        vec![
            brought(0, 9, at(1, 9), None),
            brought(0, 2, at(0, 10), Some("refused")),
        ],
    );
    assert_eq!(figures(&lines), [(Tier::Medicine, 2, 0, 0)]);
}

#[test]
fn a_delivery_without_an_hour_fills_the_orders_of_its_day() {
    let lines = open(
        vec![order(0, 2, Tier::Everyone, at(0, 9))],
        vec![brought(0, 2, at(0, 0), None)],
    );
    assert_eq!(figures(&lines), [(Tier::Everyone, 2, 2, 0)]);
}

#[test]
fn what_is_known_only_tomorrow_is_not_in_todays_need() {
    let late = Recorded::new("00", order(0, 2, Tier::Everyone, at(0, 9))).known_at(at(-1, 8));
    let (orders, _) = Ledger::build(vec![late]);
    let policy = SupplyPolicy::tengchong_2020();
    let on = |as_of| {
        let question = DemandQuestion {
            as_of,
            orders: &orders,
            deliveries: &Ledger::default(),
            households: &Households::default(),
        };
        open_demand(&question, &policy).len()
    };
    assert_eq!(on(AsOf::on(day())), 0);
    let looked_back = AsOf {
        day: day(),
        known_by: at(-1, 0).date(),
    };
    assert_eq!(on(looked_back), 1);
}

/// The whole day's answer over orders and deliveries, in households of so many people and infants.
fn whole(orders: Vec<Demand>, deliveries: Vec<Delivery>, homes: &[(u32, u32)]) -> DayDemand {
    let (people, infants) = homes.iter().copied().unzip();
    let households = Households {
        village: vec![None; homes.len()],
        people,
        infants,
    };
    let question = DemandQuestion {
        as_of: AsOf::on(day()),
        orders: &ledger(orders),
        deliveries: &ledger(deliveries),
        households: &households,
    };
    demand_of_day(&question, &SupplyPolicy::tengchong_2020())
}

#[test]
fn an_order_without_a_number_needs_what_its_people_eat_in_a_round() {
    let unsaid = |of, good: &str| Demand {
        good: good.into(),
        packets: None,
        ..order(of, 0, Tier::Everyone, at(0, 9))
    };
    let asked = vec![
        unsaid(0, "vegetables"),
        unsaid(1, "vegetables"),
        unsaid(1, "infant_formula"),
        unsaid(2, "vegetables"),
    ];
    let needs: Vec<u64> = whole(asked, vec![], &[(5, 0), (3, 1), (0, 0)])
        .open
        .iter()
        .map(|line| line.need)
        .collect();
    // A packet of vegetables lasts one person the round; four people where nobody is recorded.
    assert_eq!(needs, [5, 1, 3, 4]);
}

#[test]
fn what_was_not_brought_is_carried_over_with_how_long_it_waits() {
    let demand = whole(
        vec![
            order(0, 3, Tier::Everyone, at(2, 9)),
            order(0, 2, Tier::Everyone, at(0, 7)),
        ],
        vec![
            brought(0, 1, at(1, 9), None),
            brought(0, 9, at(1, 10), Some("returned")),
        ],
        &[(2, 0)],
    );
    let line = &demand.open[0];
    assert_eq!((line.need, line.carried_over), (4, 2));
    assert_eq!(line.waiting_since, at(2, 9));
    assert_eq!(demand.lapsed, []);
}

#[test]
fn an_order_that_closed_overnight_unserved_is_told_once() {
    let orders = vec![
        order(0, 3, Tier::Medicine, at(3, 9)),
        order(1, 3, Tier::Everyone, at(3, 9)),
        order(2, 3, Tier::Everyone, at(4, 9)),
    ];
    let doors = vec![brought(0, 1, at(2, 9), None), brought(1, 3, at(1, 9), None)];
    let demand = whole(orders, doors, &[(2, 0); 3]);
    assert_eq!(demand.open, []);
    let lapsed = LapsedOrder {
        household: household(0),
        good: "rice".into(),
        ordered_at: at(3, 9),
        tier: Tier::Medicine,
        packets: 2,
    };
    assert_eq!(demand.lapsed, [lapsed]);
}

/// Each packet of an order looks for a packet of a delivery, the oldest orders first.
fn need_by_packets(orders: &[(u32, i64)], deliveries: &[(u32, i64)]) -> (u64, u64, u64) {
    let mut by_age: Vec<i64> = Vec::new();
    for &(packets, days_before) in orders {
        by_age.extend((0..packets).map(|_| days_before));
    }
    let mut brought: Vec<i64> = Vec::new();
    for &(packets, days_before) in deliveries {
        brought.extend((0..packets).map(|_| days_before));
    }
    by_age.sort_unstable_by(|a, b| b.cmp(a));
    brought.sort_unstable_by(|a, b| b.cmp(a));
    let mut filled: Vec<Option<i64>> = vec![None; by_age.len()];
    for delivered in brought {
        let waiting = (0..by_age.len()).find(|&packet| {
            filled[packet].is_none() && (0..3).contains(&(by_age[packet] - delivered))
        });
        if let Some(packet) = waiting {
            filled[packet] = Some(delivered);
        }
    }
    let of_round = (0..by_age.len()).filter(|&packet| by_age[packet] < 3);
    let mut counted = (0, 0, 0);
    for packet in of_round {
        match filled[packet] {
            Some(0) => (counted.0, counted.1) = (counted.0 + 1, counted.1 + 1),
            Some(_) => counted.2 += 1,
            None => counted.0 += 1,
        }
    }
    counted
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn orders_and_deliveries_match_packet_by_packet(
        orders in prop::collection::vec((0..4u32, 0..6i64), 0..6),
        deliveries in prop::collection::vec((0..4u32, 0..6i64), 0..6),
    ) {
        let rows = orders.iter().map(|&(packets, ago)| order(0, packets, Tier::Everyone, at(ago, 9)));
        let doors = deliveries.iter().map(|&(packets, ago)| brought(0, packets, at(ago, 15), None));
        let lines = open(rows.collect(), doors.collect());
        let (need, delivered, before) = need_by_packets(&orders, &deliveries);
        let expected = if need == 0 { vec![] } else { vec![(Tier::Everyone, need, delivered, before)] };
        prop_assert_eq!(figures(&lines), expected);
    }
}
