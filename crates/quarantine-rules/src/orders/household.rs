//! Household members of who is held at home: who cannot live apart goes on being exposed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use grid_model::PersonId;

use super::{OrderPeriod, Orders};
use crate::Measure;

/// A person under no order who lives with somebody held at home, to be judged: who cannot live
/// apart is under observation too, from an own last exposure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HouseholdMember {
    /// Who.
    pub person: PersonId,
    /// With whom.
    pub lives_with: PersonId,
    /// Under what that person is held.
    pub measure: Measure,
    /// Whether the home is fit for living apart: known not to be, or not known.
    pub home_ok: Option<bool>,
    /// The last exposure by the day asked: that day, for as long as they live together.
    pub last_exposure: NaiveDate,
}

/// Whoever lives with somebody held at home at the end of a day and is under no order, each once
/// and in the order of people. Where the home is known to be fit for living apart nobody is
/// listed.
///
/// `households` are the people who live together, `home_ok` whether the home of who is held is
/// fit for staying in alone. With several held in one household the strictest measure counts.
pub fn household_members(
    orders: &Orders,
    households: &[Vec<PersonId>],
    home_ok: &BTreeMap<PersonId, bool>,
    day: NaiveDate,
) -> Vec<HouseholdMember> {
    let mut members = Vec::new();
    for household in households {
        let held = household.iter().filter_map(|person| {
            let order = orders.held(*person, day).filter(|order| at_home(order))?;
            let fit = home_ok.get(person).copied();
            // Known to be unfit weighs more than not known.
            (fit != Some(true)).then_some((order.measure?, fit.is_some(), *person, fit))
        });
        let Some((measure, _, lives_with, fit)) = held.max() else {
            continue;
        };
        let free = household
            .iter()
            .filter(|person| orders.held(**person, day).is_none());
        members.extend(free.map(|person| HouseholdMember {
            person: *person,
            lives_with,
            measure,
            home_ok: fit,
            last_exposure: day,
        }));
    }
    members.sort_unstable();
    members.dedup_by_key(|member| member.person);
    members
}

fn at_home(order: &OrderPeriod) -> bool {
    let home = |measure: Measure| measure.is_at_home() || measure == Measure::HomeIsolation;
    order.measure.is_some_and(home)
}
