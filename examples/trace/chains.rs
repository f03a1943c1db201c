//! `trace chains`: a line list and its links in, the statistics of the outbreak out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use contact_tracing::chains::{Chains, Flag, export};
use line_list::{Batch, FromRow, Limits, MappedRow, Mapping, Refusal, cell};
use outbreak_response::chain_page::{ChainPage, chain_page};
use outbreak_response_examples::dates::DateOrder;
use outbreak_response_examples::files::{never_over, read, write_all};
use outbreak_response_examples::outcome::{Failure, print, say_first, say_rejected};
use outbreak_response_examples::progress::Progress;
use outbreak_response_examples::timing::Stopwatch;
use reporting::{Language, Text};

/// The statistics of an outbreak from its line list and the links that are known: generations,
/// offspring, serial intervals, clusters, epidemic curve, as JSON.
///
/// Links that are repeated or impossible count; they are named on stderr.
///
/// Example: trace chains --cases linelist.csv --id id --onset dt_onset --links contacts.csv
/// --from from --to to
#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("who infected whom").required(true).args(["links", "infector"])))]
pub struct Args {
    /// The line list: CSV with a header, gzipped or not. Example: --cases linelist.csv.gz
    #[arg(long, value_name = "FILE")]
    cases: PathBuf,
    /// The column of the case's own id. Example: --id case_id
    #[arg(long, value_name = "COL")]
    id: String,
    /// The column of the day of onset. Example: --onset date_of_onset
    #[arg(long, value_name = "COL")]
    onset: String,
    /// The links: CSV with a header, a row a link. Example: --links contacts.csv --from infector --to case_id
    #[arg(long, value_name = "FILE", requires_all = ["from", "to"])]
    links: Option<PathBuf>,
    /// The column of the infector in the links. Example: --links contacts.csv --from infector --to case_id
    #[arg(long, value_name = "COL", requires = "links")]
    from: Option<String>,
    /// The column of the infectee in the links. Example: --links contacts.csv --from infector --to case_id
    #[arg(long, value_name = "COL", requires = "links")]
    to: Option<String>,
    /// The column of the line list that names the case's infector, where there is no file of links.
    /// Example: --infector infected_by
    #[arg(long, value_name = "COL")]
    infector: Option<String>,
    /// How the line list writes its dates. Example: --dates day-first
    #[arg(long, value_enum, default_value_t = DateOrder::YearFirst)]
    dates: DateOrder,
    /// Writes the chains as a graph in DOT, for Graphviz. Example: --dot chains.dot
    #[arg(long, value_name = "FILE")]
    dot: Option<PathBuf>,
    /// Writes the chains as a graph in GraphML. Example: --graphml chains.graphml
    #[arg(long, value_name = "FILE")]
    graphml: Option<PathBuf>,
    /// Writes the chains as a page to look at, self-contained: the largest clusters drawn by day,
    /// everyone in tables. It carries ids with dates: it is for those who must act. Example: --html chains.html
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// What the cases are of, for the page. Example: --html chains.html --title "Ebola, Sierra Leone"
    #[arg(long, value_name = "TEXT", requires = "html")]
    title: Option<String>,
    /// In which language the page is written. Example: --html chains.html --lang zh
    #[arg(long, value_enum, default_value_t = PageLanguage::En, requires = "html")]
    lang: PageLanguage,
    /// Fails if any row is refused. Example: --strict
    #[arg(long)]
    strict: bool,
    /// Says on stderr how long reading, building and solving took. Example: --timing
    #[arg(long)]
    timing: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum PageLanguage {
    Zh,
    En,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    args.never_over_what_is_read()?;
    let mut watch = Stopwatch::default();
    let mapping = Mapping::new([("id", args.id.trim()), ("onset", args.onset.trim())]);
    let mapping = match &args.infector {
        Some(column) => mapping.with("infector", column.trim()),
        None => mapping,
    };
    let cases: Batch<Case> = read_list(&args.cases, &mapping.with_dates(args.dates.into()))?;
    let links = match &args.links {
        None => None,
        Some(file) => Some((
            file.as_path(),
            read_list::<Link>(file, &args.link_columns())?,
        )),
    };
    watch.lap("read_ms");
    let strict = args.strict;
    let refused = say_list(&args.cases, &cases, strict);
    let links_refused = links
        .as_ref()
        .map_or(Ok(()), |(file, links)| say_list(file, links, strict));
    refused.and(links_refused)?;
    if cases.accepted.is_empty() && cases.read > 0 {
        let why = "no case could be used; mend the rows named above and run again";
        return Err(Failure::NoAnswer(why.to_owned()));
    }
    let links = match &links {
        Some((file, links)) => Links::of_file(file, &links.accepted),
        None => Links::of_infectors(&args.cases, &cases.accepted),
    };
    let onsets: Vec<(&str, Option<NaiveDate>)> = cases
        .accepted
        .iter()
        .map(|case| (case.id.as_str(), case.onset))
        .collect();
    let chains = Chains::build(&onsets, &links.ends);
    watch.lap("build_ms");
    links.say_flagged(&chains);
    let statistics = serde_json::to_string_pretty(&chains.summary());
    let statistics = statistics.map_err(Failure::from_error)?;
    watch.lap("solve_ms");
    args.write_graphs(&chains)?;
    print(&(statistics + "\n"));
    if args.timing {
        watch.say();
    }
    Ok(())
}

impl Args {
    fn link_columns(&self) -> Mapping {
        let column = |name: &Option<String>| name.as_deref().unwrap_or("").trim().to_owned();
        let columns = [("from", column(&self.from)), ("to", column(&self.to))];
        Mapping::new(columns).with_repeated_ids()
    }
}

impl Args {
    fn never_over_what_is_read(&self) -> Result<(), Failure> {
        let links = self.links.as_deref();
        let read: Vec<&Path> = links.into_iter().chain([self.cases.as_path()]).collect();
        let dot = self.dot.as_deref().map(|file| ("--dot", file));
        let graphml = self.graphml.as_deref().map(|file| ("--graphml", file));
        let html = self.html.as_deref().map(|file| ("--html", file));
        let written = dot.into_iter().chain(graphml).chain(html);
        never_over(&read, &written.collect::<Vec<_>>())
    }

