//! Contacts and chains: who can have reached whom in a log of contacts, what the known links of
//! an outbreak come to, and whom a township's cases may have infected.

mod cases;
mod chains;
mod network;
mod queries;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use outbreak_response_examples::outcome::exit;

/// Contact tracing: closures over a log of contacts, the statistics of known chains, and the
/// contacts of a township's cases.
///
/// Example: trace network contacts.csv.gz --queries queries.json
#[derive(Parser)]
#[command(name = "trace", disable_version_flag = true)]
struct Args {
    #[command(subcommand)]
    question: Question,
}

#[derive(Subcommand)]
enum Question {
    Network(network::Args),
    Chains(chains::Args),
    Cases(cases::Args),
}

fn main() -> ExitCode {
    exit(match &Args::parse().question {
        Question::Network(args) => network::run(args),
        Question::Chains(args) => chains::run(args),
        Question::Cases(args) => cases::run(args),
    })
}
