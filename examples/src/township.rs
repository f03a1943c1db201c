//! A township folder and a policy, read from where the command line says.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use grid_model::{AsOf, Snapshot, Township};
use line_list::Limits;
use outbreak_response::quarantine_rules::Orders;
use outbreak_response::steps::{OutbreakDay, QuarantineDay, outbreak, quarantine};
use outbreak_response::{Books, Policy, Records};
use register::Register;
use township_folder::{Extras, File, RejectedRow, Warning};

use crate::dates::date;
use crate::files::{read, read_folder};
use crate::outcome::{Failure, say_rejected};
use crate::progress::Progress;
use crate::timing::Stopwatch;

/// What every program is told that answers a question of a township folder on a day.
#[derive(clap::Args)]
pub struct FolderArgs {
    /// The township folder; township-day --write-template begins one. Example: --data my-town
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The day. Example: --date 2020-02-29
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: NaiveDate,
    /// Only what was known by the end of this day; the day itself unless given.
    /// Example: --as-known 2020-03-02
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_known: Option<NaiveDate>,
    /// Other conventions: the policy.toml that township-day --write-template writes.
    /// Example: --policy policy.toml
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Other rule books: a folder of TOML files, one an authority. Example: --books my-books
    #[arg(long, value_name = "DIR")]
    pub books: Option<PathBuf>,
    /// Fails if any row is refused. Example: --strict
    #[arg(long)]
    pub strict: bool,
    /// Says on stderr how long reading, building and solving took. Example: --timing
    #[arg(long)]
    pub timing: bool,
}

/// A township folder that was read, and of which day it is asked.
pub struct Evening {
    /// The township and its records.
    pub source: Source,
    /// Every convention.
    pub policy: Policy,
    /// Of which day, as known when.
    pub as_of: AsOf,
}

impl FolderArgs {
    /// Reads the policy and the folder, and says on stderr which rows were refused.
    ///
    /// # Errors
    /// Names the file that cannot be used; says so if a row was refused and `--strict` was given.
    pub fn open(&self, watch: &mut Stopwatch) -> Result<Evening, Failure> {
        let policy = read_policy(self.books.as_deref(), self.policy.as_deref())?;
        let source = {
            let _progress = Progress::of("reading the township");
            open_folder(&self.data, self.strict)?
        };
        watch.lap("read_ms");
        say_rejected(&source.rejected, source.read, self.strict)?;
        let as_of = AsOf {
            day: self.date,
            known_by: self.as_known.unwrap_or(self.date),
        };
        Ok(Evening {
            source,
            policy,
            as_of,
        })
    }

    /// Says how long it took, where that was asked.
    pub fn say_timing(&self, watch: &Stopwatch) {
        if self.timing {
            watch.say();
        }
    }
}

impl Evening {
    /// The township as of the day.
    pub fn town(&self) -> Snapshot<'_> {
        self.source.township.at(self.as_of)
    }

    /// Whom the cases reached and who is under which measure: what most rooms are told.
    pub fn measures(&self, town: &Snapshot<'_>) -> (OutbreakDay, QuarantineDay) {
        let (records, policy) = (&self.source.records, &self.policy);
        let orders = Orders::standing(&records.orders, self.as_of);
        let reached = outbreak(town, records, policy, &orders);
        let measures = quarantine(town, records, policy, orders, &reached);
        (reached, measures)
    }
}

/// A township as it came in.
pub struct Source {
    /// Its areas, households and people.
    pub township: Township,
    /// What was written down of it.
    pub records: Records,
    /// Who is who.
    pub register: Register,
    /// Columns of the user's own.
    pub extras: Extras,
    /// Rows that were refused.
    pub rejected: Vec<RejectedRow>,
    /// Rows read.
    pub read: usize,
}

/// Reads a township folder. What is odd about its files is said on stderr; its refused rows are
/// for the caller to say.
///
/// # Errors
/// Names the folder or file where no row can be read and, if `strict`, where one file cannot.
pub fn open_folder(folder: &Path, strict: bool) -> Result<Source, Failure> {
    let files = read_folder(folder, &[".csv", ".csv.gz"])?;
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    let read = township_folder::read(&files, &Limits::standard());
    for warning in &read.warnings {
        eprintln!("warning: {warning}");
    }
    let unreadable = read
        .warnings
        .iter()
        .any(|warning| matches!(warning, Warning::Unreadable { .. }));
    if unreadable && strict {
        return Err(Failure::NoAnswer(
            "a file could not be read; mend it, or run without --strict".to_owned(),
        ));
    }
    if read.read == 0 {
        return Err(Failure::NoAnswer(format!(
            "{}: no row could be read",
            folder.display()
        )));
    }
    Ok(Source {
        township: read.township,
        records: read.records,
        register: read.register,
        extras: read.extras,
        rejected: read.rejected,
        read: read.read,
    })
}

/// Reads rule books and conventions; those of Tengchong in early 2020 where none are named.
///
/// # Errors
/// Names the file that is no book or no policy, and what to do.
pub fn read_policy(books: Option<&Path>, policy: Option<&Path>) -> Result<Policy, Failure> {
    let books = match books {
        None => Books::shipped().map_err(Failure::from_error)?,
        Some(folder) => {
            let files = read_folder(folder, &[".toml"])?;
            let texts = files
                .into_iter()
                .map(|(name, bytes)| Ok((name.clone(), text(&name, bytes)?)));
            let texts: Vec<(String, String)> = texts.collect::<Result<_, Failure>>()?;
            Books::from_toml(&texts).map_err(Failure::from_error)?
        }
    };
    let Some(file) = policy else {
        return Ok(Policy::tengchong_2020_with(books));
    };
    let name = file.display().to_string();
    let text = text(&name, read(file)?)?;
    Policy::from_toml(&text, books).map_err(|error| Failure::NoAnswer(format!("{name}: {error}")))
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes)
        .map_err(|_| Failure::NoAnswer(format!("{name}: is not UTF-8; save it as UTF-8")))
}
