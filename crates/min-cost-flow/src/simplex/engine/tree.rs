//! The spanning tree of a run, a place a node.

use super::number::Number;
use super::{ENDLESS, Engine, Simplex};

/// A node and the arc above it: what the walk around a cycle reads.
#[derive(Clone, Copy)]
pub(super) struct Node<N> {
    pub(super) parent: u32,
    /// The arc to the parent.
    pub(super) arc: u32,
    /// What the arc can still carry from the node to its parent, and from the parent to the node.
    pub(super) up: N,
    pub(super) down: N,
}

/// A node's place in the circular list of all nodes in preorder: what is read where prices of a
/// whole subtree change. It is the run of the list that begins at its top and goes on while depths
/// are greater than the top's.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) next: u32,
    pub(super) depth: u32,
}

/// Where a subtree is cut off and where it is hung up again.
pub(super) struct Graft<N> {
    /// The top of the subtree that is cut off.
    pub(super) top: u32,
    /// The node of the subtree that becomes its top.
    pub(super) new_top: u32,
    /// The node outside the subtree that it is hung on.
    pub(super) onto: u32,
    /// The arc between these two, and what it can carry up and down.
    pub(super) arc: u32,
    pub(super) up: N,
    pub(super) down: N,
}

/// The tree as it stands; `None` where a room is too great for the width.
pub(super) fn nodes<N: Number>(from: &Simplex<'_>) -> Option<Vec<Node<N>>> {
    let tree = &from.tree;
    let root = tree.parent.len() - 1;
    let node = |at: usize| {
        let (mut up, mut down) = (N::default(), N::default());
        if at != root {
            let arc = tree.arc[at] as usize;
            let (flow, room) = (from.flow[arc], from.room[arc]);
            let along = if room == ENDLESS { room } else { room - flow };
            // Amounts moved around a cycle are at most its least room, so that what is not without
            // limit stays so if it fits now and the room of its arc does.
            let (flow, along) = (N::room(flow)?, N::room(along)?);
            (up, down) = if tree.up[at] {
                (along, flow)
            } else {
                (flow, along)
            };
        }
        Some(Node {
            parent: tree.parent[at],
            arc: tree.arc[at],
            up,
            down,
        })
    };
    (0..=root).map(node).collect()
}

/// The preorder as it stands.
pub(super) fn places(from: &Simplex<'_>) -> Vec<Place> {
    let places = from.tree.next.iter().zip(&from.tree.depth);
    places
        .map(|(&next, &depth)| Place { next, depth })
        .collect()
}

impl<N: Number> Engine<N> {
    /// Cuts a subtree off, turns it upside down along the way from its new top to its old one, and
    /// hangs it up again; every price in it falls by so much.
    pub(super) fn graft(&mut self, graft: Graft<N>, fall: N) {
        let Graft {
            top,
            new_top,
            mut onto,
            mut arc,
            mut up,
            mut down,
        } = graft;
        let mut node = new_top;
        let mut after = onto;
        loop {
            let last = self.sink(node, self.places[onto as usize].depth + 1, fall);
            self.splice(node, last, after);
            after = last;
            let at = &mut self.nodes[node as usize];
            let old = *at;
            (at.parent, at.arc, at.up, at.down) = (onto, arc, up, down);
            if node == top {
                return;
            }
            // What joined the node to its parent now joins the parent to the node.
            (arc, up, down) = (old.arc, old.down, old.up);
            (onto, node) = (node, old.parent);
        }
    }

    /// Gives the subtree of `node`, as far as it still hangs together, its new depths and prices;
    /// its last node is returned.
    fn sink(&mut self, node: u32, depth: u32, fall: N) -> u32 {
        let (places, prices) = (&mut self.places[..], &mut self.price[..]);
        let old = places[node as usize].depth;
        let mut last = node;
        let mut strained = false;
        let mut moved = 0;
        let last = loop {
            moved += 1;
            let price = prices[last as usize] - fall;
            prices[last as usize] = price;
            strained |= price > N::FARTHEST || price < -N::FARTHEST;
            let at = &mut places[last as usize];
            // The old depth is at least that of the top, so the difference cannot be negative.
            at.depth = at.depth - old + depth;
            let next = at.next;
            if places[next as usize].depth <= old {
                break last;
            }
            last = next;
        };
        self.strained |= strained;
        self.passed += moved;
        last
    }

