//! Who stands at the checkpoints: hours no one covers, what passed, and tomorrow's posts.

use chrono::{NaiveDateTime, TimeDelta};

use crate::{AsOf, CheckpointId, Held, Ledger, Passage, PersonId, Shift, Snapshot};

/// A stretch of a day at a checkpoint with fewer people than its minimum, `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where.
    pub checkpoint: CheckpointId,
    /// The first minute short.
    pub from: NaiveDateTime,
    /// The first minute no longer short.
    pub until: NaiveDateTime,
    /// How many stood there.
    pub standing: u32,
    /// How many must.
    pub minimum: u32,
}

/// Who stood where on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    /// Checkpoints that stand by the end of the day.
    pub checkpoints: u32,
    /// Stretches short of the minimum, by checkpoint and time.
    pub gaps: Vec<Gap>,
    /// Clock hours at a checkpoint of which any minute was short, summed over checkpoints.
    pub hours_uncovered: u32,
    /// Shifts of the day that nobody has confirmed: they cover nothing.
    pub unconfirmed: Vec<(CheckpointId, PersonId, NaiveDateTime)>,
    /// Vehicles, people, fevers and people turned back on the day, summed.
    pub passed: Passed,
}

impl Posts {
    /// Whether it is proved that no hour was unmanned: checkpoints stand, and each had its people
    /// every minute.
    pub fn proves_manned(&self) -> bool {
        self.checkpoints > 0 && self.gaps.is_empty()
    }
}

/// What passed the checkpoints on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Vehicles.
    pub vehicles: u64,
    /// People.
    pub people: u64,
    /// People at or over the fever threshold.
    pub fevers: u64,
    /// People turned back.
    pub turned_back: u64,
}

/// Whether every checkpoint was manned on the day, minute by minute.
///
/// A shift covers its time only when the person has reported there, as known by then: a roster
/// is not a proof. A checkpoint must be manned from the instant it stands.
pub fn posts(township: &Snapshot<'_>, shifts: &Ledger<Shift>, passages: &Ledger<Passage>) -> Posts {
    let as_of = township.as_of;
    let mut posts = Posts::default();
    let mut standing: Vec<Vec<(NaiveDateTime, i64)>> =
        vec![Vec::new(); township.township.checkpoints().len()];
    for held in on_the_day(shifts, as_of) {
        let shift = held.what;
        if shift.checked_in_at.is_none_or(|at| !as_of.knows(at)) {
            posts
                .unconfirmed
                .push((shift.checkpoint, shift.person, shift.from));
        } else if let Some(changes) = standing.get_mut(shift.checkpoint.index()) {
            changes.push((shift.from.max(as_of.start()), 1));
            changes.push((shift.until.min(as_of.end()), -1));
        }
    }
    posts.unconfirmed.sort_unstable();
    for (id, checkpoint) in township.checkpoints() {
        posts.checkpoints += 1;
        let from = checkpoint
            .what
            .stands_from
            .map_or(as_of.start(), |from| from.max(as_of.start()));
        let changes = std::mem::take(&mut standing[id.index()]);
        let gaps = gaps(
            id,
            changes,
            (from, as_of.end()),
            checkpoint.what.minimum_staff,
        );
        posts.hours_uncovered += hours_touched(&gaps, as_of);
        posts.gaps.extend(gaps);
    }
    for held in passages
        .happened(as_of)
        .filter(|held| held.what.at >= as_of.start())
    {
        posts.passed.vehicles += u64::from(held.what.vehicles);
        posts.passed.people += u64::from(held.what.people);
        posts.passed.fevers += u64::from(held.what.fevers);
        posts.passed.turned_back += u64::from(held.what.turned_back);
    }
    posts
}

/// The shifts that touch a day, in the order of their ids.
pub fn on_the_day(shifts: &Ledger<Shift>, as_of: AsOf) -> impl Iterator<Item = Held<'_, Shift>> {
    shifts.as_of(as_of).filter(move |held| {
        held.what.from < as_of.end()
            && held.what.until > as_of.start()
            && held.what.from < held.what.until
    })
}

/// Where the count of people standing is under the minimum inside a stretch of time.
fn gaps(
    checkpoint: CheckpointId,
    mut changes: Vec<(NaiveDateTime, i64)>,
    (from, until): (NaiveDateTime, NaiveDateTime),
    minimum: u32,
) -> Vec<Gap> {
    changes.sort_unstable();
    let mut gaps: Vec<Gap> = Vec::new();
    let mut count: i64 = 0;
    let mut at = from;
    let mut close = |at: NaiveDateTime, next: NaiveDateTime, count: i64| {
        let standing = u32::try_from(count).unwrap_or(0);
        if next <= at || standing >= minimum {
            return;
        }
        match gaps.last_mut() {
            Some(last) if last.until == at && last.standing == standing => last.until = next,
            _ => gaps.push(Gap {
                checkpoint,
                from: at,
                until: next,
                standing,
                minimum,
            }),
        }
    };
    for (when, change) in changes {
        let when = when.clamp(from, until);
        close(at, when, count);
        count += change;
        at = at.max(when);
    }
    close(at, until, count);
    gaps
}

/// How many clock hours of the day the gaps of one checkpoint touch.
fn hours_touched(gaps: &[Gap], as_of: AsOf) -> u32 {
    let hour_starts = (0..24).map(|hour| as_of.start() + TimeDelta::hours(hour));
    let touched = |start: &NaiveDateTime| {
        gaps.iter()
            .any(|gap| gap.from < *start + TimeDelta::hours(1) && gap.until > *start)
    };
    u32::try_from(hour_starts.filter(touched).count()).unwrap_or(24)
}
