//! One pure function: everything known up to a day in, the day's whole response out.
//!
//! ```
//! use chrono::NaiveDate;
//! use grid_model::{AreaLevel, AreaRow, AsOf, Household, Recorded, TownshipBuilder};
//! use outbreak_response::{Policy, Records, day};
//!
//! let mut builder = TownshipBuilder::new();
//! builder.area(AreaRow {
//!     id: "T".into(), parent: None, level: AreaLevel::Town,
//!     name_zh: "示例镇".into(), name_en: "Example".into(),
//! });
//! builder.household(Recorded::new("H1", Household { area: "T".to_owned(), presence: None }));
//! let township = builder.build()?;
//!
//! let policy = Policy::tengchong_2020()?;
//! let evening = AsOf::on(NaiveDate::from_ymd_opt(2020, 2, 5).unwrap());
//! let found = day(&township, &Records::default(), &policy, evening);
//! assert_eq!(found.figures.households_missed, 1);
//! assert_eq!(township.household_key(found.grid.coverage.missed[0].household), "H1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In reading order: [`Records`] what was written down; [`Policy`] every convention, no default;
//! [`day`] and [`Day`]; [`Figures`]; [`Day::lists`] what someone must act on; [`Proposed`] what
//! becomes fact when recorded; [`bulletin::bulletin`] the evening's page;
//! [`chain_page`] who infected whom, to look at; [`what_if`] two policies
//! side by side; [`steps`] each room asked alone.
//!
//! Laws: pure, no clock, no file; the same bytes whatever the order of records; what was ordered
//! is a fact and `day` only proposes the next; a room that is not used answers with nothing.
//!
//! The facade decides nothing itself: it passes each room's answer to the next as plain data.

pub mod bulletin;
pub mod chain_page;
mod charts;
pub mod corrections;
mod count;
mod day;
mod figures;
mod json;
mod lists;
mod policy;
mod proposed;
mod records;
pub mod steps;
mod what_if;

pub use day::{Day, day, figures_of};
pub use figures::Figures;
pub use json::day_to_json;
pub use policy::{BulletinPolicy, ChainPolicy, Policy, PolicyError};
pub use proposed::Proposed;
pub use quarantine_rules::{BookErrors, Books};
pub use records::Records;
pub use what_if::{Difference, WhatIf, what_if};

pub use {
    contact_tracing, follow_up, grid_model, job_matching, quarantine_rules, reporting,
    supply_allocation, task_tracking,
};
