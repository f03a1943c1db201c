mod all_paired;

use thiserror::Error;

use crate::bounds;
use crate::error::NetworkErrors;
use crate::network::{ArcId, Network, NetworkBuilder, NodeId};
use crate::outcome::{Optimum, Outcome};
use crate::solve::solve;
use crate::verify::{Flaw, verify};

/// Who was given what: as many pairs as possible, and of those ways one of least cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// For each of the left its right, `None` where it was left without.
    pub of_left: Vec<Option<usize>>,
    /// The cost of all chosen pairs.
    pub cost: i128,
    /// An optimum of the network of this assignment: see [`Assignment::verify`].
    pub proof: Optimum,
}

/// Why one pair was refused, or all of them.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AssignmentError {
    /// A pair names a left that does not exist.
    #[error("pair {pair}, left: {left} is unknown; there are {count}, numbered from 0")]
    UnknownLeft {
        /// The pair's position among those given, from 0.
        pair: usize,
        /// The left it names.
        left: usize,
        /// How many there are.
        count: usize,
    },
    /// A pair names a right that does not exist.
    #[error("pair {pair}, right: {right} is unknown; there are {count}, numbered from 0")]
    UnknownRight {
        /// The pair's position among those given, from 0.
        pair: usize,
        /// The right it names.
        right: usize,
        /// How many there are.
        count: usize,
    },
    /// Costs so far apart that "one pair more" could not outweigh them.
    #[error(
        "pairs, cost: {cheapest} and {dearest} are too far apart among so many; keep them within {limit} of each other"
    )]
    CostsTooFarApart {
        /// The least cost.
        cheapest: i64,
        /// The greatest cost.
        dearest: i64,
        /// How far apart they may be.
        limit: i64,
    },
    /// The network of the assignment was refused.
    #[error(transparent)]
    Network(#[from] NetworkErrors),
}

/// Every reason for which an assignment was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", .errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct AssignmentErrors {
    errors: Vec<AssignmentError>,
}

impl AssignmentErrors {
    /// The reasons, never none, in the order of the pairs.
    #[must_use]
    pub fn as_slice(&self) -> &[AssignmentError] {
        &self.errors
    }
}

impl From<AssignmentError> for AssignmentErrors {
    fn from(error: AssignmentError) -> Self {
        Self {
            errors: vec![error],
        }
    }
}

/// Gives each of `left` at most one right, and each right at most as many as its capacity.
///
/// The most pairs come first, the least total cost second. A pair is `(left, right, cost)`; given
/// twice, its cheaper cost counts. The order in which the pairs are given does not change the answer.
///
/// Where there are as many single rights as left and all can be paired, this is an
/// [`Auction`](crate::Method::Auction); elsewhere, and where that does not get all paired, it is
/// [`solve`] on a network in which everybody may go without.
///
/// ```
/// // Two helpers; the first could watch either household, the second only household 0.
/// let found = min_cost_flow::assign(2, &[1, 1], &[(0, 0, 1), (0, 1, 9), (1, 0, 1)])?;
/// assert_eq!(found.of_left, [Some(1), Some(0)]);
/// assert_eq!(found.cost, 10);
/// # Ok::<(), min_cost_flow::AssignmentErrors>(())
/// ```
///
/// # Errors
///
/// All errors together: pairs that name a left or right that does not exist, and costs so large that sums could overflow.
pub fn assign(
    left: usize,
    right_capacities: &[u32],
    pairs: &[(usize, usize, i64)],
) -> Result<Assignment, AssignmentErrors> {
    let model = Model::new(left, right_capacities, pairs)?;
    let proof = match model.pair_all(left, right_capacities) {
        Some(proof) => proof,
        None => model.solve(),
    };
    let (of_left, cost) = model.read(left, &proof);
    Ok(Assignment {
        of_left,
        cost,
        proof,
    })
}

impl Assignment {
    /// Checks that this is an answer to the question, by its proof, without solving again.
    ///
    /// # Errors
    ///
    /// The first flaw found; [`Flaw::OtherNetwork`] where the question itself would be refused.
    pub fn verify(
        &self,
        left: usize,
        right_capacities: &[u32],
        pairs: &[(usize, usize, i64)],
    ) -> Result<(), Flaw> {
        let other = Flaw::OtherNetwork {
            what: "pairs",
            found: self.of_left.len(),
            expected: left,
        };
        let Ok(model) = Model::new(left, right_capacities, pairs) else {
            return Err(other);
        };
        verify(&model.network, &Outcome::Optimal(self.proof.clone()))?;
        let (of_left, counted) = model.read(left, &self.proof);
        if of_left != self.of_left {
            return Err(other);
        }
        if counted == self.cost {
            Ok(())
        } else {
            Err(Flaw::WrongCost {
                given: self.cost,
                counted,
            })
        }
    }
}

/// An assignment as a network: each left sends one unit, over a pair to a right and on to the sink, or to the
/// sink at once at a price that no pair comes near.
struct Model {
    network: Network,
    /// The pairs in the order of the network's first arcs.
    pairs: Vec<(usize, usize, i64)>,
    /// What going without costs.
    without: i64,
}

