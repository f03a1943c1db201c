//! Whether the plan's lines can be, and whether its accounts are what they come to.

use std::collections::BTreeMap;

use grid_model::{AreaId, HouseholdId, PersonId};

use super::wanted::{Asked, DELIVERED, NEED, OVER, Wanted, count};
use super::{LineFlaw, PlanFlaw};
use crate::{
    Bottleneck, LoadLimit, PurchaserLoad, Shortfall, Stage, StageAccount, Supplier, SupplyInput,
    SupplyLine, SupplyPlan, SupplyPolicy, Tier,
};

/// What there is on the day.
pub(super) struct Known<'a> {
    /// Suppliers whose price can be a price, by key.
    pub(super) suppliers: BTreeMap<&'a str, &'a Supplier>,
    /// What each purchaser can carry in a day and why no more, what is delivered, what is wanted.
    pub(super) carriers: BTreeMap<PersonId, Carrier>,
}

#[derive(Clone, Copy)]
pub(super) struct Carrier {
    pub(super) limit: u64,
    pub(super) limited_by: LoadLimit,
    pub(super) delivered: u64,
    pub(super) wanted: u64,
}

impl Carrier {
    pub(super) fn room(&self) -> u64 {
        self.limit.saturating_sub(self.delivered)
    }
}

impl<'a> Known<'a> {
    pub(super) fn of(
        wanted: &BTreeMap<Asked<'_>, Wanted>,
        input: &SupplyInput<'a>,
        policy: &SupplyPolicy,
    ) -> Self {
        let refused_over = crate::plan::MOST_UNIT_COST_FEN;
        let suppliers = input.suppliers.as_of(input.as_of);
        let suppliers = suppliers
            .filter(|held| held.what.unit_cost_fen <= refused_over)
            .map(|held| (held.id, held.what));
        let mut carriers = limits(input, policy);
        for one in wanted.values() {
            let carrier = one.purchaser.as_ref().ok();
            if let Some(carrier) = carrier.and_then(|person| carriers.get_mut(person)) {
                carrier.wanted += count(&one.packets);
                let delivered = one.tiers.values().map(|tier| tier[DELIVERED]);
                carrier.delivered += delivered.sum::<u64>();
            }
        }
        Known {
            suppliers: suppliers.collect(),
            carriers,
        }
    }
}

/// The least that any village's record says a purchaser carries, or what a round has time for.
fn limits(input: &SupplyInput<'_>, policy: &SupplyPolicy) -> BTreeMap<PersonId, Carrier> {
    let mut packets: BTreeMap<PersonId, u64> = BTreeMap::new();
    for serving in &input.purchasers.serving {
        let own = u64::from(serving.packets);
        let least = packets.entry(serving.person).or_insert(own);
        *least = own.min(*least);
    }
    let in_time = u64::from(policy.packets_in_a_round());
    let carrier = |packets: u64| Carrier {
        limit: packets.min(in_time),
        limited_by: if packets <= in_time {
            LoadLimit::Packets
        } else {
            LoadLimit::RoundTime
        },
        delivered: 0,
        wanted: 0,
    };
    let packets = packets.into_iter();
    packets
        .map(|(person, packets)| (person, carrier(packets)))
        .collect()
}

/// What the lines give, added up, and what that leaves.
#[derive(Default)]
pub(super) struct Given<'a> {
    pub(super) to: BTreeMap<Asked<'a>, u64>,
    pub(super) from: BTreeMap<&'a str, u64>,
    pub(super) by: BTreeMap<PersonId, u64>,
    /// Packets of each good left with all its suppliers.
    left: BTreeMap<&'a str, u64>,
}

/// Adds the lines up, if each of them can be.
pub(super) fn add_up<'a>(
    plan: &'a SupplyPlan,
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    known: &Known<'a>,
) -> Result<Given<'a>, PlanFlaw> {
    let mut given = Given::default();
    let mut last: Option<&SupplyLine> = None;
    for line in &plan.lines {
        let flaw = |why| PlanFlaw::Line {
            line: line.clone(),
            why,
        };
        let one = wanted.get(&(line.household, &*line.good));
        let one = one.ok_or_else(|| flaw(LineFlaw::NotWanted))?;
        let supplier = known.suppliers.get(&*line.supplier);
        let supplier = supplier.ok_or_else(|| flaw(LineFlaw::NoSupplier))?;
        let wrong = [
            (line.packets == 0, LineFlaw::Empty),
            (last.is_some_and(|last| last >= line), LineFlaw::OutOfOrder),
            (
                one.purchaser != Ok(line.purchaser),
                LineFlaw::OtherPurchaser,
            ),
            (supplier.good != line.good, LineFlaw::OtherGood),
        ];
        if let Some((_, why)) = wrong.into_iter().find(|(is, _)| *is) {
            return Err(flaw(why));
        }
        last = Some(line);
        let add = |to: &mut u64| *to = to.saturating_add(line.packets);
        add(given.to.entry((line.household, &line.good)).or_insert(0));
        add(given.from.entry(&line.supplier).or_insert(0));
        add(given.by.entry(line.purchaser).or_insert(0));
    }
    within(&given, wanted, known)?;
    for (id, &of) in &known.suppliers {
        let left = u64::from(of.stock) - given.from.get(id).copied().unwrap_or(0);
        *given.left.entry(&of.good).or_insert(0) += left;
    }
    Ok(given)
}

