//! `trace network`: a log of contacts in, what can have been reached out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use contact_tracing::arrival::{InstantLog, Instants, Mode, earliest_arrival, latest_departure};
use line_list::cell::{self, CellError};
use line_list::{Limits, PassingRow, Rejected, Rows, decode, unpack};
use outbreak_response_examples::files::read;
use outbreak_response_examples::outcome::{Failure, print, say_refused, say_rejected};
use outbreak_response_examples::progress::Progress;
use outbreak_response_examples::timing::Stopwatch;
use rayon::prelude::*;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use sha2::{Digest, Sha256};

use crate::queries::{Backward, Forward, Queries};

/// Whom each seed can have reached by contacts in the order of time, and from whom each target can
/// have been reached.
///
/// Contacts are rows of time_s,person_a,person_b: whole seconds, whole numbers, in any order. The
/// answer is JSON, the same lists in the same order as the questions; a question that is refused
/// is named on stderr and left out.
///
/// Example: trace network contacts.csv.gz --queries queries.json
#[derive(clap::Args)]
pub struct Args {
    /// The contacts: CSV with a header, gzipped or not. Example: contacts.csv.gz
    #[arg(value_name = "CONTACTS")]
    contacts: PathBuf,
    /// The questions: {"traces":[{"seed":1,"start":0,"modes":["strict"]}],"backward":[{"target":2,"by":90}]};
    /// modes are strict, nonstrict, delayed_SECONDS, window_DELAY_LENGTH, hops_NUMBER.
    /// Example: --queries queries.json
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Fails if any row or question is refused. Example: --strict
    #[arg(long)]
    strict: bool,
    /// Says on stderr how long reading, building and solving took. Example: --timing
    #[arg(long)]
    timing: bool,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let mut watch = Stopwatch::default();
    let queries = read_queries(&args.queries)?;
    let contacts = {
        let _progress = Progress::of("reading the contacts");
        read_contacts(&args.contacts)?
    };
    watch.lap("read_ms");
    for warning in &queries.warnings {
        eprintln!("warning: {warning}");
    }
    let rows = say_rejected(&contacts.refused, contacts.read, args.strict);
    let asked = say_refused("questions", &queries.refused, queries.read, args.strict);
    rows.and(asked)?;
    if contacts.met.is_empty() && contacts.read > 0 {
        let why = "no contact could be used; mend the rows named above and run again";
        return Err(Failure::NoAnswer(why.to_owned()));
    }
    if queries.read == queries.refused.len() && queries.read > 0 {
        let why = "no question could be answered; mend those named above and run again";
        return Err(Failure::NoAnswer(why.to_owned()));
    }
    let log = InstantLog::build(contacts.met);
    watch.lap("build_ms");
    let answers = {
        let _progress = Progress::of("following the contacts");
        Answers::of(&log, &queries)
    };
    watch.lap("solve_ms");
    let text = serde_json::to_string_pretty(&answers).map_err(Failure::from_error)?;
    print(&(text + "\n"));
    if args.timing {
        watch.say();
    }
    Ok(())
}

/// Who met whom, and the rows that do not say it.
struct Contacts {
    met: Vec<(i64, u64, u64)>,
    refused: Vec<String>,
    read: usize,
}

/// A log of contacts may be larger than any line list.
fn limits() -> Limits {
    Limits {
        file_bytes: 16 << 30,
        unpacked_bytes: 16 << 30,
        rows: usize::MAX,
        ..Limits::standard()
    }
}

fn read_contacts(path: &Path) -> Result<Contacts, Failure> {
    let named = |error| Failure::NoAnswer(format!("{}: {error}", path.display()));
    let file = read(path)?;
    let unpacked = unpack(&file, &limits()).map_err(named)?;
    let decoded = decode(&unpacked, &limits()).map_err(named)?;
    let mut rows = Rows::new(&decoded.text, &limits()).map_err(named)?;
    let column = |name| rows.column_of("a contact", name).map_err(named);
    let columns = [column("time_s")?, column("person_a")?, column("person_b")?];
    let (mut met, mut refused) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next_row().map_err(named)? {
        match row.and_then(|row| contact(row, columns)) {
            Ok(contact) => met.push(contact),
            Err(row) => refused.push(format!("{}, {row}", path.display())),
        }
    }
    Ok(Contacts {
        met,
        refused,
        read: rows.read(),
    })
}

