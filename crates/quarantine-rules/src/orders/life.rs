//! One person's events, one after the other.

use chrono::NaiveDate;
use grid_model::Held;

use super::irregular::{Irregularity, IrregularityKind as Kind};
use super::{EndReason, OrderFlags, OrderPeriod, Orders};
use crate::{OrderEvent, OrderEventKind as Event};

type Given<'a> = Held<'a, OrderEvent>;

/// Follows one person's events, in the order of time, until the end of a day.
pub(super) fn follow(events: &[Given<'_>], day: NaiveDate, orders: &mut Orders) {
    let mut life = Life {
        periods: Vec::new(),
        orders,
    };
    for event in events {
        life.expire(event.what.at.date());
        life.apply(event);
    }
    life.expire(day);
    let periods = life.periods;
    orders.periods.extend(periods);
}

/// The periods of one person so far; only the last may stand.
struct Life<'o> {
    periods: Vec<OrderPeriod>,
    orders: &'o mut Orders,
}

impl Life<'_> {
    /// Ends the standing order where its own last day is over when a day begins.
    fn expire(&mut self, day: NaiveDate) {
        if let Some(period) = self.current()
            && let Some(end) = period.own_end().filter(|end| *end <= day)
        {
            period.ended = Some((end, EndReason::OwnDate));
        }
    }

    fn current(&mut self) -> Option<&mut OrderPeriod> {
        self.periods
            .last_mut()
            .filter(|period| period.ended.is_none())
    }

    fn apply(&mut self, event: &Given<'_>) {
        match event.what.event {
            Event::Ordered => self.ordered(event),
            Event::Transferred => self.transferred(event),
            Event::Begun if self.mark(event, |flags| flags.begun = true) => {}
            Event::Begun if self.periods.is_empty() => self.note(event, Kind::BegunBeforeOrdered),
            Event::Begun => self.note(event, Kind::BegunAfterEnd),
            Event::Broken if self.mark(event, |flags| flags.broken = true) => {}
            Event::Broken => self.without_order(event),
            Event::Extended | Event::Shortened => self.change_last_day(event),
            Event::Released => self.released(event),
            Event::Overturned if self.end(event, EndReason::Overturned) => {}
            Event::Overturned => self.without_order(event),
        }
    }

    /// Flags the standing order; false where none stands.
    fn mark(&mut self, event: &Given<'_>, flag: impl Fn(&mut OrderFlags)) -> bool {
        let Some(period) = self.current() else {
            return false;
        };
        flag(&mut period.flags);
        period.records.push(event.id.into());
        true
    }

    fn ordered(&mut self, event: &Given<'_>) {
        if self.end(event, EndReason::Transferred) {
            self.note(event, Kind::OrderedTwice);
        }
        self.open(event, None);
    }

    fn transferred(&mut self, event: &Given<'_>) {
        let former = self.current().cloned();
        if !self.end(event, EndReason::Transferred) {
            self.without_order(event);
        }
        self.open(event, former.as_ref());
    }

    /// Opens a period, taking over from the former what the event leaves empty.
    fn open(&mut self, event: &Given<'_>, former: Option<&OrderPeriod>) {
        let what = event.what;
        let from = what.at.date();
        let mut period = OrderPeriod {
            person: what.person,
            records: vec![event.id.into()],
            measure: what.measure.or(former.and_then(|former| former.measure)),
            place: what
                .place
                .clone()
                .or(former.and_then(|former| former.place.clone())),
            from,
            counted_from: what
                .counted_from
                .or(former.and_then(|former| former.counted_from)),
            until: what.until.or(former.and_then(|former| former.until)),
            ended: None,
            clause: what
                .clause
                .clone()
                .or(former.and_then(|former| former.clause.clone())),
            ordered_by: what
                .ordered_by
                .clone()
                .or(former.and_then(|former| former.ordered_by.clone())),
            flags: OrderFlags::default(),
        };
        period.flags.over_before_it_began = period.until.is_some_and(|until| until < from);
        if period.measure.is_none() {
            self.note(event, Kind::NoMeasure);
        }
        if period.flags.over_before_it_began {
            self.note(event, Kind::OverBeforeItBegan);
        }
        self.periods.push(period);
    }

    fn change_last_day(&mut self, event: &Given<'_>) {
        let Some(until) = event.what.until else {
            return self.note(event, Kind::NoNewLastDay);
        };
        let extended = event.what.event == Event::Extended;
        let on = event.what.at.date();
        let Some(period) = self.current() else {
            return self.change_after_end(event, until);
        };
        let former = period.until;
        period.until = Some(until);
        period.flags.extended |= extended;
        period.flags.shortened |= !extended;
        period.records.push(event.id.into());
        // Until this record the order held, whatever last day it names now.
        if until < on {
            period.ended = Some((on, EndReason::OwnDate));
        }
        let wrong = former.is_some_and(|former| {
            if extended {
                until < former
            } else {
                former < until
            }
        });
        if wrong || (former.is_none() && extended) {
            self.note(event, Kind::WrongWay);
        }
    }

    /// An extension of an order that ended by its own date makes it hold again from that day;
    /// one that a record ended stays ended.
    fn change_after_end(&mut self, event: &Given<'_>, until: NaiveDate) {
        let on = event.what.at.date();
        let last = self.periods.last();
        let own_end = last.filter(|last| matches!(last.ended, Some((_, EndReason::OwnDate))));
        match own_end.cloned() {
            Some(former) if event.what.event == Event::Extended && on <= until => {
                self.note(event, Kind::ExtendedAfterEnd);
                // An extension moves the last day and nothing else.
                self.periods.push(OrderPeriod {
                    records: vec![event.id.into()],
                    from: on,
                    until: Some(until),
                    ended: None,
                    flags: OrderFlags {
                        extended: true,
                        ..OrderFlags::default()
                    },
                    ..former
                });
            }
            _ => self.without_order(event),
        }
    }

    fn released(&mut self, event: &Given<'_>) {
        let on = event.what.at.date();
        let early = self
            .current()
            .is_some_and(|period| period.until.is_some_and(|until| on <= until));
        if self.end(event, EndReason::Released) {
            if early {
                self.note(event, Kind::ReleasedTooEarly);
            }
            return;
        }
        let kind = match self.periods.last_mut() {
            None => Kind::ReleaseWithoutOrder,
            // The certificate of the morning after the last day.
            Some(last) if last.ended == Some((on, EndReason::OwnDate)) => {
                last.records.push(event.id.into());
                return;
            }
            Some(last) if matches!(last.ended, Some((_, EndReason::OwnDate))) => {
                last.records.push(event.id.into());
                Kind::ReleasedLate
            }
            Some(_) => Kind::ReleasedTwice,
        };
        self.note(event, kind);
    }

    /// Ends the standing order on the day of an event; false where none stands.
    fn end(&mut self, event: &Given<'_>, reason: EndReason) -> bool {
        let on = event.what.at.date();
        let changes = reason == EndReason::Transferred;
        match self.current() {
            Some(period) => {
                period.ended = Some((on, reason));
                // The record of a change begins the next period.
                if !changes {
                    period.records.push(event.id.into());
                }
                true
            }
            None => false,
        }
    }

    fn without_order(&mut self, event: &Given<'_>) {
        let kind = match self.periods.is_empty() {
            true => Kind::ChangeWithoutOrder,
            false => Kind::ChangeAfterEnd,
        };
        self.note(event, kind);
    }

    fn note(&mut self, event: &Given<'_>, kind: Kind) {
        self.orders.irregularities.push(Irregularity {
            person: event.what.person,
            at: event.what.at,
            record: event.id.into(),
            kind,
        });
    }
}
