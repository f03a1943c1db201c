//! Where a row begins and ends, and its cells (RFC 4180, with care for the broken).
//!
//! The usual readers take an unclosed quotation mark for the rest of the file, or up to
//! the next quotation mark, and so swallow good rows in silence. Here such a row is
//! refused and reading goes on at the line below the one where it began.

use crate::Limits;

/// The cells of one row, one after another; used again for each row.
#[derive(Debug, Default)]
pub(crate) struct RowBuffer {
    text: String,
    ends: Vec<usize>,
}

impl RowBuffer {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell at `index`, empty where the row has none.
    pub(crate) fn cell(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else {
            return "";
        };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..*end]
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.cell(index))
    }
}

/// What the scanner found at a line.
#[derive(Debug)]
pub(crate) enum Scanned<'t> {
    /// A row; its cells are in the buffer.
    Row { line: u64 },
    /// Something that is no row; its first line as it stands.
    Broken {
        line: u64,
        raw: &'t str,
        reason: String,
        remedy: &'static str,
    },
}

/// Why cells stop being a row, and where.
struct Break {
    reason: String,
    remedy: &'static str,
    resume: Resume,
}

/// Where reading goes on after a broken row.
enum Resume {
    /// At the line below the one where the row began.
    BelowStart,
    /// After what was read of it.
    Here,
}

/// Reads rows one by one.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    limits: Limits,
    at: usize,
    line: u64,
    /// Bytes that may still be read a second time after broken rows. When they are used
    /// up, a cell ends with its line: a file of broken rows would else be read once for
    /// each of its lines.
    second_readings: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, limits: Limits) -> Self {
        const LEAST: usize = 1 << 20;
        let second_readings = text.len().saturating_mul(4).max(LEAST);
        Self {
            text,
            limits,
            at: 0,
            line: 1,
            second_readings,
        }
    }

    /// The next row, blank lines passed over; `None` at the end. `blank` says whether a
    /// line, seen without its end, is blank.
    pub(crate) fn next(
        &mut self,
        row: &mut RowBuffer,
        blank: impl Fn(&str) -> bool,
    ) -> Option<Scanned<'t>> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            if !blank(self.rest_of_line(self.at)) {
                break;
            }
            self.skip_line();
        }
        let (start, line) = (self.at, self.line);
        row.clear();
        let Err(broken) = self.cells(start, row) else {
            return Some(Scanned::Row { line });
        };
        let raw = self.rest_of_line(start);
        self.resume(start, line, &broken.resume);
        Some(Scanned::Broken {
            line,
            raw,
            reason: broken.reason,
            remedy: broken.remedy,
        })
    }

    /// Reads cells to the end of the row, line end included.
    fn cells(&mut self, start: usize, row: &mut RowBuffer) -> Result<(), Break> {
        loop {
            let cell_start = row.text.len();
            if self.peek() == Some(b'"') {
                self.quoted(start, row)?;
            } else {
                self.plain(start, row)?;
            }
            if row.text.len() - cell_start > self.limits.cell_bytes {
                self.pass_to_line_end();
                return Err(Break {
                    reason: format!(
                        "has a cell over the limit cell_bytes of {}",
                        self.limits.cell_bytes
                    ),
                    remedy: "shorten the cell or raise the limit",
                    resume: Resume::Here,
                });
            }
            row.ends.push(row.text.len());
            match self.peek() {
                Some(b',') => self.at += 1,
                _ => {
                    self.pass_line_end();
                    return Ok(());
                }
            }
        }
    }

    /// A cell without quotation marks around it.
    fn plain(&mut self, start: usize, row: &mut RowBuffer) -> Result<(), Break> {
        let rest = &self.text[self.at..];
        let length = rest
            .bytes()
            .position(|byte| matches!(byte, b',' | b'\n' | b'\r'))
            .unwrap_or(rest.len());
        self.at += length;
        if self.at - start > self.limits.row_bytes {
            self.pass_to_line_end();
            return Err(self.too_long());
        }
        row.text.push_str(&rest[..length]);
        Ok(())
    }

    /// A cell in quotation marks; those inside are doubled.
    fn quoted(&mut self, start: usize, row: &mut RowBuffer) -> Result<(), Break> {
        let opened = self.line;
        self.at += 1;
        loop {
            let rest = match self.second_readings {
                0 => self.rest_of_line(self.at),
                _ => &self.text[self.at..],
            };
            let Some(length) = rest.find('"') else {
                self.at += rest.len();
                return Err(unclosed(opened));
            };
            self.line += line_ends(&rest[..length]);
            self.at += length + 1;
            // What is over the limit is still read to its closing mark, to tell a long
            // cell from a forgotten mark, but it is not stored.
            if self.at - start <= self.limits.row_bytes {
                row.text.push_str(&rest[..length]);
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    row.text.push('"');
                }
                None | Some(b',' | b'\n' | b'\r') => break,
                Some(_) => return Err(unclosed(opened)),
            }
        }
        if self.at - start > self.limits.row_bytes {
            self.pass_to_line_end();
            return Err(self.too_long());
        }
        Ok(())
    }

    fn too_long(&self) -> Break {
        Break {
            reason: format!("is over the limit row_bytes of {}", self.limits.row_bytes),
            remedy: "shorten the row or raise the limit",
            resume: Resume::Here,
        }
    }

    /// Goes on after a broken row.
    fn resume(&mut self, start: usize, line: u64, resume: &Resume) {
        if let Resume::BelowStart = resume {
            let below = start + self.rest_of_line(start).len();
            let again = self.at.saturating_sub(below);
            self.second_readings = self.second_readings.saturating_sub(again);
            (self.at, self.line) = (below, line);
        }
        self.pass_line_end();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The text from `at` to the end of its line, without the line end.
    fn rest_of_line(&self, at: usize) -> &'t str {
        let rest = &self.text[at..];
        let length = rest
            .bytes()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(rest.len());
        &rest[..length]
    }

    fn pass_to_line_end(&mut self) {
        self.at += self.rest_of_line(self.at).len();
    }

    /// Passes a line end of one or two bytes, if one is here.
    fn pass_line_end(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let length = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return,
        };
        self.at += length;
        self.line += 1;
    }

    fn skip_line(&mut self) {
        self.pass_to_line_end();
        self.pass_line_end();
    }
}

fn unclosed(opened: u64) -> Break {
    Break {
        reason: format!(
            "opens a quotation mark in line {opened} that is not closed before a comma or a line end"
        ),
        remedy: "close the quotation mark, and double those inside the cell",
        resume: Resume::BelowStart,
    }
}

/// Line ends in a text: CR LF, LF and CR alone count one each.
fn line_ends(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut count = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let begins =
            *byte == b'\r' || (*byte == b'\n' && (index == 0 || bytes[index - 1] != b'\r'));
        count += u64::from(begins);
    }
    count
}
