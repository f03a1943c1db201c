//! What the township decides about watching, as data.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Session;

/// How helpers are chosen and readings counted. There is no default: a limit too wide makes
/// contacts of helpers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpPolicy {
    /// How many people one helper watches at most.
    pub load_limit: u32,
    /// A helper is older than this many years.
    pub older_than_years: u32,
    /// A helper is younger than this many years.
    pub younger_than_years: u32,
    /// How many readings a day are due: 2 is morning and evening, 1 the morning alone.
    pub readings_per_day: u32,
    /// The hour by which the morning's reading must be taken, 1 to 23. The evening's must be
    /// taken by midnight.
    pub morning_until_hour: u32,
    /// After how many days running of searches in vain a person is lost to follow-up.
    pub lost_after_days: u32,
}

/// Why a policy cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("policy follow_up, {field}: {value} is out of range; write {remedy}")]
pub struct FollowUpPolicyError {
    /// The field.
    pub field: &'static str,
    /// What it holds.
    pub value: u32,
    /// What it may hold.
    pub remedy: &'static str,
}

impl FollowUpPolicy {
    /// Tengchong, February 2020: helpers over 18 and under 60 and two readings a day are the
    /// field's rules; five people a helper, noon, and three days are our conventions.
    pub fn tengchong_2020() -> Self {
        FollowUpPolicy {
            load_limit: 5,
            older_than_years: 18,
            younger_than_years: 60,
            readings_per_day: 2,
            morning_until_hour: 12,
            lost_after_days: 3,
        }
    }

    /// Whether the policy can be followed.
    ///
    /// # Errors
    /// The first field that is out of range.
    pub fn check(&self) -> Result<(), FollowUpPolicyError> {
        let fields = [
            ("load_limit", self.load_limit, 1..u32::MAX, "1 or more"),
            ("readings_per_day", self.readings_per_day, 1..3, "1 or 2"),
            (
                "morning_until_hour",
                self.morning_until_hour,
                1..24,
                "1 to 23",
            ),
            (
                "lost_after_days",
                self.lost_after_days,
                1..u32::MAX,
                "1 or more",
            ),
        ];
        for (field, value, range, remedy) in fields {
            if !range.contains(&value) {
                return Err(FollowUpPolicyError {
                    field,
                    value,
                    remedy,
                });
            }
        }
        Ok(())
    }

    /// The sessions a day has.
    pub fn sessions(&self) -> &'static [Session] {
        if self.readings_per_day < 2 {
            &[Session::Morning]
        } else {
            &[Session::Morning, Session::Evening]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_policy_can_be_followed_and_is_read_back_as_written() {
        let policy = FollowUpPolicy::tengchong_2020();
        assert_eq!(policy.check(), Ok(()));
        let text = toml::to_string(&policy).unwrap();
        assert_eq!(toml::from_str::<FollowUpPolicy>(&text).unwrap(), policy);
        assert!(toml::from_str::<FollowUpPolicy>(&format!("{text}\nmode = 1")).is_err());
    }

    #[test]
    fn a_third_reading_a_day_is_refused_by_name() {
        let mut policy = FollowUpPolicy::tengchong_2020();
        policy.readings_per_day = 3;
        assert_eq!(
            policy.check().unwrap_err().to_string(),
            "policy follow_up, readings_per_day: 3 is out of range; write 1 or 2"
        );
    }
}
