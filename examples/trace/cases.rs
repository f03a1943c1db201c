//! `trace cases`: a township folder and a day in, the contacts of its cases out.

use contact_tracing::{Grounds, Place, Reached, Step};
use grid_model::Township;
use line_list::cell::write_instant;
use line_list::write_table;
use outbreak_response::quarantine_rules::Orders;
use outbreak_response::steps::outbreak;
use outbreak_response_examples::outcome::{Failure, print};
use outbreak_response_examples::timing::Stopwatch;
use outbreak_response_examples::township::FolderArgs;

/// The close and secondary contacts of a township folder's cases as CSV, as of a day and as known
/// by its end: generation 1 met a case, generation 2 met a close contact.
///
/// The contact window is the one of the day's rule book. Several sources stand in one cell with
/// "; " between them; the path names each step with its beginning and the ids of its records. The
/// setting is that of the last exposure, a venue's id where it was at a venue.
///
/// Example: trace cases --data my-town --date 2020-02-14
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArgs,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let mut watch = Stopwatch::default();
    let evening = args.folder.open(&mut watch)?;
    let records = &evening.source.records;
    let town = evening.town();
    let orders = Orders::standing(&records.orders, evening.as_of);
    watch.lap("build_ms");
    let found = outbreak(&town, records, &evening.policy, &orders);
    watch.lap("solve_ms");
    let township = &evening.source.township;
    let columns = [
        "person",
        "generation",
        "first_exposure",
        "last_exposure",
        "setting",
        "source",
        "path",
    ];
    let reached = found.trace.reached.values();
    let grounds = found.trace.grounds(&found.network);
    let rows = reached.map(|reached| row(township, &grounds, reached));
    let table = write_table(&columns, rows);
    print(&String::from_utf8(table).map_err(Failure::from_error)?);
    args.folder.say_timing(&watch);
    Ok(())
}

fn row(township: &Township, grounds: &Grounds<'_>, reached: &Reached) -> [String; 7] {
    let sources: Vec<&str> = grounds
        .sources(reached.person)
        .into_iter()
        .map(|source| township.person_key(source))
        .collect();
    [
        township.person_key(reached.person).to_owned(),
        reached.generation.to_string(),
        write_instant(reached.first_exposure),
        write_instant(reached.last_exposure),
        setting(township, &reached.last_place),
        sources.join("; "),
        path(township, &reached.path),
    ]
}

fn setting(township: &Township, place: &Place) -> String {
    match place {
        Place::Contact { setting } => setting.as_deref().unwrap_or("").to_owned(),
        Place::Venue(venue) => township.venue_key(*venue).to_owned(),
    }
}

/// `P1 > P2 (2020-01-25T18:00, C12) > P3 (2020-01-26T09:00, V3, V8)`.
fn path(township: &Township, steps: &[Step]) -> String {
    let first = steps
        .first()
        .map_or("", |step| township.person_key(step.from));
    let mut path = first.to_owned();
    for step in steps {
        let mut facts = vec![write_instant(step.began)];
        facts.extend(step.records.iter().map(|id| id.to_string()));
        let person = township.person_key(step.to);
        path.push_str(&format!(" > {person} ({})", facts.join(", ")));
    }
    path
}
