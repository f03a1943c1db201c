//! One sweep over the stays in order of time.

use std::num::NonZeroU32;

use super::arrivals::{NONE, SEED, Seat, VisitArrivals};
use super::log::{Row, VisitLog};

/// The earliest arrival at everyone who can be reached over stays and meetings from a seed that
/// may pass on from `start` (in the log's seconds) on, by [the definition](super); the seed itself
/// is left out.
///
/// `least_overlap` is how many seconds two must be together for one to reach the other;
/// [`NonZeroU32::MIN`] asks for one.
///
/// Linear in the stays up to the last arrival, in time; takes 8 bytes a stay, 21 a person and 16 a
/// venue while it runs. A seed that is in no row reaches nobody.
pub fn earliest_arrival_by_visits(
    log: &VisitLog,
    seed: u64,
    start: i64,
    least_overlap: NonZeroU32,
) -> VisitArrivals<'_> {
    let mut sweep = Sweep::new(log, least_overlap);
    if let Some(seed) = log.people.of(seed) {
        sweep.run(seed, start);
    }
    VisitArrivals {
        log,
        seats: sweep.seats,
        looks: sweep.looks,
    }
}

/// Who is at a venue.
#[derive(Clone, Copy)]
struct Venue {
    /// Until when the last of those present who can pass on stays.
    until: i64,
    /// That stay.
    source: u32,
    /// The first of those who came while nobody there could pass on.
    waiting: u32,
}

struct Sweep<'log> {
    rows: &'log [Row],
    longest: u64,
    least: u64,
    /// Whether a person can pass on by now: one byte, asked first for every stay, so that the
    /// table fits the cache and nothing else of a person is touched in the busy middle of a log.
    passes_on: Vec<bool>,
    seats: Vec<Seat>,
    /// The stays that a person who cannot pass on yet has begun, latest first.
    own: Vec<u32>,
    venues: Vec<Venue>,
    /// For each stay that waits at a venue, the next there. The lists of all venues lie in this
    /// one array, so that a venue with a visit a week costs no allocation of its own.
    next_waiting: Vec<u32>,
    /// For each stay in the list of its person, the next there.
    next_own: Vec<u32>,
    /// Who was reached at the present second.
    fresh: Vec<u32>,
    /// How many people are not reached.
    left: usize,
    looks: u64,
}

impl<'log> Sweep<'log> {
    fn new(log: &'log VisitLog, least_overlap: NonZeroU32) -> Self {
        let people = log.people.len();
        let nobody = Venue {
            until: i64::MIN,
            source: NONE,
            waiting: NONE,
        };
        Sweep {
            rows: &log.rows,
            longest: log.longest,
            least: least_overlap.get().into(),
            passes_on: vec![false; people],
            seats: vec![Seat::UNREACHED; people],
            own: vec![NONE; people],
            venues: vec![nobody; log.venues.len() + log.meeting_count()],
            // Zeroed memory costs nothing until it is written, and what is read was written
            // before: a log in which everyone is reached early never touches most of it.
            next_waiting: vec![0; log.rows.len()],
            next_own: vec![0; log.rows.len()],
            fresh: Vec::new(),
            left: people,
            looks: 0,
        }
    }

    fn run(&mut self, seed: u32, start: i64) {
        self.reach(seed, NONE, SEED, start);
        let rows = self.rows;
        let mut row = self.sit_down_before(start);
        let mut now = start;
        loop {
            self.pass_on_from(now);
            while let Some(begun) = rows.get(row).filter(|begun| begun.from == now) {
                self.begin(row_number(row), *begun, now);
                row += 1;
            }
            now = match rows.get(row) {
                // Nobody is left to reach: the rest of the log changes nothing.
                _ if self.left == 0 => return,
                // Who was reached at this second passes on from the next, if still somewhere: a
                // stay holds one second more, so there is a next one.
                _ if !self.fresh.is_empty() => now.saturating_add(1),
                Some(begun) => begun.from,
                None => return,
            };
        }
    }

