//! 菜篮子: what is needed, who buys and carries it, and what it costs.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AreaId, AsOf, PersonId, Snapshot};
use supply_allocation::{
    BalanceQuestion, Candidate, DemandLine, DemandQuestion, GoodsBalance, Households, LapsedOrder,
    PriceQuestion, PriceReport, PurchaserChange, PurchaserQuestion, PurchaserReport,
    SellerComplaints, SellerQuality, SupplyError, SupplyInput, SupplyPlan, VillageAsking, allocate,
    balance_of_day, complaints_of_day, demand_of_day, price_report, purchasers, quality_report,
};

use crate::{Policy, Records};

/// What supply answers of a day.
#[derive(Clone, Debug)]
pub struct BasketDay {
    /// What each household needs today.
    pub demand: Vec<DemandLine>,
    /// Orders that closed last night and were not brought in full.
    pub lapsed: Vec<LapsedOrder>,
    /// Who serves which village.
    pub purchasers: PurchaserReport,
    /// Villages where another serves than would if nobody were under observation or away, or
    /// nobody does.
    pub replaced: Vec<PurchaserChange>,
    /// Which goods go to whom, and what falls short; or why nothing could be added up.
    pub plan: Result<SupplyPlan, SupplyError>,
    /// What was carried to doors today, and what became of it, by village and good.
    pub balance: Vec<GoodsBalance>,
    /// Prices against their baselines.
    pub prices: PriceReport,
    /// Complaints of the day by seller.
    pub complaints: Vec<SellerComplaints>,
    /// Complaints of the last days by seller and kind.
    pub quality: Vec<SellerQuality>,
    /// Each household's village and size, as the plan used them.
    pub households: Households,
}

impl BasketDay {
    /// Packets needed and filled today by natural village, where anything was needed.
    pub fn by_village(&self) -> BTreeMap<Option<AreaId>, (u64, u64)> {
        let mut villages: BTreeMap<Option<AreaId>, (u64, u64)> = BTreeMap::new();
        for line in &self.demand {
            let village = villages
                .entry(self.households.village_of(line.household))
                .or_default();
            village.0 += line.need;
            village.1 += line.delivered;
        }
        for line in self.plan.iter().flat_map(|plan| &plan.lines) {
            villages
                .entry(self.households.village_of(line.household))
                .or_default()
                .1 += line.packets;
        }
        villages
    }
}

/// Asks `supply-allocation` of a day. Who must stay at home carries nothing.
pub fn basket(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    under_observation: &BTreeSet<PersonId>,
) -> BasketDay {
    let as_of = town.as_of;
    let households = Households::of(town);
    let asked = DemandQuestion {
        as_of,
        orders: &records.demand,
        deliveries: &records.deliveries,
        households: &households,
    };
    let demand = demand_of_day(&asked, &policy.supply);
    let (serving, replaced) = carriers(town, records, policy, under_observation, &demand.open);
    let input = SupplyInput {
        as_of,
        demand: &demand.open,
        suppliers: &records.suppliers,
        households: &households,
        purchasers: &serving,
    };
    let seen = PriceQuestion {
        as_of,
        prices: &records.prices,
        suppliers: &records.suppliers,
    };
    let watched = &policy.supply;
    BasketDay {
        plan: allocate(&input, watched),
        balance: balance(records, &households, as_of, policy),
        prices: price_report(&seen, &watched.prices),
        complaints: complaints_of_day(&records.complaints, as_of),
        quality: quality_report(
            &records.complaints,
            &records.prices,
            as_of,
            &watched.quality,
        ),
        replaced,
        purchasers: serving,
        demand: demand.open,
        lapsed: demand.lapsed,
        households,
    }
}

/// Who carries for which village today, and where that is not who was appointed.
fn carriers(
    town: &Snapshot<'_>,
    records: &Records,
    policy: &Policy,
    under_observation: &BTreeSet<PersonId>,
    demand: &[DemandLine],
) -> (PurchaserReport, Vec<PurchaserChange>) {
    let (villages, candidates) = (villages(town, demand), candidates(town));
    let not_here = town
        .people()
        .filter(|(_, person)| !person.is_here())
        .map(|(person, _)| person)
        .collect();
    let question = PurchaserQuestion {
        as_of: town.as_of,
        villages: &villages,
        under_observation,
        not_here: &not_here,
        candidates: &candidates,
    };
    let serving = purchasers(&records.purchasers, &question, &policy.supply);
    let replaced = serving.changes_since(&as_appointed(records, &question, policy));
    (serving, replaced)
}

/// Who would serve if nobody were under observation or away: a change from that is one that the
/// day itself makes, whatever evening it is asked on.
fn as_appointed(
    records: &Records,
    question: &PurchaserQuestion<'_>,
    policy: &Policy,
) -> PurchaserReport {
    let nobody = BTreeSet::new();
    let all_free = PurchaserQuestion {
        villages: &[],
        under_observation: &nobody,
        not_here: &nobody,
        ..*question
    };
    purchasers(&records.purchasers, &all_free, &policy.supply)
}

/// No receipts and no counts of an evening are recorded: what was carried is what is balanced.
fn balance(
    records: &Records,
    households: &Households,
    as_of: AsOf,
    policy: &Policy,
) -> Vec<GoodsBalance> {
    let question = BalanceQuestion {
        as_of,
        deliveries: &records.deliveries,
        households,
        bought: &[],
        stock: &[],
    };
    balance_of_day(&question, &policy.supply)
}

/// Natural villages with households that someone lives in, each with what is still to be carried
/// there today.
fn villages(town: &Snapshot<'_>, demand: &[DemandLine]) -> Vec<VillageAsking> {
    let mut packets: BTreeMap<AreaId, u64> = BTreeMap::new();
    for (_, household) in town.households() {
        if household.must_be_screened() {
            let village = town.natural_village(household.area);
            packets.extend(village.map(|village| (village, 0)));
        }
    }
    for line in demand {
        let area = town
            .household(line.household)
            .map(|household| household.area);
        let village = area.and_then(|area| town.natural_village(area));
        if let Some(packets) = village.and_then(|village| packets.get_mut(&village)) {
            *packets += line.open();
        }
    }
    let asking = |(village, packets)| VillageAsking {
        village,
        community: town.community(village),
        packets,
    };
    packets.into_iter().map(asking).collect()
}

/// Who could be asked to purchase: the staff, each for the village they live in.
fn candidates(town: &Snapshot<'_>) -> Vec<Candidate> {
    let candidate = |person| {
        let village = town.natural_village(town.area_of(person)?)?;
        Some(Candidate { village, person })
    };
    let staff: BTreeSet<PersonId> = town.staff().map(|held| held.what.person).collect();
    staff.into_iter().filter_map(candidate).collect()
}
