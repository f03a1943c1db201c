//! Says what holds for a person on a day, by which clause and which facts.

mod measure;
mod policy;
mod records;

pub use measure::Measure;
pub use policy::{RulesPolicy, Unknown};
pub use records::{
    Arrival, ArrivalKind, Gathering, GatheringKind, GatheringOutcome, HealthReading, OrderEvent,
    OrderEventKind, TestResult,
};
