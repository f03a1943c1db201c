//! How a program ends.

use std::fmt;
use std::process::ExitCode;

/// Why a program could not answer, in words for the person who ran it.
#[derive(Debug)]
pub enum Failure {
    /// Nothing could be answered.
    NoAnswer(String),
    /// The command line was wrong.
    Usage(String),
    /// The question was understood, and has no solution; the proof is printed.
    NoSolution(String),
    /// The question was understood, and has no best solution; the proof is printed.
    Unbounded(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NoAnswer(why)
            | Failure::Usage(why)
            | Failure::NoSolution(why)
            | Failure::Unbounded(why) => f.write_str(why),
        }
    }
}

impl Failure {
    /// A failure to answer, from any error.
    pub fn from_error(error: impl fmt::Display) -> Self {
        Failure::NoAnswer(error.to_string())
    }
}

/// Says what went wrong on stderr and gives the exit code: 0 answered, 1 not, 2 a wrong command
/// line, 3 no solution exists, 4 solutions get better without end.
pub fn exit(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let word = match failure {
                Failure::NoAnswer(_) | Failure::Usage(_) => "error",
                Failure::NoSolution(_) => "no solution",
                Failure::Unbounded(_) => "unbounded",
            };
            eprintln!("{word}: {failure}");
            match failure {
                Failure::NoAnswer(_) => ExitCode::from(1),
                Failure::Usage(_) => ExitCode::from(2),
                Failure::NoSolution(_) => ExitCode::from(3),
                Failure::Unbounded(_) => ExitCode::from(4),
            }
        }
    }
}

/// Prints the result on stdout; whoever closes the pipe early has read enough.
pub fn print(result: &str) {
    use std::io::Write;
    let _ = std::io::stdout().lock().write_all(result.as_bytes());
}

/// Prints refused rows on stderr: at most this many, then how many more there are.
pub const MOST_REJECTS_SHOWN: usize = 20;

/// Says on stderr which rows were refused, why, and what to do.
///
/// # Errors
/// If `strict` and any was.
pub fn say_rejected<R: fmt::Display>(
    rejected: &[R],
    read: usize,
    strict: bool,
) -> Result<(), Failure> {
    say_refused("rows", rejected, read, strict)
}

/// The same of anything that is read one by one.
///
/// # Errors
/// If `strict` and any was refused.
pub fn say_refused<R: fmt::Display>(
    what: &str,
    rejected: &[R],
    read: usize,
    strict: bool,
) -> Result<(), Failure> {
    if rejected.is_empty() {
        return Ok(());
    }
    say_first("refused", rejected);
    let accepted = read - rejected.len();
    let summary = format!(
        "{} of {read} {what} were refused, {accepted} were used",
        rejected.len()
    );
    if strict {
        return Err(Failure::NoAnswer(format!(
            "{summary}; mend them, or run without --strict"
        )));
    }
    eprintln!("{summary}; mend the {what} named above and run again");
    Ok(())
}

/// Says the first of many things on stderr, and how many more there are.
pub fn say_first<R: fmt::Display>(word: &str, said: &[R]) {
    for one in said.iter().take(MOST_REJECTS_SHOWN) {
        eprintln!("{word}: {one}");
    }
    if let Some(more) = said
        .len()
        .checked_sub(MOST_REJECTS_SHOWN)
        .filter(|more| *more > 0)
    {
        eprintln!("{word}: and {more} more");
    }
}
