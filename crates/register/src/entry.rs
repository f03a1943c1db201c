//! What is known of one person.

use std::fmt;

/// A person's key, and the name, identity number and telephone as far as they are known.
///
/// `Debug` prints none of them.
///
/// ```
/// let entry = register::Entry::new("P1", " 王小明 ", "", "");
/// assert_eq!((entry.name(), entry.telephone()), (Some("王小明"), None));
/// assert_eq!(format!("{entry:?}"), "Entry { .. }");
/// ```
// Key first: the order of the fields is the order of entries.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    person_key: String,
    name: String,
    identity_number: String,
    telephone: String,
}

impl Entry {
    /// An entry of trimmed texts; an empty one is not known.
    #[must_use]
    pub fn new(person_key: &str, name: &str, identity_number: &str, telephone: &str) -> Self {
        let owned = |text: &str| text.trim().to_owned();
        Self {
            person_key: owned(person_key),
            name: owned(name),
            identity_number: owned(identity_number),
            telephone: owned(telephone),
        }
    }

    /// The key by which other tables name this person.
    #[must_use]
    pub fn person_key(&self) -> &str {
        &self.person_key
    }

    /// The name, if known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        known(&self.name)
    }

    /// The identity number as written, if known.
    #[must_use]
    pub fn identity_number(&self) -> Option<&str> {
        known(&self.identity_number)
    }

    /// The telephone as written, if known.
    #[must_use]
    pub fn telephone(&self) -> Option<&str> {
        known(&self.telephone)
    }

    /// What of the entry must never be printed.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        [self.name(), self.identity_number(), self.telephone()]
            .into_iter()
            .flatten()
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").finish_non_exhaustive()
    }
}

fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
