//! Where a network falls apart.

use crate::bounds::numbered;
use crate::network::{Arc, Network, NodeId};

/// A node is busy where at least one in so many nodes could be its neighbour.
const BUSY: usize = 8;
/// So many nodes at most are taken for one with the busiest.
const MOST_TIES: usize = 4;

/// So many arcs a node are looked at first.
const SAMPLED: usize = 16;

/// The nodes at which a network falls apart, and the parts. The nodes are taken for one.
pub(super) struct Seam {
    /// By node: how much dearer a unit is there than at the busiest; none elsewhere.
    rises: Vec<Option<i64>>,
    /// The other nodes of the seam, and the arc that ties each to the busiest.
    ties: Vec<(u32, u32)>,
    nodes: Grouped,
    arcs: Grouped,
}

/// Numbers, those of a group side by side and in order.
struct Grouped {
    begins: Vec<u32>,
    members: Vec<u32>,
}

impl Seam {
    /// A seam that leaves no part with more than three quarters of the arcs: none at all between parts
    /// that nothing joins, else the busiest node and those tied to it.
    pub(super) fn find(network: &Network, at_a_node: bool) -> Option<Self> {
        let busiest = if at_a_node { busiest(network) } else { None };
        Self::through(network, busiest)
    }

    /// The same through the busiest node, and which that is; none where no node is busy enough.
    pub(super) fn at_a_node(network: &Network) -> Option<(Self, NodeId)> {
        let busiest = busiest(network)?;
        Some((Self::through(network, Some(busiest))?, busiest))
    }

    fn through(network: &Network, busiest: Option<NodeId>) -> Option<Self> {
        let mut seam = Self {
            rises: vec![None; network.node_count()],
            ties: Vec::new(),
            nodes: Grouped::by(0, &[]),
            arcs: Grouped::by(0, &[]),
        };
        if let Some(busiest) = busiest {
            seam.rises[busiest.index()] = Some(0);
            seam.tie(network, busiest);
        }
        seam.fall_apart(network)?;
        let most = (0..seam.parts())
            .map(|part| seam.arcs_of(part).len())
            .max()?;
        (most <= network.arc_count() / 4 * 3).then_some(seam)
    }

    /// Takes the nodes for one with the busiest that an arc wide enough for all supplies joins to it,
    /// where they are few.
    fn tie(&mut self, network: &Network, busiest: NodeId) {
        let supplies = network.supplies().iter();
        let all: i128 = supplies.map(|&supply| i128::from(supply.max(0))).sum();
        let wide = |arc: &Arc| {
            let touches = arc.tail == busiest || arc.head == busiest;
            let room = arc.capacity.is_none_or(|most| i128::from(most) >= all);
            touches && room && !arc.is_loop()
        };
        let ties = network
            .arcs()
            .iter()
            .enumerate()
            .filter(|(_, arc)| wide(arc));
        let ties: Vec<(usize, &Arc)> = ties.take(MOST_TIES + 1).collect();
        if ties.len() > MOST_TIES {
            return;
        }
        for (position, arc) in ties {
            let (other, rise) = if arc.tail == busiest {
                (arc.head, arc.cost)
            } else {
                (arc.tail, -arc.cost)
            };
            if self.rises[other.index()].is_none() {
                self.rises[other.index()] = Some(rise);
                self.ties.push((other.0, numbered(position)));
            }
        }
    }

    /// Groups nodes and arcs by part; `None` where there is one alone, or an arc that is no tie joins
    /// two nodes of the seam.
    fn fall_apart(&mut self, network: &Network) -> Option<()> {
        let mut groups = Groups::new(network.node_count());
        let together = 1 + self.rises.iter().flatten().count();
        // Where nodes have many arcs, a few of them show that all hang together.
        let stride = network.arc_count() / (SAMPLED * network.node_count().max(1));
        if stride > 1 {
            for arc in network.arcs().iter().step_by(stride) {
                if self.rise(arc.tail).is_none() && self.rise(arc.head).is_none() {
                    groups.join(arc.tail.0, arc.head.0);
                }
            }
            if groups.apart == together {
                return None;
            }
        }
        let real = || {
            network
                .arcs()
                .iter()
                .enumerate()
                .filter(|(_, arc)| !arc.is_loop())
        };
        for (position, arc) in real() {
            match (self.rise(arc.tail), self.rise(arc.head)) {
                (None, None) => groups.join(arc.tail.0, arc.head.0),
                (Some(_), Some(_)) if !self.is_tie(position) => return None,
                _ => {}
            }
            if groups.apart == together {
                return None;
            }
        }
        let mut number = vec![NONE; network.node_count()];
        let mut parts = 0;
        let mut part_of_node = vec![NONE; network.node_count()];
        for node in network.node_ids().filter(|&node| self.rise(node).is_none()) {
            let top = groups.top(node.0) as usize;
            if number[top] == NONE {
                number[top] = parts;
                parts += 1;
            }
            part_of_node[node.index()] = number[top];
        }
        let mut part_of_arc = vec![NONE; network.arc_count()];
        for (position, arc) in real() {
            let (tail, head) = (
                part_of_node[arc.tail.index()],
                part_of_node[arc.head.index()],
            );
            part_of_arc[position] = tail.min(head);
        }
        self.nodes = Grouped::by(parts, &part_of_node);
        self.arcs = Grouped::by(parts, &part_of_arc);
        Some(())
    }

