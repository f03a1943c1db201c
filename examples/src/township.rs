//! A township folder and a policy, read from where the command line says.

use std::path::Path;

use grid_model::Township;
use line_list::Limits;
use outbreak_response::{Books, Policy, Records};
use register::Register;
use township_folder::{Extras, File, RejectedRow, Warning};

use crate::files::{read, read_folder};
use crate::outcome::Failure;

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
