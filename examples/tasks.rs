//! 钉钉子: a township folder and a day in, what is left of every task out.

use std::process::ExitCode;

use clap::Parser;
use outbreak_response::Records;
use outbreak_response::steps::{NailDay, nail};
use outbreak_response::task_tracking::ProgrammeStanding;
use outbreak_response_examples::outcome::{Failure, exit};
use outbreak_response_examples::room::{Found, RoomArgs, run};
use outbreak_response_examples::timing::Stopwatch;
use outbreak_response_examples::township::Evening;

/// Every task, as CSV, item by item: what is done and left in the programme's unit, when it is due,
/// by how many days it is overdue, when it will be done at its pace, and what is to happen next;
/// on stderr the sums of each programme.
///
/// The next step goes to the owner and, where the owner is away or under observation, to the
/// deputy; where neither can act, somebody is to be named.
///
/// Example: tasks --data my-town --date 2020-02-29
#[derive(Parser)]
#[command(name = "tasks", disable_version_flag = true)]
struct Args {
    #[command(flatten)]
    room: RoomArgs,
    /// Which list. Example: --list tasks_stalled
    #[arg(long, value_name = "LIST", default_value = LISTS[0], value_parser = LISTS)]
    list: String,
}

const LISTS: [&str; 4] = ["tasks", "tasks_open", "tasks_stalled", "duties_short"];

fn main() -> ExitCode {
    let args = Args::parse();
    exit(run(&args.room, &args.list, ask))
}

fn ask(evening: &Evening, stopwatch: &mut Stopwatch) -> Result<Found, Failure> {
    let (town, records, policy) = (evening.town(), &evening.source.records, &evening.policy);
    let (_, measures) = evening.measures(&town);
    let under_observation = measures.held_now(evening.as_of, policy);
    stopwatch.lap("build_ms");
    let day = nail(&town, records, policy, &under_observation);
    let mut lists = vec![day.tasks(&town, records)];
    lists.extend(day.lists(&town, records));
    Ok(Found {
        lists,
        said: say(&day, records),
    })
}

/// The sums of each programme, and the items that are in none.
fn say(day: &NailDay, records: &Records) -> Vec<String> {
    let found = &day.programmes;
    let mut lines: Vec<String> = found
        .programmes
        .iter()
        .map(|programme| sums(programme, records))
        .collect();
    let item = |what: &str, item: usize| {
        format!(
            "left out: item {}, {what}; correct the records",
            records.items.id(item)
        )
    };
    let homeless = found.items_without_programme.iter();
    lines.extend(homeless.map(|one| item("whose programme does not hold", one.index())));
    let withdrawn = found.progress_without_item.iter();
    lines.extend(withdrawn.map(|one| item("which does not hold and has progress", one.index())));
    lines
}

fn sums(programme: &ProgrammeStanding, records: &Records) -> String {
    let (items, id) = (
        &programme.items,
        records.programmes.id(programme.programme.index()),
    );
    let stalled = items.iter().filter(|item| item.stalled.is_some()).count();
    let overdue = items
        .iter()
        .filter(|item| item.overdue_days.is_some())
        .count();
    format!(
        "{id}, {}: {} done of {}, {} left; {} items, {stalled} stalled, {overdue} overdue",
        programme.kind.word(),
        programme.done,
        programme.target,
        programme.left,
        items.len()
    )
}
