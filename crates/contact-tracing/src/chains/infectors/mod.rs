//! Who infected whom where no link says so: probabilities over all who may have.
//!
//! After Wallinga and Teunis, "Different epidemic curves for severe acute respiratory syndrome
//! reveal similar impacts of control measures", American Journal of Epidemiology 160 (2004),
//! 509–516: that a case with onset on day t was infected by one with onset on day s has the
//! probability w(t − s) divided by the sum of w over all other cases, w being the serial interval;
//! the sum of those probabilities over all whom a case may have infected is its reproduction
//! number. What contacts say multiplies w, as weights of pairs; a link that is known stands.

mod cohorts;
mod counts;
mod weights;

use chrono::NaiveDate;
use petgraph::graph::NodeIndex;
use serde::Serialize;
use thiserror::Error;

use super::{Chains, DelayDistribution, Proportion};
use weights::{Calendar, Pairs};

/// What contacts say of who infected whom, beside the days of onset.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactWeights<'a> {
    /// Infector, infectee and how much likelier (or less) the pair is for what is known of it.
    /// Of several rows for one pair the greatest weight stands. Pairs with oneself, and with
    /// people whom the chains do not have, are not used.
    pub pairs: Vec<(&'a str, &'a str, f64)>,
    /// The weight of all pairs that are not named: 0 where only a contact makes an infector.
    pub others: f64,
}

impl<'a> ContactWeights<'a> {
    /// Nothing is known of contacts: all pairs alike, as Wallinga and Teunis have it.
    pub fn unknown() -> Self {
        ContactWeights {
            pairs: Vec::new(),
            others: 1.0,
        }
    }

    /// Only who had contact can have infected, all contacts alike.
    pub fn only(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs = pairs
            .into_iter()
            .map(|(from, to)| (from, to, 1.0))
            .collect();
        ContactWeights { pairs, others: 0.0 }
    }
}

/// A weight that cannot be.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum BadWeight {
    /// Of a pair.
    #[error(
        "the contact of {infector} and {infectee} has the weight {weight}; give a number that is not negative"
    )]
    Pair {
        /// Who may have infected.
        infector: String,
        /// Whom.
        infectee: String,
        /// What was given.
        weight: f64,
    },
    /// Of the pairs that are not named.
    #[error("pairs without a contact have the weight {weight}; give a number that is not negative")]
    Others {
        /// What was given.
        weight: f64,
    },
}

/// Where a case came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Links name who infected it. Of several the days between onsets decide, or where they
    /// cannot, all are alike.
    Link,
    /// It has probabilities.
    Likely,
    /// It is said to be imported, and no link names an infector.
    SaidImported,
    /// Nobody's onset and contacts allow to have infected it: it is taken to be imported.
    NobodyPossible,
    /// Its onset is not known, and no link names an infector.
    NoOnset,
}

/// The probabilities of who infected whom. Made by [`Chains::likely_infectors`].
#[derive(Clone, Debug)]
pub struct LikelyInfectors<'a> {
    chains: &'a Chains,
    serial: DelayDistribution,
    calendar: Calendar,
    pairs: Pairs,
    others: f64,
    /// By person.
    origins: Vec<Origin>,
    /// By person: the weights of all who may have infected it together; 0 unless likely.
    totals: Vec<f64>,
    /// By person: whom links name, with their shares; empty unless linked.
    named: Vec<Vec<(NodeIndex, f64)>>,
    /// By person.
    reproduction: Vec<f64>,
}

/// What those who fell ill on one day passed on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CohortReproduction {
    /// The day of onset.
    pub day: NaiveDate,
    /// Who fell ill on it.
    pub cases: u32,
    /// Their reproduction number on average.
    pub mean: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The share of the serial interval that has passed by the last onset of the outbreak. Below
    /// 1 not all whom they infected have fallen ill, and the figures are too low: divided by it
    /// they are what Cauchemez et al., "Estimating in real time the efficacy of measures to
    /// control emerging communicable diseases", American Journal of Epidemiology 164 (2006),
    /// would expect.
    pub passed: f64,
}

impl Chains {
    /// Who infected whom, by onsets, the serial interval and contacts; links stand as they are.
    ///
    /// `imported` are cases known to be infected elsewhere: they infect, and nobody infected
    /// them unless a link says so. Ids the chains do not have are not used. A link of a person
    /// with itself is not used.
    ///
    /// Cost: the people, and for every day with an onset, and for every case with contacts, the
    /// days of the serial interval; never the pairs of people.
    ///
    /// # Errors
    /// Where a weight is negative or not a number.
    pub fn likely_infectors(
        &self,
        serial: &DelayDistribution,
        contacts: &ContactWeights<'_>,
        imported: &[&str],
    ) -> Result<LikelyInfectors<'_>, BadWeight> {
        let weight = contacts.others;
        if !(weight >= 0.0 && weight.is_finite()) {
            return Err(BadWeight::Others { weight });
        }
        let calendar = Calendar::of(self);
        let pairs = Pairs::of(self, &calendar, &contacts.pairs)?;
        let mut found = LikelyInfectors {
            chains: self,
            serial: serial.clone(),
            calendar,
            pairs,
            others: contacts.others,
            origins: vec![Origin::NoOnset; self.people()],
            totals: vec![0.0; self.people()],
            named: vec![Vec::new(); self.people()],
            reproduction: vec![0.0; self.people()],
        };
        found.find_origins(imported);
        found.find_reproduction();
        Ok(found)
    }
}

