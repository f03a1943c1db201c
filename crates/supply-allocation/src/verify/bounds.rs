//! Whether the proof's prices leave nothing to be had: weak duality, added up level by level.
//!
//! Every packet that could be carried is a way from a good's stock over a purchaser. For any worths
//! of stock and carrying, what a plan serves is at most the worth of all of both, and for each way
//! what its packets serve less the worths they use up, as far as each may reach. Where a plan
//! reaches that sum, it serves the most there is, and so does any other plan only if it stands at
//! the same end of every reach whose share is not 0: the next level is looked at within those ends.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::PersonId;

use super::PlanFlaw;
use super::accounts::{Given, Known};
use super::wanted::{Asked, Wanted};
use crate::{CostProof, Level, SupplyPlan, Worths};

/// Between which ends something may be, both included.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    least: i128,
    most: i128,
}

impl Reach {
    fn up_to(most: impl Into<i128>) -> Self {
        Reach {
            least: 0,
            most: most.into(),
        }
    }

    /// The most that so much each comes to, and the end where it does.
    fn best(&mut self, each: i128) -> i128 {
        match each.signum() {
            1 => self.least = self.most,
            -1 => self.most = self.least,
            _ => {}
        }
        each.saturating_mul(self.most)
    }
}

/// The packets of one good over one purchaser who limits, or over all who do not.
#[derive(Default)]
struct Way {
    levels: BTreeMap<Level, OfLevel>,
}

/// The packets of one level on a way.
#[derive(Clone, Copy, Default)]
struct OfLevel {
    reach: Reach,
    asked: i128,
    served: i128,
}

impl Way {
    fn is_settled(&self) -> bool {
        let mut levels = self.levels.values();
        levels.all(|of| of.reach.least == of.reach.most)
    }

    fn served(&self) -> i128 {
        self.levels.values().map(|of| of.served).sum()
    }
}

/// Where every reach stands so far.
struct Reaches<'a> {
    goods: BTreeMap<&'a str, Reach>,
    carriers: BTreeMap<PersonId, Reach>,
    ways: BTreeMap<(&'a str, Option<PersonId>), Way>,
    offers: BTreeMap<&'a str, (&'a str, i128, Reach)>,
}

/// The worths of a proof by name.
struct Each<'a> {
    goods: BTreeMap<&'a str, i128>,
    carriers: BTreeMap<PersonId, i128>,
}

impl<'a> Each<'a> {
    fn of(worths: &'a Worths) -> Self {
        let goods = worths.goods.iter();
        let carriers = worths.purchasers.iter();
        Each {
            goods: goods
                .map(|(good, worth)| (&**good, i128::from(*worth)))
                .collect(),
            carriers: carriers
                .map(|&(person, worth)| (person, i128::from(worth)))
                .collect(),
        }
    }

    fn good(&self, good: &str) -> i128 {
        self.goods.get(good).copied().unwrap_or(0)
    }

    fn carrier(&self, person: PersonId) -> i128 {
        self.carriers.get(&person).copied().unwrap_or(0)
    }

    fn on(&self, (good, carrier): (&str, Option<PersonId>)) -> i128 {
        self.good(good) + carrier.map_or(0, |person| self.carrier(person))
    }
}

/// Whether the whole proof holds.
pub(super) fn hold(
    plan: &SupplyPlan,
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    known: &Known<'_>,
    given: &Given<'_>,
) -> Result<(), PlanFlaw> {
    let mut reaches = Reaches::of(wanted, known, given);
    let levels: BTreeSet<Level> = reaches
        .ways
        .values()
        .flat_map(|way| way.levels.keys().copied())
        .collect();
    let mut proofs = plan.proof.levels.iter().peekable();
    let nothing = Worths::default();
    for &level in &levels {
        let proof = proofs.next_if(|proof| proof.level == level);
        let (asked, served) = reaches.counts(level);
        let allowed = reaches.most_served(level, proof.map_or(&nothing, |proof| &proof.worths));
        let told = proof.is_none_or(|proof| {
            i128::from(proof.served) == served && i128::from(proof.wanted) == asked
        });
        if allowed != served || !told {
            return Err(PlanFlaw::Level {
                level,
                served,
                allowed,
            });
        }
    }
    if proofs.peek().is_some() {
        return Err(PlanFlaw::Part { part: "proofs" });
    }
    reaches.least_cost(plan)?;
    reaches.ties(plan)?;
    by_household(wanted, known, given)?;
    by_supplier(known, given)
}

