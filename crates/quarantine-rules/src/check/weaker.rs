//! Whether a clause asks less than another of the same person.

use crate::decide::Rule;
use crate::{Clause, Measure};

/// Whether on some day of the count the child asks less than the parent: a looser measure, or none
/// any more. Who is turned back is not here to be held, which is no loosening.
///
/// A contact window narrower than the parent's lets people go whom the parent holds.
pub(super) fn is_weaker(child: &Rule<'_>, parent: &Rule<'_>) -> bool {
    if child.clause.turns_back() {
        return false;
    }
    if parent.clause.turns_back() {
        return true;
    }
    let narrower = |own: Option<u16>, above: Option<u16>| {
        above.is_some_and(|above| own.is_some_and(|own| own < above))
    };
    if parent.clause.measure != Measure::None
        && (narrower(child.windows.before_onset, parent.windows.before_onset)
            || narrower(child.windows.asymptomatic, parent.windows.asymptomatic))
    {
        return true;
    }
    let (own, above) = (Course::of(child.clause), Course::of(parent.clause));
    let days = [0, own.until, own.then_until, above.until, above.then_until];
    // Measures change on the day after a last day and nowhere else.
    let changes = days.iter().flat_map(|day| [*day, day.saturating_add(1)]);
    changes
        .filter(|day| *day < NEVER)
        .any(|day| own.on(day) < above.on(day))
}

/// A day of the count that never comes: a measure without a fixed number of days.
const NEVER: u32 = u32::MAX;

/// Which measure holds on which day of the count.
struct Course {
    measure: Measure,
    until: u32,
    then: Measure,
    then_until: u32,
}

impl Course {
    fn of(clause: &Clause) -> Self {
        let until = clause.days.map_or(NEVER, u32::from);
        let more = clause.then_days.map_or(0, u32::from);
        Course {
            measure: clause.measure,
            until: match clause.measure {
                Measure::None => 0,
                _ => until,
            },
            then: clause.then_measure.unwrap_or(Measure::None),
            then_until: until.saturating_add(more),
        }
    }

    fn on(&self, day: u32) -> Measure {
        if day <= self.until {
            self.measure
        } else if day <= self.then_until {
            self.then
        } else {
            Measure::None
        }
    }
}
