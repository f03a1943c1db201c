//! Running an example program on files of a folder that goes with the test.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

/// Where cargo puts a program, beside the tests, as it is by the sources of now.
///
/// Tests run alone find programs built before the last edit, or none: of each program cargo is asked
/// once a run, and has nothing to do after `cargo test --workspace`, which builds the same.
fn program(name: &str) -> PathBuf {
    static BUILT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(Path::parent).unwrap();
    // Held while cargo builds: a program must not be started while it is put in its place.
    let mut built = BUILT.lock().unwrap();
    if !built.contains(name) {
        build(name, profile);
        built.insert(name.to_owned());
    }
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    profile.join("examples").join(file)
}

/// Builds a program, or leaves it where it is up to date. Cargo let go of its folder before it ran
/// the tests, so neither waits for the other.
fn build(name: &str, profile: &Path) {
    let mut cargo = Command::new(env!("CARGO"));
    // Of one member alone the libraries would have other features, and be built once more.
    cargo.args(["build", "--quiet", "--workspace", "--example", name]);
    cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    cargo.arg("--target-dir").arg(profile.parent().unwrap());
    let named = match profile.file_name().unwrap() {
        debug if debug == "debug" => OsStr::new("dev"),
        other => other,
    };
    cargo.arg("--profile").arg(named);
    assert!(cargo.status().unwrap().success(), "{name} was not built");
}

/// A folder of files in which a program runs, so that it names them as the test does.
pub struct Folder(TempDir);

/// What a program answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// How it ended.
    pub code: i32,
    /// What it printed as its result.
    pub out: String,
    /// What it said beside it.
    pub err: String,
}

impl Folder {
    /// An empty folder, gone with its value.
    #[expect(clippy::new_without_default, reason = "each makes a folder on disk")]
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// The folder with one file more; folders inside it are made.
    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The names of its files, in order.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Runs `allocate` with the words of a line.
    pub fn allocate(&self, line: &str) -> Answer {
        self.run("allocate", line, None)
    }

    /// Runs `decide` with the words of a line.
    pub fn decide(&self, line: &str) -> Answer {
        self.run("decide", line, None)
    }

    /// Runs `jobs` with the words of a line.
    pub fn jobs(&self, line: &str) -> Answer {
        self.run("jobs", line, None)
    }

    /// Runs `pair` with the words of a line.
    pub fn pair(&self, line: &str) -> Answer {
        self.run("pair", line, None)
    }

    /// Runs `tasks` with the words of a line.
    pub fn tasks(&self, line: &str) -> Answer {
        self.run("tasks", line, None)
    }

    /// Runs `trace` with the words of a line.
    pub fn trace(&self, line: &str) -> Answer {
        self.run("trace", line, None)
    }

    /// The same with so many threads.
    pub fn trace_with_threads(&self, line: &str, threads: usize) -> Answer {
        self.run("trace", line, Some(threads))
    }

    fn run(&self, name: &str, line: &str, threads: Option<usize>) -> Answer {
        let mut command = Command::new(program(name));
        command
            .args(line.split_whitespace())
            .current_dir(self.path());
        if let Some(threads) = threads {
            command.env("RAYON_NUM_THREADS", threads.to_string());
        }
        let output = command.output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Bytes as gzip packs them.
pub fn gzipped(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes.as_ref()).unwrap();
    packed.finish().unwrap()
}

/// A table's rows by their columns.
pub fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let limits = line_list::Limits::standard();
    let table = line_list::Table::read(text.as_bytes(), &limits).unwrap();
    assert_eq!(table.rejected(), []);
    let columns = table.columns();
    let row = |row: line_list::Row<'_>| {
        let cells = row.cells().map(str::to_owned);
        columns.iter().cloned().zip(cells).collect()
    };
    table.rows().map(row).collect()
}