    /// Moves the run from `first` to `last` behind `after`, which is outside it.
    fn splice(&mut self, first: u32, last: u32, after: u32) {
        let before = self.previous[first as usize];
        let behind = self.places[last as usize].next;
        self.link(before, behind);
        let behind = self.places[after as usize].next;
        self.link(after, first);
        self.link(last, behind);
    }

    fn link(&mut self, node: u32, next: u32) {
        self.places[node as usize].next = next;
        self.previous[next as usize] = node;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Network, NetworkBuilder};
    use crate::simplex::Objective;

    fn lonely(nodes: usize) -> Option<Network> {
        let mut builder = NetworkBuilder::new();
        for _ in 0..nodes {
            builder.node(0);
        }
        builder.build().ok()
    }

    fn star(network: &Network) -> Option<Engine<i64>> {
        Engine::new(&Simplex::new(network, Objective::Cost))
    }

    /// Every child lies one deeper than its parent, and the list is a preorder: each node's
    /// parent is the last node before it that lies one higher.
    fn is_in_order(engine: &Engine<i64>) -> bool {
        let (nodes, places) = (&engine.nodes, &engine.places);
        let root = nodes.len() - 1;
        let mut way_down = vec![root];
        let mut node = places[root].next as usize;
        let mut seen = 1;
        while node != root {
            let depth = places[node].depth as usize;
            way_down.truncate(depth);
            let hangs_right = way_down.len() == depth
                && way_down.last() == Some(&(nodes[node].parent as usize))
                && places[engine.previous[node] as usize].next as usize == node;
            if !hangs_right {
                return false;
            }
            way_down.push(node);
            seen += 1;
            node = places[node].next as usize;
        }
        seen == nodes.len()
    }

    fn hang(top: u32, new_top: u32, onto: u32, arc: u32) -> Graft<i64> {
        Graft {
            top,
            new_top,
            onto,
            arc,
            up: 1,
            down: 2,
        }
    }

    #[test]
    fn a_grafted_subtree_is_turned_over_and_stays_in_preorder() {
        let network = lonely(6);
        let mut engine = network.as_ref().and_then(star);
        let Some(engine) = engine.as_mut() else {
            unreachable!("six nodes can be numbered")
        };
        // 1, 2 and 3 become a chain under 0, then 4 hangs on 2.
        for (node, onto, arc) in [(1, 0, 1), (2, 1, 2), (3, 2, 3), (4, 2, 4)] {
            engine.graft(hang(node, node, onto, arc), 0);
            assert!(is_in_order(engine));
        }
        // The chain from 1 down is hung up by 3, on 5.
        engine.graft(hang(1, 3, 5, 5), 7);
        assert!(is_in_order(engine));
        let of =
            |read: fn(&Node<i64>) -> u32| engine.nodes[..6].iter().map(read).collect::<Vec<_>>();
        assert_eq!(of(|node| node.parent), [6, 2, 3, 5, 2, 6]);
        assert_eq!(of(|node| node.arc), [0, 2, 3, 5, 4, 5]);
        let depths: Vec<u32> = engine.places[..6].iter().map(|place| place.depth).collect();
        assert_eq!(depths, [1, 4, 3, 2, 4, 1]);
        assert_eq!(engine.price[..6], [0, -7, -7, -7, -7, 0]);
        // The arcs of the chain point the other way, seen from below.
        assert_eq!((engine.nodes[1].up, engine.nodes[1].down), (2, 1));
        assert_eq!((engine.nodes[3].up, engine.nodes[3].down), (1, 2));
    }

    #[test]
    fn a_subtree_hung_behind_the_node_it_follows_already_stays_in_preorder() {
        let network = lonely(3);
        let mut engine = network.as_ref().and_then(star);
        let Some(engine) = engine.as_mut() else {
            unreachable!("three nodes can be numbered")
        };
        engine.graft(hang(1, 1, 0, 1), 0);
        engine.graft(hang(2, 2, 1, 2), 0);
        // 1 follows 0 in the list; it is hung on 0 again, by 2.
        engine.graft(hang(1, 2, 0, 3), 0);
        assert!(is_in_order(engine));
        let parents: Vec<u32> = engine.nodes[..3].iter().map(|node| node.parent).collect();
        assert_eq!(parents, [3, 2, 0]);
    }
}
