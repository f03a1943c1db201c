//! Cost scaling by pushing and relabelling: every unit may at first be a little too dear, and phase
//! by phase less so, until nothing is too dear any more.
//!
//! The method is that of A. V. Goldberg and R. E. Tarjan, "Finding minimum-cost circulations by
//! successive approximation", Mathematics of Operations Research 15 (1990); what makes it fast in
//! practice, of A. V. Goldberg, "An efficient implementation of a scaling minimum-cost flow
//! algorithm", Journal of Algorithms 22 (1997): global price updates ([`update`]), a look ahead
//! before each push ([`refine`]), and the prices of the costs as given tried out before the last
//! phases are run ([`proof`]): most flows are optimal long before the phases can say so.

mod proof;
mod refine;
mod residual;
mod update;

use crate::bounds::numbered;
use crate::network::{Network, NodeId};
use residual::Residual;

/// How cost scaling ended.
pub(crate) enum End {
    /// The flows in arc order and the prices in node order, both of the network as given.
    Settled(Vec<i64>, Vec<i64>),
    /// What is left over at some of these nodes cannot leave them.
    Stranded(Vec<NodeId>),
    /// A price could have passed what its type holds: the question is too large for this method.
    OutOfRange,
}

/// Each phase lets arcs be too dear by so many times less than the one before. Between 5 and 24
/// nothing changed by more than a quarter on networks of a million arcs.
const STEP: i64 = 8;

/// Prices and scaled costs keep within this, so that the difference of two prices and a cost fit
/// their type.
const LIMIT: i64 = i64::MAX / 8;

/// What can go wrong inside a phase.
enum Stop {
    Stranded,
    OutOfRange,
}

/// Runs all phases. An arc without limit must not cost less than nothing.
pub(crate) fn run(network: &Network) -> End {
    let Some(mut state) = State::new(network) else {
        return End::OutOfRange;
    };
    loop {
        state.epsilon = (state.epsilon / STEP).max(1);
        match state.refine() {
            Ok(()) => {}
            Err(Stop::Stranded) => return End::Stranded(state.stranded()),
            Err(Stop::OutOfRange) => return End::OutOfRange,
        }
        let last = state.epsilon == 1;
        // Before an arc can only be too dear by a unit of cost, flows are seldom optimal.
        if last || state.epsilon <= state.scale {
            let scans = if last { usize::MAX } else { 2 * state.nodes() };
            if let Some(prices) = state.proof(scans) {
                return End::Settled(state.residual.flows(network), prices);
            }
        }
    }
}

/// A flow that need not arrive yet, and the prices by which it moves.
struct State {
    residual: Residual,
    /// By node, in scaled costs; they only fall.
    price: Vec<i64>,
    /// By node: what has arrived and not left yet; negative where it is still awaited.
    excess: Vec<i64>,
    /// By node: no step before this one can be taken at these prices.
    current: Vec<u32>,
    /// By how much an arc may be too dear in this phase, in scaled costs.
    epsilon: i64,
    /// How many scaled units make one of cost: one more than the nodes, so that a cycle of steps
    /// each too dear by one is never a unit too dear.
    scale: i64,
    /// The least price that keeps sums inside their type.
    floor: i64,
}

impl State {
    fn new(network: &Network) -> Option<Self> {
        let nodes = network.node_count();
        let scale = i64::from(numbered(nodes)) + 1;
        let dearest = network.shape().dearest().checked_mul(scale)?;
        if dearest > LIMIT || all_rooms(network) > i128::from(LIMIT) {
            return None;
        }
        let residual = Residual::new(network, scale);
        Some(State {
            current: residual.firsts().to_vec(),
            excess: network.supplies_over_lower(),
            price: vec![0; nodes],
            residual,
            epsilon: dearest.max(1),
            scale,
            floor: -LIMIT,
        })
    }

    fn nodes(&self) -> usize {
        self.price.len()
    }

    /// Whether something left over can reach nobody who waits.
    fn is_stranded(&self) -> bool {
        let shut_in = self.stranded().into_iter();
        shut_in.map(NodeId::index).any(|node| self.excess[node] > 0)
    }

    /// The nodes from which nobody who waits can be reached. No step leads out of them, so that all
    /// arcs out are full and all arcs in at their lower bound: where something is left over among
    /// them, it cannot leave.
    fn stranded(&self) -> Vec<NodeId> {
        let mut reaches: Vec<bool> = self.excess.iter().map(|&excess| excess < 0).collect();
        let mut open: Vec<usize> = (0..self.nodes()).filter(|&node| reaches[node]).collect();
        while let Some(node) = open.pop() {
            for step in self.residual.steps(node) {
                let from = step.head as usize;
                if step.back > 0 && !reaches[from] {
                    reaches[from] = true;
                    open.push(from);
                }
            }
        }
        let all = (0..numbered(self.nodes())).map(NodeId);
        all.filter(|node| !reaches[node.index()]).collect()
    }
}

/// What arrives when every arc is filled at once, as a phase may do. Arcs without limit count in no
/// sum that [`NetworkBuilder::build`](crate::NetworkBuilder::build) checks.
fn all_rooms(network: &Network) -> i128 {
    let real = network.arcs().iter().filter(|arc| !arc.is_loop());
    real.map(|arc| i128::from(network.room(arc))).sum()
}
