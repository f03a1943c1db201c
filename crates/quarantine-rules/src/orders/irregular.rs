//! Events that do not fit the life of an order. They are listed with what to do, never refused.

use std::fmt;

use chrono::NaiveDateTime;
use grid_model::{PersonId, words};

use crate::Language;

words! {
    /// What does not fit.
    pub enum IrregularityKind {
        /// An order was given while another stood: it counts as a change of order.
        OrderedTwice = "ordered_twice",
        /// An order or change names no measure.
        NoMeasure = "no_measure",
        /// An order rests on no clause: it holds, and nobody can say why.
        NoClause = "no_clause",
        /// Its last day lies before its day 0: that day is not believed, so that nobody is let go
        /// by a slip of the pen.
        LastDayBeforeDayZero = "last_day_before_day_zero",
        /// Its day 0 lies after the day it was given.
        DayZeroAfterOrder = "day_zero_after_order",
        /// It is to last over a year: it holds as long as it says.
        LongerThanAYear = "longer_than_a_year",
        /// Its last day lies before the day it was given: it never holds.
        OverBeforeItBegan = "over_before_it_began",
        /// The person went under an order nobody had given.
        BegunBeforeOrdered = "begun_before_ordered",
        /// The person went under an order a second time: the first time counts.
        BegunTwice = "begun_twice",
        /// The person went under an order that was over.
        BegunAfterEnd = "begun_after_end",
        /// An extension or shortening names no new last day: nothing changes.
        NoNewLastDay = "no_new_last_day",
        /// An extension moves the last day earlier, or a shortening later: it is applied.
        WrongWay = "wrong_way",
        /// An extension of an order that was over by its own date: it holds again from that day.
        ExtendedAfterEnd = "extended_after_end",
        /// A change of an order nobody had given: a transfer begins one, all else is without
        /// effect.
        ChangeWithoutOrder = "change_without_order",
        /// A change of an order that was over: a transfer begins one, all else is without effect.
        ChangeAfterEnd = "change_after_end",
        /// A release of somebody under no order.
        ReleaseWithoutOrder = "release_without_order",
        /// A release on the last day or before: the person is free from that day.
        ReleasedTooEarly = "released_too_early",
        /// A release recorded later than the morning after the last day: the order had ended.
        ReleasedLate = "released_late",
        /// A release of somebody a record had let go already.
        ReleasedTwice = "released_twice",
        /// An order lifted before its end by another than who gave it: it is applied.
        ReleasedByAnother = "released_by_another",
    }
}

/// An event that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Irregularity {
    /// Whose order.
    pub person: PersonId,
    /// When.
    pub at: NaiveDateTime,
    /// The id of the record.
    pub record: Box<str>,
    /// What does not fit.
    pub kind: IrregularityKind,
}