/// Nothing passes a need, a stock or a load.
fn within(
    given: &Given<'_>,
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    known: &Known<'_>,
) -> Result<(), PlanFlaw> {
    for (&(household, good), &planned) in &given.to {
        let most = wanted
            .get(&(household, good))
            .map_or(0, |one| count(&one.packets));
        if planned > most {
            return Err(PlanFlaw::TooMuch {
                household,
                good: good.into(),
                planned,
                most,
            });
        }
    }
    for (&supplier, &given) in &given.from {
        let stock = known
            .suppliers
            .get(supplier)
            .map_or(0, |of| u64::from(of.stock));
        if given > stock {
            return Err(PlanFlaw::OverStock {
                supplier: supplier.into(),
                given,
                stock,
            });
        }
    }
    for (&person, &carried) in &given.by {
        let room = known.carriers.get(&person).map_or(0, Carrier::room);
        if carried > room {
            return Err(PlanFlaw::OverLoad {
                person,
                carried,
                room,
            });
        }
    }
    Ok(())
}

/// Every account of the plan is what its lines come to.
pub(super) fn follow(
    plan: &SupplyPlan,
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    known: &Known<'_>,
    given: &Given<'_>,
) -> Result<(), PlanFlaw> {
    let shortfalls = shortfalls(wanted, known, given);
    let cost = given.from.iter().map(|(supplier, &packets)| {
        let of = known.suppliers.get(supplier);
        u128::from(packets) * u128::from(of.map_or(0, |of| of.unit_cost_fen))
    });
    let parts = [
        ("shortfalls", plan.shortfalls == shortfalls),
        ("stocks", stocks_follow(plan, known, given)),
        ("loads", loads_follow(plan, known, given)),
        ("tiers", tiers_follow(plan, wanted, given, &shortfalls)),
        ("stages", stages_follow(plan, wanted, given, &shortfalls)),
        ("shortages", shortages_follow(plan, wanted, known, given)),
        ("costs", plan.cost_fen == cost.sum::<u128>()),
    ];
    match parts.into_iter().find(|(_, follows)| !follows) {
        Some((part, _)) => Err(PlanFlaw::Part { part }),
        None => Ok(()),
    }
}

/// What each household lacks, and why: of stock and load, what is full.
fn shortfalls(
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    known: &Known<'_>,
    given: &Given<'_>,
) -> Vec<Shortfall> {
    let mut short: BTreeMap<(HouseholdId, &str, Tier, Stage, Bottleneck), u64> = BTreeMap::new();
    for (&(household, good), one) in wanted {
        let got = given.to.get(&(household, good)).copied().unwrap_or(0);
        let got = usize::try_from(got).unwrap_or(usize::MAX);
        for &(tier, level) in one.packets.iter().skip(got) {
            let why = bottleneck(one, good, known, given);
            let key = (household, good, tier, level.stage, why);
            *short.entry(key).or_insert(0) += 1;
        }
        for (&tier, numbers) in &one.tiers {
            if numbers[OVER] > 0 {
                let why = Bottleneck::OverAssessedNeed;
                let key = (household, good, tier, Stage::Tier(tier), why);
                *short.entry(key).or_insert(0) += numbers[OVER];
            }
        }
    }
    let short = short.into_iter();
    let mut shortfalls: Vec<Shortfall> = short
        .map(
            |((household, good, tier, stage, bottleneck), packets)| Shortfall {
                household,
                good: good.into(),
                tier,
                stage,
                packets,
                bottleneck,
            },
        )
        .collect();
    shortfalls.sort();
    shortfalls
}

fn bottleneck(one: &Wanted, good: &str, known: &Known<'_>, given: &Given<'_>) -> Bottleneck {
    let person = match &one.purchaser {
        Ok(person) => *person,
        Err(why) => return why.clone(),
    };
    let used_up = left_of(good, given) == 0;
    let carrier = known.carriers.get(&person);
    let full = carrier.filter(|_| spare(person, known, given) == 0);
    match (used_up, full.map(|carrier| carrier.limited_by)) {
        (true, Some(limit)) => Bottleneck::StockAndCarrying {
            good: good.into(),
            person,
            limit,
        },
        (false, Some(limit)) => Bottleneck::Carrying { person, limit },
        (_, None) => Bottleneck::Stock { good: good.into() },
    }
}

/// Packets of a good left with all its suppliers.
fn left_of(good: &str, given: &Given<'_>) -> u64 {
    given.left.get(good).copied().unwrap_or(0)
}

