//! The life of an order: what was ordered is a fact, and outlives the rule that made it.
//!
//! A standing order holds until its own last day, so that the person is free from 00:00 of the
//! next, or until a record changes or lifts it; without a last day it stands. Who is under an
//! order on a day is asked of the **end** of that day.

mod household;
mod irregular;
mod life;
mod people;
mod release;
mod state;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AsOf, Ledger, PersonId, words};

pub use household::{HouseholdMember, household_members};
pub use irregular::{Irregularity, IrregularityKind};
pub use people::{MeasureClass, Movement, PeopleByClass};
pub use release::{DueTest, MissingForRelease, ReleaseCertificate, ReleaseTiming, TestPart};
pub use state::{OrderEffect, OrderState};

use crate::{Measure, OrderEvent, OrderEventKind, RulesPolicy};

words! {
    /// Why an order ended.
    pub enum EndReason {
        /// Its last day was over.
        OwnDate = "own_date",
        /// A record let the person go.
        Released = "released",
        /// Another order took its place.
        Transferred = "transferred",
        /// It was lifted as wrongly given.
        Overturned = "overturned",
    }
}

/// What happened to an order besides its beginning and end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderFlags {
    /// Its last day was moved later by a record.
    pub extended: bool,
    /// Its last day was moved earlier by a record.
    pub shortened: bool,
    /// The person did not keep it at least once.
    pub broken: bool,
    /// Its last day lay before the day it was given: it never held.
    pub over_before_it_began: bool,
}

/// A change of the last day or of the order itself, with what it replaced and why: the reason
/// stays with the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderChange {
    /// The id of the record.
    pub record: Box<str>,
    /// When.
    pub at: NaiveDateTime,
    /// What the record is: an extension, a shortening, a transfer or a second order.
    pub event: OrderEventKind,
    /// The last day it replaced; nothing where there was none.
    pub replaced: Option<NaiveDate>,
    /// The last day from then on.
    pub until: Option<NaiveDate>,
    /// The new day 0, where it is the reason.
    pub counted_from: Option<NaiveDate>,
    /// The clause the change rests on, where it names one.
    pub clause: Option<Box<str>>,
    /// Who ordered the change.
    pub ordered_by: Option<Box<str>>,
}

/// An event that became known after the day it happened on, or that a correction changed: what
/// earlier days were told of the order may have been otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LateEntry {
    /// Whose order.
    pub person: PersonId,
    /// When it happened.
    pub at: NaiveDateTime,
    /// The id of the first record.
    pub record: Box<str>,
    /// When what holds now became known.
    pub known_at: NaiveDateTime,
    /// The id of the correction that holds, where there is one.
    pub corrected_by: Option<Box<str>>,
}

/// A person under one measure at one place, from a day until another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPeriod {
    /// Who.
    pub person: PersonId,
    /// The ids of the records that made it, in the order of their instants.
    pub records: Vec<Box<str>>,
    /// The measure; nothing where no record says it.
    pub measure: Option<Measure>,
    /// The place.
    pub place: Option<Box<str>>,
    /// The day it began to hold: that of the record that gave it.
    pub from: NaiveDate,
    /// The day the person went under it; nothing where no record says so.
    pub begun_on: Option<NaiveDate>,
    /// Day 0 of the measure.
    pub counted_from: Option<NaiveDate>,
    /// The last day of the measure; nothing where it stands until a record ends it.
    pub until: Option<NaiveDate>,
    /// What replaced an earlier last day or order, in the order of time.
    pub changes: Vec<OrderChange>,
    /// The first free day and why, where it has ended by the day looked at.
    pub ended: Option<(NaiveDate, EndReason)>,
    /// The day a record let the person go or certified the end.
    pub certified_on: Option<NaiveDate>,
    /// The clause it rests on.
    pub clause: Option<Box<str>>,
    /// Who ordered it.
    pub ordered_by: Option<Box<str>>,
    /// What happened to it meanwhile.
    pub flags: OrderFlags,
}

impl OrderPeriod {
    /// Where it stands, as far as is known.
    pub fn state(&self) -> OrderState {
        match self.ended {
            None if self.begun_on.is_some() => OrderState::Begun,
            None => OrderState::Ordered,
            Some((_, EndReason::OwnDate)) => OrderState::Over,
            Some(_) => OrderState::Ended,
        }
    }

    /// The first day at whose end the person is not under it, as far as is known.
    pub fn first_free_day(&self) -> Option<NaiveDate> {
        match self.ended {
            Some((day, _)) => Some(day),
            None => self.own_end(),
        }
    }

    /// The day after its own last day, but not before the day it was given.
    fn own_end(&self) -> Option<NaiveDate> {
        let after = self.until?.succ_opt()?;
        Some(after.max(self.from))
    }

