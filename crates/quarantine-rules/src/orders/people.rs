//! People by the measure an order puts them under.

use chrono::NaiveDate;
use grid_model::{PersonId, words};

use super::{OrderPeriod, Orders};
use crate::{Measure, RulesPolicy};

words! {
    /// The measures as a bulletin counts them.
    pub enum MeasureClass {
        /// Observation or quarantine at home.
        Home = "home",
        /// Central quarantine inside the township.
        Central = "central",
        /// At a place outside the township, whatever the measure: counted here and nowhere else.
        Outside = "outside",
        /// Any other measure, or one no record names.
        Other = "other",
    }
}

/// People by class, each class in the order of people and each person once in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleByClass {
    /// At home.
    pub home: Vec<PersonId>,
    /// At a central site inside.
    pub central: Vec<PersonId>,
    /// At a place outside: transferred.
    pub outside: Vec<PersonId>,
    /// Under any other measure.
    pub other: Vec<PersonId>,
}

impl PeopleByClass {
    /// The people of one class.
    pub fn of(&self, class: MeasureClass) -> &[PersonId] {
        match class {
            MeasureClass::Home => &self.home,
            MeasureClass::Central => &self.central,
            MeasureClass::Outside => &self.outside,
            MeasureClass::Other => &self.other,
        }
    }

    fn class_mut(&mut self, class: MeasureClass) -> &mut Vec<PersonId> {
        match class {
            MeasureClass::Home => &mut self.home,
            MeasureClass::Central => &mut self.central,
            MeasureClass::Outside => &mut self.outside,
            MeasureClass::Other => &mut self.other,
        }
    }
}

/// How one measure's people changed in a day: yesterday + new - released - transferred = now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// Under it the evening before.
    pub yesterday: Vec<PersonId>,
    /// Under it now and not the evening before.
    pub new: Vec<PersonId>,
    /// Under it the evening before, and under no order now.
    pub released: Vec<PersonId>,
    /// Under it the evening before, and under another measure now.
    pub transferred: Vec<PersonId>,
    /// Under it at the end of the day.
    pub now: Vec<PersonId>,
}

impl MeasureClass {
    /// How a measure at a place counts.
    pub fn of(measure: Option<Measure>, place: Option<&str>, policy: &RulesPolicy) -> Self {
        let outside = |place: &str| policy.places_outside.iter().any(|named| named == place);
        match measure {
            _ if place.is_some_and(outside) => MeasureClass::Outside,
            Some(measure) if measure.is_at_home() => MeasureClass::Home,
            Some(Measure::CentralQuarantine) => MeasureClass::Central,
            _ => MeasureClass::Other,
        }
    }
}

impl OrderPeriod {
    /// How it counts.
    pub fn class(&self, policy: &RulesPolicy) -> MeasureClass {
        MeasureClass::of(self.measure, self.place.as_deref(), policy)
    }
}

/// The people of periods that come in the order of people.
pub(super) fn collect<'a>(
    periods: impl Iterator<Item = &'a OrderPeriod>,
    policy: &RulesPolicy,
) -> PeopleByClass {
    let mut people = PeopleByClass::default();
    for period in periods {
        let class = people.class_mut(period.class(policy));
        if class.last() != Some(&period.person) {
            class.push(period.person);
        }
    }
    people
}

pub(super) fn movement(
    orders: &Orders,
    day: NaiveDate,
    class: MeasureClass,
    policy: &RulesPolicy,
) -> Movement {
    let before = day.pred_opt().map(|day| orders.under_on(day, policy));
    let yesterday = before.map_or(Vec::new(), |before| before.of(class).to_vec());
    let now = orders.under_on(day, policy).of(class).to_vec();
    let without = |people: &[PersonId], others: &[PersonId]| -> Vec<PersonId> {
        let absent = |person: &&PersonId| others.binary_search(person).is_err();
        people.iter().filter(absent).copied().collect()
    };
    let (transferred, released) = without(&yesterday, &now)
        .into_iter()
        .partition(|person| orders.held(*person, day).is_some());
    Movement {
        new: without(&now, &yesterday),
        released,
        transferred,
        yesterday,
        now,
    }
}
