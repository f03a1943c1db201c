//! Who buys and carries for each natural village.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use grid_model::{AreaId, AsOf, Ledger, PersonId};

use crate::Purchaser;

/// What must be known to say who serves a village on a day.
#[derive(Clone, Copy, Debug)]
pub struct PurchaserQuestion<'a> {
    /// Of which day, as known when.
    pub as_of: AsOf,
    /// The natural villages with households, in any order.
    pub villages: &'a [AreaId],
    /// People under observation: who must stay at home carries nothing.
    pub under_observation: &'a BTreeSet<PersonId>,
    /// People who are not in the township.
    pub not_here: &'a BTreeSet<PersonId>,
    /// Who could be asked, with the village each lives in.
    pub candidates: &'a [Candidate],
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
/// last appointed serves, then the greater key. Time: n log n in records and villages.
#[must_use]
pub fn purchasers(
    records: &Ledger<Purchaser>,
    question: &PurchaserQuestion<'_>,
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
    PurchaserReport {
        serving: serving.collect(),
        without: villages_without(&best, &refused, question),
    }
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
    serving: &BTreeMap<AreaId, (NaiveDateTime, PersonId, u32)>,
    refused: &BTreeMap<AreaId, BTreeSet<(PersonId, NotServing)>>,
    question: &PurchaserQuestion<'_>,
) -> Vec<VillageWithout> {
    let mut taken: BTreeSet<PersonId> = serving.values().map(|&(_, person, _)| person).collect();
    let candidates: BTreeSet<Candidate> = question.candidates.iter().copied().collect();
    let mut locals: BTreeMap<AreaId, Vec<PersonId>> = BTreeMap::new();
    for candidate in candidates {
        let who = candidate.person;
        if !question.under_observation.contains(&who) && !question.not_here.contains(&who) {
            locals.entry(candidate.village).or_default().push(who);
        }
    }
    let villages: BTreeSet<AreaId> = question.villages.iter().copied().collect();
    let lacking = villages
        .into_iter()
        .filter(|village| !serving.contains_key(village));
    lacking
        .map(|village| {
            let mut local = locals.get(&village).into_iter().flatten();
            let recorded = refused.get(&village).into_iter().flatten();
            VillageWithout {
                village,
                recorded: recorded.copied().collect(),
                proposal: local.find(|who| taken.insert(**who)).copied(),
            }
        })
        .collect()
}
