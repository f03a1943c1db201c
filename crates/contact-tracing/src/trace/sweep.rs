//! Who is first and who is last of those present with a person, without a look at every pair.
//!
//! A person present in `[a, b)` and a source present in `[s, e)` share at least `D` seconds if
//! `e - s`, `e - a`, `b - s` and `b - a` are all at least `D`. What they share begins at the later
//! of `a` and `s` and ends at the earlier of `b` and `e`. So the first exposure is either at `a`,
//! by a source with `s <= a` and `e >= a + D`, or it is the least `s` after `a`; and the last ends
//! either at `b`, by a source with `s <= b - D` and `e >= b`, or it is the greatest `e` before `b`.
//! The least and greatest are found by bisection; who of many is there at `a` (or at `b`) by a
//! sweep in order of `s` over a tree that knows the least source of all that end late enough.

use std::cmp::Reverse;

use crate::time::Span;

/// A stay at one venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) span: Span,
    pub(crate) end_known: bool,
}

impl Present {
    fn lasted(&self) -> i64 {
        self.span.reach().saturating_sub(self.span.from)
    }
}

/// The sources of a first and of a last exposure, by their places in the list of sources.
pub(crate) type FirstAndLast = Option<(usize, usize)>;

/// For each of `targets`, which source exposes it first and which last.
///
/// Two must share `least` seconds (none, or more than one), or one second where the end of either stay is not known: that is not
/// left out as too short. Of several sources the first in the list stands, and among those whose
/// exposure ends in the same second, before that one a source that did more than look in.
/// Costs n log n in the sources and the targets, in time, and some words each in memory.
pub(crate) fn first_and_last(
    sources: &[Present],
    targets: &[Present],
    least: i64,
) -> Vec<FirstAndLast> {
    let mut found = Found {
        sources,
        targets,
        of_target: vec![None; targets.len()],
    };
    if least <= 1 {
        found.sweep(|_| true, |_| true, 1);
    } else {
        // Where all ends are known the length counts; in the other three cases it does not.
        found.sweep(|source| source.end_known, |target| target.end_known, least);
        found.sweep(|source| source.end_known, |target| !target.end_known, 1);
        found.sweep(|source| !source.end_known, |_| true, 1);
    }
    found.of_target
}

struct Found<'a> {
    sources: &'a [Present],
    targets: &'a [Present],
    of_target: Vec<FirstAndLast>,
}

impl Found<'_> {
    /// Looks for what some sources and some targets share, for at least so long.
    fn sweep(
        &mut self,
        of_sources: impl Fn(&Present) -> bool,
        of_targets: impl Fn(&Present) -> bool,
        least: i64,
    ) {
        let long_enough = |one: &Present| one.lasted() >= least;
        let places = |all: &[Present], taken: &dyn Fn(&Present) -> bool| -> Vec<usize> {
            let taken = |&place: &usize| all.get(place).is_some_and(taken);
            (0..all.len()).filter(taken).collect()
        };
        let sources = places(self.sources, &|one| long_enough(one) && of_sources(one));
        let targets = places(self.targets, &|one| long_enough(one) && of_targets(one));
        if sources.is_empty() || targets.is_empty() {
            return;
        }
        for (target, source) in self.first(&sources, targets.clone(), least) {
            // Whoever is there for an instant has but one time together with each source.
            let last = self.targets[target].span.is_instant().then_some(source);
            self.take(target, source, last);
        }
        for (target, source) in self.last(&sources, targets, least) {
            self.take(target, source, Some(source));
        }
    }

    /// The source of the first exposure of each target that has one.
    fn first(&self, sources: &[usize], mut targets: Vec<usize>, least: i64) -> Vec<(usize, usize)> {
        let mut by_from = sources.to_vec();
        by_from.sort_by_key(|&source| (self.sources[source].span.from, source));
        targets.sort_by_key(|&target| self.targets[target].span.from);
        let mut there = Ends::of(
            sources
                .iter()
                .map(|&source| self.sources[source].span.reach()),
        );
        let mut come = 0;
        let mut found = Vec::with_capacity(targets.len());
        for target in targets {
            let own = self.targets[target].span;
            while let Some(&source) = by_from.get(come) {
                let span = self.sources[source].span;
                if span.from > own.from {
                    break;
                }
                there.add(span.reach(), source);
                come += 1;
            }
            let here = there.least_from(own.from.saturating_add(least));
            let soon = || {
                let next = by_from.get(come).copied()?;
                let until = own.reach().saturating_sub(least);
                (self.sources[next].span.from <= until).then_some(next)
            };
            found.extend(here.or_else(soon).map(|source| (target, source)));
        }
        found
    }

    /// The source of the last exposure of each target that has one, but of those who were there
    /// for an instant.
    fn last(&self, sources: &[usize], mut targets: Vec<usize>, least: i64) -> Vec<(usize, usize)> {
        let span = |source: usize| self.sources[source].span;
        targets.retain(|&target| !self.targets[target].span.is_instant());
        targets.sort_by_key(|&target| self.targets[target].span.reach());
        let mut by_from = sources.to_vec();
        by_from.sort_by_key(|&source| span(source).from);
        // Each end once, with the first of its sources: those who only looked in stand behind.
        let mut by_end = sources.to_vec();
        by_end.sort_by_key(|&source| (span(source).reach(), self.rank(source)));
        by_end.dedup_by_key(|source| span(*source).reach());
        let mut there = Ends::of(by_end.iter().map(|&source| span(source).reach()));
        let mut come = 0;
        let mut found = Vec::with_capacity(targets.len());
        for target in targets {
            let own = self.targets[target].span;
            let until = own.reach().saturating_sub(least);
            while let Some(&source) = by_from.get(come).filter(|&&next| span(next).from <= until) {
                there.add(span(source).reach(), self.rank(source));
                come += 1;
            }
            let still_here = there.least_from(own.reach());
            let just_left = || {
                let later = by_end.partition_point(|&source| span(source).reach() < own.reach());
                let source = by_end.get(later.checked_sub(1)?).copied()?;
                (span(source).reach() >= own.from.saturating_add(least)).then_some(source)
            };
            let source = still_here.map(|rank| rank % self.sources.len());
            found.extend(source.or_else(just_left).map(|source| (target, source)));
        }
        found
    }

    /// The order of sources for the last exposure: those who only looked in after all others.
    fn rank(&self, source: usize) -> usize {
        if self.sources[source].span.is_instant() {
            source + self.sources.len()
        } else {
            source
        }
    }

    /// Takes a source for the first, and perhaps another for the last, where it is better.
    fn take(&mut self, target: usize, first: usize, last: Option<usize>) {
        let own = self.targets[target].span;
        let from = |source: usize| self.sources[source].span.from.max(own.from);
        let reach = |source: usize| self.sources[source].span.reach().min(own.reach());
        let (known_first, known_last) = self.of_target[target].unwrap_or((first, first));
        let rank = |source: usize| {
            if own.is_instant() {
                source
            } else {
                self.rank(source)
            }
        };
        let first = lesser(known_first, first, |source| (from(source), source));
        let last = last.map_or(known_last, |last| {
            lesser(known_last, last, |source| {
                (Reverse(reach(source)), rank(source))
            })
        });
        self.of_target[target] = Some((first, last));
    }
}

