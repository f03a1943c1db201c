//! What no division can undercut, by sums alone: the honest other end of a gap.

use std::collections::{BTreeMap, BTreeSet};

use super::measure::Measure;
use super::{Balance, Quality};
use crate::AreaId;

/// A bound for crossings and one for imbalance, each by itself; near-linear in places.
pub(super) fn bound(measure: &Measure<'_>, islands: &[Vec<usize>], balance: Balance) -> Quality {
    Quality {
        moved: 0,
        crossings: crossings(measure, islands, u64::from(balance.grids())),
        imbalance: imbalance(measure, balance),
    }
}

/// The fewest villages beyond the first in their grids.
fn crossings(measure: &Measure<'_>, islands: &[Vec<usize>], grids: u64) -> u64 {
    by_misfits(measure, islands, grids).max(by_parts(measure, grids))
}

/// Villages fall into parts, one a grid that touches them: at least one, and as many as it takes
/// to hold their households. Every grid has one part that does not count; the others do.
fn by_parts(measure: &Measure<'_>, grids: u64) -> u64 {
    let mut households: BTreeMap<Option<AreaId>, u64> = BTreeMap::new();
    for place in measure.territory.places() {
        *households.entry(place.village).or_default() += u64::from(place.households);
    }
    let parts = households
        .values()
        .map(|households| households.div_ceil(measure.most).max(1));
    parts.sum::<u64>().saturating_sub(grids)
}

/// A stretch of one village that no number of grids makes up has households in a grid it shares.
/// A grid of m villages counts m − 1, at least m / 2, so misfitting villages count half of their
/// number at least. And whatever households no grid of the village alone can hold lie in shared
/// grids, each of the most at most and each counting one at least.
fn by_misfits(measure: &Measure<'_>, islands: &[Vec<usize>], grids: u64) -> u64 {
    let (mut sum, mut fewest, mut most) = (0, 0u64, 0u64);
    for island in islands {
        let mut misfits: BTreeSet<Option<AreaId>> = BTreeSet::new();
        let mut shared = 0;
        for piece in village_pieces(measure, island) {
            let households = measure.households(&piece);
            let counts = measure.counts(households, piece.len());
            fewest += counts.0;
            most = most.saturating_add(counts.1);
            if counts.0 > counts.1 {
                misfits.insert(
                    piece
                        .first()
                        .and_then(|&place| measure.territory.places()[place].village),
                );
                shared += households.saturating_sub(counts.1 * measure.most);
            }
        }
        let by_number = misfits.len().div_ceil(2) as u64;
        sum += by_number.max(shared.div_ceil(measure.most));
    }
    // Even where every village fits, their numbers may not come to the number asked for.
    sum.max(u64::from(!(fewest..=most).contains(&grids)))
}

/// Stretches of an island that hang together inside one village.
fn village_pieces(measure: &Measure<'_>, island: &[usize]) -> Vec<Vec<usize>> {
    let territory = measure.territory;
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut pieces = Vec::new();
    for &start in island {
        if !seen.insert(start) {
            continue;
        }
        let mut piece = vec![start];
        let mut next = 0;
        while let Some(&at) = piece.get(next) {
            next += 1;
            for &(to, _) in territory.ways(at) {
                let is_same = territory.places()[to].village == territory.places()[at].village;
                if is_same && seen.insert(to) {
                    piece.push(to);
                }
            }
        }
        pieces.push(piece);
    }
    pieces
}

/// The least imbalance of so many grids with these places, were any two places neighbours.
///
/// A place as large as the average of what is left is best alone in a grid; without it and its
/// grid the same holds of the rest: Alon, Azar, Woeginger and Yadid, "Approximation schemes for
/// scheduling on parallel machines", Journal of Scheduling 1 (1998), 55–66, for every convex cost.
/// What is left could at best be shared evenly.
fn imbalance(measure: &Measure<'_>, balance: Balance) -> u128 {
    let mut weights: Vec<u64> = (0..measure.territory.places().len())
        .map(|place| measure.weight(place))
        .collect();
    weights.sort_unstable_by(|a, b| b.cmp(a));
    let mut households = measure.territory.households();
    let mut grids = u64::from(balance.grids());
    let mut sum = 0;
    for weight in weights {
        if grids <= 1 || weight * grids < households {
            break;
        }
        sum += measure.imbalance(weight);
        households -= weight;
        grids -= 1;
    }
    let (share, more) = (households / grids, households % grids);
    let even = u128::from(grids - more) * measure.imbalance(share);
    sum + even + u128::from(more) * measure.imbalance(share + 1)
}
