//! Finds whom a case may have infected, and by which path.

mod records;

pub use records::{Case, CaseClass, Clue, Contact, Judgement, Visit};
