//! What holds for people on a day, by dated rule books that prove themselves.

mod ask;
mod cases;
mod compare;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use outbreak_response_examples::files::read_folder;
use outbreak_response_examples::outcome::{Failure, exit, print};
use outbreak_response_examples::timing::Stopwatch;
use quarantine_rules::{Books, Language, Unknown, check};

/// Decides what holds for each person of a file, by which clause; checks rule books; compares two
/// days.
///
/// Example: decide --facts facts.csv --explain en
#[derive(Parser)]
#[command(
    name = "decide",
    disable_version_flag = true,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Looks for gaps inside the declared scopes, overlaps, unreachable clauses, contradictions and
    /// clauses weaker than their parent's; ends with 1 if there is any.
    ///
    /// Example: decide check --books books
    Check {
        #[command(flatten)]
        books: BooksArg,
        /// Says on stderr how long reading and checking took. Example: --timing
        #[arg(long)]
        timing: bool,
    },
    /// Says who is treated differently on two days, and by which clauses.
    ///
    /// Example: decide compare --facts facts.csv --on 2020-02-20 --on 2020-02-21
    Compare(CompareArgs),
}

#[derive(Args)]
struct BooksArg {
    /// A folder of rule books (*.toml) in place of the shipped ones. Example: --books books
    #[arg(long, value_name = "DIR")]
    books: Option<PathBuf>,
}

#[derive(Args)]
struct AskArgs {
    /// The people: CSV with the columns case_id, authority, disease, as_of, subject and one a fact,
    /// gzipped or not; an empty cell is not known. Example: --facts facts.csv
    #[arg(long, value_name = "FILE", required = true)]
    facts: Option<PathBuf>,
    #[command(flatten)]
    books: BooksArg,
    /// What an unknown fact does: leaves the answer undetermined where it hangs on it, or matches
    /// no condition. Example: --unknown not-matched
    #[arg(long, value_enum, default_value_t = UnknownArg::Undetermined)]
    unknown: UnknownArg,
    /// Adds a column `because` with the reason in a sentence. Example: --explain zh
    #[arg(long, value_enum)]
    explain: Option<LanguageArg>,
    /// Fails if any row is refused. Example: --strict
    #[arg(long)]
    strict: bool,
    /// Says on stderr how long reading and deciding took. Example: --timing
    #[arg(long)]
    timing: bool,
}

#[derive(Args)]
struct CompareArgs {
    /// The people, as for `decide --facts`; as_of is not looked at. Without it everybody there
    /// could be is compared, of --authority and --disease. Example: --facts facts.csv
    #[arg(long, value_name = "FILE", required_unless_present = "authority")]
    facts: Option<PathBuf>,
    /// The first and the second day; given twice. Example: --on 2020-02-20 --on 2020-02-21
    #[arg(long, value_name = "DATE", required = true, value_parser = day)]
    on: Vec<NaiveDate>,
    /// Whose rules, where no people are given. Example: --authority CN-YN
    #[arg(long, value_name = "CODE", conflicts_with = "facts")]
    authority: Option<String>,
    /// Of which disease, where no people are given. Example: --disease COVID-19
    #[arg(long, value_name = "NAME", default_value = "COVID-19")]
    disease: String,
    #[command(flatten)]
    books: BooksArg,
    /// What an unknown fact does. Example: --unknown not-matched
    #[arg(long, value_enum, default_value_t = UnknownArg::Undetermined)]
    unknown: UnknownArg,
    /// Fails if any row is refused. Example: --strict
    #[arg(long)]
    strict: bool,
    /// Says on stderr how long reading and comparing took. Example: --timing
    #[arg(long)]
    timing: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum UnknownArg {
    Undetermined,
    NotMatched,
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageArg {
    Zh,
    En,
}

impl From<UnknownArg> for Unknown {
    fn from(given: UnknownArg) -> Self {
        match given {
            UnknownArg::Undetermined => Unknown::Undetermined,
            UnknownArg::NotMatched => Unknown::NotMatched,
        }
    }
}

impl From<LanguageArg> for Language {
    fn from(given: LanguageArg) -> Self {
        match given {
            LanguageArg::Zh => Language::Chinese,
            LanguageArg::En => Language::English,
        }
    }
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d");
    day.map_err(|_| "write a date as 2020-02-20".to_owned())
}

fn main() -> ExitCode {
    let line = Line::parse();
    exit(match &line.command {
        None => ask::run(&line.ask),
        Some(Command::Check { books, timing }) => check_books(books, *timing),
        Some(Command::Compare(args)) => compare::run(args),
    })
}

/// One finding a line; a failure if there is any.
fn check_books(books: &BooksArg, timing: bool) -> Result<(), Failure> {
    let mut watch = Stopwatch::default();
    let books = books.read()?;
    watch.lap("read_ms");
    let found = check(&books);
    watch.lap("solve_ms");
    let lines: Vec<String> = found.iter().map(|finding| format!("{finding}\n")).collect();
    let (clauses, count) = (
        books.iter().map(|book| book.clauses.len()).sum::<usize>(),
        books.iter().count(),
    );
    if timing {
        watch.say();
    }
    if found.is_empty() {
        print(&format!(
            "nothing found in {clauses} clauses of {count} books\n"
        ));
        return Ok(());
    }
    print(&lines.concat());
    Err(Failure::NoAnswer(format!(
        "{} found in {clauses} clauses of {count} books; mend the books and check again",
        found.len()
    )))
}

impl BooksArg {
    /// The books of the folder, or those shipped.
    fn read(&self) -> Result<Books, Failure> {
        match &self.books {
            None => Books::shipped().map_err(Failure::from_error),
            Some(folder) => from_folder(folder),
        }
    }
}

fn from_folder(folder: &Path) -> Result<Books, Failure> {
    let files = read_folder(folder, &[".toml"])?;
    if files.is_empty() {
        let why = format!(
            "{}: there is no .toml file; name a folder of rule books",
            folder.display()
        );
        return Err(Failure::NoAnswer(why));
    }
    let mut texts = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(&name).display().to_string();
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::NoAnswer(format!(
                "{path}: byte {at} is not UTF-8; save the file as UTF-8"
            ))
        })?;
        // A mark of byte order is no part of the text.
        let text = text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text);
        texts.push((path, text));
    }
    Books::from_toml(&texts).map_err(Failure::from_error)
}
