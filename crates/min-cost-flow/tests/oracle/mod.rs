//! Slow and obvious: what the answer must be, by looking at everything.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file takes what it needs of a module of its own"
)]

use min_cost_flow::{Arc, Network, NetworkBuilder, NodeId};
use proptest::prelude::*;

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Optimal(i128),
    Infeasible,
    Unbounded,
}

/// By Hoffman's circulation theorem, by all pairs of nodes, and by cancelling cycles until none gains.
pub fn verdict(network: &Network) -> Verdict {
    if !feasible(network) {
        return Verdict::Infeasible;
    }
    if gains_without_end(network) {
        return Verdict::Unbounded;
    }
    Verdict::Optimal(cheapest(network))
}

/// A flow exists just where no set of nodes must send out more than it may: all sets are tried.
/// A. J. Hoffman, "Some recent applications of the theory of linear inequalities" (1960).
pub fn feasible(network: &Network) -> bool {
    network.imbalance() == 0 && (0..1u32 << network.node_count()).all(|set| !is_stuck(network, set))
}

fn is_stuck(network: &Network, set: u32) -> bool {
    let inside = |node: NodeId| set >> node.0 & 1 == 1;
    let supplies = network.supplies().iter().enumerate();
    let mut surplus: i128 = supplies
        .filter(|(node, _)| set >> node & 1 == 1)
        .map(|(_, &supply)| i128::from(supply))
        .sum();
    for arc in network.arcs() {
        match (inside(arc.tail), inside(arc.head), arc.capacity) {
            (true, false, None) => return false,
            (true, false, Some(capacity)) => surplus -= i128::from(capacity),
            (false, true, _) => surplus += i128::from(arc.lower),
            _ => {}
        }
    }
    surplus > 0
}

/// Whether some cycle of arcs without limit costs less than nothing (Floyd and Warshall).
pub fn gains_without_end(network: &Network) -> bool {
    let nodes = network.node_count();
    let mut distance = vec![vec![None::<i128>; nodes]; nodes];
    let nearer = |known: &mut Option<i128>, found: i128| {
        *known = Some(known.map_or(found, |known| known.min(found)));
    };
    for arc in network.arcs().iter().filter(|arc| arc.capacity.is_none()) {
        nearer(
            &mut distance[arc.tail.index()][arc.head.index()],
            i128::from(arc.cost),
        );
    }
    for over in 0..nodes {
        for from in 0..nodes {
            for to in 0..nodes {
                if let (Some(first), Some(second)) = (distance[from][over], distance[over][to]) {
                    nearer(&mut distance[from][to], first + second);
                }
            }
        }
    }
    (0..nodes).any(|node| distance[node][node].is_some_and(|cost| cost < 0))
}

/// One unit more (`+1`) or less (`-1`) on an arc.
type Step = (usize, i64);

/// The least cost of a network that has one: any flow, then cycles cancelled a unit at a time.
fn cheapest(network: &Network) -> i128 {
    let mut flows = vec![0i64; network.arc_count()];
    for (flow, arc) in flows.iter_mut().zip(network.arcs()) {
        *flow = arc.lower;
    }
    while let Some(from) =
        (0..network.node_count()).find(|&node| left_over(network, &flows, node) > 0)
    {
        let needy = |node: usize| left_over(network, &flows, node) < 0;
        let path = walk(network, &flows, from, needy).expect("a feasible network has a way");
        take(&mut flows, &path);
    }
    while let Some(cycle) = gaining_cycle(network, &flows) {
        take(&mut flows, &cycle);
    }
    network
        .arcs()
        .iter()
        .zip(&flows)
        .map(|(arc, &flow)| i128::from(arc.cost) * i128::from(flow))
        .sum()
}

fn take(flows: &mut [i64], steps: &[Step]) {
    for &(arc, amount) in steps {
        flows[arc] += amount;
    }
}

fn left_over(network: &Network, flows: &[i64], node: usize) -> i64 {
    let mut left = network.supplies()[node];
    for (arc, flow) in network.arcs().iter().zip(flows) {
        left -= if arc.tail.index() == node { *flow } else { 0 };
        left += if arc.head.index() == node { *flow } else { 0 };
    }
    left
}

/// Every step that the bounds allow, with where it leads and what it costs.
fn steps(network: &Network, flows: &[i64]) -> Vec<(usize, usize, i64, Step)> {
    let mut steps = Vec::new();
    for (position, (arc, &flow)) in network.arcs().iter().zip(flows).enumerate() {
        let (tail, head) = (arc.tail.index(), arc.head.index());
        if arc.capacity.is_none_or(|capacity| flow < capacity) {
            steps.push((tail, head, arc.cost, (position, 1)));
        }
        if flow > arc.lower {
            steps.push((head, tail, -arc.cost, (position, -1)));
        }
    }
    steps
}

fn walk(
    network: &Network,
    flows: &[i64],
    from: usize,
    to: impl Fn(usize) -> bool,
) -> Option<Vec<Step>> {
    let mut paths: Vec<Option<Vec<Step>>> = vec![None; network.node_count()];
    paths[from] = Some(Vec::new());
    let steps = steps(network, flows);
    for _ in 0..network.node_count() {
        for &(tail, head, _, step) in &steps {
            if let (Some(path), None) = (paths[tail].clone(), &paths[head]) {
                paths[head] = Some([path, vec![step]].concat());
            }
        }
    }
    (0..network.node_count())
        .filter(|&node| to(node))
        .find_map(|node| paths[node].clone())
}

