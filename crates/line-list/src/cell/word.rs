//! Yes and no, words of a list, text.

use super::{CellError, normal};

/// Yes, no, or `None` where the cell is empty: `yes no true false 1 0 是 否`, upper or
/// lower case.
///
/// # Errors
///
/// Where it is another word.
pub fn yes_no(cell: &str) -> Result<Option<bool>, CellError> {
    match normal(cell).to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "yes" | "true" | "1" | "是" => Ok(Some(true)),
        "no" | "false" | "0" | "否" => Ok(Some(false)),
        _ => Err(CellError::new(
            "is neither yes nor no",
            "write yes or no, or leave it empty",
        )),
    }
}

/// `yes`, `no`, or nothing.
#[must_use]
pub const fn write_yes_no(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

/// One of the permitted words, upper or lower case, as it stands in the list.
///
/// ```
/// use line_list::cell::one_of;
///
/// assert_eq!(one_of(" Moved", &["occupied", "vacant", "moved"])?, "moved");
/// assert_eq!(one_of("gone", &["vacant", "moved"]).unwrap_err().to_string(),
///     "is not one of the permitted words; write one of vacant, moved");
/// # Ok::<(), line_list::CellError>(())
/// ```
///
/// # Errors
///
/// Where it is empty or another word; the permitted words are listed.
pub fn one_of<'w>(cell: &str, permitted: &[&'w str]) -> Result<&'w str, CellError> {
    let word = normal(cell);
    let found = permitted
        .iter()
        .find(|permitted| permitted.eq_ignore_ascii_case(&word));
    found
        .copied()
        .ok_or_else(|| not_permitted(&word, &permitted.join(", ")))
}

/// What the cell's word means by a list of words and meanings.
///
/// # Errors
///
/// As for [`one_of`].
pub fn choice<T: Clone>(cell: &str, permitted: &[(&str, T)]) -> Result<T, CellError> {
    let word = normal(cell);
    let found = permitted
        .iter()
        .find(|(permitted, _)| permitted.eq_ignore_ascii_case(&word));
    found.map(|(_, meaning)| meaning.clone()).ok_or_else(|| {
        let words: Vec<&str> = permitted.iter().map(|(word, _)| *word).collect();
        not_permitted(&word, &words.join(", "))
    })
}

/// The trimmed text as it stands, full-width or not.
///
/// # Errors
///
/// Where it is empty.
pub fn text(cell: &str) -> Result<&str, CellError> {
    match cell.trim() {
        "" => Err(CellError::new("is empty", "fill it in")),
        text => Ok(text),
    }
}

fn not_permitted(word: &str, permitted: &str) -> CellError {
    let reason = if word.is_empty() {
        "is empty"
    } else {
        "is not one of the permitted words"
    };
    CellError::new(reason, format!("write one of {permitted}"))
}
