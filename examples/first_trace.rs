//! A first trace: twenty contacts, one case, and everyone who may have been infected.
//!
//! `cargo run --example first_trace`

use contact_tracing::{
    CaseFacts, ContactLog, ContactNetwork, ContactWindow, PersonKeys, TracingPolicy, trace_forward,
};
use line_list::cell;

/// Who met whom: replace these rows by your own.
const MET: &str = include_str!("data/first_trace.csv");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows: Vec<Vec<&str>> = MET
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect();
    let people = PersonKeys::new(rows.iter().flat_map(|row| [row[0], row[1]]));
    let mut log = ContactLog::new();
    for row in &rows {
        log.contact(
            people.id(row[0])?,
            people.id(row[1])?,
            cell::instant(row[2])?,
            cell::instant(row[3])?,
        );
    }
    let case = CaseFacts::confirmed(people.id("Ann")?, cell::date("2020-02-24")?);
    let window = ContactWindow {
        before_onset_days: 2,
        before_sampling_days: Some(2),
    };
    let trace = trace_forward(
        &ContactNetwork::build(&log),
        &[case],
        &TracingPolicy::tengchong_2020(window),
        &|_| None,
    );
    for reached in trace.reached.values() {
        println!(
            "generation {}: {}",
            reached.generation,
            people.describe(&reached.path)
        );
    }
    Ok(())
}
