//! Who could be asked for villages that have nobody: the most villages, the nearest people.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AreaId, PersonId};
use min_cost_flow::{ArcId, NetworkBuilder, NodeId, Outcome, solve};

use super::{Candidate, PurchaserQuestion, VillageAsking, VillagePurchaser};
use crate::SupplyPolicy;

/// How near somebody is to a village, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// Lives in it.
    SameVillage,
    /// Lives in or serves a village of the same community.
    SameCommunity,
    /// Lives in or serves a village of another community.
    Elsewhere,
}

/// Somebody who could carry for a village that has nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// Who.
    pub person: PersonId,
    /// The village the person serves, or lives in.
    pub from: AreaId,
    /// How near that is.
    pub nearness: Nearness,
    /// How many packets the person carries in a day, what is carried already among them.
    pub limit: u32,
    /// How many packets the person could still carry today.
    pub spare: u64,
}

/// Somebody who could be asked, wherever for.
#[derive(Clone, Copy)]
struct Free {
    person: PersonId,
    from: AreaId,
    community: Option<AreaId>,
    limit: u32,
    spare: u64,
    /// Whether the person serves a village already: then only within what is spare.
    serves: bool,
}

/// One for each village that lacks somebody, as far as it goes; nobody is found for two.
pub(super) fn find(
    lacking: &[VillageAsking],
    serving: &[VillagePurchaser],
    villages: &BTreeMap<AreaId, VillageAsking>,
    question: &PurchaserQuestion<'_>,
    policy: &SupplyPolicy,
) -> Vec<Option<StandIn>> {
    if lacking.is_empty() {
        return Vec::new();
    }
    let free = free(serving, villages, question, policy);
    let offers: Vec<Vec<(usize, Nearness)>> = lacking
        .iter()
        .map(|village| offers(village, &free, lacking.len()))
        .collect();
    let chosen = assign(&offers, &free);
    let stand_in = |(at, nearness): (usize, Nearness)| {
        let free = free[at];
        StandIn {
            person: free.person,
            from: free.from,
            nearness,
            limit: free.limit,
            spare: free.spare,
        }
    };
    chosen.into_iter().map(|one| one.map(stand_in)).collect()
}

/// Everyone who could be asked: who serves, with what is spare, then candidates who may go out
/// and serve nobody, each in the order of keys.
fn free(
    serving: &[VillagePurchaser],
    villages: &BTreeMap<AreaId, VillageAsking>,
    question: &PurchaserQuestion<'_>,
    policy: &SupplyPolicy,
) -> Vec<Free> {
    let in_time = policy.packets_in_a_round();
    let community = |village: &AreaId| villages.get(village).and_then(|asking| asking.community);
    let mut free = who_serves(serving, villages, in_time);
    let serves: BTreeSet<PersonId> = free.iter().map(|one| one.person).collect();
    let candidates: BTreeSet<Candidate> = question.candidates.iter().copied().collect();
    let may_go = |candidate: &Candidate| {
        let who = candidate.person;
        !question.under_observation.contains(&who)
            && !question.not_here.contains(&who)
            && !serves.contains(&who)
    };
    let limit = policy.new_purchaser_packets.min(in_time);
    free.extend(candidates.into_iter().filter(may_go).map(|candidate| Free {
        person: candidate.person,
        from: candidate.village,
        community: community(&candidate.village),
        limit,
        spare: u64::from(limit),
        serves: false,
    }));
    free
}

/// Who serves already, with what is spare. Who serves two villages is one person with one back.
fn who_serves(
    serving: &[VillagePurchaser],
    villages: &BTreeMap<AreaId, VillageAsking>,
    in_time: u32,
) -> Vec<Free> {
    let mut who: BTreeMap<PersonId, Free> = BTreeMap::new();
    for of_village in serving {
        let asking = villages.get(&of_village.village);
        let one = who.entry(of_village.person).or_insert(Free {
            person: of_village.person,
            from: of_village.village,
            community: asking.and_then(|asking| asking.community),
            limit: in_time,
            spare: 0,
            serves: true,
        });
        one.limit = one.limit.min(of_village.packets);
        // What is wanted for now: what is spare is known once all villages are seen.
        one.spare += asking.map_or(0, |asking| asking.packets);
    }
    let spare = |one: Free| Free {
        spare: u64::from(one.limit).saturating_sub(one.spare),
        ..one
    };
    who.into_values().map(spare).collect()
}

