//! Finds whom a case may have infected, and by which path.
//!
//! ```
//! use contact_tracing::*;
//!
//! let people = PersonKeys::new(["Ann", "Bo", "Cai"]);
//! let [ann, bo, cai] = ["Ann", "Bo", "Cai"].map(|key| people.id(key).unwrap());
//! let at = |text: &str| text.parse().unwrap();
//! let mut log = ContactLog::new();
//! log.contact(ann, bo, at("2020-02-25T10:00:00"), at("2020-02-25T11:00:00"));
//! log.contact(bo, cai, at("2020-02-25T18:00:00"), at("2020-02-26T07:00:00"));
//! let window = ContactWindow { before_onset_days: 2, before_sampling_days: None };
//! let policy = TracingPolicy::tengchong_2020(window);
//! let case = CaseFacts::confirmed(ann, "2020-02-27".parse().unwrap());
//! let trace = trace_forward(&ContactNetwork::build(&log), &[case], &policy, &|_| None);
//! let path = people.describe(&trace.reached[&cai].path);
//! assert_eq!(path, "Ann > Bo (2020-02-25 10:00) > Cai (2020-02-25 18:00)");
//! ```
//!
//! In reading order:
//! - what was seen: [`Contact`] and [`Visit`], in any order in a [`ContactLog`], between people
//!   numbered by [`PersonKeys`]; what is known of a case: [`Case`], [`CaseFacts`];
//! - [`ContactNetwork`]: the log sorted and indexed once, changed record by record where it lives;
//! - [`TracingPolicy`]: what counts, with its [`ContactWindow`] of the rule book of the day;
//! - [`trace_forward`], and [`trace_each`] for many cases one by one: a [`Trace`] of everyone
//!   [`Reached`], each with first and last exposure and an evidence path of [`Step`]s;
//! - [`Grounds`]: every [`Exposure`], every source and whatever was [`Excluded`], told on demand;
//! - [`trace_backward`]: the [`Origins`] a case may have come from;
//! - [`arrival`]: the exact closures over contacts of an instant, [`arrival::visits`] over people
//!   at venues, [`arrival::live`] while the log changes;
//! - [`chains`]: who infected whom, the statistics of an outbreak, and [`chains::export`];
//! - [`epi_curve`] and [`clues_open`].
//!
//! Laws: the order of rows never matters, nor the number of threads; intervals are half open, so
//! who leaves at 10:00 never meets who comes at 10:00; nothing that happened before an exposure
//! is used; the investigator's judgement stands above what is computed; what is not known
//! (protection, setting, length) never lets a contact go; whatever is left out is told with the
//! reason; every person reached has the path of records that says so; a gathering costs its
//! visits, never its pairs.
//!
//! Who must be quarantined, for how long, is `quarantine-rules`' question, and so is from which
//! edition on a contact of a contact is a class of its own. Households are no contacts by
//! themselves: who lives together, and who cannot live apart from somebody in quarantine, must be
//! among the contacts. Nothing is weighed: an exposure is one or it is none, however likely the
//! infection; [`chains`] weighs who infected whom.

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
    Basis, CaseFacts, Evidence, Excluded, Exclusion, Exposure, Grounds, InfectiousPeriod, OddCase,
    Origins, Place, Reached, Step, Trace, VenueBefore, cases_as_of, trace_backward, trace_each,
    trace_forward,
};
