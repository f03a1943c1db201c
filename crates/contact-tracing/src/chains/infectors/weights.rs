//! Who fell ill on which day, what contacts say, and what that weighs together.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use petgraph::graph::NodeIndex;

use super::{BadWeight, LikelyInfectors, Origin};
use crate::chains::chance::float;
use crate::chains::{Chains, DelayDistribution};

/// Who fell ill on which day. Days without an onset are in no list: dates at the two ends of the
/// calendar cost two days, not all between them.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    /// In order.
    pub(super) days: Vec<NaiveDate>,
    /// The same counted, since differences of dates would be most of the work.
    numbers: Vec<i64>,
    /// Where the people of each day begin and end.
    ranges: Vec<Range<usize>>,
    /// By day, then in the order of ids.
    people: Vec<NodeIndex>,
    /// By person: the position of the day of onset.
    day_of: Vec<Option<usize>>,
}

impl Calendar {
    pub(super) fn of(chains: &Chains) -> Calendar {
        let onset = |person: NodeIndex| chains.onset(person).map(|day| (day, person));
        let mut ordered: Vec<(NaiveDate, NodeIndex)> = chains.nodes().filter_map(onset).collect();
        ordered.sort_unstable();
        let (mut days, mut ranges, mut at) = (Vec::new(), Vec::new(), 0);
        let mut day_of = vec![None; chains.people()];
        for of_day in ordered.chunk_by(|a, b| a.0 == b.0) {
            for &(_, person) in of_day {
                day_of[person.index()] = Some(days.len());
            }
            days.extend(of_day.first().map(|first| first.0));
            ranges.push(at..at + of_day.len());
            at += of_day.len();
        }
        let number = |day: &NaiveDate| i64::from(day.num_days_from_ce());
        Calendar {
            numbers: days.iter().map(number).collect(),
            days,
            ranges,
            people: ordered.into_iter().map(|(_, person)| person).collect(),
            day_of,
        }
    }

    /// Who fell ill on a day, in the order of ids.
    pub(super) fn people_on(&self, day: usize) -> &[NodeIndex] {
        let range = self.ranges.get(day).cloned().unwrap_or(0..0);
        self.people.get(range).unwrap_or(&[])
    }

    /// The position of the day on which someone fell ill.
    pub(super) fn day_of(&self, person: NodeIndex) -> Option<usize> {
        self.day_of.get(person.index()).copied().flatten()
    }

    /// How many days after one day another is.
    fn days_between(&self, from: usize, to: usize) -> i64 {
        self.numbers[to] - self.numbers[from]
    }

    /// The days with an onset from which infection may have come to one who fell ill on a day,
    /// each with its weight by the serial interval.
    pub(super) fn before<'a>(
        &'a self,
        day: usize,
        serial: &'a DelayDistribution,
    ) -> impl Iterator<Item = (usize, f64)> + use<'a> {
        let days = self.around(day, -serial.last(), -*serial.days().start());
        days.map(move |at| (at, serial.probability(self.days_between(at, day))))
            .filter(|&(_, weight)| weight > 0.0)
    }

    /// The days with an onset to which infection may have gone from one who fell ill on a day.
    pub(super) fn after<'a>(
        &'a self,
        day: usize,
        serial: &'a DelayDistribution,
    ) -> impl Iterator<Item = (usize, f64)> + use<'a> {
        let days = self.around(day, *serial.days().start(), serial.last());
        days.map(move |at| (at, serial.probability(self.days_between(day, at))))
            .filter(|&(_, weight)| weight > 0.0)
    }

    /// The days with an onset that are from `least` to `most` days off.
    fn around(&self, day: usize, least: i64, most: i64) -> Range<usize> {
        let number = self.numbers[day];
        let begin = self.numbers.partition_point(|&each| each < number + least);
        begin
            ..self
                .numbers
                .partition_point(|&each| each <= number + most)
                .max(begin)
    }
}

/// What a contact weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) infectee: NodeIndex,
    /// The position of the infector's day of onset.
    pub(super) day: usize,
    pub(super) infector: NodeIndex,
    pub(super) weight: f64,
}

/// Contacts of two people with known onset, by infectee, then by the infector's day of onset,
/// then by the infector's id.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    pairs: Vec<Pair>,
    /// By infectee.
    ranges: Vec<Range<usize>>,
}

impl Pairs {
    pub(super) fn of(
        chains: &Chains,
        calendar: &Calendar,
        rows: &[(&str, &str, f64)],
    ) -> Result<Pairs, BadWeight> {
        let mut pairs = Vec::with_capacity(rows.len());
        for &(from, to, weight) in rows {
            if !(weight >= 0.0 && weight.is_finite()) {
                let (infector, infectee) = (from.to_owned(), to.to_owned());
                return Err(BadWeight::Pair {
                    infector,
                    infectee,
                    weight,
                });
            }
            let (Some(infector), Some(infectee)) = (chains.node(from), chains.node(to)) else {
                continue;
            };
            if let Some(day) = calendar.day_of(infector).filter(|_| infector != infectee) {
                pairs.push(Pair {
                    infectee,
                    day,
                    infector,
                    weight,
                });
            }
        }
        // The greatest weight of a pair first, so that it stays.
        pairs.sort_unstable_by(|a, b| {
            let place = |pair: &Pair| (pair.infectee, pair.day, pair.infector);
            place(a).cmp(&place(b)).then(b.weight.total_cmp(&a.weight))
        });
        pairs.dedup_by_key(|pair| (pair.infectee, pair.infector));
        Ok(Pairs::by_infectee(pairs, chains.people()))
    }

