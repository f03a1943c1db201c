//! What keeps every later sum inside its type.
//!
//! The solver and the verifier add without checks, because a network is only built where these
//! limits hold: prices are sums of at most one cost per node, amounts are sums of supplies, lower
//! bounds and the capacities that matter.

use crate::error::{NetworkError, NetworkErrors};
use crate::network::{Arc, ArcId, NodeId};

/// How many nodes, or arcs, can be numbered. Half of what an id holds, since the solver adds an arc for every node.
pub(crate) const MOST_NUMBERED: usize = (u32::MAX / 2) as usize - 1;

/// What all supplies, lower bounds and capacities that matter may come to.
pub(crate) const AMOUNT_LIMIT: i64 = i64::MAX / 2;

/// A position as an id; positions past [`MOST_NUMBERED`] are refused by `build`, so that none is seen twice.
pub(crate) fn numbered(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// The largest cost, either sign: a price is at most twice the nodes' number of costs away from zero,
/// a reduced cost the difference of two prices and a cost more.
pub(crate) fn cost_limit(nodes: usize) -> i64 {
    let nodes = i64::try_from(nodes).unwrap_or(i64::MAX).saturating_add(2);
    i64::MAX / nodes.saturating_mul(8)
}

/// More than any arc but a self loop needs to carry above its lower bound in some optimum.
///
/// Take an optimum without cycles of no gain. Where every arc of negative cost has a limit, fill
/// those first: what is left travels on paths, and no arc carries more than all supplies, lower
/// bounds and those limits together. Where one has none, every cycle of gain still passes an arc
/// with a limit, so all limits together serve. Capacities above this amount never bind, and count
/// in no sum.
pub(crate) fn ample(supplies: &[i64], arcs: &[Arc]) -> Result<i64, NetworkErrors> {
    let mut tally = Tally {
        sum: 0,
        errors: Vec::new(),
    };
    for (node, &supply) in supplies.iter().enumerate() {
        tally.supply(NodeId(numbered(node)), supply);
    }
    for (arc, id) in in_order(arcs).filter(|(arc, _)| !arc.is_loop()) {
        tally.bounds(id, arc, i128::from(arc.lower).abs());
    }
    let endless_gain = arcs
        .iter()
        .any(|arc| !arc.is_loop() && arc.cost < 0 && arc.capacity.is_none());
    let mut ample = tally.clone();
    for (arc, id) in
        in_order(arcs).filter(|(arc, _)| !arc.is_loop() && (endless_gain || arc.cost < 0))
    {
        ample.bounds(id, arc, width(arc).unwrap_or(0));
    }
    let ample = ample.done()?.saturating_add(1);
    for (arc, id) in in_order(arcs).filter(|(arc, _)| !arc.is_loop()) {
        tally.bounds(id, arc, width(arc).unwrap_or(0).min(i128::from(ample)));
    }
    let most = tally.done()?;
    total_cost(arcs, most)?;
    Ok(ample)
}

fn in_order(arcs: &[Arc]) -> impl Iterator<Item = (&Arc, ArcId)> {
    arcs.iter()
        .enumerate()
        .map(|(position, arc)| (arc, ArcId(numbered(position))))
}

/// What fits between an arc's bounds, `None` without limit.
fn width(arc: &Arc) -> Option<i128> {
    arc.capacity
        .map(|capacity| i128::from(capacity) - i128::from(arc.lower))
}

/// The total cost is a sum over arcs; refuse the arc with which the worst one could overflow.
fn total_cost(arcs: &[Arc], most: i64) -> Result<(), NetworkErrors> {
    let mut total = 0i128;
    let mut errors = Vec::new();
    for (arc, id) in in_order(arcs) {
        let lower = i128::from(arc.lower).abs();
        let carried = match arc.capacity {
            Some(capacity) if arc.is_loop() => lower.max(i128::from(capacity).abs()),
            _ => lower + i128::from(most),
        };
        // Both factors are below 2^65, and the cost limit leaves 2^59 at the most for the other.
        match total.checked_add(carried * i128::from(arc.cost).abs()) {
            Some(sum) => total = sum,
            None => errors.push(NetworkError::TotalCostTooLarge {
                arc: id,
                cost: arc.cost,
            }),
        }
    }
    NetworkErrors::none_or(errors)
}

/// A sum that names who brought it past the limit, and goes on without him.
#[derive(Clone)]
struct Tally {
    sum: i128,
    errors: Vec<NetworkError>,
}

impl Tally {
    fn fits(&mut self, amount: i128) -> bool {
        let fits = self.sum + amount <= i128::from(AMOUNT_LIMIT);
        if fits {
            self.sum += amount;
        }
        fits
    }

    fn supply(&mut self, node: NodeId, supply: i64) {
        if !self.fits(i128::from(supply).abs()) {
            self.errors.push(NetworkError::SupplyTooLarge {
                node,
                supply,
                limit: AMOUNT_LIMIT,
            });
        }
    }

    fn bounds(&mut self, arc: ArcId, bounds: &Arc, amount: i128) {
        let already = self.errors.iter().any(
            |error| matches!(error, NetworkError::AmountTooLarge { arc: blamed, .. } if *blamed == arc),
        );
        if !already && !self.fits(amount) {
            let (lower, capacity) = (bounds.lower, bounds.capacity);
            self.errors.push(NetworkError::AmountTooLarge {
                arc,
                lower,
                capacity,
                limit: AMOUNT_LIMIT,
            });
        }
    }

    fn done(self) -> Result<i64, NetworkErrors> {
        NetworkErrors::none_or(self.errors)?;
        // The sum never passes the limit, which is an `i64`.
        Ok(i64::try_from(self.sum).unwrap_or(AMOUNT_LIMIT))
    }
}
