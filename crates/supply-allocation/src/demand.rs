//! What is still open of what households ordered.

use std::collections::VecDeque;

use chrono::{Days, NaiveDate, NaiveDateTime};
use grid_model::{AsOf, HouseholdId, Ledger};

use crate::policy::Fate;
use crate::{Delivery, Demand, Households, SupplyPolicy, Tier};

/// What the day's need is made from.
#[derive(Clone, Copy, Debug)]
pub struct DemandQuestion<'a> {
    /// Of which day, as known when.
    pub as_of: AsOf,
    /// What households asked for.
    pub orders: &'a Ledger<Demand>,
    /// What was brought.
    pub deliveries: &'a Ledger<Delivery>,
    /// How many people a household has, for orders that do not say how much.
    pub households: &'a Households,
}

/// The day's need, and what yesterday let lapse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayDemand {
    /// What is needed, by household, good and tier.
    pub open: Vec<DemandLine>,
    /// Orders whose round ended with the day before and that were not brought in full: nobody
    /// will bring the rest unless the household is asked, by household, good and order.
    pub lapsed: Vec<LapsedOrder>,
}

/// An order that closed without being brought in full.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LapsedOrder {
    /// Which household.
    pub household: HouseholdId,
    /// Which good.
    pub good: Box<str>,
    /// When it was ordered.
    pub ordered_at: NaiveDateTime,
    /// By what need it was to be served.
    pub tier: Tier,
    /// How many packets were never brought.
    pub packets: u64,
}

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
    /// Packets of that need that were ordered on an earlier day: carried over to this one.
    pub carried_over: u64,
    /// When the oldest order of that need was placed.
    pub waiting_since: NaiveDateTime,
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

    /// Whether another line says something of the same household, good and tier.
    pub(crate) fn is_of_the_same(&self, other: &DemandLine) -> bool {
        let key = |line: &DemandLine| (line.household, line.tier);
        key(self) == key(other) && self.good == other.good
    }
}

/// More packets than a household can need of a good, and few enough to be added up.
pub(crate) const MOST_PACKETS: u64 = 1 << 40;

/// Why a line of demand cannot be planned for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum DemandFault {
    /// Another line says something of the same household, good and tier.
    #[error("is asked for twice in one tier; make one line of both")]
    Twice,
    /// The columns of households do not know the household.
    #[error("the household is not one of the township's; correct the household")]
    UnknownHousehold,
    /// A number of packets nobody can need.
    #[error("the packets are more than a million million; correct the number")]
    TooManyPackets,
}

impl DemandFault {
    pub(crate) fn of(line: &DemandLine, households: &Households, twice: bool) -> Option<Self> {
        let numbers = [line.need, line.delivered, line.received_before];
        if !households.knows(line.household) {
            Some(DemandFault::UnknownHousehold)
        } else if numbers.into_iter().any(|packets| packets > MOST_PACKETS) {
            Some(DemandFault::TooManyPackets)
        } else {
            twice.then_some(DemandFault::Twice)
        }
    }
}

/// A line of demand that was left out of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedDemand {
    /// The line.
    pub line: DemandLine,
    /// Why.
    pub fault: DemandFault,
}

/// The day's need, line by line in the order of household, good and tier.
///
/// An order stays open for [`SupplyPolicy::round_days`] days: what is not brought on one is carried
/// over to the next. A delivery fills the open orders of its household and good placed by its
/// day, oldest first; what it brings beyond them fills nothing. Time: n log n in the records of
/// households that asked within the round.
#[must_use]
pub fn demand_of_day(question: &DemandQuestion<'_>, policy: &SupplyPolicy) -> DayDemand {
    let day = question.as_of.day;
    let events = events(question, policy);
    let mut demand = DayDemand::default();
    for of_one in events.chunk_by(|a, b| (a.household, a.good) == (b.household, b.good)) {
        let orders = filled_orders(of_one, day, policy.round_days);
        let (open, closed): (Vec<_>, Vec<_>) = orders
            .into_iter()
            .partition(|order| is_of_round(order.at.date(), day, policy.round_days));
        demand.open.extend(lines_of(&of_one[0], &open, day));
        let unserved = closed.into_iter().filter(|order| order.left() > 0);
        demand.lapsed.extend(unserved.map(|order| LapsedOrder {
            household: of_one[0].household,
            good: of_one[0].good.into(),
            ordered_at: order.at,
            tier: order.tier,
            packets: order.left(),
        }));
    }
    demand
}

/// The day's need alone. See [`demand_of_day`].
#[must_use]
pub fn open_demand(question: &DemandQuestion<'_>, policy: &SupplyPolicy) -> Vec<DemandLine> {
    demand_of_day(question, policy).open
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
    at: NaiveDateTime,
    packets: u64,
    before: u64,
    today: u64,
}

