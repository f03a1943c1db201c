//! Chance that comes from a seed alone, and the same on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Which part of the town is drawn. Each has a stream of its own, so that more draws in one
/// change nothing in another.
#[derive(Clone, Copy, Debug)]
pub(crate) enum System {
    Plan,
    Places,
    People,
    Identities,
    Staff,
    Arrivals,
    Outbreak,
    Watch,
    Screening,
    Posts,
    Away,
    Supply,
    Prices,
    Jobs,
    Programmes,
    Money,
    Outreach,
    Gatherings,
    Reports,
    Calls,
    Forgotten,
}

/// A stream of chance.
#[derive(Clone, Debug)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of one system of the town with this seed.
    pub(crate) fn of(seed: u64, system: System) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(system as u64);
        Chance(generator)
    }

    /// A number under a bound; 0 where the bound is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // The high half of a 128-bit product: no division, and a bias under 2⁻³².
        let wide = u128::from(self.0.next_u64()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from one to another, both included.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// Whether something happens that happens so many times in a thousand.
    pub(crate) fn in_thousand(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).copied()
    }

    /// One of several weights, by its place; 0 where all are 0.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return place,
            }
        }
        0
    }

    /// A size with a heavy tail: half of what is possible is seldom, ten times the least often.
    pub(crate) fn heavy_tailed(&mut self, least: usize, most: usize) -> usize {
        // Zipf's law by inversion in whole numbers: least / u for a uniform u.
        let part = self.between(1, 1000);
        (least * 1000 / part).clamp(least, most.max(least))
    }

    /// The things in an order of chance.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }

    /// Some of the things, each at most once, in an order of chance.
    pub(crate) fn sample<T>(&mut self, mut things: Vec<T>, wanted: usize) -> Vec<T> {
        let wanted = wanted.min(things.len());
        for place in 0..wanted {
            let other = place + self.below(things.len() - place);
            things.swap(place, other);
        }
        things.truncate(wanted);
        things
    }
}

/// Splits a total into whole parts by weights, by the largest remainder, then the first place.
/// The parts make the total; without any weight the first part is all of it.
pub(crate) fn split(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        let mut parts = vec![0; weights.len()];
        parts.iter_mut().take(1).for_each(|part| *part = total);
        return parts;
    }
    let share = |weight: &u64| u128::from(total) * u128::from(*weight);
    let mut parts: Vec<u64> = weights
        .iter()
        .map(|weight| u64::try_from(share(weight) / sum).unwrap_or(0))
        .collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(share(&weights[place]) % sum));
    let left = total - parts.iter().sum::<u64>();
    for place in order
        .into_iter()
        .cycle()
        .take(usize::try_from(left).unwrap_or(0))
    {
        parts[place] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_make_the_total() {
        for total in [0, 1, 7, 100, 9_681, u64::from(u32::MAX)] {
            for weights in [&[1, 1, 1][..], &[5, 0, 9, 2], &[0, 0], &[u64::MAX, 1]] {
                assert_eq!(split(total, weights).iter().sum::<u64>(), total);
            }
        }
        assert_eq!(split(10, &[1, 2]), [3, 7]);
    }

    #[test]
    fn a_stream_is_its_own_and_repeats() {
        let draw = |seed, system| {
            let mut chance = Chance::of(seed, system);
            (0..20).map(|_| chance.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, System::People), draw(7, System::People));
        assert_ne!(draw(7, System::People), draw(7, System::Staff));
        assert_ne!(draw(7, System::People), draw(8, System::People));
    }

    #[test]
    fn a_sample_takes_each_thing_at_most_once() {
        let mut chance = Chance::of(1, System::Plan);
        let mut sample = chance.sample((0..50).collect(), 80);
        sample.sort_unstable();
        assert_eq!(sample, (0..50).collect::<Vec<_>>());
        assert_eq!(chance.sample(vec![1, 2, 3], 2).len(), 2);
        assert!((0..200).all(|_| (3..=9).contains(&chance.between(3, 9))));
        assert!((0..200).all(|_| chance.weighted(&[0, 4, 0]) == 1));
    }
}
