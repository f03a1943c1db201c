//! 门路子: a township folder and a day in, who goes to which vacancy out.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Parser;
use outbreak_response::Records;
use outbreak_response::job_matching::{Hindrance, JobPlan, UnmatchedBecause};
use outbreak_response::steps::way_out;
use outbreak_response_examples::outcome::{Failure, exit};
use outbreak_response_examples::room::{Found, RoomArgs, run};
use outbreak_response_examples::timing::Stopwatch;
use outbreak_response_examples::township::Evening;

/// Who goes to which vacancy, as CSV: everyone with a registered skill who is here, each with a
/// vacancy or the reason why there is none and everything that hinders; on stderr what it comes to.
///
/// Only who is cleared goes anywhere: the order completed, no open inquiry, this morning's
/// temperature, permits of village, township and city, a destination that is not refused. The most
/// people are matched, then the highest wages paid; the plan is printed only after its proof was
/// checked. An employer is told the day of clearance and nothing else of a row.
///
/// Example: jobs --data my-town --date 2020-02-29
#[derive(Parser)]
#[command(name = "jobs", disable_version_flag = true)]
struct Args {
    #[command(flatten)]
    room: RoomArgs,
    /// Which list. Example: --list vacancies_open
    #[arg(long, value_name = "LIST", default_value = LISTS[0], value_parser = LISTS)]
    list: String,
}

const LISTS: [&str; 6] = [
    "workers",
    "job_matches",
    "unmatched_workers",
    "vacancies_open",
    "skill_balance",
    "departures",
];

fn main() -> ExitCode {
    let args = Args::parse();
    exit(run(&args.room, &args.list, ask))
}

fn ask(evening: &Evening, stopwatch: &mut Stopwatch) -> Result<Found, Failure> {
    let (town, records, policy) = (evening.town(), &evening.source.records, &evening.policy);
    let (reached, measures) = evening.measures(&town);
    stopwatch.lap("build_ms");
    let day = way_out(&town, records, policy, &measures, &reached);
    let plan = day.plan.as_ref().map_err(Failure::from_error)?;
    // A plan goes out only with its proof checked.
    day.verify(records, policy, evening.as_of)
        .map_err(Failure::from_error)?;
    let mut lists = vec![day.workers(&town, records)];
    lists.extend(day.lists(&town, records));
    Ok(Found {
        lists,
        said: say(plan, records),
    })
}

/// What the day comes to: matched, and by reason not; vacancies that cannot be as recorded.
fn say(plan: &JobPlan, records: &Records) -> Vec<String> {
    let mut because: BTreeMap<UnmatchedBecause, usize> = BTreeMap::new();
    for one in &plan.unmatched {
        *because.entry(one.because).or_default() += 1;
    }
    let mut lines = vec![format!(
        "skilled and here: {}; {} matched; places open: {}",
        plan.matches.len() + plan.unmatched.len(),
        plan.matches.len(),
        plan.open_places
    )];
    lines.extend(
        because.into_iter().map(|(why, people)| {
            format!("not matched, {}: {people}", why.word().replace('_', " "))
        }),
    );
    let odd = plan.refused_vacancies.iter();
    let odd = odd.filter(|(_, why)| *why == Hindrance::WageNotCredible);
    lines.extend(odd.map(|(vacancy, _)| {
        let id = records.vacancies.id(vacancy.index());
        format!("left out: vacancy {id}, wage not credible; correct wage_fen")
    }));
    lines
}