impl Order {
    fn left(&self) -> u64 {
        self.packets - self.before - self.today
    }
}

fn events<'a>(question: &DemandQuestion<'a>, policy: &SupplyPolicy) -> Vec<Event<'a>> {
    let as_of = question.as_of;
    let asking = asking(question, policy);
    let orders = question.orders.happened(as_of).map(|held| Event {
        household: held.what.household,
        good: &held.what.good,
        day: held.what.ordered_at.date(),
        what: What::Order(held.what.tier),
        at: held.what.ordered_at,
        packets: u64::from(packets_of(held.what, question.households, policy)),
    });
    let left_at_the_door = question
        .deliveries
        .happened(as_of)
        .filter(|held| policy.fate(held.what.outcome.as_deref()) == Fate::Delivered);
    let delivered = left_at_the_door.map(|held| Event {
        household: held.what.household,
        good: &held.what.good,
        day: held.what.at.date(),
        what: What::Delivery,
        at: held.what.at,
        packets: u64::from(held.what.packets),
    });
    let mut events: Vec<_> = orders
        .chain(delivered)
        .filter(|event| asking.binary_search(&event.household).is_ok())
        .collect();
    events.sort_unstable();
    events
}

/// Who asked within the round or had an order lapse overnight, in order.
///
/// Who asked for nothing since needs nothing, and those are nearly all: what was ever recorded of
/// them is not sorted.
fn asking(question: &DemandQuestion<'_>, policy: &SupplyPolicy) -> Vec<HouseholdId> {
    let day = question.as_of.day;
    let orders = question.orders.happened(question.as_of);
    let counts = orders.filter(|held| {
        let ordered = held.what.ordered_at.date();
        is_of_round(ordered, day, policy.round_days)
            || lapsed_overnight(ordered, day, policy.round_days)
    });
    let mut asking: Vec<HouseholdId> = counts.map(|held| held.what.household).collect();
    asking.sort_unstable();
    asking.dedup();
    asking
}

/// What an order asks for; what it does not say is computed from who lives there.
fn packets_of(order: &Demand, households: &Households, policy: &SupplyPolicy) -> u32 {
    order.packets.unwrap_or_else(|| {
        let people = households.people_in(order.household);
        let infants = households.infants_in(order.household);
        policy.computed_packets(&order.good, people, infants)
    })
}

/// Whether an order of a day is still open on a later day.
fn is_of_round(ordered: NaiveDate, day: NaiveDate, round_days: u16) -> bool {
    ordered
        .checked_add_days(Days::new(u64::from(round_days)))
        .is_none_or(|closed| day < closed)
}

/// Whether an order of a day was open the day before and is no more.
fn lapsed_overnight(ordered: NaiveDate, day: NaiveDate, round_days: u16) -> bool {
    ordered.checked_add_days(Days::new(u64::from(round_days))) == Some(day)
}

/// The orders of one household and good that are of the day's round or lapsed overnight, with
/// what deliveries brought.
fn filled_orders(events: &[Event<'_>], day: NaiveDate, round_days: u16) -> Vec<Order> {
    let mut done = Vec::new();
    let mut open: VecDeque<Order> = VecDeque::new();
    for event in events {
        if let What::Order(tier) = event.what {
            open.push_back(Order {
                tier,
                at: event.at,
                packets: event.packets,
                before: 0,
                today: 0,
            });
            continue;
        }
        let mut left = event.packets;
        while let Some(order) = open.front_mut() {
            if is_of_round(order.at.date(), event.day, round_days) {
                let brought = left.min(order.left());
                left -= brought;
                if event.day < day {
                    order.before += brought;
                } else {
                    order.today += brought;
                }
                if order.left() > 0 {
                    break;
                }
            }
            done.extend(open.pop_front());
        }
    }
    done.extend(open);
    done.retain(|order| {
        let ordered = order.at.date();
        is_of_round(ordered, day, round_days) || lapsed_overnight(ordered, day, round_days)
    });
    done
}

fn lines_of(first: &Event<'_>, orders: &[Order], day: NaiveDate) -> Vec<DemandLine> {
    let received_before = orders.iter().map(|order| order.before).sum();
    let mut lines = Vec::new();
    for &tier in Tier::ALL {
        let needed = |order: &&Order| order.tier == tier && order.packets > order.before;
        let of_tier = || orders.iter().filter(needed);
        let Some(waiting_since) = of_tier().map(|order| order.at).min() else {
            continue;
        };
        let need = |order: &Order| order.packets - order.before;
        let earlier = of_tier().filter(|order| order.at.date() < day);
        lines.push(DemandLine {
            household: first.household,
            good: first.good.into(),
            tier,
            need: of_tier().map(need).sum(),
            carried_over: earlier.map(need).sum(),
            waiting_since,
            delivered: of_tier().map(|order| order.today).sum(),
            received_before,
        });
    }
    lines
}
