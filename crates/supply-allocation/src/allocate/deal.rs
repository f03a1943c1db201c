//! Deals what was settled out to households, and accounts for every packet.

use std::collections::BTreeMap;

use grid_model::PersonId;

use super::fair::{Settled, amount_back};
use super::need::{Market, Need};
use super::proof::Level;
use super::shortages::shortages;
use crate::{
    Bottleneck, PurchaserLoad, RefusedDemand, Shortfall, Stage, StageAccount, StockUse, SupplyLine,
    SupplyPlan, Tier, TierAccount,
};

/// What one need gets and lacks, in packets.
#[derive(Clone, Copy, Default)]
struct Share {
    planned: Parts,
    lacking: Parts,
}

/// Packets by tier, of the floor and beyond it.
#[derive(Clone, Copy, Default)]
struct Parts([[u64; 2]; Tier::ALL.len()]);

impl Parts {
    fn add_one(&mut self, tier: Tier, stage: Stage) {
        self.0[tier as usize][usize::from(stage != Stage::Floor)] += 1;
    }

    /// The parts that are not empty, each with its tier and stage.
    fn filled(&self) -> impl Iterator<Item = (Tier, Stage, u64)> + '_ {
        let tiers = Tier::ALL.iter().zip(&self.0);
        let parts = tiers.flat_map(|(&tier, &[floor, beyond])| {
            [
                (tier, Stage::Floor, floor),
                (tier, Stage::Tier(tier), beyond),
            ]
        });
        parts.filter(|&(_, _, packets)| packets > 0)
    }

    fn packets(&self) -> u64 {
        self.0.as_flattened().iter().sum()
    }
}

