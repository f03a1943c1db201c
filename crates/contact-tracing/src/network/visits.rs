//! The visits of a network: columns in order, and what was added since.

use std::cmp::Ordering;
use std::ops::Range;

use grid_model::{PersonId, VenueId};
use rustc_hash::FxHashMap;

use super::column::{Column, Index, Starts};
use super::contacts::{OPEN, cut};
use super::names::{Names, sorted_and_named};
use super::refused::RefusedRow;
use crate::ContactLog;
use crate::log::Stay;
use crate::time::{Span, instant};

/// Visits in order of venue, time, person, end and id.
#[derive(Clone, Debug)]
pub(crate) struct Visits {
    from: Column,
    /// Seconds, or [`OPEN`].
    lasted: Column,
    people: Vec<PersonId>,
    of: Index,
    at: Starts,
    /// The latest known end of each visit and of those before it at its venue; of a visit whose
    /// end is not known, its beginning.
    ends_so_far: Column,
    /// The rows of visits whose end is not known.
    open: Vec<u32>,
    /// The venue at which each run of rows begins, in order.
    venues: Vec<(u32, VenueId)>,
    pub(super) names: Names,
    added: Vec<Stay>,
    /// Asked by person and by venue, never gone through.
    added_of: FxHashMap<PersonId, Vec<u32>>,
    added_at: FxHashMap<VenueId, Vec<u32>>,
}

impl Visits {
    /// Sorts the sound visits of a log; the others are named.
    pub(super) fn build(log: &ContactLog, refused: &mut Vec<RefusedRow>) -> Self {
        let mut sound: Vec<(Stay, u32)> = Vec::with_capacity(log.stays.len());
        for (row, &stay) in (0u32..).zip(&log.stays) {
            match sound_stay(stay, log.end, log.stay_ids.get(row as usize)) {
                Ok(stay) => sound.push((stay, row)),
                Err(why) => refused.push(why),
            }
        }
        let id_of = |row: u32| log.stay_ids.get(row as usize);
        let (names, again) = sorted_and_named(&mut sound, id_of);
        refused.extend(again.into_iter().map(|(stay, row)| {
            let (id, from) = (id_of(row).to_owned(), instant(stay.from));
            RefusedRow::VisitIdTwice { id, from }
        }));
        Self::of(&sound, names)
    }

    fn of(sound: &[(Stay, u32)], names: Names) -> Self {
        let stays = || sound.iter().map(|(stay, _)| *stay);
        let numbered = || (0u32..).zip(stays());
        let lasted = |stay: Stay| {
            let until = stay.until.map(|until| until.saturating_sub(stay.from));
            until.unwrap_or(OPEN)
        };
        let mut venues: Vec<(u32, VenueId)> =
            numbered().map(|(row, stay)| (row, stay.venue)).collect();
        venues.dedup_by_key(|(_, venue)| *venue);
        Visits {
            from: Column::of(stays().map(|stay| stay.from)),
            lasted: Column::of(stays().map(lasted)),
            people: stays().map(|stay| stay.person).collect(),
            of: Index::of(numbered().map(|(row, stay)| (stay.person.index(), row))),
            at: Starts::of(stays().map(|stay| stay.venue.index())),
            ends_so_far: Column::of(ends_so_far(sound).iter().copied()),
            open: numbered()
                .filter_map(|(row, stay)| stay.until.is_none().then_some(row))
                .collect(),
            venues,
            names,
            added: Vec::new(),
            added_of: FxHashMap::default(),
            added_at: FxHashMap::default(),
        }
    }

    /// A visit by its row.
    pub(crate) fn get(&self, row: u32) -> Option<Stay> {
        if let Some(added) = row.checked_sub(self.names.built()) {
            return self.added.get(added as usize).copied();
        }
        let run = self.venues.partition_point(|&(first, _)| first <= row);
        let (_, venue) = *self.venues.get(run.checked_sub(1)?)?;
        self.at_row(venue, row as usize)
    }

    /// A visit of which the venue is known already.
    fn at_row(&self, venue: VenueId, index: usize) -> Option<Stay> {
        let (from, lasted) = (self.from.get(index)?, self.lasted.get(index)?);
        Some(Stay {
            venue,
            from,
            person: *self.people.get(index)?,
            until: (lasted != OPEN).then(|| from.saturating_add(lasted)),
        })
    }

    /// The visits of a person that hold.
    pub(crate) fn of_person(&self, person: PersonId) -> impl Iterator<Item = (u32, Stay)> {
        let added = self.added_of.get(&person).map_or(&[][..], Vec::as_slice);
        let rows = self.of.of_key(person.index()).iter().chain(added);
        rows.filter(|&&row| self.names.holds(row))
            .filter_map(|&row| Some((row, self.get(row)?)))
    }

