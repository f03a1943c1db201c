//! A township as a folder of tables: bytes in, township and records out, and back.
//!
//! ```
//! use line_list::Limits;
//! use township_folder::{File, read};
//!
//! let areas = "id,parent,level,name_zh,name_en\nT,,town,芒棒镇,Mangbang\n".as_bytes();
//! let households = "id,area,presence\nH1,T,occupied\nH2,X,occupied\n".as_bytes();
//! let folder = read(
//!     &[File { name: "areas.csv", bytes: areas }, File { name: "households.csv", bytes: households }],
//!     &Limits::standard(),
//! );
//! assert_eq!(folder.township.households().len(), 1);
//! assert_eq!(
//!     folder.rejected[0].to_string(),
//!     "households.csv, line 3, area: \"X\" is not in areas.csv; \
//!      correct the id, or add or mend the row it names in areas.csv",
//! );
//! assert_eq!(folder.read, 3);
//! ```
//!
//! In reading order: [`read`] and [`Folder`]; [`RejectedRow`] and [`Warning`]; [`write()`];
//! [`template`] for whoever begins with nothing.
//!
//! Laws: accepted and refused rows make the rows read; the order of rows and files changes
//! nothing; what is written reads back the same, to the byte; columns of the user's own are kept.
//!
//! Files are opened and written by the program that uses this, never here.

mod cells;
mod extras;
mod in_cell;
mod read;
mod rejected;
mod source;
mod tables;
mod template;
mod warning;
mod write;

pub use extras::Extras;
use grid_model::Township;
use outbreak_response::Records;
pub use read::{File, read};
use register::Register;
pub use rejected::{RejectedRow, write_rejected};
pub use template::template;
pub use warning::Warning;
pub use write::write;

/// The names of all tables of a folder, in the order they are written.
pub const TABLES: [&str; 43] = [
    "areas",
    "grids",
    "grid_areas",
    "households",
    "people",
    "register",
    "work_groups",
    "staff",
    "duties",
    "venues",
    "checkpoints",
    "shifts",
    "passages",
    "screening",
    "arrivals",
    "away_calls",
    "clues",
    "orders",
    "health",
    "cases",
    "contacts",
    "visits",
    "pairings",
    "check_ins",
    "needs",
    "gatherings",
    "outreach",
    "suppliers",
    "purchasers",
    "demand",
    "deliveries",
    "prices",
    "complaints",
    "skills",
    "vacancies",
    "permits",
    "placements",
    "programmes",
    "items",
    "progress",
    "donations",
    "spending",
    "reports",
];

/// What a folder held.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The township.
    pub township: Township,
    /// What was recorded of it.
    pub records: Records,
    /// Who its people are, for those who may know.
    pub register: Register,
    /// Every row refused, by file and line.
    pub rejected: Vec<RejectedRow>,
    /// Rows read in all, refused ones included.
    pub read: usize,
    /// What else to look at.
    pub warnings: Vec<Warning>,
    /// Columns of the user's own.
    pub extras: Extras,
}