impl Model {
    fn new(
        left: usize,
        right_capacities: &[u32],
        pairs: &[(usize, usize, i64)],
    ) -> Result<Self, AssignmentErrors> {
        let errors = unknown(left, right_capacities.len(), pairs);
        if !errors.is_empty() {
            return Err(AssignmentErrors { errors });
        }
        // Sorted, so that the order of asking cannot matter; the cheaper of two equal pairs comes first and stays.
        let mut pairs = pairs.to_vec();
        pairs.sort_unstable();
        pairs.dedup_by_key(|&mut (left, right, _)| (left, right));
        let without = price_of_going_without(left, right_capacities, &pairs)?;
        let network =
            network(left, right_capacities, &pairs, without).map_err(AssignmentError::from)?;
        Ok(Self {
            network,
            pairs,
            without,
        })
    }

    /// An optimum by way of the sink.
    fn solve(&self) -> Optimum {
        match solve(&self.network) {
            Outcome::Optimal(proof) => proof,
            // Never: everybody may stay without, and nothing in the model is without limit.
            Outcome::Infeasible(_) | Outcome::Unbounded(_) => {
                Optimum::claimed(Vec::new(), Vec::new(), 0)
            }
        }
    }

    /// The chosen pairs and what they cost.
    fn read(&self, left: usize, optimum: &Optimum) -> (Vec<Option<usize>>, i128) {
        let mut of_left = vec![None; left];
        let mut total = 0;
        for (&(left, right, cost), &flow) in self.pairs.iter().zip(optimum.flows()) {
            if flow > 0 {
                of_left[left] = Some(right);
                total += i128::from(cost);
            }
        }
        (of_left, total)
    }
}

fn unknown(
    left_count: usize,
    right_count: usize,
    pairs: &[(usize, usize, i64)],
) -> Vec<AssignmentError> {
    let mut errors = Vec::new();
    for (pair, &(left, right, _)) in pairs.iter().enumerate() {
        if left >= left_count {
            errors.push(AssignmentError::UnknownLeft {
                pair,
                left,
                count: left_count,
            });
        }
        if right >= right_count {
            errors.push(AssignmentError::UnknownRight {
                pair,
                right,
                count: right_count,
            });
        }
    }
    errors
}

/// What one left without a right costs: more than all pairs together could save.
///
/// The most pairs are a fixed number, so that costs may be counted from the cheapest pair without changing
/// which way is best; then no pair is cheaper than 0 or dearer than the span of costs.
fn price_of_going_without(
    left: usize,
    right_capacities: &[u32],
    pairs: &[(usize, usize, i64)],
) -> Result<i64, AssignmentError> {
    let costs = || pairs.iter().map(|&(_, _, cost)| cost);
    let (Some(cheapest), Some(dearest)) = (costs().min(), costs().max()) else {
        return Ok(1);
    };
    let places: u128 = right_capacities
        .iter()
        .map(|&places| u128::from(places))
        .sum();
    let most = i128::try_from(places.min(left as u128))
        .unwrap_or(i128::MAX)
        .max(1);
    let limit = i128::from(bounds::cost_limit(
        left.saturating_add(right_capacities.len())
            .saturating_add(1),
    ));
    let span = i128::from(dearest) - i128::from(cheapest);
    let price = span.checked_mul(most).and_then(|all| all.checked_add(1));
    // The price stands for a pair, so the cheapest pair's cost comes on top of it in the model.
    match price
        .filter(|&price| price <= limit)
        .and_then(|price| i64::try_from(price).ok())
    {
        Some(price) => Ok(price),
        None => {
            let limit = i64::try_from((limit - 1) / most).unwrap_or(i64::MAX);
            Err(AssignmentError::CostsTooFarApart {
                cheapest,
                dearest,
                limit,
            })
        }
    }
}

fn network(
    left: usize,
    right_capacities: &[u32],
    pairs: &[(usize, usize, i64)],
    without: i64,
) -> Result<Network, NetworkErrors> {
    let cheapest = pairs.iter().map(|&(_, _, cost)| cost).min().unwrap_or(0);
    let mut builder = NetworkBuilder::new();
    let lefts: Vec<NodeId> = (0..left).map(|_| builder.node(1)).collect();
    let rights: Vec<NodeId> = right_capacities.iter().map(|_| builder.node(0)).collect();
    // A count of things in memory is always an `i64`.
    let sink = builder.node(-i64::try_from(left).unwrap_or(i64::MAX));
    let mut join =
        |tail, head, capacity, cost| -> ArcId { builder.arc(tail, head, 0, Some(capacity), cost) };
    for &(left, right, cost) in pairs {
        join(lefts[left], rights[right], 1, cost - cheapest);
    }
    for (&right, &capacity) in rights.iter().zip(right_capacities) {
        join(right, sink, i64::from(capacity), 0);
    }
    for &left in &lefts {
        join(left, sink, 1, without);
    }
    builder.build()
}