    /// Every visit that holds, by row.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, Stay)> {
        let holding = (0..self.names.rows()).filter(|&row| self.names.holds(row));
        holding.filter_map(|row| Some((row, self.get(row)?)))
    }

    /// The visits of a venue that hold, among which are all that touch one of some spans, each
    /// once; those that ended before, or began after, are passed over by bisection, but for
    /// those added since.
    ///
    /// The spans come in order of their beginning.
    pub(crate) fn during(
        &self,
        venue: VenueId,
        spans: &[Span],
        open_until: impl Fn(i64) -> i64,
    ) -> impl Iterator<Item = (u32, Stay)> {
        let here = self.at.range(venue.index());
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(spans.len());
        for &span in spans {
            let first = first_row(here.clone(), |row| {
                self.end_so_far(here.start, row, &open_until) < span.from
            });
            let last = first_row(here.clone(), |row| {
                self.from.get(row).is_some_and(|from| from < span.reach())
            });
            match ranges.last_mut() {
                Some(before) if first <= before.end => before.end = before.end.max(last),
                _ => ranges.push(first..last.max(first)),
            }
        }
        let built = ranges.into_iter().flatten().filter_map(move |index| {
            let row = u32::try_from(index).ok()?;
            Some((row, self.at_row(venue, index)?))
        });
        let added = self.added_at.get(&venue).map_or(&[][..], Vec::as_slice);
        let added = added.iter().filter_map(|&row| Some((row, self.get(row)?)));
        built.chain(added).filter(|&(row, _)| self.names.holds(row))
    }

    /// The latest end of a visit and of those before it at its venue. A visit of no length still
    /// touches the second it is in.
    fn end_so_far(&self, start: usize, row: usize, open_until: &impl Fn(i64) -> i64) -> i64 {
        let known = self.ends_so_far.get(row).unwrap_or(i64::MAX);
        // Of visits whose end is not known the one that began last ends last.
        let later = self.open.partition_point(|&open| open as usize <= row);
        let open = later.checked_sub(1).and_then(|place| self.open.get(place));
        let open = open.filter(|&&open| open as usize >= start);
        let open = open.and_then(|&open| self.from.get(open as usize));
        known.max(open.map_or(i64::MIN, open_until))
    }

    /// The order of two visits by what they say, then by their ids.
    pub(crate) fn order(&self, a: u32, b: u32) -> Ordering {
        let built = self.names.built();
        if a < built && b < built {
            // So the rows were sorted.
            return a.cmp(&b);
        }
        let by_id = || self.names.id(a).cmp(self.names.id(b));
        self.get(a).cmp(&self.get(b)).then_with(by_id)
    }

    /// Adds a sound visit under an id that none has.
    pub(super) fn add(&mut self, id: &str, stay: Stay) {
        let row = self.names.add(id);
        self.added.push(stay);
        self.added_of.entry(stay.person).or_default().push(row);
        self.added_at.entry(stay.venue).or_default().push(row);
    }
}

/// The first row of a range for which something no longer holds, by bisection.
fn first_row(range: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn ends_so_far(sound: &[(Stay, u32)]) -> Vec<i64> {
    let mut all = Vec::with_capacity(sound.len());
    for at_venue in sound.chunk_by(|(a, _), (b, _)| a.venue == b.venue) {
        let mut latest = i64::MIN;
        all.extend(at_venue.iter().map(|(stay, _)| {
            latest = latest.max(stay.last_seen());
            latest
        }));
    }
    all
}

/// A visit cut off at the end of its log, or why there is none.
pub(super) fn sound_stay(stay: Stay, end: Option<i64>, id: &str) -> Result<Stay, RefusedRow> {
    let (id, from) = (|| id.to_owned(), instant(stay.from));
    if let Some(until) = stay.until.filter(|&until| until < stay.from) {
        let (id, until) = (id(), instant(until));
        return Err(RefusedRow::VisitEndsFirst { id, from, until });
    }
    match end {
        Some(end) if stay.from >= end => {
            let (id, end) = (id(), instant(end));
            Err(RefusedRow::VisitAfterEnd { id, from, end })
        }
        _ => Ok(Stay {
            until: stay.until.map(|until| cut(until, end)),
            ..stay
        }),
    }
}

impl Stay {
    /// The last that is known of it.
    pub(super) fn last_seen(&self) -> i64 {
        self.until.unwrap_or(self.from)
    }

    /// Its time, where its end is known or was taken to be.
    pub(crate) fn span(&self, open_until: impl FnOnce() -> i64) -> Span {
        Span {
            from: self.from,
            until: self.until.unwrap_or_else(open_until),
        }
    }
}
