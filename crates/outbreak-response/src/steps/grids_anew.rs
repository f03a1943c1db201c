//! 网格子, divided anew when a lead or a doctor falls under quarantine.

use std::collections::BTreeSet;

use grid_model::division::{
    Balance, BalanceError, Candidates, Division, DivisionError, DivisionQuestion, PlanFlaw,
    Redivision, StandingGrid, Territory, candidates, redivide, standing_grids,
};
use grid_model::{PersonId, Role, Snapshot};
use thiserror::Error;

/// How large grids may be, how many one person may answer for, and how long is searched.
///
/// Which areas touch is in no table of a township, so the day does not ask this by itself: whoever
/// knows the ways builds a [`Territory`] and asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DivisionPolicy {
    /// The fewest households of a grid.
    pub least_households: u32,
    /// The most.
    pub most_households: u32,
    /// How many grids a lead may answer for.
    pub lead_most_grids: u32,
    /// How many grids a doctor may be shared by.
    pub doctor_most_grids: u32,
    /// The steps a search may take: see [`DivisionQuestion::steps`].
    pub steps: u64,
    /// The seed of the search.
    pub seed: u64,
}

/// Why grids could not be divided anew.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GridsAnewError {
    /// The policy's bounds leave no size, or no standing grid has a place.
    #[error(transparent)]
    Balance(#[from] BalanceError),
    /// Travel could not be summed.
    #[error(transparent)]
    Division(#[from] DivisionError),
}

/// Grids as they are proposed once someone has dropped out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridsAnew {
    /// Leads and doctors of standing grids who are not available, in the order of keys.
    pub dropped_out: Vec<PersonId>,
    /// The grids as they stand, by [`grid_model::GridId::index`].
    pub standing: Vec<StandingGrid>,
    /// Who may lead. Whoever stands without a known place is replaced like one who dropped out.
    pub leads: Candidates,
    /// Who may be a doctor.
    pub doctors: Candidates,
    /// The answer.
    pub redivision: Redivision,
    policy: DivisionPolicy,
}