    fn write_graphs(&self, chains: &Chains) -> Result<(), Failure> {
        let mut files: Vec<(&Path, Vec<u8>)> = Vec::new();
        if let Some(file) = &self.dot {
            files.push((file, export::to_dot(chains).into_bytes()));
        }
        if let Some(file) = &self.graphml {
            files.push((file, export::to_graphml(chains).into_bytes()));
        }
        if let Some(file) = &self.html {
            files.push((file, self.page(chains)?.into_bytes()));
        }
        write_all(&files)
    }

    fn page(&self, chains: &Chains) -> Result<String, Failure> {
        let title = match &self.title {
            Some(title) => Text::same(title.trim()),
            None => Text::new("传播链", "Chains of transmission"),
        };
        let language = match self.lang {
            PageLanguage::Zh => Language::Chinese,
            PageLanguage::En => Language::English,
        };
        chain_page(chains, &ChainPage::new(title), language).map_err(Failure::from_error)
    }
}

/// A case, and by whom it was infected where a column says so.
struct Case {
    line: u64,
    id: String,
    onset: Option<NaiveDate>,
    infector: Option<String>,
}

impl FromRow for Case {
    const ID: &'static str = "id";

    fn from_row(row: &MappedRow<'_>) -> Result<Self, Refusal> {
        Ok(Case {
            line: row.line(),
            id: row.parse("id", cell::text)?.to_owned(),
            onset: row.date("onset")?,
            infector: row.optional_text("infector").map(str::to_owned),
        })
    }
}

/// A row of links; a blank end is not known.
struct Link {
    line: u64,
    from: Option<String>,
    to: Option<String>,
}

impl FromRow for Link {
    const ID: &'static str = "from";

    fn from_row(row: &MappedRow<'_>) -> Result<Self, Refusal> {
        let end = |field| row.optional_text(field).map(str::to_owned);
        Ok(Link {
            line: row.line(),
            from: end("from"),
            to: end("to"),
        })
    }
}

/// The rows that name both ends, and where they stand.
struct Links<'f> {
    file: &'f Path,
    ends: Vec<(&'f str, &'f str)>,
    lines: Vec<u64>,
}

impl<'f> Links<'f> {
    /// A row that names one end alone is no link, and stderr says how many there are.
    fn of_file(file: &'f Path, rows: &'f [Link]) -> Self {
        let half = rows
            .iter()
            .filter(|row| row.from.is_some() != row.to.is_some());
        let half = half.count();
        if half > 0 {
            eprintln!(
                "note: {}, rows that name one end alone and are no links: {half}",
                file.display()
            );
        }
        let both = |row: &'f Link| Some((row.line, (row.from.as_deref()?, row.to.as_deref()?)));
        Self::new(file, rows.iter().filter_map(both))
    }

    fn of_infectors(file: &'f Path, cases: &'f [Case]) -> Self {
        let link = |case: &'f Case| Some((case.line, (case.infector.as_deref()?, &*case.id)));
        Self::new(file, cases.iter().filter_map(link))
    }

    fn new(file: &'f Path, links: impl Iterator<Item = (u64, (&'f str, &'f str))>) -> Self {
        let (lines, ends) = links.unzip();
        Links { file, ends, lines }
    }

    /// Names the links that someone should look at again, a kind after the other: of many of one
    /// kind only the first, so that none of another is lost among them.
    fn say_flagged(&self, chains: &Chains) {
        let mut by_kind: BTreeMap<Flag, Vec<String>> = BTreeMap::new();
        for link in chains.flagged() {
            let line = self.lines.get(link.row).copied().unwrap_or(0);
            let said = format!(
                "{}, line {line}: {:?} to {:?} {}; it counts, check it",
                self.file.display(),
                link.infector,
                link.infectee,
                link.flag.word()
            );
            by_kind.entry(link.flag).or_default().push(said);
        }
        for said in by_kind.values() {
            say_first("flagged", said);
        }
    }
}

fn read_list<T: FromRow>(path: &Path, mapping: &Mapping) -> Result<Batch<T>, Failure> {
    let bytes = read(path)?;
    let _progress = Progress::of("reading the line list");
    let batch = line_list::read(&bytes, mapping, &Limits::standard());
    batch.map_err(|error| Failure::NoAnswer(format!("{}: {error}", path.display())))
}

fn say_list<T>(path: &Path, batch: &Batch<T>, strict: bool) -> Result<(), Failure> {
    let named = |row| format!("{}, {row}", path.display());
    let refused: Vec<String> = batch.rejected.iter().map(named).collect();
    say_rejected(&refused, batch.read, strict)
}
