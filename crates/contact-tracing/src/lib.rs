//! Finds whom a case may have infected, and by which path.
//!
//! ```
//! use chrono::NaiveDateTime;
//! use contact_tracing::{
//!     CaseFacts, ContactLog, ContactNetwork, ContactWindow, PersonKeys, TracingPolicy, trace_forward,
//! };
//!
//! let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
//! let met = [("Ann", "Bo", at("2020-02-25T10:00:00"), at("2020-02-25T11:00:00")),
//!            ("Bo", "Cai", at("2020-02-25T18:00:00"), at("2020-02-26T07:00:00"))];
//! let people = PersonKeys::new(met.iter().flat_map(|row| [row.0, row.1]));
//! let mut log = ContactLog::new();
//! for (a, b, from, until) in met {
//!     log.contact(people.id(a)?, people.id(b)?, from, until);
//! }
//! let window = ContactWindow { before_onset_days: 2, before_sampling_days: Some(2) };
//! let case = CaseFacts::confirmed(people.id("Ann")?, "2020-02-27".parse().unwrap());
//! let network = ContactNetwork::build(&log);
//! let trace = trace_forward(&network, &[case], &TracingPolicy::tengchong_2020(window), &|_| None);
//!
//! let cai = &trace.reached[&people.id("Cai")?];
//! assert_eq!(cai.generation, 2);
//! assert_eq!(people.describe(&cai.path), "Ann > Bo (2020-02-25 10:00) > Cai (2020-02-25 18:00)");
//! # Ok::<(), contact_tracing::UnknownPerson>(())
//! ```
//!
//! In reading order: [`Contact`] and [`Visit`], what was seen, in a [`ContactLog`];
//! [`ContactNetwork`], the log sorted and indexed once; [`TracingPolicy`], what counts;
//! [`CaseFacts`], what is known of a case; [`trace_forward`] with its [`Trace`];
//! [`trace_backward`] with its [`Origins`]; [`chains`], who infected whom; [`arrival`],
//! the exact closure over contacts of an instant; [`epi_curve`]; [`clues_open`].
//!
//! Laws: the order of rows never matters; intervals are half open, so who leaves at 10:00 never
//! meets who comes at 10:00; nothing that happened before an exposure is used; the investigator's
//! judgement stands above what is computed; what is not known (protection, setting, length) never
//! lets a contact go; whatever is left out is returned with the reason; every person reached has
//! the path of records that says so.
//!
//! Who must be quarantined, for how long, is `quarantine-rules`' question. Households are no
//! contacts by themselves: who lives together must be among the contacts. The end of the
//! infectious period of a case that was never isolated is not modelled.

pub mod arrival;
pub mod chains;
mod clues;
mod curve;
mod log;
mod network;
mod people;
mod policy;
mod records;
mod time;
mod trace;

pub use clues::{HOURS_TO_VERIFY, OpenClue, clues_open};
pub use curve::{EpiCurve, epi_curve};
pub use log::ContactLog;
pub use network::{ContactNetwork, ContactRow, EditError, RefusedRow, VisitRow};
pub use people::{PersonKeys, UnknownPerson};
pub use policy::{ContactWindow, OpenEnd, PolicyFault, TracingPolicy};
pub use records::{Case, CaseClass, Clue, Contact, Judgement, Visit};
pub use trace::{
    Basis, CaseFacts, CaseFlag, Evidence, Excluded, Exclusion, Exposure, Grounds, InfectiousPeriod,
    Origins, Place, Reached, Step, Trace, VenueBefore, cases_as_of, trace_backward, trace_each,
    trace_forward,
};