    fn is_tie(&self, position: usize) -> bool {
        self.ties.iter().any(|&(_, arc)| arc as usize == position)
    }

    /// How much dearer a unit is at a node of the seam than at the busiest; none elsewhere.
    pub(super) fn rise(&self, node: NodeId) -> Option<i64> {
        self.rises[node.index()]
    }

    pub(super) fn parts(&self) -> usize {
        self.nodes.begins.len() - 1
    }

    pub(super) fn nodes_of(&self, part: usize) -> &[u32] {
        self.nodes.of(part)
    }

    /// The arcs of a part, those to and from the seam among them; self loops are in no part.
    pub(super) fn arcs_of(&self, part: usize) -> &[u32] {
        self.arcs.of(part)
    }

    /// The prices of the seam, zero elsewhere.
    pub(super) fn prices(&self, nodes: usize) -> Vec<i64> {
        let mut prices = vec![0; nodes];
        for (price, rise) in prices.iter_mut().zip(&self.rises) {
            *price = rise.unwrap_or(0);
        }
        prices
    }

    /// Lets every tie carry what its node has left over; `None` where one cannot.
    pub(super) fn join(&self, network: &Network, flows: &mut [i64]) -> Option<()> {
        if self.ties.is_empty() {
            return Some(());
        }
        let supplies = network.supplies().iter();
        let mut left: Vec<i128> = supplies.map(|&supply| i128::from(supply)).collect();
        for (position, (arc, &flow)) in network.arcs().iter().zip(&*flows).enumerate() {
            if !self.is_tie(position) {
                left[arc.tail.index()] -= i128::from(flow);
                left[arc.head.index()] += i128::from(flow);
            }
        }
        for &(node, tie) in &self.ties {
            let arc = network.arcs()[tie as usize];
            let left = left[node as usize];
            let flow = if arc.tail.0 == node { left } else { -left };
            let flow = i64::try_from(flow).ok()?;
            if flow < arc.lower || arc.capacity.is_some_and(|most| flow > most) {
                return None;
            }
            flows[tie as usize] = flow;
        }
        Some(())
    }
}

/// No group.
const NONE: u32 = u32::MAX;

impl Grouped {
    /// A counting sort; members of no group are left out.
    fn by(groups: u32, group: &[u32]) -> Self {
        let mut begins = vec![0u32; groups as usize + 2];
        for &group in group.iter().filter(|&&group| group != NONE) {
            begins[group as usize + 2] += 1;
        }
        for group in 2..begins.len() {
            begins[group] += begins[group - 1];
        }
        let mut members = vec![0; begins[groups as usize + 1] as usize];
        for (member, &group) in group
            .iter()
            .enumerate()
            .filter(|(_, group)| **group != NONE)
        {
            let place = &mut begins[group as usize + 1];
            members[*place as usize] = numbered(member);
            *place += 1;
        }
        begins.pop();
        Self { begins, members }
    }

    fn of(&self, group: usize) -> &[u32] {
        &self.members[self.begins[group] as usize..self.begins[group + 1] as usize]
    }
}

/// The node of most arcs, the first of equals, where it has enough.
fn busiest(network: &Network) -> Option<NodeId> {
    let mut degrees = vec![0usize; network.node_count()];
    for arc in network.arcs().iter().filter(|arc| !arc.is_loop()) {
        degrees[arc.tail.index()] += 1;
        degrees[arc.head.index()] += 1;
    }
    let most = degrees.iter().copied().max()?;
    let node = degrees.iter().position(|&degree| degree == most)?;
    (most >= network.node_count() / BUSY).then(|| NodeId(numbered(node)))
}

/// Which nodes hang together: R. E. Tarjan's union-find, by halving paths.
struct Groups {
    above: Vec<u32>,
    /// How many groups there are.
    apart: usize,
}

impl Groups {
    fn new(nodes: usize) -> Self {
        Groups {
            above: (0..numbered(nodes)).collect(),
            apart: nodes,
        }
    }

    fn top(&mut self, mut node: u32) -> u32 {
        while self.above[node as usize] != node {
            let above = self.above[self.above[node as usize] as usize];
            self.above[node as usize] = above;
            node = above;
        }
        node
    }

    fn join(&mut self, first: u32, second: u32) {
        let (first, second) = (self.top(first), self.top(second));
        if first != second {
            // The lower number stays on top, so that the groups do not depend on who asked.
            self.above[first.max(second) as usize] = first.min(second);
            self.apart -= 1;
        }
    }
}
