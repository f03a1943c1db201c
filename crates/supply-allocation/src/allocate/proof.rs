//! What shows that a plan cannot be bettered, in prices that anybody can check by adding up.

use grid_model::PersonId;

use crate::Stage;

/// Where a packet stands in the order of serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level {
    /// The stage.
    pub stage: Stage,
    /// Whether it is the household's first packet of the good in the round, its second, and so on:
    /// nobody's third is served before everybody's second.
    pub packet: u64,
}

/// What one packet more is worth, of a good's stock and of a purchaser's carrying.
///
/// A good or purchaser that is not named is worth nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worths {
    /// Of each good, in order.
    pub goods: Vec<(Box<str>, i64)>,
    /// Of each purchaser who is asked for more than they can carry, in order.
    pub purchasers: Vec<(PersonId, i64)>,
}

/// What shows that one level cannot be served better without the levels before it losing.
///
/// For any plan, what a level serves is at most the worth of all stock and all carrying, and for
/// every packet that could be carried what it serves less the worth of its good and its purchaser,
/// where that is more than nothing: [`verify`](crate::verify) adds that up and finds what is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelProof {
    /// Which level.
    pub level: Level,
    /// Packets wanted in it through purchasers.
    pub wanted: u64,
    /// Packets served of them.
    pub served: u64,
    /// What a packet more would be worth, in packets of the level.
    pub worths: Worths,
}

/// What shows that a plan that serves every level as well costs no less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CostProof {
    /// The price of a packet at its suppliers', in fen, good by good.
    pub stores: Vec<(Box<str>, i64)>,
    /// What a packet more would be worth, in fen.
    pub worths: Worths,
}

/// What shows that of all plans that serve and cost the same, this one goes by key.
pub type TieProof = CostProof;

/// Prices, level by level, for the least cost, and for ties. See [`verify`](crate::verify).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The levels from the first that is short; those before it are served in full.
    pub levels: Vec<LevelProof>,
    /// Shows the least cost.
    pub least_cost: CostProof,
    /// Shows that ties go by key, in places of purchasers; nothing where the prices so far leave
    /// nothing open.
    pub ties: Option<TieProof>,
}
