//! Who may leave for work: completed, not merely unquarantined today.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use grid_model::{AreaId, AsOf, Ledger, PersonId, words};

use crate::{JobPolicy, Permit, PermitLevel};

words! {
    /// How a person's last quarantine or observation stands.
    pub enum OrderStanding {
        /// There never was an order.
        NeverOrdered = "never_ordered",
        /// It ran its course.
        Completed = "completed",
        /// It runs, or one is proposed.
        Running = "running",
        /// It was broken, or ended before its course.
        EndedOtherwise = "ended_otherwise",
        /// Nobody knows.
        NotKnown = "not_known",
    }
}

/// A person who seeks work, as the room is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Worker {
    /// Who.
    pub person: PersonId,
    /// In which community.
    pub community: Option<AreaId>,
    /// How the person's last order stands.
    pub order: OrderStanding,
    /// Whether someone still asks if the person is a contact of a case.
    pub has_open_inquiry: bool,
    /// This morning's temperature in tenths of a degree.
    pub temperature_tenths: Option<u16>,
}

words! {
    /// Why a person may not leave for work, or a vacancy is left out.
    pub enum Hindrance {
        /// The order did not run its course.
        OrderNotCompleted = "order_not_completed",
        /// Whether there is an order is not known.
        OrderNotKnown = "order_not_known",
        /// A contact inquiry is open.
        ContactInquiryOpen = "contact_inquiry_open",
        /// No temperature was taken this morning.
        NoTemperature = "no_temperature",
        /// This morning's temperature is at or over the threshold.
        Fever = "fever",
        /// The village gave no permit that is valid today.
        NoVillagePermit = "no_village_permit",
        /// The township gave none.
        NoTownshipPermit = "no_township_permit",
        /// The city gave none.
        NoCityPermit = "no_city_permit",
        /// Nobody is sent to a place of that risk.
        DestinationRefused = "destination_refused",
        /// The risk of the place is not known.
        DestinationRiskNotKnown = "destination_risk_not_known",
        /// No work pays as much as the vacancy says.
        WageNotCredible = "wage_not_credible",
    }
}

/// What an employer learns: who is cleared, on which day, and nothing of what was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmployerNotice {
    /// Who.
    pub person: PersonId,
    /// The day of the clearance, which is no day of any order.
    pub cleared_on: NaiveDate,
}

/// Whether a person may leave on a day, with everything that hinders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clearance {
    /// Who.
    pub person: PersonId,
    /// Of which day.
    pub day: NaiveDate,
    /// Every condition that is not met; none where the person is cleared.
    pub hindrances: Vec<Hindrance>,
}

impl Clearance {
    /// Whether the person may leave.
    pub fn is_cleared(&self) -> bool {
        self.hindrances.is_empty()
    }

    /// What the employer is told; nothing while the person is not cleared.
    pub fn notice(&self) -> Option<EmployerNotice> {
        self.is_cleared().then_some(EmployerNotice {
            person: self.person,
            cleared_on: self.day,
        })
    }
}

/// The permits valid on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValidPermits {
    held: BTreeSet<(PersonId, PermitLevel)>,
}

impl ValidPermits {
    /// The permits known on a day that have not run out by it.
    pub fn on(permits: &Ledger<Permit>, as_of: AsOf) -> Self {
        let valid = permits
            .standing(as_of)
            .filter(|held| held.what.until.is_none_or(|until| until > as_of.day));
        ValidPermits {
            held: valid
                .map(|held| (held.what.person, held.what.level))
                .collect(),
        }
    }

    /// Whether a person holds one of a level.
    pub fn has(&self, person: PersonId, level: PermitLevel) -> bool {
        self.held.contains(&(person, level))
    }
}

/// Whether a person may leave for work on a day, wherever to: the order completed and not merely
/// no quarantine today, no open contact inquiry, this morning's temperature under the threshold,
/// and valid permits of village, township and city. Where to is [`destination_hindrance`]'s
/// question.
pub fn clear_to_leave(
    worker: &Worker,
    permits: &ValidPermits,
    fever_tenths: u16,
    as_of: AsOf,
) -> Clearance {
    let temperature = worker.temperature_tenths;
    let lacks = |level| !permits.has(worker.person, level);
    let ended = matches!(
        worker.order,
        OrderStanding::Running | OrderStanding::EndedOtherwise
    );
    let conditions = [
        (ended, Hindrance::OrderNotCompleted),
        (
            worker.order == OrderStanding::NotKnown,
            Hindrance::OrderNotKnown,
        ),
        (worker.has_open_inquiry, Hindrance::ContactInquiryOpen),
        (temperature.is_none(), Hindrance::NoTemperature),
        (
            temperature.is_some_and(|tenths| tenths >= fever_tenths),
            Hindrance::Fever,
        ),
        (lacks(PermitLevel::Village), Hindrance::NoVillagePermit),
        (lacks(PermitLevel::Township), Hindrance::NoTownshipPermit),
        (lacks(PermitLevel::City), Hindrance::NoCityPermit),
    ];
    let hinders = conditions.into_iter().filter(|(applies, _)| *applies);
    Clearance {
        person: worker.person,
        day: as_of.day,
        hindrances: hinders.map(|(_, hindrance)| hindrance).collect(),
    }
}

/// Why nobody is sent to a place of a risk level, if nobody is.
pub fn destination_hindrance(risk: Option<&str>, policy: &JobPolicy) -> Option<Hindrance> {
    match risk {
        None if policy.sends_where_risk_is_unknown => None,
        None => Some(Hindrance::DestinationRiskNotKnown),
        Some(risk) if policy.refused_risks.iter().any(|one| **one == *risk) => {
            Some(Hindrance::DestinationRefused)
        }
        Some(_) => None,
    }
}
