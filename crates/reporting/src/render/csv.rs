//! A list as CSV that a spreadsheet opens without running anything.

use crate::{Cell, Language, List};

/// A list as CSV in UTF-8: the header is the columns' keys, in no language;
/// words are in the language asked for.
///
/// Numbers are not grouped, so that they stay numbers: hundredths carry two
/// decimals, shares are percentages. A text that begins `= + - @`, a tab or a
/// line end gets an apostrophe in front, so that no spreadsheet takes it for a
/// formula, and so does one with apostrophes already before these: whoever
/// reads the file back takes one apostrophe off such a cell.
#[must_use]
pub fn list_to_csv(list: &List, language: Language) -> String {
    let mut csv = String::new();
    push_row(
        &mut csv,
        list.columns.iter().map(|column| harmless(&column.key)),
    );
    for row in 0..list.rows.len() {
        let cells = (0..list.columns.len()).map(|at| print(list.cell(row, at), language));
        push_row(&mut csv, cells);
    }
    csv
}

fn push_row(csv: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(quoted).collect();
    csv.push_str(&cells.join(","));
    csv.push('\n');
}

fn print(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Count(n) => n.to_string(),
        Cell::Hundredths(n) => {
            let sign = if *n < 0 { "-" } else { "" };
            let size = n.unsigned_abs();
            format!("{sign}{}.{:02}", size / 100, size % 100)
        }
        Cell::Share(n) => {
            let sign = if *n < 0 { "-" } else { "" };
            let size = n.unsigned_abs();
            format!("{sign}{}.{}%", size / 10, size % 10)
        }
        Cell::Date(_) | Cell::Unknown | Cell::Suppressed | Cell::Incomplete(_) => {
            cell.print(language)
        }
        Cell::Instant(instant) => instant
            .to_string()
            .replace(' ', "T")
            .chars()
            .take(16)
            .collect(),
        Cell::Text(text) => harmless(text.in_language(language)),
        Cell::Plain(words) => harmless(words),
    }
}

fn harmless(words: &str) -> String {
    // The full-width forms are taken for formulas by some spreadsheets too.
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if words.trim_start_matches('\'').starts_with(STARTS) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

fn quoted(cell: String) -> String {
    let needs = |letter: char| matches!(letter, ',' | '"' | '\n' | '\r');
    if cell.contains(needs) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
