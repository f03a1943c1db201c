//! What is still open of what households ordered.

use std::collections::VecDeque;

use chrono::{Days, NaiveDate, NaiveDateTime};
use grid_model::{AsOf, HouseholdId, Ledger};

use crate::{Delivery, Demand, SupplyPolicy, Tier};

/// What a household needs of one good, by one tier, on one day.
///
/// The need of a day is what was open of the round's orders when the day began and what was
/// ordered on it; what is delivered on the day fills it and does not shrink it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DemandLine {
    /// Which household.
    pub household: HouseholdId,
    /// Which good.
    pub good: Box<str>,
    /// By what need it is served.
    pub tier: Tier,
    /// Packets open when the day began or ordered on it.
    pub need: u64,
    /// Packets of that need that records say were delivered on the day.
    pub delivered: u64,
    /// Packets of the good the household received for this round's orders, of any tier, before
    /// the day.
    pub received_before: u64,
}

impl DemandLine {
    /// Packets open at the end of the day, before anything is planned.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.need - self.delivered.min(self.need)
    }
}

/// The day's need, line by line in the order of household, good and tier.
///
/// An order stays open for [`SupplyPolicy::round_days`] days. A delivery fills the open orders of
/// its household and good placed by its day, oldest first; what it brings beyond them fills
/// nothing. Time: n log n in the records.
#[must_use]
pub fn open_demand(
    demand: &Ledger<Demand>,
    deliveries: &Ledger<Delivery>,
    as_of: AsOf,
    policy: &SupplyPolicy,
) -> Vec<DemandLine> {
    let events = events(demand, deliveries, as_of, policy);
    let mut lines = Vec::new();
    for of_one in events.chunk_by(|a, b| (a.household, a.good) == (b.household, b.good)) {
        let orders = filled_orders(of_one, as_of.day, policy.round_days);
        lines.extend(lines_of(&of_one[0], &orders));
    }
    lines
}

/// An order or a delivery, in the order in which they are matched: by household and good, then
/// by day, orders before deliveries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Event<'a> {
    household: HouseholdId,
    good: &'a str,
    day: NaiveDate,
    what: What,
    at: NaiveDateTime,
    packets: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Order(Tier),
    Delivery,
}

/// An order with what was brought for it before the day and on it.
struct Order {
    tier: Tier,
    day: NaiveDate,
    packets: u64,
    before: u64,
    today: u64,
}

fn events<'a>(
    demand: &'a Ledger<Demand>,
    deliveries: &'a Ledger<Delivery>,
    as_of: AsOf,
    policy: &SupplyPolicy,
) -> Vec<Event<'a>> {
    let orders = demand.happened(as_of).map(|held| Event {
        household: held.what.household,
        good: &held.what.good,
        day: held.what.ordered_at.date(),
        what: What::Order(held.what.tier),
        at: held.what.ordered_at,
        packets: u64::from(held.what.packets),
    });
    let left_at_the_door = deliveries
        .happened(as_of)
        .filter(|held| policy.was_delivered(held.what.outcome.as_deref()));
    let delivered = left_at_the_door.map(|held| Event {
        household: held.what.household,
        good: &held.what.good,
        day: held.what.at.date(),
        what: What::Delivery,
        at: held.what.at,
        packets: u64::from(held.what.packets),
    });
    let mut events: Vec<_> = orders.chain(delivered).collect();
    events.sort_unstable();
    events
}

/// Whether an order of a day is still open on a later day.
fn is_of_round(ordered: NaiveDate, day: NaiveDate, round_days: u16) -> bool {
    ordered
        .checked_add_days(Days::new(u64::from(round_days)))
        .is_none_or(|closed| day < closed)
}

/// The round's orders of one household and good, with what deliveries brought.
fn filled_orders(events: &[Event<'_>], day: NaiveDate, round_days: u16) -> Vec<Order> {
    let mut done = Vec::new();
    let mut open: VecDeque<Order> = VecDeque::new();
    for event in events {
        if let What::Order(tier) = event.what {
            open.push_back(Order {
                tier,
                day: event.day,
                packets: event.packets,
                before: 0,
                today: 0,
            });
            continue;
        }
        let mut left = event.packets;
        while let Some(order) = open.front_mut() {
            if is_of_round(order.day, event.day, round_days) {
                let brought = left.min(order.packets - order.before - order.today);
                left -= brought;
                if event.day < day {
                    order.before += brought;
                } else {
                    order.today += brought;
                }
                if order.before + order.today < order.packets {
                    break;
                }
            }
            done.extend(open.pop_front());
        }
    }
    done.extend(open);
    done.retain(|order| is_of_round(order.day, day, round_days));
    done
}

fn lines_of(first: &Event<'_>, orders: &[Order]) -> Vec<DemandLine> {
    let received_before = orders.iter().map(|order| order.before).sum();
    let mut lines = Vec::new();
    for &tier in Tier::ALL {
        let of_tier = || orders.iter().filter(|order| order.tier == tier);
        let need: u64 = of_tier().map(|order| order.packets - order.before).sum();
        if need > 0 {
            lines.push(DemandLine {
                household: first.household,
                good: first.good.into(),
                tier,
                need,
                delivered: of_tier().map(|order| order.today).sum(),
                received_before,
            });
        }
    }
    lines
}
