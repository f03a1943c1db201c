//! The network simplex: walks from spanning tree to spanning tree, each cheaper or as cheap, until
//! no arc outside the tree gains.
//!
//! Trees are kept strongly feasible, so that it ends whatever the ties: W. H. Cunningham, "A network
//! simplex method", Mathematical Programming 11 (1976). Entering arcs are found by block search:
//! the best of a block of arcs, block after block around: Z. Király, P. Kovács, "Efficient
//! implementations of minimum-cost flow algorithms" (2012).
//!
//! Arcs are laid out once, straight from the network and as narrow as they may be: laid out wide and
//! then narrow, a third of a solve of 100,000 arcs went into memory touched for the first time.

mod number;
mod order;
mod pivot;
mod resume;
mod search;
mod start;
mod stranded;
mod tree;

use crate::bounds::numbered;
use crate::network::{Arc, ArcId, Network, NodeId};
use number::all;
pub(crate) use number::{Number, TooNarrow};
use order::{strided, strided_places};
pub(crate) use resume::{FARTHEST, Resumed};
use search::BlockSearch;
use tree::{Node, Tree};

/// What the arcs cost while the simplex runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Objective {
    /// What they cost in the network.
    Cost,
    /// Nothing: only whether a flow exists is asked.
    Feasibility,
}

/// How the simplex ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The flows in arc order and the prices in node order, by which no arc gains any more.
    Settled(Vec<i64>, Vec<i64>),
    /// The nodes from which what is left over cannot get away.
    Stranded(Vec<NodeId>),
    /// Around this cycle costs fall without end; its arc of the smallest number comes first.
    Endless(Vec<ArcId>),
}

/// Pivots to the end: in 32 bits where they suffice, and in 64 from where they do not.
pub(crate) fn run(network: &Network, objective: Objective) -> End {
    let wide = match Simplex::<i32>::over(network, objective) {
        Ok(mut narrow) => match narrow.run_to_the_end() {
            Ok(stop) => return narrow.end(network, stop),
            Err(TooNarrow) => narrow.in_width(),
        },
        Err(TooNarrow) => Simplex::<i64>::over(network, objective),
    };
    let Ok(mut wide) = wide;
    let Ok(stop) = wide.run_to_the_end();
    wide.end(network, stop)
}

/// Why there were no further steps.
pub(crate) enum Stop {
    /// No arc gains any more.
    Settled,
    /// These arcs gain around their cycle without end: real ones, in order, by position.
    Endless(Vec<usize>),
}

/// An arc as the search for entering arcs reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lane<N> {
    cost: N,
    tail: u32,
    head: u32,
}

/// A network under solution, lower bounds taken off: all that a step touches.
///
/// Behind the real arcs comes one made-up arc for each node, that carries what no real arc does
/// yet: from the node to the root where there is supply to be sent, from the root where there is
/// demand. Those from the root cost more than any path, so that they empty wherever they can.
///
/// An arc of the tree has what it carries, and still could, in the node under it, so that the walk
/// around a cycle reads one place a node. Of the others each is empty or full, and a full one is kept
/// turned around, its cost negated: then every arc gains just where `cost + price(tail) −
/// price(head)` is negative, one in the tree never, and the search needs no look at where an arc
/// stands.
struct Simplex<N> {
    /// The real arcs, then a made-up one for each node.
    lanes: Vec<Lane<N>>,
    room: Vec<N>,
    /// Which arcs are full and kept turned around.
    full: Vec<bool>,
    tree: Tree<N>,
    search: BlockSearch,
    /// How many arcs are real.
    real: usize,
    /// How many made-up arcs may enter the tree again: the first ones.
    reentering: usize,
    /// What the made-up arcs from the root should cost, where they cost less here.
    cheapened: Option<i64>,
}

