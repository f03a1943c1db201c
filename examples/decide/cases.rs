//! The people of a file: a row a person, a column a fact.

use std::path::Path;

use chrono::NaiveDate;
use line_list::{CellError, Limits, Rejected, Row, Table};
use outbreak_response_examples::files::read;
use outbreak_response_examples::outcome::{Failure, say_rejected};
use outbreak_response_examples::progress::Progress;
use quarantine_rules::{FactName, Facts, Subject};

/// One row.
pub struct Case {
    pub id: String,
    pub authority: String,
    pub disease: String,
    /// The day asked; nothing where the file is not asked for one.
    pub as_of: Option<NaiveDate>,
    pub facts: Facts,
}

/// Where the columns stand.
struct Columns {
    id: usize,
    authority: usize,
    disease: usize,
    subject: usize,
    as_of: Option<usize>,
    facts: Vec<(FactName, usize)>,
}

/// The cases of a file; refused rows are said on stderr.
pub fn cases(path: &Path, asks_day: bool, strict: bool) -> Result<Vec<Case>, Failure> {
    let bytes = read(path)?;
    let progress = Progress::of("reading the facts");
    let named =
        |why: &dyn std::fmt::Display| Failure::NoAnswer(format!("{}: {why}", path.display()));
    let table = Table::read(&bytes, &Limits::standard()).map_err(|error| named(&error))?;
    let columns = Columns::of(&table, asks_day).map_err(|why| named(&why))?;
    say_passed_over(&table);
    let (mut cases, mut rejected) = (Vec::new(), table.rejected().to_vec());
    for row in table.rows() {
        match columns.case(&row) {
            Ok(case) => cases.push(case),
            Err(refused) => rejected.push(*refused),
        }
    }
    drop(progress);
    rejected.sort_by_key(|row| row.line);
    let refused: Vec<String> = rejected
        .iter()
        .map(|row| format!("{}, {row}", path.display()))
        .collect();
    say_rejected(&refused, table.read_rows(), strict)?;
    if cases.is_empty() && table.read_rows() > 0 {
        let why = "no row could be used; mend the rows named above and run again";
        return Err(Failure::NoAnswer(why.to_owned()));
    }
    Ok(cases)
}

/// A misspelt column would look like a fact nobody knows.
fn say_passed_over(table: &Table) {
    const OTHERS: [&str; 7] = [
        "case_id",
        "authority",
        "disease",
        "as_of",
        "subject",
        "why",
        "note",
    ];
    let is_ours = |column: &&String| {
        FactName::parse(column).is_some()
            || OTHERS.contains(&column.as_str())
            || column.starts_with("expected_")
    };
    let passed: Vec<&str> = table
        .columns()
        .iter()
        .filter(|column| !is_ours(column))
        .map(String::as_str)
        .collect();
    if !passed.is_empty() {
        eprintln!(
            "warning: no fact is called {}; check the header, those columns were passed over",
            passed.join(", ")
        );
    }
}

impl Columns {
    fn of(table: &Table, asks_day: bool) -> Result<Self, String> {
        let column = |name: &str| {
            let found = table.column(name);
            found.ok_or_else(|| format!("there is no column {name}; add it to the header"))
        };
        let facts = FactName::ALL.iter();
        Ok(Columns {
            id: column("case_id")?,
            authority: column("authority")?,
            disease: column("disease")?,
            subject: column("subject")?,
            as_of: match asks_day {
                true => Some(column("as_of")?),
                false => None,
            },
            facts: facts
                .filter_map(|fact| Some((*fact, table.column(fact.word())?)))
                .collect(),
        })
    }

    fn case(&self, row: &Row<'_>) -> Result<Case, Box<Rejected>> {
        let refuse = |column: usize, reason: &str, remedy: &str| {
            Box::new(row.refuse(column, CellError::new(reason, remedy)))
        };
        let text = |column: usize| match row.cell(column).trim() {
            "" => Err(refuse(column, "is empty", "fill it in")),
            text => Ok(text.to_owned()),
        };
        let day = |column: usize| {
            let day = NaiveDate::parse_from_str(row.cell(column).trim(), "%Y-%m-%d");
            day.map_err(|_| refuse(column, "is not a date", "write the day asked as 2020-02-14"))
        };
        let cannot = |column: usize, remedy: &str| refuse(column, "cannot be read", remedy);
        let subject = Subject::read(row.cell(self.subject));
        let subject = subject.map_err(|error| cannot(self.subject, &error.remedy))?;
        let mut facts = Facts::new(subject);
        for (fact, column) in &self.facts {
            let read = facts.read(*fact, row.cell(*column));
            read.map_err(|error| cannot(*column, &error.remedy))?;
        }
        Ok(Case {
            id: text(self.id)?,
            authority: text(self.authority)?,
            disease: text(self.disease)?,
            as_of: self.as_of.map(day).transpose()?,
            facts,
        })
    }
}
