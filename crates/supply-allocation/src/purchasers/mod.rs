//! Who buys and carries for each natural village.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use grid_model::{AreaId, AsOf, Ledger, PersonId};

use crate::{Purchaser, SupplyPolicy};

mod stand_in;

pub use stand_in::{Nearness, StandIn};

/// What must be known to say who serves a village on a day.
#[derive(Clone, Copy, Debug)]
pub struct PurchaserQuestion<'a> {
    /// Of which day, as known when.
    pub as_of: AsOf,
    /// The natural villages with households, in any order.
    pub villages: &'a [VillageAsking],
    /// People under observation: who must stay at home carries nothing.
    pub under_observation: &'a BTreeSet<PersonId>,
    /// People who are not in the township.
    pub not_here: &'a BTreeSet<PersonId>,
    /// Who could be asked, with the village each lives in.
    pub candidates: &'a [Candidate],
}

/// A natural village that must have a purchaser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VillageAsking {
    /// Which village.
    pub village: AreaId,
    /// The community it belongs to: villages of one community are near each other.
    pub community: Option<AreaId>,
    /// How many packets are to be carried there today.
    pub packets: u64,
}

/// A person who could be asked to purchase for the own village.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The village the person lives in.
    pub village: AreaId,
    /// Who.
    pub person: PersonId,
}

/// Who serves which village, and which have nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurchaserReport {
    /// Villages with a purchaser, in order; each has exactly one.
    pub serving: Vec<VillagePurchaser>,
    /// Villages without, in order.
    pub without: Vec<VillageWithout>,
}

/// The one purchaser of a village on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VillagePurchaser {
    /// Which village.
    pub village: AreaId,
    /// Who.
    pub person: PersonId,
    /// How many packets the person carries in a day.
    pub packets: u32,
}

/// A village nobody purchases for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VillageWithout {
    /// Which village.
    pub village: AreaId,
    /// Who is recorded for it, and why the person does not serve; empty where nobody is.
    pub recorded: Vec<(PersonId, NotServing)>,
    /// A local who could be asked: not under observation, here, and serving no other village.
    pub proposal: Option<PersonId>,
    /// Where no local can be asked, the nearest who could carry it beside what they carry
    /// already; nobody where nobody in town could.
    pub nearest: Option<StandIn>,
}

/// A village whose purchaser is another one than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurchaserChange {
    /// Which village.
    pub village: AreaId,
    /// Who served before.
    pub before: Option<PersonId>,
    /// Who serves now.
    pub now: Option<PersonId>,
}

/// Why a recorded purchaser does not serve on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotServing {
    /// Under observation.
    UnderObservation,
    /// Not in the township.
    NotHere,
    /// Begins only later.
    NotYet(NaiveDateTime),
    /// Has ended.
    Ended(NaiveDateTime),
}

impl PurchaserReport {
    /// The purchaser of a village, by binary search.
    #[must_use]
    pub fn of(&self, village: AreaId) -> Option<&VillagePurchaser> {
        let found = self.serving.binary_search_by_key(&village, |s| s.village);
        found.ok().map(|position| &self.serving[position])
    }

    /// The villages whose purchaser is another one than before, or nobody, in order.
    #[must_use]
    pub fn changes_since(&self, before: &PurchaserReport) -> Vec<PurchaserChange> {
        let mut who: BTreeMap<AreaId, (Option<PersonId>, Option<PersonId>)> = BTreeMap::new();
        for serving in &before.serving {
            who.entry(serving.village).or_default().0 = Some(serving.person);
        }
        for serving in &self.serving {
            who.entry(serving.village).or_default().1 = Some(serving.person);
        }
        let changed = who.into_iter().filter(|(_, (before, now))| before != now);
        changed
            .map(|(village, (before, now))| PurchaserChange {
                village,
                before,
                now,
            })
            .collect()
    }

    /// The report as it would be if everyone who is proposed or nearest took the village on:
    /// what [`allocate`](crate::allocate) makes of it says what asking them would bring.
    #[must_use]
    pub fn if_all_agreed(&self, policy: &SupplyPolicy) -> PurchaserReport {
        let mut agreed = self.clone();
        for lack in std::mem::take(&mut agreed.without) {
            let own = lack
                .proposal
                .map(|person| (person, policy.new_purchaser_packets));
            let other = lack.nearest.map(|near| (near.person, near.limit));
            match own.or(other) {
                Some((person, packets)) => agreed.serving.push(VillagePurchaser {
                    village: lack.village,
                    person,
                    packets,
                }),
                None => agreed.without.push(lack),
            }
        }
        agreed
            .serving
            .sort_unstable_by_key(|serving| serving.village);
        agreed
    }

