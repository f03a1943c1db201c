//! The main job: a township's day, from its records to the evening bulletin and the lists its
//! staff must act on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, ValueEnum};
use grid_model::AsOf;
use outbreak_response::bulletin::bulletin;
use outbreak_response::{Day, Policy, day, day_to_json};
use outbreak_response_examples::dates::date;
use outbreak_response_examples::files::Output;
use outbreak_response_examples::outcome::{Failure, exit, print, say_rejected};
use outbreak_response_examples::progress::Progress;
use outbreak_response_examples::timing::Stopwatch;
use outbreak_response_examples::township::{Source, open_folder, read_policy};
use reporting::{Edition, Language, list_to_csv, to_html, to_markdown};
use township_folder::Extras;

/// A township's whole day: the bulletin, and the lists its staff must act on.
///
/// Without arguments: Mangbang, an invented township with the published figures of a real one, on
/// 29 February 2020.
///
/// Example: township-day --data my-town --date 2020-02-14 --out evening
#[derive(Parser)]
#[command(name = "township-day", disable_version_flag = true)]
struct Args {
    /// A township folder of your own. Example: --data my-town
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Writes the township in use as a folder. Example: --write-data copy
    #[arg(long, value_name = "DIR")]
    write_data: Option<PathBuf>,
    /// Writes a folder to begin with: headers, example rows, a README, and a policy.toml for --policy.
    /// Example: --write-template new
    #[arg(long, value_name = "DIR")]
    write_template: Option<PathBuf>,
    /// Only checks a township folder. Example: --check my-town
    #[arg(long, value_name = "DIR", conflicts_with_all = ["data", "households"])]
    check: Option<PathBuf>,
    /// A made-up town of so many households. Example: --households 1000 --seed 7
    #[arg(long, value_name = "N", conflicts_with = "data")]
    households: Option<u32>,
    /// From which the invented people are drawn. Example: --seed 7
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The day. Example: --date 2020-02-05
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2020-02-29", value_parser = date)]
    date: NaiveDate,
    /// Only what was known by the end of this day; the day itself unless given. Example: --as-known 2020-02-10
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    as_known: Option<NaiveDate>,
    /// Other rule books: a folder of TOML files, one an authority. Example: --books my-books
    #[arg(long, value_name = "DIR")]
    books: Option<PathBuf>,
    /// Other conventions: a TOML file. Example: --policy policy.toml
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Where the pages and tables go. Example: --out evening
    #[arg(long, value_name = "DIR", default_value = "target/township-day")]
    out: PathBuf,
    /// In which languages the bulletin is written. Example: --lang zh
    #[arg(long, value_enum, default_value_t = Languages::Both)]
    lang: Languages,
    /// Fails if any row is refused. Example: --data my-town --strict
    #[arg(long)]
    strict: bool,
    /// Says on stderr how long reading, building and solving took. Example: --timing
    #[arg(long)]
    timing: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Languages {
    Zh,
    En,
    Both,
}

impl Languages {
    fn chosen(self) -> &'static [Language] {
        match self {
            Languages::Zh => &[Language::Chinese],
            Languages::En => &[Language::English],
            Languages::Both => &[Language::Chinese, Language::English],
        }
    }
}

fn main() -> ExitCode {
    exit(run(&Args::parse()))
}

fn run(args: &Args) -> Result<(), Failure> {
    if let Some(folder) = &args.write_template {
        let mut output = Output::default();
        for (name, bytes) in township_folder::template() {
            output.add(name, bytes);
        }
        let policy = Policy::tengchong_2020().map_err(Failure::from_error)?;
        output.add(
            "policy.toml",
            policy.to_toml().map_err(Failure::from_error)?,
        );
        output.write(folder)?;
        print(&format!("template: {}\n", folder.display()));
        return Ok(());
    }
    args.never_into_data()?;
    let mut watch = Stopwatch::default();
    let source = {
        let _progress = Progress::of("reading the township");
        open(args)?
    };
    watch.lap("read_ms");
    say_rejected(&source.rejected, source.read, args.strict)?;
    if args.check.is_some() {
        print(&format!(
            "rows read: {}, used: {}, refused: {}\n",
            source.read,
            source.read - source.rejected.len(),
            source.rejected.len()
        ));
        return Ok(());
    }
    if source.township.households().is_empty() && source.township.people().is_empty() {
        let why = "there is no household and no person to speak of; begin with --write-template";
        return Err(Failure::NoAnswer(why.to_owned()));
    }
    let policy = read_policy(args.books.as_deref(), args.policy.as_deref())?;
    watch.lap("build_ms");
    let as_of = AsOf {
        day: args.date,
        known_by: args.as_known.unwrap_or(args.date),
    };
    let found = {
        let _progress = Progress::of("running the day");
        day(&source.township, &source.records, &policy, as_of)
    };
    watch.lap("solve_ms");
    write_day(args, &source, &policy, &found)?;
    if let Some(folder) = &args.write_data {
        write_data(folder, &source)?;
    }
    watch.lap("write_ms");
    summary(args, &found);
    if args.timing {
        watch.say();
    }
    Ok(())
}

