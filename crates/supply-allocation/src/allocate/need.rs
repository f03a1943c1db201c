//! What each household is assessed to need, and which limits it meets on its way.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AreaId, Held, HouseholdId, PersonId};

use super::SupplyInput;
use super::fair::{Offer, Pair, Problem};
use super::proof::Level;
use crate::plan::MOST_UNIT_COST_FEN;
use crate::{
    Bottleneck, DemandFault, DemandLine, LoadLimit, RefusedDemand, RefusedSupplier, Stage,
    Supplier, SupplyPolicy, Tier,
};

/// A household's need of one good.
pub(crate) struct Need<'a> {
    pub(crate) household: HouseholdId,
    /// Where it lies.
    pub(crate) village: Option<AreaId>,
    pub(crate) good: &'a str,
    /// Who carries, or why nobody does.
    pub(crate) purchaser: Result<PersonId, Bottleneck>,
    /// Received in this round before anything is planned.
    received: u64,
    /// How many packets of a round belong to the survival floor.
    floor: u64,
    pub(crate) tiers: [TierNeed; Tier::ALL.len()],
}

/// The part of a need that one tier serves.
#[derive(Clone, Copy, Default)]
pub(crate) struct TierNeed {
    pub(crate) need: u64,
    pub(crate) delivered: u64,
    /// Open and within the assessed need.
    pub(crate) assessed: u64,
    /// Open beyond it.
    pub(crate) over: u64,
}

impl Need<'_> {
    /// Each assessed packet still open, by its level, the first served first within the tier.
    pub(crate) fn packets(&self) -> impl Iterator<Item = (Tier, Level)> + '_ {
        let tiers = Tier::ALL.iter().zip(&self.tiers);
        let tier_of_packet = tiers.flat_map(|(&tier, need)| (0..need.assessed).map(move |_| tier));
        let ordinals = self.received + 1..;
        ordinals.zip(tier_of_packet).map(|(packet, tier)| {
            let stage = if packet <= self.floor {
                Stage::Floor
            } else {
                Stage::Tier(tier)
            };
            (tier, Level { stage, packet })
        })
    }

    pub(crate) fn assessed(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.assessed).sum()
    }

    fn delivered(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.delivered).sum()
    }
}

/// Needs in the order of household and good, each with what the policy assesses of it; what
/// cannot be one comes back beside them.
pub(crate) fn assess<'a>(
    input: &SupplyInput<'a>,
    policy: &SupplyPolicy,
) -> (Vec<Need<'a>>, Vec<RefusedDemand>) {
    let mut lines: Vec<&'a DemandLine> = input.demand.iter().collect();
    lines.sort_unstable();
    let mut refused = Vec::new();
    let mut last: Option<&DemandLine> = None;
    lines.retain(|&line| {
        let twice = last.is_some_and(|last| last.is_of_the_same(line));
        let fault = DemandFault::of(line, input.households, twice);
        if fault.is_none() {
            last = Some(line);
        }
        refused.extend(fault.map(|fault| RefusedDemand {
            line: line.clone(),
            fault,
        }));
        fault.is_none()
    });
    let of_one = lines.chunk_by(|a, b| (a.household, &a.good) == (b.household, &b.good));
    let needs = of_one.map(|lines| need(lines, input, policy)).collect();
    (needs, refused)
}

fn need<'a>(lines: &[&'a DemandLine], input: &SupplyInput<'a>, policy: &SupplyPolicy) -> Need<'a> {
    let (household, good) = (lines[0].household, &*lines[0].good);
    let people = input.households.people_in(household);
    let delivered: u64 = lines.iter().map(|line| line.delivered).sum();
    let before = lines.iter().map(|line| line.received_before).max();
    let received = before.unwrap_or(0) + delivered;
    let mut left = policy.most_assessed(good, people).saturating_sub(received);
    let mut tiers = [TierNeed::default(); Tier::ALL.len()];
    for line in lines {
        let assessed = line.open().min(left);
        left -= assessed;
        let tier = &mut tiers[line.tier as usize];
        tier.need += line.need;
        tier.delivered += line.delivered;
        tier.assessed += assessed;
        tier.over += line.open() - assessed;
    }
    Need {
        household,
        village: input.households.village_of(household),
        good,
        purchaser: purchaser_of(household, input),
        received,
        floor: u64::from(policy.survival_packets(good)),
        tiers,
    }
}

fn purchaser_of(household: HouseholdId, input: &SupplyInput<'_>) -> Result<PersonId, Bottleneck> {
    let village = input.households.village_of(household);
    let village = village.ok_or(Bottleneck::NoPurchaser)?;
    if let Some(serving) = input.purchasers.of(village) {
        return Ok(serving.person);
    }
    let kept_away = input
        .purchasers
        .lack_of(village)
        .and_then(|lack| lack.kept_away());
    Err(kept_away.map_or(Bottleneck::NoPurchaser, |person| {
        Bottleneck::PurchaserNotAllowed { person }
    }))
}

/// The goods, suppliers and purchasers of the day, and what is to be settled between them.
pub(crate) struct Market<'a> {
    pub(crate) suppliers: Vec<Held<'a, Supplier>>,
    pub(crate) refused: Vec<RefusedSupplier>,
    pub(crate) carriers: BTreeMap<PersonId, Carrier>,
    pub(crate) problem: Problem<'a>,
    /// The pair of each need, by its position; nothing where nobody carries.
    pub(crate) pair_of_need: Vec<Option<usize>>,
}