impl IrregularityKind {
    /// What does not fit and how it is taken, in a sentence.
    pub fn meaning(self, language: Language) -> &'static str {
        let (chinese, english) = self.said();
        language.pick(chinese, english)
    }

    /// What to do about the record, in a sentence.
    pub fn remedy(self, language: Language) -> &'static str {
        let (chinese, english) = self.advised();
        language.pick(chinese, english)
    }

    fn said(self) -> (&'static str, &'static str) {
        use IrregularityKind::*;
        match self {
            OrderedTwice => (
                "原决定仍有效时又作决定，按变更处理",
                "an order while another stood, taken as a change of order",
            ),
            NoMeasure => ("未写措施", "no measure is named"),
            NoClause => (
                "未写依据条款，仍按决定执行",
                "no clause is named; the order holds",
            ),
            LastDayBeforeDayZero => (
                "最后一天早于第0天，不予采信，决定继续执行",
                "the last day lies before day 0 and is not believed; the order holds",
            ),
            DayZeroAfterOrder => (
                "第0天晚于作出决定之日",
                "day 0 lies after the day of the order",
            ),
            LongerThanAYear => ("期限超过一年", "it is to last over a year"),
            OverBeforeItBegan => (
                "最后一天早于作出决定之日，决定从未生效",
                "the last day lies before the day of the order, which never held",
            ),
            BegunBeforeOrdered => (
                "尚无决定即登记开始，不产生效力",
                "begun before anything was ordered, without effect",
            ),
            BegunTwice => (
                "重复登记开始，以首次为准",
                "begun a second time; the first time counts",
            ),
            BegunAfterEnd => (
                "决定结束后登记开始，不产生效力",
                "begun after the order was over, without effect",
            ),
            NoNewLastDay => (
                "延长或缩短未写新的最后一天，不产生效力",
                "an extension or shortening without a new last day changes nothing",
            ),
            WrongWay => (
                "延长反而提前，或缩短反而推后，已按所写日期执行",
                "an extension moves the last day earlier or a shortening later; it is applied",
            ),
            ExtendedAfterEnd => (
                "期满后才延长，自登记之日起重新执行",
                "extended after it was over; it holds again from the day of the record",
            ),
            _ => self.said_of_ends(),
        }
    }

    fn said_of_ends(self) -> (&'static str, &'static str) {
        use IrregularityKind::*;
        match self {
            ChangeWithoutOrder => (
                "尚无决定即登记变更，除转送外不产生效力",
                "a change where nothing was ordered; only a transfer has effect",
            ),
            ChangeAfterEnd => (
                "决定结束后登记变更，除转送外不产生效力",
                "a change after the order was over; only a transfer has effect",
            ),
            ReleaseWithoutOrder => (
                "尚无决定即登记解除，不产生效力",
                "a release where nothing was ordered, without effect",
            ),
            ReleasedTooEarly => (
                "未满最后一天即解除，已按解除处理",
                "released on the last day or before; the person is free",
            ),
            ReleasedLate => (
                "期满次日之后才登记解除，实际已于期满次日结束",
                "the release was recorded late; the order had ended by itself",
            ),
            ReleasedTwice => (
                "重复登记解除，以首次为准",
                "released a second time; the first time counts",
            ),
            _ => (
                "期满前由原决定机关以外的机关解除，已按解除处理",
                "lifted before its end by another than who ordered it; it is applied",
            ),
        }
    }

    fn advised(self) -> (&'static str, &'static str) {
        use IrregularityKind::*;
        match self {
            OrderedTwice => (
                "如属变更，请改登为转送；如属重复，请更正撤回",
                "record it as transferred, or withdraw it where it says the same twice",
            ),
            NoMeasure => ("请更正并写明措施", "correct it and name the measure"),
            NoClause => (
                "请更正并写明依据条款",
                "correct it and name the clause it rests on",
            ),
            LastDayBeforeDayZero => (
                "请核对两个日期并更正",
                "look up both dates and correct the record",
            ),
            DayZeroAfterOrder => (
                "请核对起算日并更正",
                "look up the day it counts from and correct the record",
            ),
            LongerThanAYear => (
                "请核对最后一天并更正",
                "look up the last day and correct the record",
            ),
            OverBeforeItBegan => (
                "请核对最后一天；如系补登，不必处理",
                "look up the last day; where the order was entered afterwards nothing is to be done",
            ),
            BegunBeforeOrdered | ChangeWithoutOrder | ReleaseWithoutOrder => (
                "请补登原决定，或核对人员编号",
                "record the order it belongs to, or look up the person",
            ),
            BegunTwice | ReleasedTwice => ("请更正撤回本条", "withdraw this record"),
            BegunAfterEnd | ChangeAfterEnd => (
                "如须继续执行，请另作决定；否则请更正撤回",
                "give a new order where one is needed, or withdraw this record",
            ),
            NoNewLastDay => (
                "请更正并写明新的最后一天",
                "correct it and write the new last day",
            ),
            WrongWay => (
                "请核对最后一天，或将延长、缩短互换",
                "look up the last day, or write shortened for extended or the reverse",
            ),
            ExtendedAfterEnd => (
                "请核实中断期间人员情况，并查明迟延原因",
                "find out where the person was in between and why it came late",
            ),
            ReleasedTooEarly => (
                "请当日核实；如有误，请另作决定",
                "look into it today and give a new order where it was a mistake",
            ),
            ReleasedLate => (
                "请核实通知书送达日期",
                "find out on which day the certificate was handed over",
            ),
            ReleasedByAnother => (
                "请由原决定机关确认",
                "have the authority that ordered it confirm the release",
            ),
        }
    }
}

impl fmt::Display for Irregularity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Irregularity {
            record, at, kind, ..
        } = self;
        let meaning = kind.meaning(Language::English);
        let remedy = kind.remedy(Language::English);
        let at = at.format("%Y-%m-%dT%H:%M");
        write!(f, "order record {record:?} of {at}: {meaning}; {remedy}")
    }
}
