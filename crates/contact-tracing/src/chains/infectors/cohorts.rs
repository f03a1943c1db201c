//! How many each case, and those of each day together, infected.

use petgraph::graph::NodeIndex;

use super::counts::{self, Chances};
use super::{CohortReproduction, LikelyInfectors, Origin};
use crate::chains::Proportion;
use crate::chains::chance::float;

impl LikelyInfectors<'_> {
    fn is_likely(&self, case: NodeIndex) -> bool {
        self.origin(case) == Some(Origin::Likely)
    }

    /// The reproduction number of each case: what one without contacts got from each day, put
    /// right by what contacts say, and its links.
    pub(super) fn find_reproduction(&mut self) {
        let gained = self.gained_by_day();
        let mut sums = vec![0.0; self.chains.people()];
        for (day, gained) in gained.into_iter().enumerate() {
            let same_day = self.serial.probability(0);
            for &person in self.calendar.people_on(day) {
                // Nobody infects himself.
                let own = if self.is_likely(person) {
                    same_day / self.totals[person.index()]
                } else {
                    0.0
                };
                sums[person.index()] = self.others * (gained - own);
            }
        }
        for pair in self
            .pairs
            .all()
            .iter()
            .filter(|pair| self.is_likely(pair.infectee))
        {
            let delay = self.delay_weight(pair.infector, pair.infectee);
            let share = delay / self.totals[pair.infectee.index()];
            sums[pair.infector.index()] += (pair.weight - self.others) * share;
        }
        for &(infector, share) in self.named.iter().flatten() {
            sums[infector.index()] += share;
        }
        // What was taken off again may leave less than nothing by rounding.
        self.reproduction = sums.into_iter().map(|sum| sum.max(0.0)).collect();
    }

    /// By day of onset: what someone gains who has no contact with anyone and weighs 1.
    fn gained_by_day(&self) -> Vec<f64> {
        // One of each total, summed over those who fell ill on a day.
        let by_day = (0..self.calendar.days.len()).map(|day| {
            let likely = self
                .calendar
                .people_on(day)
                .iter()
                .filter(|case| self.is_likely(**case));
            likely
                .map(|case| 1.0 / self.totals[case.index()])
                .sum::<f64>()
        });
        let by_day: Vec<f64> = by_day.collect();
        let gained = (0..self.calendar.days.len()).map(|day| {
            let later = self.calendar.after(day, &self.serial);
            later.map(|(at, delay)| delay * by_day[at]).sum()
        });
        gained.collect()
    }

    /// See [`LikelyInfectors::by_day_of_onset`].
    pub(super) fn cohorts(&self, level: Proportion) -> Vec<CohortReproduction> {
        let Some(&last) = self.calendar.days.last() else {
            return Vec::new();
        };
        let infectees = self.infectees_by_day();
        let days = self.calendar.days.iter().zip(infectees).enumerate();
        let cohorts = days.map(|(at, (&day, infectees))| {
            let people = self.calendar.people_on(at);
            let sum: f64 = people
                .iter()
                .map(|&case| self.reproduction_number(case))
                .sum();
            let (low, high) = counts::interval(&infectees, level);
            let cases = float(people.len());
            let passed = last.signed_duration_since(day).num_days();
            CohortReproduction {
                day,
                cases: u32::try_from(people.len()).unwrap_or(u32::MAX),
                mean: sum / cases,
                low: low / cases,
                high: high / cases,
                passed: self.serial.up_to(passed),
            }
        });
        cohorts.collect()
    }

    /// By day of onset of the infectors: whom they may have infected. Those of one day without
    /// contacts are alike and go together.
    fn infectees_by_day(&self) -> Vec<Vec<Chances>> {
        let mut by_day = vec![Vec::new(); self.calendar.days.len()];
        for at in 0..self.calendar.days.len() {
            let people = self.calendar.people_on(at).iter().copied();
            let likely: Vec<NodeIndex> = people.filter(|&case| self.is_likely(case)).collect();
            let (plain, with_contacts): (Vec<_>, Vec<_>) = likely
                .into_iter()
                .partition(|&case| self.pairs.infectors(case).is_empty());
            let groups = plain.first().map(|&first| (first, plain.len())).into_iter();
            let each = with_contacts.into_iter().map(|case| (case, 1));
            for (case, how_many) in groups.chain(each) {
                for (day, weight) in self.weights_by_day(case) {
                    let probability = weight / self.totals[case.index()];
                    by_day[day].push(Chances {
                        how_many,
                        probability,
                    });
                }
            }
        }
        for named in &self.named {
            let mut days: Vec<(usize, f64)> = named
                .iter()
                .filter_map(|&(infector, share)| Some((self.calendar.day_of(infector)?, share)))
                .collect();
            days.sort_unstable_by_key(|&(day, _)| day);
            // Two infectors of one day share one infectee.
            for of_day in days.chunk_by(|a, b| a.0 == b.0) {
                let probability = of_day.iter().map(|(_, share)| share).sum();
                if let Some(&(day, _)) = of_day.first() {
                    by_day[day].push(Chances {
                        how_many: 1,
                        probability,
                    });
                }
            }
        }
        by_day
    }
}
