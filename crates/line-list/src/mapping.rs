//! Which column holds which field.

mod formats;

use crate::cell::Dates;

/// Which column of a file holds which field of a record, and what the file's makers meant
/// by its ids and dates.
///
/// ```
/// use line_list::Mapping;
///
/// let mapping = Mapping::new([("id", "case_id"), ("onset", "dt_onset")]);
/// assert_eq!(mapping.column_of("onset"), Some("dt_onset"));
/// assert_eq!(Mapping::go_data().column_of("id"), Some("visualId"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    fields: Vec<Field>,
    unique_ids: bool,
    dates: Dates,
}

/// A field, its column, and whether the column may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) target: String,
    pub(crate) column: String,
    pub(crate) may_be_missing: bool,
}

impl Mapping {
    /// A mapping of fields to columns, all of which must be there; ids are unique and
    /// dates have the year first.
    #[must_use]
    pub fn new<F: Into<String>, C: Into<String>>(fields: impl IntoIterator<Item = (F, C)>) -> Self {
        let mut mapping = Self {
            fields: Vec::new(),
            unique_ids: true,
            dates: Dates::YearFirst,
        };
        for (target, column) in fields {
            mapping.set(target.into(), column.into(), false);
        }
        mapping
    }

    /// The same with one more field, or with another column for a field it has.
    #[must_use]
    pub fn with(mut self, target: impl Into<String>, column: impl Into<String>) -> Self {
        self.set(target.into(), column.into(), false);
        self
    }

    /// The same with a field whose column may be missing: then the field is not known.
    #[must_use]
    pub fn with_optional(mut self, target: impl Into<String>, column: impl Into<String>) -> Self {
        self.set(target.into(), column.into(), true);
        self
    }

    /// The same for a file in which an id may stand in several rows on purpose, as where
    /// each row is a visit or a sample.
    #[must_use]
    pub fn with_repeated_ids(mut self) -> Self {
        self.unique_ids = false;
        self
    }

    /// The same for a file that writes its dates so.
    #[must_use]
    pub fn with_dates(mut self, dates: Dates) -> Self {
        self.dates = dates;
        self
    }

    /// The column of a field, if one is named.
    #[must_use]
    pub fn column_of(&self, target: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.target == target)
            .map(|field| field.column.as_str())
    }

    /// Whether an id may stand in one row only.
    #[must_use]
    pub fn unique_ids(&self) -> bool {
        self.unique_ids
    }

    /// How the file writes its dates.
    #[must_use]
    pub fn dates(&self) -> Dates {
        self.dates
    }

    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn set(&mut self, target: String, column: String, may_be_missing: bool) {
        self.fields.retain(|field| field.target != target);
        self.fields.push(Field {
            target,
            column,
            may_be_missing,
        });
    }
}
