//! Every convention of a township's response, each in its room's own type.

use contact_tracing::TracingPolicy;
use contact_tracing::chains::{AttackPolicy, Proportion, ReproductionPolicy, SeveralSettings};
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
#[derive(Clone, Debug, PartialEq)]
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
    /// How the chains of an outbreak are found; nothing where nobody asks for them.
    pub chains: Option<ChainPolicy>,
}

/// How the chains of an outbreak are found, and what is counted of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainPolicy {
    /// Days from the onset of an infector to that of whom it infected, on average.
    pub serial_interval_mean_days: f64,
    /// Their standard deviation.
    pub serial_interval_sd_days: f64,
    /// After how many days without an onset a cluster is over.
    pub quiet_days: u32,
    /// How the reproduction number is estimated.
    pub reproduction: ReproductionPolicy,
    /// How attack rates are counted.
    pub attack: AttackPolicy,
}

impl ChainPolicy {
    /// COVID-19 by what was known in early 2020: a serial interval of 7.5 days with a deviation
    /// of 3.4 (Li et al., "Early transmission dynamics in Wuhan, China, of novel
    /// coronavirus-infected pneumonia", New England Journal of Medicine 382 (2020), 1199–1207).
    ///
    /// Conventions: a cluster is over after twice the 14 days of the longest incubation assumed;
    /// an onset is laid to an exposure within those 14 days; the reproduction number is that of a
    /// week with at least 11 cases, as Cori et al. advise for its prior.
    pub fn tengchong_2020() -> Self {
        ChainPolicy {
            serial_interval_mean_days: 7.5,
            serial_interval_sd_days: 3.4,
            quiet_days: 28,
            reproduction: ReproductionPolicy {
                least_cases: 11,
                ..ReproductionPolicy::EPIESTIM
            },
            attack: AttackPolicy {
                several_settings: SeveralSettings::Each,
                within_days: Some(14),
                level: Proportion::NINETY_FIVE_PERCENT,
            },
        }
    }
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chains: Option<ChainPolicy>,
}

impl PolicyFile {
    /// Each room judges its own part.
    fn check(&self) -> Result<(), PolicyError> {
        let tracing = self.tracing.faults().into_iter();
        let tracing = tracing.map(|fault| format!("policy tracing, {fault}"));
        let follow_up = self.follow_up.check().err().map(|error| error.to_string());
        let tasks = self.tasks.check().err().map(|error| error.to_string());
        let faults: Vec<String> = tracing.chain(follow_up).chain(tasks).collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(PolicyError::Absurd(faults.join("\n")))
        }
    }
}

/// Why a policy could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// The text is no policy; it says where and why.
    #[error("{0}")]
    Unreadable(String),
    /// A room's own part could not be meant so; every such value, a line each.
    #[error("{0}")]
    Absurd(String),
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
            chains: Some(ChainPolicy::tengchong_2020()),
        }
    }

    /// A policy from `policy.toml`, with the books beside it.
    ///
    /// # Errors
    /// Where the text is no policy, holds values that a room calls absurd, or names a book that is
    /// not there.
    pub fn from_toml(text: &str, books: Books) -> Result<Self, PolicyError> {
        let file: PolicyFile =
            toml::from_str(text).map_err(|error| PolicyError::Unreadable(error.to_string()))?;
        file.check()?;
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
            chains,
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
            chains,
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
            chains,
        } = self.clone();
        let file = PolicyFile {
            rules,
            tracing,
            follow_up,
            supply,
            jobs,
            tasks,
            bulletin,
            chains,
        };
        toml::to_string(&file).map_err(|error| PolicyError::Unreadable(error.to_string()))
    }
}
