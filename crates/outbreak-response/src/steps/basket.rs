//! 菜篮子: what is needed, who buys and carries it, and what it costs.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AreaId, PersonId, Snapshot};
use supply_allocation::{
    Candidate, DemandLine, Households, PriceReport, PurchaserQuestion, PurchaserReport,
    SellerComplaints, SupplyError, SupplyInput, SupplyPlan, allocate, complaints_of_day,
    open_demand, price_report, purchasers,
};

use crate::{Policy, Records};

/// What supply answers of a day.
#[derive(Clone, Debug)]
pub struct BasketDay {
    /// What each household needs today.
    pub demand: Vec<DemandLine>,
    /// Who serves which village.
    pub purchasers: PurchaserReport,
    /// Which goods go to whom, and what falls short; or why nothing could be added up.
    pub plan: Result<SupplyPlan, SupplyError>,
    /// Prices against their baselines.
    pub prices: PriceReport,
    /// Complaints of the day by seller.
    pub complaints: Vec<SellerComplaints>,
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
    let demand = open_demand(&records.demand, &records.deliveries, as_of, &policy.supply);
    let households = Households::of(town);
    let villages = villages_with_households(town);
    let not_here = town
        .people()
        .filter(|(_, person)| !person.is_here())
        .map(|(person, _)| person)
        .collect();
    let candidates = candidates(town);
    let question = PurchaserQuestion {
        as_of,
        villages: &villages,
        under_observation,
        not_here: &not_here,
        candidates: &candidates,
    };
    let purchasers = purchasers(&records.purchasers, &question);
    let input = SupplyInput {
        as_of,
        demand: &demand,
        suppliers: &records.suppliers,
        households: &households,
        purchasers: &purchasers,
    };
    let plan = allocate(&input, &policy.supply);
    BasketDay {
        plan,
        prices: price_report(&records.prices, as_of, &policy.supply.prices),
        complaints: complaints_of_day(&records.complaints, as_of),
        demand,
        purchasers,
        households,
    }
}

fn villages_with_households(town: &Snapshot<'_>) -> Vec<AreaId> {
    let of_household = |area| town.natural_village(area);
    let villages: BTreeSet<AreaId> = town
        .households()
        .filter(|(_, household)| household.must_be_screened())
        .filter_map(|(_, household)| of_household(household.area))
        .collect();
    villages.into_iter().collect()
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
