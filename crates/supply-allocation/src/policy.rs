//! What an authority decides about goods, and this crate must not decide for it.

use std::num::NonZeroU16;

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
    /// The outcomes of a delivery that left nothing at the door: the purchaser has the packets
    /// still.
    pub undelivered_outcomes: Vec<Box<str>>,
    /// The outcomes of a delivery whose packets are lost: nobody has them.
    pub lost_outcomes: Vec<Box<str>>,
    /// What every household that asks gets first, whatever its tier.
    pub survival_goods: Vec<SurvivalGood>,
    /// How many packets of a good a round one person is assessed to need.
    pub packets_per_person: u8,
    /// How many people a household is taken to have where nobody is recorded in it.
    pub people_where_unknown: u8,
    /// The most packets of a good a round that any household is assessed to need.
    pub packets_per_household: u8,
    /// What is needed of a good where an order does not say how much.
    pub diet: Vec<DietGood>,
    /// How long a purchaser may be on the round.
    pub round: RoundPolicy,
    /// How many packets a day a purchaser is taken to carry who was only just asked.
    pub new_purchaser_packets: u32,
    /// How prices are watched.
    pub prices: PricePolicy,
    /// How complaints are counted.
    pub quality: QualityPolicy,
}

/// How fast a good is used up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DietGood {
    /// The good, as demand names it.
    pub good: Box<str>,
    /// For how many days a packet lasts one who uses it.
    pub days_a_packet: NonZeroU16,
    /// Who of a household uses it.
    pub eaters: Eaters,
}

/// Who of a household uses a good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eaters {
    /// Everyone who is there.
    Everyone,
    /// Infants alone.
    Infants,
}

/// How long a purchaser may be on a day's round.
///
/// The time is counted by the packet, so that it is a limit of packets and the whole day stays one
/// network; a stop's own minutes are in the packets brought there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundPolicy {
    /// How many minutes a day's round may take.
    pub minutes: u16,
    /// How many minutes a packet takes: to buy, to carry and to leave at the door.
    pub minutes_a_packet: NonZeroU16,
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

/// When a price is called out. The percentages are the authority's own: no law named here has one.
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
    /// By how many per cent a price may pass what a packet costs the purchasers.
    pub over_cost_percent: u16,
    /// By how many per cent a seller may raise its own last price.
    pub rise_percent: u16,
    /// The rule that an alert cites for a price over the baseline.
    pub margin_citation: Box<str>,
    /// The rule that an alert cites for a price too far over the cost.
    pub over_cost_citation: Box<str>,
    /// The rule that an alert cites for a rise.
    pub rise_citation: Box<str>,
}

/// How complaints of sellers are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityPolicy {
    /// How many days are looked back over, the day among them.
    pub window_days: u16,
    /// On how many days a seller must have been seen, or the answer says that they were few.
    pub least_days: u16,
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
            lost_outcomes: ["lost", "spoiled", "damaged"].map(Box::from).to_vec(),
            survival_goods: floor
                .map(|good| SurvivalGood {
                    good: good.into(),
                    packets: 1,
                })
                .to_vec(),
            packets_per_person: 2,
            people_where_unknown: 4,
            packets_per_household: 24,
            diet: diet_of_tengchong(),
            // Eight hours, two minutes a packet: 240 packets a day.
            round: RoundPolicy {
                minutes: 480,
                minutes_a_packet: NonZeroU16::MIN.saturating_add(1),
            },
            new_purchaser_packets: 40,
            prices: PricePolicy::tengchong_2020(),
            quality: QualityPolicy {
                window_days: 14,
                least_days: 7,
            },
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

    /// How many packets of a good a household is taken to need for a round when it does not say:
    /// as many as its eaters use up in the round's days, one at least, no fewer than the survival
    /// floor and no more than [`most_assessed`](Self::most_assessed). A good the diet does not
    /// list is needed once.
    #[must_use]
    pub fn computed_packets(&self, good: &str, people: u32, infants: u32) -> u32 {
        let days_used = self
            .diet
            .iter()
            .find(|listed| *listed.good == *good)
            .map(|listed| {
                let eaters = match listed.eaters {
                    Eaters::Everyone if people == 0 => u64::from(self.people_where_unknown),
                    Eaters::Everyone => u64::from(people),
                    Eaters::Infants => u64::from(infants),
                };
                (eaters * u64::from(self.round_days))
                    .div_ceil(u64::from(listed.days_a_packet.get()))
            });
        let least = u64::from(self.survival_packets(good)).max(1);
        let most = self.most_assessed(good, people).max(least);
        let packets = days_used.unwrap_or(0).clamp(least, most);
        u32::try_from(packets).unwrap_or(u32::MAX)
    }

    /// How many packets a day's round has time for.
    #[must_use]
    pub fn packets_in_a_round(&self) -> u32 {
        u32::from(self.round.minutes / self.round.minutes_a_packet)
    }

    /// What became of the packets of a delivery with this outcome; without outcome they were left
    /// at the door.
    #[must_use]
    pub fn fate(&self, outcome: Option<&str>) -> Fate {
        let is_in = |listed: &[Box<str>]| {
            outcome.is_some_and(|outcome| listed.iter().any(|word| **word == *outcome))
        };
        if is_in(&self.undelivered_outcomes) {
            Fate::BroughtBack
        } else if is_in(&self.lost_outcomes) {
            Fate::Lost
        } else {
            Fate::Delivered
        }
    }
}