/// A purchaser's day.
#[derive(Clone, Copy)]
pub(crate) struct Carrier {
    pub(crate) limit: u64,
    pub(crate) limited_by: LoadLimit,
    pub(crate) delivered: u64,
    pub(crate) wanted: u64,
}

impl Carrier {
    pub(crate) fn room(&self) -> u64 {
        self.limit.saturating_sub(self.delivered)
    }
}

pub(crate) fn market<'a>(
    input: &SupplyInput<'a>,
    needs: &[Need<'a>],
    policy: &SupplyPolicy,
) -> Market<'a> {
    let goods: BTreeSet<&str> = needs.iter().map(|need| need.good).collect();
    let goods: Vec<&str> = goods.into_iter().collect();
    let mut suppliers: Vec<_> = input.suppliers.as_of(input.as_of).collect();
    let refused = refuse_suppliers(&mut suppliers);
    let carriers = carriers(input, needs, policy);
    // Only who is asked for more than there is room for limits anything.
    let limited = carriers.iter().filter(|(_, of)| of.wanted > of.room());
    let rooms: Vec<(PersonId, u64)> = limited.map(|(&who, of)| (who, of.room())).collect();
    let (pairs, pair_of_need) = pairs(needs, &goods, &rooms);
    let offers = offers(&goods, &suppliers);
    Market {
        problem: Problem {
            goods,
            offers,
            rooms: rooms
                .into_iter()
                .map(|(who, room)| (who, amount(room)))
                .collect(),
            pairs,
        },
        suppliers,
        refused,
        carriers,
        pair_of_need,
    }
}

/// An amount as the flow counts it. More than any sum of packets of a day cannot be told apart.
pub(crate) fn amount(packets: u64) -> i64 {
    i64::try_from(packets).unwrap_or(i64::MAX)
}

fn refuse_suppliers(suppliers: &mut Vec<Held<'_, Supplier>>) -> Vec<RefusedSupplier> {
    let mut refused = Vec::new();
    suppliers.retain(|held| {
        let takes = held.what.unit_cost_fen <= MOST_UNIT_COST_FEN;
        if !takes {
            refused.push(RefusedSupplier {
                supplier: held.id.into(),
                unit_cost_fen: held.what.unit_cost_fen,
                limit: MOST_UNIT_COST_FEN,
            });
        }
        takes
    });
    refused
}

fn carriers(
    input: &SupplyInput<'_>,
    needs: &[Need<'_>],
    policy: &SupplyPolicy,
) -> BTreeMap<PersonId, Carrier> {
    let in_time = u64::from(policy.packets_in_a_round());
    let mut carriers: BTreeMap<PersonId, Carrier> = BTreeMap::new();
    for serving in &input.purchasers.serving {
        let carrier = carriers.entry(serving.person).or_insert(Carrier {
            limit: in_time,
            limited_by: LoadLimit::RoundTime,
            delivered: 0,
            wanted: 0,
        });
        // Who serves two villages is one person with one back.
        let packets = u64::from(serving.packets);
        if packets <= carrier.limit {
            carrier.limit = packets;
            carrier.limited_by = LoadLimit::Packets;
        }
    }
    for need in needs {
        let carrier = need.purchaser.as_ref().ok();
        if let Some(carrier) = carrier.and_then(|person| carriers.get_mut(person)) {
            carrier.delivered += need.delivered();
            carrier.wanted += need.assessed();
        }
    }
    carriers
}

/// Needs of one good through one limited purchaser are one pair; those through purchasers with
/// room for everything are one pair a good.
fn pairs(
    needs: &[Need<'_>],
    goods: &[&str],
    rooms: &[(PersonId, u64)],
) -> (Vec<Pair>, Vec<Option<usize>>) {
    let keys: Vec<Option<(usize, Option<usize>)>> = needs
        .iter()
        .map(|need| {
            let person = need.purchaser.as_ref().ok()?;
            let good = goods.binary_search(&need.good).ok()?;
            let carrier = rooms.binary_search_by_key(person, |&(who, _)| who).ok();
            Some((good, carrier))
        })
        .collect();
    let distinct: BTreeSet<_> = keys.iter().flatten().copied().collect();
    let distinct: Vec<_> = distinct.into_iter().collect();
    let pair_of_need: Vec<Option<usize>> = keys
        .iter()
        .map(|key| distinct.binary_search(key.as_ref()?).ok())
        .collect();
    let mut levels = vec![BTreeMap::new(); distinct.len()];
    for (need, pair) in needs.iter().zip(&pair_of_need) {
        for (_, level) in pair.iter().flat_map(|_| need.packets()) {
            *levels[pair.unwrap_or(0)].entry(level).or_insert(0) += 1;
        }
    }
    let pairs = distinct.into_iter().zip(levels);
    let pairs = pairs.map(|((good, carrier), levels)| Pair {
        good,
        carrier,
        levels,
    });
    (pairs.collect(), pair_of_need)
}

/// The offers of each good, the cheapest first, then by key.
fn offers(goods: &[&str], suppliers: &[Held<'_, Supplier>]) -> Vec<Vec<Offer>> {
    let mut offers = vec![Vec::new(); goods.len()];
    for (supplier, held) in suppliers.iter().enumerate() {
        if let Ok(good) = goods.binary_search(&&*held.what.good) {
            offers[good].push(Offer {
                supplier,
                stock: i64::from(held.what.stock),
                unit_cost: amount(held.what.unit_cost_fen),
            });
        }
    }
    for of_good in &mut offers {
        of_good.sort_by_key(|offer| (offer.unit_cost, offer.supplier));
    }
    offers
}
