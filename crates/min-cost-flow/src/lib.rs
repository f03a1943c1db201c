//! Minimum-cost flow with proofs: an optimum carries its prices, an infeasible network its cut.
//!
//! ```
//! use min_cost_flow::{NetworkBuilder, Outcome, solve, verify};
//!
//! // Ten sacks of rice at the store, ten wanted in the village; the short road takes six.
//! let mut builder = NetworkBuilder::new();
//! let store = builder.node(10);
//! let village = builder.node(-10);
//! let short = builder.arc(store, village, 0, Some(6), 2);
//! let long = builder.arc(store, village, 0, None, 5);
//! let network = builder.build()?;
//!
//! let outcome = solve(&network);
//! verify(&network, &outcome)?;
//! let Outcome::Optimal(optimum) = outcome else { panic!("the long road takes the rest") };
//! assert_eq!((optimum.flow(short), optimum.flow(long)), (6, 4));
//! assert_eq!(optimum.cost(), 6 * 2 + 4 * 5);
//! // One sack more in the village costs the long road.
//! assert_eq!(optimum.potential(village) - optimum.potential(store), 5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In reading order: [`NetworkBuilder`] gathers nodes and arcs and checks them into a [`Network`];
//! [`solve`] gives an [`Outcome`], part by part where it falls apart, by the [`Method`] that suits
//! its shape ([`solve_by`] takes yours and solves it whole); it is an [`Optimum`], a [`Cut`] or a [`Cycle`]; [`verify`]
//! checks any of the three without trusting the solver, and names the [`Flaw`].
//!
//! Tomorrow's network is mostly today's: [`solve_from`] begins at an earlier optimum.
//!
//! Two questions come ready made: [`assign`] pairs left with right, the most pairs first and the least
//! cost second; [`Transportation`] carries supplies to demands over routes.
//! [`dimacs`] reads networks from text and writes answers.
//!
//! Laws:
//! - Amounts, costs and prices are integers, and nothing is rounded; what could overflow is refused
//!   by [`NetworkBuilder::build`], with the number of the node or arc.
//! - The same network, its nodes and arcs in the same order, gives the same answer.
//! - Infeasible is answered before unbounded.
//!
//! Left out: flows that gain or lose on the way, costs that change with the amount, several goods
//! that share a capacity, and fractions.

mod assignment;
mod auction;
mod bounds;
pub mod dimacs;
mod error;
mod forest;
mod method;
mod network;
mod outcome;
mod parts;
mod preorder;
mod restart;
mod scaling;
mod shape;
mod simplex;
mod solve;
mod transportation;
mod verify;

pub use assignment::{Assignment, AssignmentError, AssignmentErrors, assign};
pub use error::{NetworkError, NetworkErrors};
pub use method::Method;
pub use network::{Arc, ArcId, Network, NetworkBuilder, NodeId};
pub use outcome::{Cut, Cycle, Optimum, Outcome, Solved};
pub use restart::solve_from;
pub use solve::{solve, solve_by, solve_in_parts};
pub use transportation::{
    Route, Shortage, Transportation, TransportationError, TransportationErrors,
    TransportationOutcome, TransportationPlan,
};
pub use verify::{Flaw, verify};
