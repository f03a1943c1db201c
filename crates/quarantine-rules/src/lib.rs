//! Says what holds for a person on a day, by which clause and which facts.
//!
//! ```
//! use quarantine_rules::{Books, Decision, FactName, Facts, Measure, Subject, Unknown, decide};
//!
//! let books = Books::shipped()?;
//! let mut returnee = Facts::new(Subject::LocalReturnee);
//! returnee.arrival_date = "2020-01-28".parse().ok();
//! let day = "2020-01-31".parse().unwrap();
//! let ask = |facts: &Facts| decide(&books, "CN-YN-TC-MB", "COVID-19", facts, day, Unknown::Undetermined);
//!
//! // Whether the way led through Hubei is not known: nobody is let go for that.
//! let Decision::Undetermined(open) = ask(&returnee) else { panic!() };
//! assert_eq!(open.needs, [[FactName::ViaHubei]]);
//! assert_eq!(open.strictest.measure, Measure::CentralQuarantine);
//!
//! returnee.via_hubei = Some(false);
//! let Decision::Governed(found) = ask(&returnee) else { panic!() };
//! assert_eq!(found.clause.id.as_ref(), "TC-JAN-HOME");
//! assert_eq!(found.until, "2020-02-11".parse().ok());
//! # Ok::<(), quarantine_rules::BookErrors>(())
//! ```
//!
//! In reading order: [`Books`], each a [`RuleBook`] of [`Clause`]s with [`Term`]s; [`Facts`], what
//! is known of a person; [`decide`] and its [`Decision`], [`contact_window`] for the trace,
//! [`explain`] for a reader, [`consequences`] for the clerk; [`decide_arrival`], one route an
//! arrival, [`journeys`] and [`checkpoint`], what the gate does first and what is not handed over;
//! [`Orders`], what was ordered and stands, by the transitions of [`OrderState`], with the
//! [`Irregularity`]s and [`LateEntry`]s of its records and a [`ReleaseCertificate`] for each who is
//! freed; [`assess`], what the day proposes and what is to be looked at again;
//! [`household_members`], who lives with somebody held; [`referrals`], fevers; [`gatherings`],
//! celebrations put off, by the [`GatheringClause`] in force. [`RulesPolicy`] holds what a township
//! decides for itself.
//!
//! [`compile`] makes the books of a day fast and [`CompiledBooks::decide_all`] decides columns of
//! people; [`check()`] proves books free of gaps, overlaps and contradictions, or shows somebody
//! they fail on; [`compare()`] and [`compare_people`] say who is treated differently on two days
//! or under two books.
//!
//! # How a condition is written
//!
//! As terms joined by `;`, all of which must hold, or nested up to 32 deep:
//!
//! ```toml
//! condition = "via_hubei=yes;home_ok=no"
//! condition = { any = ["age>=60", { all = ["from_risk=high|medium", { not = "home_ok=yes" }] }] }
//! ```
//!
//! | term | holds where |
//! |---|---|
//! | `home_ok=no`, `option=10` | the fact has the value |
//! | `from_risk=high\|medium` | it has one of the values |
//! | `age=18..59`, `age<18`, `age>=60`, `onset=2020-02-01..2020-02-10` | a number or day lies in the range, ends included |
//! | `age_lt=18` | younger than so many years |
//! | `neg_from_day=5`, `neg_in_days=5..7`, `pos_in_days=0..3` | a test on such a day of the count |
//! | `neg_pair_from_day=5`, `neg_pair_in_days=5..9` | negative tests on two days running |
//! | `doses>=2`, `dose_age_min=14`, `dose_age_max=90`, `dose_age=14..90` | doses, and the days from the last to the last exposure |
//! | `arrival_before=2020-02-05T12:00`, `arrival_from=…` | the instant of arrival |
//!
//! A scope says for whom and which days a book claims to be whole: disease, subjects, `from`,
//! `until`, and a `condition` where it claims only some of a class. A book with a parent may add
//! strictness and no more unless it says `may_be_looser = true`.
//!
//! # How a clause is chosen and days are counted
//!
//! The narrowest authority with a matching clause in force on the day, then the most terms, then
//! the latest `from`. Day 0 is the day counted from; N days run to the end of day N, the last day
//! of the measure; the person is free from 00:00 of the next. An exposure counts from the contact
//! window's first day on, the boundary day included.
//!
//! # Laws
//!
//! - An order outlives the rule that made it: a changed book yields a list of orders to look at
//!   again and releases nobody.
//! - Undetermined is not let go: who hangs on an unknown fact is held under the strictest measure
//!   that could still apply, with the facts to find out. `None` is unknown, never a default.
//! - "No rule" differs from the measure `none`.
//! - A last day before day 0 is not believed: nobody is let go by a slip of the pen. No entry of an
//!   order is dropped: each is in the order's records or among the irregularities.
//! - Passing two checkpoints within a day is one arrival, and a fever goes to the clinic first.
//! - Every answer carries its clause, edition, source and facts; no record is refused, and what
//!   does not fit is listed.
//! - The same records give the same answers whatever their order.
//!
//! # What it leaves out
//!
//! Who is a close contact is the trace's question and the investigator's judgement. No clock, no
//! file and no names: dates, books and records come in, answers go out.

