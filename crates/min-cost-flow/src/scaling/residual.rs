//! What could still be moved, from each node.

use crate::network::Network;

/// An arc as seen from one of its ends.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// Where it leads.
    pub(super) head: u32,
    /// The same arc as seen from there.
    pub(super) twin: u32,
    /// What can still be moved along it.
    pub(super) room: i64,
    /// What can be moved against it. The twin's room, kept here too: the price update walks
    /// backwards, and would miss the cache once for each arc if it had to ask the twin.
    pub(super) back: i64,
    /// What a unit costs, scaled.
    pub(super) cost: i64,
}

/// The steps of all nodes, those of a node side by side; lower bounds taken off, self loops left out.
pub(super) struct Residual {
    firsts: Vec<u32>,
    steps: Vec<Step>,
    /// By arc of the network that is no self loop, in their order: where its step stands.
    places: Vec<u32>,
}

impl Residual {
    /// A counting sort by tail, linear.
    pub(super) fn new(network: &Network, scale: i64) -> Self {
        let mut residual = Residual {
            firsts: firsts(network),
            steps: Vec::new(),
            places: Vec::new(),
        };
        residual.lay(network, scale);
        residual
    }

    /// Lays every arc out as a step from its tail and one from its head.
    fn lay(&mut self, network: &Network, scale: i64) {
        let mut free = self.firsts.clone();
        let mut place = |node: usize| {
            let place = free[node];
            free[node] += 1;
            place
        };
        self.steps = vec![EMPTY; self.firsts[network.node_count()] as usize];
        for arc in network.arcs().iter().filter(|arc| !arc.is_loop()) {
            let (along, against) = (place(arc.tail.index()), place(arc.head.index()));
            let (room, cost) = (network.room(arc), arc.cost * scale);
            self.steps[along as usize] = Step {
                head: arc.head.0,
                twin: against,
                room,
                back: 0,
                cost,
            };
            self.steps[against as usize] = Step {
                head: arc.tail.0,
                twin: along,
                room: 0,
                back: room,
                cost: -cost,
            };
            self.places.push(along);
        }
    }

    /// Where the steps of each node begin, and at last where they end.
    pub(super) fn firsts(&self) -> &[u32] {
        &self.firsts
    }

    pub(super) fn range(&self, node: usize) -> std::ops::Range<usize> {
        self.firsts[node] as usize..self.firsts[node + 1] as usize
    }

    pub(super) fn steps(&self, node: usize) -> &[Step] {
        &self.steps[self.range(node)]
    }

    pub(super) fn step(&self, place: usize) -> &Step {
        &self.steps[place]
    }

    /// Moves an amount along a step.
    pub(super) fn push(&mut self, place: usize, amount: i64) {
        let step = &mut self.steps[place];
        step.room -= amount;
        step.back += amount;
        let twin = step.twin as usize;
        let twin = &mut self.steps[twin];
        twin.room += amount;
        twin.back -= amount;
    }

    /// The flow on the network's arcs, in their order.
    pub(super) fn flows(&self, network: &Network) -> Vec<i64> {
        let mut flows = network.idle_flows();
        let real = network.arcs().iter().zip(&mut flows);
        let real = real.filter(|(arc, _)| !arc.is_loop());
        for ((_, flow), &place) in real.zip(&self.places) {
            *flow += self.steps[place as usize].back;
        }
        flows
    }
}

const EMPTY: Step = Step {
    head: 0,
    twin: 0,
    room: 0,
    back: 0,
    cost: 0,
};

/// Where the steps of each node will begin, and at last where they end.
fn firsts(network: &Network) -> Vec<u32> {
    let mut firsts = vec![0u32; network.node_count() + 1];
    for arc in network.arcs().iter().filter(|arc| !arc.is_loop()) {
        firsts[arc.tail.index() + 1] += 1;
        firsts[arc.head.index() + 1] += 1;
    }
    for node in 0..network.node_count() {
        firsts[node + 1] += firsts[node];
    }
    firsts
}