fn contact(row: PassingRow<'_>, columns: [usize; 3]) -> Result<(i64, u64, u64), Box<Rejected>> {
    let [time, first, second] = columns;
    let met = (
        row.parse(time, cell::i64)?,
        row.parse(first, cell::u64)?,
        row.parse(second, cell::u64)?,
    );
    if met.1 == met.2 {
        let why = CellError::new(
            "is person_a of the row too",
            "name the two who met, or remove the row",
        );
        return Err(Box::new(row.refuse(second, why)));
    }
    Ok(met)
}

fn read_queries(path: &Path) -> Result<Queries, Failure> {
    let name = path.display().to_string();
    let named = |error: &dyn std::fmt::Display| Failure::NoAnswer(format!("{name}: {error}"));
    let file = read(path)?;
    let unpacked = unpack(&file, &limits()).map_err(|error| named(&error))?;
    let decoded = decode(&unpacked, &limits()).map_err(|error| named(&error))?;
    let file = serde_json::from_str(&decoded.text)
        .map_err(|error| named(&format!("is not JSON: {error}; mend it there")))?;
    Queries::read(&name, &file).map_err(Failure::NoAnswer)
}

/// The answers, as the questions are ordered.
#[derive(Serialize)]
struct Answers<'q> {
    traces: Vec<ForwardAnswer<'q>>,
    backward: Vec<BackwardAnswer>,
}

struct ForwardAnswer<'q> {
    query: &'q Forward,
    by_mode: Vec<(&'q str, Arrivals)>,
}

#[derive(Serialize)]
struct Arrivals {
    reached: usize,
    last_arrival: Option<i64>,
    sum_arrival_minus_t0: i128,
    digest: String,
}

#[derive(Serialize)]
struct BackwardAnswer {
    target: u64,
    by: i64,
    sources: usize,
    latest_departure_sum_minus_first: i128,
    digest: String,
}

impl<'q> Answers<'q> {
    /// Asks every question of the log; they run side by side and stand in their order.
    fn of(log: &InstantLog, queries: &'q Queries) -> Self {
        let forward = |query: &'q Forward| ForwardAnswer {
            query,
            by_mode: query
                .modes
                .par_iter()
                .map(|(word, mode)| (word.as_str(), arrivals(log, query, *mode)))
                .collect(),
        };
        Answers {
            traces: queries.traces.par_iter().map(forward).collect(),
            backward: queries
                .backward
                .par_iter()
                .map(|query| departures(log, query))
                .collect(),
        }
    }
}

fn arrivals(log: &InstantLog, query: &Forward, mode: Mode) -> Arrivals {
    let reached = earliest_arrival(log, query.seed, query.start, mode);
    Arrivals {
        reached: reached.count(),
        last_arrival: reached.iter().map(|(_, at)| at).max(),
        sum_arrival_minus_t0: sum_since(&reached, query.start),
        digest: digest(&reached),
    }
}

fn departures(log: &InstantLog, query: &Backward) -> BackwardAnswer {
    let sources = latest_departure(log, query.target, query.by);
    BackwardAnswer {
        target: query.target,
        by: query.by,
        sources: sources.count(),
        latest_departure_sum_minus_first: sum_since(&sources, log.first_contact().unwrap_or(0)),
        digest: digest(&sources),
    }
}

/// Wide enough for any number of people at the ends of time.
fn sum_since(instants: &Instants<'_>, from: i64) -> i128 {
    let since = |(_, at): (u64, i64)| i128::from(at) - i128::from(from);
    instants.iter().map(since).sum()
}

/// The first 16 hex digits of SHA-256 over `person,instant;` in the order of people.
fn digest(instants: &Instants<'_>) -> String {
    const PIECE: usize = 1 << 16;
    let mut hash = Sha256::new();
    let mut text = String::new();
    for (person, at) in instants.iter() {
        // Writing into a String cannot fail.
        let _ = write!(text, "{person},{at};");
        if text.len() > PIECE {
            hash.update(&text);
            text.clear();
        }
    }
    hash.update(&text);
    let bytes = hash.finalize();
    bytes.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Serialize for ForwardAnswer<'_> {
    /// The question, then a key for each of its modes; a mode asked twice is answered once.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("seed", &self.query.seed)?;
        map.serialize_entry("start", &self.query.start)?;
        for (index, (word, arrivals)) in self.by_mode.iter().enumerate() {
            let earlier = self.by_mode.iter().take(index);
            if earlier.map(|(word, _)| word).all(|earlier| earlier != word) {
                map.serialize_entry(word, arrivals)?;
            }
        }
        map.end()
    }
}
