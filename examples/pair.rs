//! 结对子: a township folder and a day in, who watches whom out.

use std::process::ExitCode;

use clap::Parser;
use outbreak_response::follow_up::{PairingPlan, open_needs};
use outbreak_response::steps::{WatchDay, watch};
use outbreak_response_examples::outcome::{Failure, exit};
use outbreak_response_examples::room::{Found, RoomArgs, run};
use outbreak_response_examples::timing::Stopwatch;
use outbreak_response_examples::township::Evening;

/// Who watches whom, as CSV: everyone under observation at home, each with the helper who stands or
/// is proposed, or why there is none, and the readings of the day; on stderr what it comes to.
///
/// A standing pairing goes on while its helper may help. Of all other ways the most people are
/// paired, then as many as can be inside their village, then inside their community; the plan is
/// printed only after its proof was checked. `kind,watched,helper,from,until` of a proposed row are
/// a row for pairings.csv: it takes effect when it is recorded.
///
/// Example: pair --data my-town --date 2020-02-14
#[derive(Parser)]
#[command(name = "pair", disable_version_flag = true)]
struct Args {
    #[command(flatten)]
    room: RoomArgs,
    /// Which list. Example: --list readings_missing
    #[arg(long, value_name = "LIST", default_value = LISTS[0], value_parser = LISTS)]
    list: String,
}

const LISTS: [&str; 9] = [
    "pairings",
    "pairings_proposed",
    "pairings_ended",
    "unpaired",
    "helpers_refused",
    "readings_today",
    "readings_missing",
    "lost_to_follow_up",
    "needs_open",
];

fn main() -> ExitCode {
    let args = Args::parse();
    exit(run(&args.room, &args.list, ask))
}

fn ask(evening: &Evening, stopwatch: &mut Stopwatch) -> Result<Found, Failure> {
    let (town, records, policy) = (evening.town(), &evening.source.records, &evening.policy);
    let (reached, measures) = evening.measures(&town);
    stopwatch.lap("build_ms");
    let day = watch(&town, records, policy, &measures, &reached);
    let plan = day.pairing.as_ref().map_err(Failure::from_error)?;
    // A plan goes out only with its proof checked.
    day.verify(records, policy, evening.as_of)
        .map_err(Failure::from_error)?;
    let mut lists = vec![day.pairings(&town, records)];
    lists.extend(day.lists(&town, records));
    let needs = open_needs(&records.needs, evening.as_of).len();
    Ok(Found {
        lists,
        said: say(&day, plan, needs),
    })
}

/// What the day comes to, each figure as the room counts it.
fn say(day: &WatchDay, plan: &PairingPlan, needs: usize) -> Vec<String> {
    let (paired, alone) = (plan.pairs.len(), plan.unpaired.len());
    let proposed = plan.without_standing() - alone;
    vec![
        format!(
            "under observation at home: {}; {} with a helper, {proposed} proposed one, {alone} with nobody",
            paired + alone,
            paired - proposed,
        ),
        format!(
            "readings today: {} due, {} missed",
            day.schedule.check_ins_due(),
            day.schedule.check_ins_missed()
        ),
        format!(
            "lost to follow-up: {}; moved away: {}; needs open: {needs}; helpers ever paired: {}",
            day.schedule.lost.len(),
            day.schedule.transferred_out.len(),
            day.supervisors_paired
        ),
    ]
}
