//! Where the walk from tree to tree begins.
//!
//! On a network most of whose nodes neither give nor take, a tree in which all of them hang on the
//! root would first have to be pulled apart, a node a step, without moving anything: a third of all
//! steps on grids, two thirds on a torus of 125,000 nodes. Short ways to the nearest demand are a
//! better beginning. Any tree of empty arcs that point up is strongly feasible, so that it matters
//! little how short the ways are: they are found by lengths in 256ths of the dearest cost. Where most
//! nodes give or take, each demand first gets all it needs from the cheapest giver beside it.

use super::Lane;
use super::number::Number;
use super::tree::Node;
use crate::bounds::numbered;

/// How many buckets lie between no cost and the dearest.
const GRAIN: i64 = 256;

/// An arc as seen from where it arrives.
#[derive(Clone, Copy, Default)]
struct Arrival<N> {
    tail: u32,
    arc: u32,
    cost: N,
}

/// A tree nearer the end than the star, over these arcs and a made-up one for each node after them.
pub(super) fn nodes<N: Number>(
    lanes: &[Lane<N>],
    room: &[N],
    supplies: &[i64],
) -> Result<Vec<Node<N>>, N::TooGreat> {
    let mut nodes = star(supplies, numbered(lanes.len()))?;
    let through = supplies.iter().filter(|&&supply| supply == 0).count();
    if through > supplies.len() / 2 {
        hang_on_short_ways(&mut nodes, lanes, room, supplies);
    } else {
        hang_on_givers(&mut nodes, lanes, room, supplies);
    }
    Ok(nodes)
}

/// Every node hangs on the root, by the arc of its own number after `first_arc`.
fn star<N: Number>(supplies: &[i64], first_arc: u32) -> Result<Vec<Node<N>>, N::TooGreat> {
    let root = numbered(supplies.len());
    let hung = supplies.iter().zip(first_arc..).map(|(&supply, arc)| {
        let flow = N::amount(supply.abs())?;
        Ok(Node::hung(root, arc, supply >= 0, N::ENDLESS, flow))
    });
    hung.chain([Ok(Node::root(root))]).collect()
}

/// Hangs a demand on the node that can give it all at the least cost, as long as that node has
/// enough left: the arc between them carries the demand, and could carry less.
fn hang_on_givers<N: Number>(
    nodes: &mut [Node<N>],
    lanes: &[Lane<N>],
    room: &[N],
    supplies: &[i64],
) {
    let mut cheapest = vec![(N::ENDLESS, NONE); supplies.len()];
    for (arc, (lane, room)) in (0..).zip(lanes.iter().zip(room)) {
        let (tail, head) = (lane.tail as usize, lane.head as usize);
        let enough = supplies[head] < 0 && supplies[tail] > 0 && -supplies[head] <= room.wide();
        if enough && lane.cost < cheapest[head].0 {
            cheapest[head] = (lane.cost, arc);
        }
    }
    for (node, &(_, arc)) in cheapest.iter().enumerate() {
        if arc == NONE {
            continue;
        }
        let giver = lanes[arc as usize].tail;
        // Everything still comes from the root, and everything left goes there.
        let (demand, left) = (nodes[node].up, &mut nodes[giver as usize].down);
        if *left >= demand {
            *left -= demand;
            nodes[node] = Node::hung(giver, arc, false, room[arc as usize], demand);
        }
    }
}

/// Hangs every node that neither gives nor takes on the next one of a short way to a demand;
/// linear.
fn hang_on_short_ways<N: Number>(
    nodes: &mut [Node<N>],
    lanes: &[Lane<N>],
    room: &[N],
    supplies: &[i64],
) {
    let (begins, arrivals) = arrivals(lanes, room, supplies);
    let hangs = short_ways(supplies, &begins, &arrivals);
    for (node, &(parent, arc)) in nodes.iter_mut().zip(&hangs) {
        if parent != NONE {
            *node = Node::hung(parent, arc, true, room[arc as usize], N::default());
        }
    }
}

/// The arcs with room that leave nodes that neither give nor take, by where they arrive.
fn arrivals<N: Number>(
    lanes: &[Lane<N>],
    room: &[N],
    supplies: &[i64],
) -> (Vec<u32>, Vec<Arrival<N>>) {
    let open = || {
        let arcs = (0..).zip(lanes.iter().zip(room));
        let open = arcs
            .filter(|(_, (lane, room))| **room > N::default() && supplies[lane.tail as usize] == 0);
        open.map(|(arc, (lane, _))| (arc, lane))
    };
    let mut begins = vec![0u32; supplies.len() + 2];
    for (_, lane) in open() {
        begins[lane.head as usize + 2] += 1;
    }
    for node in 2..begins.len() {
        begins[node] += begins[node - 1];
    }
    let mut arrivals = vec![Arrival::default(); begins[supplies.len() + 1] as usize];
    for (arc, lane) in open() {
        let place = &mut begins[lane.head as usize + 1];
        arrivals[*place as usize] = Arrival {
            tail: lane.tail,
            arc,
            cost: lane.cost.max(N::default()),
        };
        *place += 1;
    }
    begins.pop();
    (begins, arrivals)
}

/// No node.
const NONE: u32 = u32::MAX;

/// By node, what it hangs on and by which arc: R. B. Dial's buckets (1969), which are coarse here,
/// so that the nodes of a bucket come in any order and ways are only nearly shortest.
fn short_ways<N: Number>(
    supplies: &[i64],
    begins: &[u32],
    arrivals: &[Arrival<N>],
) -> Vec<(u32, u32)> {
    let dearest = arrivals.iter().map(|arrival| arrival.cost).max();
    let width = dearest.unwrap_or_default().into() / GRAIN + 1;
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
            let reach = distance[node] + arrival.cost.into();
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
