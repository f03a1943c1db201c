//! Sends workers to vacancies they are skilled and cleared for.

mod records;

pub use records::{Permit, PermitLevel, Placement, PlacementKind, Skill, Vacancy, VacancyId};