impl LikelyInfectors<'_> {
    /// Where a case came from; nothing for a node that is not of the chains.
    pub fn origin(&self, case: NodeIndex) -> Option<Origin> {
        self.origins.get(case.index()).copied()
    }

    /// Cases that were imported: said to be, or since nobody can have infected them. In the
    /// order of ids.
    pub fn imported(&self) -> Vec<&str> {
        let imported = self.chains.nodes().filter(|&case| {
            let origin = self.origin(case);
            matches!(origin, Some(Origin::SaidImported | Origin::NobodyPossible))
        });
        imported.map(|case| self.chains.id(case)).collect()
    }

    /// How many a case infected, as far as can be said: the sum of its probabilities, a link
    /// being 1; 0 for a node that is not of the chains.
    pub fn reproduction_number(&self, case: NodeIndex) -> f64 {
        self.reproduction.get(case.index()).copied().unwrap_or(0.0)
    }

    /// The probability that one case infected another; 0 where it cannot have.
    /// Cost: binary searches.
    pub fn probability(&self, infector: NodeIndex, infectee: NodeIndex) -> f64 {
        match self.origin(infectee) {
            Some(Origin::Link) => {
                let named = self.named[infectee.index()].iter();
                named
                    .filter(|(named, _)| *named == infector)
                    .map(|(_, share)| share)
                    .sum()
            }
            Some(Origin::Likely) if infector != infectee => {
                let contact = self
                    .calendar
                    .day_of(infector)
                    .and_then(|day| self.pairs.weight((day, infector), infectee));
                contact.unwrap_or(self.others) * self.delay_weight(infector, infectee)
                    / self.totals[infectee.index()]
            }
            _ => 0.0,
        }
    }

    /// Everyone who may have infected a case with the probability, the likeliest first, then by
    /// id. Cost: those who fell ill within the serial interval.
    pub fn infectors(&self, infectee: NodeIndex) -> Vec<(NodeIndex, f64)> {
        let mut all: Vec<(NodeIndex, f64)> = match self.origin(infectee) {
            Some(Origin::Link) => self.named[infectee.index()].clone(),
            Some(Origin::Likely) => {
                let days = self.weights_by_day(infectee);
                let people = days.flat_map(|(day, _)| self.calendar.people_on(day));
                people
                    .map(|&person| (person, self.probability(person, infectee)))
                    .collect()
            }
            _ => Vec::new(),
        };
        all.retain(|&(_, probability)| probability > 0.0);
        all.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all
    }

    /// Who most likely infected a case, with the probability; of several as likely the first by
    /// id. Cost: the days of the serial interval and the contacts of the case.
    pub fn likeliest(&self, infectee: NodeIndex) -> Option<(NodeIndex, f64)> {
        let better =
            |a: &(NodeIndex, f64), b: &(NodeIndex, f64)| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0));
        if self.origin(infectee)? == Origin::Link {
            return self.named[infectee.index()].iter().copied().max_by(better);
        }
        let with_contact = self
            .pairs
            .infectors(infectee)
            .iter()
            .map(|pair| pair.infector);
        let without = self.weights_by_day(infectee).filter_map(|(day, _)| {
            // All others of a day are alike, so that its first stands for them.
            let people = self.calendar.people_on(day).iter().copied();
            let mut plain = people
                .filter(|&person| person != infectee)
                .filter(|&person| self.pairs.weight((day, person), infectee).is_none());
            plain.next()
        });
        let each = with_contact.chain(without);
        let each = each.map(|person| (person, self.probability(person, infectee)));
        each.filter(|(_, probability)| *probability > 0.0)
            .max_by(better)
    }

    /// The reproduction number by day of onset with intervals, in the order of days.
    ///
    /// How many a day's cases infected is a sum over the infectees, each of them theirs or not
    /// by its probability and independently of the others. Its distribution is summed exactly,
    /// not drawn by simulation as Wallinga and Teunis did: the same every time, and no seed. Only
    /// where its variance is over 100 is it taken from the first three moments, which is less
    /// than one infectee off. The serial interval is taken as known. Cost: for each day the days of the serial interval and
    /// the cases with contacts among their infectees, times the width of the distribution.
    pub fn by_day_of_onset(&self, level: Proportion) -> Vec<CohortReproduction> {
        self.cohorts(level)
    }
}
