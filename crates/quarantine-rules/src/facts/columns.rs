//! Many people's facts, a column a fact.

use chrono::{NaiveDate, NaiveTime};

use super::{FactKind, FactName, FactValue, Facts, Known, Subject, TestTaken};

/// What is known of many people, a column a fact: [`crate::CompiledBooks::decide_all`] reads it
/// without following a pointer a person.
///
/// A column begins with the first row that knows its fact; memory is 4 bytes a person and fact of
/// a day, number or word, 1 of yes or no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactColumns {
    subjects: Vec<Subject>,
    columns: Vec<Option<Column>>,
}

/// Yes, no or unknown, in one byte.
const NOT_KNOWN: u8 = 0;
const NO: u8 = 1;
const YES: u8 = 2;

/// The code of an unknown word.
const NO_WORD: u32 = u32::MAX;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Date(Vec<Option<NaiveDate>>),
    Time(Vec<Option<NaiveTime>>),
    YesNo(Vec<u8>),
    Word {
        codes: Vec<u32>,
        words: Vec<Box<str>>,
    },
    Number(Vec<Option<u16>>),
    Dates(Vec<Option<Vec<NaiveDate>>>),
    Tests(Vec<Option<Vec<TestTaken>>>),
}

impl Column {
    fn unknown(kind: FactKind, rows: usize) -> Self {
        match kind {
            FactKind::Date => Column::Date(vec![None; rows]),
            FactKind::Time => Column::Time(vec![None; rows]),
            FactKind::YesNo => Column::YesNo(vec![NOT_KNOWN; rows]),
            FactKind::Word => Column::Word {
                codes: vec![NO_WORD; rows],
                words: Vec::new(),
            },
            FactKind::Number => Column::Number(vec![None; rows]),
            FactKind::Dates => Column::Dates(vec![None; rows]),
            FactKind::Tests => Column::Tests(vec![None; rows]),
        }
    }

    fn push(&mut self, value: Option<FactValue>) {
        match (self, value) {
            (Column::Date(days), Some(FactValue::Date(day))) => days.push(Some(day)),
            (Column::Date(days), _) => days.push(None),
            (Column::Time(times), Some(FactValue::Time(time))) => times.push(Some(time)),
            (Column::Time(times), _) => times.push(None),
            (Column::YesNo(said), Some(FactValue::YesNo(yes))) => {
                said.push(if yes { YES } else { NO })
            }
            (Column::YesNo(said), _) => said.push(NOT_KNOWN),
            (Column::Word { codes, words }, Some(FactValue::Word(word))) => {
                let known = words.iter().position(|known| *known == word);
                let at = known.unwrap_or_else(|| {
                    words.push(word);
                    words.len() - 1
                });
                codes.push(u32::try_from(at).unwrap_or(NO_WORD));
            }
            (Column::Word { codes, .. }, _) => codes.push(NO_WORD),
            (Column::Number(numbers), Some(FactValue::Number(number))) => {
                numbers.push(Some(number))
            }
            (Column::Number(numbers), _) => numbers.push(None),
            (Column::Dates(lists), Some(FactValue::Dates(days))) => lists.push(Some(days)),
            (Column::Dates(lists), _) => lists.push(None),
            (Column::Tests(lists), Some(FactValue::Tests(tests))) => lists.push(Some(tests)),
            (Column::Tests(lists), _) => lists.push(None),
        }
    }
}

impl FactColumns {
    /// Adds a person below the others.
    ///
    /// Costs the person's known facts and a search through the distinct words of each of their
    /// word columns.
    pub fn push(&mut self, facts: &Facts) {
        let rows = self.len();
        self.columns.resize(FactName::ALL.len(), None);
        for (column, fact) in self.columns.iter_mut().zip(FactName::ALL) {
            let value = facts.value(*fact);
            if column.is_none() && value.is_none() {
                continue;
            }
            column
                .get_or_insert_with(|| Column::unknown(fact.kind(), rows))
                .push(value);
        }
        self.subjects.push(facts.subject);
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// The class of each person.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The facts of one person, put together again; nothing past the last row.
    pub fn facts(&self, row: usize) -> Option<Facts> {
        let mut facts = Facts::new(*self.subjects.get(row)?);
        let person = Row { columns: self, row };
        for fact in FactName::ALL {
            if let Some(value) = person.held(*fact) {
                facts.put(*fact, value);
            }
        }
        Some(facts)
    }

    pub(crate) fn row(&self, row: usize) -> Row<'_> {
        Row { columns: self, row }
    }

