//! 解除通知书: what a release certificate needs, and what is missing for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use grid_model::{PersonId, words};

use super::{EndReason, OrderChange, OrderPeriod, Orders};
use crate::consequences::test_days;
use crate::{Books, Clause, Facts, Measure, TestTaken};

words! {
    /// How a release stands to the last day of the order.
    pub enum ReleaseTiming {
        /// On the morning after its last day.
        OnTime = "on_time",
        /// On its last day or before, by a record: to be looked into the same day.
        Early = "early",
        /// By a record, where no last day was fixed.
        NoLastDay = "no_last_day",
        /// Lifted as wrongly given.
        Overturned = "overturned",
    }
}

words! {
    /// What a certificate cannot say, or what stands against handing it over.
    pub enum MissingForRelease {
        /// The measure.
        Measure = "measure",
        /// The place.
        Place = "place",
        /// Day 0.
        CountedFrom = "counted_from",
        /// The clause.
        Clause = "clause",
        /// The clause named stands in no book in use.
        ClauseNotInBooks = "clause_not_in_books",
        /// Who ordered it.
        OrderedBy = "ordered_by",
        /// A record that the person went under it.
        Begun = "begun",
        /// A test that was due.
        Test = "test",
        /// What a test said.
        TestResult = "test_result",
        /// A negative test: the last one was positive.
        NegativeTest = "negative_test",
        /// A judgement on what was not kept.
        Judgement = "judgement",
    }
}

words! {
    /// The part of a measure a test belongs to.
    pub enum TestPart {
        /// The measure itself.
        Measure = "measure",
        /// What follows it.
        FollowUp = "follow_up",
    }
}

/// A test that a clause asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueTest {
    /// In which part.
    pub part: TestPart,
    /// On which day of it; the day of entering the part is day 0.
    pub day: u16,
    /// The date; nothing where the day of entering is not known.
    pub on: Option<NaiveDate>,
    /// The test taken from that date on and before the next is due; nothing where there is none.
    pub done: Option<TestTaken>,
}

/// Everything a release certificate says of an order, and what is missing for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseCertificate {
    /// Who.
    pub person: PersonId,
    /// The measure.
    pub measure: Option<Measure>,
    /// The place.
    pub place: Option<Box<str>>,
    /// The day it was ordered.
    pub ordered_on: NaiveDate,
    /// The day the person went under it, where that is recorded.
    pub begun_on: Option<NaiveDate>,
    /// Day 0.
    pub counted_from: Option<NaiveDate>,
    /// The last day of the order; nothing where none was fixed.
    pub last_day: Option<NaiveDate>,
    /// The person is free from 00:00 of this day; where a record lets go earlier, from its hour.
    pub free_on: NaiveDate,
    /// Days from day 0 to the last day served, day 0 not counted: 14 of 14.
    pub days_counted: Option<i64>,
    /// Days the person was held, from going under it or, where no record says so, from the order,
    /// to the last day served, both counted.
    pub days_held: i64,
    /// The clause as the order names it.
    pub clause: Option<Box<str>>,
    /// The clause in the books in use.
    pub in_books: Option<Arc<Clause>>,
    /// Who ordered it.
    pub ordered_by: Option<Box<str>>,
    /// Extensions, shortenings and changes of order, each with what it replaced and why.
    pub changes: Vec<OrderChange>,
    /// The tests the clause asks for by the last day served, and those of what follows.
    pub tests: Vec<DueTest>,
    /// How it stands to the last day.
    pub timing: ReleaseTiming,
    /// Whether a record of the release is there already.
    pub recorded: bool,
    /// What is missing, in the order a clerk looks for it.
    pub missing: Vec<MissingForRelease>,
}

impl Orders {
    /// The certificates of a day, in the order of people: of today, or of tomorrow as far as is
    /// known. `known` holds the tests taken; see `health_facts`.
    pub fn certificates_on(
        &self,
        day: NaiveDate,
        books: &Books,
        known: &BTreeMap<PersonId, Facts>,
    ) -> Vec<ReleaseCertificate> {
        let released = self.released_on(day).into_iter();
        released
            .map(|period| certificate(period, day, books, known.get(&period.person)))
            .collect()
    }

    /// The certificates that were due before a day and that no record shows: the order is over,
    /// and nobody may have told the person.
    pub fn certificates_overdue(
        &self,
        day: NaiveDate,
        books: &Books,
        known: &BTreeMap<PersonId, Facts>,
    ) -> Vec<ReleaseCertificate> {
        let due = |period: &&OrderPeriod| {
            // Who was held on no evening is told nothing.
            let own = matches!(period.ended,
                Some((end, EndReason::OwnDate)) if end < day && period.from < end);
            own && period.certified_on.is_none()
        };
        let overdue = self.periods.iter().filter(due);
        overdue
            .filter_map(|period| {
                let free_on = period.first_free_day()?;
                let facts = known.get(&period.person);
                Some(certificate(period, free_on, books, facts))
            })
            .collect()
    }
}

