//! The records this room owns: arrivals, orders, health readings and gatherings.

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{CheckpointId, PersonId, record, words};

use crate::Measure;

words! {
    /// What brings an arriving person here.
    pub enum ArrivalKind {
        /// Lives here.
        Resident = "resident",
        /// Comes home from school.
        Student = "student",
        /// Comes home from work.
        Worker = "worker",
        /// Is of elsewhere.
        Visitor = "visitor",
    }
}

words! {
    /// What happens to an order.
    pub enum OrderEventKind {
        /// It was given.
        Ordered = "ordered",
        /// The person went under it.
        Begun = "begun",
        /// Its last day was moved later.
        Extended = "extended",
        /// Its last day was moved earlier.
        Shortened = "shortened",
        /// The person did not keep it.
        Broken = "broken",
        /// It was replaced by another measure or place.
        Transferred = "transferred",
        /// The person was let go.
        Released = "released",
        /// It was lifted as wrongly given.
        Overturned = "overturned",
    }
}

words! {
    /// What a test said.
    pub enum TestResult {
        /// Nothing found.
        Negative = "negative",
        /// Found.
        Positive = "positive",
        /// Not known yet.
        Pending = "pending",
    }
}

words! {
    /// What people meant to gather for.
    pub enum GatheringKind {
        /// A wedding.
        Wedding = "wedding",
        /// A funeral.
        Funeral = "funeral",
        /// A market.
        Market = "market",
        /// Any other celebration.
        Other = "other",
    }
}

words! {
    /// What became of a gathering.
    pub enum GatheringOutcome {
        /// It took place as planned.
        Held = "held",
        /// It was put off.
        Postponed = "postponed",
        /// It took place in the smallest circle.
        KeptSimple = "kept_simple",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

/// A person came into the township, through a checkpoint or found by screening.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival {
    /// Who.
    pub person: PersonId,
    /// Through which checkpoint; nothing for who was found by screening.
    pub checkpoint: Option<CheckpointId>,
    /// When.
    pub arrived_at: NaiveDateTime,
    /// From which place, in the user's words.
    pub from_place: Option<Box<str>>,
    /// The risk of that place as the rules call it: high, medium, low.
    pub from_risk: Option<Box<str>>,
    /// The day the person left the area at risk.
    pub left_risk_area: Option<NaiveDate>,
    /// Whether the way led through Hubei.
    pub via_hubei: Option<bool>,
    /// Whether the person comes from outside the city.
    pub outside_city: Option<bool>,
    /// What brings the person here.
    pub kind: Option<ArrivalKind>,
    /// Whether the home is fit for staying in alone.
    pub home_ok: Option<bool>,
    /// When the village took the person over from the checkpoint.
    pub handed_over_at: Option<NaiveDateTime>,
}

/// One event in the life of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderEvent {
    /// Who is under the order.
    pub person: PersonId,
    /// When it happened.
    pub at: NaiveDateTime,
    /// What happened.
    pub event: OrderEventKind,
    /// The measure, where the event sets one.
    pub measure: Option<Measure>,
    /// The place, where the event sets one.
    pub place: Option<Box<str>>,
    /// Day 0 of the measure.
    pub counted_from: Option<NaiveDate>,
    /// The last day of the measure.
    pub until: Option<NaiveDate>,
    /// The clause it rests on.
    pub clause: Option<Box<str>>,
    /// Who ordered it.
    pub ordered_by: Option<Box<str>>,
}

/// A temperature, symptoms or a test of a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HealthReading {
    /// Whose.
    pub person: PersonId,
    /// When.
    pub at: NaiveDateTime,
    /// Tenths of a degree Celsius.
    pub temperature_tenths: Option<u16>,
    /// Symptoms in the user's words; `none` where there are none.
    pub symptoms: Option<Box<str>>,
    /// What a test taken then said.
    pub test: Option<TestResult>,
}

/// A gathering that was planned, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gathering {
    /// What it is for.
    pub kind: GatheringKind,
    /// On which day it was to be.
    pub planned_for: NaiveDate,
    /// What became of it; nothing where that is open.
    pub outcome: Option<GatheringOutcome>,
}

record!(Arrival, PersonId = |arrival| arrival.person, at arrival.arrived_at);
record!(OrderEvent, PersonId = |event| event.person, at event.at);
record!(HealthReading, PersonId = |reading| reading.person, at reading.at);
// A gathering is a plan: known at its `known_at`, else always.
record!(
    Gathering,
    GatheringKind = |gathering| gathering.kind,
    always
);