    pub(crate) fn column(&self, fact: FactName) -> Option<&Column> {
        self.columns.get(fact as usize)?.as_ref()
    }
}

impl<'a> FromIterator<&'a Facts> for FactColumns {
    fn from_iter<I: IntoIterator<Item = &'a Facts>>(people: I) -> Self {
        let mut columns = FactColumns::default();
        people.into_iter().for_each(|facts| columns.push(facts));
        columns
    }
}

/// One person in the columns.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    columns: &'a FactColumns,
    row: usize,
}

impl Known for Row<'_> {
    fn date(&self, fact: FactName) -> Option<NaiveDate> {
        match self.columns.column(fact)? {
            Column::Date(days) => days.get(self.row).copied().flatten(),
            _ => None,
        }
    }

    fn yes_no(&self, fact: FactName) -> Option<bool> {
        match self.columns.column(fact)? {
            Column::YesNo(said) => match said.get(self.row) {
                Some(&YES) => Some(true),
                Some(&NO) => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    fn word(&self, fact: FactName) -> Option<&str> {
        match self.columns.column(fact)? {
            Column::Word { codes, words } => {
                let code = usize::try_from(*codes.get(self.row)?).ok()?;
                words.get(code).map(|word| &**word)
            }
            _ => None,
        }
    }

    fn number(&self, fact: FactName) -> Option<u16> {
        match self.columns.column(fact)? {
            Column::Number(numbers) => numbers.get(self.row).copied().flatten(),
            _ => None,
        }
    }

    fn arrival_time(&self) -> Option<NaiveTime> {
        match self.columns.column(FactName::ArrivalTime)? {
            Column::Time(times) => times.get(self.row).copied().flatten(),
            _ => None,
        }
    }

    fn exposures(&self) -> Option<&[NaiveDate]> {
        match self.columns.column(FactName::Exposures)? {
            Column::Dates(lists) => lists.get(self.row)?.as_deref(),
            _ => None,
        }
    }

    fn tests(&self) -> Option<&[TestTaken]> {
        match self.columns.column(FactName::TestResults)? {
            Column::Tests(lists) => lists.get(self.row)?.as_deref(),
            _ => None,
        }
    }

    fn held(&self, fact: FactName) -> Option<FactValue> {
        match fact.kind() {
            FactKind::Date => self.date(fact).map(FactValue::Date),
            FactKind::Dates => self.exposures().map(|days| FactValue::Dates(days.to_vec())),
            FactKind::Time => self.arrival_time().map(FactValue::Time),
            FactKind::YesNo => self.yes_no(fact).map(FactValue::YesNo),
            FactKind::Word => self.word(fact).map(|word| FactValue::Word(word.into())),
            FactKind::Number => self.number(fact).map(FactValue::Number),
            FactKind::Tests => self.tests().map(|tests| FactValue::Tests(tests.to_vec())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_come_out_of_the_columns_as_they_went_in() {
        let mut first = Facts::new(Subject::CloseContact);
        first.read(FactName::FromRisk, "high").unwrap();
        let mut second = Facts::new(Subject::LocalReturnee);
        for (fact, cell) in [
            (FactName::Exposures, "2020-01-30;2020-01-31"),
            (FactName::LastDose, "2020-01-30"),
            (FactName::ArrivalTime, "18:00"),
            (FactName::HomeOk, "no"),
            (FactName::FromRisk, "low"),
            (FactName::Age, "70"),
            (FactName::TestResults, "2020-01-30:neg;2020-01-31:pos"),
        ] {
            second.read(fact, cell).unwrap();
        }
        let columns: FactColumns = [&first, &second].into_iter().collect();
        assert_eq!(columns.facts(0), Some(first));
        assert_eq!(columns.facts(1), Some(second));
        assert_eq!((columns.len(), columns.facts(2)), (2, None));
    }
}
