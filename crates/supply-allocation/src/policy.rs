//! What an authority decides about goods, and this crate must not decide for it.

use serde::{Deserialize, Serialize};

/// How goods are shared and prices watched.
///
/// There is no default: each figure is a decision somebody answers for.
///
/// ```
/// let policy = supply_allocation::SupplyPolicy::tengchong_2020();
/// assert_eq!(policy.survival_packets("rice"), 1);
/// assert_eq!(policy.survival_packets("beer"), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyPolicy {
    /// For how many days, its own day among them, an order stays open.
    pub round_days: u16,
    /// The outcomes of a delivery that left nothing at the door.
    pub undelivered_outcomes: Vec<Box<str>>,
    /// What every household that asks gets first, whatever its tier.
    pub survival_goods: Vec<SurvivalGood>,
    /// How many packets of a good a round one person is assessed to need.
    pub packets_per_person: u8,
    /// How many people a household is taken to have where nobody is recorded in it.
    pub people_where_unknown: u8,
    /// The most packets of a good a round that any household is assessed to need.
    pub packets_per_household: u8,
    /// How prices are watched.
    pub prices: PricePolicy,
}

/// A good of the survival floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurvivalGood {
    /// The good, as demand names it.
    pub good: Box<str>,
    /// How many packets a household a round belong to the floor.
    pub packets: u8,
}

/// When a price is called out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricePolicy {
    /// From how many days before the day a good's baseline is taken.
    pub baseline_days: u16,
    /// How many prices a baseline needs; with fewer there is none.
    pub least_prices: u16,
    /// By how many per cent a price may pass the baseline.
    pub margin_percent: u16,
    /// How many standard deviations, as the median absolute deviation estimates them, a price
    /// may pass the baseline: goods whose price always varied are not called out for it.
    pub deviations: u16,
    /// By how many per cent a seller may raise its own last price.
    pub rise_percent: u16,
    /// The rule that an alert cites for a price over the baseline.
    pub margin_citation: Box<str>,
    /// The rule that an alert cites for a rise.
    pub rise_citation: Box<str>,
}

impl SupplyPolicy {
    /// The preset of Tengchong in February 2020.
    ///
    /// The floor is the field's (staple food, salt, infant formula, prescribed medicine); every
    /// number is a convention of this crate, to be replaced by the headquarters' own.
    #[must_use]
    pub fn tengchong_2020() -> Self {
        let floor = ["rice", "salt", "infant_formula", "prescribed_medicine"];
        SupplyPolicy {
            round_days: 3,
            undelivered_outcomes: ["refused", "returned", "not_delivered"]
                .map(Box::from)
                .to_vec(),
            survival_goods: floor
                .map(|good| SurvivalGood {
                    good: good.into(),
                    packets: 1,
                })
                .to_vec(),
            packets_per_person: 2,
            people_where_unknown: 4,
            packets_per_household: 24,
            prices: PricePolicy::tengchong_2020(),
        }
    }

    /// How many packets of a good a household a round belong to the survival floor; 0 for a good
    /// that is not of it, and the greatest where a good is listed more than once.
    #[must_use]
    pub fn survival_packets(&self, good: &str) -> u8 {
        let listed = self
            .survival_goods
            .iter()
            .filter(|listed| *listed.good == *good);
        listed.map(|listed| listed.packets).max().unwrap_or(0)
    }

    /// How many packets of a good a household of so many people may count on in a round, however
    /// many it asks for; 0 people means that nobody is recorded, which is not that nobody lives there.
    #[must_use]
    pub fn most_assessed(&self, good: &str, people: u32) -> u64 {
        let people = match people {
            0 => u64::from(self.people_where_unknown),
            known => u64::from(known),
        };
        let by_people = people * u64::from(self.packets_per_person);
        let most = by_people.min(u64::from(self.packets_per_household));
        most.max(u64::from(self.survival_packets(good)))
    }

    /// Whether a delivery with this outcome left its packets; one without outcome did.
    #[must_use]
    pub fn was_delivered(&self, outcome: Option<&str>) -> bool {
        outcome.is_none_or(|outcome| {
            let mut listed = self.undelivered_outcomes.iter();
            !listed.any(|undelivered| **undelivered == *outcome)
        })
    }
}

impl PricePolicy {
    /// The preset of Tengchong in February 2020: the figures are conventions, the law is cited.
    #[must_use]
    pub fn tengchong_2020() -> Self {
        PricePolicy {
            baseline_days: 30,
            least_prices: 3,
            margin_percent: 30,
            deviations: 3,
            rise_percent: 20,
            margin_citation: "Price Law of the People's Republic of China, art. 14 (3)".into(),
            rise_citation: "Price Law of the People's Republic of China, art. 14 (3)".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assessed_need_follows_people_and_never_falls_under_the_floor() {
        let mut policy = SupplyPolicy::tengchong_2020();
        assert_eq!(policy.most_assessed("oil", 3), 6);
        assert_eq!(policy.most_assessed("oil", 500), 24);
        assert_eq!(policy.most_assessed("oil", 0), 8);
        policy.packets_per_person = 0;
        assert_eq!(policy.most_assessed("oil", 3), 0);
        assert_eq!(policy.most_assessed("salt", 3), 1);
    }

    #[test]
    fn a_policy_is_read_back_as_it_was_written_and_an_unknown_line_is_refused() {
        let policy = SupplyPolicy::tengchong_2020();
        let written = toml::to_string(&policy).unwrap();
        assert_eq!(toml::from_str(&written), Ok(policy));
        let misspelt = written.replace("packets_per_person", "packets_a_person");
        assert!(toml::from_str::<SupplyPolicy>(&misspelt).is_err());
    }

    #[test]
    fn only_listed_outcomes_leave_nothing() {
        let policy = SupplyPolicy::tengchong_2020();
        assert!(policy.was_delivered(None));
        assert!(policy.was_delivered(Some("left at the door")));
        assert!(!policy.was_delivered(Some("refused")));
    }
}
