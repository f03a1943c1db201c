use thiserror::Error;

use crate::error::NetworkErrors;
use crate::network::{Network, NetworkBuilder, NodeId};
use crate::outcome::{Cut, Optimum, Outcome};
use crate::solve::solve;

/// A way from a supply to a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The position of the supply it begins at.
    pub supply: usize,
    /// The position of the demand it ends at.
    pub demand: usize,
    /// The most it may carry, `None` without limit.
    pub capacity: Option<i64>,
    /// What one unit on it costs.
    pub unit_cost: i64,
}

/// Supplies, demands, and the routes between them: every demand is to be met, supplies may be left over.
///
/// ```
/// use min_cost_flow::{Route, Transportation, TransportationOutcome};
///
/// let question = Transportation {
///     supplies: vec![8, 5],
///     demands: vec![6, 4],
///     routes: vec![
///         Route { supply: 0, demand: 0, capacity: None, unit_cost: 1 },
///         Route { supply: 0, demand: 1, capacity: None, unit_cost: 3 },
///         Route { supply: 1, demand: 1, capacity: Some(3), unit_cost: 2 },
///     ],
/// };
/// let TransportationOutcome::Plan(plan) = question.solve()? else { panic!("there is enough") };
/// assert_eq!(plan.amounts, [6, 1, 3]);
/// assert_eq!(plan.left_over, [1, 2]);
/// assert_eq!(plan.cost, 6 + 3 + 6);
/// # Ok::<(), min_cost_flow::TransportationErrors>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transportation {
    /// What there is at each place of supply, in units of the good.
    pub supplies: Vec<i64>,
    /// What is wanted at each place of demand, in the same unit.
    pub demands: Vec<i64>,
    /// The ways between them.
    pub routes: Vec<Route>,
}

/// What a transportation question comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportationOutcome {
    /// All demands are met at the least cost.
    Plan(TransportationPlan),
    /// They cannot all be met; here is where it sticks.
    Short(Shortage),
}

/// The cheapest way to meet every demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportationPlan {
    /// What each route carries, in the order of the routes.
    pub amounts: Vec<i64>,
    /// What stays at each supply, in the order of the supplies.
    pub left_over: Vec<i64>,
    /// What it costs in all.
    pub cost: i128,
    /// The optimum of [`Transportation::network`], which proves it.
    pub proof: Optimum,
}

/// Demands that want more than can reach them.
///
/// They may be served by the supplies named here, and otherwise only over the routes named here,
/// which are full: `missing` is what they want beyond all that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The demands, in order.
    pub demands: Vec<usize>,
    /// The supplies that are wholly theirs, in order.
    pub supplies: Vec<usize>,
    /// The routes from other supplies to them, in order.
    pub full_routes: Vec<usize>,
    /// What they lack together, in units of the good.
    pub missing: i128,
}

/// Why one supply, demand or route was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TransportationError {
    /// Less than nothing is there, wanted or carried.
    #[error("{what} {position}, amount: {amount} is negative; give 0 or more")]
    Negative {
        /// `supply`, `demand` or `route`.
        what: &'static str,
        /// Its position, from 0.
        position: usize,
        /// The amount given.
        amount: i64,
    },
    /// A route begins or ends at a place that does not exist.
    #[error("route {route}, {end}: {position} is unknown; there are {count}, numbered from 0")]
    UnknownEnd {
        /// The route's position, from 0.
        route: usize,
        /// `supply` or `demand`.
        end: &'static str,
        /// The place it names.
        position: usize,
        /// How many there are.
        count: usize,
    },
    /// All supplies, or all demands, come to more than can be counted.
    #[error("{what}: their sum {sum} is too large; count in a larger unit")]
    SumTooLarge {
        /// `supplies` or `demands`.
        what: &'static str,
        /// The sum.
        sum: i128,
    },
    /// The network was refused; its arcs are the routes in their order.
    #[error(transparent)]
    Network(#[from] NetworkErrors),
}

/// Every reason for which a transportation question was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", .errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct TransportationErrors {
    errors: Vec<TransportationError>,
}

impl TransportationErrors {
    /// The reasons, never none: supplies, demands, routes, each in order.
    #[must_use]
    pub fn as_slice(&self) -> &[TransportationError] {
        &self.errors
    }
}

impl Transportation {
    /// Meets every demand at the least cost, or says where it sticks.
    ///
    /// # Errors
    ///
    /// All errors together: negative amounts, routes to unknown places, sums that could overflow.
    pub fn solve(&self) -> Result<TransportationOutcome, TransportationErrors> {
        if let Some(shortage) = self.too_little()? {
            return Ok(TransportationOutcome::Short(shortage));
        }
        Ok(match solve(&self.network()?) {
            Outcome::Optimal(proof) => TransportationOutcome::Plan(self.plan(proof)),
            Outcome::Infeasible(cut) => TransportationOutcome::Short(self.shortage(&cut)),
            // Every arc leads from a supply to a place that none leaves: there is no cycle.
            Outcome::Unbounded(_) => TransportationOutcome::Short(self.all_short(0)),
        })
    }

