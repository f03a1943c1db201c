//! Villages that can be divided by themselves, and those that must go together.

use std::collections::BTreeSet;

use super::measure::Measure;

/// Places that hang together and are divided by themselves into so many grids.
pub(super) struct Cluster {
    pub(super) places: Vec<usize>,
    pub(super) grids: u64,
}

/// Falls an island into clusters, each of as few villages as the bounds allow, for so many grids
/// in all.
///
/// A village that no number of grids makes up joins a neighbour, rather one that it completes;
/// then neighbours join until the number of grids lies between what the clusters must and may
/// have. The island itself can have that number, so the joining ends. Grids beyond the fewest go
/// where they bring households nearest to the average.
pub(super) fn clusters(measure: &Measure<'_>, island: &[usize], grids: u64) -> Vec<Cluster> {
    let mut pieces = Pieces::of(measure, island);
    while let Some(misfit) = pieces.smallest_misfit() {
        let Some(partner) = pieces.partner(misfit) else {
            break;
        };
        pieces.join(misfit, partner);
    }
    while let Some((one, other)) = pieces.pair_to_join(grids) {
        pieces.join(one, other);
    }
    shared_out(pieces.left(), grids)
}

#[derive(Clone)]
struct Piece {
    places: Vec<usize>,
    households: u64,
    near: BTreeSet<usize>,
}

struct Pieces<'a> {
    measure: &'a Measure<'a>,
    /// A piece that has joined another is empty and has no neighbours.
    pieces: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    /// The stretches of an island that hang together inside one village.
    fn of(measure: &'a Measure<'a>, island: &[usize]) -> Self {
        let territory = measure.territory;
        let village = |place: usize| territory.places()[place].village;
        let mut piece_of = vec![usize::MAX; territory.places().len()];
        let mut pieces = Vec::new();
        for &start in island {
            if piece_of[start] != usize::MAX {
                continue;
            }
            let own = pieces.len();
            piece_of[start] = own;
            let mut places = vec![start];
            let mut next = 0;
            while let Some(&at) = places.get(next) {
                next += 1;
                for &(to, _) in territory.ways(at) {
                    if piece_of[to] == usize::MAX && village(to) == village(at) {
                        piece_of[to] = own;
                        places.push(to);
                    }
                }
            }
            let households = measure.households(&places);
            pieces.push(Piece {
                places,
                households,
                near: BTreeSet::new(),
            });
        }
        for &place in island {
            let own = piece_of[place];
            let ways = territory.ways(place).iter();
            pieces[own].near.extend(
                ways.map(|&(to, _)| piece_of[to])
                    .filter(|&piece| piece != own),
            );
        }
        Pieces { measure, pieces }
    }

    fn counts(&self, piece: usize) -> (u64, u64) {
        let piece = &self.pieces[piece];
        self.measure.counts(piece.households, piece.places.len())
    }

    /// What two pieces make up together.
    fn counts_together(&self, one: usize, other: usize) -> (u64, u64) {
        let (one, other) = (&self.pieces[one], &self.pieces[other]);
        let places = one.places.len() + other.places.len();
        self.measure
            .counts(one.households + other.households, places)
    }

    fn alive(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.pieces.len()).filter(|&piece| !self.pieces[piece].places.is_empty())
    }

    fn fits(counts: (u64, u64)) -> bool {
        counts.0 <= counts.1
    }

    fn smallest_misfit(&self) -> Option<usize> {
        let misfits = self
            .alive()
            .filter(|&piece| !Self::fits(self.counts(piece)));
        misfits.min_by_key(|&piece| (self.pieces[piece].households, piece))
    }

    /// With whom a misfit goes: where the two fit, rather with another misfit, rather with few.
    fn partner(&self, misfit: usize) -> Option<usize> {
        self.pieces[misfit]
            .near
            .iter()
            .copied()
            .min_by_key(|&near| {
                let fits = Self::fits(self.counts_together(misfit, near));
                let is_fit_alone = Self::fits(self.counts(near));
                (!fits, is_fit_alone, self.pieces[near].households, near)
            })
    }

    /// While the clusters must have more grids than asked for, or may not have as many, the pair
    /// that changes that most; of equal ones the smallest.
    fn pair_to_join(&self, grids: u64) -> Option<(usize, usize)> {
        let counts = || self.alive().map(|piece| self.counts(piece));
        let fewest: u64 = counts().map(|counts| counts.0).sum();
        let most: u64 = counts().map(|counts| counts.1).sum();
        if (fewest..=most).contains(&grids) {
            return None;
        }
        let pairs = self
            .alive()
            .flat_map(|one| self.pieces[one].near.iter().map(move |&other| (one, other)));
        pairs
            .filter(|(one, other)| one < other)
            .min_by_key(|&(one, other)| {
                let (own, near, both) = (
                    self.counts(one),
                    self.counts(other),
                    self.counts_together(one, other),
                );
                let gain = if fewest > grids {
                    (own.0 + near.0).saturating_sub(both.0)
                } else {
                    both.1.saturating_sub(own.1 + near.1)
                };
                let households = self.pieces[one].households + self.pieces[other].households;
                (std::cmp::Reverse(gain), households, one, other)
            })
    }

    /// Joins the first into the second.
    fn join(&mut self, gone: usize, into: usize) {
        let empty = Piece {
            places: Vec::new(),
            households: 0,
            near: BTreeSet::new(),
        };
        let gone_piece = std::mem::replace(&mut self.pieces[gone], empty);
        for &near in &gone_piece.near {
            self.pieces[near].near.remove(&gone);
            if near != into {
                self.pieces[near].near.insert(into);
                self.pieces[into].near.insert(near);
            }
        }
        self.pieces[into].households += gone_piece.households;
        self.pieces[into].places.extend(gone_piece.places);
    }

    /// Each cluster's places and households, and the grids it must and may have.
    fn left(self) -> Vec<(Vec<usize>, u64, (u64, u64))> {
        let alive: Vec<usize> = self.alive().collect();
        let counts: Vec<_> = alive.iter().map(|&piece| self.counts(piece)).collect();
        let pieces = self
            .pieces
            .into_iter()
            .filter(|piece| !piece.places.is_empty());
        let left = pieces.zip(counts);
        left.map(|(mut piece, counts)| {
            piece.places.sort_unstable();
            (piece.places, piece.households, counts)
        })
        .collect()
    }
}

