//! Goods: who has them, who carries them, who asked, what was brought, and what it cost.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::AsOf;
use supply_allocation::{
    Complaint, Delivery, Demand, DemandQuestion, Households, Price, Purchaser, Supplier,
    SupplyPolicy, Tier, open_demand,
};

use crate::arrivals::{Stay, StayPlace};
use crate::calendar::{
    CHECKPOINTS_STAND, LAST_DAY, RESPONSE_BEGINS, day, days, is_written, later, minute,
};
use crate::chance::Chance;
use crate::grid::number;
use crate::people::People;
use crate::places::Places;
use crate::plan::{LastDay, Plan};
use crate::rows::Rows;
use crate::staff::Staffing;

/// The goods, what a packet costs in fen, and how often in a thousand a round asks for it.
const GOODS: [(&str, u64, usize); 6] = [
    ("rice", 2_600, 620),
    ("oil", 3_400, 300),
    ("salt", 250, 180),
    ("vegetables", 800, 900),
    ("infant_formula", 16_800, 0),
    ("prescribed_medicine", 4_500, 0),
];
/// What more is asked for on the last day: one good that can be had, and one that cannot.
const SALT: &str = "salt";
const MASKS: &str = "masks";
/// A household at home asks every so many days.
const ROUND: usize = 3;

/// What is recorded of goods.
#[derive(Clone, Debug)]
pub(crate) struct Supply {
    pub(crate) suppliers: Rows<Supplier>,
    pub(crate) purchasers: Rows<Purchaser>,
    pub(crate) demand: Rows<Demand>,
    pub(crate) deliveries: Rows<Delivery>,
}

/// A household that asks, from one day to another, by its need.
struct Asking {
    home: usize,
    days: RangeInclusive<NaiveDate>,
    every: usize,
    tier: Tier,
}

impl Supply {
    /// Draws suppliers, purchasers, and the rounds of those who cannot go out.
    pub(crate) fn draw(
        plan: &Plan,
        places: &Places,
        people: &People,
        staffing: &Staffing,
        stays: &[Stay],
        chance: &mut Chance,
    ) -> Self {
        let mut drawn = Supply {
            suppliers: suppliers(plan, places, chance),
            purchasers: purchasers(plan, places, people, staffing, chance),
            demand: Rows::new("DE"),
            deliveries: Rows::new("DL"),
        };
        for asking in asking(places, people, stays, chance) {
            let mut on = *asking.days.start();
            while on <= *asking.days.end() {
                drawn.round(plan, &asking, on, places, people, chance);
                on = later(on, asking.every);
            }
        }
        if let Some(exact) = plan.last_day {
            drawn.top_up(exact, places, staffing, chance);
        }
        drawn
    }

    /// One round of one household: what it asks for, and what is brought.
    fn round(
        &mut self,
        plan: &Plan,
        asking: &Asking,
        on: NaiveDate,
        places: &Places,
        people: &People,
        chance: &mut Chance,
    ) {
        let household = places.household_ids[asking.home];
        let ordered_at = minute(on, chance.between(8 * 60, 15 * 60));
        let brought_at = brought_at(on, chance);
        let members = people.members(asking.home);
        for (good, _, often) in GOODS {
            let (often, tier) = wish(good, people, asking.home).unwrap_or((often, asking.tier));
            if !chance.in_thousand(often) {
                continue;
            }
            let packets = number(chance.between(1, members.len().clamp(1, 4)));
            self.demand.push(Demand {
                household,
                good: good.into(),
                packets: Some(packets),
                tier,
                ordered_at,
            });
            let fails = chance.in_thousand(plan.flaws.deliveries_missing);
            if is_written(brought_at) && !fails {
                self.deliveries.push(Delivery {
                    household,
                    good: good.into(),
                    packets,
                    at: brought_at,
                    outcome: Some("delivered".into()),
                });
            }
        }
    }

