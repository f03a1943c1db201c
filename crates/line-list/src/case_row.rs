//! The case of a line list.

use chrono::NaiveDate;

use crate::{FromRow, MappedRow, Refusal, cell};

/// A case as any line list has it: all but the id may be unknown.
///
/// Fields for a [`Mapping`](crate::Mapping): `id`, `onset`, `class`, `place`, `outcome`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CaseRow {
    /// The case's own id.
    pub id: String,
    /// The day of the first symptom.
    pub onset: Option<NaiveDate>,
    /// Confirmed, suspected and the like, in the file's words.
    pub class: Option<String>,
    /// Where the case belongs, in the file's words.
    pub place: Option<String>,
    /// What became of the case, in the file's words.
    pub outcome: Option<String>,
}

impl FromRow for CaseRow {
    const ID: &'static str = "id";

    fn from_row(row: &MappedRow<'_>) -> Result<Self, Refusal> {
        let owned = |target| row.optional_text(target).map(str::to_owned);
        Ok(Self {
            id: row.parse("id", cell::text)?.to_owned(),
            onset: row.date("onset")?,
            class: owned("class"),
            place: owned("place"),
            outcome: owned("outcome"),
        })
    }
}
