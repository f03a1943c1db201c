//! Every convention of a township's response, each in its room's own type.

use contact_tracing::TracingPolicy;
use follow_up::FollowUpPolicy;
use job_matching::JobPolicy;
use quarantine_rules::{BookErrors, Books, RulesPolicy};
use serde::{Deserialize, Serialize};
use supply_allocation::SupplyPolicy;
use task_tracking::TaskPolicy;
use thiserror::Error;

/// The rule books in force and what each room is told to do.
///
/// There is no `Default`: a wrong convention harms people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rule books, the township's own among them.
    pub books: Books,
    /// Which book governs, which places lie outside, what is a fever.
    pub rules: RulesPolicy,
    /// What counts as an exposure. Its window is the book's of the day, whatever stands here.
    pub tracing: TracingPolicy,
    /// Who may watch over whom, and when someone is lost.
    pub follow_up: FollowUpPolicy,
    /// What everyone gets first, and when a price is looked into.
    pub supply: SupplyPolicy,
    /// Who may leave for work.
    pub jobs: JobPolicy,
    /// When a task has stalled.
    pub tasks: TaskPolicy,
    /// What the bulletin hides and how far its charts go back.
    pub bulletin: BulletinPolicy,
}

/// What the bulletin hides and how far its charts go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinPolicy {
    /// Counts of people under this and over zero are hidden in the public edition.
    pub hide_counts_under: u32,
    /// How many days the chart of people under measure goes back.
    pub chart_days: u32,
}

impl BulletinPolicy {
    /// Cells of 1 to 4 hidden, charts of 40 days.
    pub fn tengchong_2020() -> Self {
        BulletinPolicy {
            hide_counts_under: 5,
            chart_days: 40,
        }
    }
}

/// A policy without its books, as `policy.toml` has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    rules: RulesPolicy,
    tracing: TracingPolicy,
    follow_up: FollowUpPolicy,
    supply: SupplyPolicy,
    jobs: JobPolicy,
    tasks: TaskPolicy,
    bulletin: BulletinPolicy,
}

/// Why a policy could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// The text is no policy; it says where and why.
    #[error("{0}")]
    Unreadable(String),
    /// The policy names an authority of which there is no book.
    #[error("rules.authority: there is no book of {authority:?}; name one of {known}")]
    UnknownAuthority {
        /// The authority.
        authority: String,
        /// Those there are.
        known: String,
    },
}

impl Policy {
    /// The policy of Tengchong in early 2020 with the shipped books.
    ///
    /// # Errors
    /// If a shipped book were unsound; the tests of `quarantine-rules` hold that none is.
    pub fn tengchong_2020() -> Result<Self, BookErrors> {
        Books::shipped().map(Self::tengchong_2020_with)
    }

    /// The policy of Tengchong in early 2020 with other books.
    pub fn tengchong_2020_with(books: Books) -> Self {
        let window = contact_tracing::ContactWindow {
            before_onset_days: 0,
            before_sampling_days: Some(0),
        };
        Policy {
            books,
            rules: RulesPolicy::tengchong_2020(),
            tracing: TracingPolicy::tengchong_2020(window),
            follow_up: FollowUpPolicy::tengchong_2020(),
            supply: SupplyPolicy::tengchong_2020(),
            jobs: JobPolicy::tengchong_2020(),
            tasks: TaskPolicy::tengchong_2020(),
            bulletin: BulletinPolicy::tengchong_2020(),
        }
    }

    /// A policy from `policy.toml`, with the books beside it.
    ///
    /// # Errors
    /// Where the text is no policy, or names a book that is not there.
    pub fn from_toml(text: &str, books: Books) -> Result<Self, PolicyError> {
        let file: PolicyFile =
            toml::from_str(text).map_err(|error| PolicyError::Unreadable(error.to_string()))?;
        if books.chain(&file.rules.authority).is_empty() {
            let known: Vec<&str> = books.iter().map(|book| &*book.authority).collect();
            return Err(PolicyError::UnknownAuthority {
                authority: file.rules.authority,
                known: known.join(", "),
            });
        }
        let PolicyFile {
            rules,
            tracing,
            follow_up,
            supply,
            jobs,
            tasks,
            bulletin,
        } = file;
        Ok(Policy {
            books,
            rules,
            tracing,
            follow_up,
            supply,
            jobs,
            tasks,
            bulletin,
        })
    }

    /// The policy as `policy.toml` has it.
    ///
    /// # Errors
    /// Never for a policy that was read; a text if the format cannot hold it.
    pub fn to_toml(&self) -> Result<String, PolicyError> {
        let Policy {
            books: _,
            rules,
            tracing,
            follow_up,
            supply,
            jobs,
            tasks,
            bulletin,
        } = self.clone();
        let file = PolicyFile {
            rules,
            tracing,
            follow_up,
            supply,
            jobs,
            tasks,
            bulletin,
        };
        toml::to_string(&file).map_err(|error| PolicyError::Unreadable(error.to_string()))
    }
}