    /// Seats those who came before the start and are still there; the first row from the start on.
    fn sit_down_before(&mut self, start: i64) -> usize {
        let rows = self.rows;
        let could_be_there =
            |row: &Row| row.from >= start || row.from.abs_diff(start) < self.longest;
        let first = rows.partition_point(|row| !could_be_there(row));
        let end = rows.partition_point(|row| row.from < start);
        for (row, begun) in rows.iter().enumerate().take(end).skip(first) {
            self.looks += 1;
            if self.lasts(start, begun.until) {
                self.wait(row_number(row), *begun);
                self.hold(row_number(row), *begun, start);
            }
        }
        end
    }

    /// Whether a stay that ends then still lasts for the least overlap.
    fn lasts(&self, now: i64, until: i64) -> bool {
        // Of two i64 the distance is a u64: nothing overflows at the ends of time.
        until > now && until.abs_diff(now) >= self.least
    }

    /// Someone comes.
    fn begin(&mut self, row: u32, begun: Row, now: i64) {
        self.looks += 1;
        if !self.lasts(now, begun.until) {
            return;
        }
        if self.passes_on[begun.person as usize] {
            return self.offer(row, begun, now);
        }
        let venue = self.venues[begun.venue as usize];
        if self.lasts(now, venue.until) {
            self.reach(begun.person, row, venue.source, now);
        } else {
            self.wait(row, begun);
        }
        self.hold(row, begun, now);
    }

    /// Someone who can pass on is there: all who wait and stay long enough are reached, and who
    /// does not stay long enough now never will. So nobody is left waiting, and each stay waits
    /// once.
    fn offer(&mut self, row: u32, source: Row, now: i64) {
        let venue = &mut self.venues[source.venue as usize];
        let mut waiting = venue.waiting;
        venue.waiting = NONE;
        if source.until > venue.until {
            venue.until = source.until;
            venue.source = row;
        }
        while let Some(other) = self.rows.get(waiting as usize) {
            self.looks += 1;
            if self.lasts(now, other.until) {
                self.reach(other.person, waiting, row, now);
            }
            waiting = self.next_waiting[waiting as usize];
        }
    }

    /// Notes how a person was reached, unless that is known already.
    fn reach(&mut self, person: u32, own: u32, source: u32, now: i64) {
        let seat = &mut self.seats[person as usize];
        if seat.source == NONE {
            *seat = Seat {
                at: now,
                own,
                source,
            };
            self.left -= 1;
            self.fresh.push(person);
        }
    }

    /// Keeps a stay for when someone who can pass on comes to its venue.
    fn wait(&mut self, row: u32, begun: Row) {
        let venue = &mut self.venues[begun.venue as usize];
        self.next_waiting[row as usize] = venue.waiting;
        venue.waiting = row;
    }

    /// Keeps a stay for when its person can pass on.
    fn hold(&mut self, row: u32, begun: Row, now: i64) {
        // A person is at one place at most times: when the next stay begins the one before is
        // over, and the list never grows longer than the places the person is at together.
        let mut last = self.own[begun.person as usize];
        while let Some(held) = self.rows.get(last as usize) {
            if self.lasts(now, held.until) {
                break;
            }
            last = self.next_own[last as usize];
        }
        self.next_own[row as usize] = last;
        self.own[begun.person as usize] = row;
    }

    /// Who was reached a second ago passes on from now on, wherever that person still is.
    fn pass_on_from(&mut self, now: i64) {
        let fresh = std::mem::take(&mut self.fresh);
        for &person in &fresh {
            self.passes_on[person as usize] = true;
        }
        for person in fresh {
            let mut row = self.own[person as usize];
            while let Some(&held) = self.rows.get(row as usize) {
                self.looks += 1;
                if self.lasts(now, held.until) {
                    self.offer(row, held, now);
                }
                row = self.next_own[row as usize];
            }
        }
    }
}

/// A log holds fewer rows than there are numbers.
fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(NONE)
}
