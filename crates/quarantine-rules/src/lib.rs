//! Says what holds for a person on a day, by which clause and which facts.

mod arrival;
mod books;
mod causes;
mod clause;
mod condition;
mod decide;
mod decision;
mod facts;
mod gatherings;
mod health;
mod measure;
mod orders;
mod policy;
mod propose;
mod records;

pub use arrival::{Route, RoutedArrival, decide_arrival};
pub use books::{BookError, BookErrors, Books, RuleBook, Scope};
pub use causes::{Cause, ContactCause, Situation};
pub use clause::{Clause, Confidence, ContactWindows, CountedFrom, TestDays};
pub use condition::Term;
pub use decide::{contact_window, decide};
pub use decision::{Because, Decision, Governed, Undetermined};
pub use facts::{FactError, FactKind, FactName, FactValue, Facts, Subject, TestTaken};
pub use gatherings::{GatheringAdvice, GatheringCounts, gatherings};
pub use health::{Referral, health_facts, referrals};
pub use measure::Measure;
pub use orders::{
    Clearance, EndReason, Irregularity, IrregularityKind, MeasureClass, Movement, OrderFlags,
    OrderPeriod, Orders, PeopleByClass,
};
pub use policy::{RulesPolicy, Unknown};
pub use propose::{
    Assessment, OpenQuestion, OrderReview, Proposal, assess, orders_to_review, propose,
};
pub use records::{
    Arrival, ArrivalKind, Gathering, GatheringKind, GatheringOutcome, HealthReading, OrderEvent,
    OrderEventKind, TestResult,
};
