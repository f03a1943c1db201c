//! How many each person infected, and how unequally.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chance::float;
use super::dispersion::{self, OffspringFit};
use super::{Chains, Proportion};

/// How many each person infected. Figures are of people, not of infectors alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offspring {
    /// Links divided by people, the mean R of the chains; 0 where there is nobody.
    pub mean: f64,
    /// The population variance, divided by n.
    pub variance: f64,
    /// The dispersion k; nothing where the figures vary no more than chance (variance ≤ mean).
    pub dispersion: Option<f64>,
    /// How many people infected so many others.
    pub histogram: BTreeMap<u32, u32>,
}

impl Offspring {
    /// Of people by how many each infected.
    pub fn of(histogram: BTreeMap<u32, u32>) -> Self {
        let n: f64 = histogram.values().map(|&people| f64::from(people)).sum();
        let of = |value: &dyn Fn(f64) -> f64| {
            let weighted = histogram
                .iter()
                .map(|(&count, &people)| value(f64::from(count)) * f64::from(people));
            if n > 0.0 {
                weighted.sum::<f64>() / n
            } else {
                0.0
            }
        };
        let mean = of(&|count| count);
        Offspring {
            mean,
            variance: of(&|count| (count - mean) * (count - mean)),
            dispersion: dispersion::dispersion(&histogram),
            histogram,
        }
    }

    /// Mean and dispersion with their intervals; nothing where there is nobody.
    ///
    /// Recent cases have not yet infected all whom they will: of an outbreak that goes on, both
    /// are of the links known so far.
    pub fn fit(&self, level: Proportion) -> Option<OffspringFit> {
        dispersion::fit(&self.histogram, level)
    }

    /// The share of all links that came from the most infectious share of people; nothing where
    /// nobody infected anyone. People who infected as many share what falls to only some of them.
    pub fn share_from_top(&self, people: Proportion) -> Option<f64> {
        let mut left = people.value() * float(self.people());
        let mut links = 0.0;
        for (&count, &with_so_many) in self.histogram.iter().rev() {
            let taken = left.min(f64::from(with_so_many));
            links += taken * f64::from(count);
            left -= taken;
        }
        (self.links() > 0).then(|| links / float(self.links()))
    }

    /// The least share of people from whom a share of all links came; nothing where nobody
    /// infected anyone.
    pub fn people_behind(&self, transmission: Proportion) -> Option<f64> {
        let mut left = transmission.value() * float(self.links());
        let mut people = 0.0;
        for (&count, &with_so_many) in self.histogram.iter().rev() {
            let (each, all) = (f64::from(count), f64::from(with_so_many));
            if left <= all * each {
                let taken = if each > 0.0 { left / each } else { 0.0 };
                return (self.links() > 0).then(|| (people + taken) / float(self.people()));
            }
            people += all;
            left -= all * each;
        }
        // Only where rounding left a rest after the last person.
        (self.links() > 0).then(|| people / float(self.people()))
    }

    fn people(&self) -> usize {
        self.histogram.values().map(|&people| people as usize).sum()
    }

    fn links(&self) -> usize {
        let links = self.histogram.iter();
        links
            .map(|(&count, &people)| count as usize * people as usize)
            .sum()
    }
}

impl Chains {
    /// How many each person infected, by the rows of links.
    pub fn offspring(&self) -> Offspring {
        let mut histogram = BTreeMap::new();
        for count in self.infectee_counts() {
            *histogram.entry(count).or_insert(0u32) += 1;
        }
        Offspring::of(histogram)
    }

    /// The people who infected most, the most first, then by id.
    pub fn top_infectors(&self, how_many: usize) -> Vec<(&str, u32)> {
        let counts = self.infectee_counts();
        let mut counts: Vec<_> = self.nodes().zip(counts).collect();
        counts.retain(|&(_, count)| count > 0);
        counts.sort_by_key(|&(person, count)| (std::cmp::Reverse(count), person));
        counts.truncate(how_many);
        let named = counts.into_iter();
        named
            .map(|(person, count)| (self.id(person), count))
            .collect()
    }

    fn infectee_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.people()];
        for (from, _) in self.ends() {
            counts[from.index()] += 1;
        }
        counts
    }
}
