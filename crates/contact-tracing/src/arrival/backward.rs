//! One pass over the log against the order of time.

use super::{InstantLog, Instants};

/// The latest departure of everyone from whom a strict walk leads to the target, arriving at a
/// contact no later than `by`; the target itself is left out.
pub fn latest_departure(log: &InstantLog, target: u64, by: i64) -> Instants<'_> {
    let mut departures: Vec<Option<i64>> = vec![None; log.people.len()];
    if let Some(target) = log.number(target) {
        // Reaching someone is of use at contacts up to this second.
        let mut useful = vec![i64::MIN; log.people.len()];
        useful[target as usize] = by;
        for contact in log.up_to(by).iter().rev() {
            let [a, b] = contact.people.map(|person| person as usize);
            for (from, to) in [(a, b), (b, a)] {
                if useful[to] >= contact.at && useful[from] == i64::MIN {
                    useful[from] = contact.at.saturating_sub(1);
                    departures[from] = Some(contact.at);
                }
            }
        }
        departures[target as usize] = None;
    }
    Instants {
        people: &log.people,
        by_person: departures,
    }
}
