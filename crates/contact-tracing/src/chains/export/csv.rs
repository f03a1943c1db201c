//! Two tables, people and links, that a spreadsheet opens without running anything.

use super::{links, people, said, yes_no};
use crate::chains::Chains;

/// Everyone as CSV in UTF-8: `id,onset,generation,cluster,listed,infector,infectors,infectees,flags`.
///
/// `infector` is the one whose row stands; `infectors` and `infectees` count people, all of them
/// by name in [`links_to_csv`]. What is not known is empty. A cell that begins with `=`, `+`,
/// `-`, `@` or their wide forms gets an apostrophe in front, so that no spreadsheet takes it for a
/// formula, but for a signed number. So does one with apostrophes already before these: whoever
/// reads the file again takes one off each such cell, and no two people become one.
pub fn people_to_csv(chains: &Chains) -> String {
    let mut csv = String::new();
    let header = "id,onset,generation,cluster,listed,infector,infectors,infectees,flags";
    push_row(&mut csv, header.split(','));
    for person in people(chains) {
        let infector = chains.first_infector(person.node);
        let row = [
            person.id.to_owned(),
            or_empty(person.onset),
            or_empty(person.generation),
            or_empty(person.cluster),
            yes_no(person.listed).to_owned(),
            or_empty(infector.map(|node| chains.id(node))),
            chains.infectors(person.node).len().to_string(),
            chains.infectees(person.node).len().to_string(),
            said(&person.flags),
        ];
        push_row(&mut csv, row.iter().map(String::as_str));
    }
    csv
}

/// Every row of the links as CSV: `infector,infectee,stands,serial_interval_days,flags`.
///
/// `stands` is yes where the row gives the infectee its generation. Cells as in
/// [`people_to_csv`].
pub fn links_to_csv(chains: &Chains) -> String {
    let mut csv = String::new();
    let header = "infector,infectee,stands,serial_interval_days,flags";
    push_row(&mut csv, header.split(','));
    for link in links(chains) {
        let (days, flags) = (or_empty(link.serial_interval), said(&link.flags));
        let row = [
            link.infector,
            link.infectee,
            yes_no(link.stands),
            &days,
            &flags,
        ];
        push_row(&mut csv, row.into_iter());
    }
    csv
}

fn or_empty<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn push_row<'a>(csv: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        push_cell(csv, cell);
    }
    csv.push('\n');
}

fn push_cell(csv: &mut String, cell: &str) {
    let apostrophe = if runs_in_a_spreadsheet(cell) { "'" } else { "" };
    if cell.starts_with('\u{feff}') || cell.contains([',', '"', '\n', '\r']) {
        let doubled = cell.replace('"', "\"\"");
        csv.push_str(&format!("\"{apostrophe}{doubled}\""));
    } else {
        csv.push_str(apostrophe);
        csv.push_str(cell);
    }
}

/// By OWASP, "CSV Injection"; the line lists of this house are written by the same rule.
fn runs_in_a_spreadsheet(cell: &str) -> bool {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(STARTS) && !is_signed_number(bare)
}

fn is_signed_number(cell: &str) -> bool {
    let Some(number) = cell.strip_prefix(['-', '+']) else {
        return false;
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}