    /// What more is asked for on the last day, so that what can be brought comes to the plan's
    /// packets: salt where someone purchases, and masks, which no supplier has.
    fn top_up(
        &mut self,
        exact: LastDay,
        places: &Places,
        staffing: &Staffing,
        chance: &mut Chance,
    ) {
        let (demand, deliveries) = (self.demand.clone(), self.deliveries.clone());
        let policy = SupplyPolicy::tengchong_2020();
        let question = DemandQuestion {
            as_of: AsOf::on(LAST_DAY),
            orders: &demand.ledger(),
            deliveries: &deliveries.ledger(),
            // Every order drawn says how much.
            households: &Households::default(),
        };
        let open = open_demand(&question, &policy);
        let is_served = |home: usize| staffing.purchasers[places.village_of(home)].is_some();
        let (mut served, mut others) = (0, 0);
        for line in open {
            let need = usize::try_from(line.need).unwrap_or(usize::MAX);
            if is_served(line.household.index()) {
                served += need;
            } else {
                others += need;
            }
        }
        let homes: Vec<usize> = (0..places.dwellings.len())
            .filter(|home| places.dwellings[*home].is_lived_in() && is_served(*home))
            .collect();
        let salt = exact.packets_in_stock.saturating_sub(served);
        let masks = exact.packets_out_of_stock.saturating_sub(others);
        self.ask(SALT, salt, &homes, places, chance);
        self.ask(MASKS, masks, &homes, places, chance);
    }

    /// So many packets of a good, a packet each for households of some.
    fn ask(
        &mut self,
        good: &str,
        packets: usize,
        homes: &[usize],
        places: &Places,
        chance: &mut Chance,
    ) {
        for home in chance.sample(homes.to_vec(), packets) {
            self.demand.push(Demand {
                household: places.household_ids[home],
                good: good.into(),
                packets: Some(1),
                tier: Tier::Everyone,
                ordered_at: minute(LAST_DAY, chance.between(8 * 60, 15 * 60)),
            });
        }
    }
}

/// Whether someone of a household has a condition.
fn has(people: &People, home: usize, condition: &str) -> bool {
    let mut members = people.members(home);
    members.any(|member| people.rows[member].has_condition(condition))
}

/// How often in a thousand a household asks for what only some need, and as which tier.
fn wish(good: &str, people: &People, home: usize) -> Option<(usize, Tier)> {
    let has = |condition| has(people, home, condition);
    match good {
        "infant_formula" if has("infant") => Some((700, Tier::Medicine)),
        "prescribed_medicine" if has("chronic") || has("dialysis") => Some((450, Tier::Medicine)),
        _ => None,
    }
}

/// The same evening or the next morning.
fn brought_at(on: NaiveDate, chance: &mut Chance) -> NaiveDateTime {
    if chance.in_thousand(600) {
        minute(on, chance.between(16 * 60, 19 * 60))
    } else {
        minute(later(on, 1), chance.between(9 * 60, 12 * 60))
    }
}

/// Households under observation, the vulnerable, and a few others.
fn asking(places: &Places, people: &People, stays: &[Stay], chance: &mut Chance) -> Vec<Asking> {
    let at_home = stays.iter().filter(|stay| stay.place == StayPlace::Home);
    let mut asking: Vec<Asking> = at_home
        .filter_map(|stay| {
            Some(Asking {
                home: people.home(stay.person)?,
                days: stay.ordered_at.date()..=stay.until.min(LAST_DAY),
                every: ROUND,
                tier: Tier::CannotGoOut,
            })
        })
        .collect();
    for home in 0..places.dwellings.len() {
        let weak = |member: usize| {
            let person = &people.rows[member];
            ["elderly_alone", "disabled", "dialysis", "poor"]
                .iter()
                .any(|condition| person.has_condition(condition))
        };
        let often = if people.members(home).any(weak) {
            150
        } else {
            5
        };
        let tier = if often == 5 {
            Tier::Everyone
        } else {
            Tier::Vulnerable
        };
        if places.dwellings[home].is_lived_in() && chance.in_thousand(often) {
            let first = later(CHECKPOINTS_STAND, chance.below(7));
            asking.push(Asking {
                home,
                days: first..=LAST_DAY,
                every: 7,
                tier,
            });
        }
    }
    asking
}

