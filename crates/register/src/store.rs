//! The register.

use std::collections::HashSet;
use std::fmt;

use thiserror::Error;

use crate::mask::shown;
use crate::warning::warnings_of;
use crate::{Entry, RegisterWarning};

/// Entries by person key, one a person.
///
/// `Debug` prints their number alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Register {
    /// Sorted by key, each key once.
    entries: Vec<Entry>,
}

/// Why an entry was not taken. It prints nothing of what the entry holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The entry names no person.
    #[error("entry {}: the person key is empty; give the person a key", position + 1)]
    NoKey {
        /// Where the entry stands among those given, counted from 0.
        position: usize,
    },
    /// Another entry of the same person was taken.
    #[error("entry {}, person {person}: entry {} is of the same person and was kept; remove one of the two", position + 1, kept + 1)]
    Repeated {
        /// Where the entry stands among those given, counted from 0.
        position: usize,
        /// The person key, masked where it is a secret itself.
        person: String,
        /// Where the entry stands that was kept.
        kept: usize,
    },
}

impl RegisterError {
    /// Where the refused entry stands among those given, counted from 0.
    #[must_use]
    pub fn position(&self) -> usize {
        match self {
            Self::NoKey { position } | Self::Repeated { position, .. } => *position,
        }
    }
}

impl Register {
    /// The register of the entries that can be taken, and the errors of the others in the
    /// order given: taken and refused together are all.
    ///
    /// Of several entries of one person the smallest is kept, by name, identity number and
    /// telephone, whatever their order.
    ///
    /// ```
    /// use register::{Entry, Register};
    ///
    /// let (register, errors) = Register::build(vec![
    ///     Entry::new("P1", "b", "", ""),
    ///     Entry::new("P1", "a", "", ""),
    /// ]);
    /// assert_eq!(register.get("P1").and_then(Entry::name), Some("a"));
    /// assert_eq!(errors[0].to_string(),
    ///     "entry 1, person P1: entry 2 is of the same person and was kept; remove one of the two");
    /// ```
    #[must_use]
    pub fn build(entries: Vec<Entry>) -> (Self, Vec<RegisterError>) {
        let mut numbered: Vec<(Entry, usize)> = entries.into_iter().zip(0..).collect();
        numbered.sort_unstable();
        let mut errors = refused(&numbered);
        errors.sort_by_key(RegisterError::position);
        let mut entries: Vec<Entry> = numbered.into_iter().map(|(entry, _)| entry).collect();
        entries.retain(|entry| !entry.person_key().is_empty());
        // Equal keys stand together with the smallest entry first, which stays.
        entries.dedup_by(|next, kept| next.person_key() == kept.person_key());
        (Self { entries }, errors)
    }

    /// The entry of a person.
    #[must_use]
    pub fn get(&self, person_key: &str) -> Option<&Entry> {
        let found = self
            .entries
            .binary_search_by(|entry| entry.person_key().cmp(person_key));
        found.ok().map(|index| &self.entries[index])
    }

    /// The same register without a person.
    #[must_use]
    pub fn without(mut self, person_key: &str) -> Self {
        self.entries
            .retain(|entry| entry.person_key() != person_key);
        self
    }

    /// The entries in the order of their keys.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// How many people have an entry.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nobody has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What a clerk should look at, in the order of the keys: keys that are themselves
    /// identity numbers or telephones, identity numbers that cannot be a resident identity
    /// card's, telephones that cannot be called. They print nothing of the entries.
    #[must_use]
    pub fn warnings(&self) -> Vec<RegisterWarning> {
        let secrets = secrets_of(self.iter());
        self.iter()
            .flat_map(|entry| warnings_of(entry, &secrets))
            .collect()
    }
}

impl<'r> IntoIterator for &'r Register {
    type Item = &'r Entry;
    type IntoIter = std::slice::Iter<'r, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register")
            .field("entries", &self.len())
            .finish()
    }
}

/// The errors of sorted entries: those without a key, and all of a key but the first.
fn refused(sorted: &[(Entry, usize)]) -> Vec<RegisterError> {
    let secrets = secrets_of(sorted.iter().map(|(entry, _)| entry));
    let mut errors = Vec::new();
    for of_one_person in sorted.chunk_by(|(a, _), (b, _)| a.person_key() == b.person_key()) {
        let Some(((first, kept), others)) = of_one_person.split_first() else {
            continue;
        };
        if first.person_key().is_empty() {
            errors.extend(
                of_one_person
                    .iter()
                    .map(|(_, position)| RegisterError::NoKey {
                        position: *position,
                    }),
            );
            continue;
        }
        // A key is masked for one entry if it must be for any of the person's.
        let person = of_one_person
            .iter()
            .map(|(entry, _)| shown(entry, &secrets))
            .find(|shown| shown != first.person_key())
            .unwrap_or_else(|| first.person_key().to_owned());
        errors.extend(others.iter().map(|(_, position)| RegisterError::Repeated {
            position: *position,
            person: person.clone(),
            kept: *kept,
        }));
    }
    errors
}

fn secrets_of<'e>(entries: impl Iterator<Item = &'e Entry>) -> HashSet<&'e str> {
    entries.flat_map(Entry::secrets).collect()
}