/// Packets a purchaser can still carry beside the plan.
fn spare(person: PersonId, known: &Known<'_>, given: &Given<'_>) -> u64 {
    let room = known.carriers.get(&person).map_or(0, Carrier::room);
    room - given.by.get(&person).copied().unwrap_or(0).min(room)
}

fn stocks_follow(plan: &SupplyPlan, known: &Known<'_>, given: &Given<'_>) -> bool {
    let stocks = plan
        .stocks
        .iter()
        .map(|of| (&*of.supplier, (&of.offer, of.used)));
    let come_to = known.suppliers.iter().map(|(&id, &of)| {
        let used = given.from.get(id).copied().unwrap_or(0);
        (id, (of, used))
    });
    stocks.eq(come_to)
}

fn loads_follow(plan: &SupplyPlan, known: &Known<'_>, given: &Given<'_>) -> bool {
    let come_to = known.carriers.iter().map(|(&person, of)| PurchaserLoad {
        person,
        limit: of.limit,
        limited_by: of.limited_by,
        delivered: of.delivered,
        wanted: of.wanted,
        planned: given.by.get(&person).copied().unwrap_or(0),
    });
    plan.loads.iter().copied().eq(come_to)
}

/// What is served of everything wanted, packet by packet.
pub(super) fn served<'a>(
    wanted: &'a BTreeMap<Asked<'a>, Wanted>,
    given: &'a Given<'_>,
) -> impl Iterator<Item = (Tier, Stage)> + 'a {
    wanted.iter().flat_map(|(&(household, good), one)| {
        let got = given.to.get(&(household, good)).copied().unwrap_or(0);
        let got = usize::try_from(got).unwrap_or(usize::MAX);
        let served = one.packets.iter().take(got);
        served.map(|&(tier, level)| (tier, level.stage))
    })
}

fn tiers_follow(
    plan: &SupplyPlan,
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    given: &Given<'_>,
    shortfalls: &[Shortfall],
) -> bool {
    let each = plan.tiers.iter().zip(Tier::ALL).all(|(account, &tier)| {
        let sum = |number: usize| -> u64 {
            let of_tier = wanted.values().filter_map(|one| one.tiers.get(&tier));
            of_tier.map(|numbers| numbers[number]).sum()
        };
        let planned = served(wanted, given).filter(|&(of, _)| of == tier).count();
        let short = shortfalls.iter().filter(|short| short.tier == tier);
        account.tier == tier
            && account.need == sum(NEED)
            && account.delivered == sum(DELIVERED)
            && usize::try_from(account.planned) == Ok(planned)
            && account.short == short.map(|short| short.packets).sum::<u64>()
    });
    each && plan.tiers.len() == Tier::ALL.len()
}

fn stages_follow(
    plan: &SupplyPlan,
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    given: &Given<'_>,
    shortfalls: &[Shortfall],
) -> bool {
    let come_to = Stage::ALL.map(|stage| {
        let mut bottlenecks: BTreeMap<&Bottleneck, u64> = BTreeMap::new();
        for short in shortfalls.iter().filter(|short| short.stage == stage) {
            *bottlenecks.entry(&short.bottleneck).or_insert(0) += short.packets;
        }
        let planned = served(wanted, given).filter(|&(_, of)| of == stage).count();
        StageAccount {
            stage,
            planned: u64::try_from(planned).unwrap_or(u64::MAX),
            short: bottlenecks.values().sum(),
            bottlenecks: bottlenecks
                .into_iter()
                .map(|(why, of)| (why.clone(), of))
                .collect(),
        }
    });
    plan.stages == come_to
}

/// What is said of villages is what their households lack.
fn shortages_follow(
    plan: &SupplyPlan,
    wanted: &BTreeMap<Asked<'_>, Wanted>,
    known: &Known<'_>,
    given: &Given<'_>,
) -> bool {
    let mut short: BTreeMap<(&str, Option<AreaId>, &Bottleneck), (u64, u64)> = BTreeMap::new();
    for lacking in &plan.shortfalls {
        let asked = (lacking.household, &*lacking.good);
        let Some(one) = wanted.get(&asked) else {
            return false;
        };
        let can_carry = one.purchaser.as_ref().map(|&of| spare(of, known, given));
        let key = (&*lacking.good, one.village, &lacking.bottleneck);
        let of_village = short.entry(key).or_insert((0, can_carry.unwrap_or(0)));
        of_village.0 += lacking.packets;
    }
    let come_to = short
        .into_iter()
        .map(|((good, village, why), (packets, can_carry))| {
            let in_stock = left_of(good, given);
            (good, village, why, packets, can_carry, in_stock)
        });
    let said = plan.shortages.iter().map(|of| {
        let (good, why) = (&*of.good, &of.bottleneck);
        (good, of.village, why, of.packets, of.can_carry, of.in_stock)
    });
    said.eq(come_to)
}