fn suppliers(plan: &Plan, places: &Places, chance: &mut Chance) -> Rows<Supplier> {
    let mut rows = Rows::new("SU");
    let stock = places.dwellings.len() / 10 + 20;
    // Enough of everything for what the plan asks for beside it.
    let more = plan.last_day.map_or(0, |exact| exact.packets_in_stock);
    for (good, cost, _) in GOODS {
        for dearer in 0..3 {
            rows.push(Supplier {
                good: good.into(),
                stock: number(chance.between(stock / 2, stock) + more),
                unit_cost_fen: cost + cost * dearer * 4 / 100,
            });
        }
    }
    rows
}

fn purchasers(
    plan: &Plan,
    places: &Places,
    people: &People,
    staffing: &Staffing,
    chance: &mut Chance,
) -> Rows<Purchaser> {
    let mut rows = Rows::new("PU");
    for (village, purchaser) in places.villages.iter().zip(&staffing.purchasers) {
        // Where some villages have nobody, the others' purchasers carry more than is asked for.
        let more = plan.last_day.map_or(0, |_| 160);
        let packets = number(chance.between(40, 80) + more);
        if let Some(person) = *purchaser {
            rows.push(Purchaser {
                person: people.id(person),
                area: places.area_ids[village.area],
                from: minute(RESPONSE_BEGINS, 8 * 60),
                until: None,
                packets,
            });
        }
    }
    rows
}

/// Prices seen each day: mostly flat, with two rises in the middle of February.
pub(crate) fn prices(plan: &Plan, places: &Places, chance: &mut Chance) -> Rows<Price> {
    let mut rows = Rows::new("PR");
    let sellers = 5 + places.communities.len() / 20;
    let own: Vec<u64> = (0..sellers * GOODS.len())
        .map(|_| chance.between(96, 104) as u64)
        .collect();
    for on in days(RESPONSE_BEGINS, LAST_DAY) {
        for seller in 0..sellers {
            for (place, (good, cost, _)) in GOODS.into_iter().enumerate() {
                let noise = chance.between(985, 1015) as u64;
                let raised = raise_percent(plan, (seller, place, good), on);
                let price = cost * 115 / 100 * own[seller * GOODS.len() + place] * noise / 100_000;
                rows.push(Price {
                    seller: seller_name(seller),
                    good: good.into(),
                    price_fen: price * (100 + raised) / 100,
                    at: minute(on, 9 * 60 + chance.below(60)),
                });
            }
        }
    }
    rows
}

/// By how many per cent a seller asks too much: the two rises of the middle of February, and
/// those of the plan on the last day.
fn raise_percent(plan: &Plan, (seller, place, good): (usize, usize, &str), on: NaiveDate) -> u64 {
    match (seller, good) {
        (1, "vegetables") if (day(2, 12)..=day(2, 14)).contains(&on) => 70,
        (3, "salt") if on == day(2, 15) => 45,
        _ if on == LAST_DAY && is_raised(plan.flaws.prices_raised, seller, place) => 80,
        _ => 0,
    }
}

/// Whether a price is one of so many raised ones: of the fifth seller, then of those before.
fn is_raised(raised: usize, seller: usize, place: usize) -> bool {
    4_usize
        .checked_sub(seller)
        .is_some_and(|before| before * GOODS.len() + place < raised)
}

/// Complaints of sellers and goods: one in some days.
pub(crate) fn complaints(places: &Places, chance: &mut Chance) -> Rows<Complaint> {
    let mut rows = Rows::new("CP");
    for on in days(RESPONSE_BEGINS, LAST_DAY) {
        for _ in 0..=places.communities.len() / 40 {
            if !chance.in_thousand(230) {
                continue;
            }
            let seller = chance.below(5);
            let good = chance.pick(&GOODS).map(|good| good.0.into());
            let kind = chance.pick(&["quality", "price", "hoarding"]);
            rows.push(Complaint {
                seller: Some(seller_name(seller)),
                good,
                at: minute(on, chance.between(9 * 60, 19 * 60)),
                kind: kind.map(Box::from),
            });
        }
    }
    rows
}

fn seller_name(seller: usize) -> Box<str> {
    let names = [
        "惠民粮油店",
        "街口杂货店",
        "平价超市",
        "老字号粮店",
        "益民副食店",
    ];
    match names.get(seller) {
        Some(name) => (*name).into(),
        None => format!("第{}便民店", seller + 1).into(),
    }
}