fn certificate(
    period: &OrderPeriod,
    free_on: NaiveDate,
    books: &Books,
    known: Option<&Facts>,
) -> ReleaseCertificate {
    let in_books = period.clause.as_deref().and_then(|id| books.clause(id));
    let last_served = free_on.pred_opt().unwrap_or(free_on);
    let start = period.begun_on.unwrap_or(period.from);
    let held = free_on.signed_duration_since(start).num_days();
    let taken = known.and_then(|facts| facts.test_results.as_deref());
    let mut certificate = ReleaseCertificate {
        person: period.person,
        measure: period.measure,
        place: period.place.clone(),
        ordered_on: period.from,
        begun_on: period.begun_on,
        counted_from: period.counted_from,
        last_day: period.until,
        free_on,
        days_counted: period
            .counted_from
            .map(|zero| last_served.signed_duration_since(zero).num_days()),
        days_held: held.max(0),
        clause: period.clause.clone(),
        in_books: in_books.cloned(),
        ordered_by: period.ordered_by.clone(),
        changes: period.changes.clone(),
        tests: in_books.map_or(Vec::new(), |clause| {
            tests(clause, start, last_served, taken.unwrap_or_default())
        }),
        timing: timing(period, free_on),
        recorded: period.certified_on.is_some(),
        missing: Vec::new(),
    };
    certificate.missing = missing(&certificate, period, taken.unwrap_or_default());
    certificate
}

fn timing(period: &OrderPeriod, free_on: NaiveDate) -> ReleaseTiming {
    match (period.ended, period.until) {
        (Some((_, EndReason::Overturned)), _) => ReleaseTiming::Overturned,
        (Some((_, EndReason::Released)), None) => ReleaseTiming::NoLastDay,
        (Some((_, EndReason::Released)), Some(until)) if free_on <= until => ReleaseTiming::Early,
        _ => ReleaseTiming::OnTime,
    }
}

/// The tests of a clause for who went under it on a day, each with the test that answers it.
fn tests(
    clause: &Clause,
    entered: NaiveDate,
    last: NaiveDate,
    taken: &[TestTaken],
) -> Vec<DueTest> {
    let mut due = test_days(clause, Some(entered), Some(last));
    // Who went under it late has fewer days of it, and no test is due after the last.
    due.retain(|test| test.part == TestPart::FollowUp || test.on.is_some_and(|on| on <= last));
    let dates: Vec<Option<NaiveDate>> = due.iter().map(|test| test.on).collect();
    for (index, test) in due.iter_mut().enumerate() {
        let next = dates.get(index + 1).copied().flatten();
        let answers = |one: &&TestTaken| {
            test.on.is_some_and(|on| on <= one.on) && next.is_none_or(|next| one.on < next)
        };
        test.done = taken
            .iter()
            .filter(answers)
            .min_by_key(|one| one.on)
            .copied();
    }
    due
}

fn missing(
    certificate: &ReleaseCertificate,
    period: &OrderPeriod,
    taken: &[TestTaken],
) -> Vec<MissingForRelease> {
    use MissingForRelease::*;
    let tests = || {
        let of_measure = |test: &&DueTest| test.part == TestPart::Measure;
        certificate.tests.iter().filter(of_measure)
    };
    let open = |test: &DueTest| {
        test.done
            .is_some_and(|one| one.result == crate::TestResult::Pending)
    };
    // A test taken while under the order speaks of it; an older one does not.
    let since = period.counted_from.unwrap_or(period.from);
    let known = taken
        .iter()
        .filter(|one| one.result != crate::TestResult::Pending && since <= one.on);
    let latest = known.max_by_key(|one| (one.on, one.result));
    let not_in_books = certificate.clause.is_some() && certificate.in_books.is_none();
    let found = [
        (certificate.measure.is_none(), Measure),
        (certificate.place.is_none(), Place),
        (certificate.counted_from.is_none(), CountedFrom),
        (certificate.clause.is_none(), Clause),
        (not_in_books, ClauseNotInBooks),
        (certificate.ordered_by.is_none(), OrderedBy),
        (certificate.begun_on.is_none(), Begun),
        (tests().any(|test| test.done.is_none()), Test),
        (tests().any(open), TestResult),
        (
            latest.is_some_and(|one| one.result == crate::TestResult::Positive),
            NegativeTest,
        ),
        (period.flags.broken, Judgement),
    ];
    found
        .into_iter()
        .filter_map(|(missing, what)| missing.then_some(what))
        .collect()
}
