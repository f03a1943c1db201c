//! The tree to begin with, and what it has to carry.

use super::tree::{Node, Tree};
use crate::bounds::numbered;
use crate::forest::{Forest, Groups};
use crate::network::{Arc, ArcId, Network, NodeId};
use crate::restart::at_hand::AtHand;
use crate::restart::steps::{NONE, Width};

/// Of the arcs that neither gain nor lose first those that carry something in between their bounds;
/// what closes a circle of them goes to its nearer bound. All others go to theirs, and what the
/// forest carries is yet to be counted.
pub(super) fn forest(network: &Network, kept: &mut [(ArcId, i64)], prices: &[i64]) -> Forest {
    let arc = |id: ArcId| &network.arcs()[id.index()];
    let mut groups = Groups::new(prices.len());
    let mut join = |arc: &Arc| groups.join(arc.tail.0, arc.head.0);
    let (mut held, mut tight) = (Vec::new(), Vec::new());
    for (position, (id, flow)) in (0..).zip(kept.iter_mut()) {
        let (arc, room) = (arc(*id), network.room(arc(*id)));
        let loss = arc.cost + prices[arc.tail.index()] - prices[arc.head.index()];
        let between = 0 < *flow && *flow < room;
        match loss {
            0 if between && join(arc) => held.push(position),
            0 if between => *flow = if *flow > room / 2 { room } else { 0 },
            0 => tight.push(position),
            1.. => *flow = 0,
            _ => *flow = room,
        }
    }
    let joins = |&position: &u32| join(arc(kept[position as usize].0));
    held.extend(tight.into_iter().filter(joins));
    for &position in &held {
        kept[position as usize].1 = 0;
    }
    Forest::over(prices.len(), &held, |position| {
        let arc = arc(kept[position as usize].0);
        [arc.tail.0, arc.head.0]
    })
}

/// The forest on a root behind all nodes, which are numbered as they come in it; each carries to its
/// parent what is left over below.
pub(super) fn tree<N: Width>(forest: &Forest, at_hand: &mut AtHand<'_, N>, left: &[i64]) -> Tree {
    let mut left: Vec<i64> = forest
        .order()
        .iter()
        .map(|&node| left[node as usize])
        .collect();
    let root = numbered(left.len());
    let mut nodes = vec![Node::hung(root, NONE, [0, 0]); left.len() + 1];
    nodes[root as usize].parent = NONE;
    for (node, parent, arc) in forest.leaves_first() {
        let [node, parent] = [node, parent].map(|node| at_hand.number(NodeId(node)));
        let along = at_hand.along(arc);
        let steps = &mut at_hand.steps;
        let (tail, amount) = (steps.tail(along), left[node as usize]);
        let [room, _] = steps.set_rooms(along, [0, 0]);
        left[parent as usize] += amount;
        nodes[node as usize] = if tail == node {
            Node::hung(parent, along, [room - amount, amount])
        } else {
            Node::hung(parent, steps.twin(along), [-amount, room + amount])
        };
    }
    let tops = nodes
        .iter_mut()
        .zip(&left)
        .filter(|(node, _)| node.step == NONE);
    for (top, &amount) in tops {
        top.rooms = [-amount, amount];
    }
    Tree::over(nodes)
}
