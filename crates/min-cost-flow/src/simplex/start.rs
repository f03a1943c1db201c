//! Where the walk from tree to tree begins.
//!
//! On a network most of whose nodes neither give nor take, a tree in which all of them hang on the
//! root would first have to be pulled apart, a node a step, without moving anything: a third of all
//! steps on grids, two thirds on a torus of 125,000 nodes. Short ways to the nearest demand are a
//! better beginning. Any tree of empty arcs that point up is strongly feasible, so that it matters
//! little how short the ways are: they are found by lengths in 256ths of the dearest cost. Where most
//! nodes give or take, each demand first gets all it needs from the cheapest giver beside it.

use super::{Simplex, standing};
use crate::bounds::numbered;

/// How many buckets lie between no cost and the dearest.
const GRAIN: i64 = 256;

/// An arc as seen from where it arrives.
#[derive(Clone, Copy)]
struct Arrival {
    tail: u32,
    arc: u32,
    cost: i64,
}

impl Simplex<'_> {
    /// A first tree nearer the end than the star.
    pub(super) fn begin_well(&mut self, supplies: &[i64]) {
        let through = supplies.iter().filter(|&&supply| supply == 0).count();
        if through > supplies.len() / 2 {
            self.hang_on_short_ways(supplies);
        } else {
            self.hang_on_givers(supplies);
        }
    }

    /// Hangs a demand on the node that can give it all at the least cost, as long as that node has
    /// enough left: the arc between them carries the demand, and could carry less.
    fn hang_on_givers(&mut self, supplies: &[i64]) {
        let mut cheapest = vec![(i64::MAX, NONE); supplies.len()];
        let ways = self.ways[..self.origin.len()].iter().zip(&self.room);
        for (arc, (way, &room)) in ways.enumerate() {
            let (tail, head) = (way.tail as usize, way.head as usize);
            let enough = supplies[head] < 0 && supplies[tail] > 0 && -supplies[head] <= room;
            if enough && way.cost < cheapest[head].0 {
                cheapest[head] = (way.cost, numbered(arc));
            }
        }
        let mut left = supplies.to_vec();
        for (node, &(_, arc)) in cheapest.iter().enumerate() {
            let demand = -supplies[node];
            if arc == NONE || left[self.ways[arc as usize].tail as usize] < demand {
                continue;
            }
            let giver = self.ways[arc as usize].tail;
            left[giver as usize] -= demand;
            self.flow[arc as usize] = demand;
            self.flow[self.origin.len() + giver as usize] -= demand;
            self.flow[self.origin.len() + node] = 0;
            self.put_under(node, giver, arc, false);
        }
        self.tree.put_in_order();
    }

    /// Hangs a node that hung on the root on another.
    fn put_under(&mut self, node: usize, parent: u32, arc: u32, up: bool) {
        self.tree.parent[node] = parent;
        self.tree.arc[node] = arc;
        self.tree.up[node] = up;
        self.standing[arc as usize] = standing::TREE;
        self.standing[self.origin.len() + node] = standing::LOWER;
    }

    /// Hangs every node that neither gives nor takes on the next one of a short way to a demand;
    /// linear.
    fn hang_on_short_ways(&mut self, supplies: &[i64]) {
        let (begins, arrivals) = self.arrivals(supplies);
        let hangs = short_ways(supplies, &begins, &arrivals);
        for (node, &(parent, arc)) in hangs.iter().enumerate() {
            if parent != NONE {
                self.put_under(node, parent, arc, true);
            }
        }
        self.tree.put_in_order();
    }

    /// The arcs with room that leave nodes that neither give nor take, by where they arrive.
    fn arrivals(&self, supplies: &[i64]) -> (Vec<u32>, Vec<Arrival>) {
        let real = || {
            let ways = self.ways[..self.origin.len()].iter().zip(&self.room);
            let open = ways
                .enumerate()
                .filter(|(_, (way, room))| **room > 0 && supplies[way.tail as usize] == 0);
            open.map(|(arc, (way, _))| (arc, way))
        };
        let mut begins = vec![0u32; supplies.len() + 2];
        for (_, way) in real() {
            begins[way.head as usize + 2] += 1;
        }
        for node in 2..begins.len() {
            begins[node] += begins[node - 1];
        }
        let none = Arrival {
            tail: 0,
            arc: 0,
            cost: 0,
        };
        let mut arrivals = vec![none; begins[supplies.len() + 1] as usize];
        for (arc, way) in real() {
            let place = &mut begins[way.head as usize + 1];
            arrivals[*place as usize] = Arrival {
                tail: way.tail,
                arc: numbered(arc),
                cost: way.cost.max(0),
            };
            *place += 1;
        }
        begins.pop();
        (begins, arrivals)
    }
}

/// No node.
const NONE: u32 = u32::MAX;

/// By node, what it hangs on and by which arc: R. B. Dial's buckets (1969), which are coarse here,
/// so that the nodes of a bucket come in any order and ways are only nearly shortest.
fn short_ways(supplies: &[i64], begins: &[u32], arrivals: &[Arrival]) -> Vec<(u32, u32)> {
    let dearest = arrivals
        .iter()
        .map(|arrival| arrival.cost)
        .max()
        .unwrap_or(0);
    let width = dearest / GRAIN + 1;
    let mut buckets: Vec<Vec<u32>> = vec![Vec::new(); usize::try_from(GRAIN + 1).unwrap_or(1)];
    let mut distance = vec![i64::MAX; supplies.len()];
    let mut hangs = vec![(NONE, NONE); supplies.len()];
    let mut done = vec![false; supplies.len()];
    for (node, &supply) in supplies.iter().enumerate() {
        if supply < 0 {
            distance[node] = 0;
            buckets[0].push(numbered(node));
        }
    }
    let (mut at, mut empty) = (0, 0);
    // A way is at most one cost longer than the one it continues, so that once all buckets were
    // found empty in a row nothing waits any more.
    while empty <= buckets.len() {
        let Some(node) = buckets[at].pop() else {
            at = (at + 1) % buckets.len();
            empty += 1;
            continue;
        };
        empty = 0;
        let node = node as usize;
        if std::mem::replace(&mut done[node], true) {
            continue;
        }
        for arrival in &arrivals[begins[node] as usize..begins[node + 1] as usize] {
            let tail = arrival.tail as usize;
            // Sums of at most one cost a node are within the limits of a network.
            let reach = distance[node] + arrival.cost;
            if !done[tail] && reach < distance[tail] {
                distance[tail] = reach;
                hangs[tail] = (numbered(node), arrival.arc);
                let bucket = usize::try_from(reach / width).unwrap_or(0) % buckets.len();
                buckets[bucket].push(arrival.tail);
            }
        }
    }
    hangs
}