/// Shares so many grids out: everyone's fewest first, then one at a time to whom it brings
/// nearest to the average. Serving H²/(k(k + 1)) first makes Σ H²/k least: Huntington, "The
/// apportionment of representatives in Congress", Trans. Amer. Math. Soc. 30 (1928), 85–110.
fn shared_out(left: Vec<(Vec<usize>, u64, (u64, u64))>, grids: u64) -> Vec<Cluster> {
    let counts: Vec<(u64, (u64, u64))> = left.iter().map(|one| (one.1, one.2)).collect();
    let shares = apportion(&counts, grids);
    let clusters = left.into_iter().zip(shares);
    clusters
        .map(|((places, ..), grids)| Cluster { places, grids })
        .collect()
}

/// For each of the households, with the fewest and the most grids it may have, its share of so
/// many grids.
pub(super) fn apportion(counts: &[(u64, (u64, u64))], grids: u64) -> Vec<u64> {
    let mut shares: Vec<u64> = counts.iter().map(|(_, counts)| counts.0).collect();
    let mut open = std::collections::BinaryHeap::new();
    let claim = |at: usize, share: u64| {
        let households = u128::from(counts[at].0);
        // Scaled by 2⁴⁰ so that whole numbers tell claims apart; households fit 32 bits.
        let claim =
            ((households * households) << 40) / (u128::from(share) * u128::from(share + 1)).max(1);
        (share < counts[at].1.1).then_some((claim, std::cmp::Reverse(at)))
    };
    open.extend((0..counts.len()).filter_map(|at| claim(at, shares[at])));
    let given: u64 = shares.iter().sum();
    for _ in given..grids {
        let Some((_, std::cmp::Reverse(at))) = open.pop() else {
            break;
        };
        shares[at] += 1;
        open.extend(claim(at, shares[at]));
    }
    shares
}
