//! Files in, files out: read with a reason where that fails, written whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Failure;

/// Reads one file.
///
/// # Errors
/// Names the file and what to do.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| {
        Failure::NoAnswer(format!(
            "{}: {error}; check the name and that it may be read",
            path.display()
        ))
    })
}

/// Reads the files of a folder whose names end in one of the endings, in the order of names.
///
/// # Errors
/// Names the folder or file and what to do.
pub fn read_folder(folder: &Path, endings: &[&str]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| {
        Failure::NoAnswer(format!(
            "{}: {error}; name a folder that is there",
            folder.display()
        ))
    })?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(Failure::from_error)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
            names.push(name);
        }
    }
    names.sort();
    names
        .into_iter()
        .map(|name| read(&folder.join(&name)).map(|bytes| (name, bytes)))
        .collect()
}

/// Files to be written into a folder together.
#[derive(Default)]
pub struct Output {
    files: Vec<(String, Vec<u8>)>,
    gone: Vec<&'static str>,
}

impl Output {
    /// Adds a file by its path inside the folder.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.push((path.into(), bytes.into()));
    }

    /// Says that a file of an earlier run is no more: left there, it would speak of rows long mended.
    pub fn without(&mut self, path: &'static str) {
        self.gone.push(path);
    }

    /// Writes every file into a folder beside the wanted one, then moves the new over the old:
    /// whoever looks finds the old files or the new, never half of them.
    ///
    /// # Errors
    /// Names the file that could not be written; then nothing has changed.
    pub fn write(self, folder: &Path) -> Result<(), Failure> {
        let staged = beside(folder);
        let result = self
            .stage(&staged)
            .and_then(|tops| move_over(&staged, folder, &tops));
        if result.is_ok() {
            for path in &self.gone {
                let _ = remove_file_if_there(&folder.join(path));
            }
        }
        // Whatever happened, nothing half-written stays behind.
        let _ = fs::remove_dir_all(&staged);
        result.map_err(|(path, error)| {
            Failure::NoAnswer(format!("{}: {error}; nothing was written", path.display()))
        })
    }

    fn stage(&self, staged: &Path) -> Result<Vec<String>, (PathBuf, std::io::Error)> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| (path, error)
        };
        if staged.exists() {
            fs::remove_dir_all(staged).map_err(failed(staged))?;
        }
        let mut tops = Vec::new();
        for (name, bytes) in &self.files {
            let path = staged.join(name);
            let parent = path.parent().unwrap_or(staged);
            fs::create_dir_all(parent).map_err(failed(parent))?;
            fs::write(&path, bytes).map_err(failed(&path))?;
            let top = name.split('/').next().unwrap_or(name).to_owned();
            if !tops.contains(&top) {
                tops.push(top);
            }
        }
        Ok(tops)
    }
}

/// Writes single files, each beside its place first and then moved there: whoever looks finds the
/// old files or the new, never half of one.
///
/// # Errors
/// Names the file that could not be written; then none has changed, unless a move failed.
pub fn write_all(files: &[(&Path, Vec<u8>)]) -> Result<(), Failure> {
    let staged: Vec<PathBuf> = files.iter().map(|(path, _)| beside(path)).collect();
    let write = |(place, (path, bytes)): (&PathBuf, &(&Path, Vec<u8>))| {
        fs::write(place, bytes).map_err(|error| (path.to_path_buf(), error))
    };
    let move_to = |(place, (path, _)): (&PathBuf, &(&Path, Vec<u8>))| {
        fs::rename(place, path).map_err(|error| (path.to_path_buf(), error))
    };
    let mut written = staged.iter().zip(files).try_for_each(write);
    if written.is_ok() {
        written = staged.iter().zip(files).try_for_each(move_to);
    }
    // Whatever happened, nothing half-written stays behind.
    for place in &staged {
        let _ = fs::remove_file(place);
    }
    written.map_err(|(path, error)| {
        let why = "name a file in a folder that is there and may be written to";
        Failure::NoAnswer(format!("{}: {error}; {why}", path.display()))
    })
}

/// Refuses files to be written of which two are one, or one is read.
///
/// # Errors
/// Names the flag of the file.
pub fn never_over(read: &[&Path], written: &[(&str, &Path)]) -> Result<(), Failure> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut taken: Vec<PathBuf> = read.iter().map(|path| real(path)).collect();
    for (flag, path) in written {
        let path = real(path);
        if taken.contains(&path) {
            let why = format!("{flag} would write over another file named here; name another");
            return Err(Failure::Usage(why));
        }
        taken.push(path);
    }
    Ok(())
}

/// Where the files of a folder, or a file, are staged.
fn beside(folder: &Path) -> PathBuf {
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!(
        ".{}.part",
        name.unwrap_or_else(|| "output".to_owned())
    ))
}

fn move_over(
    staged: &Path,
    folder: &Path,
    tops: &[String],
) -> Result<(), (PathBuf, std::io::Error)> {
    fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
    for top in tops {
        let (from, to) = (staged.join(top), folder.join(top));
        let removed = if to.is_dir() {
            fs::remove_dir_all(&to)
        } else {
            remove_file_if_there(&to)
        };
        removed
            .and_then(|()| fs::rename(&from, &to))
            .map_err(|error| (to, error))?;
    }
    Ok(())
}

fn remove_file_if_there(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
