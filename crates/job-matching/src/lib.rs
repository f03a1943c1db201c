//! Sends workers to vacancies they are skilled and cleared for.
//!
//! ```
//! use chrono::NaiveDate;
//! use grid_model::{AsOf, Ledger, PersonId};
//! use job_matching::{Hindrance, OrderStanding, ValidPermits, Worker, clear_to_leave};
//!
//! let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
//! let worker = Worker {
//!     person: PersonId::from_index(0).unwrap(),
//!     community: None,
//!     order: OrderStanding::EndedOtherwise,
//!     has_open_inquiry: false,
//!     temperature_tenths: Some(365),
//! };
//! let permits = ValidPermits::on(&Ledger::default(), AsOf::on(day));
//! let clearance = clear_to_leave(&worker, &permits, 373, AsOf::on(day));
//! // Not quarantined today is not enough, and no permit is valid.
//! assert_eq!(clearance.hindrances, [
//!     Hindrance::OrderNotCompleted,
//!     Hindrance::NoVillagePermit, Hindrance::NoTownshipPermit, Hindrance::NoCityPermit,
//! ]);
//! assert_eq!(clearance.notice(), None);
//! ```
//!
//! In reading order: the records; [`JobPolicy`]; [`Worker`], which the room is told, with
//! [`clear_to_leave`] and its [`Clearance`]; [`match_jobs`] with its [`JobPlan`];
//! [`skilled_workers`], [`communities`], [`open_vacancies`], [`sent_out_to_work`] and
//! [`departures`], which the bulletin counts.
//!
//! Laws: every condition that hinders is named; an employer learns the day of the clearance and
//! nothing of what was before ([`EmployerNotice`]); the most matches come first, the highest wages
//! second, and [`JobPlan::verify`] proves both; whoever goes nowhere is listed with the reason; a
//! skill counts from the day it was registered.
//!
//! Whether an order is completed is `quarantine-rules`' question, whether an inquiry is open
//! `contact-tracing`'s: both come in as plain facts.

mod best;
mod clearance;
mod figures;
mod matching;
mod policy;
mod records;

pub use clearance::{
    Clearance, EmployerNotice, Hindrance, OrderStanding, ValidPermits, Worker, clear_to_leave,
    destination_hindrance,
};
pub use figures::{
    Departure, OpenVacancy, communities, departures, open_vacancies, sent_out_to_work,
    skilled_workers,
};
pub use matching::{
    JobPlan, JobQuestion, Match, SkillBalance, UnfilledBecause, Unmatched, UnmatchedBecause,
    VacancyStanding, match_jobs,
};
pub use min_cost_flow::{Flaw, NetworkErrors};
pub use policy::JobPolicy;
pub use records::{Permit, PermitLevel, Placement, PlacementKind, Skill, Vacancy, VacancyId};
