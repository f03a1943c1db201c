//! People by keys of one's own, for whoever has a list of contacts and no township.

use std::fmt::Write as _;

use grid_model::{Keys, PersonId};
use thiserror::Error;

use crate::{Place, Step};

/// A key that is in no row the people were numbered from.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("person {key:?} is not known; number the people from every row that names one")]
pub struct UnknownPerson {
    /// The key asked for.
    pub key: String,
}

/// People numbered in the order of their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonKeys(Keys);

impl PersonKeys {
    /// Numbers people from keys in any order, each as often as it comes.
    pub fn new<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Self {
        PersonKeys(Keys::new(keys))
    }

    /// The number of a person.
    ///
    /// # Errors
    /// If the key was not among those numbered.
    pub fn id(&self, key: &str) -> Result<PersonId, UnknownPerson> {
        self.0
            .position(key)
            .and_then(PersonId::from_index)
            .ok_or_else(|| UnknownPerson {
                key: key.to_owned(),
            })
    }

    /// The key of a person; the empty text for a number that is not one of them.
    pub fn key(&self, person: PersonId) -> &str {
        self.0.key(person.index())
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An evidence path in one line: `Ann > Bo (2020-02-20 10:00, household)`.
    pub fn describe(&self, path: &[Step]) -> String {
        let mut line = String::new();
        for (index, step) in path.iter().enumerate() {
            if index == 0 {
                line.push_str(self.key(step.from));
            }
            // Writing into a String cannot fail.
            let _ = write!(
                line,
                " > {} ({}",
                self.key(step.to),
                step.began.format("%Y-%m-%d %H:%M")
            );
            match &step.place {
                Place::Contact { setting: None } => {}
                Place::Contact {
                    setting: Some(word),
                } => {
                    let _ = write!(line, ", {word}");
                }
                Place::Venue(venue) => {
                    let _ = write!(line, ", venue {}", venue.index());
                }
            }
            line.push(')');
        }
        line
    }
}
