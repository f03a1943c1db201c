//! What follows from a decision, as data: the order to issue, the tests due, the follow-up, the
//! day of release, and what it replaces.

use chrono::NaiveDate;
use grid_model::words;

use crate::condition::plus;
use crate::orders::{DueTest, OrderPeriod, TestPart};
use crate::{Clause, Governed, Measure};

/// The order a decision asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderToIssue {
    /// What.
    pub measure: Measure,
    /// Where.
    pub place: Box<str>,
    /// Day 0.
    pub counted_from: Option<NaiveDate>,
    /// The last day; nothing where it is not fixed or not known.
    pub until: Option<NaiveDate>,
    /// By which clause.
    pub clause: Box<str>,
}

/// What follows a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUpDue {
    /// What.
    pub measure: Measure,
    /// The first day; nothing where the end of the measure is not known.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

words! {
    /// Why a date replaces another.
    pub enum ReplacedBecause {
        /// Day 0 is another: a later exposure, a corrected arrival.
        DayZero = "day_zero",
        /// The measure or place is another.
        Measure = "measure",
        /// The clause in force is another.
        Clause = "clause",
        /// The same clause and day 0 come to another date: facts that move the end are known now.
        Facts = "facts",
        /// Nothing fixed the end before.
        NoLastDay = "no_last_day",
    }
}

/// A standing order that a decision would replace. Whether it does is for the authority that
/// ordered it to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The measure ordered.
    pub measure: Option<Measure>,
    /// The last day ordered.
    pub until: Option<NaiveDate>,
    /// The clause it rests on.
    pub clause: Option<Box<str>>,
    /// Why the new one differs.
    pub because: ReplacedBecause,
}

/// Everything that follows from a clause applied to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequences {
    /// The order to issue; nothing where no measure applies on the day asked.
    pub order: Option<OrderToIssue>,
    /// The person is free of the measure from 00:00 of this day.
    pub release_on: Option<NaiveDate>,
    /// What follows.
    pub follow_up: Option<FollowUpDue>,
    /// The person is free of everything from 00:00 of this day.
    pub free_of_all_on: Option<NaiveDate>,
    /// The tests due, in the order of their days.
    pub tests: Vec<DueTest>,
    /// What stands and would be replaced; nothing where nothing stands or nothing differs.
    pub replaces: Option<Replaced>,
}

/// What follows from a decision for a person who enters the measure on a day, with the order that
/// stands.
///
/// Test days are numbered inside each part of a measure, the day of entering it being day 0 as
/// with lengths, by convention; lengths run from day 0 of the clause, whenever the person entered.
pub fn consequences(
    governed: &Governed,
    entered: Option<NaiveDate>,
    standing: Option<&OrderPeriod>,
) -> Consequences {
    let order = order_to_issue(governed);
    let measured = governed.measure != Measure::None;
    let follow_up = governed.then_measure.map(|measure| FollowUpDue {
        measure,
        from: governed.free_on(),
        until: governed.then_until,
    });
    let last = match follow_up {
        Some(follow_up) => follow_up.until,
        None => governed.until,
    };
    Consequences {
        release_on: governed.free_on(),
        free_of_all_on: last.and_then(|last| last.succ_opt()),
        tests: match measured {
            true => test_days(&governed.clause, entered, governed.until),
            false => Vec::new(),
        },
        replaces: standing.and_then(|standing| replaced(governed, order.as_ref(), standing)),
        follow_up,
        order,
    }
}

fn order_to_issue(governed: &Governed) -> Option<OrderToIssue> {
    (governed.on_as_of != Measure::None).then(|| OrderToIssue {
        measure: governed.on_as_of,
        place: governed.place_on_as_of().into(),
        counted_from: governed.counted_from.map(|(_, day)| day),
        until: governed.until_on_as_of(),
        clause: governed.clause.id.clone(),
    })
}

/// The dates of a clause's tests: of the measure from the day of entering it, of what follows from
/// the last day of the measure, which is its day 0.
pub(crate) fn test_days(
    clause: &Clause,
    entered: Option<NaiveDate>,
    last: Option<NaiveDate>,
) -> Vec<DueTest> {
    let due = |part, zero: Option<NaiveDate>| {
        move |day: &u16| DueTest {
            part,
            day: *day,
            on: zero.and_then(|zero| plus(zero, *day)),
            done: None,
        }
    };
    let tests = &clause.tests_on_days;
    let first = tests.first.iter().map(due(TestPart::Measure, entered));
    let then = tests.follow_up.iter().map(due(TestPart::FollowUp, last));
    let mut all: Vec<DueTest> = first.chain(then).collect();
    all.sort_by_key(|test| (test.part, test.day));
    all
}

fn replaced(
    governed: &Governed,
    order: Option<&OrderToIssue>,
    standing: &OrderPeriod,
) -> Option<Replaced> {
    let zero = governed.counted_from.map(|(_, day)| day);
    let same_clause = standing.clause.as_deref() == Some(&*governed.clause.id);
    let measure = order.map(|order| order.measure);
    let place = order.map(|order| &*order.place);
    let until = order.and_then(|order| order.until);
    let because = if standing.measure != measure || standing.place.as_deref() != place {
        ReplacedBecause::Measure
    } else if standing.until == until {
        return None;
    } else if standing.until.is_none() {
        ReplacedBecause::NoLastDay
    } else if zero.is_some() && standing.counted_from != zero {
        ReplacedBecause::DayZero
    } else if !same_clause {
        ReplacedBecause::Clause
    } else {
        ReplacedBecause::Facts
    };
    Some(Replaced {
        measure: standing.measure,
        until: standing.until,
        clause: standing.clause.clone(),
        because,
    })
}
