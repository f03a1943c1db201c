//! The steps of a day, each public: what one room answers, asked with plain data of the others.

mod basket;
mod chains;
mod grid;
mod grids_anew;
mod nail;
mod outbreak;
mod quarantine;
mod watch;
mod way_out;

pub use basket::{BasketDay, basket};
pub use chains::{CaseSource, ChainsDay, NoChains, NoReproduction, chains};
pub use grid::{GridDay, grid};
pub use grids_anew::{DivisionPolicy, GridsAnew, GridsAnewError, grids_anew};
pub use nail::{NailDay, nail};
pub use outbreak::{OutbreakDay, outbreak};
pub use quarantine::{QuarantineDay, ReleaseNotice, Releases, quarantine};
pub use watch::{WatchDay, watch};
pub use way_out::{WayOutDay, way_out};