/// The lesser of two by a key.
fn lesser<K: Ord>(a: usize, b: usize, key: impl Fn(usize) -> K) -> usize {
    if key(b) < key(a) { b } else { a }
}

/// The least number among all that were added with an end as late as asked: a tree of prefixes
/// (Fenwick, "A new data structure for cumulative frequency tables", 1994) with the minimum for
/// the sum, over the ends from the latest to the earliest.
struct Ends {
    /// Distinct, in order.
    ends: Vec<i64>,
    least: Vec<Option<usize>>,
}

impl Ends {
    fn of(ends: impl Iterator<Item = i64>) -> Self {
        let mut ends: Vec<i64> = ends.collect();
        ends.sort_unstable();
        ends.dedup();
        Ends {
            least: vec![None; ends.len() + 1],
            ends,
        }
    }

    /// The place of an end in the tree, counted from the latest, from 1 on.
    fn place(&self, end: i64) -> usize {
        self.ends.len() - self.ends.partition_point(|&other| other < end)
    }

    fn add(&mut self, end: i64, number: usize) {
        let mut place = self.place(end);
        while let Some(least) = self.least.get_mut(place).filter(|_| place > 0) {
            *least = Some(least.map_or(number, |known| known.min(number)));
            place += place & place.wrapping_neg();
        }
    }

    fn least_from(&self, end: i64) -> Option<usize> {
        let mut place = self.place(end);
        let mut found: Option<usize> = None;
        while place > 0 {
            let least = self.least[place];
            found = match (found, least) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            place -= place & place.wrapping_neg();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stays() -> impl Strategy<Value = Vec<Present>> {
        let one = (0i64..30, 0i64..12, any::<bool>()).prop_map(|(from, lasted, end_known)| {
            let until = from + lasted;
            Present {
                span: Span { from, until },
                end_known,
            }
        });
        prop::collection::vec(one, 0..24)
    }

    /// Every source looked at, by what the two share.
    fn slowly(sources: &[Present], target: &Present, least: i64) -> FirstAndLast {
        let shared = |source: &Present| {
            let shared = source.span.shared(target.span)?;
            let long = shared.until - shared.from >= least;
            let known = source.end_known && target.end_known;
            (long || !known).then_some(shared)
        };
        let all = || {
            let all = sources.iter().enumerate();
            all.filter_map(|(place, source)| Some((place, shared(source)?)))
        };
        let first = all().min_by_key(|(place, span)| (span.from, *place))?;
        let last = all().min_by_key(|(place, span)| (-span.reach(), -span.until, *place))?;
        Some((first.0, last.0))
    }

    proptest! {
        #[test]
        fn the_sweep_finds_what_looking_at_every_pair_finds(
            sources in stays(), targets in stays(), least in prop_oneof![Just(0), 2i64..6],
        ) {
            let slow: Vec<_> =
                targets.iter().map(|target| slowly(&sources, target, least)).collect();
            prop_assert_eq!(first_and_last(&sources, &targets, least), slow);
        }
    }
}