impl<N: Number> Simplex<N> {
    /// The network in a tree to begin with, its arcs in strided order.
    fn over(network: &Network, objective: Objective) -> Result<Self, N::TooGreat> {
        let supplies = network.supplies_over_lower();
        let (real, root) = (network.arc_count(), numbered(supplies.len()));
        let (mut lanes, room) = lay_out(network, objective)?;
        let dearest = match objective {
            Objective::Cost => network.shape().dearest(),
            Objective::Feasibility => 0,
        };
        // The limit on costs leaves room for this product.
        let dearer_than_any_path = dearest * i64::from(root) + 1;
        let dear = dearer_than_any_path.min(N::DEAREST_MADE_UP);
        let cheapened = dear < dearer_than_any_path && supplies.iter().any(|&supply| supply < 0);
        let dear = N::price(dear)?;
        lanes.extend((0..root).zip(&supplies).map(|(node, supply)| match supply {
            0.. => Lane::over(N::default(), node, root),
            _ => Lane::over(dear, root, node),
        }));
        let nodes = start::nodes(&lanes[..real], &room, &supplies)?;
        Ok(Self {
            cheapened: cheapened.then_some(dearer_than_any_path),
            ..Self::begun(lanes, room, nodes)
        })
    }

    /// All arcs outside the tree are empty to begin with.
    fn begun(lanes: Vec<Lane<N>>, room: Vec<N>, nodes: Vec<Node<N>>) -> Self {
        let real = lanes.len() + 1 - nodes.len();
        Self {
            full: vec![false; lanes.len()],
            tree: Tree::over(nodes),
            search: BlockSearch::over(real),
            real,
            reentering: 0,
            cheapened: None,
            lanes,
            room,
        }
    }

    /// Pivots to the end.
    fn run_to_the_end(&mut self) -> Result<Stop, N::TooGreat> {
        loop {
            if let Some(stop) = self.run(&mut { usize::MAX })? {
                return Ok(stop);
            }
        }
    }

    /// The same; `None` where so much effort was not enough. What it took is taken off, counted in
    /// arcs looked at and nodes passed or moved.
    fn run(&mut self, effort: &mut usize) -> Result<Option<Stop>, N::TooGreat> {
        self.search = BlockSearch::over(self.real);
        self.tree.passed = 0;
        self.tree.price_all(&self.lanes);
        let stop = self.run_within(*effort);
        *effort = effort.saturating_sub(self.spent());
        stop
    }

    fn run_within(&mut self, most: usize) -> Result<Option<Stop>, N::TooGreat> {
        let entering = self.real + self.reentering;
        N::unless(self.tree.strained)?;
        while self.spent() < most {
            let lanes = &self.lanes[..entering];
            let Some(entering) = self.search.entering(lanes, &self.tree.price) else {
                N::unless(self.cheapened.is_some() && self.owes())?;
                return Ok(Some(Stop::Settled));
            };
            if let Some(cycle) = self.pivot(entering) {
                // A cheapened arc may be what makes the cycle gain.
                N::unless(self.cheapened.is_some())?;
                return Ok(Some(Stop::Endless(cycle)));
            }
            N::unless(self.tree.strained)?;
        }
        Ok(None)
    }

    /// How many arcs were looked at and nodes passed or moved; a node takes as long as an arc.
    fn spent(&self) -> usize {
        self.search.looked + self.tree.passed
    }

    /// Whether a made-up arc from the root still carries something.
    fn owes(&self) -> bool {
        self.tree.below_the_root().any(|(node, at)| {
            at.arc as usize >= self.real && !self.points_up(node) && at.up > N::default()
        })
    }

    /// Whether the arc above a node leads to its parent.
    fn points_up(&self, node: u32) -> bool {
        let arc = self.tree.nodes[node as usize].arc;
        self.lanes[arc as usize].tail == node
    }

    /// What the arc above a node carries.
    fn carried(&self, node: u32) -> N {
        let at = &self.tree.nodes[node as usize];
        if self.points_up(node) { at.down } else { at.up }
    }

    /// Makes a full arc of an empty one, and an empty one of a full one.
    fn turn(&mut self, arc: usize) {
        self.full[arc] = !self.full[arc];
        self.lanes[arc] = self.lanes[arc].turned();
    }

    /// The same in another width, and made-up arcs at their full cost.
    fn in_width<M: Number>(&self) -> Result<Simplex<M>, M::TooGreat> {
        let mut lanes = all(self.lanes.iter().map(|lane| lane.in_width()))?;
        if let Some(cost) = self.cheapened {
            let root = numbered(lanes.len() - self.real);
            let made_up = lanes[self.real..].iter_mut();
            for lane in made_up.filter(|lane| lane.tail == root) {
                lane.cost = M::price(cost)?;
            }
        }
        Ok(Simplex {
            lanes,
            room: all(self.room.iter().map(|room| M::amount(room.wide())))?,
            full: self.full.clone(),
            tree: self.tree.in_width()?,
            search: BlockSearch::over(self.real),
            real: self.real,
            reentering: self.reentering,
            cheapened: None,
        })
    }