/// The purchaser of a way, if the purchaser limits anything.
fn limiting(one: &Wanted, known: &Known<'_>) -> Option<Option<PersonId>> {
    let person = *one.purchaser.as_ref().ok()?;
    let carrier = known.carriers.get(&person)?;
    Some((carrier.wanted > carrier.room()).then_some(person))
}

/// The packets of every way, by level, with what the plan serves of them.
fn ways<'a>(
    wanted: &'a BTreeMap<Asked<'a>, Wanted>,
    known: &Known<'_>,
    given: &Given<'_>,
) -> BTreeMap<(&'a str, Option<PersonId>), Way> {
    let mut ways: BTreeMap<(&str, Option<PersonId>), Way> = BTreeMap::new();
    for (&(household, good), one) in wanted {
        let Some(carrier) = limiting(one, known) else {
            continue;
        };
        let way = ways.entry((good, carrier)).or_default();
        let mut left = given.to.get(&(household, good)).copied().unwrap_or(0);
        for &(_, level) in &one.packets {
            let of_level = way.levels.entry(level).or_default();
            of_level.reach.most += 1;
            of_level.asked += 1;
            if left > 0 {
                of_level.served += 1;
                left -= 1;
            }
        }
    }
    ways
}

impl<'a> Reaches<'a> {
    fn of(
        wanted: &'a BTreeMap<Asked<'a>, Wanted>,
        known: &'a Known<'_>,
        given: &Given<'_>,
    ) -> Self {
        let ways = ways(wanted, known, given);
        let mut asked: BTreeMap<&str, i128> = BTreeMap::new();
        for (&(good, _), way) in &ways {
            let of_way = way.levels.values().map(|of| of.asked);
            *asked.entry(good).or_insert(0) += of_way.sum::<i128>();
        }
        let mut stock: BTreeMap<&str, i128> = BTreeMap::new();
        for supplier in known.suppliers.values() {
            *stock.entry(&supplier.good).or_insert(0) += i128::from(supplier.stock);
        }
        let of_good = |(&good, &asked): (&&'a str, &i128)| {
            let stock = stock.get(good).copied().unwrap_or(0);
            (good, Reach::up_to(asked.min(stock)))
        };
        let goods: BTreeMap<&str, Reach> = asked.iter().map(of_good).collect();
        let limiting = ways.keys().filter_map(|&(_, carrier)| carrier);
        let room = |person: &PersonId| known.carriers.get(person).map_or(0, |of| of.room());
        let carriers = limiting.map(|person| (person, Reach::up_to(room(&person))));
        let offers = known.suppliers.iter().filter_map(|(&id, of)| {
            let most = goods.get(&*of.good)?.most.min(i128::from(of.stock));
            let cost = i128::from(of.unit_cost_fen);
            Some((id, (&*of.good, cost, Reach::up_to(most))))
        });
        Reaches {
            carriers: carriers.collect(),
            offers: offers.collect(),
            goods,
            ways,
        }
    }

    /// Packets of a level that are wanted, and that are served.
    fn counts(&self, level: Level) -> (i128, i128) {
        let of_level = self.ways.values().filter_map(|way| way.levels.get(&level));
        of_level.fold((0, 0), |(asked, served), of| {
            (asked + of.asked, served + of.served)
        })
    }

    /// The most of a level that anyone could serve, by these worths; moves every reach to where
    /// that is had.
    fn most_served(&mut self, level: Level, worths: &Worths) -> i128 {
        let each = Each::of(worths);
        let mut sum = self.of_stock_and_carrying(&each);
        for (&key, way) in &mut self.ways {
            for (&of, on_level) in &mut way.levels {
                sum += on_level.reach.best(i128::from(of == level) - each.on(key));
            }
        }
        sum
    }

    /// What all stock and all carrying is worth.
    fn of_stock_and_carrying(&mut self, each: &Each<'_>) -> i128 {
        let goods = self.goods.iter_mut();
        let goods = goods.map(|(good, reach)| reach.best(each.good(good)));
        let carriers = self.carriers.iter_mut();
        let carriers = carriers.map(|(&person, reach)| reach.best(each.carrier(person)));
        goods.sum::<i128>() + carriers.sum::<i128>()
    }

