//! One person, several records of one arrival: passing two checkpoints is arriving once.

use chrono::{NaiveDateTime, TimeDelta};
use grid_model::Held;

use crate::Arrival;

/// How long after its first record another checkpoint still belongs to the same arrival, by
/// convention.
const ONE_ARRIVAL: TimeDelta = TimeDelta::hours(24);

/// The records of one arrival of one person, taken together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey<'a> {
    /// The records in the order of time, by their ids.
    pub records: Vec<&'a str>,
    /// The arrival: at its first instant, with what all its records know of it.
    pub arrival: Arrival,
    /// The instant of the last record, which is where the village takes over.
    pub last_passed_at: NaiveDateTime,
    /// The checkpoints passed, in the order of time.
    pub checkpoints: Vec<grid_model::CheckpointId>,
}

/// The arrivals of one person, whose records come in the order of time.
///
/// A record continues the arrival before it where it lies less than 24 hours after the first
/// record of that arrival and names a checkpoint the person has not passed on it, or none: who
/// passes one gate twice has left in between and arrives again. Day 0 is the first instant. Of
/// the way led through Hubei and from outside the city a yes of any record wins, of the fitness
/// of the home a no; of all else the latest that is known holds.
pub fn journeys<'a>(records: &[Held<'a, Arrival>]) -> Vec<Journey<'a>> {
    let mut found: Vec<Journey<'a>> = Vec::new();
    for held in records {
        match found.last_mut().filter(|last| last.goes_on_with(held.what)) {
            Some(last) => last.join(held),
            None => found.push(Journey {
                records: vec![held.id],
                arrival: held.what.clone(),
                last_passed_at: held.what.arrived_at,
                checkpoints: held.what.checkpoint.into_iter().collect(),
            }),
        }
    }
    found
}

impl<'a> Journey<'a> {
    fn goes_on_with(&self, next: &Arrival) -> bool {
        let soon = next
            .arrived_at
            .signed_duration_since(self.arrival.arrived_at)
            < ONE_ARRIVAL;
        let passed = |gate| self.checkpoints.contains(&gate);
        soon && self.arrival.person == next.person && !next.checkpoint.is_some_and(passed)
    }

    fn join(&mut self, held: &Held<'a, Arrival>) {
        let next = held.what;
        self.records.push(held.id);
        self.last_passed_at = next.arrived_at;
        self.checkpoints.extend(next.checkpoint);
        let arrival = &mut self.arrival;
        latest(&mut arrival.checkpoint, &next.checkpoint);
        latest(&mut arrival.from_place, &next.from_place);
        latest(&mut arrival.from_risk, &next.from_risk);
        latest(&mut arrival.kind, &next.kind);
        arrival.left_risk_area = arrival.left_risk_area.max(next.left_risk_area);
        arrival.handed_over_at = arrival.handed_over_at.max(next.handed_over_at);
        wins(&mut arrival.via_hubei, next.via_hubei, true);
        wins(&mut arrival.outside_city, next.outside_city, true);
        wins(&mut arrival.home_ok, next.home_ok, false);
    }
}

fn latest<T: Clone>(known: &mut Option<T>, next: &Option<T>) {
    if next.is_some() {
        known.clone_from(next);
    }
}

/// One answer wins over the other, and either over none.
fn wins(known: &mut Option<bool>, next: Option<bool>, winner: bool) {
    if *known != Some(winner) && next.is_some() {
        *known = next;
    }
}