    fn by_infectee(pairs: Vec<Pair>, people: usize) -> Pairs {
        let mut ranges = vec![0..0; people];
        let mut at = 0;
        for of_infectee in pairs.chunk_by(|a, b| a.infectee == b.infectee) {
            if let Some(first) = of_infectee.first() {
                ranges[first.infectee.index()] = at..at + of_infectee.len();
            }
            at += of_infectee.len();
        }
        Pairs { pairs, ranges }
    }

    /// The contacts by which someone may have been infected.
    pub(super) fn infectors(&self, infectee: NodeIndex) -> &[Pair] {
        let range = self.ranges.get(infectee.index()).cloned().unwrap_or(0..0);
        self.pairs.get(range).unwrap_or(&[])
    }

    pub(super) fn all(&self) -> &[Pair] {
        &self.pairs
    }

    /// The weight of a contact with one who fell ill on a day; nothing where there was none.
    pub(super) fn weight(&self, infector: (usize, NodeIndex), infectee: NodeIndex) -> Option<f64> {
        let of_infectee = self.infectors(infectee);
        let found = of_infectee.binary_search_by_key(&infector, |pair| (pair.day, pair.infector));
        of_infectee.get(found.ok()?).map(|pair| pair.weight)
    }
}

impl LikelyInfectors<'_> {
    /// What the serial interval says of two people; 0 where an onset is not known.
    pub(super) fn delay_weight(&self, infector: NodeIndex, infectee: NodeIndex) -> f64 {
        let days = self
            .calendar
            .day_of(infector)
            .zip(self.calendar.day_of(infectee));
        days.map_or(0.0, |(from, to)| {
            self.serial
                .probability(self.calendar.days_between(from, to))
        })
    }

    /// The days from which infection may have come to a case, each with what all who fell ill on
    /// it weigh together: those with a contact by its weight, the others alike, the case itself
    /// not.
    pub(super) fn weights_by_day(
        &self,
        infectee: NodeIndex,
    ) -> impl Iterator<Item = (usize, f64)> + use<'_> {
        let own = self.calendar.day_of(infectee);
        let days = own
            .into_iter()
            .flat_map(|day| self.calendar.before(day, &self.serial));
        // Contacts lie in the order of days as the days do, so that one pass meets them all.
        let mut contacts = self.pairs.infectors(infectee);
        days.map(move |(day, delay)| {
            let earlier = contacts.partition_point(|pair| pair.day < day);
            let (of_day, later) = contacts[earlier..]
                .split_at(contacts[earlier..].partition_point(|pair| pair.day == day));
            contacts = later;
            let named: f64 = of_day.iter().map(|pair| pair.weight).sum();
            let people = self.calendar.people_on(day).len();
            let plain = people - of_day.len() - usize::from(own == Some(day));
            (day, delay * (self.others * float(plain) + named))
        })
    }

    /// All weights of those who may have infected a case.
    fn total(&self, infectee: NodeIndex) -> f64 {
        self.weights_by_day(infectee)
            .map(|(_, weight)| weight)
            .sum()
    }

    pub(super) fn find_origins(&mut self, imported: &[&str]) {
        let mut said = vec![false; self.chains.people()];
        for case in imported.iter().filter_map(|id| self.chains.node(id)) {
            said[case.index()] = true;
        }
        // Those of one day without contacts have one total.
        let mut plain: Vec<Option<f64>> = vec![None; self.calendar.days.len()];
        for case in self.chains.nodes() {
            let named = self.named_infectors(case);
            let day = self.calendar.day_of(case);
            let (origin, total) = if !named.is_empty() {
                (Origin::Link, 0.0)
            } else if said[case.index()] {
                (Origin::SaidImported, 0.0)
            } else if let Some(day) = day {
                let total = if self.pairs.infectors(case).is_empty() {
                    *plain[day].get_or_insert_with(|| self.total(case))
                } else {
                    self.total(case)
                };
                let possible = total > 0.0;
                (
                    if possible {
                        Origin::Likely
                    } else {
                        Origin::NobodyPossible
                    },
                    total,
                )
            } else {
                (Origin::NoOnset, 0.0)
            };
            self.origins[case.index()] = origin;
            self.totals[case.index()] = total;
            self.named[case.index()] = named;
        }
    }

    /// Whom links name as infectors with their shares: by the serial interval where it tells
    /// them apart, else alike.
    fn named_infectors(&self, infectee: NodeIndex) -> Vec<(NodeIndex, f64)> {
        let mut named = self.chains.infectors(infectee);
        named.retain(|&infector| infector != infectee);
        let weights = named
            .iter()
            .map(|&infector| self.delay_weight(infector, infectee));
        let weights: Vec<f64> = weights.collect();
        let sum: f64 = weights.iter().sum();
        let alike = 1.0 / float(named.len());
        let share = |weight: f64| if sum > 0.0 { weight / sum } else { alike };
        named
            .into_iter()
            .zip(weights)
            .map(|(infector, weight)| (infector, share(weight)))
            .collect()
    }
}
