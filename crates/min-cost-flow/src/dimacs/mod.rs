//! Networks and answers as text, in the form of the first DIMACS implementation challenge (1991).
//!
//! ```
//! use min_cost_flow::{dimacs, solve};
//!
//! let network = dimacs::read("p min 2 1\nn 1 4\nn 2 -4\na 1 2 0 -1 3\n")?;
//! let outcome = solve(&network);
//! let answer = dimacs::Answer { network: &network, outcome: &outcome };
//! assert_eq!(answer.to_string(), "s 12\nf 1 2 4\np 1 0\np 2 3\n");
//! # Ok::<(), dimacs::DimacsErrors>(())
//! ```
//!
//! Lines are `c ANYTHING`, once `p min NODES ARCS`, then `n NODE SUPPLY` where it is not 0, and
//! `a TAIL HEAD LOWER CAPACITY COST`; nodes are counted from 1, a capacity of -1 is none.

mod answer;
mod error;
mod reader;

pub use answer::Answer;
pub use error::{DimacsError, DimacsErrors};
pub use reader::{MOST_NODES, read, read_within};
