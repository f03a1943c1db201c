//! Mends an earlier flow along shortest ways.
//!
//! The earlier prices stay. An arc that gains by them under its new cost is filled, one that loses
//! is emptied; then every node that has something left over sends it to where something is missing,
//! over the ways that are shortest by the prices. The ways of all nodes are searched at once, prices
//! follow the distances, so that no step ever gains: J. Edmonds, R. M. Karp, "Theoretical
//! improvements in algorithmic efficiency for network flow problems", Journal of the ACM 19 (1972).
//! After a small change few nodes have anything left over, and what they miss is not far.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::bounds::numbered;
use crate::network::{Network, NodeId};
use crate::outcome::Optimum;

/// How mending ended.
pub(super) enum End {
    /// The flows in arc order and the prices in node order.
    Settled(Vec<i64>, Vec<i64>),
    /// What is left over at some of these nodes cannot leave them.
    Stranded(Vec<NodeId>),
    /// The change is larger than mending is worth, or than its sums hold.
    GivenUp,
}

/// Prices keep within this: a path's costs come to an eighth of what their type holds at most, so
/// that a distance, which is the difference of two prices and a path, fits too.
const FARTHEST: i64 = i64::MAX / 4;
/// No step.
const NONE: u32 = u32::MAX;

/// An arc as seen from one of its ends.
#[derive(Clone, Copy, Default)]
struct Step {
    head: u32,
    /// The same arc as seen from there.
    twin: u32,
    cost: i64,
    /// What can still be moved along it.
    room: i64,
}

/// A node as the search reads it, side by side, since it meets nodes in no order.
#[derive(Clone, Copy)]
struct Node {
    price: i64,
    /// From the nearest node that has something left over, by the prices; `i64::MAX` where unseen.
    distance: i64,
    /// The last step of the shortest way.
    via: u32,
    settled: bool,
}

struct Mending {
    firsts: Vec<u32>,
    steps: Vec<Step>,
    /// By arc of the network: where its step stands; of no meaning for self loops.
    places: Vec<u32>,
    nodes: Vec<Node>,
    /// By node: what is left over there; negative where something is missing.
    excess: Vec<i64>,
    /// Steps that may still be looked at.
    effort: usize,
}

/// Mends, looking at no more than about `effort` steps. Every arc must have a limit.
pub(super) fn run(network: &Network, earlier: &Optimum, effort: usize) -> End {
    let Some(mut mending) = Mending::new(network, earlier, effort) else {
        return End::GivenUp;
    };
    let mut sources = mending.sources();
    while !sources.is_empty() {
        let Some(search) = mending.search(&sources) else {
            return End::GivenUp;
        };
        if search.found.is_empty() {
            return mending.stranded(network, search.settled);
        }
        if !mending.reprice(&search) {
            return End::GivenUp;
        }
        for &node in &search.found {
            mending.carry_to(node);
        }
        mending.forget(&search);
        sources.retain(|&node| mending.excess[node as usize] > 0);
    }
    mending.settled(network)
}

/// What a search saw.
struct Search {
    /// Nodes in order of distance.
    settled: Vec<u32>,
    /// Nodes a distance was put on.
    seen: Vec<u32>,
    /// Of the settled, those where something is missing.
    found: Vec<u32>,
}

impl Mending {
    fn new(network: &Network, earlier: &Optimum, effort: usize) -> Option<Self> {
        let prices = super::prices(network, earlier, FARTHEST)?;
        let firsts = firsts(network);
        let mut mending = Self {
            steps: vec![Step::default(); firsts.last().map_or(0, |&end| end as usize)],
            places: Vec::with_capacity(network.arc_count()),
            excess: network.supplies_over_lower(),
            nodes: prices
                .into_iter()
                .map(|price| Node {
                    price,
                    distance: i64::MAX,
                    via: NONE,
                    settled: false,
                })
                .collect(),
            firsts,
            effort,
        };
        mending.put_steps(network, earlier);
        Some(mending)
    }

    /// Each arc with its earlier flow, or full where it gains now, or empty where it loses.
    fn put_steps(&mut self, network: &Network, earlier: &Optimum) {
        let mut free = self.firsts.clone();
        for (id, arc) in network.arc_ids().zip(network.arcs()) {
            self.places.push(free[arc.tail.index()]);
            if arc.is_loop() {
                continue;
            }
            let (tail, head) = (arc.tail.index(), arc.head.index());
            let room = network.room(arc);
            let reduced = arc.cost + self.nodes[tail].price - self.nodes[head].price;
            let flow = match reduced.signum() {
                -1 => room,
                1 => 0,
                _ => super::flow_over_lower(network, earlier, id),
            };
            self.excess[tail] -= flow;
            self.excess[head] += flow;
            let (along, against) = (free[tail], free[head]);
            free[tail] += 1;
            free[head] += 1;
            self.steps[along as usize] = Step {
                head: arc.head.0,
                twin: against,
                cost: arc.cost,
                room: room - flow,
            };
            self.steps[against as usize] = Step {
                head: arc.tail.0,
                twin: along,
                cost: -arc.cost,
                room: flow,
            };
        }
    }

    fn sources(&self) -> Vec<u32> {
        let nodes = 0..numbered(self.nodes.len());
        nodes
            .filter(|&node| self.excess[node as usize] > 0)
            .collect()
    }

