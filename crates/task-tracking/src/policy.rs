//! What the township decides about its tasks, as data.

use chrono::{NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How tasks are judged. There is no default: a window too long hides an item that stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskPolicy {
    /// Over how many days, the day itself included, the pace of an item is taken.
    pub pace_window_days: u32,
    /// After how many days without progress an unfinished item is stalled.
    pub stalled_after_days: u32,
    /// The hour at which the morning ends and noon begins, 1 to 22.
    pub noon_from_hour: u32,
    /// The hour at which noon ends and the evening begins, up to 23.
    pub evening_from_hour: u32,
}

/// Why a policy cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TaskPolicyError {
    /// A number of days is 0.
    #[error("policy tasks, {field}: 0 days hold nothing; write 1 or more")]
    NoDays {
        /// The field.
        field: &'static str,
    },
    /// The three sessions of the day do not follow each other.
    #[error(
        "policy tasks, noon_from_hour and evening_from_hour: {noon} and {evening} leave a session without an hour; write 0 < noon < evening < 24"
    )]
    EmptySession {
        /// The hour noon begins.
        noon: u32,
        /// The hour the evening begins.
        evening: u32,
    },
}

/// A session of the day. Together they cover all 24 hours, so that no broadcast falls between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DaySession {
    /// From midnight until noon begins.
    Morning,
    /// From then until the evening begins.
    Noon,
    /// From then until midnight.
    Evening,
}

impl TaskPolicy {
    /// Tengchong, February 2020. The bulletin asks for broadcasts morning, noon and evening and
    /// names no hours, windows or days of patience: all four figures are our convention.
    pub fn tengchong_2020() -> Self {
        TaskPolicy {
            pace_window_days: 7,
            stalled_after_days: 7,
            noon_from_hour: 11,
            evening_from_hour: 15,
        }
    }

    /// Whether the policy can be followed.
    ///
    /// # Errors
    /// The first field that cannot.
    pub fn check(&self) -> Result<(), TaskPolicyError> {
        if self.pace_window_days == 0 {
            return Err(TaskPolicyError::NoDays {
                field: "pace_window_days",
            });
        }
        if self.stalled_after_days == 0 {
            return Err(TaskPolicyError::NoDays {
                field: "stalled_after_days",
            });
        }
        let (noon, evening) = (self.noon_from_hour, self.evening_from_hour);
        if noon == 0 || noon >= evening || evening > 23 {
            return Err(TaskPolicyError::EmptySession { noon, evening });
        }
        Ok(())
    }

    /// The session an instant falls in.
    pub fn session(&self, at: NaiveDateTime) -> DaySession {
        if at.hour() < self.noon_from_hour {
            DaySession::Morning
        } else if at.hour() < self.evening_from_hour {
            DaySession::Noon
        } else {
            DaySession::Evening
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_policy_can_be_followed_and_is_read_back_as_written() {
        let policy = TaskPolicy::tengchong_2020();
        assert_eq!(policy.check(), Ok(()));
        let text = toml::to_string(&policy).unwrap();
        assert_eq!(toml::from_str::<TaskPolicy>(&text).unwrap(), policy);
        assert!(toml::from_str::<TaskPolicy>(&format!("{text}\nmode = 1")).is_err());
    }

    #[test]
    fn a_policy_that_holds_nothing_is_refused_by_the_name_of_its_field() {
        let mut policy = TaskPolicy::tengchong_2020();
        policy.stalled_after_days = 0;
        assert_eq!(
            policy.check().unwrap_err().to_string(),
            "policy tasks, stalled_after_days: 0 days hold nothing; write 1 or more"
        );
        let mut policy = TaskPolicy::tengchong_2020();
        policy.evening_from_hour = 11;
        assert_eq!(
            policy.check().unwrap_err().to_string(),
            "policy tasks, noon_from_hour and evening_from_hour: 11 and 11 leave a session without an hour; write 0 < noon < evening < 24"
        );
    }
}