    /// Whether the person is under it at the end of a day.
    pub fn held_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.first_free_day().is_none_or(|free| day < free)
    }

    /// Whether it lasts at least until a day, or until any day where none is given.
    pub(crate) fn lasts_until(&self, day: Option<NaiveDate>) -> bool {
        match (self.until, day) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(until), Some(day)) => day <= until,
        }
    }
}

/// Whether a person may be told "cleared on D", without any history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clearance {
    /// No order was ever given.
    NeverOrdered,
    /// Every order is over from this day on.
    ClearedOn(NaiveDate),
    /// An order stands that has no last day.
    Standing,
}

/// Every order given by the end of a day, as it stood then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    /// In the order of people, then of time.
    periods: Vec<OrderPeriod>,
    irregularities: Vec<Irregularity>,
    late_entries: Vec<LateEntry>,
}

impl Orders {
    /// The orders out of their events, by the end of a day and as known then.
    ///
    /// No event is refused: what does not fit the life of an order is applied as far as it can
    /// be and listed among the irregularities. Cost: n log n in the events.
    pub fn standing(events: &Ledger<OrderEvent>, as_of: AsOf) -> Self {
        let mut happened: Vec<_> = events.happened(as_of).collect();
        // At one instant an order is given before it is changed, and changed before it ends.
        happened.sort_by_key(|held| (held.what.person, held.what.at, held.what.event, held.index));
        let mut orders = Orders {
            periods: Vec::new(),
            irregularities: Vec::new(),
            late_entries: Vec::new(),
        };
        for of_one in happened.chunk_by(|a, b| a.what.person == b.what.person) {
            life::follow(of_one, as_of.day, &mut orders);
        }
        orders
    }

    /// All periods in the order of people, then of time.
    pub fn periods(&self) -> &[OrderPeriod] {
        &self.periods
    }

    /// What does not fit the life of an order, in the order of people, then of time.
    pub fn irregularities(&self) -> &[Irregularity] {
        &self.irregularities
    }

    /// What became known after its day or was corrected, in the order of people, then of time.
    pub fn late_entries(&self) -> &[LateEntry] {
        &self.late_entries
    }

    /// Where a person stands with the latest order.
    pub fn state(&self, person: PersonId) -> OrderState {
        let latest = self.of(person).last();
        latest.map_or(OrderState::NeverOrdered, OrderPeriod::state)
    }

    /// The periods of one person in the order of time.
    pub fn of(&self, person: PersonId) -> &[OrderPeriod] {
        let from = self
            .periods
            .partition_point(|period| period.person < person);
        let rest = &self.periods[from..];
        let count = rest.partition_point(|period| period.person == person);
        &rest[..count]
    }

    /// The order a person is under at the end of a day; there is never more than one.
    pub fn held(&self, person: PersonId, day: NaiveDate) -> Option<&OrderPeriod> {
        self.of(person).iter().find(|period| period.held_on(day))
    }

    /// Who is under which measure at the end of a day.
    pub fn under_on(&self, day: NaiveDate, policy: &RulesPolicy) -> PeopleByClass {
        people::collect(
            self.periods.iter().filter(|period| period.held_on(day)),
            policy,
        )
    }

    /// Whom an order ever put under which measure by the end of a day, each once a measure.
    pub fn ever_until(&self, day: NaiveDate, policy: &RulesPolicy) -> PeopleByClass {
        let given =
            |period: &&OrderPeriod| period.from <= day && !period.flags.over_before_it_began;
        people::collect(self.periods.iter().filter(given), policy)
    }

    /// The orders whose first free day this is, changes of order apart: who gets a certificate.
    pub fn released_on(&self, day: NaiveDate) -> Vec<&OrderPeriod> {
        let let_go = |period: &&OrderPeriod| {
            let changed = matches!(period.ended, Some((_, EndReason::Transferred)));
            period.first_free_day() == Some(day) && period.from < day && !changed
        };
        self.periods.iter().filter(let_go).collect()
    }

    /// The same of a day to come: the orders that will be over by their own last day when it
    /// begins, as far as is known, which are tomorrow's certificates.
    pub fn releases_on(&self, day: NaiveDate) -> Vec<&OrderPeriod> {
        self.released_on(day)
    }

    /// How one measure's people changed from the evening before to the end of a day:
    /// yesterday + new - released - transferred = now.
    pub fn movement_on(
        &self,
        day: NaiveDate,
        class: MeasureClass,
        policy: &RulesPolicy,
    ) -> Movement {
        people::movement(self, day, class, policy)
    }

    /// From when a person is clear of every order.
    pub fn clearance(&self, person: PersonId) -> Clearance {
        let periods = self.of(person);
        if periods.is_empty() {
            return Clearance::NeverOrdered;
        }
        let free: Option<Vec<_>> = periods.iter().map(OrderPeriod::first_free_day).collect();
        match free.and_then(|days| days.into_iter().max()) {
            Some(day) => Clearance::ClearedOn(day),
            None => Clearance::Standing,
        }
    }
}
