//! What households may have, packet by packet.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AreaId, HouseholdId, PersonId};

use crate::{
    Bottleneck, DemandFault, DemandLine, Level, RefusedDemand, Stage, SupplyInput, SupplyPolicy,
    Tier,
};

/// A household and a good, in order.
pub(super) type Asked<'a> = (HouseholdId, &'a str);

/// What a household may still have of a good.
pub(super) struct Wanted {
    pub(super) village: Option<AreaId>,
    pub(super) purchaser: Result<PersonId, Bottleneck>,
    /// Packets it may have, the first to be served first.
    pub(super) packets: Vec<(Tier, Level)>,
    /// Packets of each tier needed, delivered, and asked for beyond the assessed need.
    pub(super) tiers: BTreeMap<Tier, [u64; 3]>,
}

pub(super) const NEED: usize = 0;
pub(super) const DELIVERED: usize = 1;
pub(super) const OVER: usize = 2;

/// What is wanted, and the lines that say nothing that can be.
pub(super) fn wanted<'a>(
    input: &SupplyInput<'a>,
    policy: &SupplyPolicy,
) -> (BTreeMap<Asked<'a>, Wanted>, Vec<RefusedDemand>) {
    // In the order of lines the first of two that say the same thing counts.
    let mut lines: Vec<&'a DemandLine> = input.demand.iter().collect();
    lines.sort();
    let mut seen = BTreeSet::new();
    let mut by_asked: BTreeMap<Asked<'a>, Vec<&'a DemandLine>> = BTreeMap::new();
    let mut refused = Vec::new();
    for line in lines {
        let twice = seen.contains(&(line.household, &*line.good, line.tier));
        match DemandFault::of(line, input.households, twice) {
            Some(fault) => refused.push(RefusedDemand {
                line: line.clone(),
                fault,
            }),
            None => {
                seen.insert((line.household, &*line.good, line.tier));
                let asked = by_asked.entry((line.household, &line.good)).or_default();
                asked.push(line);
            }
        }
    }
    let by_asked = by_asked.into_iter();
    let wanted = by_asked.map(|(asked, lines)| (asked, of_one(asked, &lines, input, policy)));
    (wanted.collect(), refused)
}

fn of_one(
    (household, good): Asked<'_>,
    lines: &[&DemandLine],
    input: &SupplyInput<'_>,
    policy: &SupplyPolicy,
) -> Wanted {
    let today: u64 = lines.iter().map(|line| line.delivered).sum();
    let before = lines.iter().map(|line| line.received_before).max();
    let received = before.unwrap_or(0) + today;
    let most = policy.most_assessed(good, input.households.people_in(household));
    let floor = u64::from(policy.survival_packets(good));
    let mut packets = Vec::new();
    let mut tiers = BTreeMap::new();
    for line in lines {
        let open = line.need.saturating_sub(line.delivered);
        let mut taken = 0;
        // The next packet is the household's so-manieth of the round.
        let mut packet = received + count(&packets) + 1;
        while taken < open && packet <= most {
            let stage = if packet <= floor {
                Stage::Floor
            } else {
                Stage::Tier(line.tier)
            };
            packets.push((line.tier, Level { stage, packet }));
            packet += 1;
            taken += 1;
        }
        tiers.insert(line.tier, [line.need, line.delivered, open - taken]);
    }
    let village = input.households.village_of(household);
    Wanted {
        village,
        purchaser: purchaser(village, input),
        packets,
        tiers,
    }
}

fn purchaser(village: Option<AreaId>, input: &SupplyInput<'_>) -> Result<PersonId, Bottleneck> {
    let Some(village) = village else {
        return Err(Bottleneck::NoPurchaser);
    };
    let report = input.purchasers;
    if let Some(serving) = report.of(village) {
        return Ok(serving.person);
    }
    let kept_away = report.lack_of(village).and_then(|lack| lack.kept_away());
    Err(match kept_away {
        Some(person) => Bottleneck::PurchaserNotAllowed { person },
        None => Bottleneck::NoPurchaser,
    })
}

pub(super) fn count<T>(of: &[T]) -> u64 {
    u64::try_from(of.len()).unwrap_or(u64::MAX)
}