    /// The least that a plan could come to, by these prices, where a packet costs so much at a
    /// supplier's and on a way; moves every reach to where that is had.
    fn least(
        &mut self,
        proof: &CostProof,
        at_supplier: impl Fn(i128) -> i128,
        on_way: impl Fn(usize) -> i128,
    ) -> i128 {
        let each = Each::of(&proof.worths);
        let stores = proof.stores.iter();
        let stores: BTreeMap<&str, i128> = stores
            .map(|(good, price)| (&**good, i128::from(*price)))
            .collect();
        let store = |good: &str| stores.get(good).copied().unwrap_or(0);
        // What cannot be saved is the least; best() says what can.
        let mut saved = 0i128;
        for (good, unit_cost, reach) in self.offers.values_mut() {
            saved += reach.best(store(good) - at_supplier(*unit_cost));
        }
        for (good, reach) in &mut self.goods {
            saved += reach.best(each.good(good) - store(good));
        }
        for (&person, reach) in &mut self.carriers {
            saved += reach.best(each.carrier(person));
        }
        for (place, (&key, way)) in self.ways.iter_mut().enumerate() {
            for on_level in way.levels.values_mut() {
                saved += on_level.reach.best(-on_way(place) - each.on(key));
            }
        }
        -saved
    }

    fn least_cost(&mut self, plan: &SupplyPlan) -> Result<(), PlanFlaw> {
        let least = self.least(&plan.proof.least_cost, |unit_cost| unit_cost, |_| 0);
        let cost = i128::try_from(plan.cost_fen).unwrap_or(i128::MAX);
        if cost == least {
            Ok(())
        } else {
            Err(PlanFlaw::Cost { cost, least })
        }
    }

    /// Of plans that cost the same, the packets' places in the order of ways add up to the least.
    fn ties(&mut self, plan: &SupplyPlan) -> Result<(), PlanFlaw> {
        let place = |place: usize| i128::try_from(place).unwrap_or(i128::MAX);
        let places = self.ways.values().enumerate();
        let places = places.map(|(at, way)| place(at).saturating_mul(way.served()));
        let places: i128 = places.sum();
        let holds = match &plan.proof.ties {
            None => self.ways.values().all(Way::is_settled),
            Some(proof) => self.least(proof, |_| 0, place) == places,
        };
        let why = "packets go to a later purchaser where an earlier one could have them";
        holds.then_some(()).ok_or(PlanFlaw::Tie { why })
    }
}

/// Within a way and a level the first households are served.
fn by_household(
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    known: &Known<'_>,
    given: &Given<'_>,
) -> Result<(), PlanFlaw> {
    let mut lacked: BTreeSet<(&str, Option<PersonId>, Level)> = BTreeSet::new();
    for (&(household, good), one) in wanted {
        let Some(carrier) = limiting(one, known) else {
            continue;
        };
        let got = given.to.get(&(household, good)).copied().unwrap_or(0);
        let got = usize::try_from(got).unwrap_or(usize::MAX);
        for (at, &(_, level)) in one.packets.iter().enumerate() {
            let key = (good, carrier, level);
            if at >= got {
                lacked.insert(key);
            } else if lacked.contains(&key) {
                let why = "a household is served before one with a smaller key";
                return Err(PlanFlaw::Tie { why });
            }
        }
    }
    Ok(())
}

/// Of a good's suppliers the cheaper sells all before the next, then the one with the smaller key.
fn by_supplier(known: &Known<'_>, given: &Given<'_>) -> Result<(), PlanFlaw> {
    let mut suppliers: Vec<(&str, u64, &str, u64)> = known
        .suppliers
        .iter()
        .map(|(&id, of)| {
            let used = given.from.get(id).copied().unwrap_or(0);
            (&*of.good, of.unit_cost_fen, id, u64::from(of.stock) - used)
        })
        .collect();
    suppliers.sort_unstable();
    for of_good in suppliers.chunk_by(|a, b| a.0 == b.0) {
        let mut after_one_with_stock = of_good.iter().skip_while(|of| of.3 == 0).skip(1);
        if after_one_with_stock.any(|of| given.from.contains_key(of.2)) {
            let why = "a supplier sells before one that is cheaper or has a smaller key";
            return Err(PlanFlaw::Tie { why });
        }
    }
    Ok(())
}
