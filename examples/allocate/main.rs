//! Who gets what: a flow of least cost over any network, and a township's goods of a day.

mod flow;
mod supply;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use outbreak_response_examples::outcome::exit;

/// Allocation at least cost, with what proves it.
///
/// Example: allocate flow network.min.gz
#[derive(Parser)]
#[command(name = "allocate", disable_version_flag = true)]
struct Args {
    #[command(subcommand)]
    question: Question,
}

#[derive(Subcommand)]
enum Question {
    Flow(flow::Args),
    Supply(supply::Args),
}

fn main() -> ExitCode {
    exit(match &Args::parse().question {
        Question::Flow(args) => flow::run(args),
        Question::Supply(args) => supply::run(args),
    })
}
