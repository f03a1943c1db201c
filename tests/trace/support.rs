//! Running the program on files of a folder that goes with the test.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

/// Where cargo puts the program: beside the tests, which it builds together with it.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(Path::parent).unwrap();
    let name = format!("trace{}", std::env::consts::EXE_SUFFIX);
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
    cargo.args(["--example", "trace", "--target-dir"]);
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
        std::fs::write(self.0.path().join(name), bytes).unwrap();
        self
    }

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

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Runs `trace` with the words of a line.
    pub fn trace(&self, line: &str) -> Answer {
        self.run(&line.split_whitespace().collect::<Vec<_>>(), None)
    }

    /// The same with so many threads.
    pub fn trace_with_threads(&self, line: &str, threads: usize) -> Answer {
        self.run(&line.split_whitespace().collect::<Vec<_>>(), Some(threads))
    }

    fn run(&self, words: &[&str], threads: Option<usize>) -> Answer {
        let mut program = Command::new(&*PROGRAM);
        program.args(words).current_dir(self.path());
        if let Some(threads) = threads {
            program.env("RAYON_NUM_THREADS", threads.to_string());
        }
        let output = program.output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

pub fn gzipped(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes.as_ref()).unwrap();
    packed.finish().unwrap()
}