impl Args {
    /// A folder of data is read and never written to.
    fn never_into_data(&self) -> Result<(), Failure> {
        let Some(data) = self
            .data
            .as_ref()
            .or(self.check.as_ref())
            .and_then(|data| data.canonicalize().ok())
        else {
            return Ok(());
        };
        let mut written = vec![("--out", &self.out)];
        written.extend(
            self.write_data
                .as_ref()
                .map(|folder| ("--write-data", folder)),
        );
        for (flag, folder) in written {
            if resolved(folder).starts_with(&data) {
                let why = format!(
                    "{flag} lies inside the folder of data, which is never written to; name another"
                );
                return Err(Failure::Usage(why));
            }
        }
        Ok(())
    }
}

/// The folder's full path, whether or not it is there yet.
fn resolved(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let there = absolute
        .ancestors()
        .find_map(|above| Some((above, above.canonicalize().ok()?)));
    match there {
        Some((above, real)) => real.join(absolute.strip_prefix(above).unwrap_or(Path::new(""))),
        None => absolute,
    }
}

fn open(args: &Args) -> Result<Source, Failure> {
    let Some(folder) = args.data.as_ref().or(args.check.as_ref()) else {
        let town = match args.households {
            Some(households) => synthetic_township::scaled(households, args.seed),
            None => synthetic_township::mangbang(args.seed),
        };
        return Ok(Source {
            township: town.township,
            records: town.records,
            register: town.register,
            extras: Extras::default(),
            rejected: Vec::new(),
            read: 0,
        });
    };
    open_folder(folder, args.strict)
}

fn write_day(args: &Args, source: &Source, policy: &Policy, found: &Day) -> Result<(), Failure> {
    let mut output = Output::default();
    for (edition, folder) in [(Edition::Public, "public"), (Edition::Internal, "internal")] {
        let page = bulletin(&source.township, &source.records, policy, found, edition)
            .map_err(Failure::from_error)?;
        for &language in args.lang.chosen() {
            let code = language.code();
            let html = to_html(&page, language).map_err(Failure::from_error)?;
            output.add(format!("{folder}/bulletin.{code}.html"), html);
            if edition == Edition::Public {
                output.add(
                    format!("{folder}/bulletin.{code}.md"),
                    to_markdown(&page, language),
                );
            }
        }
    }
    for list in found.lists(&source.township, &source.records) {
        output.add(
            format!("internal/tables/{}.csv", list.key),
            list_to_csv(&list, Language::English),
        );
    }
    output.add(
        "day.json",
        day_to_json(&source.township, &source.records, found).map_err(Failure::from_error)?,
    );
    if source.rejected.is_empty() {
        output.without("rejected.csv");
    } else {
        let rejected = township_folder::write_rejected(&source.rejected);
        output.add("rejected.csv", rejected);
    }
    output.write(&args.out)
}

fn write_data(folder: &Path, source: &Source) -> Result<(), Failure> {
    let mut output = Output::default();
    let files = township_folder::write(
        &source.township,
        &source.records,
        &source.register,
        &source.extras,
    );
    for (name, bytes) in files {
        output.add(name, bytes);
    }
    output.write(folder)
}

/// A dozen lines a person can read, ending with where the rest is.
fn summary(args: &Args, found: &Day) {
    let figures = &found.figures;
    let mut text = String::new();
    macro_rules! line {
        ($($words:tt)*) => {{
            text.push_str(&format!($($words)*));
            text.push('\n');
        }};
    }
    line!("{} as known on {}", found.as_of.day, found.as_of.known_by);
    line!(
        "households      {:>8} screened of {}, missed {}",
        figures.households_screened,
        figures.households,
        figures.households_missed
    );
    line!(
        "checkpoints     {:>8} standing, hours uncovered {}",
        figures.checkpoints,
        figures.checkpoint_hours_uncovered
    );
    line!(
        "at home         {:>8} ever, {} now",
        figures.home_observation,
        figures.home_observation_now
    );
    line!(
        "central         {:>8} ever, {} now",
        figures.central_quarantine,
        figures.central_quarantine_now
    );
    line!(
        "to the city     {:>8} ever, {} now",
        figures.transferred,
        figures.transferred_now
    );
    line!(
        "to find out     {:>8} undetermined, {} orders to review",
        figures.undetermined,
        figures.orders_to_review
    );
    line!(
        "readings        {:>8} due, {} missed, {} unpaired",
        figures.check_ins_due,
        figures.check_ins_missed,
        figures.unpaired
    );
    line!(
        "packets         {:>8} filled of {}",
        figures.supply_filled_packets,
        figures.supply_demand_packets
    );
    line!(
        "sent to work    {:>8}, skilled {}",
        figures.sent_out_to_work,
        figures.skilled_workers
    );
    line!(
        "silent          {:>8} communities, {} records refused",
        figures.communities_silent,
        figures.rejected_records
    );
    if let Some(folder) = &args.write_data {
        line!("data            {}", folder.display());
    }
    for &language in args.lang.chosen() {
        line!(
            "bulletin        {}",
            args.out
                .join(format!("public/bulletin.{}.html", language.code()))
                .display()
        );
    }
    line!(
        "lists           {}",
        args.out.join("internal/tables").display()
    );
    print(&text);
}