    /// Why a village has nobody, by binary search.
    #[must_use]
    pub fn lack_of(&self, village: AreaId) -> Option<&VillageWithout> {
        let found = self.without.binary_search_by_key(&village, |w| w.village);
        found.ok().map(|position| &self.without[position])
    }
}

impl VillageWithout {
    /// The person who would serve the village today but for observation or absence, if any.
    #[must_use]
    pub fn kept_away(&self) -> Option<PersonId> {
        let mut kept = self
            .recorded
            .iter()
            .filter(|(_, why)| matches!(why, NotServing::UnderObservation | NotServing::NotHere));
        kept.next().map(|&(person, _)| person)
    }
}

/// Says who purchases for each village on the day.
///
/// A record serves on a day that its interval touches. Of several who may serve a village, the
/// last appointed serves, then the greater key: who can go on serving does, and only villages
/// without anyone get a proposal. Of all ways to propose, one that gives the most villages
/// somebody, then the nearest, then the smallest keys. Time: n log n in records and villages, and
/// an assignment over the villages without.
#[must_use]
pub fn purchasers(
    records: &Ledger<Purchaser>,
    question: &PurchaserQuestion<'_>,
    policy: &SupplyPolicy,
) -> PurchaserReport {
    let mut best: BTreeMap<AreaId, (NaiveDateTime, PersonId, u32)> = BTreeMap::new();
    let mut refused: BTreeMap<AreaId, BTreeSet<(PersonId, NotServing)>> = BTreeMap::new();
    for held in records.as_of(question.as_of) {
        let purchaser = held.what;
        if let Some(why) = not_serving(purchaser, question) {
            let of_village = refused.entry(purchaser.area).or_default();
            of_village.insert((purchaser.person, why));
            continue;
        }
        // Two records of one person for one village: the smaller load is the one not to pass.
        let rank = |of: &(NaiveDateTime, PersonId, u32)| (of.0, of.1, u32::MAX - of.2);
        let own = (purchaser.from, purchaser.person, purchaser.packets);
        let kept = best.entry(purchaser.area).or_insert(own);
        if rank(kept) < rank(&own) {
            *kept = own;
        }
    }
    let serving = best
        .iter()
        .map(|(&village, &(_, person, packets))| VillagePurchaser {
            village,
            person,
            packets,
        });
    let serving: Vec<VillagePurchaser> = serving.collect();
    let without = villages_without(&serving, &refused, question, policy);
    PurchaserReport { serving, without }
}

fn not_serving(purchaser: &Purchaser, question: &PurchaserQuestion<'_>) -> Option<NotServing> {
    let as_of = question.as_of;
    if purchaser.from >= as_of.end() {
        return Some(NotServing::NotYet(purchaser.from));
    }
    if let Some(until) = purchaser.until.filter(|&until| until <= as_of.start()) {
        return Some(NotServing::Ended(until));
    }
    if question.under_observation.contains(&purchaser.person) {
        return Some(NotServing::UnderObservation);
    }
    let away = question.not_here.contains(&purchaser.person);
    away.then_some(NotServing::NotHere)
}

fn villages_without(
    serving: &[VillagePurchaser],
    refused: &BTreeMap<AreaId, BTreeSet<(PersonId, NotServing)>>,
    question: &PurchaserQuestion<'_>,
    policy: &SupplyPolicy,
) -> Vec<VillageWithout> {
    let mut villages: BTreeMap<AreaId, VillageAsking> = BTreeMap::new();
    for asking in question.villages {
        villages.entry(asking.village).or_insert(*asking);
    }
    let is_served = |village: &AreaId| {
        serving
            .binary_search_by_key(village, |serving| serving.village)
            .is_ok()
    };
    let lacking: Vec<VillageAsking> = villages
        .values()
        .filter(|asking| !is_served(&asking.village))
        .copied()
        .collect();
    let found = stand_in::find(&lacking, serving, &villages, question, policy);
    lacking
        .iter()
        .zip(found)
        .map(|(asking, found)| {
            let recorded = refused.get(&asking.village).into_iter().flatten();
            let is_local = |found: &StandIn| found.nearness == Nearness::SameVillage;
            VillageWithout {
                village: asking.village,
                recorded: recorded.copied().collect(),
                proposal: found.filter(is_local).map(|found| found.person),
                nearest: found.filter(|found| !is_local(found)),
            }
        })
        .collect()
}
