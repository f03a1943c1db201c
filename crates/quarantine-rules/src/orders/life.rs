//! One person's events, one after the other.

use chrono::NaiveDate;
use grid_model::Held;

use super::Orders;
use super::irregular::{Irregularity, IrregularityKind as Kind};
use super::{EndReason, LateEntry, OrderChange, OrderEffect, OrderFlags, OrderPeriod, OrderState};
use crate::{OrderEvent, OrderEventKind as Event};

type Given<'a> = Held<'a, OrderEvent>;

/// More days than any order lasts, by convention: one longer is most likely a slip of the pen.
const A_YEAR: i64 = 366;

/// Follows one person's events, in the order of time, until the end of a day.
pub(super) fn follow(events: &[Given<'_>], day: NaiveDate, orders: &mut Orders) {
    let mut life = Life {
        periods: Vec::new(),
        orders,
    };
    for event in events {
        life.expire(event.what.at.date());
        life.apply(event);
        life.note_late(event);
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
    fn state(&self) -> OrderState {
        self.periods
            .last()
            .map_or(OrderState::NeverOrdered, OrderPeriod::state)
    }

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
        let (effect, unfit) = self.state().on(event.what.event);
        match effect {
            OrderEffect::Opens => self.open(event, unfit),
            OrderEffect::Replaces => self.replace(event, unfit),
            OrderEffect::Begins => {
                self.mark(event, |period, on| {
                    period.begun_on = period.begun_on.or(Some(on));
                });
                self.note_all(event, unfit);
            }
            OrderEffect::Breaks => self.mark(event, |period, _| period.flags.broken = true),
            OrderEffect::MovesLastDay => self.move_last_day(event),
            OrderEffect::Reopens => self.reopen(event, unfit),
            OrderEffect::Ends => self.end(event),
            OrderEffect::Certifies => self.certify(event),
            OrderEffect::Nothing => self.note_all(event, unfit),
        }
    }

    /// Notes something about the standing order.
    fn mark(&mut self, event: &Given<'_>, change: impl Fn(&mut OrderPeriod, NaiveDate)) {
        if let Some(period) = self.current() {
            change(period, event.what.at.date());
            period.records.push(event.id.into());
        }
    }

    fn open(&mut self, event: &Given<'_>, unfit: Option<Kind>) {
        self.note_all(event, unfit);
        let period = opened(event, None);
        self.begin(event, period);
    }

    fn replace(&mut self, event: &Given<'_>, unfit: Option<Kind>) {
        self.note_all(event, unfit);
        // A second order says itself what it asks; a transfer leaves unsaid what stays.
        let transferred = event.what.event == Event::Transferred;
        let former = self.current().map(|period| {
            period.ended = Some((event.what.at.date(), EndReason::Transferred));
            period.clone()
        });
        let mut period = opened(event, former.as_ref().filter(|_| transferred));
        if let Some(former) = &former {
            period.changes = vec![change(event, former.until, period.until)];
        }
        self.begin(event, period);
    }

    /// Puts a period that an event begins beside the others, and says what does not fit.
    fn begin(&mut self, event: &Given<'_>, mut period: OrderPeriod) {
        let on = period.from;
        let (zero, until) = (period.counted_from, period.until);
        if zero.zip(until).is_some_and(|(zero, until)| until < zero) {
            period.until = None;
            self.note(event, Kind::LastDayBeforeDayZero);
        }
        let first = zero.unwrap_or(on);
        let lasts = |until: NaiveDate| until.signed_duration_since(first).num_days();
        period.flags.over_before_it_began = period.until.is_some_and(|until| until < on);
        let unfit = [
            (period.measure.is_none(), Kind::NoMeasure),
            (period.clause.is_none(), Kind::NoClause),
            (period.flags.over_before_it_began, Kind::OverBeforeItBegan),
            (zero.is_some_and(|zero| on < zero), Kind::DayZeroAfterOrder),
            (
                period.until.is_some_and(|until| lasts(until) > A_YEAR),
                Kind::LongerThanAYear,
            ),
        ];
        for (found, kind) in unfit {
            self.note_all(event, found.then_some(kind));
        }
        self.periods.push(period);
    }

    fn move_last_day(&mut self, event: &Given<'_>) {
        let Some(until) = event.what.until else {
            return self.note(event, Kind::NoNewLastDay);
        };
        let extended = event.what.event == Event::Extended;
        let on = event.what.at.date();
        let Some(period) = self.current() else { return };
        let former = period.until;
        if period.counted_from.is_some_and(|zero| until < zero) {
            return self.note(event, Kind::LastDayBeforeDayZero);
        }
        period.changes.push(change(event, former, Some(until)));
        period.until = Some(until);
        period.flags.extended |= extended;
        period.flags.shortened |= !extended;
        period.records.push(event.id.into());
        // Until this record the order held, whatever last day it names now.
        if until < on {
            period.ended = Some((on, EndReason::OwnDate));
        }
        let first = period.counted_from.unwrap_or(period.from);
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
        if until.signed_duration_since(first).num_days() > A_YEAR {
            self.note(event, Kind::LongerThanAYear);
        }
    }

    /// An extension of an order that ended by its own date makes it hold again from that day.
    fn reopen(&mut self, event: &Given<'_>, unfit: Option<Kind>) {
        let on = event.what.at.date();
        let Some(until) = event.what.until else {
            return self.note(event, Kind::NoNewLastDay);
        };
        let Some(former) = self.periods.last().filter(|_| on <= until).cloned() else {
            return self.note(event, Kind::ChangeAfterEnd);
        };
        self.note_all(event, unfit);
        // An extension moves the last day and nothing else.
        self.periods.push(OrderPeriod {
            records: vec![event.id.into()],
            from: on,
            changes: vec![change(event, former.until, Some(until))],
            until: Some(until),
            ended: None,
            certified_on: None,
            flags: OrderFlags {
                extended: true,
                ..OrderFlags::default()
            },
            ..former
        });
    }

    /// Ends the standing order on the day of an event.
    fn end(&mut self, event: &Given<'_>) {
        let on = event.what.at.date();
        let released = event.what.event == Event::Released;
        let Some(period) = self.current() else { return };
        let early = released && period.until.is_some_and(|until| on <= until);
        let (by, ordered_by) = (&event.what.ordered_by, &period.ordered_by);
        let by_another = released && by.is_some() && ordered_by.is_some() && by != ordered_by;
        period.ended = Some(match released {
            true => (on, EndReason::Released),
            false => (on, EndReason::Overturned),
        });
        period.certified_on = Some(on);
        period.records.push(event.id.into());
        self.note_all(event, early.then_some(Kind::ReleasedTooEarly));
        self.note_all(event, by_another.then_some(Kind::ReleasedByAnother));
    }

    /// The certificate of an order that ended by its own date, in time on the morning after.
    fn certify(&mut self, event: &Given<'_>) {
        let on = event.what.at.date();
        let Some(last) = self.periods.last_mut() else {
            return;
        };
        if last.certified_on.is_some() {
            return self.note(event, Kind::ReleasedTwice);
        }
        last.records.push(event.id.into());
        last.certified_on = Some(on);
        let late = last.ended != Some((on, EndReason::OwnDate));
        self.note_all(event, late.then_some(Kind::ReleasedLate));
    }

    fn note(&mut self, event: &Given<'_>, kind: Kind) {
        self.note_all(event, Some(kind));
    }

    fn note_all(&mut self, event: &Given<'_>, kinds: Option<Kind>) {
        let noted = kinds.map(|kind| Irregularity {
            person: event.what.person,
            at: event.what.at,
            record: event.id.into(),
            kind,
        });
        self.orders.irregularities.extend(noted);
    }

    /// Lists an event that became known after its day, or that a correction changed.
    fn note_late(&mut self, event: &Given<'_>) {
        let corrected = event.record != event.id;
        if corrected || event.what.at.date() < event.known_at.date() {
            self.orders.late_entries.push(LateEntry {
                person: event.what.person,
                at: event.what.at,
                record: event.id.into(),
                known_at: event.known_at,
                corrected_by: corrected.then(|| event.record.into()),
            });
        }
    }
}

/// The period an event begins, taking over from the former what the event leaves unsaid.
fn opened(event: &Given<'_>, former: Option<&OrderPeriod>) -> OrderPeriod {
    let what = event.what;
    let words = |own: &Option<Box<str>>, of: fn(&OrderPeriod) -> &Option<Box<str>>| {
        own.clone().or(former.and_then(|former| of(former).clone()))
    };
    OrderPeriod {
        person: what.person,
        records: vec![event.id.into()],
        measure: what.measure.or(former.and_then(|former| former.measure)),
        place: words(&what.place, |former| &former.place),
        from: what.at.date(),
        begun_on: None,
        counted_from: what
            .counted_from
            .or(former.and_then(|former| former.counted_from)),
        until: what.until.or(former.and_then(|former| former.until)),
        changes: Vec::new(),
        ended: None,
        certified_on: None,
        clause: words(&what.clause, |former| &former.clause),
        ordered_by: words(&what.ordered_by, |former| &former.ordered_by),
        flags: OrderFlags::default(),
    }
}

fn change(event: &Given<'_>, replaced: Option<NaiveDate>, until: Option<NaiveDate>) -> OrderChange {
    let what = event.what;
    OrderChange {
        record: event.id.into(),
        at: what.at,
        event: what.event,
        replaced,
        until,
        counted_from: what.counted_from,
        clause: what.clause.clone(),
        ordered_by: what.ordered_by.clone(),
    }
}