    /// The answer, once pivoting stopped.
    fn end(self, network: &Network, stop: Stop) -> End {
        if let Stop::Endless(around) = stop {
            return End::Endless(cycle(network, &around));
        }
        let stranded = self.stranded();
        if stranded.is_empty() {
            let prices = self.tree.prices();
            End::Settled(flows(network, &self.into_flows()), prices)
        } else {
            End::Stranded(stranded)
        }
    }

    /// By position, what each arc carries; where its room was, since nothing takes more of it.
    fn into_flows(mut self) -> Vec<N> {
        let mut flows = std::mem::take(&mut self.room);
        for (flow, _) in flows.iter_mut().zip(&self.full).filter(|(_, full)| !**full) {
            *flow = N::default();
        }
        for (node, at) in self.tree.below_the_root() {
            flows[at.arc as usize] = self.carried(node);
        }
        flows
    }
}

impl<N: Number> Lane<N> {
    fn over(cost: N, tail: u32, head: u32) -> Self {
        Self { cost, tail, head }
    }

    /// An arc of a network.
    fn of(arc: &Arc, objective: Objective) -> Result<Self, N::TooGreat> {
        let cost = match objective {
            Objective::Cost => N::price(arc.cost)?,
            Objective::Feasibility => N::default(),
        };
        Ok(Self::over(cost, arc.tail.0, arc.head.0))
    }

    /// What a unit more over it costs at these prices.
    fn reduced(self, prices: &[N]) -> N {
        self.cost + prices[self.tail as usize] - prices[self.head as usize]
    }

    /// The arc in the other direction.
    fn turned(self) -> Self {
        Self::over(-self.cost, self.head, self.tail)
    }

    fn in_width<M: Number>(self) -> Result<Lane<M>, M::TooGreat> {
        let cost = M::price(self.cost.into())?;
        Ok(Lane::over(cost, self.tail, self.head))
    }
}

/// What an arc of a network can carry.
fn room<N: Number>(network: &Network, arc: &Arc) -> Result<N, N::TooGreat> {
    match arc.capacity {
        Some(_) => N::amount(network.room(arc)),
        None => Ok(N::ENDLESS),
    }
}

/// Arcs, and the room of each.
type Laid<N> = (Vec<Lane<N>>, Vec<N>);

/// The arcs of the network in strided order; behind their rooms those of the made-up arcs. They are
/// read in the network's order, since they take more room there.
///
/// A self loop costs nothing here, so that it never gains: what it carries is settled beforehand.
fn lay_out<N: Number>(network: &Network, objective: Objective) -> Result<Laid<N>, N::TooGreat> {
    let real = network.arc_count();
    let all = real + network.node_count();
    let mut lanes = Vec::with_capacity(all);
    lanes.resize(real, Lane::default());
    let mut rooms = vec![N::default(); all];
    let mut places = strided_places(real);
    for arc in network.arcs() {
        let place = places();
        if arc.is_loop() {
            continue;
        }
        lanes[place] = Lane::of(arc, objective)?;
        rooms[place] = room(network, arc)?;
    }
    rooms[real..].fill(N::ENDLESS);
    Ok((lanes, rooms))
}

/// The flow on the network's arcs, in their order; self loops of negative cost are full if they
/// have a limit, the others at their lower bound.
fn flows<N: Number>(network: &Network, carried: &[N]) -> Vec<i64> {
    let mut flows = network.idle_flows();
    let places = strided(network.arc_count()).enumerate();
    // Most arcs carry nothing, and their places lie far apart.
    let carrying = places.filter(|&(place, _)| carried[place] != N::default());
    carrying.for_each(|(place, arc)| flows[arc] += carried[place].into());
    flows
}