pub(crate) fn deal(
    needs: &[Need<'_>],
    refused_demand: Vec<RefusedDemand>,
    market: &Market<'_>,
    settled: Settled,
) -> SupplyPlan {
    let shares = shares(needs, market, &settled);
    let carried = carried(needs, &shares);
    let loads = loads(market, &carried);
    let stocks = stocks(market, &settled);
    let shortfalls = shortfalls(needs, &shares, market, &settled, &loads);
    let costs = stocks
        .iter()
        .map(|stock| u128::from(stock.used) * u128::from(stock.offer.unit_cost_fen));
    SupplyPlan {
        lines: lines(needs, &shares, market, &settled),
        tiers: tier_accounts(needs, &shares, &shortfalls),
        stages: stage_accounts(&shares, &shortfalls),
        cost_fen: costs.sum(),
        shortages: shortages(&shortfalls, needs, &stocks, &loads),
        shortfalls,
        stocks,
        loads,
        refused_suppliers: market.refused.clone(),
        refused_demand,
        proof: settled.proof,
    }
}

/// What each need gets: a pair's packets go to its levels in order, the last ones of a level in
/// the order of households.
fn shares(needs: &[Need<'_>], market: &Market<'_>, settled: &Settled) -> Vec<Share> {
    let pairs = market.problem.pairs.iter().zip(&settled.of_pair);
    let mut edges: Vec<Option<(Level, u64)>> =
        pairs.map(|(pair, &packets)| pair.edge(packets)).collect();
    let mut shares = Vec::with_capacity(needs.len());
    for (need, pair) in needs.iter().zip(&market.pair_of_need) {
        let mut share = Share::default();
        for (tier, level) in need.packets() {
            let served = pair.is_some_and(|pair| is_served(level, &mut edges[pair]));
            let side = if served {
                &mut share.planned
            } else {
                &mut share.lacking
            };
            side.add_one(tier, level.stage);
        }
        shares.push(share);
    }
    shares
}

/// Whether a packet of a level is served when a pair is served up to an edge.
fn is_served(level: Level, edge: &mut Option<(Level, u64)>) -> bool {
    let Some((last, left)) = edge else {
        return true;
    };
    if level == *last && *left > 0 {
        *left -= 1;
        return true;
    }
    level < *last
}

fn carried(needs: &[Need<'_>], shares: &[Share]) -> BTreeMap<PersonId, u64> {
    let mut carried = BTreeMap::new();
    for (need, share) in needs.iter().zip(shares) {
        if let Ok(person) = need.purchaser {
            *carried.entry(person).or_insert(0) += share.planned.packets();
        }
    }
    carried
}

fn loads(market: &Market<'_>, carried: &BTreeMap<PersonId, u64>) -> Vec<PurchaserLoad> {
    let carriers = market.carriers.iter();
    carriers
        .map(|(&person, carrier)| PurchaserLoad {
            person,
            limit: carrier.limit,
            limited_by: carrier.limited_by,
            delivered: carrier.delivered,
            wanted: carrier.wanted,
            planned: carried.get(&person).copied().unwrap_or(0),
        })
        .collect()
}

/// The suppliers in the order of their keys, with what the plan takes of each.
fn stocks(market: &Market<'_>, settled: &Settled) -> Vec<StockUse> {
    let mut used = vec![0; market.suppliers.len()];
    for (offers, amounts) in market.problem.offers.iter().zip(&settled.of_offer) {
        for (offer, &packets) in offers.iter().zip(amounts) {
            used[offer.supplier] = amount_back(packets);
        }
    }
    let suppliers = market.suppliers.iter().zip(used);
    suppliers
        .map(|(held, used)| StockUse {
            supplier: held.id.into(),
            offer: held.what.clone(),
            used,
        })
        .collect()
}

/// Deals each good's offers out, purchaser by purchaser, so that each goes to few suppliers.
fn lines(
    needs: &[Need<'_>],
    shares: &[Share],
    market: &Market<'_>,
    settled: &Settled,
) -> Vec<SupplyLine> {
    let mut order: Vec<(usize, PersonId, usize)> = Vec::new();
    for (position, need) in needs.iter().enumerate() {
        if let (Ok(person), Some(pair)) = (&need.purchaser, market.pair_of_need[position]) {
            order.push((market.problem.pairs[pair].good, *person, position));
        }
    }
    order.sort_unstable();
    let mut lines = Vec::new();
    for of_good in order.chunk_by(|a, b| a.0 == b.0) {
        let good = of_good[0].0;
        let mut at_hand = at_hand(good, market, settled);
        for &(_, purchaser, position) in of_good {
            let wanted = shares[position].planned.packets();
            let taken = take(&mut at_hand, wanted).into_iter();
            lines.extend(taken.map(|(supplier, packets)| SupplyLine {
                household: needs[position].household,
                good: needs[position].good.into(),
                supplier: supplier.into(),
                purchaser,
                packets,
            }));
        }
    }
    lines.sort_unstable();
    lines
}

/// What each supplier gives of a good, the last to give first.
fn at_hand<'a>(good: usize, market: &Market<'a>, settled: &Settled) -> Vec<(&'a str, u64)> {
    let offers = market.problem.offers[good].iter();
    let mut at_hand: Vec<(&str, u64)> = offers
        .zip(&settled.of_offer[good])
        .map(|(offer, &packets)| (market.suppliers[offer.supplier].id, amount_back(packets)))
        .collect();
    at_hand.reverse();
    at_hand
}

/// Takes packets from the end of a list of suppliers.
fn take<'a>(at_hand: &mut Vec<(&'a str, u64)>, mut wanted: u64) -> Vec<(&'a str, u64)> {
    let mut taken = Vec::new();
    while let Some((supplier, left)) = at_hand.last_mut().filter(|_| wanted > 0) {
        let packets = wanted.min(*left);
        if packets > 0 {
            taken.push((*supplier, packets));
        }
        wanted -= packets;
        *left -= packets;
        if *left == 0 {
            at_hand.pop();
        }
    }
    taken
}

fn shortfalls(
    needs: &[Need<'_>],
    shares: &[Share],
    market: &Market<'_>,
    settled: &Settled,
    loads: &[PurchaserLoad],
) -> Vec<Shortfall> {
    let stock_out: Vec<bool> = stock_out(market, settled);
    let mut shortfalls = Vec::new();
    for (need, share) in needs.iter().zip(shares) {
        let mut short = |tier, stage, packets, bottleneck| {
            shortfalls.push(Shortfall {
                household: need.household,
                good: need.good.into(),
                tier,
                stage,
                packets,
                bottleneck,
            });
        };
        for (tier, stage, packets) in share.lacking.filled() {
            short(
                tier,
                stage,
                packets,
                bottleneck(need, market, &stock_out, loads),
            );
        }
        for (&tier, of_tier) in Tier::ALL.iter().zip(&need.tiers) {
            if of_tier.over > 0 {
                let why = Bottleneck::OverAssessedNeed;
                short(tier, Stage::Tier(tier), of_tier.over, why);
            }
        }
    }
    shortfalls.sort_unstable();
    shortfalls
}

/// Whether nothing is left of a good, good by good.
fn stock_out(market: &Market<'_>, settled: &Settled) -> Vec<bool> {
    let goods = market.problem.offers.iter().zip(&settled.of_offer);
    goods
        .map(|(offers, amounts)| {
            let mut both = offers.iter().zip(amounts);
            both.all(|(offer, &packets)| packets == offer.stock)
        })
        .collect()
}

/// What a lacking packet ran into. More of neither could have been had, so one of them is full.
fn bottleneck(
    need: &Need<'_>,
    market: &Market<'_>,
    stock_out: &[bool],
    loads: &[PurchaserLoad],
) -> Bottleneck {
    let person = match &need.purchaser {
        Ok(person) => *person,
        Err(why) => return why.clone(),
    };
    let good = market.problem.goods.binary_search(&need.good);
    let no_stock = good.is_ok_and(|good| stock_out[good]);
    let load = loads.binary_search_by_key(&person, |load| load.person);
    let full = load
        .ok()
        .map(|at| &loads[at])
        .filter(|load| load.spare() == 0);
    let good = || need.good.into();
    match (no_stock, full.map(|load| load.limited_by)) {
        (true, Some(limit)) => Bottleneck::StockAndCarrying {
            good: good(),
            person,
            limit,
        },
        (false, Some(limit)) => Bottleneck::Carrying { person, limit },
        (_, None) => Bottleneck::Stock { good: good() },
    }
}

fn tier_accounts(
    needs: &[Need<'_>],
    shares: &[Share],
    shortfalls: &[Shortfall],
) -> Vec<TierAccount> {
    let mut accounts: Vec<TierAccount> = Tier::ALL
        .iter()
        .map(|&tier| TierAccount {
            tier,
            need: 0,
            delivered: 0,
            planned: 0,
            short: 0,
        })
        .collect();
    for (account, of_tier) in needs.iter().flat_map(|need| (0..).zip(&need.tiers)) {
        let account: &mut TierAccount = &mut accounts[account];
        account.need += of_tier.need;
        account.delivered += of_tier.delivered;
    }
    for (tier, _, packets) in shares.iter().flat_map(|share| share.planned.filled()) {
        accounts[tier as usize].planned += packets;
    }
    for shortfall in shortfalls {
        accounts[shortfall.tier as usize].short += shortfall.packets;
    }
    accounts
}

fn stage_accounts(shares: &[Share], shortfalls: &[Shortfall]) -> Vec<StageAccount> {
    let mut planned: BTreeMap<Stage, u64> = BTreeMap::new();
    for (_, stage, packets) in shares.iter().flat_map(|share| share.planned.filled()) {
        *planned.entry(stage).or_insert(0) += packets;
    }
    let mut short: BTreeMap<Stage, BTreeMap<&Bottleneck, u64>> = BTreeMap::new();
    for shortfall in shortfalls {
        let of_stage = short.entry(shortfall.stage).or_default();
        *of_stage.entry(&shortfall.bottleneck).or_insert(0) += shortfall.packets;
    }
    let account = |stage| {
        let bottlenecks = short.get(&stage).into_iter().flatten();
        let bottlenecks: Vec<(Bottleneck, u64)> = bottlenecks
            .map(|(&why, &packets)| (why.clone(), packets))
            .collect();
        StageAccount {
            stage,
            planned: planned.get(&stage).copied().unwrap_or(0),
            short: bottlenecks.iter().map(|&(_, packets)| packets).sum(),
            bottlenecks,
        }
    };
    Stage::ALL.into_iter().map(account).collect()
}
