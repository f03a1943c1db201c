//! Tries every way to share, and keeps the one that serves the levels best at the least cost.

use std::collections::BTreeMap;

use supply_allocation::{SupplyPolicy, Tier};

use super::{Case, GOODS};

/// Packets served by (0 for the floor or 1 + tier, the household's how-manieth packet).
pub type Served = BTreeMap<(usize, u64), u64>;

/// One household and good: packets it may get, each with its level.
struct Need {
    household: usize,
    good: usize,
    levels: Vec<(usize, u64)>,
}

fn needs(case: &Case, policy: &SupplyPolicy) -> Vec<Need> {
    let mut needs = Vec::new();
    for (household, &(_, people)) in case.households.iter().enumerate() {
        for (good, name) in GOODS.iter().enumerate() {
            let lines: Vec<_> = case
                .demand
                .iter()
                .filter(|line| (line.0, line.1) == (household, good))
                .collect();
            let before = lines.iter().map(|line| line.5).max().unwrap_or(0);
            let received = before + lines.iter().map(|line| line.4).sum::<u64>();
            let floor = u64::from(policy.survival_packets(name));
            let most = (u64::from(people) * u64::from(policy.packets_per_person))
                .min(u64::from(policy.packets_per_household))
                .max(floor);
            let mut levels = Vec::new();
            for tier in 0..Tier::ALL.len() {
                let of_tier = lines.iter().filter(|line| line.2 == tier);
                let open: u64 = of_tier.map(|line| line.3 - line.4).sum();
                for _ in 0..open {
                    let packet = received + levels.len() as u64 + 1;
                    if packet <= most {
                        levels.push((if packet <= floor { 0 } else { 1 + tier }, packet));
                    }
                }
            }
            if !levels.is_empty() {
                needs.push(Need {
                    household,
                    good,
                    levels,
                });
            }
        }
    }
    needs
}

/// What the best plan serves by level, and what it costs.
pub fn best(case: &Case, policy: &SupplyPolicy) -> (Served, u128) {
    let needs = needs(case, policy);
    let mut best: Option<(Vec<u64>, u128, Served)> = None;
    let mut all_levels: Vec<_> = needs.iter().flat_map(|need| need.levels.clone()).collect();
    all_levels.sort_unstable();
    all_levels.dedup();
    let mut packets = vec![0usize; needs.len()];
    loop {
        if let Some(cost) = cost(case, &needs, &packets) {
            let served = served(&needs, &packets);
            let rank: Vec<u64> = all_levels
                .iter()
                .map(|level| served.get(level).copied().unwrap_or(0))
                .collect();
            let better = best
                .as_ref()
                .is_none_or(|(other, dear, _)| rank > *other || rank == *other && cost < *dear);
            if better {
                best = Some((rank, cost, served));
            }
        }
        // The next way to share, as a number whose digits are packets.
        let Some(next) = (0..needs.len()).find(|&at| packets[at] < needs[at].levels.len()) else {
            break;
        };
        packets[next] += 1;
        packets[..next].fill(0);
    }
    let (_, cost, served) = best.expect("to give nobody anything is always possible");
    (served, cost)
}

/// What a plan with so many packets for each household and good serves by level.
pub fn served_by(
    case: &Case,
    policy: &SupplyPolicy,
    planned: impl Fn(usize, usize) -> u64,
) -> Served {
    let needs = needs(case, policy);
    let packets: Vec<usize> = needs
        .iter()
        .map(|need| usize::try_from(planned(need.household, need.good)).unwrap())
        .collect();
    served(&needs, &packets)
}

fn served(needs: &[Need], packets: &[usize]) -> Served {
    let mut served = Served::new();
    for (need, &packets) in needs.iter().zip(packets) {
        for level in &need.levels[..packets] {
            *served.entry(*level).or_insert(0) += 1;
        }
    }
    served
}

/// The least cost of giving so much, or nothing where a stock or a back does not carry it.
fn cost(case: &Case, needs: &[Need], packets: &[usize]) -> Option<u128> {
    let given = |of: &dyn Fn(&Need) -> bool| -> u64 {
        let both = needs.iter().zip(packets);
        both.filter(|(need, _)| of(need))
            .map(|(_, &packets)| packets as u64)
            .sum()
    };
    for (village, &limit) in case.limits.iter().enumerate() {
        let own = |household: usize| case.households[household].0 == village;
        let lines = case.demand.iter().filter(|line| own(line.0));
        let delivered: u64 = lines.map(|line| line.4).sum();
        let room = u64::from(limit).saturating_sub(delivered);
        if given(&|need| own(need.household)) > room {
            return None;
        }
    }
    let mut cost = 0;
    for good in 0..GOODS.len() {
        let mut wanted = given(&|need| need.good == good);
        let mut offers: Vec<_> = case.suppliers.iter().filter(|of| of.0 == good).collect();
        offers.sort_by_key(|offer| offer.2);
        for &&(_, stock, price) in &offers {
            let taken = wanted.min(u64::from(stock));
            wanted -= taken;
            cost += u128::from(taken) * u128::from(price);
        }
        if wanted > 0 {
            return None;
        }
    }
    Some(cost)
}
