//! Running the program on files of a folder that goes with the test.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

/// Where cargo puts the program: beside the tests, which it builds together with it.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(Path::parent).unwrap();
    let name = format!("decide{}", std::env::consts::EXE_SUFFIX);
    let program = profile.join("examples").join(name);
    if !program.exists() {
        build(profile);
    }
    program
});

/// A test run alone finds no programs built.
fn build(profile: &Path) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--package", "outbreak-response-examples"]);
    cargo.args(["--example", "decide", "--target-dir"]);
    cargo.arg(profile.parent().unwrap());
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().unwrap().success());
}

/// A folder of files in which the program runs, so that it names them as the test does.
pub struct Folder(TempDir);

/// What the program answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// Runs `decide` with the words of a line.
    pub fn decide(&self, line: &str) -> Answer {
        let mut program = Command::new(&*PROGRAM);
        program
            .args(line.split_whitespace())
            .current_dir(self.0.path());
        let output = program.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// A table's rows by their columns.
pub fn rows(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
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
