//! What the example programs share: opening and writing files, saying what went wrong, and when.

pub mod dates;
pub mod files;
pub mod outcome;
pub mod progress;
pub mod room;
pub mod timing;
pub mod township;