    /// Settles nodes by their distance from the nearest source, until all where something is missing
    /// are found (E. W. Dijkstra, 1959); `None` where that takes too long.
    fn search(&mut self, sources: &[u32]) -> Option<Search> {
        let mut missing = self.excess.iter().filter(|&&excess| excess < 0).count();
        let mut search = Search {
            settled: Vec::new(),
            seen: sources.to_vec(),
            found: Vec::new(),
        };
        for &source in sources {
            self.nodes[source as usize].distance = 0;
            self.nodes[source as usize].via = NONE;
        }
        let begin = sources.iter().map(|&source| Reverse((0, source)));
        let mut open: BinaryHeap<_> = begin.collect();
        while let Some(Reverse((_, node))) = open.pop() {
            let at = &mut self.nodes[node as usize];
            if std::mem::replace(&mut at.settled, true) {
                continue;
            }
            search.settled.push(node);
            if self.excess[node as usize] < 0 {
                search.found.push(node);
                missing -= 1;
                if missing == 0 {
                    break;
                }
            }
            self.look_from(node, &mut open, &mut search.seen)?;
        }
        Some(search)
    }

    fn look_from(
        &mut self,
        node: u32,
        open: &mut BinaryHeap<Reverse<(i64, u32)>>,
        seen: &mut Vec<u32>,
    ) -> Option<()> {
        let at = node as usize;
        let reach = self.nodes[at].price + self.nodes[at].distance;
        let (first, end) = (self.firsts[at], self.firsts[at + 1]);
        let steps = &self.steps[first as usize..end as usize];
        self.effort = self.effort.checked_sub(steps.len())?;
        for (place, step) in (first..).zip(steps) {
            let next = &mut self.nodes[step.head as usize];
            if step.room == 0 || next.settled {
                continue;
            }
            let distance = reach + step.cost - next.price;
            if distance < next.distance {
                if next.distance == i64::MAX {
                    seen.push(step.head);
                }
                next.distance = distance;
                next.via = place;
                open.push(Reverse((distance, step.head)));
            }
        }
        Some(())
    }

    /// Makes the shortest ways free: what is nearer than the farthest found falls by the difference.
    /// False where a price would fall too far.
    fn reprice(&mut self, search: &Search) -> bool {
        let farthest = search.settled.last().copied().unwrap_or(0);
        let farthest = self.nodes[farthest as usize].distance;
        for &node in &search.settled {
            let node = &mut self.nodes[node as usize];
            node.price -= farthest - node.distance;
            if node.price < -FARTHEST {
                return false;
            }
        }
        true
    }

    /// Carries as much as the way from its source has room for.
    fn carry_to(&mut self, node: u32) {
        let mut amount = -self.excess[node as usize];
        let mut source = node;
        while let Some((place, before)) = self.step_to(source) {
            amount = amount.min(self.steps[place].room);
            source = before;
        }
        let amount = amount.min(self.excess[source as usize]);
        if amount <= 0 {
            return;
        }
        let mut at = node;
        while let Some((place, before)) = self.step_to(at) {
            self.steps[place].room -= amount;
            let twin = self.steps[place].twin as usize;
            self.steps[twin].room += amount;
            at = before;
        }
        self.excess[source as usize] -= amount;
        self.excess[node as usize] += amount;
    }

    /// The last step of the way to a node and the node before; none at a source.
    fn step_to(&self, node: u32) -> Option<(usize, u32)> {
        let place = self.nodes[node as usize].via;
        (place != NONE).then(|| {
            let twin = self.steps[place as usize].twin as usize;
            (place as usize, self.steps[twin].head)
        })
    }

    fn forget(&mut self, search: &Search) {
        for &node in &search.seen {
            let node = &mut self.nodes[node as usize];
            node.distance = i64::MAX;
            node.settled = false;
        }
    }

    /// The nodes that can be reached from what is left over, none of which misses anything: all
    /// arcs out of them are full and all arcs in at their lower bound. Where an arc's capacity was
    /// taken for less than it is, that proves nothing.
    fn stranded(&self, network: &Network, mut reached: Vec<u32>) -> End {
        let exact = |arc: &crate::Arc| {
            let room = i128::from(network.room(arc));
            arc.capacity
                .is_some_and(|capacity| i128::from(capacity) - i128::from(arc.lower) == room)
        };
        let leaves = |arc: &&crate::Arc| {
            self.nodes[arc.tail.index()].settled && !self.nodes[arc.head.index()].settled
        };
        if !network.arcs().iter().filter(leaves).all(exact) {
            return End::GivenUp;
        }
        reached.sort_unstable();
        End::Stranded(reached.into_iter().map(NodeId).collect())
    }

    fn settled(self, network: &Network) -> End {
        let mut flows = network.idle_flows();
        let arcs = network.arcs().iter().zip(&self.places).zip(&mut flows);
        for ((_, &place), flow) in arcs.filter(|((arc, _), _)| !arc.is_loop()) {
            let twin = self.steps[place as usize].twin;
            *flow += self.steps[twin as usize].room;
        }
        End::Settled(flows, self.nodes.iter().map(|node| node.price).collect())
    }
}

/// Where the steps of each node begin, and at last where they end.
fn firsts(network: &Network) -> Vec<u32> {
    let mut firsts = vec![0; network.node_count() + 1];
    for arc in network.arcs().iter().filter(|arc| !arc.is_loop()) {
        firsts[arc.tail.index()] += 1;
        firsts[arc.head.index()] += 1;
    }
    let mut sum = 0;
    for first in &mut firsts {
        sum += std::mem::replace(first, sum);
    }
    firsts
}
