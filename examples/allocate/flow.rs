//! `allocate flow`: a network in, a flow of least cost and its proof out.

use std::path::{Path, PathBuf};

use line_list::{Limits, decode, unpack};
use min_cost_flow::dimacs::{self, Answer};
use min_cost_flow::{Network, Outcome, solve, verify};
use outbreak_response_examples::files::read;
use outbreak_response_examples::outcome::{Failure, print, say_first};
use outbreak_response_examples::progress::Progress;
use outbreak_response_examples::timing::Stopwatch;

/// A flow of least cost over a network of whole numbers, with prices that prove it.
///
/// The network is in DIMACS form: `p min NODES ARCS`, then `n NODE SUPPLY` where it is not 0
/// (demand is negative) and `a TAIL HEAD LOWER CAPACITY COST`; nodes are counted from 1, a capacity
/// of -1 is none, lines that begin with c are remarks.
///
/// The answer is `s COST`, then `f TAIL HEAD FLOW` for every arc in the file's order, then `p NODE
/// POTENTIAL` for every node. Where no flow exists it is `i` and `c NODE` for each of a set whose supply
/// cannot leave it, or whose demand cannot reach it, and the program ends with 3. Where some flows
/// cost less than any amount it is `u` and `a ARC` for each arc, counted from 1, of a cycle that gains
/// without end, and the program ends with 4.
///
/// Example: allocate flow network.min.gz
#[derive(clap::Args)]
pub struct Args {
    /// The network in DIMACS form, gzipped or not. Example: network.min.gz
    #[arg(value_name = "FILE")]
    network: PathBuf,
    /// Says on stderr how long reading, building and solving took. Example: --timing
    #[arg(long)]
    timing: bool,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let mut watch = Stopwatch::default();
    let (network, outcome) = {
        let progress = Progress::of("reading the network");
        let text = Text::of(&args.network)?;
        watch.lap("read_ms");
        let network = text.network(&args.network)?;
        watch.lap("build_ms");
        drop(progress);
        let _progress = Progress::of("looking for the least cost");
        let outcome = solve(&network);
        watch.lap("solve_ms");
        (network, outcome)
    };
    // An answer goes out only with its proof checked, by code that shares nothing with the solver.
    verify(&network, &outcome).map_err(Failure::from_error)?;
    let answer = Answer {
        network: &network,
        outcome: &outcome,
    };
    print(&answer.to_string());
    if args.timing {
        watch.say();
    }
    ending(&outcome)
}

/// The file as text.
struct Text(Vec<u8>);

impl Text {
    fn of(path: &Path) -> Result<Self, Failure> {
        let file = read(path)?;
        let unpacked = unpack(&file, &limits()).map_err(|error| named(path, &error))?;
        Ok(Text(unpacked.into_owned()))
    }

    fn network(&self, path: &Path) -> Result<Network, Failure> {
        let text = decode(&self.0, &limits()).map_err(|error| {
            // What to do is said there for tables.
            let error = error.to_string();
            let (what, _) = error.split_once("; ").unwrap_or((&error, ""));
            let remedy = "name a network in DIMACS form, saved as plain text";
            named(path, &format!("{what}; {remedy}"))
        })?;
        dimacs::read(&text.text).map_err(|errors| {
            let lines: Vec<String> = errors
                .as_slice()
                .iter()
                .map(|error| format!("{}, {error}", path.display()))
                .collect();
            say_first("refused", &lines);
            Failure::NoAnswer(format!(
                "{}: is not a network; mend the lines named above and run again",
                path.display()
            ))
        })
    }
}

/// A network may be larger than any line list.
fn limits() -> Limits {
    Limits {
        file_bytes: 16 << 30,
        unpacked_bytes: 16 << 30,
        ..Limits::standard()
    }
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::NoAnswer(format!("{}: {error}", path.display()))
}

fn ending(outcome: &Outcome) -> Result<(), Failure> {
    match outcome {
        Outcome::Optimal(_) => Ok(()),
        Outcome::Infeasible(cut) => Err(Failure::NoSolution(format!(
            "no flow meets all supplies and bounds; the {} nodes listed hold more than can leave them, or want more than can reach them",
            cut.nodes.len()
        ))),
        Outcome::Unbounded(cycle) => Err(Failure::Unbounded(format!(
            "costs fall without end around the {} arcs listed; give one of them a capacity",
            cycle.arcs.len()
        ))),
    }
}
