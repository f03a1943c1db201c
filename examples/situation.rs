//! A situation report from any line list: who, when, where, how many died, and what is missing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use line_list::{Batch, CaseRow, Limits, Mapping, write_rejected};
use outbreak_response_examples::dates::DateOrder;
use outbreak_response_examples::files::{Output, read};
use outbreak_response_examples::outcome::{Failure, exit, say_rejected};
use outbreak_response_examples::progress::Progress;
use outbreak_response_examples::timing::Stopwatch;
use reporting::situation::{Situation, SituationCase, UNKNOWN};
use reporting::{Bulletin, Language, Period, Text, number, to_html, to_markdown};

/// A situation report from any line list: the epidemic curve by class, the cases by place, deaths
/// and case fatality, and what is missing.
///
/// Example: situation --cases linelist.csv --id case_id --onset onset --class class --place place
/// --outcome outcome --died died --by week --out report
#[derive(Parser)]
#[command(name = "situation", disable_version_flag = true)]
struct Args {
    /// The line list: CSV with a header, gzipped or not. Example: --cases linelist.csv.gz
    #[arg(long, value_name = "FILE")]
    cases: PathBuf,
    /// The columns of a system that is known; each can be named otherwise. Example: --mapping go-data
    #[arg(long, value_enum)]
    mapping: Option<System>,
    /// The column of the case's own id. Example: --id case_id
    #[arg(long, value_name = "COL", required_unless_present = "mapping")]
    id: Option<String>,
    /// The column of the day of onset. Example: --onset date_of_onset
    #[arg(long, value_name = "COL", required_unless_present = "mapping")]
    onset: Option<String>,
    /// The column of the class of case. Example: --class status
    #[arg(long, value_name = "COL")]
    class: Option<String>,
    /// The column of the place. Example: --place district
    #[arg(long, value_name = "COL")]
    place: Option<String>,
    /// The column of the outcome; a blank is not known. Example: --outcome outcome --died Dead
    #[arg(long, value_name = "COL", requires = "died")]
    outcome: Option<String>,
    /// What the outcome says of those who died; may be given again. Example: --outcome outcome --died Dead
    #[arg(long, value_name = "VALUE")]
    died: Vec<String>,
    /// How the file writes its dates. Example: --dates day-first
    #[arg(long, value_enum, default_value_t = DateOrder::YearFirst)]
    dates: DateOrder,
    /// How long a bar of the curve is. Example: --by week
    #[arg(long, value_enum, default_value_t = By::Day)]
    by: By,
    /// What the cases are of, for the title. Example: --title "Ebola, Sierra Leone"
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
    /// Where the pages and the refused rows go. Example: --out report
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// In which languages the pages are written. Example: --lang zh
    #[arg(long, value_enum, default_value_t = Languages::Both)]
    lang: Languages,
    /// Prints the counts as JSON and nothing else. Example: --json
    #[arg(long)]
    json: bool,
    /// Fails if any row is refused. Example: --strict
    #[arg(long)]
    strict: bool,
    /// Says on stderr how long reading and counting took. Example: --timing
    #[arg(long)]
    timing: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum System {
    Own,
    GoData,
    Sormas,
    Epicontacts,
    Who,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    Day,
    Week,
    Month,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Languages {
    Zh,
    En,
    Both,
}

fn main() -> ExitCode {
    exit(run(&Args::parse()))
}

fn run(args: &Args) -> Result<(), Failure> {
    let mapping = args.columns()?;
    args.never_over_the_cases()?;
    let mut watch = Stopwatch::default();
    let batch = open(&args.cases, &mapping)?;
    watch.lap("read_ms");
    let named = |row| format!("{}, {row}", args.cases.display());
    let refused: Vec<String> = batch.rejected.iter().map(named).collect();
    say_rejected(&refused, batch.read, args.strict)?;
    if batch.accepted.is_empty() && batch.read > 0 {
        return Err(Failure::NoAnswer(
            "no row could be used; mend the rows named above and run again".to_owned(),
        ));
    }
    args.say_if_nobody_died(&batch.accepted);
    let situation = args.situation(&batch)?;
    watch.lap("solve_ms");
    let bulletin = situation.to_bulletin(Text::same(args.title.trim()));
    if let Some(folder) = &args.out {
        write_pages(args, folder, &batch, &bulletin)?;
        watch.lap("write_ms");
    }
    say(&if args.json {
        situation.to_json() + "\n"
    } else {
        summary(args, &situation, &bulletin)
    })?;
    if args.timing {
        watch.say();
    }
    Ok(())
}

impl Args {
    /// Which column holds what.
    fn columns(&self) -> Result<Mapping, Failure> {
        let mut mapping = match self.mapping {
            None => Mapping::new::<&str, &str>([]),
            Some(System::Own) => Mapping::own(),
            Some(System::GoData) => Mapping::go_data(),
            Some(System::Sormas) => Mapping::sormas(),
            Some(System::Epicontacts) => Mapping::epicontacts(),
            Some(System::Who) => Mapping::who(),
        };
        let given = [
            ("id", &self.id),
            ("onset", &self.onset),
            ("class", &self.class),
            ("place", &self.place),
            ("outcome", &self.outcome),
        ];
        for (field, column) in given {
            if let Some(column) = column {
                mapping = mapping.with(field, column.trim());
            }
        }
        if !self.died.is_empty() && mapping.column_of("outcome").is_none() {
            let why =
                "--died needs --outcome; name the column, as in --outcome outcome --died Dead";
            return Err(Failure::Usage(why.to_owned()));
        }
        Ok(mapping.with_dates(self.dates.into()))
    }

    /// Refused rows that were mended where they lie are not written over.
    fn never_over_the_cases(&self) -> Result<(), Failure> {
        let Some(folder) = &self.out else {
            return Ok(());
        };
        let real = |path: &Path| path.canonicalize().ok();
        let cases = real(&self.cases);
        let mut names = vec!["rejected.csv".to_owned()];
        names.extend(self.pages().map(|(_, name)| name));
        if cases.is_some() && names.iter().any(|name| real(&folder.join(name)) == cases) {
            let why = "--out would write over the line list; name another folder";
            return Err(Failure::Usage(why.to_owned()));
        }
        Ok(())
    }

    fn languages(&self) -> &'static [Language] {
        match self.lang {
            Languages::Zh => &[Language::Chinese],
            Languages::En => &[Language::English],
            Languages::Both => &Language::ALL,
        }
    }

    /// The pages and their names.
    fn pages(&self) -> impl Iterator<Item = (Language, String)> {
        let page = |&language: &Language| {
            ["html", "md"].map(|kind| (language, format!("situation.{}.{kind}", language.code())))
        };
        self.languages().iter().flat_map(page)
    }

    /// Whether a case died, where its outcome is known.
    fn died(&self, case: &CaseRow) -> Option<bool> {
        let outcome = case.outcome.as_ref().filter(|_| !self.died.is_empty())?;
        Some(self.died.iter().any(|died| died.trim() == outcome))
    }

    /// A misspelt `--died` would look like an outbreak without a death.
    fn say_if_nobody_died(&self, cases: &[CaseRow]) {
        let died = cases
            .iter()
            .filter_map(|case| self.died(case))
            .any(|died| died);
        let mut words: Vec<&str> = cases
            .iter()
            .filter_map(|case| case.outcome.as_deref())
            .collect();
        words.sort_unstable();
        words.dedup();
        if !self.died.is_empty() && !died && !words.is_empty() {
            words.truncate(10);
            let (meant, words) = (self.died.join(", "), words.join(", "));
            eprintln!("warning: no outcome is {meant:?}; the column holds {words}: check --died");
        }
    }

    fn situation(&self, batch: &Batch<CaseRow>) -> Result<Situation, Failure> {
        let cases = batch.accepted.iter().map(|case| SituationCase {
            onset: case.onset,
            class: case.class.as_deref(),
            place: case.place.as_deref(),
            died: self.died(case),
        });
        let period = match self.by {
            By::Day => Period::Day,
            By::Week => Period::Week,
            By::Month => Period::Month,
        };
        Situation::from_cases(
            cases,
            batch.read as u64,
            batch.rejected.len() as u64,
            period,
        )
        .map_err(Failure::from_error)
    }
}

/// Reads the line list, with a sign of life where that takes long.
fn open(path: &Path, mapping: &Mapping) -> Result<Batch<CaseRow>, Failure> {
    let bytes = read(path)?;
    let _progress = Progress::of("reading the line list");
    let batch = line_list::read(&bytes, mapping, &Limits::standard());
    batch.map_err(|error| Failure::NoAnswer(format!("{}: {error}", path.display())))
}

fn write_pages(
    args: &Args,
    folder: &Path,
    batch: &Batch<CaseRow>,
    bulletin: &Bulletin,
) -> Result<(), Failure> {
    let mut output = Output::default();
    for (language, name) in args.pages() {
        let page = if name.ends_with("html") {
            to_html(bulletin, language).map_err(Failure::from_error)?
        } else {
            to_markdown(bulletin, language)
        };
        output.add(name, page);
    }
    if batch.rejected.is_empty() {
        output.without("rejected.csv");
    } else {
        let rejected = write_rejected(&batch.columns, &batch.rejected);
        output.add("rejected.csv", rejected);
    }
    output.write(folder)
}

/// A dozen lines a person can read, ending with where the rest is.
fn summary(args: &Args, situation: &Situation, bulletin: &Bulletin) -> String {
    let language = if args.lang == Languages::Zh {
        Language::Chinese
    } else {
        Language::English
    };
    let mut lines: Vec<String> = Vec::new();
    for section in &bulletin.sections {
        lines.extend(
            section
                .sentences
                .iter()
                .map(|sentence| sentence.text.in_language(language).to_owned()),
        );
        if section.key == "overview" {
            let words = [
                Text::new("按病例分类", "By class"),
                Text::new("按地点", "By place"),
            ];
            for (heading, counts) in words
                .iter()
                .zip([situation.by_class(), situation.by_place()])
            {
                lines.push(largest(heading.in_language(language), counts, language));
            }
        }
    }
    if let Some(folder) = &args.out {
        lines.extend(
            args.pages()
                .map(|(_, name)| folder.join(name).display().to_string()),
        );
        if situation.rejected() > 0 {
            lines.push(folder.join("rejected.csv").display().to_string());
        }
    }
    lines.join("\n") + "\n"
}

/// The largest counts in a line, unknown last, and how many more there are.
fn largest(heading: &str, counts: BTreeMap<&str, u64>, language: Language) -> String {
    const SHOWN: usize = 5;
    let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (*name == UNKNOWN, Reverse(*count), *name));
    let digits = |count: u64| number::group_digits(i64::try_from(count).unwrap_or(i64::MAX));
    let one = |(name, count): &(&str, u64)| format!("{} {}", said(name, language), digits(*count));
    let mut shown: Vec<String> = counts.iter().take(SHOWN).map(one).collect();
    let in_words = |zh: String, en: String| Text::new(zh, en).in_language(language).to_owned();
    match counts.len().saturating_sub(SHOWN) {
        0 if shown.is_empty() => shown.push(in_words("无".to_owned(), "none".to_owned())),
        0 => {}
        more => shown.push(in_words(
            format!("另有{more}项"),
            format!("and {more} more"),
        )),
    }
    in_words(
        format!("{heading}：{}。", shown.join("；")),
        format!("{heading}: {}.", shown.join("; ")),
    )
}

/// A class or place as the line list has it; only unknown is a word of ours.
fn said(name: &str, language: Language) -> &str {
    match (name, language) {
        (UNKNOWN, Language::Chinese) => "不详",
        _ => name,
    }
}

/// The result on stdout; who closes it early has seen enough.
fn say(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::from_error(error)),
        _ => Ok(()),
    }
}