/// A cycle of steps that costs less than nothing (Bellman and Ford).
fn gaining_cycle(network: &Network, flows: &[i64]) -> Option<Vec<Step>> {
    let nodes = network.node_count();
    let steps = steps(network, flows);
    let mut distance = vec![0i64; nodes];
    let mut came: Vec<Option<(usize, Step)>> = vec![None; nodes];
    let mut last = None;
    for _ in 0..=nodes {
        last = None;
        for &(tail, head, cost, step) in &steps {
            if distance[tail] + cost < distance[head] {
                distance[head] = distance[tail] + cost;
                came[head] = Some((tail, step));
                last = Some(head);
            }
        }
    }
    let mut on_cycle = last?;
    for _ in 0..nodes {
        on_cycle = came[on_cycle].unwrap().0;
    }
    let (mut node, mut cycle) = (on_cycle, Vec::new());
    loop {
        let (before, step) = came[node].unwrap();
        cycle.push(step);
        node = before;
        if node == on_cycle {
            return Some(cycle);
        }
    }
}

/// The least cost over every flow there is, for networks in which every arc has a limit.
pub fn cheapest_of_all_flows(network: &Network) -> Option<i128> {
    let mut flows: Vec<i64> = network.arcs().iter().map(|arc| arc.lower).collect();
    let mut best = None::<i128>;
    loop {
        if (0..network.node_count()).all(|node| left_over(network, &flows, node) == 0) {
            let arcs = network.arcs().iter().zip(&flows);
            let cost = arcs
                .map(|(arc, &flow)| i128::from(arc.cost) * i128::from(flow))
                .sum();
            best = Some(best.map_or(cost, |best| best.min(cost)));
        }
        // Count up like a mileage counter.
        let mut arcs = network.arcs().iter().zip(&mut flows);
        let turned = arcs.find_map(|(arc, flow)| {
            let full = *flow == arc.capacity.expect("every arc has a limit");
            *flow = if full { arc.lower } else { *flow + 1 };
            (!full).then_some(())
        });
        if turned.is_none() {
            return best;
        }
    }
}

pub fn network_of(supplies: &[i64], arcs: &[Arc]) -> Network {
    let mut builder = NetworkBuilder::new();
    for &supply in supplies {
        builder.node(supply);
    }
    for arc in arcs {
        builder.arc(arc.tail, arc.head, arc.lower, arc.capacity, arc.cost);
    }
    builder.build().unwrap()
}

/// How supplies are made up.
#[derive(Clone, Copy, Debug)]
enum Supplies {
    /// Those of a flow within bounds.
    OfAFlow,
    /// They add up to nothing, and may or may not be met.
    Balanced,
    Any,
}

/// Networks with loops, parallel arcs, isolated nodes, negative costs and bounds, missing limits.
pub fn networks(nodes: usize, arcs: usize, unlimited: bool) -> impl Strategy<Value = Network> {
    let arc = (
        0..nodes.max(1),
        0..nodes.max(1),
        -1i64..3,
        0i64..5,
        0u8..5,
        -4i64..9,
    );
    let arcs = prop::collection::vec(arc, 0..=arcs);
    let kind = prop_oneof![
        6 => Just(Supplies::OfAFlow), 3 => Just(Supplies::Balanced), 1 => Just(Supplies::Any)
    ];
    let drawn = prop::collection::vec(-4i64..5, nodes);
    (arcs, kind, drawn).prop_map(move |(arcs, kind, drawn)| {
        let arcs: Vec<Arc> = arcs.iter().map(|&row| arc_of(row, unlimited)).collect();
        network_of(&supplies(kind, drawn, &arcs), &arcs)
    })
}

fn arc_of(
    (tail, head, lower, width, limit, cost): (usize, usize, i64, i64, u8, i64),
    unlimited: bool,
) -> Arc {
    let id = |node| NodeId(u32::try_from(node).unwrap());
    let capacity = (!unlimited || limit > 0).then_some(lower + width);
    Arc {
        tail: id(tail),
        head: id(head),
        lower,
        capacity,
        cost,
    }
}

fn supplies(kind: Supplies, mut drawn: Vec<i64>, arcs: &[Arc]) -> Vec<i64> {
    match kind {
        Supplies::Any => {}
        Supplies::Balanced => {
            let rest: i64 = drawn.iter().skip(1).sum();
            if let Some(first) = drawn.first_mut() {
                *first = -rest;
            }
        }
        Supplies::OfAFlow => {
            let wishes = drawn.clone();
            drawn.fill(0);
            for (arc, wish) in arcs.iter().zip(wishes.iter().cycle()) {
                let flow = arc
                    .capacity
                    .map_or(wish.abs(), |most| (arc.lower + wish.abs()).min(most));
                let flow = flow.max(arc.lower);
                drawn[arc.tail.index()] += flow;
                drawn[arc.head.index()] -= flow;
            }
        }
    }
    drawn
}
