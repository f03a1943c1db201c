//! Says what holds for a person on a day, by which clause and which facts.

mod arrival;
mod books;
mod clause;
mod condition;
mod decide;
mod decision;
mod facts;
mod measure;
mod policy;
mod records;

pub use arrival::{Route, RoutedArrival, decide_arrival};
pub use books::{BookError, BookErrors, Books, RuleBook, Scope};
pub use clause::{Clause, Confidence, ContactWindows, CountedFrom, TestDays};
pub use condition::Term;
pub use decide::{contact_window, decide};
pub use decision::{Because, Decision, Governed, Undetermined};
pub use facts::{FactError, FactKind, FactName, FactValue, Facts, Subject, TestTaken};
pub use measure::Measure;
pub use policy::{RulesPolicy, Unknown};
pub use records::{
    Arrival, ArrivalKind, Gathering, GatheringKind, GatheringOutcome, HealthReading, OrderEvent,
    OrderEventKind, TestResult,
};