/// Divides the grids anew with the least change, if a lead or a doctor of one is not available;
/// nothing where everybody is.
///
/// Every appointed lead and doctor who is available may take over, whether a grid is theirs or not.
/// What is found is a proposal: it becomes fact when the caller records it.
///
/// ```
/// use chrono::NaiveDate;
/// use outbreak_response::grid_model::division::{NeighbourRow, Neighbours, Territory};
/// use outbreak_response::grid_model::{
///     AreaLevel, AreaRow, AsOf, GridAreaRow, GridRow, Household, Ledger, Person, Recorded, Role,
///     Staff, TownshipBuilder,
/// };
/// use outbreak_response::quarantine_rules::{Measure, OrderEvent, OrderEventKind};
/// use outbreak_response::steps::{DivisionPolicy, grids_anew};
/// use outbreak_response::{Policy, Records, day};
///
/// // Two villages, a grid and a lead each; a third lead and the doctor live in the first.
/// let mut builder = TownshipBuilder::new();
/// for (area, grid) in [("V1", "G1"), ("V2", "G2")] {
///     builder.area(AreaRow {
///         id: area.into(), parent: None, level: AreaLevel::NaturalVillage,
///         name_zh: String::new(), name_en: String::new(),
///     });
///     builder.grid(GridRow { id: grid.into(), name_zh: String::new(), name_en: String::new() });
///     builder.grid_area(GridAreaRow { grid: grid.into(), area: area.into() });
/// }
/// for (person, area, role, grid) in [
///     ("P1", "V1", Role::GridLead, Some("G1")), ("P2", "V2", Role::GridLead, Some("G2")),
///     ("P3", "V1", Role::GridLead, None), ("P4", "V1", Role::Doctor, Some("G1")),
/// ] {
///     let home = format!("H-{person}");
///     builder.household(Recorded::new(home.clone(), Household { area: area.to_owned(), presence: None }));
///     builder.person(Recorded::new(person, Person {
///         household: Some(home), birth_year: None, sex: None, presence: None, away_at: None,
///         conditions: Box::new([]),
///     }));
///     builder.staff(Recorded::new(format!("S-{person}"), Staff {
///         person: person.to_owned(), role, work_group: None, grid: grid.map(str::to_owned),
///     }));
/// }
/// let township = builder.build()?;
/// let person = |key| township.person(key).unwrap();
///
/// // The lead of the second grid is ordered to stay at home.
/// let on = |day| NaiveDate::from_ymd_opt(2020, 2, day).unwrap();
/// let order = OrderEvent {
///     person: person("P2"), at: on(5).and_hms_opt(9, 0, 0).unwrap(), event: OrderEventKind::Ordered,
///     measure: Some(Measure::HomeObservation), place: Some("home".into()), counted_from: Some(on(5)),
///     until: Some(on(19)), clause: None, ordered_by: None,
/// };
/// let (orders, _) = Ledger::build(vec![Recorded::new("O1", order)]);
/// let records = Records { orders, ..Records::default() };
/// let (policy, evening) = (Policy::tengchong_2020()?, AsOf::on(on(5)));
/// let found = day(&township, &records, &policy, evening);
///
/// let way = NeighbourRow { one: "V1".to_owned(), other: "V2".to_owned(), minutes: 25 };
/// let (neighbours, _) = Neighbours::build(vec![way], township.areas());
/// let town = township.at(evening);
/// let territory = Territory::of(&town, &neighbours, &AreaLevel::NaturalVillage)?;
/// let how = DivisionPolicy {
///     least_households: 1, most_households: 4, lead_most_grids: 1, doctor_most_grids: 2,
///     steps: 100_000, seed: 1,
/// };
/// let held = found.quarantine.held_now(evening, &policy);
/// let anew = grids_anew(&town, &territory, &how, &held)?.expect("a lead is under quarantine");
/// assert_eq!(anew.dropped_out, [person("P2")]);
/// let plan = anew.redivision.division.plan().expect("the third lead takes over");
/// anew.verify(&territory)?;
/// // No border moves, the first grid keeps its lead, the doctor serves both.
/// assert_eq!(plan.quality.moved, 0);
/// assert_eq!((plan.grids[0].lead, plan.grids[1].lead), (person("P1"), person("P3")));
/// assert_eq!(plan.grids[1].doctor, person("P4"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`GridsAnewError`] where no standing grid has a place, the bounds leave no size, or travel cannot
/// be summed.
pub fn grids_anew(
    town: &Snapshot<'_>,
    territory: &Territory,
    policy: &DivisionPolicy,
    not_available: &BTreeSet<PersonId>,
) -> Result<Option<GridsAnew>, GridsAnewError> {
    let standing = standing_grids(town, territory);
    let staff = standing.iter().flat_map(|grid| [grid.lead, grid.doctor]);
    let staff: BTreeSet<PersonId> = staff.flatten().collect();
    let dropped_out: Vec<PersonId> = staff.intersection(not_available).copied().collect();
    if dropped_out.is_empty() {
        return Ok(None);
    }
    let inhabited = standing.iter().filter(|grid| !grid.areas.is_empty());
    let grids = u32::try_from(inhabited.count()).unwrap_or(u32::MAX);
    let balance = Balance::new(grids, policy.least_households, policy.most_households)?;
    let leads = candidates(town, Role::GridLead, policy.lead_most_grids, not_available);
    let doctors = candidates(town, Role::Doctor, policy.doctor_most_grids, not_available);
    let question = DivisionQuestion {
        territory,
        balance,
        leads: &leads.known,
        doctors: &doctors.known,
        steps: policy.steps,
        seed: policy.seed,
    };
    let redivision = redivide(&question, &standing)?;
    Ok(Some(GridsAnew {
        dropped_out,
        standing,
        leads,
        doctors,
        redivision,
        policy: *policy,
    }))
}

impl GridsAnew {
    /// The question that was answered, of the territory that was asked about.
    pub fn question<'a>(&'a self, territory: &'a Territory) -> DivisionQuestion<'a> {
        DivisionQuestion {
            territory,
            balance: self.redivision.balance,
            leads: &self.leads.known,
            doctors: &self.doctors.known,
            steps: self.policy.steps,
            seed: self.policy.seed,
        }
    }

    /// Checks the plan, if there is one, without trusting the search.
    ///
    /// # Errors
    /// The first flaw found.
    pub fn verify(&self, territory: &Territory) -> Result<(), PlanFlaw> {
        match &self.redivision.division {
            Division::Plan(plan) => plan.verify(&self.question(territory), &self.standing),
            Division::Impossible(_) | Division::NotFound(_) => Ok(()),
        }
    }
}
