//! The conventions of this room that a township decides for itself.

use serde::{Deserialize, Serialize};

/// Which book governs, which places lie outside, and what counts as a fever.
///
/// There is no `Default`: a wrong authority or a wrong threshold harms people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesPolicy {
    /// The narrowest authority whose book governs here.
    pub authority: String,
    /// The disease the books are asked about.
    pub disease: String,
    /// Places outside the township: who is ordered there counts as transferred, and in no
    /// other measure.
    pub places_outside: Vec<String>,
    /// From how many tenths of a degree Celsius on a temperature is a fever (373 in China).
    pub fever_threshold_tenths: u16,
    /// What an unknown fact does to a decision.
    pub unknown: Unknown,
}

/// What an unknown fact does to a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
    /// Where the answer hangs on it, the answer is undetermined, and says what to find out.
    Undetermined,
    /// It matches no condition, which is the convention of the worked cases.
    NotMatched,
}

impl RulesPolicy {
    /// Mangbang in early 2020: the township's own book over Tengchong's, the city's site outside,
    /// fever from 37.3 °C (the national protocol of January 2020).
    pub fn tengchong_2020() -> Self {
        RulesPolicy {
            authority: "CN-YN-TC-MB".to_owned(),
            disease: "COVID-19".to_owned(),
            places_outside: vec!["city_site".to_owned()],
            fever_threshold_tenths: 373,
            unknown: Unknown::Undetermined,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_as_it_was_written_and_refuses_unknown_keys() {
        let policy = RulesPolicy::tengchong_2020();
        let text = toml::to_string(&policy).unwrap();
        assert_eq!(toml::from_str::<RulesPolicy>(&text).unwrap(), policy);
        let more = format!("feverish = 1\n{text}");
        assert!(toml::from_str::<RulesPolicy>(&more).is_err());
        assert_eq!(policy.fever_threshold_tenths, 373);
    }
}
