//! Tables out.

/// A table in CSV: UTF-8 without byte order mark, LF, quotation marks only where needed.
///
/// What it writes, [`Table::read`](crate::Table::read) reads back cell by cell. A row
/// with fewer cells than columns is filled with empty ones.
///
/// ```
/// assert_eq!(line_list::write_table(&["id", "place"], [["A1", "Mangbang, east"]]),
///     b"id,place\nA1,\"Mangbang, east\"\n");
/// ```
#[must_use]
pub fn write_table<C, R>(columns: &[C], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    C: AsRef<str>,
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut out = Vec::new();
    write_row(&mut out, columns, columns.len(), str::to_owned);
    for row in rows {
        write_row(&mut out, row, columns.len(), str::to_owned);
    }
    out
}

/// The same for a spreadsheet program: with byte order mark, so that Chinese is read
/// right, and with an apostrophe before each cell the program would run as a formula.
///
/// Such cells begin with `= + - @`, their full-width forms, a tab or a line end
/// ([OWASP, CSV Injection](https://owasp.org/www-community/attacks/CSV_Injection)). Signed numbers stay as they are. A cell
/// with apostrophes already before such a beginning gets one more, so that no two cells
/// become one: whoever reads the file again takes one apostrophe off each.
#[must_use]
pub fn write_table_for_spreadsheets<C, R>(
    columns: &[C],
    rows: impl IntoIterator<Item = R>,
) -> Vec<u8>
where
    C: AsRef<str>,
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut out = b"\xef\xbb\xbf".to_vec();
    write_row(&mut out, columns, columns.len(), harmless);
    for row in rows {
        write_row(&mut out, row, columns.len(), harmless);
    }
    out
}

fn write_row<R>(out: &mut Vec<u8>, row: R, width: usize, render: impl Fn(&str) -> String)
where
    R: IntoIterator<Item: AsRef<str>>,
{
    let from = out.len();
    let mut cells = 0;
    for cell in row {
        if cells > 0 {
            out.push(b',');
        }
        write_cell(out, &render(cell.as_ref()));
        cells += 1;
    }
    if cells == 0 && width > 1 {
        cells = 1;
    }
    for _ in cells..width {
        out.push(b',');
    }
    // A row of one empty cell would read as a blank line.
    if out.len() == from {
        out.extend(b"\"\"");
    }
    out.push(b'\n');
}

fn write_cell(out: &mut Vec<u8>, cell: &str) {
    let quoted = cell.starts_with('\u{feff}') || cell.contains([',', '"', '\n', '\r']);
    if !quoted {
        out.extend(cell.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend(cell.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

fn harmless(cell: &str) -> String {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let bare = cell.trim_start_matches('\'');
    if bare.starts_with(STARTS) && !is_signed_number(bare) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn is_signed_number(cell: &str) -> bool {
    let Some(number) = cell.strip_prefix(['-', '+']) else {
        return false;
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    [whole, fraction]
        .iter()
        .all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