    /// The network of the question: supplies, demands, then the place of what is left over; routes,
    /// then an arc for what each supply leaves over.
    ///
    /// # Errors
    ///
    /// All errors together, as in [`solve`](Transportation::solve).
    pub fn network(&self) -> Result<Network, TransportationErrors> {
        self.check()?;
        let mut builder = NetworkBuilder::new();
        let supplies: Vec<NodeId> = self
            .supplies
            .iter()
            .map(|&supply| builder.node(supply))
            .collect();
        let demands: Vec<NodeId> = self
            .demands
            .iter()
            .map(|&demand| builder.node(-demand))
            .collect();
        // Both sums fit, as checked, so their difference does.
        let spare = sum(&self.demands) - sum(&self.supplies);
        let spare = builder.node(i64::try_from(spare).unwrap_or(i64::MIN));
        for route in &self.routes {
            builder.arc(
                supplies[route.supply],
                demands[route.demand],
                0,
                route.capacity,
                route.unit_cost,
            );
        }
        for supply in supplies {
            builder.arc(supply, spare, 0, None, 0);
        }
        builder.build().map_err(|errors| TransportationErrors {
            errors: vec![errors.into()],
        })
    }

    fn check(&self) -> Result<(), TransportationErrors> {
        let mut errors = negative("supply", self.supplies.iter().copied());
        errors.extend(negative("demand", self.demands.iter().copied()));
        let capacities = self.routes.iter().map(|route| route.capacity.unwrap_or(0));
        errors.extend(negative("route", capacities));
        errors.extend(self.unknown_ends());
        for (what, amounts) in [("supplies", &self.supplies), ("demands", &self.demands)] {
            let sum = sum(amounts);
            if i64::try_from(sum).is_err() {
                errors.push(TransportationError::SumTooLarge { what, sum });
            }
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(TransportationErrors { errors })
        }
    }

    fn unknown_ends(&self) -> Vec<TransportationError> {
        let (supplies, demands) = (self.supplies.len(), self.demands.len());
        let ends = |(route, way): (usize, &Route)| {
            [
                ("supply", way.supply, supplies),
                ("demand", way.demand, demands),
            ]
            .map(|(end, position, count)| TransportationError::UnknownEnd {
                route,
                end,
                position,
                count,
            })
        };
        let unknown = |error: &TransportationError| matches!(error, TransportationError::UnknownEnd { position, count, .. } if position >= count);
        self.routes
            .iter()
            .enumerate()
            .flat_map(ends)
            .filter(unknown)
            .collect()
    }

    /// Whether there is less than is wanted, wherever it might be carried.
    fn too_little(&self) -> Result<Option<Shortage>, TransportationErrors> {
        self.check()?;
        let missing = sum(&self.demands) - sum(&self.supplies);
        Ok((missing > 0).then(|| self.all_short(missing)))
    }

    fn all_short(&self, missing: i128) -> Shortage {
        Shortage {
            demands: (0..self.demands.len()).collect(),
            supplies: (0..self.supplies.len()).collect(),
            full_routes: Vec::new(),
            missing,
        }
    }

    fn plan(&self, proof: Optimum) -> TransportationPlan {
        let (amounts, left_over) = proof.flows().split_at(self.routes.len());
        TransportationPlan {
            amounts: amounts.to_vec(),
            left_over: left_over.to_vec(),
            cost: proof.cost(),
            proof,
        }
    }

    /// What the cut says in the question's own words: the cut holds what cannot get away, everything
    /// outside it is short.
    fn shortage(&self, cut: &Cut) -> Shortage {
        let supply_count = self.supplies.len();
        let mut supply_short = vec![true; supply_count];
        let mut demand_short = vec![true; self.demands.len()];
        for node in &cut.nodes {
            let place = match node.index().checked_sub(supply_count) {
                None => supply_short.get_mut(node.index()),
                Some(demand) => demand_short.get_mut(demand),
            };
            if let Some(short) = place {
                *short = false;
            }
        }
        let crosses = |route: &Route| !supply_short[route.supply] && demand_short[route.demand];
        let full_routes: Vec<usize> = (0..self.routes.len())
            .filter(|&route| crosses(&self.routes[route]))
            .collect();
        let carried = full_routes
            .iter()
            .filter_map(|&route| self.routes[route].capacity)
            .map(i128::from);
        let missing = marked_sum(&self.demands, &demand_short)
            - marked_sum(&self.supplies, &supply_short)
            - carried.sum::<i128>();
        Shortage {
            demands: marked(&demand_short),
            supplies: marked(&supply_short),
            full_routes,
            missing,
        }
    }
}

fn negative(what: &'static str, amounts: impl Iterator<Item = i64>) -> Vec<TransportationError> {
    amounts
        .enumerate()
        .filter(|&(_, amount)| amount < 0)
        .map(|(position, amount)| TransportationError::Negative {
            what,
            position,
            amount,
        })
        .collect()
}

fn sum(amounts: &[i64]) -> i128 {
    amounts.iter().map(|&amount| i128::from(amount)).sum()
}

fn marked(marks: &[bool]) -> Vec<usize> {
    (0..marks.len())
        .filter(|&position| marks[position])
        .collect()
}

fn marked_sum(amounts: &[i64], marks: &[bool]) -> i128 {
    let marked = amounts.iter().zip(marks).filter(|&(_, &marked)| marked);
    marked.map(|(&amount, _)| i128::from(amount)).sum()
}