/// Whom a village could ask, by how near they are. Of each nearness as many as villages are
/// looking are enough: were all of them taken by others, there would be one village too many.
fn offers(village: &VillageAsking, free: &[Free], looking: usize) -> Vec<(usize, Nearness)> {
    let mut offers = Vec::new();
    let mut of_nearness = [0usize; 3];
    for (at, one) in free.iter().enumerate() {
        let nearness = if one.from == village.village {
            Nearness::SameVillage
        } else if one.community.is_some() && one.community == village.community {
            Nearness::SameCommunity
        } else {
            Nearness::Elsewhere
        };
        // A local who serves nobody is asked whatever the load: part of it carried is better than none.
        let is_local = nearness == Nearness::SameVillage && !one.serves;
        let seen = &mut of_nearness[nearness as usize];
        if *seen < looking && (is_local || one.spare >= village.packets.max(1)) {
            *seen += 1;
            offers.push((at, nearness));
        }
    }
    offers
}

/// Gives each village one of its offers and nobody to two: as many villages as can be, then the
/// nearest in sum, then the first in sum.
fn assign(offers: &[Vec<(usize, Nearness)>], free: &[Free]) -> Vec<Option<(usize, Nearness)>> {
    let (builder, arcs) = network(offers, free);
    // Weights too large to be added up mean more people than anybody could ask.
    let Ok(network) = builder.build() else {
        return vec![None; offers.len()];
    };
    let Outcome::Optimal(optimum) = solve(&network) else {
        return vec![None; offers.len()];
    };
    let chosen = offers.iter().zip(&arcs).map(|(of_village, arcs)| {
        let mut both = of_village.iter().zip(arcs);
        both.find(|(_, arc)| optimum.flow(**arc) > 0)
            .map(|(&offer, _)| offer)
    });
    chosen.collect()
}

/// From a hub over villages and people back to it, one unit a village; the arcs of each village's
/// offers.
fn network(offers: &[Vec<(usize, Nearness)>], free: &[Free]) -> (NetworkBuilder, Vec<Vec<ArcId>>) {
    // Who lives in two villages is one person all the same.
    let people: BTreeSet<PersonId> = offers
        .iter()
        .flatten()
        .map(|&(at, _)| free[at].person)
        .collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let place = |at: usize| people.binary_search(&free[at].person).unwrap_or(0);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let villages = count(offers.len()).saturating_add(1);
    // All places in a sum weigh less than one step of nearness, all steps less than one village.
    let step = count(people.len())
        .saturating_add(1)
        .saturating_mul(villages);
    let village_weight = step.saturating_mul(3).saturating_mul(villages);
    let mut builder = NetworkBuilder::new();
    let hub = builder.node(0);
    let nodes: Vec<NodeId> = people.iter().map(|_| builder.node(0)).collect();
    let mut arcs: Vec<Vec<ArcId>> = Vec::with_capacity(offers.len());
    for of_village in offers {
        let village = builder.node(0);
        builder.arc(hub, village, 0, Some(1), village_weight.saturating_neg());
        let lay = |&(at, nearness): &(usize, Nearness)| {
            let steps = step.saturating_mul(nearness as i64);
            let cost = steps.saturating_add(count(place(at)));
            builder.arc(village, nodes[place(at)], 0, Some(1), cost)
        };
        arcs.push(of_village.iter().map(lay).collect());
    }
    for &node in &nodes {
        builder.arc(node, hub, 0, Some(1), 0);
    }
    (builder, arcs)
}