/// What became of packets that were on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Left at the door.
    Delivered,
    /// The purchaser has them still.
    BroughtBack,
    /// Nobody has them.
    Lost,
}

/// A 10 kg bag of rice, a bottle of oil, a bag of salt, a basket of vegetables, a tin of formula:
/// conventions, from what the dietary guidelines for Chinese residents of 2016 give for a day
/// (250-400 g of grain, 25-30 g of oil, under 6 g of salt, 300-500 g of vegetables).
fn diet_of_tengchong() -> Vec<DietGood> {
    let listed = [
        ("rice", 25, Eaters::Everyone),
        ("oil", 40, Eaters::Everyone),
        ("salt", 60, Eaters::Everyone),
        ("vegetables", 3, Eaters::Everyone),
        ("infant_formula", 7, Eaters::Infants),
    ];
    let days = |days| NonZeroU16::new(days).unwrap_or(NonZeroU16::MIN);
    listed
        .map(|(good, lasts, eaters)| DietGood {
            good: good.into(),
            days_a_packet: days(lasts),
            eaters,
        })
        .to_vec()
}

impl PricePolicy {
    /// The preset of Tengchong in February 2020: the law is cited, every figure is a convention to be
    /// replaced by what the local market supervision has decreed.
    ///
    /// What the law says: fabricating news of rises and driving prices too high is forbidden (Price
    /// Law, art. 14 (3)), without a figure. The guiding opinions of 1 February 2020 hold a seller to
    /// the margin of its last sale up to 19 January, and where none can be shown forbid a
    /// substantial rise over the purchase cost after a warning, again without a figure
    /// (<http://www.gov.cn/zhengce/zhengceku/2020-02/02/content_5473889.htm>). Figures came with local
    /// decrees, and differ: 15 % where no earlier price can be compared in Hainan (28 January
    /// 2020), 35 % in Weifang (16 March 2022). None of Yunnan was found.
    #[must_use]
    pub fn tengchong_2020() -> Self {
        PricePolicy {
            baseline_days: 30,
            least_prices: 3,
            margin_percent: 30,
            deviations: 3,
            over_cost_percent: 35,
            rise_percent: 20,
            margin_citation: "Price Law of the People's Republic of China, art. 14 (3)".into(),
            over_cost_citation: "State Administration for Market Regulation, guiding opinions on \
                                 price gouging of 1 February 2020 (国市监竞争〔2020〕21号), which \
                                 leave how much is too much to local decrees"
                .into(),
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
        let fates = [
            None,
            Some("left at the door"),
            Some("refused"),
            Some("spoiled"),
        ];
        assert_eq!(
            fates.map(|outcome| policy.fate(outcome)),
            [
                Fate::Delivered,
                Fate::Delivered,
                Fate::BroughtBack,
                Fate::Lost
            ]
        );
    }

    #[test]
    fn a_need_nobody_stated_follows_who_eats_and_for_how_long() {
        let mut policy = SupplyPolicy::tengchong_2020();
        assert_eq!(policy.computed_packets("vegetables", 4, 0), 4);
        assert_eq!(
            policy.computed_packets("vegetables", 0, 0),
            4,
            "four where unknown"
        );
        assert_eq!(policy.computed_packets("infant_formula", 4, 1), 1);
        assert_eq!(policy.computed_packets("infant_formula", 4, 5), 3);
        assert_eq!(policy.computed_packets("batteries", 9, 0), 1);
        policy.round_days = 300;
        assert_eq!(
            policy.computed_packets("rice", 4, 0),
            8,
            "no more than is assessed"
        );
    }
}