/// The arcs of these positions around a cycle, from the one of the smallest number.
fn cycle(network: &Network, around: &[usize]) -> Vec<ArcId> {
    let numbers: Vec<usize> = strided(network.arc_count()).collect();
    let arcs = around.iter().map(|&place| ArcId(numbered(numbers[place])));
    let mut arcs: Vec<ArcId> = arcs.collect();
    let first = (0..arcs.len()).min_by_key(|&position| arcs[position]);
    arcs.rotate_left(first.unwrap_or(0));
    arcs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NetworkBuilder;
    use proptest::prelude::*;

    const NODES: u32 = 24;

    /// What is sent from one node to another, and arcs with their rooms and costs.
    fn networks() -> impl Strategy<Value = Network> {
        let node = || 0..NODES;
        let sent = prop::collection::vec((node(), node(), 0i64..90), 0..16);
        let arc = (
            node(),
            node(),
            prop::option::weighted(0.9, 0i64..90),
            -20i64..900,
        );
        let arcs = prop::collection::vec(arc, 30..200);
        (sent, arcs).prop_filter_map("sums are small", |(sent, arcs)| network(&sent, &arcs))
    }

    fn network(sent: &[(u32, u32, i64)], arcs: &[(u32, u32, Option<i64>, i64)]) -> Option<Network> {
        let mut supplies = vec![0; NODES as usize];
        for &(from, to, amount) in sent {
            supplies[from as usize] += amount;
            supplies[to as usize] -= amount;
        }
        let mut builder = NetworkBuilder::new();
        for supply in supplies {
            builder.node(supply);
        }
        for &(tail, head, capacity, cost) in arcs {
            builder.arc(NodeId(tail), NodeId(head), 0, capacity, cost);
        }
        builder.build().ok()
    }

    fn begun<N: Number>(network: &Network) -> Option<Simplex<N>> {
        Simplex::over(network, Objective::Cost).ok()
    }

    /// Where a walk ends; `None` where numbers grow too great.
    fn end_of<N: Number>(simplex: Option<Simplex<N>>, network: &Network) -> Option<End> {
        let mut simplex = simplex?;
        let stop = simplex.run_to_the_end().ok()?;
        Some(simplex.end(network, stop))
    }

    proptest! {
        #[test]
        fn small_numbers_take_the_same_walk_in_either_width(network in networks()) {
            let narrow = end_of(begun::<i32>(&network), &network);
            prop_assert!(narrow.is_some());
            prop_assert_eq!(narrow, end_of(begun::<i64>(&network), &network));
        }

        #[test]
        fn a_walk_goes_on_in_the_other_width_as_it_would_have(
            network in networks(),
            effort in 0usize..4_000,
        ) {
            let Some(mut narrow) = begun::<i32>(&network) else {
                return Err(TestCaseError::fail("small numbers fit"));
            };
            prop_assert!(narrow.run(&mut effort.clone()).is_ok());
            let wider = narrow.in_width::<i64>().ok();
            let end = end_of(Some(narrow), &network);
            prop_assert!(end.is_some());
            prop_assert_eq!(end, end_of(wider, &network));
        }
    }

    #[test]
    fn made_up_arcs_that_are_cheaper_in_32_bits_cost_all_they_should_in_64() {
        let arcs = [(0, 1, Some(3), 1 << 24), (1, 2, None, 1 << 20)];
        let network = network(&[(0, 2, 5)], &arcs);
        let network = network.as_ref();
        let narrow = network.and_then(begun::<i32>);
        let wider = narrow
            .as_ref()
            .and_then(|narrow| narrow.in_width::<i64>().ok());
        let wide = network.and_then(begun::<i64>);
        let costs = |simplex: Option<Simplex<i64>>| simplex.map(|simplex| simplex.lanes);
        assert!(narrow.is_some_and(|narrow| narrow.cheapened.is_some()));
        assert!(wide.is_some());
        assert_eq!(costs(wider), costs(wide));
    }

    #[test]
    fn numbers_too_great_for_32_bits_are_told_before_the_first_step() {
        let fits = |amount: i64, cost: i64| {
            let network = network(&[(0, 1, 5)], &[(0, 1, Some(amount), cost)]);
            network.as_ref().and_then(begun::<i32>).is_some()
        };
        let (most, farthest) = (i64::from(i32::MOST), i64::from(i32::FARTHEST));
        assert!(fits(6, farthest));
        assert!(!fits(6, farthest + 1));
        // Of an arc as wide as that nobody needs more than is sent.
        assert!(fits(most + 1, 7));
        assert!(!fits(most + 1, -7));
    }
}
