//! How is the township divided into grids, and who leads each?
//!
//! ```
//! use grid_model::division::{
//!     Balance, Candidate, Division, DivisionQuestion, NeighbourRow, Neighbours, Place, Territory, divide,
//! };
//! use grid_model::{AreaLevel, AreaRow, Areas, PersonId};
//!
//! // Two villages of two groups each along one road.
//! let row = |id: &str, parent: Option<&str>, level| AreaRow {
//!     id: id.to_owned(), parent: parent.map(str::to_owned), level,
//!     name_zh: String::new(), name_en: String::new(),
//! };
//! let (areas, _) = Areas::build(vec![
//!     row("V1", None, AreaLevel::NaturalVillage), row("V2", None, AreaLevel::NaturalVillage),
//!     row("V1a", Some("V1"), AreaLevel::VillageGroup), row("V1b", Some("V1"), AreaLevel::VillageGroup),
//!     row("V2a", Some("V2"), AreaLevel::VillageGroup), row("V2b", Some("V2"), AreaLevel::VillageGroup),
//! ]);
//! let way = |one: &str, other: &str, minutes| NeighbourRow { one: one.to_owned(), other: other.to_owned(), minutes };
//! let (neighbours, refused) = Neighbours::build(
//!     vec![way("V1a", "V1b", 5), way("V1b", "V2a", 20), way("V2a", "V2b", 5)],
//!     &areas,
//! );
//! assert!(refused.is_empty());
//! let place = |key: &str, households| Place {
//!     area: areas.id(key).unwrap(),
//!     village: areas.above(areas.id(key).unwrap(), &AreaLevel::NaturalVillage),
//!     households,
//! };
//! let territory = Territory::build(
//!     vec![place("V1a", 30), place("V1b", 25), place("V2a", 35), place("V2b", 28)],
//!     &neighbours,
//! )?;
//!
//! let at = |number, key: &str, most_grids| Candidate {
//!     person: PersonId::from_index(number).unwrap(), from: areas.id(key).unwrap(), most_grids,
//! };
//! let question = DivisionQuestion {
//!     territory: &territory,
//!     balance: Balance::within_percent(&territory, 2, 10)?,
//!     leads: &[at(0, "V2b", 1), at(1, "V1a", 1)],
//!     doctors: &[at(2, "V1b", 2)],
//!     steps: 1_000_000,
//!     seed: 1,
//! };
//! let Division::Plan(plan) = divide(&question)? else { panic!("each village is a grid") };
//! plan.verify(&question, &[])?;
//! assert!(plan.exact);
//! assert_eq!(plan.quality.crossings, 0);
//! assert_eq!(plan.grids[0].areas, [areas.id("V1a").unwrap(), areas.id("V1b").unwrap()]);
//! // The lead who lives there walks five minutes to the 25 households of the other group.
//! assert_eq!((plan.grids[0].lead.index(), plan.grids[0].lead_travel), (1, 125));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In reading order: [`Neighbours`] which areas touch, [`Territory`] the places with their
//! households, [`Balance`] and [`Candidate`]s into a [`DivisionQuestion`]; [`divide`] and
//! [`redivide`] answer with a [`Division`]: a [`GridPlan`] that [`GridPlan::verify`] checks, or
//! [`Hindrance`]s that say why there is none, or [`NotFound`] with its gap.
//!
//! Laws: which areas touch is given, never guessed from the tree; "impossible" is said only of what
//! is proved, and "not found" of the rest; the same question with the same seed has the same answer,
//! whatever the order of its rows.
//!
//! Left out: times of day and terrain beyond the minutes of a way, and the names of grids, which
//! are the township's to give.

mod bottleneck;
mod bound;
mod clusters;
mod exact;
mod grow;
mod hindrances;
mod improve;
mod measure;
mod neighbours;
mod partition;
mod plan;
mod propose;
mod question;
mod redivide;
mod split;
mod staffing;
mod territory;
mod told;
mod tree;
mod verify;

pub use neighbours::{LONGEST_WAY_MINUTES, NeighbourError, NeighbourRow, Neighbours};
pub use plan::{
    Division, GridPlan, Hindrance, NotFound, PlannedGrid, Quality, StaffingProof, StandingGrid,
};
pub use propose::divide;
pub use question::{Balance, BalanceError, Candidate, Candidates, DivisionQuestion, candidates};
pub use redivide::{Redivision, redivide, standing_grids};
pub use staffing::DivisionError;
pub use territory::{Place, Territory, TerritoryError};
pub use verify::PlanFlaw;
