//! The simplex on the arcs kept, from a root that moves away while something is still owed there.

use super::sieve::Sieve;
use crate::network::ArcId;
use crate::simplex::{FARTHEST, Number, Resumed, Stop, TooNarrow};

/// How many times farther the root lies each time something is still owed there. Eight times moved
/// too many prices at once: a third more time on a tangle of a million arcs.
const FARTHER: i64 = 2;
/// The same where no other arc began to gain.
const MUCH_FARTHER: i64 = 8;
/// It never lies farther than so many of the dearest arcs, and the earlier prices from each other.
const DEAREST: i64 = 16;

/// Flows in arc order and prices in node order.
type Found = (Vec<i64>, Vec<i64>);

/// Where the simplex begins, and how far it may go.
pub(super) struct Settle<'a, I> {
    pub(super) prices: &'a [i64],
    /// What an arc may lose that was kept, and how far the root lies at first.
    pub(super) reach: i64,
    /// One after the other.
    pub(super) efforts: I,
}

impl<I: Iterator<Item = usize>> Settle<'_, I> {
    /// Runs the simplex and lets in what gains, until nothing does and nothing is owed at the root: in
    /// 32 bits, and anew in 64 where they do not suffice. `None` where no effort did, and where no
    /// optimum was found.
    pub(super) fn run(mut self, sieve: &mut Sieve<'_>) -> Option<Found> {
        let mut effort = self.efforts.next()?;
        let mut admitted = Vec::new();
        let narrow = self.run_in::<i32>(sieve, &mut effort, &mut admitted);
        let found = narrow.or_else(|TooNarrow| {
            sieve.put_aside(&admitted);
            self.run_in::<i64>(sieve, &mut effort, &mut admitted)
        });
        let Ok(found) = found;
        found
    }

    fn run_in<N: Number>(
        &mut self,
        sieve: &mut Sieve<'_>,
        effort: &mut usize,
        admitted: &mut Vec<(ArcId, i64)>,
    ) -> Result<Option<Found>, N::TooGreat> {
        let mut root = Root::of(sieve, self);
        let begun = Resumed::<N>::new(
            sieve.network,
            &sieve.kept,
            &sieve.left,
            self.prices,
            root.detour,
        );
        let Some(mut simplex) = begun? else {
            return Ok(None);
        };
        loop {
            match simplex.run(effort)? {
                Some(Stop::Settled) => {}
                Some(Stop::Endless(_)) => return Ok(None),
                None => {
                    let Some(further) = self.efforts.next() else {
                        return Ok(None);
                    };
                    *effort = further;
                    continue;
                }
            }
            let missed = sieve.missed(simplex.prices());
            admitted.extend(&missed);
            let owes = simplex.owes();
            if missed.is_empty() && !owes {
                let nodes = simplex.prices().iter().take(self.prices.len());
                let prices = nodes.map(|&price| price.into()).collect();
                return Ok(Some((sieve.flows(simplex.into_flows()), prices)));
            }
            if owes || root.shut {
                let Some(farther) = root.move_away(owes, missed.is_empty()) else {
                    return Ok(None);
                };
                simplex.put_root(farther, owes)?;
            }
            simplex.admit(&missed)?;
        }
    }
}

/// How far off the root lies for those that owe, whether it is shut to the others, and how far off it
/// may lie.
struct Root {
    detour: i64,
    shut: bool,
    farthest: i64,
}

impl Root {
    fn of<I>(sieve: &Sieve<'_>, settle: &Settle<'_, I>) -> Self {
        let dearest = sieve.network.shape().dearest().saturating_mul(DEAREST);
        let spread = settle.prices.iter().map(|price| price.abs()).max();
        let spread = 2 * spread.unwrap_or(0);
        let farthest = dearest.saturating_add(spread).clamp(1, FARTHEST);
        Self {
            detour: settle.reach.clamp(1, farthest),
            shut: false,
            farthest,
        }
    }

    /// How much farther it moves, shut while something is owed; `None` where it can no farther.
    fn move_away(&mut self, owes: bool, nothing_gained: bool) -> Option<i64> {
        if nothing_gained && self.shut && self.detour == self.farthest {
            return None;
        }
        let times = if nothing_gained {
            MUCH_FARTHER
        } else {
            FARTHER
        };
        let detour = self.detour.saturating_mul(times).min(self.farthest);
        let farther = detour - self.detour;
        (self.detour, self.shut) = (detour, owes);
        Some(farther)
    }
}