mod arrival;
mod books;
mod causes;
mod check;
mod checkpoint;
mod clause;
mod compare;
mod compile;
mod condition;
mod consequences;
mod decide;
mod decision;
mod explain;
mod facts;
mod gatherings;
mod health;
mod journeys;
mod measure;
mod orders;
mod policy;
mod propose;
mod records;
mod space;

pub use arrival::{Route, RoutedArrival, decide_arrival};
pub use books::{BookError, BookErrors, Books, RuleBook, Scope};
pub use causes::{Cause, ContactCause, Situation};
pub use check::{Finding, FindingKind, Witness, check};
pub use checkpoint::{
    CheckpointDay, CheckpointRecords, FeverGap, FirstStep, HandOver, HandOverHole, TravelParty,
    Traveller, checkpoint,
};
pub use clause::{Clause, Confidence, ContactWindows, CountedFrom, TestDays};
pub use compare::{BooksOn, Change, Comparison, Difference, compare, compare_people};
pub use compile::{Answers, CompiledBooks, Counting, Governing, Receipt, compile};
pub use condition::{Condition, Term};
pub use consequences::{
    Consequences, FollowUpDue, OrderToIssue, Replaced, ReplacedBecause, consequences,
};
pub use decide::{contact_window, decide};
pub use decision::{Because, Decision, Governed, Later, Undetermined};
pub use explain::{
    Inquiry, Language, explain, explain_gathering, explain_order, explain_release, place_name,
};
pub use facts::{
    FactColumns, FactError, FactKind, FactName, FactSet, FactValue, Facts, Subject, TestTaken,
};
pub use gatherings::{
    GatheringAdvice, GatheringClause, GatheringCounts, GatheringRuling, PlannedGathering,
    gatherings,
};
pub use health::{Referral, health_facts, referrals};
pub use journeys::{Journey, journeys};
pub use measure::Measure;
pub use orders::{
    Clearance, DueTest, EndReason, HouseholdMember, Irregularity, IrregularityKind, LateEntry,
    MeasureClass, MissingForRelease, Movement, OrderChange, OrderEffect, OrderFlags, OrderPeriod,
    OrderState, Orders, PeopleByClass, ReleaseCertificate, ReleaseTiming, TestPart,
    household_members,
};
pub use policy::{RulesPolicy, Unknown};
pub use propose::{
    Assessment, OpenQuestion, OrderReview, Proposal, assess, orders_to_review, propose,
};
pub use records::{
    Arrival, ArrivalKind, Gathering, GatheringKind, GatheringOutcome, HealthReading, OrderEvent,
    OrderEventKind, TestResult,
};
