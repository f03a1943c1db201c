//! What the township decides about sending people out to work, as data.

use serde::{Deserialize, Serialize};

/// Where people are sent. There is no default: a list too short sends them into an outbreak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobPolicy {
    /// Risk levels of places to which nobody is sent, in the words of the vacancies.
    pub refused_risks: Vec<Box<str>>,
    /// Whether people are sent to a place whose risk level is not known.
    pub sends_where_risk_is_unknown: bool,
}

impl JobPolicy {
    /// Tengchong, February 2020: nobody is sent to a place of high or medium risk, nor to one
    /// whose risk nobody knows. The list is our convention, the caution the field's.
    pub fn tengchong_2020() -> Self {
        JobPolicy {
            refused_risks: vec!["high".into(), "medium".into()],
            sends_where_risk_is_unknown: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_policy_is_read_back_as_written_and_takes_no_unknown_field() {
        let policy = JobPolicy::tengchong_2020();
        let text = toml::to_string(&policy).unwrap();
        assert_eq!(toml::from_str::<JobPolicy>(&text).unwrap(), policy);
        assert!(toml::from_str::<JobPolicy>(&format!("{text}\nmode = 1")).is_err());
    }
}
