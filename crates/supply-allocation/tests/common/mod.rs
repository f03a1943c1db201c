//! Small days to share goods on, and the slow way to share them.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test file uses its own part of what is common, and may stop at a surprise"
)]

pub mod oracle;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AreaId, AsOf, HouseholdId, Ledger, PersonId, Record, Recorded};
use proptest::prelude::{Strategy, prop};
use supply_allocation::*;

pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 29).unwrap()
}

/// An instant so many days before the day, at an hour.
pub fn at(days_before: i64, hour: u32) -> NaiveDateTime {
    let then = day() - chrono::Duration::days(days_before);
    then.and_hms_opt(hour, 0, 0).unwrap()
}

pub fn household(number: usize) -> HouseholdId {
    HouseholdId::from_index(number).unwrap()
}

pub fn person(number: usize) -> PersonId {
    PersonId::from_index(number).unwrap()
}

pub fn village(number: usize) -> AreaId {
    AreaId::from_index(number).unwrap()
}

/// A ledger of rows with ids 00, 01 and so on.
pub fn ledger<T: Record + std::fmt::Debug>(rows: Vec<T>) -> Ledger<T> {
    let numbered = rows.into_iter().enumerate();
    let rows = numbered.map(|(number, what)| Recorded::new(format!("{number:02}"), what));
    let (ledger, refused) = Ledger::build(rows.collect());
    assert_eq!(refused, []);
    ledger
}

/// The place of rice among the goods.
pub const RICE: usize = 1;
/// The place of the last tier.
pub const EVERYONE: usize = 3;

pub const GOODS: [&str; 3] = ["oil", "rice", "vegetables"];

/// A day in numbers: households `h` of villages `v`, whose purchaser is person `v`.
#[derive(Clone, Debug)]
pub struct Case {
    /// Village and number of people, household by household.
    pub households: Vec<(usize, u32)>,
    /// What each village's purchaser can carry.
    pub limits: Vec<u32>,
    /// Good, stock and price.
    pub suppliers: Vec<(usize, u32, u64)>,
    /// Household, good, tier, need, delivered on the day, received before.
    pub demand: Vec<(usize, usize, usize, u64, u64, u64)>,
}

impl Case {
    pub fn demand_lines(&self) -> Vec<DemandLine> {
        let lines = self.demand.iter();
        lines
            .map(
                |&(of, good, tier, need, delivered, received_before)| DemandLine {
                    household: household(of),
                    good: GOODS[good].into(),
                    tier: Tier::ALL[tier],
                    need,
                    carried_over: 0,
                    waiting_since: at(0, 9),
                    delivered,
                    received_before,
                },
            )
            .collect()
    }

    pub fn suppliers(&self) -> Ledger<Supplier> {
        let rows = self.suppliers.iter();
        let rows = rows.map(|&(good, stock, unit_cost_fen)| Supplier {
            good: GOODS[good].into(),
            stock,
            unit_cost_fen,
        });
        ledger(rows.collect())
    }

    pub fn columns(&self) -> Households {
        let (villages, people) = self.households.iter().copied().unzip::<_, _, Vec<_>, _>();
        Households {
            village: villages.into_iter().map(|of| Some(village(of))).collect(),
            people,
            infants: vec![],
        }
    }

    pub fn purchasers(&self) -> PurchaserReport {
        let rows = self.limits.iter().enumerate();
        let rows = rows.map(|(of, &packets)| Purchaser {
            person: person(of),
            area: village(of),
            from: at(10, 0),
            until: None,
            packets,
        });
        let question = PurchaserQuestion {
            as_of: AsOf::on(day()),
            villages: &[],
            under_observation: &BTreeSet::new(),
            not_here: &BTreeSet::new(),
            candidates: &[],
        };
        purchasers(
            &ledger(rows.collect()),
            &question,
            &SupplyPolicy::tengchong_2020(),
        )
    }

    /// Plans the day and checks the plan against its proof.
    pub fn plan(&self, policy: &SupplyPolicy) -> SupplyPlan {
        self.plan_with(&self.purchasers(), policy)
    }

    /// The same with other purchasers.
    pub fn plan_with(&self, purchasers: &PurchaserReport, policy: &SupplyPolicy) -> SupplyPlan {
        self.ask(purchasers, &self.demand_lines(), |input| {
            let plan = allocate(input, policy).unwrap();
            assert_eq!(verify(&plan, input, policy), Ok(()));
            plan
        })
    }

    /// Checks a plan of the day.
    pub fn check(&self, plan: &SupplyPlan, policy: &SupplyPolicy) -> Result<(), PlanFlaw> {
        self.ask(&self.purchasers(), &self.demand_lines(), |input| {
            verify(plan, input, policy)
        })
    }

    /// Asks something of the day's input, with lines of demand as they are given.
    pub fn ask<T>(
        &self,
        purchasers: &PurchaserReport,
        demand: &[DemandLine],
        question: impl FnOnce(&SupplyInput<'_>) -> T,
    ) -> T {
        question(&SupplyInput {
            as_of: AsOf::on(day()),
            demand,
            suppliers: &self.suppliers(),
            households: &self.columns(),
            purchasers,
        })
    }
}

/// Packets planned for a household, of a good.
pub fn planned(plan: &SupplyPlan, of: usize, good: usize) -> u64 {
    let lines = plan.lines.iter();
    lines
        .filter(|line| line.household == household(of) && *line.good == *GOODS[good])
        .map(|line| line.packets)
        .sum()
}

/// The preset with smaller households, which exhaustive search can follow.
pub fn policy() -> SupplyPolicy {
    let mut policy = SupplyPolicy::tengchong_2020();
    policy.packets_per_household = 6;
    policy
}

/// Households of one village that each ask for so much rice.
pub fn one_village(asked: &[u64], stock: u32, limit: u32) -> Case {
    Case {
        households: vec![(0, 4); asked.len()],
        limits: vec![limit],
        suppliers: vec![(RICE, stock, 3_000)],
        demand: (0..)
            .zip(asked)
            .map(|(of, &need)| (of, RICE, EVERYONE, need, 0, 0))
            .collect(),
    }
}

/// Days small enough for exhaustive search.
pub fn small_cases() -> impl Strategy<Value = Case> {
    let households = prop::collection::vec((0..2usize, 1..3u32), 1..5);
    let limits = prop::collection::vec(0..7u32, 2);
    let suppliers = prop::collection::vec((0..3usize, 0..4u32, 1..6u64), 0..5);
    (households, limits, suppliers).prop_flat_map(|(households, limits, suppliers)| {
        let line = (
            0..households.len(),
            0..3usize,
            0..4usize,
            1..4u64,
            0..2u64,
            0..2u64,
        );
        prop::collection::vec(line, 0..6).prop_map(move |mut demand| {
            // One line a household, good and tier; what was received is of household and good.
            demand.sort_unstable();
            demand.dedup_by_key(|line| (line.0, line.1, line.2));
            for at in 1..demand.len() {
                if (demand[at].0, demand[at].1) == (demand[at - 1].0, demand[at - 1].1) {
                    demand[at].5 = demand[at - 1].5;
                }
            }
            Case {
                households: households.clone(),
                limits: limits.clone(),
                suppliers: suppliers.clone(),
                demand,
            }
        })
    })
}
